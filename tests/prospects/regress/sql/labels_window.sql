-- The window of a label: what it defaults to, and what it refuses.
\set VERBOSITY terse
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'One', 'SS'), (2, 'Two', 'P');
-- Nothing is known while mlb_stats is empty.
SELECT * FROM dynasty.label_window(2010);
SELECT prospect_id, reached_mlb, total_pa, cumulative_war, is_success, success_tier, tier_basis, window_complete FROM dynasty.derive_labels(2010);
-- The newest season of anybody says how far the data reach.
INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played) VALUES (1, 2013, 1);
SELECT * FROM dynasty.label_window(2010);
SELECT prospect_id, reached_mlb, years_to_mlb, is_success, window_complete FROM dynasty.derive_labels(2010);
INSERT INTO dynasty.mlb_stats (prospect_id, season) VALUES (1, 2014);
SELECT * FROM dynasty.label_window(2010);
SELECT prospect_id, reached_mlb, years_to_mlb, is_success, window_complete FROM dynasty.derive_labels(2010);
-- But a season that is not over is not known: rows of the future do not close a window.
INSERT INTO dynasty.mlb_stats (prospect_id, season) VALUES (1, 2199);
SELECT data_through_year = extract(year FROM current_date)::int - CASE WHEN extract(month FROM current_date) >= 11 THEN 0 ELSE 1 END AS last_completed, window_complete
FROM dynasty.label_window(2195);
-- As the caller says.
SELECT * FROM dynasty.label_window(2010, 2011, 2011);
SELECT * FROM dynasty.label_window(2010, 2020, 2019);
SELECT evaluation_year, years_to_evaluate, window_complete FROM dynasty.derive_label(1, 2010, 2020, 2020);
SELECT evaluation_year, years_to_evaluate, window_complete FROM dynasty.derive_label(1, 2010, data_through_year => 2014);
-- No row for nobody.
SELECT count(*) FROM dynasty.derive_label(99, 2010);
SELECT count(*) FROM dynasty.derive_label(NULL, 2010);
SELECT count(*) FROM dynasty.derive_label(1, NULL);
SELECT count(*) FROM dynasty.derive_labels(NULL);
SELECT count(*) FROM dynasty.label_window(NULL);
SELECT dynasty.refresh_labels(NULL);
-- Windows that cannot be: every one 22023.
SELECT * FROM dynasty.derive_label(1, 2010, 2010);
\echo :LAST_ERROR_SQLSTATE
SELECT * FROM dynasty.derive_labels(2010, 2009);
\echo :LAST_ERROR_SQLSTATE
SELECT * FROM dynasty.label_window(2010, 1869);
SELECT * FROM dynasty.derive_labels(1869);
\echo :LAST_ERROR_SQLSTATE
SELECT * FROM dynasty.derive_labels(2201);
SELECT * FROM dynasty.derive_labels(2197);
SELECT * FROM dynasty.derive_labels(2010, 2201);
SELECT * FROM dynasty.derive_labels(2010, 2014, 2201);
SELECT * FROM dynasty.derive_labels(-2147483648, 2147483647);
SELECT * FROM dynasty.derive_labels(2147483647);
SELECT dynasty.refresh_labels(2010, 2010);
\echo :LAST_ERROR_SQLSTATE
-- The limits themselves are good.
SELECT count(*) FROM dynasty.derive_labels(1870, 1871, 1870);
SELECT count(*) FROM dynasty.derive_labels(2199, 2200, 2200);
-- Totals that fit no integer: 22003, not a wrong number.
INSERT INTO dynasty.mlb_stats (prospect_id, season, plate_appearances) VALUES (2, 2011, 2147483647), (2, 2012, 1);
SELECT * FROM dynasty.derive_labels(2010);
\echo :LAST_ERROR_SQLSTATE
SELECT total_pa FROM dynasty.derive_label(2, 2010, 2011);
-- A table of the user's own without the CHECK.
ALTER TABLE dynasty.mlb_stats DROP CONSTRAINT ck_mlb_stats_war;
INSERT INTO dynasty.mlb_stats (prospect_id, season, war) VALUES (1, 2012, 'NaN');
SELECT * FROM dynasty.derive_label(1, 2010);
\echo :LAST_ERROR_SQLSTATE
