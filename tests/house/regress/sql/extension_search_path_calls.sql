-- Every function of the extension, called as it is meant, gives the same under a search_path in which every operator and every
-- function of pg_catalog has a hostile namesake with the very same arguments, and every table of the extension, too.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/calls_setup.sql'
\i :setup
CREATE SCHEMA evil;
DO $$
DECLARE
    o record;
BEGIN
    FOR o IN SELECT p.oid, p.proname, ARRAY(SELECT format('%s%s', CASE WHEN p.provariadic <> 0 AND n = p.pronargs THEN 'VARIADIC ' END, format_type(t, NULL)) FROM unnest(p.proargtypes) WITH ORDINALITY a (t, n) ORDER BY n) AS args,
            CASE WHEN p.proretset THEN 'SETOF ' ELSE '' END || format_type(p.prorettype, NULL) AS result
        FROM pg_proc p WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind IN ('f', 'a', 'w') LOOP
        BEGIN
            EXECUTE format('CREATE FUNCTION evil.%I(%s) RETURNS %s LANGUAGE plpgsql AS %L', o.proname, array_to_string(o.args, ', '), o.result,
                format('BEGIN RAISE SQLSTATE ''EVIL1'' USING MESSAGE = %L; END', 'function ' || o.oid::regprocedure));
        EXCEPTION WHEN OTHERS THEN -- arguments of pseudo-types, which PL/pgSQL has not
        END;
    END LOOP;
    FOR o IN SELECT p.oid, p.oprname, nullif(p.oprleft, 0::oid) AS l, p.oprright AS r, format_type(p.oprresult, NULL) AS result
        FROM pg_operator p WHERE p.oprnamespace = 'pg_catalog'::regnamespace LOOP
        BEGIN
            EXECUTE format('CREATE FUNCTION evil.operator_%s(%s) RETURNS %s LANGUAGE plpgsql AS %L', o.oid, concat_ws(', ', format_type(o.l, NULL), format_type(o.r, NULL)), o.result,
                format('BEGIN RAISE SQLSTATE ''EVIL1'' USING MESSAGE = %L; END', 'operator ' || o.oid::regoperator));
            EXECUTE format('CREATE OPERATOR evil.%s (%sRIGHTARG = %s, FUNCTION = evil.operator_%s)',
                o.oprname, 'LEFTARG = ' || format_type(o.l, NULL) || ', ', format_type(o.r, NULL), o.oid);
        EXCEPTION WHEN OTHERS THEN
        END;
    END LOOP;
    FOR o IN SELECT relname FROM pg_class WHERE relnamespace::regnamespace::text LIKE 'dynasty%' AND relkind IN ('r', 'p', 'v') LOOP
        EXECUTE format('CREATE TABLE evil.%I (nothing integer)', o.relname);
    END LOOP;
END $$;
SELECT (SELECT count(*) > 2000 FROM pg_proc WHERE pronamespace = 'evil'::regnamespace) AS functions,
       (SELECT count(*) > 600 FROM pg_operator WHERE oprnamespace = 'evil'::regnamespace) AS operators;

-- What a call gives, as a digest, under a path; taken back.
CREATE FUNCTION outcome(path text, kind "char", call text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    query text := CASE kind WHEN 'p' THEN 'CALL ' || call ELSE format(
        'SELECT pg_catalog.concat(pg_catalog.count(r), '' '', pg_catalog.md5(pg_catalog.string_agg(r::text, '','' ORDER BY r::text))) FROM (SELECT %s AS r OFFSET 0) s', call) END;
    result text := 'called';
    message text;
BEGIN
    EXECUTE 'SET LOCAL search_path = ' || path;
    IF kind OPERATOR(pg_catalog.=) 'p' THEN EXECUTE query; ELSE EXECUTE query INTO result; END IF;
    RAISE EXCEPTION USING ERRCODE = 'ZZZZZ', MESSAGE = result;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS message = MESSAGE_TEXT;
    RETURN CASE SQLSTATE WHEN 'ZZZZZ' THEN message ELSE SQLSTATE || ': ' || message END;
END $$;
SELECT outcome('evil, pg_catalog, pg_temp', 'f', '1 + 1') AS the_trap_works;
CREATE TABLE calls AS
SELECT p.oid::regprocedure AS routine, p.prokind, format('%s.%I(%s%s)', n.nspname, p.proname, CASE WHEN p.provariadic <> 0 THEN 'VARIADIC ' END, (
    SELECT string_agg(format('%L::%s', sensible(p.proname, coalesce(a.name, ''), a.type::regtype), a.type::regtype), ', ' ORDER BY a.place)
    FROM (SELECT t AS type, o AS place, (
            SELECT x.n FROM (SELECT m.n, row_number() OVER (ORDER BY m.o) AS place FROM unnest(p.proargnames, p.proargmodes) WITH ORDINALITY m (n, mode, o)
                WHERE coalesce(m.mode, 'i') IN ('i', 'b', 'v')) x WHERE x.place = u.o) AS name
          FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY u (t, o)) a)) AS call
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE p.pronamespace::regnamespace::text LIKE 'dynasty%' AND NOT 'internal'::regtype = ANY (p.proargtypes::oid[]) AND p.prorettype <> 'trigger'::regtype
  AND NOT (p.proname LIKE '\_%' AND NOT has_function_privilege('public', p.oid, 'EXECUTE'))
  -- A procedure that ends the transaction; it is called in extension_search_path and features_search_path.
  AND p.proname NOT IN ('refresh_features_in_batches');
CREATE TABLE outcomes AS SELECT routine, call, outcome('pg_catalog, public', prokind, call) AS usual, outcome('evil, pg_catalog, pg_temp', prokind, call) AS hostile FROM calls;
-- Each was called with success, but for helpers: one is there to refuse.
SELECT count(*) > 70 AS called FROM outcomes;
SELECT routine, left(usual, 120) AS usual FROM outcomes WHERE usual ~ '^[0-9A-Z]{5}: ' ORDER BY routine::text COLLATE "C";
SELECT routine, left(hostile, 200) AS hostile, left(usual, 40) AS usual FROM outcomes WHERE usual IS DISTINCT FROM hostile
    -- They return the number of the row that they made, another one each time.
    AND NOT (routine::text ~ '(record_prediction|register_model|merge_prospects|start_run|log_error|record_snapshot)' AND left(usual, 2) = left(hostile, 2))
    -- These tell how the server is at this moment: as many rows.
    AND NOT (routine::text ~ '^dynasty_ops\.(_?(disk_usage|health|measure|samples|report|sizes|statement_totals)|metrics|check_|storage_report|bloat_report|index_report|wraparound|connection_usage|failure_rate|long_running)' AND split_part(usual, ' ', 1) = split_part(hostile, ' ', 1))
ORDER BY routine::text COLLATE "C";
