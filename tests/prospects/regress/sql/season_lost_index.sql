-- Without its unique index milb_season_stats cannot be maintained: writes to the logs fail with the way to mend it.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-06-01', 2020, 'A', 4, 2);
DROP INDEX dynasty.idx_milb_season_pk;
SAVEPOINT s;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-06-02', 2020, 'A', 4, 2);
\echo :LAST_ERROR_SQLSTATE
ROLLBACK TO s;
\set VERBOSITY terse
SELECT dynasty.refresh_season_stats();
ROLLBACK TO s;
-- Indexes that will not do: other columns, a part of the rows, not unique, a longer key.
CREATE UNIQUE INDEX other_columns ON dynasty.milb_season_stats (season, prospect_id, level);
CREATE INDEX not_unique ON dynasty.milb_season_stats (prospect_id, season, level);
CREATE UNIQUE INDEX a_part ON dynasty.milb_season_stats (prospect_id, season, level) WHERE level = 'AAA';
CREATE UNIQUE INDEX longer ON dynasty.milb_season_stats (prospect_id, season, level, season_start);
SAVEPOINT s2;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-06-02', 2020, 'A', 4, 2);
ROLLBACK TO s2;
-- Reading needs none.
SELECT count(*) FROM dynasty.season_stats_diff();
SELECT dynasty.hit_consistency_cv(1, 2020, 'A') IS NULL AS one_game;
-- What the hint says, under any name.
CREATE UNIQUE INDEX mine ON dynasty.milb_season_stats (prospect_id, season, level);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-06-02', 2020, 'A', 4, 2);
SELECT * FROM lines;
SELECT * FROM healthy;
ROLLBACK;
