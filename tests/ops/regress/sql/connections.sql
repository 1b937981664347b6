-- Sessions: what is counted, the rates of the contract, who is left out.
SELECT used >= 1 AS used, max_connections = current_setting('max_connections')::integer AS most, reserved >= 3 AS reserved, active >= 1 AS active,
    used = active + idle + idle_in_transaction AS all_known, used_pct = round(100.0 * used / max_connections, 2) AS pct
FROM dynasty_ops.connection_usage();
SELECT dynasty_ops._failure_rate(120, 3, 2, 1), dynasty_ops._failure_rate(120, 0, 0, 0), dynasty_ops._failure_rate(0, 0, 0, 0);
-- 83 of 100 fire the alert at 80, 80 do not, nor does 0.
SELECT p, dynasty_ops._percent(p, 100), dynasty_ops._alert_fires(dynasty_ops._percent(p, 100), 80) FROM unnest('{83,80,0}'::numeric[]) p;
SELECT dynasty_ops._percent(1, 0), dynasty_ops._percent(NULL, 1), dynasty_ops._alert_fires(NULL, 1);
SELECT dynasty_ops.failure_rate() BETWEEN 0 AND 100 OR dynasty_ops.failure_rate() IS NULL AS rate, dynasty_ops.failure_rate(NULL) IS NULL AS of_null;
SELECT dynasty_ops.failure_rate('no such database');
\echo :LAST_ERROR_SQLSTATE
SELECT dynasty_ops.is_primary();
-- This session is left out, however long it has run; a negative age is no error, NULL no row.
SELECT count(*) FILTER (WHERE pid = pg_backend_pid()) FROM dynasty_ops.long_running_queries('0');
SELECT count(*) FILTER (WHERE pid = pg_backend_pid()) FROM dynasty_ops.long_running_queries('-1 day');
SELECT count(*) FROM dynasty_ops.long_running_queries(NULL);
SELECT count(*) FROM dynasty_ops.blocking_locks();
-- How old the ids are: as the catalogue says, the worse of the two; the database, then ten tables.
SELECT count(*) FILTER (WHERE level = 'database'), count(*) FILTER (WHERE level = 'table'), bool_and(used_pct = round(100.0 * greatest(xid_age, mxid_age) / 2147483648, 2)) AS pct
FROM dynasty_ops.wraparound();
SELECT w.xid_age = age(d.datfrozenxid) AS xid, w.mxid_age = mxid_age(d.datminmxid) AS mxid FROM dynasty_ops.wraparound() w JOIN pg_database d ON d.datname = w.name WHERE w.level = 'database';
SELECT count(*) FROM dynasty_ops.replication_status();
SELECT slot_name, retained_bytes IS NULL AS none_reserved FROM dynasty_ops.replication_slots();
-- Disks: whole, free and used fit together; the tablespaces of the server are on one of them.
SELECT location ~ 'data directory' AS data, bool_or(location ~ 'pg_wal') OVER () AS wal, total_bytes >= free_bytes AS fits, used_pct BETWEEN 0 AND 100 AS pct FROM dynasty_ops.disk_usage() ORDER BY 1 DESC;
CREATE ROLE ops_nobody;
GRANT USAGE ON SCHEMA dynasty_ops TO ops_nobody;
SET ROLE ops_nobody;
SELECT * FROM dynasty_ops.disk_usage();
\echo :LAST_ERROR_SQLSTATE
SELECT count(*) > 0 AS sees_himself FROM dynasty_ops.connection_usage();
RESET ROLE;
GRANT pg_monitor TO ops_nobody;
SET ROLE ops_nobody;
SELECT count(*) > 0 AS disks FROM dynasty_ops.disk_usage();
RESET ROLE;
DROP OWNED BY ops_nobody;
DROP ROLE ops_nobody;
-- pg_stat_statements is not loaded here: said, with what to do (TAP: it is).
\set VERBOSITY terse
SELECT * FROM dynasty_ops.slow_queries();
\echo :LAST_ERROR_SQLSTATE
SELECT dynasty_ops.capture_slow_queries();
\echo :LAST_ERROR_SQLSTATE
CREATE EXTENSION pg_stat_statements;
SELECT * FROM dynasty_ops.slow_queries();
\echo :LAST_ERROR_SQLSTATE
SELECT dynasty_ops.capture_slow_queries(-1);
\echo :LAST_ERROR_SQLSTATE
SELECT dynasty_ops.capture_slow_queries('NaN');
\echo :LAST_ERROR_SQLSTATE
SELECT * FROM dynasty_ops.slow_queries(-1);
\echo :LAST_ERROR_SQLSTATE
SELECT * FROM dynasty_ops.slow_queries(1, 'Infinity');
\echo :LAST_ERROR_SQLSTATE
SELECT dynasty_ops.capture_slow_queries(NULL) IS NULL AS of_null, (SELECT count(*) FROM dynasty_ops.slow_queries(NULL)) AS rows;
