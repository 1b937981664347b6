-- The embedded default model. Trained in src/prospects/training/fit.rs; this declares the functions and registers the model.

CREATE FUNCTION dynasty.fit_model(
    as_of_years integer[],
    years_to_evaluate integer DEFAULT 4,
    feature_set_version text DEFAULT 'v1.0',
    config jsonb DEFAULT '{}',
    data_through_year integer DEFAULT NULL,
    split text DEFAULT 'prospect',
    test_share double precision DEFAULT 0.2,
    prospect_ids integer[] DEFAULT NULL,
    population text DEFAULT 'prospects',
    seed bigint DEFAULT 0,
    kind text DEFAULT 'logistic',
    lambda double precision DEFAULT NULL,
    folds integer DEFAULT 5,
    weights text DEFAULT 'none',
    indicators text DEFAULT 'dated'
) RETURNS TABLE (
    document text,
    penalty double precision,
    metrics jsonb,
    training_digest text,
    row_count bigint,
    prospects bigint,
    successes bigint,
    train_rows bigint,
    test_rows bigint,
    known_through_year integer
) LANGUAGE c STABLE PARALLEL SAFE ROWS 1 COST 100000000
AS 'MODULE_PATHNAME', 'fit_model';

CREATE FUNCTION dynasty.train_model(
    name text,
    version text,
    kind text DEFAULT 'logistic',
    as_of_years integer[] DEFAULT NULL,
    years_to_evaluate integer DEFAULT 4,
    feature_set_version text DEFAULT 'v1.0',
    config jsonb DEFAULT '{}',
    data_through_year integer DEFAULT NULL,
    split text DEFAULT 'prospect',
    test_share double precision DEFAULT 0.2,
    prospect_ids integer[] DEFAULT NULL,
    population text DEFAULT 'prospects',
    seed bigint DEFAULT 0,
    lambda double precision DEFAULT NULL,
    folds integer DEFAULT 5,
    weights text DEFAULT 'none',
    indicators text DEFAULT 'dated'
) RETURNS TABLE (
    model text,
    train_rows bigint,
    test_rows bigint,
    penalty double precision,
    log_loss double precision,
    brier double precision,
    auc double precision,
    training_digest text,
    mean_probability double precision,
    success_rate double precision,
    calibration_slope double precision,
    calibration_intercept double precision
) LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $fn$
#variable_conflict use_column
DECLARE
    years integer[] := $4;
    made record;
BEGIN
    -- What would be refused after the work is told before it.
    IF $1 IS NULL OR $2 IS NULL OR $5 IS NULL OR $6 IS NULL THEN
        RAISE EXCEPTION 'name, version, years_to_evaluate and feature_set_version must not be null'
            USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF $1 !~ '^[^:\s]+$' OR $2 !~ '^[^:\s]+$' OR length($1) + 1 + length($2) > 20 THEN
        RAISE EXCEPTION 'name and version must be words without a colon, together at most 19 characters, not "%" and "%"', dynasty._short($1), dynasty._short($2)
            USING ERRCODE = 'invalid_parameter_value', HINT = 'dynasty.ml_predictions.model_version holds name:version.';
    END IF;
    IF EXISTS (SELECT FROM dynasty.ml_models m WHERE m.name = $1 AND m.version = $2) THEN
        RAISE EXCEPTION 'model "%" exists already', dynasty._short($1 || ':' || $2)
            USING ERRCODE = 'duplicate_object', HINT = 'Train it under a new version.';
    END IF;
    IF years IS NULL THEN
        SELECT array_agg(w.data_through_year - $5 - n ORDER BY n DESC) INTO years
        FROM dynasty.label_window(2000, 2000 + 1, $8) w, generate_series(0, 4) n;
        IF years[1] IS NULL THEN
            RAISE EXCEPTION 'no window is closed: there is nothing to learn from yet'
                USING ERRCODE = 'invalid_parameter_value', DETAIL = 'dynasty.mlb_stats is empty.';
        END IF;
    END IF;
    SELECT * INTO made
    FROM dynasty.fit_model(years, $5, $6, $7, $8, $9, $10, $11, $12, $13, $3, $14, $15, $16, $17);
    PERFORM dynasty.register_model($1, $2, 'linear', made.document, $6, metrics => made.metrics, training_digest => made.training_digest);
    INSERT INTO dynasty.training_sets AS s (
        digest, as_of_years, years_to_evaluate, feature_set_version, config, data_through_year, include_open, split, test_share,
        prospect_ids, population, seed, row_count, prospects, successes, train_rows, test_rows, open_rows, data_marks)
    VALUES (
        made.training_digest, years, $5, $6, coalesce($7, '{}'), made.known_through_year, false, $9, $10, $11, $12, $13,
        made.row_count, made.prospects, made.successes, made.train_rows, made.test_rows, 0, dynasty.data_marks())
    ON CONFLICT ON CONSTRAINT training_sets_pkey DO NOTHING;
    model := $1 || ':' || $2;
    train_rows := made.train_rows;
    test_rows := made.test_rows;
    penalty := made.penalty;
    log_loss := made.metrics #>> '{held_out,log_loss}';
    brier := made.metrics #>> '{held_out,brier}';
    auc := made.metrics #>> '{held_out,auc}';
    training_digest := made.training_digest;
    mean_probability := made.metrics #>> '{held_out,mean_probability}';
    success_rate := made.metrics #>> '{held_out,success_rate}';
    calibration_slope := made.metrics #>> '{held_out,calibration_slope}';
    calibration_intercept := made.metrics #>> '{held_out,calibration_intercept}';
    RETURN NEXT;
