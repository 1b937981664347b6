\set ECHO none
-- What the feature tests share: reading features by name, and comparing them with values worked out otherwise.
SET client_min_messages = warning;

-- What a test says should come out, by hand or by the contract's formula in plain SQL.
CREATE TEMP TABLE expected (id integer, name text, value float8);

-- Rows of a query as expectations: column id, and a column per feature.
CREATE FUNCTION pg_temp.expect(query text) RETURNS bigint LANGUAGE plpgsql AS $fn$
DECLARE
    n bigint;
BEGIN
    EXECUTE format('INSERT INTO expected SELECT (q.j ->> ''id'')::int, e.key, e.value::float8
                    FROM (SELECT to_jsonb(t) AS j FROM (%s) t) q, jsonb_each_text(q.j - ''id'') e', query);
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN n;
END
$fn$;

-- All values as of a year, one row each.
CREATE FUNCTION pg_temp.long(as_of integer) RETURNS TABLE (id integer, name text, value float8) LANGUAGE sql AS $fn$
    SELECT m.prospect_id, n.name, v.value
    FROM dynasty.feature_matrix(as_of) m, unnest(m.feature_values) WITH ORDINALITY v (value, ordinal)
    JOIN unnest(dynasty.feature_names()) WITH ORDINALITY n (name, ordinal) USING (ordinal)
$fn$;

-- One value.
CREATE FUNCTION pg_temp.feature(who integer, as_of integer, what text) RETURNS float8 LANGUAGE sql AS $fn$
    SELECT f.feature_values[array_position(dynasty.feature_names(), what)]
    FROM dynasty.prospect_features(who, as_of) f
$fn$;

-- Contract: NULLs exactly, numbers to 1e-9 of themselves. Never NULL.
CREATE FUNCTION pg_temp.same(a float8, b float8) RETURNS boolean LANGUAGE sql AS $fn$
    SELECT coalesce(abs(a - b) <= 1e-9 * greatest(1, abs(a)), a IS NULL AND b IS NULL)
$fn$;

-- Expectations that are not met (none in health). A name that is no feature's is among them.
CREATE FUNCTION pg_temp.wrong(as_of integer) RETURNS TABLE (id integer, name text, expected float8, value float8)
LANGUAGE sql AS $fn$
    SELECT e.id, e.name, e.value, v.value
    FROM expected e LEFT JOIN pg_temp.long(as_of) v USING (id, name)
    WHERE v.name IS NULL OR NOT pg_temp.same(e.value, v.value)
    ORDER BY 1, 2
$fn$;

-- Prospects for whom the three forms do not give the same bits.
CREATE FUNCTION pg_temp.forms_differ(as_of integer) RETURNS TABLE (id integer) LANGUAGE sql AS $fn$
    SELECT p.id
    FROM dynasty.prospects p
    LEFT JOIN dynasty.feature_matrix(as_of) m ON m.prospect_id = p.id
    LEFT JOIN dynasty.all_features(as_of) a ON a.prospect_id = p.id
    LEFT JOIN LATERAL dynasty.prospect_features(p.id, as_of) f ON true
    WHERE m.feature_values IS NULL
       OR array_send(m.feature_values) IS DISTINCT FROM array_send(f.feature_values)
       OR array_send(m.feature_values) IS DISTINCT FROM array_send(a.feature_values)
       OR a IS DISTINCT FROM f
$fn$;
\set ECHO all
