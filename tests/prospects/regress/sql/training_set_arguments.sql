-- What the training functions refuse, and what a NULL means.
\set VERBOSITY verbose
\set SHOW_CONTEXT never
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'One', 'SS');
SELECT count(*) FROM dynasty.training_set(NULL);
SELECT count(*) FROM dynasty.training_set('{2014}', NULL);
SELECT count(*) FROM dynasty.training_set('{2014}', version => NULL);
SELECT count(*) FROM dynasty.training_set('{}');
SELECT count(*) FROM dynasty.population(NULL);
SELECT row_count, digest = (SELECT digest FROM dynasty.training_set_summary('{}')) AS digest_of_nothing FROM dynasty.training_set_summary('{2014}', data_through_year => 1950);
SELECT count(*) FROM dynasty.training_set_summary(NULL);
\set VERBOSITY sqlstate
SELECT dynasty.training_set_query('{2014}', version => NULL) IS NULL;
\set VERBOSITY terse
SELECT count(*) FROM dynasty.training_set('{2014,NULL}');
SELECT count(*) FROM dynasty.training_set('{2014,1899}');
SELECT count(*) FROM dynasty.training_set('{2014}', 0);
SELECT count(*) FROM dynasty.training_set('{2014}', 101);
SELECT count(*) FROM dynasty.training_set('{2014}', version => 'v9');
SELECT count(*) FROM dynasty.training_set('{2014}', config => '{"min_pas": 3}');
SELECT count(*) FROM dynasty.training_set('{2014}', data_through_year => 99999);
SELECT count(*) FROM dynasty.training_set('{2014}', include_open => NULL);
SELECT count(*) FROM dynasty.training_set('{2014}', split => 'random');
SELECT count(*) FROM dynasty.training_set('{2014}', split => NULL);
SELECT count(*) FROM dynasty.training_set('{2014}', test_share => 1);
SELECT count(*) FROM dynasty.training_set('{2014}', test_share => 'NaN');
SELECT count(*) FROM dynasty.training_set('{2014}', test_share => -0.1);
SELECT count(*) FROM dynasty.training_set('{2014}', test_share => NULL);
SELECT count(*) FROM dynasty.training_set('{2014}', population => 'everybody');
SELECT count(*) FROM dynasty.training_set('{2014}', population => NULL);
SELECT count(*) FROM dynasty.training_set('{2014}', seed => NULL);
SELECT count(*) FROM dynasty.population('{2014}', 'everybody');
\echo :LAST_ERROR_SQLSTATE
SELECT count(*) FROM dynasty.population('{NULL}');
\echo :LAST_ERROR_SQLSTATE
-- fit_model and train_model.
SELECT count(*) FROM dynasty.fit_model(NULL);
SELECT penalty FROM dynasty.fit_model('{2014}', kind => 'forest');
SELECT penalty FROM dynasty.fit_model('{2014}', kind => 'boosted');
\echo :LAST_ERROR_SQLSTATE
SELECT penalty FROM dynasty.fit_model('{2014}', lambda => 0);
SELECT penalty FROM dynasty.fit_model('{2014}', lambda => -1);
SELECT penalty FROM dynasty.fit_model('{2014}', lambda => 'NaN');
SELECT penalty FROM dynasty.fit_model('{2014}', folds => 0);
SELECT penalty FROM dynasty.fit_model('{2014}', folds => 21);
SELECT penalty FROM dynasty.fit_model('{2014}', lambda => 1, folds => 1);
SELECT penalty FROM dynasty.fit_model('{2014}', folds => NULL);
SELECT penalty FROM dynasty.fit_model('{2014}', kind => NULL);
\set VERBOSITY default
SELECT penalty FROM dynasty.fit_model('{2014}');
SELECT penalty FROM dynasty.fit_model('{2014}', data_through_year => 2017);
SELECT penalty FROM dynasty.fit_model('{2014}', data_through_year => 2018);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances, at_bats, hits) VALUES (1, '2014-06-01', 2014, 'A', 4, 4, 1);
SELECT penalty FROM dynasty.fit_model('{2014}', data_through_year => 2018, test_share => 0);
SELECT penalty FROM dynasty.fit_model('{2014}', data_through_year => 2018, test_share => 0, kind => 'multinomial', lambda => 1, folds => 0);
SELECT * FROM dynasty.train_model('m', '1');
SELECT * FROM dynasty.train_model(NULL, '1');
SELECT * FROM dynasty.train_model('m', '1', feature_set_version => NULL);
SELECT * FROM dynasty.train_model('a:b', '1');
SELECT * FROM dynasty.train_model('a-name-that-is-too-long', '1');
SELECT count(*) FROM dynasty.ml_models;
SELECT count(*) FROM dynasty.training_sets;
