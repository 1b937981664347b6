"""The hot paths in two servers that differ in nothing but the library: median times, and the ratio new / old. Standard library
and psql only. Both do the same work in each round, in turns and in the other order in every other round; the ratio is the median
of the rounds' ratios, so a change of the machine's speed hits both. Writes are rolled back, each round is the first. How far
the noise goes is shown by the first contestant against itself: two measurements in the old server.
"""
import argparse
import os
import pathlib
import re
import statistics
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from season import BATTING, COUNTS, LOGS, explain_ms, machine, psql, timed_ms, written_columns  # noqa: E402

YEAR = 2024
KEY = "prospect_id, season, level"
VACUUM = f"VACUUM {LOGS}; VACUUM dynasty.milb_season_stats; VACUUM dynasty.norm_stamps; VACUUM dynasty.ml_features;"


def in_server_ms(setup, loop):
    """The time of a PL/pgSQL block by the server's own clock, rolled back."""
    out = psql(f"""{VACUUM}
CREATE TEMP TABLE took (ms float8); BEGIN; {setup}
DO $$
DECLARE
    begun timestamptz := clock_timestamp();
    top int := (SELECT max(id) FROM dynasty.prospects);
BEGIN
    {loop}
    PERFORM set_config('compare.ms', (1000 * extract(epoch FROM clock_timestamp() - begun))::text, false);
END $$;
SELECT 'ms ' || current_setting('compare.ms');
ROLLBACK;""")
    return float(re.search(r"^ms ([0-9.]+)", out, re.M)[1])


def reply(games):
    """A reply of the API: game logs of players there are, every tenth game one that is there already."""
    return f"""SELECT jsonb_build_object('stats', jsonb_build_array(jsonb_build_object('type', '{{"displayName": "gameLog"}}'::jsonb,
        'group', '{{"displayName": "hitting"}}'::jsonb, 'splits', (SELECT jsonb_agg(jsonb_build_object('season', '2021', 'date', date '2021-04-10' + g % 150,
        'gameType', 'R', 'sport', '{{"id": 12}}'::jsonb, 'team', '{{"name": "T"}}'::jsonb, 'game', jsonb_build_object('gamePk', 800000000 + g),
        'player', jsonb_build_object('id', p.mlb_id, 'fullName', p.name), 'stat', jsonb_build_object('atBats', 4, 'hits', g % 5, 'homeRuns', g % 2)))
        FROM generate_series(1, {games}) g JOIN LATERAL (SELECT mlb_id, name FROM dynasty.prospects WHERE mlb_id IS NOT NULL ORDER BY id OFFSET g % 100 LIMIT 1) p ON true)))) AS body"""


