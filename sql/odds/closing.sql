-- What a market closed at: the first and the last open price up to the kickoff known now, kept when retention takes the snapshots.

-- The rows that closing_odds should have of these events, from the snapshots that are stored.
CREATE FUNCTION dynasty_odds._closings(p_events integer[])
RETURNS TABLE (event_id integer, bookmaker_id integer, market_kind_id smallint, period smallint, line numeric, outcome character varying, open_price numeric,
               close_price numeric, open_at timestamptz, close_at timestamptz, was_open boolean, kickoff timestamptz, fair_prob double precision)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 10000
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET jit = off SET enable_nestloop = off SET enable_sort = off AS $fn$
#variable_conflict use_column
DECLARE
    latest CONSTANT timestamptz := (SELECT max(e.kickoff) FROM dynasty_odds.events e WHERE e.id = ANY (p_events));
BEGIN
    RETURN QUERY
    WITH begun AS MATERIALIZED (
        SELECT e.id, e.kickoff FROM dynasty_odds.events e WHERE e.id = ANY (p_events)),
    seen AS MATERIALIZED (
        -- When each full snapshot was shown, by itself and by those that point to it.
        SELECT s.event_id, s.bookmaker_id, s.scope, coalesce(s.same_as_id, s.id) AS full_id, coalesce(s.same_as_captured_at, s.captured_at) AS full_at,
               min(s.captured_at) AS first_at, max(s.captured_at) AS last_at
        FROM dynasty_odds.odds_snapshots s JOIN begun b ON b.id = s.event_id
        WHERE s.event_id = ANY (p_events) AND s.captured_at <= latest AND s.captured_at <= b.kickoff
        GROUP BY 1, 2, 3, 4, 5),
    scoped AS MATERIALIZED (
        SELECT s.event_id, s.bookmaker_id FROM seen s GROUP BY 1, 2 HAVING min(s.scope) <> max(s.scope)),
    -- Of two snapshots of one moment the one with the larger id tells of what both hold: those two are taken apart.
    twins AS MATERIALIZED (
        SELECT s.event_id, s.bookmaker_id, s.captured_at, s.id, coalesce(s.same_as_id, s.id) AS full_id, coalesce(s.same_as_captured_at, s.captured_at) AS full_at
        FROM (SELECT s.*, count(*) OVER (PARTITION BY s.event_id, s.bookmaker_id, s.captured_at) AS together
              FROM dynasty_odds.odds_snapshots s JOIN begun b ON b.id = s.event_id
              WHERE EXISTS (SELECT FROM scoped) AND (s.event_id, s.bookmaker_id) IN (SELECT c.event_id, c.bookmaker_id FROM scoped c)
                AND s.event_id = ANY (p_events) AND s.captured_at <= latest AND s.captured_at <= b.kickoff) s
        WHERE s.together > 1),
    told AS MATERIALIZED (
        SELECT DISTINCT l.event_id, l.bookmaker_id, l.full_id AS low_id, l.full_at AS low_at, h.full_id AS high_id, h.full_at AS high_at
        FROM twins l JOIN twins h ON h.event_id = l.event_id AND h.bookmaker_id = l.bookmaker_id AND h.captured_at = l.captured_at AND h.id > l.id),
    mixed AS MATERIALIZED (
        SELECT DISTINCT t.event_id, t.bookmaker_id
        FROM told t CROSS JOIN LATERAL (
            SELECT FROM dynasty_odds.market_odds a
            CROSS JOIN LATERAL (
                SELECT FROM dynasty_odds.market_odds b
                WHERE b.snapshot_id = t.high_id AND b.captured_at = t.high_at AND b.market_kind_id = a.market_kind_id AND b.period = a.period
                  AND b.line IS NOT DISTINCT FROM a.line AND b.outcome = a.outcome OFFSET 0) b
            WHERE a.snapshot_id = t.low_id AND a.captured_at = t.low_at LIMIT 1) a),
    -- Shows of a full snapshot: as a whole, or one by one where that matters.
    shows AS MATERIALIZED (
        SELECT s.event_id, s.bookmaker_id, s.scope, s.full_id, s.full_at, s.first_at, s.last_at, NULL::bigint AS id
        FROM seen s WHERE (s.event_id, s.bookmaker_id) NOT IN (SELECT m.event_id, m.bookmaker_id FROM mixed m)
        UNION ALL
        SELECT s.event_id, s.bookmaker_id, s.scope, coalesce(s.same_as_id, s.id), coalesce(s.same_as_captured_at, s.captured_at), s.captured_at, s.captured_at, s.id
        FROM dynasty_odds.odds_snapshots s JOIN begun b ON b.id = s.event_id
        WHERE EXISTS (SELECT FROM mixed) AND (s.event_id, s.bookmaker_id) IN (SELECT m.event_id, m.bookmaker_id FROM mixed m)
          AND s.event_id = ANY (p_events) AND s.captured_at <= latest AND s.captured_at <= b.kickoff),
    ranked AS MATERIALIZED (
        SELECT s.*, rank() OVER (PARTITION BY s.event_id, s.bookmaker_id ORDER BY s.first_at) AS first_rank,
               rank() OVER (PARTITION BY s.event_id, s.bookmaker_id ORDER BY s.last_at) AS last_rank,
               dense_rank() OVER (PARTITION BY s.event_id, s.bookmaker_id ORDER BY s.scope) AS scope_no
        FROM shows s),
    priced AS (
        SELECT m.snapshot_id, m.captured_at, m.event_id, m.bookmaker_id, m.market_kind_id, m.period, m.line, m.outcome, (m.price * 1000000)::bigint AS millionths
        FROM dynasty_odds.market_odds m
        WHERE m.event_id = ANY (p_events) AND m.captured_at <= latest AND NOT m.is_suspended OFFSET 0),
    told_over AS MATERIALIZED (
        SELECT l.id, o.market_kind_id, o.period, o.line, o.outcome
        FROM twins l JOIN twins h ON h.event_id = l.event_id AND h.bookmaker_id = l.bookmaker_id AND h.captured_at = l.captured_at AND h.id > l.id
        JOIN mixed m ON m.event_id = l.event_id AND m.bookmaker_id = l.bookmaker_id
        CROSS JOIN LATERAL (SELECT o.* FROM dynasty_odds.market_odds o WHERE o.snapshot_id = h.full_id AND o.captured_at = h.full_at OFFSET 0) o),
    -- Rank and millionths of the price in one number, so that the least holds the first price and the greatest the last.
    keys AS MATERIALIZED (
        SELECT p.event_id, p.bookmaker_id, p.market_kind_id, p.period, p.line, p.outcome,
               min((r.first_rank << 40) + p.millionths) AS first, max((r.last_rank << 40) + p.millionths) AS last,
               min(r.scope_no) <> max(r.scope_no) AS is_scoped
        FROM ranked r JOIN priced p ON p.snapshot_id = r.full_id AND p.captured_at = r.full_at
        WHERE r.id IS NULL OR NOT EXISTS (
            SELECT FROM told_over t WHERE t.id = r.id AND t.market_kind_id = p.market_kind_id AND t.period = p.period
              AND coalesce(t.line, 'NaN') = coalesce(p.line, 'NaN') AND t.outcome = p.outcome)
        GROUP BY 1, 2, 3, 4, 5, 6),
    groups AS MATERIALIZED (
        SELECT k.event_id, k.bookmaker_id, k.market_kind_id, k.period, k.line, max(k.last >> 40) AS last_rank,
               bool_or(k.is_scoped) OR (k.event_id, k.bookmaker_id) IN (SELECT c.event_id, c.bookmaker_id FROM scoped c) AS is_scoped
        FROM keys k GROUP BY 1, 2, 3, 4, 5),
    ends AS MATERIALIZED (
        SELECT DISTINCT r.event_id, r.bookmaker_id, r.last_rank, r.last_at FROM ranked r),
    lasts AS MATERIALIZED (
        SELECT a.*, o.market_kind_id, o.period, o.line, o.outcome::text AS outcome, o.price, o.is_suspended
        FROM (SELECT DISTINCT g.event_id, g.bookmaker_id, g.last_rank FROM groups g WHERE NOT g.is_scoped) a
        JOIN ranked r ON r.event_id = a.event_id AND r.bookmaker_id = a.bookmaker_id AND r.last_rank = a.last_rank
        CROSS JOIN LATERAL (SELECT o.* FROM dynasty_odds.market_odds o WHERE o.snapshot_id = r.full_id AND o.captured_at = r.full_at OFFSET 0) o),
    -- The state of the book when the market was last shown open: of one scope, the snapshot that showed it.
    shown AS MATERIALIZED (
        SELECT g.event_id, g.bookmaker_id, g.market_kind_id, g.period, g.line, o.outcome, o.price, o.is_suspended
        FROM lasts o JOIN groups g ON g.event_id = o.event_id AND g.bookmaker_id = o.bookmaker_id AND g.last_rank = o.last_rank
            AND g.market_kind_id = o.market_kind_id AND g.period = o.period AND coalesce(g.line, 'NaN') = coalesce(o.line, 'NaN')
        WHERE NOT g.is_scoped
        UNION ALL
        SELECT g.event_id, g.bookmaker_id, g.market_kind_id, g.period, g.line, s.outcome::text, s.price, s.is_suspended
        FROM (SELECT DISTINCT g.event_id, g.bookmaker_id, g.last_rank FROM groups g WHERE g.is_scoped) a
        JOIN ends e ON e.event_id = a.event_id AND e.bookmaker_id = a.bookmaker_id AND e.last_rank = a.last_rank
        CROSS JOIN LATERAL dynasty_odds._state(ARRAY[a.event_id], a.bookmaker_id, NULL, '-infinity', e.last_at) s
        JOIN groups g ON g.event_id = a.event_id AND g.bookmaker_id = a.bookmaker_id AND g.last_rank = a.last_rank AND g.market_kind_id = s.market_kind_id
            AND g.period = s.period AND coalesce(g.line, 'NaN') = coalesce(s.line, 'NaN')),
    listed AS (
        SELECT s.event_id, s.bookmaker_id, s.market_kind_id, s.period, s.line, k.outcomes AS wanted, k.winners,
               array_agg(s.outcome ORDER BY s.outcome COLLATE "C") AS outcomes, array_agg(s.price ORDER BY s.outcome COLLATE "C") AS prices,
               bool_and(NOT s.is_suspended AND s.price > 1) AS is_open
        FROM shown s JOIN dynasty_odds.market_kinds k ON k.id = s.market_kind_id AND k.side = 'back'
        WHERE k.outcomes = '{}' OR s.outcome = ANY (k.outcomes)
        GROUP BY 1, 2, 3, 4, 5, 6, 7),
    sets AS (
        SELECT l.*, first_value(l.outcomes) OVER (PARTITION BY l.event_id, l.market_kind_id, l.period, l.line
                                                  ORDER BY cardinality(l.outcomes) DESC, l.bookmaker_id) AS largest
        FROM listed l),
    fair AS MATERIALIZED (
        SELECT s.event_id, s.bookmaker_id, s.market_kind_id, s.period, s.line, f.outcome, f.prob
        FROM sets s CROSS JOIN LATERAL unnest(s.outcomes, dynasty_odds._fair(s.prices::double precision[], 'power', s.winners)) f (outcome, prob)
        WHERE s.is_open AND cardinality(s.outcomes) BETWEEN 2 AND 200 AND s.winners < cardinality(s.outcomes)
          AND CASE s.wanted WHEN '{}' THEN s.outcomes = s.largest ELSE cardinality(s.outcomes) = cardinality(s.wanted) END),
    -- On offer in the newest snapshots up to the kickoff: of one scope, what the last of all shows open.
    newest AS MATERIALIZED (
        SELECT r.event_id, r.bookmaker_id, max(r.last_rank) AS last_rank FROM ranked r
        WHERE (r.event_id, r.bookmaker_id) NOT IN (SELECT c.event_id, c.bookmaker_id FROM scoped c) GROUP BY 1, 2),
    at_kickoff AS MATERIALIZED (
        SELECT s.event_id, s.bookmaker_id, s.market_kind_id, s.period, s.line, s.outcome
        FROM scoped c JOIN begun b ON b.id = c.event_id
        CROSS JOIN LATERAL dynasty_odds._state(ARRAY[b.id], c.bookmaker_id, NULL, '-infinity', b.kickoff) s WHERE NOT s.is_suspended),
    opened AS MATERIALIZED (
        SELECT k.*, f.first_at
        FROM keys k JOIN (SELECT DISTINCT r.event_id, r.bookmaker_id, r.first_rank, r.first_at FROM ranked r) f
            ON f.event_id = k.event_id AND f.bookmaker_id = k.bookmaker_id AND f.first_rank = k.first >> 40),
    closed AS MATERIALIZED (
        SELECT o.*, e.last_at
        FROM opened o JOIN ends e ON e.event_id = o.event_id AND e.bookmaker_id = o.bookmaker_id AND e.last_rank = o.last >> 40)
    SELECT k.event_id, k.bookmaker_id, k.market_kind_id, k.period, k.line, k.outcome, ((k.first & 1099511627775)::numeric / 1000000)::numeric(12, 6),
           ((k.last & 1099511627775)::numeric / 1000000)::numeric(12, 6),
           k.first_at, k.last_at, a.event_id IS NOT NULL OR n.event_id IS NOT NULL, b.kickoff, p.prob
    FROM closed k JOIN begun b ON b.id = k.event_id
    LEFT JOIN newest n ON n.event_id = k.event_id AND n.bookmaker_id = k.bookmaker_id AND n.last_rank = k.last >> 40
    LEFT JOIN at_kickoff a ON a.event_id = k.event_id AND a.bookmaker_id = k.bookmaker_id AND a.market_kind_id = k.market_kind_id AND a.period = k.period
        AND coalesce(a.line, 'NaN') = coalesce(k.line, 'NaN') AND a.outcome = k.outcome
    LEFT JOIN fair p ON p.event_id = k.event_id AND p.bookmaker_id = k.bookmaker_id AND p.market_kind_id = k.market_kind_id AND p.period = k.period
        AND coalesce(p.line, 'NaN') = coalesce(k.line, 'NaN') AND p.outcome = k.outcome;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds._closings(integer[]) IS 'Internal, of capture_closing(): first and last open prices of the events up to their kickoff, from the snapshots that are stored.';

