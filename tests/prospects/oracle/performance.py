"""Features of category milb_performance."""
import datetime
import math

import primitives as p
from norms import HITTING, PITCHING
from rowsets import top_level


def sum_or_null(values):
    values = [value for value in values if value is not None]
    return sum(values) if values else None


def xbh_rate(rows):
    return p.per_pa(rows, "b2", "b3", "hr")


def sb_attempts(rows):
    w = p.complete(rows, "sb", "h", "b2", "b3", "hr", "bb")
    if not w:
        return None
    return p.divide_positive(p.total(w, "sb") + p.total(w, "cs"), p.singles(w) + p.total(w, "bb") + p.total(w, "hbp"))


def sb_success(rows):
    w = p.complete(rows, "sb")
    return p.divide(p.total(w, "sb"), p.total(w, "sb") + p.total(w, "cs")) if w else None


def speed_score(rows):
    w = p.complete(rows, "sb", "h", "b2", "b3", "hr", "bb", "ab", "so", "r")
    if not w:
        return None
    sb, tries, hr = p.total(w, "sb"), p.total(w, "sb") + p.total(w, "cs"), p.total(w, "hr")
    free = p.total(w, "bb") + p.total(w, "hbp")
    on_first = p.singles(w) + free
    in_play = p.total(w, "ab") - hr - p.total(w, "so")
    runners = p.total(w, "h") + free - hr
    if on_first <= 0 or in_play <= 0 or runners <= 0:
        return None
    parts = (
        20 * ((sb + 3) / (tries + 7) - 0.4),
        math.sqrt(tries / on_first) / 0.07,
        625 * p.total(w, "b3") / in_play,
        25 * ((p.total(w, "r") - hr) / runners - 0.1),
    )
    return p.mean([p.clip(part, 0, 10) for part in parts])


def ratio_of_sums(rows, above, below):
    w = p.complete(rows, above, below)
    return p.divide(p.total(w, above), p.total(w, below)) if w else None


def pitches_per_pa(rows):
    w = [g for g in rows if g.pitches_seen is not None and g.pitches_seen > 0]
    return p.divide(p.total(w, "pitches_seen"), p.total(w, "pa")) if w else None


def versus_level(stints, weight, primitive, norms, norm):
    """The weighted difference to the norms, over the stints where both are known and the weight is above 0."""
    terms = []
    for stint, rows in stints.items():
        difference = p.minus(primitive(rows), norms.get(stint, norm))
        if difference is not None and p.total(rows, weight) > 0:
            terms.append((p.total(rows, weight), difference))
    return math.fsum(w * d for w, d in terms) / sum(w for w, _ in terms) if terms else None


def hitter(who, sets, norms):
    H, last, top = sets.H, sets.H_last, top_level(sets.H)
    best_season, best = sets.H_best()
    values = {
        "career_games": len(H),
        "career_pa": p.total(H, "pa"),
        "career_avg": p.avg(H),
        "career_obp": p.obp(H),
        "career_slg": p.slg(H),
        "career_ops": p.ops(H),
        "career_iso": p.iso(H),
        "career_babip": p.babip(H),
        "career_woba": p.woba(H),
        "career_bb_rate": p.bbr(H),
        "career_k_rate": p.kr(H),
        "career_hr_rate": p.hrr(H),
        "career_xbh_rate": xbh_rate(H),
        "career_sb_attempt_rate": sb_attempts(H),
        "career_sb_success_rate": sb_success(H),
        "career_speed_score": speed_score(H),
        "career_go_ao_ratio": ratio_of_sums(H, "go", "ao"),
        "career_pitches_per_pa": pitches_per_pa(H),
        "last_season_pa": p.total(last, "pa"),
        "last_season_obp": p.obp(last),
        "last_season_slg": p.slg(last),
        "last_season_ops": p.ops(last),
        "last_season_iso": p.iso(last),
        "last_season_woba": p.woba(last),
        "last_season_bb_rate": p.bbr(last),
        "last_season_k_rate": p.kr(last),
        "best_season_pa": p.total(best, "pa") if best else None,
        "best_season_ops": p.ops(best),
        "best_season_iso": p.iso(best),
        "best_season_k_rate": p.kr(best),
        "best_season_age": p.age(who.birth_date, datetime.date(best_season, 7, 1)) if best else None,
        "top_level_pa": p.total(top, "pa"),
        "top_level_ops": p.ops(top),
        "top_level_k_rate": p.kr(top),
        "top_level_bb_rate": p.bbr(top),
    }
    for feature, norm in (("ops", "OPS"), ("k_rate", "KR"), ("bb_rate", "BBR"), ("iso", "ISO"), ("babip", "BABIP")):
        values[feature + "_vs_level"] = versus_level(sets.H_stints, "pa", HITTING[norm], norms, norm)
    return values


ADVANCED = {
    "adv_wrc_plus": "wrc_plus", "adv_woba": "woba", "adv_gb_pct": "gb_percent", "adv_fb_pct": "fb_percent",
    "adv_ld_pct": "ld_percent", "adv_iffb_pct": "iffb_percent", "adv_hr_per_fb": "hr_per_fb", "adv_pull_pct": "pull_percent",
    "adv_oppo_pct": "oppo_percent", "adv_swstr_pct": "swing_strike_percent", "adv_contact_pct": "contact_percent",
    "adv_zone_pct": "zone_percent", "adv_o_swing_pct": "o_swing_percent", "adv_z_swing_pct": "z_swing_percent",
    "adv_speed_score": "speed_score", "adv_hard_pct": "hard_contact_percent", "adv_soft_pct": "soft_contact_percent",
}


