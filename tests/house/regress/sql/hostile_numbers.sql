-- Numbers and dates at the edge of their types, in rows: what the constraints let in is computed with, without overflow, NaN or infinity.
\set VERBOSITY terse
SET client_min_messages = error;
-- Who was born, drafted and signed at the edges.
INSERT INTO dynasty.prospects (id, name, position, birth_date) VALUES (1, 'Before Time', 'SS', '4713-01-01 BC');
INSERT INTO dynasty.prospects (id, name, position, birth_date) VALUES (2, 'After Time', 'SS', '5874897-12-31');
INSERT INTO dynasty.prospects (id, name, position, birth_date) VALUES (3, 'Never', 'SS', 'infinity');
INSERT INTO dynasty.prospects (id, name, position, birth_date, height_inches, weight_lbs) VALUES (4, 'Giant', 'P', '2000-01-01', 2147483647, 2147483647);
INSERT INTO dynasty.prospects (id, name, position, signing_bonus_usd) VALUES (5, 'Rich', 'SP', 9223372036854775807);
INSERT INTO dynasty.prospects (id, name, position, draft_year, draft_round, draft_pick) VALUES (6, 'Last', 'C', 2147483647, 2147483647, 2147483647);
INSERT INTO dynasty.prospects (id, name, position) VALUES (7, 'Plain', 'SS'), (-2147483648, 'Least Id', 'SS'), (2147483647, 'Greatest Id', 'SS');
SELECT id, name FROM dynasty.prospects ORDER BY id;

-- Games at the edges.
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (7, '4713-01-01 BC', 2021, 'AA', 1);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (7, 'infinity', 2021, 'AA', 1);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (7, '-infinity', 2021, 'AA', 1);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (7, '2021-05-01', -4713, 'AA', 1);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits) VALUES (7, '2021-05-01', 2147483647, 'AA', 1);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits, at_bats) VALUES (7, '2021-05-01', 2021, 'AA', 2147483647, 2147483647);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits, at_bats) VALUES (7, '2021-05-01', 2021, 'AA', -1, 4);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances, at_bats, hits, doubles, walks, strikeouts, outs_pitched, earned_runs, home_runs_allowed, walks_allowed, strikeouts_pitched, batters_faced)
SELECT 7, date '2021-05-01' + g, 2021, 'AAA', 2147483647, 2147483647, 2147483647, 2147483647, 0, 0, 2147483647, 2147483647, 2147483647, 2147483647, 2147483647, 2147483647
FROM generate_series(1, 12) g;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
SELECT id, '2021-06-01', 2021, 'AAA', 4, 1 FROM dynasty.prospects WHERE abs(id::bigint) > 1000;
SELECT prospect_id, game_date, season, level, hits FROM dynasty.milb_game_logs ORDER BY prospect_id, level, game_date LIMIT 5;
SELECT count(*) FROM dynasty.season_stats_diff();
SELECT prospect_id, level, games_played, total_hits, avg, slg, era, hit_consistency_cv FROM dynasty.milb_season_stats ORDER BY 1, 2;

-- Reports and seasons at the edges.
INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, future_value) VALUES (7, 'fangraphs', 2021, '4713-01-01 BC', 50);
INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, future_value) VALUES (7, 'fangraphs', 2147483647, '2021-01-01', 50);
INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, future_value) VALUES (7, 'fangraphs', 2021, '2021-01-01', 2147483647);
INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances, war) VALUES (7, 2022, 162, 2147483647, 'NaN');
INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances, war) VALUES (7, 2022, 162, 2147483647, 'Infinity');
INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances, war) VALUES (7, 2022, 162, 2147483647, 99.9);
INSERT INTO dynasty.milb_advanced_stats (prospect_id, season, level, woba) VALUES (7, 2021, 'AAA', 'NaN');

-- Every feature of everybody is a finite number or NULL, in every form.
SELECT count(*) AS prospects, count(*) FILTER (WHERE 'NaN' = ANY (feature_values) OR 'Infinity' = ANY (feature_values) OR '-Infinity' = ANY (feature_values)) AS not_finite
FROM generate_series(2019, 2023) y, dynasty.all_features(y);
SELECT count(*) FROM dynasty.all_features(1900);
SELECT count(*) FROM dynasty.all_features(2100);
SELECT dynasty.refresh_features(2021) = (SELECT count(*) FROM dynasty.prospects) AS all_stored;
SELECT count(*) FROM dynasty.stale_features(2021);
SELECT count(*) FROM dynasty.all_features(2021, known_at => '-infinity');
SELECT count(*) FROM dynasty.all_features(2021, known_at => 'infinity');
SELECT prospect_id, total_pa FROM dynasty.derive_labels(2018, 2022) WHERE total_pa > 0;
SELECT * FROM dynasty.label_window(2147483647);
SELECT * FROM dynasty.label_window(-4713);

-- Aggregates of the extension over what is no number.
SELECT dynasty.consistency_cv(x) FROM (VALUES ('NaN'::float8), (1), (2)) v(x);
SELECT dynasty.consistency_cv(x) FROM (VALUES ('Infinity'::float8), (1), (2)) v(x);
SELECT dynasty.consistency_cv(x) FROM (VALUES (1.7e308::float8), (1.7e308), (-1.7e308)) v(x);
SELECT dynasty.consistency_cv(x) FROM (VALUES (5e-324::float8), (5e-324)) v(x);
SELECT dynasty.consistency_cv(x) OVER (ORDER BY i ROWS 1 PRECEDING) FROM (VALUES (1, 'NaN'::float8), (2, 1), (3, 2), (4, 'Infinity'), (5, 1), (6, 3)) v(i, x);
