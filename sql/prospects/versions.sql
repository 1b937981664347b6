-- The version of the tables. They outlive the extension and travel in dumps, which carry no extension version, so they
-- have a version of their own. What a release changes in them stands in a pair of functions `_up_1_0__1_1(made)` and
-- `_down_1_1__1_0()` (sql/versions), which ALTER EXTENSION ... UPDATE and dynasty.migrate() both run. A step changes only
-- what is not yet as it should be; an install of a version is the tables of 1.0 and then the steps.

CREATE FUNCTION dynasty._create_schema_versions() RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    made text[] := '{}';
BEGIN
    IF to_regclass('dynasty.schema_versions') IS NULL THEN
        -- No number as key: a dump of the rows alone must go into a database that has an install of its own.
        CREATE TABLE dynasty.schema_versions (
            applied_at timestamptz PRIMARY KEY DEFAULT clock_timestamp(),
            version text NOT NULL,
            direction text NOT NULL,
            from_version text,
            applied_by name NOT NULL DEFAULT session_user,
            pending jsonb NOT NULL DEFAULT '{}',
            notes text,
            CONSTRAINT ck_schema_versions_direction CHECK (direction IN ('install', 'upgrade', 'downgrade')),
            CONSTRAINT ck_schema_versions_version CHECK (version ~ '^[0-9]+[.][0-9]+$'),
            CONSTRAINT ck_schema_versions_pending CHECK (jsonb_typeof(pending) = 'object')
        );
        made := made || 'dynasty.schema_versions'::text;
    END IF;
    IF to_regclass('dynasty.migration_saves') IS NULL THEN
        CREATE TABLE dynasty.migration_saves (
            version text NOT NULL,
            table_name text NOT NULL,
            row_key text NOT NULL,
            data jsonb NOT NULL,
            saved_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (version, table_name, row_key),
            CONSTRAINT ck_migration_saves_data CHECK (jsonb_typeof(data) = 'object')
        );
        made := made || 'dynasty.migration_saves'::text;
    END IF;
    RETURN made;
END
$fn$;

