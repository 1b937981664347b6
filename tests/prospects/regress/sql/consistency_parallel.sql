-- consistency_cv in a parallel plan gives the serial result, bit for bit, for whole numbers and others.
CREATE TABLE many (g int, whole int, real float8);
SELECT setseed(0.2) IS NOT NULL AS seeded;
INSERT INTO many SELECT n % 20, n % 6, CASE WHEN n % 7 > 0 THEN 1e5 + random() * 10 END FROM generate_series(1, 30000) n;
ANALYZE many;
SET max_parallel_workers_per_gather = 0;
CREATE TEMP TABLE serial AS SELECT g, dynasty.consistency_cv(whole) AS whole, dynasty.consistency_cv(real) AS real FROM many GROUP BY g;
CREATE TEMP TABLE serial_all AS SELECT dynasty.consistency_cv(whole) AS whole, dynasty.consistency_cv(real) AS real FROM many;
SET max_parallel_workers_per_gather = 2;
SET min_parallel_table_scan_size = 0;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET parallel_leader_participation = off;
EXPLAIN (COSTS OFF) SELECT dynasty.consistency_cv(whole), dynasty.consistency_cv(real) FROM many;
EXPLAIN (COSTS OFF) SELECT g, dynasty.consistency_cv(real) FROM many GROUP BY g;
SELECT count(*) AS groups, count(*) FILTER (WHERE (p.whole, p.real) IS DISTINCT FROM (s.whole, s.real)) AS different
FROM (SELECT g, dynasty.consistency_cv(whole) AS whole, dynasty.consistency_cv(real) AS real FROM many GROUP BY g) p FULL JOIN serial s USING (g);
SELECT p.whole = s.whole AS whole, p.real = s.real AS real
FROM (SELECT dynasty.consistency_cv(whole) AS whole, dynasty.consistency_cv(real) AS real FROM many) p, serial_all s;
-- Against the formula; then workers that find no rows, only NULLs, a NaN in one part.
SELECT abs(whole / (stddev_samp(whole_n) / avg(whole_n))::float8 - 1) < 1e-14 AS whole FROM serial_all, (SELECT whole::numeric AS whole_n FROM many) m GROUP BY whole;
SELECT dynasty.consistency_cv(real) IS NULL AS no_rows FROM many WHERE g > 99;
SELECT dynasty.consistency_cv(real) IS NULL AS only_nulls FROM many WHERE real IS NULL;
UPDATE many SET real = 'NaN' WHERE g = 3 AND whole = 1;
SELECT dynasty.consistency_cv(real) IS NULL AS nan FROM many;
SELECT dynasty.consistency_cv(real) IS NOT NULL AS others FROM many WHERE g <> 3;
