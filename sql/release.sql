-- The end of the install script: make the tables, then let them go. Tables, sequences, views and schemas belong to the
-- database; as members of the extension they would be missing from a dump and lost with DROP EXTENSION. Functions,
-- aggregates and types stay members.
DO $release$
DECLARE
    extension oid := (SELECT oid FROM pg_catalog.pg_extension WHERE extname = 'dynasty');
    member record;
BEGIN
    IF NOT dynasty.in_restore() THEN
        CALL dynasty.install();
    END IF;
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
$release$;
