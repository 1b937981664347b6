-- Bulk reads. Inlined, so that a server-side cursor streams from the partitions.

CREATE FUNCTION dynasty_odds.export_odds(from_at timestamptz, to_at timestamptz)
RETURNS TABLE (id bigint, snapshot_id bigint, captured_at timestamptz, event_id integer, bookmaker_id integer, market_kind_id smallint, period smallint,
               line numeric, outcome character varying, price numeric, is_suspended boolean)
LANGUAGE sql STABLE PARALLEL SAFE AS $fn$
    SELECT m.id, m.snapshot_id, m.captured_at, m.event_id, m.bookmaker_id, m.market_kind_id, m.period, m.line, m.outcome, m.price, m.is_suspended
    FROM dynasty_odds.market_odds m
    WHERE m.captured_at OPERATOR(pg_catalog.>=) export_odds.from_at AND m.captured_at OPERATOR(pg_catalog.<) export_odds.to_at
    ORDER BY m.captured_at, m.id
$fn$;
COMMENT ON FUNCTION dynasty_odds.export_odds(timestamptz, timestamptz) IS
'The prices captured from one time to before another, in the order (captured_at, id), for keysets and cursors. No rows for NULL.';
