-- Every ingest function has its comment.
SELECT p.proname, obj_description(p.oid, 'pg_proc') IS NOT NULL AS commented
FROM pg_proc p WHERE p.pronamespace = 'dynasty'::regnamespace AND p.proname LIKE 'ingest\_%' ORDER BY 1;
