-- Alerts: what is firing, told when it begins and when it ends; and the same figures for Prometheus.

-- What changed of an alert, kept and told. Two runs at once raise it once: the index of open alerts decides, and who finds it taken says nothing.
CREATE FUNCTION dynasty_ops._keep_alert(name text, severity text, value numeric, threshold numeric, details jsonb, firing boolean) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET lock_timeout = '100ms' AS $fn$
#variable_conflict use_variable
DECLARE
    changed bigint;
BEGIN
    IF firing THEN
        INSERT INTO dynasty_ops.alerts AS a (name, severity, value, threshold, details) VALUES (name, severity, value, threshold, coalesce(details, '{}'))
        ON CONFLICT DO NOTHING RETURNING a.id INTO changed;
    ELSE
        UPDATE dynasty_ops.alerts a SET cleared_at = greatest(now(), a.raised_at) WHERE a.name = name AND a.cleared_at IS NULL RETURNING a.id INTO changed;
    END IF;
    IF changed IS NOT NULL THEN
        PERFORM pg_notify('dynasty_alerts', jsonb_build_object('name', left(name, 500), 'severity', severity, 'value', value, 'threshold', threshold,
                                                               'state', CASE WHEN firing THEN 'raised' ELSE 'cleared' END)::text);
    END IF;
EXCEPTION WHEN lock_not_available THEN
    NULL; -- another run is at it, or the table is locked: the next one will see
END
$fn$;
COMMENT ON FUNCTION dynasty_ops._keep_alert(text, text, numeric, numeric, jsonb, boolean) IS 'Internal, of check_alerts(): notes and tells that an alert began or ended.';

CREATE FUNCTION dynasty_ops.check_alerts(persist boolean DEFAULT true)
RETURNS TABLE (name text, severity text, value numeric, threshold numeric, unit text, firing boolean, hint text)
LANGUAGE plpgsql VOLATILE STRICT SET search_path = pg_catalog, pg_temp AS $fn$
#variable_conflict use_column
DECLARE
    item record;
    writes CONSTANT boolean := persist AND NOT pg_is_in_recovery() AND current_setting('transaction_read_only') = 'off';
BEGIN
    FOR item IN
        SELECT t.*, m.value, m.details, dynasty_ops._alert_fires(m.value, t.threshold) AS firing
        FROM dynasty_ops._thresholds() t CROSS JOIN LATERAL dynasty_ops._measure(t.metric) m ORDER BY t.name
    LOOP
        IF writes AND item.firing IS NOT NULL THEN
            PERFORM dynasty_ops._keep_alert(item.name, item.severity, item.value, item.threshold, item.details, item.firing);
        END IF;
        name := item.name;
        severity := item.severity;
        value := item.value;
        threshold := item.threshold;
        unit := item.unit;
        firing := item.firing;
        hint := CASE WHEN item.firing THEN dynasty_ops._hint(item.metric) WHEN item.firing IS NULL THEN coalesce(item.details ->> 'error', 'nothing to measure') END;
        RETURN NEXT;
    END LOOP;
END
$fn$;
COMMENT ON FUNCTION dynasty_ops.check_alerts(boolean) IS
'Compares every enabled row of alert_thresholds with its measure: firing above the threshold, NULL where nothing could be measured (hint says why), which neither raises nor clears. With persist an alert that begins to fire gets a row in alerts, one that no longer does its cleared_at, and channel dynasty_alerts a notice of either, once however many look. Writes nothing on a standby or in a read-only transaction. Never waits for a lock. No row for NULL. Errors: 42501 no right to write alerts.';

CREATE FUNCTION dynasty_ops.measures() RETURNS TABLE (metric text, value numeric, details jsonb)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT m.metric, v.value, v.details
    FROM (SELECT x FROM unnest('{connections_used,connection_failures,disk_used,replication_lag,longest_query,blocked_queries,xid_used,slot_retained,tables_missing,default_partition_rows,slowest_mean}'::text[]) x
          UNION SELECT s.metric FROM dynasty_ops._measures_of_systems() s) m (metric)
    CROSS JOIN LATERAL dynasty_ops._measure(m.metric) v ORDER BY m.metric
