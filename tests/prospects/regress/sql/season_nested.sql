-- Writes inside writes: a user's row trigger changes the same line while the outer statement's trigger is still to come.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
-- Each inserted game with 9 hits is a typing error of somebody: the user's trigger deletes it again.
CREATE FUNCTION pg_temp.drop_nine() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM dynasty.milb_game_logs WHERE id = NEW.id AND hits = 9;
    RETURN NULL;
END $$;
CREATE TRIGGER drop_nine AFTER INSERT ON dynasty.milb_game_logs FOR EACH ROW EXECUTE FUNCTION pg_temp.drop_nine();
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
VALUES (1, '2020-06-01', 2020, 'A', 4, 2), (1, '2020-06-02', 2020, 'A', 9, 9), (1, '2020-06-03', 2020, 'A', 4, 1);
SELECT * FROM lines; -- two games, 3/8
DROP TRIGGER drop_nine ON dynasty.milb_game_logs;

-- A function that writes, called by the statement that writes.
CREATE FUNCTION pg_temp.one_more(int) RETURNS int LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
    VALUES (1, date '2020-07-01' + $1, 2020, 'A', 1, 1);
    UPDATE dynasty.milb_game_logs SET at_bats = NULL WHERE game_date = date '2020-07-01' + $1;
    RETURN 1;
END $$;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
SELECT 1, date '2020-06-10' + i, 2020, 'A', 1, pg_temp.one_more(i) FROM generate_series(1, 3) i;
SELECT * FROM lines; -- 2 + 3 + 3 games, 3 + 3 + 3 hits, 8 + 3 at-bats
SELECT * FROM healthy;

-- A prospect goes, and a WITH of the same statement has written his team mate's game.
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (2, '2020-06-01', 2020, 'A', 4, 4);
WITH come AS (INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
              VALUES (2, '2020-06-02', 2020, 'A', 4, 0))
DELETE FROM dynasty.prospects WHERE id = 1;
SELECT * FROM lines; -- player 2 alone, 4/8

-- Rebuilt, emptied and filled in one transaction.
SELECT dynasty.refresh_season_stats();
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (2, '2020-06-03', 2020, 'A', 4, 4);
SELECT * FROM lines; -- 8/12
TRUNCATE dynasty.milb_game_logs;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (2, '2020-06-04', 2020, 'A', 3, 1);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (2, '2020-06-05', 2020, 'A', 3, 1);
SELECT * FROM lines; -- 2/6
SELECT * FROM healthy;
ROLLBACK;
