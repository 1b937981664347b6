-- What one event's books show at a moment. A NULL argument has no rows; an unknown event neither; an unknown market is 22023.
-- Where an argument and a column of the answer have one name, which PL/pgSQL refuses, the public function is a plain SELECT over an internal one.

CREATE FUNCTION dynasty_odds._odds_at(p_event integer, p_at timestamptz, p_book integer, p_market text)
RETURNS TABLE (bookmaker_id integer, market text, period smallint, line numeric, outcome character varying, price numeric, captured_at timestamptz,
               age interval, is_suspended boolean)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 100 SET search_path = pg_catalog, pg_temp AS $fn$
#variable_conflict use_column
DECLARE
    kind CONSTANT smallint := dynasty_odds._kind('odds_at', p_market);
BEGIN
    IF p_event IS NULL OR p_at IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT s.bookmaker_id, k.key::text, s.period, s.line, s.outcome, s.price, s.captured_at, CASE WHEN isfinite(p_at) THEN p_at - s.captured_at END, s.is_suspended
    FROM dynasty_odds._state(ARRAY[p_event], p_book, kind, '-infinity', p_at) s JOIN dynasty_odds.market_kinds k ON k.id = s.market_kind_id
    ORDER BY s.bookmaker_id, k.key, s.period, s.line NULLS FIRST, s.outcome;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds._odds_at(integer, timestamptz, integer, text) IS 'Internal, of odds_at().';

