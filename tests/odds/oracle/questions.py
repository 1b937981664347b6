"""What is asked of the model and of the product alike."""
import readers
import scans
from devig import METHODS
from session import quoted, seconds, stamp
from store import DAY, HOUR, MINUTE

FOREVER = (float("-inf"), float("inf"))


def number(value):
    return "NULL" if value is None else str(value)


def stored(play):
    """The tables themselves."""
    snapshots, odds = [], []
    for s in play.store.all():
        snapshots.append(
            {
                "event_id": s.event, "bookmaker_id": s.book, "scope": s.scope, "captured_at": s.at, "is_unchanged": s.full is not None, "same_as_captured_at": s.full and s.full.at,
                "market_count": s.markets(),
            }
        )  # fmt: skip
        if not s.full:
            odds += [
                {"event_id": s.event, "bookmaker_id": s.book, "scope": s.scope, "captured_at": s.at, "market": k, "period": p, "line": line, "outcome": o, "price": price, "is_suspended": x}
                for (k, p, line, o), (price, x) in s.content.items()
            ]
    play.session.rows(
        "odds_snapshots", "SELECT event_id, bookmaker_id, scope, captured_at, is_unchanged, same_as_captured_at, market_count FROM dynasty_odds.odds_snapshots", snapshots
    )
    play.session.rows(
        "market_odds",
        "SELECT o.event_id, o.bookmaker_id, s.scope, o.captured_at, k.key AS market, o.period, o.line, o.outcome, o.price, o.is_suspended FROM dynasty_odds.market_odds o "
        "JOIN dynasty_odds.odds_snapshots s ON (s.id, s.captured_at) = (o.snapshot_id, o.captured_at) JOIN dynasty_odds.market_kinds k ON k.id = o.market_kind_id",
        odds,
    )
    at = max((s.at for s in play.store.all()), default=0)
    latest = [r for e in play.store.events for r in readers.odds_at(play.store, e, at)]
    for r in latest:
        del r["age"]
    play.session.rows("newest of all", f"SELECT o.bookmaker_id, o.market, o.period, o.line, o.outcome, o.price, o.captured_at, o.is_suspended FROM dynasty_odds.events e, dynasty_odds.odds_at(e.id, {stamp(at)}) o", latest)
    start, end = at - 7 * HOUR, at - HOUR
    play.session.rows(
        "export_odds",
        f"SELECT o.event_id, o.bookmaker_id, k.key AS market, o.period, o.line, o.outcome, o.price, o.captured_at FROM dynasty_odds.export_odds({stamp(start)}, {stamp(end)}) o "
        "JOIN dynasty_odds.market_kinds k ON k.id = o.market_kind_id",
        [{name: r[name] for name in ("event_id", "bookmaker_id", "market", "period", "line", "outcome", "price", "captured_at")} for r in odds if start <= r["captured_at"] < end],
    )


def moments(play, rng, count, event=None):
    """Times to ask about: any, those of snapshots and just before them, the kickoff."""
    all_ = play.store.all()
    low, high = min(s.at for s in all_) - HOUR, max(s.at for s in all_) + HOUR
    times = [rng.randint(low, high) for _ in range(count)]
    times += [rng.choice(all_).at - rng.choice([0, 0, 1]) for _ in range(count)]
    if event:
        times.append(event.kickoff)
    return times


def answered(play, kind, sql, make):
    """make() gives the rows, or has no answer: 22023."""
    try:
        play.session.rows(kind, sql, make())
    except readers.Unanswered:
        play.session.rows(kind, sql, [], error="22023")


def span(rng, times):
    """A random range, or all of time."""
    return FOREVER if rng.random() < 0.4 else tuple(sorted(rng.sample(times, 2)))


