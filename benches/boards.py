"""A whole prospect board, known by name alone, among many prospects: ingest_scouting() beside pandas and executemany.

The board comes as the text of a JSON array in FanGraphs' keys; both find each row's prospect, note his FanGraphs id and upsert his grades in
one transaction, which is rolled back; what they have written is compared. The second board comes when the ids are known. Times are
the client's.
"""
import argparse
import json
import pathlib
import sys
import time

import pandas
import psycopg

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from season import rounds, table  # noqa: E402

TOOLS = {"Hit": "hit", "Game": "power", "Raw": "raw_power", "Spd": "speed", "Fld": "field", "Arm": "arm"}
GRADES = [f"{tool}_{when}" for tool in TOOLS.values() for when in ("present", "future")]
COLUMNS = ["prospect_id", "source", "ranking_year", "date_recorded", "future_value", "rank_overall", "eta_year", *GRADES]
WRITTEN = f"SELECT {', '.join(COLUMNS)}, p.fg_player_id FROM dynasty.scouting_grades g JOIN dynasty.prospects p ON p.id = g.prospect_id ORDER BY 1"


def board(rows, prospects):
    step = prospects // rows
    return json.dumps([
        {"playerName": f"Player Number {i * step}", "PlayerId": f"sa{i}", "FV": str(35 + 5 * (i % 6)) + "+" * (i % 2), "Ovr_Rank": i, "ETA": str(2024 + i % 5),
         **{key: f"{20 + 5 * ((i + n) % 9)} / {30 + 5 * ((i + n) % 9)}" for n, key in enumerate(TOOLS)}}
        for i in range(1, rows + 1)])


def with_dynasty(cursor, text):
    cursor.execute("SELECT inserted + updated FROM dynasty.ingest_scouting(%s::jsonb, 'fangraphs', 2023, '2023-02-01')", [text])


def with_pandas(cursor, text):
    frame = pandas.DataFrame(json.loads(text))
    frame["future_value"] = frame["FV"].str.rstrip("+").astype(int)
    for key, tool in TOOLS.items():
        frame[[f"{tool}_present", f"{tool}_future"]] = frame[key].str.split("/", expand=True).astype(int)
    frame = frame.rename(columns={"Ovr_Rank": "rank_overall"}).assign(
        eta_year=frame["ETA"].astype(int), source="fangraphs", ranking_year=2023, date_recorded="2023-02-01", key=frame["playerName"].str.lower())
    cursor.execute("SELECT id, lower(name), fg_player_id FROM dynasty.prospects")
    known = pandas.DataFrame(cursor.fetchall(), columns=["prospect_id", "key", "fg"])
    by_id = frame.merge(known.dropna(subset=["fg"]), left_on="PlayerId", right_on="fg")
    rest = frame[~frame["PlayerId"].isin(by_id["PlayerId"])]
    by_name = rest.drop_duplicates("key", keep=False).merge(known[known["fg"].isna()].drop_duplicates("key", keep=False), on="key")
    cursor.executemany("UPDATE dynasty.prospects SET fg_player_id = %s, updated_at = now() WHERE id = %s", by_name[["PlayerId", "prospect_id"]].values.tolist())
    found = pandas.concat([by_id, by_name])
    changed = ", ".join(f"{c} = excluded.{c}" for c in COLUMNS[3:])
    cursor.executemany(
        f"INSERT INTO dynasty.scouting_grades ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))}) "
        f"ON CONFLICT (prospect_id, source, ranking_year) DO UPDATE SET {changed}", found[COLUMNS].values.tolist())


def took(connection, load, text, ids_known):
    """Milliseconds, and what stood there afterwards."""
    with connection.cursor() as cursor:
        if ids_known:
            with_dynasty(cursor, text)
        begun = time.perf_counter()
        load(cursor, text)
        milliseconds = 1000 * (time.perf_counter() - begun)
        cursor.execute(WRITTEN)
        written = cursor.fetchall()
    connection.rollback()
    return milliseconds, written


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--prospects", type=int, default=11000)
    p.add_argument("--rows", type=int, default=1250)
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--out", required=True)
    a = p.parse_args()

    text_of_board = board(a.rows, a.prospects)
    loads = {"pandas and executemany": with_pandas, "ingest_scouting()": with_dynasty}
    parts = [f"""
## Loading a board

A board of {a.rows:,} rows whose players are known by name alone, among {a.prospects:,} prospects, from its JSON text to the end of the last statement
(`benches/boards.py`, client time, synchronous, rolled back; pandas {pandas.__version__}, psycopg {psycopg.__version__}). Both write the same rows.
"""]
    with psycopg.connect("") as connection:
        connection.execute("SET client_min_messages = warning")
        connection.execute("CREATE EXTENSION dynasty CASCADE")
        connection.execute("INSERT INTO dynasty.prospects (mlb_id, name, position) SELECT g, 'Player Number ' || g, 'SS' FROM generate_series(1, %s) g", [a.prospects])
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE")
        connection.autocommit = False
        for ids_known, heading in ((False, "By name:"), (True, "The same once more, when the ids are known:")):
            written = {}

            def load(name):
                milliseconds, written[name] = took(connection, loads[name], text_of_board, ids_known)
                return milliseconds

            contestants = {name: lambda name=name: load(name) for name in loads}
            rounds(1, contestants)  # warm
            results = rounds(a.rounds, contestants)
            one, other = written.values()
            if one != other or len(one) != a.rows:
                raise SystemExit(f"they differ, or not all is there: {len(one)}, {len(other)}")
            parts.append(f"{heading}\n\n{table(results, 'pandas and executemany')}\n")
    text = "\n".join(parts)
    with pathlib.Path(a.out).open("a", encoding="utf-8") as file:
        file.write(text)
    print(text)


if __name__ == "__main__":
    main()
