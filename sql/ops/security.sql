-- Ways in that somebody left open, and who may do what. Reads the catalogue alone.

-- A policy's expression without the subselects, which are evaluated once, and without its texts; what is left is evaluated row by row.
CREATE FUNCTION dynasty_ops._outside_subselects(expression text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    rest text := regexp_replace(expression, $q$'([^']|'')*'|"([^"]|"")*"$q$, '', 'g');
    before text;
BEGIN
    -- From the innermost pair of parentheses outwards: a subselect goes, another pair becomes brackets.
    LOOP
        before := rest;
        rest := regexp_replace(rest, '\(\s*SELECT\y[^()]*\)', ' ', 'gi');
        rest := regexp_replace(rest, '\((?!\s*SELECT\y)([^()]*)\)', '<\1>', 'gi');
        EXIT WHEN rest IS NOT DISTINCT FROM before;
    END LOOP;
    RETURN rest;
END
$fn$;
COMMENT ON FUNCTION dynasty_ops._outside_subselects(text) IS 'Internal, of security_report(): what of an expression is evaluated for every row.';

CREATE FUNCTION dynasty_ops.security_report(schema_like text DEFAULT 'dynasty%') RETURNS TABLE (check_name text, severity text, object text, hint text)
LANGUAGE sql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
    WITH relations AS (
        SELECT c.*, n.nspname, c.oid::regclass::text AS name,
               c.relkind IN ('r', 'p') AND EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'user_id' AND NOT a.attisdropped) AS of_users
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname LIKE schema_like
    ), policies AS (
        SELECT p.polname, r.name, dynasty_ops._outside_subselects(concat_ws(' ', pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))) AS each_row
        FROM pg_catalog.pg_policy p JOIN relations r ON r.oid = p.polrelid
    ), functions AS (
        SELECT p.*, p.oid::regprocedure::text AS name, has_function_privilege('public', p.oid, 'EXECUTE') AS open
        FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname LIKE schema_like
    ), guarded AS ( -- tables with row-level security, and their partitions
        SELECT r.oid, r.name FROM relations r WHERE r.relrowsecurity
    ), ours AS (
        SELECT o.rolname, o.rolsuper, o.rolbypassrls FROM pg_catalog.pg_roles o
        WHERE o.rolname LIKE 'dynasty\_%' OR NOT o.rolsuper AND EXISTS (
            SELECT FROM pg_catalog.pg_roles g WHERE g.rolname IN ('dynasty_reader', 'dynasty_ingest', 'dynasty_app', 'dynasty_monitor') AND pg_has_role(o.oid, g.oid, 'MEMBER'))
    ), findings AS (
        SELECT 1 AS ord, 'user_rows_without_rls' AS check_name, 'critical' AS severity, r.name AS object,
               format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY;', r.name) AS hint
        FROM relations r WHERE r.of_users AND NOT r.relrowsecurity AND NOT r.relispartition
        UNION ALL
        SELECT 2, 'rls_without_policy', 'warning', r.name, 'No policy: only the owner and who bypasses row-level security see a row.'
        FROM relations r WHERE r.of_users AND r.relrowsecurity AND NOT r.relispartition AND NOT EXISTS (SELECT FROM pg_catalog.pg_policy p WHERE p.polrelid = r.oid)
        UNION ALL
        SELECT 3, 'policy_per_row', 'warning', format('policy %I on %s', p.polname, p.name), 'Write the call as (SELECT ...): it is then evaluated once per statement.'
        FROM policies p WHERE p.each_row ~* '\y(current_user_id|current_setting|is_admin|sees_all)\s*<'
        UNION ALL
        SELECT 4, 'definer_search_path', 'critical', f.name, format('ALTER ROUTINE %s SET search_path = pg_catalog, pg_temp;', f.name)
        FROM functions f WHERE f.prosecdef AND NOT EXISTS (SELECT FROM unnest(f.proconfig) c WHERE c LIKE 'search_path=%')
        UNION ALL
        SELECT 5, 'definer_open', 'critical', f.name, format('REVOKE EXECUTE ON ROUTINE %s FROM PUBLIC;', f.name)
        FROM functions f WHERE f.prosecdef AND f.open
        UNION ALL
        SELECT 6, 'view_over_rls', 'critical', r.name, format('ALTER VIEW %s SET (security_invoker = true);', r.name)
        FROM relations r
        WHERE r.relkind = 'v' AND NOT coalesce((SELECT o.option_value::boolean FROM pg_options_to_table(r.reloptions) o WHERE o.option_name = 'security_invoker'), false)
          AND EXISTS (SELECT FROM pg_catalog.pg_rewrite w JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = w.oid
                      WHERE w.ev_class = r.oid AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid IN (SELECT g.oid FROM guarded g))
        UNION ALL
        SELECT 7, 'granted_to_public', 'critical', format('schema %I', n.nspname), format('REVOKE ALL ON SCHEMA %I FROM PUBLIC;', n.nspname)
        FROM pg_catalog.pg_namespace n WHERE n.nspname LIKE schema_like AND EXISTS (SELECT FROM aclexplode(n.nspacl) a WHERE a.grantee = 0)
        UNION ALL
        SELECT 7, 'granted_to_public', 'critical', r.name, format('REVOKE ALL ON %s%s FROM PUBLIC;', CASE r.relkind WHEN 'S' THEN 'SEQUENCE ' ELSE '' END, r.name)
        FROM relations r
        WHERE EXISTS (SELECT FROM aclexplode(r.relacl) a WHERE a.grantee = 0)
           OR EXISTS (SELECT FROM pg_catalog.pg_attribute t, aclexplode(t.attacl) a WHERE t.attrelid = r.oid AND NOT t.attisdropped AND a.grantee = 0)
        UNION ALL
        SELECT 7, 'granted_to_public', 'critical', f.name, format('REVOKE EXECUTE ON ROUTINE %s FROM PUBLIC;', f.name)
        FROM functions f WHERE f.provolatile = 'v' AND NOT f.prosecdef AND f.open AND NOT starts_with(f.proname, '_')
        UNION ALL
        SELECT 8, 'grant_on_partition', 'critical', r.name, format('A partition has no policies of its own: REVOKE ALL ON %s FROM %s;', r.name, coalesce(quote_ident(o.rolname), 'PUBLIC'))
        FROM relations r CROSS JOIN LATERAL (SELECT DISTINCT a.grantee FROM aclexplode(r.relacl) a WHERE a.grantee <> r.relowner) a
        LEFT JOIN pg_catalog.pg_roles o ON o.oid = a.grantee
        WHERE r.relispartition AND r.relkind IN ('r', 'p')
          AND EXISTS (SELECT FROM pg_partition_ancestors(r.oid) p (oid) JOIN guarded g ON g.oid = p.oid::oid WHERE p.oid::oid <> r.oid)
        UNION ALL
        SELECT 9, 'role_above_rls', 'critical', format('role %I', o.rolname), format('ALTER ROLE %I NOSUPERUSER NOBYPASSRLS;', o.rolname)
        FROM ours o WHERE o.rolsuper OR o.rolbypassrls
        UNION ALL
        SELECT 10, 'secret_in_settings', 'critical', concat(split_part(c.setting, '=', 1), ' of role ' || quote_ident(o.rolname), ' in database ' || quote_ident(d.datname)),
               'Everybody who may log in reads pg_db_role_setting: keep it in the application.'
        FROM pg_catalog.pg_db_role_setting s CROSS JOIN LATERAL unnest(s.setconfig) c (setting)
        LEFT JOIN pg_catalog.pg_roles o ON o.oid = s.setrole LEFT JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase
        WHERE (s.setdatabase = 0 OR d.datname = current_database()) AND split_part(c.setting, '=', 1) ~* '(secret|passw|passphrase|token|credential|private|_key|\.key)'
          AND split_part(c.setting, '=', 1) !~* '^(ssl_|password_encryption|krb_)'
        UNION ALL
        SELECT 11, 'parameters_logged', 'warning', CASE WHEN current_setting('log_statement') = 'all' THEN 'log_statement' ELSE 'log_min_duration_statement' END,
               'The log would hold the values of statements: SET log_parameter_max_length = 0.'
        WHERE (current_setting('log_statement') = 'all' OR (SELECT s.setting::bigint FROM pg_catalog.pg_settings s WHERE s.name = 'log_min_duration_statement') >= 0)
          AND (SELECT s.setting::bigint FROM pg_catalog.pg_settings s WHERE s.name = 'log_parameter_max_length') <> 0)
    SELECT f.check_name, f.severity, f.object, f.hint FROM findings f ORDER BY f.ord, f.object COLLATE "C", f.hint COLLATE "C"
