-- A batting and a pitching payload of one game complete each other; the same payload twice changes nothing; a correction updates.
BEGIN;
SELECT received, inserted, updated, unchanged, rejected, rejects FROM dynasty.ingest_game_logs('{"stats": [{
  "type": {"displayName": "gameLog"}, "group": {"displayName": "hitting"}, "splits": [{
    "season": "2024", "date": "2024-06-01", "gameType": "R", "isHome": true,
    "team": {"name": "Round Rock Express"}, "opponent": {"name": "Reno Aces"}, "sport": {"id": 11},
    "game": {"gamePk": 9000001, "gameNumber": 1}, "player": {"id": 900001, "fullName": "Ida Two-Way"},
    "stat": {"gamesPlayed": 1, "plateAppearances": 5, "atBats": "4", "hits": 2, "baseOnBalls": 1, "avg": ".333", "obp": ".---"}}]}]}');
SELECT received, inserted, updated, unchanged, rejected, rejects FROM dynasty.ingest_game_logs('{"stats": [{
  "type": {"displayName": "gameLog"}, "group": {"displayName": "pitching"}, "splits": [{
    "season": "2024", "date": "2024-06-01", "gameType": "R", "sport": {"id": 11},
    "game": {"gamePk": 9000001}, "player": {"id": 900001, "fullName": "Ida Two-Way"},
    "stat": {"gamesPlayed": 1, "inningsPitched": "5.1", "hits": 3, "earnedRuns": 1}}]}]}');
-- The pitching reply did not name the club: it must not erase it.
SELECT p.name, p.position, g.level, g.team, g.is_home, g.plate_appearances, g.at_bats, g.hits, g.batting_avg, g.on_base_pct,
       g.outs_pitched, g.hits_allowed, g.earned_runs, g.data_source
FROM dynasty.milb_game_logs g JOIN dynasty.prospects p ON p.id = g.prospect_id WHERE g.game_pk = 9000001;
-- Again, with one hit more after a scoring change, then exactly the same.
SELECT received, inserted, updated, unchanged, rejected FROM dynasty.ingest_game_logs('{"stats": [{
  "type": "gameLog", "group": "hitting", "splits": [{"season": 2024, "date": "2024-06-01", "sport": {"id": 11},
    "game": {"gamePk": 9000001}, "player": {"id": 900001}, "stat": {"hits": 3}}]}]}');
SELECT received, inserted, updated, unchanged, rejected FROM dynasty.ingest_game_logs('{"stats": [{
  "type": "gameLog", "group": "hitting", "splits": [{"season": 2024, "date": "2024-06-01", "sport": {"id": 11},
    "game": {"gamePk": 9000001}, "player": {"id": 900001}, "stat": {"hits": 3}}]}]}');
SELECT hits, at_bats, outs_pitched FROM dynasty.milb_game_logs WHERE game_pk = 9000001;
ROLLBACK;
