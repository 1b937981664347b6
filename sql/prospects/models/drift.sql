-- Whether the players of today still look like those a model learnt from.

CREATE FUNCTION dynasty.training_set_drift(training_digest text, as_of_year integer)
RETURNS TABLE (
    feature text,
    psi double precision,
    ks double precision,
    missing_then double precision,
    missing_now double precision,
    mean_then double precision,
    mean_now double precision,
    known_then bigint,
    known_now bigint
) LANGUAGE c STABLE PARALLEL SAFE ROWS 290 COST 10000000
AS 'MODULE_PATHNAME', 'feature_drift';
COMMENT ON FUNCTION dynasty.training_set_drift(text, integer) IS
'How far the features as of a year have moved from the train rows of a recorded training set, one row per feature, what has moved most first. The training set is made again by its recorded arguments (a WARNING says when its digest is no longer the same); the rows of the year are those of the same population and prospect_ids.
psi: population stability index over the bins between the deciles of the training rows and one bin for what is missing, with half a case more in every bin; below 0.1 nothing has happened, above 0.25 a lot. ks: largest distance of the two distribution functions of what is not missing (two-sample Kolmogorov-Smirnov statistic). missing: shares of rows without the value. mean, known: of what is there.
ks, means: NULL when nobody has a value. No row when an argument is NULL or either side has no rows. Errors: 42704 no such training set; 22023 year outside 1900 to 2100; 42501.';

CREATE FUNCTION dynasty.feature_drift(model text, as_of_year integer)
RETURNS TABLE (
    feature text,
    psi double precision,
    ks double precision,
    missing_then double precision,
    missing_now double precision,
    mean_then double precision,
    mean_now double precision,
    known_then bigint,
    known_now bigint
) LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 290 SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    full_name CONSTANT text := dynasty.model_version_of($1);
    digest text;
BEGIN
    SELECT m.training_digest INTO digest FROM dynasty.ml_models m WHERE m.name || ':' || m.version = full_name;
    IF digest IS NULL AND full_name IS NOT NULL THEN
        RAISE EXCEPTION 'it is not known what model "%" was trained on', dynasty._short(full_name)
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  HINT = 'Record its training set with dynasty.record_training_set() and register the model with that digest.';
    END IF;
    RETURN QUERY SELECT * FROM dynasty.training_set_drift(digest, $2);
END
$fn$;
COMMENT ON FUNCTION dynasty.feature_drift(text, integer) IS
'dynasty.training_set_drift() for the training set of a model, which is named as in dynasty.model_version_of. Errors: 42704 no such model, or its training set is not recorded; 55000 the model has no training digest; 22023; 42501.';
