-- What the product makes of the awkward league, as CSV into the working directory; league.jsonl says what each file is.
SET client_min_messages = warning;
\copy (SELECT * FROM dynasty.feature_matrix(2013)) TO 'matrix_2013.csv' WITH (FORMAT csv, HEADER)
\copy (SELECT * FROM dynasty.feature_matrix(2018)) TO 'matrix_2018.csv' WITH (FORMAT csv, HEADER)
\copy (SELECT * FROM dynasty.feature_matrix(2021)) TO 'matrix_2021.csv' WITH (FORMAT csv, HEADER)
\copy (SELECT * FROM dynasty.feature_matrix(2027)) TO 'matrix_2027.csv' WITH (FORMAT csv, HEADER)
\copy (SELECT * FROM dynasty.all_features(2021)) TO 'documents_2021.csv' WITH (FORMAT csv, HEADER)
\copy (SELECT * FROM dynasty.all_features(2024)) TO 'documents_2024.csv' WITH (FORMAT csv, HEADER)
-- Some of them: the norms are still of all.
\copy (SELECT * FROM dynasty.feature_matrix(2021, 'v1.0', ARRAY(SELECT id FROM dynasty.prospects WHERE id % 7 = 1))) TO 'some_2021.csv' WITH (FORMAT csv, HEADER)
\copy (SELECT f.prospect_id, f.feature_values FROM dynasty.prospects p, dynasty.prospect_features(p.id, 2018) f WHERE p.id % 7 = 2) TO 'single_2018.csv' WITH (FORMAT csv, HEADER)
\copy (SELECT p.id AS prospect_id, dynasty.game_features(2021, p.position, l) AS feature_values FROM dynasty.prospects p JOIN dynasty.milb_game_logs l ON l.prospect_id = p.id GROUP BY p.id) TO 'games_2021.csv' WITH (FORMAT csv, HEADER)
SELECT dynasty.refresh_features(2021) \g /dev/null
\copy (SELECT prospect_id, feature_values FROM dynasty.ml_features WHERE as_of_year = 2021) TO 'stored_2021.csv' WITH (FORMAT csv, HEADER)

\copy (SELECT * FROM dynasty.season_stats()) TO 'season_stats.csv' WITH (FORMAT csv, HEADER)
\copy (SELECT * FROM dynasty.season_stats('{Regular}')) TO 'season_stats_regular.csv' WITH (FORMAT csv, HEADER)
\copy (SELECT * FROM dynasty.season_stats('{Spring,Playoffs}')) TO 'season_stats_other.csv' WITH (FORMAT csv, HEADER)
\copy (SELECT * FROM dynasty.milb_season_stats) TO 'season_stats_kept.csv' WITH (FORMAT csv, HEADER)

\copy (SELECT * FROM dynasty.derive_labels(2018, 2022, 2024)) TO 'labels_closed.csv' WITH (FORMAT csv, HEADER)
\copy (SELECT * FROM dynasty.derive_labels(2021, 2025, 2024)) TO 'labels_open.csv' WITH (FORMAT csv, HEADER)
\copy (SELECT * FROM dynasty.derive_labels(2016)) TO 'labels_default.csv' WITH (FORMAT csv, HEADER)
\copy (SELECT * FROM dynasty.derive_labels(2010, 2013, 2020)) TO 'labels_before.csv' WITH (FORMAT csv, HEADER)
\copy (SELECT * FROM dynasty.derive_labels(2019, 2020, 2020, '{"min_pa": 0, "star_cumulative_war": 0.1, "solid_peak_war": 1.95}')) TO 'labels_config.csv' WITH (FORMAT csv, HEADER)
\copy (SELECT * FROM dynasty.derive_labels(2014, 2024, 2024, '{"min_pa": 1000, "min_outs": 900, "star_peak_war": 4.1, "solid_fallback_pa": 1200, "solid_fallback_outs": 1000}')) TO 'labels_long.csv' WITH (FORMAT csv, HEADER)
\copy (SELECT l.* FROM dynasty.prospects p, dynasty.derive_label(p.id, 2018, 2022, 2024) l) TO 'labels_single.csv' WITH (FORMAT csv, HEADER)
SELECT dynasty.refresh_labels(2018, 2022, 2024) \g /dev/null
\copy (SELECT * FROM dynasty.ml_labels) TO 'labels_stored.csv' WITH (FORMAT csv, HEADER)
