-- The work on partitions. Times are UTC whatever the session's zone is, or bounds would overlap. The lock on a parent is ACCESS EXCLUSIVE
-- for a moment, because a default partition rules out DETACH CONCURRENTLY: who does not get it in five seconds comes again.

-- Takes the default partition away: its rows would keep others from being attached (23514).
CREATE FUNCTION dynasty_ops._detach_default(parent oid) RETURNS oid
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    part CONSTANT oid := (SELECT nullif(p.partdefid, 0) FROM pg_catalog.pg_partitioned_table p WHERE p.partrelid = parent);
    free_name text;
BEGIN
    IF part IS NOT NULL THEN
        EXECUTE format('ALTER TABLE %s DETACH PARTITION %s', parent::regclass, part::regclass);
        -- pg_partman makes a new one by the old one's name.
        SELECT n.free INTO free_name
        FROM pg_catalog.pg_class c CROSS JOIN LATERAL (
            SELECT left(c.relname, 50) || '_pre' || CASE i WHEN 0 THEN '' ELSE i::text END AS free FROM generate_series(0, 1000) i) n
        WHERE c.oid = parent AND NOT EXISTS (SELECT FROM pg_catalog.pg_class x WHERE x.relnamespace = (SELECT y.relnamespace FROM pg_catalog.pg_class y WHERE y.oid = part) AND x.relname = n.free)
        LIMIT 1;
        EXECUTE format('ALTER TABLE %s RENAME TO %I', part::regclass, free_name);
    END IF;
    RETURN part;
END
$fn$;
COMMENT ON FUNCTION dynasty_ops._detach_default(oid) IS 'Internal, of partition upkeep: detaches the default partition and gives it another name. NULL: there is none.';

-- Puts the rows of a table back through the parent, and drops it. An INSERT, since tables that are only appended to refuse DELETE.
CREATE FUNCTION dynasty_ops._put_back(parent oid, source oid, control text, keep interval, OUT moved bigint, OUT expired bigint)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    columns CONSTANT text := (SELECT string_agg(format('%I', a.attname), ', ' ORDER BY a.attnum) FROM pg_catalog.pg_attribute a
                              WHERE a.attrelid = parent AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '');
    kept CONSTANT text := format('%I >= now() - $1 OR $1 IS NULL', control);
BEGIN
    EXECUTE format('SELECT count(*) FROM %s WHERE NOT coalesce(%s, true)', source::regclass, kept) INTO expired USING keep;
    EXECUTE format('INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %2$s FROM %3$s WHERE coalesce(%4$s, true) ORDER BY %5$I', parent::regclass, columns, source::regclass, kept, control)
        USING keep;
    GET DIAGNOSTICS moved = ROW_COUNT;
    EXECUTE format('DROP TABLE %s', source::regclass);
END
$fn$;
COMMENT ON FUNCTION dynasty_ops._put_back(oid, oid, text, interval) IS 'Internal, of partition upkeep: inserts the rows of a detached partition through the parent, counts those that are older than is kept, and drops it.';

-- Makes the partitions that rows of a table want. Times that are no dates (infinity) stay for the default.
CREATE FUNCTION dynasty_ops._make_partitions(parent oid, source oid, control text, width interval, keep interval) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    partman CONSTANT name := dynasty_ops._partman_schema();
    parent_name CONSTANT text := dynasty_ops._partman_name(parent);
    at timestamptz;
    period timestamptz;
    periods timestamptz[] := '{}';
BEGIN
    FOR at IN EXECUTE format('SELECT DISTINCT date_trunc(%3$L, %1$I::timestamptz) FROM %2$s WHERE isfinite(%1$I) AND (%1$I >= now() - $1 OR $1 IS NULL) ORDER BY 1',
                  control, source::regclass, CASE WHEN width < '1 day'::interval THEN 'second' ELSE 'day' END) USING keep LOOP
        -- A partition may hold it already, or one of those that will be made.
        CONTINUE WHEN at < period + width OR EXISTS (SELECT FROM dynasty_ops._bounds(parent) b WHERE b.lower <= at AND at < b.upper);
        EXECUTE format('SELECT s.suffix_timestamp FROM %I.show_partition_name($1, $2) s', partman) INTO period USING parent_name, at::text;
        periods := periods || period;
    END LOOP;
    IF periods <> '{}' THEN
        -- 4 would read the whole table for its statistics after every partition.
        EXECUTE format('SELECT %I.create_partition_time(%s)', partman, CASE WHEN EXISTS (
                SELECT FROM pg_catalog.pg_proc p WHERE p.pronamespace = to_regnamespace(quote_ident(partman)) AND p.proname = 'create_partition_time' AND 'p_analyze' = ANY (p.proargnames))
            THEN '$1, $2, p_analyze => false' ELSE '$1, $2' END) USING parent_name, periods;
    END IF;
