-- What the tables of odds refuse, and what their triggers keep.
SET client_min_messages = warning;
SET timezone = 'UTC';
SET search_path = dynasty_odds, pg_catalog;
\set VERBOSITY terse
SELECT key, outcomes, has_line, winners, side FROM market_kinds ORDER BY id;
INSERT INTO sports (id, key, name) VALUES (1, 'icehockey_nhl', 'NHL');
INSERT INTO tournaments (id, sport_id, name) VALUES (1, 1, 'Regular season');
INSERT INTO tournaments (id, sport_id, name) VALUES (2, 1, 'Regular season');
INSERT INTO bookmakers (id, key, name, commission) VALUES (1, 'alpha', 'Alpha', 0), (2, 'exchange', 'Exchange', 0.05);
INSERT INTO bookmakers (key, name, commission) VALUES ('greedy', 'Greedy', 1);
INSERT INTO events (id, tournament_id, name, home_team, away_team, kickoff) VALUES (1, 1, 'Home v Away', 'Home', 'Away', '2026-01-10 19:00');
INSERT INTO events (tournament_id, name, home_team, away_team, kickoff) VALUES (1, 'Mirror', 'Home', 'Home', '2026-01-10 19:00');
INSERT INTO events (tournament_id, name, kickoff, status) VALUES (1, 'Race', '2026-01-10 19:00', 'delayed');
-- The first kickoff stays; updated_at moves. (What is told: isolation/event_status.)
UPDATE events SET kickoff = '2026-01-11 19:00', original_kickoff = '2030-01-01' WHERE id = 1;
UPDATE events SET status = 'postponed' WHERE id = 1;
SELECT kickoff, original_kickoff, updated_at >= created_at AS moved FROM events WHERE id = 1;
INSERT INTO team_aliases VALUES (1, E'  The   HOME\tTeam ', 'Home') RETURNING alias;
INSERT INTO team_aliases VALUES (1, 'the home team', 'Away');
INSERT INTO team_aliases VALUES (1, '  ', 'Away');
-- A run that is over has an end, which it may bring itself.
INSERT INTO scrape_runs (id, source, started_at) VALUES (1, 'flat', '2026-01-10 10:00');
UPDATE scrape_runs SET status = 'failed' WHERE id = 1 RETURNING finished_at >= started_at AS ended;
INSERT INTO scrape_runs (source, started_at, finished_at) VALUES ('flat', '2026-01-10 10:00', '2026-01-10 11:00');
INSERT INTO scrape_runs (source, started_at, finished_at, status) VALUES ('flat', '2026-01-10 10:00', '2026-01-10 09:00', 'failed');
INSERT INTO scrape_errors (scrape_run_id, kind, message) VALUES (1, 'mood', 'bad');
INSERT INTO scrape_errors (scrape_run_id, kind, message, http_status) VALUES (1, 'http', 'gone', 99);
-- Snapshots: full and unchanged, of today or before.
INSERT INTO odds_snapshots (id, event_id, bookmaker_id, captured_at) VALUES (1, 1, 1, '2026-01-10 10:00');
INSERT INTO odds_snapshots (id, event_id, bookmaker_id, captured_at, is_unchanged, same_as_id, same_as_captured_at) VALUES (2, 1, 1, '2026-01-10 10:05', true, 1, '2026-01-10 10:00');
INSERT INTO odds_snapshots (event_id, bookmaker_id, captured_at) VALUES (1, 1, '2026-01-10 10:00');
INSERT INTO odds_snapshots (event_id, bookmaker_id, captured_at, is_unchanged) VALUES (1, 1, '2026-01-10 10:10', true);
INSERT INTO odds_snapshots (event_id, bookmaker_id, captured_at, is_unchanged, same_as_id, same_as_captured_at) VALUES (1, 1, '2026-01-10 10:10', true, 2, '2026-01-10 10:05');
INSERT INTO odds_snapshots (event_id, bookmaker_id, captured_at, is_unchanged, same_as_id, same_as_captured_at) VALUES (1, 2, '2026-01-10 10:10', true, 1, '2026-01-10 10:00');
INSERT INTO odds_snapshots (event_id, bookmaker_id, captured_at, is_unchanged, same_as_id, same_as_captured_at) VALUES (1, 1, '2026-01-10 09:00', true, 1, '2026-01-10 10:00');
DO $$ BEGIN
    INSERT INTO dynasty_odds.odds_snapshots (event_id, bookmaker_id, captured_at) VALUES (1, 1, now() + '23 hours'::interval);
    INSERT INTO dynasty_odds.odds_snapshots (event_id, bookmaker_id, captured_at) VALUES (1, 1, now() + '25 hours'::interval);
