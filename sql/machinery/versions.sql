-- The version of the tables. They outlive the extension and travel in dumps, which carry no extension version, so they
-- have a version of their own, one for all systems. What a release changes in the tables of a system stands in a pair of
-- functions in its schema, `_up_1_0__1_1(made)` and `_down_1_1__1_0()` (sql/versions), which ALTER EXTENSION ... UPDATE and
-- dynasty.migrate() both run. A step changes only what is not yet as it should be; an install of a version is the tables of 1.0
-- and then the steps.

CREATE FUNCTION dynasty._make_version_tables() RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    made text[] := '{}';
BEGIN
    IF dynasty._missing('dynasty.schema_versions'::text) THEN
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
        COMMENT ON TABLE dynasty.schema_versions IS 'The history of the tables'' version: the newest row is what they are. It travels in dumps, where the extension''s version does not. Written by dynasty.install(), ALTER EXTENSION dynasty UPDATE and dynasty.migrate().';
        COMMENT ON COLUMN dynasty.schema_versions.applied_at IS 'When; the next row is always later.';
        COMMENT ON COLUMN dynasty.schema_versions.version IS 'The version that the tables were of from then on.';
        COMMENT ON COLUMN dynasty.schema_versions.direction IS 'install, upgrade or downgrade.';
        COMMENT ON COLUMN dynasty.schema_versions.from_version IS 'The version before. NULL = an install.';
        COMMENT ON COLUMN dynasty.schema_versions.applied_by IS 'The session''s user.';
        COMMENT ON COLUMN dynasty.schema_versions.pending IS 'Indexes that the step left to be made by hand, because the table was big: {name: statement}.';
        COMMENT ON COLUMN dynasty.schema_versions.notes IS 'What asked for it, or what was found. NULL = nothing to say.';
        COMMENT ON CONSTRAINT ck_schema_versions_direction ON dynasty.schema_versions IS 'One of three.';
        COMMENT ON CONSTRAINT ck_schema_versions_version ON dynasty.schema_versions IS 'Two numbers: 1.0.';
        COMMENT ON CONSTRAINT ck_schema_versions_pending ON dynasty.schema_versions IS 'A JSON object.';
        made := made || 'dynasty.schema_versions'::text;
    END IF;

    IF dynasty._missing('dynasty.migration_saves'::text) THEN
        CREATE TABLE dynasty.migration_saves (
            version text NOT NULL,
            table_name text NOT NULL,
            row_key text NOT NULL,
            data jsonb NOT NULL,
            saved_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (version, table_name, row_key),
            CONSTRAINT ck_migration_saves_data CHECK (jsonb_typeof(data) = 'object')
        );
        COMMENT ON TABLE dynasty.migration_saves IS 'Values of columns that a downgrade took away. The next upgrade puts them back and takes them from here.';
        COMMENT ON COLUMN dynasty.migration_saves.version IS 'The version that has the column.';
        COMMENT ON COLUMN dynasty.migration_saves.table_name IS 'The table: its name alone in schema dynasty, else with its schema.';
        COMMENT ON COLUMN dynasty.migration_saves.row_key IS 'The row: a JSON array of its natural key.';
        COMMENT ON COLUMN dynasty.migration_saves.data IS 'The values: {column: value}.';
        COMMENT ON COLUMN dynasty.migration_saves.saved_at IS 'When.';
        COMMENT ON CONSTRAINT ck_migration_saves_data ON dynasty.migration_saves IS 'A JSON object.';
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

-- The steps that the installed functions know, by system.
CREATE FUNCTION dynasty._system_steps() RETURNS TABLE (from_version text, to_version text, ord bigint, schema name, up text, down text)
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT v.part[1] || '.' || v.part[2], v.part[3] || '.' || v.part[4], u.ord, u.schema, u.call, d.call
    FROM dynasty._hooks() u
    CROSS JOIN LATERAL regexp_match(u.hook, '^_up_(\d+)_(\d+)__(\d+)_(\d+)$') AS v (part)
    LEFT JOIN dynasty._hooks() d
      ON d.schema = u.schema AND d.hook = format('_down_%s_%s__%s_%s', v.part[3], v.part[4], v.part[1], v.part[2])
    WHERE v.part IS NOT NULL
$fn$;

CREATE FUNCTION dynasty._table_steps() RETURNS TABLE (from_version text, to_version text)
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT s.from_version, s.to_version FROM dynasty._system_steps() s
    GROUP BY s.from_version, s.to_version ORDER BY dynasty._version_number(s.to_version)
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

COMMENT ON FUNCTION dynasty._make_version_tables() IS 'Internal: makes dynasty.schema_versions and migration_saves if they are missing.';
COMMENT ON FUNCTION dynasty._version_number(text) IS 'Internal: a version as numbers, so that 1.10 comes after 1.9.';
COMMENT ON FUNCTION dynasty._system_steps() IS 'Internal: the steps between versions of the tables that the installed functions know, system by system.';
COMMENT ON FUNCTION dynasty._table_steps() IS 'Internal: the steps between versions of the tables that the installed functions know.';
COMMENT ON FUNCTION dynasty._functions_version() IS 'Internal: the version of the tables that the installed functions are made for.';
COMMENT ON FUNCTION dynasty._tables_version() IS 'Internal: the version of the tables. NULL: nothing is known.';
COMMENT ON FUNCTION dynasty._note_version(text, text, text, jsonb, text) IS 'Internal: writes a row of dynasty.schema_versions.';

-- What only reads stays open: migration_status() and functions of later versions call it with their caller's rights.
GRANT EXECUTE ON FUNCTION dynasty._version_number(text), dynasty._system_steps(), dynasty._table_steps(), dynasty._functions_version(),
    dynasty._tables_version() TO PUBLIC;
