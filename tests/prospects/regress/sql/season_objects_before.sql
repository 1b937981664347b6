-- BEFORE triggers of the user's on the season lines: what they change, leave out, refuse and write themselves.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
CREATE FUNCTION pg_temp.outcome(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE detail text; hint text;
BEGIN
    EXECUTE statement;
    RETURN 'done';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
    RETURN concat_ws(' / ', SQLSTATE || ': ' || SQLERRM, NULLIF(detail, ''), NULLIF(hint, ''));
END $$;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (2, '2020-06-01', 2020, 'A', 4, 3);

-- The key is the extension's: no line is ever written in another's place.
BEGIN;
CREATE FUNCTION pg_temp.other_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_ARGV[0] = 'prospect_id' THEN NEW.prospect_id := 2;
    ELSIF TG_ARGV[0] = 'season' THEN NEW.season := NEW.season + 1;
    ELSE NEW.level := lower(NEW.level); END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER other BEFORE INSERT ON dynasty.milb_season_stats FOR EACH ROW EXECUTE FUNCTION pg_temp.other_key('prospect_id');
SELECT pg_temp.outcome($$INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (1, '2020-06-01', 2020, 'A', 2)$$);
SELECT pg_temp.outcome($$INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (1, '2020-06-01', 2020, 'A', 2), (2, '2020-06-02', 2020, 'A', 2)$$);
DROP TRIGGER other ON dynasty.milb_season_stats;
CREATE TRIGGER other BEFORE UPDATE ON dynasty.milb_season_stats FOR EACH ROW EXECUTE FUNCTION pg_temp.other_key('season');
SELECT pg_temp.outcome('UPDATE dynasty.milb_game_logs SET hits = 4');
DROP TRIGGER other ON dynasty.milb_season_stats;
CREATE TRIGGER other BEFORE INSERT OR UPDATE ON dynasty.milb_season_stats FOR EACH ROW EXECUTE FUNCTION pg_temp.other_key('level');
SELECT pg_temp.outcome('UPDATE dynasty.milb_game_logs SET hits = 4');
SELECT pg_temp.outcome($$UPDATE dynasty.milb_game_logs SET level = 'AA'$$);
SELECT pg_temp.outcome('SELECT dynasty.refresh_season_stats()');
SELECT * FROM lines;
ROLLBACK;

-- A value that a trigger changes stays as the trigger made it. Nothing is built upon it: the next game's line is computed
-- from the games, and handed to the trigger again.
BEGIN;
CREATE FUNCTION pg_temp.double_hits() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.total_hits := NEW.total_hits * 2; RETURN NEW; END $$;
CREATE TRIGGER doubled BEFORE INSERT OR UPDATE ON dynasty.milb_season_stats FOR EACH ROW EXECUTE FUNCTION pg_temp.double_hits();
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-06-01', 2020, 'A', 4, 1), (2, '2020-06-02', 2020, 'A', 4, 1);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-06-02', 2020, 'A', 4, 2);
UPDATE dynasty.milb_game_logs SET hits = 4 WHERE prospect_id = 1 AND game_date = '2020-06-02';
SELECT * FROM lines;
SELECT prospect_id, season, level, problem FROM dynasty.season_stats_diff() ORDER BY 1;
-- Without it the lines are mended.
DROP TRIGGER doubled ON dynasty.milb_season_stats;
SELECT dynasty.refresh_season_stats();
SELECT * FROM lines;
SELECT * FROM healthy;
ROLLBACK;

-- Rows that a trigger leaves out stay as they were: not there, or as of earlier, or still there. Lines that it does not leave
-- out are right, also once it lets all pass.
BEGIN;
CREATE FUNCTION pg_temp.leave_out() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.level = 'Complex' OR OLD.level = 'Complex' THEN RETURN NULL; END IF; RETURN COALESCE(NEW, OLD); END $$;
CREATE TRIGGER left_out BEFORE INSERT OR UPDATE OR DELETE ON dynasty.milb_season_stats FOR EACH ROW EXECUTE FUNCTION pg_temp.leave_out();
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
VALUES (1, '2020-06-01', 2020, 'Complex', 4, 1), (1, '2020-06-02', 2020, 'AA', 4, 1), (2, '2020-06-02', 2020, 'A', 4, 1);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-06-03', 2020, 'Complex', 4, 2), (1, '2020-06-04', 2020, 'AA', 4, 2);
SELECT * FROM lines;
SELECT prospect_id, season, level, problem FROM dynasty.season_stats_diff() ORDER BY 1;
CREATE OR REPLACE FUNCTION pg_temp.leave_out() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN COALESCE(NEW, OLD); END $$;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-06-05', 2020, 'Complex', 4, 4);
SELECT * FROM lines;
SELECT * FROM healthy;
CREATE OR REPLACE FUNCTION pg_temp.leave_out() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN CASE TG_OP WHEN 'INSERT' THEN NEW END; END $$;
DELETE FROM dynasty.milb_game_logs WHERE level = 'Complex';
UPDATE dynasty.milb_game_logs SET hits = 0 WHERE level = 'AA';
SELECT * FROM lines;
SELECT prospect_id, season, level, problem FROM dynasty.season_stats_diff() ORDER BY 1;
ROLLBACK;

