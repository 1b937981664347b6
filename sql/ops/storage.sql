-- What tables and indexes take, what of it is waste, which indexes nobody needs, what the columns mean.

-- Bytes of a relation without waiting: sizes queue behind an ACCESS EXCLUSIVE lock. NULL = it is locked, or gone.
CREATE FUNCTION dynasty_ops._sizes(relation oid, OUT total_bytes bigint, OUT table_bytes bigint, OUT index_bytes bigint, OUT toast_bytes bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET lock_timeout = '50ms' AS $fn$
BEGIN
    table_bytes := pg_relation_size(relation) + pg_relation_size(relation, 'fsm') + pg_relation_size(relation, 'vm');
    index_bytes := pg_indexes_size(relation);
    total_bytes := pg_total_relation_size(relation);
    toast_bytes := total_bytes - table_bytes - index_bytes;
EXCEPTION WHEN lock_not_available THEN
    total_bytes := NULL; table_bytes := NULL; index_bytes := NULL; toast_bytes := NULL;
END
$fn$;
COMMENT ON FUNCTION dynasty_ops._sizes(oid) IS 'Internal, of the reports: bytes of a relation; NULL where a lock is in the way.';

CREATE FUNCTION dynasty_ops.storage_report(schema_like text DEFAULT 'dynasty%') RETURNS TABLE (
    schemaname name, tablename name, is_partition boolean, row_estimate bigint, total_bytes bigint, table_bytes bigint, index_bytes bigint,
    toast_bytes bigint, total_pretty text, dead_pct numeric(5,2))
LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT n.nspname, c.relname, c.relispartition, greatest(c.reltuples, 0)::bigint, s.total_bytes, s.table_bytes, s.index_bytes, s.toast_bytes,
           pg_size_pretty(s.total_bytes), dynasty_ops._percent(pg_stat_get_dead_tuples(c.oid), pg_stat_get_dead_tuples(c.oid) + pg_stat_get_live_tuples(c.oid))
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace CROSS JOIN LATERAL dynasty_ops._sizes(c.oid) s
    WHERE c.relkind IN ('r', 'm') AND n.nspname LIKE schema_like
    ORDER BY s.total_bytes DESC NULLS FIRST, n.nspname, c.relname
$fn$;
COMMENT ON FUNCTION dynasty_ops.storage_report(text) IS
'Bytes of every table of schemas LIKE schema_like, the largest first: of rows, of indexes, of what is stored outside the row; rows as last estimated; dead rows, percent of all. Bytes are NULL where a lock is in the way. Partitions count each for themselves. No row for NULL.';

CREATE FUNCTION dynasty_ops.bloat_report(schema_like text DEFAULT 'dynasty%') RETURNS TABLE (
    schemaname name, relname name, kind text, bytes bigint, bloat_bytes bigint, bloat_pct numeric(5,2))
LANGUAGE sql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
    -- What the rows of the last ANALYZE would take, packed: a row has a header of 24 bytes (and a bit per column where some are NULL),
    -- a line pointer of 4, its columns and their alignment; an index entry 8 + 4 and its columns; a page a header, an index page 16 more.
    WITH relations AS (
        SELECT c.oid, n.nspname, c.relname, CASE c.relkind WHEN 'i' THEN 'index' ELSE 'table' END AS kind, c.relkind, c.reltuples, c.relpages,
               current_setting('block_size')::numeric AS page,
               coalesce(substring(array_to_string(c.reloptions, ' ') FROM 'fillfactor=([0-9]+)')::numeric, CASE c.relkind WHEN 'i' THEN 90 ELSE 100 END) AS fill,
               coalesce(i.indrelid, c.oid) AS of_table
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
        WHERE n.nspname LIKE schema_like AND (c.relkind IN ('r', 'm') OR c.relkind = 'i' AND c.relam = (SELECT a.oid FROM pg_catalog.pg_am a WHERE a.amname = 'btree'))
    ), widths AS (
        SELECT r.oid, sum((1 - coalesce(s.null_frac, 0)) * s.avg_width) AS width, max(s.null_frac) AS nulls, count(*) AS columns, count(s.avg_width) AS known
        FROM relations r
        JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = r.oid
        JOIN pg_catalog.pg_class t ON t.oid = r.of_table
        JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
        LEFT JOIN pg_catalog.pg_attribute ta ON ta.attrelid = r.of_table AND ta.attnum = i.indkey[a.attnum - 1] AND i.indkey[a.attnum - 1] <> 0
        -- An expression's statistics stand under the index's own name.
        LEFT JOIN pg_catalog.pg_stats s ON s.schemaname = tn.nspname AND NOT s.inherited
             AND (s.tablename = t.relname AND s.attname = coalesce(ta.attname, CASE WHEN i.indexrelid IS NULL THEN a.attname END)
                  OR ta.attname IS NULL AND s.tablename = r.relname AND s.attname = a.attname)
        GROUP BY r.oid
    ), packed AS (
        SELECT r.*, CASE WHEN r.reltuples >= 0 AND w.known = w.columns THEN
                   CASE r.kind WHEN 'table' THEN ceil(r.reltuples * (4 + 8 * ceil((24 + CASE WHEN w.nulls > 0 THEN ceil(w.columns / 8.0) ELSE 0 END + w.width) / 8)) / ((r.page - 24) * r.fill / 100))
                               ELSE 1 + ceil(r.reltuples * (4 + 8 * ceil((8 + w.width) / 8)) / ((r.page - 40) * r.fill / 100)) END * r.page
               END AS least
        FROM relations r LEFT JOIN widths w USING (oid))
    SELECT p.nspname, p.relname, p.kind, (p.relpages * p.page)::bigint, greatest(p.relpages * p.page - p.least, 0)::bigint,
           dynasty_ops._percent(greatest(p.relpages * p.page - p.least, 0)::numeric, p.relpages * p.page)
    FROM packed p ORDER BY greatest(p.relpages * p.page - p.least, 0) DESC NULLS LAST, p.nspname, p.relname
$fn$;
COMMENT ON FUNCTION dynasty_ops.bloat_report(text) IS
'An estimate from the statistics of the last ANALYZE of how many bytes of tables and btree indexes of schemas LIKE schema_like hold nothing: pages there are, less those the rows would fill. NULL when never analysed, or when the caller may not see the statistics of its columns. No row for NULL.';

CREATE FUNCTION dynasty_ops.index_report(schema_like text DEFAULT 'dynasty%') RETURNS TABLE (
    schemaname name, tablename name, indexname name, bytes bigint, scans bigint, is_unique boolean, problem text, duplicate_of text, stats_since timestamptz)
LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, pg_temp AS $fn$
    WITH indexes AS (
        SELECT i.*, c.relname, c.relam, n.nspname, t.relname AS tablename, i.indkey::int2[] AS keys, i.indclass::oid[] AS classes,
               i.indcollation::oid[] AS collations, i.indoption::int2[] AS options,
               coalesce(pg_get_expr(i.indexprs, i.indrelid), '') AS expressions, coalesce(pg_get_expr(i.indpred, i.indrelid), '') AS predicate,
               (SELECT a.amname FROM pg_catalog.pg_am a WHERE a.oid = c.relam) = 'btree' AS btree,
               EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')) AS constrains
        FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname LIKE schema_like
    ), since AS (
        SELECT coalesce(d.stats_reset, pg_postmaster_start_time()) AS at FROM pg_catalog.pg_stat_database d WHERE d.datname = current_database()
    ), judged AS (
        SELECT x.*, o.duplicate, v.covering,
               -- The only index of a foreign key of its table: leading columns are the key's.
               EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conrelid = x.indrelid AND k.contype = 'f'
                       AND dynasty_ops._leads(x.keys, k.conkey) AND x.predicate = ''
                       AND NOT EXISTS (SELECT FROM indexes b WHERE b.indrelid = x.indrelid AND b.indexrelid <> x.indexrelid
                                       AND b.predicate = '' AND dynasty_ops._leads(b.keys, k.conkey))) AS serves_reference
        FROM indexes x
        LEFT JOIN LATERAL (
            SELECT b.indexrelid AS duplicate FROM indexes b
            WHERE b.indrelid = x.indrelid AND b.indexrelid <> x.indexrelid AND b.relam = x.relam AND b.keys = x.keys AND b.indnkeyatts = x.indnkeyatts
              AND b.classes = x.classes AND b.collations = x.collations AND b.options = x.options AND b.expressions = x.expressions AND b.predicate = x.predicate
              -- The one that constrains stays, else the older one.
              AND (b.constrains, b.indisunique, x.indexrelid) > (x.constrains, x.indisunique, b.indexrelid)
            ORDER BY b.constrains DESC, b.indisunique DESC, b.indexrelid LIMIT 1) o ON true
        LEFT JOIN LATERAL (
            SELECT b.indexrelid AS covering FROM indexes b
            WHERE x.btree AND b.btree AND NOT x.indisunique AND x.expressions = '' AND b.indrelid = x.indrelid AND b.indexrelid <> x.indexrelid
              AND b.indnkeyatts > x.indnkeyatts AND x.indnkeyatts = x.indnatts AND b.predicate = x.predicate AND b.indisvalid
              AND b.keys[0:x.indnkeyatts - 1] = x.keys AND b.classes[0:x.indnkeyatts - 1] = x.classes
              AND b.collations[0:x.indnkeyatts - 1] = x.collations AND b.options[0:x.indnkeyatts - 1] = x.options
            ORDER BY b.indexrelid LIMIT 1) v ON true)
    SELECT j.nspname, j.tablename, j.relname, (dynasty_ops._sizes(j.indexrelid)).total_bytes, pg_stat_get_numscans(j.indexrelid), j.indisunique,
           CASE WHEN NOT j.indisvalid THEN 'invalid'
                WHEN j.duplicate IS NOT NULL THEN 'duplicate'
                WHEN j.covering IS NOT NULL THEN 'covered'
                WHEN pg_stat_get_numscans(j.indexrelid) = 0 AND s.at <= now() - '7 days'::interval AND NOT j.indisunique AND NOT j.constrains
                     AND NOT j.serves_reference THEN 'unused' END,
           coalesce(j.duplicate, j.covering)::regclass::text, s.at
    FROM judged j CROSS JOIN since s ORDER BY j.nspname, j.tablename, j.relname
