-- Which event a payload speaks of: ids, teams, aliases, doubleheaders, moved kickoffs; what can be several is a conflict.
\set VERBOSITY terse
-- Numbers of events differ between runs of a template; NOTICEs name them, so they are read from the runs' errors instead.
\set QUIET on
SET client_min_messages = warning;
\set QUIET off
SET timezone = 'UTC';
-- A payload of The Odds API with one book: id, home, away, kickoff.
CREATE FUNCTION pg_temp.api(VARIADIC games text[]) RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_agg(jsonb_build_object('id', p[1], 'sport_key', 'icehockey_nhl', 'sport_title', 'NHL', 'home_team', p[2], 'away_team', p[3], 'commence_time', p[4], 'bookmakers',
        jsonb_build_array(jsonb_build_object('key', 'b', 'markets', jsonb_build_array(jsonb_build_object('key', 'h2h', 'outcomes', jsonb_build_array(
            jsonb_build_object('name', p[2], 'price', 1.9), jsonb_build_object('name', p[3], 'price', 1.95))))))) ORDER BY g.at)
    FROM unnest(games) WITH ORDINALITY g (g, at), string_to_array(g.g, '|') p $$;
CREATE FUNCTION pg_temp.radar(id text, home text, away text, kickoff text, sport text DEFAULT NULL) RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_build_object('sport_event', jsonb_strip_nulls(jsonb_build_object('id', id, 'start_time', kickoff, 'competitors', jsonb_build_array(
            jsonb_build_object('name', home, 'qualifier', 'home'), jsonb_build_object('name', away, 'qualifier', 'away')),
            'sport_event_context', CASE WHEN sport IS NOT NULL THEN jsonb_build_object('sport', jsonb_build_object('id', 'sr:sport:4', 'name', sport)) END)),
        'markets', '[{"name": "2way", "books": [{"name": "Radar Bet", "outcomes": [{"type": "home", "odds": "1.9"}, {"type": "away", "odds": "2.0"}]}]}]'::jsonb) $$;
CREATE FUNCTION pg_temp.flat(ref text, home text, away text, kickoff text, book text DEFAULT 'pinnacle', sport text DEFAULT 'icehockey_nhl') RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_build_array(jsonb_build_object('event_ref', ref, 'sport', sport, 'home', home, 'away', away, 'kickoff', kickoff, 'bookmaker', book, 'market', 'h2h', 'outcome', 'home', 'price', 2)) $$;
CREATE VIEW pg_temp.board AS
    SELECT e.name, e.kickoff, e.original_kickoff, e.sportradar_id AS sr, s.key AS sport, t.name AS tournament,
           (SELECT string_agg(format('%s/%s/%s', b.key, x.source, x.external_event_id), ' ' ORDER BY b.key) FROM dynasty_odds.event_bookmakers x JOIN dynasty_odds.bookmakers b ON b.id = x.bookmaker_id WHERE x.event_id = e.id) AS ids
    FROM dynasty_odds.events e JOIN dynasty_odds.tournaments t ON t.id = e.tournament_id JOIN dynasty_odds.sports s ON s.id = t.sport_id ORDER BY e.id;
