-- Thousands of random games with random NULLs: our statistics and the seed's SELECT agree in every season.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
SELECT setseed(0.20260101) IS NOT NULL AS seeded;
-- A tenth of the cells is NULL; most games of prospect 3 know nothing but the game itself.
CREATE FUNCTION pg_temp.cell(most integer, known float8) RETURNS integer LANGUAGE sql VOLATILE
    RETURN CASE WHEN random() < known THEN floor(random() * (most + 1))::integer END;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, game_number, season, level, plate_appearances, at_bats, runs,
    hits, doubles, triples, home_runs, rbi, walks, strikeouts, stolen_bases, caught_stealing, hit_by_pitch,
    sacrifice_flies, outs_pitched, earned_runs)
SELECT p, make_date(s, 4, 1) + n::integer, 1, s, l,
       pg_temp.cell(6, k), pg_temp.cell(5, k), pg_temp.cell(3, k), pg_temp.cell(4, k), pg_temp.cell(2, k),
       pg_temp.cell(1, k), pg_temp.cell(2, k), pg_temp.cell(5, k), pg_temp.cell(2, k), pg_temp.cell(4, k),
       pg_temp.cell(1, k), pg_temp.cell(1, k), pg_temp.cell(1, k), pg_temp.cell(1, k), pg_temp.cell(9, k),
       pg_temp.cell(3, k)
FROM (VALUES (1, 0.9), (2, 1.0), (3, 0.05)) AS players (p, k), generate_series(2001, 2025) s,
     unnest('{AAA,AA,A+,A,Rookie,Complex}'::text[]) WITH ORDINALITY AS levels (l, o), generate_series(1, 2 * o::integer) n;
-- 3 players * 25 seasons * 6 levels of 2, 4, ... 12 games.
SELECT count(*) AS games FROM dynasty.milb_game_logs;
SELECT count(*) AS lines FROM dynasty.milb_season_stats;
SELECT * FROM healthy;
-- The comparison would notice: the seed has rates here, and one changed total is found.
SELECT count(*) > 200 AS rates FROM seed_season_stats WHERE obp IS NOT NULL AND hit_consistency_cv IS NOT NULL;
UPDATE dynasty.milb_season_stats SET total_rbi = total_rbi + 1 WHERE prospect_id = 2 AND season = 2010 AND level = 'AA';
SELECT * FROM seed_differences;
UPDATE dynasty.milb_season_stats SET total_rbi = total_rbi - 1 WHERE prospect_id = 2 AND season = 2010 AND level = 'AA';
-- After random changes as well.
UPDATE dynasty.milb_game_logs SET hits = pg_temp.cell(4, 0.8), doubles = pg_temp.cell(2, 0.8) WHERE random() < 0.2;
UPDATE dynasty.milb_game_logs SET level = 'AA', game_number = game_number + 20 WHERE level = 'A' AND random() < 0.3;
DELETE FROM dynasty.milb_game_logs WHERE random() < 0.4;
SELECT * FROM healthy;
ROLLBACK;
