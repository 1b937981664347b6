-- A payload that is not of the shape, and a bad argument, are errors of SQLSTATE class 22.
\set VERBOSITY sqlstate
SELECT * FROM dynasty.ingest_game_logs(NULL);
SELECT * FROM dynasty.ingest_game_logs('[]');
SELECT * FROM dynasty.ingest_game_logs('{"message": "Object not found"}');
SELECT * FROM dynasty.ingest_game_logs((repeat('[', 300) || repeat(']', 300))::jsonb);
SELECT * FROM dynasty.ingest_game_logs('{"stats": []}', data_source => repeat('x', 51));
SELECT * FROM dynasty.ingest_game_logs('{"stats": []}', mlb_id => 0);
SELECT * FROM dynasty.ingest_people('{"people": 1}');
SELECT * FROM dynasty.ingest_mlb_stats('3');
SELECT * FROM dynasty.ingest_scouting('{}');
SELECT * FROM dynasty.ingest_scouting('[]', ranking_year => 24);
SELECT * FROM dynasty.ingest_scouting('[]', date_recorded => 'infinity');
SELECT * FROM dynasty.ingest_advanced('{"data": {}}');
\set VERBOSITY terse
SELECT * FROM dynasty.ingest_boxscore('{"teams": {"home": {}, "away": {}}}');
SELECT * FROM dynasty.ingest_game_logs('{"stats": []}', 'maybe');
-- An empty reply is of the shape.
SELECT * FROM dynasty.ingest_game_logs('{"stats": []}');
SELECT * FROM dynasty.ingest_scouting('[]', date_recorded => 'infinity');