SELECT * FROM dynasty_odds.ingest(pg_temp.api('g1|Boston Bruins|New York Rangers|2026-11-05T18:00:00Z'), 'the_odds_api', '2026-11-01 10:00+00');
-- By its id, however far the kickoff moved.
SELECT * FROM dynasty_odds.ingest(pg_temp.api('g1|Boston Bruins|New York Rangers|2026-11-07T18:10:00Z'), 'the_odds_api', '2026-11-01 11:00+00');
-- A late payload is older than what is known: its kickoff says nothing new.
SELECT * FROM dynasty_odds.ingest(pg_temp.api('g1|Boston Bruins|New York Rangers|2026-11-05T18:00:00Z'), 'the_odds_api', '2026-11-01 10:30+00');
SELECT * FROM pg_temp.board;
-- Another source, by teams in whatever case and a near kickoff; by Sportradar's id afterwards, whatever it says.
SELECT * FROM dynasty_odds.ingest(pg_temp.radar('sr:match:1', ' boston  BRUINS', 'New York Rangers', '2026-11-07T18:30:00Z'), 'sportradar', '2026-11-01 12:00+00');
SELECT * FROM dynasty_odds.ingest(pg_temp.radar('sr:match:1', 'B. Bruins', 'N. Y. Rangers', '2026-11-09T18:30:00Z', 'Ice Hockey'), 'sportradar', '2026-11-01 12:05+00');
SELECT * FROM pg_temp.board;
-- A name of its own is another event, until an alias says otherwise.
SELECT events, snapshots, errors FROM dynasty_odds.ingest(pg_temp.flat('p1', 'Bruins', 'NY Rangers', '2026-11-09T18:00:00Z'), 'flat', '2026-11-01 13:00+00');
SELECT count(*) FROM dynasty_odds.events;
INSERT INTO dynasty_odds.team_aliases (sport_id, alias, team) SELECT id, x.alias, x.team FROM dynasty_odds.sports, (VALUES ('bruins ', 'Boston Bruins'), (' NY  Rangers', 'new york rangers')) x (alias, team) WHERE key = 'icehockey_nhl';
SELECT events, snapshots, errors FROM dynasty_odds.ingest(pg_temp.flat('p2', 'Bruins', 'NY Rangers', '2026-11-09T19:00:00Z', 'betfair'), 'flat', '2026-11-01 13:05+00');
SELECT name, ids FROM pg_temp.board;
-- Two it can be now by their names, each as near: nothing is guessed.
SELECT events, snapshots, errors FROM dynasty_odds.ingest(pg_temp.flat('p3', 'Bruins', 'NY Rangers', '2026-11-09T18:30:00Z', 'matchbook'), 'flat', '2026-11-01 13:10+00');
DELETE FROM dynasty_odds.odds_snapshots; DELETE FROM dynasty_odds.events;
-- A doubleheader stays two, in one payload and in two; of another source each game finds its own, the near one first.
SELECT events, snapshots, errors FROM dynasty_odds.ingest(pg_temp.api('d1|A|B|2026-11-05T13:00:00Z', 'd2|A|B|2026-11-05T17:00:00Z'), 'the_odds_api', '2026-11-01 10:00+00');
SELECT events, snapshots, errors FROM dynasty_odds.ingest(pg_temp.api('d3|A|B|2026-11-05T17:10:00Z'), 'the_odds_api', '2026-11-01 10:05+00');
SELECT name, kickoff, ids FROM pg_temp.board;
DELETE FROM dynasty_odds.odds_snapshots; DELETE FROM dynasty_odds.events WHERE kickoff = '2026-11-05 17:10+00';
SELECT events, snapshots, errors FROM dynasty_odds.ingest(pg_temp.flat('f2', 'A', 'B', '2026-11-05T17:20:00Z') || pg_temp.flat('f1', 'A', 'B', '2026-11-05T12:45:00Z'), 'flat', '2026-11-01 10:10+00');
SELECT name, kickoff, ids FROM pg_temp.board;
-- Far from both, and within six hours of both: a conflict; nothing is written for it.
SELECT * FROM dynasty_odds.ingest(pg_temp.radar('sr:match:2', 'A', 'B', '2026-11-05T15:05:00Z'), 'sportradar', '2026-11-01 10:15+00');
SELECT dynasty_odds.start_run('sportradar') AS run \gset
SELECT * FROM dynasty_odds.ingest(pg_temp.radar('sr:match:2', 'A', 'B', '2026-11-05T15:05:00Z'), 'sportradar', '2026-11-01 10:15+00', :run);
SELECT kind, regexp_replace(message, '\d{1,}, \d{1,}', 'N, N') AS message, event_id, payload FROM dynasty_odds.scrape_errors WHERE scrape_run_id = :run;
-- More than six hours away is another game; so are home and away the other way round, and another sport.
SELECT events, snapshots, errors FROM dynasty_odds.ingest(pg_temp.radar('sr:match:3', 'A', 'B', '2026-11-05T23:20:01Z'), 'sportradar', '2026-11-01 10:20+00');
SELECT events, snapshots, errors FROM dynasty_odds.ingest(pg_temp.radar('sr:match:4', 'B', 'A', '2026-11-05T13:00:00Z'), 'sportradar', '2026-11-01 10:20+00');
SELECT events, snapshots, errors FROM dynasty_odds.ingest(pg_temp.flat('h1', 'A', 'B', '2026-11-05T12:45:00Z', 'handball book', 'handball'), 'flat', '2026-11-01 10:20+00');
SELECT name, kickoff, sr, sport, tournament, ids FROM pg_temp.board;
-- What Sportradar calls ice hockey is where icehockey_nhl is.
SELECT events, snapshots, errors FROM dynasty_odds.ingest(pg_temp.radar('sr:match:5', 'A', 'B', '2026-11-05T12:44:00Z', 'Ice Hockey'), 'sportradar', '2026-11-01 10:25+00');
SELECT name, kickoff, sr, ids FROM pg_temp.board WHERE sr = 'sr:match:5';
-- By our own id; one that is not there.
SELECT id AS event FROM dynasty_odds.events ORDER BY id LIMIT 1 \gset
SELECT * FROM dynasty_odds.ingest(jsonb_build_array(jsonb_build_object('event_id', :event, 'bookmaker', 'own', 'market', 'h2h', 'outcome', 'home', 'price', 2.5),
    jsonb_build_object('event_id', -1, 'bookmaker', 'own', 'market', 'h2h', 'outcome', 'home', 'price', 2.5),
    jsonb_build_object('event_id', 2147483647, 'bookmaker', 'own', 'market', 'h2h', 'outcome', 'home', 'price', 2.5)), 'flat', '2026-11-01 10:30+00');
