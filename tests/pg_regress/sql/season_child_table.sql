-- A child table (INHERITS) holds games of the logs too: changed through the parent its lines follow.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
CREATE TABLE winter_logs (ballpark text) INHERITS (dynasty.milb_game_logs);
CREATE INDEX ON winter_logs (prospect_id, season);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
VALUES (1, '2020-06-01', 2020, 'A', 4, 2), (1, '2020-06-02', 2020, 'A', 4, 1);
-- Written directly the parent's triggers do not fire, as with any triggers; the check says so.
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
-- With the triggers of its own it is as good as the parent.
CREATE TRIGGER season_stats_insert AFTER INSERT ON winter_logs REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION dynasty.maintain_season_stats();
INSERT INTO winter_logs (id, prospect_id, game_date, season, level, at_bats, hits) VALUES (-3, 3, '2020-11-02', 2020, 'A', 2, 0);
SELECT * FROM lines WHERE p = 3;
SELECT * FROM healthy;
ROLLBACK;
