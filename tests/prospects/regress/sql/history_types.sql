-- The history of game logs whose columns are of other types: converted as an INSERT converts, by the writer's own casts, or refused by
-- name; never read as bytes.
SET client_min_messages = warning;
\set VERBOSITY terse
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'One', 'SS');
INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_date, season, level, at_bats, hits, game_type, is_home) SELECT i, 1, date '2020-06-01' + i, 2020, 'A', 4, 2, 'Regular', true FROM generate_series(1, 9) i;
-- Columns that a view uses could not be changed.
SELECT 'DROP VIEW ' || string_agg(oid::regclass::text, ', ') || ' CASCADE' FROM pg_class WHERE relnamespace = 'dynasty'::regnamespace AND relkind = 'v' \gexec
CREATE FUNCTION kept_of(change text, undo text) RETURNS TABLE (kept text) LANGUAGE plpgsql AS $$
DECLARE
    hint text;
BEGIN
    EXECUTE change;
    DELETE FROM dynasty.milb_game_logs_history;
    UPDATE dynasty.milb_game_logs SET caught_stealing = coalesce(caught_stealing, 0) + 1 WHERE id = 1;
    UPDATE dynasty.milb_game_logs SET rbi = coalesce(rbi, 0) + 1 WHERE id = 1;
    DELETE FROM dynasty.milb_game_logs WHERE id = 2;
    RETURN QUERY SELECT k::text FROM (SELECT h.id, h.prospect_id, h.game_date, h.season, h.level, h.game_type, h.is_home, h.at_bats, h.pitches_seen FROM dynasty.milb_game_logs_history h ORDER BY h.history_id) k;
    EXECUTE undo;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
    RETURN QUERY SELECT SQLSTATE || ': ' || SQLERRM || coalesce(' / ' || nullif(hint, ''), '');
