-- What the machinery finds of operations (sql/machinery/systems.sql).

CREATE FUNCTION dynasty_ops._relations() RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT '{alert_thresholds,alerts,cache_rules,retention_policies,shard_nodes,slow_query_samples,slow_query_marks}'::text[]
$fn$;
COMMENT ON FUNCTION dynasty_ops._relations() IS 'Internal: the tables of operations.';

CREATE FUNCTION dynasty_ops._make_tables() RETURNS text[]
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $fn$ SELECT dynasty_ops._make_alert_tables() || dynasty_ops._make_rule_tables() $fn$;
COMMENT ON FUNCTION dynasty_ops._make_tables() IS 'Internal: makes every table of operations that is missing, and names those it made.';

-- The four triggers of cache notices on a table.
CREATE FUNCTION dynasty_ops._attach_cache_notices(relation text, of_others boolean DEFAULT false) RETURNS text[]
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT dynasty._make_trigger(relation, 'cache_notify_insert', 'AFTER INSERT', 'REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT', 'dynasty_ops.cache_notify', t.body, of_others)
        || dynasty._make_trigger(relation, 'cache_notify_update', 'AFTER UPDATE', 'REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT', 'dynasty_ops.cache_notify', t.body, of_others)
        || dynasty._make_trigger(relation, 'cache_notify_delete', 'AFTER DELETE', 'REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT', 'dynasty_ops.cache_notify', t.body, of_others)
        || dynasty._make_trigger(relation, 'cache_notify_truncate', 'AFTER TRUNCATE', 'FOR EACH STATEMENT', 'dynasty_ops.cache_notify', t.body, of_others)
    FROM (SELECT 'Tells channel dynasty_cache which keys are stale.'::text AS body) t
$fn$;
COMMENT ON FUNCTION dynasty_ops._attach_cache_notices(text, boolean) IS 'Internal: the triggers of cache notices, those that a table has not.';

CREATE FUNCTION dynasty_ops.enable_cache_notices(p_schema text, p_table text) RETURNS text[]
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    relation CONSTANT oid := to_regclass(format('%I.%I', p_schema, p_table));
BEGIN
    IF p_schema IS NULL OR p_table IS NULL THEN
        RETURN NULL;
    ELSIF pg_is_in_recovery() THEN
        RAISE EXCEPTION 'enable_cache_notices: a standby has the triggers of its primary' USING ERRCODE = 'read_only_sql_transaction';
    ELSIF NOT EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.oid = relation AND c.relkind IN ('r', 'p')) THEN
        RAISE EXCEPTION 'enable_cache_notices: there is no table %.%', dynasty._short(p_schema), dynasty._short(p_table) USING ERRCODE = 'invalid_parameter_value';
    ELSIF NOT EXISTS (SELECT FROM dynasty_ops.cache_rules r WHERE r.schema_name = p_schema AND r.table_name = p_table) THEN
        RAISE EXCEPTION 'enable_cache_notices: %.% has no rule', dynasty._short(p_schema), dynasty._short(p_table) USING ERRCODE = 'object_not_in_prerequisite_state',
            HINT = 'INSERT INTO dynasty_ops.cache_rules (schema_name, table_name, key_template, ttl_seconds) first.';
    END IF;
    -- The code that will run is ours, whoever owns the table.
    RETURN dynasty_ops._attach_cache_notices(format('%I.%I', p_schema, p_table), true);
END
$fn$;
COMMENT ON FUNCTION dynasty_ops.enable_cache_notices(text, text) IS
'Attaches cache_notify() to a table of one''s own that has a row in cache_rules, and names the triggers it made (none, where they are there). The tables of the systems have theirs. NULL for NULL. Errors: 22023 no such table; 25006 on a standby; 42501 no right to make triggers on it; 55000 no rule for it.';

