-- Fractions of the JSON API and percent as text are both stored as percent; levels are mapped; the second time nothing changes.
BEGIN;
CREATE TEMP TABLE leaders AS SELECT '[
  {"PlayerName": "Ida Leader", "playerids": "sa90051", "Season": 2024, "aLevel": "CPX", "GB%": 0.4312, "HR/FB": 0.125, "wOBA": 0.3674, "wRC+": 131.2},
  {"PlayerName": "Ida Leader", "playerids": "sa90051", "Season": 2024, "aLevel": "A-", "GB%": "41 %"},
  {"PlayerName": "Ida Leader", "playerids": "sa90051", "Season": 2024, "aLevel": "MLB", "GB%": "41 %"}]'::jsonb AS p;
SELECT i.* FROM leaders, dynasty.ingest_advanced(p) i;
SELECT i.inserted, i.updated, i.unchanged, i.rejected FROM leaders, dynasty.ingest_advanced(p) i;
SELECT level, gb_percent, hr_per_fb, woba, wrc_plus, data_source
FROM dynasty.milb_advanced_stats a JOIN dynasty.prospects p ON p.id = a.prospect_id WHERE p.fg_player_id = 'sa90051' ORDER BY 1;
ROLLBACK;
