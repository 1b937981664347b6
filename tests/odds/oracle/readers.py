"""One event's readers, from the contract. Every function returns a list of dicts, as the SQL function's rows."""
import statistics

from devig import devig, net, overround
from store import Store


class Unanswered(Exception):
    """The method has no answer for a market that was asked for."""


def odds_at(store: Store, event, at, book=None, market=None):
    return [
        {"bookmaker_id": r.book, "market": r.kind, "period": r.period, "line": r.line, "outcome": r.outcome, "price": r.price, "captured_at": r.at, "age": at - r.at, "is_suspended": r.suspended}
        for r in store.states(event, at, market)
        if book in (None, r.book)
    ]


def best_odds(store, event, market, at, max_age):
    side = store.kinds[market].side
    best = {}
    for r in store.states(event, at, market, max_age):
        if r.suspended or r.price <= 1:
            continue
        worth = net(r.price, store.books[r.book].commission, side)
        rank = (-r.price if side == "lay" else worth, worth, -r.book)
        key = (r.period, r.line, r.outcome)
        if key not in best or rank > best[key][0]:
            best[key] = (rank, r, worth)
    return [
        {"period": r.period, "line": r.line, "outcome": r.outcome, "bookmaker_id": r.book, "price": r.price, "captured_at": r.at, "net_price": worth} for _, r, worth in best.values()
    ]


def series_of(store, event, market, book):
    """(book, period, line, outcome, observations) of every key."""
    for this, b in list(store.snapshots):
        if this == event and book in (None, b):
            for (kind, period, line, outcome), seen in store.observations(event, b).items():
                if kind == market and seen:
                    yield b, period, line, outcome, seen


def line_movement(store, event, market, book, start, end):
    rows = []
    for b, period, line, outcome, seen in series_of(store, event, market, book):
        last = None
        for at, price in seen:
            if price != last and start <= at < end:
                change = None if last is None else 100 * (float(price) / float(last) - 1)
                rows.append({"bookmaker_id": b, "period": period, "line": line, "outcome": outcome, "captured_at": at, "price": price, "prev_price": last, "change_pct": change})
            last = price
    return rows


def price_bars(store, event, market, bucket, book, start, end, fill):
    rows = []
    for b, period, line, outcome, seen in series_of(store, event, market, book):
        bars = {}
        for at, price in seen:
            if start <= at < end:
                bars.setdefault(at // bucket * bucket, []).append(price)
        if not bars:
            continue
        close = None
        for begin in range(min(bars), max(bars) + 1, bucket):
            prices = bars.get(begin, [])
            if prices or fill:
                first, high, low, close = (prices[0], max(prices), min(prices), prices[-1]) if prices else (close,) * 4
                rows.append(
                    {"bookmaker_id": b, "period": period, "line": line, "outcome": outcome, "bucket_at": begin, "open": first, "high": high, "low": low, "close": close, "n": len(prices)}
                )
    return rows


def fair_groups(store, rows, method, strict=True):
    """{(book, kind, period, line): [(row, probability), …]} of the complete groups."""
    found = {}
    for group, members in store.groups(rows).items():
        p = devig([r.price for r in members], method, store.kinds[group[1]].winners)
        if p:
            found[group] = list(zip(members, p))
        elif strict:
            raise Unanswered(group)
    return found


def fair_market(store, event, market, at, method):
    rows = []
    for (book, kind, period, line), members in fair_groups(store, store.states(event, at, market), method).items():
        over = overround([r.price for r, _ in members]) - store.kinds[kind].winners
        rows += [{"bookmaker_id": book, "period": period, "line": line, "outcome": r.outcome, "price": r.price, "fair_prob": p, "overround": over} for r, p in members]
    return rows


def consensus(store, event, market, at, method, max_age):
    found = {}
    for (_, _, period, line), members in fair_groups(store, store.states(event, at, market, max_age), method).items():
        for r, p in members:
            found.setdefault((period, line, r.outcome), []).append(p)
    return [
        {
            "period": period, "line": line, "outcome": outcome, "fair_prob": statistics.fmean(p), "books": len(p), "min_prob": min(p), "max_prob": max(p),
            "stddev": statistics.stdev(p) if len(p) > 1 else None,
        }
        for (period, line, outcome), p in found.items()
    ]  # fmt: skip


def main_lines(store, event, market, book, start, end):
    rows = []
    for this, b in list(store.snapshots):
        if this != event or book not in (None, b):
            continue
        main = {}
        for at in sorted({s.at for s in store.snapshots[event, b]}):
            state = [r for r in store.state(event, b, at) if r.kind == market and r.line is not None]
            nearest = {}
            for (_, _, period, line), members in fair_groups(store, state, "power", strict=False).items():
                rank = (round(min(abs(p - 0.5) for _, p in members), 9), abs(line), line)
                nearest[period] = min(nearest.get(period, rank), rank)
            for period, (_, _, line) in nearest.items():
                if main.get(period) != line:
                    if start <= at < end:
                        rows.append({"bookmaker_id": b, "period": period, "captured_at": at, "line": line, "prev_line": main.get(period)})
                    main[period] = line
    return rows