END
$fn$;
COMMENT ON FUNCTION dynasty_ops._make_partitions(oid, oid, text, interval, interval) IS 'Internal, of partition upkeep: has pg_partman make the partitions that the rows of a table belong into.';

-- pg_partman 4 leaves its search_path in the session: what calls it is called by a function in Rust that puts settings back.
CREATE FUNCTION dynasty_ops._enable_apart(parent text) RETURNS text
LANGUAGE c VOLATILE AS 'MODULE_PATHNAME', 'enable_apart_wrapper';
COMMENT ON FUNCTION dynasty_ops._enable_apart(text) IS 'Internal: _enable(), after which all settings are as before.';
CREATE FUNCTION dynasty_ops._maintain_apart(parent text) RETURNS text
LANGUAGE c VOLATILE AS 'MODULE_PATHNAME', 'maintain_apart_wrapper';
COMMENT ON FUNCTION dynasty_ops._maintain_apart(text) IS 'Internal: _maintain(), after which all settings are as before.';

-- Hands one table over, unless it is there already.
CREATE FUNCTION dynasty_ops._enable(wanted text) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $fn$
DECLARE
    partman CONSTANT name := dynasty_ops._partman_schema();
    policy record;
    parent oid;
    source oid;
    first_at timestamptz;
    result record;
BEGIN
    SELECT p.*, dynasty_ops._partman_name(dynasty_ops._relation(p.parent_table)) AS name INTO policy FROM dynasty_ops.retention_policies p WHERE p.parent_table = wanted;
    parent := dynasty_ops._own_parent('enable_partitions'::text, wanted, policy.control);
    SELECT 0::bigint AS moved, 0::bigint AS expired INTO result;
    IF dynasty_ops._in_partman(wanted) IS NOT TRUE THEN
        EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', parent::regclass);
        source := dynasty_ops._detach_default(parent);
        IF source IS NOT NULL THEN
            EXECUTE format('SELECT min(%1$I)::timestamptz FROM %2$s WHERE isfinite(%1$I)', policy.control, source::regclass) INTO first_at;
        END IF;
        first_at := greatest(least(first_at, now()), now() - policy.retention);
        -- Beside partitions that somebody made by hand it begins where they end.
        first_at := greatest(first_at, (SELECT max(b.upper) FROM dynasty_ops._bounds(parent) b));
        -- The type of partitioning is called otherwise since 5.
        EXECUTE format('SELECT %I.create_parent(p_parent_table => $1, p_control => $2, p_type => $3, p_interval => $4, p_premake => $5, p_start_partition => $6)', partman)
            USING policy.name, policy.control,
                  CASE WHEN (SELECT split_part(e.extversion, '.', 1)::integer FROM pg_catalog.pg_extension e WHERE e.extname = 'pg_partman') >= 5 THEN 'range' ELSE 'native' END,
                  policy.partition_interval::text, policy.premake, first_at::text;
        EXECUTE format('UPDATE %I.part_config SET retention = $2, retention_keep_table = false, infinite_time_partitions = true WHERE parent_table = $1', partman)
            USING policy.name, policy.retention::text;
        IF source IS NOT NULL THEN
            -- Its own default is empty and does not keep partitions from being made.
            PERFORM dynasty_ops._make_partitions(parent, source, policy.control, policy.partition_interval, policy.retention);
            SELECT * INTO result FROM dynasty_ops._put_back(parent, source, policy.control, policy.retention);
        END IF;
        UPDATE dynasty_ops.retention_policies p SET enabled_at = now() WHERE p.parent_table = wanted;
    END IF;
    RETURN jsonb_build_object('partitions', (SELECT count(*) FROM dynasty_ops._bounds(parent) b WHERE NOT b.is_default), 'moved', result.moved, 'expired', result.expired);
