-- comparable_players() where there are lines of seasons and no games: whoever hits alike at his age and level is found, with his outcome.
\set VERBOSITY terse
SET client_min_messages = warning;
INSERT INTO dynasty.prospects (id, name, position, birth_date) VALUES
    (1, 'Asked', 'SS', '1998-07-01'), (2, 'Twin', '2B', '1992-07-01'), (3, 'Weaker', 'SS', '1992-07-01'), (4, 'Other Level', 'SS', '1992-07-01'),
    (5, 'Older', 'SS', '1988-07-01'), (6, 'No Line', 'SS', '1992-07-01'), (7, 'Pitcher', 'RHP', '1992-07-01'), (8, 'Two Levels', 'CF', '1992-07-01');
INSERT INTO dynasty.milb_advanced_stats (prospect_id, season, level, wrc_plus, woba, wraa) VALUES
    (1, 2018, 'AA', 130, 0.370, 15), (2, 2012, 'AA', 130, 0.372, 16), (3, 2012, 'AA', 80, 0.290, -8), (4, 2012, 'A', 128, 0.368, 15), (5, 2012, 'AA', 130, 0.370, 15),
    (7, 2012, 'AA', 130, 0.370, 15), (8, 2012, 'A+', 125, 0.360, 8), (8, 2012, 'AA', 120, 0.355, 4), (8, 2013, 'AAA', 100, 0.330, 0);
INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances) VALUES (2, 2014, 150, 600), (3, 2018, 1, 1);
INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, future_value) VALUES (6, 'fangraphs', 2012, '2012-02-01', 50);

-- Level and age are those of his last line by that year, of two levels of a season the higher one.
SELECT rank, name, as_of_year, level, age, distance > 0 AS apart, success_tier FROM dynasty.comparable_players(1, 2018, 10, '{2012}');
SELECT name, as_of_year, level FROM dynasty.comparable_players(1, 2019, 10, '{2013}') WHERE name = 'Two Levels';
-- With games of his own there is still nobody else to compare him with than those of the lines.
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances, at_bats, hits, walks, strikeouts) VALUES (1, '2018-05-01', 2018, 'AA', 5, 4, 2, 1, 1);
SELECT name FROM dynasty.comparable_players(1, 2018, 2, '{2012}');
-- Who has neither is compared with nobody.
SELECT count(*) FROM dynasty.comparable_players(6, 2018, 10, '{2012}');
-- A card says whom he is like, and not that he has not played.
DELETE FROM dynasty.milb_game_logs;
SELECT dynasty.register_model('m', '1', 'linear', '{"kind": "logistic", "feature_names": ["adv_woba"], "coef": [-4], "intercept": 0}') > 0 AS registered;
SELECT dynasty.predict_all('m', 2018, '2018-12-31', ARRAY[1]) AS written;
SELECT key_concerns, comparable_players FROM dynasty.ml_predictions WHERE prospect_id = 1;
