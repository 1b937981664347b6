-- The indexes that seed 000 lists under "Optional Indexes (Create if needed)": told with what they cost, made when asked for.

-- An index counts whatever its name: what it is on says what it serves.
CREATE FUNCTION dynasty.optional_indexes()
RETURNS TABLE (name text, table_name text, is_there boolean, made_at_install boolean, bytes bigint, definition text, serves text, cost text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 2 SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT o.name, 'dynasty.' || o.table_name, t.id IS NOT NULL, o.made_at_install, pg_relation_size(t.id),
           format('CREATE INDEX %I ON dynasty.%I USING gin (%I%s)', o.name, o.table_name, o.of_column, ' ' || c.name), o.serves, o.cost
    FROM (VALUES
        (1, 'idx_prospects_name_trgm'::text, 'prospects'::text, 'name'::name, 'gin_trgm_ops'::text, true,
        'Players by a part of the name, or by one that is nearly theirs (pg_trgm).'::text,
        'About 60 bytes per player; players are inserted in one and a half times the time.'::text),
        (2, 'idx_ml_features_vector', 'ml_features', 'feature_vector', 'jsonb_ops', false,
        'Vectors by what their JSON holds (@>, ?).',
        '4 to 6 kB per vector; a full refresh takes three times as long.')
    ) o (ord, name, table_name, of_column, class, made_at_install, serves, cost)
    LEFT JOIN LATERAL (
        SELECT i.indexrelid AS id
        FROM pg_catalog.pg_index i
        JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
        JOIN pg_catalog.pg_am m ON m.oid = x.relam AND m.amname = 'gin'
        JOIN pg_catalog.pg_opclass k ON k.oid = i.indclass[0] AND k.opcname = o.class
        JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] AND a.attname = o.of_column
        WHERE i.indrelid = to_regclass(format('dynasty.%I', o.table_name)) AND i.indisvalid AND i.indpred IS NULL
        ORDER BY x.relname <> o.name, x.relname LIMIT 1) t ON true
    -- jsonb's own class is what gin takes for it; the other lives wherever pg_trgm does.
    LEFT JOIN LATERAL (
        SELECT format('%I.%I', n.nspname, o.class) AS name
        FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
        WHERE e.extname = 'pg_trgm' AND o.class = 'gin_trgm_ops') c ON true
    ORDER BY o.ord
$fn$;

CREATE FUNCTION dynasty.create_optional_index(name text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $fn$
#variable_conflict use_column
DECLARE
    wanted record;
BEGIN
    IF $1 IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT o.* INTO wanted FROM dynasty.optional_indexes() o WHERE o.name = $1;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'create_optional_index: there is no optional index "%"', dynasty._short($1)
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = format('Known: %s.', (SELECT string_agg(o.name, ', ' ORDER BY o.name) FROM dynasty.optional_indexes() o));
    END IF;
    IF to_regclass(wanted.table_name) IS NULL THEN
        RAISE EXCEPTION 'create_optional_index: there is no table %', wanted.table_name
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'CALL dynasty.install();';
    END IF;
    IF wanted.is_there THEN
        RETURN false;
    END IF;
    IF EXISTS (SELECT FROM pg_catalog.pg_index i
               WHERE i.indexrelid = to_regclass(format('dynasty.%I', $1)) AND i.indrelid = to_regclass(wanted.table_name) AND NOT i.indisvalid) THEN
        RAISE EXCEPTION 'create_optional_index: index dynasty.% is there, and not valid', $1
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  DETAIL = 'A CREATE INDEX CONCURRENTLY is under way, or was broken off.',
                  HINT = format('REINDEX INDEX CONCURRENTLY dynasty.%I;', $1);
    END IF;
    EXECUTE wanted.definition;
    EXECUTE format('COMMENT ON INDEX dynasty.%I IS %L', $1, wanted.serves);
    RETURN true;
END
$fn$;

COMMENT ON FUNCTION dynasty.optional_indexes() IS
'The indexes that are good for some and cost everybody: name, table_name, is_there (a valid index on the same is, whatever its name), made_at_install, bytes (its size now; NULL where there is none), definition (the statement that makes it; CREATE INDEX CONCURRENTLY ... lets others write meanwhile), serves, cost (measured on a simulated league of 9,000). One row per index. dynasty.create_optional_index() makes one, DROP INDEX takes it away, and install() does neither.';
COMMENT ON FUNCTION dynasty.create_optional_index(text) IS
'Makes one of dynasty.optional_indexes(). True: it is made; false: it was there; NULL for NULL. For the owner of the table. Nobody can write to the table meanwhile; for one that is in use take the definition with CREATE INDEX CONCURRENTLY, which no function can run. Errors: 22023 no such index; 42501 not the owner of the table; 55000 no table, or an index that a CREATE INDEX CONCURRENTLY left invalid; 42P07 another relation has the name; 25006 in a read-only transaction.';
