-- How the database is, in one answer. Never waits, never raises, on a standby too.

CREATE FUNCTION dynasty_ops._health_part(part text) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET lock_timeout = '5ms' AS $fn$
DECLARE
    answer jsonb;
BEGIN
    CASE part
        WHEN 'server' THEN
            answer := jsonb_build_object('version', current_setting('server_version'), 'is_primary', dynasty_ops.is_primary(),
                                         'uptime_s', floor(extract(epoch FROM clock_timestamp() - pg_postmaster_start_time())));
        WHEN 'connections' THEN
            SELECT to_jsonb(c) INTO answer FROM dynasty_ops.connection_usage() c;
        WHEN 'long_running_queries' THEN
            SELECT to_jsonb(count(*)) INTO answer FROM dynasty_ops.long_running_queries();
        WHEN 'cache_hit_pct' THEN
            SELECT to_jsonb(dynasty_ops._percent(d.blks_hit, d.blks_hit + d.blks_read)) INTO answer FROM pg_catalog.pg_stat_database d WHERE d.datname = current_database();
        WHEN 'deadlocks' THEN
            SELECT to_jsonb(d.deadlocks) INTO answer FROM pg_catalog.pg_stat_database d WHERE d.datname = current_database();
        WHEN 'xid_age_pct' THEN
            SELECT to_jsonb(w.used_pct) INTO answer FROM dynasty_ops.wraparound() w WHERE w.level = 'database';
        WHEN 'replication' THEN
            SELECT coalesce(jsonb_agg(to_jsonb(r)), '[]') INTO answer FROM dynasty_ops.replication_status() r;
        WHEN 'partitions' THEN
            SELECT coalesce(jsonb_agg(jsonb_build_object('parent_table', p.parent_table, 'problem', p.problem)), '[]') INTO answer
            FROM dynasty_ops.partition_status() p WHERE p.problem IS NOT NULL;
        WHEN 'extensions' THEN
            SELECT jsonb_object_agg(x.name, e.extversion) INTO answer
            FROM unnest('{pg_partman,pg_stat_statements,pgcrypto,pg_cron}'::text[]) x (name) LEFT JOIN pg_catalog.pg_extension e ON e.extname = x.name;
        WHEN 'tables_missing' THEN
            SELECT coalesce(jsonb_agg(t ORDER BY t), '[]') INTO answer FROM dynasty_ops._tables_missing() t;
        WHEN 'migrations_ok' THEN
            SELECT to_jsonb(s.ok) INTO answer FROM dynasty.migration_status() s;
        WHEN 'security' THEN
            SELECT to_jsonb(count(*)) INTO answer FROM dynasty_ops.security_report();
        WHEN 'blocked_queries' THEN
            SELECT to_jsonb(count(DISTINCT l.pid)) INTO answer FROM pg_catalog.pg_locks l WHERE NOT l.granted;
    END CASE;
    RETURN coalesce(answer, 'null');
EXCEPTION WHEN OTHERS THEN
    RETURN jsonb_build_object('error', CASE SQLSTATE WHEN '55P03' THEN 'locked' ELSE SQLERRM END);
END
$fn$;
COMMENT ON FUNCTION dynasty_ops._health_part(text) IS 'Internal: one part of health_check(); {"error": ...} where it cannot be told.';

