-- A board row becomes grades; a later list replaces, an older one becomes an edition beside it; a player known by name alone gets his FanGraphs id.
BEGIN;
INSERT INTO dynasty.prospects (mlb_id, name, position) VALUES (900041, 'Ida Regress', 'SS');
SELECT * FROM dynasty.ingest_scouting('[
  {"playerName": "Ida Regress", "PlayerId": "sa90041", "FV": "45+", "Hit": "40 / 50", "Raw": "60", "ETA": "Mid 2026", "Ovr_Rank": 12},
  {"playerName": "Nobody Atall", "FV": "40"},
  {"playerName": "Ida Regress", "PlayerId": "sa90041", "FV": "95"}]', ranking_year => 2024, date_recorded => '2024-06-01');
SELECT inserted, updated, unchanged FROM dynasty.ingest_scouting('[{"PlayerId": "sa90041", "FV": "20"}]', ranking_year => 2024, date_recorded => '2024-01-01');
SELECT future_value, hit_present, hit_future, raw_power_present, raw_power_future, eta_year, eta_season, rank_overall, date_recorded, p.fg_player_id
FROM dynasty.scouting_grades s JOIN dynasty.prospects p ON p.id = s.prospect_id WHERE p.mlb_id = 900041;
SELECT inserted, updated, unchanged FROM dynasty.ingest_scouting('[{"PlayerId": "sa90041", "FV": "50"}]', ranking_year => 2024, date_recorded => '2024-11-01');
SELECT future_value, hit_future, date_recorded
FROM dynasty.scouting_grades s JOIN dynasty.prospects p ON p.id = s.prospect_id WHERE p.mlb_id = 900041;
ROLLBACK;
