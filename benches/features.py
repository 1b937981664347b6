"""Features: everybody's vectors, one prospect's, what is kept up to date, memory and growth. Standard library and psql only.

The unit is one scan that reads the 25 columns which the hitters' features need (the peers' own unit; the 290 features need
39). Times of reads are the server's own (EXPLAIN ANALYZE); those of one prospect are pgbench's, client included.
"""
import argparse
import glob
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from season import explain_ms, psql, rounds, table, timed_ms  # noqa: E402

YEAR = 2024
LOGS = "dynasty.milb_game_logs"
UNIT_COLUMNS = """id prospect_id game_date game_number season game_type level is_home plate_appearances at_bats hits doubles triples
home_runs walks intentional_walks strikeouts stolen_bases caught_stealing hit_by_pitch sacrifice_flies sacrifice_hits ground_outs
air_outs pitches_seen""".split()


def unit():
    def read(column):
        if column in ("game_date", "game_type", "level"):
            return f"max({column})"
        return f"count({column})" if column == "is_home" else f"sum({column})"
    return f"SELECT {', '.join(map(read, UNIT_COLUMNS))} FROM {LOGS}"


def everybody(n):
    contestants = {
        "scan of the columns (unit)": unit(),
        "feature_matrix(), 290 features": f"SELECT * FROM dynasty.feature_matrix({YEAR})",
        "all_features(), 290 features and documents": f"SELECT * FROM dynasty.all_features({YEAR})",
    }
    for query in contestants.values():
        explain_ms(query)  # warm
    return rounds(n, {name: (lambda q=query: explain_ms(q)) for name, query in contestants.items()})


