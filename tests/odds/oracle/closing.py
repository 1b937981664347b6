"""closing_odds: what capture_closing makes of the snapshots, and event_clv."""
import statistics

from readers import fair_groups


class Closings:
    def __init__(self, store):
        self.store = store
        self.rows = {}  # (event, book, kind, period, line, outcome) -> row

    def compute(self, event, kickoff):
        """{key: row} from what is stored now."""
        store, found, states = self.store, {}, []
        for this, book in list(store.snapshots):
            if this != event:
                continue
            last_of_group = {}
            at_kickoff = {(r.kind, r.period, r.line, r.outcome) for r in store.state(event, book, kickoff) if not r.suspended}
            for key, seen in store.observations(event, book).items():
                seen = [(at, price) for at, price in seen if at <= kickoff]
                if seen:
                    found[event, book, *key] = {
                        "open_price": seen[0][1], "open_at": seen[0][0], "close_price": seen[-1][1], "close_at": seen[-1][0],
                        "was_open": key in at_kickoff, "kickoff": kickoff, "fair_prob": None,
                    }  # fmt: skip
                    last_of_group[key[:3]] = max(last_of_group.get(key[:3], seen[-1][0]), seen[-1][0])
            for group, at in last_of_group.items():
                states += [r for r in store.state(event, book, at) if r.group()[1:] == group]
        for (book, *group), members in fair_groups(store, states, "power", strict=False).items():
            for r, p in members:
                found[event, book, *group, r.outcome]["fair_prob"] = p
        return found

    def capture(self, before):
        """The number of rows that came, changed or went."""
        changed = 0
        for event in self.store.events.values():
            if event.kickoff > before or event.status in ("postponed", "cancelled"):
                continue
            fresh = self.compute(event.id, event.kickoff)
            for key in {k for k in self.rows if k[0] == event.id} | fresh.keys():
                old, new = self.rows.get(key), fresh.get(key)
                if old:
                    close_stored = self.store.stored_at(event.id, key[1], old["close_at"])
                    if new is None:
                        if close_stored:
                            del self.rows[key]
                            changed += 1
                        continue
                    if not close_stored and new["close_at"] < old["close_at"]:
                        continue
                    if old["open_at"] < new["open_at"] and not self.store.stored_at(event.id, key[1], old["open_at"]):
                        new |= {name: old[name] for name in ("open_at", "open_price")}
                if old != new:
                    changed += 1
                    self.rows[key] = new
        return changed

    def table(self):
        names = ("event_id", "bookmaker_id", "market", "period", "line", "outcome")
        return [dict(zip(names, key)) | row for key, row in self.rows.items()]

    def event_clv(self, event, market, outcome, bet, book=None, line=None, period=0):
        wanted = (market, period, line, outcome)
        chances = [
            row["fair_prob"]
            for key, row in self.rows.items()
            if key[0] == event and key[2:] == wanted and row["fair_prob"] is not None and (key[1] == book or (book is None and row["was_open"]))
        ]
        return bet * statistics.fmean(chances) - 1 if chances else None
