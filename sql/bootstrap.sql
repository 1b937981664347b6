-- The script's own search_path has the schema that CREATE EXTENSION was called with, often one where others may create: an operator
-- there could fit better than pg_catalog's. Until the script ends:
SELECT pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);

-- The schema belongs to the database, not to the extension (released at the end of the install script), so it may already be
-- there: after DROP EXTENSION ... CASCADE, or because a dump made it. Other systems make theirs in their first file, by
-- dynasty._make_schema() (sql/machinery/systems.sql).
DO $$
BEGIN
    IF pg_catalog.to_regnamespace('dynasty') IS NULL THEN
        CREATE SCHEMA dynasty;
        COMMENT ON SCHEMA dynasty IS
'Baseball prospects: game logs in; season statistics, features, labels and predictions out. Made by the extension dynasty; the tables belong to the database and outlive it.';
    END IF;
END
$$;
