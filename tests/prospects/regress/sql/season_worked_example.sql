-- Flagship section 9: avg .455 (5/11), obp .538 (7/13), slg .818 (9/11), ops 1.357, bb% and k% 15.4 (2/13), cv 1.2.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, game_number, season, game_type, level, plate_appearances,
    at_bats, hits, doubles, home_runs, walks, strikeouts, runs, triples, rbi, hit_by_pitch, sacrifice_flies)
VALUES (1, '2020-06-01', 1, 2020, 'Regular', 'A', 5, 4, 2, 1, 0, 1, 0, 0, 0, 0, 0, 0),
       (1, '2020-06-02', 1, 2020, 'Regular', 'A', 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0),
       (1, '2020-06-02', 2, 2020, 'Regular', 'A', 3, 3, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0),
       (1, '2020-06-04', 1, 2020, 'Regular', 'A', 4, 4, 3, 0, 1, 0, 0, 0, 0, 0, 0, 0);
SELECT avg, obp, slg, ops, iso, bb_percent, k_percent, hit_consistency_cv AS cv FROM dynasty.milb_season_stats;
-- Two games with two hits or more; a double in the first, a home run in the last.
SELECT games_played, total_pa, total_ab, total_hits, multi_hit_games, extra_base_hit_games AS xbh_games,
       golden_sombrero_games AS sombreros, season_start, season_end FROM dynasty.milb_season_stats;
-- He never pitched: no pitching statistics.
SELECT games_pitched, games_started, total_outs, innings_pitched, era, whip, fip, k_per_9, bb_per_9
FROM dynasty.milb_season_stats;
SELECT count(*) FROM dynasty.season_stats() WHERE ops = 1.357 AND hit_consistency_cv = 1.2;
SELECT dynasty.hit_consistency_cv(1, 2020, 'A');
SELECT * FROM healthy;
ROLLBACK;
