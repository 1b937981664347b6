-- Two prospects of one name are never guessed between: a board row of that name makes a player of its own.
BEGIN;
INSERT INTO dynasty.prospects (mlb_id, name, position) VALUES (900071, 'Luis Namesake', 'SS'), (900072, 'Luis Namesake', 'P');
SELECT inserted, rejects FROM dynasty.ingest_scouting('[{"Name": "Luis Namesake", "PlayerId": "sa90071", "FV": 40}]', ranking_year => 2024);
SELECT mlb_id, fg_player_id, position FROM dynasty.prospects WHERE name = 'Luis Namesake' ORDER BY mlb_id;
-- Nor are two rows of one name in one payload joined to the one prospect there is.
INSERT INTO dynasty.prospects (mlb_id, name, position) VALUES (900073, 'Juan Namesake', 'SS');
SELECT inserted, rejects FROM dynasty.ingest_scouting('[{"Name": "Juan Namesake", "PlayerId": "sa90073", "FV": 40}, {"Name": "Juan Namesake", "PlayerId": "sa90074", "FV": 45}]', ranking_year => 2024);
SELECT mlb_id, fg_player_id FROM dynasty.prospects WHERE name = 'Juan Namesake' ORDER BY fg_player_id NULLS FIRST;
ROLLBACK;
