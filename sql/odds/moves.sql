-- What moved as a whole: the line around which a book prices a market, and prices that several books move together.

CREATE FUNCTION dynasty_odds._main_lines(p_event integer, p_market text, p_book integer, p_from timestamptz, p_to timestamptz)
RETURNS TABLE (bookmaker_id integer, period smallint, captured_at timestamptz, line numeric, prev_line numeric)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 50
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET jit = off SET enable_nestloop = off SET enable_sort = off AS $fn$
#variable_conflict use_column
DECLARE
    kind CONSTANT smallint := dynasty_odds._kind('main_lines', p_market);
    lowest CONSTANT integer := coalesce(p_book, -2147483648);
    highest CONSTANT integer := coalesce(p_book, 2147483647);
    wanted text[];
    winning smallint;
BEGIN
    SELECT k.outcomes, k.winners INTO wanted, winning FROM dynasty_odds.market_kinds k WHERE k.id = kind AND k.side = 'back';
    IF NOT FOUND OR p_event IS NULL OR p_from IS NULL OR p_to IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH priced AS MATERIALIZED (
        SELECT m.snapshot_id, m.captured_at, m.bookmaker_id, m.period, m.line, m.outcome::text AS outcome, m.price, m.is_suspended
        FROM dynasty_odds.market_odds m
        WHERE m.event_id = p_event AND m.market_kind_id = kind AND m.bookmaker_id BETWEEN lowest AND highest AND m.captured_at < p_to AND m.line IS NOT NULL),
    series AS MATERIALIZED (
        SELECT s.bookmaker_id, s.scope, s.captured_at, coalesce(s.same_as_id, s.id) AS full_id, coalesce(s.same_as_captured_at, s.captured_at) AS full_at,
               row_number() OVER (PARTITION BY s.bookmaker_id ORDER BY s.captured_at, s.id) AS place
        FROM dynasty_odds.odds_snapshots s
        WHERE s.event_id = p_event AND s.bookmaker_id BETWEEN lowest AND highest AND s.captured_at < p_to),
    scopes AS (
        -- Those that have ever shown the market: what the others do, changes nothing.
        SELECT DISTINCT s.bookmaker_id, s.scope FROM series s JOIN priced p ON p.snapshot_id = s.full_id AND p.captured_at = s.full_at),
    holding AS (
        -- At every snapshot of the book the newest of each scope.
        SELECT s.bookmaker_id, s.captured_at, s.place,
               max(s.place) FILTER (WHERE s.scope = c.scope) OVER (PARTITION BY s.bookmaker_id, c.scope ORDER BY s.captured_at RANGE UNBOUNDED PRECEDING) AS held
        FROM series s JOIN scopes c ON c.bookmaker_id = s.bookmaker_id),
    states AS (
        SELECT h.bookmaker_id, h.captured_at, array_agg(f.full_id ORDER BY h.held) AS ids, array_agg(f.full_at ORDER BY h.held) AS ats
        FROM (SELECT DISTINCT h.bookmaker_id, h.captured_at, h.held FROM holding h WHERE h.held IS NOT NULL) h
        JOIN series f ON f.bookmaker_id = h.bookmaker_id AND f.place = h.held
        GROUP BY h.bookmaker_id, h.captured_at),
    moved AS (
        SELECT s.* FROM (
            SELECT s.*, lag(s.ids) OVER (PARTITION BY s.bookmaker_id ORDER BY s.captured_at) AS before_ids,
                   lag(s.ats) OVER (PARTITION BY s.bookmaker_id ORDER BY s.captured_at) AS before_ats FROM states s) s
        WHERE s.before_ids IS DISTINCT FROM s.ids OR s.before_ats IS DISTINCT FROM s.ats),
    parts AS MATERIALIZED (
        SELECT m.bookmaker_id, m.captured_at, f.id, f.at, f.place FROM moved m CROSS JOIN LATERAL unnest(m.ids, m.ats) WITH ORDINALITY f (id, at, place)),
    shown AS (
        SELECT DISTINCT ON (m.bookmaker_id, m.captured_at, p.period, p.line, p.outcome COLLATE "C")
               m.bookmaker_id, m.captured_at, p.period, p.line, p.outcome, p.price, p.is_suspended
        FROM parts m JOIN priced p ON p.snapshot_id = m.id AND p.captured_at = m.at
        ORDER BY m.bookmaker_id, m.captured_at, p.period, p.line, p.outcome COLLATE "C", m.place DESC),
    complete AS (
        -- Of a kind with an open set all that is listed is the set.
        SELECT s.bookmaker_id, s.captured_at, s.period, s.line, array_agg(s.price::double precision) AS prices
        FROM shown s WHERE wanted = '{}' OR s.outcome = ANY (wanted)
        GROUP BY s.bookmaker_id, s.captured_at, s.period, s.line
        HAVING bool_and(NOT s.is_suspended AND s.price > 1) AND count(*) BETWEEN 2 AND 200 AND count(*) > winning AND (wanted = '{}' OR count(*) = cardinality(wanted))),
    nearest AS (
        -- Nine decimals: mirrored prices are as near on both sides.
        SELECT DISTINCT ON (c.bookmaker_id, c.period, c.captured_at) c.bookmaker_id, c.period, c.captured_at, c.line
        FROM complete c
        CROSS JOIN LATERAL (SELECT round(min(abs(f.p - 0.5))::numeric, 9) AS away FROM unnest(dynasty_odds._fair(c.prices, 'power', winning)) f (p)) n
        WHERE n.away IS NOT NULL
        ORDER BY c.bookmaker_id, c.period, c.captured_at, n.away, abs(c.line), c.line),
    followed AS (
        SELECT n.*, lag(n.line) OVER (PARTITION BY n.bookmaker_id, n.period ORDER BY n.captured_at) AS prev_line FROM nearest n)
    SELECT f.bookmaker_id, f.period, f.captured_at, f.line, f.prev_line
    FROM followed f WHERE f.line IS DISTINCT FROM f.prev_line AND f.captured_at >= p_from ORDER BY f.bookmaker_id, f.period, f.captured_at;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds._main_lines(integer, text, integer, timestamptz, timestamptz) IS 'Internal, of main_lines().';

