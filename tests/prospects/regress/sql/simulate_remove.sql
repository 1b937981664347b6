-- remove_simulated(): exactly the simulator's rows go; what a user had before, or added to a simulated prospect, stays.
\set VERBOSITY terse
SET client_min_messages = warning;
INSERT INTO dynasty.prospects (id, name, position, mlb_id) VALUES (100000, 'Real One', 'SS', 1234);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (100000, '2021-05-01', 2021, 'A', 4, 1);
-- Somebody else's row with the simulator's mark on a real prospect is not the simulator's.
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits, data_source)
VALUES (100000, '2021-05-02', 2021, 'A', 4, 2, 'simulated');

CREATE TABLE made AS SELECT * FROM dynasty.simulate_league(150, 2018, 2019, 3);
-- New ids go on after those that were there.
SELECT min(id) FROM dynasty.prospects WHERE data_sources @> '{"simulated": true}';

-- A user's game, grade and season on three simulated prospects.
SELECT id AS gamer FROM dynasty.prospects WHERE data_sources @> '{"simulated": true}' ORDER BY id LIMIT 1 \gset
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (:gamer, '2022-05-01', 2022, 'AA', 5, 3);
SELECT prospect_id AS graded FROM dynasty.scouting_grades WHERE prospect_id <> :gamer ORDER BY id LIMIT 1 \gset
INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded) VALUES (:graded, 'mine', 2019, '2019-01-01');

CREATE TABLE gone AS SELECT * FROM dynasty.remove_simulated();
-- All that was made is gone, but for the two prospects that carry a user's row.
SELECT m.table_name, m.rows - g.rows AS kept FROM made m FULL JOIN gone g USING (table_name) ORDER BY 1;
SELECT p.name = 'Real One' AS real, l.season, l.at_bats, l.hits
FROM dynasty.milb_game_logs l JOIN dynasty.prospects p ON p.id = l.prospect_id ORDER BY l.season, l.game_date;
SELECT source, ranking_year FROM dynasty.scouting_grades;
SELECT season, level, total_hits FROM dynasty.milb_season_stats ORDER BY 1;
SELECT count(*) FROM dynasty.mlb_stats;
SELECT count(*) AS differing_lines FROM dynasty.season_stats_diff();
-- Once more: nothing is left to take.
SELECT * FROM dynasty.remove_simulated();