-- '1.10' after '1.9'.
CREATE FUNCTION dynasty._version_number(version text) RETURNS integer[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT string_to_array(left($1, 40), '.')::integer[]
$fn$;

-- The steps that the installed functions know. Members of the extension only: whoever may create functions in schema
-- dynasty could otherwise have his own run by a superuser's ALTER EXTENSION.
CREATE FUNCTION dynasty._table_steps() RETURNS TABLE (from_version text, to_version text, up name, down name)
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT v.part[1] || '.' || v.part[2], v.part[3] || '.' || v.part[4], u.proname,
           format('_down_%s_%s__%s_%s', v.part[3], v.part[4], v.part[1], v.part[2])::name
    FROM pg_catalog.pg_proc u
    JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = u.oid AND d.deptype = 'e'
                               AND d.refclassid = 'pg_catalog.pg_extension'::regclass
    JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid AND e.extname = 'dynasty'
    CROSS JOIN LATERAL regexp_match(u.proname, '^_up_(\d+)_(\d+)__(\d+)_(\d+)$') AS v (part)
    WHERE u.pronamespace = 'dynasty'::regnamespace AND v.part IS NOT NULL
    ORDER BY v.part[3]::integer, v.part[4]::integer
$fn$;

-- The version of the tables that the installed functions are made for.
CREATE FUNCTION dynasty._functions_version() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT coalesce((SELECT s.to_version FROM dynasty._table_steps() s
                     ORDER BY dynasty._version_number(s.to_version) DESC LIMIT 1), '1.0')
$fn$;

-- NULL when nothing is known: no tables, or tables that somebody made by hand.
CREATE FUNCTION dynasty._tables_version() RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    -- What is no table, or has policies for the caller, would run its owner's code.
    IF NOT dynasty._plain_table('schema_versions'::text) THEN
        RETURN NULL;
    END IF;
    RETURN (SELECT v.version FROM dynasty.schema_versions v ORDER BY v.applied_at DESC LIMIT 1);
END
$fn$;

CREATE FUNCTION dynasty._note_version(version text, direction text, from_version text, pending jsonb, notes text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    -- Also where the clock is behind the one that wrote the last row: the newest row is what counts.
    INSERT INTO dynasty.schema_versions (applied_at, version, direction, from_version, pending, notes)
    SELECT greatest(clock_timestamp(), max(v.applied_at) + interval '1 microsecond'), $1, $2, $3, coalesce($4, '{}'), $5
    FROM dynasty.schema_versions v;
END
$fn$;

-- For functions that read what a later version brought: says so with a hint where the tables are older. Looks at the
-- catalog, so that the caller needs no right on schema_versions.
CREATE FUNCTION dynasty._needs_column(relation text, needed text, since text) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_catalog.pg_attribute a
        WHERE a.attrelid = to_regclass(format('dynasty.%I', relation)) AND a.attname = needed AND NOT a.attisdropped) THEN
        RAISE EXCEPTION 'dynasty.% has no column "%": the tables are older than version %', dynasty._short(relation), dynasty._short(needed), dynasty._short(since)
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  DETAIL = 'As after the restore of a dump from an older version.',
                  HINT = 'SELECT dynasty.migrate();';
    END IF;
END
$fn$;

-- Keeps the values of a column that goes. The rows are known by key_columns, which must be unique. JSON has moments in the
-- session's time zone and floats to as many digits as it asks for: the same for all, and nothing lost.
CREATE FUNCTION dynasty._save_column(version text, relation text, key_columns text[], saved text) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET extra_float_digits = 1 AS $fn$
DECLARE
    key_parts text := (SELECT string_agg(format('t.%I', k.name), ', ' ORDER BY k.ord) FROM unnest(key_columns) WITH ORDINALITY k (name, ord));
    n bigint;
BEGIN
    EXECUTE format('LOCK TABLE dynasty.%I IN ACCESS EXCLUSIVE MODE', relation);
    IF row_security_active(format('dynasty.%I', relation)) THEN
        RAISE EXCEPTION 'a role to which row security applies cannot change the tables'' version'
            USING ERRCODE = 'insufficient_privilege', DETAIL = format('It may not see every row of dynasty.%I.', relation);
    END IF;
    EXECUTE format('INSERT INTO dynasty.migration_saves AS s (version, table_name, row_key, data)
                    SELECT %L, %L, jsonb_build_array(%s)::text, jsonb_build_object(%L, t.%I) FROM dynasty.%I t WHERE t.%I IS NOT NULL
                    ON CONFLICT ON CONSTRAINT migration_saves_pkey DO UPDATE SET data = s.data || excluded.data, saved_at = now()',
                   version, relation, key_parts, saved, saved, relation, saved);
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN n;
END
$fn$;

-- Puts saved values back into rows that have none, and forgets those. What belongs to rows that are gone stays saved.
-- Nobody has analysed the saves by then: a planner that takes them for one row would compare every save with every row.
CREATE FUNCTION dynasty._put_column_back(version text, relation text, key_columns text[], saved text) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET extra_float_digits = 1 SET enable_nestloop = off AS $fn$
DECLARE
    key_parts text := (SELECT string_agg(format('t.%I', k.name), ', ' ORDER BY k.ord) FROM unnest(key_columns) WITH ORDINALITY k (name, ord));
    column_type text;
    n bigint;
BEGIN
    SELECT format_type(a.atttypid, a.atttypmod) INTO STRICT column_type
    FROM pg_catalog.pg_attribute a WHERE a.attrelid = to_regclass(format('dynasty.%I', relation)) AND a.attname = saved;
    EXECUTE format('UPDATE dynasty.%I t SET %I = (s.data ->> %L)::%s FROM dynasty.migration_saves s
                    WHERE s.version = %L AND s.table_name = %L AND s.data ? %L AND s.row_key = jsonb_build_array(%s)::text AND t.%I IS NULL',
                   relation, saved, saved, column_type, version, relation, saved, key_parts, saved);
    GET DIAGNOSTICS n = ROW_COUNT;
    EXECUTE format('UPDATE dynasty.migration_saves s SET data = s.data - %L FROM dynasty.%I t
                    WHERE s.version = %L AND s.table_name = %L AND s.row_key = jsonb_build_array(%s)::text',
                   saved, relation, version, relation, key_parts);
    DELETE FROM dynasty.migration_saves s WHERE s.version = _put_column_back.version AND s.table_name = relation AND s.data = '{}';
    RETURN n;
END
$fn$;

-- Makes an index where that is quick; for a big table it only says how to make it without keeping writers away.
-- definition: all that comes after the index's name.
CREATE FUNCTION dynasty._index_soon(relation text, index_name text, definition text) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    by_hand text;
BEGIN
    IF to_regclass(format('dynasty.%I', index_name)) IS NOT NULL THEN
        RETURN '{}';
    END IF;
    IF (SELECT c.reltuples < 100000 FROM pg_catalog.pg_class c WHERE c.oid = to_regclass(format('dynasty.%I', relation))) THEN
        EXECUTE format('CREATE INDEX %I %s', index_name, definition);
        RETURN '{}';
    END IF;
    -- A partitioned table has no CONCURRENTLY.
    by_hand := format('CREATE INDEX %s%I %s',
        CASE WHEN (SELECT c.relkind <> 'p' FROM pg_catalog.pg_class c WHERE c.oid = to_regclass(format('dynasty.%I', relation)))
             THEN 'CONCURRENTLY ' ELSE '' END, index_name, definition);
    RAISE NOTICE 'dynasty: dynasty.% is big; to be made by hand: %', relation, by_hand;
    RETURN jsonb_build_object(index_name, by_hand);
END
$fn$;

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

-- For dynasty.install(): tables that were just made, in the shape of this version; and the note of it.
CREATE FUNCTION dynasty._shape_tables(made text[], others_were_there boolean) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    step record;
    step_pending jsonb;
    pending jsonb := '{}';
BEGIN
    FOR step IN SELECT * FROM dynasty._table_steps() LOOP
        EXECUTE format('SELECT dynasty.%I($1)', step.up) INTO step_pending USING made;
        pending := pending || step_pending;
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
        EXECUTE format('SELECT dynasty.%I(NULL::text[])', step.up) INTO pending;
        PERFORM dynasty._note_version(step.to_version, 'upgrade'::text, step.from_version, pending, notes);
        RAISE NOTICE 'dynasty: tables upgraded from version % to %', step.from_version, step.to_version;
    END LOOP;
    FOR step IN
        SELECT * FROM dynasty._table_steps() s
        WHERE dynasty._version_number(s.to_version) <= dynasty._version_number(tables_version)
          AND dynasty._version_number(s.from_version) >= dynasty._version_number(target)
        ORDER BY dynasty._version_number(s.to_version) DESC
    LOOP
        EXECUTE format('SELECT dynasty.%I()', step.down);
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
                  HINT = format('GRANT EXECUTE ON ALL ROUTINES IN SCHEMA dynasty TO %I;', current_user);
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
        WHERE dynasty._version_number(tables_version) > dynasty._version_number(newest) OR installed <> default_version)
        || dynasty._pending_triggers();
    IF tables_version IS NOT NULL THEN
        pending := pending || ARRAY(
            SELECT p.value FROM dynasty.schema_versions v CROSS JOIN LATERAL jsonb_each_text(v.pending) p
            WHERE to_regclass(format('dynasty.%I', p.key)) IS NULL
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

-- What only reads stays open: migration_status() and functions of later versions call it with their caller's rights.
REVOKE EXECUTE ON FUNCTION
    dynasty._create_schema_versions(), dynasty._note_version(text, text, text, jsonb, text),
    dynasty._save_column(text, text, text[], text), dynasty._put_column_back(text, text, text[], text),
    dynasty._index_soon(text, text, text), dynasty._release_tables(), dynasty._shape_tables(text[], boolean), dynasty._change_tables(text, text),
    dynasty.migrate(text) FROM PUBLIC;

COMMENT ON FUNCTION dynasty.migrate(text) IS
'Takes the tables to a version: without argument to that of the installed functions, as is needed after the restore of an older dump; to an older one before a dump for an older installation. Runs the steps of ALTER EXTENSION dynasty UPDATE, in the caller''s transaction: all or nothing. Values of columns that go are kept in dynasty.migration_saves and come back with the next step up. Returns the version of the tables. Only their owner can. Errors: 22023 unknown version; 55000 there are no tables, or they are newer than the functions; 0A000 outside READ COMMITTED; 25006 on a standby; 2BP01 something of the user''s needs a column that goes; 42501, also where a table belongs to somebody else than the caller or has a trigger with the code of somebody else.';

COMMENT ON FUNCTION dynasty.migration_status() IS
'Versions at one glance: installed (of the functions), tables_version (NULL: not known), default_version (what ALTER EXTENSION dynasty UPDATE leads to), pending (the statements that are to be run, in this order: also where triggers of the extension are missing or disabled, and a partition is half detached), downgrade_path (versions that ALTER EXTENSION dynasty UPDATE TO can go back to), ok (nothing is pending). One row. Needs SELECT on dynasty.schema_versions. Errors: 42501.';

CREATE FUNCTION dynasty._versions_comment_texts() RETURNS TABLE (relation text, part text, body text)
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $fn$ VALUES
    ('schema_versions', '', 'The history of the tables'' version: the newest row is what they are. It travels in dumps, where the extension''s version does not. Written by dynasty.install(), ALTER EXTENSION dynasty UPDATE and dynasty.migrate().'),
    ('schema_versions', 'applied_at', 'When; the next row is always later.'),
    ('schema_versions', 'version', 'The version that the tables were of from then on.'),
    ('schema_versions', 'direction', 'install, upgrade or downgrade.'),
    ('schema_versions', 'from_version', 'The version before. NULL = an install.'),
    ('schema_versions', 'applied_by', 'The session''s user.'),
    ('schema_versions', 'pending', 'Indexes that the step left to be made by hand, because the table was big: {name: statement}.'),
    ('schema_versions', 'notes', 'What asked for it, or what was found. NULL = nothing to say.'),
    ('schema_versions', 'ck_schema_versions_direction', 'One of three.'),
    ('schema_versions', 'ck_schema_versions_version', 'Two numbers: 1.0.'),
    ('schema_versions', 'ck_schema_versions_pending', 'A JSON object.'),
    ('migration_saves', '', 'Values of columns that a downgrade took away. The next upgrade puts them back and takes them from here.'),
    ('migration_saves', 'version', 'The version that has the column.'),
    ('migration_saves', 'table_name', 'The table, in schema dynasty.'),
    ('migration_saves', 'row_key', 'The row: a JSON array of its natural key.'),
    ('migration_saves', 'data', 'The values: {column: value}.'),
    ('migration_saves', 'saved_at', 'When.'),
    ('migration_saves', 'ck_migration_saves_data', 'A JSON object.')
$fn$;
REVOKE EXECUTE ON FUNCTION dynasty._versions_comment_texts() FROM PUBLIC;
