-- ROLLBACK TO takes the season lines back with the games; what came before and after stays.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-06-01', 2020, 'A', 4, 2);
SAVEPOINT a;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-06-02', 2020, 'A', 4, 4);
SAVEPOINT b;
DELETE FROM dynasty.milb_game_logs WHERE prospect_id = 1; -- the line goes
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (2, '2020-06-02', 2020, 'A', 4, 4);
SELECT * FROM lines;
ROLLBACK TO b;
SELECT * FROM lines;
ROLLBACK TO a;
SELECT * FROM lines;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-06-03', 2020, 'A', 4, 0);
SELECT * FROM lines;
SAVEPOINT c;
UPDATE dynasty.milb_game_logs SET hits = 3 WHERE game_date = '2020-06-03';
RELEASE c;
SELECT * FROM lines; -- 5/8
SELECT * FROM healthy;
ROLLBACK;
