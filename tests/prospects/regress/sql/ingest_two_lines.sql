-- Two lines are never silently one: added up where the statistic allows it and each counted in received, else rejected with the reason.
CREATE FUNCTION pg_temp.game(date text, pk bigint, team text, is_home boolean, stat jsonb) RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_build_object('season', 2024, 'date', date, 'gameType', 'R', 'isHome', is_home, 'sport', '{"id": 11}'::jsonb, 'team', jsonb_build_object('name', team),
        'game', jsonb_build_object('gamePk', pk), 'player', '{"id": 900101, "fullName": "Dee Twoclubs"}'::jsonb, 'stat', stat) $$;
CREATE FUNCTION pg_temp.reply(grp text, VARIADIC games jsonb[]) RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_build_object('stats', jsonb_build_array(jsonb_build_object('type', 'gameLog', 'group', grp, 'splits', to_jsonb(games)))) $$;
CREATE TEMP VIEW games AS SELECT game_date, game_pk, team, is_home, plate_appearances AS pa, hits, outs_pitched AS outs FROM dynasty.milb_game_logs ORDER BY game_date, id;
-- Both sides of a suspended game, in either order, and the same reply once more.
BEGIN;
CREATE TEMP TABLE r AS SELECT pg_temp.reply('hitting', pg_temp.game('2024-06-26', 1, 'Visitors', false, '{"plateAppearances": 1, "hits": 1}'),
                                            pg_temp.game('2024-06-26', 1, 'Hosts', true, '{"plateAppearances": 4, "hits": 1}')) AS p;
SELECT i.* FROM r, dynasty.ingest_game_logs(p) i;
SELECT received, inserted, updated, unchanged FROM r, dynasty.ingest_game_logs(p) i;
SELECT * FROM games;
SELECT games_played, total_pa, total_hits FROM dynasty.milb_season_stats;
-- Pitching of one side completes it; a later line with one of the clubs alone would undo the sum.
SELECT received, updated, rejected FROM dynasty.ingest_game_logs(pg_temp.reply('pitching', pg_temp.game('2024-06-26', 1, 'Hosts', true, '{"outs": 3}')));
SELECT received, updated, rejects -> 0 ->> 'reason' AS reason FROM dynasty.ingest_game_logs(pg_temp.reply('hitting', pg_temp.game('2024-06-26', 1, 'Hosts', true, '{"plateAppearances": 4, "hits": 2}')));
SELECT team, is_home, pa, hits, outs FROM games;
ROLLBACK;
-- One side in one call, the other in the next.
BEGIN;
SELECT inserted FROM dynasty.ingest_game_logs(pg_temp.reply('hitting', pg_temp.game('2024-06-26', 1, 'Visitors', false, '{"plateAppearances": 1, "hits": 1}')));
SELECT received, updated, rejects -> 0 ->> 'reason' AS reason FROM dynasty.ingest_game_logs(pg_temp.reply('hitting', pg_temp.game('2024-06-26', 1, 'Hosts', true, '{"plateAppearances": 4, "hits": 1}')));
-- Another name for the same side is no other club.
SELECT received, updated, rejected FROM dynasty.ingest_game_logs(pg_temp.reply('hitting', pg_temp.game('2024-06-26', 1, 'VIS', false, '{"plateAppearances": 1, "hits": 0}')));
SELECT * FROM games;
ROLLBACK;
-- In a box score he is on both sides.
BEGIN;
SELECT received, inserted, updated FROM dynasty.ingest_boxscore('{"gamePk": 3, "gameData": {"game": {"season": "2024", "type": "R"}, "datetime": {"officialDate": "2024-06-26"},
  "teams": {"home": {"name": "Hosts", "sport": {"id": 11}}, "away": {"name": "Visitors", "sport": {"id": 11}}}}, "liveData": {"boxscore": {"teams": {
  "home": {"players": {"ID5": {"person": {"id": 5, "fullName": "Dan Bothsides"}, "stats": {"batting": {"gamesPlayed": 1, "plateAppearances": 4, "hits": 1}}}}},
  "away": {"players": {"ID5": {"person": {"id": 5, "fullName": "Dan Bothsides"}, "stats": {"batting": {"gamesPlayed": 1, "plateAppearances": 1, "hits": 1}}}}}}}}}');
