-- First and last day follow when the first or last game moves, inwards too.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level)
VALUES (1, '2020-05-01', 2020, 'A'), (1, '2020-06-01', 2020, 'A'), (1, '2020-07-01', 2020, 'A');
UPDATE dynasty.milb_game_logs SET game_date = '2020-05-15' WHERE game_date = '2020-05-01';
SELECT season_start, season_end FROM dynasty.milb_season_stats;
UPDATE dynasty.milb_game_logs SET game_date = '2020-06-15' WHERE game_date = '2020-07-01';
SELECT season_start, season_end FROM dynasty.milb_season_stats;
UPDATE dynasty.milb_game_logs SET game_date = '2020-04-15' WHERE game_date = '2020-06-01'; -- the middle one becomes the first
SELECT season_start, season_end FROM dynasty.milb_season_stats;
UPDATE dynasty.milb_game_logs SET game_date = game_date + 365;
SELECT season_start, season_end FROM dynasty.milb_season_stats;
SELECT * FROM healthy;
ROLLBACK;
