-- One bad element never loses the rest: each reject has its place and its reason.
BEGIN;
SELECT received, inserted, updated, unchanged, rejected FROM dynasty.ingest_game_logs('{"stats": [{
  "type": "gameLog", "group": "hitting", "splits": [
    {"season": 2024, "date": "2024-06-01", "sport": {"id": 1}, "game": {"gamePk": 1}, "player": {"id": 900002}, "stat": {"hits": 1}},
    {"season": 2024, "date": "2024-06-02", "sport": {"id": 12}, "game": {"gamePk": 2}, "player": {"id": 900002}, "stat": {"hits": -1}},
    {"season": 2024, "sport": {"id": 12}, "game": {"gamePk": 3}, "player": {"id": 900002}, "stat": {"hits": 1}},
    {"season": 2024, "date": "2024-06-04", "sport": {"id": 12}, "game": {"gamePk": 4}, "player": {"id": 900002}, "stat": {"hits": 4}},
    {"season": 2024, "date": "2024-06-05", "sport": {"id": 12}, "game": {"gamePk": 5}, "player": {"id": 900002}, "stat": {}}
  ]}, "nonsense"]}') \gset
\echo :received = :inserted + :updated + :unchanged + :rejected
SELECT r ->> 'index' AS index, r ->> 'path' AS path, r ->> 'reason' AS reason
FROM dynasty.ingest_game_logs('{"stats": [{
  "type": "gameLog", "group": "hitting", "splits": [
    {"season": 2024, "date": "2024-06-01", "sport": {"id": 1}, "game": {"gamePk": 1}, "player": {"id": 900002}, "stat": {"hits": 1}},
    {"season": 2024, "date": "2024-06-02", "sport": {"id": 12}, "game": {"gamePk": 2}, "player": {"id": 900002}, "stat": {"hits": -1}},
    {"season": 2024, "sport": {"id": 12}, "game": {"gamePk": 3}, "player": {"id": 900002}, "stat": {"hits": 1}}
  ]}, "nonsense"]}') i, jsonb_array_elements(i.rejects) r;
-- A number no integer holds costs its own element only.
SELECT inserted, rejected, rejects #>> '{0,reason}' AS reason FROM dynasty.ingest_game_logs('{"stats": [{
  "type": "gameLog", "group": "hitting", "splits": [
    {"season": 2024, "date": "2024-06-06", "sport": {"id": 12}, "game": {"gamePk": 6}, "player": {"id": 900002}, "stat": {"hits": 1e500}},
    {"season": 2024, "date": "2024-06-07", "sport": {"id": 12}, "game": {"gamePk": 7}, "player": {"id": 900002}, "stat": {"hits": 0}}]}]}');
SELECT game_pk, level, hits FROM dynasty.milb_game_logs g JOIN dynasty.prospects p ON p.id = g.prospect_id WHERE p.mlb_id = 900002 ORDER BY 1;
ROLLBACK;
