-- Payloads of the feeds, read (src/odds/feed.rs). What ingest writes, parse_odds shows.

CREATE FUNCTION dynasty_odds._read_odds(payload jsonb, source text, odds_format text) RETURNS text
LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'read_odds_wrapper';
COMMENT ON FUNCTION dynasty_odds._read_odds(jsonb, text, text) IS 'Internal, of parse_odds(): a payload of odds as a document in columns.';
GRANT EXECUTE ON FUNCTION dynasty_odds._read_odds(jsonb, text, text) TO PUBLIC;

CREATE FUNCTION dynasty_odds.parse_odds(payload jsonb, source text, odds_format text DEFAULT 'auto') RETURNS TABLE (
    event_ref text, bookmaker_key text, market text, period integer, line numeric, outcome text, price numeric, last_update timestamptz, is_suspended boolean
) LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    doc jsonb := dynasty_odds._read_odds(parse_odds.payload, parse_odds.source, parse_odds.odds_format)::jsonb;
BEGIN
    RETURN QUERY
    -- Microseconds since 1970, which a double holds.
    SELECT doc -> 'events' ->> k.n, k.key, q.m, q.p, q.l, q.o, q.x, to_timestamp(q.u::float8 / 1000000), q.s
    FROM ROWS FROM (jsonb_to_recordset(doc -> 'quotes') AS (b integer, m text, p integer, l numeric, o text, x numeric, s boolean, u bigint)) WITH ORDINALITY
         AS q (b, m, p, l, o, x, s, u, ord)
    JOIN jsonb_to_recordset(doc -> 'books') AS k (b integer, n integer, key text) ON k.b = q.b
    ORDER BY q.ord;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds.parse_odds(jsonb, text, text) IS
'What ingest() would read of a payload, without writing: a row per price, in the order of the payload''s events and books, with normal names, decimal prices and the home side''s lines. A book or event of which an element is at fault is left out whole.
source: the_odds_api, sportradar or flat. odds_format: auto, decimal, american or fractional; auto is decided by the payload: a bare number between 1 and 100 says decimal, one of -100 or less American. Texts with a sign are American, a/b and evens fractional, whatever it says.
Errors: 22P02 no array or object, the body of an API''s error, no event that can be read; 22004 NULL or JSON''s null; 22023 an unknown source or odds_format, prices that show both forms or neither.';
