-- Who may do what with tables and functions of operations (sql/machinery/roles.sql). Readers see the rules that clients go by; whoever
-- watches keeps what he sees; the upkeep is the owner's.

CREATE FUNCTION dynasty_ops._grants() RETURNS TABLE (role text, object text, privileges text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT g.role, o.name, g.privileges FROM (VALUES
        ('dynasty_reader', '{cache_rules,retention_policies,shard_nodes,alert_thresholds}'::text[], 'SELECT'),
        ('dynasty_monitor', '{cache_rules,retention_policies,shard_nodes,alert_thresholds,slow_query_samples,slow_query_marks,alerts}', 'SELECT'),
        ('dynasty_monitor', '{alerts}', 'INSERT, UPDATE'),
        ('dynasty_monitor', '{slow_query_samples}', 'INSERT'),
        ('dynasty_monitor', '{slow_query_marks}', 'INSERT, UPDATE, DELETE'),
        ('dynasty_monitor', '{check_alerts,capture_slow_queries}', 'EXECUTE'),
        ('dynasty_admin', '{enable_partitions,run_maintenance,purge,enable_cache_notices}', 'EXECUTE')
    ) AS g (role, objects, privileges), unnest(g.objects) o (name)
$fn$;
COMMENT ON FUNCTION dynasty_ops._grants() IS 'Internal, of setup_roles(): which role may do what with the tables and functions of operations.';
