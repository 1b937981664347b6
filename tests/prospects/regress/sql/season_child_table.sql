-- A child table (INHERITS) holds games of the logs too: changed through the parent its lines follow.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
CREATE TABLE winter_logs (ballpark text) INHERITS (dynasty.milb_game_logs);
CREATE INDEX ON winter_logs (prospect_id, season);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
VALUES (1, '2020-06-01', 2020, 'A', 4, 2), (1, '2020-06-02', 2020, 'A', 4, 1);
-- Written directly its own triggers fire, which it got with its parent.
INSERT INTO winter_logs (id, prospect_id, game_date, season, level, at_bats, hits, ballpark)
VALUES (-1, 1, '2020-11-01', 2020, 'A', 4, 4, 'Estadio'), (-2, 2, '2020-11-01', 2020, 'A', 4, 1, 'Estadio');
SELECT * FROM dynasty.season_stats_diff();
SELECT dynasty.refresh_season_stats();
SELECT * FROM lines; -- player 1: {2, 1, 4} of 12
-- Through the parent: corrected, moved, deleted.
UPDATE dynasty.milb_game_logs SET hits = 3 WHERE id = -1;
DELETE FROM dynasty.milb_game_logs WHERE game_date = '2020-06-02';
SELECT * FROM lines; -- {2, 3} of 8
UPDATE dynasty.milb_game_logs SET prospect_id = 3 WHERE id = -2;
SELECT * FROM lines;
SELECT * FROM healthy;
-- Without them it is as any table; the check says so.
DROP TRIGGER season_stats_insert ON winter_logs;
INSERT INTO winter_logs (id, prospect_id, game_date, season, level, at_bats, hits) VALUES (-3, 3, '2020-11-02', 2020, 'A', 2, 0);
SELECT * FROM dynasty.season_stats_diff();
SELECT pending FROM dynasty.migration_status();
CALL dynasty.install();
SELECT * FROM lines WHERE p = 3;
SELECT * FROM healthy;
ROLLBACK;
