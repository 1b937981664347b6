"""Prices by COPY, for who has made the snapshots himself: asyncpg's copy_records_to_table and psycopg's COPY, into the partitioned table."""

import asyncio
import datetime
from decimal import Decimal

import asyncpg
import psycopg

COLUMNS = ["snapshot_id", "captured_at", "event_id", "bookmaker_id", "market_kind_id", "line", "outcome", "price", "is_suspended"]
SEEN = datetime.datetime(2026, 11, 1, 10, tzinfo=datetime.timezone.utc)


def rows(snapshot: int, event: int, book: int, kind: int) -> list[tuple]:
    return [
        (snapshot, SEEN, event, book, kind, Decimal(half) / 2, outcome, Decimal("1.5") + Decimal(half) / 1000, half == 7)
        for half in range(1, 501)
        for outcome in ("over", "under")
    ]


PLACES = """WITH s AS (INSERT INTO dynasty_odds.sports (key, name) VALUES ('copied', 'Copied') RETURNING id),
    t AS (INSERT INTO dynasty_odds.tournaments (sport_id, name) SELECT id, 'Copied' FROM s RETURNING id),
    e AS (INSERT INTO dynasty_odds.events (tournament_id, name, kickoff) SELECT id, 'Copied', '2026-11-01 18:00+00' FROM t RETURNING id),
    b AS (INSERT INTO dynasty_odds.bookmakers (key, name) VALUES ('copied', 'Copied'), ('copied too', 'Copied too') RETURNING id)
    SELECT e.id, array_agg(b.id ORDER BY b.id), (SELECT id FROM dynasty_odds.market_kinds WHERE key = 'totals') FROM e, b GROUP BY e.id"""
SNAPSHOT = "INSERT INTO dynasty_odds.odds_snapshots (event_id, bookmaker_id, captured_at) VALUES ({}) RETURNING id"


async def main() -> None:
    conn = await asyncpg.connect()
    event, (one, other), kind = await conn.fetchrow(PLACES)
    async with conn.transaction():
        snapshot = await conn.fetchval(SNAPSHOT.format("$1, $2, $3"), event, one, SEEN)
        answer = await conn.copy_records_to_table("market_odds", schema_name="dynasty_odds", columns=COLUMNS, records=rows(snapshot, event, one, kind))
    assert answer == "COPY 1000"
    # The trigger that stands for the foreign key looks at what COPY brings.
    try:
        await conn.copy_records_to_table("market_odds", schema_name="dynasty_odds", columns=COLUMNS, records=rows(-1, event, one, kind))
        raise SystemExit("prices without a snapshot were let in")
    except asyncpg.ForeignKeyViolationError as e:
        assert "-1" in e.message
    await conn.close()

    with psycopg.connect() as conn:
        snapshot = conn.execute(SNAPSHOT.format("%s, %s, %s"), (event, other, SEEN)).fetchone()[0]
        with conn.cursor() as cursor, cursor.copy(f"COPY dynasty_odds.market_odds ({', '.join(COLUMNS)}) FROM STDIN (FORMAT binary)") as copy:
            copy.set_types(["int8", "timestamptz", "int4", "int4", "int2", "numeric", "varchar", "numeric", "bool"])
            for row in rows(snapshot, event, other, kind):
                copy.write_row(row)
        found = conn.execute("SELECT bookmaker_id, count(*), sum(price), count(*) FILTER (WHERE is_suspended) FROM dynasty_odds.market_odds WHERE event_id = %s GROUP BY 1 ORDER BY 1", (event,)).fetchall()
        total = sum(row[7] for row in rows(0, 0, 0, 0))
        assert found == [(one, 1000, total, 2), (other, 1000, total, 2)], found
    print("odds_copy: ok")


asyncio.run(main())