CREATE FUNCTION dynasty_odds.main_lines(event_id integer, market text, bookmaker_id integer DEFAULT NULL, from_at timestamptz DEFAULT '-infinity',
                                        to_at timestamptz DEFAULT 'infinity')
RETURNS TABLE (bookmaker_id integer, period smallint, captured_at timestamptz, line numeric, prev_line numeric)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 50 SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT r.bookmaker_id, r.period, r.captured_at, r.line, r.prev_line
    FROM dynasty_odds._main_lines(main_lines.event_id, main_lines.market, main_lines.bookmaker_id, main_lines.from_at, main_lines.to_at) r
$fn$;
COMMENT ON FUNCTION dynasty_odds.main_lines(integer, text, integer, timestamptz, timestamptz) IS
'When a book''s main line changed, and the line before (NULL for the first): of its complete lines the one with a fair probability (power) nearest one half, then the smallest |line|, then the smaller. Times without a complete line are passed over. bookmaker_id NULL: all books. No rows for NULL or an unknown event. Errors: 22023 an unknown market.';

CREATE FUNCTION dynasty_odds.steam_moves(from_at timestamptz, to_at timestamptz DEFAULT now(), within interval DEFAULT '10 minutes', min_books integer DEFAULT 3,
                                         min_change double precision DEFAULT 0.02)
RETURNS TABLE (event_id integer, market text, period smallint, line numeric, outcome character varying, direction integer, first_at timestamptz,
               last_at timestamptz, books integer, mean_change double precision, first_bookmaker_id integer)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 50
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET jit = off SET enable_nestloop = off AS $fn$
#variable_conflict use_column
DECLARE
    moved integer[];
    found record;
    head integer;
    tail integer;
    total integer;
