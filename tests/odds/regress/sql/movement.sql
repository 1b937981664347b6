-- Movement, bars, main lines: against every observation, one by one (the view observed of board.sql), and by hand.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set board :abs_srcdir '/board.sql'
\o /dev/null
\i :board
\o
\set ECHO all
\o /dev/null
SELECT event(1, '2026-01-12 19:00Z'), event(2, '2026-01-12 19:00Z'), event(3, '2026-01-12 19:00Z'),
       put(1, 1, '2026-01-10 10:00Z', 'h2h home 1.91, h2h away 1.95'),
       -- Suspended and withdrawn spells part nothing.
       put(1, 1, '2026-01-10 10:05Z', 'h2h home 1.91 s, h2h away 2.00'),
       put(1, 1, '2026-01-10 10:10Z', ''),
       put(1, 1, '2026-01-10 10:20Z', 'h2h home 1.91, h2h away 2.00'),
       put(1, 1, '2026-01-10 10:25Z', 'h2h home 1.00, h2h away 36'),
       -- A late one: the pointer after it still shows the first.
       put(1, 2, '2026-01-10 10:00Z', 'h2h home 2.00, h2h away 1.80'),
       put(1, 2, '2026-01-10 10:10Z', NULL),
       put(1, 2, '2026-01-10 10:05Z', 'h2h home 2.10, h2h away 1.75'),
       -- Two scopes that both show it, at one moment and apart.
       put(1, 3, '2026-01-10 10:00Z', 'h2h home 3.00, h2h away 1.40'),
       put(1, 3, '2026-01-10 10:00Z', 'h2h home 3.10', 'props'),
       put(1, 3, '2026-01-10 10:03Z', NULL),
       put(1, 3, '2026-01-10 10:06Z', 'h2h home 3.20 s', 'props'),
       put(1, 3, '2026-01-10 10:06Z', NULL),
       put(1, 3, '2026-01-10 10:09Z', NULL);
\o
SELECT bookmaker_id, outcome, captured_at, price, prev_price, round(change_pct::numeric, 4) AS change_pct FROM dynasty_odds.line_movement(1, 'h2h') ORDER BY 1, 2, 3;
SELECT bookmaker_id, outcome, bucket_at, open, high, low, close, n FROM dynasty_odds.price_bars(1, 'h2h', '10 minutes') ORDER BY 1, 2, 3;
SELECT outcome, bucket_at, open, high, low, close, n FROM dynasty_odds.price_bars(1, 'h2h', '5 minutes', 1, fill => true) WHERE outcome = 'home';
-- A random history of five books in two scopes, with pointers, late snapshots, suspensions.
\o /dev/null
SELECT setseed(0.42);
INSERT INTO dynasty_odds.bookmakers (id, key, name) SELECT 10 + i, 'r' || i, 'R' FROM generate_series(1, 5) i;
DO $$
DECLARE
    item record;
BEGIN
    FOR item IN
        -- A fifth of them for seven minutes ago: late.
        SELECT * FROM (
            SELECT DISTINCT ON (b, scope, minute) b, scope, '2026-01-10 00:00Z'::timestamptz + minute * '1 minute'::interval AS at, turn
            FROM (SELECT b, scope, m AS turn, CASE WHEN random() < 0.2 THEN m - 7 ELSE m END AS minute
                  FROM generate_series(11, 15) b, unnest(CASE WHEN b > 13 THEN '{"",props}' ELSE '{""}'::text[] END) scope, generate_series(10, 300, 3) m) x
            ORDER BY b, scope, minute, turn) x
        ORDER BY turn, b, scope
    LOOP
        PERFORM put(2, item.b, item.at, CASE
            WHEN random() < 0.6 AND EXISTS (SELECT FROM dynasty_odds.odds_snapshots s WHERE s.event_id = 2 AND s.bookmaker_id = item.b AND s.scope = item.scope AND s.captured_at < item.at) THEN NULL
            ELSE format('totals 2.5 over %s%s, totals 2.5 under %s, totals 3.5 over %s, totals 3.5 under 1.9%s', 1.8 + round(random()::numeric / 2, 1), CASE WHEN random() < 0.2 THEN ' s' END,
                        1.8 + round(random()::numeric / 2, 1), 2.1 + round(random()::numeric / 2, 1), CASE WHEN random() < 0.2 THEN ' s' END) END, item.scope);
    END LOOP;
END $$;
\o
SELECT count(*) > 500 AS enough, count(*) FILTER (WHERE is_unchanged) > 200 AS pointers FROM dynasty_odds.odds_snapshots WHERE event_id = 2;
WITH plain AS (
    SELECT * FROM (SELECT o.*, lag(price) OVER (PARTITION BY bookmaker_id, period, line, outcome ORDER BY captured_at) AS prev_price FROM observed o WHERE event_id = 2 AND market = 'totals') o
    WHERE price IS DISTINCT FROM prev_price AND captured_at >= '2026-01-10 01:00Z' AND captured_at < '2026-01-10 04:00Z'),
said AS (SELECT * FROM dynasty_odds.line_movement(2, 'totals', from_at => '2026-01-10 01:00Z', to_at => '2026-01-10 04:00Z'))
SELECT count(*) > 200 AS enough, count(*) FILTER (WHERE (s.price, s.prev_price) IS DISTINCT FROM (p.price, p.prev_price)) AS differ FROM said s FULL JOIN plain p USING (bookmaker_id, period, line, outcome, captured_at);
WITH plain AS (
    SELECT bookmaker_id, period, line, outcome, date_bin('25 minutes', captured_at, '2000-01-01Z') AS bucket_at, (array_agg(price ORDER BY captured_at))[1] AS open, max(price) AS high, min(price) AS low,
           (array_agg(price ORDER BY captured_at DESC))[1] AS close, count(*) AS n
    FROM observed WHERE event_id = 2 AND market = 'totals' AND captured_at >= '2026-01-10 01:00Z' AND captured_at < '2026-01-10 04:00Z' GROUP BY 1, 2, 3, 4, 5),