$fn$;
COMMENT ON FUNCTION dynasty_ops.security_report(text) IS
'Ways in that were left open in schemas LIKE schema_like: tables with a user_id without row-level security or policies, policies evaluated row by row, definer functions without a search_path or open to all, views that go around row-level security, what everybody was granted, grants on partitions of guarded tables, roles of ours (and members of theirs) above row-level security, secrets in settings, parameters in the log. No row where all is closed, as after CREATE EXTENSION, and for NULL.';

CREATE FUNCTION dynasty_ops.grants_report() RETURNS TABLE (role text, object text, privs text)
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
    WITH acls AS (
        SELECT format('schema %I', n.nspname) AS object, n.nspacl AS acl, n.nspowner AS owner FROM pg_catalog.pg_namespace n WHERE n.nspname LIKE 'dynasty%'
        UNION ALL
        SELECT c.oid::regclass::text, c.relacl, c.relowner
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname LIKE 'dynasty%' AND c.relkind <> 'i'
        UNION ALL
        SELECT format('%s.%I', c.oid::regclass, a.attname), a.attacl, c.relowner
        FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname LIKE 'dynasty%' AND a.attacl IS NOT NULL AND NOT a.attisdropped
        UNION ALL
        SELECT p.oid::regprocedure::text, p.proacl, p.proowner
        FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname LIKE 'dynasty%')
    SELECT coalesce(o.rolname, 'PUBLIC'), a.object, string_agg(DISTINCT e.privilege_type || CASE WHEN e.is_grantable THEN '*' ELSE '' END, ', ')
    FROM acls a CROSS JOIN LATERAL aclexplode(a.acl) e LEFT JOIN pg_catalog.pg_roles o ON o.oid = e.grantee
    WHERE e.grantee <> a.owner
    GROUP BY 1, 2 ORDER BY 1, 2
$fn$;
COMMENT ON FUNCTION dynasty_ops.grants_report() IS
'Who was granted what in the schemas dynasty%, owners left out: schemas, tables, views, sequences, columns, functions; * = he may grant it on. What everybody may by default (to call a function nobody has closed) is not in it.';
