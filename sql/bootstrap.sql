-- The script's own search_path has the schema that CREATE EXTENSION was called with, often one where others may create: an operator
-- there could fit better than pg_catalog's. Until the script ends:
SELECT pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);

-- The schema belongs to the database, not to the extension (released at the end of the install script), so it may
-- already be there: after DROP EXTENSION ... CASCADE, or because a dump made it. While the script runs it must be a member:
-- pgrx adds CREATE SCHEMA IF NOT EXISTS, which PostgreSQL refuses inside an extension script for a schema that is not.
DO $$
BEGIN
    IF pg_catalog.to_regnamespace('dynasty') IS NULL THEN
        CREATE SCHEMA dynasty;
    ELSIF NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend d
        JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
        WHERE d.classid = 'pg_catalog.pg_namespace'::regclass
          AND d.objid = pg_catalog.to_regnamespace('dynasty')
          AND d.refclassid = 'pg_catalog.pg_extension'::regclass
          AND d.deptype = 'e'
          AND e.extname = 'dynasty'
    ) THEN
        ALTER EXTENSION dynasty ADD SCHEMA dynasty;
    END IF;
END
$$;