END
$fn$;
COMMENT ON FUNCTION dynasty_ops._enable(text) IS 'Internal, of enable_partitions(): one table.';

CREATE FUNCTION dynasty_ops.enable_partitions(parent text DEFAULT NULL)
RETURNS TABLE (parent_table text, partitions integer, moved_rows bigint, expired_rows bigint)
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s' AS $fn$
#variable_conflict use_column
DECLARE
    answer jsonb;
    wanted text;
BEGIN
    FOR wanted IN SELECT dynasty_ops._policies('enable_partitions'::text, parent) LOOP
        IF dynasty_ops._partman_schema() IS NULL THEN
            RAISE EXCEPTION 'enable_partitions: pg_partman is not installed' USING ERRCODE = 'object_not_in_prerequisite_state',
                HINT = format('install postgresql-%s-partman, then CREATE SCHEMA partman; CREATE EXTENSION pg_partman SCHEMA partman;', current_setting('server_version_num')::integer / 10000);
        END IF;
        answer := dynasty_ops._enable_apart(wanted);
        parent_table := wanted;
        partitions := answer ->> 'partitions';
        moved_rows := answer ->> 'moved';
        expired_rows := answer ->> 'expired';
        RETURN NEXT;
    END LOOP;
END
$fn$;
COMMENT ON FUNCTION dynasty_ops.enable_partitions(text) IS
'Hands the tables of retention_policies (or one of them) over to pg_partman: partitions ahead, the rows of the default partition moved into theirs, those older than is kept counted as expired and dropped. What it has already stays. The caller owns the table, its partitions and the functions of its triggers, and may use pg_partman. Errors: 22023 no policy; 25006 on a standby; 42501; 55000 pg_partman is missing, or the table is, or is not partitioned by the time column of its policy; 55P03 the table was in use for five seconds.';

-- One table: rows that strayed into the default first (pg_partman's own upkeep fails while they are there), then pg_partman.
CREATE FUNCTION dynasty_ops._maintain(wanted text) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $fn$
DECLARE
    partman CONSTANT name := dynasty_ops._partman_schema();
    policy record;
    parent oid;
    source oid;
    default_name text;
    before oid[];
    moved bigint := 0;
    endless boolean;
BEGIN
    SELECT * INTO policy FROM dynasty_ops.retention_policies p WHERE p.parent_table = wanted;
    parent := dynasty_ops._own_parent('run_maintenance'::text, wanted, policy.control);
    before := ARRAY(SELECT b.part FROM dynasty_ops._bounds(parent) b WHERE NOT b.is_default);
    SELECT b.part INTO source FROM dynasty_ops._bounds(parent) b WHERE b.is_default;
    IF source IS NULL OR dynasty_ops._count_rows(source) IS DISTINCT FROM 0 THEN
        EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', parent::regclass);
        default_name := coalesce((SELECT format('%I.%I', n.nspname, c.relname) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = source),
            (SELECT format('%I.%I', n.nspname, left(c.relname, 55) || '_default') FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = parent));
        source := dynasty_ops._detach_default(parent);
        IF source IS NOT NULL THEN
            EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE NOT isfinite(%I))', source::regclass, policy.control) INTO endless;
            IF endless THEN
                -- pg_partman 4.7 counts towards them, for minutes, and fails.
                RAISE EXCEPTION 'rows at infinity, for which there is no partition: date them or delete them' USING ERRCODE = 'datetime_field_overflow';
            END IF;
            PERFORM dynasty_ops._make_partitions(parent, source, policy.control, policy.partition_interval, NULL::interval);
        END IF;
        EXECUTE format('CREATE TABLE %s PARTITION OF %s DEFAULT', default_name, parent::regclass);
        IF source IS NOT NULL THEN
            -- Older ones get a partition too, and lose it below: nothing is judged twice.
            moved := (dynasty_ops._put_back(parent, source, policy.control, NULL::interval)).moved;
        END IF;
    END IF;
    EXECUTE format('SELECT %I.run_maintenance($1)', partman)
        USING dynasty_ops._partman_name(parent);
    RETURN jsonb_build_object('moved', moved,
        'created', (SELECT count(*) FROM dynasty_ops._bounds(parent) b WHERE NOT b.is_default AND b.part <> ALL (before)),
        'dropped', (SELECT count(*) FROM unnest(before) b WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_inherits i WHERE i.inhparent = parent AND i.inhrelid = b)));
