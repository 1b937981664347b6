-- CREATE EXTENSION where relations of its names are there already: they stay as they are.
\set VERBOSITY terse
\set SHOW_CONTEXT never
SET client_min_messages = warning;
DROP EXTENSION dynasty CASCADE;
DROP SCHEMA dynasty CASCADE;
-- The user's own prospects, all that the extension reads of them and more.
CREATE SCHEMA dynasty;
CREATE TABLE dynasty.prospects (id integer PRIMARY KEY, name text NOT NULL, birth_date date, position text, nickname text, mlb_id integer, fg_player_id text);
INSERT INTO dynasty.prospects VALUES (1, 'Walter Johnson', '1887-11-06', 'P', 'The Big Train');
CREATE EXTENSION dynasty;
SELECT * FROM dynasty.prospects;
SELECT count(*) FROM pg_attribute WHERE attrelid = 'dynasty.prospects'::regclass AND attnum > 0;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, outs_pitched, earned_runs) VALUES (1, '1907-08-02', 1907, 'A', 24, 2);
SELECT prospect_id, innings_pitched, era FROM dynasty.milb_season_stats;
-- A table whose columns do not fit: an error, and nothing is made.
\set VERBOSITY sqlstate
DROP EXTENSION dynasty CASCADE;
DROP SCHEMA dynasty CASCADE;
CREATE SCHEMA dynasty;
CREATE TABLE dynasty.mlb_stats (prospect_id integer, season integer, war numeric);
CREATE EXTENSION dynasty;
SELECT count(*) AS the_users_own FROM pg_class WHERE relnamespace = 'dynasty'::regnamespace AND relkind = 'r';
-- Something that is no table.
DROP TABLE dynasty.mlb_stats;
CREATE VIEW dynasty.milb_season_stats AS SELECT 1 AS prospect_id, 2020 AS season, 'A' AS level;
CREATE EXTENSION dynasty;
-- A clear field.
DROP SCHEMA dynasty CASCADE;
CREATE EXTENSION dynasty;
SELECT count(*) AS tables FROM pg_class WHERE relnamespace = 'dynasty'::regnamespace AND relkind = 'r';
