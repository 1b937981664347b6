-- The training sets that were recorded: what they were made of, and how large they were.

CREATE FUNCTION dynasty._make_training_tables() RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    made text[] := '{}';
BEGIN
    IF dynasty._missing('dynasty.training_sets'::text) THEN
        CREATE TABLE dynasty.training_sets (
            digest text PRIMARY KEY,
            as_of_years integer[] NOT NULL,
            years_to_evaluate integer NOT NULL,
            feature_set_version text NOT NULL,
            config jsonb NOT NULL,
            data_through_year integer,
            include_open boolean NOT NULL,
            split text NOT NULL,
            test_share double precision NOT NULL,
            prospect_ids integer[],
            population text NOT NULL,
            seed bigint NOT NULL,
            row_count bigint NOT NULL,
            prospects bigint NOT NULL,
            successes bigint NOT NULL,
            train_rows bigint NOT NULL,
            test_rows bigint NOT NULL,
            open_rows bigint NOT NULL,
            data_marks jsonb NOT NULL,
            created_by name NOT NULL DEFAULT session_user,
            created_at timestamptz NOT NULL DEFAULT now(),
            CONSTRAINT ck_training_sets_digest CHECK (digest ~ '^[0-9a-f]{64}$')
        );
        COMMENT ON TABLE dynasty.training_sets IS 'Training sets that were recorded by dynasty.record_training_set() or dynasty.train_model(): arguments, size, and the digest by which the rows are known again.';
        COMMENT ON COLUMN dynasty.training_sets.digest IS 'SHA-256 over feature names and rows, in hexadecimal digits; see dynasty.training_set_summary().';
        COMMENT ON COLUMN dynasty.training_sets.as_of_years IS 'Years of the features.';
        COMMENT ON COLUMN dynasty.training_sets.years_to_evaluate IS 'Seasons of the windows.';
        COMMENT ON COLUMN dynasty.training_sets.feature_set_version IS 'Feature set.';
        COMMENT ON COLUMN dynasty.training_sets.config IS 'Thresholds as dynasty.derive_labels takes them; {} = those of the contract.';
        COMMENT ON COLUMN dynasty.training_sets.data_through_year IS 'Last season whose results were known. NULL = there were none.';
        COMMENT ON COLUMN dynasty.training_sets.include_open IS 'Whether rows with open windows are in it.';
        COMMENT ON COLUMN dynasty.training_sets.split IS 'How the test rows were chosen: prospect or time.';
        COMMENT ON COLUMN dynasty.training_sets.test_share IS 'Share of the test.';
        COMMENT ON COLUMN dynasty.training_sets.prospect_ids IS 'Those it is limited to. NULL = all.';
        COMMENT ON COLUMN dynasty.training_sets.population IS 'prospects, known, active or all, as dynasty.training_set() takes it.';
        COMMENT ON COLUMN dynasty.training_sets.seed IS 'Seed of the lots that split by prospect.';
        COMMENT ON COLUMN dynasty.training_sets.row_count IS 'Rows.';
        COMMENT ON COLUMN dynasty.training_sets.prospects IS 'Prospects with a row.';
        COMMENT ON COLUMN dynasty.training_sets.successes IS 'Rows with is_success.';
        COMMENT ON COLUMN dynasty.training_sets.train_rows IS 'Rows to learn from.';
        COMMENT ON COLUMN dynasty.training_sets.test_rows IS 'Rows to measure by.';
        COMMENT ON COLUMN dynasty.training_sets.open_rows IS 'Rows whose window was open.';
        COMMENT ON COLUMN dynasty.training_sets.data_marks IS 'How far the tables went: dynasty.data_marks() of that moment.';
        COMMENT ON COLUMN dynasty.training_sets.created_by IS 'Who recorded it first.';
        COMMENT ON COLUMN dynasty.training_sets.created_at IS 'When.';
        COMMENT ON CONSTRAINT ck_training_sets_digest ON dynasty.training_sets IS '64 hexadecimal digits.';
        COMMENT ON CONSTRAINT training_sets_pkey ON dynasty.training_sets IS 'A training set is recorded once.';
        made := made || 'dynasty.training_sets'::text;
    END IF;
    RETURN made;
END
$fn$;
