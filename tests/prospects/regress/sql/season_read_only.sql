-- A read-only transaction reads every statistic and writes none.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-06-01', 2020, 'A', 4, 2), (1, '2020-06-02', 2020, 'A', 4, 0);
UPDATE dynasty.milb_season_stats SET total_hits = 3;
BEGIN READ ONLY;
SELECT total_hits, avg FROM dynasty.season_stats();
SELECT * FROM dynasty.season_stats_diff();
SELECT abs(dynasty.hit_consistency_cv(1, 2020, 'A') - sqrt(2)) < 1e-15 AS cv;
SELECT count(*) FROM dynasty.data_quality WHERE severity = 'error';
SAVEPOINT s;
SELECT dynasty.refresh_season_stats();
\echo :LAST_ERROR_SQLSTATE
ROLLBACK TO s;
\set VERBOSITY terse
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level) VALUES (1, '2020-06-03', 2020, 'A');
ROLLBACK TO s;
SELECT * FROM dynasty.ingest_people('{"people":[{"id":660271,"fullName":"A B","primaryPosition":{"abbreviation":"P"}}]}');
ROLLBACK;
SELECT total_hits FROM dynasty.milb_season_stats;
SELECT dynasty.refresh_season_stats();
SELECT * FROM healthy;
