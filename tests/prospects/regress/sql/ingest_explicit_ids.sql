-- Rows that were loaded with their ids leave the identity sequences behind; ingest must not run into those ids.
BEGIN;
INSERT INTO dynasty.prospects (id, mlb_id, name, position) SELECT i, 600000 + i, 'Loaded ' || i, 'SS' FROM generate_series(1, 20) i;
INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_pk, game_date, season, level, hits)
SELECT i, 1, 100 + i, date '2024-06-01' + i, 2024, 'AA', 1 FROM generate_series(1, 20) i;

SELECT received, inserted, updated, unchanged, rejected, rejects FROM dynasty.ingest_game_logs('{"stats": [
  {"type": {"displayName": "gameLog"}, "group": {"displayName": "hitting"}, "splits": [
    {"season": "2024", "date": "2024-07-01", "gameType": "R", "sport": {"id": 12}, "game": {"gamePk": 900, "gameNumber": 1},
     "player": {"id": 600001, "fullName": "Loaded 1"}, "stat": {"atBats": 4, "hits": 2}},
    {"season": "2024", "date": "2024-07-01", "gameType": "R", "sport": {"id": 12}, "game": {"gamePk": 900, "gameNumber": 1},
     "player": {"id": 700000, "fullName": "New Man"}, "stat": {"atBats": 3, "hits": 1}}]}]}');
-- The new prospect and the new games have the ids after the loaded ones.
SELECT id, mlb_id, name FROM dynasty.prospects WHERE id > 20;
SELECT id, prospect_id, game_pk FROM dynasty.milb_game_logs WHERE id > 20 ORDER BY id;
SELECT count(*) AS differing FROM dynasty.season_stats_diff();
ROLLBACK;
