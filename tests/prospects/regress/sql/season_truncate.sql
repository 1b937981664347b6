-- TRUNCATE empties the statistics with the games; by cascade from prospects too; rolled back, all is back.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
VALUES (1, '2020-05-01', 2020, 'A', 4, 2), (2, '2020-05-01', 2020, 'A', 4, 1);
SAVEPOINT s;
TRUNCATE dynasty.milb_game_logs;
SELECT count(*) FROM dynasty.milb_season_stats;
SELECT * FROM healthy;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (3, '2020-05-01', 2020, 'A', 4, 3);
SELECT * FROM lines;
ROLLBACK TO s;
SELECT * FROM lines;
SET LOCAL client_min_messages = warning; -- which tables the cascade reaches is not this test's business
TRUNCATE dynasty.prospects CASCADE;
SELECT count(*) FROM dynasty.milb_season_stats;
SELECT * FROM healthy;
ROLLBACK;
