-- What features give away by being there at all. Computed in src/prospects/training/leaks.rs.

CREATE FUNCTION dynasty.leak_report(
    as_of_years integer[],
    years_to_evaluate integer DEFAULT 4,
    version text DEFAULT 'v1.0',
    config jsonb DEFAULT '{}',
    data_through_year integer DEFAULT NULL,
    split text DEFAULT 'prospect',
    test_share double precision DEFAULT 0.2,
    prospect_ids integer[] DEFAULT NULL,
    population text DEFAULT 'prospects',
    seed bigint DEFAULT 0
) RETURNS TABLE (
    feature text,
    rows bigint,
    missing bigint,
    presence_auc double precision,
    value_auc double precision,
    is_dated boolean,
    is_suspicious boolean,
    reason text
) LANGUAGE c STABLE PARALLEL SAFE ROWS 290 COST 5000000
AS 'MODULE_PATHNAME', 'leak_report';

CREATE FUNCTION dynasty.leak_report(training text)
RETURNS TABLE (
    feature text,
    rows bigint,
    missing bigint,
    presence_auc double precision,
    value_auc double precision,
    is_dated boolean,
    is_suspicious boolean,
    reason text
) LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 290 SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    known dynasty.training_sets;
BEGIN
    IF training IS NULL THEN
        RETURN;
    END IF;
    -- Years written as a literal without a type arrive here.
    IF training ~ '^\s*\{[0-9,\s]*\}\s*$' THEN
        RETURN QUERY SELECT * FROM dynasty.leak_report(training::integer[]);
        RETURN;
    END IF;
    SELECT s.* INTO known FROM dynasty.training_sets s WHERE s.digest = training;
    IF NOT FOUND THEN
        SELECT s.* INTO known
        FROM dynasty.ml_models m JOIN dynasty.training_sets s ON s.digest = m.training_digest
        WHERE m.name = training OR m.name || ':' || m.version = training
        ORDER BY m.id DESC LIMIT 1;
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no training set of digest or model "%" is recorded', dynasty._short(training)
            USING ERRCODE = 'undefined_object', HINT = 'dynasty.record_training_set() and dynasty.train_model() record them.';
    END IF;
    RETURN QUERY SELECT * FROM dynasty.leak_report(
        known.as_of_years, known.years_to_evaluate, known.feature_set_version, known.config, known.data_through_year, known.split,
        known.test_share, known.prospect_ids, known.population, known.seed);
END
$fn$;

COMMENT ON FUNCTION dynasty.leak_report(integer[], integer, text, jsonb, integer, text, double precision, integer[], text, bigint) IS
'What each feature of dynasty.training_set() with the same arguments gives away, over its rows with a label, train and test alike; what is suspicious first. rows, missing: how many, and how many of them lack the value. presence_auc: how often a success has the value and a failure does not, ties half: 0.5 says nothing. value_auc: the same of the value alone, where it is there.
is_dated: all its inputs carry a date (games, advanced lines, grades, the draft), so that whether it is there could be known then; not what is made of body, hands, position, birth or signing bonus. is_suspicious: presence_auc from 0.65 on or up to 0.35, with at least 30 successes; reason: in words, NULL when it is not.
AUCs are NULL without both outcomes. Needs 8 bytes per value. No row when as_of_years, years_to_evaluate or version is NULL. Errors: those of training_set.';

COMMENT ON FUNCTION dynasty.leak_report(text) IS
'dynasty.leak_report() of a recorded training set, named by its digest or by a model that was trained on it (name, the newest version, or name:version), made again by its recorded arguments. No row for NULL. Errors: 42704 none is recorded by that name; those of training_set; 42501.';
