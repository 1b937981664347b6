-- No error repeats more than 200 characters of an argument, in its message, DETAIL, HINT or CONTEXT: for every function, aggregate and
-- procedure of the extension that takes text, text[] or jsonb, found in the catalog, each such argument long, the others sensible.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/calls_setup.sql'
\i :setup

-- Long in several ways: a name of any length, of letters of one, two and four bytes, a document that holds one, an element of a list.
CREATE FUNCTION long_ones(type regtype) RETURNS SETOF text LANGUAGE sql STABLE AS $$
    WITH runs AS MATERIALIZED (SELECT repeat(letter, size) AS run FROM (VALUES ('x', 201), ('ж', 201), ('𝄞', 201), (chr(39), 201), ('ж', 100000)) v (letter, size))
    SELECT unnest(CASE type
        WHEN 'text'::regtype THEN ARRAY[run, run || ':1', 'v1.0' || run, format('{%I: 1}', run), format('{"kind": "%s"}', run),
            format('{"kind": "logistic", "feature_names": ["%s"], "coef": [1], "intercept": 0}', run), E'tree\nversion=v4\nfeature_names=' || run]
        WHEN 'text[]'::regtype THEN ARRAY[ARRAY[run]::text, ARRAY['age', run]::text, ARRAY[run, run]::text, ARRAY[NULL, run]::text]
        ELSE ARRAY[to_jsonb(run)::text, jsonb_build_object(run, 1)::text, jsonb_build_object('min_pa', run)::text, jsonb_build_object('age', run)::text,
            jsonb_build_object('y', run)::text, jsonb_build_object('y', format('age + %s', run))::text, jsonb_build_object('kind', run)::text,
            jsonb_build_array(run)::text, jsonb_build_object('people', run)::text, jsonb_build_object('stats', jsonb_build_object(run, run))::text,
            jsonb_build_object('kind', 'platt', 'a', run)::text, jsonb_build_array(jsonb_build_object('playerName', run))::text]
        END) FROM runs
$$;
CREATE FUNCTION repeats(said text) RETURNS int LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(max(length(r[1])), 0) FROM regexp_matches(said, '(x{100,}|ж{100,}|𝄞{100,}|''{100,})', 'g') r
$$;
CREATE TABLE calls (routine regprocedure, argument text, size int, state text, longest int, said text);
CREATE FUNCTION try(routine regprocedure, argument text, size int, statement text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    message text; detail text; hint text; context text;
BEGIN
    EXECUTE statement;
    INSERT INTO calls VALUES (routine, argument, size, '00000', 0, '');
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT, context = PG_EXCEPTION_CONTEXT;
    -- The last lines of the context are this function's own.
    context := regexp_replace(context, E'(^|\n)SQL statement "(SELECT|CALL).*\\Z', '');
    INSERT INTO calls SELECT routine, argument, size, SQLSTATE, max(repeats(t)), left(string_agg(t, ' | '), 300) FROM unnest(ARRAY[message, detail, hint, context]) t;
END $$;

DO $$
DECLARE
    f record;
    sample text[];
    args text[];
    one int;
    at int;
    long text;
BEGIN
    FOR f IN
        SELECT p.oid::regprocedure AS routine, format('%I.%I', n.nspname, p.proname) AS name, p.proname::text, p.prokind,
               ARRAY(SELECT t FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY u(t, o) ORDER BY o)::regtype[] AS types,
               ARRAY(SELECT coalesce(a.n, '') FROM unnest(p.proargnames, p.proargmodes) WITH ORDINALITY a(n, m, o)
                     WHERE coalesce(a.m, 'i') IN ('i', 'b', 'v') ORDER BY o) AS names,
               CASE WHEN p.provariadic <> 0 THEN 'VARIADIC ' ELSE '' END AS variadic
        FROM pg_depend d JOIN pg_proc p ON p.oid = d.objid JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE d.classid = 'pg_proc'::regclass AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
          AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'dynasty')
          AND p.proargtypes::oid[] && ARRAY['text'::regtype, 'text[]'::regtype, 'jsonb'::regtype]::oid[]
          -- Parts of aggregates are refused before their arguments are looked at (hostile_arguments).
          AND NOT 'internal'::regtype = ANY (p.proargtypes::oid[])
        ORDER BY p.oid::regprocedure::text COLLATE "C"
    LOOP
        sample := '{}';
        FOR at IN 1 .. cardinality(f.types) LOOP
            sample := sample || format('%L::%s', sensible(f.proname, coalesce(f.names[at], ''), f.types[at]), f.types[at]);
        END LOOP;
        FOR one IN 1 .. cardinality(f.types) LOOP
            CONTINUE WHEN f.types[one] <> ALL (ARRAY['text'::regtype, 'text[]'::regtype, 'jsonb'::regtype]);
            FOR long IN SELECT long_ones(f.types[one]) LOOP
                args := sample;
                args[one] := format('%L::%s', long, f.types[one]);
                PERFORM try(f.routine, coalesce(nullif(f.names[one], ''), one::text), length(long), format('%s %s(%s%s)', CASE f.prokind WHEN 'p' THEN 'CALL' ELSE 'SELECT' END,
                    f.name, f.variadic, array_to_string(args, ', ')));
            END LOOP;
        END LOOP;
    END LOOP;
END $$;

SELECT routine, argument, state, max(longest) AS longest, min(said) AS said FROM calls JOIN pg_proc p ON p.oid = routine
WHERE longest > 200 AND (p.proname NOT LIKE '\_%' OR has_function_privilege('public', p.oid, 'EXECUTE'))
GROUP BY routine, argument, state ORDER BY routine::text COLLATE "C", argument, state;
-- Helpers that nobody but our own functions calls, with names of our own: the statement that is in the context is as long as they are.
SELECT DISTINCT routine AS helper FROM calls JOIN pg_proc p ON p.oid = routine
WHERE longest > 200 AND p.proname LIKE '\_%' AND NOT has_function_privilege('public', p.oid, 'EXECUTE') ORDER BY 1;
-- It was looked at something: most long arguments are refused, and some of each are repeated as far as that goes.
SELECT count(DISTINCT routine) > 60 AS routines, count(*) > 2000 AS calls, count(*) FILTER (WHERE state <> '00000') > 1000 AS refused FROM calls;
