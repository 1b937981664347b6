#!/usr/bin/env bash
# Bytes per row of every table of the prospects system, with its indexes, in a league made by the simulator. `make sizing`.
# Prints a Markdown table; docs/operations.md has one.
set -euo pipefail
. "$(dirname "$0")/../tests/run/lib.sh"
use_cluster
db=sizing
dropdb --if-exists "$db" 2>/dev/null
createdb "$db"
psql -Xq -v ON_ERROR_STOP=1 -d "$db" >/dev/null <<'SQL'
SET client_min_messages = warning;
CREATE EXTENSION dynasty CASCADE;
SELECT dynasty.simulate_league(2000, 2015, 2024, 1);
SELECT dynasty.refresh_features(2024);
SELECT dynasty.refresh_labels(2018, 2022);
INSERT INTO dynasty.ml_predictions (prospect_id, model_version, prediction_date, success_probability, shap_values)
SELECT f.prospect_id, 'm1', '2024-12-01', 0.5, (SELECT jsonb_object_agg(e.key, 0.125) FROM (SELECT * FROM jsonb_each(f.feature_vector) LIMIT 20) e)
FROM dynasty.ml_features f;
-- A correction of every tenth game of a season, which keeps the game as it was (simulated ones are not kept).
UPDATE dynasty.milb_game_logs SET data_source = 'mlb' WHERE season = 2024;
UPDATE dynasty.milb_game_logs SET runs = runs + 1 WHERE season = 2024 AND id % 10 = 0;
VACUUM (FULL, ANALYZE);
SQL
psql -XAt -F ' | ' -d "$db" <<'SQL'
\pset footer off
SELECT '| table | rows | bytes a row | with its indexes |' UNION ALL SELECT '| --- | ---: | ---: | ---: |';
SELECT '| ' || c.relname, to_char(c.reltuples, 'FM999,999,999'), round(pg_table_size(c.oid) / c.reltuples),
    round(pg_total_relation_size(c.oid) / c.reltuples) || ' |'
FROM pg_class c WHERE c.relnamespace = 'dynasty'::regnamespace AND c.relkind = 'r' AND c.reltuples >= 100
ORDER BY pg_total_relation_size(c.oid) DESC;
SQL
dropdb "$db"
