-- An open window says nothing about success, whatever has happened already; it closes when the data reach its end.
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'star already', 'SS'), (2, 'up a little', 'SS'), (3, 'not up', 'SS');
INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances, war) VALUES (1, 2021, 150, 650, 6.5), (1, 2022, 150, 650, 7.0), (2, 2022, 20, 60, 0.1);
SELECT t AS data_through, prospect_id, reached_mlb AS reached, years_to_mlb AS years, total_pa, cumulative_war AS war, is_success, success_tier, tier_basis, window_complete
FROM generate_series(2022, 2024) t, dynasty.derive_labels(2020, 2024, t) ORDER BY 1, 2;
SELECT dynasty.refresh_labels(2020, 2024, 2023);
SELECT prospect_id, is_success, success_tier, tier_basis, window_complete FROM dynasty.ml_labels ORDER BY 1;
SELECT dynasty.refresh_labels(2020, 2024, 2024);
SELECT prospect_id, is_success, success_tier, tier_basis, window_complete FROM dynasty.ml_labels ORDER BY 1;
-- And back, when it turns out that the data were not all there.
SELECT dynasty.refresh_labels(2020, 2024, 2023);
SELECT prospect_id, reached_mlb, is_success, success_tier, tier_basis, window_complete FROM dynasty.ml_labels ORDER BY 1;