CREATE FUNCTION dynasty_odds.odds_at(event_id integer, at timestamptz, bookmaker_id integer DEFAULT NULL, market text DEFAULT NULL)
RETURNS TABLE (bookmaker_id integer, market text, period smallint, line numeric, outcome character varying, price numeric, captured_at timestamptz,
               age interval, is_suspended boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100 SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT r.bookmaker_id, r.market, r.period, r.line, r.outcome, r.price, r.captured_at, r.age, r.is_suspended
    FROM dynasty_odds._odds_at(odds_at.event_id, odds_at.at, odds_at.bookmaker_id, odds_at.market) r
$fn$;
COMMENT ON FUNCTION dynasty_odds.odds_at(integer, timestamptz, integer, text) IS
'What the books (or the one) showed of an event at a time: their newest snapshot up to it, of each scope, where scopes overlap the later. captured_at and age are those of that snapshot, unchanged or not; suspended outcomes come with their flag. market NULL: all. No rows for NULL or an unknown event. Errors: 22023 an unknown market.';

CREATE FUNCTION dynasty_odds.best_odds(event_id integer, market text, at timestamptz DEFAULT now(), max_age interval DEFAULT '30 minutes')
RETURNS TABLE (period smallint, line numeric, outcome character varying, bookmaker_id integer, price numeric, captured_at timestamptz, net_price double precision)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 10 SET search_path = pg_catalog, pg_temp AS $fn$
#variable_conflict use_column
DECLARE
    kind CONSTANT smallint := dynasty_odds._kind('best_odds', best_odds.market);
    since CONSTANT timestamptz := dynasty_odds._since('best_odds', 'max_age', best_odds.at, best_odds.max_age);
BEGIN
    IF best_odds.event_id IS NULL OR kind IS NULL OR since IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT DISTINCT ON (s.period, s.line, s.outcome) s.period, s.line, s.outcome, s.bookmaker_id, s.price, s.captured_at, n.net
    FROM dynasty_odds._state(ARRAY[best_odds.event_id], NULL, kind, since, best_odds.at) s
    JOIN dynasty_odds.bookmakers b ON b.id = s.bookmaker_id
    JOIN dynasty_odds.market_kinds k ON k.id = s.market_kind_id
    -- A price of 1 brings nothing, and has no worth after commission.
    CROSS JOIN LATERAL (SELECT CASE WHEN s.price > 1 THEN dynasty_odds.effective_odds(s.price::double precision, b.commission::double precision, k.side::text) END AS net) n
    WHERE NOT s.is_suspended AND s.price > 1
    ORDER BY s.period, s.line NULLS FIRST, s.outcome, CASE k.side WHEN 'lay' THEN s.price END, n.net DESC, s.bookmaker_id;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds.best_odds(integer, text, timestamptz, interval) IS
'The best open price of each outcome of a market among books seen within max_age: the highest after the book''s commission, of lay kinds the lowest; of equal ones the lowest bookmaker_id. net_price = effective_odds(price, commission, side). No rows for NULL or an unknown event. Errors: 22023 an unknown market, a negative max_age.';

CREATE FUNCTION dynasty_odds.fair_market(event_id integer, market text, at timestamptz DEFAULT now(), method text DEFAULT 'power')
RETURNS TABLE (bookmaker_id integer, period smallint, line numeric, outcome character varying, price numeric, fair_prob double precision, overround double precision)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 50 SET search_path = pg_catalog, pg_temp AS $fn$
#variable_conflict use_column
DECLARE
    kind CONSTANT smallint := dynasty_odds._kind('fair_market', fair_market.market);
BEGIN
    -- For its error where there is no market to try it on.
    PERFORM dynasty_odds._fair('{2,2}', fair_market.method, 1);
    IF fair_market.event_id IS NULL OR kind IS NULL OR fair_market.at IS NULL OR fair_market.method IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT c.bookmaker_id, c.period, c.line, o.outcome::character varying, o.price, o.fair, dynasty_odds.overround(c.prices::double precision[]) + 1 - k.winners
    FROM dynasty_odds._complete(ARRAY[fair_market.event_id], kind, '-infinity', fair_market.at) c
    JOIN dynasty_odds.market_kinds k ON k.id = c.market_kind_id
    CROSS JOIN LATERAL unnest(c.outcomes, c.prices, dynasty_odds.devig(c.prices::double precision[], fair_market.method, k.winners)) o (outcome, price, fair)
    ORDER BY c.bookmaker_id, c.period, c.line NULLS FIRST, o.outcome;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds.fair_market(integer, text, timestamptz, text) IS
'Each book''s probabilities of a market at a time without its margin, by a method of devig(); of markets that are complete: all outcomes of the kind (of an open set: of the largest set that a book lists), open and above 1. They add up to the winners of the kind; overround is the margin over that. Lay kinds have none. No rows for NULL or an unknown event. Errors: 22023 an unknown market or method, a method without an answer for these prices.';

CREATE FUNCTION dynasty_odds.consensus(event_id integer, market text, at timestamptz DEFAULT now(), method text DEFAULT 'power', max_age interval DEFAULT '30 minutes')
RETURNS TABLE (period smallint, line numeric, outcome character varying, fair_prob double precision, books integer, min_prob double precision,
               max_prob double precision, stddev double precision)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 10 SET search_path = pg_catalog, pg_temp AS $fn$
#variable_conflict use_column
DECLARE
    kind CONSTANT smallint := dynasty_odds._kind('consensus', consensus.market);
    since CONSTANT timestamptz := dynasty_odds._since('consensus', 'max_age', consensus.at, consensus.max_age);
BEGIN
    PERFORM dynasty_odds._fair('{2,2}', consensus.method, 1);
    IF consensus.event_id IS NULL OR kind IS NULL OR since IS NULL OR consensus.method IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT c.period, c.line, o.outcome::character varying, avg(o.fair), count(*)::integer, min(o.fair), max(o.fair), stddev_samp(o.fair)
    FROM dynasty_odds._complete(ARRAY[consensus.event_id], kind, since, consensus.at) c
    JOIN dynasty_odds.market_kinds k ON k.id = c.market_kind_id
    CROSS JOIN LATERAL unnest(c.outcomes, dynasty_odds.devig(c.prices::double precision[], consensus.method, k.winners)) o (outcome, fair)
    GROUP BY c.period, c.line, o.outcome ORDER BY c.period, c.line NULLS FIRST, o.outcome;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds.consensus(integer, text, timestamptz, text, interval) IS
'What the books seen within max_age think together: mean, smallest, largest and sample deviation (NULL for one book) of their probabilities of fair_market(). No rows for NULL or an unknown event. Errors: 22023 an unknown market or method, a negative max_age, a method without an answer for these prices.';
