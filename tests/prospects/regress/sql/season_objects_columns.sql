-- Columns that users add to the season lines get what an ordinary INSERT gives them, or its error.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
CREATE FUNCTION pg_temp.outcome(statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE statement;
    RETURN 'done';
EXCEPTION WHEN OTHERS THEN
    RETURN SQLSTATE || ': ' || SQLERRM;
END $$;
\set game1 'INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, ''2020-06-01'', 2020, ''A'', 4, 2)'
\set game2 'INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (2, ''2020-06-01'', 2020, ''A'', 4, 2)'

-- Domains: NOT NULL without default, NOT NULL with one, a CHECK, one over another.
BEGIN;
CREATE DOMAIN public.grade AS integer NOT NULL;
CREATE DOMAIN public.better_grade AS public.grade CHECK (VALUE > 20);
CREATE DOMAIN public.grade_40 AS integer NOT NULL DEFAULT 40;
ALTER TABLE dynasty.milb_season_stats ADD grade public.grade;
SELECT pg_temp.outcome(:'game1');
ALTER TABLE dynasty.milb_season_stats ALTER grade TYPE public.better_grade;
SELECT pg_temp.outcome(:'game1');
ALTER TABLE dynasty.milb_season_stats ALTER grade SET DEFAULT 10;
SELECT pg_temp.outcome(:'game1');
ALTER TABLE dynasty.milb_season_stats ALTER grade SET DEFAULT 50;
SELECT pg_temp.outcome(:'game1');
ALTER TABLE dynasty.milb_season_stats ALTER grade TYPE public.grade_40, ALTER grade DROP DEFAULT;
SELECT pg_temp.outcome(:'game2');
SELECT prospect_id, grade FROM dynasty.milb_season_stats ORDER BY 1;
SELECT * FROM healthy;
ROLLBACK;

-- Domains over the right types, where the extension's own columns have them; their constraints hold for what it writes.
BEGIN;
CREATE DOMAIN public.few AS bigint CHECK (VALUE < 5);
CREATE DOMAIN public.rate AS numeric CHECK (VALUE <= 1);
CREATE DOMAIN public.level_name AS varchar(20) CHECK (VALUE <> 'AA');
CREATE DOMAIN public.someone AS integer;
SET LOCAL client_min_messages = warning;
DROP VIEW lines, healthy, seed_differences;
DROP VIEW dynasty.data_quality CASCADE;
ALTER TABLE dynasty.milb_season_stats ALTER total_hits TYPE public.few, ALTER avg TYPE public.rate, ALTER level TYPE public.level_name, ALTER prospect_id TYPE public.someone;
SELECT pg_temp.outcome(:'game1');
SELECT prospect_id, level, total_hits, avg FROM dynasty.milb_season_stats;
SELECT pg_temp.outcome('UPDATE dynasty.milb_game_logs SET hits = 5, at_bats = 5');
SELECT pg_temp.outcome('UPDATE dynasty.milb_game_logs SET hits = 4, at_bats = 3');
SELECT pg_temp.outcome($$UPDATE dynasty.milb_game_logs SET level = 'AA'$$);
SELECT pg_temp.outcome('UPDATE dynasty.milb_game_logs SET hits = 3');
SELECT prospect_id, level, total_hits, avg FROM dynasty.milb_season_stats;
SELECT count(*) FROM dynasty.season_stats_diff();
ROLLBACK;

-- NOT NULL without default, identity, serial, a default of a function of the user's, one that fails.
BEGIN;
ALTER TABLE dynasty.milb_season_stats ADD needed text NOT NULL;
SELECT pg_temp.outcome(:'game1');
ALTER TABLE dynasty.milb_season_stats ALTER needed SET DEFAULT 1 / 0;
SELECT pg_temp.outcome(:'game1');
CREATE FUNCTION public.words() RETURNS text LANGUAGE sql RETURN 'in ' || current_setting('search_path') || ' as ' || current_user;
SET LOCAL search_path = public;
ALTER TABLE dynasty.milb_season_stats ALTER needed SET DEFAULT public.words();
ALTER TABLE dynasty.milb_season_stats ADD line_id bigint GENERATED ALWAYS AS IDENTITY (START 100), ADD number serial;
SELECT pg_temp.outcome(:'game1');
SELECT pg_temp.outcome(:'game2');
SELECT prospect_id, needed, line_id, number FROM dynasty.milb_season_stats ORDER BY 1;
UPDATE dynasty.milb_game_logs SET hits = 1;
SELECT prospect_id, needed, line_id, number, total_hits FROM dynasty.milb_season_stats ORDER BY 1;
SELECT * FROM healthy;
ROLLBACK;

-- Generated columns: of the key, of a stored column, of a column of the user's with a default, of the row as a whole; in new
-- lines and old ones of one statement, whichever comes first.
BEGIN;
ALTER TABLE dynasty.milb_season_stats ADD bonus int DEFAULT 7,
    ADD of_key text GENERATED ALWAYS AS (level || season) STORED,
    ADD of_hits bigint GENERATED ALWAYS AS (total_hits * 10) STORED,
    ADD of_bonus int GENERATED ALWAYS AS (bonus + 1) STORED;
SELECT pg_temp.outcome(:'game2');
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (1, '2020-06-02', 2020, 'AA', 1), (2, '2020-06-02', 2020, 'A', 1), (3, '2020-06-02', 2020, 'A', 3);
SELECT prospect_id, total_hits, of_key, of_hits, of_bonus FROM dynasty.milb_season_stats ORDER BY 1;
UPDATE dynasty.milb_season_stats SET bonus = 1 WHERE prospect_id = 2;
UPDATE dynasty.milb_game_logs SET hits = hits + 1;
SELECT prospect_id, total_hits, of_key, of_hits, of_bonus FROM dynasty.milb_season_stats ORDER BY 1;
CREATE FUNCTION pg_temp.other_bonus() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.bonus := 100; RETURN NEW; END $$;
CREATE TRIGGER other BEFORE INSERT OR UPDATE ON dynasty.milb_season_stats FOR EACH ROW EXECUTE FUNCTION pg_temp.other_bonus();
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (1, '2021-06-02', 2021, 'AA', 1), (2, '2020-06-03', 2020, 'A', 1);
SELECT prospect_id, season, total_hits, of_key, of_hits, of_bonus FROM dynasty.milb_season_stats ORDER BY 1, 2;
SELECT * FROM healthy;
CREATE FUNCTION pg_temp.tell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE '% of %: % to %', TG_NAME, NEW.prospect_id, OLD.of_hits, NEW.of_hits; RETURN NULL; END $$;
CREATE TRIGGER told AFTER UPDATE OF of_hits ON dynasty.milb_season_stats FOR EACH ROW EXECUTE FUNCTION pg_temp.tell();
UPDATE dynasty.milb_game_logs SET hits = hits + 1 WHERE prospect_id = 3;
DROP TRIGGER other ON dynasty.milb_season_stats;
UPDATE dynasty.milb_game_logs SET hits = hits + 1 WHERE prospect_id = 3;
ROLLBACK;

-- A CHECK over columns of both.
BEGIN;
ALTER TABLE dynasty.milb_season_stats ADD most int DEFAULT 3, ADD CHECK (total_hits <= most);
SELECT pg_temp.outcome(:'game1');
SELECT pg_temp.outcome('UPDATE dynasty.milb_game_logs SET hits = 4');
UPDATE dynasty.milb_season_stats SET most = 4;
SELECT pg_temp.outcome('UPDATE dynasty.milb_game_logs SET hits = 4');
SELECT * FROM lines;
ROLLBACK;

-- More columns than are usual, dropped ones between, old rows without the new ones.
BEGIN;
SELECT pg_temp.outcome(:'game1');
DO $$ BEGIN FOR i IN 1..60 LOOP EXECUTE format('ALTER TABLE dynasty.milb_season_stats ADD c%s text DEFAULT %L', i, i); IF i % 3 = 0 THEN EXECUTE format('ALTER TABLE dynasty.milb_season_stats DROP c%s', i); END IF; END LOOP; END $$;
SELECT pg_temp.outcome(:'game2');
UPDATE dynasty.milb_game_logs SET hits = 1;
SELECT prospect_id, total_hits, c1, c2, c4, c59 FROM dynasty.milb_season_stats ORDER BY 1;
SELECT * FROM healthy;
ROLLBACK;
