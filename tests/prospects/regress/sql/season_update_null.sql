-- A count becomes unknown and known again: the sum of nothing known is NULL, not 0.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits, walks)
VALUES (1, '2020-06-01', 2020, 'A', 4, 2, 1), (1, '2020-06-02', 2020, 'A', 4, 1, 0);
UPDATE dynasty.milb_game_logs SET walks = NULL, hits = NULL WHERE game_date = '2020-06-02';
SELECT total_hits, total_bb, avg, obp, hits_known_games FROM dynasty.milb_season_stats; -- 2/8; cv needs two known games
UPDATE dynasty.milb_game_logs SET walks = NULL, hits = NULL;
SELECT total_hits, total_bb, avg, obp, hits_known_games FROM dynasty.milb_season_stats;
UPDATE dynasty.milb_game_logs SET walks = 0, hits = 0 WHERE game_date = '2020-06-02';
SELECT total_hits, total_bb, avg, obp, hits_known_games FROM dynasty.milb_season_stats;
UPDATE dynasty.milb_game_logs SET hits = 2 WHERE game_date = '2020-06-01'; -- {2, 0}: cv sqrt(2)
SELECT total_hits, total_bb, avg, obp, hits_known_games, hit_consistency_cv FROM dynasty.milb_season_stats;
SELECT * FROM healthy;
ROLLBACK;
