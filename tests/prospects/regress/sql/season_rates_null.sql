-- No denominator, or an unknown sum: no rate. Counts of games are 0 then, never NULL.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances, at_bats, hits, doubles,
    triples, home_runs, walks, strikeouts, outs_pitched, earned_runs, walks_allowed, hits_allowed, home_runs_allowed,
    strikeouts_pitched)
VALUES (1, '2001-06-01', 2001, 'A', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
       (1, '2002-06-01', 2002, 'A', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), -- every denominator 0
       (1, '2003-06-01', 2003, 'A', 1, 0, 0, 0, 0, 0, 1, 0, 0, 2, 1, 1, 0, 0), -- a walk only: obp; runs without an out
       (1, '2004-06-01', 2004, 'A', 4, 4, 2, NULL, 0, 0, 0, 1, 3, NULL, 1, 1, 0, 2); -- no slg, ops, iso; no era
SELECT season, avg, obp, slg, ops, iso, bb_percent AS bb, k_percent AS k, hit_consistency_cv AS cv
FROM dynasty.milb_season_stats ORDER BY season;
-- 2004: 1 inning: whip 3*2/3 = 2, fip 3*(0+3*1-2*2)/3+3.10 = 2.10, k/9 27*2/3 = 18, bb/9 9.
SELECT season, innings_pitched AS ip, era, whip, fip, k_per_9, bb_per_9 FROM dynasty.milb_season_stats ORDER BY season;
SELECT season, total_pa, total_hits, total_ibb, multi_hit_games, extra_base_hit_games, golden_sombrero_games, games_pitched
FROM dynasty.milb_season_stats ORDER BY season;
SELECT * FROM healthy;
ROLLBACK;
