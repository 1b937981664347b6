-- How prices moved. An observation of an outcome is a snapshot of any scope, unchanged ones too, that shows it open; of several at one
-- moment the one with the larger id tells, and if that one is suspended there is none. Suspended and withdrawn spells are passed over.
--
-- Without nested loops, and by hashing where it can be: what the plans join are results whose size nobody knows when they are made.

CREATE FUNCTION dynasty_odds._changes(p_events integer[], p_kind smallint, p_book integer, p_from timestamptz, p_until timestamptz)
RETURNS TABLE (event_id integer, bookmaker_id integer, market_kind_id smallint, period smallint, line numeric, outcome character varying,
               captured_at timestamptz, price numeric, prev_price numeric)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 1000
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET jit = off SET enable_nestloop = off SET enable_sort = off AS $fn$
#variable_conflict use_column
DECLARE
    lowest CONSTANT integer := coalesce(p_book, -2147483648);
    highest CONSTANT integer := coalesce(p_book, 2147483647);
    first_kind CONSTANT smallint := coalesce(p_kind, (-32768)::smallint);
    last_kind CONSTANT smallint := coalesce(p_kind, 32767::smallint);
BEGIN
    RETURN QUERY
    WITH seen AS MATERIALIZED (
        SELECT s.event_id, s.bookmaker_id, coalesce(s.same_as_id, s.id) AS full_id, coalesce(s.same_as_captured_at, s.captured_at) AS full_at,
               min(s.captured_at) AS first_at, max(s.captured_at) AS last_at, min(s.id) AS id
        FROM dynasty_odds.odds_snapshots s
        WHERE s.event_id = ANY (p_events) AND s.bookmaker_id BETWEEN lowest AND highest AND s.captured_at >= p_from AND s.captured_at < p_until
        GROUP BY 1, 2, 3, 4),
    priced AS MATERIALIZED (
        -- One market of the whole history by its index; all that a short time shows by its snapshots.
        SELECT m.snapshot_id, m.captured_at, m.market_kind_id, m.period, m.line, m.outcome, m.price, m.is_suspended
        FROM dynasty_odds.market_odds m
        WHERE p_from = '-infinity' AND m.event_id = ANY (p_events) AND m.market_kind_id BETWEEN first_kind AND last_kind AND m.bookmaker_id BETWEEN lowest AND highest
          AND m.captured_at < p_until
        UNION ALL
        SELECT m.snapshot_id, m.captured_at, m.market_kind_id, m.period, m.line, m.outcome, m.price, m.is_suspended
        FROM seen s
        CROSS JOIN LATERAL (
            SELECT o.* FROM dynasty_odds.market_odds o
            WHERE o.snapshot_id = s.full_id AND o.captured_at = s.full_at AND o.market_kind_id BETWEEN first_kind AND last_kind OFFSET 0) m
        WHERE p_from > '-infinity'),
    fulls AS MATERIALIZED (
        SELECT s.*, lead(s.first_at) OVER (PARTITION BY s.event_id, s.bookmaker_id ORDER BY s.first_at, s.id) AS next_at
        FROM seen s WHERE (s.full_id, s.full_at) IN (SELECT p.snapshot_id, p.captured_at FROM priced p)),
    crossed AS MATERIALIZED (
        -- Where one is still shown after the next (a late one, or one of another scope), each snapshot has to be looked at.
        SELECT DISTINCT f.event_id, f.bookmaker_id FROM fulls f WHERE f.last_at >= f.next_at),
    shown AS (
        SELECT f.event_id, f.bookmaker_id, f.first_at AS captured_at, f.id, f.full_id, f.full_at
        FROM fulls f WHERE (f.event_id, f.bookmaker_id) NOT IN (SELECT c.event_id, c.bookmaker_id FROM crossed c)
        UNION ALL
        SELECT s.event_id, s.bookmaker_id, s.captured_at, s.id, coalesce(s.same_as_id, s.id), coalesce(s.same_as_captured_at, s.captured_at)
        FROM dynasty_odds.odds_snapshots s
        WHERE EXISTS (SELECT FROM crossed) AND (s.event_id, s.bookmaker_id) IN (SELECT c.event_id, c.bookmaker_id FROM crossed c)
          AND (coalesce(s.same_as_id, s.id), coalesce(s.same_as_captured_at, s.captured_at)) IN (SELECT f.full_id, f.full_at FROM fulls f)
          AND s.event_id = ANY (p_events) AND s.bookmaker_id BETWEEN lowest AND highest AND s.captured_at >= p_from AND s.captured_at < p_until),
    timeline AS (
        SELECT s.*, lag(s.full_id) OVER book AS before_id, lag(s.full_at) OVER book AS before_at
        FROM shown s WINDOW book AS (PARTITION BY s.event_id, s.bookmaker_id ORDER BY s.captured_at, s.id)),
    observed AS (
        -- A snapshot that shows what the one before it shows moves nothing.
        SELECT t.event_id, t.bookmaker_id, p.market_kind_id, p.period, p.line, p.outcome, t.captured_at, t.id, p.price, p.is_suspended,
               lead(t.captured_at) OVER (PARTITION BY t.event_id, t.bookmaker_id, p.market_kind_id, p.period, p.line, p.outcome COLLATE "C" ORDER BY t.captured_at, t.id) AS next_at
        FROM timeline t JOIN priced p ON p.snapshot_id = t.full_id AND p.captured_at = t.full_at
        WHERE t.before_id IS DISTINCT FROM t.full_id OR t.before_at IS DISTINCT FROM t.full_at),
    open AS (
        SELECT o.*, lag(o.price) OVER (PARTITION BY o.event_id, o.bookmaker_id, o.market_kind_id, o.period, o.line, o.outcome COLLATE "C" ORDER BY o.captured_at, o.id) AS prev_price
        FROM observed o WHERE NOT o.is_suspended AND o.next_at IS DISTINCT FROM o.captured_at)
    SELECT o.event_id, o.bookmaker_id, o.market_kind_id, o.period, o.line, o.outcome, o.captured_at, o.price, o.prev_price
    FROM open o WHERE o.price IS DISTINCT FROM o.prev_price;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds._changes(integer[], smallint, integer, timestamptz, timestamptz) IS
