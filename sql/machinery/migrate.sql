-- The tables' version: taking them to one, and telling where they stand.

-- Whether a system has any table yet: a step leaves one that has none alone.
CREATE FUNCTION dynasty._has_tables(of_schema name) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT EXISTS (SELECT FROM dynasty._our_relations() r JOIN pg_catalog.pg_class c ON c.oid = r.id
                   WHERE r.system IS NOT NULL AND r.schema = of_schema AND c.relkind IN ('r', 'p', 'f'))
$fn$;

-- One step up for all systems. made: the tables that were just made, which alone are to be changed; NULL: all.
CREATE FUNCTION dynasty._step_up(from_version text, to_version text, made text[]) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    item record;
    step_pending jsonb;
    pending jsonb := '{}';
BEGIN
    FOR item IN
        SELECT * FROM dynasty._system_steps() s
        WHERE s.from_version = _step_up.from_version AND s.to_version = _step_up.to_version ORDER BY s.ord
    LOOP
        IF dynasty._has_tables(item.schema) THEN
            EXECUTE format('SELECT %s($1)', item.up) INTO step_pending USING made;
            pending := pending || coalesce(step_pending, '{}');
        END IF;
    END LOOP;
    RETURN pending;
END
$fn$;

-- One step down: what was made last goes first.
CREATE FUNCTION dynasty._step_down(from_version text, to_version text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    item record;
BEGIN
    FOR item IN
        SELECT * FROM dynasty._system_steps() s
        WHERE s.from_version = _step_down.to_version AND s.to_version = _step_down.from_version ORDER BY s.ord DESC
    LOOP
        IF dynasty._has_tables(item.schema) THEN
            EXECUTE format('SELECT %s()', item.down);
        END IF;
    END LOOP;
END
$fn$;

-- For dynasty.install(): tables that were just made, in the shape of this version; and the note of it.
CREATE FUNCTION dynasty._shape_tables(made text[], others_were_there boolean) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    step record;
    pending jsonb := '{}';
BEGIN
    FOR step IN SELECT * FROM dynasty._table_steps() LOOP
        pending := pending || dynasty._step_up(step.from_version, step.to_version, made);
    END LOOP;
    IF dynasty._tables_version() IS NULL AND dynasty._mine('schema_versions'::text) THEN
        -- Tables without a note of their version are taken for the oldest: a step does nothing where all is as it should be.
        PERFORM dynasty._note_version(CASE WHEN others_were_there THEN '1.0'::text ELSE dynasty._functions_version() END,
            'install'::text, NULL::text, pending, CASE WHEN others_were_there THEN 'some tables were there already'::text END);
    END IF;
    IF dynasty._tables_version() <> dynasty._functions_version() THEN
        RAISE NOTICE 'dynasty: the tables are of version %, the functions of %: see dynasty.migration_status()',
            dynasty._tables_version(), dynasty._functions_version();
    END IF;
END
$fn$;

-- Takes the tables to a version, from whatever they are, one step at a time. The upgrade and downgrade scripts call it.
CREATE FUNCTION dynasty._change_tables(target text, notes text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    tables_version text;
    step record;
    pending jsonb;
BEGIN
    PERFORM dynasty._refuse_strange_functions();
    IF to_regclass('dynasty.schema_versions') IS NULL THEN
        RETURN; -- no tables (dynasty.create_tables = off): dynasty.install() makes them in the right shape
    END IF;
    IF current_setting('transaction_isolation') NOT IN ('read committed', 'read uncommitted') THEN
        RAISE EXCEPTION 'the version of the tables is changed in READ COMMITTED transactions only'
            USING ERRCODE = 'feature_not_supported', DETAIL = 'Values that others have just committed must be seen to be saved.';
    END IF;
    PERFORM dynasty._hold_relations();
    -- One version for all tables: they stay as they are where one of them is somebody else's.
    IF dynasty._leave_to_owners(format('SELECT dynasty.migrate(%L);', target)) THEN
        RETURN;
    END IF;
    LOCK TABLE dynasty.schema_versions IN SHARE ROW EXCLUSIVE MODE; -- one at a time; readers go on
    tables_version := dynasty._tables_version();
    FOR step IN
        SELECT * FROM dynasty._table_steps() s
        WHERE dynasty._version_number(s.from_version) >= dynasty._version_number(tables_version)
          AND dynasty._version_number(s.to_version) <= dynasty._version_number(target)
        ORDER BY dynasty._version_number(s.to_version)
    LOOP
        pending := dynasty._step_up(step.from_version, step.to_version, NULL::text[]);
        PERFORM dynasty._note_version(step.to_version, 'upgrade'::text, step.from_version, pending, notes);
        RAISE NOTICE 'dynasty: tables upgraded from version % to %', step.from_version, step.to_version;
    END LOOP;
    FOR step IN
        SELECT * FROM dynasty._table_steps() s
        WHERE dynasty._version_number(s.to_version) <= dynasty._version_number(tables_version)
          AND dynasty._version_number(s.from_version) >= dynasty._version_number(target)
        ORDER BY dynasty._version_number(s.to_version) DESC
    LOOP
        PERFORM dynasty._step_down(step.to_version, step.from_version);
        PERFORM dynasty._note_version(step.from_version, 'downgrade'::text, step.to_version, NULL::jsonb, notes);
        RAISE NOTICE 'dynasty: tables downgraded from version % to %', step.to_version, step.from_version;
    END LOOP;
    PERFORM dynasty._release_tables();
END
$fn$;

CREATE FUNCTION dynasty.migrate(target text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    newest CONSTANT text := dynasty._functions_version();
    wanted CONSTANT text := coalesce(target, newest);
    available CONSTANT text[] := ARRAY(SELECT '1.0' UNION ALL SELECT s.to_version FROM dynasty._table_steps() s);
    tables_version text;
    other record;
BEGIN
    IF pg_is_in_recovery() THEN
        RAISE EXCEPTION 'dynasty.migrate() changes tables; this server is a standby' USING ERRCODE = 'read_only_sql_transaction';
    END IF;
    IF wanted <> ALL (available) THEN
        RAISE EXCEPTION 'target "%" is no version of the tables', dynasty._short(target)
            USING ERRCODE = 'invalid_parameter_value', HINT = format('Available: %s.', array_to_string(available, ', '));
    END IF;
    tables_version := dynasty._tables_version();
    IF tables_version IS NULL THEN
        RAISE EXCEPTION 'the tables of dynasty are not there, or their version is not known'
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'CALL dynasty.install();';
    END IF;
    IF dynasty._version_number(tables_version) > dynasty._version_number(newest) THEN
        RAISE EXCEPTION 'the tables are of version %, newer than the extension''s %', tables_version, newest
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'ALTER EXTENSION dynasty UPDATE;';
    END IF;
    -- Who may change them waits for another who is at it, and looks again; for anybody else nothing to be done is nothing to refuse.
    IF NOT has_function_privilege('dynasty._change_tables(text, text)', 'EXECUTE') THEN
        IF wanted = tables_version THEN
            RETURN tables_version;
        END IF;
        RAISE EXCEPTION 'permission denied for the functions that dynasty.migrate() calls'
            USING ERRCODE = 'insufficient_privilege', DETAIL = 'They are for the owner of the tables.',
                  HINT = dynasty._grant_routines(current_user::text) || ';';
    END IF;
    SELECT o.part, o.owner, o.because INTO other FROM dynasty._others_relations() o ORDER BY o.because NULLS FIRST, o.part::text COLLATE "C" LIMIT 1;
    IF FOUND AND wanted = tables_version THEN
        RETURN tables_version;
    ELSIF FOUND AND other.because IS NULL THEN
        RAISE EXCEPTION '% belongs to %, not to the caller', left(other.part::text, 200), other.owner
            USING ERRCODE = 'insufficient_privilege', DETAIL = 'Changing it could run code of its owner with the caller''s rights.',
                  HINT = format('SET ROLE %I;', other.owner);
    ELSIF FOUND THEN
        RAISE EXCEPTION '% on % runs code of %', other.because, left(other.part::text, 200), other.owner
            USING ERRCODE = 'insufficient_privilege', DETAIL = 'It would run with the caller''s rights.',
                  HINT = 'Drop the trigger, or give its function to the owner of the table.';
    END IF;
    PERFORM dynasty._change_tables(wanted, 'dynasty.migrate()'::text);
    RETURN dynasty._tables_version();
END
$fn$;

CREATE FUNCTION dynasty.migration_status(
    OUT installed text, OUT tables_version text, OUT default_version text, OUT pending text[], OUT downgrade_path text[],
    OUT ok boolean)
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    newest CONSTANT text := dynasty._functions_version();
    item record;
    of_system text[];
BEGIN
    SELECT e.extversion INTO installed FROM pg_catalog.pg_extension e WHERE e.extname = 'dynasty';
    SELECT a.default_version INTO default_version FROM pg_catalog.pg_available_extensions a WHERE a.name = 'dynasty';
    tables_version := dynasty._tables_version();
    pending := ARRAY(
        SELECT 'CALL dynasty.install()' WHERE tables_version IS NULL
        UNION ALL
        SELECT 'SELECT dynasty.migrate()' WHERE dynasty._version_number(tables_version) < dynasty._version_number(newest)
        UNION ALL
        SELECT 'ALTER EXTENSION dynasty UPDATE'
        WHERE dynasty._version_number(tables_version) > dynasty._version_number(newest) OR installed <> default_version);
    -- Of the systems whose schemas the caller may use: it is for everybody.
    FOR item IN SELECT * FROM dynasty._hooks() h WHERE h.hook = '_pending' AND has_schema_privilege(h.schema, 'USAGE') ORDER BY h.ord LOOP
        EXECUTE format('SELECT %s()', item.call) INTO of_system;
        pending := pending || of_system;
    END LOOP;
    IF tables_version IS NOT NULL THEN
        pending := pending || ARRAY(
            SELECT p.value FROM dynasty.schema_versions v CROSS JOIN LATERAL jsonb_each_text(v.pending) p
            WHERE to_regclass(dynasty._full_name(p.key)) IS NULL
              AND dynasty._version_number(v.version) <= dynasty._version_number(tables_version)
            GROUP BY p.value ORDER BY p.value COLLATE "C");
    END IF;
    downgrade_path := ARRAY(
        SELECT u.target FROM pg_catalog.pg_extension_update_paths('dynasty') u
        WHERE u.source = installed AND u.path IS NOT NULL AND u.target ~ '^[0-9]+[.][0-9]+$'
          AND dynasty._version_number(u.target) < dynasty._version_number(installed)
        ORDER BY dynasty._version_number(u.target) DESC);
    ok := cardinality(pending) = 0;
END
$fn$;

COMMENT ON FUNCTION dynasty.migrate(text) IS
'Takes the tables to a version: without argument to that of the installed functions, as is needed after the restore of an older dump; to an older one before a dump for an older installation. Runs the steps of ALTER EXTENSION dynasty UPDATE, in the caller''s transaction: all or nothing. Values of columns that go are kept in dynasty.migration_saves and come back with the next step up. Returns the version of the tables. Only their owner can. Errors: 22023 unknown version; 55000 there are no tables, or they are newer than the functions; 0A000 outside READ COMMITTED; 25006 on a standby; 2BP01 something of the user''s needs a column that goes; 42501, also where a table belongs to somebody else than the caller or has a trigger with the code of somebody else.';

COMMENT ON FUNCTION dynasty.migration_status() IS
'Versions at one glance: installed (of the functions), tables_version (NULL: not known), default_version (what ALTER EXTENSION dynasty UPDATE leads to), pending (the statements that are to be run, in this order: also where triggers of the extension are missing or disabled, and a partition is half detached), downgrade_path (versions that ALTER EXTENSION dynasty UPDATE TO can go back to), ok (nothing is pending). One row. Needs SELECT on dynasty.schema_versions. Errors: 42501.';

COMMENT ON FUNCTION dynasty._has_tables(name) IS 'Internal: whether a table of the system in this schema is there.';
COMMENT ON FUNCTION dynasty._step_up(text, text, text[]) IS 'Internal: one step up of the tables of all systems that have any; returns the indexes that are left to be made by hand.';
COMMENT ON FUNCTION dynasty._step_down(text, text) IS 'Internal: one step down of the tables of all systems that have any.';
COMMENT ON FUNCTION dynasty._shape_tables(text[], boolean) IS 'Internal: takes new tables to the version of those that are there.';
COMMENT ON FUNCTION dynasty._change_tables(text, text) IS 'Internal: takes the tables to a version, step by step, and notes it.';
