-- Whose row it is: an id he ever had; else name, birth, role and organization, where nobody else fits. Contract 10.6.
SET client_min_messages = warning;
CREATE FUNCTION load(year int, VARIADIC list jsonb[]) RETURNS TABLE (inserted bigint, updated bigint, rejected bigint, reasons jsonb) LANGUAGE sql AS $$
    SELECT i.inserted, i.updated, i.rejected, jsonb_path_query_array(i.rejects, '$[*].reason') FROM dynasty.ingest_scouting(to_jsonb(list), 'fangraphs', year, make_date(year, 10, 1)) i
$$;
CREATE VIEW men AS SELECT p.name, p.mlb_id, p.fg_player_id, string_agg(i.external_id, ' ' ORDER BY i.external_id) FILTER (WHERE i.source = 'fangraphs') AS fangraphs,
    (SELECT count(*) FROM dynasty.scouting_grades g WHERE g.prospect_id = p.id) AS grades
FROM dynasty.prospects p LEFT JOIN dynasty.prospect_identifiers i ON i.prospect_id = p.id GROUP BY p.id ORDER BY p.id;

-- The id of the minors becomes a number, and the other way round (an older board loaded later); the first id is found as well.
BEGIN;
SELECT * FROM load(2020, '{"Name": "Abel Sanz", "Pos": "3B", "Org": "BAL", "Age": 20.1, "FV": 45, "playerId": "sa9100"}');
SELECT * FROM load(2022, '{"Name": "Abel Sánz Jr.", "Pos": "SS", "Org": "Baltimore Orioles", "Age": 22.1, "FV": 60, "playerId": "91000"}');
SELECT * FROM load(2021, '{"Name": "Abel Sanz", "FV": 50, "playerId": "sa9100"}');
TABLE men;
ROLLBACK;
BEGIN;
SELECT * FROM load(2022, '{"Name": "Abel Sanz", "Pos": "3B", "Org": "BAL", "Age": 22, "FV": 45, "playerId": "91000"}');
SELECT * FROM load(2020, '{"Name": "Abel Sanz", "Pos": "3B", "Org": "BAL", "Age": 20, "FV": 45, "playerId": "sa9100"}');
TABLE men;
ROLLBACK;

-- Without an age, with another role, organization or age, or where two fit, they stay two. What is possible is listed.
BEGIN;
SELECT * FROM load(2020, '{"Name": "Ben Alder", "Pos": "3B", "Org": "BAL", "FV": 45, "playerId": "sa9201"}', '{"Name": "Cal Birch", "Pos": "3B", "Org": "BAL", "Age": 20, "FV": 45, "playerId": "sa9202"}',
    '{"Name": "Dan Cedar", "Pos": "3B", "Org": "BAL", "Age": 20, "FV": 45, "playerId": "sa9203"}', '{"Name": "Eli Elm", "Pos": "3B", "Org": "BAL", "Age": 20, "FV": 45, "playerId": "sa9204"}',
    '{"Name": "Foy Gum", "Pos": "3B", "Org": "BAL", "Age": 20, "FV": 45, "playerId": "sa9205"}', '{"Name": "Foy Gum", "Pos": "SS", "Org": "BAL", "Age": 20.5, "FV": 45, "playerId": "sa9206"}');
SELECT * FROM load(2022, '{"Name": "Ben Alder", "Pos": "3B", "Org": "BAL", "FV": 45, "playerId": "92001"}', '{"Name": "Cal Birch", "Pos": "RHP", "Org": "BAL", "Age": 22, "FV": 45, "playerId": "92002"}',
    '{"Name": "Dan Cedar", "Pos": "3B", "Org": "NYY", "Age": 22, "FV": 45, "playerId": "92003"}', '{"Name": "Eli Elm", "Pos": "3B", "Org": "BAL", "Age": 27, "FV": 45, "playerId": "92004"}',
    '{"Name": "Foy Gum", "Pos": "SS", "Org": "BAL", "Age": 22, "FV": 45, "playerId": "92005"}');
TABLE men;
SELECT name, confidence, why FROM dynasty.duplicate_prospects ORDER BY prospect_id, other_id;
ROLLBACK;

-- Traded meanwhile, and born on the same days as far as the ages say: two, and likely one.
BEGIN;
SELECT * FROM load(2020, '{"Name": "Abe Aspen", "Pos": "3B", "Org": "BAL", "Age": 20.12, "FV": 45, "playerId": "sa9211"}', '{"Name": "Bo Balsa", "Pos": "3B", "Org": "BAL", "Age": 20.12, "FV": 45, "playerId": "sa9212"}');
SELECT * FROM load(2022, '{"Name": "Abe Aspen", "Pos": "2B", "Org": "NYM", "Age": 22.12, "FV": 45, "playerId": "92011"}', '{"Name": "Bo Balsa", "Pos": "3B", "Org": "NYM", "Age": 22.55, "FV": 45, "playerId": "92012"}');
SELECT name, confidence, why FROM dynasty.duplicate_prospects ORDER BY prospect_id;
ROLLBACK;

-- Board first, then the API's biography: the one man gets his MLBAM id. A namesake of another birth year does not.
BEGIN;
SELECT * FROM load(2021, '{"Name": "Gil Hazel", "Pos": "CF", "Org": "SEA", "Age": 19.5, "FV": 50, "playerId": "sa9301"}', '{"Name": "Hob Ivy", "Pos": "LHP", "Org": "SEA", "Age": 19.5, "FV": 50, "playerId": "sa9302"}');
SELECT inserted, updated FROM dynasty.ingest_people('{"people": [
    {"id": 930001, "fullName": "Gil Hazel", "birthDate": "2002-03-30", "primaryPosition": {"abbreviation": "CF"}, "currentTeam": {"name": "Tacoma Rainiers", "parentOrgName": "Seattle Mariners"}},
    {"id": 930002, "fullName": "Hob Ivy", "birthDate": "1994-03-30", "primaryPosition": {"abbreviation": "P"}, "currentTeam": {"name": "Seattle Mariners"}}]}');
