"""Which rows count (1.7, 1.8) and the row sets of one prospect as of a year (5.3)."""
import primitives as p
from tables import PITCHER_POSITIONS, z


def counted(g):
    """The part of 1.7 and 1.8 that does not depend on the year."""
    in_time = (g.game_date.year, g.game_date.month, g.game_date.day) <= (g.season, 12, 31)
    return in_time and (g.game_type is None or g.game_type == "Regular")


def hitting(g):
    return g.pa is not None and g.pa > 0


def pitching(g):
    return g.outs is not None and (g.outs > 0 or z(g.bf_stored) > 0)


def group(rows, key):
    found = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def season_of(g):
    return g.season


def stint_of(g):
    return (g.season, g.level)


def last_season(rows):
    if not rows:
        return []
    newest = max(g.season for g in rows)
    return [g for g in rows if g.season == newest]


def top_level(rows):
    if not rows:
        return []
    highest = max(g.ordinal for g in rows)
    return [g for g in rows if g.ordinal == highest]


class Sets:
    """A, H and P of a prospect, all in game order."""

    def __init__(self, games, year):
        self.A = [g for g in games if g.season <= year and counted(g)]
        self.H = [g for g in self.A if hitting(g)]
        self.P = [g for g in self.A if pitching(g)]
        self.H_seasons = group(self.H, season_of)
        self.P_seasons = group(self.P, season_of)
        self.H_stints = group(self.H, stint_of)
        self.P_stints = group(self.P, stint_of)
        self.H_last = last_season(self.H)
        self.P_last = last_season(self.P)

    def H_best(self):
        """(season, rows); (None, []) when no season qualifies."""
        best = None
        for season, rows in self.H_seasons.items():
            value = p.ops(rows)
            if value is not None and p.total(rows, "pa") >= 100 and (best is None or (value, season) > best):
                best = (value, season)
        return (None, []) if best is None else (best[1], self.H_seasons[best[1]])

    def P_best(self):
        best = None
        for season, rows in self.P_seasons.items():
            value = p.fip(rows)
            if value is not None and p.total(rows, "outs") >= 90 and (best is None or (-value, season) > best):
                best = (-value, season)
        return (None, []) if best is None else (best[1], self.P_seasons[best[1]])


class Roles:
    """5.1."""

    def __init__(self, position, sets):
        self.pitcher_position = position in PITCHER_POSITIONS
        self.hitter = not self.pitcher_position or p.total(sets.H, "pa") >= 100
        self.pitcher = self.pitcher_position or p.total(sets.P, "outs") >= 90
