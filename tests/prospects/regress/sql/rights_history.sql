-- The history of game logs is written without anybody's rights but the writer's: whoever's code runs meanwhile, runs as who
-- corrects the game.
SET client_min_messages = warning;
\set VERBOSITY terse
CREATE ROLE rights_owner;
CREATE ROLE rights_ingest;
CREATE ROLE rights_hacker;
GRANT USAGE ON SCHEMA dynasty TO rights_owner, rights_ingest, rights_hacker;
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'One', 'SS'), (2, 'Two', 'SS');
INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_date, season, level, at_bats, hits) SELECT i, 1, date '2020-06-01' + i, 2020, 'A', 4, 2 FROM generate_series(1, 4) i;
-- Somebody without any right on the history corrects, and it is kept.
GRANT SELECT, UPDATE, DELETE ON dynasty.milb_game_logs TO rights_ingest, rights_hacker;
CREATE VIEW kept AS SELECT id, prospect_id, at_bats, hits FROM dynasty.milb_game_logs_history ORDER BY history_id;
SET ROLE rights_ingest;
UPDATE dynasty.milb_game_logs SET hits = 3 WHERE id = 1;
DELETE FROM dynasty.milb_game_logs WHERE id = 2;
UPDATE dynasty.milb_game_logs SET hits = 2, rbi = 9 WHERE id = 3;
SELECT count(*) FROM dynasty.milb_game_logs_history;
INSERT INTO dynasty.milb_game_logs_history (id) VALUES (1);
SET dynasty.game_log_history = off;
RESET ROLE;
TABLE kept;

