-- Through a view with nothing but rights on the view: the writer has none on schema, logs or statistics, and the lines are right.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
CREATE SCHEMA front;
CREATE VIEW front.games AS SELECT id, prospect_id, game_date, season, level, at_bats, hits FROM dynasty.milb_game_logs WHERE level = 'A' WITH CHECK OPTION;
CREATE ROLE dynasty_front_user;
GRANT USAGE ON SCHEMA front TO dynasty_front_user;
GRANT SELECT, INSERT, UPDATE, DELETE ON front.games TO dynasty_front_user;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-05-31', 2020, 'A', 4, 4);
SET ROLE dynasty_front_user;
INSERT INTO front.games (id, prospect_id, game_date, season, level, at_bats, hits)
VALUES (-1, 1, '2020-06-01', 2020, 'A', 4, 2), (-2, 1, '2020-06-02', 2020, 'A', 4, 0), (-3, 2, '2020-06-01', 2020, 'A', 3, 1);
UPDATE front.games SET hits = 3 WHERE id = -1;
UPDATE front.games SET prospect_id = 3 WHERE id = -3;
DELETE FROM front.games WHERE id = -2;
\set VERBOSITY terse
UPDATE front.games SET level = 'AA' WHERE id = -1;
SELECT * FROM dynasty.milb_season_stats;
SELECT * FROM dynasty.season_stats();
RESET ROLE;
SELECT * FROM lines; -- player 1: {4, 3} of 8
SELECT * FROM healthy;
DROP OWNED BY dynasty_front_user;
DROP ROLE dynasty_front_user;
