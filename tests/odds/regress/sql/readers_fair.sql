-- Fair probabilities: which markets are complete, what a method says of them, what books say together.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set board :abs_srcdir '/board.sql'
\o /dev/null
\i :board
\o
\set ECHO all
\o /dev/null
SELECT event(1, '2026-01-10 19:00Z'),
       put(1, 1, '2026-01-10 10:00Z', '1x2 home 2.6, 1x2 draw 2.4, 1x2 away 4.3, h2h home 1.0, h2h away 36, double_chance home_draw 1.25, double_chance home_away 1.3, double_chance draw_away 1.6, h2h_lay home 2, h2h_lay away 2.1'),
       -- One outcome is missing, one suspended, one listed beside those of the kind.
       put(1, 2, '2026-01-10 10:00Z', '1x2 home 2.6, 1x2 away 4.3, h2h home 1.91, h2h away 1.91 s, btts yes 2.1, btts no 2.1, btts maybe 9'),
       put(1, 3, '2026-01-10 10:00Z', '1x2 home 2.5, 1x2 draw 2.5, 1x2 away 4.4, totals 2.5 over 1.5, totals 2.5 under 2.7, totals 3.5 over 2.6'),
       -- An open set is the largest that a book lists; a suspended one is listed.
       put(1, 1, '2026-01-10 10:01Z', 'winner_of_cup a 3.5, winner_of_cup b 3.1, winner_of_cup c 3.0', 'cup'),
       put(1, 2, '2026-01-10 10:01Z', 'winner_of_cup a 3.4, winner_of_cup b 3.2', 'cup'),
       put(1, 3, '2026-01-10 10:01Z', 'winner_of_cup a 3.4, winner_of_cup b 3.2, winner_of_cup c 3.0 s', 'cup'),
       put(1, 4, '2026-01-10 10:01Z', 'winner_of_cup a 3.4, winner_of_cup b 3.2, winner_of_cup d 3.0', 'cup');
\o
SELECT bookmaker_id, outcome, price, round(fair_prob::numeric, 9) AS fair_prob, round(overround::numeric, 9) AS overround FROM dynasty_odds.fair_market(1, '1x2', '2026-01-10 10:30Z', 'shin');
SELECT m.market, f.bookmaker_id, f.line, f.outcome, round(f.fair_prob::numeric, 9) AS fair_prob, round(f.overround::numeric, 9) AS overround
FROM (VALUES ('h2h'), ('btts'), ('totals'), ('double_chance'), ('h2h_lay'), ('winner_of_cup')) m (market)
CROSS JOIN LATERAL dynasty_odds.fair_market(1, m.market, '2026-01-10 10:30Z') f ORDER BY m.market, f.bookmaker_id, f.line, f.outcome;
-- Each method is devig()'s, whatever it is called.
SELECT m.method, bool_and(f.fair_prob = d.fair) AS same FROM unnest('{multiplicative,additive,power,odds_ratio,goto,shin,or,wpo}'::text[]) m (method)
CROSS JOIN LATERAL dynasty_odds.fair_market(1, '1x2', '2026-01-10 10:30Z', m.method) f
JOIN LATERAL unnest('{home,draw,away}'::text[], dynasty_odds.devig('{2.6,2.4,4.3}', m.method)) d (outcome, fair) ON d.outcome = f.outcome WHERE f.bookmaker_id = 1 GROUP BY m.method ORDER BY m.method;
SELECT m.market, c.outcome, round(c.fair_prob::numeric, 9) AS fair_prob, c.books, round(c.min_prob::numeric, 6) AS least, round(c.max_prob::numeric, 6) AS most, round(c.stddev::numeric, 9) AS stddev
FROM (VALUES ('1x2'), ('double_chance'), ('winner_of_cup')) m (market) CROSS JOIN LATERAL dynasty_odds.consensus(1, m.market, '2026-01-10 10:30Z', 'multiplicative') c
ORDER BY m.market, c.outcome;
-- It is what plain SQL makes of fair_market.
SELECT count(*) AS rows, bool_and(c.fair_prob = f.mean AND c.books = f.n AND c.stddev IS NOT DISTINCT FROM f.deviation) AS same
FROM dynasty_odds.consensus(1, '1x2', '2026-01-10 10:30Z') c
JOIN (SELECT outcome, avg(fair_prob) AS mean, count(*) AS n, stddev_samp(fair_prob) AS deviation FROM dynasty_odds.fair_market(1, '1x2', '2026-01-10 10:30Z') GROUP BY outcome) f USING (outcome);
-- Fresh ones only, and the largest set is the largest of the fresh.
SELECT count(*) FROM dynasty_odds.consensus(1, '1x2', '2026-01-10 10:30Z', max_age => '29 minutes');
SELECT outcome, books FROM dynasty_odds.consensus(1, 'winner_of_cup', '2026-01-10 10:30Z', max_age => '29 minutes');
\o /dev/null
SELECT put(1, 2, '2026-01-10 10:20Z', 'winner_of_cup a 1.9, winner_of_cup b 1.9', 'cup');
\o
SELECT outcome, books, fair_prob FROM dynasty_odds.consensus(1, 'winner_of_cup', '2026-01-10 10:30Z', max_age => '20 minutes');
\set VERBOSITY terse
-- A method without an answer for a market that was asked for.
SELECT * FROM dynasty_odds.fair_market(1, 'double_chance', '2026-01-10 10:30Z', 'shin');
SELECT * FROM dynasty_odds.consensus(1, 'double_chance', '2026-01-10 10:30Z', 'shin');
