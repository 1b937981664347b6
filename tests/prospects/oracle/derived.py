"""Features of category derived: of other features as stored, and a few sums of their own."""
import primitives as p
from primitives import both, minus, times

WAR = ((30, -1.0), (35, 0.0), (40, 1.0), (45, 1.5), (50, 2.0), (55, 2.5), (60, 3.0), (65, 4.0), (70, 5.0), (75, 6.0), (80, 7.0))


def war_of(fv):
    if fv is None:
        return None
    if fv <= 30:
        return -1.0
    for (x0, y0), (x1, y1) in zip(WAR, WAR[1:]):
        if fv <= x1:
            return y0 + (y1 - y0) * (fv - x0) / (x1 - x0)
    return 7.0


def per_age(value, age):
    return None if value is None or age is None or age <= 0 else value / age


def grade(value, middle, step):
    return None if value is None else p.clip(50 + 10 * (value - middle) / step, 20, 80)


def power_speed(rows):
    w = p.complete(rows, "hr", "sb")
    if not w:
        return None
    hr, sb = p.total(w, "hr"), p.total(w, "sb")
    return 0 if hr + sb == 0 else 2 * hr * sb / (hr + sb)


def walks_per_strikeout(rows):
    w = p.complete(rows, "bb", "so")
    return p.divide(p.total(w, "bb"), p.total(w, "so")) if w else None


def features(f, sets):
    """f: the features so far, with NULL where the role does not hold."""
    fv, age = f["future_value"], f["age"]
    youth = both(f["ops_vs_level"], f["age_vs_level_career"], lambda v, a: v - 0.030 * a)
    pitch_youth = both(f["pitch_k_minus_bb_vs_level"], f["age_vs_level_career"], lambda v, a: v - 0.015 * a)
    performance, pitch_performance = grade(youth, 0, 0.100), grade(pitch_youth, 0, 0.050)
    return {
        "fv_war_equivalent": war_of(fv),
        "fv_per_age": per_age(fv, age),
        "level_for_age": both(f["max_level"], age, lambda level, a: level - (a - 17)),
        "fv_x_max_level": both(fv, f["max_level"], lambda v, level: v * level / 6),
        "bb_k_ratio": walks_per_strikeout(sets.H),
        "power_speed_number": power_speed(sets.H),
        "contact_x_power": both(f["career_k_rate"], f["career_iso"], lambda k, iso: (1 - k) * iso),
        "three_true_outcomes_rate": p.per_pa(sets.H, "hr", "bb", "so"),
        "ops_per_age": per_age(f["career_ops"], age),
        "ops_x_age_vs_level": times(f["ops_vs_level"], f["age_vs_level_career"]),
        "youth_adjusted_ops": youth,
        "hit_future_x_contact": both(f["hit_future"], f["career_k_rate"], lambda g, k: (g / 50) * (1 - k)),
        "power_future_x_iso": both(f["power_future"], f["career_iso"], lambda g, iso: (g / 50) * iso),
        "speed_future_x_sb_attempts": both(f["speed_future"], f["career_sb_attempt_rate"], lambda g, sba: (g / 50) * sba),
        "fv_x_last_season_ops": both(fv, f["last_season_ops"], lambda v, ops: (v / 50) * ops),
        "performance_grade": performance,
        "fv_performance_residual": minus(fv, performance),
        "hit_grade_residual": minus(f["hit_present"], grade(f["career_avg"], 0.255, 0.025)),
        "power_grade_residual": minus(f["power_present"], grade(f["career_iso"], 0.140, 0.050)),
        "pitch_era_minus_fip": minus(f["pitch_career_era"], f["pitch_career_fip"]),
        "pitch_k_minus_bb_x_age_vs_level": times(f["pitch_k_minus_bb_vs_level"], f["age_vs_level_career"]),
        "pitch_youth_adjusted_k_minus_bb": pitch_youth,
        "pitch_performance_grade": pitch_performance,
        "pitch_fv_performance_residual": minus(fv, pitch_performance),
        "fastball_x_k_rate": both(f["fastball_grade"], f["pitch_career_k_rate"], lambda g, k: (g / 50) * k),
        "control_command_x_bb_rate": both(f["control_command_avg"], f["pitch_career_bb_rate"], lambda g, bb: (g / 50) * (1 - bb)),
        "pitch_starter_profile": times(f["pitch_career_starts_share"], f["pitch_career_ip_per_game"]),
    }
