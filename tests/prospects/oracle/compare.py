"""Counting what agrees, and telling what does not."""
import datetime
from decimal import Decimal

SHOWN = 8


def close(a, b):
    """The contract's rule: NULLs exactly, numbers to 1e-9 of themselves."""
    if a is None or b is None:
        return a is None and b is None
    return abs(a - b) <= 1e-9 * max(1, abs(a))


def text(value):
    """A value as COPY writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)


def same_text(a, b):
    return text(a) == b


def same_decimal(a, b):
    return a is None and b == "" or a is not None and b != "" and Decimal(a) == Decimal(b)


class Check:
    """One comparison: how many values, and the first differences."""

    def __init__(self, what):
        self.what = what
        self.rows = self.values = self.wrong = 0
        self.known = 0
        self.shown = []

    def value(self, where, ours, theirs, equal):
        self.values += 1
        self.known += ours is not None
        if not equal:
            self.problem(f"{where}: oracle {ours!r}, product {theirs!r}")

    def problem(self, message):
        self.wrong += 1
        if len(self.shown) < SHOWN:
            self.shown.append(message)

    def keys(self, ours, theirs):
        """The keys that both have; the others are problems."""
        for key in sorted(ours - theirs, key=str):
            self.problem(f"{key}: no row in the product")
        for key in sorted(theirs - ours, key=str):
            self.problem(f"{key}: no such row in the oracle")
        both = sorted(ours & theirs, key=str)
        if not both:
            self.problem("nothing to compare")
        self.rows = len(both)
        return both

    def report(self):
        """True when all agree."""
        verdict = "FAILED  " if self.wrong else "ok      "
        print(f"{verdict}{self.what}: {self.rows} rows, {self.values} values ({self.known} not NULL), {self.wrong} differ")
        for message in self.shown:
            print("        " + message)
        if self.wrong > len(self.shown):
            print(f"        and {self.wrong - len(self.shown)} more")
        return not self.wrong
