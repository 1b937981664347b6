-- One inserted game makes or extends its line, and no other.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-06-01', 2020, 'A', 4, 2);
SELECT * FROM lines;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-06-02', 2020, 'A', 4, 0);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-07-02', 2020, 'AA', 3, 1);
SELECT * FROM lines;
-- An insert of no rows does nothing.
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level) SELECT 1, '2020-06-03', 2020, 'A' WHERE false;
-- What a CHECK refuses leaves no trace.
\set VERBOSITY terse
SAVEPOINT s;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
VALUES (1, '2020-06-08', 2020, 'A', 4, 2), (1, '2020-06-09', 2020, 'A', 4, -2);
ROLLBACK TO s;
SELECT * FROM lines;
SELECT * FROM healthy;
ROLLBACK;
