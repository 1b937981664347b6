"""Season statistics against the seed's SQL, and the cost of keeping them current. Standard library and psql only.

Every figure is a median over rounds; the things compared take turns within a round, so that a change of the machine's
speed hits all of them. Times of reads are the server's own (EXPLAIN ANALYZE), so no client is in them.
"""
import argparse
import datetime
import os
import pathlib
import platform
import re
import statistics
import subprocess

HERE = pathlib.Path(__file__).parent
COUNTS = """plate_appearances at_bats runs hits doubles triples home_runs rbi walks intentional_walks strikeouts stolen_bases
caught_stealing hit_by_pitch sacrifice_flies sacrifice_hits ground_into_double_play games_started outs_pitched batters_faced
hits_allowed runs_allowed earned_runs home_runs_allowed walks_allowed strikeouts_pitched hit_batsmen pitches_thrown wins
losses saves""".split()
BATTING = """game_date plate_appearances at_bats runs hits doubles triples home_runs rbi walks strikeouts stolen_bases
caught_stealing hit_by_pitch sacrifice_flies""".split()
LOGS = "dynasty.milb_game_logs"


def psql(script, *options):
    done = subprocess.run(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", *options], input=script, text=True, capture_output=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


def explain_ms(query):
    out = psql(f"EXPLAIN (ANALYZE, TIMING OFF) {query}")
    return float(re.search(r"Execution Time: ([0-9.]+) ms", out)[1])


def timed_ms(setup, statement, after):
    """The time of one statement as psql measures it."""
    out = psql(f"{setup}\n\\timing on\n{statement}\n\\timing off\n{after}")
    return float(re.search(r"Time: ([0-9.]+) ms", out)[1])


def rounds(n, contestants):
    """{name: [ms per round]}; the order is reversed in every other round."""
    results = {name: [] for name in contestants}
    for i in range(n):
        order = list(contestants) if i % 2 == 0 else list(contestants)[::-1]
        for name in order:
            results[name].append(contestants[name]())
    return results


def ratio(results, a, b):
    return statistics.median(x / y for x, y in zip(results[a], results[b]))


def row(results, name, base):
    times = results[name]
    return f"| {name} | {statistics.median(times):.1f} | {min(times):.1f}-{max(times):.1f} | {ratio(results, name, base):.2f} |"


def table(results, base, unit="ms"):
    head = f"| | median {unit} | min-max | x {base} |\n| --- | ---: | ---: | ---: |"
    return "\n".join([head] + [row(results, name, base) for name in results])


def reads(n):
    seed = (HERE / "seed_season_stats.sql").read_text().strip().rstrip(";")
    sums = ", ".join(f"sum({c})" for c in COUNTS)
    args = ", ".join(["game_date"] + COUNTS)
    key = "prospect_id, season, level"
    contestants = {
        "seed's SELECT": seed,
        "scan of the same columns": f"SELECT {sums}, max(game_date), max(prospect_id), max(season), max(level) FROM {LOGS}",
        "season_stats()": "SELECT * FROM dynasty.season_stats()",
        "batting_line aggregate": f"SELECT {key}, dynasty.batting_line({', '.join(BATTING)}) FROM {LOGS} GROUP BY {key}",
        "season_line aggregate": f"SELECT {key}, dynasty.season_line({args}) FROM {LOGS} GROUP BY {key}",
    }
    for query in contestants.values():
        explain_ms(query)  # warm
    return rounds(n, {name: (lambda q=query: explain_ms(q)) for name, query in contestants.items()})


def written_columns():
    return psql(f"""SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute WHERE attrelid = '{LOGS}'::regclass
        AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attname NOT IN ('id', 'created_at')""").strip()


def copy_file(path, columns, where):
    """100,000 rows that are new to the table: existing ones under other game numbers."""
    shifted = columns.replace("game_pk", "game_pk + 4000000000")
    psql(f"COPY (SELECT {shifted} FROM {LOGS} WHERE {where} ORDER BY id LIMIT 100000) TO '{path}'")


OFF = f"ALTER TABLE {LOGS} DISABLE TRIGGER USER;"


def writes(n, scratch):
    columns = written_columns()
    copy_file(f"{scratch}/scattered", columns, "id % 9 = 0")
    copy_file(f"{scratch}/two_seasons", columns, "season >= (SELECT max(season) - 1 FROM dynasty.milb_game_logs)")

    def load(path, statements, off):
        psql(f"VACUUM {LOGS}; VACUUM dynasty.milb_season_stats;")
        return timed_ms(f"BEGIN; {OFF if off else ''}", statements(path), "ROLLBACK;")

    def one_copy(path):
        return f"COPY {LOGS} ({columns}) FROM '{path}';"

    results = {}
    for name in ("scattered", "two_seasons"):
        path = f"{scratch}/{name}"
        results[f"COPY of 100,000 rows, {name.replace('_', ' ')}"] = rounds(n, {
            "without triggers": lambda: load(path, one_copy, True),
            "with triggers": lambda: load(path, one_copy, False)})

    copy_file(f"{scratch}/thousand", columns, "id % 900 = 1")

    def insert_thousand(off):
        psql(f"VACUUM {LOGS}; VACUUM dynasty.milb_season_stats;")
        incoming = f"CREATE TEMP TABLE incoming AS SELECT {columns} FROM {LOGS} LIMIT 0; COPY incoming FROM '{scratch}/thousand';"
        return timed_ms(f"{incoming} ANALYZE incoming; BEGIN; {OFF if off else ''}",
                        f"INSERT INTO {LOGS} ({columns}) SELECT * FROM incoming;", "ROLLBACK;")

    results["INSERT of 1,000 scattered rows"] = rounds(max(n, 9), {
        "without triggers": lambda: insert_thousand(True), "with triggers": lambda: insert_thousand(False)})
    return results


def single_rows(n, scratch, seconds):
    """pgbench: one row a transaction, prepared, synchronous commit as the server ships."""
    top = int(psql("SELECT max(id) FROM dynasty.prospects"))
    psql("CREATE SEQUENCE IF NOT EXISTS bench_game START 9000000000")
    script = pathlib.Path(scratch) / "insert.sql"
    script.write_text(f"""\\set p random(1, {top})
INSERT INTO {LOGS} (prospect_id, game_pk, game_date, season, game_type, level, team, opponent, is_home, plate_appearances,
 at_bats, runs, hits, doubles, triples, home_runs, rbi, walks, strikeouts, stolen_bases, caught_stealing, hit_by_pitch,
 sacrifice_flies, sacrifice_hits)
VALUES (:p, nextval('bench_game'), '2024-06-01', 2024, 'Regular', 'AA', 'Home', 'Away', true, 5, 4, 1, 2, 1, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0);
""")

    def run(clients, off):
        psql(f"ALTER TABLE {LOGS} {'DISABLE' if off else 'ENABLE'} TRIGGER USER")
        out = subprocess.run(["pgbench", "-n", "-M", "prepared", "-c", str(clients), "-j", "2", "-T", str(seconds), "-f", script],
                             text=True, check=True, capture_output=True).stdout
        psql(f"ALTER TABLE {LOGS} ENABLE TRIGGER USER")
        return float(re.search(r"latency average = ([0-9.]+) ms", out)[1])

    run(1, False)
    results = {}
    for clients in (1, 4):
        results[f"single-row INSERT, {clients} client{'s' if clients > 1 else ''}"] = rounds(n, {
            "without triggers": lambda: run(clients, True), "with triggers": lambda: run(clients, False)})
    psql("SELECT dynasty.refresh_season_stats()")
    return results


def memory(scratch, data):
    """Private memory of one backend while it inserts 1,000,000 rows, 1,000 a statement, in one transaction."""
    script = f"""
CREATE TEMP TABLE seen (rows int, kb bigint);
CREATE FUNCTION pg_temp.note(n int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO seen SELECT n, substring(pg_read_file('/proc/' || pg_backend_pid() || '/status') FROM 'RssAnon:\\s+(\\d+)')::bigint;
END $$;
BEGIN;
DO $$
DECLARE ids int[] := ARRAY(SELECT id FROM dynasty.prospects ORDER BY id LIMIT 1000);
BEGIN
    FOR i IN 1..1000 LOOP
        INSERT INTO {LOGS} (prospect_id, game_pk, game_date, season, level, plate_appearances, at_bats, hits, walks)
        SELECT id, 20000000000 + i, date '2100-01-01' + i % 300, 2100 + i % 50, 'AAA', 4, 4, i % 3, 0 FROM unnest(ids) id;
        IF i IN (100, 200, 500, 1000) THEN PERFORM pg_temp.note(i * 1000); END IF;
    END LOOP;
END $$;
SELECT rows || '|' || kb FROM seen ORDER BY rows;
ROLLBACK;
"""
    return [tuple(map(int, line.split("|"))) for line in psql(script).split()]


def machine():
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    return f"{model[1] if model else platform.machine()}, {os.cpu_count()} cores"


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--scratch", required=True)
    p.add_argument("--data")
    p.add_argument("--prospects", type=int, default=9000)
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--seconds", type=int, default=5, help="of each pgbench run")
    p.add_argument("--out", required=True)
    a = p.parse_args()

    psql("SET client_min_messages = warning; CREATE EXTENSION dynasty CASCADE;")
    simulated = timed_ms("SET client_min_messages = warning;",
                         f"SELECT * FROM dynasty.simulate_league({a.prospects}, 2010, 2024, 1);", "")
    psql("VACUUM ANALYZE")
    rows, heap = psql(f"SELECT count(*), pg_size_pretty(pg_table_size('{LOGS}')) FROM {LOGS}").strip().split("|")
    groups = psql("SELECT count(*) FROM dynasty.milb_season_stats").strip()
    parts = [f"""# Benchmarks

`make bench` on {datetime.date.today()}: {machine()}, PostgreSQL {psql('SHOW server_version').split()[0]}, fsync on, jit off, no
parallel workers, shared_buffers 1GB, everything in cache. Data: `simulate_league({a.prospects}, 2010, 2024, 1)`:
{int(rows):,} game logs ({heap}), {int(groups):,} season lines, made in {simulated / 1000:.1f} s. Medians of {a.rounds} rounds (1,000-row
inserts: 9); the ratio is the median of the rounds' ratios. Machines are noisy: compare ratios.

## Season statistics from scratch

""" + table(reads(a.rounds), "seed's SELECT") + "\n\n## Keeping them current\n"]
    for name, results in {**writes(a.rounds, a.scratch), **single_rows(a.rounds, a.scratch, a.seconds)}.items():
        parts.append(f"{name}:\n\n" + table(results, "without triggers") + "\n")
    seen = memory(a.scratch, a.data)
    parts.append("## Memory of a backend\n\nPrivate memory (RssAnon) during one transaction of 1,000 inserts of 1,000 rows:\n\n"
                 "| rows inserted | MiB |\n| ---: | ---: |\n" + "\n".join(f"| {n:,} | {kb / 1024:.1f} |" for n, kb in seen) + "\n")
    wrong = psql("SELECT count(*) FROM dynasty.season_stats_diff()").strip()
    parts.append(f"After all of it, season lines whose maintained and recomputed bytes differ: {wrong}.\n")
    pathlib.Path(a.out).write_text("\n".join(parts))
    print("\n".join(parts))


if __name__ == "__main__":
    main()
