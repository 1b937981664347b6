#!/usr/bin/env bash
# Everything at once for SECONDS_TO_RUN, on few prospects so that it meets: single rows, many rows, updates that move games
# between lines, deletes, COPY, ingests, seasons in the majors; refreshes of season lines, features and labels; training and predicting;
# versions down and up; readers.
# Half of the sessions are cancelled at random, by statement_timeout and by pg_cancel_backend(). Every half minute the
# season lines must equal a recount; at the end everything derived must be what it is when computed anew, heaps and indexes
# whole, no error may have come that is not one of being cancelled or of two who met, and no session may have grown.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
use_cluster
seconds=${SECONDS_TO_RUN:-600}
SECONDS=0 # make exports its own
dropdb --if-exists soak 2>/dev/null
createdb -T dynasty_template soak
export PGDATABASE=soak
psql -Xq -v ON_ERROR_STOP=1 >/dev/null <<'SQL'
SET client_min_messages = error;
CREATE EXTENSION amcheck;
SELECT dynasty.simulate_league(200, 2018, 2022, 1);
CALL dynasty.keep_labels_current(2018, 2022);
SELECT dynasty.refresh_features(2021);
SELECT dynasty.register_feature_set('few', '{age,career_ops,max_level}');
SELECT model FROM dynasty.train_model('m', '1', as_of_years => '{2018,2019}', years_to_evaluate => 3, feature_set_version => 'few', lambda => 10, folds => 0);
UPDATE dynasty.scouting_grades SET scout = 'Scout ' || id % 5;
CREATE TABLE scouts AS SELECT id, scout FROM dynasty.scouting_grades;
CREATE TABLE reply (body jsonb);
INSERT INTO reply SELECT jsonb_build_object('stats', jsonb_build_array(jsonb_build_object('type', '{"displayName": "gameLog"}'::jsonb,
    'group', '{"displayName": "hitting"}'::jsonb, 'splits', jsonb_agg(jsonb_build_object('season', '2021', 'date', date '2021-04-10' + g, 'gameType', 'R',
    'sport', '{"id": 12}'::jsonb, 'team', '{"name": "T"}'::jsonb, 'game', jsonb_build_object('gamePk', 5000 + g),
    'player', jsonb_build_object('id', p.mlb_id, 'fullName', p.name), 'stat', jsonb_build_object('atBats', 4, 'hits', g % 5))))))
FROM (SELECT * FROM dynasty.prospects ORDER BY id LIMIT 40) p, generate_series(1, 10) g;
SQL

