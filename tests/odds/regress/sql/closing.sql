-- What closing_odds keeps: first and last open price up to the kickoff, what was open then, fair probabilities; moved kickoffs, retention.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set board :abs_srcdir '/board.sql'
\o /dev/null
\i :board
\o
\set ECHO all
CREATE VIEW closings AS SELECT c.event_id AS e, c.bookmaker_id AS b, k.key AS market, c.line, c.outcome, c.open_price AS open, c.close_price AS close, to_char(c.open_at, 'HH24:MI') AS open_at,
    to_char(c.close_at, 'HH24:MI') AS close_at, c.was_open, round(c.fair_prob::numeric, 6) AS fair_prob
FROM dynasty_odds.closing_odds c JOIN dynasty_odds.market_kinds k ON k.id = c.market_kind_id ORDER BY c.event_id, c.bookmaker_id, k.key, c.line, c.outcome COLLATE "C";
\o /dev/null
SELECT event(1, '2026-01-10 12:00Z'), event(2, '2026-01-10 12:00Z', 'postponed'), event(3, '2026-01-10 12:00Z', 'cancelled'), event(4, '2026-01-10 12:00:00.000001Z'), event(5, '2026-01-10 12:00Z', 'finished'),
       put(1, 1, '2026-01-10 10:00Z', 'h2h home 1.91 s, h2h away 1.95, totals 6.5 over 1.87, totals 6.5 under 1.98, totals 5.5 over 1.5, totals 5.5 under 2.6'),
       put(1, 1, '2026-01-10 10:30Z', 'h2h home 1.90, h2h away 1.96, totals 6.5 over 1.80, totals 6.5 under 2.05, totals 5.5 over 1.5, totals 5.5 under 2.6'),
       put(1, 1, '2026-01-10 11:00Z', NULL),
       -- The line 5.5 goes, one outcome of h2h is suspended, exactly at the kickoff the last; after it the game runs.
       put(1, 1, '2026-01-10 12:00Z', 'h2h home 1.85, h2h away 2.02 s, totals 6.5 over 1.75, totals 6.5 under 2.10'),
       put(1, 1, '2026-01-10 12:00:00.000001Z', 'h2h home 1.00, h2h away 36'),
       -- Never open; lay kinds close, but are not made fair.
       put(1, 2, '2026-01-10 11:50Z', 'h2h home 1.9 s, h2h_lay home 2.0, h2h_lay away 2.1'),
       -- Suspended a minute before: not open, but what it was last is complete.
       put(1, 3, '2026-01-10 11:50Z', 'h2h home 1.90, h2h away 1.90, winner_of_cup a 3.5, winner_of_cup b 3.1, winner_of_cup c 3.0'),
       put(1, 3, '2026-01-10 11:59Z', 'h2h home 1.90 s, h2h away 1.90 s'),
       -- Two scopes: the later one tells, and what the earlier one alone has, stays.
       put(1, 4, '2026-01-10 11:00Z', 'h2h home 2.0, h2h away 1.9, btts yes 1.9, btts no 1.95'),
       put(1, 4, '2026-01-10 11:30Z', 'h2h home 2.1 s, winner_of_cup a 3.4, winner_of_cup b 3.2', 'props'),
       put(2, 1, '2026-01-10 10:00Z', 'h2h home 1.91, h2h away 1.95'),
       put(3, 1, '2026-01-10 10:00Z', 'h2h home 1.91, h2h away 1.95'),
       put(4, 1, '2026-01-10 10:00Z', 'h2h home 1.91, h2h away 1.95'),
       put(5, 1, '2026-01-10 13:00Z', 'h2h home 1.91, h2h away 1.95');
\o
SELECT dynasty_odds.capture_closing('2026-01-10 11:59:59Z') AS before_it;
SELECT dynasty_odds.capture_closing('2026-01-10 12:00Z') AS at_it;
SELECT * FROM closings;
SELECT DISTINCT kickoff, captured_by = current_user AS by_me FROM dynasty_odds.closing_odds;
-- First and last are those of every observation; was_open is odds_at's.
SELECT count(*) AS rows, count(*) FILTER (WHERE (c.open_price, c.open_at, c.close_price, c.close_at) IS DISTINCT FROM (o.open, o.first, o.close, o.last)) AS differ,
       count(*) FILTER (WHERE c.was_open IS DISTINCT FROM EXISTS (SELECT FROM dynasty_odds.odds_at(1, '2026-01-10 12:00Z', c.bookmaker_id, k.key) a
                                                                  WHERE a.line IS NOT DISTINCT FROM c.line AND a.outcome = c.outcome AND NOT a.is_suspended)) AS otherwise
