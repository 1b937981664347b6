-- Monitoring of registered models: by name, by what they were trained to say, drift against their training set, freshness.
SET client_min_messages = warning;
SELECT count(*) FROM dynasty.simulate_league(300, 2010, 2020, 8);
SELECT dynasty.register_feature_set('few', '{age,career_ops,max_level,throws_left,future_value}') AS features;
SELECT model FROM dynasty.train_model('a', '1', as_of_years => '{2013,2014}', years_to_evaluate => 3, feature_set_version => 'few', config => '{"min_pa": 100, "min_outs": 60}', data_through_year => 2017, lambda => 10, folds => 0);
SELECT model, trained_through, results_through, last_as_of_year, predictions, games_through, reason FROM dynasty.model_freshness;
SELECT dynasty.predict_all('a', 2015, '2015-12-31', explain => false) > 0 AS predicted, dynasty.predict_all('a', 2017, '2017-12-31', explain => false) > 0 AS predicted;
SELECT model, last_as_of_year, last_prediction_date, predictions = (SELECT count(*) FROM dynasty.prospects) AS all_of_them, reason FROM dynasty.model_freshness;
-- Judged by its own window and thresholds.
SELECT p.as_of_year, p.predictions = (SELECT count(*) FROM dynasty.population(ARRAY[p.as_of_year])) AS those_known, p.successes = l.successes AS successes
FROM dynasty.model_performance('a') p
CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE t.is_success) AS successes FROM dynasty.training_set(ARRAY[p.as_of_year], 3, config => '{"min_pa": 100, "min_outs": 60}') t) l
WHERE p.as_of_year IS NOT NULL;
-- A year it has learnt from is marked as that.
SELECT dynasty.predict_all('a', 2014, '2014-12-31', explain => false) > 0 AS predicted;
SELECT as_of_year, was_trained_on FROM dynasty.model_performance('a');
SELECT as_of_year, was_trained_on FROM dynasty.model_performance('a', 2015);
DELETE FROM dynasty.ml_predictions WHERE as_of_year = 2014;
SELECT predictions, successes FROM dynasty.model_performance('a', 2015) EXCEPT SELECT predictions, successes FROM dynasty.model_performance('a:1', 2015, 3, '{"min_pa": 100, "min_outs": 60}');
-- Drift, in plain SQL: deciles by percentile_disc over the train rows.
CREATE TEMP TABLE drift AS SELECT * FROM dynasty.feature_drift('a', 2019);
SELECT feature, known_then > 0 AS known_then, known_now > 0 AS known_now, psi >= 0 AS psi FROM drift ORDER BY feature;
SELECT psi = max(psi) OVER () AS worst_first FROM drift LIMIT 1;
CREATE TEMP TABLE both_sides AS
SELECT n.name, 0 AS side, t.feature_values[n.ordinal] AS x
FROM dynasty.training_set('{2013,2014}', 3, 'few', '{"min_pa": 100, "min_outs": 60}', 2017) t, unnest(dynasty.feature_names('few')) WITH ORDINALITY n (name, ordinal) WHERE t.split = 'train'
UNION ALL
SELECT n.name, 1, t.feature_values[n.ordinal]
FROM dynasty.training_set('{2019}', 3, 'few', include_open => true) t, unnest(dynasty.feature_names('few')) WITH ORDINALITY n (name, ordinal);
WITH cuts AS (
    SELECT b.name, array(SELECT DISTINCT c FROM unnest(percentile_disc('{0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9}'::float8[]) WITHIN GROUP (ORDER BY b.x)) c WHERE c IS NOT NULL ORDER BY c) AS cuts
    FROM both_sides b WHERE side = 0 GROUP BY 1),
binned AS (
    SELECT b.name, b.side, coalesce((SELECT count(*) FROM unnest(c.cuts) k WHERE k < b.x), 0) + CASE WHEN b.x IS NULL THEN 100 ELSE 0 END AS bin, cardinality(c.cuts) + 2 AS bins FROM both_sides b JOIN cuts c USING (name)),
shares AS (
    SELECT name, bin, max(bins) AS bins, count(*) FILTER (WHERE side = 0) AS a, count(*) FILTER (WHERE side = 1) AS b,
           sum(count(*) FILTER (WHERE side = 0)) OVER (PARTITION BY name) AS na, sum(count(*) FILTER (WHERE side = 1)) OVER (PARTITION BY name) AS nb FROM binned GROUP BY 1, 2),
