-- A row that carries two ids says that they are one man's. Who may merge has one man then; who may not finds both in duplicate_prospects.
SET client_min_messages = warning;
CREATE FUNCTION two_halves() RETURNS void LANGUAGE sql AS $$
    SELECT FROM dynasty.ingest_scouting('[{"Name": "Abel Sanz", "Pos": "3B", "FV": 45, "playerId": "sa9100"}]', 'fangraphs', 2020, '2020-11-01');
    SELECT FROM dynasty.ingest_scouting('[{"Name": "Abel Sanz", "Pos": "3B", "FV": 60, "playerId": "91000"}]', 'fangraphs', 2022, '2022-11-01')
$$;
CREATE VIEW men AS SELECT p.name, p.mlb_id, p.fg_player_id, string_agg(i.source || ' ' || i.external_id, ', ' ORDER BY i.source, i.external_id) AS ids,
    (SELECT count(*) FROM dynasty.scouting_grades g WHERE g.prospect_id = p.id) AS grades, (SELECT count(*) FROM dynasty.milb_advanced_stats a WHERE a.prospect_id = p.id) AS lines
FROM dynasty.prospects p LEFT JOIN dynasty.prospect_identifiers i ON i.prospect_id = p.id GROUP BY p.id ORDER BY p.id;
CREATE TABLE both_ids AS SELECT '[{"Season": 2022, "aLevel": "AAA", "PlayerName": "Abel Sanz", "playerids": "91000", "minormasterid": "sa9100", "wOBA": 0.39},
    {"Season": 2021, "aLevel": "AA", "PlayerName": "Abel Sanz", "playerids": "sa9100", "wOBA": 0.35}]'::jsonb AS body;
BEGIN;
SELECT two_halves();
SELECT name, other_name, confidence, why FROM dynasty.duplicate_prospects;
SELECT i.inserted, i.rejects FROM both_ids, dynasty.ingest_advanced(body) i;
TABLE men;
SELECT count(*) AS pairs FROM dynasty.duplicate_prospects;
SELECT count(*) AS merges, bool_and(undone_at IS NULL) AS stands FROM dynasty.prospect_merges;
-- The other way round, and when nobody knows him yet: the number is the current one.
ROLLBACK;
BEGIN;
SELECT i.inserted, i.rejects FROM dynasty.ingest_advanced('[{"Season": 2022, "aLevel": "AAA", "PlayerName": "Ben Alder", "minormasterid": "sa9200", "PlayerId": 92000, "wOBA": 0.39}]') i;
SELECT i.inserted FROM dynasty.ingest_scouting('[{"Name": "Ben Alder", "FV": 45, "playerId": "sa9200"}]', 'fangraphs', 2020, '2020-11-01') i;
TABLE men;
ROLLBACK;
-- A crosswalk: the MLBAM id of one row and the FanGraphs id of another are one man's, if nothing speaks against it.
BEGIN;
INSERT INTO dynasty.prospects (mlb_id, fg_player_id, name, position, birth_date) VALUES (920001, NULL, 'Cal Birch', 'SS', '2000-01-01'), (NULL, 'sa9301', 'Cal Birch', 'SS', NULL),
    (920002, NULL, 'Dan Cedar', 'SS', '2000-01-01'), (NULL, 'sa9302', 'Eli Elm', 'SS', NULL), (920003, NULL, 'Foy Gum', 'SS', NULL), (920004, 'sa9303', 'Foy Gum', 'SS', NULL);
SELECT i.inserted, i.rejected, jsonb_path_query_array(i.rejects, '$[*].reason') AS reasons FROM dynasty.ingest_mlb_stats('[{"mlb_id": 920001, "fg_player_id": "sa9301", "season": 2022, "war": 1.5},
    {"mlb_id": 920002, "fg_player_id": "sa9302", "season": 2022, "war": 1.5}, {"mlb_id": 920003, "fg_player_id": "sa9303", "season": 2022, "war": 1.5}]') i;
TABLE men;
-- An MLBAM id that comes with a known FanGraphs id is noted.
SELECT i.inserted FROM dynasty.ingest_mlb_stats('[{"mlb_id": 920005, "fg_player_id": "sa9302", "season": 2022, "war": 1.5}]') i;
SELECT mlb_id, fg_player_id FROM dynasty.prospects WHERE name = 'Eli Elm';
ROLLBACK;
-- dynasty_ingest may not delete players: the two stay, their ids go to the one, and later rows with either id are his.
CREATE ROLE identity_loader;
SELECT count(*) > 0 AS made FROM dynasty.setup_roles();
GRANT dynasty_ingest TO identity_loader;
GRANT SELECT ON both_ids, men TO identity_loader;
SELECT two_halves();
SET ROLE identity_loader;
SELECT i.inserted, i.rejects FROM both_ids, dynasty.ingest_advanced(body) i;
TABLE men;
SELECT name, confidence, why FROM dynasty.duplicate_prospects;
SELECT dynasty.merge_prospects(1, 2);
RESET ROLE;
-- An administrator makes them one.
CREATE ROLE identity_admin;
GRANT dynasty_admin TO identity_admin;
SET ROLE identity_admin;
SELECT dynasty.merge_prospects(prospect_id, other_id) IS NOT NULL AS merged FROM dynasty.duplicate_prospects;
TABLE dynasty.duplicate_prospects;
SELECT name, fg_player_id FROM dynasty.prospects;
SELECT merged_by FROM dynasty.prospect_merges;
RESET ROLE;
DROP OWNED BY identity_loader, identity_admin;
DROP ROLE identity_loader, identity_admin;
DROP OWNED BY dynasty_reader, dynasty_ingest, dynasty_app, dynasty_admin, dynasty_monitor;
DROP ROLE dynasty_reader, dynasty_ingest, dynasty_app, dynasty_admin, dynasty_monitor;
