-- Statistics that went wrong while the triggers were off: the check finds each line, the refresh counts and mends them.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
VALUES (1, '2020-06-01', 2020, 'A', 4, 2), (1, '2020-06-02', 2020, 'A', 4, 0), (1, '2020-07-01', 2020, 'AA', 4, 1),
       (2, '2020-06-01', 2020, 'A', 4, 1), (3, '2020-06-01', 2020, 'A', 4, 3);
SELECT dynasty.refresh_season_stats(); -- nothing to do
-- By hand: a total, a rate alone, an additional line, a missing one.
UPDATE dynasty.milb_season_stats SET total_hits = 3 WHERE prospect_id = 1 AND level = 'A';
UPDATE dynasty.milb_season_stats SET slg = 0.250 WHERE prospect_id = 1 AND level = 'AA';
CREATE TEMP TABLE copy AS SELECT * FROM dynasty.milb_season_stats WHERE prospect_id = 2;
UPDATE copy SET season = 1999;
INSERT INTO dynasty.milb_season_stats SELECT * FROM copy;
DELETE FROM dynasty.milb_season_stats WHERE prospect_id = 3;
SELECT * FROM dynasty.season_stats_diff();
SELECT dynasty.refresh_season_stats();
SELECT * FROM lines;
SELECT dynasty.refresh_season_stats();
-- The same digits with another scale are other bytes: 0.25 is not 0.250.
UPDATE dynasty.milb_season_stats SET avg = 0.25 WHERE prospect_id = 2;
SELECT * FROM dynasty.season_stats_diff();
SELECT dynasty.refresh_season_stats();
-- Games that came, went and changed while the triggers were off.
ALTER TABLE dynasty.milb_game_logs DISABLE TRIGGER USER;
DELETE FROM dynasty.milb_game_logs WHERE prospect_id = 2;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (2, '2021-06-01', 2021, 'AA', 5, 2);
UPDATE dynasty.milb_game_logs SET game_date = '2020-05-31' WHERE prospect_id = 3;
ALTER TABLE dynasty.milb_game_logs ENABLE TRIGGER USER;
SELECT * FROM dynasty.season_stats_diff();
SELECT dynasty.refresh_season_stats();
SELECT * FROM lines;
SELECT * FROM healthy;
-- All lines gone.
TRUNCATE dynasty.milb_season_stats;
SELECT dynasty.refresh_season_stats();
SELECT * FROM healthy;
ROLLBACK;
