-- Models as data: registering and dropping. Reading and scoring them is in src/prospects/models.

CREATE FUNCTION dynasty.register_model(
    name text,
    version text,
    kind text,
    document text,
    feature_set_version text DEFAULT 'v1.0',
    target text DEFAULT NULL,
    classes text[] DEFAULT NULL,
    calibration jsonb DEFAULT NULL,
    metrics jsonb DEFAULT '{}',
    training_digest text DEFAULT NULL,
    feature_names text[] DEFAULT NULL,
    missing double precision DEFAULT NULL
) RETURNS integer LANGUAGE c VOLATILE PARALLEL UNSAFE COST 100000 SET search_path = pg_catalog, pg_temp
AS 'MODULE_PATHNAME', 'register_model_wrapper';
COMMENT ON FUNCTION dynasty.register_model(text, text, text, text, text, text, text[], jsonb, jsonb, text, text[], double precision) IS
'Reads a model, checks it and keeps it in dynasty.ml_models; returns its id. From then on it is called name (the newest version) or name:version.
kind and document: xgboost (JSON of Booster.save_model(''m.json'')), lightgbm (text of Booster.model_to_string()), linear (JSON: kind, feature_names, coef, intercept, and scikit-learn''s imputer and scaler; docs/prospects/models.md).
feature_set_version: the set its features are found in by name; NULL: it has features of its own, and predict(model, features) alone can be called.
target: success (one probability), tier (four), value (anything else); NULL: what the outputs look like. classes: names of the outputs in their order, where the document has none; tier needs Star, Solid, Marginal and Failed.
calibration: {"kind": "platt", "a", "b", "on"} or {"kind": "isotonic", "x", "y", "on"}, on "probability" or "margin". metrics: a JSON object, training_digest a text; both are kept as they are.
feature_names: what the columns were, in their order, of a model trained on a bare matrix; where the document has names they must be these. missing: a value that counts as missing beside NULL and NaN, as the library was told (XGBClassifier(missing => 0)); NULL: what the document says, if it does (XGBoost before 2.0), else none.
Errors: 22P02 document or calibration malformed (with the place), or of another kind; 22023 something in it is not supported or too large, unknown kind, target, feature set or feature (with the nearest names), classes, calibration or feature_names that do not fit, a missing that is not finite or goes with a linear model, name:version longer than 20 characters; 22004 name, version, kind, document or metrics is NULL; 42710 the version exists; 42501.';

CREATE FUNCTION dynasty.drop_model(name text, version text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    full_name CONSTANT text := name || ':' || version;
    was_there boolean;
BEGIN
    -- First, because predict_all() holds the model's row until its predictions are there to be seen: this waits for it.
    DELETE FROM dynasty.ml_models m WHERE m.name = drop_model.name AND m.version = drop_model.version;
    was_there := FOUND;
    IF EXISTS (SELECT FROM dynasty.ml_predictions p WHERE p.model_version = full_name) THEN
        RAISE EXCEPTION 'model "%" is in use', dynasty._short(full_name)
            USING ERRCODE = 'object_in_use', DETAIL = 'Rows of dynasty.ml_predictions are its predictions.',
                  HINT = 'Delete them first.';
    END IF;
    IF NOT was_there THEN
        RAISE EXCEPTION 'model "%" does not exist', coalesce(dynasty._short(full_name), 'NULL') USING ERRCODE = 'undefined_object';
    END IF;
END
$fn$;
COMMENT ON FUNCTION dynasty.drop_model(text, text) IS
'Takes away a model without predictions in dynasty.ml_predictions; waits for a predict_all() of it. Errors: 42704 there is none of that name and version; 55006 it has predictions; 42501.';
