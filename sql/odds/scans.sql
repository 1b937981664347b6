-- What stands out over all events at a moment: value, arbitrage, books that are behind.

CREATE FUNCTION dynasty_odds._scanned(p_at timestamptz, p_live boolean) RETURNS integer[]
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT array_agg(e.id) FROM dynasty_odds.events e
    WHERE e.status = 'scheduled' AND e.kickoff > p_at OR p_live AND e.status IN ('scheduled', 'live')
$fn$;
COMMENT ON FUNCTION dynasty_odds._scanned(timestamptz, boolean) IS 'Internal: the events that the scans look at: scheduled and to come, or also live ones and such as are past their kickoff.';

CREATE FUNCTION dynasty_odds._refuse_number(p_function text, p_argument text, p_value double precision) RETURNS void
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    IF p_value IN ('NaN', 'Infinity', '-Infinity') THEN
        RAISE EXCEPTION '%: % is %, and has to be a finite number', p_function, p_argument, p_value USING ERRCODE = 'invalid_parameter_value';
    END IF;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds._refuse_number(text, text, double precision) IS 'Internal: raises 22023 for NaN and infinity.';

CREATE FUNCTION dynasty_odds.scan_value(at timestamptz DEFAULT now(), min_ev double precision DEFAULT 0, reference text[] DEFAULT NULL, method text DEFAULT 'power',
                                        max_age interval DEFAULT '10 minutes', include_live boolean DEFAULT false)
RETURNS TABLE (event_id integer, market text, period smallint, line numeric, outcome character varying, bookmaker_id integer, price numeric,
               fair_prob double precision, ev double precision, kelly double precision)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 100
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET jit = off AS $fn$
#variable_conflict use_column
DECLARE
    since CONSTANT timestamptz := dynasty_odds._since('scan_value', 'max_age', scan_value.at, scan_value.max_age);
    unknown text;
    judges integer[];
BEGIN
    PERFORM dynasty_odds._refuse_number('scan_value', 'min_ev', scan_value.min_ev);
    PERFORM dynasty_odds._fair('{2,2}', scan_value.method, 1);
    IF scan_value.reference = '{}' THEN
        RAISE EXCEPTION 'scan_value: reference is empty' USING ERRCODE = 'invalid_parameter_value', HINT = 'NULL means all other books.';
    ELSIF array_position(scan_value.reference, NULL) IS NOT NULL THEN
        RAISE EXCEPTION 'scan_value: reference holds NULL' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    SELECT u.key INTO unknown FROM unnest(scan_value.reference) u (key) WHERE NOT EXISTS (SELECT FROM dynasty_odds.bookmakers b WHERE b.key = u.key) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'scan_value: reference names "%", and there is no such bookmaker', dynasty._short(unknown) USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF since IS NULL OR scan_value.min_ev IS NULL OR scan_value.method IS NULL OR scan_value.include_live IS NULL THEN
        RETURN;
    END IF;
    SELECT array_agg(b.id) INTO judges FROM dynasty_odds.bookmakers b WHERE scan_value.reference IS NULL OR b.key = ANY (scan_value.reference);
    RETURN QUERY
    WITH judged AS (
        SELECT c.*, k.key AS market, b.commission::double precision AS commission, c.bookmaker_id = ANY (judges) AS judges,
               dynasty_odds._fair(c.prices::double precision[], scan_value.method, k.winners) AS fair
        FROM dynasty_odds._complete(dynasty_odds._scanned(scan_value.at, scan_value.include_live), NULL, since, scan_value.at) c
        JOIN dynasty_odds.market_kinds k ON k.id = c.market_kind_id JOIN dynasty_odds.bookmakers b ON b.id = c.bookmaker_id),
    offers AS (
        -- All books' complete sets of a market are one set, so places stand for outcomes.
        SELECT j.event_id, j.market, j.period, j.line, o.outcome, j.bookmaker_id, o.price, o.fair AS own, j.judges AND o.fair IS NOT NULL AS judges, j.commission,
               sum(o.fair) FILTER (WHERE j.judges) OVER place AS total, count(o.fair) FILTER (WHERE j.judges) OVER place AS judging
        FROM judged j CROSS JOIN LATERAL unnest(j.outcomes, j.prices, j.fair) WITH ORDINALITY o (outcome, price, fair, place)
        WINDOW place AS (PARTITION BY j.event_id, j.market_kind_id, j.period, j.line, o.place)),
    weighed AS (
        SELECT o.*, CASE WHEN o.judges THEN (o.total - o.own) / nullif(o.judging - 1, 0) ELSE o.total / nullif(o.judging, 0) END AS fair,
               CASE o.commission WHEN 0 THEN o.price::double precision ELSE dynasty_odds.effective_odds(o.price::double precision, o.commission) END AS net
        FROM offers o)
    SELECT o.event_id, o.market::text, o.period, o.line, o.outcome::character varying, o.bookmaker_id, o.price, o.fair, o.fair * o.net - 1,
           dynasty_odds.kelly_fraction(least(o.fair, 1), o.net)
    FROM weighed o WHERE o.fair * o.net - 1 > scan_value.min_ev
    ORDER BY o.event_id, o.market, o.period, o.line NULLS FIRST, o.outcome, o.bookmaker_id;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds.scan_value(timestamptz, double precision, text[], text, interval, boolean) IS
'Prices that are worth more than they cost: of complete markets of books seen within max_age, on events scheduled and to come (include_live: also live ones, and such as are past their kickoff), those with p * net price - 1 > min_ev, where p is the mean of the reference books'' probabilities without the book itself (reference: keys of bookmakers; NULL = all others). A market that the method has no answer for judges nothing. No rows for NULL. Errors: 22023 an unknown method or bookmaker, an empty reference, a negative max_age, NaN or infinity; 22004 a NULL in reference.';