def contestants(scratch, columns, logs):
    sums = ", ".join(["game_date"] + COUNTS)
    one_row = f"""FOR i IN 1..1000 LOOP
        INSERT INTO {LOGS} (prospect_id, game_pk, game_date, season, level, plate_appearances, at_bats, hits, walks)
        VALUES (1 + (i * 7919) % top, 30000000000 + i, date '2024-06-01', 2024, 'AA', 5, 4, i % 4, 1);
    END LOOP;"""

    def copying():
        psql(VACUUM)
        return timed_ms("BEGIN;", f"COPY {LOGS} ({columns}) FROM '{scratch}/rows';", "ROLLBACK;")

    def refreshing():
        psql(VACUUM)
        return timed_ms("BEGIN; TRUNCATE dynasty.ml_features;", f"SELECT dynasty.refresh_features({YEAR});", "ROLLBACK;")

    return {
        f"COPY of {logs:,} game logs": copying,
        "1,000 single-row INSERTs, one session": lambda: in_server_ms("", one_row),
        "INSERT of 1,000 rows": lambda: in_server_ms(
            f"CREATE TEMP TABLE incoming AS SELECT {columns} FROM {LOGS} LIMIT 0; COPY incoming FROM '{scratch}/thousand';",
            f"INSERT INTO {LOGS} ({columns}) SELECT * FROM incoming;"),
        "season_line() over the table": lambda: explain_ms(f"SELECT {KEY}, dynasty.season_line({sums}) FROM {LOGS} GROUP BY {KEY}"),
        "batting_line() over the table": lambda: explain_ms(f"SELECT {KEY}, dynasty.batting_line({', '.join(BATTING)}) FROM {LOGS} GROUP BY {KEY}"),
        "consistency_cv() over the table": lambda: explain_ms(f"SELECT {KEY}, dynasty.consistency_cv(hits) FROM {LOGS} GROUP BY {KEY}"),
        "season_stats()": lambda: explain_ms("SELECT * FROM dynasty.season_stats()"),
        "feature_matrix()": lambda: explain_ms(f"SELECT * FROM dynasty.feature_matrix({YEAR})"),
        "all_features()": lambda: explain_ms(f"SELECT * FROM dynasty.all_features({YEAR})"),
        "prospect_features() of 200": lambda: in_server_ms("", f"""FOR i IN 1..200 LOOP
            PERFORM FROM dynasty.prospect_features(1 + (i * 7919) % top, {YEAR}) f WHERE f.feature_vector IS NOT NULL; END LOOP;"""),
        "ingest_game_logs() of 2,000 games": lambda: in_server_ms(
            f"CREATE TEMP TABLE reply AS {reply(2000)};", "PERFORM received FROM reply, dynasty.ingest_game_logs(body);"),
        f"refresh_features({YEAR}), all of them": refreshing,
    }


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--old", required=True, help="directory of the old server's socket")
    p.add_argument("--new", required=True)
    p.add_argument("--names", nargs=2, required=True)
    p.add_argument("--port", required=True)
    p.add_argument("--scratch", required=True)
    p.add_argument("--prospects", type=int, default=9000)
    p.add_argument("--logs", type=int, default=100000)
    p.add_argument("--rounds", type=int, default=9)
    p.add_argument("--only", default="", help="a regular expression: the paths whose names it finds")
    p.add_argument("--out", required=True)
    a = p.parse_args()

    def go_to(socket):
        os.environ.update(PGHOST=socket, PGPORT=a.port, PGUSER="postgres", PGDATABASE="compare")

    marks = []
    for socket in (a.old, a.new):
        go_to(socket)
        psql("CREATE DATABASE compare;", "-d", "postgres")
        psql(f"SET client_min_messages = warning; CREATE EXTENSION dynasty CASCADE; SELECT * FROM dynasty.simulate_league({a.prospects}, 2010, {YEAR}, 1);")
        psql("VACUUM ANALYZE;")
        marks.append(psql(f"SELECT count(*), sum(hashtext(format('%s %s %s %s', prospect_id, game_date, hits, outs_pitched))::bigint) FROM {LOGS}"))
    if marks[0] != marks[1]:
        raise SystemExit(f"the two leagues differ, so nothing can be compared: {marks}")
    rows = int(marks[0].split("|")[0])

    # The rows to be written are the same for both, and new to both.
    go_to(a.old)
    columns = written_columns()
    shifted = columns.replace("game_pk", "game_pk + 4000000000")
    psql(f"COPY (SELECT {shifted} FROM {LOGS} WHERE game_pk IS NOT NULL ORDER BY id LIMIT {a.logs}) TO '{a.scratch}/rows'")
    psql(f"COPY (SELECT {shifted} FROM {LOGS} WHERE game_pk IS NOT NULL ORDER BY hashint8(id), id LIMIT 1000) TO '{a.scratch}/thousand'")

    lines = []
    for name, run in contestants(a.scratch, columns, a.logs).items():
        if not re.search(a.only, name):
            continue
        times = {"old": [], "new": [], "old again": []}
        for i in range(-1, a.rounds):
            turns = [("old", a.old), ("new", a.new), ("old again", a.old)]
            for side, socket in turns if i % 2 == 0 else turns[::-1]:
                go_to(socket)
                ms = run()
                if i >= 0:  # the first warms up
                    times[side].append(ms)
        # Between the two of the old server lies the new one.
        around = [(x + y) / 2 for x, y in zip(times["old"], times["old again"])]
        ratio = statistics.median(n / o for n, o in zip(times["new"], around))
        noise = statistics.median(abs(x / y - 1) for x, y in zip(times["old"], times["old again"]))
        low, high = min(n / o for n, o in zip(times["new"], around)), max(n / o for n, o in zip(times["new"], around))
        lines.append(f"| {name} | {statistics.median(around):.1f} | {statistics.median(times['new']):.1f} | {ratio:.3f} | {low:.2f}-{high:.2f} | {noise:.3f} |")
        print(lines[-1], file=sys.stderr, flush=True)
    wrong = []
    for socket in (a.old, a.new):
        go_to(socket)
        wrong.append(psql("SELECT count(*) FROM dynasty.season_stats_diff()").strip())
    text = f"""# {a.names[0]} and {a.names[1]}

`make compare OLD={a.names[0]}`: {machine()}, PostgreSQL {psql('SHOW server_version').split()[0]}, profile {os.environ.get('DYNASTY_PROFILE', 'release')}, fsync on,
jit off, no parallel workers, everything in cache. Two servers side by side, in turns; {rows:,} game logs of `simulate_league({a.prospects}, 2010, {YEAR}, 1)`. Medians of {a.rounds} rounds in ms;
the ratio is the median of the rounds' own ratios, beside its least and greatest. Noise: by how much two measurements of the same
old server, before and after the new one, differ (median). Season lines that differ afterwards: {wrong[0]} and {wrong[1]}.

| | old ms | new ms | new / old | from-to | noise |
| --- | ---: | ---: | ---: | ---: | ---: |
""" + "\n".join(lines) + "\n"
    print(text)
    if a.out != "-":
        pathlib.Path(a.out).write_text(text)


if __name__ == "__main__":
    main()
