-- Who may do what, for every function and every relation: a new one that nobody has decided about shows here.
SET client_min_messages = warning;
\pset format unaligned
-- First only said, then done, and done again without harm.
SELECT count(*) > 100 AS many, count(*) FILTER (WHERE s LIKE 'CREATE ROLE%') AS roles FROM dynasty.setup_roles(dry_run => true) s;
SELECT count(*) FROM pg_roles WHERE rolname LIKE 'dynasty\_%';
SELECT count(*) FILTER (WHERE s LIKE 'CREATE ROLE%') AS made FROM dynasty.setup_roles() s;
SELECT count(*) FILTER (WHERE s LIKE 'CREATE ROLE%') AS made_again FROM dynasty.setup_roles() s;
SELECT * FROM dynasty.setup_roles(NULL);
\echo :LAST_ERROR_SQLSTATE
CREATE ROLE dynasty_stranger;
SELECT rolname, rolcanlogin, rolsuper, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname LIKE 'dynasty\_%' ORDER BY 1;

-- Functions. Everybody: what reads with the caller's rights, or computes. Nobody: helpers and triggers.
CREATE TEMP VIEW routines AS
SELECT p.oid, p.proname, p.oid::regprocedure AS name, p.provolatile, p.prorettype = 'trigger'::regtype OR p.proname LIKE '\_%' AS internal,
    array_remove(ARRAY(SELECT CASE WHEN has_function_privilege(r, p.oid, 'EXECUTE') THEN replace(r, 'dynasty_', '') END
        FROM unnest('{public,dynasty_reader,dynasty_ingest,dynasty_app,dynasty_monitor,dynasty_admin}'::text[]) r), NULL) AS who
FROM pg_proc p WHERE p.pronamespace::regnamespace::text LIKE 'dynasty%';
SELECT CASE WHEN 'public' = ANY (who) THEN 'everybody' ELSE array_to_string(who, ', ') END AS who, string_agg(DISTINCT proname::text, ' ' ORDER BY proname::text) AS functions
FROM routines WHERE NOT internal GROUP BY 1 ORDER BY 1;
SELECT name AS undecided FROM routines r
WHERE NOT internal AND NOT 'public' = ANY (who) AND proname NOT IN (SELECT object FROM dynasty._all_grants() WHERE privileges = 'EXECUTE');
SELECT object AS unknown FROM dynasty._all_grants() WHERE privileges = 'EXECUTE' EXCEPT SELECT proname FROM routines;
SELECT name AS everybody_may_write FROM routines WHERE provolatile = 'v' AND 'public' = ANY (who);
SELECT name AS internal_for_somebody, who FROM routines WHERE internal AND who <> '{}' ORDER BY proname, name::text COLLATE "C";
SELECT p.oid::regprocedure AS runs_with_its_owners_rights FROM pg_proc p WHERE p.pronamespace::regnamespace::text LIKE 'dynasty%' AND p.prosecdef;

-- Relations: r SELECT, a INSERT, w UPDATE, d DELETE, D TRUNCATE, x REFERENCES, t TRIGGER.
CREATE TEMP VIEW relations AS
SELECT c.oid, c.relname, c.relkind, r.role, (
    SELECT coalesce(string_agg(p.letter, ''), '') FROM (VALUES ('SELECT', 'r'), ('INSERT', 'a'), ('UPDATE', 'w'), ('DELETE', 'd'), ('TRUNCATE', 'D'), ('REFERENCES', 'x'), ('TRIGGER', 't')) AS p (name, letter)
    WHERE has_table_privilege(r.role, c.oid, p.name)) AS may
FROM pg_class c, unnest('{public,dynasty_stranger,dynasty_reader,dynasty_ingest,dynasty_app,dynasty_monitor,dynasty_admin}'::text[]) AS r (role)
WHERE c.relnamespace::regnamespace::text LIKE 'dynasty%' AND c.relkind IN ('r', 'p', 'v', 'm', 'f');
SELECT role, may, string_agg(relname::text, ' ' ORDER BY relname) AS relations FROM relations WHERE may <> '' GROUP BY 1, 2 ORDER BY 1, 2;
SELECT relname AS not_even_for_readers FROM relations WHERE role = 'dynasty_reader' AND may NOT LIKE 'r%';
SELECT object AS unknown FROM dynasty._all_grants() WHERE privileges <> 'EXECUTE' EXCEPT SELECT relname FROM relations;
SELECT r AS role, n.nspname, has_schema_privilege(r, n.oid, 'USAGE') AS usage, has_schema_privilege(r, n.oid, 'CREATE') AS create
FROM pg_namespace n, unnest('{public,dynasty_stranger,dynasty_reader,dynasty_ingest,dynasty_app,dynasty_monitor,dynasty_admin}'::text[]) r WHERE n.nspname LIKE 'dynasty%' ORDER BY n.nspname, 1;

