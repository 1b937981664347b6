-- The third part of 'make demo': labels, a model trained in the database, its predictions with reasons, and how good they were.
\pset footer off
\pset null '-'
\pset pager off
SELECT max(season) AS last, max(season) - 9 AS y1, max(season) - 6 AS y4, max(season) - 5 AS test FROM dynasty.mlb_stats \gset
SELECT count(*) FILTER (WHERE is_success) AS successes, count(*) AS rows FROM dynasty.training_set(ARRAY(SELECT generate_series(:y1, :y4))) \gset
SELECT :successes >= 20 AND :rows >= 200 AS enough \gset
\if :enough

\echo
\echo '=== What became of the prospects of' :test '(in the seasons after it, up to four)'
SELECT success_tier AS "Tier", count(*) AS "Prospects", round(100.0 * count(*) / sum(count(*)) OVER (), 1) AS "%",
       round(avg(total_pa) FILTER (WHERE total_pa > 0)) AS "PA of those with any", round(avg(cumulative_war), 1) AS "WAR"
FROM dynasty.derive_labels(:test, prospect_ids => ARRAY(SELECT prospect_id FROM dynasty.population(ARRAY[:test])))
GROUP BY success_tier ORDER BY array_position('{Star,Solid,Marginal,Failed}', success_tier::text);

-- Real files know body, hands, position, birth place and the draft of those who made it better than of others: a model that gets
-- them is told the outcome. There the model gets what was recorded in its year, and the age. A simulated league knows everybody alike.
SELECT count(*) = 0 AS is_real FROM dynasty.prospects WHERE data_sources @> '{"simulated": true}' \gset
\set features v1.0
\if :is_real
\echo '=== What may be learnt from: features with a date that vary in' :y1 'to' :y4 ', without the draft, and the age'
SELECT array_agg(r.feature::text ORDER BY c.ordinal) AS names
FROM dynasty.leak_report(ARRAY(SELECT generate_series(:y1, :y4))) r JOIN dynasty.feature_catalogue() c ON c.name = r.feature
WHERE r.value_auc <> 0.5 AND (r.is_dated AND c.category <> 'bio' OR r.feature = 'age') \gset
SELECT dynasty.register_feature_set('dated', :'names') AS "Features", :'names' AS "Names";
\set features dated
\endif

\echo '=== A model, trained in the database on the prospects as they stood in' :y1 'to' :y4
\timing on
SELECT model AS "Model", train_rows AS "Train", test_rows AS "Test", penalty AS "Penalty", round(log_loss::numeric, 4) AS "Log loss",
       round(brier::numeric, 4) AS "Brier", round(auc::numeric, 3) AS "AUC", left(training_digest, 12) AS "Digest"
FROM dynasty.train_model('majors', '1', 'logistic', ARRAY(SELECT generate_series(:y1, :y4)), feature_set_version => :'features');
\timing off

\echo '=== Its word on' :test '(which it has not seen), and what came of it'
SET client_min_messages = warning;
\timing on
SELECT dynasty.predict_all('majors', :test, make_date(:test, 12, 31), explain => false) AS "Predictions";
\timing off
SELECT as_of_year AS "As of", predictions AS "Predictions", successes AS "Successes", round(brier::numeric, 4) AS "Brier",
       round(brier_skill::numeric, 3) AS "Skill", round(auc::numeric, 3) AS "AUC", round(lift_of_top_tenth::numeric, 1) AS "Lift of the top tenth"
FROM dynasty.model_performance('majors', :test) WHERE as_of_year IS NOT NULL;
-- Of regulars everybody knows that they will play: what a scout pays for is the first row.
SELECT status AS "Of them", predictions AS "Predictions", successes AS "Successes", round(success_rate::numeric, 3) AS "Rate", round(mean_probability::numeric, 3) AS "Said",
       round(auc::numeric, 3) AS "AUC"
FROM dynasty.model_performance('majors', :test, by_status => true, population => 'prospects') WHERE as_of_year IS NOT NULL AND status IS NOT NULL;
\pset tuples_only on
SELECT dynasty.calibration_chart('majors', :test);
\pset tuples_only off

\echo '=== The card of the best under 24 who has not been in the majors, as of' :last
\pset format wrapped
\pset columns 150
SELECT prospect_id AS star FROM dynasty.predict_matrix('majors', :last)
WHERE prospect_id IN (SELECT prospect_id FROM dynasty.feature_matrix(:last),
                          (SELECT array_position(n, 'reached_mlb_by_as_of') AS majors, array_position(n, 'age') AS age FROM dynasty.feature_names() n) p
                      WHERE feature_values[p.majors] = 0 AND feature_values[p.age] < 24)
ORDER BY success_probability DESC, 1 LIMIT 1 \gset
SELECT dynasty.predict_all('majors', y, make_date(y, 12, 31), ARRAY[:star]) > 0 AS said FROM generate_series(:last - 3, :last) y \g /dev/null
SELECT p.name AS "Name", p.position AS "Position", p.birth_date AS "Born", p.current_organization AS "Organisation", r.success_probability AS "P(success)",
       r.confidence_level AS "Confidence", rtrim(regexp_replace(r.prediction_narrative, '(.{1,110})(?: |$)', E'\\1\n', 'g'), E'\n') AS "In words", array_to_string(r.key_strengths, E'\n') AS "Strengths",
       array_to_string(r.key_concerns, E'\n') AS "Concerns", array_to_string(r.comparable_players, E'\n') AS "Comparable"
FROM dynasty.ml_predictions r JOIN dynasty.prospects p ON p.id = r.prospect_id
WHERE r.prospect_id = :star AND r.prediction_date = make_date(:last, 12, 31) AND r.model_version = 'majors:1' \gx
\echo '=== Why (the largest contributions, in log-odds) and over time'
SELECT rank AS "#", feature AS "Feature", round(value::numeric, 3) AS "Value", to_char(shap, 'SG90.00') AS "Contribution", description AS "What it is"
FROM dynasty.explain_prediction('majors', :star, :last) ORDER BY rank LIMIT 8;
\pset tuples_only on
SELECT dynasty.prediction_history_chart(:star, 'majors');
\pset tuples_only off
\else
\echo
\echo '=== Models: SKIPPED, there are no closed windows with outcomes in these data (needed: games, lines or grades of' :y1 'to' :y4 'and major-league seasons after)'
\endif
