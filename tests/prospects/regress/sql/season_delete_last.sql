-- A line goes with its last game, and comes again with the next.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
VALUES (1, '2020-05-01', 2020, 'A', 4, 2), (1, '2020-05-02', 2020, 'A', 4, 2), (2, '2020-05-02', 2020, 'A', 4, 2);
DELETE FROM dynasty.milb_game_logs WHERE prospect_id = 1 AND game_date = '2020-05-01';
DELETE FROM dynasty.milb_game_logs WHERE prospect_id = 1;
SELECT * FROM lines;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-05-03', 2020, 'A', 4, 1);
SELECT * FROM lines;
DELETE FROM dynasty.milb_game_logs;
SELECT * FROM lines;
SELECT dynasty.hit_consistency_cv(1, 2020, 'A') IS NULL AS no_line;
SELECT * FROM healthy;
ROLLBACK;
