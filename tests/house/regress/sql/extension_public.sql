-- What everybody may call: reading functions and aggregates; nothing that writes. (Who else: roles_matrix.sql.) None runs with its owner's rights.
SELECT p.oid::regprocedure AS security_definer FROM pg_proc p WHERE p.pronamespace::regnamespace::text LIKE 'dynasty%' AND p.prosecdef;
SELECT p.proname, p.provolatile FROM pg_proc p
WHERE p.pronamespace::regnamespace::text LIKE 'dynasty%' AND p.provolatile = 'v' AND has_function_privilege('public', p.oid, 'EXECUTE') ORDER BY 1;
SELECT p.proname AS not_for_everybody FROM pg_proc p
WHERE p.pronamespace::regnamespace::text LIKE 'dynasty%' AND p.proname NOT LIKE '\_%' AND NOT has_function_privilege('public', p.oid, 'EXECUTE') ORDER BY 1;
SELECT p.proname AS helper_for_everybody FROM pg_proc p
WHERE p.pronamespace::regnamespace::text LIKE 'dynasty%' AND p.proname LIKE '\_%' AND has_function_privilege('public', p.oid, 'EXECUTE') ORDER BY 1;
-- No table, no sequence, and the schema itself only when it is granted.
SELECT c.relname FROM pg_class c WHERE c.relnamespace::regnamespace::text LIKE 'dynasty%' AND c.relkind IN ('r', 'p', 'v')
  AND has_table_privilege('public', c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE');
SELECT n.nspname, has_schema_privilege('public', n.oid, 'USAGE') AS usage, has_schema_privilege('public', n.oid, 'CREATE') AS create FROM pg_namespace n WHERE n.nspname LIKE 'dynasty%' ORDER BY 1;
-- A loader without rights on its table gets no further than the caller would.
CREATE ROLE dynasty_stranger;
GRANT USAGE ON SCHEMA dynasty TO dynasty_stranger;
SET ROLE dynasty_stranger;
\set VERBOSITY sqlstate
SELECT * FROM dynasty.ingest_people('{"people":[{"id":660271,"fullName":"A B","primaryPosition":{"abbreviation":"P"}}]}');
SELECT * FROM dynasty.season_stats();
SELECT * FROM dynasty.data_quality;
CALL dynasty.install();
RESET ROLE;
DROP OWNED BY dynasty_stranger;
DROP ROLE dynasty_stranger;
-- Only what reads may run in parallel workers.
SELECT p.proname FROM pg_proc p WHERE p.pronamespace::regnamespace::text LIKE 'dynasty%' AND p.proparallel <> 'u' AND p.provolatile = 'v';
