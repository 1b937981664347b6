-- Payloads of the feeds as documents in columns (src/odds/feed.rs): events, books, quotes, faults. What ingest writes, parse_odds shows.

CREATE FUNCTION dynasty_odds._read_odds(caller text, payload jsonb, source text, odds_format text) RETURNS text
LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'read_odds_wrapper';
COMMENT ON FUNCTION dynasty_odds._read_odds(text, jsonb, text, text) IS 'Internal: a payload of odds as a document in columns. Its errors begin with the caller''s name.';

CREATE FUNCTION dynasty_odds._read_scores(payload jsonb, source text) RETURNS text
LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'read_scores_wrapper';
COMMENT ON FUNCTION dynasty_odds._read_scores(jsonb, text) IS 'Internal, of ingest_scores(): a payload of scores as a document in columns.';

CREATE FUNCTION dynasty_odds._read_offer(odds jsonb) RETURNS text
LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'read_offer_wrapper';
COMMENT ON FUNCTION dynasty_odds._read_offer(jsonb) IS 'Internal, of record_snapshot(): an offer as a document in columns, with its fingerprint.';

-- Microseconds since 1970; below 2^53, so a double holds them.
CREATE FUNCTION dynasty_odds._moment(micros bigint) RETURNS timestamptz
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $fn$
    SELECT '1970-01-01 00:00:00+00'::pg_catalog.timestamptz OPERATOR(pg_catalog.+) (micros::pg_catalog.float8 OPERATOR(pg_catalog.*) '1 microsecond'::pg_catalog.interval)
$fn$;
COMMENT ON FUNCTION dynasty_odds._moment(bigint) IS 'Internal: a time of a document in columns.';

CREATE FUNCTION dynasty_odds.parse_odds(payload jsonb, source text, odds_format text DEFAULT 'auto') RETURNS TABLE (
    event_ref text, bookmaker_key text, market text, period integer, line numeric, outcome text, price numeric, last_update timestamptz, is_suspended boolean
) LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    doc jsonb := dynasty_odds._read_odds('parse_odds', parse_odds.payload, parse_odds.source, parse_odds.odds_format)::jsonb;
BEGIN
    RETURN QUERY
    SELECT e.said, k.key, q.m, q.p, q.l, q.o, q.x, dynasty_odds._moment(q.u), q.s
    FROM ROWS FROM (jsonb_to_recordset(doc -> 'quotes') AS (b integer, m text, p integer, l numeric, o text, x numeric, s boolean, u bigint)) WITH ORDINALITY
         AS q (b, m, p, l, o, x, s, u, ord)
    JOIN jsonb_to_recordset(doc -> 'books') AS k (b integer, n integer, key text) ON k.b = q.b
    JOIN jsonb_to_recordset(doc -> 'events') AS e (n integer, said text) ON e.n = k.n
    ORDER BY q.ord;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds.parse_odds(jsonb, text, text) IS
'What ingest() would read of a payload, without writing: a row per price, in the order of the payload''s events and books, with normal names, decimal prices and the home side''s lines. A book or event of which an element is at fault is left out whole.
source: the_odds_api, sportradar or flat. odds_format: auto, decimal, american or fractional; auto is decided by the payload: a bare number between 1 and 100 says decimal, one of -100 or less American. Texts with a sign are American, a/b and evens fractional, whatever it says.
Errors: 22P02 no array or object, the body of an API''s error, no event that can be read; 22004 NULL or JSON''s null; 22023 an unknown source or odds_format, prices that show both forms or neither.';