BEGIN
    PERFORM dynasty_odds._refuse_number('steam_moves', 'min_change', steam_moves.min_change);
    IF steam_moves.within < '0'::interval THEN
        RAISE EXCEPTION 'steam_moves: within is %, and has to be at least 0', steam_moves.within USING ERRCODE = 'invalid_parameter_value';
    ELSIF steam_moves.min_books < 1 THEN
        RAISE EXCEPTION 'steam_moves: min_books is %, and has to be at least 1', steam_moves.min_books USING ERRCODE = 'invalid_parameter_value';
    ELSIF steam_moves.min_change < 0 THEN
        RAISE EXCEPTION 'steam_moves: min_change is %, and has to be at least 0', steam_moves.min_change USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF steam_moves.from_at IS NULL OR steam_moves.to_at IS NULL OR steam_moves.within IS NULL OR steam_moves.min_books IS NULL OR steam_moves.min_change IS NULL THEN
        RETURN;
    END IF;
    SELECT array_agg(DISTINCT s.event_id) INTO moved FROM dynasty_odds.odds_snapshots s
    WHERE s.captured_at >= steam_moves.from_at AND s.captured_at < steam_moves.to_at;
    FOR found IN
        WITH within_it AS MATERIALIZED (
            SELECT c.* FROM dynasty_odds._changes(moved, NULL, NULL, steam_moves.from_at, steam_moves.to_at) c),
        state AS MATERIALIZED (
            SELECT s.* FROM dynasty_odds._state(moved, NULL, NULL, '-infinity', steam_moves.from_at - '1 microsecond'::interval) s
            JOIN (SELECT n.event_id, n.bookmaker_id, max(n.captured_at) AS captured_at
                  FROM dynasty_odds._newest(moved, NULL, '-infinity', steam_moves.from_at - '1 microsecond'::interval) n GROUP BY 1, 2) n
                ON n.event_id = s.event_id AND n.bookmaker_id = s.bookmaker_id AND n.captured_at = s.captured_at
            WHERE NOT s.is_suspended),
        -- The price before is what the book's newest snapshot showed open as it began; of what it did not, the one that was open last.
        begun AS MATERIALIZED (
            SELECT w.event_id, w.bookmaker_id, w.market_kind_id, w.period, w.line, w.outcome, w.captured_at, w.price, coalesce(w.prev_price, s.price) AS prev_price
            FROM within_it w LEFT JOIN state s ON w.prev_price IS NULL AND s.event_id = w.event_id AND s.bookmaker_id = w.bookmaker_id AND s.market_kind_id = w.market_kind_id
                AND s.period = w.period AND coalesce(s.line, 'NaN') = coalesce(w.line, 'NaN') AND s.outcome = w.outcome),
        earlier AS MATERIALIZED (
            SELECT DISTINCT ON (c.event_id, c.bookmaker_id, c.market_kind_id, c.period, c.line, c.outcome) c.*
            FROM (SELECT b.market_kind_id, array_agg(DISTINCT b.event_id) AS events FROM begun b WHERE b.prev_price IS NULL GROUP BY b.market_kind_id) a
            CROSS JOIN LATERAL dynasty_odds._changes(a.events, a.market_kind_id, NULL, '-infinity', steam_moves.from_at) c
            ORDER BY c.event_id, c.bookmaker_id, c.market_kind_id, c.period, c.line, c.outcome, c.captured_at DESC),
        moves AS (
            SELECT b.event_id, k.key, b.period, b.line, b.outcome, b.captured_at, b.bookmaker_id,
                   1 / b.price::double precision - 1 / coalesce(b.prev_price, e.price)::double precision AS change
            FROM begun b JOIN dynasty_odds.market_kinds k ON k.id = b.market_kind_id
            LEFT JOIN earlier e ON b.prev_price IS NULL AND e.event_id = b.event_id AND e.bookmaker_id = b.bookmaker_id AND e.market_kind_id = b.market_kind_id
                AND e.period = b.period AND coalesce(e.line, 'NaN') = coalesce(b.line, 'NaN') AND e.outcome = b.outcome
            WHERE b.price <> coalesce(b.prev_price, e.price))
        -- 1/5 - 1/4 is not quite -0.05 in binary.
        SELECT m.event_id, m.key, m.period, m.line, m.outcome, sign(m.change)::integer AS direction, array_agg(m.captured_at ORDER BY m.captured_at, m.bookmaker_id) AS ats,
               array_agg(m.bookmaker_id ORDER BY m.captured_at, m.bookmaker_id) AS who, array_agg(m.change ORDER BY m.captured_at, m.bookmaker_id) AS changes
        FROM moves m WHERE abs(m.change) >= steam_moves.min_change - 1e-9
        GROUP BY m.event_id, m.key, m.period, m.line, m.outcome, sign(m.change) HAVING count(DISTINCT m.bookmaker_id) >= steam_moves.min_books
        ORDER BY m.event_id, m.key, m.period, m.line NULLS FIRST, m.outcome, sign(m.change)
    LOOP
        total := cardinality(found.ats);
        head := 1;
        tail := 0;
        WHILE head <= total LOOP
            tail := greatest(tail, head);
            WHILE tail < total AND found.ats[tail + 1] - found.ats[head] <= steam_moves.within LOOP
                tail := tail + 1;
            END LOOP;
            SELECT count(DISTINCT u.book), sum(u.change) / count(DISTINCT u.book) INTO books, mean_change
            FROM unnest(found.who[head:tail], found.changes[head:tail]) u (book, change);
            IF books >= steam_moves.min_books THEN
                event_id := found.event_id;
                market := found.key;
                period := found.period;
                line := found.line;
                outcome := found.outcome;
                direction := found.direction;
                first_at := found.ats[head];
                last_at := found.ats[tail];
                first_bookmaker_id := found.who[head];
                RETURN NEXT;
                head := tail + 1;
            ELSE
                head := head + 1;
            END IF;
        END LOOP;
    END LOOP;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds.steam_moves(timestamptz, timestamptz, interval, integer, double precision) IS
'Outcomes that several books moved the same way within a short time. A move is a change of 1/price between a book''s neighbouring open observations, of at least min_change, at the later one''s time, which lies from from_at to before to_at. Moves within `within` of a first one by at least min_books books are one row, and what follows begins anew after the last; direction is 1 where the probability rose, mean_change the mean of the books'' sums, first_bookmaker_id who began. No rows for NULL. Errors: 22023 a negative within or min_change, min_books below 1, NaN or infinity.';
