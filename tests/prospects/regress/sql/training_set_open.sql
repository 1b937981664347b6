-- A window that is open teaches nothing: no rows, unless asked, and then without label, weight and side.
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'Early', 'SS'), (2, 'Late', 'P');
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances, at_bats, hits)
SELECT p, make_date(s, 6, 1), s, 'A', 4, 4, 1 FROM generate_series(1, 2) p, generate_series(2012, 2020) s;
INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances, war) VALUES (1, 2019, 150, 650, 5.0), (1, 2020, 60, 250, 1.0);
-- The data reach to 2020: of windows of four seasons that of 2016 is the last closed one. Prospect 1 has his 500 plate appearances by
-- 2019, and still his later windows say nothing.
SELECT prospect_id AS id, as_of_year, evaluation_year, is_success, success_tier, weight, split FROM dynasty.training_set('{2015,2016,2017,2018}', test_share => 0);
SELECT prospect_id AS id, as_of_year, evaluation_year, is_success, success_tier, weight, split FROM dynasty.training_set('{2015,2016,2017,2018}', test_share => 0, include_open => true);
-- As it would have been a year earlier, and will be later.
SELECT prospect_id AS id, as_of_year, is_success, weight FROM dynasty.training_set('{2015,2016,2017,2018}', data_through_year => 2019, test_share => 0);
SELECT count(*) FROM dynasty.training_set('{2015,2016,2017,2018}', data_through_year => 2015);
SELECT count(*), count(*) FILTER (WHERE split <> 'open') FROM dynasty.training_set('{2015,2016,2017,2018}', data_through_year => 2015, include_open => true, split => 'time');
SELECT row_count, prospects, successes, train_rows, test_rows, open_rows, known_through_year FROM dynasty.training_set_summary('{2015,2016,2017,2018}', test_share => 0, include_open => true);
-- Without seasons in the majors nothing is closed.
DELETE FROM dynasty.mlb_stats;
SELECT row_count, known_through_year FROM dynasty.training_set_summary('{2015,2016}');
SELECT row_count, open_rows, known_through_year FROM dynasty.training_set_summary('{2015,2016}', include_open => true);
SELECT row_count FROM dynasty.training_set_summary('{2015,2016}', data_through_year => 2020);
