-- What a step between versions needs: values of columns that go and come back, indexes that may wait. Tables are `schema.table`,
-- or the table alone in schema dynasty.

-- For functions that read what a later version brought: says so with a hint where the tables are older. Looks at the
-- catalog, so that the caller needs no right on schema_versions.
CREATE FUNCTION dynasty._needs_column(relation text, needed text, since text) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_catalog.pg_attribute a
        WHERE a.attrelid = to_regclass(dynasty._full_name(relation)) AND a.attname = needed AND NOT a.attisdropped) THEN
        RAISE EXCEPTION '% has no column "%": the tables are older than version %', dynasty._short(dynasty._full_name(relation)), dynasty._short(needed), dynasty._short(since)
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  DETAIL = 'As after the restore of a dump from an older version.',
                  HINT = 'SELECT dynasty.migrate();';
    END IF;
END
$fn$;

-- How dynasty.migration_saves and schema_versions.pending name a relation: alone where it is in schema dynasty, as 1.1 did.
CREATE FUNCTION dynasty._saved_name(relation text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT CASE WHEN starts_with(relation, 'dynasty.') THEN substr(relation, 9) ELSE relation END
$fn$;

-- Keeps the values of a column that goes. The rows are known by key_columns, which must be unique. JSON has moments in the
-- session's time zone and floats to as many digits as it asks for: the same for all, and nothing lost.
CREATE FUNCTION dynasty._save_column(version text, relation text, key_columns text[], saved text) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET extra_float_digits = 1 AS $fn$
DECLARE
    of_table CONSTANT regclass := dynasty._full_name(relation);
    key_parts text := (SELECT string_agg(format('t.%I', k.name), ', ' ORDER BY k.ord) FROM unnest(key_columns) WITH ORDINALITY k (name, ord));
    n bigint;
BEGIN
    EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', of_table);
    IF row_security_active(of_table) THEN
        RAISE EXCEPTION 'a role to which row security applies cannot change the tables'' version'
            USING ERRCODE = 'insufficient_privilege', DETAIL = format('It may not see every row of %s.', of_table);
    END IF;
    EXECUTE format('INSERT INTO dynasty.migration_saves AS s (version, table_name, row_key, data)
                    SELECT %L, %L, jsonb_build_array(%s)::text, jsonb_build_object(%L, t.%I) FROM %s t WHERE t.%I IS NOT NULL
                    ON CONFLICT ON CONSTRAINT migration_saves_pkey DO UPDATE SET data = s.data || excluded.data, saved_at = now()',
                   version, dynasty._saved_name(relation), key_parts, saved, saved, of_table, saved);
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
    of_table CONSTANT regclass := dynasty._full_name(relation);
    saved_name CONSTANT text := dynasty._saved_name(relation);
    column_type text;
    n bigint;
BEGIN
    SELECT format_type(a.atttypid, a.atttypmod) INTO STRICT column_type
    FROM pg_catalog.pg_attribute a WHERE a.attrelid = of_table AND a.attname = saved;
    EXECUTE format('UPDATE %s t SET %I = (s.data ->> %L)::%s FROM dynasty.migration_saves s
                    WHERE s.version = %L AND s.table_name = %L AND s.data ? %L AND s.row_key = jsonb_build_array(%s)::text AND t.%I IS NULL',
                   of_table, saved, saved, column_type, version, saved_name, saved, key_parts, saved);
    GET DIAGNOSTICS n = ROW_COUNT;
    EXECUTE format('UPDATE dynasty.migration_saves s SET data = s.data - %L FROM %s t
                    WHERE s.version = %L AND s.table_name = %L AND s.row_key = jsonb_build_array(%s)::text',
                   saved, of_table, version, saved_name, key_parts);
    DELETE FROM dynasty.migration_saves s WHERE s.version = _put_column_back.version AND s.table_name = saved_name AND s.data = '{}';
    RETURN n;
END
$fn$;

-- Makes an index where that is quick; for a big table it only says how to make it without keeping writers away.
-- definition: all that comes after the index's name, which stands in the table's schema.
CREATE FUNCTION dynasty._index_soon(relation text, index_name text, definition text) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    of_table CONSTANT regclass := to_regclass(dynasty._full_name(relation));
    full_name CONSTANT text := split_part(dynasty._full_name(relation), '.', 1) || '.' || index_name;
    by_hand text;
BEGIN
    IF NOT dynasty._missing(full_name) THEN
        RETURN '{}';
    END IF;
    IF (SELECT c.reltuples < 100000 FROM pg_catalog.pg_class c WHERE c.oid = of_table) THEN
        EXECUTE format('CREATE INDEX %I %s', index_name, definition);
        RETURN '{}';
    END IF;
    -- A partitioned table has no CONCURRENTLY.
    by_hand := format('CREATE INDEX %s%I %s',
        CASE WHEN (SELECT c.relkind <> 'p' FROM pg_catalog.pg_class c WHERE c.oid = of_table) THEN 'CONCURRENTLY ' ELSE '' END,
        index_name, definition);
    RAISE NOTICE 'dynasty: % is big; to be made by hand: %', dynasty._full_name(relation), by_hand;
    RETURN jsonb_build_object(dynasty._saved_name(full_name), by_hand);
END
$fn$;

COMMENT ON FUNCTION dynasty._needs_column(text, text, text) IS 'Internal: an error (55000) with a hint where the tables are older than what is asked of them.';
COMMENT ON FUNCTION dynasty._saved_name(text) IS 'Internal: how the tables of versions name a relation: without its schema where that is dynasty.';
COMMENT ON FUNCTION dynasty._save_column(text, text, text[], text) IS 'Internal: keeps the values of a column that goes in dynasty.migration_saves.';
COMMENT ON FUNCTION dynasty._put_column_back(text, text, text[], text) IS 'Internal: puts the values back that _save_column() kept.';
COMMENT ON FUNCTION dynasty._index_soon(text, text, text) IS 'Internal: makes an index on a small table, and returns the statement for a big one.';

-- Functions of later versions call it with their caller's rights.
GRANT EXECUTE ON FUNCTION dynasty._needs_column(text, text, text) TO PUBLIC;
