-- Slow statements by pg_stat_statements, where it is there. The history needs no reset of the statistics, which others read too.

-- The schema of pg_stat_statements; an error where it cannot be asked.
CREATE FUNCTION dynasty_ops._statements_schema(asker text) RETURNS name
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    place CONSTANT name := (SELECT n.nspname FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
                            WHERE e.extname = 'pg_stat_statements');
BEGIN
    -- Its setting is there exactly when its library was loaded at start.
    IF place IS NULL OR current_setting('pg_stat_statements.max', true) IS NULL THEN
        RAISE EXCEPTION '%: pg_stat_statements is not %', dynasty._short(asker), CASE WHEN place IS NULL THEN 'installed' ELSE 'loaded' END
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  HINT = 'add pg_stat_statements to shared_preload_libraries, restart, CREATE EXTENSION pg_stat_statements';
    END IF;
    RETURN place;
END
$fn$;
COMMENT ON FUNCTION dynasty_ops._statements_schema(text) IS 'Internal: the schema of pg_stat_statements. Errors: 55000 where it is not installed or not loaded.';

CREATE FUNCTION dynasty_ops.slow_queries(limit_rows integer DEFAULT 20, min_mean_ms double precision DEFAULT 0) RETURNS TABLE (
    queryid bigint, query_head text, calls bigint, total_ms double precision, mean_ms double precision, max_ms double precision, rows bigint,
    pct_of_total numeric(5,2), hit_pct double precision)
LANGUAGE plpgsql STABLE STRICT PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $fn$
#variable_conflict use_column
BEGIN
    IF limit_rows < 0 THEN
        RAISE EXCEPTION 'slow_queries: limit_rows must not be negative, it is %', limit_rows USING ERRCODE = 'invalid_parameter_value';
    ELSIF min_mean_ms IN ('NaN', 'Infinity', '-Infinity') THEN
        RAISE EXCEPTION 'slow_queries: min_mean_ms must be a number of milliseconds, it is %', min_mean_ms USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN QUERY EXECUTE format($q$
        WITH statements AS (
            SELECT s.queryid, min(s.query) AS query, sum(s.calls)::bigint AS calls, sum(s.total_exec_time) AS total_ms, max(s.max_exec_time) AS max_ms,
                   sum(s.rows)::bigint AS rows, sum(s.shared_blks_hit)::numeric AS hit, sum(s.shared_blks_read)::numeric AS read
            FROM %I.pg_stat_statements s JOIN pg_catalog.pg_database d ON d.oid = s.dbid AND d.datname = current_database()
            WHERE s.queryid IS NOT NULL GROUP BY s.queryid
        ), upto AS (
            SELECT s.*, round((100 * sum(s.total_ms) OVER (ORDER BY s.total_ms DESC, s.queryid) / nullif(sum(s.total_ms) OVER (), 0))::numeric, 2) AS upto
            FROM statements s
        ), shares AS (
            -- Rounded where they add up, so that all of them make 100.
            SELECT u.*, u.upto - coalesce(lag(u.upto) OVER (ORDER BY u.total_ms DESC, u.queryid), 0) AS share FROM upto u
        )
        SELECT s.queryid, left(s.query, 200), s.calls, s.total_ms, s.total_ms / nullif(s.calls, 0), s.max_ms, s.rows, s.share,
               (100 * s.hit / nullif(s.hit + s.read, 0))::double precision
        FROM shares s WHERE s.total_ms / nullif(s.calls, 0) >= $2 ORDER BY s.total_ms DESC, s.queryid LIMIT $1
        $q$, dynasty_ops._statements_schema('slow_queries'::text)) USING limit_rows, min_mean_ms;
END
$fn$;
COMMENT ON FUNCTION dynasty_ops.slow_queries(integer, double precision) IS
'Statements of this database by the time they took since pg_stat_statements was reset, users and levels summed: at most limit_rows whose mean is at least min_mean_ms. pct_of_total is of all statements and adds up to 100. Statements of others are seen by pg_monitor alone. No row for NULL. Errors: 22023 limit_rows below 0, min_mean_ms no number; 55000 without pg_stat_statements.';

-- What writes is not STRICT: with a NULL the server would not even ask who calls.
CREATE FUNCTION dynasty_ops.capture_slow_queries(min_mean_ms double precision DEFAULT 100) RETURNS integer
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    place name;
    reset_at timestamptz;
    stored integer := 0;
    slow jsonb;