def readers_at(play, rng, event, at):
    store, session, e = play.store, play.session, event.id
    markets = sorted({m.kind for m in play.history.markets[e]})
    age = "SELECT (to_jsonb(o) || jsonb_build_object('age', extract(epoch FROM o.age))) FROM dynasty_odds.odds_at"
    session.ask("odds_at", f"{age}({e}, {stamp(at)}) o", readers.odds_at(store, e, at))
    book, market = rng.choice([None, *store.books]), rng.choice([None, *markets])
    session.ask("odds_at", f"{age}({e}, {stamp(at)}, {number(book)}, {quoted(market)}) o", readers.odds_at(store, e, at, book, market))
    for market in rng.sample(markets, 3):
        method = rng.choice(METHODS)
        fresh = rng.choice([10 * MINUTE, 30 * MINUTE, 4 * HOUR, 5 * DAY])
        session.rows("best_odds", f"SELECT * FROM dynasty_odds.best_odds({e}, '{market}', {stamp(at)}, {seconds(fresh)})", readers.best_odds(store, e, market, at, fresh))
        answered(play, "fair_market", f"SELECT * FROM dynasty_odds.fair_market({e}, '{market}', {stamp(at)}, '{method}')", lambda m=market, by=method: readers.fair_market(store, e, m, at, by))
        answered(
            play, "consensus", f"SELECT * FROM dynasty_odds.consensus({e}, '{market}', {stamp(at)}, '{method}', {seconds(fresh)})",
            lambda m=market, by=method, f=fresh: readers.consensus(store, e, m, at, by, f),
        )  # fmt: skip


def readers_over(play, rng, event):
    store, session, e = play.store, play.session, event.id
    times = moments(play, rng, 6, event)
    for market in sorted({m.kind for m in play.history.markets[e]}):
        for _ in range(2):
            book, (start, end) = rng.choice([None, *store.books]), span(rng, times)
            where = f"{number(book)}, {stamp(start)}, {stamp(end)}"
            session.rows("line_movement", f"SELECT * FROM dynasty_odds.line_movement({e}, '{market}', {where})", readers.line_movement(store, e, market, book, start, end))
            bucket, fill = rng.choice([10 * MINUTE, HOUR, 7 * MINUTE + 1, DAY]), rng.random() < 0.5
            session.rows(
                "price_bars", f"SELECT * FROM dynasty_odds.price_bars({e}, '{market}', {seconds(bucket)}, {where}, {fill})",
                readers.price_bars(store, e, market, bucket, book, start, end, fill),
            )  # fmt: skip
            session.rows("main_lines", f"SELECT * FROM dynasty_odds.main_lines({e}, '{market}', {where})", readers.main_lines(store, e, market, book, start, end))


def readers_of(play, rng):
    for event in play.store.events.values():
        for at in moments(play, rng, 3, event):
            readers_at(play, rng, event, at)
        readers_over(play, rng, event)


def scans_at(play, rng, at):
    store, session = play.store, play.session
    for live in (False, True):
        fresh, least = rng.choice([10 * MINUTE, HOUR, 9 * HOUR]), rng.choice([0, -0.5, 0.013])
        wanted = rng.choice([None, rng.sample([b.key for b in store.books.values()], rng.randint(1, 3))])
        listed = "NULL" if wanted is None else f"ARRAY[{', '.join(map(quoted, wanted))}]"
        method = rng.choice(METHODS)
        session.rows(
            "scan_value", f"SELECT * FROM dynasty_odds.scan_value({stamp(at)}, {least}, {listed}, '{method}', {seconds(fresh)}, {live})",
            scans.scan_value(store, at, least, wanted, method, fresh, live), edge=("ev", least),
        )  # fmt: skip
        session.rows(
            "scan_arbitrage", f"SELECT * FROM dynasty_odds.scan_arbitrage({stamp(at)}, {least}, {seconds(fresh)}, {live})",
            scans.scan_arbitrage(store, at, least, fresh, live), edge=("profit", least),
        )  # fmt: skip
    lag = rng.choice([5 * MINUTE, 10 * MINUTE, 2 * HOUR])
    session.rows("stale_prices", f"SELECT * FROM dynasty_odds.stale_prices({stamp(at)}, {seconds(lag)})", scans.stale_prices(store, at, lag))


