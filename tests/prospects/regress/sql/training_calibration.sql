-- Probabilities mean what they say: every row counts alike, and mean, rate, slope and intercept are told, by year and by status.
SET client_min_messages = error;
SET extra_float_digits = 0;
SELECT count(*) FROM dynasty.simulate_league(500, 2010, 2020, 8);
-- The mean probability of the rows that were learnt from is their success rate; with a weight per prospect it is not.
SELECT f.what, abs((f.metrics #>> '{in_sample,mean_probability}')::float8 - (f.metrics #>> '{in_sample,success_rate}')::float8) < 1e-6 AS right,
       f.metrics -> 'weights' AS weights, f.metrics -> 'population' AS population
FROM (SELECT 'none' AS what, metrics FROM dynasty.fit_model('{2012,2013,2014,2015}', lambda => 30, folds => 0, population => 'known')
      UNION ALL SELECT 'prospect', metrics FROM dynasty.fit_model('{2012,2013,2014,2015}', lambda => 30, folds => 0, population => 'known', weights => 'prospect')) f ORDER BY 1;
-- Figures of the held-out rows, again in SQL.
SELECT model, test_rows > 50 AS test, mean_probability BETWEEN 0 AND 1 AS mean, success_rate BETWEEN 0 AND 1 AS rate, calibration_slope > 0 AS slope, calibration_intercept IS NOT NULL AS intercept
FROM dynasty.train_model('made', '1', as_of_years => '{2012,2013,2014,2015,2016}', split => 'time', test_share => 0.4, lambda => 30, folds => 0, population => 'known');
CREATE TEMP TABLE test AS
SELECT t.as_of_year, q.status, t.is_success, p.success_probability AS p
FROM dynasty.training_set('{2012,2013,2014,2015,2016}', split => 'time', test_share => 0.4, population => 'known') t
JOIN dynasty.population('{2015,2016}', 'known') q USING (prospect_id, as_of_year)
CROSS JOIN LATERAL dynasty.predict('made', t.prospect_id, t.as_of_year) p WHERE t.split = 'test';
CREATE TEMP TABLE told AS
SELECT v.part, v.figures FROM dynasty.ml_models m CROSS JOIN LATERAL (
    SELECT 'all' AS part, m.metrics -> 'held_out' AS figures UNION ALL SELECT y.* FROM jsonb_each(m.metrics #> '{held_out,by_year}') y
    UNION ALL SELECT s.* FROM jsonb_each(m.metrics #> '{held_out,by_status}') s) v;
SELECT t.part, (t.figures ->> 'rows')::bigint = s.n AS rows, abs((t.figures ->> 'mean_probability')::float8 - s.mean) < 1e-12 AS mean,
       abs((t.figures ->> 'success_rate')::float8 - s.rate) < 1e-12 AS rate, abs((t.figures ->> 'brier')::float8 - s.brier) < 1e-12 AS brier,
       abs((t.figures ->> 'rate_standard_error')::float8 - s.by_chance) < 1e-12 AS by_chance,
       (t.figures ->> 'calibration_slope')::numeric(12, 9) IS NOT DISTINCT FROM c.slope::numeric(12, 9) AS slope
FROM told t
JOIN (SELECT coalesce(as_of_year::text, status, 'all') AS part, count(*) AS n, avg(p) AS mean, avg(is_success::integer)::float8 AS rate, avg((p - is_success::integer) ^ 2) AS brier, sqrt(sum(p * (1 - p))) / count(*) AS by_chance,
             array_agg(p) AS ps, array_agg(is_success) AS ys
      FROM test GROUP BY GROUPING SETS ((as_of_year), (status), ())) s USING (part)
CROSS JOIN LATERAL dynasty.calibration_line(s.ps, s.ys) c ORDER BY t.part COLLATE "C";
SELECT count(*) AS parts FROM told;

-- What was predicted, by status: each is a part of all, and the figures of all are those without.
SELECT dynasty.predict_all('made', y, make_date(y, 12, 31), explain => false) > 0 AS said FROM generate_series(2015, 2016) y;
CREATE TEMP TABLE judged AS SELECT * FROM dynasty.model_performance('made', by_status => true);
SELECT as_of_year, status, predictions > 0 AS some FROM judged;
SELECT coalesce(as_of_year::text, 'all') AS year, sum(predictions) FILTER (WHERE status IS NOT NULL) = sum(predictions) FILTER (WHERE status IS NULL) AS parts,
       sum(successes) FILTER (WHERE status IS NOT NULL) = sum(successes) FILTER (WHERE status IS NULL) AS successes
FROM judged GROUP BY 1 ORDER BY 1;
SELECT count(*) AS rows, count(*) FILTER (WHERE to_jsonb(j) <> to_jsonb(p)) AS different FROM dynasty.model_performance('made', population => 'known') p JOIN judged j ON j.as_of_year IS NOT DISTINCT FROM p.as_of_year AND j.status IS NULL;
SELECT count(DISTINCT status) AS statuses FROM dynasty.model_performance('made', 2016, by_status => true, population => 'prospects');
-- Regulars are foreseen easily, and whoever has not been in the majors with difficulty.
SELECT e.auc IS NULL OR e.auc > 0.5 AS regulars, e.success_rate > 0.3 AND n.success_rate < 0.1 AS rates FROM judged e, judged n WHERE e.as_of_year IS NULL AND n.as_of_year IS NULL AND e.status = 'established' AND n.status = 'never debuted';
-- Slope and intercept, from the predictions as they are stored.
SELECT count(*) AS parts, count(*) FILTER (WHERE j.calibration_slope::numeric(12, 9) IS DISTINCT FROM c.slope::numeric(12, 9)) AS other_slope,
       count(*) FILTER (WHERE j.calibration_intercept::numeric(12, 9) IS DISTINCT FROM c.intercept::numeric(12, 9)) AS other_intercept
FROM judged j JOIN (SELECT as_of_year, status, array_agg(success_probability::float8) AS ps, array_agg(is_success) AS ys FROM dynasty.judged_predictions('made', population => 'known')
      GROUP BY GROUPING SETS ((as_of_year, status), (as_of_year), (status), ())) s ON s.as_of_year IS NOT DISTINCT FROM j.as_of_year AND s.status IS NOT DISTINCT FROM j.status
CROSS JOIN LATERAL dynasty.calibration_line(s.ps, s.ys, 0.0005) c;

-- The line: right, too sure, and none.
SELECT round(c.slope::numeric, 9) AS slope, round(c.intercept::numeric, 9) AS intercept FROM dynasty.calibration_line('{0.2,0.2,0.2,0.2,0.2,0.5,0.5}', '{t,f,f,f,f,t,f}') c;
SELECT round(c.slope::numeric, 9) AS slope, round(c.intercept::numeric, 9) AS intercept
FROM dynasty.calibration_line(ARRAY(SELECT 1 / (1 + exp(-(2 * ln(s / (10.0 - s)) + 1))) FROM generate_series(1, 9) s, generate_series(1, 10)), ARRAY(SELECT i <= s FROM generate_series(1, 9) s, generate_series(1, 10) i)) c;
SELECT * FROM dynasty.calibration_line('{0.2,0.2}', '{t,f}');
SELECT * FROM dynasty.calibration_line('{0.2,0.3}', '{f,t}');
SELECT * FROM dynasty.calibration_line('{}', '{}');
SELECT count(*) FROM dynasty.calibration_line(NULL, '{t}');
\set VERBOSITY terse
SELECT * FROM dynasty.calibration_line('{0.2,1.1}', '{t,f}');
SELECT * FROM dynasty.calibration_line('{0.2}', '{t,f}');
SELECT * FROM dynasty.calibration_line('{0.2,NULL}', '{t,f}');
SELECT * FROM dynasty.calibration_line('{0.2,0.4}', '{t,NULL}');
SELECT * FROM dynasty.calibration_line('{0.2,0.4}', '{t,f}', 0.5);
SELECT * FROM dynasty.calibration_line('{NaN}', '{t}');
