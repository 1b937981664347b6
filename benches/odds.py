"""The odds of thirty days, deduplicated, and one day in full storage: what is asked of them, beside plain full storage in SQL, pandas and DuckDB over the same rows,
a bare INSERT of the rows that ingest writes, and the package `shin` row by row and vectorised.

Every time is the client's, answer fetched. What two ways answer is compared before it is timed. --days and --events make a smaller run.
"""
import argparse
import datetime
import json
import os
import statistics
import time

import duckdb
import numpy
import pandas
import psycopg
import shin

UTC = datetime.timezone.utc


class Bench:
    def __init__(self, arguments):
        self.a = arguments
        self.lines = []
        self.connection = psycopg.connect(autocommit=True)
        self.connection.execute("SET timezone = 'UTC'")
        self.connection.execute("SET client_min_messages = warning")
        today = datetime.datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        self.end = today
        self.day = datetime.timedelta(days=1)

    def ask(self, sql, *values):
        return self.connection.execute(sql, values).fetchall()

    def one(self, sql, *values):
        return self.ask(sql, *values)[0][0]

    def say(self, line=""):
        self.lines.append(line)
        print(line, flush=True)

    def timed(self, work, calls):
        """Milliseconds of each call: median over all, worst."""
        work(*calls[0])
        clock = []
        for _ in range(self.a.rounds):
            for call in calls:
                begun = time.perf_counter()
                work(*call)
                clock.append(1000 * (time.perf_counter() - begun))
        return statistics.median(clock), max(clock)

    def row(self, name, work, calls, aim):
        median, worst = self.timed(work, calls)
        self.say(f"| {name} | {median:.2f} | {worst:.2f} | {aim} |")
        return median

    # The data

    def fill(self):
        a, begun = self.a, time.perf_counter()
        for days_ago in range(a.days + 2, -2, -1):
            day = self.end - days_ago * self.day
            for parent in ("odds_snapshots", "market_odds"):
                self.ask_nothing(
                    f"CREATE TABLE dynasty_odds.{parent}_p{day:%Y%m%d} PARTITION OF dynasty_odds.{parent} FOR VALUES FROM ('{day:%Y-%m-%d}+00') TO ('{day + self.day:%Y-%m-%d}+00')"
                )
        for days_ago in range(a.days - 1, 0, -1):
            self.board(a.events, 3, 24, days_ago, self.end - days_ago * self.day)
        self.board(a.events // 5, 10, 24 * min(7, a.days), 77, self.end)
        self.board(a.events, 10, 24, 99, self.end)
        # The day that is stored twice: in full, and as it comes.
        self.whole = self.end - (a.days + 1) * self.day
        begun_full = time.perf_counter()
        self.full_rows = self.board(a.events * 115 // 100, 10, 24, 5, self.whole, False)
        full_seconds = time.perf_counter() - begun_full
        self.board(a.events * 115 // 100, 10, 24, 5, self.whole)
        self.ask_nothing("VACUUM ANALYZE")
        counts = self.ask("SELECT (SELECT count(*) FROM dynasty_odds.odds_snapshots), (SELECT count(*) FROM dynasty_odds.market_odds), pg_size_pretty(sum(pg_total_relation_size(c.oid))) "
                          "FROM pg_class c WHERE c.relnamespace = 'dynasty_odds'::regnamespace AND c.relkind = 'r'")[0]  # fmt: skip
        self.say(
            f"{a.days} days of {a.events} games and 3 bookmakers, the last day with 10, {a.events // 5} games of a week with 10, and a day in full storage ({self.full_rows:,} prices, made in {full_seconds:.0f} s) "
            f"and deduplicated: {counts[0]:,} snapshots, {counts[1]:,} prices, {counts[2]}; daily partitions; made in {time.perf_counter() - begun:.0f} s.\n"
        )

    def ask_nothing(self, sql):
        self.connection.execute(sql)

    def board(self, events, books, hours, seed, until, dedupe=True):
        return dict(self.ask("SELECT * FROM dynasty_odds.simulate_board(%s, %s, %s, %s, %s, %s)", events, books, hours, seed, until, dedupe))["market_odds"]

    def games(self, run_offset):
        """Games of a board (by the order of the runs), still to come at its end, with the market of their winner."""
        return self.ask(
            "SELECT e.id, k.key FROM dynasty_odds.events e JOIN LATERAL (SELECT k.key FROM dynasty_odds.market_odds m JOIN dynasty_odds.market_kinds k ON k.id = m.market_kind_id "
            "WHERE m.event_id = e.id AND k.key IN ('h2h', '1x2') LIMIT 1) k ON true "
            "WHERE split_part(e.sportradar_id, ':', 2)::bigint = (SELECT max(id) FROM dynasty_odds.scrape_runs) - %s AND e.status = 'scheduled' ORDER BY e.id",
            run_offset,
        )

    # What is asked

    def readers(self):
        a, last = self.a, self.end
        today, week, full, same = self.games(2), self.games(3), self.games(1), self.games(0)
        half = self.whole - datetime.timedelta(hours=12)
        ago = self.end - 7 * self.day
        self.say("| one session, ms by the clock | median | worst | aim |")
        self.say("| --- | ---: | ---: | ---: |")
        odds_at = lambda e, at: self.ask("SELECT * FROM dynasty_odds.odds_at(%s, %s)", e, at)  # noqa: E731
        self.row(f"`odds_at()` of one game, 10 bookmakers, {len(today)} games", odds_at, [(e, last) for e, _ in today], "5")
        self.row("`odds_at()` at noon of the day in full storage", odds_at, [(e, half) for e, _ in full], "5")
        best = lambda e, m, at: self.ask("SELECT * FROM dynasty_odds.best_odds(%s, %s, %s)", e, m, at)  # noqa: E731
        self.row("`best_odds()` of one game", best, [(e, m, last) for e, m in today], "5")
        moved = lambda e, m: self.ask("SELECT * FROM dynasty_odds.line_movement(%s, %s, NULL, %s, %s)", e, m, ago, self.end)  # noqa: E731
        self.row("`line_movement()` of one game's winner market, 10 bookmakers, 7 days", moved, week, "20")
        self.row("`line_movement()` of its totals", moved, [(e, "totals") for e, _ in week], "20")
        one_book = self.one("SELECT id FROM dynasty_odds.bookmakers WHERE key = 'simulated_sharpline'")
        bars = lambda e, m, b: self.ask("SELECT * FROM dynasty_odds.price_bars(%s, %s, '1 hour', %s, %s, %s)", e, m, b, ago, self.end)  # noqa: E731
        self.row("`price_bars()` of one hour, winner market, 10 bookmakers, 7 days", bars, [(e, m, None) for e, m in week], "20")
        self.row("the same of one bookmaker", bars, [(e, m, one_book) for e, m in week], "20")
        self.row(f"`scan_arbitrage()` over the board of {a.events} games, 10 bookmakers", lambda: self.ask("SELECT * FROM dynasty_odds.scan_arbitrage(%s)", last), [()], "300")
        self.row("`scan_value()` over the same", lambda: self.ask("SELECT * FROM dynasty_odds.scan_value(%s)", last), [()], "300")
        self.row("`consensus()` of one game's winner market", lambda e, m: self.ask("SELECT * FROM dynasty_odds.consensus(%s, %s, %s)", e, m, last), today, "")
        self.row("`stale_prices()`", lambda: self.ask("SELECT * FROM dynasty_odds.stale_prices(%s)", last), [()], "")
        self.row("`steam_moves()` of the last two hours", lambda: self.ask("SELECT * FROM dynasty_odds.steam_moves(%s, %s)", last - datetime.timedelta(hours=2), last), [()], "")
        self.closings()
        self.say()
        self.peers(full, same, half)

    def closings(self):
        """The games of the last board alone, all of them, as if they had begun."""
        times, rows = [], 0
        for _ in range(self.a.rounds):
            with self.connection.transaction(force_rollback=True):
                self.ask_nothing(
                    "UPDATE dynasty_odds.events SET status = CASE WHEN split_part(sportradar_id, ':', 2)::bigint = (SELECT max(id) - 2 FROM dynasty_odds.scrape_runs) THEN 'live' ELSE 'cancelled' END"
                )
                self.ask_nothing("DELETE FROM dynasty_odds.closing_odds")
                begun = time.perf_counter()
                rows = self.one("SELECT dynasty_odds.capture_closing(%s)", self.end + 4 * self.day)
                times.append(1000 * (time.perf_counter() - begun))
        self.say(f"| `capture_closing()` of {self.a.events} games, 10 bookmakers, a day of snapshots: {rows:,} closings | {statistics.median(times):.0f} | {max(times):.0f} | 1000 |")

    # The same by other means

    def peers(self, full, same, at):
        low, high = self.whole - self.day, self.whole
        self.ask_nothing("DROP TABLE IF EXISTS public.plain_odds")
        self.ask_nothing(
            f"CREATE TABLE public.plain_odds AS SELECT m.event_id, m.bookmaker_id, m.captured_at, k.key AS market, m.period, m.line, m.outcome, m.price, m.is_suspended "
            f"FROM dynasty_odds.market_odds m JOIN dynasty_odds.market_kinds k ON k.id = m.market_kind_id JOIN dynasty_odds.bookmakers b ON b.id = m.bookmaker_id "
            f"WHERE m.captured_at >= '{low}' AND m.captured_at < '{high}' AND NOT b.dedupe"
        )
        self.ask_nothing("CREATE INDEX ON public.plain_odds (event_id, market, captured_at DESC)")
        self.ask_nothing("CREATE INDEX ON public.plain_odds (event_id, captured_at DESC)")
        self.ask_nothing("VACUUM ANALYZE public.plain_odds")
        as_of = (
            "SELECT p.bookmaker_id, p.market, p.period, p.line, p.outcome, p.price, p.captured_at, p.is_suspended FROM {0} p JOIN (SELECT bookmaker_id, max(captured_at) AS captured_at FROM {0} "
            "WHERE event_id = {1} AND captured_at <= {2} GROUP BY 1) l USING (bookmaker_id, captured_at) WHERE p.event_id = {1}"
        )
        movement = (
            "SELECT * FROM (SELECT bookmaker_id, period, line, outcome, captured_at, price, lag(price) OVER (PARTITION BY bookmaker_id, period, line, outcome ORDER BY captured_at) AS prev_price "
            "FROM {0} WHERE event_id = {1} AND market = {2} AND NOT is_suspended) x WHERE prev_price IS DISTINCT FROM price"
        )
        begun = time.perf_counter()
        frame = pandas.DataFrame(
            self.ask("SELECT event_id, bookmaker_id, captured_at, market, period, line::float8, outcome, price::float8, is_suspended FROM public.plain_odds"),
            columns=["event_id", "bookmaker_id", "captured_at", "market", "period", "line", "outcome", "price", "is_suspended"],
        ).sort_values(["event_id", "captured_at"])
        fetched = time.perf_counter() - begun
        begun = time.perf_counter()
        games = dict(list(frame.groupby("event_id")))
        grouped = time.perf_counter() - begun
        duck = duckdb.connect()
        duck.execute("SET threads = 1")
        begun = time.perf_counter()
        duck.execute("CREATE TABLE plain_odds AS SELECT * FROM frame")
        loaded = time.perf_counter() - begun
        moment = pandas.Timestamp(at)

        def pandas_as_of(event):
            one = games[event]
            one = one[one["captured_at"] <= moment]
            return one[one["captured_at"] == one.groupby("bookmaker_id")["captured_at"].transform("max")]

        def pandas_movement(event):
            one = games[event]
            one = one[(one["market"] == "totals") & ~one["is_suspended"]]
            before = one.groupby(["bookmaker_id", "period", "line", "outcome"], dropna=False)["price"].shift()
            return one[before.isna() | (before != one["price"])]

        mine = lambda e: self.ask("SELECT * FROM dynasty_odds.odds_at(%s, %s)", e, at)  # noqa: E731
        plain = lambda e: self.ask(as_of.format("public.plain_odds", "%s", "%s"), e, at, e)  # noqa: E731
        ducks = lambda e: duck.execute(as_of.format("plain_odds", "$1", "$2"), [e, at]).fetchall()  # noqa: E731
        mine_moved = lambda e: self.ask("SELECT * FROM dynasty_odds.line_movement(%s, 'totals', NULL, %s, %s)", e, low, high)  # noqa: E731
        plain_moved = lambda e: self.ask(movement.format("public.plain_odds", "%s", "'totals'"), e)  # noqa: E731
        ducks_moved = lambda e: duck.execute(movement.format("plain_odds", "$1", "'totals'"), [e]).fetchall()  # noqa: E731
        # The two boards are the same but for ids. Only of games to come: where a bookmaker withdrew all, plain storage of prices shows what is gone.
        for (f, _), (d, _) in zip(full, same):
            answers = [sorted(map(str, ((r[1], r[2], float(r[3] or 0), r[4], float(r[5]), r[-1]) for r in rows))) for rows in (plain(f), ducks(f), [r[:7] + r[8:] for r in mine(f)], [r[:7] + r[8:] for r in mine(d)])]
            assert answers[0] == answers[1] == answers[2] == answers[3] and len(pandas_as_of(f)) == len(answers[0]), f
            moves = {len(x) for x in (mine_moved(f), mine_moved(d), plain_moved(f), ducks_moved(f), pandas_movement(f))}
            assert len(moves) == 1, (f, moves)
        self.say(
            f"The day of {len(frame):,} prices by other means, one game each, {len(full)} games; answers compared. "
            f"Before it answers, pandas fetches for {fetched:.1f} s and groups for {grouped:.1f} s, DuckDB (1 thread) loads for {loaded:.1f} s.\n"
        )
        self.say("| ms, median | as of noon | movement of the totals over the day |")
        self.say("| --- | ---: | ---: |")
        for name, one, other, calls in (
            ("`odds_at()`, `line_movement()`, deduplicated", mine, mine_moved, same),
            ("the same, stored in full", mine, mine_moved, full),
            ("plain full storage, SQL", plain, plain_moved, full),
            ("DuckDB", ducks, ducks_moved, full),
            ("pandas, grouped by game", pandas_as_of, pandas_movement, full),
        ):
            calls = [(e,) for e, _ in calls]
            self.say(f"| {name} | {self.timed(one, calls)[0]:.2f} | {self.timed(other, calls)[0]:.2f} |")
        size = lambda where: self.one(  # noqa: E731
            f"SELECT sum(pg_column_size(m.*)) FROM dynasty_odds.market_odds m JOIN dynasty_odds.bookmakers b ON b.id = m.bookmaker_id WHERE m.captured_at >= %s AND m.captured_at < %s AND {where}", low, high
        )
        self.say(f"\nPrices of that day: {size('NOT b.dedupe') / 1e6:.0f} MB in full, {size('b.dedupe') / 1e6:.0f} MB deduplicated, before indexes.\n")
        self.ask_nothing("DROP TABLE public.plain_odds")

    def ingest(self):
        """30 games, 10 bookmakers, 30 prices each, all new each time; beside the INSERTs of what it wrote."""
        games, books, at = 30, 10, self.end
        def payload(n):  # fmt: skip
            feed = []
            for g in range(games):
                home, away, books_of = f"Home {g}", f"Away {g}", []
                for b in range(books):
                    price = lambda k: round(1.5 + ((n * 31 + g * 7 + b * 3 + k) % 97) / 40, 2)  # noqa: E731
                    two = lambda k, point=None: [  # noqa: E731
                        {"name": name, "price": price(k + i)} | ({} if point is None else {"point": point if name in ("Over", home) else (point if name == "Under" else -point)})
                        for i, name in enumerate((home, away) if point is None or k < 4 else ("Over", "Under"))
                    ]
                    markets = [{"key": "h2h", "outcomes": two(0)}, {"key": "spreads", "outcomes": two(2, -1.5)}, {"key": "totals", "outcomes": two(4, 210.5)}]
                    markets.append({"key": "alternate_totals", "outcomes": [o for k in range(12) for o in two(6 + 2 * k, 200.5 + k)]})
                    books_of.append({"key": f"bench_{b}", "title": f"Bench {b}", "last_update": "2026-01-01T00:00:00Z", "markets": markets})
                feed.append({"id": f"bench{g}", "sport_key": "basketball_bench", "sport_title": "Bench", "commence_time": (at + 2 * self.day).isoformat(), "home_team": home, "away_team": away, "bookmakers": books_of})
            return json.dumps(feed)

        call = "SELECT * FROM dynasty_odds.ingest(%s::jsonb, 'the_odds_api', %s, odds_format => 'decimal')"
        self.ask(call, payload(0), at)
        again, bare, repeat = [], [], []
        for n in range(1, self.a.rounds + 2):
            text, moment = payload(n), at + datetime.timedelta(minutes=n)
            begun = time.perf_counter()
            counts = self.ask(call, text, moment)[0]
            again.append(1000 * (time.perf_counter() - begun))
            assert counts == (games, games * books, 0, 30 * games * books, 0), counts
            begun = time.perf_counter()
            self.ask(call, text, moment + datetime.timedelta(seconds=20))
            repeat.append(1000 * (time.perf_counter() - begun))
            bare.append(self.bare(moment, moment + self.day / 4))
        self.say(f"`ingest()` of {games * books} game × bookmaker, {30 * games * books:,} prices, {len(payload(0)) / 1e6:.1f} MB of JSON (`the_odds_api`), all of them new; ms, median of {len(again)}:\n")
        self.say("| | ms | x bare INSERT | aim |")
        self.say("| --- | ---: | ---: | ---: |")
        base = statistics.median(bare)
        self.say(f"| bare multi-row INSERTs of the same rows | {base:.0f} | 1.00 | |")
        self.say(f"| `ingest()` | {statistics.median(again):.0f} | {statistics.median(a / b for a, b in zip(again, bare)):.2f} | 1500, 4x |")
        self.say(f"| the same offers again, unchanged | {statistics.median(repeat):.0f} | | |\n")

    def bare(self, moment, later):
        """The rows that came at a moment, once more at another one: two INSERTs of many rows with ids that are known, one transaction."""
        snapshots = self.ask("SELECT id, event_id, bookmaker_id, content_hash, market_count FROM dynasty_odds.odds_snapshots WHERE captured_at = %s ORDER BY id", moment)
        prices = self.ask("SELECT snapshot_id, event_id, bookmaker_id, market_kind_id, period, line, outcome, price FROM dynasty_odds.market_odds WHERE captured_at = %s ORDER BY id", moment)
        number = dict(zip((row[0] for row in snapshots), (row[0] for row in self.ask("SELECT nextval('dynasty_odds.odds_snapshots_id_seq') FROM generate_series(1, %s)", len(snapshots)))))
        line = lambda value: "NULL" if value is None else value  # noqa: E731
        first = ",".join(f"({number[i]},{e},{b},'{later}',{h},{m})" for i, e, b, h, m in snapshots)
        second = ",".join(f"({number[s]},'{later}',{e},{b},{k},{p},{line(at)},'{o}',{price})" for s, e, b, k, p, at, o, price in prices)
        begun = time.perf_counter()
        with self.connection.transaction():
            self.ask_nothing(f"INSERT INTO dynasty_odds.odds_snapshots (id, event_id, bookmaker_id, captured_at, content_hash, market_count) VALUES {first}")
            self.ask_nothing(f"INSERT INTO dynasty_odds.market_odds (snapshot_id, captured_at, event_id, bookmaker_id, market_kind_id, period, line, outcome, price) VALUES {second}")
        took = 1000 * (time.perf_counter() - begun)
        self.ask_nothing(f"DELETE FROM dynasty_odds.odds_snapshots WHERE captured_at = '{later}'")
        return took

    def devig(self):
        n = 100_000
        self.ask_nothing("DROP TABLE IF EXISTS public.three; SELECT setseed(0.5)")
        self.ask_nothing(
            f"CREATE TABLE public.three AS SELECT ARRAY[1 / (a * 1.05 / (a + b + c)), 1 / (b * 1.05 / (a + b + c)), 1 / (c * 1.05 / (a + b + c))]::float8[] AS odds "
            f"FROM (SELECT 0.2 + random() AS a, 0.2 + random() AS b, 0.2 + random() AS c FROM generate_series(1, {n})) x"
        )
        self.ask_nothing("VACUUM ANALYZE public.three")
        odds = numpy.array([row[0] for row in self.ask("SELECT odds FROM public.three")])
        ours = numpy.array([row[0] for row in self.ask("SELECT dynasty_odds.devig(odds, 'shin') FROM public.three")])
        query = lambda: self.ask("SELECT sum((dynasty_odds.devig(odds, 'shin'))[1]) FROM public.three")  # noqa: E731
        scan = self.timed(lambda: self.ask("SELECT sum(odds[1]) FROM public.three"), [()])[0]
        mine = self.timed(query, [()])[0]
        some = odds[:5000].tolist()
        by_row, row_by_row = [], {}
        for python in (False, True):
            begun = time.perf_counter()
            by_row = [shin.calculate_implied_probabilities(row, force_python_optimiser=python) for row in some]
            row_by_row[python] = 1000 * (time.perf_counter() - begun) * n / len(some)
        vector = self.timed(lambda: vectorised(odds), [()])[0]
        assert numpy.abs(vectorised(odds) - ours).max() < 1e-9 and numpy.abs(numpy.array(by_row) - ours[:5000]).max() < 1e-8
        self.say(f"Shin's method over {n:,} markets of three outcomes; answers agree to 1e-9. A scan of the same column takes {scan:.0f} ms.\n")
        self.say("| | ms | µs each | x `devig()` |")
        self.say("| --- | ---: | ---: | ---: |")
        for name, ms in (("`devig(odds, 'shin')` in a query", mine), ("package `shin`, row by row, its core in Rust", row_by_row[False]), ("the same, its core in Python", row_by_row[True]), ("NumPy, all at once (60 bisections)", vector)):
            self.say(f"| {name} | {ms:.0f} | {1000 * ms / n:.2f} | {ms / mine:.1f} |")
        self.say()
        self.ask_nothing("DROP TABLE public.three")


def vectorised(odds):
    """Shin's probabilities of many markets by bisection over arrays."""
    q = 1 / odds
    book = q.sum(axis=1, keepdims=True)
    square = 4 * q * q / book
    low, high = numpy.zeros_like(book), numpy.full_like(book, 0.999999)

    def p(z):
        return 0.5 * square / (numpy.sqrt(z * z + (1 - z) * square) + z)

    for _ in range(60):
        middle = (low + high) / 2
        above = p(middle).sum(axis=1, keepdims=True) > 1
        low, high = numpy.where(above, middle, low), numpy.where(above, high, middle)
    return p((low + high) / 2)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--events", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--parts", default="readers,ingest,devig")
    parser.add_argument("--out")
    bench = Bench(parser.parse_args())
    bench.say("\n## Odds (`benches/odds.py`)\n")
    load = os.getloadavg()[0]
    bench.say(f"{datetime.date.today()}, load of the machine {load:.1f} at the beginning. Data: `simulate_board()`.")
    parts = bench.a.parts.split(",")
    if "readers" in parts:
        bench.fill()
        bench.readers()
    for part in parts:
        if part != "readers":
            getattr(bench, part)()
    if bench.a.out:
        with open(bench.a.out, "a", encoding="utf-8") as out:
            out.write("\n".join(bench.lines) + "\n")


main()
