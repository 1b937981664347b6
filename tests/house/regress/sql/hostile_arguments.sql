-- Every function, aggregate and procedure of the extension, found in the catalog, as it is meant, with every argument NULL, each
-- argument NULL or at an edge of its type, so that a call fails by its one bad argument, and mixtures. Each call is taken back. A call may succeed or be refused
-- with an SQLSTATE that says what is wrong with the arguments or the state; anything else is a fault of the function.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/calls_setup.sql'
\i :setup

CREATE FUNCTION edges(type regtype) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT CASE type
    WHEN 'integer'::regtype THEN '{-2147483648,-1,0,1,3,2021,2147483647}'::text[]
    WHEN 'bigint'::regtype THEN '{-9223372036854775808,-1,0,1,9223372036854775807}'
    WHEN 'smallint'::regtype THEN '{-32768,0,1,32767}'
    WHEN 'numeric'::regtype THEN '{NaN,Infinity,-Infinity,0,-1,1e130000,1e-16000}'
    WHEN 'double precision'::regtype THEN '{NaN,Infinity,-Infinity,-0,0,1,0.5,1.7976931348623157e308,5e-324}'
    WHEN 'boolean'::regtype THEN '{t,f}'
    WHEN 'date'::regtype THEN '{-infinity,infinity,4713-01-01 BC,2021-06-01,5874897-12-31}'
    WHEN 'timestamptz'::regtype THEN '{-infinity,infinity,4713-01-01 BC,2021-06-01,294276-12-31}'
    WHEN 'interval'::regtype THEN '{-178000000 years,178000000 years,0,-1 day,1 second}'
    WHEN 'text'::regtype THEN ARRAY['', 'v1.0', 'mlb_api', 'xgboost', 'age', E'\t\n', '%s%n', '''; DROP TABLE x; --', '{}', repeat('x', 100000), U&'\FFFF\202E\0301',
        repeat('[', 100000) || repeat(']', 100000), repeat('{"a":', 100000) || '1' || repeat('}', 100000), '{"kind": "logistic", "feature_names": ["age"], "coef": [1e999], "intercept": NaN}',
        'm:1', '::', E'tree\nnum_leaves=2147483647\n', '{"learner": {"gradient_booster": {"model": {"trees": [{}]}}}}']
    WHEN 'jsonb'::regtype THEN ARRAY['null', '{}', '[]', '0', '""', '1e1000', '{"stats": null}', '{"people": [null, 1, {}]}', '[[[[[]]]]]',
        '{"min_pa": -1}', '{"x": "age + "}', '{"x": {"expression": null}}', repeat('[', 3000) || repeat(']', 3000), '{"stats": [{"splits": [{}]}]}']
    WHEN 'integer[]'::regtype THEN ARRAY['{}', '{NULL}', '{1,2,NULL,2}', '[5:6]={1,2}', '{{1,2},{3,4}}', '{2147483647,-2147483648}']
    WHEN 'text[]'::regtype THEN ARRAY['{}', '{NULL}', '{"",age,age}', '[0:1]={Regular,x}', '{{a,b},{c,d}}', '{inputs}']
    WHEN 'double precision[]'::regtype THEN ARRAY['{}', '{NULL}', '{NaN,Infinity,-Infinity}', '[3:4]={1,2}', '{{1,2},{3,4}}', '{1e308,1e308}']
    WHEN 'bytea'::regtype THEN ARRAY['', '\x00', '\xffffffffffffffffffffffff']
    ELSE '{}' END
$$;
CREATE TABLE calls (routine regprocedure, call text, state text, message text, took interval, helper boolean DEFAULT false);

CREATE FUNCTION try(routine regprocedure, kind "char", call text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    begun timestamptz := clock_timestamp();
    -- Anybody can have a NULL of type internal.
    internals text := CASE WHEN (SELECT 'internal'::regtype = ANY (p.proargtypes::oid[]) FROM pg_proc p WHERE p.oid = routine)
        THEN $x$ FROM XMLTABLE('/a' PASSING ('<a/>'::xml) COLUMNS x internal PATH 'b')$x$ ELSE '' END;
BEGIN
    EXECUTE CASE kind WHEN 'p' THEN 'CALL ' ELSE 'SELECT count(r) FROM (SELECT ' END || call || CASE kind WHEN 'p' THEN '' ELSE ' AS r' || internals || ' OFFSET 0) s' END;
    RAISE EXCEPTION USING ERRCODE = 'ZZZZZ';
EXCEPTION WHEN OTHERS THEN
    INSERT INTO calls VALUES (routine, left(call, 200), SQLSTATE, left(SQLERRM, 200), clock_timestamp() - begun);
END $$;

DO $$
DECLARE
    f record;
    sample text[];
    bad text[];
    args text[];
    one int;
    at int;
    turn int;
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
        ORDER BY p.oid::regprocedure::text COLLATE "C"
    LOOP
        sample := '{}';
        FOR at IN 1 .. cardinality(f.types) LOOP
            sample := sample || CASE WHEN f.types[at] = 'internal'::regtype THEN 'x'
                ELSE format('%L::%s', sensible(f.proname, coalesce(f.names[at], ''), f.types[at]), f.types[at]) END;
        END LOOP;
        -- As it is meant; all NULL; each argument NULL or at an edge; and mixtures.
        PERFORM try(f.routine, f.prokind, format('%s(%s%s)', f.name, f.variadic, array_to_string(sample, ', ')));
        PERFORM try(f.routine, f.prokind, format('%s(%s%s)', f.name, f.variadic,
            (SELECT string_agg(CASE t WHEN 'internal'::regtype THEN 'x' ELSE 'NULL::' || t::text END, ', ') FROM unnest(f.types) t)));
        FOR one IN 1 .. cardinality(f.types) LOOP
            CONTINUE WHEN f.types[one] = 'internal'::regtype;
            FOREACH edge IN ARRAY edges(f.types[one]) || ARRAY[NULL::text] LOOP
                args := sample;
                args[one] := format('%L::%s', edge, f.types[one]);
                PERFORM try(f.routine, f.prokind, format('%s(%s%s)', f.name, f.variadic, array_to_string(args, ', ')));
            END LOOP;
        END LOOP;
        FOR turn IN 1 .. CASE WHEN cardinality(f.types) > 1 THEN 60 ELSE 0 END LOOP
            args := sample;
            FOR at IN 1 .. cardinality(f.types) LOOP
                bad := edges(f.types[at]) || ARRAY[NULL::text];
                IF f.types[at] <> 'internal'::regtype AND hashtext(format('%s %s %s', f.routine, turn, at)) % 2 = 0 THEN
                    args[at] := format('%L::%s', bad[1 + abs(hashtext(format('%s %s', turn, at)) % cardinality(bad))], f.types[at]);
                END IF;
            END LOOP;
            PERFORM try(f.routine, f.prokind, format('%s(%s%s)', f.name, f.variadic, array_to_string(args, ', ')));
        END LOOP;
    END LOOP;
END $$;
UPDATE calls SET helper = true FROM pg_proc p WHERE p.oid = routine AND p.proname LIKE '\_%' AND NOT has_function_privilege('public', p.oid, 'EXECUTE');

-- ZZZZZ is a success; 22 data, 23 constraints, 25006 and 2D000 where it cannot be done, 39P01 and 0A000 used otherwise than it can be,
-- 42501 rights, 427xx no such or duplicate object, 54 limits, 55 state, P0002 no row.
SELECT routine, state, min(message) AS message, min(call) AS call FROM calls
WHERE state !~ '^(ZZZZZ|22...|23...|25006|2D000|39P01|0A000|42501|427(04|10)|54...|55...|P0002)$' AND NOT helper
GROUP BY routine, state ORDER BY 1, 2;
-- Helpers that only our own functions may call trust what they are given, but for the server's inside.
SELECT routine, state, min(message) AS message, min(call) AS call FROM calls WHERE helper AND state LIKE 'XX%' GROUP BY routine, state ORDER BY 1, 2;
-- Parts of aggregates are refused outside of one, whatever they get: by newer servers (15.20 and its like), or by themselves (aggregate_parts).
SELECT routine, state, min(call) AS call FROM calls JOIN pg_proc p ON p.oid = routine
WHERE 'internal'::regtype = ANY (p.proargtypes::oid[]) AND state NOT IN ('0A000', CASE WHEN p.proisstrict THEN 'ZZZZZ' ELSE '0A000' END) GROUP BY routine, state ORDER BY 1, 2;
-- None took long, however busy the machine, or left much behind.
SELECT routine, call FROM calls WHERE took > interval '1 minute';
SELECT sum(total_bytes) < 200000000 AS bounded FROM pg_backend_memory_contexts;
-- None is left out: what the extension has, of any kind and any arguments, was called.
SELECT d.objid::regprocedure AS never_called FROM pg_depend d
WHERE d.classid = 'pg_proc'::regclass AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
  AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'dynasty') AND NOT EXISTS (SELECT FROM calls c WHERE c.routine = d.objid) ORDER BY 1;
-- Each was called with success, but triggers' functions, parts of aggregates (refused above) and what migrate() notes and keeps by
-- (versions_memory, tap/003 to 006).
SELECT routine AS never_with_success FROM calls JOIN pg_proc p ON p.oid = routine WHERE prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype) AND NOT 'internal'::regtype = ANY (p.proargtypes::oid[])
GROUP BY 1 HAVING NOT bool_or(state = 'ZZZZZ') ORDER BY routine::text COLLATE "C";
SELECT count(DISTINCT routine) > 80 AS routines, count(*) > 3000 AS calls, count(*) FILTER (WHERE state = 'ZZZZZ') > 1000 AS successes FROM calls;
-- What was written was taken back with each call.
SELECT count(*) FROM dynasty.season_stats_diff();
SELECT count(*) FROM dynasty.prospects;