END
$fn$;

COMMENT ON FUNCTION dynasty.fit_model(integer[], integer, text, jsonb, integer, text, double precision, integer[], text, bigint, text, double precision, integer, text, text) IS
'Trains the model that needs no library, on the train rows of dynasty.training_set() with the same arguments, and stores nothing: document is what dynasty.register_model(kind => ''linear'') takes. dynasty.train_model() does both.
kind: logistic (success or not) or multinomial (the four tiers). A missing value becomes the mean of its feature, and an indicator column may say so; all columns are standardised; the sum over rows of weight * -ln p(label) + lambda / 2 * the sum of squared coefficients is minimised, as scikit-learn''s LogisticRegression(C = 1 / lambda) does. The same data give the same document on the same processor.
lambda: NULL: the one of 1, 3, 10, 30, 100, 300, 1000 with the least cross-validated log loss, from the strongest on until two in a row are worse. folds: 2 to 20 (0: no cross-validation, lambda must be given); all rows of a prospect are in one fold: of his SHA-256 (see training_set) the next 13 digits modulo folds.
weights: none: every row counts 1, so that on the train rows the mean probability is the success rate; prospect: the weight of training_set(), which is not so. indicators: which features get a column that says where they are missing: dated: those whose inputs carry a date (games, advanced lines, grades, the draft); not those made of body, hands, position, birth or signing bonus, of which nobody knows when they were filled in; all; none.
metrics: held_out (the test rows), in_sample: rows, log_loss, brier, auc (several tiers: the mean of each against the rest), mean_probability, success_rate, rate_standard_error (by how much the rate is off by chance alone, if the probabilities are true), calibration_slope and _intercept (of the success on the log-odds of its probability, as dynasty.calibration_line), the same by_year and by_status (dynasty.population); cross_validated; tried penalties; counts; suspicious: features whose mere presence tells who succeeded (dynasty.leak_report). A WARNING names those of them of whose inputs nobody knows when they were filled in, a NOTICE the others. Memory: 8 bytes per value (45,000 rows of 290 features: 105 MB) and about 30 MB. Can be cancelled.
No row when as_of_years, years_to_evaluate or feature_set_version is NULL. Errors: 22023 unknown kind, weights or indicators, lambda not above 0, folds out of range, no closed window, no rows, or a class without rows (also outside of a fold); those of training_set; 53200 it does not fit into memory; 57014 cancelled; 42501.';

COMMENT ON FUNCTION dynasty.train_model(text, text, text, integer[], integer, text, jsonb, integer, text, double precision, integer[], text, bigint, double precision, integer, text, text) IS
'Trains a model by dynasty.fit_model(), where the arguments are described, registers it as name:version in dynasty.ml_models with its metrics and the digest of its training set, and notes that in dynasty.training_sets. as_of_years NULL: the five latest years with a closed window.
Returns what it was made from and how good it is on the test rows: log_loss, brier, auc, mean_probability beside success_rate, slope and intercept of the calibration; NULL when there are none (test_share 0).
Needs EXECUTE on register_model, SELECT and INSERT on ml_models and training_sets (42501). Errors: 22004 name, version, years_to_evaluate or feature_set_version is NULL; 42710 the version exists; 22023 a name that cannot be; those of fit_model and register_model.';