said AS (SELECT * FROM dynasty_odds.price_bars(2, 'totals', '25 minutes', from_at => '2026-01-10 01:00Z', to_at => '2026-01-10 04:00Z'))
SELECT count(*) > 100 AS enough, count(*) FILTER (WHERE (s.open, s.high, s.low, s.close, s.n) IS DISTINCT FROM (p.open, p.high, p.low, p.close, p.n)) AS differ
FROM said s FULL JOIN plain p USING (bookmaker_id, period, line, outcome, bucket_at);
WITH times AS (SELECT DISTINCT bookmaker_id, captured_at FROM dynasty_odds.odds_snapshots WHERE event_id = 2),
lines AS (
    SELECT t.bookmaker_id, t.captured_at, s.period, s.line, round(min(abs(d.p - 0.5))::numeric, 9) AS away
    FROM times t CROSS JOIN LATERAL (
        SELECT o.period, o.line, array_agg(o.price::float8) AS prices FROM dynasty_odds.odds_at(2, t.captured_at, t.bookmaker_id, 'totals') o
        WHERE NOT o.is_suspended GROUP BY o.period, o.line HAVING count(*) = 2) s
    CROSS JOIN LATERAL unnest(dynasty_odds.devig(s.prices, 'power')) d (p) GROUP BY 1, 2, 3, 4),
plain AS (
    SELECT * FROM (SELECT n.*, lag(line) OVER (PARTITION BY bookmaker_id, period ORDER BY captured_at) AS prev_line
                   FROM (SELECT DISTINCT ON (bookmaker_id, period, captured_at) * FROM lines ORDER BY bookmaker_id, period, captured_at, away, abs(line), line) n) n
    WHERE line IS DISTINCT FROM prev_line AND captured_at >= '2026-01-10 01:00Z' AND captured_at < '2026-01-10 04:00Z'),
said AS (SELECT * FROM dynasty_odds.main_lines(2, 'totals', from_at => '2026-01-10 01:00Z', to_at => '2026-01-10 04:00Z'))
SELECT count(*) > 50 AS enough, count(*) FILTER (WHERE (s.line, s.prev_line) IS DISTINCT FROM (p.line, p.prev_line)) AS differ FROM said s FULL JOIN plain p USING (bookmaker_id, period, captured_at);
-- One book is what all have of it.
SELECT count(*) AS differ FROM (SELECT * FROM dynasty_odds.line_movement(2, 'totals') WHERE bookmaker_id = 14) a FULL JOIN dynasty_odds.line_movement(2, 'totals', 14) b
USING (period, line, outcome, captured_at) WHERE a.price IS DISTINCT FROM b.price;
-- Main lines by hand: the nearest to even, of mirrored ones the smaller |line|, then the smaller; an open set has all that is listed; times without a line are passed over.
\o /dev/null
SELECT put(3, 1, '2026-01-10 10:00Z', 'spreads -1.5 home 2.5, spreads -1.5 away 1.55, spreads -0.5 home 1.9, spreads -0.5 away 1.9, spreads 0.5 home 1.9, spreads 0.5 away 1.9'),
       put(3, 1, '2026-01-10 10:05Z', NULL),
       put(3, 1, '2026-01-10 10:10Z', 'spreads -1.5 home 1.95, spreads -1.5 away 1.95, spreads -0.5 home 1.5'),
       put(3, 1, '2026-01-10 10:15Z', 'spreads -0.5 home 1.5 s, spreads -0.5 away 2.6'),
       put(3, 1, '2026-01-10 10:20Z', 'spreads -1.5 home 1.95, spreads -1.5 away 1.95, spreads 0.5 home 2.2, spreads 0.5 away 1.7, spreads@1 0 home 1.9, spreads@1 0 away 1.9'),
       put(3, 1, '2026-01-10 10:25Z', 'spreads 2 home 1.95, spreads 2 away 1.70'),
       put(3, 2, '2026-01-10 10:00Z', 'alternate_totals 5.5 over 1.5, alternate_totals 5.5 under 2.6, alternate_totals 6.5 over 2.0, alternate_totals 6.5 under 1.8, alternate_totals 7 over 2.0');
\o
SELECT * FROM dynasty_odds.main_lines(3, 'spreads');
SELECT * FROM dynasty_odds.main_lines(3, 'spreads', 1, '2026-01-10 10:06Z', '2026-01-10 10:25Z');
SELECT * FROM dynasty_odds.main_lines(3, 'alternate_totals');
SELECT count(*) FROM dynasty_odds.main_lines(1, 'h2h');
-- Days of a bucket have 24 hours, whatever the session's zone says.
SET timezone = 'Europe/Berlin';
\o /dev/null
SELECT event(4, '2026-04-02 19:00Z'), put(4, 1, '2026-03-27 12:00Z', 'btts yes 2'), put(4, 1, '2026-03-31 12:00Z', 'btts yes 2.1');
\o
SELECT bucket_at AT TIME ZONE 'UTC' AS bucket_at, open, n FROM dynasty_odds.price_bars(4, 'btts', '1 day', fill => true);
SELECT bucket_at AT TIME ZONE 'UTC' AS bucket_at, n FROM dynasty_odds.price_bars(4, 'btts', '1 day 12 hours');
SELECT bucket_at AT TIME ZONE 'UTC' AS bucket_at, n FROM dynasty_odds.price_bars(4, 'btts', '-6 days 168 hours');
