-- SQL_ASCII says nothing of its bytes: UTF-8 passes as it is, anything else is refused where it must be understood, and never replaced.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/encoding_setup.sql'
\set walk :abs_srcdir '/encoding_calls.sql'
\set end :abs_srcdir '/encoding_end.sql'
\set encoding sql_ascii
\i :setup

SELECT * FROM dynasty.ingest_people('{"people": [{"id": 5, "fullName": "José Peña", "primaryPosition": {"abbreviation": "SS"}, "birthCountry": "日本"}]}');
SELECT name, birth_country, octet_length(name) FROM dynasty.prospects;
SELECT dynasty.feature_names('é');
-- LATIN1's é.
SELECT dynasty.ingest_people(E'{"people": [{"id": 6, "fullName": "Jos\xe9", "primaryPosition": {"abbreviation": "SS"}}]}');
SELECT dynasty.feature_names(E'v\xe9');
SELECT dynasty.predict(E'\xe9:1', 1, 2020);
SELECT dynasty.register_feature_set('x', ARRAY[E'\xe9']);
SELECT dynasty.explain_feature(1, 2020, E'\xe9');
SELECT dynasty.record_prediction(1, E'\xe9', '2024-01-01', 0.5);
SELECT dynasty.predict('m', E'{"\xe9": 1}'::jsonb);
SELECT dynasty.hit_consistency_cv(1, 2024, E'\xe9');
SELECT dynasty.register_model('m', '1', 'linear', E'{"kind": "linear", "feature_names": ["\xe9"], "coef": [1], "intercept": 0}');
-- Levels are compared, not understood.
ALTER TABLE dynasty.milb_game_logs DROP CONSTRAINT valid_level;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) SELECT id, '2024-06-01', 2024, E'\xe9', 4, 2 FROM dynasty.prospects;
SELECT encode(level::bytea, 'hex') AS level, games_played FROM dynasty.milb_season_stats;
SELECT encode(level::bytea, 'hex') AS level, games_played FROM dynasty.season_stats(ARRAY[E'\xe9', 'Regular']);
SELECT count(*) FROM dynasty.season_stats_diff();
DELETE FROM dynasty.milb_game_logs;
-- An error of the server has its own bytes.
CREATE FUNCTION grumble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION E'no ser\xe1'; END $$;
CREATE TRIGGER grumble BEFORE INSERT ON dynasty.milb_season_stats FOR EACH ROW EXECUTE FUNCTION grumble();
DO $$ BEGIN
    INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats) SELECT id, '2024-06-01', 2024, 'A', 4 FROM dynasty.prospects;
EXCEPTION WHEN OTHERS THEN RAISE INFO '%', encode(SQLERRM::bytea, 'escape'); END $$;
DROP TRIGGER grumble ON dynasty.milb_season_stats;

CREATE TABLE letters AS SELECT '漢é' AS l, '<none>' AS misread, convert_from('\xefbfbd', 'SQL_ASCII') AS replaced;
\i :walk
SELECT count(*) > 3 AS accented FROM dynasty.prospects WHERE name ~ 'á|é|í|ñ|ó|ú';
\i :end
