-- A change that says nothing to the statistics writes no season row: the same row versions stay.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
SELECT 1, date '2020-06-01' + n, 2020, 'A', 4, n % 3 FROM generate_series(1, 10) n;
CREATE TEMP TABLE before ON COMMIT DROP AS SELECT ctid AS at, cmin AS by, prospect_id FROM dynasty.milb_season_stats;
UPDATE dynasty.milb_game_logs SET team = 'Asheville', opponent = 'Durham', left_on_base = 2;
UPDATE dynasty.milb_game_logs SET hits = hits;
DELETE FROM dynasty.milb_game_logs WHERE false;
SELECT count(*) AS same_versions FROM before JOIN dynasty.milb_season_stats s ON s.ctid = at AND s.cmin::text = by::text;
-- A day between the first and the last: the line reads the same, but is written, so that a transaction with an older
-- snapshot finds it changed.
UPDATE dynasty.milb_game_logs SET game_date = '2020-06-05', game_number = 2 WHERE game_date = '2020-06-04';
SELECT count(*) AS same_versions FROM before JOIN dynasty.milb_season_stats s ON s.ctid = at AND s.cmin::text = by::text;
-- So is one that reads otherwise.
UPDATE dynasty.milb_game_logs SET hits = 4 WHERE game_date = '2020-06-02';
SELECT count(*) AS same_versions FROM before JOIN dynasty.milb_season_stats s ON s.ctid = at AND s.cmin::text = by::text;
SELECT * FROM healthy;
ROLLBACK;
