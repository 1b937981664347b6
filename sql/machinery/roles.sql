-- Roles for the usual jobs. They belong to the whole cluster and are not in a dump of a database, so nothing is made without
-- being asked for. Who may do what stands in the _grants() of each system: (role, object, privileges), object being a relation
-- or, with EXECUTE, a function of its schema. A new function that writes needs a row there: the regress file roles_matrix sees to it.
--
-- dynasty_admin may call all functions and change every row of every system; a row in its name says that a function is for nobody
-- else. What begins with _ or is a trigger's nobody is granted: with a trigger function one could have it run on a table of one's
-- own. Nobody gets TRIGGER or REFERENCES, by which his code would run in others' statements, nor TRUNCATE, which leaves no history.

-- What all systems share.
CREATE FUNCTION dynasty._shared_grants() RETURNS TABLE (role text, object text, privileges text)
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $fn$
    VALUES ('dynasty_reader', 'schema_versions', 'SELECT'),
           ('dynasty_reader', 'migration_saves', 'SELECT'),
           ('dynasty_monitor', 'schema_versions', 'SELECT'),
           ('dynasty_admin', 'install', 'EXECUTE'),
           ('dynasty_admin', 'migrate', 'EXECUTE'),
           ('dynasty_admin', 'setup_roles', 'EXECUTE')
$fn$;
COMMENT ON FUNCTION dynasty._shared_grants() IS 'Internal, of setup_roles(): which role may do what with what all systems share.';

