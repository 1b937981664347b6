-- The same labels in parallel workers, also in a transaction that has written, and a STABLE function's view of the data.
INSERT INTO dynasty.prospects (id, name, position) SELECT i, 'Player ' || i, 'SS' FROM generate_series(1, 2000) i;
INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances, war) SELECT i, 2020 + s, 100, i % 700, (i % 90) / 10.0 FROM generate_series(1, 2000) i, generate_series(1, 4) s WHERE i % 3 > 0;
ANALYZE dynasty.prospects, dynasty.mlb_stats;
CREATE TABLE serial AS SELECT * FROM dynasty.derive_labels(2020, 2024, 2024);
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
EXPLAIN (COSTS OFF) SELECT count(*) FROM dynasty.prospects p, LATERAL dynasty.derive_label(p.id, 2020, 2024, 2024) l;
SELECT count(*) AS labels FROM dynasty.prospects p, LATERAL dynasty.derive_label(p.id, 2020, 2024, 2024) l;
CREATE TABLE parallel AS SELECT l.* FROM dynasty.prospects p, LATERAL dynasty.derive_label(p.id, 2020, 2024, 2024) l;
SELECT count(*) FROM ((TABLE serial EXCEPT TABLE parallel) UNION ALL (TABLE parallel EXCEPT TABLE serial)) d;
BEGIN;
INSERT INTO dynasty.prospects (id, name, position) VALUES (2001, 'Newcomer', 'SS');
SELECT count(*) AS labels FROM dynasty.prospects p, LATERAL dynasty.derive_label(p.id, 2020, 2024, 2024) l;
-- A STABLE function sees what its statement sees: not the row that the statement itself is writing.
WITH new AS (INSERT INTO dynasty.prospects (id, name, position) VALUES (2002, 'Not yet', 'SS') RETURNING id)
SELECT new.id, (SELECT count(*) FROM dynasty.derive_label(new.id, 2020, 2024, 2024)) AS seen FROM new;
SELECT count(*) FROM dynasty.derive_label(2002, 2020, 2024, 2024);
ROLLBACK;
