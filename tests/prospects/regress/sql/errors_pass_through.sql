-- An error of the user's own that is raised beneath our functions arrives as he raised it: his SQLSTATE, also one that PostgreSQL does
-- not define, the names of what it is about, DETAIL and HINT.
SET client_min_messages = warning;
SELECT count(*) > 0 AS made FROM dynasty.simulate_league(20, 2018, 2021, 1);
SELECT dynasty.refresh_features(2020) > 0 AS vectors;
SELECT dynasty.register_feature_set('few', '{age,career_ops,max_level}');
SELECT dynasty.register_model('m', '1', 'linear', '{"kind": "logistic", "feature_names": ["age"], "coef": [1], "intercept": -20}', 'few') > 0 AS registered;
INSERT INTO dynasty.prospects (id, name, position, birth_date) OVERRIDING SYSTEM VALUE VALUES (900, 'A B', 'SS', '2000-01-01');
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits, plate_appearances) VALUES (900, '2020-05-01', 2020, 'AA', 4, 2, 4);
CREATE FUNCTION grumble() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'not %', TG_TABLE_NAME USING ERRCODE = 'QX0' || lpad(length(TG_TABLE_NAME)::text, 2, '0'), DETAIL = 'a detail', HINT = 'a hint',
        SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, COLUMN = 'a column', DATATYPE = 'a type', CONSTRAINT = 'a constraint';
END $$;
-- What a PL/pgSQL block that calls us learns of the error.
CREATE FUNCTION learns(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    code text; message text; detail text; hint text; of_schema text; of_table text; of_column text; of_type text; of_constraint text;
BEGIN
    EXECUTE statement;
    RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT,
        of_schema = SCHEMA_NAME, of_table = TABLE_NAME, of_column = COLUMN_NAME, of_type = PG_DATATYPE_NAME, of_constraint = CONSTRAINT_NAME;
    RETURN concat_ws(' | ', code, message, detail, hint, of_schema, of_table, of_column, of_type, of_constraint);
END $$;
CREATE TABLE attempts (ord serial, on_table text, statement text);
INSERT INTO attempts (on_table, statement) VALUES
    ('milb_season_stats', 'UPDATE dynasty.milb_game_logs SET hits = coalesce(hits, 0) + 1, at_bats = coalesce(at_bats, 0) + 1, plate_appearances = coalesce(plate_appearances, 0) + 1 WHERE prospect_id = 900'),
    ('milb_season_stats', 'DELETE FROM dynasty.milb_game_logs'),
    ('milb_season_stats', 'DELETE FROM dynasty.milb_season_stats; SELECT dynasty.refresh_season_stats()'),
    ('milb_game_logs_history', 'DELETE FROM dynasty.milb_game_logs WHERE prospect_id = 900'),
    ('prospects_history', 'DELETE FROM dynasty.prospects WHERE id = 900'),
    ('ml_features', 'SELECT dynasty.refresh_features(2021)'),
    ('ml_labels', 'SELECT dynasty.refresh_labels(2018, 2021)'),
    ('ml_predictions', 'SELECT dynasty.predict_all(''m'', 2020)'),
    ('ml_predictions', 'SELECT dynasty.record_prediction(900, ''m:1'', ''2021-01-01'', 0.5)'),
    ('ml_models', 'SELECT dynasty.register_model(''n'', ''1'', ''linear'', ''{"kind": "linear", "feature_names": ["age"], "coef": [1], "intercept": 0}'')'),
    ('training_sets', 'SELECT dynasty.record_training_set(''{2018}'')'),
    ('feature_sets', 'SELECT dynasty.register_feature_set(''more'', ''{age}'')'),
    ('feature_sets', 'SELECT dynasty.drop_feature_set(''spare'')'),
    ('prospects', 'SELECT dynasty.ingest_people(''{"people": [{"id": 5, "fullName": "A B", "primaryPosition": {"abbreviation": "SS"}}]}'')'),
    ('milb_game_logs', 'SELECT * FROM dynasty.simulate_league(2, 2019, 2019, 9)'),
    ('milb_game_logs', 'SELECT * FROM dynasty.remove_simulated()');
SELECT dynasty.register_feature_set('spare', '{age}');
-- Each with a trigger on the one table alone; nothing stays.
CREATE FUNCTION tried(on_table text, statement text, level text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    said text;
BEGIN
    EXECUTE format('CREATE TRIGGER grumble AFTER INSERT OR UPDATE OR DELETE ON dynasty.%I FOR EACH %s EXECUTE FUNCTION grumble()', on_table, level);
    said := learns(statement);
    EXECUTE format('DROP TRIGGER grumble ON dynasty.%I', on_table);
    RETURN said;
END $$;
SELECT on_table, left(statement, 60) AS statement, tried(on_table, statement, 'ROW') AS learns FROM attempts ORDER BY ord;
-- A statement trigger's error is the same.
SELECT ord, learns FROM (SELECT ord, tried(on_table, statement, 'STATEMENT') AS learns FROM attempts WHERE on_table <> 'prospects') t
WHERE learns !~ '^QX0.. \| not (.*) \| a detail \| a hint \| dynasty \| \1 \| a column \| a type \| a constraint$' ORDER BY ord;
-- Errors of the server beneath us keep the names that clients look at.
CREATE TABLE note (prospect_id integer, season integer, level varchar(20),
    CONSTRAINT note_of_a_line FOREIGN KEY (prospect_id, season, level) REFERENCES dynasty.milb_season_stats (prospect_id, season, level));
INSERT INTO note SELECT prospect_id, season, level FROM dynasty.milb_season_stats ORDER BY 1, 2, 3 LIMIT 1;
SELECT split_part(learns('DELETE FROM dynasty.milb_game_logs WHERE prospect_id = (SELECT prospect_id FROM note)'), ' | ', 1) AS code,
       learns('DELETE FROM dynasty.milb_game_logs WHERE prospect_id = (SELECT prospect_id FROM note)') LIKE '% | public | note |  |  | note_of_a_line' AS named;
ALTER TABLE dynasty.milb_season_stats ADD CONSTRAINT few_games CHECK (games_played < 10000) NOT VALID, ADD COLUMN must varchar(5) NOT NULL DEFAULT 'x';
ALTER TABLE dynasty.milb_season_stats ALTER COLUMN must DROP DEFAULT;
SELECT regexp_replace(learns('INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats) VALUES (900, ''2020-06-01'', 2020, ''A'', 4)'), 'contains.*\)', 'contains ...') AS learns;
-- One that was caught does not colour the next with the same words.
DO $$
BEGIN
    CREATE TRIGGER grumble AFTER UPDATE ON dynasty.milb_season_stats FOR EACH ROW EXECUTE FUNCTION grumble();
    RAISE INFO '%', learns('UPDATE dynasty.milb_game_logs SET hits = 0 WHERE prospect_id = 900');
    RAISE INFO '%', learns('DO $x$ BEGIN RAISE EXCEPTION ''not milb_season_stats''; END $x$');
    RAISE INFO '%', learns('SELECT 1 / 0');
END $$;
