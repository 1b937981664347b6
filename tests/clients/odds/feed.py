"""scrape_to_ingest.py against a server of HTTP on this machine: payloads made here, the genuine ones where DYNASTY_DATA has them, and all
that a feed does wrong."""

import datetime
import http.server
import json
import os
import pathlib
import sys
import threading
import time

import psycopg

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "examples" / "python"))
from scrape_to_ingest import scrape  # noqa: E402


def event(n: int, price: float) -> dict:
    return {"id": f"e{n}", "sport_key": "icehockey_nhl", "sport_title": "NHL", "commence_time": "2026-12-01T18:00:00Z", "home_team": f"Home {n}", "away_team": f"Away {n}",
            "bookmakers": [{"key": b, "title": b, "markets": [{"key": "h2h", "outcomes": [{"name": f"Home {n}", "price": price}, {"name": f"Away {n}", "price": 2.1}]}]} for b in ("one", "two")]}


PAGES = {
    "/good": json.dumps([event(1, 1.9), event(2, 1.8)]),
    "/moved": json.dumps([event(1, 1.95), event(2, 1.8)]),
    "/partly": json.dumps([event(3, 1.9), event(4, 0.5)]),
    "/envelope": json.dumps({"timestamp": "2026-10-01T12:00:00Z", "data": [event(5, 1.7)]}),
    "/digits": "\ufeff" + json.dumps([event(6, 1.9)]).replace("1.9", "1.900000000000000000000000004"),
    "/none": "[]",
    "/html": "<html>come back later</html>",
    "/error": json.dumps({"message": "Invalid markets", "error_code": "INVALID_MARKET"}),
}


class Feed(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == "/slow":
            time.sleep(2)
        if path in ("/quota", "/gone"):
            return self.send_error(429 if path == "/quota" else 404)
        body = PAGES.get(path, "[]").encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            pass  # the client has given up

    def log_message(self, *_: object) -> None:
        pass


def main() -> None:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Feed)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    with psycopg.connect(autocommit=True) as conn:
        def run(*paths: str, **more: object) -> tuple:
            status = scrape(conn, [base + path for path in paths], **more)
            return (status, *conn.execute("SELECT events_seen, snapshots_written, unchanged, odds_written, errors FROM dynasty_odds.scrape_runs ORDER BY id DESC LIMIT 1").fetchone())

        def faults() -> list[tuple]:
            return conn.execute("SELECT kind, http_status FROM dynasty_odds.scrape_errors WHERE scrape_run_id = (SELECT max(id) FROM dynasty_odds.scrape_runs) ORDER BY id").fetchall()

        # In UTC a day may end between two runs, and the first snapshot of a day is whole.
        now = datetime.datetime.now(datetime.timezone.utc)
        if (now + datetime.timedelta(minutes=1)).date() != now.date():
            time.sleep(61)
        assert run("/good?apiKey=secret") == ("succeeded", 2, 4, 0, 8, 0)
        assert run("/good") == ("succeeded", 2, 4, 4, 0, 0)
        assert run("/moved") == ("succeeded", 2, 4, 2, 4, 0)
        assert run("/partly") == ("partial", 2, 2, 0, 4, 2) and faults() == [("validation", None)] * 2
        for _ in range(2):  # the second writes nothing: it is the same moment
            last = run("/envelope")
        assert last == ("succeeded", 1, 0, 2, 0, 0), last
        assert run("/digits") == ("succeeded", 1, 2, 0, 4, 0)
        assert run("/none") == ("succeeded", 0, 0, 0, 0, 0)
        # What fails does not stop the rest, and is told apart.
        assert run("/gone", "/html", "/quota", "/error", "/slow", "/none", timeout=0.5) == ("failed", 0, 0, 0, 0, 5)
        assert faults() == [("http", 404), ("parse", None), ("http", 429), ("parse", None), ("timeout", None)], faults()
        assert run("/gone", "/moved", timeout=5)[0] == "partial"
        server.shutdown()
        server.server_close()
        assert run("/good", timeout=1) == ("failed", 0, 0, 0, 0, 1) and faults() == [("http", None)]
        # No key of an API is kept anywhere.
        assert conn.execute("SELECT count(*) FROM dynasty_odds.scrape_runs WHERE meta::text LIKE '%secret%'").fetchone() == (0,)
        assert conn.execute("SELECT count(*) FROM dynasty_odds._verify() WHERE NOT ok").fetchone() == (0,)
        genuine(conn)
    print("scrape_to_ingest: ok")


def genuine(conn: psycopg.Connection) -> None:
    folder = os.environ.get("DYNASTY_DATA")
    path = pathlib.Path(folder or "", "fixtures", "odds", "the_odds_api_mlb_2022-09-18_american.json")
    if not folder or not path.exists():
        print("the genuine payloads: SKIPPED, DYNASTY_DATA has none")
        return
    PAGES["/mlb"] = path.read_text()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Feed)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    assert scrape(conn, [f"http://127.0.0.1:{server.server_port}/mlb"]) == "succeeded"
    # Counted by Python from the file.
    payload = json.loads(PAGES["/mlb"])
    books = [b for e in payload for b in e["bookmakers"]]
    prices = sum(len(m["outcomes"]) for b in books for m in b["markets"])
    found = conn.execute("SELECT events_seen, snapshots_written, odds_written, errors FROM dynasty_odds.scrape_runs ORDER BY id DESC LIMIT 1").fetchone()
    assert found == (len(payload), len(books), prices, 0), found
    server.shutdown()


main()
