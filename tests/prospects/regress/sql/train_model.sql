-- A model trained in the database: registered, the same each time, as good as it says, and used like any other.
SET client_min_messages = warning;
SET extra_float_digits = 0;
SELECT count(*) FROM dynasty.simulate_league(500, 2010, 2020, 8);
SELECT model, train_rows > 300 AS train, test_rows > 50 AS test, penalty, auc > 0.8 AS good, log_loss BETWEEN 0 AND 0.5 AS log_loss, training_digest ~ '^[0-9a-f]{64}$' AS digest
FROM dynasty.train_model('made', '1', as_of_years => '{2013,2014,2015,2016}');
SELECT m.kind, m.target, m.feature_set_version, m.classes, cardinality(m.feature_names) AS features, m.created_by = session_user AS by_me,
       m.training_digest = (SELECT digest FROM dynasty.training_set_summary('{2013,2014,2015,2016}')) AS its_digest,
       (SELECT s.as_of_years FROM dynasty.training_sets s WHERE s.digest = m.training_digest) AS recorded
FROM dynasty.ml_models m;
-- The held-out figures, from the test rows and what predict() says of them, in plain SQL.
CREATE TEMP TABLE test AS
SELECT t.as_of_year, t.prospect_id, t.is_success::integer AS y, p.success_probability AS p
FROM dynasty.training_set('{2013,2014,2015,2016}') t CROSS JOIN LATERAL dynasty.predict('made', t.prospect_id, t.as_of_year) p WHERE t.split = 'test';
SELECT abs(h.brier - s.brier) < 1e-12 AS brier, abs(h.log_loss - s.log_loss) < 1e-12 AS log_loss, abs(h.auc - s.auc) < 1e-12 AS auc, h.rows = s.n AS rows
FROM (SELECT count(*) AS n, avg((p - y) ^ 2) AS brier, -avg(y * ln(p) + (1 - y) * ln(1 - p)) AS log_loss,
             (SELECT avg(CASE WHEN a.p > b.p THEN 1.0 WHEN a.p = b.p THEN 0.5 ELSE 0 END) FROM test a, test b WHERE a.y = 1 AND b.y = 0)::float8 AS auc FROM test) s,
     (SELECT m.* FROM dynasty.ml_models, jsonb_to_record(metrics -> 'held_out') m (rows bigint, brier float8, log_loss float8, auc float8)) h;
-- At the minimum the gradient vanishes: computed from the document and the train rows in SQL, for the coefficient of one feature and the intercept.
WITH d AS (SELECT document::jsonb AS d, (metrics ->> 'lambda')::float8 AS lambda, array_position(feature_names, 'age') - 1 AS at FROM dynasty.ml_models),
t AS (SELECT t.*, p.success_probability - t.is_success::integer AS residual
      FROM dynasty.training_set('{2013,2014,2015,2016}') t CROSS JOIN LATERAL dynasty.predict('made', t.prospect_id, t.as_of_year) p WHERE t.split = 'train')
SELECT abs(sum(t.residual)) < 1e-3 AS intercept,
       abs(sum(t.residual * (coalesce(t.feature_values[d.at + 1], (d.d -> 'mean' ->> d.at)::float8) - (d.d -> 'mean' ->> d.at)::float8) / (d.d -> 'scale' ->> d.at)::float8)
           + max(d.lambda * (d.d #>> ARRAY['coef', '0', d.at::text])::float8)) < 1e-3 AS age
FROM t, d;
-- The same again, to the byte.
SELECT training_digest = (SELECT training_digest FROM dynasty.ml_models WHERE version = '1') AS digest FROM dynasty.train_model('made', '2', as_of_years => '{2016,2015,2014,2013}');
SELECT count(DISTINCT document) AS documents, count(DISTINCT metrics) AS metrics FROM dynasty.ml_models;
SELECT count(*) FROM dynasty.training_sets;
-- Fitted alone it is the same, and nothing is stored.
SELECT f.document = m.document AS same, f.penalty = (m.metrics ->> 'lambda')::float8 AS lambda FROM dynasty.fit_model('{2013,2014,2015,2016}') f, dynasty.ml_models m WHERE m.version = '1';
-- A penalty of one's own; the years by default; no test; fewer features.
SELECT train_rows > 500 AS train, test_rows, penalty, log_loss, brier, auc FROM dynasty.train_model('own', '1', lambda => 5, folds => 0, test_share => 0);
SELECT s.as_of_years, m.metrics -> 'cross_validated' AS cross_validated, m.metrics -> 'tried' AS tried FROM dynasty.ml_models m JOIN dynasty.training_sets s ON s.digest = m.training_digest WHERE m.name = 'own';
SELECT dynasty.register_feature_set('few', '{age,career_ops,career_k_rate,max_level,days_since_last_game,young}', '{"young": "CASE WHEN age < 21 THEN 1 ELSE 0 END"}');
SELECT model, auc > 0.7 AS good FROM dynasty.train_model('few', '1', as_of_years => '{2013,2014,2015,2016}', feature_set_version => 'few', split => 'time', population => 'active');
SELECT feature_set_version, feature_names, metrics -> 'test_rows' = to_jsonb((SELECT count(*) FROM dynasty.training_set('{2016}', version => 'few', population => 'active'))) AS last_year_is_the_test
FROM dynasty.ml_models WHERE name = 'few';
-- The tiers.
SELECT model, log_loss BETWEEN 0 AND 1 AS log_loss, auc > 0.7 AS auc
FROM dynasty.train_model('tiers', '1', 'multinomial', as_of_years => '{2013,2014,2015,2016}', feature_set_version => 'few', config => '{"star_peak_war": 2, "star_cumulative_war": 4, "solid_peak_war": 1, "solid_cumulative_war": 2, "min_pa": 200, "min_outs": 90}', lambda => 10, folds => 3);
SELECT target, classes FROM dynasty.ml_models WHERE name = 'tiers';
SELECT count(*) AS rows, count(*) FILTER (WHERE abs(p.prob_star + p.prob_solid + p.prob_marginal + p.prob_failed - 1) > 1e-12 OR abs(p.success_probability - 1 + p.prob_failed) > 1e-12) AS wrong
FROM dynasty.population('{2018}', 'known') q CROSS JOIN LATERAL dynasty.predict('tiers', q.prospect_id, 2018) p;
\set VERBOSITY terse
\set SHOW_CONTEXT never
SELECT * FROM dynasty.train_model('made', '1', as_of_years => '{2013}');
SELECT * FROM dynasty.train_model('none', '1', as_of_years => '{2017,2018,2019}');
SELECT * FROM dynasty.train_model('none', '1', as_of_years => '{2015}', config => '{"min_pa": 100000, "min_outs": 100000}', feature_set_version => 'few');
SELECT * FROM dynasty.train_model('none', '1', 'multinomial', as_of_years => '{2015}', config => '{"star_peak_war": 100, "star_cumulative_war": 100}', feature_set_version => 'few');
SELECT * FROM dynasty.train_model('none', '1', as_of_years => '{2015}', prospect_ids => '{}');
-- What was tried leaves nothing behind.
SELECT name, version FROM dynasty.ml_models ORDER BY id;
SET statement_timeout = '300ms';
SELECT * FROM dynasty.fit_model('{2012,2013,2014,2015,2016}', kind => 'multinomial');
