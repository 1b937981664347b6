-- Over moving frames consistency_cv takes values away again; every frame equals a recount of its rows.
SELECT setseed(0.75) IS NOT NULL AS seeded;
CREATE TEMP TABLE games AS
SELECT n AS i, n % 3 AS p, CASE WHEN random() < 0.9 THEN floor(random() * 5) END AS hits, CASE WHEN random() < 0.9 THEN random() * 1000 - 300 END AS speed
FROM generate_series(1, 600) n;
-- The last ten games of a player, a frame around the row, one that grows, one from the row to the end, one that is often empty.
CREATE TEMP VIEW frames AS
SELECT i, p, dynasty.consistency_cv(hits) OVER w AS last10, dynasty.consistency_cv(speed) OVER w AS last10_speed,
       dynasty.consistency_cv(speed) OVER (PARTITION BY p ORDER BY i ROWS BETWEEN 3 PRECEDING AND 4 FOLLOWING) AS around,
       dynasty.consistency_cv(hits) OVER (PARTITION BY p ORDER BY i) AS so_far,
       dynasty.consistency_cv(speed) OVER (PARTITION BY p ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS to_come,
       dynasty.consistency_cv(hits) OVER (PARTITION BY p ORDER BY i ROWS BETWEEN 4 PRECEDING AND 2 PRECEDING) AS earlier,
       dynasty.consistency_cv(hits) OVER (PARTITION BY p ORDER BY i ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING EXCLUDE CURRENT ROW) AS neighbours,
       row_number() OVER (PARTITION BY p ORDER BY i) AS n
FROM games WINDOW w AS (PARTITION BY p ORDER BY i ROWS BETWEEN 9 PRECEDING AND CURRENT ROW);
-- Each frame recounted by the plain aggregate: not one bit differs.
WITH numbered AS (SELECT *, row_number() OVER (PARTITION BY p ORDER BY i) AS n FROM games)
SELECT count(*) AS rows, count(f.last10) > 500 AS mostly_known,
       count(*) FILTER (WHERE f.last10 IS DISTINCT FROM r.last10) AS last10, count(*) FILTER (WHERE f.last10_speed IS DISTINCT FROM r.last10_speed) AS last10_speed,
       count(*) FILTER (WHERE f.around IS DISTINCT FROM r.around) AS around, count(*) FILTER (WHERE f.so_far IS DISTINCT FROM r.so_far) AS so_far,
       count(*) FILTER (WHERE f.to_come IS DISTINCT FROM r.to_come) AS to_come, count(*) FILTER (WHERE f.earlier IS DISTINCT FROM r.earlier) AS earlier,
       count(*) FILTER (WHERE f.neighbours IS DISTINCT FROM r.neighbours) AS neighbours
FROM frames f, LATERAL (
    SELECT dynasty.consistency_cv(hits) FILTER (WHERE g.n BETWEEN f.n - 9 AND f.n) AS last10,
           dynasty.consistency_cv(speed) FILTER (WHERE g.n BETWEEN f.n - 9 AND f.n) AS last10_speed,
           dynasty.consistency_cv(speed) FILTER (WHERE g.n BETWEEN f.n - 3 AND f.n + 4) AS around,
           dynasty.consistency_cv(hits) FILTER (WHERE g.n <= f.n) AS so_far,
           dynasty.consistency_cv(speed) FILTER (WHERE g.n >= f.n) AS to_come,
           dynasty.consistency_cv(hits) FILTER (WHERE g.n BETWEEN f.n - 4 AND f.n - 2) AS earlier,
           dynasty.consistency_cv(hits) FILTER (WHERE g.n BETWEEN f.n - 2 AND f.n + 2 AND g.n <> f.n) AS neighbours
    FROM numbered g WHERE g.p = f.p) r;
-- And by the seed's formula over the frame, in numeric.
SELECT count(*) AS compared, bool_and(abs(ours - by_hand) <= 1e-12 * abs(by_hand)) AS equal
FROM (SELECT dynasty.consistency_cv(hits) OVER w AS ours, stddev_samp(hits::numeric) OVER w / nullif(avg(hits::numeric) OVER w, 0) AS by_hand
      FROM games WINDOW w AS (PARTITION BY p ORDER BY i ROWS BETWEEN 9 PRECEDING AND CURRENT ROW)) q
WHERE ours IS NOT NULL AND by_hand IS NOT NULL;
