-- A loader with rights on the game logs alone keeps the statistics right and cannot touch them otherwise.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
\set VERBOSITY terse
CREATE ROLE dynasty_loader;
CREATE ROLE dynasty_reader;
GRANT USAGE ON SCHEMA dynasty TO dynasty_loader, dynasty_reader;
GRANT INSERT ON dynasty.milb_game_logs TO dynasty_loader; -- not even SELECT
GRANT SELECT ON dynasty.milb_game_logs, dynasty.milb_season_stats TO dynasty_reader;
SET ROLE dynasty_loader;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
VALUES (1, '2020-06-01', 2020, 'A', 4, 2), (1, '2020-06-02', 2020, 'A', 4, 0), (2, '2020-06-02', 2020, 'A', 3, 1);
SELECT count(*) FROM dynasty.milb_season_stats;
UPDATE dynasty.milb_season_stats SET total_hits = 4;
SELECT count(*) FROM dynasty.season_stats();
SELECT count(*) FROM dynasty.season_stats_diff();
SELECT dynasty.hit_consistency_cv(1, 2020, 'A');
SELECT dynasty.refresh_season_stats();
SET ROLE dynasty_reader;
SELECT prospect_id, season, level, total_ab, total_hits, avg FROM dynasty.milb_season_stats ORDER BY 1;
SELECT count(*) FROM dynasty.season_stats();
SELECT count(*) FROM dynasty.season_stats_diff();
SELECT abs(dynasty.hit_consistency_cv(1, 2020, 'A') - sqrt(2)) < 1e-15 AS cv; -- {2, 0}: sd sqrt(2), mean 1
SELECT dynasty.refresh_season_stats();
DELETE FROM dynasty.milb_season_stats;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level) VALUES (1, '2020-06-05', 2020, 'A');
RESET ROLE;
-- EXECUTE alone does not open the door either: it takes UPDATE on the statistics.
GRANT EXECUTE ON FUNCTION dynasty.refresh_season_stats() TO dynasty_reader;
SET ROLE dynasty_reader;
SELECT dynasty.refresh_season_stats();
\echo :LAST_ERROR_SQLSTATE
RESET ROLE;
-- Columns alone: season_stats() then goes through the planner, which asks for every column it reads.
REVOKE SELECT ON dynasty.milb_game_logs FROM dynasty_reader;
GRANT SELECT (prospect_id, season, level, hits) ON dynasty.milb_game_logs TO dynasty_reader;
SET ROLE dynasty_reader;
SELECT count(*) FROM dynasty.season_stats();
RESET ROLE;
SELECT * FROM healthy;
DROP OWNED BY dynasty_loader, dynasty_reader;
DROP ROLE dynasty_loader, dynasty_reader;
