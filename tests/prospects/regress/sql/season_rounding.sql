-- Rates are rounded half away from zero, from the exact quotient; ops from the exact sum, not from rounded parts.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances, at_bats, hits, doubles,
    triples, home_runs, walks, strikeouts, hit_by_pitch, sacrifice_flies)
VALUES (1, '2001-06-01', 2001, 'A', 16, 16, 1, 0, 0, 0, 1, 3, 0, 0),  -- avg 1/16 = .0625 -> .063; bb 6.25 -> 6.3; k 18.75 -> 18.8
       (1, '2002-06-01', 2002, 'A', 80, 80, 1, 0, 0, 0, 0, 1, 0, 0),  -- avg .0125 -> .013 (to even: .012); k 1.25 -> 1.3
       (1, '2003-06-01', 2003, 'A', 3, 3, 1, 0, 0, 0, 0, 2, 0, 0),    -- obp + slg = 2/3 = .667, while .333 + .333 = .666
       (1, '2004-06-01', 2004, 'A', 3, 3, 2, 0, 0, 0, 0, 0, 0, 0);    -- 4/3 = 1.333, while .667 + .667 = 1.334
SELECT season, avg, obp, slg, ops, bb_percent, k_percent FROM dynasty.milb_season_stats ORDER BY season;
-- The same by the server's numeric.
SELECT round(1/16.0, 3), round(100/16.0, 1), round(300/16.0, 1), round(1/80.0, 3), round(100/80.0, 1), round(2/3.0, 3),
       round(4/3.0, 3);
-- A negative half: fip = 3*(-2*K)/outs + 3.10. 1 K in 3 outs: 1.10; 263 K in 80 outs: -19.725 + 3.10 = -16.625 -> -16.63.
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, outs_pitched, strikeouts_pitched,
    home_runs_allowed, walks_allowed)
VALUES (2, '2001-06-01', 2001, 'A', 80, 263, 0, 0), (2, '2002-06-01', 2002, 'A', 3, 1, 0, 0);
SELECT season, fip FROM dynasty.milb_season_stats WHERE prospect_id = 2 ORDER BY season;
SELECT round(-16.625, 2);
SELECT * FROM healthy;
ROLLBACK;
