-- Every function of the extension that takes a text, text[] or jsonb, found in the catalog, with the letters of table `letters` in each of
-- these arguments, the others as they are meant. A call succeeds or is refused for its argument; what comes back, message or result, is
-- text of the database's encoding and has the letters as they were given.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/calls_setup.sql'
\set ECHO none
\o /dev/null
\i :setup
\o
\set ECHO all
SET client_min_messages = warning;

CREATE FUNCTION lettered(type regtype) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT CASE type
    WHEN 'text'::regtype THEN ARRAY[l, 'm:' || l, l || ':1', format('{"kind": "logistic", "feature_names": ["age", "%s"], "coef": [1, 2], "intercept": 0}', l),
        format('{"%s": 1}', l), format('"%s"', l)]
    WHEN 'text[]'::regtype THEN ARRAY[format('{%s}', l), format('{age,%s}', l)]
    WHEN 'jsonb'::regtype THEN ARRAY[format('"%s"', l), format('{"%s": 1}', l), format('{"x": {"expression": "age + %s"}}', l), format('{"x": {"expression": "age", "unit": "%s"}}', l),
        format('[{"%1$s": "%1$s", "PlayerName": "%1$s", "playerid": "%1$s"}]', l), format('{"people": [{"id": 7, "fullName": "%1$s", "primaryPosition": {"abbreviation": "%1$s"}, "birthDate": "%1$s"}]}', l),
        format('{"stats": [{"group": {"displayName": "hitting"}, "splits": [{"season": "%1$s", "player": {"id": 7, "fullName": "%1$s"}, "stat": {"hits": "%1$s"}}]}]}', l)]
    ELSE '{}' END FROM letters
$$;
CREATE TABLE calls (routine regprocedure, call text, state text, said text);
CREATE FUNCTION try(routine regprocedure, kind "char", call text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    result text;
    message text;
    detail text;
    hint text;
BEGIN
    IF kind = 'p' THEN
        EXECUTE 'CALL ' || call;
    ELSE
        EXECUTE 'SELECT string_agg(r::text, '' '') FROM (SELECT ' || call || ' AS r OFFSET 0) s' INTO result;
    END IF;
    RAISE EXCEPTION USING ERRCODE = 'ZZZZZ', MESSAGE = coalesce(result, '');
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
    INSERT INTO calls VALUES (routine, call, SQLSTATE, concat_ws(' ', message, detail, hint));
END $$;

DO $$
DECLARE
    f record;
    sample text[];
    args text[];
    at int;
    edge text;
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
          AND '{text,text[],jsonb}'::regtype[]::oid[] && p.proargtypes::oid[] AND NOT 'internal'::regtype = ANY (p.proargtypes::oid[])
        ORDER BY p.oid::regprocedure::text COLLATE "C"
    LOOP
        sample := '{}';
        FOR at IN 1 .. cardinality(f.types) LOOP
            sample := sample || format('%L::%s', sensible(f.proname, coalesce(f.names[at], ''), f.types[at]), f.types[at]);
        END LOOP;
        FOR at IN 1 .. cardinality(f.types) LOOP
            FOREACH edge IN ARRAY lettered(f.types[at]) LOOP
                args := sample;
                args[at] := format('%L::%s', edge, f.types[at]);
                PERFORM try(f.routine, f.prokind, format('%s(%s%s)', f.name, f.variadic, array_to_string(args, ', ')));
            END LOOP;
        END LOOP;
    END LOOP;
END $$;

-- Left out: what only an aggregate can call, since no value of type internal can be made; the aggregates themselves are called.
SELECT p.oid::regprocedure AS left_out FROM pg_proc p WHERE pronamespace::regnamespace::text LIKE 'dynasty%' AND '{text,text[],jsonb}'::regtype[]::oid[] && p.proargtypes::oid[]
    AND NOT EXISTS (SELECT FROM calls c WHERE c.routine = p.oid) ORDER BY 1;
-- Codes as in hostile_arguments; helpers that only our own functions may call trust the names they are given.
SELECT routine, state, min(said) AS said FROM calls JOIN pg_proc p ON p.oid = routine
WHERE NOT (starts_with(p.proname, '_') AND NOT has_function_privilege('public', p.oid, 'EXECUTE') AND state LIKE '42%') AND state !~ '^(ZZZZZ|22...|23...|25006|2D000|39P01|0A000|42501|42P01|427(04|10)|54...|55...|P0002)$'
GROUP BY routine, state ORDER BY routine::text COLLATE "C", state;
-- Nothing was untranslatable: all of it is held by the encoding. And it is all readable.
SELECT routine, call, said FROM calls WHERE state IN ('22021', '22P05') ORDER BY 1, 2;
SELECT sum(length(convert_to(said, 'UTF8'))) > 10000 AS readable FROM calls;
-- No letter was replaced, or read as another encoding's.
SELECT routine, call, said FROM calls, letters WHERE strpos(said, replaced) > 0 OR strpos(said, misread) > 0 OR strpos(regexp_replace(said, 'Did you mean .*[?]', ''), '?') > 0;
SELECT count(DISTINCT routine) > 30 AS routines, count(*) > 300 AS calls, count(*) FILTER (WHERE state = 'ZZZZZ') > 50 AS successes,
       count(*) FILTER (WHERE strpos(said, l) > 0) > 100 AS told FROM calls, letters;
