-- Who may read the tables may predict; registering and writing are granted.
SET client_min_messages = warning;
SELECT count(*) FROM dynasty.simulate_league(12, 2016, 2018, 3);
SELECT dynasty.register_model('m', '1', 'linear', '{"kind": "logistic", "feature_names": ["age"], "coef": [-1], "intercept": 20}');
SELECT dynasty.register_model('secret', '1', 'linear', '{"kind": "logistic", "feature_names": ["age"], "coef": [-1], "intercept": 20}');
CREATE FUNCTION pg_temp.outcome(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    n bigint;
BEGIN
    EXECUTE query;
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN n || ' rows';
EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE || ': ' || SQLERRM;
END
$$;
CREATE FUNCTION pg_temp.reads() RETURNS TABLE (call text, outcome text) LANGUAGE sql AS $$
    SELECT c, pg_temp.outcome('SELECT * FROM dynasty.' || c) FROM unnest(ARRAY['predict(''m'', 1, 2018)', 'predict(''m'', ''{"age": 20}'')',
        'predict_matrix(''m'', 2018)', 'explain_prediction(''m'', 1, 2018)', 'comparable_players(1, 2018, 3, ''{2017}'')']) c
$$;
CREATE ROLE dynasty_models;
GRANT USAGE ON SCHEMA dynasty TO dynasty_models;
SET ROLE dynasty_models;
SELECT * FROM pg_temp.reads();
RESET ROLE;
GRANT SELECT ON dynasty.prospects, dynasty.milb_game_logs, dynasty.scouting_grades, dynasty.scouting_editions, dynasty.milb_advanced_stats, dynasty.mlb_stats, dynasty.ml_models TO dynasty_models;
SET ROLE dynasty_models;
SELECT * FROM pg_temp.reads();
SELECT pg_temp.outcome('SELECT dynasty.register_model(''n'', ''1'', ''linear'', ''{}'')');
SELECT pg_temp.outcome('SELECT dynasty.drop_model(''m'', ''1'')');
SELECT pg_temp.outcome('SELECT dynasty.predict_all(''m'', 2018)');
RESET ROLE;
-- EXECUTE alone does not write.
GRANT EXECUTE ON FUNCTION dynasty.register_model, dynasty.drop_model, dynasty.predict_all TO dynasty_models;
SET ROLE dynasty_models;
SELECT pg_temp.outcome('SELECT dynasty.register_model(''n'', ''1'', ''linear'', ''{"kind": "linear", "feature_names": ["age"], "coef": [1], "intercept": 0}'')');
SELECT pg_temp.outcome('SELECT dynasty.drop_model(''m'', ''1'')');
SELECT pg_temp.outcome('SELECT dynasty.predict_all(''m'', 2018)');
RESET ROLE;
GRANT INSERT, UPDATE, SELECT ON dynasty.ml_predictions TO dynasty_models;
GRANT INSERT ON dynasty.ml_models TO dynasty_models;
SET ROLE dynasty_models;
SELECT dynasty.predict_all('m', 2018, '2019-01-01');
SELECT pg_temp.outcome('SELECT dynasty.register_model(''n'', ''1'', ''linear'', ''{"kind": "linear", "feature_names": ["age"], "coef": [1], "intercept": 0}'')');
SELECT created_by = session_user AS by_session_user FROM dynasty.ml_models WHERE name = 'n';
RESET ROLE;
-- Row security: a model he does not see is not there, and he scores the prospects he sees.
ALTER TABLE dynasty.ml_models ENABLE ROW LEVEL SECURITY;
CREATE POLICY not_secret ON dynasty.ml_models FOR SELECT USING (name <> 'secret');
ALTER TABLE dynasty.prospects ENABLE ROW LEVEL SECURITY;
CREATE POLICY first_three ON dynasty.prospects FOR SELECT USING (id <= 3);
SELECT count(*) FROM dynasty.predict('secret', 1, 2018);
SET ROLE dynasty_models;
SELECT pg_temp.outcome('SELECT * FROM dynasty.predict(''secret'', 1, 2018)');
SELECT prospect_id FROM dynasty.predict_matrix('m', 2018);
SELECT count(*) FROM dynasty.predict('m', 4, 2018);
RESET ROLE;
DROP OWNED BY dynasty_models;
DROP ROLE dynasty_models;
