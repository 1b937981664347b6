-- A game moves to another player, season or level: both lines change, and one without games disappears.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
VALUES (1, '2020-06-01', 2020, 'A', 4, 2), (1, '2020-06-02', 2020, 'A', 4, 1), (2, '2020-06-01', 2020, 'A', 4, 0);
UPDATE dynasty.milb_game_logs SET level = 'AA' WHERE prospect_id = 1 AND game_date = '2020-06-02';
SELECT * FROM lines;
UPDATE dynasty.milb_game_logs SET season = 2019 WHERE prospect_id = 1 AND level = 'AA'; -- (1, 2020, AA) goes
SELECT * FROM lines;
UPDATE dynasty.milb_game_logs SET prospect_id = 2, game_number = 2 WHERE prospect_id = 1 AND season = 2020;
SELECT * FROM lines;
-- Two lines exchanged in one statement.
UPDATE dynasty.milb_game_logs SET level = CASE level WHEN 'A' THEN 'AA' ELSE 'A' END;
SELECT * FROM lines;
SELECT * FROM healthy;
ROLLBACK;
