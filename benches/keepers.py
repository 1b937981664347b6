"""Keeping season statistics current: dynasty beside what Postgres offers otherwise, on the same rows in the same run.

One database for each, copies of one another: `view` has the seed's materialized view, `dynasty` the extension, `pg_ivm` an
incrementally maintained view of what pg_ivm can hold of the seed's SELECT, `timescaledb` a continuous aggregate of all of it.
Standard library and psql only; psql's environment says where the server is, whose shared_preload_libraries must name the
contestants that are there.
"""
import argparse
import pathlib
import re
import subprocess

from season import BATTING, HERE, LOGS, psql, rounds, table, timed_ms

SEED = (HERE / "seed_season_stats.sql").read_text().strip().rstrip(";")
SUMS = [c for c in BATTING if c != "game_date"]
NAMES = {"view": "materialized view", "dynasty": "dynasty", "pg_ivm": "pg_ivm", "timescaledb": "TimescaleDB"}
LAST = 2024

# count, sum, avg, min and max are what pg_ivm takes; it has no expressions over aggregates and no stddev.
IVM = f"""SELECT prospect_id, season, level, count(*) AS games_played, {', '.join(f'sum({c}) AS {c}' for c in SUMS)}, avg(hits) AS avg_hits,
    sum(CASE WHEN multi_hit_game THEN 1 ELSE 0 END) AS multi_hit_games, min(game_date) AS season_start, max(game_date) AS season_end
    FROM {LOGS} GROUP BY prospect_id, season, level"""
CAGG = (SEED.replace("    level,\n", "    level,\n    time_bucket(INTERVAL '1 year', game_date) AS bucket,\n", 1) + ", bucket")
REFRESH = "CALL refresh_continuous_aggregate('season_view', NULL, NULL);"

SETUP = {
    "view": f"""DROP EXTENSION dynasty CASCADE; CREATE MATERIALIZED VIEW season_view AS {SEED};
        CREATE UNIQUE INDEX ON season_view (prospect_id, season, level);""",
    "dynasty": "",
    "pg_ivm": f"""DROP EXTENSION dynasty CASCADE; CREATE EXTENSION pg_ivm;
        SELECT pgivm.create_immv('season_view', $q${IVM}$q$);""",
    # A hypertable takes no unique index without its time.
    "timescaledb": f"""DROP EXTENSION dynasty CASCADE; CREATE EXTENSION timescaledb;
        DO $$ DECLARE c record; BEGIN
            FOR c IN SELECT conname FROM pg_constraint WHERE conrelid = '{LOGS}'::regclass AND contype IN ('p', 'u') LOOP
                EXECUTE format('ALTER TABLE {LOGS} DROP CONSTRAINT %I', c.conname); END LOOP;
            FOR c IN SELECT indexrelid::regclass AS name FROM pg_index WHERE indrelid = '{LOGS}'::regclass AND indisunique LOOP
                EXECUTE format('DROP INDEX %s', c.name); END LOOP; END $$;
        ALTER TABLE {LOGS} ADD PRIMARY KEY (id, game_date);
        SELECT create_hypertable('{LOGS}', by_range('game_date', INTERVAL '1 year'), migrate_data => true);
        CREATE MATERIALIZED VIEW season_view WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS {CAGG} WITH NO DATA;
        {REFRESH}""",
}
LINES = {name: "dynasty.milb_season_stats" if name == "dynasty" else "season_view" for name in SETUP}


def in_db(name, script):
    return psql(script, "-d", f"keep_{name}")


def timed(name, setup, statement, after):
    out = in_db(name, f"{setup}\n\\timing on\n{statement}\n\\timing off\n{after}")
    return float(re.search(r"Time: ([0-9.]+) ms", out)[1])


