-- A scoring correction changes the line.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits, doubles, triples, home_runs, strikeouts)
VALUES (1, '2020-06-01', 2020, 'A', 4, 2, 0, 0, 0, 3), (1, '2020-06-02', 2020, 'A', 4, 0, 0, 0, 0, 1);
UPDATE dynasty.milb_game_logs SET hits = 1 WHERE game_date = '2020-06-01'; -- an error after all: 1/8, one-hit game
SELECT avg, slg, multi_hit_games, extra_base_hit_games xbh, golden_sombrero_games gs, hit_consistency_cv cv FROM dynasty.milb_season_stats;
UPDATE dynasty.milb_game_logs SET hits = 3, home_runs = 1, strikeouts = strikeouts + 1; -- both rows: 6/8, slg (6+6)/8, cv 0
SELECT avg, slg, multi_hit_games, extra_base_hit_games xbh, golden_sombrero_games gs, hit_consistency_cv cv FROM dynasty.milb_season_stats;
SELECT * FROM healthy;
ROLLBACK;