FROM (SELECT bookmaker_id, market, line, outcome, (array_agg(price ORDER BY captured_at))[1] AS open, min(captured_at) AS first, (array_agg(price ORDER BY captured_at DESC))[1] AS close, max(captured_at) AS last
      FROM observed WHERE event_id = 1 AND captured_at <= '2026-01-10 12:00Z' GROUP BY 1, 2, 3, 4) o
LEFT JOIN dynasty_odds.market_kinds k ON k.key = o.market
LEFT JOIN dynasty_odds.closing_odds c ON c.event_id = 1 AND c.bookmaker_id = o.bookmaker_id AND c.market_kind_id = k.id AND c.line IS NOT DISTINCT FROM o.line AND c.outcome = o.outcome;
SELECT dynasty_odds.capture_closing('2026-01-10 12:00Z') AS again;
-- Against the mean of those that were open, or one that was not; where there is none, NULL.
SELECT round(dynasty_odds.event_clv(1, 'totals', 'over', 2.0, line => 6.5)::numeric, 6) AS totals, round(dynasty_odds.event_clv(1, 'h2h', 'home', 2.0)::numeric, 6) AS open_ones,
       round(dynasty_odds.event_clv(1, 'h2h', 'home', 2.0, 3)::numeric, 6) AS shut, dynasty_odds.event_clv(1, 'totals', 'over', 2.0, line => 7) AS other_line,
       dynasty_odds.event_clv(1, 'totals', 'over', 2.0) AS no_line, dynasty_odds.event_clv(1, 'h2h_lay', 'home', 2.0) AS lay, dynasty_odds.event_clv(1, 'totals', 'over', 2.0, line => 6.5, period => 1) AS half;
-- The kickoff moves: earlier, then later; computed anew each time, and what closed nowhere goes.
UPDATE dynasty_odds.events SET kickoff = '2026-01-10 10:45Z' WHERE id = 1;
SELECT dynasty_odds.capture_closing('2026-01-10 12:00Z') AS moved;
SELECT * FROM closings;
UPDATE dynasty_odds.events SET kickoff = '2026-01-10 09:00Z' WHERE id = 1;
SELECT dynasty_odds.capture_closing('2026-01-10 12:00Z') AS before_all;
SELECT count(*) FROM dynasty_odds.closing_odds;
UPDATE dynasty_odds.events SET kickoff = '2026-01-10 12:30Z' WHERE id = 1;
SELECT dynasty_odds.capture_closing('2026-01-10 12:30Z') AS later;
SELECT * FROM closings WHERE e = 1 AND b = 1;
-- Played after all; and a late snapshot changes what was captured.
UPDATE dynasty_odds.events SET status = 'finished' WHERE id = 2;
\o /dev/null
SELECT put(4, 1, '2026-01-10 11:45Z', 'h2h home 1.70, h2h away 2.20');
\o
SELECT dynasty_odds.capture_closing('2026-01-10 12:30Z') AS more;
SELECT * FROM closings WHERE e IN (2, 4);
-- Retention takes the snapshots: nothing is replaced by less, an earlier opening stays, what comes later than what is known does replace it.
DELETE FROM dynasty_odds.odds_snapshots WHERE event_id = 2;
DELETE FROM dynasty_odds.odds_snapshots WHERE event_id = 4 AND captured_at = '2026-01-10 10:00Z';
SELECT dynasty_odds.capture_closing('2026-01-10 12:30Z') AS none;
\o /dev/null
SELECT put(2, 1, '2026-01-10 09:00Z', 'h2h home 1.50, h2h away 2.90'), put(4, 1, '2026-01-10 11:50Z', 'h2h home 1.65, h2h away 2.30');
\o
SELECT dynasty_odds.capture_closing('2026-01-10 12:30Z') AS later_one;
SELECT * FROM closings WHERE e IN (2, 4);
UPDATE dynasty_odds.events SET kickoff = '2026-01-10 08:00Z' WHERE id IN (2, 4);
SELECT dynasty_odds.capture_closing('2026-01-10 12:30Z') AS moved_before_what_is_stored;
SELECT * FROM closings WHERE e IN (2, 4);
SELECT dynasty_odds.capture_closing(NULL);
