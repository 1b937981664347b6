-- The contract's example: 10:00, 10:05 the same, 10:10 moved.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set board :abs_srcdir '/board.sql'
\o /dev/null
\i :board
\o
\set ECHO all
\o /dev/null
SELECT event(1, '2026-01-10 10:08Z'),
       put(1, 1, '2026-01-10 10:00Z', 'h2h home 1.91, h2h away 1.95'),
       put(1, 1, '2026-01-10 10:05Z', NULL),
       put(1, 1, '2026-01-10 10:10Z', 'h2h home 1.87, h2h away 2.00');
\o
SELECT count(*) AS snapshots, count(*) FILTER (WHERE is_unchanged) AS unchanged, (SELECT count(*) FROM dynasty_odds.market_odds) AS prices FROM dynasty_odds.odds_snapshots;
SELECT * FROM dynasty_odds.odds_at(1, '2026-01-10 10:07Z');
SELECT outcome, captured_at, price, prev_price, round(change_pct::numeric, 4) AS change_pct FROM dynasty_odds.line_movement(1, 'h2h', 1) WHERE outcome = 'home';
-- What lies before from_at is still the price before.
SELECT outcome, captured_at, price, prev_price FROM dynasty_odds.line_movement(1, 'h2h', from_at => '2026-01-10 10:06Z');
SELECT count(*) FROM dynasty_odds.line_movement(1, 'h2h', to_at => '2026-01-10 10:10Z');
SELECT dynasty_odds.capture_closing('2026-01-10 10:08Z');
SELECT outcome, open_price, close_price, open_at, close_at, was_open, kickoff, round(fair_prob::numeric, 9) AS fair_prob FROM dynasty_odds.closing_odds ORDER BY outcome;
SELECT round(dynasty_odds.event_clv(1, 'h2h', 'home', 2.0)::numeric, 9) AS of_all, round(dynasty_odds.event_clv(1, 'h2h', 'home', 2.0, 1)::numeric, 9) AS of_the_book;
SELECT dynasty_odds.capture_closing('2026-01-10 10:08Z');
SELECT outcome, bucket_at, open, high, low, close, n FROM dynasty_odds.price_bars(1, 'h2h', '10 minutes') WHERE outcome = 'home';
-- The views say the same of now.
SELECT market, outcome, price, captured_at FROM dynasty_odds.latest_odds ORDER BY outcome;
SELECT (SELECT jsonb_agg(to_jsonb(l) ORDER BY l.outcome) FROM (SELECT bookmaker_id, market, period, line, outcome, price, captured_at, is_suspended FROM dynasty_odds.latest_odds WHERE event_id = 1) l)
     = (SELECT jsonb_agg(to_jsonb(a) - 'age' ORDER BY a.outcome) FROM dynasty_odds.odds_at(1, 'infinity') a) AS same;
