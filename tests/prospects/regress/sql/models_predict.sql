-- predict: a logistic model by hand, missing values, features by name, and what is not there.
INSERT INTO dynasty.prospects (id, name, position, birth_date) VALUES (1, 'Worked Example', 'SS', '2000-07-01'), (2, 'No Birthday', 'SS', NULL);
SELECT dynasty.register_model('m', '1', 'linear', '{"kind": "logistic", "feature_names": ["games_total", "age"], "coef": [0.5, -0.25], "intercept": 4, "impute": [0, 22]}');
SELECT dynasty.register_model('m', '2', 'linear', '{"kind": "linear", "feature_names": ["age"], "coef": [1], "intercept": 0.5}');
-- 20 on July 1, 2020: 4 - 0.25 * 20 = -1. Without a birthday: as if he were 22.
SELECT * FROM dynasty.predict('m:1', 1, 2020);
SELECT margins[1], abs(success_probability - 1 / (1 + exp(1.5))) < 1e-15 AS right FROM dynasty.predict('m:1', 2, 2020);
-- The name alone is the newest version.
SELECT model_version, success_probability, value, predictions FROM dynasty.predict('m', 1, 2020);
-- Features by name: what is not given or null is missing.
SELECT margins[1] FROM dynasty.predict('m:1', '{"age": 20, "games_total": 2}');
SELECT margins[1] FROM dynasty.predict('m:1', '{"age": null}');
SELECT p.margins[1], p.margins[1] = q.margins[1] AS same FROM dynasty.prospect_features(1, 2020) f, dynasty.predict('m:1', f.feature_vector) p, dynasty.predict('m:1', 1, 2020) q;
-- No row.
SELECT count(*) FROM dynasty.predict('m', 3, 2020);
SELECT count(*) FROM dynasty.predict(NULL, 1, 2020);
SELECT count(*) FROM dynasty.predict('m', 1, NULL);
SELECT count(*) FROM dynasty.predict('m', NULL::jsonb);
-- Errors.
SELECT * FROM dynasty.predict('n', 1, 2020);
\echo :LAST_ERROR_SQLSTATE
SELECT * FROM dynasty.predict('m:3', 1, 2020);
SELECT * FROM dynasty.predict('m', 1, 3000);
\echo :LAST_ERROR_SQLSTATE
SELECT * FROM dynasty.predict('m:1', '{"agee": 20}');
\echo :LAST_ERROR_SQLSTATE
SELECT * FROM dynasty.predict('m:1', '{"age": "20"}');
SELECT * FROM dynasty.predict('m:1', '{"age": 1e400}');
SELECT * FROM dynasty.predict('m:1', '[20]');
-- Everybody, or some.
SELECT prospect_id, margins FROM dynasty.predict_matrix('m:1', 2020);
SELECT prospect_id, margins FROM dynasty.predict_matrix('m:1', 2020, '{2, 9, NULL}');
SELECT count(*) FROM dynasty.predict_matrix('m:1', 2020, '{}');
-- As it was known then.
SELECT p.margins = q.margins AS same FROM dynasty.prospect_features(1, 2020, 'v1.0', '2001-01-01') f, dynasty.predict('m:1', f.feature_vector) p, dynasty.predict('m:1', 1, 2020, '2001-01-01') q;
-- A model with features of its own.
SELECT dynasty.register_model('own', '1', 'linear', '{"kind": "logistic", "feature_names": ["exit velocity", "é"], "coef": [0.1, 1], "intercept": -9}', NULL);
SELECT margins[1] FROM dynasty.predict('own', '{"exit velocity": 95, "é": 1}');
SELECT * FROM dynasty.predict('own', '{"exit velo": 95}');
SELECT * FROM dynasty.predict('own', 1, 2020);
\echo :LAST_ERROR_SQLSTATE
SELECT dynasty.predict_all('own', 2020);
SELECT * FROM dynasty.explain_prediction('own', 1, 2020);
