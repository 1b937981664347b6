"""One prospect, in the server alone: the peers' prepared SQL of 60 features and dynasty's 290, each timed between two clock_timestamp() of one
function. The client's round trip and its reading of the answer, which run_lookup.py has, are not in it. Needs DYNASTY_PEERS in PYTHONPATH and
what run_lookup.py left: the table of norms. Usage: lookup_server.py [prospects=200]"""
import random
import statistics
import sys

import psycopg
from common import YEAR, url
from sqltext import features_sql

n = int(sys.argv[1]) if len(sys.argv) > 1 else 200
db = psycopg.connect(url(), autocommit=True)
db.execute("SET max_parallel_workers_per_gather = 0")
ids = [r[0] for r in db.execute("SELECT id FROM prospects WHERE position NOT IN ('P','SP','RP','RHP','LHP') ORDER BY id")]
random.Random(6).shuffle(ids)
sql = features_sql(YEAR, one="$1", norms="SELECT s, l, n_ops, n_kr FROM bench_norms").replace("%%", "%")
db.execute(f"PREPARE peer (integer) AS {sql}")
db.execute(f"PREPARE lean (integer) AS SELECT * FROM dynasty.feature_matrix({YEAR}, 'v1.0', ARRAY[$1])")
db.execute(f"PREPARE whole (integer) AS SELECT * FROM dynasty.prospect_features($1, {YEAR})")
db.execute("""CREATE FUNCTION pg_temp.ms(call text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
    begun timestamptz := clock_timestamp();
    answer record;
BEGIN
    EXECUTE call INTO answer;
    RETURN 1000 * extract(epoch FROM clock_timestamp() - begun);
END $$""")
NAMES = {"peer": "SQL, prepared, 60 features", "lean": "dynasty feature_matrix() of one, 290 features",
         "whole": "dynasty prospect_features(), 290 features and documents"}
times = {name: [] for name in NAMES}
for i, who in enumerate(ids[:n + 20]):
    for name in list(NAMES) if i % 2 else list(NAMES)[::-1]:
        ms = db.execute("SELECT pg_temp.ms(%s)", (f"EXECUTE {name} ({who})",)).fetchone()[0]
        if i >= 20:
            times[name].append(ms)
print("| one prospect, in the server | n | p50 ms | p95 ms | times as fast as the SQL (p50 of the ratios) |\n|---|---|---|---|---|")
for name, t in times.items():
    faster = statistics.median(a / b for a, b in zip(times["peer"], t))
    print(f"| {NAMES[name]} | {len(t)} | {statistics.median(t):.3g} | {statistics.quantiles(t, n=20)[18]:.3g} | {faster:.2f} |")
