-- What alerts watch. (What catches errors here is PARALLEL UNSAFE: a subtransaction cannot begin while workers are at it.) Every measure is taken for itself, so that one that fails says so and the others answer; none of them waits: sizes
-- come from the catalogue, and what reads a table gives up after a moment.

CREATE FUNCTION dynasty_ops._measure(metric text, OUT value numeric, OUT details jsonb)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET lock_timeout = '5ms' AS $fn$
BEGIN
    details := '{}';
    CASE metric
        WHEN 'connections_used' THEN
            SELECT c.used_pct, to_jsonb(c) INTO value, details FROM dynasty_ops.connection_usage() c;
        WHEN 'connection_failures' THEN
            value := dynasty_ops.failure_rate();
        WHEN 'disk_used' THEN
            SELECT max(d.used_pct), jsonb_object_agg(d.location, d.used_pct) INTO value, details FROM dynasty_ops.disk_usage() d;
        WHEN 'replication_lag' THEN
            SELECT max(r.lag_seconds), coalesce(jsonb_object_agg(coalesce(r.client_name, r.role), r.lag_seconds), '{}') INTO value, details FROM dynasty_ops.replication_status() r;
        WHEN 'longest_query' THEN
            SELECT round(coalesce(max(extract(epoch FROM q.age)), 0), 3), jsonb_build_object('pid', (array_agg(q.pid ORDER BY q.age DESC))[1]) INTO value, details
            FROM dynasty_ops.long_running_queries('0'::interval) q;
        WHEN 'blocked_queries' THEN
            value := (SELECT count(DISTINCT l.pid) FROM pg_catalog.pg_locks l WHERE NOT l.granted);
        WHEN 'xid_used' THEN
            SELECT w.used_pct INTO value FROM dynasty_ops.wraparound() w WHERE w.level = 'database';
        WHEN 'slot_retained' THEN
            SELECT coalesce(max(s.retained_bytes), 0), coalesce(jsonb_object_agg(s.slot_name, s.retained_bytes), '{}') INTO value, details FROM dynasty_ops.replication_slots() s;
        WHEN 'tables_missing' THEN
            SELECT count(*), jsonb_build_object('tables', coalesce(jsonb_agg(t.t ORDER BY t.t), '[]')) INTO value, details FROM dynasty_ops._tables_missing() t (t);
        WHEN 'default_partition_rows' THEN
            -- What is locked is not counted; unknown where nothing else has any.
            SELECT CASE WHEN bool_or(p.default_rows IS NULL) AND coalesce(sum(p.default_rows), 0) = 0 THEN NULL ELSE coalesce(sum(p.default_rows), 0) END,
                   coalesce(jsonb_object_agg(p.parent_table, p.default_rows), '{}') INTO value, details
            FROM dynasty_ops._default_rows() p;
        WHEN 'slowest_mean' THEN
            -- Of the last interval that was captured, so that it clears; NULL before the first.
            SELECT CASE WHEN m.at IS NOT NULL THEN coalesce(round((SELECT max(s.mean_ms) FROM dynasty_ops.slow_query_samples s WHERE s.captured_at = m.at)::numeric, 3), 0) END,
                   jsonb_build_object('captured_at', m.at) INTO value, details
            FROM (SELECT max(k.marked_at) AS at FROM dynasty_ops.slow_query_marks k) m;
        ELSE
            SELECT s.value, s.details INTO value, details FROM dynasty_ops._measures_of_systems() s WHERE s.metric = _measure.metric;
    END CASE;
EXCEPTION WHEN OTHERS THEN
    value := NULL;
    details := jsonb_build_object('error', CASE SQLSTATE WHEN '55P03' THEN 'locked' ELSE SQLERRM END);
END
$fn$;
COMMENT ON FUNCTION dynasty_ops._measure(text) IS 'Internal: one measure; NULL and why where it cannot be taken.';