SELECT count(*) FROM dynasty_odds.odds_snapshots WHERE event_id = :event AND captured_at = '2026-11-01 10:30+00';
-- Outrights have no teams: only their id tells them.
SELECT events, snapshots, errors FROM dynasty_odds.ingest('[{"id": "o1", "sport_key": "golf_masters_winner", "sport_title": "Masters Winner", "commence_time": "2027-04-08T11:00:00Z", "home_team": null, "away_team": null,
    "bookmakers": [{"key": "b", "markets": [{"key": "outrights", "outcomes": [{"name": "S. Scheffler", "price": 5.5}, {"name": "R. McIlroy", "price": 9}]}]}]}]', 'the_odds_api', '2026-11-01 10:35+00');
SELECT name, home_team, away_team FROM dynasty_odds.events WHERE kickoff = '2027-04-08 11:00+00';
-- Scores find the same events; what is completed is finished, what has no score stays.
SELECT * FROM dynasty_odds.ingest_scores('[{"id": "d1", "sport_key": "icehockey_nhl", "commence_time": "2026-11-05T12:45:00Z", "home_team": "A", "away_team": "B", "completed": true, "scores": [{"name": "B", "score": "2"}, {"name": "A", "score": "3"}]},
    {"id": "d2", "sport_key": "icehockey_nhl", "commence_time": "2026-11-05T17:20:00Z", "home_team": "A", "away_team": "B", "completed": false, "scores": null},
    {"id": "d9", "sport_key": "icehockey_nhl", "commence_time": "2026-11-09T17:20:00Z", "home_team": "A", "away_team": "B", "completed": true, "scores": [{"name": "A", "score": "x"}, {"name": "B", "score": "3"}]}]', 'the_odds_api');
SELECT e.home_score, e.away_score, e.status, x.external_event_id FROM dynasty_odds.events e JOIN dynasty_odds.event_bookmakers x ON x.event_id = e.id AND x.source = 'the_odds_api' ORDER BY 4;
SELECT * FROM dynasty_odds.ingest_scores(jsonb_build_array(jsonb_build_object('event_id', :event, 'home_score', 4, 'away_score', 3)), 'flat');
SELECT home_score, away_score, status FROM dynasty_odds.events WHERE id = :event;
SELECT check_name, ok FROM dynasty_ops.verify_integrity() WHERE NOT ok;
