-- Rows without gamePk are matched by date, number, level and team, a missing team included.
BEGIN;
CREATE TEMP TABLE reply AS SELECT '{"stats": [{"type": "gameLog", "group": "hitting", "splits": [
    {"season": 2024, "date": "2024-06-01", "sport": {"id": 13}, "player": {"id": 900061}, "stat": {"hits": 1}},
    {"season": 2024, "date": "2024-06-01", "sport": {"id": 13}, "player": {"id": 900061}, "game": {"gameNumber": 2}, "stat": {"hits": 2}},
    {"season": 2024, "date": "2024-06-02", "sport": {"id": 13}, "player": {"id": 900061}, "team": {"name": "Wisconsin"}, "stat": {"hits": 3}}]}]}'::jsonb AS p;
SELECT i.* FROM reply, dynasty.ingest_game_logs(p) i;
SELECT i.* FROM reply, dynasty.ingest_game_logs(p) i;
SELECT i.updated, i.unchanged FROM reply, dynasty.ingest_game_logs(jsonb_set(p, '{stats,0,splits,0,stat,hits}', '4')) i;
SELECT game_date, game_number, level, team, game_pk, hits
FROM dynasty.milb_game_logs g JOIN dynasty.prospects p ON p.id = g.prospect_id WHERE p.mlb_id = 900061 ORDER BY 1, 2;
ROLLBACK;
