-- Payloads that no feed should send. Each is taken beside a good book of the same event, whose prices must arrive; a row says what came.
\set VERBOSITY terse
\set QUIET on
SET client_min_messages = warning;
\set QUIET off
CREATE TABLE hostile (n serial, what text, payload text);
-- An outcome, a market, a book, an event put where one belongs.
CREATE FUNCTION pg_temp.event(books jsonb, more jsonb DEFAULT '{}') RETURNS text LANGUAGE sql AS $$
    SELECT jsonb_build_array('{"id": "e", "sport_key": "s", "commence_time": "2026-11-05T18:00:00Z", "home_team": "H", "away_team": "A"}'::jsonb
        || jsonb_build_object('bookmakers', '[{"key": "good", "markets": [{"key": "h2h", "outcomes": [{"name": "H", "price": 1.8}]}]}]'::jsonb || books) || more)::text $$;
CREATE FUNCTION pg_temp.outcome(o text) RETURNS text LANGUAGE sql AS $$
    SELECT pg_temp.event(jsonb_build_array(jsonb_build_object('key', 'bad', 'markets', jsonb_build_array(jsonb_build_object('key', 'h2h', 'outcomes', jsonb_build_array('{"name": "A", "price": 2.1}'::jsonb, o::jsonb)))))) $$;
INSERT INTO hostile (what, payload) SELECT o, pg_temp.outcome(o) FROM unnest(ARRAY[
    '{"name": "H", "price": 0.99}', '{"name": "H", "price": 0}', '{"name": "H", "price": -1.5}', '{"name": "H", "price": "-50"}', '{"name": "H", "price": "NaN"}', '{"name": "H", "price": "Infinity"}',
    '{"name": "H", "price": "abc"}', '{"name": "H", "price": ""}', '{"name": "H", "price": "1,95"}', '{"name": "H", "price": "1/0"}', '{"name": "H", "price": "1/2/3"}', '{"name": "H", "price": 1e400}', '{"name": "H", "price": 1e-400}',
    '{"name": "H", "price": 1000000}', '{"name": "H", "price": null}', '{"name": "H"}', '{"name": "H", "price": {}}', '{"name": "H", "price": [2]}', '{"name": "H", "price": false}', '{"price": 2}',
    '{"name": "", "price": 2}', '{"name": "  ", "price": 2}', '{"name": [], "price": 2}', '{"name": "A", "price": 2.1}', '{"name": " a ", "price": 2.2}', '{"name": "H", "price": 2, "point": "x"}', '{"name": "H", "price": 2, "point": 1e7}',
    '{"name": "H", "price": 2, "point": {}}', '{"name": "H", "price": 2, "point": "NaN"}', '7', '[]', 'null', '"H"']) o;
INSERT INTO hostile (what, payload) SELECT format('outcome of %s characters', n), pg_temp.outcome(format('{"name": "%s", "price": 2}', repeat('ä', n))) FROM (VALUES (64), (65), (100000)) x (n);
INSERT INTO hostile (what, payload) SELECT b, pg_temp.event(jsonb_build_array(b::jsonb)) FROM unnest(ARRAY[
    '{}', '1', '{"key": ""}', '{"key": "k", "markets": 1}', '{"key": "k", "markets": [1]}', '{"key": "k", "markets": [{}]}', '{"key": "k", "markets": [{"key": "h2h", "outcomes": {}}]}', '{"key": "k", "last_update": "x"}',
    '{"key": "k", "last_update": 1793527200000}', '{"key": "k", "last_update": "2026-02-30T00:00:00Z"}', '{"key": "k"}', '{"key": "k", "markets": []}', '{"key": "good", "markets": [{"key": "h2h", "outcomes": [{"name": "H", "price": 1.9}]}]}',
    '{"key": "good", "markets": [{"key": "h2h", "outcomes": [{"name": "H", "price": 1.80}]}]}', '{"key": "GOOD", "markets": []}', '{"key": "k", "title": {}, "markets": []}']) b;
