-- predict_all: what record_prediction would write, only what changed, and what is said about it.
SET client_min_messages = warning;
SELECT count(*) FROM dynasty.simulate_league(60, 2014, 2018, 5);
SELECT dynasty.register_model('m', '1', 'linear', '{"kind": "logistic", "feature_names": ["age", "max_level", "career_k_rate", "pitch_career_k_rate"], "coef": [-0.4, 0.8, -3, 3], "intercept": 5, "impute": [22, 1, 0.2, 0.2]}');
SELECT dynasty.register_model('t', '1', 'linear', '{"kind": "multinomial", "feature_names": ["age", "max_level"], "coef": [[0.1, 0.2], [-0.1, 0.3], [0, 0.4], [-0.2, 0.5]], "intercept": [2, 1, 0, 1], "impute": [22, 1]}', classes => '{Failed,Star,Marginal,Solid}');
SELECT dynasty.predict_all('m', 2018, '2019-01-01'), dynasty.predict_all('t', 2018, '2019-01-01');
-- The probabilities are those of predict; the rest is as record_prediction fills it in.
SELECT count(*), count(*) FILTER (WHERE p.success_probability = round(q.success_probability::numeric, 3) AND p.prob_star IS NOT DISTINCT FROM round(q.prob_star::numeric, 3)
           AND p.prob_failed IS NOT DISTINCT FROM round(q.prob_failed::numeric, 3)) AS as_predicted
FROM dynasty.ml_predictions p, dynasty.predict(p.model_version, p.prospect_id, 2018) q;
BEGIN;
CREATE TEMP TABLE ours AS SELECT prospect_id, model_version, success_probability, predicted_class, confidence_level, prob_star, prob_solid, prob_marginal, prob_failed,
    feature_importance, shap_values FROM dynasty.ml_predictions;
SELECT count(dynasty.record_prediction(q.prospect_id, p.model, '2019-01-02', q.success_probability, q.prob_star, q.prob_solid, q.prob_marginal, q.prob_failed, o.shap_values))
FROM unnest('{m:1,t:1}'::text[]) p (model), dynasty.predict_matrix(p.model, 2018) q JOIN ours o USING (prospect_id) WHERE o.model_version = p.model;
SELECT count(*) AS differ FROM (TABLE ours EXCEPT ALL SELECT prospect_id, model_version, success_probability, predicted_class, confidence_level, prob_star, prob_solid,
    prob_marginal, prob_failed, feature_importance, shap_values FROM dynasty.ml_predictions WHERE prediction_date = '2019-01-02') d;
ROLLBACK;
-- Contributions and base value add up to the margin.
SELECT p.model_version, count(*), max(abs(p.base_value + s.sum - p.margin)) < 1e-9 AS add_up, min(s.n), max(jsonb_array_length(p.feature_importance))
FROM dynasty.ml_predictions p, LATERAL (SELECT sum(v::float8), count(*) AS n FROM jsonb_each_text(p.shap_values) AS e (k, v)) s GROUP BY 1 ORDER BY 1;
SELECT count(*) AS same_margin FROM dynasty.ml_predictions p, dynasty.predict('m', p.prospect_id, 2018) q WHERE p.model_version = 'm:1' AND p.margin = q.margins[1];
-- Nothing changed: nothing is written.
SELECT dynasty.predict_all('m', 2018, '2019-01-01');
UPDATE dynasty.prospects SET birth_date = birth_date - 400 WHERE id = 7;
SELECT dynasty.predict_all('m', 2018, '2019-01-01', explain => false, prospect_ids => '{7, 8, 9999}');
SELECT prospect_id, shap_values IS NULL AND prediction_narrative IS NULL AND key_strengths IS NULL AND comparable_players IS NULL AND feature_importance IS NULL AS bare, margin IS NOT NULL AS margin
FROM dynasty.ml_predictions WHERE model_version = 'm:1' AND prospect_id IN (6, 7, 8) ORDER BY 1;
-- Another threshold; another year on the same day is worth a word.
SELECT dynasty.predict_all('m', 2018, '2019-02-01', explain => false, threshold => 0.0);
SELECT count(*), bool_and(predicted_class) FROM dynasty.ml_predictions WHERE prediction_date = '2019-02-01';
SET client_min_messages = notice;
SELECT dynasty.predict_all('m', 2017, '2019-02-01', explain => false);
SELECT DISTINCT as_of_year FROM dynasty.ml_predictions WHERE prediction_date = '2019-02-01';
-- Nothing to do, and what cannot be done.
SELECT dynasty.predict_all(NULL, 2018), dynasty.predict_all('m', NULL), dynasty.predict_all('m', 2018, '2019-03-01', '{}');
SELECT dynasty.predict_all('x', 2018);
SELECT dynasty.predict_all('m', 1800);
SELECT dynasty.predict_all('m', 2018, NULL);
\echo :LAST_ERROR_SQLSTATE
SELECT dynasty.predict_all('m', 2018, threshold => 2);
\set VERBOSITY terse
SELECT dynasty.predict_all('m', 2018, 'infinity');
\echo :LAST_ERROR_SQLSTATE
SELECT dynasty.register_model('v', '1', 'linear', '{"kind": "linear", "feature_names": ["age"], "coef": [1], "intercept": 0}') > 0 AS registered;
SELECT dynasty.predict_all('v', 2018);
BEGIN READ ONLY;
SELECT dynasty.predict_all('m', 2018);
ROLLBACK;
