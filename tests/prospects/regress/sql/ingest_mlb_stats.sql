-- A traded player's total is not counted again beside his clubs; pitching completes batting; war comes in flat rows.
BEGIN;
SELECT * FROM dynasty.ingest_mlb_stats('{"stats": [{"type": {"displayName": "season"}, "group": {"displayName": "hitting"}, "splits": [
  {"season": "2022", "player": {"id": 900031, "fullName": "Mo Trade"}, "sport": {"id": 1}, "numTeams": 2, "stat": {"gamesPlayed": 153, "plateAppearances": 600, "homeRuns": 27, "avg": ".242"}},
  {"season": "2022", "player": {"id": 900031}, "sport": {"id": 1}, "team": {"id": 1}, "stat": {"gamesPlayed": 101, "plateAppearances": 400, "homeRuns": 21}},
  {"season": "2022", "player": {"id": 900031}, "sport": {"id": 1}, "team": {"id": 2}, "stat": {"gamesPlayed": 52, "plateAppearances": 200, "homeRuns": 6}}]}]}');
SELECT updated, rejects FROM dynasty.ingest_mlb_stats('{"stats": [{"type": {"displayName": "season"}, "group": {"displayName": "pitching"}, "splits": [
  {"season": "2022", "player": {"id": 900031}, "sport": {"id": 1}, "team": {"id": 1}, "stat": {"gamesPlayed": 2, "gamesPitched": 2, "inningsPitched": "1.2"}}]}]}');
SELECT updated, rejected, rejects FROM dynasty.ingest_mlb_stats('[{"mlb_id": 900031, "season": 2022, "war": 4.25}, {"mlb_id": 900031, "season": 2022, "war": 1000}]');
SELECT unchanged FROM dynasty.ingest_mlb_stats('[{"mlb_id": 900031, "season": 2022, "war": "4.3"}]');
SELECT season, games_played, plate_appearances, home_runs, batting_avg, games_pitched, outs_pitched, war
FROM dynasty.mlb_stats s JOIN dynasty.prospects p ON p.id = s.prospect_id WHERE p.mlb_id = 900031;
ROLLBACK;