INSERT INTO hostile (what, payload) SELECT m, pg_temp.event(jsonb_build_array(jsonb_build_object('key', 'k', 'markets', jsonb_build_array(m::jsonb)))) FROM unnest(ARRAY[
    '{"key": "'';DROP TABLE dynasty_odds.events;--", "outcomes": [{"name": "H", "price": 2}]}', '{"key": "h2h|0||", "outcomes": [{"name": "a|b\nc\\d", "price": 2}]}', '{"key": "h2h_q9", "outcomes": [{"name": "H", "price": 2}]}',
    '{"key": "_h1", "outcomes": [{"name": "H", "price": 2}]}', '{"key": "h2h_H1", "outcomes": [{"name": "H", "price": 2}]}']) m;
INSERT INTO hostile (what, payload) SELECT format('market of %s characters', n), pg_temp.event(jsonb_build_array(jsonb_build_object('key', 'k', 'markets', jsonb_build_array(jsonb_build_object('key', repeat('m', n), 'outcomes', '[]'::jsonb))))) FROM (VALUES (64), (65)) x (n);
INSERT INTO hostile (what, payload) SELECT e, pg_temp.event('[]', e::jsonb) FROM unnest(ARRAY[
    '{"id": null}', '{"id": ""}', '{"sport_key": null}', '{"commence_time": null}', '{"commence_time": "soon"}', '{"commence_time": 99999999999999}', '{"home_team": "A"}', '{"home_team": " a "}', '{"home_team": null}', '{"away_team": ""}',
    '{"bookmakers": 5}', '{"bookmakers": null}', '{"id": 17}', '{"sport_title": null}', '{"id": {"a": 1}}']) e;
INSERT INTO hostile (what, payload) VALUES
    ('an event of nothing beside a good one', '[' || trim(BOTH '[]' FROM pg_temp.event('[]')) || ']}]' ), ('no JSON object', '[1, "x", null]'), ('an object of nothing', '{}'), ('a number', '7'), ('a text', '"x"'), ('true', 'true'),
    ('the body of an error', '{"message": "x", "error_code": "Y"}'), ('data that is a number', '{"timestamp": "2026-11-01T10:00:00Z", "data": 5}'), ('an envelope of nothing', '{"timestamp": "2026-11-01T10:00:00Z", "data": []}'),
    ('an envelope of the future', '{"timestamp": "2126-11-01T10:00:00Z", "data": []}'), ('an envelope of no time', '{"timestamp": "yesterday", "data": []}'), ('nothing', '[]'), ('null', 'null'), ('a NULL', NULL),
    ('deep', repeat('[', 5000) || repeat(']', 5000)), ('deep within', replace(pg_temp.event('[{"key": "deep", "markets": [{"key": "h2h", "outcomes": [{"name": "H", "price": "@"}]}]}]'), '"@"', repeat('[', 3000) || repeat(']', 3000)));
CREATE FUNCTION pg_temp.taken(p text, source text DEFAULT 'the_odds_api') RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    r record;
    good bigint;
BEGIN
    SELECT * INTO r FROM dynasty_odds.ingest(p::jsonb, source, CASE WHEN p LIKE '{%' THEN NULL ELSE '2026-11-01 10:00+00'::timestamptz END);
    SELECT count(*) INTO good FROM dynasty_odds.market_odds m JOIN dynasty_odds.bookmakers b ON b.id = m.bookmaker_id WHERE b.key = 'good' AND m.outcome = 'home' AND m.price = 1.8;
    -- What the payload wrote is taken back with the subtransaction, so that each is tried alone.
    RAISE EXCEPTION USING ERRCODE = 'ZZ001', MESSAGE = format('events %s, snapshots %s, unchanged %s, odds %s, errors %s, good %s', r.events, r.snapshots, r.unchanged, r.odds, r.errors, good);