def scans_of(play, rng):
    times = moments(play, rng, 8)
    for at in times[:6] + times[8:12]:
        scans_at(play, rng, at)
    for least in (0.02, 0.005):
        for books in (1, 2, 3):
            start, end = span(rng, times)
            within = rng.choice([0, 10 * MINUTE, 2 * HOUR])
            play.session.rows(
                "steam_moves", f"SELECT * FROM dynasty_odds.steam_moves({stamp(start)}, {stamp(end)}, {seconds(within)}, {books}, {least})",
                scans.steam_moves(play.store, start, end, within, books, least),
            )  # fmt: skip


def closings(play):
    play.session.rows(
        "closing_odds",
        "SELECT c.event_id, c.bookmaker_id, k.key AS market, c.period, c.line, c.outcome, c.open_price, c.open_at, c.close_price, c.close_at, c.was_open, c.kickoff, c.fair_prob "
        "FROM dynasty_odds.closing_odds c JOIN dynasty_odds.market_kinds k ON k.id = c.market_kind_id",
        play.closings.table(),
    )
    keys = {(key[0], *key[2:]) for key in play.closings.rows}
    for event, market, period, line, outcome in sorted(keys, key=str)[:: max(1, len(keys) // 25)]:
        for book in (None, 1, 4):
            play.session.rows(
                "event_clv", f"SELECT dynasty_odds.event_clv({event}, '{market}', {quoted(outcome)}, 2.05, {number(book)}, {number(line)}, {period}) AS clv",
                [{"clv": play.closings.event_clv(event, market, outcome, 2.05, book, line, period)}],
            )  # fmt: skip


def bad_arguments(play):
    at = stamp(0)
    for call in (
        f"odds_at(1, {at}, NULL, 'nonsense')", f"best_odds(1, 'nonsense', {at})", "line_movement(1, 'nonsense')", f"fair_market(1, 'nonsense', {at})", f"fair_market(1, '1x2', {at}, 'nonsense')",
        f"consensus(1, 'nonsense', {at})", f"consensus(1, '1x2', {at}, 'nonsense')", "main_lines(1, 'nonsense')", "price_bars(1, 'nonsense', '1 hour')", "price_bars(1, 'h2h', '1 month')",
        "price_bars(1, 'h2h', '0 seconds')", "price_bars(1, 'h2h', '-1 hour')", f"scan_value({at}, 'NaN')", f"scan_value({at}, 0, '{{}}')", f"scan_value({at}, 0, '{{nobody}}')",
        f"scan_value({at}, method => 'nonsense')", f"scan_arbitrage({at}, 'NaN')", f"scan_arbitrage({at}, 'infinity')", f"best_odds(1, 'h2h', {at}, '-1 second')",
        f"stale_prices({at}, '-1 second')", f"steam_moves({at}, {at}, '-1 second')", f"steam_moves({at}, {at}, '1 hour', 0)", f"steam_moves({at}, {at}, '1 hour', 1, -0.1)",
        f"steam_moves({at}, {at}, '1 hour', 1, 'NaN')", "event_clv(1, 'nonsense', 'home', 2)",
    ):  # fmt: skip
        play.session.rows("bad arguments", f"SELECT * FROM dynasty_odds.{call}", [], error="22023")
    play.session.rows("bad arguments", f"SELECT * FROM dynasty_odds.scan_value({at}, 0, '{{NULL}}')", [], error="22004")
    for call in (f"odds_at(NULL, {at})", "odds_at(1, NULL)", f"odds_at(2147483647, {at})", "best_odds(1, NULL)", "line_movement(NULL, 'h2h')", f"fair_market(2147483647, 'h2h', {at})", "price_bars(1, 'h2h', NULL)"):
        play.session.rows("nothing asked", f"SELECT * FROM dynasty_odds.{call}", [])