scratch=$(mktemp -d)
workers=()
clean_up() {
    [ ${#workers[@]} = 0 ] || kill "${workers[@]}" 2>/dev/null || true
    rm -rf "$scratch"
    [ -n "${DYNASTY_CLUSTER:-}" ] || "$ROOT/pgrx-config/cluster.sh" destroy "$CLUSTER"
}
trap clean_up EXIT

columns="(prospect_id, game_date, season, level, plate_appearances, at_bats, hits, home_runs, walks, outs_pitched, earned_runs, game_number)"
values="date '2019-04-01' + (random() * 180)::int, 2019 + (random() * 3)::int, (ARRAY['A','A+','AA','AAA'])[1 + (random() * 3)::int],
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
UPDATE dynasty.milb_game_logs SET hits = 3, season = 2019 + (id % 4)::int WHERE prospect_id IN (:p, :q) AND id % 50 = 0 AND game_pk IS NULL;
SAVEPOINT s;
DELETE FROM dynasty.milb_game_logs WHERE prospect_id = :p AND id % 7 = 0;
ROLLBACK TO s;
DELETE FROM dynasty.milb_game_logs WHERE prospect_id = :q AND game_number > 1 AND random() < 0.5;
COMMIT;
SQL
cat >"$scratch/majors.sql" <<SQL
\\set p random(1, 200)
INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances, war) VALUES (:p, 2019 + :p % 4, 10, 40, 0.5)
ON CONFLICT (prospect_id, season) DO UPDATE SET plate_appearances = (dynasty.mlb_stats.plate_appearances + 37) % 700;
SQL
cat >"$scratch/read.sql" <<SQL
\\set p random(1, 200)
SELECT count(*) FROM dynasty.season_stats(prospect_ids => ARRAY[:p]);
SELECT count(*) FROM dynasty.prospect_features(:p, 2021);
SELECT count(*) FROM dynasty.derive_label(:p, 2018);
SQL
PGAPPNAME=soak_bench pgbench -n -c 3 -j 1 -T "$seconds" --max-tries 1000 -f "$scratch/one.sql@40" -f "$scratch/many.sql@2" -f "$scratch/change.sql@4" \
    -f "$scratch/majors.sql@4" -f "$scratch/read.sql@4" >"$scratch/pgbench" 2>&1 &
bench=$!

# What the sessions do that are cancelled; each picks at random. One statement a line. To add some: add a line.
cat >"$scratch/work" <<SQL
SELECT dynasty.refresh_season_stats();
SELECT dynasty.refresh_features(2021);
SELECT dynasty.refresh_stale_features(2021);
SELECT dynasty.refresh_stale_features(2021, 'v1.0', '{missing,inputs}');
CALL dynasty.refresh_features_in_batches(2021, batch_size => 20);
SELECT dynasty.refresh_labels(2018, 2022);
SELECT dynasty.refresh_labels(2019, 2023);
SELECT count(*) FROM dynasty.all_features(2021);
SELECT count(*) FROM dynasty.season_stats();
SELECT count(*) FROM dynasty.season_stats_diff();
SELECT count(*) FROM dynasty.stale_features(2021);
SELECT season, dynasty.consistency_cv(hits) FROM dynasty.milb_game_logs GROUP BY season;
SELECT received, rejected FROM reply, dynasty.ingest_game_logs(body);
UPDATE dynasty.milb_game_logs SET level = CASE level WHEN 'A' THEN 'AA' ELSE 'A' END WHERE prospect_id % 20 = 3 AND game_number > 1 AND game_pk IS NULL AND level IN ('A', 'AA') AND game_date < '2019-06-01';
DELETE FROM dynasty.milb_game_logs WHERE prospect_id % 10 = 7 AND game_number > 1 AND random() < 0.3;
INSERT INTO dynasty.milb_game_logs $columns SELECT 1 + i % 200, ${values//$'\n'/} FROM generate_series(1, 3000) i ON CONFLICT DO NOTHING;
SELECT dynasty.prune_game_log_history('1 second');
BEGIN; SELECT dynasty.register_feature_set('soak' || pg_backend_pid(), '{age,bmi}'); ROLLBACK;
VACUUM dynasty.norm_stamps;
SELECT dynasty.predict_all('m', 2021, '2021-12-31');
SELECT dynasty.predict_all('m', 2020, '2020-12-31', explain => false);
SELECT count(*) FROM dynasty.predict_matrix('m', 2022);
SELECT count(*) FROM dynasty.training_set('{2018,2019}', 3);
DO \$\$ BEGIN PERFORM dynasty.train_model('soak', pg_backend_pid()::text, as_of_years => '{2018,2019}', years_to_evaluate => 3, feature_set_version => 'few', lambda => 10, folds => 0); PERFORM dynasty.drop_model('soak', pg_backend_pid()::text); END \$\$;
SELECT count(*) FROM dynasty.feature_drift('m', 2021);
SELECT count(*) FROM dynasty.comparable_players(7, 2021, 5, '{2018,2019}');
DO \$\$ BEGIN PERFORM dynasty.migrate('1.0'); PERFORM dynasty.migrate(); END \$\$;
CALL dynasty.install();
SQL
mapfile -t work <"$scratch/work"
mkdir "$scratch/cancelled"
# A session that lasts: statement after statement, each with a time limit that some of them meet. Prints what its memory was.
session() {
    local number=$1 line
    RANDOM=$((number * 7919 + 1))
    coproc P { PGAPPNAME=soak_cancelled psql -XAtq 2>>"$scratch/cancelled/$number.errors"; }
    local in=${P[1]} out=${P[0]}
    echo '\set VERBOSITY verbose
SET client_min_messages = error;' >&"$in"
    local done=0
    while [ ! -e "$scratch/stop" ]; do
        printf 'SET statement_timeout = %d;\n%s\nROLLBACK;\nRESET statement_timeout;\n\\echo ready\n' $((1 + RANDOM % 3000)) "${work[RANDOM % ${#work[@]}]}" >&"$in" 2>/dev/null
        while read -r -u "$out" line && [ "$line" != ready ]; do :; done
        done=$((done + 1))
        if [ $((done % 20)) = 0 ]; then
            echo "SELECT 'memory ' || (SELECT sum(total_bytes) FROM pg_backend_memory_contexts) || string_agg(' ' || replace(name, ' ', '_') || '=' || kb, '') FROM (
                SELECT name, sum(total_bytes) / 1024 AS kb FROM pg_backend_memory_contexts GROUP BY 1 ORDER BY 2 DESC LIMIT 8) s;
\echo ready" >&"$in"
            # It may be cancelled, too, and print nothing.
            while read -r -u "$out" line && [ "$line" != ready ]; do echo "$line" >>"$scratch/cancelled/$number.memory"; done
        fi
    done
    echo "$done" >"$scratch/cancelled/$number.done"
    exec {in}>&-
    wait "$P_PID" 2>/dev/null || true
}
for number in 1 2 3; do
    session "$number" 2>/dev/null &
    workers+=($!)
done
# Cancels one of them at random, five times in two seconds.
cancels() {
    while [ ! -e "$scratch/stop" ]; do
        psql -XAtqc "SELECT count(pg_cancel_backend(pid)) FROM (SELECT pid FROM pg_stat_activity
            WHERE application_name = 'soak_cancelled' AND state = 'active' ORDER BY random() LIMIT 1) s" >>"$scratch/cancels"
        sleep 0.4
    done
}
cancels &
workers+=($!)
# The extension goes down and up again, each time in a session of its own: PL/pgSQL keeps what it compiled of a function that is
# dropped as long as the session lasts, some 150 kB each time.
updates() {
    touch "$scratch/updates"
    while [ ! -e "$scratch/stop" ]; do
        PGAPPNAME=soak_cancelled psql -XAtq -v VERBOSITY=verbose -c "SET statement_timeout = $((100 + RANDOM % 4000))" -c 'SET client_min_messages = error' \
            -c "ALTER EXTENSION dynasty UPDATE TO '1.0'" -c 'ALTER EXTENSION dynasty UPDATE' 2>>"$scratch/cancelled/updates.errors" && echo 1 >>"$scratch/updates"
        sleep 8
    done
}
updates &
workers+=($!)

