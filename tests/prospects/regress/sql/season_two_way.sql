-- A two-way player: one row holds the whole game, batting and pitching; one line holds both.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances, at_bats, hits, doubles, triples,
    home_runs, walks, strikeouts, games_started, outs_pitched, earned_runs, hits_allowed, walks_allowed)
VALUES (2, '2020-06-01', 2020, 'A', 4, 4, 2, 0, 0, 1, 0, 1, 1, 18, 1, 4, 2),                      -- both
       (2, '2020-06-02', 2020, 'A', 4, 3, 1, 1, 0, 0, 1, 1, NULL, NULL, NULL, NULL, NULL),          -- batted
       (2, '2020-06-07', 2020, 'A', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, 15, 2, 5, 1); -- pitched
-- Batting over two games: 3/7 = .429, slg (3+1+3)/7 = 1.000, cv of {2, 1} = sqrt(.5)/1.5. Pitching over two: era 27*3/33.
SELECT games_played, games_pitched, games_started, total_ab, avg, slg, abs(hit_consistency_cv - sqrt(0.5) / 1.5) < 1e-15 AS cv,
       innings_pitched, era, whip FROM dynasty.milb_season_stats;
SELECT * FROM healthy;
ROLLBACK;
