-- Sessions: how many, how long, who waits for whom. Nothing here waits for a lock: it reads the server's own memory and the catalogue.

CREATE FUNCTION dynasty_ops.is_primary() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$ SELECT NOT pg_is_in_recovery() $fn$;
COMMENT ON FUNCTION dynasty_ops.is_primary() IS 'Whether this server can be written to: false on a standby. Never NULL.';

CREATE FUNCTION dynasty_ops.connection_usage() RETURNS TABLE (
    used integer, max_connections integer, reserved integer, active integer, idle integer, idle_in_transaction integer, used_pct numeric(5,2))
LANGUAGE sql STABLE PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT count(*)::integer, current_setting('max_connections')::integer,
           current_setting('superuser_reserved_connections')::integer + coalesce(current_setting('reserved_connections', true), '0')::integer,
           count(*) FILTER (WHERE state = 'active')::integer, count(*) FILTER (WHERE state = 'idle')::integer,
           count(*) FILTER (WHERE state LIKE 'idle in transaction%')::integer,
           dynasty_ops._percent(count(*), current_setting('max_connections')::numeric)
    FROM pg_catalog.pg_stat_activity WHERE backend_type = 'client backend'
$fn$;
COMMENT ON FUNCTION dynasty_ops.connection_usage() IS
'Sessions of clients, of all databases: used of max_connections, those kept for superusers, by state (only pg_monitor sees the states of others), used_pct = 100 used / max_connections.';

CREATE FUNCTION dynasty_ops._percent(part numeric, whole numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$ SELECT round(100 * part / nullif(whole, 0), 2) $fn$;
COMMENT ON FUNCTION dynasty_ops._percent(numeric, numeric) IS 'Internal: 100 part / whole, two decimals. NULL of 0 or NULL.';

CREATE FUNCTION dynasty_ops._failure_rate(sessions bigint, abandoned bigint, fatal bigint, killed bigint) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$ SELECT dynasty_ops._percent(abandoned::numeric + fatal + killed, sessions) $fn$;
COMMENT ON FUNCTION dynasty_ops._failure_rate(bigint, bigint, bigint, bigint) IS 'Internal, of failure_rate(): 100 (abandoned + fatal + killed) / sessions. NULL without sessions.';

CREATE FUNCTION dynasty_ops.failure_rate(dbname name DEFAULT current_database()) RETURNS numeric
LANGUAGE plpgsql STABLE STRICT PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    rate numeric;
BEGIN
    SELECT dynasty_ops._failure_rate(s.sessions, s.sessions_abandoned, s.sessions_fatal, s.sessions_killed) INTO rate
    FROM pg_catalog.pg_stat_database s WHERE s.datname = dbname;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'failure_rate: there is no database "%"', dynasty._short(dbname::text) USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN rate;
END
$fn$;
COMMENT ON FUNCTION dynasty_ops.failure_rate(name) IS
'Percent of a database''s sessions since its statistics were reset that ended badly: 100 (abandoned + fatal + killed) / sessions. NULL without sessions or for NULL. Connections that were refused never were sessions. Errors: 22023 no such database.';

CREATE FUNCTION dynasty_ops.long_running_queries(min_age interval DEFAULT '30 seconds')
RETURNS TABLE (pid integer, usename name, application_name text, state text, age interval, wait_event text, query_head text)
LANGUAGE sql STABLE STRICT PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT a.pid, a.usename, a.application_name, a.state, clock_timestamp() - a.query_start,
           nullif(concat_ws(':', a.wait_event_type, a.wait_event), ''), left(a.query, 200)
    FROM pg_catalog.pg_stat_activity a
    WHERE a.state = 'active' AND a.backend_type = 'client backend' AND a.pid <> pg_backend_pid() AND clock_timestamp() - a.query_start > min_age
    ORDER BY a.query_start, a.pid
$fn$;
COMMENT ON FUNCTION dynasty_ops.long_running_queries(interval) IS
'Statements of clients that have run for longer than min_age, the oldest first, this session left out: who, for how long, what they wait for, the first 200 characters. Only pg_monitor sees those of others. No row for NULL.';

CREATE FUNCTION dynasty_ops.blocking_locks() RETURNS TABLE (
    blocked_pid integer, blocking_pids integer[], root_pid integer, depth integer, waiting interval, lock_type text, relation text,
    blocked_query_head text, root_state text, root_query_head text)
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $fn$
#variable_conflict use_column
DECLARE
    -- Who waits, for whom: looked up once, since it changes while it is looked at.
    waits CONSTANT jsonb := coalesce((
        SELECT jsonb_object_agg(w.pid, jsonb_build_object('blockers', to_jsonb(pg_blocking_pids(w.pid)), 'since', w.waitstart, 'type', w.locktype,
                   'relation', (SELECT c.oid::regclass::text FROM pg_catalog.pg_class c WHERE c.oid = w.relation AND w.database IN (0, d.oid))))
        FROM (SELECT DISTINCT ON (l.pid) l.* FROM pg_catalog.pg_locks l WHERE NOT l.granted AND l.pid IS NOT NULL ORDER BY l.pid, l.waitstart) w
        CROSS JOIN (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()) d), '{}');
    -- The head of each one's queue, and how far it is: breadth first, for a queue of n has as many ways through it as there are subsets.
    roots jsonb := '{}';
    depths jsonb := '{}';
    found jsonb;
    level integer := 0;
BEGIN
    LOOP
        level := level + 1;
        SELECT jsonb_object_agg(f.pid, f.root) INTO found FROM (
            SELECT DISTINCT ON (w.key) w.key AS pid, CASE WHEN level = 1 THEN b.pid::integer ELSE (roots ->> b.pid)::integer END AS root
            FROM jsonb_each(waits) w CROSS JOIN jsonb_array_elements_text(w.value -> 'blockers') b (pid)
            WHERE NOT roots ? w.key AND CASE WHEN level = 1 THEN NOT waits ? b.pid ELSE roots ? b.pid END
            ORDER BY w.key, b.pid::integer) f;
        EXIT WHEN found IS NULL;
        roots := roots || found;
        depths := depths || (SELECT jsonb_object_agg(k, level) FROM jsonb_object_keys(found) k);
    END LOOP;
    RETURN QUERY
    SELECT w.key::integer, ARRAY(SELECT e::integer FROM jsonb_array_elements_text(w.value -> 'blockers') e ORDER BY 1), r.pid, (depths ->> w.key)::integer,
           clock_timestamp() - (w.value ->> 'since')::timestamptz, w.value ->> 'type', w.value ->> 'relation', left(a.query, 200),
           -- Process 0 stands for prepared transactions.
           CASE WHEN r.pid = 0 THEN 'prepared transaction' ELSE ra.state END, left(ra.query, 200)
    FROM jsonb_each(waits) w
    CROSS JOIN LATERAL (SELECT (roots ->> w.key)::integer AS pid) r
    LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = w.key::integer
    LEFT JOIN pg_catalog.pg_stat_activity ra ON ra.pid = r.pid
    WHERE jsonb_array_length(w.value -> 'blockers') > 0
    ORDER BY 4, 1;
END
$fn$;
COMMENT ON FUNCTION dynasty_ops.blocking_locks() IS
'Sessions that wait for a lock, whom they wait for, and who stands at the head: root_pid waits for nobody (0 = a prepared transaction; NULL = a deadlock that is about to be broken), depth 1 is blocked directly by it. waiting: since the wait began (NULL in its first moment). Queries of others are seen by pg_monitor alone, their first 200 characters.';
