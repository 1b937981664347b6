-- What models say: predictions, explanations, comparable prospects. Computed in src/prospects/models.

CREATE FUNCTION dynasty.predict(
    model text, prospect_id integer, as_of_year integer, known_at timestamptz DEFAULT NULL)
RETURNS TABLE (
    model_version text, success_probability double precision, prob_star double precision, prob_solid double precision,
    prob_marginal double precision, prob_failed double precision, value double precision, margins double precision[],
    predictions double precision[], classes text[])
LANGUAGE c STABLE PARALLEL SAFE ROWS 1 COST 1000 AS 'MODULE_PATHNAME', 'predict_wrapper';
COMMENT ON FUNCTION dynasty.predict(text, integer, integer, timestamptz) IS
'What a model (name for the newest version, or name:version) says of a prospect from his features as of the end of a year: model_version; success_probability (calibrated); prob_star to prob_failed for target tier; value for target value; margins (one per output, before the link) and predictions (after it, as the library predicts, not calibrated) in the order of classes. Reads with the caller''s rights, ml_models among them.
One row; none for an unknown prospect or a NULL model, prospect_id or as_of_year. known_at: as in dynasty.prospect_features().
Errors: 42704 unknown model (with the nearest names); 22023 year outside 1900 to 2100, or a model with features of its own; 42501.';

CREATE FUNCTION dynasty.predict(model text, features jsonb)
RETURNS TABLE (
    model_version text, success_probability double precision, prob_star double precision, prob_solid double precision,
    prob_marginal double precision, prob_failed double precision, value double precision, margins double precision[],
    predictions double precision[], classes text[])
LANGUAGE c STABLE PARALLEL SAFE ROWS 1 COST 100 AS 'MODULE_PATHNAME', 'predict_features_wrapper';
COMMENT ON FUNCTION dynasty.predict(text, jsonb) IS
'The same of features by name: a JSON object of numbers. A feature that is not in it, or null, is missing. Features of the model''s set that it does not look at may be in it, so feature_vector fits as it is.
Errors: 42704 unknown model; 22023 a key that is no feature (with the nearest names), a value that is no number a double can hold, features no object.';

CREATE FUNCTION dynasty.predict_matrix(
    model text, as_of_year integer, prospect_ids integer[] DEFAULT NULL, known_at timestamptz DEFAULT NULL)
RETURNS TABLE (
    prospect_id integer, success_probability double precision, prob_star double precision, prob_solid double precision,
    prob_marginal double precision, prob_failed double precision, value double precision, margins double precision[],
    predictions double precision[])
LANGUAGE c STABLE PARALLEL SAFE ROWS 10000 COST 1000000 AS 'MODULE_PATHNAME', 'predict_matrix_wrapper';
COMMENT ON FUNCTION dynasty.predict_matrix(text, integer, integer[], timestamptz) IS
'dynasty.predict() of all prospects, or of those named, by prospect_id; writes nothing. Vectors of v1.0 in dynasty.ml_features that are not older than their inputs are used as they are, which is much faster than computing them. Errors as dynasty.predict().';

CREATE FUNCTION dynasty.predict_all(
    model text, as_of_year integer, prediction_date date DEFAULT CURRENT_DATE, prospect_ids integer[] DEFAULT NULL,
    explain boolean DEFAULT true, threshold double precision DEFAULT 0.5)
RETURNS bigint
LANGUAGE c VOLATILE PARALLEL UNSAFE COST 10000000 SET search_path = pg_catalog, pg_temp
AS 'MODULE_PATHNAME', 'predict_all_wrapper';
COMMENT ON FUNCTION dynasty.predict_all(text, integer, date, integer[], boolean, double precision) IS
'Predicts all prospects, or those named, and writes dynasty.ml_predictions by the rules of dynasty.record_prediction(), with as_of_year, margin and base_value; returns the rows that were new or changed. model_version is name:version.
explain: also shap_values (contributions to the margin: with base_value they add up to it; for target tier of the mean margin of Star, Solid and Marginal less that of Failed), feature_importance, prediction_narrative, key_strengths, key_concerns and comparable_players. Without it these are NULL.
There is one prediction per prospect, model and prediction_date: for several years give several dates. Says how far it is when it takes longer than a second. 0 for a NULL model or year.
Errors: 42704 unknown model; 22023 year outside 1900 to 2100, threshold outside 0 to 1, a model of target value, with features of its own, or (explain) without covers; 22000 contributions that do not add up to the margin; 22004 prediction_date, explain or threshold is NULL; 42501.';

CREATE FUNCTION dynasty.explain_prediction(
    model text, prospect_id integer, as_of_year integer, class text DEFAULT NULL)
RETURNS TABLE (
    rank integer, feature text, value double precision, shap double precision, percentile double precision, reading text,
    description text, base_value double precision, margin double precision)
LANGUAGE c STABLE PARALLEL SAFE ROWS 290 COST 1000000 AS 'MODULE_PATHNAME', 'explain_prediction_wrapper';
COMMENT ON FUNCTION dynasty.explain_prediction(text, integer, integer, text) IS
'Why a model says what it says of a prospect: a row per feature, the largest contribution first. shap: what the feature adds to the margin, exactly (path-dependent TreeSHAP, or the terms of a linear model): base_value + sum(shap) = margin, which is checked. value: his value, NULL = missing. percentile: the percentage of his peers (role, level and age group, who played that year; wider when they are fewer than 10) who are worse, with low strikeout rates good for hitters, high ones for pitchers, and so on; who are lower where neither is good. reading: the same in words; NULL where there is nothing to say.
class: whose margin; NULL: that of the one output, for target tier the mean of Star, Solid and Marginal less Failed.
No row for an unknown prospect or a NULL argument. Errors: 42704 unknown model; 22023 year outside 1900 to 2100, unknown class, a model with features of its own or without covers; 22000 contributions that do not add up; 42501.';

CREATE FUNCTION dynasty.comparable_players(
    prospect_id integer, as_of_year integer, n integer DEFAULT 5, years integer[] DEFAULT NULL)
RETURNS TABLE (
    rank integer, prospect_id integer, name text, as_of_year integer, level text, age double precision,
    distance double precision, success_tier text)
LANGUAGE c STABLE PARALLEL SAFE ROWS 5 COST 1000000 AS 'MODULE_PATHNAME', 'comparable_players_wrapper';
COMMENT ON FUNCTION dynasty.comparable_players(integer, integer, integer, integer[]) IS
'The n prospects of earlier years most like him, and what became of them in the four seasons that followed: of his role (by position), at most a year older or younger, never himself, each once in the year he was nearest. distance: root of the mean squared difference of 24 features (pitchers 23), each in standard deviations of those compared with, that of the level taken twice; a value that one of the two lacks counts 1. Where there are no games to compare (of him, or of those years), hitters are compared by their lines in milb_advanced_stats, in 15 features with the level and the season of the last line.
years: as of which years they are taken; not after as_of_year. NULL: the three latest whose four seasons were over by as_of_year; of these only prospects whose outcome is known. success_tier NULL: not known yet.
No row for an unknown prospect, one without age, one with neither games nor (as a hitter) a line in milb_advanced_stats, or a NULL argument. Errors: 22023 year outside 1900 to 2100, a year after as_of_year, n outside 0 to 1000; 42501.';
