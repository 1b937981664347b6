-- Triggers of the user's that write game logs themselves, also the rows of the statement that fired them, before and after
-- the season lines have seen those.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
CREATE FUNCTION pg_temp.one_hit_more() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE dynasty.milb_game_logs SET hits = hits + 1 WHERE id = NEW.id AND hits = NEW.hits AND pg_trigger_depth() = 1;
    RETURN NULL;
END $$;
CREATE TRIGGER a_row AFTER INSERT OR UPDATE ON dynasty.milb_game_logs FOR EACH ROW EXECUTE FUNCTION pg_temp.one_hit_more();
-- The line stands, but knows no hits yet, when the new game's are corrected.
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level) VALUES (1, '2020-06-01', 2020, 'A');
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (1, '2020-06-02', 2020, 'A', 3);
SELECT * FROM lines;
SELECT * FROM healthy;
-- No line yet; a line with fewer hits; one that begins later.
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (1, '2020-06-03', 2020, 'AA', 1);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (1, '2020-06-04', 2020, 'AA', 4), (1, '2020-05-04', 2020, 'AA', 0);
SELECT * FROM lines;
SELECT * FROM healthy;
UPDATE dynasty.milb_game_logs SET hits = 0 WHERE level = 'AA';
SELECT * FROM lines;
SELECT * FROM healthy;
-- What is inserted is taken away at once, by a statement trigger whose name comes before ours and one whose comes after.
CREATE FUNCTION pg_temp.no_zeros() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM dynasty.milb_game_logs WHERE hits = 5;
    UPDATE dynasty.milb_game_logs SET level = 'A+' WHERE hits = 2 AND level = 'A';
    RETURN NULL;
END $$;
CREATE TRIGGER a_statement AFTER INSERT ON dynasty.milb_game_logs FOR EACH STATEMENT EXECUTE FUNCTION pg_temp.no_zeros();
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (1, '2020-07-01', 2020, 'A', 4), (1, '2020-07-02', 2020, 'A', 1), (2, '2020-07-02', 2021, 'A', 1);
SELECT * FROM lines;
SELECT * FROM healthy;
ALTER TRIGGER a_statement ON dynasty.milb_game_logs RENAME TO z_statement;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (1, '2020-07-03', 2020, 'A', 4), (1, '2020-07-04', 2020, 'A', 1), (2, '2020-07-05', 2021, 'AAA', 4);
SELECT * FROM lines;
SELECT * FROM healthy;
ROLLBACK;
