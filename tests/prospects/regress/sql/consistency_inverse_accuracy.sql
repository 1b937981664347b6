-- A large offset with a small noise, slid through: taking values away costs no digit, unlike sums of floats.
SELECT setseed(0.125) IS NOT NULL AS seeded;
CREATE TEMP TABLE series AS SELECT i, 1e6 + random() * 1e-3 AS x FROM generate_series(1, 2000) i;
CREATE TEMP TABLE sliding AS
SELECT i, dynasty.consistency_cv(x) OVER (ORDER BY i ROWS BETWEEN 29 PRECEDING AND CURRENT ROW) AS cv FROM series;
-- The recount of each frame is the same to the last bit.
SELECT count(*) AS frames, count(*) FILTER (WHERE s.cv IS DISTINCT FROM r.cv) AS different
FROM sliding s, LATERAL (SELECT dynasty.consistency_cv(x) AS cv FROM series WHERE i BETWEEN s.i - 29 AND s.i) r;
-- Two passes by hand (mean first), in float8.
SELECT max(abs(s.cv / r.cv - 1)) < 1e-6 AS two_passes
FROM sliding s, LATERAL (SELECT sqrt(sum((q.x - q.m) ^ 2) / (count(*) - 1)) / min(q.m) AS cv
                         FROM (SELECT x, avg(x) OVER () AS m FROM series WHERE i BETWEEN s.i - 29 AND s.i) q) r
WHERE s.i >= 2;
-- 2^53 and its neighbour: a double has no digit to spare, the exact sums have.
SELECT abs(dynasty.consistency_cv(x) / (sqrt(2) / 2 ^ 53) - 1) < 1e-15 AS neighbours FROM unnest(ARRAY[9007199254740992, 9007199254740994]::float8[]) x;
-- A giant passes through the window: what is left is what was there before, to the bit.
WITH visit AS (SELECT i, CASE i WHEN 50 THEN 1.7e308 WHEN 51 THEN -1e-300 ELSE 1 + i / 1024.0 END::float8 AS x FROM generate_series(1, 100) i)
SELECT count(*) FILTER (WHERE w.cv IS DISTINCT FROM r.cv) AS different, count(*) AS frames
FROM (SELECT i, dynasty.consistency_cv(x) OVER (ORDER BY i ROWS 4 PRECEDING) AS cv FROM visit) w,
     LATERAL (SELECT dynasty.consistency_cv(x) AS cv FROM visit v WHERE v.i BETWEEN w.i - 4 AND w.i) r;
-- Equal values after others left: exactly 0 again.
SELECT i, x, dynasty.consistency_cv(x) OVER (ORDER BY i ROWS 1 PRECEDING) AS pair FROM unnest('{1e9,0.1,0.1,0.1}'::float8[]) WITH ORDINALITY AS u (x, i);
