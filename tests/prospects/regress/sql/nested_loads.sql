-- Loads and simulated leagues with triggers of the user's that load, refresh, or ask for another league.
\set VERBOSITY terse
SET client_min_messages = warning;
CREATE FUNCTION reply(first integer, last integer) RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_build_object('stats', jsonb_build_array(jsonb_build_object('type', 'gameLog', 'group', 'hitting', 'splits', jsonb_agg(
        jsonb_build_object('season', 2024, 'date', '2024-06-01', 'sport', '{"id": 12}'::jsonb, 'game', jsonb_build_object('gamePk', n),
            'player', jsonb_build_object('id', 800000 + n % 10, 'fullName', 'Player ' || n % 10), 'stat', '{"atBats": 4, "hits": 1}'::jsonb)))))
    FROM generate_series(first, last) n $$;

-- A load whose trigger loads, reads features and refreshes season lines; the inner load's rows fire no further one.
CREATE FUNCTION loads_too() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() = 1 THEN
        PERFORM dynasty.ingest_game_logs(public.reply(NEW.game_pk::integer + 1000, NEW.game_pk::integer + 1001));
        PERFORM dynasty.ingest_people(jsonb_build_object('people', jsonb_build_array(jsonb_build_object('id', 810000 + NEW.game_pk, 'fullName', 'Inner', 'primaryPosition', '{"abbreviation": "SS"}'::jsonb))));
        PERFORM count(*) FROM dynasty.all_features(2024, 'v1.0', ARRAY[NEW.prospect_id]);
        PERFORM dynasty.refresh_season_stats();
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER t BEFORE INSERT ON dynasty.milb_game_logs FOR EACH ROW EXECUTE FUNCTION loads_too();
SELECT received, inserted, updated, unchanged, rejected, rejects FROM dynasty.ingest_game_logs(reply(1, 20));
SELECT count(*) FILTER (WHERE game_pk < 1000) AS outer, count(*) FILTER (WHERE game_pk > 1000) AS inner FROM dynasty.milb_game_logs;
SELECT count(*) FROM dynasty.prospects WHERE name = 'Inner';
SELECT count(*) AS differing FROM dynasty.season_stats_diff();

-- The inner load fails for some rows: these are rejects of the outer one, the others are in.
CREATE OR REPLACE FUNCTION loads_too() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.game_pk % 7 = 0 THEN
        PERFORM dynasty.ingest_people('{"people": 3}');
    END IF;
    RETURN NEW;
END $$;
SELECT received, inserted, rejected, rejects -> 0 AS first FROM dynasty.ingest_game_logs(reply(5001, 5020));
DROP TRIGGER t ON dynasty.milb_game_logs;
SELECT count(*) AS differing FROM dynasty.season_stats_diff();

-- A league inside a league is refused, a load inside one is not, and what is caught disturbs nothing.
TRUNCATE dynasty.prospects CASCADE;
SELECT * FROM dynasty.simulate_league(20, 2018, 2020, 7);
CREATE TABLE undisturbed AS SELECT p.mlb_id, g.game_date, g.game_number, g.hits, g.outs_pitched FROM dynasty.milb_game_logs g JOIN dynasty.prospects p ON p.id = g.prospect_id;
TRUNCATE dynasty.prospects CASCADE;
CREATE FUNCTION simulates_too() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM dynasty.simulate_league(5, 2018, 2018, 1);
    RETURN NEW;
END $$;
CREATE TRIGGER t BEFORE INSERT ON dynasty.milb_game_logs FOR EACH ROW EXECUTE FUNCTION simulates_too();
\set VERBOSITY default
SELECT * FROM dynasty.simulate_league(20, 2018, 2020, 7);
\set VERBOSITY terse
CREATE OR REPLACE FUNCTION simulates_too() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.data_source <> 'simulated' OR pg_trigger_depth() > 1 THEN RETURN NEW; END IF;
    BEGIN
        PERFORM dynasty.simulate_league(5, 2018, 2018, 1);
    EXCEPTION WHEN feature_not_supported THEN NULL;
    END;
    IF NEW.game_pk % 50 = 0 THEN
        PERFORM dynasty.ingest_game_logs(public.reply(1, 3));
    END IF;
    RETURN NEW;
END $$;
SELECT * FROM dynasty.simulate_league(20, 2018, 2020, 7);
SELECT count(*) AS differing FROM (
    (SELECT p.mlb_id, g.game_date, g.game_number, g.hits, g.outs_pitched FROM dynasty.milb_game_logs g JOIN dynasty.prospects p ON p.id = g.prospect_id WHERE p.mlb_id > 900000000)
    EXCEPT ALL TABLE undisturbed) d;
SELECT count(*) AS lost FROM (TABLE undisturbed EXCEPT ALL
    SELECT p.mlb_id, g.game_date, g.game_number, g.hits, g.outs_pitched FROM dynasty.milb_game_logs g JOIN dynasty.prospects p ON p.id = g.prospect_id) d;
-- After the refusal the next league is as good as the first.
DROP TRIGGER t ON dynasty.milb_game_logs;
SELECT count(*) FROM dynasty.simulate_league(5, 2018, 2018, 1);
SELECT count(*) AS differing FROM dynasty.season_stats_diff();

-- Without end: the server's own error, and the session goes on.
CREATE FUNCTION without_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM dynasty.ingest_game_logs(public.reply(NEW.game_pk::integer + 1, NEW.game_pk::integer + 1));
    RETURN NULL;
END $$;
CREATE TRIGGER t AFTER INSERT ON dynasty.milb_game_logs FOR EACH ROW EXECUTE FUNCTION without_end();
DO $$
BEGIN
    PERFORM dynasty.ingest_game_logs(public.reply(90001, 90001));
    RAISE NOTICE 'not refused';
EXCEPTION WHEN statement_too_complex THEN RAISE INFO 'stack depth';
END $$;
CREATE OR REPLACE FUNCTION without_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO dynasty.milb_game_logs (prospect_id, game_pk, game_date, season, level, hits) VALUES (NEW.prospect_id, NEW.game_pk + 1, NEW.game_date, NEW.season, NEW.level, 1);
    RETURN NULL;
END $$;
DO $$
BEGIN
    INSERT INTO dynasty.milb_game_logs (prospect_id, game_pk, game_date, season, level, hits) SELECT min(id), 1, '2020-06-01', 2020, 'AA', 1 FROM dynasty.prospects;
    RAISE NOTICE 'not refused';
EXCEPTION WHEN statement_too_complex THEN RAISE INFO 'stack depth';
END $$;
DROP TRIGGER t ON dynasty.milb_game_logs;
SELECT count(*) AS differing FROM dynasty.season_stats_diff();
