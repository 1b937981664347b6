-- A part of 'make demo': a board of odds. What came in, the best prices, how a line moved, an arbitrage, closing lines and what a bet was worth.
\pset footer off
\pset null '-'
\pset pager off
\set VERBOSITY terse
\echo
\echo '=== A board: 40 events, 6 bookmakers, polled for two days'
SELECT * FROM dynasty_odds.simulate_board(40, 6, 48, 1);
ANALYZE dynasty_odds.odds_snapshots, dynasty_odds.market_odds;
SELECT count(*) AS "Snapshots", count(*) FILTER (WHERE is_unchanged) AS "As before", (SELECT count(*) FROM dynasty_odds.market_odds) AS "Prices kept",
       min(captured_at)::timestamp(0) AS "From", max(captured_at)::timestamp(0) AS "To"
FROM dynasty_odds.odds_snapshots;
-- The moment to look from, and the event that starts next.
SELECT max(captured_at) AS now FROM dynasty_odds.odds_snapshots \gset
SELECT e.event_id AS event, e.name FROM dynasty_odds.event_overview e WHERE e.status = 'scheduled' AND e.kickoff > :'now' AND e.bookmakers > 3
    AND EXISTS (SELECT FROM dynasty_odds.market_odds m JOIN dynasty_odds.market_kinds k ON k.id = m.market_kind_id WHERE m.event_id = e.event_id AND k.key = 'h2h') ORDER BY e.kickoff LIMIT 1 \gset
\echo '=== The best prices of' :name
SELECT o.outcome AS "Outcome", b.name AS "Book", o.price AS "Price", round(o.net_price::numeric, 3) AS "After commission", dynasty_odds.decimal_to_american(o.price) AS "American"
FROM dynasty_odds.best_odds(:event, 'h2h', :'now', '1 day') o JOIN dynasty_odds.bookmakers b ON b.id = o.bookmaker_id WHERE o.period = 0 ORDER BY 1;
\echo '=== What they say without the margin'
SELECT c.outcome AS "Outcome", round(c.fair_prob::numeric, 3) AS "Probability", c.books AS "Books", round(c.stddev::numeric, 4) AS "They differ by"
FROM dynasty_odds.consensus(:event, 'h2h', :'now', max_age => '1 day') c WHERE c.period = 0 ORDER BY 1;
\echo '=== How its price moved, by the hour'
SELECT p.bucket_at::timestamp(0) AS "Hour", p.open AS "Open", p.high AS "High", p.low AS "Low", p.close AS "Close", p.n AS "Seen"
FROM dynasty_odds.price_bars(:event, 'h2h', '1 hour', (SELECT min(bookmaker_id) FROM dynasty_odds.odds_snapshots WHERE event_id = :event)) p
WHERE p.outcome = 'home' AND p.period = 0 ORDER BY 1 DESC LIMIT 6;
\echo '=== Arbitrages on the board, and value'
SELECT e.name AS "Event", a.market AS "Market", a.line AS "Line", round(100 * a.profit::numeric, 2) AS "Profit %"
FROM dynasty_odds.scan_arbitrage(:'now', 0, '1 hour', true) a JOIN dynasty_odds.events e ON e.id = a.event_id ORDER BY a.profit DESC LIMIT 5;
SELECT e.name AS "Event", v.market AS "Market", v.line AS "Line", v.outcome AS "Outcome", b.name AS "Book", v.price AS "Price", round(v.fair_prob::numeric, 3) AS "Others say", round(100 * v.ev::numeric, 2) AS "Value %", round(100 * v.kelly::numeric, 2) AS "Kelly %"
FROM dynasty_odds.scan_value(:'now', 0.01, max_age => '1 hour', include_live => true) v JOIN dynasty_odds.events e ON e.id = v.event_id JOIN dynasty_odds.bookmakers b ON b.id = v.bookmaker_id ORDER BY v.ev DESC LIMIT 5;
\echo '=== What they closed at'
SELECT dynasty_odds.capture_closing(:'now') AS "Closings";
SELECT e.name AS "Event", b.name AS "Book", c.open_price AS "Open", c.close_price AS "Close", c.was_open AS "Open until then", round(c.fair_prob::numeric, 3) AS "Probability",
       round(100 * dynasty_odds.event_clv(c.event_id, 'h2h', 'home', c.open_price::float8, c.bookmaker_id)::numeric, 2) AS "Who bet at the open: CLV %"
FROM dynasty_odds.closing_odds c JOIN dynasty_odds.events e ON e.id = c.event_id JOIN dynasty_odds.bookmakers b ON b.id = c.bookmaker_id
JOIN dynasty_odds.market_kinds k ON k.id = c.market_kind_id WHERE k.key = 'h2h' AND c.outcome = 'home' AND c.period = 0 ORDER BY e.kickoff, b.name LIMIT 6;
