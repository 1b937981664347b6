"""Features of category scouting (5.7)."""
import datetime
import math

import primitives as p

PRIORITY = {"fangraphs": 1, "mlb_pipeline": 2, "ba": 3}
RISK = {"Safe": 1, "Medium": 2, "High": 3, "Extreme": 4}
TOOLS = ("hit", "power", "raw_power", "speed", "field", "arm")
PITCHES = ("fastball_grade", "slider_grade", "curveball_grade", "changeup_grade")


def eligible(grades, year):
    """Of each list the latest edition of its time (section 2); of one date the row of the table, else the one kept last."""
    latest = {}
    for g in grades:
        if g.ranking_year > year or g.date_recorded > datetime.date(year, 12, 31):
            continue
        edition = getattr(g, "edition", None)
        when = (g.date_recorded, math.inf if edition is None else edition)
        if (g.source, g.ranking_year) not in latest or when > latest[g.source, g.ranking_year][0]:
            latest[g.source, g.ranking_year] = when, g
    return [g for _, g in latest.values()]


def candidates(rows, year):
    """Rows of one ranking year, the most trusted first."""
    def order(g):
        source = g.source.lower()
        return (PRIORITY.get(source, 4), source.encode(), -g.date_recorded.toordinal(), -g.id)
    return sorted((g for g in rows if g.ranking_year == year), key=order)


def pick_at(rows, year, column):
    for g in candidates(rows, year):
        if getattr(g, column) is not None:
            return getattr(g, column)
    return None


def fv_change(rows, newest, fv):
    if fv is None:
        return None
    for year in sorted({g.ranking_year for g in rows if g.ranking_year < newest}, reverse=True):
        before = pick_at(rows, year, "future_value")
        if before is not None:
            return fv - before
    return None


def known(values):
    return [value for value in values if value is not None]


def plus(values):
    return sum(value >= 60 for value in known(values)) if known(values) else None


def features(grades, year):
    rows = eligible(grades, year)
    newest = max((g.ranking_year for g in rows), default=None)

    def pick(column):
        return pick_at(rows, newest, column)

    values = {name: pick(name) for name in ("future_value", "rank_overall", "dynasty_rank", *PITCHES, "control_grade", "command_grade")}
    rank = values["rank_overall"]
    eta = pick("eta_year")
    values.update({
        "future_value_max": max(known(g.future_value for g in rows), default=None),
        "future_value_change": fv_change(rows, newest, values["future_value"]),
        "rank_overall_log": None if rank is None or rank < 1 else math.log(rank),
        "rank_overall_best": min(known(g.rank_overall for g in rows), default=None),
        "ranking_sources": len({g.source.lower() for g in rows if g.ranking_year == newest}),
        "ranking_years": len({g.ranking_year for g in rows}),
        "grade_age_years": None if newest is None else year - newest,
        "risk_ordinal": RISK.get(pick("risk_level")),
        "eta_years": None if eta is None else eta - year,
    })
    for tool in TOOLS:
        present, future = pick(tool + "_present"), pick(tool + "_future")
        values.update({tool + "_present": present, tool + "_future": future, tool + "_delta": p.minus(future, present)})
    for when in ("present", "future", "delta"):
        values[f"tools_{when}_avg"] = p.mean(known(values[f"{tool}_{when}"] for tool in TOOLS))
    futures = [values[tool + "_future"] for tool in TOOLS]
    pitches = [values[pitch] for pitch in PITCHES]
    values.update({
        "tools_future_max": max(known(futures), default=None),
        "tools_future_min": min(known(futures), default=None),
        "plus_tools_count": plus(futures),
        "pitches_avg": p.mean(known(pitches)),
        "pitches_max": max(known(pitches), default=None),
        "breaking_ball_max": max(known([values["slider_grade"], values["curveball_grade"]]), default=None),
        "plus_pitches_count": plus(pitches),
        "control_command_avg": p.mean(known([values["control_grade"], values["command_grade"]])),
    })
    return values
