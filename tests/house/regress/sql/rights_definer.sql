-- Nobody's code runs as somebody else, by the catalogue: a function or grant that breaks the rule of SECURITY.md shows here.
SET client_min_messages = warning;
\pset format unaligned
SELECT count(*) > 0 AS set_up FROM dynasty.setup_roles();
CREATE TEMP VIEW routines AS
SELECT p.*, p.oid::regprocedure AS name, p.prorettype IN ('trigger'::regtype, 'event_trigger'::regtype) AS is_trigger, l.lanname,
    ARRAY(SELECT r FROM unnest('{public,dynasty_reader,dynasty_ingest,dynasty_app,dynasty_monitor,dynasty_admin}'::text[]) r WHERE has_function_privilege(r, p.oid, 'EXECUTE')) AS who
FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
WHERE p.pronamespace::regnamespace::text LIKE 'dynasty%' AND EXISTS (
    SELECT FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'dynasty'
    WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e');
SELECT count(*) > 100 AS many, count(*) FILTER (WHERE is_trigger) > 5 AS triggers FROM routines;
-- One function runs as its owner: it reads the rules that who writes a table may not see, and of a row only columns of built-in types (ops/cache_rights).
SELECT name AS runs_as_its_owner FROM routines WHERE prosecdef;
-- None changes who the user is by a setting, nor how rights are looked at.
SELECT name, c AS setting FROM routines, unnest(proconfig) c WHERE c ~ '^(role|session_authorization|row_security|session_replication_role)=';
-- What is written in SQL or PL/pgSQL, where names are looked up when it runs, has its path fixed.
SELECT name AS path_not_fixed, lanname FROM routines
WHERE lanname IN ('sql', 'plpgsql') AND NOT coalesce(proconfig::text ~ 'search_path=(\\"\\"|pg_catalog, pg_temp)', false) AND prokind IN ('f', 'p')
  -- What is to be inlined may have none either: its one SELECT qualifies every name and operator, too.
  AND proname <> 'export_odds'
  -- A procedure that commits may have no settings: it qualifies every name (pgspot looks, and extension_search_path_calls).
  AND NOT (prokind = 'p' AND prosrc ~ '\mCOMMIT\M');
-- Nobody can hang a trigger function on a table of his own; helpers are for the functions that call them.
SELECT name AS trigger_function_for_somebody, who FROM routines WHERE is_trigger AND who <> '{}';
SELECT name AS helper_for_a_role, who FROM routines WHERE proname LIKE '\_%' AND who <> '{}' AND NOT 'public' = ANY (who);
SELECT name AS helper_that_writes_for_everybody FROM routines WHERE proname LIKE '\_%' AND provolatile = 'v' AND 'public' = ANY (who);
-- Nor his code into others' statements: no role has TRIGGER, REFERENCES or TRUNCATE on anything, nor CREATE in the schema; none of a column.
SELECT c.relname, r AS role, p AS privilege
FROM pg_class c, unnest('{public,dynasty_reader,dynasty_ingest,dynasty_app,dynasty_monitor,dynasty_admin}'::text[]) r, unnest('{TRIGGER,REFERENCES,TRUNCATE}'::text[]) p
WHERE c.relnamespace::regnamespace::text LIKE 'dynasty%' AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND (has_table_privilege(r, c.oid, p) OR p = 'REFERENCES' AND has_any_column_privilege(r, c.oid, p));
SELECT r AS role FROM unnest('{public,dynasty_reader,dynasty_ingest,dynasty_app,dynasty_monitor,dynasty_admin}'::text[]) r , pg_namespace n WHERE n.nspname LIKE 'dynasty%' AND has_schema_privilege(r, n.oid, 'CREATE');
-- No grant can be handed on.
SELECT c.relname, a.privilege_type FROM pg_class c, aclexplode(c.relacl) a WHERE c.relnamespace::regnamespace::text LIKE 'dynasty%' AND a.is_grantable AND a.grantee <> c.relowner;
SELECT name FROM routines, aclexplode(proacl) a WHERE a.is_grantable AND a.grantee <> proowner;
-- Views look with the rights of who asks. (The list of rules looks at no table.)
SELECT c.relname AS view_with_its_owners_rights FROM pg_class c WHERE c.relnamespace::regnamespace::text LIKE 'dynasty%' AND c.relkind = 'v' AND NOT coalesce('security_invoker=true' = ANY (c.reloptions), false)
  AND EXISTS (SELECT FROM pg_rewrite r JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> c.oid WHERE r.ev_class = c.oid);
-- No rule, which would run as the table's owner.
SELECT c.relname, r.rulename FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class WHERE c.relnamespace::regnamespace::text LIKE 'dynasty%' AND r.rulename <> '_RETURN';

-- What 1.0 granted is taken back by setting up again, and nothing else: what an administrator granted others stays.
CREATE ROLE rights_other;
SELECT 'GRANT ALL ON ' || string_agg(c.oid::regclass::text, ', ' ORDER BY c.relname) || ' TO dynasty_admin' FROM pg_class c WHERE c.relnamespace::regnamespace::text LIKE 'dynasty%' AND c.relkind IN ('r', 'p', 'v') AND NOT c.relispartition \gexec
GRANT EXECUTE ON ALL ROUTINES IN SCHEMA dynasty, dynasty_odds, dynasty_ops TO dynasty_admin;
GRANT TRIGGER, TRUNCATE ON dynasty.prospects TO rights_other;
CREATE TABLE dynasty.my_own (a integer);
GRANT ALL ON dynasty.my_own TO dynasty_admin;
SELECT has_table_privilege('dynasty_admin', 'dynasty.milb_game_logs', 'TRIGGER') AS trigger, has_function_privilege('dynasty_admin', 'dynasty.keep_game_log_history()', 'EXECUTE') AS execute;
-- (MAINTAIN is a right from 17 on.)
SELECT replace(s, 'MAINTAIN, ', '') AS s FROM dynasty.setup_roles(dry_run => true) s WHERE s ~ '^REVOKE .*\mprospects\M' OR s ~ '^REVOKE .*keep_game_log_history';
SELECT has_table_privilege('dynasty_admin', 'dynasty.milb_game_logs', 'TRIGGER') AS trigger_still;
SELECT count(*) > 50 AS taken_back FROM dynasty.setup_roles() s WHERE s ~ '^REVOKE';
SELECT count(*) AS taken_back_again FROM dynasty.setup_roles() s WHERE s ~ '^REVOKE';
SELECT c.relname, p AS left_to_admin FROM pg_class c, unnest('{TRIGGER,REFERENCES,TRUNCATE}'::text[]) p
WHERE c.relnamespace::regnamespace::text LIKE 'dynasty%' AND c.relkind IN ('r', 'v') AND has_table_privilege('dynasty_admin', c.oid, p) ORDER BY 1, 2;
SELECT name AS left_to_admin FROM routines WHERE 'dynasty_admin' = ANY (who) AND NOT 'public' = ANY (who) AND (is_trigger OR proname LIKE '\_%');
SELECT has_table_privilege('rights_other', 'dynasty.prospects', 'TRIGGER') AS others_keep_theirs;
-- A role that owns the tables keeps what is an owner's.
ALTER TABLE dynasty.ml_labels OWNER TO dynasty_admin;
SELECT count(*) AS taken_back FROM dynasty.setup_roles() s WHERE s ~ '^REVOKE';
SELECT has_table_privilege('dynasty_admin', 'dynasty.ml_labels', 'TRIGGER') AS owners;
ALTER TABLE dynasty.ml_labels OWNER TO CURRENT_USER;

DROP OWNED BY dynasty_reader, dynasty_ingest, dynasty_app, dynasty_admin, dynasty_monitor, rights_other;
DROP ROLE dynasty_reader, dynasty_ingest, dynasty_app, dynasty_admin, dynasty_monitor, rights_other;
