-- What predictions were worth, worked by hand and in plain SQL.
SET extra_float_digits = 0;
INSERT INTO dynasty.prospects (id, name, position) SELECT i, 'P' || i, 'SS' FROM generate_series(1, 12) i;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances, at_bats, hits)
SELECT i, '2014-06-01', 2014, 'A', 4, 4, 1 FROM generate_series(1, 11) i; -- nobody has seen the twelfth by then
INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances, war) VALUES
    (1, 2017, 150, 650, 5.0), (2, 2017, 150, 650, 2.5), (3, 2018, 150, 650, 0.5), (4, 2018, 150, 499, 3.0), (5, 2019, 150, 650, 1.0), (1, 2020, 1, 1, 0.0);
CREATE FUNCTION pg_temp.say(id integer, day date, p float8, star float8 DEFAULT NULL, solid float8 DEFAULT NULL, marginal float8 DEFAULT NULL, failed float8 DEFAULT NULL) RETURNS integer LANGUAGE sql AS $$
    SELECT dynasty.record_prediction(id, 'mine', day, p, star, solid, marginal, failed) $$;
SELECT count(pg_temp.say(v.id, '2014-11-01', v.p, v.a, v.b, v.c, v.d)) FROM (VALUES
    (1, 0.9, 0.5, 0.3, 0.1, 0.1), (2, 0.8, 0.1, 0.5, 0.2, 0.2), (3, 0.3, 0.0, 0.1, 0.2, 0.7), (4, 0.8, 0.1, 0.2, 0.5, 0.2), (5, 0.2, 0.0, 0.1, 0.1, 0.8),
    (6, 0.0, 0.0, 0.0, 0.0, 1.0), (7, 0.1, 0.0, 0.0, 0.1, 0.9), (8, 0.1, 0.0, 0.0, 0.1, 0.9), (9, 0.3, 0.1, 0.1, 0.1, 0.7), (10, 0.05, 0.0, 0.0, 0.05, 0.95), (12, 0.0, 0, 0, 0, 1)) v (id, p, a, b, c, d);
-- Said later in the same year: this counts. Said in a year whose window is open, and for a window that is: nothing.
SELECT pg_temp.say(9, '2014-12-01', 0.4, 0.2, 0.1, 0.1, 0.6) > 0, pg_temp.say(1, '2017-11-01', 1, 1, 0, 0, 0) > 0, pg_temp.say(11, '2014-11-01', NULL) > 0;
SELECT j.as_of_year AS year, j.prospect_id AS id, j.success_probability AS p, j.predicted_class AS called, j.predicted_tier, j.is_success AS ok, j.success_tier
FROM dynasty.judged_predictions('mine', data_through_year => 2020) j;
SELECT count(*) AS with_the_twelfth FROM dynasty.judged_predictions('mine', 2014, data_through_year => 2020, population => 'all');
-- Successes of 2015 to 2018: prospects 1, 2, 3 (0.9, 0.8, 0.3); failures: 4, 5, 6, 7, 8, 9, 10 (0.8, 0.2, 0, 0.1, 0.1, 0.4, 0.05).
SELECT * FROM dynasty.model_performance('mine', data_through_year => 2020);
SELECT avg((p - y) ^ 2) AS brier, 1 - avg((p - y) ^ 2) / 0.21 AS skill, -avg(ln(least(greatest(CASE y WHEN 1 THEN p ELSE 1 - p END, 0.0005), 0.9995))) AS log_loss,
       (SELECT avg(CASE WHEN a > b THEN 1 WHEN a = b THEN 0.5 ELSE 0 END)::float8 FROM unnest('{0.9,0.8,0.3}'::float8[]) a, unnest('{0.8,0.2,0,0.1,0.1,0.4,0.05}'::float8[]) b) AS auc, 1 / 0.3 AS lift
FROM (VALUES (0.9::float8, 1), (0.8, 1), (0.3, 1), (0.8, 0), (0.2, 0), (0, 0), (0.1, 0), (0.1, 0), (0.4, 0), (0.05, 0)) v (p, y);
-- Of a window of five seasons the fifth prospect is a success, too; of other thresholds the fourth.
SELECT as_of_year, predictions, successes FROM dynasty.model_performance('mine', 2014, 5, data_through_year => 2020);
SELECT as_of_year, predictions, successes FROM dynasty.model_performance('mine', 2014, config => '{"min_pa": 499}', data_through_year => 2020);
SELECT * FROM dynasty.calibration_table('mine', data_through_year => 2020, bins => 5);
SELECT bin, above, up_to, predictions FROM dynasty.calibration_table('mine', data_through_year => 2020, bins => 3);
-- Wilson's interval of 1 of 2.
SELECT abs(rate_low - (0.5 + 3.841458820694124 / 4 - 1.959963984540054 * sqrt(0.25 / 2 + 3.841458820694124 / 16)) / (1 + 3.841458820694124 / 2)) < 1e-12 AS low
FROM dynasty.calibration_table('mine', data_through_year => 2020, bins => 5) WHERE predictions = 2 AND success_rate = 0.5;
SELECT * FROM dynasty.lift_table('mine', data_through_year => 2020, groups => 4);
SELECT * FROM dynasty.tier_confusion('mine', data_through_year => 2020);
SELECT * FROM dynasty.calibration_chart('mine', bins => 5, width => 40);
-- A model without tiers, and without any success.
SELECT dynasty.record_prediction(4, 'plain', '2014-11-01', 0.6) > 0 AS said;
SELECT * FROM dynasty.model_performance('plain', data_through_year => 2020);
SELECT * FROM dynasty.lift_table('plain', data_through_year => 2020, groups => 2);
SELECT * FROM dynasty.tier_confusion('plain', data_through_year => 2020);
-- Nothing to judge by yet.
SELECT count(*) FROM dynasty.model_performance('mine', 2017);
SELECT count(*) FROM dynasty.tier_confusion('mine', 2017);
SELECT count(*) FROM dynasty.calibration_chart('mine', 2017);
SELECT count(*) FROM dynasty.model_performance(NULL);
SELECT * FROM dynasty.prediction_history(1);
SELECT * FROM dynasty.prediction_history_chart(9, 'mine', 20);
SELECT * FROM dynasty.prediction_history_chart(1, width => 10);
SELECT count(*) FROM dynasty.prediction_history_chart(99);
\set VERBOSITY terse
\set SHOW_CONTEXT never
SELECT * FROM dynasty.model_performance('nobody');
SELECT * FROM dynasty.calibration_table('mine', bins => 0);
SELECT * FROM dynasty.lift_table('mine', groups => NULL);
SELECT * FROM dynasty.calibration_chart('mine', width => 5);
SELECT * FROM dynasty.prediction_history_chart(1, width => 501);
SELECT * FROM dynasty.model_performance('mine', population => 'everybody');
