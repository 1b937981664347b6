#!/usr/bin/env python3
"""Plays a history into the database and into the model, asks both the same questions, prints a line per kind of question.

    check.py SEED insert|record|ingest

How the snapshots come in: by plain INSERTs as the model would store them (what readers make of tables, whoever filled them), by record_snapshot, by ingest
of `flat`. The exit code is 1 when anything differs.
"""
import json
import sys

import questions
from closing import Closings
from history import OPEN_KINDS, Ask, Capture, Change, History, Poll, Retain, Source
from session import Session, quoted, stamp
from store import Store


class Play:
    def __init__(self, seed, how):
        self.how = how
        self.history = History(seed, together=how == "ingest")
        self.store = Store()
        self.store.kinds |= OPEN_KINDS
        self.store.books = {b.id: b for b in self.history.books}
        self.store.events = {e.id: e for e in self.history.events}
        self.closings = Closings(self.store)
        self.session = Session()

    def people(self):
        run = self.session.run
        run("INSERT INTO dynasty_odds.sports (id, key, name) VALUES (1, 'test', 'Test')")
        run("INSERT INTO dynasty_odds.tournaments (id, sport_id, name) VALUES (1, 1, 'Cup')")
        for b in self.store.books.values():
            run(f"INSERT INTO dynasty_odds.bookmakers (id, key, name, commission, dedupe) VALUES ({b.id}, '{b.key}', '{b.key}', {b.commission}, {b.dedupe})")
        for e in self.store.events.values():
            run(f"INSERT INTO dynasty_odds.events (id, tournament_id, name, home_team, away_team, kickoff) VALUES ({e.id}, 1, 'e{e.id}', 'H{e.id}', 'A{e.id}', {stamp(e.kickoff)})")
        for key, kind in OPEN_KINDS.items():
            run(f"INSERT INTO dynasty_odds.market_kinds (key, name, outcomes, has_line, winners) VALUES ('{key}', '{key}', '{{}}', {kind.has_line}, {kind.winners})")

    def play(self):
        self.people()
        rng = self.history.rng
        for item in self.history.arrivals:
            if isinstance(item, Poll):
                getattr(self, self.how)(item)
            elif isinstance(item, Change):
                setattr(self.store.events[item.event], item.column, item.value)
                value = stamp(item.value) if item.column == "kickoff" else quoted(item.value)
                self.session.run(f"UPDATE dynasty_odds.events SET {item.column} = {value} WHERE id = {item.event}")
            elif isinstance(item, Source):
                for s in self.store.snapshots.get((item.event, item.book), []):
                    if s.at == item.at:
                        s.source_updated_at = item.value
                self.session.run(
                    f"UPDATE dynasty_odds.odds_snapshots SET source_updated_at = {stamp(item.value)} WHERE event_id = {item.event} AND bookmaker_id = {item.book} AND captured_at = {stamp(item.at)}"
                )
            elif isinstance(item, Retain):
                self.store.drop_before(item.since)
                for table in ("market_odds", "odds_snapshots"):
                    self.session.run(f"DELETE FROM dynasty_odds.{table} WHERE captured_at < {stamp(item.since)}")
            elif isinstance(item, Capture):
                changed = self.closings.capture(item.before)
                self.session.rows("capture_closing", f"SELECT dynasty_odds.capture_closing({stamp(item.before)}) AS n", [{"n": changed}])
                questions.closings(self)
            elif isinstance(item, Ask):
                questions.stored(self)
                questions.readers_of(self, rng)
                questions.scans_of(self, rng)
        questions.bad_arguments(self)

    def insert(self, poll):
        for event, book, content in poll.offers:
            outcome, s = self.store.record(event, book, poll.scope, poll.at, content)
            if outcome != "new":
                continue
            same = f"{s.full.id}, {stamp(s.full.at)}" if s.full else "NULL, NULL"
            self.session.run(
                "INSERT INTO dynasty_odds.odds_snapshots (id, event_id, bookmaker_id, captured_at, scope, is_unchanged, same_as_id, same_as_captured_at, market_count) "
                f"VALUES ({s.id}, {event}, {book}, {stamp(s.at)}, {quoted(s.scope)}, {s.full is not None}, {same}, {s.markets()})"
            )
            rows = [
                f"({quoted(kind)}, {period}, {'NULL' if line is None else line}, {quoted(outcome)}, {price}, {suspended})"
                for (kind, period, line, outcome), (price, suspended) in s.content.items()
            ]
            if rows and not s.full:
                self.session.run(
                    "INSERT INTO dynasty_odds.market_odds (snapshot_id, captured_at, event_id, bookmaker_id, market_kind_id, period, line, outcome, price, is_suspended) "
                    f"SELECT {s.id}, {stamp(s.at)}, {event}, {book}, k.id, v.period, v.line::numeric, v.outcome, v.price, v.suspended "
                    f"FROM (VALUES {', '.join(rows)}) v(kind, period, line, outcome, price, suspended) JOIN dynasty_odds.market_kinds k ON k.key = v.kind"
                )

    def record(self, poll):
        for event, book, content in poll.offers:
            outcome, s = self.store.record(event, book, poll.scope, poll.at, content)
            odds = [
                {"market": kind, "period": period, "line": None if line is None else float(line), "outcome": name, "price": float(price)} | ({"suspended": True} if suspended else {})
                for (kind, period, line, name), (price, suspended) in content.items()
            ]
            self.history.rng.shuffle(odds)
            call = f"dynasty_odds.record_snapshot({event}, {book}, {quoted(json.dumps(odds))}, {stamp(poll.at)}, scope => {quoted(poll.scope)})"
            if outcome == "conflict":
                self.session.rows("record_snapshot", f"SELECT * FROM {call}", [], error="23505")
            elif outcome == "retry":
                self.session.rows("record_snapshot", f"SELECT captured_at FROM {call}", [{"captured_at": s.at}])
            else:
                rows = 0 if s.full else len(s.content)
                self.session.rows("record_snapshot", f"SELECT captured_at, is_unchanged, odds_rows FROM {call}", [{"captured_at": s.at, "is_unchanged": s.full is not None, "odds_rows": rows}])

    def ingest(self, poll):
        """An offer of nothing cannot be said in `flat`."""
        empty = [offer for offer in poll.offers if not offer[2]]
        if empty:
            self.record(Poll(poll.at, poll.scope, empty))
        payload, told = [], {"events": set(), "snapshots": 0, "unchanged": 0, "odds": 0, "errors": 0}
        for event, book, content in poll.offers:
            if not content:
                continue
            # Suspended without a price is stored at 1.
            bare = {key for key, (_, suspended) in content.items() if suspended and hash_of(event, book, key) % 2}
            content = {key: (price / price if key in bare else price, suspended) for key, (price, suspended) in content.items()}
            outcome, s = self.store.record(event, book, poll.scope, poll.at, content)
            told["events"].add(event)
            told["snapshots"] += outcome == "new"
            told["unchanged"] += outcome == "retry" or (outcome == "new" and s.full is not None)
            told["odds"] += len(s.content) if outcome == "new" and not s.full else 0
            told["errors"] += outcome == "conflict"
            for (kind, period, line, name), (price, suspended) in content.items():
                one = {"event_id": event, "bookmaker": self.store.books[book].key, "market": kind, "outcome": name}
                if period:
                    one["period"] = period
                if line is not None:
                    one["line"] = float(line)
                if (kind, period, line, name) not in bare:
                    one["price"] = float(price)
                if suspended:
                    one["suspended"] = True
                payload.append(one)
        if payload:
            self.history.rng.shuffle(payload)
            told["events"] = len(told["events"])
            call = f"dynasty_odds.ingest({quoted(json.dumps(payload))}, 'flat', {stamp(poll.at)}, odds_format => 'decimal', scope => {quoted(poll.scope)})"
            self.session.rows("ingest", f"SELECT * FROM {call}", [told])


def hash_of(*parts):
    return sum(map(ord, repr(parts)))


if __name__ == "__main__":
    play = Play(int(sys.argv[1]), sys.argv[2])
    play.play()
    play.session.compare()
    sys.exit(0 if play.session.report() else 1)