CREATE FUNCTION dynasty._all_grants() RETURNS TABLE (schema name, role text, object text, privileges text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    item record;
BEGIN
    RETURN QUERY SELECT 'dynasty'::name, g.role, g.object, g.privileges FROM dynasty._shared_grants() g;
    FOR item IN SELECT * FROM dynasty._hooks() h WHERE h.hook = '_grants' ORDER BY h.ord LOOP
        RETURN QUERY EXECUTE format('SELECT %L::name, g.* FROM %s() g', item.schema, item.call);
    END LOOP;
END
$fn$;
COMMENT ON FUNCTION dynasty._all_grants() IS 'Internal, of setup_roles(): which role may do what with which function or relation.';

CREATE FUNCTION dynasty.setup_roles(dry_run boolean DEFAULT false) RETURNS SETOF text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    statement text;
BEGIN
    IF dry_run IS NULL THEN
        RAISE EXCEPTION 'setup_roles: dry_run must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    FOR statement IN
        WITH grants AS (SELECT * FROM dynasty._all_grants()),
        roles AS (
            SELECT r.name, r.ord FROM unnest('{dynasty_reader,dynasty_ingest,dynasty_app,dynasty_admin,dynasty_monitor}'::text[])
                   WITH ORDINALITY r (name, ord)
        ), relations AS (
            SELECT c.oid, c.oid::regclass::text AS name, r.schema, r.relation, c.relacl, c.relowner
            FROM dynasty._our_relations() r JOIN pg_catalog.pg_class c ON c.oid = r.id WHERE c.relkind IN ('r', 'p', 'v', 'f')
        ), functions AS (
            SELECT n.nspname AS schema, p.proname, format('ROUTINE %s', p.oid::regprocedure) AS name, p.proacl, p.proowner,
                   p.proname LIKE '\_%' OR p.prorettype IN ('trigger'::regtype, 'event_trigger'::regtype) AS internal
            FROM dynasty._members() m JOIN pg_catalog.pg_proc p ON p.oid = m.m
            JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
        ), places AS (
            -- Who reaches a schema as a member of dynasty_reader needs no right of his own.
            SELECT u.schema, u.role, bool_or(u.role = 'dynasty_reader') OVER (PARTITION BY u.schema) AND u.role <> 'dynasty_monitor' AS by_reader
            FROM (SELECT g.schema, g.role FROM grants g
                  UNION SELECT f.schema, 'dynasty_admin' FROM functions f WHERE NOT f.internal) u
        ), statements AS (
            SELECT 1 AS part, r.ord::text AS place, format('CREATE ROLE %I NOLOGIN', r.name) AS statement
            FROM roles r
            WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_roles o WHERE o.rolname = r.name)
            UNION ALL SELECT 2, '', 'GRANT dynasty_reader TO dynasty_ingest, dynasty_app, dynasty_admin'
            UNION ALL SELECT 2, 'pg_monitor', 'GRANT pg_monitor TO dynasty_monitor'
            UNION ALL
            SELECT 3, p.schema, format('GRANT USAGE ON SCHEMA %I TO %s', p.schema, string_agg(p.role, ', ' ORDER BY r.ord))
            FROM places p JOIN roles r ON r.name = p.role WHERE p.role = 'dynasty_reader' OR NOT p.by_reader GROUP BY p.schema
            UNION ALL
            SELECT CASE g.role WHEN 'dynasty_reader' THEN 4 ELSE 5 END, g.role || r.name, format('GRANT %s ON %s TO %I', g.privileges, r.name, g.role)
            FROM grants g JOIN relations r ON r.schema = g.schema AND r.relation = g.object WHERE g.privileges <> 'EXECUTE'
            UNION ALL SELECT 6, r.name, format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO dynasty_admin', r.name) FROM relations r
            UNION ALL
            -- 1.0 granted ALL, and every function: back.
            SELECT 6, r.name || ' ', format('REVOKE %s ON %s FROM dynasty_admin', string_agg(DISTINCT a.privilege_type, ', ' ORDER BY a.privilege_type), r.name)
            FROM relations r, aclexplode(r.relacl) a
            WHERE a.grantee = (SELECT o.oid FROM pg_catalog.pg_roles o WHERE o.rolname = 'dynasty_admin')
              AND a.grantee <> r.relowner AND a.grantor = r.relowner AND a.privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
            GROUP BY r.name
            UNION ALL
            SELECT 7, p.role || f.name, format('GRANT EXECUTE ON %s TO %I', f.name, p.role)
            FROM grants p JOIN functions f ON f.schema = p.schema AND f.proname = p.object WHERE p.privileges = 'EXECUTE' AND p.role <> 'dynasty_admin'
            UNION ALL SELECT 8, f.name, format('GRANT EXECUTE ON %s TO dynasty_admin', f.name) FROM functions f WHERE NOT f.internal
            UNION ALL
            SELECT 8, f.name, format('REVOKE EXECUTE ON %s FROM dynasty_admin', f.name) FROM functions f, aclexplode(f.proacl) a
            WHERE f.internal AND a.grantee = (SELECT o.oid FROM pg_catalog.pg_roles o WHERE o.rolname = 'dynasty_admin')
              AND a.grantee <> f.proowner AND a.grantor = f.proowner
            UNION ALL
            -- What makes up rows draws and gives back ids itself.
            SELECT 9, s.oid::regclass::text, format('GRANT USAGE, SELECT, UPDATE ON SEQUENCE %s TO dynasty_admin', s.oid::regclass)
            FROM pg_catalog.pg_class s
            JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = s.oid AND d.deptype = 'i'
            JOIN relations r ON r.oid = d.refobjid
            WHERE s.relkind = 'S' AND d.refclassid = 'pg_catalog.pg_class'::regclass
        )
        SELECT s.statement FROM statements s ORDER BY s.part, s.place COLLATE "C"
    LOOP
        IF NOT dry_run THEN
            EXECUTE statement;
        END IF;
        RETURN NEXT statement;
    END LOOP;
END
$fn$;

COMMENT ON FUNCTION dynasty.setup_roles(boolean) IS
'Makes the roles that are missing and gives them their rights; returns the statements, with dry_run without running them. dynasty_reader: read everything. dynasty_ingest: dynasty_reader, and load games, seasons, grades. dynasty_app: dynasty_reader, and record predictions. dynasty_admin: everything but what takes the owner of the tables (install, migrate, setup_roles); of the tables he may read and change all rows, but neither truncate them nor hang triggers or foreign keys on them, and what an earlier version granted him of that is taken back. dynasty_monitor: versions and journals, no player''s row; a member of pg_monitor. None can log in: GRANT dynasty_reader TO somebody. Call it again after an update. Errors: 22004 dry_run is NULL; 42501 without CREATEROLE or rights on the tables; 25006 on a standby.';
