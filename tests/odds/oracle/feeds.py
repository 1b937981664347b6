#!/usr/bin/env python3
"""Offers are made up first, told in the words of a feed, and must come back out of parse_odds as they were made up: feeds.py SEED

What is told is random: American, decimal, fractional prices as numbers or text; names of teams, draws, players; mirrored points; periods by suffix; times as
ISO text with or without zone, or as epoch seconds.
"""
import json
import random
import sys
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from session import EPOCH, Session, quoted

PERIODS = {0: [""], 1: ["_h1"], 2: ["_h2"], 3: ["_q1", "_p1"], 4: ["_q2", "_p2"], 5: ["_q3", "_p3"], 6: ["_q4"], 7: ["_1st_5_innings"], 8: ["_1st_1_innings"]}
TEAMS = ["Boston Bruins", "New York Rangers", "1. FC Köln", "O'Higgins", "Real \"B\" Madrid", "Saint-Étienne", "A", "B or C", "Over", "Los Angeles", "Los Angeles FC", "日本"]
PLAYERS = ["LeBron James", "J. O'Neal", "Müller: Thomas", "X"]


def six(price):
    """A fraction with six decimals, halves up."""
    return (Decimal(price.numerator * 10**7 // price.denominator) / 10**7).quantize(Decimal("0.000001"), ROUND_HALF_UP)


class Feed:
    def __init__(self, seed):
        self.rng = random.Random(seed)

    def price(self, style):
        """(as told, as stored)"""
        rng = self.rng
        if style == "american":
            american = rng.choice([rng.randint(100, 5000), -rng.randint(100, 5000)])
            value = 1 + Fraction(american, 100) if american > 0 else 1 + Fraction(100, -american)
            return rng.choice([american, str(american) if american < 0 else f"+{american}"]), six(value)
        if style == "fraction":
            a, b = rng.randint(1, 40), rng.randint(1, 20)
            return f"{a}/{b}", six(1 + Fraction(a, b))
        value = Decimal(rng.randint(1010000, 30000000)) / 10 ** rng.choice([6, 6, 5, 4])
        value = value.quantize(Decimal(1).scaleb(-rng.randint(2, 6))) if value < 99 else Decimal("2.5")
        value = max(value, Decimal("1.01"))
        return rng.choice([float(value), str(value)]), value.quantize(Decimal("0.000001"))

    def when(self, zones=True):
        """(as told, microseconds as session.read has them)"""
        at = self.rng.randint(0, 900_000_000)
        moment = EPOCH.fromtimestamp(EPOCH.timestamp() + at, EPOCH.tzinfo)
        told = [moment.strftime("%Y-%m-%dT%H:%M:%SZ"), moment.strftime("%Y-%m-%dT%H:%M:%S"), moment.strftime("%Y-%m-%dT%H:%M:%S+00:00"), int(moment.timestamp())]
        return self.rng.choice(told), at * 1_000_000

    def truth(self, home, away, plain=False):
        """(market, period, line, [(outcome, name in the feed, own side of the line)], key in The Odds API)"""
        rng = self.rng
        period = rng.choice([0, 0, 0, *PERIODS])
        suffix = rng.choice(PERIODS[period])
        line = Decimal(rng.randint(-30, 30)) / rng.choice([1, 2, 4])
        over = [("over", "Over", 1), ("under", "Under", 1)]
        sides = [("home", home, 1), ("away", away, -1)]
        three = [*sides, ("draw", "Draw", 0)]
        kinds = [
            ("h2h", None, sides, "h2h"), ("1x2", None, three, rng.choice(["h2h", "h2h_3_way"])), ("totals", abs(line), over, "totals"), ("spreads", line, sides, "spreads"),
            ("h2h_lay", None, sides, "h2h_lay"), ("1x2_lay", None, three, "h2h_lay"), ("draw_no_bet", None, sides, "draw_no_bet"), ("btts", None, [("yes", "Yes", 0), ("no", "No", 0)], "btts"),
            ("alternate_spreads", line, sides, "alternate_spreads"), ("alternate_totals", abs(line), over, "alternate_totals"),
            ("double_chance", None, [("home_draw", f"{home} or Draw", 0), ("draw_away", f"Draw or {away}", 0), ("home_away", f"{home} or {away}", 0)], "double_chance"),
        ]  # fmt: skip
        if not plain:
            player = rng.choice(PLAYERS)
            kinds.append(("player_points", abs(line), [(f"{player}:over", "Over", 1), (f"{player}:under", "Under", 1)], "player_points"))
        kind, line, outcomes, key = rng.choice(kinds)
        if kind == "double_chance" and ("or" in home or "or" in away):
            return self.truth(home, away, plain)
        outcomes = list(outcomes)
        rng.shuffle(outcomes)
        return kind, period, line, outcomes, key + suffix

    def teams(self):
        # A team whose name is a word of the feed's is nobody's guess.
        return self.rng.sample([t for t in TEAMS if t not in ("Over", "B or C")], 2)

    def the_odds_api(self, style):
        rng, events, rows = self.rng, [], []
        for e in range(rng.randint(1, 4)):
            home, away = self.teams()
            event = {"id": f"event {e}", "sport_key": "s", "sport_title": "S", "commence_time": self.when()[0], "home_team": home, "away_team": away, "bookmakers": []}
            for b in range(rng.randint(0, 3)):
                told, at = self.when()
                book = {"key": f"book{b}", "title": f"Book {b}", "last_update": told, "markets": []}
                seen = set()
                for _ in range(rng.randint(0, 5)):
                    kind, period, line, outcomes, key = self.truth(home, away)
                    if (kind, period) in seen or (key, 0) in seen:
                        continue
                    seen |= {(kind, period), (key, 0)}
                    market, own = {"key": key, "outcomes": []}, at
                    if rng.random() < 0.5:
                        market["last_update"], own = self.when()
                    for outcome, name, sign in outcomes:
                        price, stored = self.price(style)
                        one = {"name": rng.choice([name, name, f" {name} "]), "price": price}
                        if line is not None:
                            one["point"] = float(line * sign if kind.endswith("spreads") else line)
                        if ":" in outcome:
                            one["description"] = outcome.rsplit(":", 1)[0]
                        market["outcomes"].append(one)
                        rows.append(self.row(event["id"], book["key"], kind, period, line, outcome, stored, own))
                    book["markets"].append(market)
                event["bookmakers"].append(book)
            events.append(event)
        shape = rng.choice(["live", "live", "envelope", "single"])
        if shape == "single":
            rows = [r for r in rows if r["event_ref"] == "event 0"]
        payload = {"live": events, "envelope": {"timestamp": "2025-03-10T10:00:00Z", "previous_timestamp": None, "next_timestamp": None, "data": events}, "single": events[0]}[shape]
        return payload, rows

    def sportradar(self, style):
        rng, rows = self.rng, []
        home, away = self.teams()
        event = {"sport_event": {"id": "sr:match:1", rng.choice(["start_time", "scheduled"]): "2025-03-10T18:00:00+00:00", "competitors": [{"name": home, "qualifier": "home"}, {"name": away, "qualifier": "away"}]}, "markets": []}
        over, sides = ["over", "under"], ["home", "away"]
        names = [("h2h", ["2way", "moneyline", "winner"], sides, None), ("1x2", ["3way"], ["home", "draw", "away"], None), ("totals", ["total"], over, "total"), ("spreads", ["spread", "handicap", "run line", "puck line"], sides, "spread")]
        for number, (kind, words, outcomes, field) in enumerate(rng.sample(names, rng.randint(1, 4))):
            market = {"id": number, "name": rng.choice(words), "books": []}
            for name in rng.sample(["William Hill NJ", "Bet365", "MGM - X"], 2):
                line = None if field is None else Decimal(rng.randint(-20, 20)) / 2
                line = abs(line) if field == "total" else line
                book = {"id": name, "name": name, "outcomes": []}
                removed = rng.random() < 0.2
                if removed:
                    book["removed"] = True
                for outcome in outcomes:
                    told, stored = self.price(style)
                    one = {"type": outcome, {"decimal": "odds_decimal", "american": "odds_american", "fraction": "odds_fraction"}[style]: str(told)}
                    if style == "american" and not str(told).startswith(("+", "-")):
                        one["odds_american"] = f"+{told}"
                    if line is not None:
                        value = -line if kind == "spreads" and outcome == "away" else line
                        one[rng.choice(["spread", "handicap"]) if field == "spread" else field] = str(value)
                    gone = rng.random() < 0.1
                    if gone:
                        one["removed"] = True
                    book["outcomes"].append(one)
                    if not (gone or removed):
                        rows.append(self.row("sr:match:1", "".join(c for c in name.lower() if c.isalnum()), kind, 0, line, outcome, stored, None))
                market["books"].append(book)
            event["markets"].append(market)
        return event, rows

    def flat(self, style):
        rng, payload, rows, seen = self.rng, [], [], set()
        for _ in range(rng.randint(1, 12)):
            home, away = self.teams()
            ref = f"e{rng.randint(1, 1000000)}"
            kind, period, line, outcomes, _ = self.truth(home, away, plain=True)
            told_at, at = self.when()
            kickoff, _ = self.when()
            for outcome, _, _ in outcomes:
                price, stored = self.price(style)
                suspended = rng.random() < 0.2
                one = {"event_ref": ref, "sport": "s", "home": home, "away": away, "kickoff": kickoff, "bookmaker": "b", "market": kind, "outcome": outcome, "last_update": told_at}
                if suspended and rng.random() < 0.5:
                    stored = Decimal("1.000000")
                else:
                    one["price"] = price
                if suspended:
                    one["suspended"] = True
                if period:
                    one["period"] = period
                if line is not None:
                    one["line"] = rng.choice([float(line), str(line)])
                payload.append(one)
                rows.append(self.row(ref, "b", kind, period, line, outcome, stored, at, suspended))
        return payload, rows

    @staticmethod
    def row(ref, book, kind, period, line, outcome, price, at, suspended=False):
        return {"event_ref": ref, "bookmaker_key": book, "market": kind, "period": period, "line": line, "outcome": outcome, "price": price, "last_update": at, "is_suspended": suspended}


def main(seed):
    feed, session = Feed(seed), Session()
    for n in range(400):
        source = ("the_odds_api", "flat", "sportradar")[n % 3]
        style = feed.rng.choice(["decimal", "american"] + (["fraction"] if source == "sportradar" else []))
        payload, rows = getattr(feed, source)(style)
        text = json.dumps(payload, ensure_ascii=feed.rng.random() < 0.5)
        told = "auto" if style == "fraction" else style
        session.rows(f"parse_odds of {source}", f"SELECT event_ref, bookmaker_key, market, period, line, outcome, price, last_update, is_suspended FROM dynasty_odds.parse_odds({quoted(text)}, '{source}', '{told}')", rows)
    session.compare()
    return session.report()


if __name__ == "__main__":
    sys.exit(0 if main(int(sys.argv[1])) else 1)
