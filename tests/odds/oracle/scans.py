"""The scans over all events: value, arbitrage, steam, stale prices."""
import statistics

from devig import kelly, net
from readers import fair_groups


def events_of(store, at, live):
    for event in store.events.values():
        ahead = event.status == "scheduled" and event.kickoff > at
        if ahead or (live and event.status in ("scheduled", "live")):
            yield event.id


def scan_value(store, at, min_ev, reference, method, max_age, live):
    rows = []
    for event in events_of(store, at, live):
        chances = {}
        fresh = store.states(event, at, None, max_age)
        for (book, *market), members in fair_groups(store, fresh, method, strict=False).items():
            for r, p in members:
                chances.setdefault((*market, r.outcome), {})[book] = p
        for (book, *market), members in store.groups(fresh).items():
            for r in members:
                others = [p for b, p in chances.get((*market, r.outcome), {}).items() if b != book and (reference is None or store.books[b].key in reference)]
                if not others:
                    continue
                p, price = statistics.fmean(others), net(r.price, store.books[book].commission, "back")
                if p * price - 1 > min_ev:
                    rows.append(
                        {
                            "event_id": event, "market": r.kind, "period": r.period, "line": r.line, "outcome": r.outcome, "bookmaker_id": book, "price": r.price,
                            "fair_prob": p, "ev": p * price - 1, "kelly": kelly(p, price),
                        }
                    )  # fmt: skip
    return rows


def scan_arbitrage(store, at, min_profit, max_age, live):
    rows = []
    for event in events_of(store, at, live):
        best = {}
        for (book, *market), members in store.groups(store.states(event, at, None, max_age)).items():
            for n, r in enumerate(members):
                worth = net(r.price, store.books[book].commission, "back")
                legs = best.setdefault(tuple(market), {})
                if n not in legs or (worth, -book) > (legs[n][1], -legs[n][0].book):
                    legs[n] = (r, worth)
        for (kind, period, line), legs in best.items():
            total = sum(1 / worth for _, worth in legs.values())
            profit = store.kinds[kind].winners / total - 1
            if profit > min_profit:
                told = [
                    {"outcome": r.outcome, "bookmaker_id": r.book, "price": r.price, "net_price": worth, "stake": 1 / worth / total} for _, (r, worth) in sorted(legs.items())
                ]
                rows.append({"event_id": event, "market": kind, "period": period, "line": line, "profit": profit, "legs": told})
    return rows


def steam_moves(store, start, end, within, min_books, min_change):
    moves = {}
    for event, book in list(store.snapshots):
        for key, seen in store.observations(event, book).items():
            for (_, before), (at, price) in zip(seen, seen[1:]):
                change = 1 / float(price) - 1 / float(before)
                if start <= at < end and change != 0 and abs(change) >= min_change - 1e-9:
                    moves.setdefault((event, *key, 1 if change > 0 else -1), []).append((at, book, change))
    rows = []
    for (event, kind, period, line, outcome, direction), found in moves.items():
        found.sort()
        first = 0
        while first < len(found):
            window = [m for m in found[first:] if m[0] - found[first][0] <= within]
            books = {}
            for _, book, change in window:
                books[book] = books.get(book, 0) + change
            if len(books) >= min_books:
                rows.append(
                    {
                        "event_id": event, "market": kind, "period": period, "line": line, "outcome": outcome, "direction": direction, "first_at": window[0][0],
                        "last_at": window[-1][0], "books": len(books), "mean_change": statistics.fmean(books.values()), "first_bookmaker_id": window[0][1],
                    }
                )  # fmt: skip
                first += len(window)
            else:
                first += 1
    return rows


def stale_prices(store, at, max_lag):
    rows = []
    for event in store.events.values():
        if event.kickoff <= at:
            continue
        newest = {}
        for (this, book), series in store.snapshots.items():
            past = [s for s in series if s.at <= at]
            if this == event.id and past:
                newest[book] = past[-1]
        for book, s in newest.items():
            reasons = []
            if at - s.at > max_lag and any(at - other.at <= max_lag for other in newest.values()):
                reasons.append("not_seen")
            if s.source_updated_at is not None and s.at - s.source_updated_at > max_lag:
                reasons.append("source_frozen")
            rows += [{"event_id": event.id, "bookmaker_id": book, "captured_at": s.at, "source_updated_at": s.source_updated_at, "reason": reason} for reason in reasons]
    return rows
