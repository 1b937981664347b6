#!/usr/bin/env bash
# Random queries over the tables and functions by SQLsmith (Debian: sqlsmith), for SECONDS_TO_RUN, as a role that may use all of
# schema dynasty. Nearly every query ends in an error or in nothing; what must not happen is a crash, a panic, an internal
# error (XX000) of the extension, or season lines that do not agree with the games afterwards.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
if ! command -v sqlsmith >/dev/null; then
    passed 'SKIPPED: sqlsmith is not installed (apt-get install sqlsmith)'
    finish sqlsmith
    exit
fi
use_cluster
LOG_FROM=() # the log is looked at below: random queries meet internal errors of the server's own, too
seconds=${SECONDS_TO_RUN:-60}
seed=${SMITH_SEED:-$RANDOM}
dropdb --if-exists smith 2>/dev/null
psql -Xq -c 'DROP ROLE IF EXISTS smith' 2>/dev/null
createdb -T dynasty_template smith
psql -Xq -v ON_ERROR_STOP=1 -d smith >/dev/null <<'SQL'
SET client_min_messages = error;
SELECT dynasty.simulate_league(40, 2019, 2022, 3);
SELECT dynasty.refresh_features(2021);
CALL dynasty.keep_labels_current(2019, 2022);
SELECT dynasty.register_feature_set('few', '{age,career_ops,max_level}');
SELECT model FROM dynasty.train_model('m', '1', as_of_years => '{2019,2020}', years_to_evaluate => 2, feature_set_version => 'few', lambda => 10, folds => 0);
SELECT dynasty.predict_all('m', y, make_date(y, 12, 31)) FROM generate_series(2020, 2021) y;
CREATE ROLE smith LOGIN;
GRANT ALL ON SCHEMA dynasty TO smith;
GRANT ALL ON ALL TABLES IN SCHEMA dynasty TO smith;
GRANT ALL ON ALL SEQUENCES IN SCHEMA dynasty TO smith;
GRANT EXECUTE ON ALL ROUTINES IN SCHEMA dynasty TO smith;
ALTER ROLE smith SET statement_timeout = '3s';
ALTER ROLE smith SET log_error_verbosity = verbose;
ALTER SYSTEM SET log_error_verbosity = verbose;
ALTER SYSTEM SET track_functions = 'all';
SQL
psql -Xqc 'SELECT pg_reload_conf()' >/dev/null
log=$CLUSTER/data/server.log
from=$(wc -c <"$log")
out=$(mktemp)
# Functions in expressions are drawn from all there are; those of pg_catalog are many, so the extension's are called rarely
# but in every position.
timeout "$seconds" sqlsmith --target="host=$PGHOST port=$PGPORT user=smith dbname=smith" --exclude-catalog --seed="$seed" --verbose >"$out" 2>&1 || [ $? = 124 ]
queries=$(grep -o 'queries: [0-9]*' "$out" | tail -n 1 | tr -dc 0-9)
errors=$(mktemp)
tail -c "+$((from + 1))" "$log" >"$errors"
say "sqlsmith: seed $seed, $(psql -XAtd smith -c "SELECT count(*) || ' functions of the extension called, ' || coalesce(sum(calls), 0) || ' times' FROM pg_stat_user_functions WHERE schemaname = 'dynasty'")"
if [ "${queries:-0}" -gt 0 ]; then passed "$queries queries of seed $seed in $seconds s"; else failed 'no query was run'; tail -n 5 "$out"; fi
if ! grep -E 'PANIC|terminated by signal|panicked at' "$errors"; then passed 'no crash and no panic'; else failed 'a crash or a panic'; fi
# An internal error names the place it comes from: ours are in Rust.
internal=$(grep -A8 'ERROR:  XX' "$errors" | grep -B8 -E 'LOCATION: .*\.rs:' || true)
if [ -z "$internal" ]; then passed 'no internal error of the extension'; else failed "internal errors: $internal"; fi
psql -Xq -c 'ALTER SYSTEM RESET log_error_verbosity' -c 'ALTER SYSTEM RESET track_functions' -c 'SELECT pg_reload_conf()' >/dev/null
differ=$(psql -XAtd smith -c 'SELECT count(*) FROM dynasty.season_stats_diff()')
if [ "$differ" = 0 ]; then passed 'no season line differs'; else failed "$differ season lines differ"; fi
dropdb smith
psql -Xqc 'DROP ROLE smith'
rm -f "$out" "$errors"
finish sqlsmith