END $$;
CREATE FUNCTION seen(change text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    seen text[];
BEGIN
    seen := ARRAY(SELECT k FROM kept_of(change, 'SELECT 1') k);
    RAISE SQLSTATE 'ZZZZZ';
EXCEPTION WHEN SQLSTATE 'ZZZZZ' THEN
    RETURN QUERY SELECT unnest(seen);
END $$;
SELECT * FROM seen('SELECT 1');
\echo columns of the history
SELECT * FROM seen('ALTER TABLE dynasty.milb_game_logs_history ALTER at_bats TYPE bigint, ALTER hits TYPE numeric(5,2), ALTER season TYPE text, ALTER level TYPE text, ALTER game_date TYPE timestamptz, ALTER is_home TYPE text');
SELECT * FROM seen('ALTER TABLE dynasty.milb_game_logs_history ALTER at_bats TYPE smallint, ALTER game_number TYPE integer, ALTER level TYPE char(5), ALTER game_type TYPE varchar(7)');
SELECT * FROM seen('ALTER TABLE dynasty.milb_game_logs_history ALTER game_type TYPE varchar(3) USING NULL');
SELECT * FROM seen('ALTER TABLE dynasty.milb_game_logs_history ALTER at_bats TYPE boolean USING NULL');
SELECT * FROM seen('ALTER TABLE dynasty.milb_game_logs_history ALTER at_bats TYPE date USING NULL');
SELECT * FROM seen('ALTER TABLE dynasty.milb_game_logs_history ALTER id TYPE integer');
SELECT * FROM seen('ALTER TABLE dynasty.milb_game_logs_history ALTER superseded_at DROP DEFAULT, ALTER superseded_at TYPE date');
SELECT * FROM seen('ALTER TABLE dynasty.milb_game_logs_history DROP pitches_seen CASCADE');
SELECT * FROM seen('ALTER TABLE dynasty.milb_game_logs_history DROP superseded_at CASCADE');
SELECT * FROM seen('ALTER TABLE dynasty.milb_game_logs_history DROP at_bats CASCADE; ALTER TABLE dynasty.milb_game_logs_history ADD at_bats integer');
CREATE DOMAIN few AS integer CHECK (VALUE < 4);
CREATE DOMAIN word AS varchar(20) NOT NULL;
SELECT * FROM seen('ALTER TABLE dynasty.milb_game_logs_history ALTER at_bats TYPE few');
SELECT * FROM seen('ALTER TABLE dynasty.milb_game_logs_history ALTER hits TYPE few, ALTER level TYPE word');
SELECT * FROM seen('ALTER TABLE dynasty.milb_game_logs_history ADD extra word');
BEGIN;
ALTER TABLE dynasty.milb_game_logs_history RENAME TO elsewhere;
CREATE VIEW dynasty.milb_game_logs_history AS SELECT * FROM dynasty.elsewhere;
UPDATE dynasty.milb_game_logs SET runs = 1 WHERE id = 3;
\echo :LAST_ERROR_SQLSTATE
ROLLBACK;
\echo columns of the game logs
SELECT * FROM seen('ALTER TABLE dynasty.milb_game_logs ALTER created_at TYPE timestamp, ALTER data_source TYPE text, ALTER game_type TYPE text');
SELECT * FROM seen('UPDATE dynasty.milb_game_logs SET data_source = ''simulated''; ALTER TABLE dynasty.milb_game_logs ALTER data_source TYPE char(20)');
CREATE TYPE source AS ENUM ('api', 'simulated');
SELECT * FROM seen('UPDATE dynasty.milb_game_logs SET data_source = CASE WHEN id = 1 THEN ''simulated'' ELSE ''api'' END; ALTER TABLE dynasty.milb_game_logs ALTER data_source DROP DEFAULT, ALTER data_source TYPE source USING data_source::source');
SELECT * FROM seen('ALTER TABLE dynasty.milb_game_logs DROP data_source');
-- Without a column of the features there is nothing that known_at could be asked for: nothing is kept, and changes go through.
SELECT count(*) AS kept FROM seen('ALTER TABLE dynasty.milb_game_logs DROP created_at');
-- Added and dropped columns move the places.
SELECT * FROM seen('ALTER TABLE dynasty.milb_game_logs DROP pitches_seen CASCADE; ALTER TABLE dynasty.milb_game_logs ADD pitches_seen integer DEFAULT 77');
-- A child, through the parent and by itself.
CREATE TABLE child (more text) INHERITS (dynasty.milb_game_logs);
INSERT INTO child (id, prospect_id, game_date, season, level, at_bats, hits, more) VALUES (50, 1, '2020-08-01', 2020, 'A', 4, 1, 'x');
DELETE FROM dynasty.milb_game_logs_history;
UPDATE dynasty.milb_game_logs SET hits = 3 WHERE id = 50;
CREATE TRIGGER own AFTER UPDATE ON child REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION dynasty.keep_game_log_history();
UPDATE child SET hits = 2 WHERE id = 50;
SELECT id, hits FROM dynasty.milb_game_logs_history ORDER BY history_id;
-- What a user's own cast does, it does as who changes the game.
CREATE ROLE rights_ingest;
GRANT USAGE ON SCHEMA dynasty TO rights_ingest;
GRANT SELECT, DELETE ON dynasty.milb_game_logs TO rights_ingest;
CREATE TYPE place AS (home integer, of_what text);
CREATE TABLE ran (as_whom name);
GRANT INSERT ON ran TO rights_ingest;
CREATE FUNCTION is_home(place) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.ran VALUES (current_user); RETURN $1.home = 1; END $$;
CREATE CAST (place AS boolean) WITH FUNCTION is_home(place) AS ASSIGNMENT;
ALTER TABLE dynasty.milb_game_logs ALTER is_home TYPE place USING ROW(id % 2, 'x')::place;
TRUNCATE ran, dynasty.milb_game_logs_history;
SET ROLE rights_ingest;
DELETE FROM dynasty.milb_game_logs WHERE id IN (3, 4);
RESET ROLE;
SELECT DISTINCT as_whom FROM ran;
SELECT id, is_home FROM dynasty.milb_game_logs_history ORDER BY id;
DROP OWNED BY rights_ingest;
DROP ROLE rights_ingest;
