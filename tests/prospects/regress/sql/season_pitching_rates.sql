-- ERA, WHIP, FIP, K/9, BB/9 and innings from outs. 16 outs are 5.3 innings (a true decimal), which a box score writes 5.1.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, games_started, outs_pitched, batters_faced,
    hits_allowed, runs_allowed, earned_runs, home_runs_allowed, walks_allowed, strikeouts_pitched, hit_batsmen,
    pitches_thrown, wins, losses, saves)
VALUES (2, '2020-06-01', 2020, 'AA', 1, 16, 22, 5, 3, 2, 1, 2, 7, 1, 88, 1, 0, 0),
       (2, '2021-06-01', 2021, 'AA', 1, 10, 15, 2, 1, 1, 0, 1, 6, NULL, 50, 0, 1, 0),
       (2, '2021-06-06', 2021, 'AA', 0, 7, 9, 3, 2, 2, 1, 0, 3, NULL, 31, 0, 0, 1),
       (2, '2022-06-01', 2022, 'AA', 0, 3, 3, 0, 0, 0, 0, 0, 3, 0, 9, 0, 0, 1);
-- 2020: era 27*2/16 = 3.375 -> 3.38; whip 3*7/16 = 1.3125 -> 1.313; fip 3*(13+3*3-14)/16+3.1 = 4.60; k/9 11.8125; bb/9 3.375
-- 2021: 17 outs; era 81/17 = 4.76; whip 18/17 = 1.059; fip 3*(13+3*1-18)/17+3.1 = 2.747 (hit batsmen unknown: 0); k/9 14.29; bb/9 1.59
-- 2022: three strikeouts: fip 3*-6/3+3.1 = -2.90, k/9 27
SELECT season, innings_pitched AS ip, era, whip, fip, k_per_9, bb_per_9 FROM dynasty.milb_season_stats ORDER BY season;
SELECT season, games_pitched g, games_started gs, total_outs outs, total_bf bf, total_hits_allowed h,
       total_runs_allowed r, total_er er, total_hr_allowed hr, total_bb_allowed bb, total_so_pitched so,
       total_hit_batsmen hb, total_pitches_thrown np, total_wins w, total_losses l, total_saves sv
FROM dynasty.milb_season_stats ORDER BY season;
SELECT * FROM healthy;
ROLLBACK;
