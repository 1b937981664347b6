"""Features of category milb_consistency: everything sequential (1.6, 5.3)."""
import math

import primitives as p
from rowsets import group


def column(rows, name):
    return [getattr(g, name) for g in p.complete(rows, name)]


def longest(values, holds):
    """The longest run; NULL for no values at all."""
    if not values:
        return None
    best = run = 0
    for value in values:
        run = run + 1 if holds(value) else 0
        best = max(best, run)
    return best


def rate(values, holds):
    return sum(map(holds, values)) / len(values) if values else None


def windows(rows, size):
    return (rows[start:start + size] for start in range(len(rows) - size + 1))


def rolling_sd(rows, size, primitive):
    return p.sd([value for value in map(primitive, windows(rows, size)) if value is not None])


def autocorrelation(x):
    if len(x) < 10 or max(x) == min(x):
        return None
    m = p.mean(x)
    return math.fsum((a - m) * (b - m) for a, b in zip(x, x[1:])) / math.fsum((a - m) ** 2 for a in x)


def mean_change(x):
    return sum(abs(b - a) for a, b in zip(x, x[1:])) / (len(x) - 1) if len(x) >= 2 else None


def sd_of_groups(groups, weight, enough, primitive):
    values = [primitive(rows) for rows in groups.values() if p.total(rows, weight) >= enough]
    return p.sd([value for value in values if value is not None])


def month_of(g):
    return (g.game_date.year, g.game_date.month)


def home_minus_away(rows, weight, enough, primitive):
    home = [g for g in rows if g.is_home is True]
    away = [g for g in rows if g.is_home is False]
    if p.total(home, weight) < enough or p.total(away, weight) < enough:
        return None
    return p.minus(primitive(home), primitive(away))


def second_half(rows, enough, primitive):
    if len(rows) < enough:
        return None
    half = len(rows) // 2
    return p.minus(primitive(rows[half:]), primitive(rows[:half]))


def rest(rows):
    gaps = [(b.game_date - a.game_date).days for a, b in zip(rows, rows[1:]) if a.season == b.season]
    return p.mean(gaps)


def hitter(sets):
    H, last = sets.H, sets.H_last
    B = p.complete(H, "h")
    O = p.complete(H, "h", "bb", "ab")
    X = p.complete(H, "h", "b2", "b3", "hr")
    hits = column(B, "h")
    on_base = [g.h + g.bb + (g.hbp or 0) for g in O]
    strikeouts = column(H, "so")
    recent = H[-30:]
    enough = len(recent) >= 10
    recent_ops = p.ops(recent) if enough else None
    return {
        "hits_cv": p.cv(hits),
        "hits_cv_last_season": p.cv(column(last, "h")),
        "total_bases_cv": p.cv([g.h + g.b2 + 2 * g.b3 + 3 * g.hr for g in X]),
        "times_on_base_cv": p.cv(on_base),
        "strikeouts_cv": p.cv(strikeouts),
        "rolling10_obp_sd": rolling_sd(O, 10, p.obp),
        "rolling30_obp_sd": rolling_sd(O, 30, p.obp),
        "longest_hit_streak": longest(hits, lambda h: h >= 1),
        "longest_hitless_streak": longest(hits, lambda h: h == 0),
        "longest_on_base_streak": longest(on_base, lambda ob: ob >= 1),
        "multi_hit_game_rate": rate(hits, lambda h: h >= 2),
        "xbh_game_rate": rate(X, lambda g: g.b2 + g.b3 + g.hr > 0),
        "golden_sombrero_rate": rate(strikeouts, lambda so: so >= 4),
        "hitless_game_rate": rate(hits, lambda h: h == 0),
        "monthly_ops_sd": sd_of_groups(group(H, month_of), "pa", 20, p.ops),
        "season_ops_sd": sd_of_groups(sets.H_seasons, "pa", 50, p.ops),
        "home_away_ops_delta": home_minus_away(H, "pa", 20, p.ops),
        "half_season_ops_delta": second_half(last, 20, p.ops),
        "hits_autocorr_lag1": autocorrelation(hits),
        "on_base_autocorr_lag1": autocorrelation(on_base),
        "hits_mean_abs_change": mean_change(hits),
        "last30_ops": recent_ops,
        "last30_ops_delta": p.minus(recent_ops, p.ops(last)),
        "last30_k_rate_delta": p.minus(p.kr(recent), p.kr(last)) if enough else None,
        "last30_bb_rate_delta": p.minus(p.bbr(recent), p.bbr(last)) if enough else None,
        "days_between_games_mean": rest(H),
    }


def pitcher(sets):
    P, last = sets.P, sets.P_last
    earned, runs, homers = column(P, "er"), column(P, "ra"), column(P, "hra")
    starts = [g for g in P if g.gs is not None and g.gs >= 1 and g.er is not None]
    recent = P[-10:]
    enough = len(recent) >= 5
    recent_fip = p.fip(recent) if enough else None
    return {
        "pitch_outs_cv": p.cv(column(P, "outs")),
        "pitch_earned_runs_cv": p.cv(earned),
        "pitch_strikeouts_cv": p.cv(column(P, "kp")),
        "pitch_walks_cv": p.cv(column(P, "bba")),
        "pitch_rolling5_k_minus_bb_sd": rolling_sd(p.complete(P, "kp", "bba"), 5, p.kbb),
        "pitch_longest_scoreless_streak": longest(runs, lambda ra: ra == 0),
        "pitch_longest_homerless_streak": longest(homers, lambda hra: hra == 0),
        "pitch_scoreless_rate": rate(runs, lambda ra: ra == 0),
        "pitch_quality_start_rate": rate(starts, lambda g: g.outs >= 18 and g.er <= 3),
        "pitch_blowup_rate": rate(earned, lambda er: er >= 5),
        "pitch_monthly_fip_sd": sd_of_groups(group(P, month_of), "outs", 15, p.fip),
        "pitch_season_fip_sd": sd_of_groups(sets.P_seasons, "outs", 45, p.fip),
        "pitch_home_away_fip_delta": home_minus_away(P, "outs", 15, p.fip),
        "pitch_half_season_k_minus_bb_delta": second_half(last, 10, p.kbb),
        "pitch_earned_runs_autocorr_lag1": autocorrelation(earned),
        "pitch_last10_fip": recent_fip,
        "pitch_last10_fip_delta": p.minus(recent_fip, p.fip(last)),
        "pitch_last10_k_minus_bb_delta": p.minus(p.kbb(recent), p.kbb(last)) if enough else None,
        "pitch_days_between_games_mean": rest(P),
    }


def features(sets):
    return {**hitter(sets), **pitcher(sets)}