EXCEPTION WHEN SQLSTATE 'ZZ001' THEN RETURN SQLERRM;
WHEN OTHERS THEN RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
SELECT n, left(what, 70) AS what, pg_temp.taken(payload) FROM hostile ORDER BY n;
SELECT count(*) >= 40 AS enough, count(*) FROM hostile;
-- The faults of all of them, by their place: read without a server's help, so written by each alone.
CREATE FUNCTION pg_temp.fault(p text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE run bigint := dynasty_odds.start_run('the_odds_api'); r text;
BEGIN
    PERFORM dynasty_odds.ingest(p::jsonb, 'the_odds_api', '2026-11-01 10:00+00', run);
    SELECT string_agg(kind || ' ' || (payload ->> 'sqlstate') || ' ' || message, ' / ' ORDER BY id) INTO r FROM dynasty_odds.scrape_errors WHERE scrape_run_id = run;
    RAISE EXCEPTION USING ERRCODE = 'ZZ001', MESSAGE = coalesce(regexp_replace(r, 'snapshot \d+', 'snapshot N'), 'none');
EXCEPTION WHEN SQLSTATE 'ZZ001' THEN RETURN SQLERRM;
WHEN OTHERS THEN RETURN 'raised ' || SQLSTATE;
END $$;
SELECT n, left(pg_temp.fault(payload), 160) AS faults FROM hostile WHERE payload IS NOT NULL ORDER BY n;
-- Rows, and Sportradar's form.
SELECT left(x.p, 60) AS payload, pg_temp.taken(x.p, 'flat') FROM unnest(ARRAY['[{}]', '[[]]', '[{"event_id": 1.5}]', '[{"event_id": "x"}]', '[{"event_ref": "x"}]', '{"event_ref": "x", "sport": "s", "home": "H", "away": "A", "kickoff": 0}',
    '[{"event_ref": "x", "sport": "s", "home": "H", "away": "A", "kickoff": 1793556000, "bookmaker": "b", "market": "h2h", "outcome": "H", "price": 2, "period": 11}]',
    '[{"event_ref": "x", "sport": "s", "home": "H", "away": "A", "kickoff": 1793556000, "bookmaker": "b", "market": "h2h", "outcome": "H", "price": 2}, {"event_ref": "x", "bookmaker": "b", "market": "H2H", "outcome": " h", "price": 2}]']) x (p);
SELECT left(x.p, 60) AS payload, pg_temp.taken(x.p, 'sportradar') FROM unnest(ARRAY['{"sport_event": {}}', '{"sport_event": 1}', '{"sport_event": {"id": "sr:match:1"}}', '{"sport_event": {"id": "sr:match:1", "start_time": "2026-11-05T18:00:00Z"}}',
    '{"sport_event": {"id": "sr:match:1", "start_time": "2026-11-05T18:00:00Z"}, "markets": [{"name": "2way", "books": 5}]}',
    '{"sport_event": {"id": "sr:match:1", "start_time": "2026-11-05T18:00:00Z"}, "markets": [{"name": "2way", "books": [{"name": "---", "outcomes": []}, {"name": "x", "outcomes": 7}, {"name": "y", "removed": "maybe"}]}]}']) x (p);
-- A trigger of somebody's that refuses one book: the others are stored all the same.
CREATE FUNCTION refuse_bad() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NEW.bookmaker_id = (SELECT id FROM dynasty_odds.bookmakers WHERE key = 'bad') THEN RAISE EXCEPTION 'not this one'; END IF; RETURN NEW; END $$;
CREATE TRIGGER refuse_bad BEFORE INSERT ON dynasty_odds.odds_snapshots FOR EACH ROW EXECUTE FUNCTION refuse_bad();
SELECT pg_temp.taken(pg_temp.outcome('{"name": "H", "price": 1.7}'));
SELECT pg_temp.fault(pg_temp.outcome('{"name": "H", "price": 1.7}'));
DROP TRIGGER refuse_bad ON dynasty_odds.odds_snapshots;
DROP FUNCTION refuse_bad();
-- And one that refuses an event.
CREATE FUNCTION refuse_event() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.home_team = 'X' THEN RAISE EXCEPTION 'no X' USING ERRCODE = '23514'; END IF; RETURN NEW; END $$;
CREATE TRIGGER refuse_event BEFORE INSERT ON dynasty_odds.events FOR EACH ROW EXECUTE FUNCTION refuse_event();
SELECT pg_temp.taken((pg_temp.event('[]')::jsonb || pg_temp.event('[]', '{"id": "f", "home_team": "X"}')::jsonb)::text);
DROP TRIGGER refuse_event ON dynasty_odds.events;
DROP FUNCTION refuse_event();
SELECT count(*) FROM dynasty_odds.odds_snapshots;
DROP TABLE hostile;
