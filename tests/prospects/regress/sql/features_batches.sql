-- refresh_features_in_batches(): commits as it goes, says how far it is, goes on where it was stopped.
SET client_min_messages = warning;
SELECT count(*) > 0 AS played FROM dynasty.simulate_league(100, 2020, 2022, 13);
SET client_min_messages = notice;
CALL dynasty.refresh_features_in_batches(2021, batch_size => 40);
SELECT count(*) AS stored FROM dynasty.ml_features;
SELECT count(*) AS stale FROM dynasty.stale_features(2021);
\echo nothing to do
CALL dynasty.refresh_features_in_batches(2021);

-- It stops in the middle (somebody's row is refused); what is done stays done, and the next call does the rest.
TRUNCATE dynasty.ml_features;
SELECT id AS late FROM dynasty.prospects ORDER BY id OFFSET 75 LIMIT 1 \gset
SELECT format('ALTER TABLE dynasty.ml_features ADD CONSTRAINT stop CHECK (prospect_id <> %s)', :late) \gexec
\set VERBOSITY terse
\set SHOW_CONTEXT never
CALL dynasty.refresh_features_in_batches(2021, batch_size => 20);
SELECT count(*) AS done_before_the_stop FROM dynasty.ml_features;
ALTER TABLE dynasty.ml_features DROP CONSTRAINT stop;
CALL dynasty.refresh_features_in_batches(2021, batch_size => 20);
SELECT count(*) AS stored, count(*) FILTER (WHERE feature_values IS DISTINCT FROM m.v) AS differ
FROM dynasty.ml_features f JOIN (SELECT prospect_id, feature_values AS v FROM dynasty.feature_matrix(2021)) m USING (prospect_id);

-- Arguments.
CALL dynasty.refresh_features_in_batches(NULL);
CALL dynasty.refresh_features_in_batches(2021, batch_size => 0);
CALL dynasty.refresh_features_in_batches(2021, 'v7');
BEGIN;
CALL dynasty.refresh_features_in_batches(2022, batch_size => 20);
ROLLBACK;
