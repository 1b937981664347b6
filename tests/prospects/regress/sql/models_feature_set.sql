-- A model on a feature set of the user's own: expressions are computed, and the set cannot go while the model needs it.
INSERT INTO dynasty.prospects (id, name, position, birth_date) VALUES (1, 'A B', 'SS', '2000-07-01');
SELECT dynasty.register_feature_set('mine', '{games_total, age}', '{"youth": "25 - age"}');
SELECT dynasty.register_feature_set('mine', '{games_total, age, youth}', '{"youth": "25 - age"}');
SELECT dynasty.register_model('m', '1', 'linear', '{"kind": "logistic", "feature_names": ["youth", "games_total"], "coef": [2, 1], "intercept": 0}', 'mine');
SELECT margins FROM dynasty.predict('m', 1, 2020);
SELECT margins FROM dynasty.predict_matrix('m', 2020);
SELECT rank, feature, value, shap, reading, description, base_value, margin FROM dynasty.explain_prediction('m', 1, 2020);
SELECT dynasty.predict_all('m', 2020, '2021-01-01');
SELECT success_probability, shap_values, as_of_year, margin, base_value FROM dynasty.ml_predictions;
SELECT dynasty.register_model('m', '2', 'linear', '{"kind": "logistic", "feature_names": ["youth", "career_ops"], "coef": [2, 1], "intercept": 0}', 'mine');
SELECT dynasty.drop_feature_set('mine');
\echo :LAST_ERROR_SQLSTATE
