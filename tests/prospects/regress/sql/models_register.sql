-- register_model: what is kept, what it is taken for, and what is refused.
SELECT dynasty.register_model('a', '1', 'linear', '{"kind": "logistic", "feature_names": ["career_ops", "age"], "coef": [2, -0.5], "intercept": 1}');
SELECT dynasty.register_model('a', '2', 'linear', '{"kind": "linear", "feature_names": ["age"], "coef": [1], "intercept": 0}', metrics => '{"auc": 0.8}', training_digest => 'abc');
SELECT dynasty.register_model('tiers', '1', 'linear', '{"kind": "multinomial", "feature_names": ["age"], "coef": [[1], [2], [3], [4]], "intercept": [0, 0, 0, 0]}', classes => '{Failed,Star,Marginal,Solid}');
SELECT dynasty.register_model('own', '1', 'linear', '{"kind": "multinomial", "feature_names": ["x"], "coef": [[1], [2]], "intercept": [0, 0], "classes": ["no", "yes"]}', NULL);
SELECT dynasty.register_model('platt', '1', 'linear', '{"kind": "linear", "feature_names": ["age"], "coef": [1], "intercept": 0}', calibration => '{"kind": "platt", "a": -1, "b": 0, "on": "margin"}');
SELECT id, name, version, kind, target, feature_set_version, feature_names, classes, calibration, metrics, training_digest, created_by = session_user AS mine
FROM dynasty.ml_models ORDER BY id;
-- Names.
\set VERBOSITY default
SELECT dynasty.register_model('a', '1', 'linear', '{"kind": "linear", "feature_names": ["age"], "coef": [1], "intercept": 0}');
\echo :LAST_ERROR_SQLSTATE
SELECT dynasty.register_model('success-of-prospects', '2024', 'linear', '{}');
\echo :LAST_ERROR_SQLSTATE
SELECT dynasty.register_model('a:b', '1', 'linear', '{}');
SELECT dynasty.register_model('a', 'v 1', 'linear', '{}');
SELECT dynasty.register_model('', '1', 'linear', '{}');
SELECT dynasty.register_model(NULL, '1', 'linear', '{}');
\echo :LAST_ERROR_SQLSTATE
SELECT dynasty.register_model('b', '1', 'linear', NULL);
SELECT dynasty.register_model('b', '1', 'linear', '{}', metrics => NULL);
-- Arguments.
SELECT dynasty.register_model('b', '1', 'catboost', '{}');
SELECT dynasty.register_model('b', '1', 'linear', '{"kind": "linear", "feature_names": ["age"], "coef": [1], "intercept": 0}', 'v9');
\echo :LAST_ERROR_SQLSTATE
SELECT dynasty.register_model('b', '1', 'linear', '{"kind": "linear", "feature_names": ["age"], "coef": [1], "intercept": 0}', target => 'war');
SELECT dynasty.register_model('b', '1', 'linear', '{"kind": "linear", "feature_names": ["age"], "coef": [1], "intercept": 0}', target => 'success');
SELECT dynasty.register_model('b', '1', 'linear', '{"kind": "logistic", "feature_names": ["age"], "coef": [1], "intercept": 0}', target => 'tier');
SELECT dynasty.register_model('b', '1', 'linear', '{"kind": "logistic", "feature_names": ["age"], "coef": [1], "intercept": 0}', classes => '{true,false}');
SELECT dynasty.register_model('b', '1', 'linear', '{"kind": "multinomial", "feature_names": ["age"], "coef": [[1], [2], [3], [4]], "intercept": [0, 0, 0, 0]}');
SELECT dynasty.register_model('b', '1', 'linear', '{"kind": "logistic", "feature_names": ["age"], "coef": [1], "intercept": 0}', metrics => '[1]');
SELECT dynasty.register_model('b', '1', 'linear', '{"kind": "linear", "feature_names": ["age"], "coef": [1], "intercept": 0}', calibration => '{"kind": "platt", "a": -1, "b": 0}');
SELECT dynasty.register_model('b', '1', 'linear', '{"kind": "linear", "feature_names": ["age"], "coef": [1], "intercept": 0}', calibration => '{"kind": "platt", "a": -1}');
\echo :LAST_ERROR_SQLSTATE
-- Features are found by name.
SELECT dynasty.register_model('b', '1', 'linear', '{"kind": "linear", "feature_names": ["age", "carer_ops"], "coef": [1, 1], "intercept": 0}');
\echo :LAST_ERROR_SQLSTATE
SELECT dynasty.register_model('b', '1', 'linear', '{"kind": "linear", "feature_names": ["f0", "f1"], "coef": [1, 1], "intercept": 0}');
SELECT count(*) FROM dynasty.ml_models;
-- Taking away.
SELECT dynasty.drop_model('own', '2');
\echo :LAST_ERROR_SQLSTATE
SELECT dynasty.drop_model('own', '1');
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'A B', 'SS');
SELECT dynasty.record_prediction(1, 'a:1', '2020-01-01', 0.5);
SELECT dynasty.drop_model('a', '1');
\echo :LAST_ERROR_SQLSTATE
SELECT name, version FROM dynasty.ml_models ORDER BY id;
-- A standby or a read-only transaction registers nothing.
BEGIN READ ONLY;
SELECT dynasty.register_model('c', '1', 'linear', '{"kind": "linear", "feature_names": ["age"], "coef": [1], "intercept": 0}');
ROLLBACK;
-- A model of XGBoost that went on after its best round: taken, with a word.
CREATE FUNCTION pg_temp.two_rounds(best text) RETURNS text LANGUAGE sql AS $$
    SELECT format('{"learner": {"feature_names": ["age"], "attributes": {"best_iteration": "%s"}, "gradient_booster": {"name": "gbtree", "model": {"tree_info": [0, 0],
        "iteration_indptr": [0, 1, 2], "trees": [%s, %s]}}, "learner_model_param": {"base_score": "5E-1", "num_class": "0", "num_feature": "1"},
        "objective": {"name": "binary:logistic"}}, "version": [3, 1, 0]}', best, t, t)
    FROM (SELECT '{"left_children": [1, -1, -1], "right_children": [2, -1, -1], "split_indices": [0, 0, 0], "split_conditions": [20.5, 0.3, -0.3],
        "default_left": [0, 0, 0], "sum_hessian": [9, 4, 5], "split_type": [0, 0, 0], "tree_param": {"num_nodes": "3"}}') x (t) $$;
SELECT dynasty.register_model('stopped', '1', 'xgboost', pg_temp.two_rounds('0')) > 0 AS taken;
SELECT dynasty.register_model('stopped', '2', 'xgboost', pg_temp.two_rounds('1')) > 0 AS taken;
SELECT model_version, margins FROM dynasty.predict('stopped:1', '{"age": 20}');