BEGIN
    IF min_mean_ms IS NULL THEN
        RETURN NULL;
    ELSIF min_mean_ms < 0 OR min_mean_ms IN ('NaN', 'Infinity', '-Infinity') THEN
        RAISE EXCEPTION 'capture_slow_queries: min_mean_ms must be a number of milliseconds from 0, it is %', min_mean_ms USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF pg_is_in_recovery() THEN
        RAISE EXCEPTION 'capture_slow_queries: a standby cannot keep what it captures' USING ERRCODE = 'read_only_sql_transaction';
    END IF;
    place := dynasty_ops._statements_schema('capture_slow_queries'::text);
    -- Two at once would count an interval twice.
    LOCK TABLE dynasty_ops.slow_query_marks IN SHARE ROW EXCLUSIVE MODE;
    EXECUTE format('SELECT i.stats_reset FROM %I.pg_stat_statements_info i', place) INTO reset_at;
    EXECUTE format($q$
        WITH statements AS MATERIALIZED (
            -- The counters alone: the texts may be hundreds of megabytes.
            SELECT s.queryid, sum(s.calls)::bigint AS calls, sum(s.rows)::bigint AS rows, sum(s.shared_blks_hit)::bigint AS hit,
                   sum(s.shared_blks_read)::bigint AS read, sum(s.total_exec_time) AS total_ms, max(s.max_exec_time) AS max_ms
            FROM %I.pg_stat_statements(false) s JOIN pg_catalog.pg_database d ON d.oid = s.dbid AND d.datname = current_database()
            WHERE s.queryid IS NOT NULL GROUP BY s.queryid
        ), last AS (
            SELECT max(m.marked_at) AS at FROM dynasty_ops.slow_query_marks m
        ), since AS (
            -- From 0 after a reset, and when the entry was evicted in between: it is new, or a counter went back.
            SELECT s.*, greatest(l.at, $1) AS since, coalesce(m.calls, 0) AS calls_before, coalesce(m.rows, 0) AS rows_before,
                   coalesce(m.hit, 0) AS hit_before, coalesce(m.read, 0) AS read_before, coalesce(m.total_ms, 0) AS total_before
            FROM statements s CROSS JOIN last l
            LEFT JOIN dynasty_ops.slow_query_marks m ON m.queryid = s.queryid AND m.stats_reset IS NOT DISTINCT FROM $1
                AND m.calls <= s.calls AND m.rows <= s.rows AND m.hit <= s.hit AND m.read <= s.read AND m.total_ms <= s.total_ms
            WHERE l.at IS NOT NULL -- the first capture only marks
        ), marked AS (
            INSERT INTO dynasty_ops.slow_query_marks AS m (queryid, calls, rows, hit, read, total_ms, marked_at, stats_reset)
            SELECT s.queryid, s.calls, s.rows, s.hit, s.read, s.total_ms, clock_timestamp(), $1 FROM statements s
            ON CONFLICT (queryid) DO UPDATE SET (calls, rows, hit, read, total_ms, marked_at, stats_reset) =
                (excluded.calls, excluded.rows, excluded.hit, excluded.read, excluded.total_ms, excluded.marked_at, excluded.stats_reset)
            RETURNING 1
        ), forgotten AS (
            DELETE FROM dynasty_ops.slow_query_marks m WHERE m.queryid NOT IN (SELECT s.queryid FROM statements s) RETURNING 1
        )
        SELECT jsonb_agg(jsonb_build_object('queryid', s.queryid, 'since', s.since, 'calls', s.calls - s.calls_before, 'max_ms', s.max_ms,
                   'total_ms', s.total_ms - s.total_before, 'rows', s.rows - s.rows_before, 'hit', s.hit - s.hit_before, 'read', s.read - s.read_before))
        FROM since s
        WHERE s.calls > s.calls_before AND (s.total_ms - s.total_before) / (s.calls - s.calls_before) >= $2
        $q$, place) INTO slow USING reset_at, min_mean_ms;
    IF slow IS NULL THEN
        RETURN 0;
    END IF;
    EXECUTE format($q$
        INSERT INTO dynasty_ops.slow_query_samples (captured_at, since, queryid, query, calls, mean_ms, max_ms, total_ms, rows, hit_pct)
        SELECT (SELECT max(m.marked_at) FROM dynasty_ops.slow_query_marks m), w.since, w.queryid, coalesce(t.query, ''), w.calls, w.total_ms / w.calls, w.max_ms,
               w.total_ms, w.rows, 100 * w.hit / nullif(w.hit + w.read, 0)
        FROM jsonb_to_recordset($1) w (queryid bigint, since timestamptz, calls bigint, max_ms double precision, total_ms double precision, rows bigint,
                                       hit double precision, read double precision)
        LEFT JOIN (SELECT s.queryid, left(min(s.query), 500) AS query FROM %I.pg_stat_statements(true) s GROUP BY s.queryid) t ON t.queryid = w.queryid
        $q$, place) USING slow;
    GET DIAGNOSTICS stored = ROW_COUNT;
    RETURN stored;
END
$fn$;
COMMENT ON FUNCTION dynasty_ops.capture_slow_queries(double precision) IS
'Keeps in slow_query_samples the statements of this database whose mean since the last capture is at least min_mean_ms milliseconds, and answers how many. The statistics are not reset; after somebody else has reset them, or an entry was evicted, it counts from there. The first capture only marks. NULL for NULL. Errors: 22023 min_mean_ms below 0 or no number; 25006 on a standby; 55000 without pg_stat_statements; 42501.';
