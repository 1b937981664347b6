"""psycopg 3: game logs in, season statistics and features out."""

import datetime
from decimal import Decimal

import psycopg
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

LOG = "INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits, walks) VALUES (%s, %s, 2023, 'AA', %s, %s, %s)"

with psycopg.connect(autocommit=True, row_factory=dict_row) as conn:
    # A prospect, and his games: some one by one, many by COPY.
    prospect = conn.execute(
        "INSERT INTO dynasty.prospects (name, position, birth_date) VALUES (%s, %s, %s) RETURNING id",
        ("Ida Ward", "SS", datetime.date(2002, 3, 4)),
    ).fetchone()["id"]
    opening = datetime.date(2023, 4, 6)
    with conn.cursor() as cur:
        cur.executemany(LOG, [(prospect, opening + datetime.timedelta(days=g), 4, g % 3, None) for g in range(10)])
        with cur.copy("COPY dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) FROM STDIN") as copy:
            for g in range(10, 60):
                copy.write_row((prospect, opening + datetime.timedelta(days=g), 2023, "AA", 4, g % 3))

    # The season line is there already, in the same transaction even.
    line = conn.execute("SELECT * FROM dynasty.milb_season_stats WHERE prospect_id = %s", (prospect,)).fetchone()
    assert line["games_played"] == 60 and line["total_hits"] == 60
    assert line["avg"] == Decimal("0.250") and isinstance(line["avg"], Decimal), line["avg"]
    assert line["season_start"] == opening
    assert line["total_bb"] is None, "nobody said how many walks"

    # Features as of a year: by name, or as an array in the order of feature_names().
    row = conn.execute("SELECT * FROM dynasty.prospect_features(%s, 2023)", (prospect,)).fetchone()
    names = conn.execute("SELECT dynasty.feature_names() AS names").fetchone()["names"]
    assert len(names) == len(row["feature_values"]) == 290
    assert dict(zip(names, row["feature_values"])) == row["feature_vector"]
    assert abs(row["feature_vector"]["age"] - 21.325) < 0.01 and row["feature_vector"]["pitch_career_era"] is None

    # A reply of an API as it came; what cannot be stored is said with its reason.
    reply = {"people": [{"id": 700001, "fullName": "New One", "primaryPosition": {"abbreviation": "CF"}}, {"id": 700002}]}
    report = conn.execute("SELECT * FROM dynasty.ingest_people(%s)", (Jsonb(reply),)).fetchone()
    assert (report["inserted"], report["rejected"]) == (1, 1)
    assert report["rejects"][0]["path"] == "people[1]", report["rejects"]

    # Errors have their SQLSTATE.
    try:
        conn.execute(LOG, (prospect, opening, 3, -1, 0))
        raise SystemExit("a negative count was let in")
    except psycopg.errors.CheckViolation as e:
        assert e.sqlstate == "23514" and e.diag.constraint_name == "ck_milb_game_logs_counts"
    try:
        conn.execute("SELECT dynasty.refresh_features(1492)")
        raise SystemExit("1492 was let in")
    except psycopg.errors.InvalidParameterValue as e:
        assert "1900" in e.diag.message_primary

    # What was numeric comes back digit for digit; what is prepared gives the same.
    conn.execute(
        "INSERT INTO dynasty.milb_advanced_stats (prospect_id, season, level, woba) VALUES (%s, 2023, 'AA', %s)",
        (prospect, Decimal("0.370")),
    )
    for _ in range(7):
        woba = conn.execute("SELECT woba FROM dynasty.milb_advanced_stats WHERE prospect_id = %s", (prospect,), prepare=True).fetchone()["woba"]
        assert str(woba) == "0.370"

    # Prepared statements and ALTER EXTENSION dynasty UPDATE by somebody else: those that name their columns, and calls of
    # functions, go on. One that says * of a table which got a column is refused (0A000) until the connection has forgotten it.
    admin = psycopg.connect(autocommit=True)
    admin.execute("ALTER EXTENSION dynasty UPDATE TO '1.0'")
    grades, line = "SELECT * FROM dynasty.scouting_grades", "SELECT total_hits FROM dynasty.milb_season_stats WHERE prospect_id = %s"
    features = "SELECT feature_values FROM dynasty.prospect_features(%s, 2023)"
    conn.execute(grades, prepare=True)
    before = [conn.execute(query, (prospect,), prepare=True).fetchone() for query in (line, features)]
    admin.execute("ALTER EXTENSION dynasty UPDATE")
    assert [conn.execute(query, (prospect,), prepare=True).fetchone() for query in (line, features)] == before
    try:
        conn.execute(grades, prepare=True)
        raise SystemExit("a plan without the new column was used")
    except psycopg.errors.FeatureNotSupported as e:
        assert e.sqlstate == "0A000"
    conn.execute("DEALLOCATE ALL")  # or reconnect
    admin.close()
    assert conn.execute(grades, prepare=True).description[-1].name == "scout"

    # A large result, a portion at a time.
    with conn.transaction(), conn.cursor(name="logs") as cur:
        cur.itersize = 25
        cur.execute("SELECT game_date FROM dynasty.milb_game_logs WHERE prospect_id = %s ORDER BY game_date", (prospect,))
        assert sum(1 for _ in cur) == 60

print("ok")
