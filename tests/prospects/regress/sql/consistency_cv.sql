-- consistency_cv: sample standard deviation over mean. Worked values of the contract, and the seed's own formula.
SELECT dynasty.consistency_cv(x) FROM unnest('{2,0,0,3}'::float8[]) x; -- mean 1.25, squares 13 - 6.25 = 6.75, sd 1.5
SELECT dynasty.consistency_cv(x) FROM unnest('{1,1,1}'::float8[]) x;
SELECT dynasty.consistency_cv(x) FROM unnest('{-3,-1}'::float8[]) x; -- mean -2, sd sqrt(2)
SELECT dynasty.consistency_cv(x) FROM unnest('{1,3}'::float8[]) x;
SELECT dynasty.consistency_cv(x) FROM unnest('{0.25,0.75}'::float8[]) x; -- a scale does not matter
SELECT dynasty.consistency_cv(x) FROM unnest('{1e300,3e300}'::float8[]) x;
SELECT dynasty.consistency_cv(x) FROM unnest('{1e-310,3e-310}'::float8[]) x;
-- Integers, numerics and reals by cast.
SELECT dynasty.consistency_cv(i) AS int, dynasty.consistency_cv(i::bigint) AS bigint, dynasty.consistency_cv(i::smallint) AS smallint,
       dynasty.consistency_cv(i::numeric) AS "numeric", dynasty.consistency_cv(i::real) AS real FROM unnest('{2,0,0,3}'::integer[]) i;
-- Exactly 0 for equal values, whatever they are; the one-pass formula is not.
SELECT x, dynasty.consistency_cv(x) FROM unnest('{0.1,-0.1,1e-300,1e300,123456789.123456789,5e-324}'::float8[]) x, generate_series(1, 7) GROUP BY x ORDER BY x;
-- Random integers and reals against STDDEV/AVG in numeric, group by group.
SELECT setseed(0.5) IS NOT NULL AS seeded;
CREATE TEMP TABLE numbers AS SELECT n % 50 AS g, floor(random() * 6) AS whole, (random() * 100)::numeric(12, 6)::float8 AS real FROM generate_series(1, 3000) n;
SELECT count(*) AS groups, max(abs(whole / by_hand_whole - 1)) < 1e-14 AS whole, max(abs(real / by_hand_real - 1)) < 1e-14 AS real
FROM (SELECT g, dynasty.consistency_cv(whole) AS whole, stddev_samp(whole::numeric) / nullif(avg(whole::numeric), 0) AS by_hand_whole,
             dynasty.consistency_cv(real) AS real, stddev_samp(real::numeric) / nullif(avg(real::numeric), 0) AS by_hand_real
      FROM numbers GROUP BY g) q;
-- FILTER, DISTINCT, ORDER BY.
SELECT dynasty.consistency_cv(x) FILTER (WHERE x < 4) AS filtered, dynasty.consistency_cv(DISTINCT x) AS distinct_ones,
       dynasty.consistency_cv(x ORDER BY x DESC) = dynasty.consistency_cv(x) AS any_order FROM unnest('{1,3,3,5}'::float8[]) x;
