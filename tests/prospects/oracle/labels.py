"""Labels (section 7). WAR and thresholds are exact decimals."""
import datetime
from decimal import Decimal
from fractions import Fraction

from season import decimal_text
from tables import z

DEFAULTS = {
    "min_pa": 500, "min_outs": 300, "star_peak_war": 4, "star_cumulative_war": 10, "solid_peak_war": 2,
    "solid_cumulative_war": 4, "solid_fallback_pa": 1500, "solid_fallback_outs": 1350,
}
COLUMNS = (
    "prospect_id prospect_year evaluation_year years_to_evaluate reached_mlb mlb_debut_date years_to_mlb total_pa total_games "
    "total_outs_pitched total_innings_pitched peak_war cumulative_war is_success success_tier tier_basis window_complete"
).split()


def appearance(row):
    counts = (row.games_played, row.plate_appearances, row.games_pitched, row.outs_pitched, row.batters_faced)
    return any(z(count) > 0 for count in counts)


def thresholds(config):
    limits = {key: Decimal(value) for key, value in DEFAULTS.items()}
    limits.update({key: Decimal(str(value)) for key, value in config.items()})
    return limits


def tier(success, pa, outs, peak, cumulative, limits):
    """(success_tier, tier_basis) of a closed window (7.4)."""
    def war_reaches(name):
        return peak is not None and peak >= limits[name + "_peak_war"] or cumulative >= limits[name + "_cumulative_war"]

    if not success:
        return "Failed", "playing_time"
    if cumulative is not None:
        return ("Star" if war_reaches("star") else "Solid" if war_reaches("solid") else "Marginal"), "war"
    enough = pa >= limits["solid_fallback_pa"] or outs >= limits["solid_fallback_outs"]
    return ("Solid" if enough else "Marginal"), "playing_time"


def label(who, rows, prospect_year, evaluation_year, data_through_year, limits):
    window = [row for row in rows if prospect_year < row.season <= evaluation_year]
    pa = sum(z(row.plate_appearances) for row in window)
    outs = sum(z(row.outs_pitched) for row in window)
    wars = [row.war for row in window if appearance(row)]
    known = None not in wars
    peak = max(wars) if wars and known else None
    cumulative = sum(wars, Decimal(0)) if known else None

    debut = min((row.mlb_debut_date for row in rows if row.mlb_debut_date is not None), default=None)
    if debut is not None and debut > datetime.date(evaluation_year, 12, 31):
        debut = None
    first = min((row.season for row in rows if row.season <= evaluation_year and appearance(row)), default=None)
    reached_in = debut.year if debut is not None else first

    closed = data_through_year is not None and evaluation_year <= data_through_year
    success = pa >= limits["min_pa"] or outs >= limits["min_outs"]
    success_tier, basis = tier(success, pa, outs, peak, cumulative, limits)
    return {
        "prospect_id": who.id,
        "prospect_year": prospect_year,
        "evaluation_year": evaluation_year,
        "years_to_evaluate": evaluation_year - prospect_year,
        "reached_mlb": True if reached_in is not None else False if closed else None,
        "mlb_debut_date": debut,
        "years_to_mlb": None if reached_in is None else reached_in - prospect_year,
        "total_pa": pa,
        "total_games": sum(z(row.games_played) for row in window),
        "total_outs_pitched": outs,
        "total_innings_pitched": decimal_text(Fraction(outs, 3), 1),
        "peak_war": peak,
        "cumulative_war": cumulative,
        "is_success": success if closed else None,
        "success_tier": success_tier if closed else None,
        "tier_basis": basis if closed else None,
        "window_complete": closed,
    }


def default_data_through(majors, today):
    """7.3, when it is not given."""
    completed = today.year if today.month >= 11 else today.year - 1
    newest = max((row.season for row in majors), default=None)
    return None if newest is None else min(newest, completed)


def labels(database, prospect_year, evaluation_year=None, data_through_year=None, config=None, today=None):
    if evaluation_year is None:
        evaluation_year = prospect_year + 4
    if data_through_year is None:
        data_through_year = default_data_through(database.majors, today or datetime.date.today())
    limits = thresholds(config or {})
    return [label(who, database.majors_of.get(who.id, []), prospect_year, evaluation_year, data_through_year, limits)
            for who in database.prospects]
