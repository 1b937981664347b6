-- A source that never reports hit-by-pitch or sacrifice flies still has an on-base percentage; the seed has none.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits, walks, hit_by_pitch, sacrifice_flies)
VALUES (1, '2020-06-01', 2020, 'A', 4, 1, 1, NULL, NULL), (1, '2020-06-02', 2020, 'A', 4, 2, 0, NULL, NULL),
       -- known in one row of two: the other counts as 0, here and in the seed.
       (1, '2021-06-01', 2021, 'A', 4, 1, 1, 1, 0), (1, '2021-06-02', 2021, 'A', 4, 2, 0, NULL, NULL),
       -- hit_by_pitch alone unknown.
       (1, '2022-06-01', 2022, 'A', 4, 1, 1, NULL, 1);
-- 2020: (3+1)/(8+1) = .444; 2021: (3+1+1)/(8+1+1) = .500; 2022: (1+1)/(4+1+0+1) = .333
SELECT season, o.obp, s.obp AS seed_obp FROM dynasty.milb_season_stats o JOIN seed_season_stats s
USING (prospect_id, season, level) ORDER BY season;
-- Walks are essential: unknown in all rows, no obp (and none in the seed).
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits, hit_by_pitch, sacrifice_flies)
VALUES (2, '2020-06-01', 2020, 'A', 4, 1, 0, 0);
SELECT o.avg, o.obp, s.obp AS seed_obp, o.ops FROM dynasty.milb_season_stats o JOIN seed_season_stats s
USING (prospect_id, season, level) WHERE prospect_id = 2;
SELECT * FROM healthy;
ROLLBACK;
