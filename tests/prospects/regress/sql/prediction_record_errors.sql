-- record_prediction(): what it refuses, with argument and value; nothing is stored then.
\set VERBOSITY terse
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'One', 'SS');
DO $$
DECLARE
    args text;
    state text;
    message text;
BEGIN
    FOREACH args IN ARRAY ARRAY[
        'NULL, ''m'', ''2024-03-01''', '1, NULL, ''2024-03-01''', '1, ''m'', NULL', '1, ''m'', ''2024-03-01'', threshold => NULL',
        '1, ''m'', ''2024-03-01'', 1.0001', '1, ''m'', ''2024-03-01'', -0.0001', '1, ''m'', ''2024-03-01'', ''NaN''', '1, ''m'', ''2024-03-01'', ''Infinity''',
        '1, ''m'', ''2024-03-01'', 0.5, 1.5, 0, 0, 0', '1, ''m'', ''2024-03-01'', 0.5, 0, 0, 0, ''-Infinity''', '1, ''m'', ''2024-03-01'', threshold => 50',
        '1, ''m'', ''2024-03-01'', prob_star => 1', '1, ''m'', ''2024-03-01'', prob_solid => 0.5, prob_marginal => 0.25, prob_failed => 0.25',
        '1, ''m'', ''2024-03-01'', 0.5, 0.25, 0.25, 0.25, 0.2474', '1, ''m'', ''2024-03-01'', 0.5, 0.25, 0.25, 0.25, 0.253', '1, ''m'', ''2024-03-01'', 0.5, 0, 0, 0, 0',
        '1, ''m'', ''2024-03-01'', shap_values => ''{"age": 1, "charisma": 2}''', '1, ''m'', ''2024-03-01'', shap_values => ''{"age": "old"}''',
        '1, ''m'', ''2024-03-01'', shap_values => ''{"age": null}''', '1, ''m'', ''2024-03-01'', shap_values => ''{"age": 1e400}''',
        '1, ''m'', ''2024-03-01'', shap_values => ''[1]''', '1, ''m'', ''2024-03-01'', shap_values => ''null''', '1, ''m'', ''2024-03-01'', shap_values => ''{"Age": 1}''',
        '1, ''m'', ''2024-03-01'', shap_values => ''{"charisma": 2}'', feature_importance => ''[]''',
        '2, ''m'', ''2024-03-01''', '1, ''a model version that is far too long'', ''2024-03-01''', '1, ''m'', ''infinity''', '1, ''m'', ''2201-01-01''',
        '1, ''m'', ''2024-03-01'', confidence_level => ''rather certain''']
    LOOP
        BEGIN
            EXECUTE 'SELECT dynasty.record_prediction(' || args || ')';
            RAISE WARNING '(%) was taken', args;
        EXCEPTION WHEN OTHERS THEN
            GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT;
            RAISE WARNING '% %', state, message;
        END;
    END LOOP;
END $$;
SELECT count(*) FROM dynasty.ml_predictions;
-- Just good enough.
SELECT dynasty.record_prediction(1, 'm', '2024-03-01', 1, 0.25, 0.25, 0.25, 0.2475) > 0 AS stored, dynasty.record_prediction(1, 'm', '2024-03-02', 0, 0.25, 0.25, 0.25, 0.252) > 0 AS stored,
       dynasty.record_prediction(1, '', '1870-01-01', -0.0, threshold => 1) > 0 AS stored;
SELECT model_version, success_probability, predicted_class, prob_failed FROM dynasty.ml_predictions ORDER BY prediction_date;
BEGIN READ ONLY;
SELECT dynasty.record_prediction(1, 'm', '2024-03-01', 0.5);
\echo :LAST_ERROR_SQLSTATE
ROLLBACK;
-- Rights: EXECUTE, and then those on the table.
CREATE ROLE dynasty_predictor;
GRANT USAGE ON SCHEMA dynasty TO dynasty_predictor;
SET ROLE dynasty_predictor;
SELECT dynasty.record_prediction(1, 'x', '2024-03-01', 0.5);
\echo :LAST_ERROR_SQLSTATE
RESET ROLE;
GRANT EXECUTE ON FUNCTION dynasty.record_prediction TO dynasty_predictor;
SET ROLE dynasty_predictor;
SELECT dynasty.record_prediction(1, 'x', '2024-03-01', 0.5);
\echo :LAST_ERROR_SQLSTATE
RESET ROLE;
GRANT SELECT, INSERT, UPDATE ON dynasty.ml_predictions TO dynasty_predictor;
SET ROLE dynasty_predictor;
SELECT dynasty.record_prediction(1, 'x', '2024-03-01', 0.5) > 0 AS stored;
RESET ROLE;
-- Row security.
ALTER TABLE dynasty.ml_predictions ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON dynasty.ml_predictions TO dynasty_predictor USING (model_version = 'x');
SET ROLE dynasty_predictor;
SELECT dynasty.record_prediction(1, 'x', '2024-03-02', 0.5) > 0 AS stored;
SELECT dynasty.record_prediction(1, 'y', '2024-03-02', 0.5);
\echo :LAST_ERROR_SQLSTATE
RESET ROLE;
DROP OWNED BY dynasty_predictor;
DROP ROLE dynasty_predictor;
-- A trigger of the user's own that swallows the row.
CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER swallow BEFORE INSERT ON dynasty.ml_predictions FOR EACH ROW EXECUTE FUNCTION swallow();
SELECT dynasty.record_prediction(1, 'z', '2024-03-01', 0.5);
\echo :LAST_ERROR_SQLSTATE
