"""Snapshots as the contract stores them, and what a book showed at a time. Times are microseconds since 2000-01-01 UTC.

A key is (kind, period, line, outcome); a content is {key: (price, suspended)}, prices and lines Decimal.
"""
import dataclasses
from decimal import ROUND_HALF_UP, Decimal

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
SIX_PLACES = Decimal("0.000001")


@dataclasses.dataclass
class Kind:
    outcomes: tuple = ()  # empty: open set
    has_line: bool = False
    winners: int = 1
    side: str = "back"


SHIPPED = {
    "h2h": Kind(("home", "away")),
    "draw_no_bet": Kind(("home", "away")),
    "1x2": Kind(("home", "draw", "away")),
    "totals": Kind(("over", "under"), True),
    "spreads": Kind(("home", "away"), True),
    "btts": Kind(("yes", "no")),
    "double_chance": Kind(("home_draw", "home_away", "draw_away"), winners=2),
    "h2h_lay": Kind(("home", "away"), side="lay"),
    "1x2_lay": Kind(("home", "draw", "away"), side="lay"),
}


@dataclasses.dataclass
class Book:
    id: int
    key: str
    commission: Decimal = Decimal(0)
    dedupe: bool = True


@dataclasses.dataclass
class Event:
    id: int
    kickoff: int
    status: str = "scheduled"


@dataclasses.dataclass
class Snapshot:
    id: int
    event: int
    book: int
    scope: str
    at: int
    content: dict
    full: "Snapshot" = None  # None: this is a full one
    source_updated_at: int = None

    def markets(self):
        return len({key[:3] for key in self.content})


@dataclasses.dataclass(frozen=True)
class Row:
    """One outcome of a book's state, under the newest snapshot's own time."""

    book: int
    kind: str
    period: int
    line: Decimal
    outcome: str
    price: Decimal
    at: int
    suspended: bool

    def group(self):
        return (self.book, self.kind, self.period, self.line)


def rounded(content):
    return {key: (price.quantize(SIX_PLACES, ROUND_HALF_UP), suspended) for key, (price, suspended) in content.items()}


class Store:
    def __init__(self):
        self.kinds = dict(SHIPPED)
        self.books, self.events = {}, {}
        self.snapshots = {}  # (event, book) -> snapshots by (at, id)
        self.last_id = 0
        self.seen = {}  # observations, until the next write

    def all(self):
        return [snapshot for series in self.snapshots.values() for snapshot in series]

    def record(self, event, book, scope, at, content):
        """("new" | "retry" | "conflict", snapshot)"""
        content = rounded(content)
        series = self.snapshots.setdefault((event, book), [])
        before = None
        for other in series:
            if other.scope == scope:
                if other.at == at:
                    return ("retry" if other.content == content else "conflict"), other
                if other.at < at:
                    before = other
        full = None
        if before and self.books[book].dedupe and before.content == content:
            base = before.full or before
            if base.at // DAY == at // DAY and at - base.at < 6 * HOUR:
                full = base
        self.last_id += 1
        snapshot = Snapshot(self.last_id, event, book, scope, at, content, full)
        series.append(snapshot)
        series.sort(key=lambda s: (s.at, s.id))
        self.seen.clear()
        return "new", snapshot

    def drop_before(self, at):
        """What retention does, in whole days."""
        for pair, series in self.snapshots.items():
            self.snapshots[pair] = [s for s in series if s.at >= at]
        self.seen.clear()

    def stored_at(self, event, book, at):
        return any(s.at == at for s in self.snapshots.get((event, book), []))

    def state(self, event, book, at):
        newest = {}
        for snapshot in self.snapshots.get((event, book), []):
            if snapshot.at <= at:
                newest[snapshot.scope] = snapshot
        rows = {}
        for snapshot in sorted(newest.values(), key=lambda s: (s.at, s.id)):
            for (kind, period, line, outcome), (price, suspended) in snapshot.content.items():
                rows[kind, period, line, outcome] = Row(book, kind, period, line, outcome, price, snapshot.at, suspended)
        return list(rows.values())

    def states(self, event, at, market=None, max_age=None):
        """The rows of every book, fresh ones where a max_age is given."""
        rows = []
        for this, book in self.snapshots:
            if this == event:
                rows += [r for r in self.state(event, book, at) if market in (None, r.kind) and (max_age is None or at - r.at <= max_age)]
        return rows

    def observations(self, event, book):
        """{key: [(at, price)]}, open ones only."""
        if (event, book) not in self.seen:
            found = {}
            for snapshot in self.snapshots.get((event, book), []):
                for key, (price, suspended) in snapshot.content.items():
                    found.setdefault(key, {})[snapshot.at] = None if suspended else price
            self.seen[event, book] = {key: [(at, price) for at, price in times.items() if price is not None] for key, times in found.items()}
        return self.seen[event, book]

    def groups(self, rows):
        """The complete groups among rows: {(book, kind, period, line): [row, …]} in the kind's order, open sets bytewise."""
        by_group, largest = {}, {}
        for row in rows:
            by_group.setdefault(row.group(), {})[row.outcome] = row
        for (book, *market), members in sorted(by_group.items(), key=lambda item: item[0][0]):
            market = tuple(market)
            if len(members) > len(largest.get(market, ())):
                largest[market] = set(members)
        complete = {}
        for group, members in by_group.items():
            kind = self.kinds[group[1]]
            if kind.side == "lay":
                continue
            if kind.outcomes:
                wanted = kind.outcomes
            else:
                wanted = sorted(largest[group[1:]], key=lambda text: text.encode())
                if any(row.suspended or row.price <= 1 for row in members.values()):
                    continue
            taken = [members.get(outcome) for outcome in wanted]
            if all(row and not row.suspended and row.price > 1 for row in taken) and 2 <= len(taken) <= 200 and kind.winners < len(taken):
                complete[group] = taken
        return complete
