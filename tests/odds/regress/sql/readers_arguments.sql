-- NULL for an argument without default: no rows, or NULL. Unknown words and impossible spans: 22023. An unknown event: no rows.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set board :abs_srcdir '/board.sql'
\o /dev/null
\i :board
\o
\set ECHO all
\o /dev/null
SELECT event(1, '2026-01-10 19:00Z'), put(1, 1, '2026-01-10 10:00Z', 'h2h home 1.91, h2h away 1.95');
CREATE FUNCTION says(call text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    n bigint;
BEGIN
    EXECUTE 'SELECT count(x) FROM dynasty_odds.' || call || ' x' INTO n;
    RETURN n;
EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
\o
SELECT call, says(call) FROM unnest(ARRAY[
    'odds_at(1, now())', 'odds_at(NULL, now())', 'odds_at(1, NULL)', 'odds_at(99, now())', 'odds_at(1, now(), 99)', $q$odds_at(1, now(), market => 'x')$q$,
    $q$best_odds(NULL, 'h2h')$q$, 'best_odds(1, NULL)', $q$best_odds(1, 'h2h', NULL)$q$, $q$best_odds(1, 'h2h', now(), NULL)$q$, $q$best_odds(1, 'H2H')$q$, $q$best_odds(1, 'h2h', now(), '-1 second')$q$,
    $q$line_movement(NULL, 'h2h')$q$, 'line_movement(1, NULL)', $q$line_movement(1, 'h2h', from_at => NULL)$q$, $q$line_movement(1, 'h2h', to_at => NULL)$q$, $q$line_movement(1, repeat('x', 100))$q$,
    $q$fair_market(NULL, 'h2h')$q$, $q$fair_market(1, 'h2h', NULL)$q$, $q$fair_market(1, 'h2h', method => NULL)$q$, $q$fair_market(99, 'h2h', method => 'x')$q$, $q$fair_market(1, 'x')$q$,
    $q$price_bars(1, 'h2h', NULL)$q$, $q$price_bars(1, 'h2h', '1 hour', fill => NULL)$q$, $q$price_bars(1, 'h2h', '0')$q$, $q$price_bars(1, 'h2h', '-1 hour')$q$, $q$price_bars(1, 'h2h', '1 month')$q$, $q$price_bars(1, 'h2h', '1 year -12 months')$q$,
    $q$price_bars(1, 'x', '1 hour')$q$, $q$price_bars(1, 'h2h', '1000000 days')$q$, $q$main_lines(1, 'x')$q$, 'main_lines(1, NULL)',
    $q$consensus(1, 'h2h', NULL)$q$, $q$consensus(1, 'h2h', method => 'x')$q$, $q$consensus(1, 'h2h', max_age => '-1 day')$q$, $q$consensus(1, 'x')$q$,
    'scan_value(NULL)', 'scan_value(min_ev => NULL)', $q$scan_value(min_ev => 'NaN')$q$, $q$scan_value(min_ev => 'infinity')$q$, $q$scan_value(method => 'x')$q$, $q$scan_value(reference => '{}')$q$, $q$scan_value(reference => '{alpha,nobody}')$q$,
    $q$scan_value(reference => '{alpha,NULL}')$q$, $q$scan_value(max_age => '-1 day')$q$, 'scan_value(include_live => NULL)',
    'scan_arbitrage(NULL)', $q$scan_arbitrage(min_profit => 'NaN')$q$, $q$scan_arbitrage(max_age => '-1 day')$q$, 'scan_arbitrage(include_live => NULL)',
    'steam_moves(NULL)', $q$steam_moves('-infinity', within => '-1 second')$q$, $q$steam_moves('-infinity', min_books => 0)$q$, $q$steam_moves('-infinity', min_change => -1)$q$, $q$steam_moves('-infinity', min_change => 'NaN')$q$,
    $q$steam_moves('infinity', '-infinity')$q$, 'stale_prices(NULL)', $q$stale_prices(max_lag => '-1 second')$q$, $q$stale_prices('-infinity')$q$, $q$stale_prices('infinity')$q$,
    $q$export_odds(NULL, 'infinity')$q$, $q$export_odds('-infinity', 'infinity')$q$, $q$export_odds('2026-01-10 10:00Z', '2026-01-10 10:00Z')$q$,
    $q$event_clv(1, 'h2h', 'home', 2)$q$, $q$event_clv(1, 'x', 'home', 2)$q$, $q$event_clv(1, 'h2h', 'home', 1)$q$, $q$event_clv(1, 'h2h', 'home', 'NaN')$q$, $q$event_clv(1, 'h2h', 'home', 2, line => 'NaN')$q$, $q$event_clv(NULL, 'h2h', 'home', 2)$q$
    ]) WITH ORDINALITY c (call, place) ORDER BY place;
-- A stream of the table itself: no function's scan in its plan.
EXPLAIN (COSTS off) SELECT * FROM dynasty_odds.export_odds('2026-01-10', '2026-01-11');
SELECT outcome, price FROM dynasty_odds.export_odds('2026-01-10', '2026-01-11');
-- Readers are what they say.
SELECT p.proname, p.provolatile, p.proparallel, p.proisstrict FROM pg_proc p WHERE p.pronamespace = 'dynasty_odds'::regnamespace
AND p.proname IN ('odds_at', 'best_odds', 'line_movement', 'fair_market', 'capture_closing', 'event_clv', 'price_bars', 'main_lines', 'consensus', 'scan_value', 'scan_arbitrage', 'steam_moves', 'stale_prices', 'export_odds') ORDER BY 1;
