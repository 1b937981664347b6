-- Value, arbitrage, steam, stale prices over several events.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set board :abs_srcdir '/board.sql'
\o /dev/null
\i :board
\o
\set ECHO all
CREATE VIEW v AS SELECT event_id AS e, market, line, outcome, bookmaker_id AS b, price, round(fair_prob::numeric, 6) AS fair_prob, round(ev::numeric, 6) AS ev, round(kelly::numeric, 6) AS kelly
FROM dynasty_odds.scan_value('2026-01-10 10:05Z');
\o /dev/null
SELECT event(1, '2026-01-10 19:00Z'), event(2, '2026-01-10 10:00Z'), event(3, '2026-01-10 19:00Z', 'live'), event(4, '2026-01-10 19:00Z', 'postponed'), event(5, '2026-01-10 10:05Z'), event(6, '2026-01-10 19:00Z'),
       put(1, 1, '2026-01-10 10:00Z', 'h2h home 2.10, h2h away 1.80, totals 2.5 over 2.1, totals 2.5 under 2.1, double_chance home_draw 1.4, double_chance home_away 1.5, double_chance draw_away 1.7'),
       put(1, 2, '2026-01-10 10:00Z', 'h2h home 1.95, h2h away 1.95, totals 2.5 over 2.0, totals 2.5 under 2.0, double_chance home_draw 1.6, double_chance home_away 1.6, double_chance draw_away 1.6'),
       put(1, 4, '2026-01-10 10:00Z', 'h2h home 2.14, h2h away 1.86, totals 3.5 over 9, totals 3.5 under 1.01 s'),
       -- Not fresh, by a microsecond; running, begun, postponed; of a set whose largest is another book's.
       put(1, 3, '2026-01-10 09:54:59.999999Z', 'h2h home 9, h2h away 9'),
       put(2, 1, '2026-01-10 10:01Z', 'h2h home 2.2, h2h away 2.2'), put(3, 1, '2026-01-10 10:01Z', 'h2h home 2.3, h2h away 2.3'), put(4, 1, '2026-01-10 10:01Z', 'h2h home 2.4, h2h away 2.4'),
       put(5, 1, '2026-01-10 10:01Z', 'h2h home 2.5, h2h away 2.5'), put(6, 1, '2026-01-10 09:55Z', 'winner_of_cup a 4, winner_of_cup b 4, winner_of_cup c 4'),
       put(6, 2, '2026-01-10 09:56Z', 'winner_of_cup a 3, winner_of_cup b 3, winner_of_cup c 3.1'), put(6, 3, '2026-01-10 09:56Z', 'winner_of_cup a 30, winner_of_cup b 30');
\o
SELECT * FROM v;
-- By plain SQL: each price of a complete market against the mean of the others, net of commission.
WITH fair AS (
    SELECT e.id AS event_id, k.key AS market, f.* FROM (VALUES (1), (6)) e (id) CROSS JOIN dynasty_odds.market_kinds k
    CROSS JOIN LATERAL (SELECT * FROM dynasty_odds.fair_market(e.id, k.key, '2026-01-10 10:05Z') f
                        WHERE (SELECT max(a.captured_at) FROM dynasty_odds.odds_at(e.id, '2026-01-10 10:05Z', f.bookmaker_id, k.key) a) >= '2026-01-10 09:55Z') f),
net AS (SELECT f.*, 1 + (f.price::float8 - 1) * (1 - b.commission::float8) AS net,
               (SELECT avg(o.fair_prob) FROM fair o WHERE o.event_id = f.event_id AND o.market = f.market AND o.line IS NOT DISTINCT FROM f.line AND o.outcome = f.outcome AND o.bookmaker_id <> f.bookmaker_id) AS p
        FROM fair f JOIN dynasty_odds.bookmakers b ON b.id = f.bookmaker_id),
both_ways AS (
    SELECT n.p, n.net, v.ev, v.fair_prob, v.kelly FROM net n JOIN dynasty_odds.scan_value('2026-01-10 10:05Z') v
        ON v.event_id = n.event_id AND v.market = n.market AND v.line IS NOT DISTINCT FROM n.line AND v.outcome = n.outcome AND v.bookmaker_id = n.bookmaker_id)
SELECT (SELECT count(*) FROM net WHERE p * net > 1 + 1e-12) AS plain, (SELECT count(*) FROM dynasty_odds.scan_value('2026-01-10 10:05Z')) AS said,
       count(*) FILTER (WHERE abs(p * net - 1 - ev) < 1e-12 AND abs(p - fair_prob) < 1e-12 AND abs(kelly - (p * net - 1) / (net - 1)) < 1e-12) AS same FROM both_ways;
