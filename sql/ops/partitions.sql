-- Tables that are partitioned by time: handed over to pg_partman where it is there, kept in order, emptied of what is old.
--
-- What is done here runs with the rights of who calls it, mostly a superuser's, and the rows of retention_policies may be others':
-- nothing is done with a table that has an owner, a partition or a trigger which is not his own.

CREATE FUNCTION dynasty_ops._relation(name text) RETURNS oid
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    RETURN to_regclass(name);
EXCEPTION WHEN invalid_name OR syntax_error OR feature_not_supported OR undefined_table THEN
    RETURN NULL; -- no name at all
END
$fn$;
COMMENT ON FUNCTION dynasty_ops._relation(text) IS 'Internal: the relation of a name; NULL where there is none, or it is no name.';

CREATE FUNCTION dynasty_ops._partman_schema() RETURNS name
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT n.nspname FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_partman'
$fn$;
COMMENT ON FUNCTION dynasty_ops._partman_schema() IS 'Internal: the schema of pg_partman. NULL where it is not installed.';

CREATE FUNCTION dynasty_ops._partman_name(parent oid) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT format('%s.%s', n.nspname, c.relname) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = parent
$fn$;
COMMENT ON FUNCTION dynasty_ops._partman_name(oid) IS 'Internal: a table as pg_partman names it, schema.table without quotes.';

CREATE FUNCTION dynasty_ops._in_partman(parent_table text) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    found boolean;
BEGIN
    IF dynasty_ops._partman_schema() IS NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.part_config c WHERE c.parent_table = $1)', dynasty_ops._partman_schema())
        INTO found USING dynasty_ops._partman_name(dynasty_ops._relation(parent_table));
    RETURN found;
EXCEPTION WHEN insufficient_privilege OR lock_not_available THEN
    RETURN NULL;
END
$fn$;
COMMENT ON FUNCTION dynasty_ops._in_partman(text) IS 'Internal: whether pg_partman keeps a table. NULL where the caller may not look.';

CREATE FUNCTION dynasty_ops._bounds(parent oid) RETURNS TABLE (part oid, is_default boolean, lower timestamptz, upper timestamptz)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO, YMD' AS $fn$
    SELECT c.oid, b.b = 'DEFAULT', nullif(m[1], 'MINVALUE')::timestamptz, nullif(m[2], 'MAXVALUE')::timestamptz
    FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
    CROSS JOIN LATERAL (SELECT pg_get_expr(c.relpartbound, c.oid) AS b) b
    LEFT JOIN LATERAL regexp_match(b.b, $q$^FOR VALUES FROM \('?([^']*?)'?\) TO \('?([^']*?)'?\)$$q$) m ON true
    WHERE i.inhparent = parent
$fn$;
COMMENT ON FUNCTION dynasty_ops._bounds(oid) IS 'Internal: the partitions of a table with their bounds in time.';

-- Rows of a default partition, as far as 10,000; without waiting.
CREATE FUNCTION dynasty_ops._count_rows(relation oid) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET lock_timeout = '5ms' AS $fn$
DECLARE
    found bigint;
BEGIN
    IF relation IS NULL OR NOT has_table_privilege(relation, 'SELECT') THEN
        RETURN pg_stat_get_live_tuples(relation); -- as far as the statistics know
    END IF;
    EXECUTE format('SELECT count(*) FROM (SELECT FROM ONLY %s LIMIT 10000) r', relation::regclass) INTO found;
    RETURN found;
EXCEPTION WHEN lock_not_available OR insufficient_privilege OR undefined_table THEN
    RETURN NULL;
END
$fn$;
COMMENT ON FUNCTION dynasty_ops._count_rows(oid) IS 'Internal: the rows of a partition, at most 10,000; as the statistics know them for who may not read it; NULL where a lock is in the way.';

