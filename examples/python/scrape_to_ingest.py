"""A feed of odds into the database: fetch, ingest, and a run that says how it went.

    scrape_to_ingest.py https://api.the-odds-api.com/v4/sports/icehockey_nhl/odds?apiKey=...&regions=eu

The payload goes to dynasty_odds.ingest() as it came: names, markets, lines and prices are made alike there, each bad element is noted
with the run, and the same payload again writes nothing, so a fetch may be repeated whenever in doubt.
"""

import argparse
import datetime
import json
import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg.types.json import Jsonb


def without_query(url: str) -> str:
    """The address without what follows the question mark: keys of APIs stand there, and errors are read by many."""
    return urlunsplit(urlsplit(url)._replace(query="", fragment=""))


def fetch(url: str, timeout: float) -> bytes:
    request = urllib.request.Request(url, headers={"Accept": "application/json", "User-Agent": "scrape_to_ingest"})
    with urllib.request.urlopen(request, timeout=timeout) as response:
        return response.read()


def scrape(conn: psycopg.Connection, urls: list[str], source: str = "the_odds_api", scope: str = "", odds_format: str = "auto", timeout: float = 10) -> str:
    """Fetches and ingests each address; the status of the run. The connection is to be in autocommit: what went well stays, whatever follows."""
    run = conn.execute("SELECT dynasty_odds.start_run(%s, meta => %s)", (source, Jsonb({"urls": [without_query(url) for url in urls]}))).fetchone()[0]

    def failed(kind: str, message: str, url: str, status: int | None = None) -> None:
        conn.execute("SELECT dynasty_odds.log_error(%s, %s, %s, payload => %s, http_status => %s)", (run, kind, message, Jsonb({"url": without_query(url)}), status))

    for url in urls:
        # Before the answer, not after: the prices are at least as old as that.
        captured_at = datetime.datetime.now(datetime.timezone.utc)
        try:
            body = fetch(url, timeout)
        except urllib.error.HTTPError as e:
            failed("http", f"{e.code} {e.reason}", url, e.code)
            continue
        except TimeoutError:
            failed("timeout", f"no answer within {timeout} s", url)
            continue
        except OSError as e:  # no such host, refused, cut off; urllib wraps a timeout of the connection
            reason = getattr(e, "reason", e)
            failed("timeout" if isinstance(reason, TimeoutError) else "http", str(reason), url)
            continue
        try:
            text = body.decode("utf-8-sig")
            envelope = isinstance(parsed := json.loads(text), dict) and "timestamp" in parsed
        except ValueError as e:
            failed("parse", f"no JSON: {e}", url)
            continue
        try:
            # The text, not what Python made of it: no digit of a price is lost on the way. An envelope says itself when it was.
            conn.execute(
                "SELECT * FROM dynasty_odds.ingest(%s::jsonb, %s, %s, %s, %s, %s)",
                (text, source, None if envelope else captured_at, run, odds_format, scope),
            )
        except psycopg.Error as e:
            failed("parse" if e.sqlstate == "22P02" else "other", e.diag.message_primary or str(e), url)
    return conn.execute("SELECT dynasty_odds.finish_run(%s)", (run,)).fetchone()[0]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url", nargs="+")
    parser.add_argument("--source", default="the_odds_api", help="the_odds_api, sportradar or flat")
    parser.add_argument("--scope", default="", help="the piece of the offer that the addresses give: props, alternates")
    parser.add_argument("--odds-format", default="auto", help="auto, decimal, american or fractional")
    parser.add_argument("--timeout", type=float, default=10, help="seconds")
    given = parser.parse_args()
    with psycopg.connect(autocommit=True) as conn:  # PG* environment variables say where
        status = scrape(conn, given.url, given.source, given.scope, given.odds_format, given.timeout)
    print(status)
    return status != "succeeded"


if __name__ == "__main__":
    sys.exit(main())
