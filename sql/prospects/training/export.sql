-- Training sets in the forms that people use: a column per feature.

CREATE FUNCTION dynasty.training_set_query(
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
) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
-- The share as it was given, to the last digit.
SET search_path = pg_catalog, pg_temp SET extra_float_digits = 1 AS $fn$
    SELECT format(
        E'SELECT t.prospect_id, t.as_of_year, t.evaluation_year, t.is_success, t.success_tier, t.weight, t.split,\n    %s\n'
        'FROM dynasty.training_set(%L::integer[], %L::integer, %L::text, %L::jsonb, %L::integer, %L::boolean, %L::text, %L::double precision, '
        '%L::integer[], %L::text, %L::bigint) t',
        string_agg(format('t.feature_values[%s] AS %I', n.ordinal, n.name), E',\n    ' ORDER BY n.ordinal),
        $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    FROM unnest(dynasty.feature_names($3)) WITH ORDINALITY n (name, ordinal)
    HAVING count(*) > 0
$fn$;

CREATE PROCEDURE dynasty.export_training_set(
    view_name text,
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
) LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    query text := dynasty.training_set_query($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);
BEGIN
    IF view_name IS NULL OR query IS NULL THEN
        RAISE EXCEPTION 'view_name and version must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF octet_length(view_name) NOT BETWEEN 1 AND 63 THEN
        RAISE EXCEPTION 'view_name must have 1 to 63 bytes, not %', octet_length(view_name)
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF to_regclass('pg_temp.' || quote_ident(view_name)) IS NOT NULL THEN
        EXECUTE format('DROP VIEW pg_temp.%I', view_name);
    END IF;
    EXECUTE format('CREATE TEMPORARY VIEW %I AS %s', view_name, query);
END
$fn$;

COMMENT ON FUNCTION dynasty.training_set_query(integer[], integer, text, jsonb, integer, boolean, text, double precision, integer[], text, bigint) IS
'The text of a SELECT of dynasty.training_set() with these arguments that has a column per feature, named as the feature: prospect_id, as_of_year, evaluation_year, is_success, success_tier, weight, split, then the features in their order. For COPY (...) TO STDOUT, a view or a table. NULL when version is. Errors: 22023 unknown version; the query itself raises those of training_set.';

COMMENT ON PROCEDURE dynasty.export_training_set(text, integer[], integer, text, jsonb, integer, boolean, text, double precision, integer[], text, bigint) IS
'Makes a temporary view of dynasty.training_set() with a column per feature (dynasty.training_set_query), for this session: SELECT * FROM it in psql or pandas, \copy (SELECT * FROM it) TO ''file.csv'' CSV HEADER. A view of that name made before is replaced. Errors: 22004 view_name or version is NULL; 42701 a feature has the name of one of the first columns; 42809 a temporary table has that name; those of training_set when it is read.';

-- It makes a view, if only a temporary one: for whom it is granted to (dynasty.setup_roles()).
