"""Features of category milb_progression."""
import datetime
import math

import primitives as p
from labels import appearance
from rowsets import group, stint_of
from tables import z


def years_between(first, later):
    return (later - first).days / 365.25


def first_at(A, level):
    return next((g for g in A if g.ordinal >= level), None)


def steps(A):
    """(promotions, demotions)"""
    pairs = [(a.ordinal, b.ordinal) for a, b in zip(A, A[1:])]
    return sum(b > a for a, b in pairs), sum(b < a for a, b in pairs)


def age_vs_level(who, stints, norms):
    if who.birth_date is None:
        return None
    terms = []
    for stint, rows in stints.items():
        norm = norms.get(stint, "age")
        if norm is not None:
            terms.append((len(rows), p.age(who.birth_date, datetime.date(stint[0], 7, 1)) - norm))
    return math.fsum(n * d for n, d in terms) / sum(n for n, _ in terms) if terms else None


def share(A, belongs):
    return sum(belongs(g.ordinal) for g in A) / len(A) if A else None


def everybody(who, year, A, norms, majors):
    seasons = group(A, lambda g: g.season)
    end = datetime.date(year, 12, 31)
    first, last = (A[0], A[-1]) if A else (None, None)
    newest = max(seasons, default=None)
    highest = max((g.ordinal for g in A), default=None)
    promotions, demotions = steps(A)
    stints = group(A, stint_of)
    before = [row for row in majors if row.season <= year]
    values = {
        "seasons_played": len(seasons),
        "games_total": len(A),
        "max_level": highest,
        "first_level": first.ordinal if A else None,
        "last_level": last.ordinal if A else None,
        "levels_played": len({g.ordinal for g in A}),
        "levels_per_season": (highest - first.ordinal) / len(seasons) if A else None,
        "promotions": promotions,
        "demotions": demotions,
        "multi_level_seasons": sum(len({g.ordinal for g in rows}) >= 2 for rows in seasons.values()),
        "age_at_first_game": p.age(who.birth_date, first.game_date) if A else None,
        "pro_experience_years": years_between(first.game_date, end) if A else None,
        "games_share_rookie": share(A, lambda level: level <= 2),
        "games_share_a": share(A, lambda level: level == 3),
        "games_share_a_plus": share(A, lambda level: level == 4),
        "games_share_aa": share(A, lambda level: level == 5),
        "games_share_aaa": share(A, lambda level: level == 6),
        "age_vs_level_career": age_vs_level(who, stints, norms),
        "age_vs_level_last_season": age_vs_level(who, {s: rows for s, rows in stints.items() if s[0] == newest}, norms),
        "age_vs_top_level": age_vs_level(who, {s: rows for s, rows in stints.items() if rows[0].ordinal == highest}, norms),
        "games_last_season": len(seasons[newest]) if A else 0,
        "max_games_in_season": max(map(len, seasons.values()), default=0),
        "missed_seasons": newest - min(seasons) + 1 - len(seasons) if A else 0,
        "days_since_last_game": (end - last.game_date).days if A else None,
        "reached_mlb_by_as_of": float(any(map(appearance, before))),
        "mlb_games_to_date": sum(z(row.games_played) for row in before),
    }
    for name, level in (("aa", 5), ("aaa", 6)):
        reached = first_at(A, level)
        values["age_at_first_" + name] = p.age(who.birth_date, reached.game_date) if reached else None
        values["years_to_" + name] = years_between(first.game_date, reached.game_date) if reached else None
    return values


# Trends.

def qualifying(groups, weight, enough, primitive):
    """(key, value) of the seasons or levels that count, in rising order."""
    found = []
    for key in sorted(groups):
        value = primitive(groups[key])
        if value is not None and p.total(groups[key], weight) >= enough:
            found.append((key, value))
    return found


def slope(points):
    if len(points) < 2:
        return None
    xm, ym = p.mean([x for x, _ in points]), p.mean([y for _, y in points])
    return math.fsum((x - xm) * (y - ym) for x, y in points) / math.fsum((x - xm) ** 2 for x, _ in points)


def step(points):
    return points[-1][1] - points[-2][1] if len(points) >= 2 else None


def by_level(rows):
    return group(rows, lambda g: g.ordinal)


def upper_share(rows, weight):
    if not rows:
        return None
    return p.divide(p.total([g for g in rows if g.ordinal >= 5], weight), p.total(rows, weight))


def trends(sets):
    values = {
        "pa_share_upper_minors": upper_share(sets.H, "pa"),
        "pitch_outs_share_upper_minors": upper_share(sets.P, "outs"),
    }
    hitting_levels, pitching_levels = by_level(sets.H), by_level(sets.P)
    for name, primitive in (("ops", p.ops), ("k_rate", p.kr), ("bb_rate", p.bbr), ("iso", p.iso)):
        seasons = qualifying(sets.H_seasons, "pa", 50, primitive)
        values[name + "_slope"] = slope(seasons)
        values[name + "_yoy"] = step(seasons)
        values[name + "_level_step"] = step(qualifying(hitting_levels, "pa", 50, primitive))
    for name, primitive in (("fip", p.fip), ("k_minus_bb", p.kbb)):
        values[f"pitch_{name}_slope"] = slope(qualifying(sets.P_seasons, "outs", 45, primitive))
    for name, primitive in (("fip", p.fip), ("k_rate", p.kpr), ("bb_rate", p.bbpr)):
        values[f"pitch_{name}_yoy"] = step(qualifying(sets.P_seasons, "outs", 45, primitive))
        values[f"pitch_{name}_level_step"] = step(qualifying(pitching_levels, "outs", 45, primitive))
    return values


def features(who, year, sets, norms, majors):
    return {**everybody(who, year, sets.A, norms, majors), **trends(sets)}