CREATE FUNCTION dynasty_odds.scan_arbitrage(at timestamptz DEFAULT now(), min_profit double precision DEFAULT 0, max_age interval DEFAULT '10 minutes',
                                            include_live boolean DEFAULT false)
RETURNS TABLE (event_id integer, market text, period smallint, line numeric, profit double precision, legs jsonb)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 20
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET jit = off AS $fn$
#variable_conflict use_column
DECLARE
    since CONSTANT timestamptz := dynasty_odds._since('scan_arbitrage', 'max_age', scan_arbitrage.at, scan_arbitrage.max_age);
BEGIN
    PERFORM dynasty_odds._refuse_number('scan_arbitrage', 'min_profit', scan_arbitrage.min_profit);
    IF since IS NULL OR scan_arbitrage.min_profit IS NULL OR scan_arbitrage.include_live IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH best AS (
        SELECT DISTINCT ON (c.event_id, c.market_kind_id, c.period, c.line, i.place)
               c.event_id, c.market_kind_id, c.period, c.line, i.place, i.outcome, c.bookmaker_id, i.price, n.net
        FROM dynasty_odds._complete(dynasty_odds._scanned(scan_arbitrage.at, scan_arbitrage.include_live), NULL, since, scan_arbitrage.at) c
        JOIN dynasty_odds.bookmakers b ON b.id = c.bookmaker_id
        CROSS JOIN LATERAL unnest(c.outcomes, c.prices) WITH ORDINALITY i (outcome, price, place)
        CROSS JOIN LATERAL (SELECT CASE b.commission WHEN 0 THEN i.price::double precision
                                   ELSE dynasty_odds.effective_odds(i.price::double precision, b.commission::double precision) END AS net) n
        ORDER BY c.event_id, c.market_kind_id, c.period, c.line, i.place, n.net DESC, c.bookmaker_id),
    found AS (
        SELECT b.event_id, b.market_kind_id, b.period, b.line, sum(1 / b.net) AS cost FROM best b GROUP BY 1, 2, 3, 4)
    SELECT b.event_id, k.key::text, b.period, b.line, k.winners / f.cost - 1,
           jsonb_agg(jsonb_build_object('outcome', b.outcome, 'bookmaker_id', b.bookmaker_id, 'price', b.price, 'net_price', b.net, 'stake', 1 / b.net / f.cost) ORDER BY b.place)
    FROM found f JOIN dynasty_odds.market_kinds k ON k.id = f.market_kind_id
    JOIN best b ON b.event_id = f.event_id AND b.market_kind_id = f.market_kind_id AND b.period = f.period AND b.line IS NOT DISTINCT FROM f.line
    WHERE k.winners / f.cost - 1 > scan_arbitrage.min_profit
    GROUP BY b.event_id, k.key, b.period, b.line, k.winners, f.cost
    ORDER BY b.event_id, k.key, b.period, b.line NULLS FIRST;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds.scan_arbitrage(timestamptz, double precision, interval, boolean) IS
'Markets where backing every outcome at its best net price, among complete books seen within max_age, brings more than min_profit per unit staked, on events scheduled and to come (include_live: also live ones, and such as are past their kickoff). legs: [{"outcome", "bookmaker_id", "price", "net_price", "stake"}], stakes of one unit. No rows for NULL. Errors: 22023 a negative max_age, NaN or infinity.';

CREATE FUNCTION dynasty_odds.stale_prices(at timestamptz DEFAULT now(), max_lag interval DEFAULT '10 minutes')
RETURNS TABLE (event_id integer, bookmaker_id integer, captured_at timestamptz, source_updated_at timestamptz, reason text)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 50 SET search_path = pg_catalog, pg_temp SET jit = off AS $fn$
#variable_conflict use_column
DECLARE
    since CONSTANT timestamptz := dynasty_odds._since('stale_prices', 'max_lag', stale_prices.at, stale_prices.max_lag);
BEGIN
    IF since IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH seen AS (
        SELECT n.*, bool_or(n.captured_at >= since) OVER (PARTITION BY n.event_id) AS others_fresh
        FROM (SELECT DISTINCT ON (s.event_id, s.bookmaker_id) s.*
              FROM dynasty_odds._newest((SELECT array_agg(e.id) FROM dynasty_odds.events e WHERE e.kickoff > stale_prices.at), NULL, '-infinity', stale_prices.at) s
              ORDER BY s.event_id, s.bookmaker_id, s.captured_at DESC, s.id DESC) n)
    SELECT s.event_id, s.bookmaker_id, s.captured_at, s.source_updated_at, r.reason
    FROM seen s CROSS JOIN LATERAL (VALUES
        ('not_seen', s.captured_at < since AND s.others_fresh),
        ('source_frozen', isfinite(s.source_updated_at) AND isfinite(s.captured_at)
                          AND s.captured_at - CASE WHEN isfinite(s.source_updated_at) THEN s.source_updated_at ELSE s.captured_at END > stale_prices.max_lag)) r (reason, holds)
    WHERE r.holds ORDER BY s.event_id, s.bookmaker_id, r.reason;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds.stale_prices(timestamptz, interval) IS
'Books that are behind on events to come, by their newest snapshot up to a time: not_seen = older than max_lag while another book is not; source_frozen = the book''s own last update was more than max_lag before it was captured. No rows for NULL. Errors: 22023 a negative max_lag.';
