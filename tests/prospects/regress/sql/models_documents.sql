-- Model documents as people have them: bare matrices, other missing values, categories, the library's dialect of JSON, and documents of
-- another kind than the one that was named. tests/models compares with the libraries themselves.
CREATE FUNCTION pg_temp.xgboost(names text, attributes text DEFAULT '{}', threshold text DEFAULT '1.5', split_type text DEFAULT '0', categories text DEFAULT '')
RETURNS text LANGUAGE sql AS $$
    SELECT format('{"learner": {"feature_names": %s, "attributes": %s, "gradient_booster": {"name": "gbtree", "model": {"tree_info": [0], "trees": [
        {"left_children": [1, -1, -1], "right_children": [2, -1, -1], "split_indices": [0, 0, 0], "split_conditions": [%s, 1, -1], "default_left": [1, 0, 0],
         "sum_hessian": [9, 4, 5], "split_type": [%s, 0, 0], %s "tree_param": {"num_nodes": "3"}}]}},
        "learner_model_param": {"base_score": "5E-1", "num_class": "0", "num_feature": "2"}, "objective": {"name": "binary:logistic"}}, "version": [1, 7, 6]}',
        names, attributes, threshold, split_type, categories) $$;
CREATE FUNCTION pg_temp.margins(model text, keys text, VARIADIC x float8[]) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(coalesce(v::text, 'NULL') || ': ' || (SELECT p.margins[1] FROM dynasty.predict(model, jsonb_build_object(keys, v)) p), ', ' ORDER BY o)
    FROM unnest(x) WITH ORDINALITY AS u (v, o) $$;
-- Trained on a bare matrix: the caller says what the columns were.
\set VERBOSITY default
SELECT dynasty.register_model('bare', '1', 'xgboost', pg_temp.xgboost('[]'));
SELECT dynasty.register_model('bare', '1', 'xgboost', pg_temp.xgboost('[]'), feature_names => '{age,career_ops}') > 0 AS taken;
SELECT feature_names FROM dynasty.ml_models WHERE name = 'bare';
SELECT pg_temp.margins('bare', 'age', 1, 2, NULL);
SELECT dynasty.register_model('bare', '2', 'xgboost', pg_temp.xgboost('[]'), feature_names => '{age}');
\echo :LAST_ERROR_SQLSTATE
SELECT dynasty.register_model('bare', '2', 'xgboost', pg_temp.xgboost('[]'), feature_names => '{age,age}');
SELECT dynasty.register_model('bare', '2', 'xgboost', pg_temp.xgboost('[]'), feature_names => '{age,NULL}');
SELECT dynasty.register_model('bare', '2', 'xgboost', pg_temp.xgboost('[]'), feature_names => '{age,carer_ops}');
-- A document's own names are not contradicted.
SELECT dynasty.register_model('named', '1', 'xgboost', pg_temp.xgboost('["age", "career_ops"]'), feature_names => '{career_ops,age}');
SELECT dynasty.register_model('named', '1', 'xgboost', pg_temp.xgboost('["age", "career_ops"]'), feature_names => '{age,career_ops}') > 0 AS taken;
-- Another missing value: told by the caller, or by the document (XGBoost before 2.0).
SELECT dynasty.register_model('zero', '1', 'xgboost', pg_temp.xgboost('["a", "b"]', threshold => '-5'), NULL, missing => 0) > 0 AS taken;
SELECT dynasty.register_model('noted', '1', 'xgboost', pg_temp.xgboost('["a", "b"]', '{"scikit_learn": "{\"missing\": -1, \"n_jobs\": null}"}', '-5'), NULL) > 0 AS taken;
SELECT dynasty.register_model('nan', '1', 'xgboost', pg_temp.xgboost('["a", "b"]', '{"scikit_learn": "{\"missing\": NaN}"}', '-5'), NULL) > 0 AS taken;
SELECT name, missing FROM dynasty.ml_models WHERE name IN ('zero', 'noted', 'nan') ORDER BY name;
SELECT pg_temp.margins('zero', 'a', 0, 2, NULL), pg_temp.margins('noted', 'a', -1, 0, NULL), pg_temp.margins('nan', 'a', -1, 0, NULL);
SELECT dynasty.register_model('x', '1', 'xgboost', pg_temp.xgboost('["a", "b"]'), NULL, missing => 'NaN');
SELECT dynasty.register_model('x', '1', 'linear', '{"kind": "linear", "feature_names": ["age"], "coef": [1], "intercept": 0}', missing => 0);
\echo :LAST_ERROR_SQLSTATE
-- Categories; as versions before 3.0 write them too, with the bare word NaN for a threshold.
SELECT dynasty.register_model('cat', '1', 'xgboost', pg_temp.xgboost('["a", "b"]', '{}', '0', '1', '"categories": [1, 3], "categories_nodes": [0], "categories_segments": [0], "categories_sizes": [2],'), NULL) > 0 AS taken;
SELECT dynasty.register_model('cat', '2', 'xgboost', pg_temp.xgboost('["a", "b"]', '{}', 'NaN', '1', '"categories": [1, 3], "categories_nodes": [0], "categories_segments": [0], "categories_sizes": [2],'), NULL) > 0 AS taken;
SELECT pg_temp.margins('cat:1', 'a', 0, 1, 2, 3, 4, -1, NULL) = pg_temp.margins('cat:2', 'a', 0, 1, 2, 3, 4, -1, NULL) AS same, pg_temp.margins('cat', 'a', 0, 1, 2, 3, 4, -1, NULL);
SELECT dynasty.register_model('cat', '3', 'xgboost', pg_temp.xgboost('["a", "b"]', split_type => '1'), NULL);
\echo :LAST_ERROR_SQLSTATE
SELECT dynasty.register_model('cat', '3', 'xgboost', pg_temp.xgboost('["a", "b"]', threshold => 'NaN'), NULL);
\echo :LAST_ERROR_SQLSTATE
-- Not supported is one SQLSTATE, whatever else is in the document.
SELECT dynasty.register_model('multi', '1', 'xgboost', replace(pg_temp.xgboost('["a", "b"]', threshold => 'NaN'), '"num_nodes": "3"', '"num_nodes": "3", "size_leaf_vector": "2"'), NULL);
\echo :LAST_ERROR_SQLSTATE
-- Another kind of document than was named.
SELECT dynasty.register_model('x', '1', 'lightgbm', pg_temp.xgboost('["a", "b"]'), NULL);
\echo :LAST_ERROR_SQLSTATE
SELECT dynasty.register_model('x', '1', 'xgboost', E'tree\nversion=v4\nnum_class=1\n', NULL);
SELECT dynasty.register_model('x', '1', 'xgboost', '[{"nodeid": 0, "leaf": 0.1}]', NULL);
SELECT dynasty.register_model('x', '1', 'xgboost', '{"kind": "linear", "feature_names": ["age"], "coef": [1], "intercept": 0}', NULL);
SELECT dynasty.register_model('x', '1', 'lightgbm', '{"name": "tree", "tree_info": [{"tree_structure": {}}]}', NULL);
-- What a session keeps is what another one reads.
\c
SELECT (dynasty.predict('zero', '{"a": 0}')).margins, (dynasty.predict('bare', '{"age": 2}')).margins;
