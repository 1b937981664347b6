"""What watching costs: health_check(), health_report(), check_alerts() and metrics() with a hundred sessions and an ACCESS EXCLUSIVE lock on the largest
table; a cache notice per statement; a capture of slow statements where pg_stat_statements is loaded. Standard library and psql only.

The clock of one session, as a monitor sees it, and the processor time of its backend beside it. The hundred sessions are in transactions; ten of them read all the time.
"""
import argparse
import pathlib
import statistics
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from refresh import Session  # noqa: E402

QUESTIONS = ["dynasty_ops.health_check()", "dynasty_ops.health_report()", "dynasty_ops.check_alerts()", "dynasty_ops.metrics()"]


def timed(session, sql, times):
    """Median and worst by the clock, and the median of processor time, in ms."""
    clock, processor = [], []
    for _ in range(times):
        begun, used = time.perf_counter(), session.processor_ms()
        session.run(sql)
        clock.append(1000 * (time.perf_counter() - begun))
        processor.append(session.processor_ms() - used)
    return statistics.median(clock), max(clock), statistics.median(processor)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out")
    arguments = parser.parse_args()
    watcher = Session()
    largest = watcher.run("SELECT c.oid::regclass FROM pg_class c WHERE c.relnamespace::regnamespace::text LIKE 'dynasty%' AND c.relkind = 'r' ORDER BY c.relpages DESC LIMIT 1;")[0]
    lines = [
        "\n## Watching (`benches/ops.py`)\n",
        f"A hundred sessions in transactions, ten of them busy, {largest} under ACCESS EXCLUSIVE; 100 calls in one session, ms by the clock (and of its processor time).\n",
        "| | median | worst of 100 | processor, median | first call of a session |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    sessions = []
    for n in range(100):
        psql = subprocess.Popen(["psql", "-XqAt"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True)
        work = "SELECT pg_sleep(3600);" if n >= 10 else "DO $$ BEGIN LOOP PERFORM count(*) FROM dynasty.prospects; PERFORM pg_sleep(0.05); END LOOP; END $$;"
        psql.stdin.write(f"BEGIN; SELECT 1 FROM dynasty.feature_sets;\n{work}\n")
        psql.stdin.flush()
        sessions.append(psql)
    holder = Session()
    holder.run(f"BEGIN; LOCK TABLE {largest} IN ACCESS EXCLUSIVE MODE;")
    while int(watcher.run("SELECT used FROM dynasty_ops.connection_usage();")[0]) < 100:
        time.sleep(0.2)
    for question in QUESTIONS:
        firsts = []
        for _ in range(arguments.rounds):
            fresh = Session()
            begun = time.perf_counter()
            fresh.run(f"SELECT count(q) FROM {question} q;")
            firsts.append(1000 * (time.perf_counter() - begun))
            fresh.psql.kill()
        median, worst, processor = timed(watcher, f"SELECT count(q) FROM {question} q;", 100)
        lines.append(f"| `{question}` | {median:.1f} | {worst:.1f} | {processor:.1f} | {statistics.median(firsts):.1f} |")
    holder.run("COMMIT;")
    for psql in sessions:
        psql.kill()
    # A statement with and without its notice, in turns.
    watcher.run("""CREATE TABLE told (id integer PRIMARY KEY, league text); CREATE TABLE untold (id integer PRIMARY KEY, league text);
        INSERT INTO dynasty_ops.cache_rules (schema_name, table_name, key_template, ttl_seconds) VALUES ('public', 'told', 'told:{league}:{id}', 60);
        SELECT dynasty_ops.enable_cache_notices('public', 'told');""")
    lines += ["", "| a statement | without | with its notice | ms of each |", "| --- | ---: | ---: | ---: |"]
    first = 0
    for name, rows, times in (("INSERT of one row", 1, 500), ("INSERT of 10,000 rows", 10000, 7)):
        cost = {"untold": [], "told": []}
        for _ in range(times):
            first += rows
            for table in cost:
                begun = time.perf_counter()
                watcher.run(f"INSERT INTO {table} SELECT g, 'NFL' FROM generate_series({first}, {first + rows - 1}) g;")
                cost[table].append(1000 * (time.perf_counter() - begun))
        without, told = statistics.median(cost["untold"]), statistics.median(cost["told"])
        lines.append(f"| {name} | {without:.2f} | {told:.2f} | {told - without:.2f} |")
    watcher.run("DROP TABLE told, untold; DELETE FROM dynasty_ops.cache_rules WHERE schema_name = 'public';")
    text = "\n".join(lines) + "\n"
    print(text)
    if arguments.out:
        with open(arguments.out, "a", encoding="utf-8") as out:
            out.write(text)


main()