$fn$;
COMMENT ON FUNCTION dynasty_ops.index_report(text) IS
'The indexes of schemas LIKE schema_like and what is wrong with one: invalid; duplicate (another is the same in every respect); covered (a plain btree, not unique, whose columns lead another with the same predicate); unused (not read in at least 7 days of statistics, neither unique nor the only one of a foreign key); NULL = nothing. duplicate_of: the other. scans since stats_since. No row for NULL.';

CREATE FUNCTION dynasty_ops._leads(index_columns int2[], columns int2[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
    -- The subscripts of pg_index's vectors begin at 0; in any order.
    SELECT index_columns[0:cardinality(columns) - 1] @> columns AND cardinality(index_columns) >= cardinality(columns)
$fn$;
COMMENT ON FUNCTION dynasty_ops._leads(int2[], int2[]) IS 'Internal: whether the first columns of an index are these, in any order.';

CREATE FUNCTION dynasty_ops.missing_fk_indexes(schema_like text DEFAULT 'dynasty%')
RETURNS TABLE (schemaname name, tablename name, constraint_name name, columns text[])
LANGUAGE sql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT n.nspname, c.relname, k.conname,
           ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY u (attnum, ord) JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum ORDER BY u.ord)
    FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c ON c.oid = k.conrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE k.contype = 'f' AND n.nspname LIKE schema_like AND NOT c.relispartition
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = k.conrelid AND i.indpred IS NULL AND i.indisvalid AND dynasty_ops._leads(i.indkey::int2[], k.conkey))
    ORDER BY 1, 2, 3
$fn$;
COMMENT ON FUNCTION dynasty_ops.missing_fk_indexes(text) IS
'Foreign keys of tables in schemas LIKE schema_like without an index that begins with their columns: deleting a row they point to reads the whole table. No row for NULL.';

CREATE FUNCTION dynasty_ops.describe(schema_like text DEFAULT 'dynasty%')
RETURNS TABLE (schemaname name, tablename name, column_name name, type text, nullable boolean, default_ text, comment text)
LANGUAGE sql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull,
           CASE WHEN a.attidentity <> '' THEN 'identity' ELSE pg_get_expr(d.adbin, d.adrelid) END, col_description(c.oid, a.attnum)
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition AND n.nspname LIKE schema_like
    ORDER BY n.nspname, c.relname, a.attnum
$fn$;
COMMENT ON FUNCTION dynasty_ops.describe(text) IS 'The columns of tables and views in schemas LIKE schema_like, with type, default and comment; partitions are left out. No row for NULL.';