CREATE FUNCTION dynasty_ops._make_triggers() RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    made text[] := dynasty._make_trigger('dynasty_ops.alert_thresholds'::text, 'set_updated_at'::text, 'BEFORE UPDATE'::text, 'FOR EACH ROW'::text,
                                         'dynasty_ops.set_updated_at'::text, 'Keeps updated_at.'::text);
    item record;
BEGIN
    -- Of the tables of the systems alone: what else has a rule is its owner's to enable.
    IF dynasty._mine('dynasty_ops.cache_rules'::text) THEN
        FOR item IN
            SELECT DISTINCT format('%I.%I', o.schema, o.relation) AS relation
            FROM dynasty_ops.cache_rules r JOIN dynasty._our_relations() o ON o.schema = r.schema_name AND o.relation = r.table_name
            JOIN pg_catalog.pg_class c ON c.oid = o.id AND c.relkind IN ('r', 'p')
            ORDER BY 1
        LOOP
            made := made || dynasty_ops._attach_cache_notices(item.relation);
        END LOOP;
    END IF;
    RETURN made;
END
$fn$;
COMMENT ON FUNCTION dynasty_ops._make_triggers() IS 'Internal: attaches the triggers of operations that are missing, and names them.';

CREATE FUNCTION dynasty_ops._pending() RETURNS text[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    gaps boolean := to_regclass('dynasty_ops.alert_thresholds') IS NOT NULL AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_trigger t WHERE t.tgrelid = to_regclass('dynasty_ops.alert_thresholds') AND t.tgfoid = to_regprocedure('dynasty_ops.set_updated_at()'));
BEGIN
    IF NOT gaps AND dynasty._plain_table('dynasty_ops.cache_rules'::text) AND has_table_privilege('dynasty_ops.cache_rules', 'SELECT') THEN
        gaps := EXISTS (
            SELECT FROM dynasty_ops.cache_rules r JOIN dynasty._our_relations() o ON o.schema = r.schema_name AND o.relation = r.table_name
            JOIN pg_catalog.pg_class c ON c.oid = o.id AND c.relkind IN ('r', 'p')
            WHERE 4 > (SELECT count(*) FROM pg_catalog.pg_trigger t WHERE t.tgrelid = c.oid AND t.tgfoid = to_regprocedure('dynasty_ops.cache_notify()')));
    END IF;
    RETURN CASE WHEN gaps THEN ARRAY[$q$CALL dynasty.install('ops')$q$] ELSE '{}'::text[] END;
END
$fn$;
COMMENT ON FUNCTION dynasty_ops._pending() IS 'Internal, of migration_status(): whether triggers of operations are missing.';

-- Whoever calls a public function calls these with his own rights; the schema is closed to who has no role.
GRANT EXECUTE ON FUNCTION dynasty_ops._percent(numeric, numeric), dynasty_ops._failure_rate(bigint, bigint, bigint, bigint), dynasty_ops._disk_usage(),
    dynasty_ops._statements_schema(text), dynasty_ops._sizes(oid), dynasty_ops._leads(int2[], int2[]), dynasty_ops._cache_value(text), dynasty_ops._cache_key(text, jsonb),
    dynasty_ops._outside_subselects(text), dynasty_ops._relation(text), dynasty_ops._partman_schema(), dynasty_ops._partman_name(oid), dynasty_ops._in_partman(text), dynasty_ops._bounds(oid),
    dynasty_ops._count_rows(oid), dynasty_ops._measure(text), dynasty_ops._default_rows(), dynasty_ops._tables_missing(), dynasty_ops._measures_of_systems(),
    dynasty_ops._thresholds(), dynasty_ops._hint(text), dynasty_ops._alert_fires(numeric, numeric), dynasty_ops._health_part(text), dynasty_ops._report(jsonb, jsonb), dynasty_ops._label(text),
    dynasty_ops._statement_totals(), dynasty_ops._samples(), dynasty_ops._relations(), dynasty_ops._verify(), dynasty_ops._pending() TO PUBLIC;
