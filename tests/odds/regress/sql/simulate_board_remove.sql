-- remove_simulated() takes boards away and nothing else: what is a user's stays, and a game on which others made prices.
\set VERBOSITY terse
SET client_min_messages = warning;

INSERT INTO dynasty_odds.sports (key, name) VALUES ('soccer_epl', 'EPL');
INSERT INTO dynasty_odds.tournaments (sport_id, name) SELECT id, 'EPL' FROM dynasty_odds.sports;
INSERT INTO dynasty_odds.bookmakers (key, name) VALUES ('mine', 'Mine'), ('simulatedly', 'no mark');
INSERT INTO dynasty_odds.events (tournament_id, name, kickoff) SELECT id, 'e', '2025-03-11 20:00+00' FROM dynasty_odds.tournaments;
INSERT INTO dynasty_odds.scrape_runs (source) VALUES ('simulated');
SELECT count(*) FROM dynasty_odds.simulate_board(12, 3, 8, 1, '2025-03-11 12:00+00');
SELECT count(*) FROM dynasty_odds.simulate_board(5, 2, 2, 2, '2025-03-11 12:00+00', false);
-- Mine on a simulated game; a simulated bookmaker's on mine.
INSERT INTO dynasty_odds.odds_snapshots (event_id, bookmaker_id, captured_at)
SELECT (SELECT min(id) FROM dynasty_odds.events WHERE sportradar_id LIKE 'simulated:%'), (SELECT id FROM dynasty_odds.bookmakers WHERE key = 'mine'), '2025-03-11 12:00+00';
INSERT INTO dynasty_odds.odds_snapshots (event_id, bookmaker_id, captured_at)
SELECT (SELECT id FROM dynasty_odds.events WHERE name = 'e'), (SELECT id FROM dynasty_odds.bookmakers WHERE key = 'simulated_sharpline'), '2025-03-11 12:00+00';
INSERT INTO dynasty_odds.closing_odds (event_id, bookmaker_id, market_kind_id, period, outcome, open_price, close_price, open_at, close_at, was_open, kickoff)
SELECT e.id, b.id, 1, 0, 'home', 2, 2, '2025-03-11', '2025-03-11', true, '2025-03-11' FROM dynasty_odds.events e, dynasty_odds.bookmakers b WHERE b.key IN ('mine', 'simulated_sharpline') AND e.sportradar_id LIKE 'simulated:%:3';
SELECT table_name, rows > 0 AS some FROM dynasty_odds.remove_simulated();
SELECT name = 'e' AS mine, count(*), count(*) FILTER (WHERE sportradar_id LIKE 'simulated:%') AS simulated FROM dynasty_odds.events GROUP BY 1 ORDER BY 1;
SELECT key FROM dynasty_odds.bookmakers ORDER BY key;
SELECT b.key, count(*) FROM dynasty_odds.odds_snapshots s JOIN dynasty_odds.bookmakers b ON b.id = s.bookmaker_id GROUP BY 1 ORDER BY 1;
SELECT b.key, count(*) FROM dynasty_odds.closing_odds c JOIN dynasty_odds.bookmakers b ON b.id = c.bookmaker_id GROUP BY 1 ORDER BY 1;
SELECT count(*) AS prices FROM dynasty_odds.market_odds;
SELECT count(*) AS links FROM dynasty_odds.event_bookmakers;
SELECT count(*) AS runs FROM dynasty_odds.scrape_runs;
-- When mine are gone, the next call takes the rest; then there is nothing.
DELETE FROM dynasty_odds.odds_snapshots;
DELETE FROM dynasty_odds.closing_odds;
SELECT sum(rows) FROM dynasty_odds.remove_simulated();
SELECT sum(rows) FROM dynasty_odds.remove_simulated();
SELECT (SELECT count(*) FROM dynasty_odds.events) AS events, (SELECT string_agg(key, ' ') FROM dynasty_odds.sports) AS sports, (SELECT string_agg(key, ' ' ORDER BY key) FROM dynasty_odds.bookmakers) AS bookmakers;
