-- The SQL of docs/prospects/models.md from "Registering a model" on, on a simulated league: every example runs.
SET client_min_messages = warning;
SELECT count(*) FROM dynasty.simulate_league(150, 2015, 2023, 9);
SELECT dynasty.register_model('hand', '1', 'linear', '{
    "kind": "logistic", "feature_names": ["age", "max_level", "career_k_rate"], "coef": [[-0.9, 1.1, -0.5, 0.1]], "intercept": [-1.5],
    "impute": [21.5, 3, 0.22], "missing_indicator": ["career_k_rate"], "mean": [21.5, 3, 0.22, 0.4], "scale": [2.5, 1.6, 0.07, 0.5]}');
SELECT count(p.name), bool_and(success_probability BETWEEN 0 AND 1) FROM (
    SELECT p.name, m.success_probability FROM dynasty.predict_matrix('hand', 2023) m JOIN dynasty.prospects p ON p.id = m.prospect_id
    ORDER BY 2 DESC LIMIT 10) p;
SELECT dynasty.predict_all('hand', 2023, '2023-12-31');
SELECT count(*), count(reading) > 0 AS readings FROM (
    SELECT rank, feature, value, shap, percentile, reading
    FROM dynasty.explain_prediction('hand', (SELECT min(id) FROM dynasty.prospects), 2023)) e;
SELECT count(*), count(success_tier) FROM (
    SELECT rank, name, as_of_year, level, round(distance::numeric, 2) AS distance, success_tier
    FROM dynasty.comparable_players((SELECT min(id) FROM dynasty.prospects), 2023, 5)) c;
-- A missing strikeout rate is taken for 0.22, and its indicator is 1 instead of 0: 1 / 0.5 * 0.1.
SELECT round((a.margins[1] - b.margins[1])::numeric, 9) AS indicator FROM dynasty.predict('hand', '{"age": 20, "max_level": 4}') a, dynasty.predict('hand', '{"age": 20, "max_level": 4, "career_k_rate": 0.22}') b;