def prepare(names, scratch):
    columns = psql(f"""SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute WHERE attrelid = '{LOGS}'::regclass
        AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attname NOT IN ('id', 'created_at')""").strip()
    # New to the table: other game numbers.
    shifted = columns.replace("game_pk", "game_pk + 4000000000")
    for file, where, limit in (("scattered", "id % 9 = 0", 100000), ("thousand", "id % 900 = 1", 1000), ("season", f"season = {LAST}", 1000)):
        psql(f"COPY (SELECT {shifted} FROM {LOGS} WHERE {where} ORDER BY id LIMIT {limit}) TO '{scratch}/{file}'")
    top = psql("SELECT max(id) FROM dynasty.prospects").strip()
    for name in names:
        psql(f"CREATE DATABASE keep_{name} TEMPLATE bench")
        in_db(name, f"SET client_min_messages = error; CREATE SEQUENCE public.bench_game START 9000000000; {SETUP[name]}")
        in_db(name, "VACUUM ANALYZE")
    script = pathlib.Path(scratch) / "insert.sql"
    script.write_text(f"""\\set p random(1, {top})
INSERT INTO {LOGS} (prospect_id, game_pk, game_date, season, game_type, level, team, opponent, is_home, plate_appearances, at_bats, runs,
 hits, doubles, triples, home_runs, rbi, walks, strikeouts, stolen_bases, caught_stealing, hit_by_pitch, sacrifice_flies, sacrifice_hits)
VALUES (:p, nextval('public.bench_game'), '{LAST}-06-01', {LAST}, 'Regular', 'AA', 'Home', 'Away', true, 5, 4, 1, 2, 1, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0);
""")
    return columns, script


def writes(names, n, scratch, columns, script, seconds):
    def load(name, file):
        in_db(name, f"VACUUM {LOGS}")
        return timed(name, "BEGIN;", f"COPY {LOGS} ({columns}) FROM '{scratch}/{file}';", "ROLLBACK;")

    def pgbench(name, clients):
        out = subprocess.run(["pgbench", "-n", "-M", "prepared", "-c", str(clients), "-j", "2", "-T", str(seconds), "-f", script, f"keep_{name}"],
                             text=True, check=True, capture_output=True).stdout
        return float(re.search(r"latency average = ([0-9.]+) ms", out)[1])

    def every(work):
        return {NAMES[name]: (lambda name=name: work(name)) for name in names}

    few = max(1, min(n, 3))
    return {
        "COPY of 100,000 rows, scattered (rolled back)": rounds(few, every(lambda name: load(name, "scattered"))),
        "COPY of 1,000 rows, scattered (rolled back)": rounds(n, every(lambda name: load(name, "thousand"))),
        "COPY of 1,000 rows of the last season (rolled back)": rounds(n, every(lambda name: load(name, "season"))),
        "single-row INSERT, 1 client": rounds(n, every(lambda name: pgbench(name, 1))),
        "single-row INSERT, 4 clients": rounds(n, every(lambda name: pgbench(name, 4))),
    }


def freshening(names, n):
    """What has to be done after 1,000 scattered rows until a reader sees right lines."""
    work = {"view": "REFRESH MATERIALIZED VIEW CONCURRENTLY season_view;", "timescaledb": REFRESH}
    contestants = {}
    for name in [x for x in names if x in work]:
        def one(name=name):
            in_db(name, f"""INSERT INTO {LOGS} (prospect_id, game_pk, game_date, season, level, plate_appearances, at_bats, hits)
                SELECT prospect_id, nextval('public.bench_game'), game_date, season, level, 4, 4, 1 FROM {LOGS} TABLESAMPLE system (1) REPEATABLE (7)
                LIMIT 1000""")
            return timed(name, "", work[name], "")
        contestants[NAMES[name]] = one
    return rounds(n, contestants)


def late(name):
    """Five games of a season long past, and one corrected: how many of the two lines are right for the next reader?"""
    one = f"SELECT prospect_id AS p, season AS s, level AS l FROM {LOGS} WHERE season = 2015 ORDER BY id LIMIT 1"
    other = f"SELECT prospect_id AS p, season AS s, level AS l FROM {LOGS} WHERE season = 2016 ORDER BY id LIMIT 1"
    column = "plate_appearances" if name == "pg_ivm" else "total_pa"
    return in_db(name, f"""
        CREATE TEMP TABLE them AS ({one}) UNION ALL ({other});
        INSERT INTO {LOGS} (prospect_id, game_pk, game_date, season, level, plate_appearances, at_bats, hits)
        SELECT p, nextval('public.bench_game'), '2015-05-01', s, l, 4, 4, 1 FROM them, generate_series(1, 5) WHERE s = 2015;
        UPDATE {LOGS} SET plate_appearances = coalesce(plate_appearances, 0) + 1 WHERE id = (SELECT min(id) FROM {LOGS}, them
            WHERE (prospect_id, season, level) = (p, s, l) AND s = 2016);
        SELECT count(*) FROM them JOIN {LINES[name]} v ON (v.prospect_id, v.season, v.level) = (p, s, l)
        WHERE v.{column} = (SELECT sum(plate_appearances) FROM {LOGS} g WHERE (g.prospect_id, g.season, g.level) = (p, s, l));""").strip()


