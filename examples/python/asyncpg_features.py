"""asyncpg: arrays, JSON by a codec, COPY of records, prepared statements."""

import asyncio
import datetime
import json
from decimal import Decimal

import asyncpg


async def main() -> None:
    conn = await asyncpg.connect()
    # jsonb arrives as text unless a codec is set.
    await conn.set_type_codec("jsonb", encoder=json.dumps, decoder=json.loads, schema="pg_catalog")

    prospect = await conn.fetchval(
        "INSERT INTO dynasty.prospects (name, position, birth_date) VALUES ($1, $2, $3) RETURNING id",
        "Art Mound", "P", datetime.date(2001, 7, 1),
    )
    opening = datetime.date(2023, 4, 6)
    result = await conn.copy_records_to_table(
        "milb_game_logs",
        schema_name="dynasty",
        columns=["prospect_id", "game_date", "season", "level", "outs_pitched", "earned_runs", "strikeouts_pitched", "walks_allowed", "batters_faced"],
        records=[(prospect, opening + datetime.timedelta(days=5 * g), 2023, "AAA", 15 + g % 4, g % 3, 6, None if g == 3 else 2, 22) for g in range(20)],
    )
    assert result == "COPY 20"

    line = await conn.fetchrow("SELECT innings_pitched, era, total_outs, season_end FROM dynasty.milb_season_stats WHERE prospect_id = $1", prospect)
    outs, runs = sum(15 + g % 4 for g in range(20)), sum(g % 3 for g in range(20))
    assert line["total_outs"] == outs and isinstance(line["era"], Decimal)
    assert line["era"] == (Decimal(27 * runs) / outs).quantize(Decimal("0.01")), line["era"]
    assert line["season_end"] == opening + datetime.timedelta(days=95)

    # Everybody's vector as of the end of 2023: numbers and None, in the order of the names.
    names = await conn.fetchval("SELECT dynasty.feature_names()")
    matrix = await conn.fetch("SELECT * FROM dynasty.feature_matrix($1, prospect_ids => $2)", 2023, [prospect])
    vector = dict(zip(names, matrix[0]["feature_values"]))
    assert vector["is_pitcher"] == 1.0 and vector["career_ops"] is None
    document = await conn.fetchval("SELECT feature_vector FROM dynasty.prospect_features($1, 2023)", prospect)
    assert document == vector

    # A reply of an API as a dict, by the codec.
    split = {"season": "2023", "date": "2023-09-01", "gameType": "R", "sport": {"id": 11}, "game": {"gamePk": 1},
             "player": {"id": 700100, "fullName": "Known Now"}, "stat": {"atBats": 4, "hits": 2}}
    reply = {"stats": [{"type": {"displayName": "gameLog"}, "group": {"displayName": "hitting"}, "splits": [split, dict(split, date="soon")]}]}
    report = await conn.fetchrow("SELECT * FROM dynasty.ingest_game_logs($1)", reply)
    assert (report["received"], report["inserted"], report["rejected"]) == (2, 1, 1) and "date" in report["rejects"][0]["reason"]

    try:
        await conn.fetch("SELECT * FROM dynasty.feature_matrix(2023, 'v0')")
        raise SystemExit("v0 was let in")
    except asyncpg.InvalidParameterValueError as e:
        assert e.sqlstate == "22023" and "v0" in e.message

    # Prepared statements and ALTER EXTENSION dynasty UPDATE: those that name their columns, and calls of functions, go on. One
    # that says * of a table which got a column is refused; a new connection, or reload_schema_state(), and it works.
    await conn.execute("ALTER EXTENSION dynasty UPDATE TO '1.0'")
    grades = await conn.prepare("SELECT * FROM dynasty.scouting_grades WHERE prospect_id = $1")
    outs = await conn.prepare("SELECT total_outs FROM dynasty.milb_season_stats WHERE prospect_id = $1")
    function = await conn.prepare("SELECT feature_values FROM dynasty.prospect_features($1, 2023)")
    await grades.fetch(prospect)
    before = [await outs.fetchval(prospect), await function.fetchval(prospect)]
    await conn.execute("ALTER EXTENSION dynasty UPDATE")
    assert [await outs.fetchval(prospect), await function.fetchval(prospect)] == before
    try:
        await grades.fetch(prospect)
        raise SystemExit("asyncpg noticed nothing")
    except asyncpg.InvalidCachedStatementError:
        await conn.reload_schema_state()
    grades = await conn.prepare("SELECT * FROM dynasty.scouting_grades WHERE prospect_id = $1")
    assert [a.name for a in grades.get_attributes()][-1] == "scout" and await grades.fetch(prospect) == []
    await conn.close()


asyncio.run(main())
print("ok")
