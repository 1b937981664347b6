-- Offers become snapshots: full ones with their prices, or a pointer to the last full one with the same content. (Contract 2.)

-- p_offers: [{b, event_id, bookmaker_id, hash, markets, updated, raw}]; p_quotes: [{b, m, p, l, o, x, s}]. A row per offer comes back:
-- is_new says whether a snapshot was written, a problem that another offer stands there.
CREATE FUNCTION dynasty_odds._store_offers(p_caller text, p_offers jsonb, p_quotes jsonb, p_at timestamptz, p_run bigint, p_scope text)
RETURNS TABLE (b integer, snapshot_id bigint, is_new boolean, is_unchanged boolean, odds_rows integer, problem text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
#variable_conflict use_column
DECLARE
    day timestamptz := date_trunc('day', p_at, 'UTC');
    kind text;
    ids bigint[];
    offers integer[];
    unchanged boolean[];
BEGIN
    -- Looked up first: a conflict burns a number, and there are 32,767.
    FOR kind IN
        INSERT INTO dynasty_odds.market_kinds (key, name, has_line, side)
        SELECT q.m, q.m, bool_or(q.l IS NOT NULL), CASE WHEN q.m LIKE '%\_lay' THEN 'lay' ELSE 'back' END
        FROM jsonb_to_recordset(p_quotes) AS q (m text, l numeric)
        WHERE NOT EXISTS (SELECT FROM dynasty_odds.market_kinds k WHERE k.key = q.m)
        GROUP BY q.m ORDER BY q.m COLLATE "C" ON CONFLICT DO NOTHING RETURNING key
    LOOP
        RAISE NOTICE '%: market kind % is new: added with an open set of outcomes', p_caller, dynasty._short(kind);
    END LOOP;
    -- What is old may be on its way out (purge): held until the end, what is pointed to stays; the live day's full ones are in nobody's way.
    IF p_at < now() - '1 day'::interval THEN
        PERFORM FROM jsonb_to_recordset(p_offers) AS o (event_id integer, bookmaker_id integer, hash bigint)
        JOIN dynasty_odds.odds_snapshots s ON s.event_id = o.event_id AND s.bookmaker_id = o.bookmaker_id AND s.scope = p_scope AND s.content_hash = o.hash
        WHERE s.captured_at >= day AND s.captured_at > p_at - '6 hours'::interval AND s.captured_at < p_at AND NOT s.is_unchanged
        ORDER BY s.id FOR KEY SHARE OF s;
    END IF;
    -- In the order of the keys, so that two sessions with the same events wait for each other and no more.
    WITH given AS (
        SELECT DISTINCT ON (o.event_id, o.bookmaker_id) o.*, k.dedupe, k.keep_raw
        FROM jsonb_to_recordset(p_offers) AS o (b integer, event_id integer, bookmaker_id integer, hash bigint, markets smallint, updated bigint, raw jsonb)
        JOIN dynasty_odds.bookmakers k ON k.id = o.bookmaker_id
        ORDER BY o.event_id, o.bookmaker_id, o.b
    ), written AS (
        INSERT INTO dynasty_odds.odds_snapshots (event_id, bookmaker_id, scope, captured_at, source_updated_at, raw_response, scrape_run_id, content_hash,
                                                 is_unchanged, same_as_id, same_as_captured_at, market_count)
        SELECT g.event_id, g.bookmaker_id, p_scope, p_at, dynasty_odds._moment(g.updated),
               CASE WHEN g.keep_raw = 'all' OR g.keep_raw = 'changed' AND f.id IS NULL THEN g.raw END,
               p_run, g.hash, f.id IS NOT NULL, f.id, f.captured_at, g.markets
        FROM given g
        -- The newest before, of the same UTC day and of the last six hours: only from it can nothing have changed.
        LEFT JOIN LATERAL (
            SELECT CASE WHEN s.is_unchanged THEN s.same_as_id ELSE s.id END AS id, s.content_hash,
                   CASE WHEN s.is_unchanged THEN s.same_as_captured_at ELSE s.captured_at END AS captured_at
            FROM dynasty_odds.odds_snapshots s
            WHERE s.event_id = g.event_id AND s.bookmaker_id = g.bookmaker_id AND s.scope = p_scope
              AND s.captured_at >= day AND s.captured_at > p_at - '6 hours'::interval AND s.captured_at < p_at
            ORDER BY s.captured_at DESC LIMIT 1
        ) f ON g.dedupe AND f.content_hash = g.hash AND f.captured_at > p_at - '6 hours'::interval
        WHERE NOT EXISTS (SELECT FROM dynasty_odds.odds_snapshots s
                          WHERE s.event_id = g.event_id AND s.bookmaker_id = g.bookmaker_id AND s.scope = p_scope AND s.captured_at = p_at)
        ORDER BY g.event_id, g.bookmaker_id
        ON CONFLICT (event_id, bookmaker_id, scope, captured_at) DO NOTHING
        RETURNING id, event_id, bookmaker_id, is_unchanged
    )
    SELECT coalesce(array_agg(w.id), '{}'), coalesce(array_agg(g.b), '{}'), coalesce(array_agg(w.is_unchanged), '{}') INTO ids, offers, unchanged
    FROM written w JOIN given g ON g.event_id = w.event_id AND g.bookmaker_id = w.bookmaker_id;
    INSERT INTO dynasty_odds.market_odds (snapshot_id, captured_at, event_id, bookmaker_id, market_kind_id, period, line, outcome, price, is_suspended)
    SELECT w.id, p_at, o.event_id, o.bookmaker_id, k.id, q.p, q.l, q.o, q.x, q.s
    FROM ROWS FROM (jsonb_to_recordset(p_quotes) AS (b integer, m text, p smallint, l numeric, o text, x numeric, s boolean)) WITH ORDINALITY AS q (b, m, p, l, o, x, s, ord)
    JOIN unnest(ids, offers, unchanged) AS w (id, b, unchanged) ON w.b = q.b AND NOT w.unchanged
    JOIN jsonb_to_recordset(p_offers) AS o (b integer, event_id integer, bookmaker_id integer) ON o.b = q.b
    JOIN dynasty_odds.market_kinds k ON k.key = q.m
    ORDER BY q.ord;
    RETURN QUERY
    SELECT o.b, s.id, w.id IS NOT NULL, w.id IS NULL OR w.unchanged, CASE WHEN w.unchanged IS FALSE THEN coalesce(c.n, 0)::integer ELSE 0 END,
           CASE WHEN s.id IS NULL THEN 'the snapshot of this moment is being written by somebody else'
                WHEN w.id IS NULL AND s.content_hash <> o.hash THEN format('snapshot %s of this event, bookmaker and scope at %s has another content', s.id, p_at) END
    FROM jsonb_to_recordset(p_offers) AS o (b integer, event_id integer, bookmaker_id integer, hash bigint)
    LEFT JOIN unnest(ids, offers, unchanged) AS w (id, b, unchanged) ON w.b = o.b
    LEFT JOIN (SELECT q.b, count(*) AS n FROM jsonb_to_recordset(p_quotes) AS q (b integer) GROUP BY q.b) c ON c.b = o.b
    LEFT JOIN dynasty_odds.odds_snapshots s ON s.event_id = o.event_id AND s.bookmaker_id = o.bookmaker_id AND s.scope = p_scope AND s.captured_at = p_at
    ORDER BY o.b;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds._store_offers(text, jsonb, jsonb, timestamptz, bigint, text) IS 'Internal, of ingest() and record_snapshot(): offers become snapshots, full or unchanged; one that stands there already is left.';

CREATE FUNCTION dynasty_odds._check_moment(p_caller text, p_at timestamptz) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    IF p_at IS NULL THEN
        RAISE EXCEPTION '%: captured_at must not be null', p_caller USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF p_at > now() + '1 day'::interval THEN
        RAISE EXCEPTION '%: captured_at must be at most a day ahead, not %', p_caller, p_at USING ERRCODE = 'check_violation';
    END IF;
    IF NOT isfinite(p_at) THEN
        RAISE EXCEPTION '%: captured_at must be a point in time, not %', p_caller, p_at USING ERRCODE = 'invalid_parameter_value';
    END IF;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds._check_moment(text, timestamptz) IS 'Internal: the time of a snapshot is finite and at most a day ahead.';

CREATE FUNCTION dynasty_odds._check_scope(p_caller text, p_scope text) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    IF p_scope IS NULL THEN
        RAISE EXCEPTION '%: scope must not be null', p_caller USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF length(p_scope) > 32 THEN
        RAISE EXCEPTION '%: scope must be at most 32 characters, not %: %', p_caller, length(p_scope), dynasty._short(p_scope) USING ERRCODE = 'string_data_right_truncation';
    END IF;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds._check_scope(text, text) IS 'Internal: the scope of a snapshot fits.';

CREATE FUNCTION dynasty_odds._record_snapshot(p_event integer, p_book integer, p_odds jsonb, p_at timestamptz, p_raw jsonb, p_run bigint, p_scope text)
RETURNS TABLE (snapshot_id bigint, captured_at timestamptz, is_unchanged boolean, odds_rows integer)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
#variable_conflict use_column
DECLARE
    offer jsonb;
    result record;
    bytes integer;
BEGIN
    IF p_event IS NULL OR p_book IS NULL THEN
        RAISE EXCEPTION 'record_snapshot: % must not be null', CASE WHEN p_event IS NULL THEN 'event_id' ELSE 'bookmaker_id' END USING ERRCODE = 'null_value_not_allowed';
    END IF;
    PERFORM dynasty_odds._check_moment('record_snapshot', p_at);
    PERFORM dynasty_odds._check_scope('record_snapshot', p_scope);
    offer := dynasty_odds._read_offer(p_odds)::jsonb;
    SELECT x.name, length(x.text) AS length, x.text INTO result
    FROM jsonb_to_recordset(offer -> 'quotes') AS q (m text, o text), LATERAL (VALUES ('outcome', q.o), ('market', q.m)) x (name, text) WHERE length(x.text) > 64 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'record_snapshot: % must be at most 64 characters, not %: %', result.name, result.length, dynasty._short(result.text)
            USING ERRCODE = 'string_data_right_truncation';
    END IF;
    IF NOT EXISTS (SELECT FROM dynasty_odds.events e WHERE e.id = p_event) THEN
        RAISE EXCEPTION 'record_snapshot: there is no event %', p_event USING ERRCODE = 'foreign_key_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM dynasty_odds.bookmakers k WHERE k.id = p_book) THEN
        RAISE EXCEPTION 'record_snapshot: there is no bookmaker %', p_book USING ERRCODE = 'foreign_key_violation';
    END IF;
    IF p_run IS NOT NULL AND NOT EXISTS (SELECT FROM dynasty_odds.scrape_runs r WHERE r.id = p_run) THEN
        RAISE EXCEPTION 'record_snapshot: there is no run %', p_run USING ERRCODE = 'foreign_key_violation';
    END IF;
    bytes := octet_length(p_raw::text);
    IF bytes > 8388608 THEN
        RAISE EXCEPTION 'record_snapshot: raw must be at most 8388608 bytes, not %', bytes USING ERRCODE = 'invalid_parameter_value';
    ELSIF bytes > 65536 THEN
        RAISE NOTICE 'record_snapshot: raw has % bytes: large documents make snapshots slow to read', bytes;
    END IF;
    SELECT o.* INTO STRICT result
    FROM dynasty_odds._store_offers('record_snapshot',
        jsonb_build_array(jsonb_build_object('b', 0, 'event_id', p_event, 'bookmaker_id', p_book, 'hash', offer -> 'hash', 'markets', offer -> 'markets', 'raw', p_raw)),
        offer -> 'quotes', p_at, p_run, p_scope) o;
    IF result.problem IS NOT NULL THEN
        RAISE EXCEPTION 'record_snapshot: %', result.problem USING ERRCODE = 'unique_violation';
    END IF;
    IF p_run IS NOT NULL THEN
        UPDATE dynasty_odds.scrape_runs r
        SET snapshots_written = r.snapshots_written + result.is_new::integer, odds_written = r.odds_written + result.odds_rows, unchanged = r.unchanged + result.is_unchanged::integer
        WHERE r.id = p_run;
    END IF;
    IF result.is_new AND NOT result.is_unchanged THEN
        PERFORM dynasty_odds._tell_caches(ARRAY[p_event]);
    END IF;
    RETURN QUERY SELECT result.snapshot_id, p_at, result.is_unchanged, result.odds_rows;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds._record_snapshot(integer, integer, jsonb, timestamptz, jsonb, bigint, text) IS 'Internal: record_snapshot(), in whose language an argument and a column may not have one name.';

CREATE FUNCTION dynasty_odds.record_snapshot(event_id integer, bookmaker_id integer, odds jsonb, captured_at timestamptz DEFAULT now(), raw jsonb DEFAULT NULL,
                                             run_id bigint DEFAULT NULL, scope text DEFAULT '')
RETURNS TABLE (snapshot_id bigint, captured_at timestamptz, is_unchanged boolean, odds_rows integer)
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT r.snapshot_id, r.captured_at, r.is_unchanged, r.odds_rows FROM dynasty_odds._record_snapshot($1, $2, $3, $4, $5, $6, $7) r
$fn$;
COMMENT ON FUNCTION dynasty_odds.record_snapshot(integer, integer, jsonb, timestamptz, jsonb, bigint, text) IS
'Stores what a book offers on an event at a time, within a scope: [{"market", "period", "line", "outcome", "price", "suspended"}] as content_hash() reads it; [] = everything was withdrawn. Where the offer is that of the newest snapshot before, of the same UTC day and of the last six hours, only a pointer is stored (is_unchanged); bookmakers.dedupe false stores everything. The same again comes back as it stands, unchanged. Market kinds that are not known are added. raw stays where bookmakers.keep_raw says so.
Errors: those of content_hash(), with the path; 23503 no such event, bookmaker or run; 23505 another offer stands at that moment; 23514 captured_at more than a day ahead; 22001 an outcome or market of more than 64 characters, a scope of more than 32; 22023 raw of more than 8 MB; 22004 NULL.';

-- One notice per call, as many events as it changed (ops: no trigger on the large tables).
CREATE FUNCTION dynasty_odds._tell_caches(p_events integer[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    keys text[] := '{}';
BEGIN
    IF cardinality(p_events) = 0 OR NOT has_schema_privilege('dynasty_ops', 'USAGE') OR NOT has_table_privilege('dynasty_ops.cache_rules', 'SELECT') THEN
        RETURN;
    END IF;
    IF cardinality(p_events) <= 100 THEN
        keys := ARRAY(SELECT DISTINCT k FROM unnest(p_events) e (id), unnest(dynasty_ops.cache_keys('dynasty_odds', 'events', jsonb_build_object('id', e.id))) k ORDER BY k);
    END IF;
    IF cardinality(p_events) > 100 OR cardinality(keys) > 100 OR octet_length(array_to_string(keys, '","')) > 7000 THEN
        keys := ARRAY(SELECT DISTINCT substring(r.key_template FROM '^[^{*]*') || '*' FROM dynasty_ops.cache_rules r
                      WHERE r.schema_name = 'dynasty_odds' AND r.table_name = 'events' AND r.enabled ORDER BY 1);
    END IF;
    IF cardinality(keys) > 0 THEN
        PERFORM pg_notify('dynasty_cache', jsonb_build_object('schema', 'dynasty_odds', 'table', 'events', 'op', 'UPDATE', 'keys', to_jsonb(keys))::text);
    END IF;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds._tell_caches(integer[]) IS 'Internal: tells channel dynasty_cache of the events whose prices changed.';
