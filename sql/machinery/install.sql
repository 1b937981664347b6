-- dynasty.install(): makes what is missing. The install script calls it last (sql/release.sql), a user whenever a
-- table, trigger or view is gone or a restore brought only some of them.

CREATE FUNCTION dynasty.in_restore() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
    -- pg_dump and pg_restore set row_security off before CREATE EXTENSION; it is on in every ordinary session.
    SELECT current_setting('session_replication_role') = 'replica'
        OR CASE lower(coalesce(current_setting('dynasty.create_tables', true), 'auto'))
               WHEN 'off' THEN true
               WHEN 'on' THEN false
               ELSE current_setting('row_security') = 'off'
           END;
$fn$;

COMMENT ON FUNCTION dynasty.in_restore() IS
'True when CREATE EXTENSION dynasty is to leave the tables to somebody else: session_replication_role is replica, dynasty.create_tables is off, or it is auto and row_security is off (as pg_dump and pg_restore set it). Never NULL.';

-- Calls one of the functions by which systems make things, of the systems that are wanted: what they made, by system.
CREATE FUNCTION dynasty._call_makers(maker text, wanted text[]) RETURNS TABLE (system text, made text[])
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    item record;
BEGIN
    FOR item IN SELECT * FROM dynasty._hooks() h WHERE h.hook = maker AND h.system = ANY (wanted) ORDER BY h.ord LOOP
        system := item.system;
        EXECUTE format('SELECT coalesce(%s(), ''{}'')', item.call) INTO made;
        RETURN NEXT;
    END LOOP;
END
$fn$;
COMMENT ON FUNCTION dynasty._call_makers(text, text[]) IS 'Internal, of dynasty.install(): has the systems make what is missing of a kind.';

CREATE FUNCTION dynasty._install_systems(wanted text[]) RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    others_were_there boolean;
    made text[] := '{}';
    by_system jsonb := '{}';
    maker text;
    item record;
    again text[];
BEGIN
    PERFORM dynasty._refuse_strange_functions();
    -- One at a time, or two would find the same thing missing.
    -- (Where nothing can be written, as on a standby, it finds out whether anything is missing all the same.)
    IF current_setting('transaction_read_only') = 'off' THEN
        PERFORM dynasty._wait_for_other_installs();
    END IF;
    others_were_there := EXISTS (
        SELECT FROM dynasty._our_relations() r JOIN pg_catalog.pg_class c ON c.oid = r.id
        WHERE r.system IS NOT NULL AND c.relkind IN ('r', 'p', 'f', 'v', 'm'));
    PERFORM dynasty._hold_relations();
    FOREACH maker IN ARRAY '{_make_tables,_make_triggers,_make_views}'::text[] LOOP
        -- Beside tables of somebody else's nothing new is made: references, views and types would build on what is his.
        CONTINUE WHEN maker = '_make_tables' AND dynasty._leave_to_owners('CALL dynasty.install();'::text)
                   OR maker = '_make_views' AND EXISTS (SELECT FROM dynasty._others_relations());
        FOR item IN SELECT * FROM dynasty._call_makers(maker, wanted) LOOP
            made := made || item.made;
            by_system := by_system || jsonb_build_object(item.system, coalesce(by_system -> item.system, '[]') || to_jsonb(item.made));
        END LOOP;
        IF maker = '_make_tables' THEN
            made := made || dynasty._make_version_tables();
            PERFORM dynasty._comment_kinds(made);
            PERFORM dynasty._shape_tables(made, others_were_there);
        END IF;
    END LOOP;
    FOR item IN SELECT * FROM dynasty._hooks() h WHERE h.hook = '_after_install' AND h.system = ANY (wanted) ORDER BY h.ord LOOP
        EXECUTE format('SELECT %s($1)', item.call) INTO again
        USING ARRAY(SELECT jsonb_array_elements_text(by_system -> item.system));
        made := made || again;
    END LOOP;
    RETURN made;
END
$fn$;
COMMENT ON FUNCTION dynasty._install_systems(text[]) IS 'Internal, of dynasty.install(): makes what is missing of the systems and says what it made.';

CREATE PROCEDURE dynasty.install(VARIADIC systems text[] DEFAULT '{}')
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    known CONSTANT text[] := ARRAY(SELECT h.system FROM dynasty._hooks() h WHERE h.hook = '_relations' ORDER BY h.ord);
    wanted text[] := systems;
    unknown text;
    made text[];
    item text;
BEGIN
    IF coalesce(cardinality(wanted), 0) = 0 THEN
        wanted := string_to_array(coalesce(nullif(btrim(current_setting('dynasty.systems', true)), ''), 'all'), ',');
    END IF;
    wanted := ARRAY(SELECT lower(btrim(w)) FROM unnest(wanted) w);
    SELECT coalesce(quote_literal(w), 'NULL') INTO unknown
    FROM unnest(wanted) w WHERE w IS NULL OR w <> ALL (known || 'all'::text) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'unknown system %', dynasty._short(unknown)
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = format('Known systems: %s; or all.', array_to_string(known, ', '));
    END IF;

    IF NOT has_function_privilege('dynasty._install_systems(text[])', 'EXECUTE')
       OR EXISTS (SELECT FROM dynasty._hooks() h WHERE h.hook = '_make_tables' AND NOT (has_schema_privilege(h.schema, 'USAGE') AND has_function_privilege(h.id, 'EXECUTE'))) THEN
        RAISE EXCEPTION 'permission denied for the functions that dynasty.install() calls'
            USING ERRCODE = 'insufficient_privilege', DETAIL = 'They are for the owner of the tables.',
                  HINT = dynasty._grant_routines(current_user::text) || ';';
    END IF;
    -- The triggers of all systems call functions of ops.
    made := dynasty._install_systems(CASE WHEN 'all' = ANY (wanted) THEN known ELSE wanted || 'ops'::text END);

    FOREACH item IN ARRAY made LOOP
        RAISE NOTICE 'dynasty: made %', item;
    END LOOP;
    IF cardinality(made) = 0 THEN
        RAISE NOTICE 'dynasty: nothing was missing';
    END IF;
END
$fn$;

COMMENT ON PROCEDURE dynasty.install(text[]) IS
'Makes the tables, triggers and views of the named systems (default: the setting dynasty.systems) that are missing, with their comments, never changes what is there, and says in a NOTICE what it made. If triggers had been away it derives anew what they keep (of prospects: the season statistics, and the labels of the windows that are kept current). The caller owns what is made. What belongs to somebody else (or has a trigger with his code) is neither written, altered nor built upon: a NOTICE says whose it is and what he is to call. Triggers are known by what they do: renamed ones are there, disabled ones are named in a NOTICE and stay so. Errors: 22023 unknown system; 55000 pg_trgm is missing; 42501 no right on its helpers, or a function of somebody else''s in a schema of ours has the name of one of the extension.';