-- Rows in default partitions of the tables that have a policy.
CREATE FUNCTION dynasty_ops._default_rows() RETURNS TABLE (parent_table text, default_rows bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT p.parent_table, dynasty_ops._count_rows(t.partdefid)
    FROM dynasty_ops.retention_policies p JOIN pg_catalog.pg_partitioned_table t ON t.partrelid = dynasty_ops._relation(p.parent_table) AND t.partdefid <> 0
$fn$;
COMMENT ON FUNCTION dynasty_ops._default_rows() IS 'Internal: rows in default partitions.';

-- What is missing of the systems that are here: a system without any table was not wanted.
CREATE FUNCTION dynasty_ops._tables_missing() RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
    WITH relations AS MATERIALIZED (SELECT * FROM dynasty._our_relations())
    SELECT format('%I.%I', r.schema, r.relation) FROM relations r
    WHERE r.id IS NULL AND (r.system IS NULL OR EXISTS (SELECT FROM relations o WHERE o.system = r.system AND o.id IS NOT NULL))
$fn$;
COMMENT ON FUNCTION dynasty_ops._tables_missing() IS 'Internal: tables and views of ours that are missing, of the systems that are here.';

-- Systems bring measures of their own: _measures() (metric, value, details).
CREATE FUNCTION dynasty_ops._measures_of_systems() RETURNS TABLE (metric text, value numeric, details jsonb)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    item record;
BEGIN
    FOR item IN SELECT * FROM dynasty._hooks() h WHERE h.hook = '_measures' ORDER BY h.ord LOOP
        RETURN QUERY EXECUTE format('SELECT m.metric, m.value, m.details FROM %s() m', item.call);
    END LOOP;
END
$fn$;
COMMENT ON FUNCTION dynasty_ops._measures_of_systems() IS 'Internal: the measures that systems bring.';

CREATE FUNCTION dynasty_ops._thresholds() RETURNS TABLE (name text, metric text, threshold numeric, unit text, severity text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET lock_timeout = '5ms' AS $fn$
BEGIN
    RETURN QUERY SELECT t.name, t.metric, t.threshold, t.unit, t.severity FROM dynasty_ops.alert_thresholds t WHERE t.enabled;
EXCEPTION WHEN lock_not_available OR insufficient_privilege OR undefined_table THEN
    RETURN; -- who asks says so
END
$fn$;
COMMENT ON FUNCTION dynasty_ops._thresholds() IS 'Internal: what is watched; nothing where the table cannot be read now.';

CREATE FUNCTION dynasty_ops._hint(metric text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT CASE metric
        WHEN 'connections_used' THEN 'SELECT * FROM dynasty_ops.connection_usage(); a pool in front (PgBouncer), or a higher max_connections.'
        WHEN 'connection_failures' THEN 'Sessions end badly: the server''s log says why.'
        WHEN 'disk_used' THEN 'SELECT * FROM dynasty_ops.disk_usage(); then storage_report().'
        WHEN 'replication_lag' THEN 'SELECT * FROM dynasty_ops.replication_status();'
        WHEN 'longest_query' THEN 'SELECT * FROM dynasty_ops.long_running_queries();'
        WHEN 'blocked_queries' THEN 'SELECT * FROM dynasty_ops.blocking_locks();'
        WHEN 'xid_used' THEN 'SELECT * FROM dynasty_ops.wraparound(); VACUUM (FREEZE) the oldest tables.'
        WHEN 'slot_retained' THEN 'SELECT * FROM dynasty_ops.replication_slots(); drop the slot that nobody uses.'
        WHEN 'tables_missing' THEN 'CALL dynasty.install();'
        WHEN 'default_partition_rows' THEN 'SELECT * FROM dynasty_ops.run_maintenance(); or enable_partitions().'
        WHEN 'slowest_mean' THEN 'SELECT * FROM dynasty_ops.slow_queries();'
        ELSE format('The measure %s.', dynasty._short(metric)) END
$fn$;
COMMENT ON FUNCTION dynasty_ops._hint(text) IS 'Internal: where to look when a measure is high.';

CREATE FUNCTION dynasty_ops._alert_fires(value numeric, threshold numeric) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$ SELECT value > threshold $fn$;
COMMENT ON FUNCTION dynasty_ops._alert_fires(numeric, numeric) IS 'Internal: an alert fires above its threshold. NULL where nothing was measured.';
