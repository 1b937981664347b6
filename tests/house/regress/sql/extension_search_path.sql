-- A hostile search_path with tables, functions and operators of the same names changes nothing.
-- (A procedure that commits may not set its path; it qualifies everything.)
SELECT p.oid::regprocedure AS without_search_path FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
WHERE p.pronamespace::regnamespace::text LIKE 'dynasty%' AND l.lanname IN ('sql', 'plpgsql')
  AND NOT coalesce(p.proconfig && '{"search_path=pg_catalog, pg_temp"}', false);
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/../../prospects/regress/season_setup.sql'
\i :setup
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits, game_type)
SELECT p, date '2020-06-01' + n, 2020, 'A', 4, n % 3, CASE n % 2 WHEN 0 THEN 'Regular' END FROM generate_series(1, 3) p, generate_series(1, 9) n;
CREATE TEMP VIEW everything AS
SELECT (SELECT count(*) FROM dynasty.season_stats()) AS lines, (SELECT sum(total_hits) FROM dynasty.season_stats('{Regular}', '{1,2}')) AS hits,
       (SELECT count(*) FROM dynasty.season_stats_diff()) AS diff, abs(dynasty.hit_consistency_cv(1, 2020, 'A') - sqrt(0.75)) < 1e-15 AS cv,
       (SELECT count(*) FROM dynasty.data_quality) AS findings;
