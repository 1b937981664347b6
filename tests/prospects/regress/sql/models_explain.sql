-- explain_prediction: exact contributions, how he stands among his peers, and the sentence of the contract.
SET client_min_messages = warning;
-- Twelve AA hitters born in 1998 who strike out in 1, 2 ... 12 of 20 plate appearances; and as many pitchers who strike out 1 ... 12 of 20 batters.
INSERT INTO dynasty.prospects (id, name, position, birth_date) SELECT i, 'Hitter ' || i, 'SS', '1998-01-01' FROM generate_series(1, 12) i;
INSERT INTO dynasty.prospects (id, name, position, birth_date) SELECT 20 + i, 'Pitcher ' || i, 'SP', '1998-01-01' FROM generate_series(1, 12) i;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances, at_bats, hits, doubles, triples, home_runs, walks, strikeouts)
SELECT i, '2019-06-01', 2019, 'AA', 20, 20, 5, 0, 0, 0, 0, i FROM generate_series(1, 12) i;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, outs_pitched, batters_faced, hits_allowed, walks_allowed, home_runs_allowed, earned_runs, strikeouts_pitched)
SELECT 20 + i, '2019-06-01', 2019, 'AA', 15, 20, 5, 0, 0, 0, i FROM generate_series(1, 12) i;
-- A hitter without games.
INSERT INTO dynasty.prospects (id, name, position) VALUES (99, 'Nobody', 'CF');
SELECT dynasty.register_model('m', '1', 'linear', '{"kind": "logistic", "feature_names": ["career_k_rate", "pitch_career_k_rate", "age"], "coef": [-10, 10, 0], "intercept": 1, "impute": [0.3, 0.3, 21], "mean": [0.3, 0.3, 21]}') > 0 AS registered;
-- (0.1 - 0.3) * -10 = 2.
SELECT * FROM dynasty.explain_prediction('m', 2, 2019);
SELECT rank, feature, round(shap::numeric, 9) AS shap, percentile, reading FROM dynasty.explain_prediction('m', 11, 2019) WHERE rank = 1;
-- What is bad for a hitter is good for a pitcher.
SELECT rank, feature, round(shap::numeric, 9) AS shap, percentile, reading FROM dynasty.explain_prediction('m', 22, 2019) WHERE rank = 1;
SELECT rank, feature, round(shap::numeric, 9) AS shap, percentile, reading FROM dynasty.explain_prediction('m', 31, 2019) WHERE rank = 1;
-- Strengths and concerns follow.
SELECT dynasty.predict_all('m', 2019, '2020-01-01');
SELECT prospect_id, key_strengths, key_concerns FROM dynasty.ml_predictions WHERE prospect_id IN (2, 11, 22, 31, 99) ORDER BY 1;
SELECT prediction_narrative FROM dynasty.ml_predictions WHERE prospect_id IN (2, 99) ORDER BY prospect_id;
SELECT feature_importance FROM dynasty.ml_predictions WHERE prospect_id = 2;
-- No data: there is a row for him, and nothing to read.
SELECT rank, feature, value, shap, percentile, reading FROM dynasty.explain_prediction('m', 99, 2019);
SELECT count(*) FROM dynasty.explain_prediction('m', 1000, 2019);
-- Classes: each has its margin; the tiers' own margin is that of success against failure.
SELECT dynasty.register_model('t', '1', 'linear', '{"kind": "multinomial", "feature_names": ["career_k_rate"], "coef": [[1], [2], [3], [6]], "intercept": [0.1, 0.2, 0.3, 0.4]}', classes => '{Star,Solid,Marginal,Failed}') > 0 AS registered;
SELECT c AS class, e.shap, e.base_value, e.margin, p.margins[o] AS predicted FROM unnest('{Star,Failed}'::text[], '{1,4}'::int[]) x (c, o), dynasty.explain_prediction('t', 10, 2019, c) e, dynasty.predict('t', 10, 2019) p;
SELECT shap, base_value, margin FROM dynasty.explain_prediction('t', 10, 2019);
SELECT * FROM dynasty.explain_prediction('t', 10, 2019, 'Bust');
\echo :LAST_ERROR_SQLSTATE
SELECT * FROM dynasty.explain_prediction('m', 10, 2019, 'true');
SELECT dynasty.register_model('c', '1', 'linear', '{"kind": "multinomial", "feature_names": ["age"], "coef": [[1], [2]], "intercept": [0, 0]}') > 0 AS registered;
SELECT * FROM dynasty.explain_prediction('c', 10, 2019);
SELECT rank, feature, shap - value * 2 AS apart FROM dynasty.explain_prediction('c', 10, 2019, '1');
-- A tree by hand: 9 of 12 go left. Expected 0.25 * 0.75 - 0.5 * 0.25 = 0.0625; he is on the right, 0.5625 below it.
SELECT dynasty.register_model('x', '1', 'xgboost', '{"learner": {"feature_names": ["career_k_rate"], "gradient_booster": {"name": "gbtree", "model": {"tree_info": [0], "trees": [{"left_children": [1, -1, -1], "right_children": [2, -1, -1], "split_indices": [0, 0, 0], "split_conditions": [0.475, 0.25, -0.5], "default_left": [1, 0, 0], "sum_hessian": [12, 9, 3], "tree_param": {"num_nodes": "3"}}]}}, "learner_model_param": {"base_score": "5E-1", "num_class": "0", "num_feature": "1"}, "objective": {"name": "binary:logistic"}}, "version": [2, 1, 0]}') > 0 AS registered;
SELECT round(base_value::numeric, 6) AS base, round(shap::numeric, 6) AS shap, round(margin::numeric, 6) AS margin FROM dynasty.explain_prediction('x', 10, 2019);
-- Without covers it can be scored, but not explained.
SELECT dynasty.register_model('x', '3', 'xgboost', replace(document, '[12, 9, 3]', '[0, 0, 0]')) > 0 AS registered FROM dynasty.ml_models WHERE name = 'x' AND version = '1';
SELECT margins FROM dynasty.predict('x:3', 10, 2019);
SELECT * FROM dynasty.explain_prediction('x:3', 10, 2019);
\echo :LAST_ERROR_SQLSTATE
SELECT dynasty.predict_all('x:3', 2019, '2020-01-01');
SELECT dynasty.predict_all('x:3', 2019, '2020-01-01', explain => false);
