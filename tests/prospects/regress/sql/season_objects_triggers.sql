-- AFTER triggers of the user's on the season lines fire as for ordinary statements: row triggers, statement triggers, both
-- with transition tables, WHEN, UPDATE OF, constraint triggers; and no warning ever.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
CREATE TEMP TABLE seen (id int GENERATED ALWAYS AS IDENTITY, what text, p int, old_h bigint, new_h bigint);
CREATE FUNCTION pg_temp.row_seen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO seen (what, p, old_h, new_h) VALUES (TG_NAME || ' ' || TG_OP, COALESCE(NEW.prospect_id, OLD.prospect_id), OLD.total_hits, NEW.total_hits);
    RETURN NULL;
END $$;
CREATE FUNCTION pg_temp.statement_seen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO seen (what, old_h, new_h) VALUES (TG_NAME || ' ' || TG_OP || ' ' || TG_WHEN,
        (SELECT sum(total_hits) FROM dynasty.milb_season_stats), NULL);
    RETURN NULL;
END $$;
CREATE FUNCTION pg_temp.new_seen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO seen (what, p, new_h) SELECT TG_NAME || ' ' || TG_OP || ' ' || TG_LEVEL || count(*), min(prospect_id), sum(total_hits) FROM new_lines;
    RETURN NULL;
END $$;
CREATE FUNCTION pg_temp.old_seen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO seen (what, p, old_h) SELECT TG_NAME || ' ' || TG_OP || ' ' || TG_LEVEL || count(*), min(prospect_id), sum(total_hits) FROM old_lines;
    RETURN NULL;
END $$;
CREATE TRIGGER a_row AFTER INSERT OR UPDATE OR DELETE ON dynasty.milb_season_stats FOR EACH ROW EXECUTE FUNCTION pg_temp.row_seen();
CREATE TRIGGER b_before BEFORE INSERT OR UPDATE OR DELETE ON dynasty.milb_season_stats FOR EACH STATEMENT EXECUTE FUNCTION pg_temp.statement_seen();
CREATE TRIGGER c_after AFTER INSERT OR UPDATE OR DELETE ON dynasty.milb_season_stats FOR EACH STATEMENT EXECUTE FUNCTION pg_temp.statement_seen();
CREATE TRIGGER d_new AFTER INSERT ON dynasty.milb_season_stats REFERENCING NEW TABLE AS new_lines FOR EACH STATEMENT EXECUTE FUNCTION pg_temp.new_seen();
CREATE TRIGGER e_new AFTER UPDATE ON dynasty.milb_season_stats REFERENCING NEW TABLE AS new_lines FOR EACH ROW EXECUTE FUNCTION pg_temp.new_seen();
CREATE TRIGGER f_old AFTER UPDATE ON dynasty.milb_season_stats REFERENCING OLD TABLE AS old_lines FOR EACH STATEMENT EXECUTE FUNCTION pg_temp.old_seen();
CREATE TRIGGER g_old AFTER DELETE ON dynasty.milb_season_stats REFERENCING OLD TABLE AS old_lines FOR EACH STATEMENT EXECUTE FUNCTION pg_temp.old_seen();
CREATE TRIGGER h_when AFTER UPDATE ON dynasty.milb_season_stats FOR EACH ROW WHEN (OLD.total_hits IS DISTINCT FROM NEW.total_hits) EXECUTE FUNCTION pg_temp.row_seen();
CREATE TRIGGER i_of_hits AFTER UPDATE OF total_hits ON dynasty.milb_season_stats FOR EACH ROW EXECUTE FUNCTION pg_temp.row_seen();
CREATE TRIGGER j_of_key AFTER UPDATE OF prospect_id ON dynasty.milb_season_stats FOR EACH ROW EXECUTE FUNCTION pg_temp.row_seen();
CREATE CONSTRAINT TRIGGER k_deferred AFTER INSERT OR DELETE ON dynasty.milb_season_stats DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION pg_temp.row_seen();
CREATE TEMP VIEW told AS SELECT what, p, old_h, new_h FROM seen ORDER BY id;
-- Two new lines.
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (2, '2020-06-01', 2020, 'A', 4, 1), (1, '2020-06-01', 2020, 'A', 4, 2);
SELECT * FROM told;
TRUNCATE seen;
-- One old, one new: both kinds of event. WHEN and UPDATE OF choose.
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (2, '2020-06-02', 2020, 'A', 4, 0), (3, '2020-06-01', 2020, 'A', 4, 2);
SELECT * FROM told;
TRUNCATE seen;
UPDATE dynasty.milb_game_logs SET hits = hits + 1 WHERE prospect_id < 3;
SELECT * FROM told;
TRUNCATE seen;
-- A line that goes, one that comes, one that changes.
WITH gone AS (DELETE FROM dynasty.milb_game_logs WHERE prospect_id = 3), corrected AS (UPDATE dynasty.milb_game_logs SET level = 'AA' WHERE prospect_id = 1)
UPDATE dynasty.milb_game_logs SET hits = 4 WHERE game_date = '2020-06-02';
SELECT * FROM told;
TRUNCATE seen;
SET CONSTRAINTS ALL IMMEDIATE;
SELECT * FROM told;
SELECT * FROM healthy;
TRUNCATE seen;
-- A correction that says nothing new writes no line.
UPDATE dynasty.milb_game_logs SET hits = hits;
SELECT * FROM told;
-- Rebuilding, and TRUNCATE of the games, which takes the lines one by one.
DROP TRIGGER a_row ON dynasty.milb_season_stats;
ALTER TABLE dynasty.milb_season_stats DISABLE TRIGGER ALL;
UPDATE dynasty.milb_season_stats SET total_hits = 99;
ALTER TABLE dynasty.milb_season_stats ENABLE TRIGGER ALL;
SELECT dynasty.refresh_season_stats();
SELECT * FROM told;
TRUNCATE seen;
TRUNCATE dynasty.milb_game_logs;
SELECT * FROM told;
ROLLBACK;