'Internal: where the price of an outcome differs from its observation before, among those from one time to before another; the first one too, without a price before.';

CREATE FUNCTION dynasty_odds._line_movement(p_event integer, p_market text, p_book integer, p_from timestamptz, p_to timestamptz)
RETURNS TABLE (bookmaker_id integer, period smallint, line numeric, outcome character varying, captured_at timestamptz, price numeric, prev_price numeric,
               change_pct double precision)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 100 SET search_path = pg_catalog, pg_temp AS $fn$
#variable_conflict use_column
DECLARE
    kind CONSTANT smallint := dynasty_odds._kind('line_movement', p_market);
BEGIN
    IF p_event IS NULL OR kind IS NULL OR p_from IS NULL OR p_to IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT c.bookmaker_id, c.period, c.line, c.outcome, c.captured_at, c.price, c.prev_price,
           100 * (c.price::double precision / c.prev_price::double precision - 1)
    FROM dynasty_odds._changes(ARRAY[p_event], kind, p_book, '-infinity', p_to) c
    WHERE c.captured_at >= p_from ORDER BY c.bookmaker_id, c.period, c.line NULLS FIRST, c.outcome, c.captured_at;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds._line_movement(integer, text, integer, timestamptz, timestamptz) IS 'Internal, of line_movement().';

CREATE FUNCTION dynasty_odds.line_movement(event_id integer, market text, bookmaker_id integer DEFAULT NULL, from_at timestamptz DEFAULT '-infinity',
                                           to_at timestamptz DEFAULT 'infinity')
RETURNS TABLE (bookmaker_id integer, period smallint, line numeric, outcome character varying, captured_at timestamptz, price numeric, prev_price numeric,
               change_pct double precision)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100 SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT r.bookmaker_id, r.period, r.line, r.outcome, r.captured_at, r.price, r.prev_price, r.change_pct
    FROM dynasty_odds._line_movement(line_movement.event_id, line_movement.market, line_movement.bookmaker_id, line_movement.from_at, line_movement.to_at) r
$fn$;
COMMENT ON FUNCTION dynasty_odds.line_movement(integer, text, integer, timestamptz, timestamptz) IS
'Each change of an open price from one time to before another: the price, the open price before it (which may be older than from_at; NULL for the first one) and the change in percent. bookmaker_id NULL: all books. No rows for NULL or an unknown event. Errors: 22023 an unknown market.';

