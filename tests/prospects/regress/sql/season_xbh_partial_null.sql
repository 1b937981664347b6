-- A game with a known home run and unknown triples is an extra-base-hit game; the seed leaves it out.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, doubles, triples, home_runs)
VALUES (1, '2020-06-01', 2020, 'A', NULL, NULL, 1),    -- counted (seed: not)
       (1, '2020-06-02', 2020, 'A', 0, NULL, 0),       -- none known above 0
       (1, '2020-06-03', 2020, 'A', NULL, NULL, NULL), -- nothing known
       (1, '2020-06-04', 2020, 'A', 1, 0, 0),          -- counted by both
       (1, '2020-06-05', 2020, 'A', 2, 1, NULL),       -- counted (seed: not)
       (1, '2020-06-06', 2020, 'A', 0, 0, 0);
SELECT o.extra_base_hit_games AS ours, s.extra_base_hit_games AS seed FROM dynasty.milb_season_stats o
JOIN seed_season_stats s USING (prospect_id, season, level);
-- The column of the game logs says the same: NULL only when nothing is known.
SELECT game_date, extra_base_hit_game FROM dynasty.milb_game_logs ORDER BY game_date;
SELECT * FROM healthy;
ROLLBACK;