EXCEPTION WHEN check_violation THEN PERFORM set_config('a.message', SQLERRM, false); END $$;
SELECT regexp_replace(current_setting('a.message'), 'captured_at .* is', 'captured_at then is');
INSERT INTO odds_snapshots (event_id, bookmaker_id, captured_at, scrape_run_id) VALUES (1, 1, '2026-01-10 10:10', 77);
INSERT INTO odds_snapshots (event_id, bookmaker_id, captured_at) VALUES (99, 1, '2026-01-10 10:10');
-- Prices: of a snapshot that is there, full, and theirs; one of several rows is enough to refuse all.
INSERT INTO market_odds (snapshot_id, captured_at, event_id, bookmaker_id, market_kind_id, outcome, price) VALUES
    (1, '2026-01-10 10:00', 1, 1, 1, 'home', 1.91), (1, '2026-01-10 10:00', 1, 1, 1, 'away', 1.95);
INSERT INTO market_odds (snapshot_id, captured_at, event_id, bookmaker_id, market_kind_id, outcome, price) VALUES
    (1, '2026-01-10 10:00', 1, 1, 2, 'home', 1.91), (7, '2026-01-10 10:00', 1, 1, 2, 'away', 1.95);
INSERT INTO market_odds (snapshot_id, captured_at, event_id, bookmaker_id, market_kind_id, outcome, price) VALUES (1, '2026-01-10 10:01', 1, 1, 2, 'home', 1.91);
INSERT INTO market_odds (snapshot_id, captured_at, event_id, bookmaker_id, market_kind_id, outcome, price) VALUES (1, '2026-01-10 10:00', 1, 2, 2, 'home', 1.91);
INSERT INTO market_odds (snapshot_id, captured_at, event_id, bookmaker_id, market_kind_id, outcome, price) VALUES (2, '2026-01-10 10:05', 1, 1, 2, 'home', 1.91);
INSERT INTO market_odds (snapshot_id, captured_at, event_id, bookmaker_id, market_kind_id, outcome, price) VALUES (1, '2026-01-10 10:00', 1, 1, 1, 'home', 1.91);
INSERT INTO market_odds (snapshot_id, captured_at, event_id, bookmaker_id, market_kind_id, outcome, price) VALUES (1, '2026-01-10 10:00', 1, 1, 2, 'home', 0.99);
INSERT INTO market_odds (snapshot_id, captured_at, event_id, bookmaker_id, market_kind_id, outcome, price) VALUES (1, '2026-01-10 10:00', 1, 1, 2, 'home', 'NaN');
INSERT INTO market_odds (snapshot_id, captured_at, event_id, bookmaker_id, market_kind_id, outcome, price, period) VALUES (1, '2026-01-10 10:00', 1, 1, 2, 'home', 2, 10);
INSERT INTO market_odds (snapshot_id, captured_at, event_id, bookmaker_id, market_kind_id, outcome, price) VALUES (1, '2026-01-10 10:00', 1, 1, 2, '', 2);
INSERT INTO market_odds (snapshot_id, captured_at, event_id, bookmaker_id, market_kind_id, outcome, price) VALUES (1, '2026-01-10 10:00', 1, 1, 999, 'home', 2);
UPDATE market_odds SET event_id = 2 WHERE outcome = 'home';
-- (The server's words, and the SQLSTATE: 23503, from 18 on 23001 where the key says RESTRICT.)
CREATE FUNCTION pg_temp.refused(statement text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN EXECUTE statement; RETURN false; EXCEPTION WHEN foreign_key_violation OR restrict_violation THEN RETURN true; END $$;
SELECT pg_temp.refused($$DELETE FROM dynasty_odds.market_kinds WHERE key = 'h2h'$$) AS refused;
SELECT market, outcome, price, captured_at, snapshot_id FROM latest_odds WHERE event_id = 1 ORDER BY outcome;
SELECT event_id, sport, bookmakers, snapshots, unchanged, last_captured_at FROM event_overview WHERE event_id = 1;
-- What is pointed to stays, and what has prices is not renamed.
DELETE FROM odds_snapshots WHERE id = 1;
UPDATE odds_snapshots SET id = 5 WHERE id = 1;
UPDATE odds_snapshots SET captured_at = '2026-01-09 10:00' WHERE id = 1;
UPDATE odds_snapshots SET is_unchanged = true, same_as_id = 2, same_as_captured_at = '2026-01-10 10:05' WHERE id = 1;
UPDATE odds_snapshots SET source_updated_at = '2026-01-10 09:59' WHERE id = 1;
TRUNCATE odds_snapshots;
DELETE FROM odds_snapshots WHERE id = 2;
UPDATE odds_snapshots SET bookmaker_id = 2 WHERE id = 1;
-- Prices go with their snapshot, also from partitions.
CREATE TABLE odds_snapshots_d PARTITION OF odds_snapshots FOR VALUES FROM ('2026-01-11') TO ('2026-01-12');
CREATE TABLE market_odds_d PARTITION OF market_odds FOR VALUES FROM ('2026-01-11') TO ('2026-01-12');
INSERT INTO odds_snapshots (id, event_id, bookmaker_id, captured_at) VALUES (10, 1, 1, '2026-01-11 10:00');
INSERT INTO market_odds (snapshot_id, captured_at, event_id, bookmaker_id, market_kind_id, outcome, price) SELECT 10, '2026-01-11 10:00', 1, 1, 1, 'runner ' || g, 2 + g FROM generate_series(1, 40) g;
SELECT count(*) FROM market_odds_d;
DELETE FROM odds_snapshots WHERE id IN (1, 10);
SELECT count(*) FROM market_odds;
-- What comes past the triggers is found.
INSERT INTO market_odds_d (id, snapshot_id, captured_at, event_id, bookmaker_id, market_kind_id, outcome, price) VALUES (500, 500, '2026-01-11 10:00', 1, 1, 1, 'home', 2);
SELECT check_name, ok, bad, sample FROM dynasty_ops.verify_integrity() WHERE check_name LIKE 'odds.%' OR check_name LIKE '%partitions%' ORDER BY 1;
TRUNCATE market_odds, odds_snapshots;
DROP TABLE odds_snapshots_d, market_odds_d;
-- Whole days go, the oldest and what points to it together, however small the portions are.
INSERT INTO odds_snapshots (id, event_id, bookmaker_id, captured_at) VALUES (1, 1, 1, '2025-12-01 00:00');
INSERT INTO odds_snapshots (id, event_id, bookmaker_id, captured_at, is_unchanged, same_as_id, same_as_captured_at) SELECT 1 + g, 1, 1, '2025-12-01 00:00'::timestamptz + g * '5 minutes'::interval, true, 1, '2025-12-01 00:00' FROM generate_series(1, 50) g;
INSERT INTO market_odds (snapshot_id, captured_at, event_id, bookmaker_id, market_kind_id, outcome, price) VALUES (1, '2025-12-01 00:00', 1, 1, 1, 'home', 1.91);
SELECT dynasty_ops.purge('dynasty_odds.odds_snapshots', '30 days', 7) AS gone, (SELECT count(*) FROM market_odds) AS prices;
SELECT count(*) FROM market_odds;
-- A fresh install has an index for every foreign key, and nothing to be warned of.
SELECT count(*) FROM dynasty_ops.missing_fk_indexes('dynasty_odds');
SELECT count(*) FROM dynasty_ops.security_report('dynasty_odds');