psi AS (
    SELECT name, sum(((b + 0.5) / (nb + 0.5 * bins) - (a + 0.5) / (na + 0.5 * bins))::float8 * ln((((b + 0.5) / (nb + 0.5 * bins)) / ((a + 0.5) / (na + 0.5 * bins)))::float8))
           + (max(bins) - count(*)) * ((0.5 / (max(nb) + 0.5 * max(bins)) - 0.5 / (max(na) + 0.5 * max(bins))) * ln(((max(na) + 0.5 * max(bins)) / (max(nb) + 0.5 * max(bins)))::float8))::float8 AS psi FROM shares GROUP BY 1),
ks AS (
    SELECT name, max(abs(fa - fb)) AS ks FROM (
        SELECT name, x, (count(*) FILTER (WHERE side = 0) OVER w)::float8 / nullif(count(*) FILTER (WHERE side = 0) OVER (PARTITION BY name), 0) AS fa,
               (count(*) FILTER (WHERE side = 1) OVER w)::float8 / nullif(count(*) FILTER (WHERE side = 1) OVER (PARTITION BY name), 0) AS fb
        FROM both_sides WHERE x IS NOT NULL WINDOW w AS (PARTITION BY name ORDER BY x)) s GROUP BY 1),
plain AS (
    SELECT name, avg((x IS NULL)::integer) FILTER (WHERE side = 0) AS m0, avg((x IS NULL)::integer) FILTER (WHERE side = 1) AS m1,
           avg(x) FILTER (WHERE side = 0) AS a0, avg(x) FILTER (WHERE side = 1) AS a1 FROM both_sides GROUP BY 1)
SELECT count(*) AS features, bool_and(abs(d.psi - p.psi) < 1e-12) AS psi, bool_and(d.ks IS NOT DISTINCT FROM k.ks OR abs(d.ks - k.ks) < 1e-15) AS ks,
       bool_and(abs(d.missing_then - s.m0) < 1e-15 AND abs(d.missing_now - s.m1) < 1e-15) AS missing, bool_and(abs(d.mean_then - s.a0) < 1e-9 AND abs(d.mean_now - s.a1) < 1e-9) AS means
FROM drift d JOIN psi p ON p.name = d.feature LEFT JOIN ks k ON k.name = d.feature JOIN plain s ON s.name = d.feature;
-- Against one of its own years little has moved.
SELECT bool_and(psi < 0.25) AS small FROM dynasty.feature_drift('a', 2014);
-- When the data have changed under it, it says so.
RESET client_min_messages;
\set VERBOSITY terse
UPDATE dynasty.prospects SET birth_date = birth_date - 1000;
SELECT count(*) FROM dynasty.feature_drift('a', 2019);
SET client_min_messages = warning;
\set SHOW_CONTEXT never
SELECT * FROM dynasty.feature_drift('b', 2019);
SELECT * FROM dynasty.feature_drift('a', 1800);
SELECT count(*) FROM dynasty.feature_drift(NULL, 2019);
SELECT count(*) FROM dynasty.feature_drift('a', NULL);
SELECT * FROM dynasty.training_set_drift('00', 2019);
SELECT dynasty.register_model('own', '1', 'linear', (SELECT document FROM dynasty.ml_models WHERE name = 'a'), 'few') > 0 AS registered;
SELECT * FROM dynasty.feature_drift('own', 2019);
SELECT dynasty.register_model('own', '2', 'linear', (SELECT document FROM dynasty.ml_models WHERE name = 'a'), 'few', training_digest => 'unknown') > 0 AS registered;
SELECT * FROM dynasty.feature_drift('own', 2019);
-- All of them at a glance: figures of held-out rows, or those that somebody gave, if they are numbers.
SELECT dynasty.register_model('own', '3', 'linear', (SELECT document FROM dynasty.ml_models WHERE name = 'a'), 'few', calibration => '{"kind": "platt", "a": -1, "b": 0}',
    metrics => '{"auc": 0.9, "brier": "good", "log_loss": null}') > 0 AS registered;
SELECT model, is_newest, kind, target, feature_set_version, features, is_calibrated, as_of_years, years_to_evaluate, train_rows > 100 AS train_rows,
       brier, log_loss IS NOT NULL AS log_loss, auc > 0.5 AS auc, created_by = session_user AS by_me
FROM dynasty.model_list WHERE model <> 'a:1' ORDER BY model;
SELECT l.model, l.is_newest, l.as_of_years, l.years_to_evaluate, l.train_rows = s.train_rows AS train_rows, l.brier = (m.metrics #>> '{held_out,brier}')::float8 AS brier,
       l.log_loss = (m.metrics #>> '{held_out,log_loss}')::float8 AS log_loss, l.auc = (m.metrics #>> '{held_out,auc}')::float8 AS auc
FROM dynasty.model_list l JOIN dynasty.ml_models m ON l.model = m.name || ':' || m.version JOIN dynasty.training_sets s ON s.digest = m.training_digest ORDER BY 1;
