-- What books show at a moment: pointers, late snapshots, scopes, suspensions, withdrawals; best prices.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set board :abs_srcdir '/board.sql'
\o /dev/null
\i :board
\o
\set ECHO all
\o /dev/null
SELECT event(1, '2026-01-10 19:00Z'), event(2, '2026-01-10 19:00Z'),
       put(1, 1, '2026-01-10 10:00Z', 'h2h home 1.91, h2h away 1.95, totals 6.5 over 1.87, totals 6.5 under 1.98'),
       put(1, 1, '2026-01-10 10:10Z', NULL),
       -- A late one between them: the pointer still says what it was made of.
       put(1, 1, '2026-01-10 10:05Z', 'h2h home 1.80, h2h away 2.10'),
       -- Everything withdrawn, and back.
       put(1, 1, '2026-01-10 11:00Z', ''),
       put(1, 1, '2026-01-10 11:05Z', 'h2h home 1.70, h2h away 2.20 s'),
       -- Another scope: it withdraws nothing of the first, and tells where both hold an outcome while it is the later one.
       put(1, 1, '2026-01-10 11:02Z', 'btts yes 1.90, btts no 1.90, h2h home 1.66', 'props'),
       put(1, 1, '2026-01-10 11:07Z', NULL, 'props'),
       -- At one moment the larger id tells.
       put(1, 2, '2026-01-10 11:05Z', 'h2h home 2.00, h2h away 1.80'),
       put(1, 2, '2026-01-10 11:05Z', 'h2h home 2.05 s', 'props'),
       put(1, 4, '2026-01-10 11:06Z', 'h2h home 2.02, h2h away 2.30, h2h_lay home 2.06, h2h_lay away 2.32, draw_no_bet home 1, draw_no_bet away 36'),
       put(1, 3, '2026-01-10 11:06Z', 'h2h_lay home 2.06, h2h_lay away 2.30, h2h away 2.235, h2h@1 home 3');
\o
SELECT t.at, o.market, o.outcome, o.price, o.captured_at, o.age, o.is_suspended AS s
FROM (VALUES ('2026-01-10 09:59Z'::timestamptz), ('2026-01-10 10:04Z'), ('2026-01-10 10:05Z'), ('2026-01-10 10:10Z'), ('2026-01-10 11:00Z'), ('2026-01-10 11:04Z'),
             ('2026-01-10 11:06Z'), ('2026-01-10 11:07Z')) t (at)
CROSS JOIN LATERAL dynasty_odds.odds_at(1, t.at, 1) o ORDER BY t.at, o.market, o.outcome;
SELECT market, outcome, price, is_suspended FROM dynasty_odds.odds_at(1, '2026-01-10 12:00Z', bookmaker_id => 2);
-- One market; all books, ordered; the end of time has no age.
SELECT bookmaker_id, period, outcome, price, age FROM dynasty_odds.odds_at(1, 'infinity', market => 'h2h');
-- The view tells the same of now, and so does plain SQL over all times.
SELECT count(*) AS differ FROM (SELECT bookmaker_id, market, period, line, outcome, price, is_suspended, captured_at FROM dynasty_odds.odds_at(1, 'infinity')) a
FULL JOIN (SELECT * FROM dynasty_odds.latest_odds WHERE event_id = 1) l USING (bookmaker_id, market, period, outcome)
WHERE (a.line, a.price, a.is_suspended, a.captured_at) IS DISTINCT FROM (l.line, l.price, l.is_suspended, l.captured_at);
WITH times AS (SELECT generate_series('2026-01-10 09:55Z', '2026-01-10 11:10Z', '1 minute'::interval) AS at),
said AS (SELECT t.at, o.* FROM times t CROSS JOIN LATERAL dynasty_odds.odds_at(1, t.at) o),
plain AS (
    SELECT DISTINCT ON (t.at, s.bookmaker_id, k.key, m.period, m.line, m.outcome) t.at, s.bookmaker_id, k.key AS market, m.period, m.line, m.outcome, m.price, s.captured_at, m.is_suspended
    FROM times t JOIN dynasty_odds.odds_snapshots s ON s.captured_at <= t.at
        AND NOT EXISTS (SELECT FROM dynasty_odds.odds_snapshots n WHERE n.event_id = s.event_id AND n.bookmaker_id = s.bookmaker_id AND n.scope = s.scope
                        AND n.captured_at <= t.at AND n.captured_at > s.captured_at)
    JOIN dynasty_odds.market_odds m ON m.snapshot_id = coalesce(s.same_as_id, s.id) JOIN dynasty_odds.market_kinds k ON k.id = m.market_kind_id
    WHERE s.event_id = 1 ORDER BY t.at, s.bookmaker_id, k.key, m.period, m.line, m.outcome, s.captured_at DESC, s.id DESC)
SELECT count(*) AS rows, count(*) FILTER (WHERE (s.price, s.captured_at, s.is_suspended, s.age) IS DISTINCT FROM (p.price, p.captured_at, p.is_suspended, p.at - p.captured_at)) AS differ
FROM said s FULL JOIN plain p ON p.at = s.at AND p.bookmaker_id = s.bookmaker_id AND p.market = s.market AND p.period = s.period AND p.line IS NOT DISTINCT FROM s.line AND p.outcome = s.outcome;
-- Best: net of commission (the exchange's 2.30 is worth 1 + 1.3 * 0.95), suspended ones passed over.
SELECT period, outcome, bookmaker_id, price, net_price FROM dynasty_odds.best_odds(1, 'h2h', '2026-01-10 11:10Z');
-- Lay: the lowest, of equal ones the one worth more: no commission.
SELECT outcome, bookmaker_id, price, round(net_price::numeric, 6) AS net_price FROM dynasty_odds.best_odds(1, 'h2h_lay', '2026-01-10 11:10Z');
-- A price of 1 has no worth.
SELECT outcome, bookmaker_id, price FROM dynasty_odds.best_odds(1, 'draw_no_bet', '2026-01-10 11:10Z');
-- Fresh to the edge, and not beyond; months are of 30 days.
SELECT m.age, count(*) FROM (VALUES ('00:03'::interval), ('00:04'), ('00:04:59.999999'), ('00:05'), ('1 month')) m (age)
CROSS JOIN LATERAL dynasty_odds.best_odds(1, 'h2h', '2026-01-10 11:10Z', m.age) b GROUP BY m.age ORDER BY m.age;
SELECT count(*) FILTER (WHERE d.at = '2026-02-09 11:07Z') AS thirty, count(*) FILTER (WHERE d.at = '2026-02-09 11:07:00.000001Z') AS more
FROM (VALUES ('2026-02-09 11:07Z'::timestamptz), ('2026-02-09 11:07:00.000001Z')) d (at) CROSS JOIN LATERAL dynasty_odds.best_odds(1, 'btts', d.at, '1 month') b;
SELECT count(*) FROM dynasty_odds.best_odds(1, 'h2h', 'infinity');
SELECT count(*) FROM dynasty_odds.best_odds(1, 'h2h', '2026-01-10 11:10Z', '100000 years');
SELECT count(*) FROM dynasty_odds.odds_at(2, '2026-01-11');
