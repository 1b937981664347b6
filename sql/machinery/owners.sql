-- Whose is what the installer finds. CREATE EXTENSION, dynasty.install(), ALTER EXTENSION dynasty UPDATE and dynasty.migrate()
-- run with their caller's rights, mostly a superuser's, and tables, schema and functions may have been there before: a trigger,
-- rule, CHECK, default, generated column, index expression, view or overloaded function of somebody else's would run as
-- him. So they write, read, alter and attach only to what belongs to the caller, and leave the rest to its owner.

-- Whether code of this role may run as the caller: it is the caller himself, or both can do everything anyway.
CREATE FUNCTION dynasty._trusted(owner oid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT coalesce((SELECT o.rolname = current_user OR o.rolsuper AND m.rolsuper
                     FROM pg_catalog.pg_roles o, pg_catalog.pg_roles m WHERE o.oid = $1 AND m.rolname = current_user), false)
$fn$;

-- Relations of our names, their partitions and children, that the caller must leave alone, with the one who has the say.
-- A table is also another's when a trigger on it runs the code of somebody who could have attached it (the right TRIGGER).
CREATE FUNCTION dynasty._others_relations() RETURNS TABLE (relation oid, part regclass, owner name, because text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
    WITH RECURSIVE parts AS (
        SELECT r.id AS relation, r.id AS oid FROM dynasty._our_relations() r WHERE r.id IS NOT NULL
        UNION
        SELECT p.relation, i.inhrelid FROM parts p JOIN pg_catalog.pg_inherits i ON i.inhparent = p.oid)
    SELECT p.relation, p.oid::regclass, pg_get_userbyid(c.relowner), NULL
    FROM parts p JOIN pg_catalog.pg_class c ON c.oid = p.oid WHERE NOT dynasty._trusted(c.relowner)
    UNION ALL
    SELECT p.relation, p.oid::regclass, pg_get_userbyid(f.proowner), format('trigger %I', t.tgname)
    FROM parts p JOIN pg_catalog.pg_class c ON c.oid = p.oid JOIN pg_catalog.pg_trigger t ON t.tgrelid = c.oid AND NOT t.tgisinternal
    JOIN pg_catalog.pg_proc f ON f.oid = t.tgfoid
    WHERE dynasty._trusted(c.relowner) AND NOT dynasty._trusted(f.proowner)
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_roles o WHERE o.oid = f.proowner AND o.rolsuper)
$fn$;

-- Whether a relation (`schema.table`, or the table alone in schema dynasty) is there and the caller's, with all its parts: it may
-- be written and altered.
CREATE FUNCTION dynasty._mine(relation text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT EXISTS (SELECT FROM pg_catalog.pg_class c
                   WHERE c.oid = to_regclass(dynasty._full_name($1)) AND c.relkind IN ('r', 'p', 'v', 'f', 'm'))
       AND NOT EXISTS (SELECT FROM dynasty._others_relations() o WHERE o.relation = to_regclass(dynasty._full_name($1)))
$fn$;

-- Whether rows of a table can be read without running code: a view's or policy's would be its owner's.
CREATE FUNCTION dynasty._plain_table(relation text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT coalesce((SELECT c.relkind IN ('r', 'p') AND NOT row_security_active(c.oid) FROM pg_catalog.pg_class c
                     WHERE c.oid = to_regclass(dynasty._full_name($1))), false)
$fn$;

-- Keeps what is there until the transaction ends: the owner of the schema could otherwise put his own in its place after
-- it was looked at.
CREATE FUNCTION dynasty._hold_relations() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    item record;
BEGIN
    FOR item IN
        SELECT r.schema, r.relation FROM dynasty._our_relations() r JOIN pg_catalog.pg_class c ON c.oid = r.id
        WHERE c.relkind IN ('r', 'p') AND dynasty._trusted(c.relowner)
        ORDER BY r.schema, r.relation
    LOOP
        EXECUTE format('LOCK TABLE ONLY %I.%I IN ACCESS SHARE MODE', item.schema, item.relation);
    END LOOP;
END
$fn$;

-- Refuses to go on where somebody has put functions of our names into a schema of ours: with arguments that fit better, his
-- would be called in place of ours. The scripts and whatever the installer begins with call this one first; it has no
-- arguments, so nothing fits better.
CREATE FUNCTION dynasty._refuse_strange_functions() RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    item record;
BEGIN
    SELECT p.oid::regprocedure AS name, pg_get_userbyid(p.proowner) AS owner, p.pronamespace::regnamespace AS schema INTO item
    FROM pg_catalog.pg_proc p
    WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_roles o WHERE o.oid = p.proowner AND o.rolsuper)
      AND (p.pronamespace, p.proname) IN (SELECT f.pronamespace, f.proname FROM dynasty._members() m JOIN pg_catalog.pg_proc f ON f.oid = m.m)
      AND p.oid NOT IN (SELECT m.m FROM dynasty._members() m)
      AND NOT dynasty._trusted(p.proowner)
    ORDER BY p.oid LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'function %, which belongs to %, has the name of one of the extension', left(item.name::text, 200), item.owner
            USING ERRCODE = 'insufficient_privilege',
                  DETAIL = 'It could be called in place of it, with the rights of who calls.',
                  HINT = format('Drop or rename it, and let nobody else create in schema %s.', item.schema);
    END IF;
END
$fn$;

-- The functions of the extension.
CREATE FUNCTION dynasty._members() RETURNS SETOF oid
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT d.objid FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid AND e.extname = 'dynasty'
    WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.refclassid = 'pg_catalog.pg_extension'::regclass AND d.deptype = 'e'
$fn$;

-- What opens our functions to an owner of tables. Called with the rights of whoever lacks them.
CREATE FUNCTION dynasty._grant_routines(role text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT format('GRANT USAGE, CREATE ON SCHEMA %1$s TO %2$I; GRANT EXECUTE ON ALL ROUTINES IN SCHEMA %1$s TO %2$I', string_agg(format('%I', h.schema), ', ' ORDER BY h.schema), role)
    FROM dynasty._hooks() h WHERE h.hook = '_relations'
$fn$;

-- Says what is left alone, to whom, and what he is to call.
CREATE FUNCTION dynasty._leave_to_owners(what_to_call text) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    wanted_messages CONSTANT text := current_setting('client_min_messages');
    item record;
    found_any boolean := false;
BEGIN
    -- The server raises it to warning while the script of an extension runs; this is to be heard all the same.
    IF wanted_messages = 'warning' THEN
        PERFORM set_config('client_min_messages', 'notice', true);
    END IF;
    FOR item IN
        SELECT n.owner, bool_or(n.owns) AS owns, concat(array_to_string((array_agg(n.name ORDER BY n.name))[1:4], ', '),
               CASE WHEN count(*) > 4 THEN format(' and %s more', count(*) - 4) END) AS names
        FROM (SELECT DISTINCT o.owner, o.because IS NULL AS owns, concat(left(o.part::text, 60), ' (' || left(o.because, 60) || ')') COLLATE "C" AS name
              FROM dynasty._others_relations() o) n
        GROUP BY n.owner ORDER BY n.owner
    LOOP
        found_any := true;
        IF item.owns THEN
            RAISE NOTICE 'dynasty: left alone what belongs to %: %', item.owner, item.names
                USING HINT = format('%s; then, as %I: %s', dynasty._grant_routines(item.owner::text), item.owner, what_to_call);
        ELSE
            RAISE NOTICE 'dynasty: left alone what runs code of %: %', item.owner, item.names
                USING HINT = 'Drop the trigger, or give its function to the owner of the table.';
        END IF;
    END LOOP;
    PERFORM set_config('client_min_messages', wanted_messages, true);
    RETURN found_any;
END
$fn$;

COMMENT ON FUNCTION dynasty._trusted(oid) IS 'Internal: whether code of this role may run as the caller.';
COMMENT ON FUNCTION dynasty._others_relations() IS 'Internal: relations of the extension''s names, and their parts, that the caller must leave alone.';
COMMENT ON FUNCTION dynasty._mine(text) IS 'Internal: whether a relation is there and the caller''s.';
COMMENT ON FUNCTION dynasty._plain_table(text) IS 'Internal: whether a table can be read without running code of its owner''s.';
COMMENT ON FUNCTION dynasty._hold_relations() IS 'Internal: locks the caller''s tables lightly, so that none is replaced after it was looked at.';
COMMENT ON FUNCTION dynasty._refuse_strange_functions() IS 'Internal: an error (42501) where somebody else''s function in a schema of ours has the name of one of the extension.';
COMMENT ON FUNCTION dynasty._members() IS 'Internal: the functions that are members of the extension.';
COMMENT ON FUNCTION dynasty._leave_to_owners(text) IS 'Internal: says in a NOTICE for each owner what was left alone. True: there was something.';
COMMENT ON FUNCTION dynasty._grant_routines(text) IS 'Internal: the statement that lets a role call the functions of all systems, for a hint.';

GRANT EXECUTE ON FUNCTION dynasty._plain_table(text), dynasty._grant_routines(text) TO PUBLIC;
