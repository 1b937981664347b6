-- The end of every script: what is not for everybody is closed, before anybody could call it. dynasty.setup_roles() opens it to roles.

-- A function whose rights a script has settled already, here or with a GRANT of its own, has an entry in pg_init_privs; what
-- an administrator has granted since then stays as he left it. (That proacl is NULL would not do: it is not where ALTER DEFAULT
-- PRIVILEGES adds somebody, and everybody could call what writes.)
CREATE FUNCTION dynasty._close() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    item record;
BEGIN
    FOR item IN
        SELECT p.oid::regprocedure AS name
        FROM dynasty._members() m JOIN pg_catalog.pg_proc p ON p.oid = m.m
        WHERE (starts_with(p.proname, '_') OR p.provolatile = 'v')
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_init_privs i
                          WHERE i.classoid = 'pg_catalog.pg_proc'::regclass AND i.objoid = p.oid)
        ORDER BY p.oid
    LOOP
        EXECUTE format('REVOKE EXECUTE ON ROUTINE %s FROM PUBLIC', item.name);
    END LOOP;
    FOR item IN
        SELECT p.oid::regprocedure AS name
        FROM dynasty._members() m JOIN pg_catalog.pg_proc p ON p.oid = m.m
        WHERE starts_with(p.proname, '_') AND obj_description(p.oid, 'pg_proc') IS NULL
        ORDER BY p.oid
    LOOP
        EXECUTE format('COMMENT ON ROUTINE %s IS %L', item.name, 'Internal.');
    END LOOP;
END
$fn$;
COMMENT ON FUNCTION dynasty._close() IS 'Internal, of the scripts: takes from PUBLIC what writes and what is internal.';
