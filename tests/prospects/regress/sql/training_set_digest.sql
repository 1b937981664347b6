-- A training set is known again by its digest: the same data and arguments, the same digest; another value anywhere, another one.
SET client_min_messages = warning;
SELECT count(*) FROM dynasty.simulate_league(60, 2012, 2020, 7);
CREATE FUNCTION pg_temp.digest() RETURNS text LANGUAGE sql AS $$ SELECT digest FROM dynasty.training_set_summary('{2014,2015,2016}', data_through_year => 2020) $$;
CREATE TEMP TABLE seen AS SELECT 'first' AS what, pg_temp.digest() AS digest;
SELECT digest ~ '^[0-9a-f]{64}$' AS looks_like_one, digest = pg_temp.digest() AS again FROM seen;
-- Each of these changes something that a row shows.
CREATE TEMP TABLE change (ord serial, statement text);
INSERT INTO change (statement) VALUES
    ('UPDATE dynasty.milb_game_logs SET hits = hits + 1, at_bats = at_bats + 1, plate_appearances = plate_appearances + 1 WHERE id = (SELECT min(id) FROM dynasty.milb_game_logs WHERE season = 2014 AND game_type = ''Regular'' AND at_bats > 0)'),
    ('UPDATE dynasty.prospects SET weight_lbs = weight_lbs + 1 WHERE id = (SELECT min(prospect_id) FROM dynasty.training_set(''{2014}''))'),
    ('DELETE FROM dynasty.milb_game_logs WHERE id = (SELECT max(id) FROM dynasty.milb_game_logs WHERE season = 2016 AND game_type = ''Regular'')'),
    ('INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances, war) SELECT max(prospect_id), 2017, 160, 700, 9.0 FROM dynasty.training_set(''{2016}'')
      ON CONFLICT (prospect_id, season) DO UPDATE SET plate_appearances = 700, war = 9.0'),
    ('UPDATE dynasty.mlb_stats SET war = -1.0, plate_appearances = 700 WHERE season = 2017 AND plate_appearances = 700');
DO $$
DECLARE
    item record;
BEGIN
    FOR item IN SELECT * FROM change ORDER BY ord LOOP
        EXECUTE item.statement;
        INSERT INTO seen VALUES (item.ord::text, pg_temp.digest());
    END LOOP;
END $$;
SELECT count(*) AS digests, count(DISTINCT digest) AS different FROM seen;
-- So does every argument.
SELECT count(*) AS digests, count(DISTINCT digest) AS different FROM (
    SELECT digest FROM dynasty.training_set_summary('{2014,2015,2016}')
    UNION ALL SELECT digest FROM dynasty.training_set_summary('{2014,2015}') UNION ALL SELECT digest FROM dynasty.training_set_summary('{2014,2015,2016}', 3)
    UNION ALL SELECT digest FROM dynasty.training_set_summary('{2014,2015,2016}', config => '{"min_pa": 50, "min_outs": 20}')
    UNION ALL SELECT digest FROM dynasty.training_set_summary('{2014,2015,2016}', population => 'known') UNION ALL SELECT digest FROM dynasty.training_set_summary('{2014,2015,2016}', seed => 2)
    UNION ALL SELECT digest FROM dynasty.training_set_summary('{2014,2015,2016}', test_share => 0.6) UNION ALL SELECT digest FROM dynasty.training_set_summary('{2014,2015,2016}', split => 'time')
    UNION ALL SELECT digest FROM dynasty.training_set_summary('{2014,2015,2016,2018}', include_open => true)) d;
-- How the rows are stored is not in them: a rewritten table, another order of its rows.
CREATE TEMP TABLE last AS SELECT pg_temp.digest() AS digest;
CLUSTER dynasty.milb_game_logs USING milb_game_logs_pkey;
UPDATE dynasty.milb_game_logs SET hits = hits WHERE id % 3 = 0;
SELECT digest = pg_temp.digest() AS again FROM last;
-- Recorded with how far the data went.
SELECT dynasty.record_training_set('{2014,2015,2016}') = (SELECT digest FROM last) AS recorded;
SELECT dynasty.record_training_set('{2014,2015,2016}', data_through_year => 2020) = (SELECT digest FROM last) AS recorded_once_more;
SELECT as_of_years, years_to_evaluate, feature_set_version, config, data_through_year, split, test_share, population, seed, row_count = train_rows + test_rows AS adds_up,
       created_by = session_user AS by_me, data_marks -> 'mlb_stats' ->> 'rows' = (SELECT count(*)::text FROM dynasty.mlb_stats) AS marks FROM dynasty.training_sets;
SELECT digest_now = digest AS same_digest, is_same, changed_tables FROM last, dynasty.check_training_set(digest);
-- A later season moves marks, not the set: it is judged by the year it was made with.
INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances) SELECT min(id), 2021, 1, 1 FROM dynasty.prospects;
SELECT is_same, changed_tables FROM last, dynasty.check_training_set(digest);
UPDATE dynasty.milb_game_logs SET strikeouts = strikeouts + 1, at_bats = at_bats + 1, plate_appearances = plate_appearances + 1
WHERE id = (SELECT max(id) FROM dynasty.milb_game_logs WHERE season = 2015 AND game_type = 'Regular' AND at_bats > 0);
SELECT is_same, changed_tables FROM last, dynasty.check_training_set(digest);
\set VERBOSITY terse
SELECT * FROM dynasty.check_training_set('0123');
SELECT * FROM dynasty.check_training_set(NULL);
SELECT dynasty.record_training_set(NULL);