# Anonymous memory of the sessions, in kB: what shared buffers they have touched does not count. The least of a few looks,
# since what a statement works with comes and goes.
memory() {
    local pid pids sum least=
    pids=$(psql -XAtc "SELECT pid FROM pg_stat_activity WHERE datname = 'soak' AND application_name LIKE 'soak%' AND pid <> pg_backend_pid()")
    for _ in $(seq 10); do
        sum=0
        for pid in $pids; do
            sum=$((sum + $(awk '/^RssAnon/ {n = $2} END {print n + 0}' "/proc/$pid/status" 2>/dev/null || echo 0)))
        done
        if [ -z "$least" ] || [ "$sum" -lt "$least" ]; then least=$sum; fi
        sleep 0.2
    done
    echo "$least"
}
early= late=0 looks=0
while kill -0 "$bench" 2>/dev/null; do
    for _ in $(seq 30); do sleep 1; kill -0 "$bench" 2>/dev/null || break; done
    kill -0 "$bench" 2>/dev/null || break
    looks=$((looks + 1))
    late=$(memory)
    if [ "$looks" = 3 ]; then early=$late; fi # plans and caches are there by then
    differ=$(psql -XAtc "SELECT count(*) FROM dynasty.season_stats_diff()")
    if [ "$differ" = 0 ]; then say "$SECONDS s: no season line differs, sessions hold $late kB"; else failed "$SECONDS s: $differ season lines differ"; fi
done
touch "$scratch/stop"
wait "${workers[@]}" || true
workers=()
passed "$looks looks while it ran"
if wait "$bench"; then passed "$(sed -n 's/.*transactions actually processed: /transactions: /p' "$scratch/pgbench"), $(cat "$scratch"/cancelled/*.done | awk '{n += $1} END {print n}') statements with a limit, $(awk '{n += $1} END {print n + 0}' "$scratch/cancels") cancels, $(wc -l <"$scratch/updates") updates of the extension down and up"; else failed pgbench; fi
cat "$scratch/pgbench" >&2