SELECT * FROM everything;
CREATE SCHEMA evil;
CREATE TABLE evil.milb_game_logs (prospect_id integer);
CREATE TABLE evil.milb_season_stats (prospect_id integer);
CREATE TABLE evil.prospects (id integer);
CREATE TABLE evil.pg_class (oid oid, relname name);
CREATE FUNCTION evil.no(anyelement, anyelement) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE 'evil operator called'; END $$;
CREATE OPERATOR evil.= (LEFTARG = anyelement, RIGHTARG = anyelement, FUNCTION = evil.no);
CREATE OPERATOR evil.> (LEFTARG = anyelement, RIGHTARG = anyelement, FUNCTION = evil.no);
-- Exact matches, which would win over anyelement and over pg_catalog's own.
CREATE FUNCTION evil.int_no(integer, integer) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE 'evil operator called'; END $$;
CREATE OPERATOR evil.= (LEFTARG = integer, RIGHTARG = integer, FUNCTION = evil.int_no);
CREATE OPERATOR evil.<> (LEFTARG = integer, RIGHTARG = integer, FUNCTION = evil.int_no);
CREATE OPERATOR evil.> (LEFTARG = integer, RIGHTARG = integer, FUNCTION = evil.int_no);
CREATE FUNCTION evil.big_no(bigint, bigint) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE 'evil operator called'; END $$;
CREATE OPERATOR evil.> (LEFTARG = bigint, RIGHTARG = bigint, FUNCTION = evil.big_no);
CREATE FUNCTION evil.text_no(text, text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE 'evil operator called'; END $$;
CREATE OPERATOR evil.= (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.text_no);
CREATE FUNCTION evil.to_regclass(text) RETURNS regclass LANGUAGE plpgsql AS $$ BEGIN RAISE 'evil function called'; END $$;
CREATE FUNCTION evil.format(text, VARIADIC text[]) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE 'evil function called'; END $$;
CREATE FUNCTION evil.now() RETURNS timestamptz LANGUAGE plpgsql AS $$ BEGIN RAISE 'evil function called'; END $$;
SET search_path = evil, pg_catalog, pg_temp;
SELECT 1 = 1; -- the trap works
SELECT * FROM pg_temp.everything;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-07-01', 2020, 'A', 4, 4), (3, '2020-07-01', 2021, 'A', 4, 4);
DELETE FROM dynasty.milb_game_logs WHERE game_date OPERATOR(pg_catalog.=) '2020-06-09';
UPDATE dynasty.milb_game_logs SET level = 'AA' WHERE prospect_id OPERATOR(pg_catalog.=) 2;
SELECT dynasty.refresh_season_stats();
CALL dynasty.install();
-- The loaders and the simulator fix their path, since IS DISTINCT FROM and CASE cannot be qualified.
SELECT inserted, updated, unchanged, rejected FROM dynasty.ingest_people('{"people": [{"id": 600001, "fullName": "Some One", "primaryPosition": {"abbreviation": "SS"}}]}');
SELECT inserted, updated, unchanged, rejected FROM dynasty.ingest_game_logs('{"stats": [{"type": "gameLog", "group": "hitting", "splits": [{"season": "2022", "date": "2022-05-01", "gameType": "R", "sport": {"id": 14}, "player": {"id": 600001}, "game": {"gamePk": 7, "gameNumber": 1}, "stat": {"gamesPlayed": 1, "atBats": 4, "hits": 2, "plateAppearances": 4}}]}]}');
SELECT inserted, updated, unchanged, rejected FROM dynasty.ingest_mlb_stats('[{"mlb_id": 600001, "season": 2023, "games_played": 3, "war": 0.1}]');
SELECT inserted, updated, unchanged, rejected FROM dynasty.ingest_mlb_stats('[{"mlb_id": 600001, "season": 2023, "games_played": 4, "war": 0.2}]');
SELECT count(*) FROM dynasty.simulate_league(3, 2022, 2022, 1);
-- Labels and predictions.
CREATE TABLE evil.mlb_stats (prospect_id integer);
CREATE TABLE evil.ml_labels (prospect_id integer);
CREATE TABLE evil.label_windows (prospect_year integer);
CREATE DOMAIN evil.date AS integer;
CREATE DOMAIN evil.int4 AS text;
CREATE FUNCTION evil.max(integer) RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RAISE 'evil function called'; END $$;
SELECT prospect_id, total_games, window_complete FROM dynasty.derive_labels(2020, 2024, 2023, prospect_ids => '{1,2}');
SELECT count(*) FROM dynasty.derive_label(1, 2020);
SELECT evaluation_year, data_through_year FROM dynasty.label_window(2020);
SELECT dynasty.refresh_labels(2020, 2024, 2023, prospect_ids => '{1,2}');
CALL dynasty.keep_labels_current(2020, 2023);
UPDATE dynasty.mlb_stats SET games_played = 5 WHERE season OPERATOR(pg_catalog.=) 2023;
SELECT total_games FROM dynasty.ml_labels WHERE total_games OPERATOR(pg_catalog.=) 5;
SELECT dynasty.record_prediction(1, 'm', '2024-01-01', 0.7, shap_values => '{"age": 1, "career_pa": -2}') IS NOT NULL AS stored;
-- Versions and roles: with functions, operators and tables that a hostile owner of the first schema would like to be called.
CREATE TABLE evil.schema_versions (version text, applied_at timestamptz DEFAULT pg_catalog.now(), direction text, pending jsonb);
INSERT INTO evil.schema_versions (version, direction) VALUES ('9.9', 'install');
CREATE TABLE evil.scouting_grades (scout text);
CREATE TABLE evil.pg_proc (oid oid, proname name, pronamespace oid);
CREATE TABLE evil.pg_extension (oid oid, extname name, extversion text);
CREATE TABLE evil.pg_roles (rolname name);
CREATE FUNCTION evil.regexp_match(text, text) RETURNS text[] LANGUAGE plpgsql AS $$ BEGIN RAISE 'evil function called'; END $$;
CREATE FUNCTION evil.string_to_array(text, text) RETURNS text[] LANGUAGE plpgsql AS $$ BEGIN RAISE 'evil function called'; END $$;
CREATE FUNCTION evil.clock_timestamp() RETURNS timestamptz LANGUAGE plpgsql AS $$ BEGIN RAISE 'evil function called'; END $$;
CREATE FUNCTION evil.current_setting(text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE 'evil function called'; END $$;
CREATE FUNCTION evil.migrate(text DEFAULT NULL) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE 'evil function called'; END $$;
CREATE FUNCTION evil.ints_no(integer[], integer[]) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE 'evil operator called'; END $$;
CREATE OPERATOR evil.<= (LEFTARG = integer[], RIGHTARG = integer[], FUNCTION = evil.ints_no);
CREATE OPERATOR evil.< (LEFTARG = integer[], RIGHTARG = integer[], FUNCTION = evil.ints_no);
CREATE FUNCTION evil.text_two(text, text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE 'evil operator called'; END $$;
CREATE OPERATOR evil.|| (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.text_two);
SELECT installed, tables_version, ok FROM dynasty.migration_status();
SELECT dynasty.migrate('1.0');
SELECT dynasty.migrate();
ALTER EXTENSION dynasty UPDATE TO '1.0';
ALTER EXTENSION dynasty UPDATE;
SELECT installed, tables_version, ok FROM dynasty.migration_status();
SELECT count(*) FROM dynasty.scout_record();
SELECT count(*) OPERATOR(pg_catalog.>) 100 AS statements FROM dynasty.setup_roles(dry_run => true);
CALL dynasty.maintain_on_subscriber();
CALL dynasty.maintain_on_subscriber(false);
-- Hidden even from pg_catalog: temporary objects come first unless a path says otherwise.
CREATE TEMP TABLE schema_versions (version text);
CREATE TEMP TABLE pg_class (oid oid);
SELECT installed, tables_version, ok FROM dynasty.migration_status();
SELECT count(*) FROM dynasty.season_stats();
DROP TABLE pg_temp.schema_versions, pg_temp.pg_class;
-- Under row security season_stats() goes through SQL.
CREATE ROLE dynasty_path;
GRANT USAGE ON SCHEMA dynasty, evil TO dynasty_path;
GRANT SELECT ON dynasty.milb_game_logs, dynasty.prospects TO dynasty_path;
ALTER TABLE dynasty.milb_game_logs ENABLE ROW LEVEL SECURITY;
CREATE POLICY all_rows ON dynasty.milb_game_logs USING (true);
SET ROLE dynasty_path;
SELECT prospect_id, season, level, total_hits FROM dynasty.season_stats('{Regular}', '{1,3}');
RESET ROLE;
RESET search_path;
SELECT * FROM healthy;
DROP OWNED BY dynasty_path;
DROP ROLE dynasty_path;
