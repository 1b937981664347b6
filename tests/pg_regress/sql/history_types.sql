-- The history of game logs whose columns are of other types: converted as an INSERT converts, by the writer's own casts, or refused by
-- name; never read as bytes.
SET client_min_messages = warning;
\set VERBOSITY terse
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'One', 'SS');
INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_date, season, level, at_bats, hits, game_type, is_home) SELECT i, 1, date '2020-06-01' + i, 2020, 'A', 4, 2, 'Regular', true FROM generate_series(1, 9) i;
CREATE VIEW kept AS SELECT id, prospect_id, game_date, season, level, game_type, is_home, at_bats, hits, pitches_seen FROM dynasty.milb_game_logs_history;
CREATE FUNCTION kept_of(change text, undo text) RETURNS TABLE (kept text) LANGUAGE plpgsql AS $$
DECLARE
    hint text;
BEGIN
    SET CONSTRAINTS ALL IMMEDIATE;
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
-- Columns of the game logs that the season statistics read must be of their types; of the others:
CREATE FUNCTION retyped(relation text, col text, type text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY SELECT format('%s.%s %s: %s', relation, col, type, k) FROM kept_of(format('ALTER TABLE dynasty.%I ALTER %I TYPE %s USING %2$I::text::%3$s', relation, col, type), 'SELECT 1/0') k;
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
\echo the history's columns
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
SELECT * FROM seen('DROP TABLE dynasty.milb_game_logs_history CASCADE; CREATE VIEW dynasty.milb_game_logs_history AS SELECT 1 AS id');
\echo the game logs' columns
SELECT * FROM seen('ALTER TABLE dynasty.milb_game_logs ALTER created_at TYPE timestamp, ALTER data_source TYPE text, ALTER game_type TYPE text');
SELECT * FROM seen('UPDATE dynasty.milb_game_logs SET data_source = ''simulated''; ALTER TABLE dynasty.milb_game_logs ALTER data_source TYPE char(20)');
CREATE TYPE source AS ENUM ('api', 'simulated');
SELECT * FROM seen('UPDATE dynasty.milb_game_logs SET data_source = CASE WHEN id = 1 THEN ''simulated'' ELSE ''api'' END; ALTER TABLE dynasty.milb_game_logs ALTER data_source DROP DEFAULT, ALTER data_source TYPE source USING data_source::source');
SELECT * FROM seen('ALTER TABLE dynasty.milb_game_logs DROP data_source');
-- Without a column of the features there is nothing that known_at could be asked for: nothing is kept, and changes go through.
SELECT count(*) AS kept FROM seen('ALTER TABLE dynasty.milb_game_logs DROP created_at');
-- Added and dropped columns move the places.
SELECT * FROM seen('ALTER TABLE dynasty.milb_game_logs DROP pitches_seen CASCADE; ALTER TABLE dynasty.milb_game_logs ADD pitches_seen integer DEFAULT 77');
-- A table with everything in another order, and children of one.
CREATE TABLE other_order (z text, hits integer);
SELECT format('CREATE TABLE dynasty.new_logs AS SELECT %s FROM dynasty.milb_game_logs', string_agg(quote_ident(attname), ', ' ORDER BY attname DESC)) FROM pg_attribute WHERE attrelid = 'dynasty.milb_game_logs'::regclass AND attnum > 0 \gset x_
-- A partition, through the parent and by itself; the trigger function on the partition as well.
CREATE TABLE part (LIKE dynasty.milb_game_logs INCLUDING DEFAULTS INCLUDING GENERATED);
DROP TABLE part;
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
GRANT SELECT, UPDATE ON dynasty.milb_game_logs TO rights_ingest;
CREATE TYPE pair AS (n integer, of_what text);
CREATE TABLE ran (as_whom name);
GRANT INSERT ON ran TO rights_ingest;
CREATE FUNCTION number_of(pair) RETURNS integer LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.ran VALUES (current_user); RETURN $1.n; END $$;
CREATE CAST (pair AS integer) WITH FUNCTION number_of(pair) AS ASSIGNMENT;
ALTER TABLE dynasty.milb_game_logs ALTER pitches_thrown TYPE pair USING ROW(pitches_thrown, 'pitches')::pair;
UPDATE dynasty.milb_game_logs SET pitches_thrown = ROW(71, 'pitches')::pair WHERE id = 3;
TRUNCATE ran, dynasty.milb_game_logs_history;
SET ROLE rights_ingest;
UPDATE dynasty.milb_game_logs SET is_home = false WHERE id = 3;
RESET ROLE;
SELECT DISTINCT as_whom FROM ran;
SELECT id, pitches_thrown FROM dynasty.milb_game_logs_history;
DROP OWNED BY rights_ingest;
DROP ROLE rights_ingest;
