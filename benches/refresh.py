"""Storing vectors against computing them, in one run: refresh_features() and refresh_stale_features() beside all_features(), without
and with the optional index on vectors. Standard library and psql only.

One session; what a statement costs is the processor time of its backend (/proc/PID/schedstat), so that others on the machine do not count,
and the wall clock beside it. All contestants take turns; what is written is rolled back, so each round is the first.
"""
import argparse
import pathlib
import statistics
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from season import psql  # noqa: E402

YEAR = 2024
INDEX = "idx_ml_features_vector"
VACUUM = "VACUUM dynasty.ml_features; VACUUM dynasty.milb_season_stats;"


class Session:
    """A psql that stays."""

    def __init__(self):
        self.psql = subprocess.Popen(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.pid = int(self.run("SET client_min_messages = warning; SELECT pg_backend_pid();")[0])

    def run(self, sql):
        self.psql.stdin.write(f"{sql}\n\\echo -- done\n")
        self.psql.stdin.flush()
        lines = []
        while (line := self.psql.stdout.readline().strip()) != "-- done":
            if not line and self.psql.poll() is not None:
                raise SystemExit(f"the session ended in: {sql}")
            lines.append(line)
        return lines

    def processor_ms(self):
        return int(pathlib.Path(f"/proc/{self.pid}/schedstat").read_text().split()[0]) / 1e6


def a_game(level, season):
    """A game of somebody, with all counts: the norms of its level move."""
    return f"""INSERT INTO dynasty.milb_game_logs (prospect_id, season, game_date, level, plate_appearances, at_bats, hits, doubles, triples, home_runs, walks, strikeouts)
        SELECT min(prospect_id), {season}, '{season}-09-30', '{level}', 5, 4, 2, 1, 0, 0, 1, 1 FROM dynasty.milb_game_logs WHERE season = {season} AND level = '{level}';"""


def contestants():
    """Name: before, statement. Whatever is in between BEGIN and ROLLBACK."""
    refresh, stale = f"SELECT dynasty.refresh_features({YEAR});", f"SELECT dynasty.refresh_stale_features({YEAR});"
    return {
        "all_features()": ("", f"EXPLAIN (ANALYZE, TIMING OFF) SELECT * FROM dynasty.all_features({YEAR});"),
        "full refresh, table empty": ("TRUNCATE dynasty.ml_features;", refresh),
        "full refresh, every vector changed": ("UPDATE dynasty.prospects SET birth_date = birth_date + 10;", refresh),
        "full refresh, nothing changed": ("", refresh),
        "stale: a game at one level": (a_game("A", YEAR), stale),
        "stale: a game at each level": ("".join(a_game(level, YEAR) for level in ("Complex", "A", "A+", "AA", "AAA")), stale),
        "stale: a game at each level of four seasons": (
            "".join(a_game(level, YEAR - back) for back in range(4) for level in ("Complex", "A", "A+", "AA", "AAA")), stale),
        "stale: nothing": ("", stale),
    }


def measured(session, n):
    times = {name: [] for name in contestants()}
    written = {}
    for i in range(-1, n):
        order = list(contestants().items())
        for name, (before, statement) in order if i % 2 else order[::-1]:
            session.run(f"BEGIN; {before}")
            cpu, wall = session.processor_ms(), time.monotonic()
            out = session.run(statement)
            took = session.processor_ms() - cpu, 1000 * (time.monotonic() - wall)
            session.run(f"ROLLBACK; {VACUUM}")
            if i >= 0:  # the first warms up
                times[name].append(took)
            if out[0].isdigit():
                written[name] = int(out[0])
    return times, written


def lines(times, written):
    base = times["all_features()"]
    for name, of in times.items():
        cpu, wall = (statistics.median(x[at] for x in of) for at in (0, 1))
        ratio, waited = (statistics.median(x[at] / y[at] for x, y in zip(of, base)) for at in (0, 1))
        yield f"| {name} | {f'{written[name]:,}' if name in written else ''} | {cpu:.0f} | {wall:.0f} | {ratio:.2f} | {waited:.2f} |"


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--out", required=True)
    a = p.parse_args()
    session = Session()
    session.run(f"DROP INDEX IF EXISTS dynasty.{INDEX}; SELECT dynasty.refresh_features({YEAR}); VACUUM FULL ANALYZE dynasty.ml_features;")
    head = "| | vectors written | processor ms | ms | x all_features(), processor | x all_features() |\n| --- | ---: | ---: | ---: | ---: | ---: |\n"
    without = head + "\n".join(lines(*measured(session, a.rounds)))
    bare = int(session.run("SELECT pg_total_relation_size('dynasty.ml_features');")[-1])
    session.run(f"SELECT dynasty.create_optional_index('{INDEX}'); {VACUUM}")
    with_index = head + "\n".join(lines(*measured(session, min(a.rounds, 3))))
    size = int(session.run(f"SELECT bytes FROM dynasty.optional_indexes() WHERE name = '{INDEX}';")[-1])
    count = int(psql("SELECT count(*) FROM dynasty.ml_features"))
    session.run(f"DROP INDEX dynasty.{INDEX};")
    text = f"""
## Storing vectors

`refresh_features({YEAR})` beside `all_features({YEAR})` in one session and one run, {count:,} prospects: medians of {a.rounds} rounds, ratios those of a round. The processor's
time is the backend's own, so what else runs on the machine is not in it. The table with its five indexes takes {bare / count / 1024:.1f} kB per vector
(compression {psql("SELECT CASE WHEN min(attcompression) = 'l' THEN 'lz4' ELSE 'pglz' END FROM pg_attribute WHERE attrelid = 'dynasty.ml_features'::regclass AND attname = 'feature_vector'").strip()}).

{without}

With the optional index on vectors (`dynasty.create_optional_index('{INDEX}')`, {size / count / 1024:.1f} kB per vector):

{with_index}
"""
    with open(a.out, "a") as out:
        out.write(text)
    print(text)


if __name__ == "__main__":
    main()
