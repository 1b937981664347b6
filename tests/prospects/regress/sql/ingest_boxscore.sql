-- A live-feed box score: batting and pitching in one row, players who did not appear are none, the level is the club's.
BEGIN;
CREATE TEMP TABLE feed AS SELECT '{"gamePk": 9300001,
  "gameData": {"game": {"type": "R", "gameNumber": 2, "season": "2019"}, "datetime": {"dateTime": "2019-05-19T03:33:00Z", "originalDate": "2019-05-18"},
    "teams": {"home": {"name": "Kane County", "sport": {"id": 14}}, "away": {"name": "Quad Cities", "sport": {"id": 14}}}},
  "liveData": {"boxscore": {"teams": {
    "home": {"players": {
      "ID900011": {"person": {"id": 900011, "fullName": "Ann Both"}, "position": {"abbreviation": "TWP"},
        "stats": {"batting": {"gamesPlayed": 1, "atBats": 4, "hits": 2}, "pitching": {"gamesPlayed": 1, "outs": 4}}},
      "ID900012": {"person": {"id": 900012, "fullName": "Bo Bench"}, "position": {"abbreviation": "C"}, "stats": {"batting": {}, "pitching": {}}}}},
    "away": {"players": {
      "ID900013": {"person": {"id": 900013, "fullName": "Di Pinch"}, "position": {"abbreviation": "PH"}, "stats": {"batting": {"gamesPlayed": 1, "atBats": 1, "hits": 0}}}}}}}}}'::jsonb AS p;
SELECT i.* FROM feed, dynasty.ingest_boxscore(p) i;
SELECT i.* FROM feed, dynasty.ingest_boxscore(p) i;
SELECT p.name, p.position, game_date, season, level, game_number, team, opponent, is_home, at_bats, hits, outs_pitched
FROM dynasty.milb_game_logs g JOIN dynasty.prospects p ON p.id = g.prospect_id WHERE game_pk = 9300001 ORDER BY 1;
-- The same game in the major leagues.
SELECT i.received, i.inserted, i.rejected, i.rejects #>> '{0,reason}' AS reason
FROM feed, dynasty.ingest_boxscore(jsonb_set(jsonb_set(p, '{gameData,teams,home,sport,id}', '1'), '{gameData,teams,away,sport,id}', '1')) i;
ROLLBACK;