$fn$;
COMMENT ON FUNCTION dynasty_ops.measures() IS 'What an alert may watch: the name for alert_thresholds.metric, what it is now (NULL = not to be told; details says why), and what else there is to say of it. Never waits for a lock.';

-- A label's value as the text format wants it.
CREATE FUNCTION dynasty_ops._label(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT replace(replace(replace(coalesce(value, ''), '\', '\\'), '"', '\"'), E'\n', '\n')
$fn$;
COMMENT ON FUNCTION dynasty_ops._label(text) IS 'Internal, of metrics(): backslash, quote and line feed escaped.';

CREATE FUNCTION dynasty_ops._statement_totals(OUT calls bigint, OUT seconds numeric)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    EXECUTE format('SELECT sum(s.calls), round(sum(s.total_exec_time)::numeric / 1000, 3) FROM %I.pg_stat_statements(false) s', dynasty_ops._statements_schema('metrics'::text))
        INTO calls, seconds;
EXCEPTION WHEN OTHERS THEN
    NULL; -- not there: the family is left out
END
$fn$;
COMMENT ON FUNCTION dynasty_ops._statement_totals() IS 'Internal, of metrics(): what pg_stat_statements has counted. NULL where it is not there.';

CREATE FUNCTION dynasty_ops._samples() RETURNS TABLE (ord integer, family text, kind text, help text, labels text, value numeric)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET lock_timeout = '5ms' AS $fn$
#variable_conflict use_column
DECLARE
    measured CONSTANT jsonb := (SELECT jsonb_object_agg(m.metric, jsonb_build_object('value', m.value, 'details', m.details)) FROM dynasty_ops.measures() m);
    c record;
    totals record;
BEGIN
    SELECT * INTO c FROM dynasty_ops.connection_usage();
    SELECT * INTO totals FROM dynasty_ops._statement_totals();
    RETURN QUERY
    SELECT f.ord, f.family, f.kind, f.help, f.labels, f.value FROM (VALUES
        (1, 'up', 'gauge', 'The database answers.', NULL, 1::numeric),
        (2, 'connections', 'gauge', 'Sessions of clients by state.', 'state="active"', c.active),
        (2, 'connections', 'gauge', NULL, 'state="idle"', c.idle),
        (2, 'connections', 'gauge', NULL, 'state="idle in transaction"', c.idle_in_transaction),
        (2, 'connections', 'gauge', NULL, 'state="other"', c.used - c.active - c.idle - c.idle_in_transaction),
        (3, 'max_connections', 'gauge', 'Sessions the server allows.', NULL, c.max_connections),
        (4, 'long_running_queries', 'gauge', 'Statements that have run for more than 30 seconds.', NULL, (SELECT count(*) FROM dynasty_ops.long_running_queries())),
        (5, 'blocked_queries', 'gauge', 'Sessions that wait for a lock.', NULL, (measured #>> '{blocked_queries,value}')::numeric),
        (6, 'xid_used_ratio', 'gauge', 'Age of the oldest transaction id, of 2^31.', NULL, round((measured #>> '{xid_used,value}')::numeric / 100, 4)),
        (7, 'cache_hit_ratio', 'gauge', 'Blocks found in the buffers, of those asked for.', NULL,
            (SELECT round(d.blks_hit::numeric / nullif(d.blks_hit + d.blks_read, 0), 4) FROM pg_catalog.pg_stat_database d WHERE d.datname = current_database())),
        (8, 'deadlocks_total', 'counter', 'Deadlocks since the statistics were reset.', NULL, (SELECT d.deadlocks FROM pg_catalog.pg_stat_database d WHERE d.datname = current_database())),
        (9, 'database_size_bytes', 'gauge', 'Bytes of tables and indexes, as last estimated.', NULL,
            (SELECT sum(r.relpages::numeric) * current_setting('block_size')::numeric FROM pg_catalog.pg_class r WHERE r.relkind IN ('r', 'i', 't', 'm'))),
        (14, 'statements_calls_total', 'counter', 'Calls that pg_stat_statements has counted.', NULL, totals.calls),
        (15, 'statements_seconds_total', 'counter', 'Seconds that pg_stat_statements has counted.', NULL, totals.seconds),
        (16, 'tables_missing', 'gauge', 'Tables and views of the extension that are missing.', NULL, (measured #>> '{tables_missing,value}')::numeric),
        (17, 'migrations_ok', 'gauge', '1 when the tables are of the version of the functions.', NULL,
            (SELECT CASE WHEN jsonb_typeof(p) = 'boolean' THEN p::boolean::integer END FROM dynasty_ops._health_part('migrations_ok'::text) p))
    ) f (ord, family, kind, help, labels, value)
    UNION ALL
    SELECT 10, 'disk_used_ratio', 'gauge', 'Part of a file system that is in use.', format('location="%s"', dynasty_ops._label(d.key)), round(d.value::numeric / 100, 4)
    FROM jsonb_each_text(measured #> '{disk_used,details}') d WHERE d.key <> 'error'
    UNION ALL
    SELECT 11, 'replication_lag_seconds', 'gauge', 'Seconds by which a replica is behind.', format('client="%s"', dynasty_ops._label(r.key)), r.value::numeric
    FROM jsonb_each_text(measured #> '{replication_lag,details}') r WHERE r.key <> 'error'
    UNION ALL
    SELECT 12, 'replication_slot_retained_bytes', 'gauge', 'Bytes of WAL that a slot keeps.', format('slot="%s"', dynasty_ops._label(s.key)), s.value::numeric
    FROM jsonb_each_text(measured #> '{slot_retained,details}') s WHERE s.key <> 'error'
    UNION ALL
    SELECT 13, 'default_partition_rows', 'gauge', 'Rows in the default partition, at most 10000.', format('parent="%s"', dynasty_ops._label(p.key)), p.value::numeric
    FROM jsonb_each_text(measured #> '{default_partition_rows,details}') p WHERE p.key <> 'error'
    UNION ALL
    SELECT 18, 'alert_firing', 'gauge', '1 while the measure of an alert is above its threshold.', format('name="%s",severity="%s"', dynasty_ops._label(t.name), t.severity),
           dynasty_ops._alert_fires((measured #>> ARRAY[t.metric, 'value'])::numeric, t.threshold)::integer
    FROM dynasty_ops._thresholds() t;
END
$fn$;
COMMENT ON FUNCTION dynasty_ops._samples() IS 'Internal, of metrics(): the samples.';

CREATE FUNCTION dynasty_ops.metrics() RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
    WITH samples AS MATERIALIZED (SELECT * FROM dynasty_ops._samples() s WHERE s.value IS NOT NULL)
    SELECT string_agg(f.lines, '' ORDER BY f.ord) FROM (
        SELECT s.ord, format(E'# HELP dynasty_%1$s %2$s\n# TYPE dynasty_%1$s %3$s\n', s.family, max(s.help), min(s.kind))
            || string_agg(format(E'dynasty_%s%s %s\n', s.family, coalesce('{' || s.labels || '}', ''), s.value), '' ORDER BY s.labels) AS lines
        FROM samples s GROUP BY s.ord, s.family) f
$fn$;
COMMENT ON FUNCTION dynasty_ops.metrics() IS
'The figures of operations in the text format 0.0.4 of Prometheus, names dynasty_*. Labels are bounded: states, file systems, replicas, slots, parents, alerts; never a statement or a user. What cannot be measured is left out. Never waits for a lock, answers on a standby.';