def one_prospect(seconds, scratch):
    """p50 and p95 in ms of one prepared call per transaction, random prospects, one client."""
    top = int(psql("SELECT max(id) FROM dynasty.prospects"))
    script = pathlib.Path(scratch) / "one.sql"
    script.write_text(f"\\set p random(1, {top})\nSELECT * FROM dynasty.prospect_features(:p, {YEAR});\n")
    log = pathlib.Path(scratch) / "latency"
    subprocess.run(["pgbench", "-n", "-M", "prepared", "-c", "1", "-T", str(seconds), "-f", script, "-l", "--log-prefix", log],
                   check=True, capture_output=True)
    times = sorted(int(line.split()[2]) / 1000 for path in glob.glob(f"{log}.*") for line in open(path))
    times = times[: int(len(times) * 0.9999)]
    return times[len(times) // 2], times[int(len(times) * 0.95)], len(times)


def one_prospect_in_server(calls=4000):
    """The same without the client: p50 and p95 in ms of calls from PL/pgSQL, random prospects, one session, warm."""
    out = psql(f"""CREATE TEMP TABLE took (ms float8);
DO $$
DECLARE
    top int := (SELECT max(id) FROM dynasty.prospects);
    begun timestamptz;
BEGIN
    FOR i IN 1..{calls} LOOP
        begun := clock_timestamp();
        PERFORM FROM dynasty.prospect_features(1 + (random() * (top - 1))::int, {YEAR}) f WHERE f.feature_vector IS NOT NULL;
        INSERT INTO took VALUES (1000 * extract(epoch FROM clock_timestamp() - begun));
    END LOOP;
END $$;
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) || ' ' || percentile_cont(0.95) WITHIN GROUP (ORDER BY ms) FROM took;""")
    return tuple(map(float, out.split()))


def refreshes(n):
    """Full refresh into an empty table, and after 1 % of the prospects got new games. Rolled back, so each round is the first."""
    results = {"full": [], "stale by their own games": [], "stale, norms too": []}
    share = []
    new_games = f"""INSERT INTO {LOGS} (prospect_id, game_date, season, game_type, level, game_pk, plate_appearances, at_bats, runs, hits, doubles,
        triples, home_runs, walks, intentional_walks, strikeouts, stolen_bases, caught_stealing, hit_by_pitch, sacrifice_flies, sacrifice_hits)
        SELECT prospect_id, game_date, season, 'Regular', level, game_pk + 5000000000, 5, 4, 1, 2, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0
        FROM (SELECT DISTINCT ON (prospect_id) * FROM {LOGS} WHERE game_pk IS NOT NULL ORDER BY prospect_id, game_date DESC, id DESC) l
        WHERE prospect_id % 100 = 7;"""
    for _ in range(n):
        psql("TRUNCATE dynasty.ml_features;")
        results["full"].append(timed_ms("", f"SELECT dynasty.refresh_features({YEAR});", ""))
        psql("VACUUM ANALYZE dynasty.ml_features;")
        for name, reasons in (("stale by their own games", "{missing,inputs}"), ("stale, norms too", "{missing,inputs,norms}")):
            out = psql(f"""BEGIN; {new_games}
\\timing on
SELECT dynasty.refresh_stale_features({YEAR}, 'v1.0', '{reasons}');
\\timing off
ROLLBACK;""")
            results[name].append(float(re.search(r"Time: ([0-9.]+) ms", out)[1]))
            share.append((name, int(out.split()[0])))
        psql("VACUUM dynasty.ml_features; VACUUM dynasty.milb_season_stats;")
    return results, dict(share)


def peak_memory(query):
    """MiB of private memory that a fresh backend needs at most while it runs the query, beyond what it had before. With the
    work_mem that a server has out of the box: the rows of a function are kept in as much of it before they go to a file."""
    client = subprocess.Popen(["psql", "-XqAt"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    client.stdin.write("SET work_mem = '4MB';\nSELECT pg_backend_pid();\n")
    client.stdin.flush()
    pid = int(client.stdout.readline())
    client.stdin.write("SELECT count(*) FROM dynasty.feature_names() WHERE false;\nSELECT 'ready';\n")
    client.stdin.flush()
    while client.stdout.readline().strip() != "ready":
        pass

    def anonymous():
        return int(re.search(r"RssAnon:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text())[1]) / 1024

    before, peak, running = anonymous(), [0.0], [True]

    def watch():
        while running[0]:
            peak[0] = max(peak[0], anonymous())
            time.sleep(0.002)

    watcher = threading.Thread(target=watch)
    watcher.start()
    client.stdin.write(f"EXPLAIN (ANALYZE, TIMING OFF) {query};\nSELECT 'done';\n")
    client.stdin.flush()
    while client.stdout.readline().strip() != "done":
        pass
    running[0] = False
    watcher.join()
    client.communicate("\\q\n")
    return peak[0] - before


def growth(n, league):
    """The matrix and its memory on leagues of three sizes around `league` prospects, each in a database of its own."""
    lines = ["| game logs | prospects | feature_matrix() median ms | us per game log | peak private MiB |", "| ---: | ---: | ---: | ---: | ---: |"]
    home = os.environ["PGDATABASE"]
    for prospects in (league // 10, league, 2 * league):
        name = f"growth_{prospects}"
        psql(f"DROP DATABASE IF EXISTS {name};")
        psql(f"CREATE DATABASE {name};")
        os.environ["PGDATABASE"] = name
        psql("SET client_min_messages = warning; CREATE EXTENSION dynasty CASCADE;")
        psql(f"SET client_min_messages = warning; SELECT * FROM dynasty.simulate_league({prospects}, 2010, {YEAR}, 1);")
        psql("VACUUM ANALYZE;")
        logs = int(psql(f"SELECT count(*) FROM {LOGS}"))
        query = f"SELECT * FROM dynasty.feature_matrix({YEAR})"
        explain_ms(query)
        ms = statistics.median(explain_ms(query) for _ in range(n))
        lines.append(f"| {logs:,} | {prospects:,} | {ms:.0f} | {1000 * ms / logs:.2f} | {peak_memory(query):.0f} |")
        os.environ["PGDATABASE"] = home
        psql(f"DROP DATABASE {name};")
    return "\n".join(lines)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--prospects", type=int, default=9000)
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--seconds", type=int, default=10)
    p.add_argument("--out", required=True)
    a = p.parse_args()
    n = a.rounds
    reads = everybody(n)
    memory = {name: peak_memory(q) for name, q in (
        ("feature_matrix()", f"SELECT * FROM dynasty.feature_matrix({YEAR})"),
        ("all_features()", f"SELECT * FROM dynasty.all_features({YEAR})"))}
    with tempfile.TemporaryDirectory() as scratch:
        p50, p95, calls = one_prospect(a.seconds, scratch)
    in_server = one_prospect_in_server()
    kept, written = refreshes(min(n, 3))
    base = kept["full"]
    shares = "\n".join(
        f"| {name} | {statistics.median(t):.0f} | {written.get(name, 'all'):,} | {statistics.median(x / y for x, y in zip(t, base)):.3f} |"
        if name in written else f"| {name} | {statistics.median(t):.0f} | all | 1.000 |" for name, t in kept.items())
    text = f"""
## Features

As of {YEAR}, everybody; medians of {n} rounds. `x` is the median ratio to the unit of the same round.

{table(reads, "scan of the columns (unit)").replace("x scan of the columns (unit)", "x unit")}

One prospect, `prospect_features(id, {YEAR})` with all documents, random prospects, one client of pgbench, prepared, {a.seconds} s ({calls:,} calls):
p50 {p50:.2f} ms, p95 {p95:.2f} ms, the client's round trip included. In the server alone: p50 {in_server[0]:.2f} ms, p95 {in_server[1]:.2f} ms.

Keeping `ml_features` (medians of {min(n, 3)}; 1 % of the prospects got a new game):

| refresh | ms | vectors written | x full refresh |
| --- | ---: | ---: | ---: |
{shares}

Private memory of a fresh backend at its peak, beyond what it had before: {", ".join(f"{k} {v:.0f} MiB" for k, v in memory.items())}.

{growth(n, a.prospects)}
"""
    with open(a.out, "a") as out:
        out.write(text)
    print(text)


if __name__ == "__main__":
    main()
