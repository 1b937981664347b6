-- What the books show at a moment: the newest snapshot of each scope, pointers followed, and where scopes overlap the later one.
--
-- Plans are made once and for any arguments: planning for a month of daily partitions takes longer than reading the few rows that are
-- wanted, and partitions outside of captured_at's bounds are put aside as each execution begins. Rows of a snapshot are fetched by
-- (snapshot_id, captured_at), behind LATERAL ... OFFSET 0, so that exactly one partition is looked into whatever the planner thinks.

CREATE FUNCTION dynasty_odds._kind(p_function text, p_market text) RETURNS smallint
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    found_id smallint;
BEGIN
    SELECT k.id INTO found_id FROM dynasty_odds.market_kinds k WHERE k.key = p_market;
    IF NOT FOUND THEN
        RAISE EXCEPTION '%: there is no market "%"', p_function, dynasty._short(p_market) USING ERRCODE = 'invalid_parameter_value',
            HINT = 'SELECT key FROM dynasty_odds.market_kinds;';
    END IF;
    RETURN found_id;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds._kind(text, text) IS 'Internal: the number of a kind of market; 22023 for a word that none has. NULL for NULL.';

-- Intervals compare with months of 30 days: what is older than that is what (at - captured_at) > max_age says.
CREATE FUNCTION dynasty_odds._since(p_function text, p_argument text, p_at timestamptz, p_age interval) RETURNS timestamptz
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    seconds numeric;
BEGIN
    IF p_age < '0'::interval THEN
        RAISE EXCEPTION '%: % is %, and has to be at least 0', p_function, p_argument, p_age USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF NOT isfinite(p_at) THEN
        RETURN p_at;
    END IF;
    IF NOT isfinite(p_age) THEN
        RETURN '-infinity';
    END IF;
    seconds := ((extract(year FROM p_age) * 12 + extract(month FROM p_age)) * 30 + extract(day FROM p_age)) * 86400
        + extract(hour FROM p_age) * 3600 + extract(minute FROM p_age) * 60 + extract(second FROM p_age);
    -- Before the year 1 there were no bookmakers.
    IF extract(epoch FROM p_at) - seconds < -62135596800 THEN
        RETURN '-infinity';
    END IF;
    RETURN p_at - seconds::double precision * '1 second'::interval;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds._since(text, text, timestamptz, interval) IS
'Internal: the first moment that at a time is no older than an age, both included; -infinity when there is none. 22023 for a negative age. NULL for NULL.';

CREATE FUNCTION dynasty_odds._newest(p_events integer[], p_book integer, p_since timestamptz, p_at timestamptz)
RETURNS TABLE (event_id integer, bookmaker_id integer, id bigint, captured_at timestamptz, source_updated_at timestamptz, full_id bigint, full_at timestamptz)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 1000
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET jit = off AS $fn$
#variable_conflict use_column
DECLARE
    lowest CONSTANT integer := coalesce(p_book, -2147483648);
    highest CONSTANT integer := coalesce(p_book, 2147483647);
BEGIN
    IF isfinite(p_since) AND p_at - p_since <= '1 day'::interval THEN
        -- What is fresh lies in one partition or two: all of it is looked at.
        RETURN QUERY
        SELECT DISTINCT ON (s.event_id, s.bookmaker_id, s.scope)
               s.event_id, s.bookmaker_id, s.id, s.captured_at, s.source_updated_at, coalesce(s.same_as_id, s.id), coalesce(s.same_as_captured_at, s.captured_at)
        FROM dynasty_odds.odds_snapshots s
        WHERE s.event_id = ANY (p_events) AND s.captured_at >= p_since AND s.captured_at <= p_at AND s.bookmaker_id BETWEEN lowest AND highest
        ORDER BY s.event_id, s.bookmaker_id, s.scope, s.captured_at DESC;
        RETURN;
    END IF;
    -- Backwards through the index, which ends a scope with its newest, from scope to scope: an event's whole history would be thousands of rows.
    RETURN QUERY
    SELECT e.event_id, n.bookmaker_id, n.id, n.captured_at, n.source_updated_at, coalesce(n.same_as_id, n.id), coalesce(n.same_as_captured_at, n.captured_at)
    FROM (SELECT DISTINCT u.event_id FROM unnest(p_events) u (event_id)) e
    CROSS JOIN LATERAL (
        WITH RECURSIVE newest AS (
            (SELECT s.bookmaker_id, s.scope, s.id, s.captured_at, s.source_updated_at, s.same_as_id, s.same_as_captured_at FROM dynasty_odds.odds_snapshots s
             WHERE s.event_id = e.event_id AND s.bookmaker_id BETWEEN lowest AND highest AND s.captured_at >= p_since AND s.captured_at <= p_at
             ORDER BY s.bookmaker_id DESC, s.scope DESC, s.captured_at DESC LIMIT 1)
            UNION ALL
            SELECT f.* FROM newest l CROSS JOIN LATERAL (
                SELECT s.bookmaker_id, s.scope, s.id, s.captured_at, s.source_updated_at, s.same_as_id, s.same_as_captured_at FROM dynasty_odds.odds_snapshots s
                WHERE s.event_id = e.event_id AND (s.bookmaker_id, s.scope) < (l.bookmaker_id, l.scope) AND s.bookmaker_id >= lowest
                  AND s.captured_at >= p_since AND s.captured_at <= p_at
                ORDER BY s.bookmaker_id DESC, s.scope DESC, s.captured_at DESC LIMIT 1) f)
        SELECT r.* FROM newest r) n;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds._newest(integer[], integer, timestamptz, timestamptz) IS
