-- Whatever is bounded by captured_at looks into the partitions of that time alone: by EXPLAIN where a plan can be seen, and for functions by
-- what the server counts of the partitions' scans.
\set VERBOSITY terse
SET client_min_messages = warning;
SET timezone = 'UTC';

DO $$
BEGIN
    FOR n IN 0..29 LOOP
        EXECUTE format('CREATE TABLE dynasty_odds.odds_snapshots_p%s PARTITION OF dynasty_odds.odds_snapshots FOR VALUES FROM (%L) TO (%L)', n + 1, '2025-03-01'::date + n, '2025-03-02'::date + n);
        EXECUTE format('CREATE TABLE dynasty_odds.market_odds_p%s PARTITION OF dynasty_odds.market_odds FOR VALUES FROM (%L) TO (%L)', n + 1, '2025-03-01'::date + n, '2025-03-02'::date + n);
    END LOOP;
END $$;
-- Games of a month ahead, looked at for the whole of it, by one bookmaker; and a board of the last day.
SELECT count(*) FROM dynasty_odds.simulate_board(4, 1, 718, 1, '2025-03-31 00:00+00');
SELECT count(*) FROM dynasty_odds.simulate_board(10, 4, 6, 2, '2025-03-30 20:00+00');
ANALYZE dynasty_odds.odds_snapshots;
ANALYZE dynasty_odds.market_odds;
SELECT count(DISTINCT tableoid) AS days FROM dynasty_odds.market_odds;

-- A table bounded: constants, an expression that is known when execution begins, a prepared statement whose plan is generic.
CREATE FUNCTION pg_temp.plan(statement text) RETURNS TABLE (line text) LANGUAGE plpgsql AS $$
DECLARE
    plan jsonb;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT json, COSTS off) ' || statement INTO plan;
    RETURN QUERY SELECT DISTINCT r #>> '{}' FROM jsonb_path_query(plan, 'strict $.**."Relation Name"') r
    UNION ALL SELECT 'removed ' || (r #>> '{}') FROM jsonb_path_query(plan, 'strict $.**."Subplans Removed"') r WHERE r <> '0' ORDER BY 1;
END $$;
SELECT * FROM pg_temp.plan($$SELECT count(*) FROM dynasty_odds.market_odds WHERE captured_at >= '2025-03-10' AND captured_at < '2025-03-11'$$);
SELECT * FROM pg_temp.plan($$SELECT * FROM dynasty_odds.odds_snapshots WHERE event_id = 1 AND captured_at >= '2025-03-10' AND captured_at < '2025-03-12'$$);
SELECT * FROM pg_temp.plan($$SELECT count(*) FROM dynasty_odds.market_odds WHERE captured_at >= '2025-03-10'::timestamptz AND captured_at < '2025-03-10'::timestamptz + '1 day'::interval$$);
SET plan_cache_mode = force_generic_plan;
PREPARE bounded (timestamptz, timestamptz) AS SELECT count(*) FROM dynasty_odds.market_odds WHERE event_id = 1 AND captured_at >= $1 AND captured_at < $2;
SELECT * FROM pg_temp.plan($$EXECUTE bounded('2025-03-10', '2025-03-11')$$);
RESET plan_cache_mode;
-- export_odds() is inlined, so that a cursor over it streams from the partitions that it needs.
SELECT * FROM pg_temp.plan($$SELECT * FROM dynasty_odds.export_odds('2025-03-10', '2025-03-11')$$);

-- Functions: which partitions were scanned, of each table. Counted since the transaction began.
CREATE FUNCTION pg_temp.looks(statement text) RETURNS TABLE (parent text, days text) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'CREATE TEMP TABLE before ON COMMIT DROP AS SELECT relid, coalesce(seq_scan, 0) + coalesce(idx_scan, 0) AS n FROM pg_stat_xact_user_tables WHERE schemaname = ''dynasty_odds''';
    EXECUTE 'SELECT count(*) FROM ' || statement INTO STRICT parent;
    RETURN QUERY SELECT x.parent, string_agg(x.day, ' ' ORDER BY length(x.day), x.day) FROM (
        SELECT regexp_replace(a.relname, '_(p\d+|default)$', '') AS parent, substring(a.relname FROM '_(p\d+|default)$') AS day
        FROM pg_stat_xact_user_tables a LEFT JOIN before b USING (relid)
        WHERE a.schemaname = 'dynasty_odds' AND a.relname ~ '_(p\d+|default)$' AND coalesce(a.seq_scan, 0) + coalesce(a.idx_scan, 0) > coalesce(b.n, 0)) x GROUP BY 1 ORDER BY 1;
    DROP TABLE before;
END $$;
SELECT min(id) AS game, (SELECT k.key FROM dynasty_odds.market_odds m JOIN dynasty_odds.market_kinds k ON k.id = m.market_kind_id WHERE m.event_id = min(e.id) AND k.key IN ('h2h', '1x2') LIMIT 1) AS market
FROM dynasty_odds.events e WHERE status = 'scheduled' AND sportradar_id LIKE 'simulated:1:%' \gset
-- What is fresh.
SELECT * FROM pg_temp.looks(format('dynasty_odds.best_odds(%s, %L, %L)', :game, :'market', '2025-03-10 12:00+00'));
SELECT * FROM pg_temp.looks(format('dynasty_odds.consensus(%s, %L, %L)', :game, :'market', '2025-03-10 12:00+00'));
SELECT * FROM pg_temp.looks(format('dynasty_odds.scan_value(%L, -1)', '2025-03-30 20:00+00'));
SELECT * FROM pg_temp.looks(format('dynasty_odds.scan_arbitrage(%L, -1)', '2025-03-30 20:00+00'));
-- What lies between two times.
SELECT * FROM pg_temp.looks(format('dynasty_odds.price_bars(%s, %L, %L, NULL, %L, %L)', :game, :'market', '1 hour', '2025-03-10', '2025-03-12'));
-- What was shown at a time: prices of that day, snapshots of that day and what is before it, never of later ones.
SELECT parent, days FROM pg_temp.looks(format('dynasty_odds.odds_at(%s, %L)', :game, '2025-03-10 12:00+00')) WHERE parent = 'market_odds';
SELECT days !~ 'p(1[1-9]|2\d|30)' AS nothing_later FROM pg_temp.looks(format('dynasty_odds.odds_at(%s, %L)', :game, '2025-03-10 12:00+00')) WHERE parent = 'odds_snapshots';
SELECT parent, days !~ 'p(1[3-9]|2\d|30)' AS nothing_later FROM pg_temp.looks(format('dynasty_odds.line_movement(%s, %L, NULL, %L, %L)', :game, :'market', '2025-03-10', '2025-03-12'));
