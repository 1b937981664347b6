-- refresh_labels(): writes what is new or changed and leaves the rest alone.
INSERT INTO dynasty.prospects (id, name, position) SELECT i, 'Player ' || i, 'SS' FROM generate_series(1, 5) i;
INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances, war) SELECT i, 2022, 100, 200 * i, 0.5 * i FROM generate_series(1, 4) i;
SELECT dynasty.refresh_labels(2020, 2024, 2024);
SELECT count(*) AS different FROM (SELECT l.* FROM dynasty.derive_labels(2020, 2024, 2024) l EXCEPT SELECT prospect_id, prospect_year, evaluation_year, years_to_evaluate, reached_mlb, mlb_debut_date, years_to_mlb,
    total_pa, total_games, total_innings_pitched, peak_war, cumulative_war, is_success, success_tier, total_outs_pitched, tier_basis, window_complete FROM dynasty.ml_labels) d;
UPDATE dynasty.ml_labels SET created_at = '2020-01-01', updated_at = '2020-01-01';
CREATE TEMP TABLE before AS SELECT ctid AS place, xmin::text AS version, * FROM dynasty.ml_labels;
-- Again: nothing is written, not even a lock, and no id is drawn.
SELECT dynasty.refresh_labels(2020, 2024, 2024);
SELECT count(*) AS as_before FROM dynasty.ml_labels l JOIN before b ON (b.place, b.version, b.id) = (l.ctid, l.xmin::text, l.id) AND l.xmax = 0;
-- One season more: one row is written.
UPDATE dynasty.mlb_stats SET war = 4.2 WHERE prospect_id = 4;
SELECT dynasty.refresh_labels(2020, 2024, 2024);
SELECT prospect_id, success_tier, peak_war, created_at = '2020-01-01' AS kept_created, updated_at = '2020-01-01' AS kept_updated, updated_at > '2021-01-01' AS updated FROM dynasty.ml_labels ORDER BY 1;
-- Other windows stand beside it.
SELECT dynasty.refresh_labels(2021, 2024, 2024), dynasty.refresh_labels(2020, 2023, 2024), dynasty.refresh_labels(2020, 2023, 2024);
SELECT prospect_year, evaluation_year, count(*) FROM dynasty.ml_labels GROUP BY 1, 2 ORDER BY 1, 2;
-- Only some prospects, and another config.
SELECT dynasty.refresh_labels(2020, 2024, 2024, '{"min_pa": 200}', '{1,2,NULL,2,99}');
SELECT prospect_id, success_tier FROM dynasty.ml_labels WHERE (prospect_year, evaluation_year) = (2020, 2024) ORDER BY 1;
SELECT dynasty.refresh_labels(2020, 2024, 2024, prospect_ids => '{}');
-- A label that was changed by hand, and one that was deleted.
UPDATE dynasty.ml_labels SET success_tier = NULL WHERE prospect_id = 3;
DELETE FROM dynasty.ml_labels WHERE prospect_id = 5;
SELECT dynasty.refresh_labels(2020, 2024, 2024);
SELECT prospect_id, prospect_year, success_tier FROM dynasty.ml_labels WHERE prospect_id IN (3, 5) ORDER BY 1, 2, 3;
-- Rows that came with their ids are no obstacle.
DELETE FROM dynasty.ml_labels;
INSERT INTO dynasty.ml_labels (id, prospect_id, prospect_year, evaluation_year, window_complete) SELECT 100 + i, i, 2000, 2004, true FROM generate_series(1, 5) i;
SELECT setval(pg_get_serial_sequence('dynasty.ml_labels', 'id'), 100);
SELECT dynasty.refresh_labels(2020, 2024, 2024);
SELECT min(id) > 105 AS after_them FROM dynasty.ml_labels WHERE prospect_year = 2020;
-- The prospect takes his labels with him.
DELETE FROM dynasty.prospects WHERE id = 1;
SELECT count(*) FROM dynasty.ml_labels WHERE prospect_id = 1;
-- What fits no column says so, and nothing is written.
\set VERBOSITY terse
INSERT INTO dynasty.mlb_stats (prospect_id, season, outs_pitched) VALUES (2, 2021, 30000);
SELECT dynasty.refresh_labels(2019, 2024, 2024);
\echo :LAST_ERROR_SQLSTATE
SELECT count(*) FROM dynasty.ml_labels WHERE prospect_year = 2019;
-- Reading only.
BEGIN READ ONLY;
SELECT count(*) FROM dynasty.derive_labels(2020, 2024, 2024);
SELECT dynasty.refresh_labels(2020, 2024, 2024);
\echo :LAST_ERROR_SQLSTATE
ROLLBACK;