TABLE men;
ROLLBACK;

-- Games first, then a board: nothing must speak against it.
BEGIN;
INSERT INTO dynasty.prospects (mlb_id, name, position, birth_date, current_organization) VALUES (940001, 'José Juniper Jr.', 'SS', '2001-05-05', 'Houston Astros'), (940002, 'Kit Larch', 'SS', '2001-05-05', 'Houston Astros'),
    (940003, 'Lou Maple', 'P', NULL, NULL), (940004, 'Ned Oak', 'SS', '1999-01-01', NULL);
SELECT * FROM load(2022, '{"Name": "Jose Juniper", "Pos": "2B", "Org": "HOU", "Age": 21, "FV": 45, "playerId": "sa9401"}', '{"Name": "Kit Larch", "Pos": "SS", "Org": "TEX", "Age": 21, "FV": 45, "playerId": "sa9402"}',
    '{"Name": "Lou Maple", "Pos": "C", "FV": 45, "playerId": "sa9403"}', '{"Name": "Ned Oak", "Pos": "SS", "Age": 18, "FV": 45, "playerId": "sa9404"}');
TABLE men;
ROLLBACK;

-- Where an id and what the row says contradict, nothing is written.
BEGIN;
INSERT INTO dynasty.prospects (mlb_id, fg_player_id, name, position, birth_date) VALUES (950001, 'sa9501', 'Pat Quince', 'SS', '2000-01-01'), (950002, 'sa9502', 'Ray Sumac', 'SS', '2000-01-01');
SELECT * FROM load(2022, '{"Name": "Sid Thorn", "Pos": "RHP", "FV": 45, "playerId": "sa9501"}', '{"Name": "Pat Quince", "Pos": "SS", "Age": 30, "FV": 45, "playerId": "sa9501"}',
    '{"Name": "Ray Sumac", "Pos": "SS", "FV": 45, "playerId": "sa9501"}', '{"Name": "Pat Quince", "mlb_id": 950002, "FV": 45, "playerId": "sa9501"}', '{"Name": "Pat Quince", "mlb_id": 950009, "FV": 45, "playerId": "sa9501"}');
-- A nickname, a conversion to the mound, another script: no contradiction.
SELECT * FROM load(2022, '{"Name": "Patrick Quince", "Pos": "RHP", "Age": 22, "FV": 45, "playerId": "sa9501"}', '{"Name": "大谷", "FV": 45, "playerId": "sa9502"}');
TABLE men;
-- Two rows of one list under one id who cannot be one man: the second is left out, also where both are new.
SELECT * FROM load(2023, '{"Name": "Tom Ulex", "Pos": "SS", "FV": 45, "playerId": "sa9503"}', '{"Name": "Wes Yew", "Pos": "RHP", "FV": 50, "playerId": "sa9503"}');
TABLE men;
ROLLBACK;

-- Rows without an id: who is described well enough is made, with what the row says of him, and found again.
BEGIN;
SELECT * FROM load(2021, '{"Name": "Abe Aster", "Pos": "CF", "Org": "SEA", "Age": 19.53, "Height": "6'' 2\"", "Weight": "185", "Bats": "S", "Throws": "R", "FV": 50}',
    '{"Name": "Bob Briar", "Pos": "LHP", "Org": "SEA", "Age": 19, "FV": 45}', '{"Name": "Cy Clover", "Pos": "SS", "birth_date": "2003-02-01", "FV": 45}',
    '{"Name": "Del Dock", "Pos": "SS", "FV": 45}', '{"Name": "Ed Elder", "Age": 20, "FV": 45}', '{"Name": "...", "Pos": "SS", "Age": 20, "FV": 45}');
SELECT name, position, bats, throws, height_inches, weight_lbs, birth_date, current_organization, data_sources FROM dynasty.prospects ORDER BY name;
SELECT * FROM load(2021, '{"Name": "Abe Aster", "Pos": "CF", "Org": "SEA", "Age": 19.53, "FV": 50}');
SELECT * FROM load(2022, '{"Name": "Abe Aster", "Pos": "OF", "Org": "Mariners", "Age": 20.53, "FV": 55}', '{"Name": "Bob Briar", "Pos": "LHP", "Org": "SEA", "Age": 20, "FV": 50}');
-- Two men of one name in a list; two that may be one; a name that two prospects have.
SELECT * FROM load(2023, '{"Name": "Fay Fern", "Pos": "SS", "Age": 20, "FV": 45}', '{"Name": "Fay Fern", "Pos": "RHP", "Age": 20, "FV": 50}',
    '{"Name": "Gus Gorse", "Pos": "SS", "Age": 20, "FV": 45}', '{"Name": "Gus Gorse", "Pos": "SS", "Org": "BAL", "Age": 21, "FV": 50}');
INSERT INTO dynasty.prospects (name, position) VALUES ('Hy Heath', 'SS'), ('Hy Heath', 'OF');
SELECT * FROM load(2023, '{"Name": "Hy Heath", "Pos": "SS", "Age": 20, "FV": 45}');
SELECT i.rejected, i.rejects -> 0 ->> 'reason' AS reason FROM dynasty.ingest_scouting('[{"Name": "Ike Iris", "Pos": "SS", "Age": 20, "FV": 45}]', 'ba', 2023, '2023-01-01', 'reject') i;
TABLE men;
ROLLBACK;
