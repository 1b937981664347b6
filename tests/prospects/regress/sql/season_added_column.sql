-- Columns that users add to the game logs, or drop again, disturb neither maintenance nor recount.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
ALTER TABLE dynasty.milb_game_logs ADD note text, ADD exit_velocity numeric(4,1) DEFAULT 88.8;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits, note)
VALUES (1, '2020-06-01', 2020, 'A', 4, 2, 'debut'), (1, '2020-06-02', 2020, 'A', 4, 0, NULL);
ALTER TABLE dynasty.milb_game_logs DROP note;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-06-03', 2020, 'A', 4, 1);
SELECT * FROM lines; -- {2, 0, 1} of 12
SELECT * FROM healthy;
-- Behind a dropped one, with a stored value and without: rows older than the column, and newer.
ALTER TABLE dynasty.milb_game_logs ADD bat_speed integer DEFAULT 70;
UPDATE dynasty.milb_game_logs SET bat_speed = NULL WHERE game_date = '2020-06-02';
DELETE FROM dynasty.milb_game_logs WHERE game_date = '2020-06-01';
SELECT * FROM lines; -- {0, 1} of 8
-- One of the extension's columns that the statistics do not read may go as well.
ALTER TABLE dynasty.milb_game_logs DROP opponent CASCADE, DROP left_on_base CASCADE;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits, wins) VALUES (1, '2020-06-04', 2020, 'A', 3, 3, 1);
SELECT p, g, ab, h, (SELECT total_wins FROM dynasty.milb_season_stats) AS w FROM lines; -- {0, 1, 3} of 11
SELECT * FROM healthy;
ROLLBACK;
-- A column that is counted: renamed away, the error names it.
BEGIN;
ALTER TABLE dynasty.milb_game_logs RENAME hits TO base_hits;
SELECT * FROM dynasty.season_stats();
\echo :LAST_ERROR_SQLSTATE
ROLLBACK;