def wrong(name):
    """Lines that are not those of the seed's SELECT, on the columns that the contestant has."""
    pairs = [("games_played", "games_played"), ("multi_hit_games", "multi_hit_games"), ("season_start", "season_start"), ("season_end", "season_end")]
    if name == "pg_ivm":
        pairs += [("total_pa", "plate_appearances"), ("total_hits", "hits"), ("total_so", "strikeouts")]
    else:
        pairs += [(c, c) for c in ("total_pa", "total_hits", "total_so", "avg", "obp", "slg", "bb_percent", "k_percent")]
    a, b = (", ".join(f"{side}.{pair[i]}" for pair in pairs) for i, side in ((0, "a"), (1, "b")))
    return in_db(name, f"""SELECT count(*) FROM ({SEED}) a FULL JOIN {LINES[name]} b USING (prospect_id, season, level)
        WHERE ({a}) IS DISTINCT FROM ({b})""").strip()


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--scratch", required=True)
    p.add_argument("--prospects", type=int, default=9000)
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--seconds", type=int, default=4, help="of each pgbench run")
    p.add_argument("--extensions", default="", help="those of pg_ivm and timescaledb that the server has loaded")
    p.add_argument("--out", required=True)
    a = p.parse_args()
    names = ["view", "dynasty"] + [x for x in ("pg_ivm", "timescaledb") if x in a.extensions.split(",")]
    psql("SET client_min_messages = warning; CREATE EXTENSION dynasty CASCADE;")
    timed_ms("SET client_min_messages = warning;", f"SELECT * FROM dynasty.simulate_league({a.prospects}, 2010, {LAST}, 1);", "")
    psql("VACUUM ANALYZE")
    rows = int(psql(f"SELECT count(*) FROM {LOGS}"))
    versions = psql("SELECT string_agg(name || ' ' || default_version, ', ' ORDER BY name) FROM pg_available_extensions WHERE name IN ('pg_ivm', 'timescaledb')").strip()
    columns, script = prepare(names, a.scratch)
    parts = [f"""
## Beside other keepers of aggregates

A database for each, copies of one another: {rows:,} game logs of the league above. {versions}. dynasty keeps all {len(SEED.split('as ')) - 1} columns of
the seed's view and the pitching; pg_ivm {len(SUMS) + 5} (it takes no expressions over aggregates and no stddev); TimescaleDB all of the seed's, in a table that
had to give up its unique keys without a date. The materialized view does nothing at a write: it is the base. fsync on; COPY of 100,000 rows in
{min(a.rounds, 3)} rounds, the rest in {a.rounds}.
"""]
    for what, results in writes(names, a.rounds, a.scratch, columns, script, a.seconds).items():
        parts.append(f"{what}:\n\n" + table(results, NAMES["view"]) + "\n")
    in_db("view", "REFRESH MATERIALIZED VIEW season_view")
    if "timescaledb" in names:
        in_db("timescaledb", REFRESH)
    seen = {name: late(name) for name in names}
    parts.append("Five late games of 2015 and one corrected game of 2016: of the two lines, right for the next reader without doing anything: "
                 + ", ".join(f"{NAMES[name]} {seen[name]}" for name in names) + ".\n")
    parts.append("Until lines are right again after 1,000 rows scattered over all seasons (REFRESH CONCURRENTLY; refresh of the continuous aggregate); "
                 "dynasty and pg_ivm: nothing to do:\n\n" + table(freshening(names, a.rounds), NAMES["view"]) + "\n")
    parts.append("Afterwards, lines that differ from the seed's SELECT: " + ", ".join(f"{NAMES[name]} {wrong(name)}" for name in names) + ".\n")
    with open(a.out, "a") as out:
        out.write("\n".join(parts))
    print("\n".join(parts))


if __name__ == "__main__":
    main()
