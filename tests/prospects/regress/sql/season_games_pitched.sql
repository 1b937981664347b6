-- A game was pitched when outs are known and there was an out or a batter: a starter who retires nobody pitched.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, outs_pitched, batters_faced)
VALUES (2, '2020-06-01', 2020, 'A', 3, NULL),  -- yes
       (2, '2020-06-02', 2020, 'A', 0, 4),     -- yes: no out, four batters
       (2, '2020-06-03', 2020, 'A', 0, 0),     -- no
       (2, '2020-06-04', 2020, 'A', 0, NULL),  -- no
       (2, '2020-06-05', 2020, 'A', NULL, 5),  -- no: outs unknown
       (2, '2020-06-06', 2020, 'A', NULL, NULL);
SELECT games_played, games_pitched, total_outs, total_bf FROM dynasty.milb_season_stats;
-- And back: the one with four batters had none.
UPDATE dynasty.milb_game_logs SET batters_faced = 0 WHERE game_date = '2020-06-02';
SELECT games_played, games_pitched, total_outs, total_bf FROM dynasty.milb_season_stats;
SELECT * FROM healthy;
ROLLBACK;
