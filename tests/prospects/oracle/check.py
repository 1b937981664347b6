#!/usr/bin/env python3
"""Compares files of results with what the oracle makes of the tables.

    check.py TABLES RESULTS CHECKS

TABLES and RESULTS are directories. CHECKS has a JSON object a line: "file", "what" (one of KINDS below), "title", and the
arguments of that kind. A line is printed per check; the exit code is 1 when anything differs.
"""
import csv
import functools
import json
import os
import struct
import sys

import compare
import labels
import season
from assembly import Assembler, Catalogue
from tables import Database, date

HERE = os.path.dirname(os.path.abspath(__file__))
csv.field_size_limit(1 << 24)


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def float_or_null(text):
    return float(text) if text not in ("", "NULL") else None


def array(text):
    return [float_or_null(item) for item in text.strip("{}").split(",")]


class Checker:
    def __init__(self, tables, results):
        self.database = Database.read(tables)
        self.catalogue = Catalogue(os.path.join(HERE, "catalogue.csv"))
        self.assembler = Assembler(self.database, self.catalogue)
        self.results = results

    @functools.lru_cache(maxsize=None)
    def vectors(self, year, every, part):
        chosen = {who.id for who in self.database.prospects if who.id % every == part}
        return self.assembler.vectors(year, chosen)

    def result(self, check):
        return rows_of(os.path.join(self.results, check["file"]))

    def compare_vectors(self, check, product, year, every, part):
        ours = self.vectors(year, every, part)
        for who in check.keys(ours.keys(), {who for who in product if who % every == part}):
            for name in self.catalogue.names:
                a, b = ours[who][name], product[who].get(name)
                check.value(f"prospect {who} {name}", a, b, compare.close(a, b))

    def named(self, check, spec):
        """A column per feature."""
        product = {int(row["prospect_id"]): {name: float_or_null(row[name]) for name in self.catalogue.names}
                   for row in self.result(spec)}
        self.compare_vectors(check, product, spec["year"], 1, 0)

    def matrix(self, check, spec):
        """prospect_id and feature_values; with "every" only the prospects whose id leaves "part" when divided."""
        product = {}
        for row in self.result(spec):
            values = array(row["feature_values"])
            if len(values) != len(self.catalogue.names):
                check.problem(f"prospect {row['prospect_id']}: {len(values)} values")
            product[int(row["prospect_id"])] = dict(zip(self.catalogue.names, values))
        self.compare_vectors(check, product, spec["year"], spec.get("every", 1), spec.get("part", 0))

    def documents(self, check, spec):
        """all_features(): every document holds every name of its category, and reads back to the bits of the array (5.10)."""
        document = {"bio": "bio_features", "scouting": "scouting_features", "derived": "derived_features"}
        product, before = {}, -1
        for row in self.result(spec):
            who = int(row["prospect_id"])
            if who <= before:
                check.problem(f"prospect {who} after {before}")
            before = who
            read = {}
            for category in sorted(set(self.catalogue.category.values())):
                values = json.loads(row[document.get(category, category)])
                wanted = {name for name in self.catalogue.names if self.catalogue.category[name] == category}
                if values.keys() != wanted:
                    check.problem(f"prospect {who} {category}: names {sorted(values.keys() ^ wanted)}")
                read.update(values)
            flat = json.loads(row["feature_vector"])
            stored = dict(zip(self.catalogue.names, array(row["feature_values"])))
            for name in self.catalogue.names:
                if not bits(read.get(name)) == bits(flat.get(name)) == bits(stored[name]):
                    check.problem(f"prospect {who} {name}: {read.get(name)!r}, {flat.get(name)!r}, {stored[name]!r}")
            if flat.keys() != stored.keys():
                check.problem(f"prospect {who} feature_vector: names {sorted(flat.keys() ^ stored.keys())}")
            if (int(row["as_of_year"]), row["feature_set_version"]) != (spec["year"], "v1.0"):
                check.problem(f"prospect {who}: as of {row['as_of_year']}, version {row['feature_set_version']}")
            product[who] = read
        self.compare_vectors(check, product, spec["year"], 1, 0)

    def games(self, check, spec):
        """game_features(): as if nothing were known but games and position; nothing of the other tables."""
        bare = Database.of_games(self.database)
        assembler = Assembler(bare, self.catalogue)
        assembler.norms.values.clear()
        vectors = assembler.vectors(spec["year"])
        product = {int(row["prospect_id"]): dict(zip(self.catalogue.names, array(row["feature_values"]))) for row in self.result(spec)}
        for who in check.keys(bare.games_of.keys(), product.keys()):
            for name in self.catalogue.names:
                told = self.catalogue.category[name].startswith("milb_") and name not in ("reached_mlb_by_as_of", "mlb_games_to_date")
                a, b = vectors[who][name], product[who][name]
                if told or b is not None:
                    check.value(f"prospect {who} {name}", a, b, compare.close(a, b))

    def norms(self, check, spec):
        """age as AGENORM; only the columns that the file has."""
        norms = self.assembler.norms
        product = {(int(row.pop("season")), row.pop("level")): row for row in self.result(spec)}
        ours = {key for key in norms.values if key in norms.age or norms.values[key]}
        for key in check.keys(ours, {key for key, row in product.items() if any(row.values())}):
            for name, value in product[key].items():
                a, b = norms.get(key, name), float_or_null(value)
                check.value(f"{key} {name}", a, b, compare.close(a, b))

    def columns(self, check, spec, product, ours):
        if set(product) - set(spec.get("besides", ())) != set(ours):
            check.problem(f"columns {sorted(set(product) ^ set(ours))}")

    def season_stats(self, check, spec):
        ours = season.season_stats(self.database.games, spec.get("game_types"))
        product = {(int(row.pop("prospect_id")), int(row.pop("season")), row.pop("level")): row for row in self.result(spec)}
        for key in check.keys(ours.keys(), product.keys()):
            self.columns(check, spec, product[key], ours[key])
            for name, a in ours[key].items():
                theirs = product[key].get(name, "")
                equal = compare.close(a, float_or_null(theirs)) if name == "hit_consistency_cv" else compare.same_text(a, theirs)
                check.value(f"{key} {name}", a, theirs, equal)

    def labels(self, check, spec):
        """Numbers of WAR as numbers; the rest as text."""
        of = {key: spec.get(key) for key in ("prospect_year", "evaluation_year", "data_through_year", "config")}
        ours = {row["prospect_id"]: row for row in labels.labels(self.database, today=date(spec.get("today", "")), **of)}
        product = {int(row["prospect_id"]): row for row in self.result(spec)}
        for who in check.keys(ours.keys(), product.keys()):
            self.columns(check, spec, product[who], labels.COLUMNS)
            for name in labels.COLUMNS:
                a, b = ours[who][name], product[who].get(name, "")
                equal = compare.same_decimal(a, b) if name.endswith("_war") else compare.same_text(a, b)
                check.value(f"prospect {who} {name}", a, b, equal)


def bits(value):
    return None if value is None else struct.pack("<d", value)


KINDS = {"named", "matrix", "documents", "games", "norms", "season_stats", "labels"}


def main(tables, results, checks):
    checker = Checker(tables, results)
    fine = True
    with open(checks, encoding="utf-8") as file:
        for spec in map(json.loads, file):
            check = compare.Check(spec.get("title", spec["file"]))
            if spec["what"] not in KINDS:
                raise ValueError(f"unknown check {spec['what']}")
            getattr(checker, spec["what"])(check, spec)
            fine = check.report() and fine
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
