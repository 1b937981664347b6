-- What the product makes of the real files, as CSV into the working directory; real.jsonl says what each file is.
\copy (SELECT * FROM dynasty.feature_matrix(2025)) TO 'matrix_2025.csv' WITH (FORMAT csv, HEADER)
\copy (SELECT * FROM dynasty.feature_matrix(2026)) TO 'matrix_2026.csv' WITH (FORMAT csv, HEADER)
\copy (SELECT * FROM dynasty.milb_season_stats) TO 'season_stats.csv' WITH (FORMAT csv, HEADER)
\copy (SELECT * FROM dynasty.derive_labels(2018, 2022, 2024)) TO 'labels_closed.csv' WITH (FORMAT csv, HEADER)
\copy (SELECT * FROM dynasty.derive_labels(2021, 2025, 2024)) TO 'labels_open.csv' WITH (FORMAT csv, HEADER)
