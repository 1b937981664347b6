-- A LATIN1 database: letters come in and go out as they are.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/encoding_setup.sql'
\set walk :abs_srcdir '/encoding_calls.sql'
\set end :abs_srcdir '/encoding_end.sql'
\set encoding latin1
\i :setup

-- Loads, by bytes as well: ñ is one.
SELECT * FROM dynasty.ingest_people('{"people": [{"id": 5, "fullName": "José Peña", "primaryPosition": {"abbreviation": "SS"}, "birthCountry": "México"}]}');
SELECT name, birth_country, octet_length(name) FROM dynasty.prospects;
SELECT * FROM dynasty.ingest_people('{"people": [{"id": 5, "fullName": "José Peña", "birthCountry": "México"}]}');
SELECT * FROM dynasty.ingest_scouting('[{"PlayerName": "José Peña", "playerid": "sañ1", "Position": "SS", "mlbamid": 5, "FV": "55"}]', 'Béisbol', 2024, '2024-02-01');
SELECT source, future_value FROM dynasty.scouting_grades;
SELECT name, fg_player_id FROM dynasty.prospects;
-- What is not in LATIN1 does not get into a jsonb.
\set VERBOSITY sqlstate
SELECT dynasty.ingest_people('{"people": [{"id": 6, "fullName": "漢字"}]}');
SELECT dynasty.ingest_people('{"people": [{"id": 6, "fullName": "\u6f22"}]}');
\set VERBOSITY default
-- Reasons of rejects, the server's own and ours.
SELECT rejects FROM dynasty.ingest_people('{"people": [{"id": 7, "fullName": "Núñez", "birthDate": "mañana"}]}');
CREATE FUNCTION grumble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no será: %', NEW.name USING DETAIL = 'así es', HINT = 'mañana'; END $$;
CREATE TRIGGER grumble BEFORE INSERT ON dynasty.prospects FOR EACH ROW WHEN (NEW.name LIKE 'No %') EXECUTE FUNCTION grumble();
SELECT inserted, rejects FROM dynasty.ingest_people('{"people": [{"id": 8, "fullName": "No Ávila", "primaryPosition": {"abbreviation": "SS"}}, {"id": 9, "fullName": "Sí Ávila", "primaryPosition": {"abbreviation": "SS"}}]}');
-- A trigger's or a constraint's message passes through unchanged, wherever it is raised.
DROP TRIGGER grumble ON dynasty.prospects;
CREATE FUNCTION grumble_always() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no será' USING DETAIL = 'así es', HINT = 'mañana'; END $$;
CREATE TRIGGER grumble BEFORE INSERT ON dynasty.milb_season_stats FOR EACH ROW EXECUTE FUNCTION grumble_always();
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) SELECT min(id), '2024-06-01', 2024, 'AA', 4, 2 FROM dynasty.prospects;
DROP TRIGGER grumble ON dynasty.milb_season_stats;
ALTER TABLE dynasty.ml_predictions ADD CONSTRAINT "sólo_ñ" CHECK (model_version LIKE '%ñ%');
\set VERBOSITY terse
SELECT dynasty.record_prediction(min(id), 'é:1', '2024-01-01', 0.5) FROM dynasty.prospects;
\set VERBOSITY default
SELECT dynasty.record_prediction(min(id), 'ñ:1', '2024-01-01', 0.5, prediction_narrative => 'él', key_strengths => '{é,NULL,ñ}', comparable_players => '{José}') > 0 AS stored FROM dynasty.prospects;
SELECT model_version, prediction_narrative, key_strengths, comparable_players FROM dynasty.ml_predictions;
ALTER TABLE dynasty.ml_predictions DROP CONSTRAINT "sólo_ñ";

-- Our own messages, also where they are caught.
SELECT dynasty.feature_names('é');
SELECT * FROM dynasty.explain_feature(1, 2020, 'años');
SELECT dynasty.predict('é:1', 1, 2020);
DO $$ BEGIN PERFORM dynasty.feature_names('é'); EXCEPTION WHEN OTHERS THEN RAISE INFO '% %', SQLSTATE, SQLERRM; END $$;

