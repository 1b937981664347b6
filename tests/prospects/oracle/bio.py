"""Features of category bio, and what the derived ones need of age."""
import datetime
import math

import primitives as p

POSITIONAL = {
    "C": 12.5, "SS": 7.5, "2B": 2.5, "3B": 2.5, "CF": 2.5, "LF": -7.5, "RF": -7.5, "1B": -12.5, "DH": -17.5,
    "IF": (2.5 + 2.5 + 7.5) / 3, "OF": (2.5 - 7.5 - 7.5) / 3,
}
DOMESTIC = {
    "USA", "US", "U.S.", "U.S.A.", "UNITED STATES", "UNITED STATES OF AMERICA", "CAN", "CANADA", "P.R.", "PR", "PUERTO RICO",
    "V.I.", "VIRGIN ISLANDS", "U.S. VIRGIN ISLANDS", "GUAM", "AMERICAN SAMOA",
}


def flag(known, condition):
    return None if not known else float(bool(condition))


def bmi(height, weight):
    if height is None or weight is None or height <= 0:
        return None
    return (weight * 0.45359237) / (height * 0.0254) ** 2


def international(country):
    if country is None or country.strip(" ") == "":
        return None
    return float(country.strip(" ").upper() not in DOMESTIC)


def draft(who, year):
    drafted = who.draft_year is not None and who.draft_year <= year
    pick = who.draft_pick if drafted else None
    bonus = who.signing_bonus_usd if who.draft_year is None or who.draft_year <= year else None
    return {
        "is_drafted": float(drafted),
        "draft_round": who.draft_round if drafted else None,
        "draft_overall_pick": pick,
        "draft_pick_log": None if pick is None or pick < 1 else math.log(pick),
        "age_at_draft": p.age(who.birth_date, datetime.date(who.draft_year, 7, 1)) if drafted else None,
        "years_since_draft": year - who.draft_year if drafted else None,
        "signing_bonus_log": None if bonus is None or bonus < 0 else math.log(1 + bonus),
    }


def features(who, year, roles):
    age = p.age(who.birth_date, datetime.date(year, 7, 1))
    opposite = (who.bats, who.throws) in {("L", "R"), ("R", "L")}
    values = {
        "age": age,
        "age_squared": p.times(age, age),
        "height_inches": who.height_inches,
        "weight_lbs": who.weight_lbs,
        "bmi": bmi(who.height_inches, who.weight_lbs),
        "bats_left": flag(who.bats is not None, who.bats == "L"),
        "bats_switch": flag(who.bats is not None, who.bats == "S"),
        "throws_left": flag(who.throws is not None, who.throws == "L"),
        "platoon_advantage": flag(who.bats is not None, who.bats in ("L", "S")),
        "bats_throws_opposite": flag(who.bats is not None and who.throws is not None, opposite),
        "is_pitcher": float(roles.pitcher_position),
        "is_catcher": float(who.position == "C"),
        "is_middle_infielder": float(who.position in ("2B", "SS")),
        "is_corner_infielder": float(who.position in ("1B", "3B")),
        "is_outfielder": float(who.position in ("LF", "CF", "RF", "OF")),
        "positional_adjustment": POSITIONAL.get(who.position),
        "is_two_way": float(roles.hitter and roles.pitcher),
        "is_international": international(who.birth_country),
    }
    values.update(draft(who, year))
    return values