-- Every part told once: the check is made of them, and two of them stand in the report.
CREATE FUNCTION dynasty_ops._report(migrations_ok jsonb, security jsonb)
RETURNS TABLE (check_name text, status text, value numeric, unit text, threshold numeric, hint text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
    WITH thresholds AS MATERIALIZED (
        SELECT * FROM dynasty_ops._thresholds()
    ), watched AS MATERIALIZED (
        SELECT t.*, m.value, m.details, dynasty_ops._alert_fires(m.value, t.threshold) AS fires FROM thresholds t CROSS JOIN LATERAL dynasty_ops._measure(t.metric) m
    ), parts (part, told, good, otherwise, hint) AS (
        VALUES ('migrations_ok', migrations_ok, 'true', 'warning', 'SELECT * FROM dynasty.migration_status();'),
               ('security', security, '0', 'critical', 'SELECT * FROM dynasty_ops.security_report();'))
    SELECT w.name, CASE WHEN w.value IS NULL THEN 'unknown' WHEN NOT w.fires OR w.severity = 'info' THEN 'ok' ELSE w.severity END,
           w.value, w.unit, w.threshold,
           CASE WHEN w.value IS NULL THEN coalesce(w.details ->> 'error', 'nothing to measure') WHEN w.fires THEN dynasty_ops._hint(w.metric) END
    FROM watched w
    UNION ALL
    SELECT p.part, CASE WHEN p.told::text = p.good THEN 'ok' WHEN jsonb_typeof(p.told) IN ('number', 'boolean') THEN p.otherwise ELSE 'unknown' END,
           CASE jsonb_typeof(p.told) WHEN 'number' THEN p.told::numeric WHEN 'boolean' THEN p.told::boolean::integer END, 'count', CASE p.part WHEN 'security' THEN 0 END,
           CASE WHEN p.told::text = p.good THEN NULL WHEN jsonb_typeof(p.told) IN ('number', 'boolean') THEN p.hint ELSE coalesce(p.told ->> 'error', 'nothing to tell') END
    FROM parts p
    UNION ALL
    SELECT 'alert_thresholds', 'unknown', NULL, 'count', NULL, 'dynasty_ops.alert_thresholds cannot be read now, or watches nothing'
    WHERE NOT EXISTS (SELECT FROM thresholds)
    ORDER BY 1
$fn$;
COMMENT ON FUNCTION dynasty_ops._report(jsonb, jsonb) IS 'Internal: the rows of health_report(), with what two parts of health_check() have told.';

CREATE FUNCTION dynasty_ops.health_report() RETURNS TABLE (check_name text, status text, value numeric, unit text, threshold numeric, hint text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT * FROM dynasty_ops._report(dynasty_ops._health_part('migrations_ok'::text), dynasty_ops._health_part('security'::text))
$fn$;
COMMENT ON FUNCTION dynasty_ops.health_report() IS
'What is watched, one row each: the enabled rows of alert_thresholds, whether the tables are of this version, findings of security_report(). status: ok, warning, critical, or unknown where nothing could be measured (hint says why); otherwise hint says where to look. Never waits for a lock, never raises, answers on a standby.';

CREATE FUNCTION dynasty_ops.health_check() RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
    WITH told AS MATERIALIZED (
        SELECT jsonb_object_agg(p.part, dynasty_ops._health_part(p.part)) AS parts
        FROM unnest('{server,connections,long_running_queries,cache_hit_pct,deadlocks,xid_age_pct,replication,partitions,extensions,tables_missing,migrations_ok,security,blocked_queries}'::text[]) p (part))
    SELECT jsonb_build_object('connectivity', 'healthy', 'status', (
               -- The worst there is; unknown where nothing could be told.
               SELECT CASE greatest(max(CASE r.status WHEN 'critical' THEN 3 WHEN 'warning' THEN 2 WHEN 'unknown' THEN 0 ELSE 1 END),
                                    CASE WHEN t.parts #> '{tables_missing,0}' IS NOT NULL THEN 3 END)
                          WHEN 3 THEN 'critical' WHEN 2 THEN 'warning' WHEN 1 THEN 'ok' ELSE 'unknown' END
               FROM dynasty_ops._report(t.parts -> 'migrations_ok', t.parts -> 'security') r)) || t.parts
    FROM told t
$fn$;
COMMENT ON FUNCTION dynasty_ops.health_check() IS
'How the database is: status (ok, warning, critical: the worst of health_report(), unknown where nothing could be told), connectivity, server, connections, long_running_queries, cache_hit_pct, deadlocks, xid_age_pct, replication, partitions (those with a problem), extensions (their versions), tables_missing, migrations_ok, security (findings), blocked_queries. A part that cannot be told is {"error": ...}. Never waits for a lock, never raises, answers on a standby.';

CREATE FUNCTION dynasty_ops.check_database_health() RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $fn$ SELECT dynasty_ops.health_check() $fn$;
COMMENT ON FUNCTION dynasty_ops.check_database_health() IS 'Another name of health_check().';
