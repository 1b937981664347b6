"""A board that could have been, as calls in the order of their arrival: late rows, retries, conflicts, pieces of a feed (scopes), suspensions,
withdrawn markets and outcomes, prices of 1, lays, lines, open sets, moved and postponed kickoffs, closings taken, days that retention drops."""
import dataclasses
import random
from decimal import Decimal

from store import DAY, HOUR, MINUTE, SECOND, Book, Event, Kind

# 2025-03-10 10:00 UTC: history, whatever the day on which this is run.
BASE = ((25 * 365 + 7) + 31 + 28 + 9) * DAY + 10 * HOUR
OPEN_KINDS = {"outright": Kind(), "player_points": Kind(has_line=True), "top_two": Kind(winners=2)}


@dataclasses.dataclass
class Poll:
    at: int
    scope: str
    offers: list  # (event, book, content)


@dataclasses.dataclass
class Change:
    """A column of events."""

    event: int
    column: str
    value: object


@dataclasses.dataclass
class Capture:
    before: int


@dataclasses.dataclass
class Retain:
    since: int


@dataclasses.dataclass
class Source:
    """The book's own time of an offer, told afterwards."""

    event: int
    book: int
    at: int
    value: int


@dataclasses.dataclass
class Ask:
    name: str


@dataclasses.dataclass
class Market:
    scope: str
    kind: str
    period: int
    line: object
    chances: dict


class Offer:
    """What a book shows of an event in one scope; it lives on from poll to poll."""

    def __init__(self, rng, markets, places, margin, exchange):
        self.rng, self.places, self.margin = rng, places, margin
        self.markets = [m for m in markets if exchange or not m.kind.endswith("_lay")]
        self.prices = {}
        self.content = {}

    def price(self, market, outcome, chance):
        margin = -0.01 if market.kind.endswith("_lay") else self.margin
        price = 1 / (chance * (1 + margin) * self.rng.uniform(0.985, 1.015))
        return max(Decimal(str(round(price, self.places))), Decimal("1.01"))

    def poll(self, in_play):
        rng = self.rng
        first = not self.prices
        if first or rng.random() < 0.35:
            for market in self.markets:
                if first or rng.random() < 0.5:
                    for outcome, chance in market.chances.items():
                        self.prices[market.kind, market.period, market.line, outcome] = self.price(market, outcome, chance)
            self.show(in_play)
        return dict(self.content)

    def show(self, in_play):
        rng, shown = self.rng, {}
        everything = rng.random()
        for market in self.markets:
            fate = rng.random()
            if everything < 0.02 or fate < 0.05:
                continue  # withdrawn
            for outcome in market.chances:
                key = (market.kind, market.period, market.line, outcome)
                price, suspended = self.prices[key], everything > 0.95 or fate > 0.94 or rng.random() < 0.02
                if rng.random() < 0.015:
                    continue
                if rng.random() < (0.2 if in_play else 0.01):
                    price = Decimal(1)
                shown[key] = (price, suspended)
        self.content = shown


def chances(rng, outcomes, winners=1):
    weights = {outcome: rng.uniform(0.3, 1.0) for outcome in outcomes}
    total = sum(weights.values())
    return {outcome: min(0.97, winners * weight / total) for outcome, weight in weights.items()}


def markets_of(rng, soccer):
    line = Decimal(rng.choice(["2.5", "2.25", "210.5", "6"]))
    spread = Decimal(rng.choice(["-1.5", "-0.25", "0", "3.5"]))
    markets = [Market("", "totals", 0, line, chances(rng, ("over", "under"))), Market("", "spreads", 0, spread, chances(rng, ("home", "away")))]
    if soccer:
        three = chances(rng, ("home", "draw", "away"))
        markets += [Market("", "1x2", 0, None, three), Market("", "1x2_lay", 0, None, dict(three)), Market("props", "btts", 0, None, chances(rng, ("yes", "no")))]
        markets.append(Market("props", "double_chance", 0, None, chances(rng, ("home_draw", "home_away", "draw_away"), 2)))
        markets.append(Market("", "1x2", 1, None, chances(rng, ("home", "draw", "away"))))
    else:
        two = chances(rng, ("home", "away"))
        markets += [Market("", "h2h", 0, None, two), Market("", "h2h_lay", 0, None, dict(two))]
        markets.append(Market("props", "player_points", 0, Decimal("21.5"), chances(rng, ("smith:over", "smith:under"))))
        markets.append(Market("props", "player_points", 0, Decimal("24.5"), chances(rng, ("smith:over", "smith:under"))))
    runners = [f"runner {n}" for n in range(rng.randint(3, 6))]
    markets.append(Market("props", "outright", 0, None, chances(rng, runners)))
    markets.append(Market("props", "top_two", 0, None, chances(rng, runners[:3], 2)))
    for step in ("-0.5", "0", "0.5", "1"):  # the main line is in two scopes
        markets.append(Market("alt", "totals", 0, line + Decimal(step), chances(rng, ("over", "under"))))
    markets.append(Market("alt", "spreads", 0, spread + 1, chances(rng, ("home", "away"))))
    return markets


