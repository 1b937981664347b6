-- The systems. What one brings is found among the functions of the extension in its schema: schema dynasty is the system
-- prospects, dynasty_x is x. Members of the extension only: whoever may create functions in our schemas could otherwise have his
-- own run by a superuser's ALTER EXTENSION.
--
-- _relations() text[]: the names that are its, in its schema; whoever has it is a system
-- _make_tables(), _make_views(), _make_triggers() text[]: make what is missing and name it, tables and views as schema.name
-- _after_install(made text[]) text[]: derives anew what needs it; made: what of the system has just been made
-- _grants() (role, object, privileges): who may do what with a relation or function of its schema (roles.sql)
-- _up_1_0__1_1(made text[]) jsonb, _down_1_1__1_0(): steps between versions of its tables (versions.sql)
-- _pending() text[]: statements that migration_status() is to name; runs with the rights of whoever asks
-- _measures() (metric, value, details), _verify() (check_name, ok, bad, sample): what operations is to watch and to check
-- Only _relations() must be there.

CREATE FUNCTION dynasty._hooks() RETURNS TABLE (ord bigint, system text, schema name, hook name, call text, id oid)
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
    -- The triggers of all call functions of ops.
    SELECT row_number() OVER (ORDER BY s.system <> 'ops', s.system <> 'prospects', s.system COLLATE "C", p.proname),
           s.system, n.nspname, p.proname, format('%I.%I', n.nspname, p.proname), p.oid
    FROM pg_catalog.pg_proc p
    JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
                               AND d.refclassid = 'pg_catalog.pg_extension'::regclass
    JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid AND e.extname = 'dynasty'
    JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    CROSS JOIN LATERAL (SELECT CASE WHEN n.nspname = 'dynasty' THEN 'prospects'
                                    WHEN starts_with(n.nspname, 'dynasty_') THEN substr(n.nspname, 9) END) s (system)
    WHERE s.system IS NOT NULL AND starts_with(p.proname, '_')
$fn$;
COMMENT ON FUNCTION dynasty._hooks() IS 'Internal: the internal functions of the extension with their systems, in the order in which these are made.';
GRANT EXECUTE ON FUNCTION dynasty._hooks() TO PUBLIC;

-- The first file of a system calls it. The schema belongs to the database in the end (release.sql), so it may be there already:
-- after DROP EXTENSION ... CASCADE, or because a dump made it. While the script runs it must be a member: PostgreSQL refuses the
-- CREATE SCHEMA IF NOT EXISTS that pgrx writes, inside an extension script, for one that is not.
CREATE FUNCTION dynasty._make_schema(name text, body text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    IF to_regnamespace(quote_ident(name)) IS NULL THEN
        EXECUTE format('CREATE SCHEMA %I', name);
        EXECUTE format('COMMENT ON SCHEMA %I IS %L', name, body);
    ELSIF NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
        WHERE d.classid = 'pg_catalog.pg_namespace'::regclass AND d.objid = to_regnamespace(quote_ident(name))
          AND d.refclassid = 'pg_catalog.pg_extension'::regclass AND d.deptype = 'e' AND e.extname = 'dynasty') THEN
        EXECUTE format('ALTER EXTENSION dynasty ADD SCHEMA %I', name);
    END IF;
END
$fn$;
COMMENT ON FUNCTION dynasty._make_schema(text, text) IS 'Internal, of the scripts: makes the schema of a system, or takes it into the extension until the script ends.';

-- The relations that are ours. system: NULL for those that all systems share. id: NULL where it is missing.
CREATE FUNCTION dynasty._our_relations() RETURNS TABLE (system text, schema name, relation name, id oid)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    item record;
    names text[];
BEGIN
    RETURN QUERY SELECT NULL::text, 'dynasty'::name, n.name::name, to_regclass(format('dynasty.%I', n.name))::oid
                 FROM unnest('{schema_versions,migration_saves}'::text[]) n (name);
    FOR item IN SELECT * FROM dynasty._hooks() h WHERE h.hook = '_relations' ORDER BY h.ord LOOP
        EXECUTE format('SELECT %s()', item.call) INTO names;
        RETURN QUERY SELECT item.system, item.schema, n.name::name, to_regclass(format('%I.%I', item.schema, n.name))::oid
                     FROM unnest(names) n (name);
    END LOOP;
END
$fn$;
COMMENT ON FUNCTION dynasty._our_relations() IS 'Internal: the tables and views that are the extension''s by their names.';
GRANT EXECUTE ON FUNCTION dynasty._our_relations() TO PUBLIC;