def advanced(rows, sets, year):
    """Section 5.8."""
    adv = [row for row in rows if row.season <= year]

    def pa(row):
        return p.total(sets.H_stints.get((row.season, row.level), []), "pa")

    def weighted(rows, column):
        w = p.complete(rows, column)
        weights = [max(pa(row), 1) for row in w]
        return sum(weight * getattr(row, column) for weight, row in zip(weights, w)) / sum(weights) if w else None

    newest = max((row.season for row in adv), default=None)
    values = {feature: weighted(adv, column) for feature, column in ADVANCED.items()}
    values.update({
        "adv_wrc_plus_last_season": weighted([row for row in adv if row.season == newest], "wrc_plus"),
        "adv_wrc_plus_best": max((row.wrc_plus for row in p.complete(adv, "wrc_plus") if pa(row) >= 100), default=None),
        "adv_wraa_total": sum_or_null(row.wraa for row in adv),
        "adv_wbsr_total": sum_or_null(row.wbsr for row in adv),
    })
    return values


def hits_in_play(rows):
    w = p.complete(rows, "ha", "hra", "kp", "bba")
    if not w:
        return None
    in_play = p.total(w, "bf") - p.total(w, "kp") - p.total(w, "hra") - p.total(w, "bba") - p.total(w, "hb")
    return p.divide_positive(p.total(w, "ha") - p.total(w, "hra"), in_play)


def left_on_base(rows):
    w = p.complete(rows, "ha", "bba", "ra", "hra")
    if not w:
        return None
    on = p.total(w, "ha") + p.total(w, "bba") + p.total(w, "hb")
    return p.divide_positive(on - p.total(w, "ra"), on - 1.4 * p.total(w, "hra"))


def hr9(rows):
    w = p.complete(rows, "hra")
    return p.divide(27 * p.total(w, "hra"), p.total(w, "outs")) if w else None


def pitches(rows):
    """(strikes per pitch, pitches per batter)"""
    counted = [g for g in rows if g.thrown is not None and g.thrown > 0]
    called = p.complete(counted, "strikes")
    return (p.divide(p.total(called, "strikes"), p.total(called, "thrown")) if called else None,
            p.divide(p.total(counted, "thrown"), p.total(counted, "bf")) if counted else None)


def pitcher(sets, norms):
    P, last, top = sets.P, sets.P_last, top_level(sets.P)
    _, best = sets.P_best()
    known_starts = p.complete(P, "gs")
    strike_rate, per_batter = pitches(P)
    values = {
        "pitch_career_games": len(P),
        "pitch_career_starts_share": p.total(known_starts, "gs") / len(known_starts) if known_starts else None,
        "pitch_career_ip": p.total(P, "outs") / 3,
        "pitch_career_era": p.era(P),
        "pitch_career_fip": p.fip(P),
        "pitch_career_whip": p.whip(P),
        "pitch_career_k_rate": p.kpr(P),
        "pitch_career_bb_rate": p.bbpr(P),
        "pitch_career_k_minus_bb": p.kbb(P),
        "pitch_career_k_bb_ratio": ratio_of_sums(P, "kp", "bba"),
        "pitch_career_hr9": hr9(P),
        "pitch_career_babip": hits_in_play(P),
        "pitch_career_lob_rate": left_on_base(P),
        "pitch_career_go_ao_ratio": ratio_of_sums(P, "gop", "aop"),
        "pitch_career_strike_rate": strike_rate,
        "pitch_career_pitches_per_bf": per_batter,
        "pitch_career_ip_per_game": p.total(P, "outs") / 3 / len(P) if P else None,
        "pitch_last_season_ip": p.total(last, "outs") / 3,
        "pitch_last_season_era": p.era(last),
        "pitch_last_season_fip": p.fip(last),
        "pitch_last_season_whip": p.whip(last),
        "pitch_last_season_k_rate": p.kpr(last),
        "pitch_last_season_bb_rate": p.bbpr(last),
        "pitch_last_season_k_minus_bb": p.kbb(last),
        "pitch_best_season_ip": p.total(best, "outs") / 3 if best else None,
        "pitch_best_season_fip": p.fip(best),
        "pitch_best_season_k_minus_bb": p.kbb(best),
        "pitch_top_level_ip": p.total(top, "outs") / 3,
        "pitch_top_level_fip": p.fip(top),
        "pitch_top_level_k_minus_bb": p.kbb(top),
    }
    for feature, norm in (("era", "ERA"), ("fip", "FIP"), ("k_minus_bb", "KBB")):
        values[f"pitch_{feature}_vs_level"] = versus_level(sets.P_stints, "outs", PITCHING[norm], norms, norm)
    return values


def features(who, year, sets, norms, adv):
    return {**hitter(who, sets, norms), **advanced(adv, sets, year), **pitcher(sets, norms)}