-- It refuses: the statement on the game logs fails with its error.
BEGIN;
CREATE FUNCTION pg_temp.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no % today', TG_OP; END $$;
CREATE TRIGGER refused BEFORE INSERT OR UPDATE OR DELETE ON dynasty.milb_season_stats FOR EACH ROW EXECUTE FUNCTION pg_temp.refuse();
SELECT pg_temp.outcome($$INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (1, '2020-06-01', 2020, 'A', 2)$$);
SELECT pg_temp.outcome('UPDATE dynasty.milb_game_logs SET hits = 4');
SELECT pg_temp.outcome('DELETE FROM dynasty.milb_game_logs');
SELECT pg_temp.outcome('TRUNCATE dynasty.milb_game_logs');
SELECT * FROM lines;
SELECT * FROM healthy;
ROLLBACK;

-- It writes game logs itself: of the line that fired it (the server's words for that), of others, from BEFORE and from AFTER.
BEGIN;
CREATE FUNCTION pg_temp.one_more() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 4 THEN
        INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
        SELECT CASE TG_ARGV[0] WHEN 'same' THEN NEW.prospect_id ELSE 3 END, max(game_date) + 1, 2020, 'A', 1, 1 FROM dynasty.milb_game_logs;
    END IF;
    RETURN NEW;
END $$;
SAVEPOINT before;
CREATE TRIGGER again BEFORE UPDATE ON dynasty.milb_season_stats FOR EACH ROW EXECUTE FUNCTION pg_temp.one_more('same');
SELECT pg_temp.outcome('UPDATE dynasty.milb_game_logs SET hits = 4');
ROLLBACK TO before;
CREATE TRIGGER again BEFORE INSERT ON dynasty.milb_season_stats FOR EACH ROW EXECUTE FUNCTION pg_temp.one_more('same');
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-06-01', 2020, 'A', 4, 2);
SELECT * FROM lines;
SELECT * FROM healthy;
ROLLBACK TO before;
CREATE TRIGGER again BEFORE INSERT OR UPDATE ON dynasty.milb_season_stats FOR EACH ROW EXECUTE FUNCTION pg_temp.one_more('other');
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-06-01', 2020, 'A', 4, 2), (2, '2020-06-05', 2020, 'A', 4, 2), (2, '2020-06-05', 2020, 'AA', 4, 2);
SELECT * FROM lines;
SELECT * FROM healthy;
ROLLBACK TO before;
CREATE TRIGGER again AFTER INSERT OR UPDATE ON dynasty.milb_season_stats FOR EACH ROW EXECUTE FUNCTION pg_temp.one_more('same');
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-06-01', 2020, 'A', 4, 2), (2, '2020-06-05', 2020, 'A', 4, 2), (2, '2020-06-05', 2020, 'AA', 4, 2);
SELECT * FROM lines;
SELECT * FROM healthy;
ROLLBACK TO before;
-- From a statement trigger, before anything of its kind is written: of the very line that is to be.
CREATE FUNCTION pg_temp.one_first() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 3 THEN
        INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
        SELECT 1, max(game_date) + 1, 2020, 'A', 1, 1 FROM dynasty.milb_game_logs;
        UPDATE dynasty.milb_game_logs SET at_bats = at_bats + 1;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER first BEFORE INSERT OR UPDATE OR DELETE ON dynasty.milb_season_stats FOR EACH STATEMENT EXECUTE FUNCTION pg_temp.one_first();
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-06-01', 2020, 'A', 4, 2), (2, '2020-06-05', 2020, 'A', 4, 2);
SELECT * FROM lines;
SELECT * FROM healthy;
UPDATE dynasty.milb_game_logs SET hits = 1;
DELETE FROM dynasty.milb_game_logs WHERE prospect_id = 2;
SELECT * FROM lines;
SELECT * FROM healthy;
ROLLBACK TO before;
-- It takes the table away under the writer.
CREATE FUNCTION pg_temp.take_away() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN EXECUTE TG_ARGV[0]; RETURN NEW; END $$;
CREATE TRIGGER gone BEFORE UPDATE ON dynasty.milb_season_stats FOR EACH ROW EXECUTE FUNCTION pg_temp.take_away('TRUNCATE dynasty.milb_season_stats');
SELECT pg_temp.outcome('UPDATE dynasty.milb_game_logs SET hits = 1');
DROP TRIGGER gone ON dynasty.milb_season_stats;
CREATE TRIGGER gone BEFORE UPDATE ON dynasty.milb_season_stats FOR EACH ROW EXECUTE FUNCTION pg_temp.take_away('ALTER TABLE dynasty.milb_season_stats DROP COLUMN total_hits');
SELECT pg_temp.outcome('UPDATE dynasty.milb_game_logs SET hits = 1');
DROP TRIGGER gone ON dynasty.milb_season_stats;
CREATE TRIGGER gone BEFORE UPDATE ON dynasty.milb_season_stats FOR EACH ROW EXECUTE FUNCTION pg_temp.take_away('DELETE FROM dynasty.milb_season_stats');
SELECT pg_temp.outcome('UPDATE dynasty.milb_game_logs SET hits = 1');
SELECT * FROM lines;
ROLLBACK;
TRUNCATE dynasty.milb_game_logs;
