-- level or game_type added later with a default: rows older than the column have that value without storing it.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
VALUES (1, '2020-06-01', 2020, 'A', 4, 2), (1, '2020-06-02', 2020, 'A', 4, 1);
ALTER TABLE dynasty.milb_game_logs DROP game_type CASCADE, ADD game_type varchar(10) DEFAULT 'Playoffs';
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits, game_type) VALUES (1, '2020-06-03', 2020, 'A', 4, 4, 'Regular');
SELECT total_hits AS regular FROM dynasty.season_stats('{Regular}');
SELECT total_hits AS playoffs FROM dynasty.season_stats('{Playoffs}');
DROP VIEW seed_season_stats CASCADE;
DROP VIEW milb_game_logs;
ALTER TABLE dynasty.milb_game_logs DROP level, ADD level varchar(20) NOT NULL DEFAULT 'AAA';
SELECT level, total_hits FROM dynasty.season_stats();
SELECT dynasty.refresh_season_stats();
SELECT * FROM dynasty.season_stats_diff();
SELECT * FROM lines;
ROLLBACK;
