-- The functions run in parallel workers, with the same values; also over rows that the transaction has just written.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/features_setup.sql'
\i :setup
SELECT count(*) FROM dynasty.simulate_league(40, 2014, 2018, 21);
CREATE TABLE before AS SELECT prospect_id, array_send(feature_values) AS bytes FROM dynasty.feature_matrix(2018);
CREATE TABLE ids AS SELECT id FROM dynasty.prospects, generate_series(1, 20);
ANALYZE ids;
ANALYZE before;
SELECT proname, proparallel FROM pg_proc WHERE pronamespace = 'dynasty'::regnamespace AND proname IN ('prospect_features', 'all_features', 'feature_matrix', 'feature_catalogue', 'feature_names') ORDER BY 1;
-- Server 16 gave the setting another name.
SELECT CASE WHEN current_setting('server_version_num')::int < 160000 THEN 'force_parallel_mode' ELSE 'debug_parallel_query' END AS forced \gset
SET :forced = on;
EXPLAIN (COSTS OFF) SELECT count(*) FROM dynasty.feature_matrix(2018) m JOIN before b USING (prospect_id) WHERE b.bytes = array_send(m.feature_values);
SELECT count(*) FROM dynasty.feature_matrix(2018) m JOIN before b USING (prospect_id) WHERE b.bytes = array_send(m.feature_values);
SELECT count(*) FROM dynasty.all_features(2018) m JOIN before b USING (prospect_id) WHERE b.bytes = array_send(m.feature_values) AND m.feature_vector IS NOT NULL;
SELECT count(*) FROM dynasty.feature_catalogue();
SELECT cardinality(dynasty.feature_names());
SET :forced = off;
-- Real workers, each with its part of the prospects.
SET max_parallel_workers_per_gather = 2;
SET min_parallel_table_scan_size = 0;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET parallel_leader_participation = off;
EXPLAIN (COSTS OFF) SELECT ids.id, count(*) FROM ids, dynasty.prospect_features(ids.id, 2018) f GROUP BY 1;
SELECT count(*) AS rows, count(*) FILTER (WHERE array_send(f.feature_values) = b.bytes) AS same FROM ids, dynasty.prospect_features(ids.id, 2018) f JOIN before b USING (prospect_id);
-- In a transaction that has written: the workers see its rows, and their norms.
BEGIN;
UPDATE dynasty.milb_game_logs SET strikeouts = coalesce(strikeouts, 0) + 1, hits = 0 WHERE id % 3 = 0;
UPDATE dynasty.milb_game_logs SET strikeouts = strikeouts + 1 WHERE id % 6 = 0;
DELETE FROM dynasty.milb_game_logs WHERE id % 7 = 0;
SAVEPOINT a;
UPDATE dynasty.prospects SET birth_date = birth_date - 100 WHERE id % 2 = 0;
CREATE TABLE now AS SELECT prospect_id, array_send(feature_values) AS bytes FROM dynasty.feature_matrix(2018);
SELECT count(*) FILTER (WHERE b.bytes <> n.bytes) > 30 AS changed FROM before b JOIN now n USING (prospect_id);
SELECT count(*) AS rows, count(*) FILTER (WHERE array_send(f.feature_values) = n.bytes) AS same FROM ids, dynasty.prospect_features(ids.id, 2018) f JOIN now n USING (prospect_id);
SET LOCAL :forced = on;
SELECT count(*) FROM dynasty.feature_matrix(2018) m JOIN now n USING (prospect_id) WHERE n.bytes = array_send(m.feature_values);
-- Errors come back from a worker as they are.
\set VERBOSITY terse
SELECT count(*) FROM dynasty.feature_matrix(2999);
\echo :LAST_ERROR_SQLSTATE
ROLLBACK;
SELECT count(*) AS rows, count(*) FILTER (WHERE array_send(f.feature_values) = b.bytes) AS same FROM ids, dynasty.prospect_features(ids.id, 2018) f JOIN before b USING (prospect_id);
