-- One call from payload to tables: what is stored, what is not stored again, who is told; and a history out of order against a plain model.
\set VERBOSITY terse
SET timezone = 'UTC';
CREATE FUNCTION pg_temp.offer(home numeric, away numeric, book text DEFAULT 'b') RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_build_array(jsonb_build_object('id', 'e', 'sport_key', 'icehockey_nhl', 'sport_title', 'NHL', 'home_team', 'H', 'away_team', 'A', 'commence_time', '2026-11-05T18:00:00Z', 'bookmakers',
        jsonb_build_array(jsonb_build_object('key', book, 'title', 'Book ' || book, 'last_update', '2026-11-01T09:59:30Z', 'markets', jsonb_build_array(jsonb_build_object('key', 'h2h', 'outcomes', jsonb_build_array(
            jsonb_build_object('name', 'H', 'price', home), jsonb_build_object('name', 'A', 'price', away)))))))) $$;
SELECT * FROM dynasty_odds.ingest(pg_temp.offer(1.91, 1.95), 'the_odds_api', '2026-11-01 10:00+00');
SELECT s.key, s.name, t.name AS tournament, e.name AS event, e.home_team, e.away_team, e.kickoff, e.status, b.key AS book, b.name AS book_name, x.external_event_id, x.source, x.first_seen_at, x.last_seen_at
FROM dynasty_odds.events e JOIN dynasty_odds.tournaments t ON t.id = e.tournament_id JOIN dynasty_odds.sports s ON s.id = t.sport_id JOIN dynasty_odds.event_bookmakers x ON x.event_id = e.id JOIN dynasty_odds.bookmakers b ON b.id = x.bookmaker_id;
SELECT s.captured_at, s.source_updated_at, s.market_count, s.raw_response -> 'key' AS raw_key, k.key, m.period, m.line, m.outcome, m.price, m.is_suspended
FROM dynasty_odds.odds_snapshots s JOIN dynasty_odds.market_odds m ON m.snapshot_id = s.id JOIN dynasty_odds.market_kinds k ON k.id = m.market_kind_id ORDER BY m.id;
-- A retry writes nothing at all, whatever the order of the payload.
BEGIN;
SELECT * FROM dynasty_odds.ingest(pg_temp.offer(1.91, 1.95), 'the_odds_api', '2026-11-01 10:00+00');
SELECT pg_current_xact_id_if_assigned() IS NULL AS wrote_nothing;
COMMIT;
-- Other prices at the same moment contradict: an error, and the rest of the payload is stored.
SELECT * FROM dynasty_odds.ingest(pg_temp.offer(1.92, 1.95), 'the_odds_api', '2026-11-01 10:00+00');
SELECT * FROM dynasty_odds.ingest(jsonb_set(pg_temp.offer(1.92, 1.95), '{0,bookmakers}', (pg_temp.offer(1.92, 1.95) #> '{0,bookmakers}') || (pg_temp.offer(2, 2, 'c') #> '{0,bookmakers}')), 'the_odds_api', '2026-11-01 10:00+00');
SELECT * FROM dynasty_odds.ingest(pg_temp.offer(1.91, 1.95), 'the_odds_api', '2026-11-01 10:05+00');
SELECT * FROM dynasty_odds.ingest(pg_temp.offer(1.87, 2.00), 'the_odds_api', '2026-11-01 10:10+00');
SELECT * FROM dynasty_odds.ingest('[]', 'the_odds_api');
-- The envelope's time; its own wins.
SELECT * FROM dynasty_odds.ingest(jsonb_build_object('timestamp', '2026-11-01T11:00:00Z', 'data', pg_temp.offer(1.7, 2.2)), 'the_odds_api');
SELECT * FROM dynasty_odds.ingest(jsonb_build_object('timestamp', '2026-11-01T11:00:00Z', 'data', pg_temp.offer(1.6, 2.3) -> 0), 'the_odds_api', '2026-11-01 11:05+00');
SELECT captured_at FROM dynasty_odds.odds_snapshots WHERE captured_at >= '2026-11-01 11:00+00' ORDER BY 1;
-- Scopes: a pull of props does not withdraw the h2h.
SELECT * FROM dynasty_odds.ingest(pg_temp.offer(1.6, 2.3), 'the_odds_api', '2026-11-01 11:05+00', scope => 'props');
SELECT scope, count(*) FROM dynasty_odds.odds_snapshots GROUP BY 1 ORDER BY 1;
-- Errors are raised for what is the caller's: nothing is written.
CREATE FUNCTION pg_temp.refused(at timestamptz, scope text DEFAULT '', source text DEFAULT 'the_odds_api', format text DEFAULT 'auto') RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM dynasty_odds.ingest(pg_temp.offer(9, 9), source, at, NULL, format, scope);
    RETURN 'taken';
EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE || ' ' || regexp_replace(SQLERRM, 'not \w{3} .*', 'not T');
END $$;
SELECT pg_temp.refused(now() + '25 hours'), pg_temp.refused('-infinity'), pg_temp.refused('infinity');
SELECT pg_temp.refused('2026-11-01 12:00+00', repeat('s', 33)), pg_temp.refused('2026-11-01 12:00+00', NULL), pg_temp.refused('2026-11-01 12:00+00', source => 'x'), pg_temp.refused('2026-11-01 12:00+00', source => NULL);
SELECT pg_temp.refused('2026-11-01 12:00+00', format => 'x'), pg_temp.refused('2026-11-01 12:00+00', format => NULL);
-- Under a search_path of somebody's own, with tables, operators and casts of his before ours, it is the same.
CREATE SCHEMA hostile;
CREATE TABLE hostile.events (id integer);
CREATE FUNCTION hostile.now() RETURNS timestamptz LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'mine'; END $$;
CREATE FUNCTION hostile.eq(text, text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'mine'; END $$;
CREATE OPERATOR hostile.= (LEFTARG = text, RIGHTARG = text, FUNCTION = hostile.eq);
SET search_path = hostile, pg_catalog;
SELECT * FROM dynasty_odds.ingest('[{"event_ref": "h", "sport": "s", "home": "H", "away": "A", "kickoff": 1793556000, "bookmaker": "b", "market": "h2h", "outcome": "H", "price": 2}]'::jsonb, 'flat'::text, '2026-11-01 12:00+00'::timestamptz);
RESET search_path;
\set QUIET on
SET client_min_messages = warning;
DROP SCHEMA hostile CASCADE;
RESET client_min_messages;
\set QUIET off
SET timezone = 'UTC';
-- A history of four days in any order, some of it twice: what stands for each moment is what came at it, and nothing is stored twice that
-- need not be. The model is plain: full where the day begins, where six hours are over, or where the offer before differs.
CREATE TEMP TABLE history AS
    SELECT '2026-10-01 00:00+00'::timestamptz + (n * 37 + n % 5) * '1 minute'::interval AS at, (1.5 + (n * n / 7 % 3) * 0.1)::numeric AS home, (n * 7919) % 155 AS arrival FROM generate_series(0, 154) n;
SELECT count(*) AS taken, sum(r.errors) AS errors, sum(r.snapshots) AS snapshots FROM (SELECT * FROM history ORDER BY at) h, LATERAL dynasty_odds.ingest(pg_temp.offer(h.home, 2.5, 'ordered'), 'the_odds_api', h.at) r;
DO $$
DECLARE h record;
BEGIN
    FOR h IN SELECT * FROM history ORDER BY arrival LOOP
        PERFORM dynasty_odds.ingest(pg_temp.offer(h.home, 2.5, 'shuffled'), 'the_odds_api', h.at);
        IF h.arrival % 3 = 0 THEN PERFORM dynasty_odds.ingest(pg_temp.offer(h.home, 2.5, 'shuffled'), 'the_odds_api', h.at); END IF;
    END LOOP;
END $$;
SELECT b.key, count(*) AS snapshots, count(*) FILTER (WHERE m.price = h.home) AS right_price
FROM dynasty_odds.bookmakers b JOIN dynasty_odds.odds_snapshots s ON s.bookmaker_id = b.id JOIN history h ON h.at = s.captured_at
LEFT JOIN dynasty_odds.market_odds m ON m.snapshot_id = coalesce(s.same_as_id, s.id) AND m.captured_at = coalesce(s.same_as_captured_at, s.captured_at) AND m.outcome = 'home'
WHERE b.key IN ('ordered', 'shuffled') GROUP BY b.key ORDER BY 1;
WITH RECURSIVE numbered AS (SELECT at, home, row_number() OVER (ORDER BY at) AS n FROM history), model AS (
    SELECT at, home, n, at AS full_at FROM numbered WHERE n = 1
    UNION ALL
    SELECT c.at, c.home, c.n, CASE WHEN c.home <> m.home OR c.at::date <> m.at::date OR c.at - m.full_at >= '6 hours' THEN c.at ELSE m.full_at END FROM model m JOIN numbered c ON c.n = m.n + 1)
SELECT count(*) AS moments, count(*) FILTER (WHERE m.full_at = coalesce(s.same_as_captured_at, s.captured_at)) AS as_the_model, count(*) FILTER (WHERE NOT s.is_unchanged) AS full_ones
FROM model m JOIN dynasty_odds.odds_snapshots s ON s.captured_at = m.at JOIN dynasty_odds.bookmakers b ON b.id = s.bookmaker_id AND b.key = 'ordered';
SELECT count(*) AS wrong FROM dynasty_odds.odds_snapshots WHERE is_unchanged AND (captured_at AT TIME ZONE 'UTC')::date <> (same_as_captured_at AT TIME ZONE 'UTC')::date OR captured_at - same_as_captured_at >= '6 hours';
SELECT check_name, ok FROM dynasty_ops.verify_integrity() WHERE NOT ok;
