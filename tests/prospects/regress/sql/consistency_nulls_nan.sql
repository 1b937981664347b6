-- What has no coefficient of variation is NULL: too few values, mean 0, NaN and infinities. NULLs are left out.
SELECT dynasty.consistency_cv(x) IS NULL AS empty FROM unnest('{}'::float8[]) x;
SELECT dynasty.consistency_cv(x) IS NULL AS one FROM unnest('{5}'::float8[]) x;
SELECT dynasty.consistency_cv(x) IS NULL AS only_nulls FROM unnest('{NULL,NULL}'::float8[]) x;
SELECT dynasty.consistency_cv(x) IS NULL AS one_known FROM unnest('{NULL,5,NULL}'::float8[]) x;
SELECT dynasty.consistency_cv(x) IS NULL AS zeros FROM unnest('{0,0,-0}'::float8[]) x;
SELECT dynasty.consistency_cv(x) IS NULL AS mean_zero FROM unnest('{-1.5,1.5}'::float8[]) x;
SELECT dynasty.consistency_cv(x) IS NULL AS mean_zero_wide FROM unnest('{1e300,1e-300,-1e300,-1e-300}'::float8[]) x;
SELECT dynasty.consistency_cv(x) IS NULL AS nan FROM unnest('{1,3,NaN}'::float8[]) x;
SELECT dynasty.consistency_cv(x) IS NULL AS infinity FROM unnest('{1,3,Infinity}'::float8[]) x;
SELECT dynasty.consistency_cv(x) IS NULL AS both_infinities FROM unnest('{Infinity,-Infinity,1,3}'::float8[]) x;
-- The NULL does not move the value: {2, 0, 0, 3} is 1.2.
SELECT dynasty.consistency_cv(x) FROM unnest('{NULL,2,0,NULL,0,3}'::float8[]) x;
-- Nearly zero is not zero: mean 1e-300 with a spread of 1 is huge, and one too large for a float8 is not finite, hence NULL.
SELECT dynasty.consistency_cv(x) > 1e299 AS huge FROM unnest('{0.5,-0.5,3e-300}'::float8[]) x;
SELECT dynasty.consistency_cv(x) IS NULL AS too_large FROM unnest('{1e300,-1e300,1e-300}'::float8[]) x;
-- A negative mean has a negative coefficient; negative zero is never returned.
SELECT dynasty.consistency_cv(x) < 0 AS negative FROM unnest('{-1,-2}'::float8[]) x;
SELECT dynasty.consistency_cv(x)::text AS zero FROM unnest('{-0.3,-0.3,-0.3}'::float8[]) x;
SELECT dynasty.consistency_cv(x)::text AS zero_whole FROM unnest('{-3,-3}'::float8[]) x;
-- A NaN leaves the frame, and the values around it are there again.
SELECT i, x, dynasty.consistency_cv(x) OVER (ORDER BY i ROWS 1 PRECEDING) AS pair
FROM unnest('{1,3,NaN,1,3,Infinity,1,3,NULL,1,3}'::float8[]) WITH ORDINALITY AS u (x, i);
