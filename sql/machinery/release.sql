-- Lets the tables, sequences, views and schemas go that the running script of CREATE or ALTER EXTENSION has made: as members
-- of the extension they would be missing from a dump and lost with DROP EXTENSION.
CREATE FUNCTION dynasty._release_tables() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    extension oid := (SELECT oid FROM pg_catalog.pg_extension WHERE extname = 'dynasty');
    member record;
BEGIN
    FOR member IN
        SELECT CASE WHEN d.classid = 'pg_catalog.pg_namespace'::regclass THEN 'SCHEMA'
                    ELSE CASE c.relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
                                        WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END END AS kind,
               CASE WHEN d.classid = 'pg_catalog.pg_namespace'::regclass THEN format('%I', s.nspname)
                    ELSE format('%I.%I', n.nspname, c.relname) END AS name
        FROM pg_catalog.pg_depend d
        LEFT JOIN pg_catalog.pg_class c ON d.classid = 'pg_catalog.pg_class'::regclass AND c.oid = d.objid
        LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_catalog.pg_namespace s ON d.classid = 'pg_catalog.pg_namespace'::regclass AND s.oid = d.objid
        WHERE d.refclassid = 'pg_catalog.pg_extension'::regclass AND d.refobjid = extension AND d.deptype = 'e'
          AND (d.classid = 'pg_catalog.pg_namespace'::regclass OR c.relkind IN ('r', 'p', 'S', 'v', 'm', 'f'))
    LOOP
        EXECUTE format('ALTER EXTENSION dynasty DROP %s %s', member.kind, member.name);
    END LOOP;
END
$fn$;
COMMENT ON FUNCTION dynasty._release_tables() IS 'Internal: lets what the running script has made go from the extension, so that the tables belong to the database.';