SELECT * FROM games;
ROLLBACK;
-- Two games of a day that nothing numbers; the same line twice.
BEGIN;
SELECT received, inserted, rejects -> 0 ->> 'reason' AS reason FROM dynasty.ingest_game_logs(pg_temp.reply('hitting',
    pg_temp.game('2024-06-01', NULL, 'Hosts', true, '{"plateAppearances": 4, "hits": 1}'), pg_temp.game('2024-06-01', NULL, 'Hosts', true, '{"plateAppearances": 3, "hits": 0}'),
    pg_temp.game('2024-06-01', NULL, 'Hosts', true, '{"plateAppearances": 4, "hits": 1}')));
SELECT * FROM games;
ROLLBACK;
-- Every game type of the API's own list.
BEGIN;
SELECT t.letter, g.inserted
FROM regexp_split_to_table('S R F D L W C N P A I E', ' ') WITH ORDINALITY t (letter, n),
     LATERAL dynasty.ingest_game_logs(pg_temp.reply('hitting', pg_temp.game('2024-07-01', 900 + t.n, 'Hosts', true, '{"hits": 1}') || jsonb_build_object('gameType', t.letter))) g;
SELECT game_pk, game_type FROM dynasty.milb_game_logs ORDER BY 1;
ROLLBACK;
-- Stints of a major-league season in rows: with a total, without, and lines that do not say whose they are.
BEGIN;
CREATE TEMP VIEW seasons AS SELECT p.mlb_id, s.games_played AS g, s.plate_appearances AS pa, s.hits, s.batting_avg, s.war, s.outs_pitched AS outs
FROM dynasty.mlb_stats s JOIN dynasty.prospects p ON p.id = s.prospect_id ORDER BY 1;
SELECT i.* FROM dynasty.ingest_mlb_stats('[
  {"mlb_id": 1, "season": 2024, "team": "NYA", "games_played": 100, "plate_appearances": 400, "at_bats": 380, "hits": 100, "walks": 20, "war": 2.5},
  {"mlb_id": 1, "season": 2024, "team": "SDN", "games_played": 50, "plate_appearances": 200, "at_bats": 200, "hits": 40, "walks": 0, "war": -0.3},
  {"mlb_id": 1, "season": 2024, "team": "SDN", "games_played": 1, "outs_pitched": 3},
  {"mlb_id": 2, "season": 2024, "Tm": "TOT", "games_played": 150, "plate_appearances": 600, "hits": 140, "war": 2.2},
  {"mlb_id": 2, "season": 2024, "Tm": "NYA", "games_played": 100, "plate_appearances": 400, "hits": 100, "war": 2.5},
  {"mlb_id": 2, "season": 2024, "Tm": "SDN", "games_played": 50, "plate_appearances": 200, "hits": 40, "war": -0.3},
  {"mlb_id": 3, "season": 2024, "plate_appearances": 400, "hits": 100},
  {"mlb_id": 3, "season": 2024, "plate_appearances": 200, "hits": 40}]') i;
SELECT * FROM seasons;
ROLLBACK;
-- Dominican and complex league of one season in one call: one level, two lines.
BEGIN;
SELECT i.received, i.inserted, i.updated, i.rejects FROM dynasty.ingest_advanced('[
  {"PlayerName": "Ida Summer", "playerids": "sa1", "Season": 2024, "aLevel": "DSL", "PA": 100, "wRC": 20, "GB%": "50 %"},
  {"PlayerName": "Ida Summer", "playerids": "sa1", "Season": 2024, "aLevel": "CPX", "PA": 50, "wRC": 7, "GB%": "20 %"},
  {"PlayerName": "Ora Summer", "playerids": "sa2", "Season": 2024, "aLevel": "DSL", "wRC": 20, "GB%": "50 %"},
  {"PlayerName": "Ora Summer", "playerids": "sa2", "Season": 2024, "aLevel": "ACL", "wRC": 7, "GB%": "20 %"}]') i;
SELECT p.name, a.level, a.wrc, a.gb_percent FROM dynasty.milb_advanced_stats a JOIN dynasty.prospects p ON p.id = a.prospect_id ORDER BY 1;
ROLLBACK;
