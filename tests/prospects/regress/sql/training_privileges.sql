-- Training functions have no rights of their own: who may read trains and measures, who may write registers.
\set VERBOSITY terse
\set SHOW_CONTEXT never
SET client_min_messages = warning;
SELECT count(*) FROM dynasty.simulate_league(200, 2012, 2020, 4);
SELECT dynasty.register_feature_set('few', '{age,career_ops,max_level}') AS features;
CREATE ROLE dynasty_trainer;
GRANT USAGE ON SCHEMA dynasty TO dynasty_trainer;
SET ROLE dynasty_trainer;
SELECT count(*) FROM dynasty.training_set('{2014}');
SELECT count(*) FROM dynasty.population('{2014}');
SELECT digest FROM dynasty.training_set_summary('{2014}');
SELECT penalty FROM dynasty.fit_model('{2014}');
SELECT dynasty.data_marks();
SELECT dynasty.record_training_set('{2014}');
SELECT * FROM dynasty.train_model('m', '1');
SELECT * FROM dynasty.model_performance('m');
SELECT * FROM dynasty.training_set_drift('00', 2019);
RESET ROLE;
-- Reading is enough to train, not to register.
GRANT SELECT ON ALL TABLES IN SCHEMA dynasty TO dynasty_trainer;
SET ROLE dynasty_trainer;
SELECT count(*) > 50 AS rows FROM dynasty.training_set('{2014}', version => 'few');
SELECT penalty FROM dynasty.fit_model('{2013,2014,2015}', feature_set_version => 'few', lambda => 3, folds => 0);
SELECT * FROM dynasty.train_model('m', '1', feature_set_version => 'few');
RESET ROLE;
GRANT EXECUTE ON FUNCTION dynasty.train_model, dynasty.register_model, dynasty.record_training_set TO dynasty_trainer;
SET ROLE dynasty_trainer;
SELECT model FROM dynasty.train_model('m', '1', as_of_years => '{2013,2014,2015}', feature_set_version => 'few', lambda => 3, folds => 0);
RESET ROLE;
GRANT INSERT ON dynasty.ml_models, dynasty.training_sets TO dynasty_trainer;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA dynasty TO dynasty_trainer;
SET ROLE dynasty_trainer;
SELECT model FROM dynasty.train_model('m', '1', as_of_years => '{2013,2014,2015}', feature_set_version => 'few', lambda => 3, folds => 0);
SELECT dynasty.record_training_set('{2014}') ~ '^[0-9a-f]{64}$' AS recorded;
SELECT count(*) FROM dynasty.model_performance('m');
SELECT count(*) FROM dynasty.feature_drift('m', 2019);
SELECT model, reason FROM dynasty.model_freshness;
-- A read-only transaction may train but not register.
BEGIN READ ONLY;
SELECT penalty FROM dynasty.fit_model('{2013,2014,2015}', feature_set_version => 'few', lambda => 3, folds => 0);
SELECT dynasty.train_model('m', '2', as_of_years => '{2013,2014,2015}', feature_set_version => 'few', lambda => 3, folds => 0);
ROLLBACK;
RESET ROLE;
-- Row security: he learns from those he sees.
ALTER TABLE dynasty.prospects ENABLE ROW LEVEL SECURITY;
CREATE POLICY half ON dynasty.prospects TO dynasty_trainer USING (id % 2 = 0);
SET ROLE dynasty_trainer;
SELECT count(*) > 0 AS some, count(*) FILTER (WHERE prospect_id % 2 = 1) AS others FROM dynasty.training_set('{2014}', version => 'few');
RESET ROLE;
DROP OWNED BY dynasty_trainer;
DROP ROLE dynasty_trainer;