CREATE FUNCTION dynasty_odds.capture_closing(before timestamptz DEFAULT now()) RETURNS integer
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp SET jit = off AS $fn$
#variable_conflict use_column
DECLARE
    -- So many events at a time: memory, not results, depends on it.
    batch CONSTANT integer := 200;
    attempts CONSTANT integer := 5;
    begun integer[];
    part integer[];
    written integer;
    changed integer := 0;
BEGIN
    IF before IS NULL THEN
        RETURN NULL;
    END IF;
    -- One capture after the other, each seeing what the one before it wrote; nobody else waits for it.
    LOCK TABLE dynasty_odds.closing_odds IN SHARE UPDATE EXCLUSIVE MODE;
    SELECT array_agg(e.id ORDER BY e.id) INTO begun FROM dynasty_odds.events e WHERE e.kickoff <= before AND e.status NOT IN ('postponed', 'cancelled');
    FOR head IN 1 .. coalesce(cardinality(begun), 0) BY batch LOOP
        -- An event that goes meanwhile takes its closings with it: without it once more.
        FOR attempt IN 1 .. attempts LOOP
            BEGIN
                part := begun[head:head + batch - 1];
                WITH fresh AS MATERIALIZED (
                    SELECT c.* FROM dynasty_odds._closings(part) c),
                kept AS MATERIALIZED (
                    SELECT o.*, EXISTS (SELECT FROM dynasty_odds.odds_snapshots s
                                        WHERE s.event_id = o.event_id AND s.bookmaker_id = o.bookmaker_id AND s.captured_at = o.close_at OFFSET 0) AS is_stored
                    FROM dynasty_odds.closing_odds o WHERE o.event_id = ANY (part)),
                -- What the snapshots that are left know less of, stays: a close that retention has taken, an earlier open.
                wanted AS (
                    SELECT f.event_id, f.bookmaker_id, f.market_kind_id, f.period, f.line, f.outcome, f.close_price, f.close_at, f.was_open, f.kickoff, f.fair_prob,
                           CASE WHEN e.is_earlier THEN k.open_price ELSE f.open_price END AS open_price, CASE WHEN e.is_earlier THEN k.open_at ELSE f.open_at END AS open_at, k.id,
                           k.open_price AS old_open_price, k.open_at AS old_open_at, k.close_price AS old_close_price, k.close_at AS old_close_at,
                           k.was_open AS old_was_open, k.kickoff AS old_kickoff, k.fair_prob AS old_fair_prob
                    FROM fresh f LEFT JOIN kept k ON k.event_id = f.event_id AND k.bookmaker_id = f.bookmaker_id AND k.market_kind_id = f.market_kind_id AND k.period = f.period
                        AND coalesce(k.line, 'NaN') = coalesce(f.line, 'NaN') AND k.outcome = f.outcome
                    CROSS JOIN LATERAL (SELECT k.open_at < f.open_at AND NOT EXISTS (
                        SELECT FROM dynasty_odds.odds_snapshots s WHERE s.event_id = k.event_id AND s.bookmaker_id = k.bookmaker_id AND s.captured_at = k.open_at OFFSET 0) AS is_earlier) e
                    WHERE k.id IS NULL OR k.is_stored OR f.close_at >= k.close_at),
                gone AS (
                    DELETE FROM dynasty_odds.closing_odds o USING kept k
                    WHERE o.id = k.id AND k.is_stored AND NOT EXISTS (
                        SELECT FROM fresh f WHERE f.event_id = k.event_id AND f.bookmaker_id = k.bookmaker_id AND f.market_kind_id = k.market_kind_id AND f.period = k.period
                          AND coalesce(f.line, 'NaN') = coalesce(k.line, 'NaN') AND f.outcome = k.outcome)
                    RETURNING o.id),
                put AS (
                    INSERT INTO dynasty_odds.closing_odds AS o (event_id, bookmaker_id, market_kind_id, period, line, outcome, open_price, close_price, open_at, close_at, was_open,
                                                                kickoff, fair_prob, captured_by)
                    SELECT w.event_id, w.bookmaker_id, w.market_kind_id, w.period, w.line, w.outcome, w.open_price, w.close_price, w.open_at, w.close_at, w.was_open,
                           w.kickoff, w.fair_prob, current_user
                    FROM wanted w
                    WHERE w.id IS NULL OR (w.open_price, w.open_at, w.close_price, w.close_at, w.was_open, w.kickoff, w.fair_prob)
                        IS DISTINCT FROM (w.old_open_price, w.old_open_at, w.old_close_price, w.old_close_at, w.old_was_open, w.old_kickoff, w.old_fair_prob)
                    ORDER BY w.event_id, w.bookmaker_id, w.market_kind_id, w.period, w.line, w.outcome
                    ON CONFLICT ON CONSTRAINT uq_closing_odds_event_id DO UPDATE SET
                        open_price = excluded.open_price, close_price = excluded.close_price, open_at = excluded.open_at, close_at = excluded.close_at, was_open = excluded.was_open,
                        kickoff = excluded.kickoff, fair_prob = excluded.fair_prob, captured_by = excluded.captured_by
                    RETURNING o.id)
                SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM put) INTO written;
                changed := changed + written;
                EXIT;
            EXCEPTION WHEN foreign_key_violation THEN
                IF attempt = attempts THEN
                    RAISE;
                END IF;
            END;
        END LOOP;
    END LOOP;
    RETURN changed;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds.capture_closing(timestamptz) IS
