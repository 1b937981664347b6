-- What users hang on the tables that are only added to: it works as for an ordinary INSERT, and the rows are the same.
SET client_min_messages = warning;
INSERT INTO dynasty.prospects (id, name, position, birth_date) VALUES (1, 'A', 'SS', '2000-01-01'), (2, 'B', 'P', '2001-01-01');
CREATE TABLE seen (what text, n bigint);
CREATE FUNCTION each_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO seen VALUES ('row of ' || TG_TABLE_NAME, 1); RETURN NEW; END $$;
CREATE FUNCTION each_statement() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO seen SELECT 'statement on ' || TG_TABLE_NAME, count(*) FROM fresh; RETURN NULL; END $$;
CREATE TRIGGER each_row BEFORE INSERT ON dynasty.norm_stamps FOR EACH ROW EXECUTE FUNCTION each_row();
CREATE TRIGGER each_statement AFTER INSERT ON dynasty.norm_stamps REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION each_statement();
CREATE TRIGGER each_row AFTER INSERT ON dynasty.prospects_history FOR EACH ROW EXECUTE FUNCTION each_row();
CREATE TRIGGER each_statement AFTER INSERT ON dynasty.prospects_history REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION each_statement();
CREATE INDEX stamps_by_season ON dynasty.norm_stamps (season);
CREATE INDEX people_by_id ON dynasty.prospects_history (id);
ALTER TABLE dynasty.norm_stamps ADD COLUMN at timestamptz DEFAULT clock_timestamp(), ADD CONSTRAINT known CHECK (stamp IS NOT NULL);
ALTER TABLE dynasty.prospects_history ADD COLUMN who name NOT NULL DEFAULT current_user;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-05-01', 2020, 'AA', 4, 2), (2, '2020-05-01', 2020, 'A', NULL, NULL);
UPDATE dynasty.prospects SET birth_date = '1999-01-01';
DELETE FROM dynasty.prospects WHERE id = 2;
SELECT what, count(*), sum(n) FROM seen GROUP BY what ORDER BY what COLLATE "C";
SELECT season, level, count(DISTINCT stamp), count(at) FROM dynasty.norm_stamps GROUP BY 1, 2 ORDER BY 1, 2;
SELECT id, birth_date, who = current_user AS who FROM dynasty.prospects_history ORDER BY superseded_at, command, id;
-- By the index as well.
SET enable_seqscan = off;
SELECT count(*) FROM dynasty.prospects_history WHERE id = 2;
SELECT count(*) > 0 AS found FROM dynasty.norm_stamps WHERE season = 2020;
RESET enable_seqscan;
SELECT (SELECT feature_values FROM dynasty.prospect_features(1, 2020)) = (SELECT feature_values FROM dynasty.feature_matrix(2020) WHERE prospect_id = 1) AS same;
-- A constraint of the user's is heeded, and then nothing is written.
\set VERBOSITY terse
ALTER TABLE dynasty.norm_stamps ADD CONSTRAINT never CHECK (season <> 2021);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2021-05-01', 2021, 'AA', 4, 2);
SELECT count(*) FROM dynasty.milb_season_stats WHERE season = 2021;
ALTER TABLE dynasty.norm_stamps DROP CONSTRAINT never;
-- Another type is refused, where it is written and where it is read; a domain is what it is over, and columns may stand in any order.
\set VERBOSITY default
ALTER TABLE dynasty.norm_stamps ALTER stamp TYPE text;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2021-05-01', 2021, 'AA', 4, 2);
\echo :LAST_ERROR_SQLSTATE
SELECT count(*) FROM dynasty.prospect_features(1, 2020);
\echo :LAST_ERROR_SQLSTATE
\set VERBOSITY terse
CREATE DOMAIN number AS bigint CHECK (VALUE IS NOT NULL);
ALTER TABLE dynasty.norm_stamps DROP CONSTRAINT known, DROP COLUMN stamp;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2021-05-01', 2021, 'AA', 4, 2);
ALTER TABLE dynasty.norm_stamps ADD COLUMN stamp number DEFAULT 0;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2021-05-01', 2021, 'AA', 4, 2);
SELECT count(*) AS stamped FROM dynasty.norm_stamps WHERE season = 2021 AND stamp <> 0;
SELECT (SELECT feature_values FROM dynasty.prospect_features(1, 2021)) = (SELECT feature_values FROM dynasty.feature_matrix(2021) WHERE prospect_id = 1) AS same;
ALTER TABLE dynasty.prospects_history ALTER position TYPE char(5);
UPDATE dynasty.prospects SET position = '2B' WHERE id = 1;
\echo :LAST_ERROR_SQLSTATE
-- The journal of commits is written when no code of the user's can run: it takes nothing on.
CREATE INDEX by_number ON dynasty.history_transactions (transaction);
UPDATE dynasty.milb_game_logs SET hits = 3 WHERE season = 2021;
DROP INDEX dynasty.by_number;
UPDATE dynasty.milb_game_logs SET hits = 3 WHERE season = 2021;
SELECT hits FROM dynasty.milb_game_logs_history ORDER BY history_id DESC LIMIT 1;