-- It holds: what each gets when he really tries everything, functions with NULL arguments.
CREATE FUNCTION pg_temp.outcome(role text, statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('SET LOCAL ROLE %I', role);
    EXECUTE statement;
    RAISE SQLSTATE 'ZZZZZ';
EXCEPTION
    WHEN SQLSTATE 'ZZZZZ' THEN RETURN 'may';
    WHEN insufficient_privilege THEN RETURN 'may not';
    WHEN undefined_function OR syntax_error THEN RETURN SQLERRM; -- this test is wrong
    WHEN OTHERS THEN RETURN 'may'; -- an argument refused: he got in
END $$;
CREATE TEMP TABLE attempts AS
SELECT name, proname, role, (SELECT pg_temp.outcome(role, format(CASE p.prokind WHEN 'p' THEN 'CALL %s.%I(%s)' ELSE 'SELECT * FROM %s.%I(%s)' END, p.pronamespace::regnamespace, p.proname,
    (SELECT string_agg(format('%s NULL::%s', CASE WHEN p.provariadic <> 0 THEN 'VARIADIC' ELSE '' END, format_type(t, NULL)), ', ' ORDER BY o) FROM unnest(p.proargtypes) WITH ORDINALITY u (t, o))))) AS outcome
FROM routines r JOIN pg_proc p USING (oid, proname), unnest('{dynasty_stranger,dynasty_reader,dynasty_app,dynasty_ingest,dynasty_monitor}'::text[]) role
WHERE NOT r.internal AND p.prokind IN ('f', 'p') AND 'internal'::regtype <> ALL (p.proargtypes) AND p.prorettype <> 'internal'::regtype;
-- A stranger: nothing at all, since the schema is closed.
SELECT role, name FROM attempts WHERE role = 'dynasty_stranger' AND outcome = 'may';
SELECT count(*) > 30 AS tried FROM attempts WHERE role = 'dynasty_stranger';
-- A reader: none of what writes.
SELECT role, outcome, string_agg(DISTINCT a.proname::text, ' ' ORDER BY a.proname::text) AS writers FROM attempts a JOIN routines r USING (name)
WHERE r.provolatile = 'v' GROUP BY 1, 2 ORDER BY 1, 2;
-- The rest of the catalog, so that no function is left out: helpers, triggers' functions, parts of aggregates (with a NULL of type
-- internal, which anybody can have) and aggregates. Nothing at all for a stranger; what a reader gets into is refused or harmless.
CREATE TEMP TABLE inner_attempts AS
SELECT p.oid, p.proname, role, (SELECT pg_temp.outcome(role, format('SELECT %s.%I(%s) FROM XMLTABLE(''/a'' PASSING (''<a/>''::xml) COLUMNS x internal PATH ''b'')', p.pronamespace::regnamespace, p.proname,
    (SELECT string_agg(CASE t WHEN 'internal'::regtype THEN 'x' WHEN 'record'::regtype THEN 'NULL::dynasty.milb_game_logs' ELSE format('NULL::%s', format_type(t, NULL)) END, ', ' ORDER BY o)
     FROM unnest(p.proargtypes) WITH ORDINALITY u (t, o))))) AS outcome
FROM pg_proc p, unnest('{dynasty_stranger,dynasty_reader,dynasty_app,dynasty_ingest,dynasty_monitor}'::text[]) role
WHERE p.pronamespace::regnamespace::text LIKE 'dynasty%' AND NOT EXISTS (SELECT FROM attempts a WHERE a.name = p.oid::regprocedure);
SELECT role, proname FROM inner_attempts WHERE role = 'dynasty_stranger' AND outcome <> 'may not';
SELECT outcome, string_agg(DISTINCT proname::text, ' ' ORDER BY proname::text) AS functions FROM inner_attempts WHERE role <> 'dynasty_stranger' GROUP BY 1 ORDER BY 1;
-- None is left out.
SELECT p.oid::regprocedure AS not_tried FROM pg_proc p WHERE p.pronamespace::regnamespace::text LIKE 'dynasty%'
    AND NOT EXISTS (SELECT FROM attempts a WHERE a.name = p.oid::regprocedure) AND NOT EXISTS (SELECT FROM inner_attempts a WHERE a.oid = p.oid);
CREATE TEMP TABLE table_attempts AS
SELECT c.relname, c.relkind, role, verb, pg_temp.outcome(role, format(statement, c.oid::regclass)) AS outcome
FROM pg_class c, unnest('{dynasty_stranger,dynasty_reader,dynasty_app,dynasty_ingest,dynasty_monitor,dynasty_admin}'::text[]) role,
    (VALUES ('read', 'SELECT FROM %s LIMIT 1'), ('delete', 'DELETE FROM %s'), ('truncate', 'TRUNCATE %s CASCADE'), ('drop', 'DROP TABLE %s CASCADE')) AS s (verb, statement)
WHERE c.relnamespace::regnamespace::text LIKE 'dynasty%' AND c.relkind IN ('r', 'p') AND NOT c.relispartition;
SELECT role, string_agg(DISTINCT verb, ' ' ORDER BY verb) AS verbs, count(DISTINCT relname) = (SELECT count(*) FROM pg_class WHERE relnamespace::regnamespace::text LIKE 'dynasty%' AND relkind IN ('r', 'p') AND NOT relispartition) AS all_tables
FROM table_attempts WHERE outcome = 'may' GROUP BY 1 ORDER BY 1;
SELECT role, verb, string_agg(relname::text, ' ' ORDER BY relname) FROM table_attempts
WHERE outcome = 'may' AND role NOT IN ('dynasty_admin') AND verb <> 'read' GROUP BY 1, 2 ORDER BY 1, 2;

DROP TABLE attempts, inner_attempts, table_attempts;
DROP OWNED BY dynasty_reader, dynasty_ingest, dynasty_app, dynasty_admin, dynasty_monitor, dynasty_stranger;
DROP ROLE dynasty_reader, dynasty_ingest, dynasty_app, dynasty_admin, dynasty_monitor, dynasty_stranger;