# Being cancelled is 57014; two who met are 40P01 (deadlock), 40001, or 23505 where both store one key.
states=$(cat "$scratch"/cancelled/*.errors | sed -n 's/.*ERROR:  \([0-9A-Z]*\): .*/\1/p' | sort | uniq -c | awk '{printf "%s%s x%d", (NR > 1 ? ", " : ""), $2, $1}')
others=$(cat "$scratch"/cancelled/*.errors | grep -E 'ERROR|FATAL|PANIC|terminat' | grep -vE 'ERROR:  (57014|40P01|40001):' | sort | uniq -c | head || true)
if [ -z "$others" ]; then passed "only errors of being cancelled or of meeting: $states"; else failed "other errors: $others"; fi
crashes=$(grep -cE 'PANIC|terminated by signal' "$CLUSTER/data/server.log" || true)
if [ "$crashes" = 0 ]; then passed 'no crash in the server log'; else failed "$crashes crashes in the server log"; fi

check() {
    local what=$1 answer
    answer=$(psql -XAtq -v ON_ERROR_STOP=1 -c 'SET client_min_messages = error' -c "$2" 2>&1) || true
    if [ "$answer" = "$3" ]; then passed "$what"; else failed "$what: $answer"; fi
}
check 'no season line differs' 'SELECT count(*) FROM dynasty.season_stats_diff()' 0
check 'vectors that are not known to be stale are right' "SELECT count(*) FROM dynasty.feature_matrix(2021) a JOIN dynasty.ml_features f USING (prospect_id)
    LEFT JOIN dynasty.stale_features(2021) s USING (prospect_id)
    WHERE f.as_of_year = 2021 AND f.feature_set_version = 'v1.0' AND f.feature_values IS DISTINCT FROM a.feature_values AND s.prospect_id IS NULL" 0
check 'a rebuild changes no season line' 'SELECT dynasty.refresh_season_stats()' 0
check 'stale vectors are refreshed' 'SELECT dynasty.refresh_stale_features(2021) >= 0; SELECT count(*) FROM dynasty.stale_features(2021)' $'t\n0'
check 'every vector is what is computed now' "SELECT count(*) FROM dynasty.feature_matrix(2021) a LEFT JOIN dynasty.ml_features f
    ON f.prospect_id = a.prospect_id AND f.as_of_year = 2021 AND f.feature_set_version = 'v1.0' WHERE f.feature_values IS DISTINCT FROM a.feature_values" 0
check 'kept labels are as derived' "SELECT count(*) FROM dynasty.derive_labels(2018, 2022) d LEFT JOIN dynasty.ml_labels l ON l.prospect_id = d.prospect_id
    AND l.prospect_year = 2018 AND l.evaluation_year = 2022 WHERE l IS NULL OR NOT to_jsonb(l) @> to_jsonb(d)" 0
check 'predictions can be brought up to date, and are what the model says' "SELECT dynasty.predict_all('m', 2021, '2021-12-31') >= 0; SELECT count(*) FROM dynasty.predict_matrix('m', 2021) m
    LEFT JOIN dynasty.ml_predictions p ON p.prospect_id = m.prospect_id AND p.as_of_year = 2021 AND p.model_version = 'm:1' WHERE p.margin IS DISTINCT FROM m.margins[1]" $'t\n0'
check 'the extension can be updated' 'ALTER EXTENSION dynasty UPDATE; SELECT 1' 1
check 'the version is what it was' 'SELECT installed, tables_version, ok FROM dynasty.migration_status()' '1.1|1.1|t'
check 'no scout is lost' 'SELECT count(*) FROM scouts s JOIN dynasty.scouting_grades g USING (id) WHERE s.scout IS DISTINCT FROM g.scout' 0
check 'heaps are whole' "SELECT count(h.*) FROM pg_class c CROSS JOIN LATERAL verify_heapam(c.oid) h WHERE c.relnamespace = 'dynasty'::regnamespace AND c.relkind = 'r'" 0
check 'every row is in every index' "SELECT count(bt_index_check(i.indexrelid, true)) > 10 FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam AND a.amname = 'btree'
    WHERE c.relnamespace = 'dynasty'::regnamespace" t

# Functions that an update drops and makes anew, PL/pgSQL compiles anew and keeps the old until the session ends: 187 kB of plans for
# each update down and up in a session that then calls migrate(), and nothing where nobody updates (versions_memory.sql).
left_by_updates=$((200000 * $(wc -l <"$scratch/updates")))
if [ -n "$early" ]; then
    # 12 MB of slack for six backends: caches of plans and catalog rows that fill up. And what updates leave in three sessions.
    if [ "$late" -le $((early + 12288 + 3 * left_by_updates / 1024)) ]; then passed "memory flat: $early kB after 90 s, $late kB at the end"; else failed "memory grew: $early kB to $late kB"; fi
fi
# In a session that is cancelled again and again, what Postgres itself counts, once 200 statements have filled its caches.
slack=$((4194304 + left_by_updates))
for file in "$scratch"/cancelled/*.memory; do
    if awk -v slack="$slack" '/^memory/ {n++; if (n == 10) first = $2; last = $2} END {exit !(n < 10 || last <= first + slack)}' "$file"; then
        passed "contexts of a cancelled session flat: $(awk '/^memory/ {n++; if (n == 10) first = $2; last = $2} END {print first, "to", last}' "$file") bytes"
    else
        failed "contexts of a cancelled session grew: $(awk '{print $2}' "$file" | tr '\n' ' '); $(sed -n '10p;$p' "$file" | tr '\n' ' ')"
    fi
done
finish soak