-- Levels and game types are compared as they are stored.
ALTER TABLE dynasty.milb_game_logs DROP CONSTRAINT valid_game_type, DROP CONSTRAINT valid_level;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits, game_type) SELECT min(id), '2024-06-01', 2024, 'Ñ', 4, 2, 'Amistosó' FROM dynasty.prospects;
SELECT level, games_played FROM dynasty.season_stats(ARRAY['Amistosó', NULL]);
SELECT count(*) FROM dynasty.season_stats(ARRAY['Amistoso']);
SELECT level, games_played FROM dynasty.milb_season_stats;
SELECT dynasty.hit_consistency_cv(min(id), 2024, 'Ñ') FROM dynasty.prospects;
SELECT count(*) FROM dynasty.season_stats_diff();

-- Feature sets, models with features and classes of their own.
SELECT dynasty.register_feature_set('sé', '{age,doble}', '{"doble": {"expression": "age * 2", "unit": "años", "description": "dos veces la edad"}}', 'así');
SELECT name, formula, unit, description FROM dynasty.feature_catalogue('sé');
SELECT dynasty.register_feature_set('sé');
SELECT dynasty.register_model('modeló', '1', 'linear', '{"kind": "multinomial", "feature_names": ["años", "b"], "coef": [[1, 2], [0, 0], [-1, 1]], "intercept": [0, 0, 0]}', feature_set_version => NULL, target => 'value', classes => '{é,ñ,o}') > 0 AS registered;
SELECT model_version, classes, round(predictions[1]::numeric, 3) AS first FROM dynasty.predict('modeló', '{"años": 1, "b": null}'::jsonb);
SELECT dynasty.predict('modeló', '{"año": 1}'::jsonb);
SELECT name, feature_names, classes, document::text LIKE '%años%' AS kept FROM dynasty.ml_models;
-- Escapes in a document are the letters.
SELECT dynasty.register_model('escaped', '1', 'linear', '{"kind": "linear", "feature_names": ["a\u00f1os", "b"], "coef": [1, 2], "intercept": 0}', feature_set_version => NULL) > 0 AS registered;
SELECT margins FROM dynasty.predict('escaped', '{"años": 1, "b": 1}'::jsonb);
SELECT dynasty.register_model('foreign', '1', 'linear', '{"kind": "linear", "feature_names": ["\u6f22", "b"], "coef": [1, 2], "intercept": 0}', feature_set_version => NULL);
-- In a message alone, which must not fail, a question mark stands for it.
SELECT dynasty.register_model('foreign', '1', 'linear', '{"kind": "linear", "feature_names": ["\u6f22", "b"], "coef": [1, 2], "intercept": 0}', feature_set_version => 'v1.0');
SELECT dynasty.predict('escaped', '{"aňos": 1}'::jsonb);

-- A simulated league: names keep their accents, and texts about people have them.
CREATE TABLE letters AS SELECT 'éñ' AS l, convert_from(convert_to('éñ', 'UTF8'), 'LATIN1') AS misread, convert_from('\xefbfbd', 'LATIN1') AS replaced;
\i :walk
SELECT count(*) > 3 AS accented FROM dynasty.prospects WHERE name ~ '[áéíñóú]';
SELECT count(*) > 5 AS told, bool_and(strpos(x.prediction_narrative, p.name || ' (') = 1) AS by_name FROM dynasty.ml_predictions x JOIN dynasty.prospects p ON p.id = x.prospect_id
WHERE x.model_version = 'm:1' AND p.name ~ '[áéíñóú]';
UPDATE dynasty.prospects SET name = 'Ñ ' || name;
SELECT count(*) > 0 AS comparables, bool_and(c.name = p.name AND c.name LIKE 'Ñ %') AS same
FROM dynasty.comparable_players((SELECT max(prospect_id) FROM dynasty.feature_matrix(2021)), 2021, 100, '{2019,2020}') c JOIN dynasty.prospects p ON p.id = c.prospect_id;
\i :end
