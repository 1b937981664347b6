-- A /people reply fills a stub in, a missing value erases nothing, and the debut reaches the seasons that lack one.
BEGIN;
SELECT inserted FROM dynasty.ingest_mlb_stats('[{"mlb_id": 900021, "season": 2024, "plate_appearances": 10}]');
CREATE TEMP TABLE reply AS SELECT '{"people": [
  {"id": 900021, "fullName": "Ida Ward", "birthDate": "2001-02-03", "birthCity": "Bani", "birthCountry": "Dominican Republic", "height": "6'' 1\"", "weight": 210,
   "primaryPosition": {"abbreviation": "SIRP"}, "batSide": {"code": "S"}, "pitchHand": {"code": "R"}, "draftYear": 2019, "mlbDebutDate": "2024-04-01"},
  {"id": 900022, "fullName": "Una Umpire", "primaryPosition": {"abbreviation": "UMP"}}]}'::jsonb AS p;
SELECT i.* FROM reply, dynasty.ingest_people(p) i;
SELECT i.* FROM reply, dynasty.ingest_people(p) i;
SELECT inserted, updated, unchanged FROM dynasty.ingest_people('{"people": [{"id": 900021, "fullName": "Ida Ward", "primaryPosition": {"abbreviation": "P"}}]}');
SELECT name, position, bats, throws, height_inches, weight_lbs, birth_date, birth_country, draft_year FROM dynasty.prospects WHERE mlb_id = 900021;
SELECT season, mlb_debut_date FROM dynasty.mlb_stats s JOIN dynasty.prospects p ON p.id = s.prospect_id WHERE p.mlb_id = 900021;
ROLLBACK;
