"""Season statistics (section 3), in exact fractions."""
from fractions import Fraction

import primitives as p
from rowsets import pitching
from tables import z

SUMS = {
    "total_pa": "pa_stored", "total_ab": "ab", "total_hits": "h", "total_2b": "b2", "total_3b": "b3", "total_hr": "hr",
    "total_r": "r", "total_rbi": "rbi", "total_bb": "bb", "total_so": "so", "total_sb": "sb", "total_cs": "cs",
    "total_ibb": "ibb", "total_hbp": "hbp", "total_sf": "sf", "total_sh": "sh", "total_gidp": "gidp",
    "games_started": "gs", "total_outs": "outs", "total_bf": "bf_stored", "total_hits_allowed": "ha",
    "total_runs_allowed": "ra", "total_er": "er", "total_hr_allowed": "hra", "total_bb_allowed": "bba",
    "total_so_pitched": "kp", "total_hit_batsmen": "hb", "total_pitches_thrown": "thrown", "total_wins": "wins",
    "total_losses": "losses", "total_saves": "saves",
}


def decimal_text(value, places):
    """ROUND(numeric, places): half away from zero. None is NULL."""
    if value is None:
        return None
    scaled = abs(Fraction(value)) * 10 ** places
    whole = (scaled.numerator * 2 + scaled.denominator) // (2 * scaled.denominator)
    digits = str(whole).rjust(places + 1, "0")
    return ("-" if value < 0 and whole else "") + digits[:-places] + "." + digits[-places:]


def rate(numerator, denominator, *needed):
    return None if None in needed or denominator == 0 else Fraction(numerator) / denominator


def add(rows, column):
    values = [getattr(g, column) for g in rows if getattr(g, column) is not None]
    return sum(values) if values else None


def line(rows):
    sums = {name: add(rows, column) for name, column in SUMS.items()}
    s = {name: z(value) for name, value in sums.items()}

    def of(numerator, denominator, *needed):
        return rate(numerator, denominator, *(sums[name] for name in needed))

    obp = of(s["total_hits"] + s["total_bb"] + s["total_hbp"],
             s["total_ab"] + s["total_bb"] + s["total_hbp"] + s["total_sf"], "total_hits", "total_bb", "total_ab")
    slg = of(s["total_hits"] + s["total_2b"] + 2 * s["total_3b"] + 3 * s["total_hr"], s["total_ab"],
             "total_hits", "total_2b", "total_3b", "total_hr", "total_ab")
    iso = of(s["total_2b"] + 2 * s["total_3b"] + 3 * s["total_hr"], s["total_ab"],
             "total_2b", "total_3b", "total_hr", "total_ab")
    outs = s["total_outs"]
    fip = of(3 * (13 * s["total_hr_allowed"] + 3 * (s["total_bb_allowed"] + s["total_hit_batsmen"]) - 2 * s["total_so_pitched"]),
             outs, "total_hr_allowed", "total_bb_allowed", "total_so_pitched", "total_outs")
    dates = [g.game_date for g in rows]
    rounded = {
        "avg": (of(s["total_hits"], s["total_ab"], "total_hits", "total_ab"), 3),
        "obp": (obp, 3),
        "slg": (slg, 3),
        "bb_percent": (of(100 * s["total_bb"], s["total_pa"], "total_bb", "total_pa"), 1),
        "k_percent": (of(100 * s["total_so"], s["total_pa"], "total_so", "total_pa"), 1),
        "ops": (p.both(obp, slg, lambda x, y: x + y), 3),
        "iso": (iso, 3),
        "innings_pitched": (of(outs, 3, "total_outs"), 1),
        "era": (of(27 * s["total_er"], outs, "total_er", "total_outs"), 2),
        "whip": (of(3 * (s["total_bb_allowed"] + s["total_hits_allowed"]), outs,
                    "total_bb_allowed", "total_hits_allowed", "total_outs"), 3),
        "fip": (p.both(fip, Fraction(310, 100), lambda x, y: x + y), 2),
        "k_per_9": (of(27 * s["total_so_pitched"], outs, "total_so_pitched", "total_outs"), 2),
        "bb_per_9": (of(27 * s["total_bb_allowed"], outs, "total_bb_allowed", "total_outs"), 2),
    }
    return {
        **sums,
        **{name: decimal_text(value, places) for name, (value, places) in rounded.items()},
        "games_played": len(rows),
        "multi_hit_games": sum(z(g.h) >= 2 for g in rows),
        "extra_base_hit_games": sum(z(g.b2) + z(g.b3) + z(g.hr) > 0 for g in rows),
        "golden_sombrero_games": sum(z(g.so) >= 4 for g in rows),
        "games_pitched": sum(map(pitching, rows)),
        "hit_consistency_cv": p.stored(p.cv([g.h for g in rows if g.h is not None])),
        "season_start": min(dates),
        "season_end": max(dates),
    }


def season_stats(games, game_types=None):
    """(prospect, season, level) -> line"""
    groups = {}
    for g in games:
        if game_types is None or (g.game_type or "Regular") in game_types:
            groups.setdefault((g.prospect_id, g.season, g.level), []).append(g)
    return {key: line(rows) for key, rows in groups.items()}
