-- Odds by day with pg_partman: what is there is handed over with its prices, late rows find their day, what is old goes from both tables in
-- either order and leaves the closings, and inserts never fail.
SELECT NOT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_partman') AS skipped \gset
\if :skipped
\echo SKIPPED: pg_partman is not installed here
\quit
\endif
SET client_min_messages = warning;
SET timezone = 'Asia/Tokyo';
CREATE SCHEMA partman;
CREATE EXTENSION pg_partman SCHEMA partman;
INSERT INTO dynasty_odds.sports (id, key, name) VALUES (1, 's', 'S');
INSERT INTO dynasty_odds.tournaments (id, sport_id, name) VALUES (1, 1, 'T');
INSERT INTO dynasty_odds.bookmakers (id, key, name) VALUES (1, 'a', 'A'), (2, 'b', 'B');
INSERT INTO dynasty_odds.events (id, tournament_id, name, kickoff) VALUES (1, 1, 'E', now() + '1 day'::interval);
-- Of every UTC day of the last 40, a full snapshot with two prices and one that points to it.
CREATE FUNCTION fill(from_day integer, to_day integer) RETURNS void LANGUAGE sql AS $$
    INSERT INTO dynasty_odds.odds_snapshots (id, event_id, bookmaker_id, captured_at)
    SELECT 1000 * b + 100 - d, 1, b, date_trunc('day', now(), 'UTC') - make_interval(days => d) + make_interval(secs => b) FROM generate_series(to_day, from_day) d, generate_series(1, 2) b;
    INSERT INTO dynasty_odds.market_odds (snapshot_id, captured_at, event_id, bookmaker_id, market_kind_id, outcome, price)
    SELECT 1000 * b + 100 - d, date_trunc('day', now(), 'UTC') - make_interval(days => d) + make_interval(secs => b), 1, b, 1, o, 1.9 FROM generate_series(to_day, from_day) d, generate_series(1, 2) b, unnest('{home,away}'::text[]) o;
    INSERT INTO dynasty_odds.odds_snapshots (event_id, bookmaker_id, captured_at, is_unchanged, same_as_id, same_as_captured_at)
    SELECT 1, b, date_trunc('day', now(), 'UTC') - make_interval(days => d) + make_interval(secs => b + 10), true, 1000 * b + 100 - d, date_trunc('day', now(), 'UTC') - make_interval(days => d) + make_interval(secs => b)
    FROM generate_series(to_day, from_day) d, generate_series(1, 2) b
$$;
SELECT fill(39, 0);
INSERT INTO dynasty_odds.closing_odds (event_id, bookmaker_id, market_kind_id, period, outcome, open_price, close_price, open_at, close_at, was_open, kickoff)
VALUES (1, 1, 1, 0, 'home', 1.9, 1.9, now() - '39 days'::interval, now() - '39 days'::interval, true, now() - '39 days'::interval);
SELECT parent_table, managed_by, default_rows FROM dynasty_ops.partition_status() ORDER BY 1;
-- 30 days and the day that is only partly older stay.
SELECT parent_table, moved_rows BETWEEN 30 * 4 AND 31 * 4 AS moved, moved_rows + expired_rows AS all_rows FROM dynasty_ops.enable_partitions() WHERE parent_table LIKE 'dynasty_odds.%' ORDER BY 1;
SELECT parent_table, managed_by, default_rows, problem FROM dynasty_ops.partition_status() ORDER BY 1;
SELECT check_name, ok FROM dynasty_ops.verify_integrity() WHERE check_name ~ '^odds|partitions' ORDER BY 1;
SELECT count(*) AS days, bool_and(n = 4) AS whole FROM (SELECT count(*) AS n FROM dynasty_odds.odds_snapshots WHERE captured_at > now() - '29 days'::interval GROUP BY date_trunc('day', captured_at, 'UTC')) d;
-- A day is a day of UTC, whatever the session's zone.
SELECT bool_and(to_char(min_at AT TIME ZONE 'UTC', 'HH24:MI:SS') = '00:00:01') AS utc FROM (
    SELECT tableoid, min(captured_at) AS min_at FROM dynasty_odds.odds_snapshots WHERE captured_at > now() - '29 days'::interval GROUP BY 1) p;
-- Late rows of a day that has no partition any more: they go to the default, and with the next upkeep.
SELECT fill(45, 41);
SELECT parent_table, default_rows FROM dynasty_ops.partition_status() ORDER BY 1;
SELECT parent_table, moved_rows FROM dynasty_ops.run_maintenance() ORDER BY 1;
SELECT parent_table, default_rows, problem FROM dynasty_ops.partition_status() ORDER BY 1;
SELECT count(*) AS older FROM dynasty_odds.market_odds WHERE captured_at < now() - '32 days'::interval;
-- Prices first, snapshots later, or the other way: each table drops its own days.
UPDATE dynasty_ops.retention_policies SET retention = '20 days' WHERE parent_table = 'dynasty_odds.market_odds';
UPDATE partman.part_config SET retention = '20 days' WHERE parent_table = 'dynasty_odds.market_odds';
SELECT parent_table, dropped BETWEEN 9 AND 11 AS dropped FROM dynasty_ops.run_maintenance() WHERE parent_table = 'dynasty_odds.market_odds';
UPDATE partman.part_config SET retention = '10 days' WHERE parent_table = 'dynasty_odds.odds_snapshots';
SELECT parent_table, dropped BETWEEN 19 AND 21 AS dropped FROM dynasty_ops.run_maintenance() WHERE parent_table = 'dynasty_odds.odds_snapshots';
-- Prices whose snapshots went first are told of; new rows go on coming.
SELECT check_name, ok, bad BETWEEN 9 * 4 AND 11 * 4 AS those FROM dynasty_ops.verify_integrity() WHERE check_name LIKE 'odds.%' ORDER BY 1;
UPDATE partman.part_config SET retention = '10 days' WHERE parent_table = 'dynasty_odds.market_odds';
SELECT count(*) FROM dynasty_ops.run_maintenance();
SELECT check_name, ok FROM dynasty_ops.verify_integrity() WHERE check_name LIKE 'odds.%' ORDER BY 1;
INSERT INTO dynasty_odds.odds_snapshots (event_id, bookmaker_id, captured_at) VALUES (1, 1, now()), (1, 1, now() + '23 hours'::interval), (1, 1, now() - '100 days'::interval);
SELECT count(*) AS closings FROM dynasty_odds.closing_odds;