-- Which triggers fire is the server's decision: replica mode, ALWAYS, REPLICA, disabled.
BEGIN;
CREATE FUNCTION pg_temp.tell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE '% %', TG_NAME, TG_OP; RETURN NULL; END $$;
CREATE TRIGGER origin AFTER INSERT ON dynasty.milb_season_stats FOR EACH ROW EXECUTE FUNCTION pg_temp.tell();
CREATE TRIGGER always AFTER INSERT ON dynasty.milb_season_stats FOR EACH ROW EXECUTE FUNCTION pg_temp.tell();
CREATE TRIGGER replica AFTER INSERT ON dynasty.milb_season_stats FOR EACH STATEMENT EXECUTE FUNCTION pg_temp.tell();
CREATE TRIGGER disabled AFTER INSERT ON dynasty.milb_season_stats FOR EACH STATEMENT EXECUTE FUNCTION pg_temp.tell();
ALTER TABLE dynasty.milb_season_stats ENABLE ALWAYS TRIGGER always;
ALTER TABLE dynasty.milb_season_stats ENABLE REPLICA TRIGGER replica;
ALTER TABLE dynasty.milb_season_stats DISABLE TRIGGER disabled;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (1, '2020-06-01', 2020, 'A', 2);
SET LOCAL session_replication_role = replica;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (1, '2021-06-01', 2021, 'A', 2);
SELECT dynasty.refresh_season_stats();
ROLLBACK;

-- They run as whoever changes the game logs, and his rights are theirs.
BEGIN;
CREATE ROLE season_objects_writer;
GRANT USAGE ON SCHEMA dynasty TO season_objects_writer;
GRANT SELECT, INSERT, UPDATE ON dynasty.milb_game_logs TO season_objects_writer;
CREATE FUNCTION pg_temp.who() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'as %', current_user; RETURN NULL; END $$;
CREATE TRIGGER who AFTER INSERT OR UPDATE ON dynasty.milb_season_stats FOR EACH ROW EXECUTE FUNCTION pg_temp.who();
SET ROLE season_objects_writer;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (1, '2020-06-01', 2020, 'A', 2);
UPDATE dynasty.milb_game_logs SET hits = 3;
RESET ROLE;
-- A CHECK that fails does not show him values of a line that he may not read.
ALTER TABLE dynasty.milb_season_stats ADD CONSTRAINT few CHECK (total_hits < 5);
SET ROLE season_objects_writer;
UPDATE dynasty.milb_game_logs SET hits = 7;
ROLLBACK;