CREATE FUNCTION dynasty_odds._price_bars(p_event integer, p_market text, p_bucket interval, p_book integer, p_from timestamptz, p_to timestamptz, p_fill boolean)
RETURNS TABLE (bookmaker_id integer, period smallint, line numeric, outcome character varying, bucket_at timestamptz, open numeric, high numeric, low numeric,
               close numeric, n integer)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 100
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET jit = off SET enable_nestloop = off SET enable_sort = off AS $fn$
#variable_conflict use_column
DECLARE
    kind CONSTANT smallint := dynasty_odds._kind('price_bars', p_market);
    lowest CONSTANT integer := coalesce(p_book, -2147483648);
    highest CONSTANT integer := coalesce(p_book, 2147483647);
    step interval;
BEGIN
    IF NOT isfinite(p_bucket) OR p_bucket <= '0'::interval OR extract(month FROM p_bucket) <> 0 OR extract(year FROM p_bucket) <> 0 THEN
        RAISE EXCEPTION 'price_bars: bucket is %, and has to be above 0 and without months', p_bucket USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF p_event IS NULL OR kind IS NULL OR p_bucket IS NULL OR p_from IS NULL OR p_to IS NULL OR p_fill IS NULL THEN
        RETURN;
    END IF;
    -- Days of 24 hours, whatever the session's zone does with them.
    step := make_interval(secs => extract(epoch FROM p_bucket)::double precision);
    RETURN QUERY
    WITH priced AS MATERIALIZED (
        SELECT m.snapshot_id, m.captured_at, m.period, m.line, m.outcome, (m.price * 1000000)::bigint AS millionths, m.is_suspended
        FROM dynasty_odds.market_odds m
        WHERE m.event_id = p_event AND m.market_kind_id = kind AND m.bookmaker_id BETWEEN lowest AND highest
          -- A pointer and what it points to are of one day.
          AND m.captured_at < p_to AND m.captured_at >= p_from - '1 day'::interval),
    counted AS (
        SELECT s.bookmaker_id, coalesce(s.same_as_id, s.id) AS full_id, coalesce(s.same_as_captured_at, s.captured_at) AS full_at,
               date_bin(step, s.captured_at, '2000-01-01 00:00+00') AS bucket_at, s.scope, min(s.captured_at) AS first_at, max(s.captured_at) AS last_at, count(*) AS n
        FROM dynasty_odds.odds_snapshots s
        WHERE s.event_id = p_event AND s.bookmaker_id BETWEEN lowest AND highest AND s.captured_at < p_to AND s.captured_at >= p_from
        GROUP BY 1, 2, 3, 4, 5),
    grouped AS MATERIALIZED (
        SELECT c.* FROM counted c WHERE (c.full_id, c.full_at) IN (SELECT p.snapshot_id, p.captured_at FROM priced p)),
    mixed AS MATERIALIZED (
        SELECT g.bookmaker_id FROM grouped g GROUP BY g.bookmaker_id HAVING min(g.scope) <> max(g.scope)),
    single AS MATERIALIZED (
        -- Where several scopes show the market, two snapshots of a moment may tell otherwise: these are looked at one by one.
        SELECT s.bookmaker_id, s.captured_at, s.id, coalesce(s.same_as_id, s.id) AS full_id, coalesce(s.same_as_captured_at, s.captured_at) AS full_at,
               date_bin(step, s.captured_at, '2000-01-01 00:00+00') AS bucket_at
        FROM dynasty_odds.odds_snapshots s
        WHERE EXISTS (SELECT FROM mixed) AND s.bookmaker_id IN (SELECT m.bookmaker_id FROM mixed m)
          AND (coalesce(s.same_as_id, s.id), coalesce(s.same_as_captured_at, s.captured_at)) IN (SELECT g.full_id, g.full_at FROM grouped g)
          AND s.event_id = p_event AND s.bookmaker_id BETWEEN lowest AND highest AND s.captured_at < p_to AND s.captured_at >= p_from),
    runs AS (
        SELECT g.bookmaker_id, g.full_id, g.full_at, g.bucket_at, g.first_at, g.last_at, g.n, NULL::bigint AS id
        FROM grouped g WHERE g.bookmaker_id NOT IN (SELECT m.bookmaker_id FROM mixed m)
        UNION ALL
        SELECT s.bookmaker_id, s.full_id, s.full_at, s.bucket_at, s.captured_at, s.captured_at, 1, s.id FROM single s),
    ranked AS (
        SELECT r.*, row_number() OVER (PARTITION BY r.bookmaker_id ORDER BY r.first_at, r.id) AS first_rank,
               row_number() OVER (PARTITION BY r.bookmaker_id ORDER BY r.last_at, r.id) AS last_rank FROM runs r),
    told_over AS (
        SELECT low.id, p.period, p.line, p.outcome
        FROM single low JOIN single high ON high.bookmaker_id = low.bookmaker_id AND high.captured_at = low.captured_at AND high.id > low.id
        JOIN priced p ON p.snapshot_id = high.full_id AND p.captured_at = high.full_at),
    -- Rank and millionths of the price in one number, so that the least holds the first price and the greatest the last.
    observed AS (
        SELECT r.bookmaker_id, p.period, p.line, p.outcome, r.bucket_at, r.n, p.millionths, (r.first_rank << 40) + p.millionths AS first, (r.last_rank << 40) + p.millionths AS last
        FROM ranked r JOIN priced p ON p.snapshot_id = r.full_id AND p.captured_at = r.full_at
        WHERE NOT p.is_suspended
          AND NOT EXISTS (SELECT FROM told_over t WHERE t.id = r.id AND t.period = p.period AND t.line IS NOT DISTINCT FROM p.line AND t.outcome = p.outcome)),
    bars AS (
        SELECT o.bookmaker_id, o.period, o.line, o.outcome, o.bucket_at, (min(o.first) & 1099511627775)::numeric / 1000000 AS open, max(o.millionths)::numeric / 1000000 AS high,
               min(o.millionths)::numeric / 1000000 AS low, (max(o.last) & 1099511627775)::numeric / 1000000 AS close, sum(o.n)::integer AS n
        FROM observed o GROUP BY o.bookmaker_id, o.period, o.line, o.outcome, o.bucket_at),
    filled AS (
        SELECT b.* FROM bars b
        UNION ALL
        SELECT b.bookmaker_id, b.period, b.line, b.outcome, g.at, b.close, b.close, b.close, b.close, 0
        FROM (SELECT b.*, lead(b.bucket_at) OVER (PARTITION BY b.bookmaker_id, b.period, b.line, b.outcome ORDER BY b.bucket_at) AS next_at FROM bars b) b
        CROSS JOIN LATERAL generate_series(b.bucket_at + step, b.next_at - step, step) g (at)
        WHERE p_fill)
    SELECT f.bookmaker_id, f.period, f.line, f.outcome, f.bucket_at, f.open::numeric(12, 6), f.high::numeric(12, 6), f.low::numeric(12, 6), f.close::numeric(12, 6), f.n
    FROM filled f ORDER BY f.bookmaker_id, f.period, f.line NULLS FIRST, f.outcome, f.bucket_at;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds._price_bars(integer, text, interval, integer, timestamptz, timestamptz, boolean) IS 'Internal, of price_bars().';

