-- Recording training sets, and telling whether they are still what they were.

-- Built of the columns that are there: the tables may be the user's own. What is said is the same for every session: JSON has
-- moments in the session's time zone, and numbers of a user's own float column to as many digits as it asks for.
CREATE FUNCTION dynasty.data_marks() RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET intervalstyle = 'postgres' SET extra_float_digits = 1 AS $fn$
DECLARE
    marks jsonb := '{}';
    of_table jsonb;
    item record;
BEGIN
    FOR item IN
        SELECT t.name, string_agg(CASE a.attname
                   -- Another number whenever a game of the line changes: their sum tells of changes that no row count shows.
                   WHEN 'stamp' THEN ', ''stamps'', sum(t.stamp)'
                   ELSE format(', %L, max(t.%I)', 'max_' || a.attname, a.attname) END, '' ORDER BY a.attname) AS highest
        FROM unnest('{prospects,milb_game_logs,milb_season_stats,mlb_stats,scouting_grades,scouting_editions,milb_advanced_stats}'::text[]) t (name)
        LEFT JOIN pg_attribute a ON a.attrelid = to_regclass('dynasty.' || t.name) AND NOT a.attisdropped
            AND a.attname IN ('id', 'stamp', 'created_at', 'updated_at')
        WHERE to_regclass('dynasty.' || t.name) IS NOT NULL
        GROUP BY t.name ORDER BY t.name
    LOOP
        EXECUTE format('SELECT jsonb_strip_nulls(jsonb_build_object(''rows'', count(*)%s)) FROM dynasty.%I t', item.highest, item.name)
        INTO of_table;
        marks := marks || jsonb_build_object(item.name, of_table);
    END LOOP;
    RETURN marks;
END
$fn$;

-- Marks of one table in the form that two of them are compared in. Those that were recorded before 1.1 have their moments in the
-- time zone of the session that recorded them; one that is no moment (a text of the user's own) stays as it is.
CREATE FUNCTION dynasty._comparable_marks(marks jsonb) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO, YMD' AS $fn$
    SELECT CASE WHEN jsonb_typeof(marks) = 'object' THEN (
        SELECT coalesce(jsonb_object_agg(m.key, CASE
            -- Days that there are, so that the cast cannot fail on what somebody else has put there.
            WHEN jsonb_typeof(m.value) = 'string' AND m.value #>> '{}' ~ ('^([0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])'
                || '|[0-9]{4}-(0[13-9]|1[0-2])-(29|30)|[0-9]{4}-(0[13578]|1[02])-31|[0-9]{2}(0[48]|[2468][048]|[13579][26])-02-29)'
                || 'T([01][0-9]|2[0-3])(:[0-5][0-9]){2}([.][0-9]{1,6})?[+-](0[0-9]|1[0-5])(:[0-5][0-9]){0,2}$')
            THEN to_jsonb((m.value #>> '{}')::timestamptz) ELSE m.value END), '{}')
        FROM jsonb_each(marks) m) ELSE marks END
$fn$;

CREATE FUNCTION dynasty.record_training_set(
    as_of_years integer[],
    years_to_evaluate integer DEFAULT 4,
    version text DEFAULT 'v1.0',
    config jsonb DEFAULT '{}',
    data_through_year integer DEFAULT NULL,
    include_open boolean DEFAULT false,
    split text DEFAULT 'prospect',
    test_share double precision DEFAULT 0.2,
    prospect_ids integer[] DEFAULT NULL,
    population text DEFAULT 'prospects',
    seed bigint DEFAULT 0
) RETURNS text LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    made record;
BEGIN
    SELECT * INTO made
    FROM dynasty.training_set_summary($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    -- Recorded under the year it came out with, so that it can be made again when the data reach further.
    INSERT INTO dynasty.training_sets AS s (
        digest, as_of_years, years_to_evaluate, feature_set_version, config, data_through_year, include_open, split, test_share,
        prospect_ids, population, seed, row_count, prospects, successes, train_rows, test_rows, open_rows, data_marks)
    VALUES (
        made.digest, $1, $2, $3, coalesce($4, '{}'), made.known_through_year, $6, $7, $8, $9, $10, $11, made.row_count,
        made.prospects, made.successes, made.train_rows, made.test_rows, made.open_rows, dynasty.data_marks())
    ON CONFLICT ON CONSTRAINT training_sets_pkey DO NOTHING;
    RETURN made.digest;
END
$fn$;

CREATE FUNCTION dynasty.check_training_set(digest text)
RETURNS TABLE (digest_now text, is_same boolean, changed_tables text[])
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    known dynasty.training_sets;
BEGIN
    IF digest IS NULL THEN
        RETURN;
    END IF;
    SELECT * INTO known FROM dynasty.training_sets s WHERE s.digest = check_training_set.digest;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no training set of digest "%" is recorded', dynasty._short(digest)
            USING ERRCODE = 'undefined_object', HINT = 'dynasty.record_training_set() and dynasty.train_model() record them.';
    END IF;
    SELECT s.digest INTO digest_now
    FROM dynasty.training_set_summary(
        known.as_of_years, known.years_to_evaluate, known.feature_set_version, known.config, known.data_through_year,
        known.include_open, known.split, known.test_share, known.prospect_ids, known.population, known.seed) s;
    is_same := digest_now = known.digest;
    changed_tables := ARRAY(
        SELECT m.key FROM jsonb_each(dynasty.data_marks()) m
        WHERE m.value IS DISTINCT FROM known.data_marks -> m.key
          AND dynasty._comparable_marks(m.value) IS DISTINCT FROM dynasty._comparable_marks(known.data_marks -> m.key) ORDER BY m.key);
    RETURN NEXT;
END
$fn$;

COMMENT ON FUNCTION dynasty.data_marks() IS
'How far the tables that features and labels are made of go, as JSON by table: rows and the largest id, created_at and updated_at, as far as the table has them; of milb_season_stats the sum of the stamps, which moves with every change of a game log. Moments are in UTC, so that all sessions say the same. Reads the tables once, with the caller''s privileges (42501).';

COMMENT ON FUNCTION dynasty._comparable_marks(jsonb) IS
'Internal: what dynasty.data_marks() says of a table, with moments in UTC, in whatever time zone they were recorded.';
-- check_training_set() calls it with the rights of its caller.
GRANT EXECUTE ON FUNCTION dynasty._comparable_marks(jsonb) TO PUBLIC;

COMMENT ON FUNCTION dynasty.record_training_set(integer[], integer, text, jsonb, integer, boolean, text, double precision, integer[], text, bigint) IS
'Notes in dynasty.training_sets the digest, arguments and size of dynasty.training_set() with the same arguments and how far the data went (dynasty.data_marks()), and returns the digest. data_through_year is noted as it came out, so that the set can be made again when there are newer seasons. A digest that is there already stays as it is. NULL for a NULL as in training_set. Errors: those of training_set; 42501.';

COMMENT ON FUNCTION dynasty.check_training_set(text) IS
'Makes a recorded training set again: its digest now, whether it is the same, and the tables whose marks (dynasty.data_marks()) have moved since; a changed game log shows as milb_season_stats. No row for NULL. Errors: 42704 no such digest is recorded; 42501.';
