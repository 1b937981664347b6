-- Prediction records of flagship contract 8.
CREATE FUNCTION dynasty.record_prediction(
    prospect_id integer,
    model_version text,
    prediction_date date,
    success_probability double precision DEFAULT NULL,
    prob_star double precision DEFAULT NULL,
    prob_solid double precision DEFAULT NULL,
    prob_marginal double precision DEFAULT NULL,
    prob_failed double precision DEFAULT NULL,
    shap_values jsonb DEFAULT NULL,
    feature_importance jsonb DEFAULT NULL,
    threshold double precision DEFAULT 0.5,
    predicted_class boolean DEFAULT NULL,
    confidence_level text DEFAULT NULL,
    prediction_narrative text DEFAULT NULL,
    key_strengths text[] DEFAULT NULL,
    key_concerns text[] DEFAULT NULL,
    comparable_players text[] DEFAULT NULL
) RETURNS integer LANGUAGE c VOLATILE PARALLEL UNSAFE COST 1000 SET search_path = pg_catalog, pg_temp
AS 'MODULE_PATHNAME', 'record_prediction_wrapper';
COMMENT ON FUNCTION dynasty.record_prediction(integer, text, date, double precision, double precision, double precision, double precision, double precision, jsonb, jsonb, double precision, boolean, text, text, text[], text[], text[]) IS
'Stores what a model said about a prospect on a day in dynasty.ml_predictions and returns the id of the row. A row of the same prospect_id, model_version and prediction_date is replaced, also by NULLs; it keeps id and created_at.
Probabilities are 0 to 1 and stored to 3 decimals, half away from zero, as a cast to numeric(4,3) does. The four classes come together or not at all; what is stored of them adds up to 1 within 0.002.
What is not given (NULL) is filled in: predicted_class: stored success_probability >= threshold; confidence_level: High from 0.800 or up to 0.200, Medium from 0.650 or up to 0.350, else Low; both NULL without a success_probability. feature_importance: the 10 shap_values with the largest absolute value as a JSON array of {"feature", "value"}, the largest first, ties by catalogue ordinal and name; NULL without shap_values.
shap_values: JSON object of numbers by feature name. prediction_narrative, key_strengths, key_concerns and comparable_players are stored as given.
Needs INSERT, UPDATE and SELECT on ml_predictions (42501). Errors: 22004 prospect_id, model_version, prediction_date or threshold is NULL; 22023 a probability or the threshold outside 0 to 1, classes incomplete or not adding up, shap_values no object of numbers or with a key that is no feature; 22001 model_version or confidence_level too long; 23503 unknown prospect; 23514 prediction_date outside 1870 to 2200.';
