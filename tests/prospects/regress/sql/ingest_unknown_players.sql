-- An unknown player becomes a stub or his rows are rejected, as the caller says; a doubleheader is two rows.
BEGIN;
CREATE TEMP TABLE payload AS SELECT '{"stats": [{"type": "gameLog", "group": "pitching", "splits": [
    {"season": 2024, "date": "2024-06-01", "sport": {"id": 14}, "game": {"gamePk": 9200001, "gameNumber": 1}, "stat": {"outs": 3}},
    {"season": 2024, "date": "2024-06-01", "sport": {"id": 14}, "game": {"gamePk": 9200002, "gameNumber": 2}, "stat": {"inningsPitched": "0.2"}}]}]}'::jsonb AS p;
SELECT i.* FROM payload, dynasty.ingest_game_logs(p, 'reject', mlb_id => 900004) i;
SELECT count(*) AS prospects FROM dynasty.prospects WHERE mlb_id = 900004;
SELECT i.* FROM payload, dynasty.ingest_game_logs(p, 'create', mlb_id => 900004) i;
SELECT mlb_id, name, position FROM dynasty.prospects WHERE mlb_id = 900004;
SELECT i.* FROM payload, dynasty.ingest_game_logs(p, 'reject', mlb_id => 900004) i;
SELECT game_number, outs_pitched, at_bats FROM dynasty.milb_game_logs WHERE game_pk IN (9200001, 9200002) ORDER BY 1;
-- A line that does not say the number of the game does not undo it.
SELECT i.unchanged FROM payload, dynasty.ingest_game_logs(p #- '{stats,0,splits,1,game,gameNumber}', 'reject', mlb_id => 900004) i;
ROLLBACK;