CREATE FUNCTION dynasty_odds.price_bars(event_id integer, market text, bucket interval, bookmaker_id integer DEFAULT NULL, from_at timestamptz DEFAULT '-infinity',
                                        to_at timestamptz DEFAULT 'infinity', fill boolean DEFAULT false)
RETURNS TABLE (bookmaker_id integer, period smallint, line numeric, outcome character varying, bucket_at timestamptz, open numeric, high numeric, low numeric,
               close numeric, n integer)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100 SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT r.bookmaker_id, r.period, r.line, r.outcome, r.bucket_at, r.open, r.high, r.low, r.close, r.n
    FROM dynasty_odds._price_bars(price_bars.event_id, price_bars.market, price_bars.bucket, price_bars.bookmaker_id, price_bars.from_at, price_bars.to_at, price_bars.fill) r
$fn$;
COMMENT ON FUNCTION dynasty_odds.price_bars(integer, text, interval, integer, timestamptz, timestamptz, boolean) IS
'Open, high, low and close of a market''s open prices by buckets of time, counted from 2000-01-01 UTC in days of 24 hours, over all snapshots from one time to before another, unchanged ones too: n is how many. fill adds the empty buckets between an outcome''s first and last, at the close before, n 0. bookmaker_id NULL: all books. No rows for NULL or an unknown event. Errors: 22023 an unknown market, a bucket with months or not above 0.';
