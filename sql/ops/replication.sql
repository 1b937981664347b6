-- Replicas, slots, the age of transactions, disks. All of it answers on a standby whose primary is gone.

CREATE FUNCTION dynasty_ops.replication_status() RETURNS TABLE (role text, client_name text, state text, lag_seconds numeric, lag_bytes bigint)
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $fn$
#variable_conflict use_column
BEGIN
    IF pg_is_in_recovery() THEN
        RETURN QUERY
        SELECT 'standby', w.sender_host, coalesce(w.status, 'no receiver'),
               -- An idle primary sends nothing to replay: not a lag, while it is there to send.
               CASE WHEN w.status = 'streaming' AND pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
                    ELSE round(extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()), 3) END,
               (pg_last_wal_receive_lsn() - pg_last_wal_replay_lsn())::bigint
        FROM (SELECT) one LEFT JOIN pg_catalog.pg_stat_wal_receiver w ON true;
    ELSE
        RETURN QUERY
        SELECT 'primary', r.application_name, r.state,
               round(extract(epoch FROM coalesce(r.replay_lag, CASE WHEN r.replay_lsn = pg_current_wal_lsn() THEN '0'::interval END)), 3),
               (pg_current_wal_lsn() - r.replay_lsn)::bigint
        FROM pg_catalog.pg_stat_replication r ORDER BY r.application_name, r.pid;
    END IF;
END
$fn$;
COMMENT ON FUNCTION dynasty_ops.replication_status() IS
'On a primary one row per receiver: seconds and bytes by which it is behind in replaying. On a standby one row: seconds since the last transaction it replayed was committed, 0 when it is streaming and has replayed all it received, NULL when it has replayed none. No row on a server with neither.';

CREATE FUNCTION dynasty_ops.replication_slots()
RETURNS TABLE (slot_name name, slot_type text, active boolean, wal_status text, retained_bytes bigint, safe_wal_bytes bigint)
LANGUAGE sql STABLE PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT s.slot_name, s.slot_type, s.active, s.wal_status,
           (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END - s.restart_lsn)::bigint, s.safe_wal_size
    FROM pg_catalog.pg_replication_slots s ORDER BY s.slot_name
$fn$;
COMMENT ON FUNCTION dynasty_ops.replication_slots() IS
'Replication slots: whether somebody uses it, bytes of WAL that it keeps the server from removing (NULL = it has reserved none), bytes that may still be written before it is lost (NULL = no bound).';

CREATE FUNCTION dynasty_ops.wraparound() RETURNS TABLE (level text, name text, xid_age bigint, mxid_age bigint, used_pct numeric(5,2))
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
    WITH ages AS (
        (SELECT 1 AS ord, 'database' AS level, d.datname::text AS name, age(d.datfrozenxid)::bigint AS xid_age, mxid_age(d.datminmxid)::bigint AS mxid_age
         FROM pg_catalog.pg_database d WHERE d.datname = current_database())
        UNION ALL
        (SELECT 2, 'table', c.oid::regclass::text, age(c.relfrozenxid), mxid_age(c.relminmxid)
         FROM pg_catalog.pg_class c WHERE c.relkind IN ('r', 't', 'm')
         ORDER BY greatest(age(c.relfrozenxid), mxid_age(c.relminmxid)) DESC, c.oid LIMIT 10))
    SELECT a.level, a.name, a.xid_age, a.mxid_age, dynasty_ops._percent(greatest(a.xid_age, a.mxid_age), 2147483648)
    FROM ages a ORDER BY a.ord, greatest(a.xid_age, a.mxid_age) DESC, a.name
$fn$;
COMMENT ON FUNCTION dynasty_ops.wraparound() IS
'How old the oldest transaction ids are that are not frozen: of the database, then of its ten oldest tables; used_pct = 100 x the greater age / 2^31. At 100 the server would have to stop.';

CREATE FUNCTION dynasty_ops._disk_usage() RETURNS TABLE (place bigint, device bigint, total_bytes bigint, free_bytes bigint, used_bytes bigint)
LANGUAGE c STABLE PARALLEL RESTRICTED AS 'MODULE_PATHNAME', 'disk_usage';
COMMENT ON FUNCTION dynasty_ops._disk_usage() IS 'Internal, of disk_usage(): the data directory (0), pg_wal (1), and the tablespaces by their oids, with the file system that each is on. Errors: 42501 for who is no member of pg_monitor.';

CREATE FUNCTION dynasty_ops.disk_usage() RETURNS TABLE (location text, total_bytes bigint, free_bytes bigint, used_pct numeric(5,2))
LANGUAGE sql STABLE PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT string_agg(CASE d.place WHEN 0 THEN 'data directory' WHEN 1 THEN 'pg_wal' ELSE 'tablespace ' || coalesce(t.spcname::text, d.place::text) END, ', ' ORDER BY d.place),
           min(d.total_bytes), min(d.free_bytes), dynasty_ops._percent(min(d.used_bytes), min(d.used_bytes) + min(d.free_bytes))
    FROM dynasty_ops._disk_usage() d LEFT JOIN pg_catalog.pg_tablespace t ON d.place > 1 AND t.oid::bigint = d.place
    GROUP BY d.device ORDER BY 1
$fn$;
COMMENT ON FUNCTION dynasty_ops.disk_usage() IS
'The file systems of the data directory, of pg_wal and of the tablespaces, one row each, as df counts: free_bytes is what may still be written, used_pct = 100 used / (used + free). Errors: 42501 for who is no member of pg_monitor.';
