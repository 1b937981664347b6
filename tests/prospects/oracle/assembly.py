"""The vector of everybody as of a year: the catalogue, the roles, the categories put together."""
import csv

import bio
import consistency
import derived
import performance
import progression
import scouting
from norms import Norms
from primitives import stored
from rowsets import Roles, Sets


class Catalogue:
    """Names in ordinal order, with category and role. The formulas are not read."""

    def __init__(self, path):
        with open(path, newline="", encoding="utf-8") as file:
            rows = sorted(csv.DictReader(file), key=lambda row: int(row["ordinal"]))
        self.names = [row["name"] for row in rows]
        self.category = {row["name"]: row["category"] for row in rows}
        self.applies_to = {row["name"]: row["applies_to"] for row in rows}


class Assembler:
    def __init__(self, database, catalogue):
        self.database = database
        self.catalogue = catalogue
        self.norms = Norms(database)

    def vector(self, who, year):
        of = self.database
        sets = Sets(of.games_of.get(who.id, []), year)
        roles = Roles(who.position, sets)
        applies = {"all": True, "hitter": roles.hitter, "pitcher": roles.pitcher}

        def as_stored(values):
            return {name: stored(value) if applies[self.catalogue.applies_to[name]] else None for name, value in values.items()}

        values = {}
        for part in (
            bio.features(who, year, roles),
            scouting.features(of.grades_of.get(who.id, []), year),
            performance.features(who, year, sets, self.norms, of.advanced_of.get(who.id, [])),
            progression.features(who, year, sets, self.norms, of.majors_of.get(who.id, [])),
            consistency.features(sets),
        ):
            values.update(as_stored(part))
        values.update(as_stored(derived.features(values, sets)))
        assert values.keys() == set(self.catalogue.names)
        return values

    def vectors(self, year, only=None):
        return {who.id: self.vector(who, year) for who in self.database.prospects if only is None or who.id in only}
