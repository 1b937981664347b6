-- dynasty.install() makes what is missing and nothing else, however often it is called.
\set VERBOSITY terse
CALL dynasty.install();
CALL dynasty.install('prospects');
CALL dynasty.install(' ALL ', 'Prospects');
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'Shortstop', 'SS');
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-06-01', 2020, 'A', 4, 2);
-- A trigger gone, games come meanwhile: it is attached again and the statistics are computed anew.
DROP TRIGGER season_stats_insert ON dynasty.milb_game_logs;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-06-02', 2020, 'A', 4, 1);
SELECT * FROM dynasty.season_stats_diff();
CALL dynasty.install();
SELECT total_hits, total_ab FROM dynasty.milb_season_stats;
-- The statistics themselves gone, and the view that reads them.
DROP TABLE dynasty.milb_season_stats CASCADE;
CALL dynasty.install();
SELECT total_hits, total_ab FROM dynasty.milb_season_stats;
SELECT count(*) FROM dynasty.season_stats_diff();
-- Words of the user's own stay, and so does what he said nothing of.
COMMENT ON TABLE dynasty.prospects IS 'our boys';
COMMENT ON COLUMN dynasty.prospects.name IS NULL;
CALL dynasty.install();
SELECT obj_description('dynasty.prospects'::regclass), col_description('dynasty.prospects'::regclass, 6) IS NULL AS nothing_said;
-- A dropped column or index is the user's will; it does not come back. (The view goes with any column, and does.)
ALTER TABLE dynasty.prospects DROP birth_city CASCADE;
DROP INDEX dynasty.idx_milb_logs_date;
CALL dynasty.install();
SELECT to_regclass('dynasty.idx_milb_logs_date') IS NULL AS still_gone, count(*) FILTER (WHERE attname = 'birth_city') AS columns
FROM pg_attribute WHERE attrelid = 'dynasty.prospects'::regclass;
-- Unknown systems.
CALL dynasty.install('prospects', 'nothing');
\echo :LAST_ERROR_SQLSTATE
CALL dynasty.install(NULL::text);
CALL dynasty.install(VARIADIC NULL);
SET dynasty.systems = 'basketball';
CALL dynasty.install();
SET dynasty.systems = '';
CALL dynasty.install();
SET dynasty.systems = ' prospects , ALL';
CALL dynasty.install();
-- Not for everybody.
CREATE ROLE dynasty_nobody;
GRANT USAGE ON SCHEMA dynasty TO dynasty_nobody;
SET ROLE dynasty_nobody;
CALL dynasty.install();
RESET ROLE;
DROP OWNED BY dynasty_nobody;
DROP ROLE dynasty_nobody;
