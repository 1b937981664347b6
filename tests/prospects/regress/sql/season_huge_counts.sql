-- Counts as large as an integer can be: sums are bigint, rates exact, nothing overflows.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances, at_bats, runs, hits, doubles, triples, home_runs, rbi,
    walks, strikeouts, stolen_bases, caught_stealing, hit_by_pitch, sacrifice_flies, outs_pitched, earned_runs, hits_allowed, walks_allowed,
    home_runs_allowed, hit_batsmen, strikeouts_pitched)
SELECT 1, date '2020-06-01' + n, 2020, 'A', m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m
FROM (SELECT n, 2147483647 AS m FROM generate_series(1, 3) n) q;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits, outs_pitched, earned_runs)
VALUES (1, '2020-07-01', 2020, 'A', 1, 0, 1, 0);
-- 3 * (2^31 - 1) = 6442450941 and a 1 in at-bats and outs; slg (1+1+2+3) * sum / ab; fip 3 * (13+3*2-2) * sum / outs + 3.10.
SELECT total_pa, total_ab, total_hits, avg, obp, slg, ops, iso, bb_percent, k_percent FROM dynasty.milb_season_stats;
SELECT total_outs, innings_pitched, era, whip, fip, k_per_9, bb_per_9 FROM dynasty.milb_season_stats;
-- {m, m, m, 0}: mean 3m/4, sd m/2, so 2/3. The exact sum of the squares is 3m^2.
SELECT abs(hit_consistency_cv - 2 / 3.0::float8) < 1e-15 AS cv, hits_squared, hits_squared = 3 * 2147483647::numeric ^ 2 AS squares FROM dynasty.milb_season_stats;
SELECT * FROM dynasty.season_stats_diff();
-- Corrected by exchange, and computed anew.
UPDATE dynasty.milb_game_logs SET hits = 2147483646 WHERE game_date = '2020-06-02';
DELETE FROM dynasty.milb_game_logs WHERE game_date = '2020-07-01';
SELECT total_hits, total_ab, avg, hits_squared FROM dynasty.milb_season_stats;
SELECT * FROM dynasty.season_stats_diff();
-- Two games, {m - 1, m}: as good as 0, but not 0: sqrt(0.5) / (m - 0.5).
DELETE FROM dynasty.milb_game_logs WHERE game_date = '2020-06-04';
SELECT hit_consistency_cv > 0 AND hit_consistency_cv < 1e-9 AS tiny,
       abs(hit_consistency_cv / (sqrt(0.5::float8) / 2147483646.5) - 1) < 1e-15 AS right FROM dynasty.milb_season_stats;
SELECT * FROM dynasty.season_stats_diff();
ROLLBACK;