-- One judge, never of himself; a method without an answer passes over the market; more is asked for.
SELECT event_id, market, outcome, bookmaker_id, round(ev::numeric, 6) AS ev FROM dynasty_odds.scan_value('2026-01-10 10:05Z', reference => '{bravo}') WHERE market <> 'double_chance';
SELECT market, count(*) FROM dynasty_odds.scan_value('2026-01-10 10:05Z', method => 'shin') GROUP BY market ORDER BY market;
SELECT market, count(*) FROM dynasty_odds.scan_value('2026-01-10 10:05Z', method => 'multiplicative', min_ev => 0.05) GROUP BY market ORDER BY market;
SELECT count(*) FROM dynasty_odds.scan_value('2026-01-10 10:05Z', max_age => '4 minutes');
SELECT event_id, market, line, round(profit::numeric, 9) AS profit, legs FROM dynasty_odds.scan_arbitrage('2026-01-10 10:05Z') ORDER BY event_id, market, line;
-- Of one winner it is what arbitrage() says of the legs; all stakes are one unit.
SELECT a.event_id, a.market, abs(a.profit - m.profit) < 1e-12 AS same FROM dynasty_odds.scan_arbitrage('2026-01-10 10:05Z') a
CROSS JOIN LATERAL dynasty_odds.arbitrage((SELECT array_agg((l ->> 'net_price')::float8) FROM jsonb_array_elements(a.legs) l)) m WHERE a.market <> 'double_chance' ORDER BY 1, 2;
SELECT a.event_id, a.market, round(sum((l ->> 'stake')::numeric), 9) AS stakes FROM dynasty_odds.scan_arbitrage('2026-01-10 10:05Z') a, jsonb_array_elements(a.legs) l GROUP BY 1, 2 ORDER BY 1, 2;
SELECT event_id, market, round(profit::numeric, 6) AS profit FROM dynasty_odds.scan_arbitrage('2026-01-10 10:05Z', 0.06, include_live => true) ORDER BY 1, 2;
SELECT count(*) FROM dynasty_odds.scan_arbitrage('2026-01-10 10:05Z', 0.34);
SELECT count(*) FROM dynasty_odds.scan_arbitrage('infinity');
-- Behind: not seen while another is, or a feed that stands still; both; alone nobody is behind.
UPDATE dynasty_odds.odds_snapshots s SET source_updated_at = t.at
FROM (VALUES (1, '2026-01-10 09:50Z'::timestamptz), (2, '2026-01-10 09:49:59Z'), (3, '2026-01-10 09:44Z'), (4, '2026-01-10 10:30Z')) t (book, at) WHERE s.event_id = 1 AND s.bookmaker_id = t.book;
SELECT event_id, bookmaker_id, captured_at, source_updated_at, reason FROM dynasty_odds.stale_prices('2026-01-10 10:05Z');
SELECT event_id, bookmaker_id, reason FROM dynasty_odds.stale_prices('2026-01-10 10:07:30Z', '00:11:30');
SELECT count(*) FROM dynasty_odds.stale_prices('2026-01-10 19:00Z');
-- Steam: three books within ten minutes of the first, the edge included; a window of too few is left by one move; then anew.
\o /dev/null
SELECT event(7, '2026-01-11 19:00Z'), event(8, '2026-01-11 19:00Z'),
       put(7, 1, '2026-01-10 10:00Z', 'h2h home 2.5, h2h away 1.6'), put(7, 2, '2026-01-10 10:00Z', 'h2h home 2.5, h2h away 1.6'), put(7, 3, '2026-01-10 10:00Z', 'h2h home 2.5, h2h away 1.6'),
       put(7, 4, '2026-01-10 10:00Z', 'h2h home 5, h2h away 1.6 s'),
       put(7, 1, '2026-01-10 11:00Z', 'h2h home 2.2, h2h away 1.6'), put(7, 2, '2026-01-10 11:04Z', 'h2h home 2.2, h2h away 1.6'), put(7, 3, '2026-01-10 11:12Z', 'h2h home 2.0, h2h away 1.6'),
       put(7, 1, '2026-01-10 11:14Z', 'h2h home 2.0, h2h away 1.6'), put(7, 4, '2026-01-10 11:14:00.000001Z', 'h2h home 4, h2h away 1.5'),
       put(7, 2, '2026-01-10 11:30Z', 'h2h home 2.6, h2h away 1.58'),
       put(8, 1, '2026-01-10 11:00Z', 'h2h home 2.5, h2h away 1.6'), put(8, 2, '2026-01-10 11:00Z', 'h2h home 2.5, h2h away 1.6'),
       put(8, 1, '2026-01-10 11:20Z', 'h2h home 2, h2h away 2'), put(8, 2, '2026-01-10 11:20Z', 'h2h home 2, h2h away 2');
\o
SELECT event_id AS e, market, outcome, direction AS d, first_at, last_at, books, round(mean_change::numeric, 9) AS mean_change, first_bookmaker_id AS first FROM dynasty_odds.steam_moves('2026-01-10 10:30Z', '2026-01-10 12:00Z');
SELECT event_id AS e, outcome, direction AS d, first_at, last_at, books, round(mean_change::numeric, 9) AS mean_change, first_bookmaker_id AS first FROM dynasty_odds.steam_moves('2026-01-10 10:30Z', '2026-01-10 12:00Z', min_books => 2);
-- The price before lies before from_at; a change of exactly min_change is one (1/5 - 1/4); to_at is not included.
SELECT outcome, direction AS d, first_at, books, round(mean_change::numeric, 9) AS mean_change FROM dynasty_odds.steam_moves('2026-01-10 11:14Z', '2026-01-10 11:30Z', '0', 1, 0.05) WHERE event_id = 7;
SELECT count(*) FROM dynasty_odds.steam_moves('2026-01-10 11:14Z', '2026-01-10 11:30Z', '0', 1, 0.0500001) WHERE event_id = 7;
-- From the beginning of time it is the same.
SELECT count(*) AS rows, count(*) FILTER (WHERE (a.books, a.last_at, a.mean_change) IS DISTINCT FROM (b.books, b.last_at, b.mean_change)) AS differ
FROM (SELECT * FROM dynasty_odds.steam_moves('-infinity', 'infinity', min_books => 1, min_change => 0)) a
FULL JOIN (SELECT * FROM dynasty_odds.steam_moves('2026-01-10 09:00Z', '2026-01-11', min_books => 1, min_change => 0)) b USING (event_id, market, outcome, direction, first_at);
