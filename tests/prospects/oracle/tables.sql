-- The tables the oracle reads, as CSV into the working directory.
\copy (SELECT * FROM dynasty.prospects) TO 'prospects.csv' WITH (FORMAT csv, HEADER)
\copy (SELECT * FROM dynasty.milb_game_logs) TO 'milb_game_logs.csv' WITH (FORMAT csv, HEADER)
\copy (SELECT * FROM dynasty.mlb_stats) TO 'mlb_stats.csv' WITH (FORMAT csv, HEADER)
\copy (SELECT * FROM dynasty.scouting_grades) TO 'scouting_grades.csv' WITH (FORMAT csv, HEADER)
\copy (SELECT * FROM dynasty.scouting_editions) TO 'scouting_editions.csv' WITH (FORMAT csv, HEADER)
\copy (SELECT * FROM dynasty.milb_advanced_stats) TO 'milb_advanced_stats.csv' WITH (FORMAT csv, HEADER)