END
$fn$;
COMMENT ON FUNCTION dynasty_ops._maintain(text) IS 'Internal, of run_maintenance(): the upkeep of one table.';

CREATE FUNCTION dynasty_ops.run_maintenance() RETURNS TABLE (parent_table text, created integer, dropped integer, moved_rows bigint)
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s' AS $fn$
#variable_conflict use_column
DECLARE
    wanted text;
    answer jsonb;
BEGIN
    FOR wanted IN SELECT dynasty_ops._policies('run_maintenance'::text, NULL::text) LOOP
        CONTINUE WHEN dynasty_ops._in_partman(wanted) IS NOT TRUE;
        parent_table := wanted;
        BEGIN
            answer := dynasty_ops._maintain_apart(wanted);
            created := answer ->> 'created';
            dropped := answer ->> 'dropped';
            moved_rows := answer ->> 'moved';
        EXCEPTION WHEN OTHERS THEN
            -- The others go on. partition_status() and the alert tell of it until a run succeeds.
            created := NULL;
            dropped := NULL;
            moved_rows := NULL;
            RAISE WARNING 'run_maintenance: % was left as it is: %', dynasty._short(wanted), split_part(SQLERRM, E'\n', 1) USING ERRCODE = SQLSTATE;
        END;
        RETURN NEXT;
    END LOOP;
END
$fn$;
COMMENT ON FUNCTION dynasty_ops.run_maintenance() IS
'The upkeep of the tables that pg_partman keeps: rows of the default partition go into partitions of their own, partitions ahead are made, those older than is kept are dropped. A table that fails is left as it was, with a WARNING and NULL counts, and does not stop the others. Inside a transaction, from cron or pg_cron, as often as one likes. The caller owns the tables. Errors: 25006 on a standby.';

CREATE FUNCTION dynasty_ops.purge(parent text, keep interval, batch integer DEFAULT 10000) RETURNS bigint
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $fn$
DECLARE
    policy record;
    relation oid;
    gone bigint := 0;
    removed bigint;
    misses integer := 0;
BEGIN
    IF parent IS NULL OR keep IS NULL OR batch IS NULL THEN
        RETURN NULL;
    ELSIF keep <= '0'::interval THEN
        RAISE EXCEPTION 'purge: keep must be above 0, it is %', keep USING ERRCODE = 'invalid_parameter_value';
    ELSIF batch < 1 THEN
        RAISE EXCEPTION 'purge: batch must be at least 1, it is %', batch USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM dynasty_ops._policies('purge'::text, parent);
    SELECT * INTO policy FROM dynasty_ops.retention_policies p WHERE p.parent_table = parent;
    relation := dynasty_ops._own_parent('purge'::text, parent, policy.control);
    LOOP
        -- Whole days, the newest first: rows of a day point back to earlier ones of it, which must stand as long as they do.
        EXECUTE format('DELETE FROM %1$s t USING (SELECT tableoid, ctid FROM %1$s WHERE %2$I < date_trunc(''day'', now() - $1) ORDER BY %2$I DESC LIMIT $2) x WHERE t.tableoid = x.tableoid AND t.ctid = x.ctid',
            relation::regclass, policy.control) USING keep, batch;
        GET DIAGNOSTICS removed = ROW_COUNT;
        gone := gone + removed;
        -- A row that somebody has just changed stands elsewhere now: looked for once more.
        misses := CASE removed WHEN 0 THEN misses + 1 ELSE 0 END;
        EXIT WHEN misses = 2;
    END LOOP;
    RETURN gone;
END
$fn$;
COMMENT ON FUNCTION dynasty_ops.purge(text, interval, integer) IS
'For sites without pg_partman: deletes the rows of a table of retention_policies whose UTC day is wholly older than keep, batch rows per statement, and answers how many. One transaction. NULL for NULL. Errors: 22023 no policy, keep not above 0, batch below 1; 23001 a table that is only appended to; 25006 on a standby; 42501; 55000.';