class History:
    def __init__(self, seed, events=6, books=6, hours=26, together=False):
        rng = self.rng = random.Random(seed)
        self.events = [Event(n + 1, BASE + rng.randint(2, hours) * HOUR + rng.choice([0, 30 * MINUTE, 7 * SECOND])) for n in range(events)]
        commission = ["0", "0", "0.0213", "0", "0.05", "0"]
        self.books = [Book(n + 1, f"book{n + 1}", Decimal(commission[n % 6]), n % 6 != 3) for n in range(books)]
        self.markets = {e.id: markets_of(rng, e.id % 2 == 0) for e in self.events}
        self.end = BASE + hours * HOUR
        self.arrivals = self.ordered(self.polls(hours, together))

    def polls(self, hours, together):
        """(time of arrival, Poll)"""
        rng, polls = self.rng, []
        offers = {}
        for e in self.events:
            for b in self.books:
                places = (2, 3, 2, 1, 2, 7)[b.id % 6]
                for scope in ("", "props", "alt"):
                    if scope and rng.random() < 0.3:
                        continue
                    mine = [m for m in self.markets[e.id] if m.scope == scope]
                    offers[e.id, b.id, scope] = Offer(rng, mine, places, rng.uniform(-0.01, 0.06), b.commission > 0)
        at = BASE
        while at < self.end:
            at += rng.choice([4, 5, 5, 7, 12, 40, 130]) * MINUTE + rng.choice([0, 0, 0, 1, 250_001])
            if at % DAY < 20 * MINUTE and rng.random() < 0.5:
                at = at // DAY * DAY  # midnight itself
            for market in {id(m): m for ms in self.markets.values() for m in ms}.values():
                if rng.random() < 0.25:
                    outcome = rng.choice(list(market.chances))
                    market.chances[outcome] = min(0.95, max(0.02, market.chances[outcome] * rng.uniform(0.8, 1.25)))
            for scope in ("", "props", "alt"):
                if scope and rng.random() < 0.4:
                    continue
                here = at if rng.random() < 0.8 else at + 3 * SECOND
                asked = [(e, b) for (e, b, s) in offers if s == scope and rng.random() < 0.6]
                kickoffs = {e.id: e.kickoff for e in self.events}
                shown = [(e, b, offers[e, b, scope].poll(here > kickoffs[e])) for e, b in asked]
                pieces = [shown[n : n + 7] for n in range(0, len(shown), 7)] if together else [[one] for one in shown]
                for piece in pieces:
                    late = rng.choice([10 * MINUTE, 2 * HOUR, 9 * HOUR]) if rng.random() < 0.1 else 0
                    polls.append((here + late, Poll(here, scope, piece)))
                    if rng.random() < 0.05:  # a retry; sometimes with something else in it
                        again = [(e, b, self.altered(c) if rng.random() < 0.3 else c) for e, b, c in piece]
                        polls.append((here + late + rng.choice([1, HOUR, 8 * HOUR]), Poll(here, scope, again)))
        return polls

    def altered(self, content):
        return {key: (price + Decimal("0.01"), suspended) for key, (price, suspended) in content.items()}

    def ordered(self, polls):
        rng, arrivals = self.rng, list(polls)
        for event in self.events:
            when = rng.randint(BASE + HOUR, self.end)
            if rng.random() < 0.7:
                arrivals.append((when, Change(event.id, "kickoff", event.kickoff + rng.choice([-90, -20, 15, 60, 400]) * MINUTE)))
            if rng.random() < 0.3:
                arrivals.append((when + HOUR, Change(event.id, "status", rng.choice(["postponed", "cancelled", "live", "finished"]))))
                if rng.random() < 0.5:
                    arrivals.append((when + 3 * HOUR, Change(event.id, "status", "scheduled")))
        for _, poll in polls:
            if rng.random() < 0.02:
                event, book, _ = poll.offers[0]
                arrivals.append((self.end, Source(event, book, poll.at, poll.at - rng.choice([1, 9, 10, 11, 300]) * MINUTE)))
        for at in (BASE + 8 * HOUR, BASE + 16 * HOUR, self.end):
            arrivals.append((at, Capture(at)))
        arrivals.append((BASE + 13 * HOUR, Ask("while late rows are on their way")))
        last = max(at for at, _ in arrivals)
        arrivals = [item for _, item in sorted(arrivals, key=lambda pair: pair[0])]
        midnight = BASE // DAY * DAY + DAY
        later = [Change(e.id, "kickoff", e.kickoff + rng.choice([-600, -60, 45, 300]) * MINUTE) for e in self.events if rng.random() < 0.6]
        return arrivals + [Capture(last), Ask("when all is there"), Retain(midnight), Capture(last), *later, Capture(last), Capture(last), Ask("after retention")]
