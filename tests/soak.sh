#!/usr/bin/env bash
# Writers of all kinds for SECONDS_TO_RUN, on few prospects so that they meet; every half minute (and at the end) the
# maintained season statistics must equal a recount, and no backend's memory may grow with the rows it has written.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
use_cluster
seconds=${SECONDS_TO_RUN:-600}
dropdb --if-exists soak 2>/dev/null
createdb -T dynasty_template soak
export PGDATABASE=soak
psql -Xq -v ON_ERROR_STOP=1 -c "INSERT INTO dynasty.prospects (name, position)
    SELECT 'Player ' || i, CASE WHEN i % 3 = 0 THEN 'P' ELSE 'SS' END FROM generate_series(1, 200) i"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"; [ -n "${DYNASTY_CLUSTER:-}" ] || "$ROOT/pgrx-config/cluster.sh" destroy "$CLUSTER"' EXIT
columns="(prospect_id, game_date, season, level, plate_appearances, at_bats, hits, home_runs, walks, outs_pitched, earned_runs, game_number)"
values="date '2020-04-01' + (random() * 180)::int, 2020 + (random() * 3)::int, (ARRAY['A','A+','AA','AAA'])[1 + (random() * 3)::int],
    5, 4, (random() * 4)::int, (random() * 1.2)::int, 1, CASE WHEN random() < 0.3 THEN (random() * 20)::int END, (random() * 3)::int, 1 + (random() * 30000)::int"
cat >"$scratch/one.sql" <<SQL
\\set p random(1, 200)
INSERT INTO dynasty.milb_game_logs $columns SELECT :p, $values ON CONFLICT DO NOTHING;
SQL
cat >"$scratch/many.sql" <<SQL
INSERT INTO dynasty.milb_game_logs $columns SELECT 1 + i % 200, $values FROM generate_series(1, 100) i ON CONFLICT DO NOTHING;
SQL
cat >"$scratch/change.sql" <<SQL
\\set p random(1, 200)
\\set q random(1, 200)
BEGIN;
UPDATE dynasty.milb_game_logs SET hits = 3, season = 2020 + (id % 4)::int WHERE prospect_id IN (:p, :q) AND id % 50 = 0;
SAVEPOINT s;
DELETE FROM dynasty.milb_game_logs WHERE prospect_id = :p AND id % 7 = 0;
ROLLBACK TO s;
DELETE FROM dynasty.milb_game_logs WHERE prospect_id = :q AND id % 11 = 0;
COMMIT;
SQL

pgbench -n -c 4 -j 2 -T "$seconds" --max-tries 100 -f "$scratch/one.sql@20" -f "$scratch/many.sql@4" -f "$scratch/change.sql@1" \
    >"$scratch/pgbench" 2>&1 &
bench=$!
# Anonymous memory of the writers, in kB: what shared buffers they have touched does not count.
memory() {
    local pid sum=0
    for pid in $(psql -XAtc "SELECT pid FROM pg_stat_activity WHERE datname = 'soak' AND application_name = 'pgbench'"); do
        sum=$((sum + $(awk '/^RssAnon/ {print $2}' "/proc/$pid/status" 2>/dev/null || echo 0)))
    done
    echo "$sum"
}
early=
while kill -0 "$bench" 2>/dev/null; do
    for _ in $(seq 30); do sleep 1; kill -0 "$bench" 2>/dev/null || break; done
    kill -0 "$bench" 2>/dev/null || break
    late=$(memory)
    early=${early:-$late}
    differ=$(psql -XAtc "SELECT count(*) FROM dynasty.season_stats_diff()")
    [ "$differ" = 0 ] && passed "$SECONDS s: no season line differs, writers hold $late kB" || failed "$SECONDS s: $differ season lines differ"
done
if wait "$bench"; then passed "$(grep 'transactions actually processed' "$scratch/pgbench")"; else failed pgbench; fi
cat "$scratch/pgbench" >&2
differ=$(psql -XAtc "SELECT count(*) FROM dynasty.season_stats_diff()")
[ "$differ" = 0 ] && passed "at the end no season line differs" || failed "at the end $differ season lines differ"
if [ -n "$early" ]; then
    # 8 MB of slack for four backends: caches of plans and catalog rows that fill up once.
    [ "$late" -le $((early + 8192)) ] && passed "memory flat: $early kB early, $late kB late" || failed "memory grew: $early kB to $late kB"
fi
finish soak
