-- record_prediction(): what is stored, and what is filled in.
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'One', 'SS'), (2, 'Two', 'P');
SELECT dynasty.record_prediction(1, 'm1', '2024-03-01', 0.7345, 0.1005, 0.2505, 0.3835, 0.2655,
    '{"age": 0.25, "career_ops": -0.75, "career_pa": 0.25, "hits_cv": 0.1}', prediction_narrative => 'Will hit.', key_strengths => '{power,"young, still"}',
    key_concerns => '{}', comparable_players => ARRAY['A B', NULL]) AS id \gset first_
\pset null (null)
\x on
SELECT prospect_id, model_version, to_char(prediction_date, 'YYYY-MM-DD') AS prediction_date, success_probability, predicted_class, confidence_level, prob_star, prob_solid, prob_marginal,
       prob_failed, feature_importance, shap_values, prediction_narrative, key_strengths, key_concerns, comparable_players, id = :first_id AS is_the_id FROM dynasty.ml_predictions;
-- The same key again replaces everything, also by nothing, and keeps id and created_at.
UPDATE dynasty.ml_predictions SET created_at = '2024-03-01';
SELECT dynasty.record_prediction(1, 'm1', '2024-03-01', 0.2) = :first_id AS same_id;
SELECT success_probability, predicted_class, confidence_level, prob_star, feature_importance, shap_values, prediction_narrative, key_strengths, created_at = '2024-03-01' AS kept FROM dynasty.ml_predictions;
\x off
-- Another day, another model, another prospect: other rows.
SELECT dynasty.record_prediction(1, 'm1', '2024-03-02', 0.5) > :first_id AS new_id, dynasty.record_prediction(1, 'm2', '2024-03-01', 0.5) > :first_id AS new_id,
       dynasty.record_prediction(2, 'm1', '2024-03-01') > :first_id AS new_id;
SELECT prospect_id, model_version, to_char(prediction_date, 'YYYY-MM-DD') AS day, success_probability, predicted_class, confidence_level FROM dynasty.ml_predictions ORDER BY 1, 2, 3;
-- Class and confidence follow from the stored probability; the threshold is the caller's.
CREATE FUNCTION stored(p float8, threshold float8 DEFAULT 0.5, class boolean DEFAULT NULL, confidence text DEFAULT NULL) RETURNS TABLE (p_stored numeric, predicted_class boolean, confidence_level varchar)
LANGUAGE sql AS $$
    SELECT dynasty.record_prediction(1, 'try', '2024-05-05', $1, threshold => $2, predicted_class => $3, confidence_level => $4);
    SELECT success_probability, predicted_class, confidence_level FROM dynasty.ml_predictions WHERE model_version = 'try'; $$;
SELECT v.p, s.* FROM unnest('{0,0.2,0.2004,0.2005,0.349,0.35,0.3505,0.351,0.4994,0.4995,0.5,0.6494,0.6495,0.65,0.7994,0.7995,0.8,0.9995,1}'::float8[]) WITH ORDINALITY v (p, o), stored(v.p) s ORDER BY o;
SELECT v.t, s.* FROM unnest('{0,0.2999,0.3,0.3001,1}'::float8[]) WITH ORDINALITY v (t, o), stored(0.3, v.t) s ORDER BY o;
SELECT * FROM stored(0.9, 0.5, false, 'Low');
SELECT * FROM stored(NULL, 0.5, true, 'hunch');
SELECT * FROM stored(NULL);
-- Rounding is the server's own: numeric(4,3) of the float8.
SELECT count(*) AS tried, count(*) FILTER (WHERE s.p_stored <> x.p::numeric(4,3)) AS different
FROM (SELECT i / 20000.0::float8 AS p FROM generate_series(0, 20000, 7) i UNION ALL SELECT (2 * i + 1) / 2000.0::float8 FROM generate_series(0, 999) i
      UNION ALL SELECT 0.1::float8 + i * 0.0005::float8 FROM generate_series(0, 900) i) x, stored(x.p) s;
-- Importance: ten of the twelve, by size; equal ones in the order of the catalogue; the digits as they were given.
CREATE TABLE names AS SELECT row_number() OVER () AS ordinal, k.name
FROM (VALUES ('age'), ('height_inches'), ('weight_lbs'), ('career_pa'), ('career_avg'), ('career_obp'), ('career_slg'), ('career_ops'), ('max_level'), ('hits_cv'), ('multi_hit_game_rate'), ('games_share_a')) k (name);
SELECT dynasty.record_prediction(2, 'm9', '2024-03-01', shap_values => (SELECT jsonb_object_agg(name, (ordinal - 6.5) / 10) FROM names)) > 0 AS stored;
SELECT e.ord, e.entry FROM dynasty.ml_predictions p, jsonb_array_elements(p.feature_importance) WITH ORDINALITY e (entry, ord) WHERE model_version = 'm9' ORDER BY 1;
SELECT dynasty.record_prediction(2, 'm9', '2024-03-01', shap_values => '{"hits_cv": 0.50, "age": -0.5, "career_pa": 0.5000000000000000000001, "max_level": -7, "career_avg": 1e-20}') > 0 AS stored;
SELECT feature_importance FROM dynasty.ml_predictions WHERE model_version = 'm9';
SELECT dynasty.record_prediction(2, 'm9', '2024-03-01', shap_values => '{}') > 0 AS stored;
SELECT feature_importance, shap_values FROM dynasty.ml_predictions WHERE model_version = 'm9';
-- Given, it is stored as given.
SELECT dynasty.record_prediction(2, 'm9', '2024-03-01', shap_values => '{"age": 1}', feature_importance => '{"my": ["own"]}') > 0 AS stored;
SELECT feature_importance, shap_values FROM dynasty.ml_predictions WHERE model_version = 'm9';
-- Rows that came with their ids are no obstacle.
INSERT INTO dynasty.ml_predictions (id, prospect_id, model_version, prediction_date) SELECT (SELECT max(id) FROM dynasty.ml_predictions) + i, 1, 'copy', date '2024-01-01' + i FROM generate_series(1, 9) i;
SELECT dynasty.record_prediction(1, 'after', '2024-03-01', 0.5) > (SELECT max(id) FROM dynasty.ml_predictions WHERE model_version = 'copy') AS after_them;
