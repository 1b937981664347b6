-- What an outside cache is told: which keys a statement made stale. And the trigger functions that the systems share.

-- A value inside a key: what would mean something to a cache's pattern, or break a line, is percent-encoded, byte by byte of UTF-8, so
-- that a user's `*` does not flush what is others'.
CREATE FUNCTION dynasty_ops._cache_value(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT CASE WHEN value COLLATE "C" !~ '[][%:*?{}\\[:space:][:cntrl:]]' THEN value
                ELSE (SELECT string_agg(CASE WHEN c.c COLLATE "C" ~ '[][%:*?{}\\[:space:][:cntrl:]]'
                                             THEN (SELECT string_agg('%' || upper(lpad(to_hex(get_byte(b.b, i)), 2, '0')), '' ORDER BY i)
                                                   FROM (SELECT convert_to(c.c, 'UTF8') AS b) b, generate_series(0, length(b.b) - 1) i)
                                             ELSE c.c END, '' ORDER BY c.ord)
                      FROM string_to_table(value, NULL) WITH ORDINALITY c (c, ord)) END
$fn$;
COMMENT ON FUNCTION dynasty_ops._cache_value(text) IS 'Internal: a value as it stands in a key of the cache: percent-encoded where it holds a sign of a pattern, a colon, a blank or a control character.';

CREATE FUNCTION dynasty_ops._cache_key(key_template text, row_data jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    key text := '';
    rest text := key_template;
    part text[];
BEGIN
    LOOP
        part := regexp_match(rest, '^([^{]*)\{([^{}]*)\}(.*)$');
        EXIT WHEN part IS NULL;
        key := key || part[1] || coalesce(nullif(dynasty_ops._cache_value(row_data ->> part[2]), ''), '*');
        rest := part[3];
    END LOOP;
    RETURN key || rest;
END
$fn$;
COMMENT ON FUNCTION dynasty_ops._cache_key(text, jsonb) IS 'Internal: the key of a row by a template; * for a value that is missing, NULL or empty.';

CREATE FUNCTION dynasty_ops.cache_keys(p_schema text, p_table text, row_data jsonb) RETURNS text[]
LANGUAGE sql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT ARRAY(SELECT DISTINCT dynasty_ops._cache_key(r.key_template, row_data) AS key FROM dynasty_ops.cache_rules r
                 WHERE r.schema_name = p_schema AND r.table_name = p_table AND r.enabled ORDER BY key)
$fn$;
COMMENT ON FUNCTION dynasty_ops.cache_keys(text, text, jsonb) IS
'The keys of an outside cache that a row of a table makes stale, by cache_rules: {column} in a template is the row''s value, percent-encoded where it holds %, :, *, ?, brackets, braces, \, blanks or control characters; * where it is missing or null. Empty without a rule. NULL for a NULL argument.';

-- The notice of a statement. Reads the rules with the rights of its owner, since whoever writes the table may not see them; and therefore
-- nothing of a row but columns of built-in types: a cast of somebody else's would run with these rights.
CREATE FUNCTION dynasty_ops.cache_notify() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    keys text[] := '{}';
    rule record;
    names text[];
    source text;
    changed jsonb[];
    found text[];
    body text;
BEGIN
    IF TG_LEVEL <> 'STATEMENT' OR TG_WHEN <> 'AFTER' THEN
        RAISE EXCEPTION 'trigger "%" of table %: dynasty_ops.cache_notify() wants AFTER and FOR EACH STATEMENT', dynasty._short(TG_NAME::text), TG_RELID::regclass USING ERRCODE = '39P01';
    END IF;
    FOR rule IN
        SELECT r.key_template, substring(r.key_template FROM '^[^{*]*') || '*' AS everything FROM dynasty_ops.cache_rules r
        WHERE r.schema_name = TG_TABLE_SCHEMA AND r.table_name = TG_TABLE_NAME AND r.enabled ORDER BY r.id
    LOOP
        IF TG_OP = 'TRUNCATE' THEN
            keys := keys || rule.everything;
            CONTINUE;
        END IF;
        SELECT coalesce(array_agg(DISTINCT a.attname::text), '{}') INTO names
        FROM regexp_matches(rule.key_template, '\{([^{}]*)\}', 'g') m (part)
        JOIN pg_catalog.pg_attribute a ON a.attrelid = TG_RELID AND a.attname = m.part[1] AND a.attnum > 0 AND NOT a.attisdropped
        WHERE a.atttypid < 16384;
        SELECT string_agg(format('SELECT %s AS row_data FROM %s', CASE WHEN names = '{}' THEN $q$'{}'::jsonb$q$
                   ELSE 'jsonb_build_object(' || (SELECT string_agg(format('%L, t.%I', n, n), ', ') FROM unnest(names) n) || ')' END, t.name || ' t'), ' UNION ')
        INTO source
        FROM unnest(CASE TG_OP WHEN 'INSERT' THEN '{new_rows}' WHEN 'DELETE' THEN '{old_rows}' ELSE '{old_rows,new_rows}' END::text[]) t (name);
        -- A key is made of each different row, not of every row, and of none where they are too many anyway (two may give one key: NULL and '' do).
        EXECUTE format('SELECT ARRAY(SELECT DISTINCT s.row_data FROM (%s) s LIMIT 201)', source) INTO changed;
        IF cardinality(changed) <= 200 THEN
            found := ARRAY(SELECT DISTINCT dynasty_ops._cache_key(rule.key_template, c) FROM unnest(changed) c);
        END IF;
        keys := keys || CASE WHEN cardinality(changed) > 200 OR cardinality(found) > 100 THEN ARRAY[rule.everything] ELSE found END;
    END LOOP;
    keys := ARRAY(SELECT DISTINCT k FROM unnest(keys) k ORDER BY k);
    IF keys = '{}' THEN
        RETURN NULL;
    END IF;
    body := dynasty_ops._cache_notice(TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_OP, keys);
    -- A notice has at most 7999 bytes in the server's encoding.
    IF cardinality(keys) > 100 OR octet_length(body) > 7500 THEN
        keys := ARRAY(SELECT DISTINCT substring(r.key_template FROM '^[^{*]*') || '*' FROM dynasty_ops.cache_rules r
                      WHERE r.schema_name = TG_TABLE_SCHEMA AND r.table_name = TG_TABLE_NAME AND r.enabled ORDER BY 1);
        body := dynasty_ops._cache_notice(TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_OP, keys);
        IF octet_length(body) > 7500 THEN
            body := dynasty_ops._cache_notice(TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_OP, '{*}'::text[]);
        END IF;
    END IF;
    PERFORM pg_notify('dynasty_cache', body);
    RETURN NULL;
END
$fn$;
COMMENT ON FUNCTION dynasty_ops.cache_notify() IS
'Trigger, after each statement: tells channel dynasty_cache which keys of an outside cache it made stale, by cache_rules: {"schema", "table", "op", "keys"}. More than 100 keys, or 7,500 bytes, become the prefix of their template and *; TRUNCATE sends that too. Nothing changed, or no rule: no notice. Wants the transition tables old_rows and new_rows. Errors: 39P01 attached otherwise.';

CREATE FUNCTION dynasty_ops._cache_notice(p_schema text, p_table text, op text, keys text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT jsonb_build_object('schema', p_schema, 'table', p_table, 'op', op, 'keys', to_jsonb(keys))::text
$fn$;
COMMENT ON FUNCTION dynasty_ops._cache_notice(text, text, text, text[]) IS 'Internal, of cache_notify(): the text of a notice.';

CREATE FUNCTION dynasty_ops.set_updated_at() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END
$fn$;
COMMENT ON FUNCTION dynasty_ops.set_updated_at() IS 'Trigger, before the update of a row: its updated_at is the time of the transaction.';

CREATE FUNCTION dynasty_ops.forbid_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    RAISE EXCEPTION '% of % is forbidden: its rows stay as they were written', TG_OP, TG_RELID::regclass USING ERRCODE = 'restrict_violation';
END
$fn$;
COMMENT ON FUNCTION dynasty_ops.forbid_change() IS 'Trigger: an error (23001). For tables that are only appended to.';