CREATE FUNCTION dynasty_ops.partition_status() RETURNS TABLE (
    parent_table text, managed_by text, partitions integer, oldest timestamptz, newest timestamptz, default_rows bigint, retention interval,
    next_premade timestamptz, problem text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
    WITH parents AS (
        SELECT p.*, c.oid, dynasty_ops._in_partman(p.parent_table) AS managed
        FROM dynasty_ops.retention_policies p JOIN pg_catalog.pg_class c ON c.oid = dynasty_ops._relation(p.parent_table) AND c.relkind = 'p'
    ), parts AS (
        SELECT p.parent_table, b.* FROM parents p CROSS JOIN LATERAL dynasty_ops._bounds(p.oid) b
    ), sums AS (
        SELECT p.*, s.partitions, s.oldest, s.newest, s.ahead, s.default_part, dynasty_ops._count_rows(s.default_part) AS default_rows,
               (SELECT string_agg(format('%I', c.relname), ', ' ORDER BY c.relname)
                FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_index x ON x.indrelid = i.inhparent
                JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
                WHERE i.inhparent = p.oid AND NOT EXISTS (
                    SELECT FROM pg_catalog.pg_index y JOIN pg_catalog.pg_inherits z ON z.inhrelid = y.indexrelid AND z.inhparent = x.indexrelid
                    WHERE y.indrelid = i.inhrelid AND y.indisvalid)) AS without_index,
               (SELECT string_agg(format('%I', c.relname), ', ' ORDER BY c.relname)
                FROM parts q JOIN pg_catalog.pg_class c ON c.oid = q.part JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                JOIN pg_catalog.pg_stats t ON t.schemaname = n.nspname AND t.tablename = c.relname AND t.attname = p.control AND NOT t.inherited
                WHERE q.parent_table = p.parent_table AND abs(t.correlation) < 0.9
                  AND EXISTS (SELECT FROM pg_catalog.pg_index x JOIN pg_catalog.pg_class b ON b.oid = x.indexrelid JOIN pg_catalog.pg_am a ON a.oid = b.relam
                              WHERE x.indrelid = q.part AND a.amname = 'brin')) AS out_of_order
        FROM parents p CROSS JOIN LATERAL (
            SELECT count(*) FILTER (WHERE NOT q.is_default)::integer AS partitions, min(q.lower) AS oldest, max(q.upper) AS newest,
                   min(q.lower) FILTER (WHERE q.lower > now()) AS ahead, max(q.part) FILTER (WHERE q.is_default) AS default_part
            FROM parts q WHERE q.parent_table = p.parent_table) s)
    SELECT s.parent_table, CASE WHEN s.managed THEN 'pg_partman' WHEN s.managed IS NULL THEN NULL WHEN s.partitions > 0 THEN 'hand' ELSE 'nobody' END,
           s.partitions, s.oldest, s.newest, s.default_rows, s.retention, s.ahead,
           nullif(concat_ws('; ',
               CASE WHEN s.default_part IS NULL THEN 'no default partition: an insert outside the others fails' END,
               CASE WHEN s.default_rows > 0 THEN format('%s%s rows in the default partition', CASE WHEN s.default_rows >= 10000 THEN 'at least ' ELSE '' END, s.default_rows) END,
               CASE WHEN s.default_part IS NOT NULL AND s.default_rows IS NULL THEN 'the default partition is locked' END,
               CASE WHEN s.managed AND s.ahead IS NULL THEN 'no partition ahead: run_maintenance() has not run' END,
               'without an index of the table: ' || s.without_index,
               'not in order of time, so that BRIN finds little: ' || s.out_of_order), '')
    FROM sums s ORDER BY s.parent_table
$fn$;
COMMENT ON FUNCTION dynasty_ops.partition_status() IS
'The tables of retention_policies that are there: who makes their partitions (pg_partman, hand, nobody; NULL = the caller may not look), how many, from when to when, rows in the default partition (counted to 10,000; NULL = locked), the start of the first partition that is still ahead, and what is wrong (NULL = nothing).';

-- An error unless everything that would run belongs to the caller.
CREATE FUNCTION dynasty_ops._own_parent(asker text, parent_table text, control text) RETURNS oid
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    parent CONSTANT oid := dynasty_ops._relation(parent_table);
    of_others text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.oid = parent AND c.relkind = 'p') THEN
        RAISE EXCEPTION '%: % is not a partitioned table', asker, dynasty._short(parent_table) USING ERRCODE = 'object_not_in_prerequisite_state',
            HINT = 'CALL dynasty.install() makes the tables of the systems.';
    END IF;
    SELECT string_agg(x.what, ', ') INTO of_others FROM (
        SELECT DISTINCT p.relid::regclass::text AS what FROM pg_partition_tree(parent) p JOIN pg_catalog.pg_class c ON c.oid = p.relid WHERE NOT dynasty._trusted(c.relowner)
        UNION
        SELECT format('trigger %I', t.tgname) FROM pg_partition_tree(parent) p JOIN pg_catalog.pg_trigger t ON t.tgrelid = p.relid
        JOIN pg_catalog.pg_proc f ON f.oid = t.tgfoid WHERE NOT dynasty._trusted(f.proowner)
        ORDER BY 1) x;
    IF of_others IS NOT NULL THEN
        RAISE EXCEPTION '%: % has what belongs to somebody else: %', asker, dynasty._short(parent_table), dynasty._short(of_others) USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_partitioned_table p JOIN pg_catalog.pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = p.partattrs[0]
                   WHERE p.partrelid = parent AND p.partstrat = 'r' AND p.partnatts = 1 AND a.attname = control
                     AND a.atttypid IN ('timestamptz'::regtype, 'timestamp'::regtype, 'date'::regtype)) THEN
        RAISE EXCEPTION '%: % is not partitioned by ranges of the time column %', asker, dynasty._short(parent_table), dynasty._short(control) USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN parent;
END
$fn$;
COMMENT ON FUNCTION dynasty_ops._own_parent(text, text, text) IS 'Internal: the partitioned table of a policy. Errors: 55000 there is none; 42501 it, a partition or a trigger of it belongs to somebody else.';

-- The policies that are asked for.
CREATE FUNCTION dynasty_ops._policies(asker text, parent text) RETURNS SETOF text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    IF pg_is_in_recovery() THEN
        RAISE EXCEPTION '%: a standby has the partitions of its primary', asker USING ERRCODE = 'read_only_sql_transaction';
    END IF;
    IF parent IS NOT NULL THEN
        IF NOT EXISTS (SELECT FROM dynasty_ops.retention_policies p WHERE p.parent_table = parent) THEN
            RAISE EXCEPTION '%: parent % has no policy', asker, dynasty._short(parent) USING ERRCODE = 'invalid_parameter_value',
                HINT = format('Known: %s.', (SELECT string_agg(p.parent_table, ', ' ORDER BY p.parent_table) FROM dynasty_ops.retention_policies p));
        END IF;
        RETURN NEXT parent;
    ELSE
        RETURN QUERY SELECT p.parent_table FROM dynasty_ops.retention_policies p
                     WHERE EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.oid = dynasty_ops._relation(p.parent_table) AND c.relkind = 'p') ORDER BY p.parent_table;
    END IF;
END
$fn$;
COMMENT ON FUNCTION dynasty_ops._policies(text, text) IS 'Internal: the tables of a call. Errors: 22023 one without a policy; 25006 on a standby.';