-- What others' code does is written down, with who it ran as.
CREATE SCHEMA own AUTHORIZATION rights_owner;
GRANT USAGE ON SCHEMA own TO PUBLIC;
CREATE TABLE own.ran (what text, as_whom name);
GRANT INSERT ON own.ran TO PUBLIC;
CREATE FUNCTION own.note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO own.ran VALUES (concat_ws(' ', TG_WHEN, TG_LEVEL, TG_TABLE_NAME), current_user); RETURN CASE WHEN TG_LEVEL = 'ROW' THEN NEW END; END $$;
CREATE FUNCTION own.say(what text) RETURNS text LANGUAGE plpgsql VOLATILE AS $$ BEGIN INSERT INTO own.ran VALUES (what, current_user); RETURN what; END $$;
CREATE FUNCTION own.constant(what text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN own.say(what); END $$;
-- The tables belong to somebody who is no superuser, and who hangs on the history whatever can be hung on a table.
ALTER TABLE dynasty.milb_game_logs_history OWNER TO rights_owner;
ALTER FUNCTION own.note() OWNER TO rights_owner;
CREATE TABLE own.parent (id bigint PRIMARY KEY);
GRANT SELECT ON own.parent TO PUBLIC;
INSERT INTO own.parent SELECT generate_series(1, 100);
ALTER TABLE own.parent OWNER TO rights_owner;
GRANT CREATE ON SCHEMA dynasty TO rights_owner;
SET ROLE rights_owner;
CREATE DOMAIN own.word AS text CHECK (own.say('domain') IS NOT NULL);
ALTER TABLE dynasty.milb_game_logs_history ADD COLUMN noted text DEFAULT own.say('default'), ADD COLUMN word own.word DEFAULT 'w',
    ADD COLUMN made text GENERATED ALWAYS AS (own.constant('generated')) STORED, ADD CONSTRAINT c CHECK (own.say('check') = 'check'),
    ADD CONSTRAINT f FOREIGN KEY (id) REFERENCES own.parent DEFERRABLE INITIALLY IMMEDIATE;
CREATE INDEX ON dynasty.milb_game_logs_history ((own.constant('index')));
CREATE INDEX ON dynasty.milb_game_logs_history (id) WHERE own.constant('predicate') = 'predicate';
CREATE TRIGGER a BEFORE INSERT ON dynasty.milb_game_logs_history FOR EACH ROW EXECUTE FUNCTION own.note();
CREATE TRIGGER b AFTER INSERT ON dynasty.milb_game_logs_history REFERENCING NEW TABLE AS n FOR EACH ROW EXECUTE FUNCTION own.note();
CREATE TRIGGER c BEFORE INSERT ON dynasty.milb_game_logs_history FOR EACH STATEMENT EXECUTE FUNCTION own.note();
CREATE TRIGGER d AFTER INSERT ON dynasty.milb_game_logs_history REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION own.note();
RESET ROLE;
TRUNCATE own.ran;
SET ROLE rights_ingest;
UPDATE dynasty.milb_game_logs SET hits = 4 WHERE id = 1;
RESET ROLE;
SELECT as_whom, string_agg(what, ', ' ORDER BY what COLLATE "C") AS ran FROM (SELECT DISTINCT * FROM own.ran) r GROUP BY 1;
SELECT h.id, h.hits, noted, word, made FROM dynasty.milb_game_logs_history h ORDER BY history_id DESC LIMIT 1;
-- Its errors are the server's, and nothing is half done.
SET ROLE rights_ingest;
UPDATE dynasty.milb_game_logs SET id = 101 WHERE id = 1;
\echo :LAST_ERROR_SQLSTATE
RESET ROLE;
SELECT id, hits FROM dynasty.milb_game_logs ORDER BY id;
-- A BEFORE trigger that leaves the row out leaves it out.
CREATE FUNCTION own.no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER no BEFORE INSERT ON dynasty.milb_game_logs_history FOR EACH ROW EXECUTE FUNCTION own.no();
SELECT count(*) AS kept FROM dynasty.milb_game_logs_history \gset
UPDATE dynasty.milb_game_logs SET hits = 1 WHERE id = 1;
SELECT count(*) - :kept AS more FROM dynasty.milb_game_logs_history;
DROP TRIGGER no ON dynasty.milb_game_logs_history;
-- A trigger that corrects games itself: inside the writing of the history.
CREATE FUNCTION own.nested() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 4 THEN UPDATE dynasty.milb_game_logs SET walks = coalesce(walks, 0) + 1 WHERE id = 3; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER nested BEFORE INSERT ON dynasty.milb_game_logs_history FOR EACH ROW EXECUTE FUNCTION own.nested();
UPDATE dynasty.milb_game_logs SET hits = 0 WHERE id IN (1, 4);
DROP TRIGGER nested ON dynasty.milb_game_logs_history;
SELECT count(*) FILTER (WHERE id = 3) > 0 AS inner_ones, count(*) FILTER (WHERE id <> 3) AS outer_ones FROM (SELECT * FROM dynasty.milb_game_logs_history ORDER BY history_id OFFSET :kept) h;
SELECT count(*) AS differ FROM dynasty.season_stats_diff();

-- What is cascaded from a prospect is kept, and code of others runs as who deletes him.
TRUNCATE own.ran;
GRANT SELECT, DELETE ON dynasty.prospects TO rights_ingest;
ALTER TABLE dynasty.milb_game_logs OWNER TO rights_owner;
SET ROLE rights_ingest;
DELETE FROM dynasty.prospects WHERE id = 1;
RESET ROLE;
-- (From 18 on an AFTER trigger runs as who was at work when it was queued: for a cascade that is the owner of the games.)
SELECT DISTINCT as_whom = CASE WHEN current_setting('server_version_num')::integer < 180000 THEN 'rights_ingest' ELSE 'rights_owner' END AS as_meant FROM own.ran;
SELECT count(*) AS games, (SELECT count(DISTINCT id) FROM dynasty.milb_game_logs_history) AS remembered FROM dynasty.milb_game_logs;

-- The trigger function: for the game logs and their children only.
GRANT EXECUTE ON FUNCTION dynasty.keep_game_log_history() TO rights_hacker;
CREATE SCHEMA evil AUTHORIZATION rights_hacker;
SET ROLE rights_hacker;
CREATE TYPE evil.t AS (a integer);
CREATE FUNCTION evil.f(evil.t) RETURNS integer LANGUAGE plpgsql AS $$ BEGIN INSERT INTO own.ran VALUES ('cast', current_user); RETURN 1; END $$;
CREATE CAST (evil.t AS integer) WITH FUNCTION evil.f(evil.t) AS ASSIGNMENT;
CREATE TABLE evil.milb_game_logs AS SELECT * FROM dynasty.milb_game_logs;
INSERT INTO evil.milb_game_logs (id) VALUES (1);
ALTER TABLE evil.milb_game_logs ALTER COLUMN hits TYPE evil.t USING ROW(1)::evil.t;
CREATE TRIGGER h AFTER DELETE ON evil.milb_game_logs REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION dynasty.keep_game_log_history();
DELETE FROM evil.milb_game_logs;
\echo :LAST_ERROR_SQLSTATE
RESET ROLE;
SELECT DISTINCT what, as_whom FROM own.ran WHERE what = 'cast';
-- And as it is made for: after statements, with their tables.
CREATE FUNCTION attached(clause text, dml text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER t %s EXECUTE FUNCTION dynasty.keep_game_log_history()', clause);
    EXECUTE dml;
    RAISE 'no error';
EXCEPTION WHEN OTHERS THEN
    RETURN SQLSTATE || ': ' || SQLERRM;
END $$;
INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_date, season, level, at_bats, hits) SELECT i, 2, date '2021-06-01' + i, 2021, 'A', 4, 2 FROM generate_series(11, 19) i;
SELECT attached('BEFORE UPDATE ON dynasty.milb_game_logs FOR EACH STATEMENT', 'UPDATE dynasty.milb_game_logs SET hits = 1');
SELECT attached('AFTER UPDATE ON dynasty.milb_game_logs FOR EACH ROW', 'UPDATE dynasty.milb_game_logs SET hits = 1');
SELECT attached('AFTER UPDATE ON dynasty.milb_game_logs FOR EACH STATEMENT', 'UPDATE dynasty.milb_game_logs SET hits = 1');
SELECT attached('AFTER UPDATE ON dynasty.milb_game_logs REFERENCING OLD TABLE AS o FOR EACH STATEMENT', 'UPDATE dynasty.milb_game_logs SET hits = 1');
SELECT attached('AFTER UPDATE ON dynasty.milb_game_logs REFERENCING NEW TABLE AS o FOR EACH STATEMENT', 'UPDATE dynasty.milb_game_logs SET hits = 1');
SELECT attached('AFTER INSERT ON dynasty.milb_game_logs REFERENCING NEW TABLE AS o FOR EACH STATEMENT', 'INSERT INTO dynasty.milb_game_logs (prospect_id) SELECT 1 WHERE false');
SELECT attached('AFTER TRUNCATE ON dynasty.milb_game_logs FOR EACH STATEMENT', 'TRUNCATE dynasty.milb_game_logs');
SELECT dynasty.keep_game_log_history();

DROP TABLE dynasty.milb_game_logs_history, own.parent CASCADE;
DROP TABLE evil.milb_game_logs;
UPDATE dynasty.milb_game_logs SET hits = 3 WHERE id = 11;
\echo :LAST_ERROR_SQLSTATE
-- The tables are not all of one owner: nothing new is made. They are, and it is.
CALL dynasty.install();
ALTER TABLE dynasty.milb_game_logs OWNER TO CURRENT_USER;
CALL dynasty.install();
UPDATE dynasty.milb_game_logs SET hits = 3 WHERE id = 11;
SELECT id, prospect_id, at_bats, hits FROM dynasty.milb_game_logs_history;
ALTER TABLE dynasty.milb_game_logs OWNER TO CURRENT_USER;
DROP OWNED BY rights_owner, rights_ingest, rights_hacker CASCADE;
DROP ROLE rights_owner, rights_ingest, rights_hacker;