'Keeps in closing_odds what each outcome opened and closed at, of events that began by a time and are neither postponed nor cancelled: the first and the last open price up to the kickoff known now, when the last was last seen, whether it was still on offer then, and its fair probability (power) where the book''s market was complete. Returns how many rows came, changed or went; a second call returns 0. What moved with the kickoff is computed anew; what retention has taken the snapshots of is never replaced by less. NULL for NULL.';

CREATE FUNCTION dynasty_odds.event_clv(event_id integer, market text, outcome text, bet_odds double precision, bookmaker_id integer DEFAULT NULL,
                                       line numeric DEFAULT NULL, period integer DEFAULT 0)
RETURNS double precision
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $fn$
#variable_conflict use_column
DECLARE
    kind CONSTANT smallint := dynasty_odds._kind('event_clv', event_clv.market);
BEGIN
    PERFORM dynasty_odds._refuse_number('event_clv', 'bet_odds', event_clv.bet_odds), dynasty_odds._refuse_number('event_clv', 'line', event_clv.line::double precision);
    IF event_clv.bet_odds <= 1 THEN
        RAISE EXCEPTION 'event_clv: bet_odds is %, and has to be above 1', event_clv.bet_odds USING ERRCODE = 'numeric_value_out_of_range';
    END IF;
    RETURN (
        SELECT event_clv.bet_odds * avg(c.fair_prob) - 1 FROM dynasty_odds.closing_odds c
        WHERE c.event_id = event_clv.event_id AND c.market_kind_id = kind AND c.outcome = event_clv.outcome AND c.period = event_clv.period
          AND c.line IS NOT DISTINCT FROM event_clv.line
          AND (c.bookmaker_id = event_clv.bookmaker_id OR event_clv.bookmaker_id IS NULL AND c.was_open));
END
$fn$;
COMMENT ON FUNCTION dynasty_odds.event_clv(integer, text, text, double precision, integer, numeric, integer) IS
'Closing line value of a bet without the margin: bet_odds * fair_prob - 1, by the bookmaker''s closing, or (NULL) by the mean of those books that were open at the kickoff. NULL for NULL, and where there is none. Errors: 22023 an unknown market, NaN or infinity; 22003 bet_odds of at most 1.';