'Internal: of each book (or the one) and scope the newest snapshot of the events from one time to another, both included, and the full one that holds its prices.';

CREATE FUNCTION dynasty_odds._state(p_events integer[], p_book integer, p_kind smallint, p_since timestamptz, p_at timestamptz)
RETURNS TABLE (event_id integer, bookmaker_id integer, market_kind_id smallint, period smallint, line numeric, outcome character varying, price numeric,
               is_suspended boolean, captured_at timestamptz)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 1000
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET jit = off AS $fn$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH newest AS MATERIALIZED (
        -- newer_...: the book's snapshots of other scopes that come before where both hold an outcome.
        SELECT n.*, array_agg(n.full_id) OVER newer AS newer_ids, array_agg(n.full_at) OVER newer AS newer_ats
        FROM dynasty_odds._newest(p_events, p_book, p_since, p_at) n
        WINDOW newer AS (PARTITION BY n.event_id, n.bookmaker_id ORDER BY n.captured_at DESC, n.id DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING))
    SELECT n.event_id, n.bookmaker_id, m.market_kind_id, m.period, m.line, m.outcome, m.price, m.is_suspended, n.captured_at
    FROM newest n
    CROSS JOIN LATERAL (
        SELECT o.* FROM dynasty_odds.market_odds o
        WHERE o.snapshot_id = n.full_id AND o.captured_at = n.full_at AND (p_kind IS NULL OR o.market_kind_id = p_kind) OFFSET 0) m
    WHERE n.newer_ids IS NULL OR NOT EXISTS (
        SELECT FROM unnest(n.newer_ids, n.newer_ats) w (id, at)
        CROSS JOIN LATERAL (
            SELECT FROM dynasty_odds.market_odds o
            WHERE o.snapshot_id = w.id AND o.captured_at = w.at AND o.market_kind_id = m.market_kind_id AND o.period = m.period
              AND o.line IS NOT DISTINCT FROM m.line AND o.outcome = m.outcome OFFSET 0) x);
END
$fn$;
COMMENT ON FUNCTION dynasty_odds._state(integer[], integer, smallint, timestamptz, timestamptz) IS
'Internal: what the books (or the one) show of the events (one kind of market, or all) by their newest snapshots from one time to another; of overlapping scopes the later snapshot''s.';

-- The largest set of outcomes is that of all books that are looked at, so books are not left out here.
CREATE FUNCTION dynasty_odds._complete(p_events integer[], p_kind smallint, p_since timestamptz, p_at timestamptz)
RETURNS TABLE (event_id integer, bookmaker_id integer, market_kind_id smallint, period smallint, line numeric, outcomes text[], prices numeric[])
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 1000
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET jit = off AS $fn$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH shown AS MATERIALIZED (
        SELECT s.event_id, s.bookmaker_id, s.market_kind_id, s.period, s.line, s.outcome::text AS outcome, s.price, NOT s.is_suspended AND s.price > 1 AS is_open,
               k.outcomes AS wanted, k.winners
        FROM dynasty_odds._state(p_events, NULL, p_kind, p_since, p_at) s JOIN dynasty_odds.market_kinds k ON k.id = s.market_kind_id AND k.side = 'back'),
    listed AS (
        SELECT s.event_id, s.bookmaker_id, s.market_kind_id, s.period, s.line, s.winners, bool_and(s.is_open) AS is_open,
               array_agg(s.outcome ORDER BY s.outcome COLLATE "C") AS outcomes, array_agg(s.price ORDER BY s.outcome COLLATE "C") AS prices
        FROM shown s WHERE s.wanted = '{}' GROUP BY 1, 2, 3, 4, 5, 6),
    sets AS (
        SELECT l.*, first_value(l.outcomes) OVER (PARTITION BY l.event_id, l.market_kind_id, l.period, l.line
                                                  ORDER BY cardinality(l.outcomes) DESC, l.bookmaker_id) AS largest
        FROM listed l)
    SELECT s.event_id, s.bookmaker_id, s.market_kind_id, s.period, s.line, s.wanted, array_agg(s.price ORDER BY array_position(s.wanted, s.outcome))
    FROM shown s
    WHERE s.is_open AND s.outcome = ANY (s.wanted) AND cardinality(s.wanted) BETWEEN 2 AND 200 AND s.winners < cardinality(s.wanted)
    GROUP BY s.event_id, s.bookmaker_id, s.market_kind_id, s.period, s.line, s.wanted HAVING count(*) = cardinality(s.wanted)
    UNION ALL
    SELECT s.event_id, s.bookmaker_id, s.market_kind_id, s.period, s.line, s.outcomes, s.prices
    FROM sets s WHERE s.is_open AND s.outcomes = s.largest AND cardinality(s.outcomes) BETWEEN 2 AND 200 AND s.winners < cardinality(s.outcomes);
END
$fn$;
COMMENT ON FUNCTION dynasty_odds._complete(integer[], smallint, timestamptz, timestamptz) IS
'Internal: the markets of books that are complete: every outcome of the kind, or of the largest set that a book lists, open and above 1; never lay kinds.';
