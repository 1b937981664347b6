-- batting_line as any aggregate: FILTER, a window, DISTINCT groups, no rows, rows that know nothing.
BEGIN;
CREATE TEMP TABLE games (n int, d date, ab int, h int, bb int);
INSERT INTO games VALUES (1, '2020-06-01', 4, 2, 0), (2, '2020-06-02', 4, 0, 1), (3, '2020-06-03', 3, 1, NULL), (4, NULL, NULL, NULL, NULL);
CREATE FUNCTION pg_temp.pick(l dynasty.batting_line) RETURNS text LANGUAGE sql
    RETURN concat_ws(' ', 'g=' || (l).games_played, 'pa=' || (l).total_pa, 'ab=' || (l).total_ab, 'h=' || (l).total_hits, 'bb=' || (l).total_bb,
                     'avg=' || (l).avg, 'multi=' || (l).multi_hit_games, 'cv=' || (l).hit_consistency_cv, (l).season_start || '..' || (l).season_end);
-- 2 + 0 + 1 of 4 + 4 + 3: 3/11; {2, 0, 1}: mean 1, sd 1. The row that knows nothing counts as a game and nothing else.
SELECT pg_temp.pick(dynasty.batting_line(d, NULL, ab, NULL, h, NULL, NULL, NULL, NULL, bb, NULL, NULL, NULL, NULL, NULL)) FROM games;
SELECT pg_temp.pick(dynasty.batting_line(d, NULL, ab, NULL, h, NULL, NULL, NULL, NULL, bb, NULL, NULL, NULL, NULL, NULL) FILTER (WHERE n > 1)) FROM games;
-- No row, and no row left by the filter: no games, every sum and rate unknown.
SELECT to_jsonb(l) AS no_rows FROM (SELECT dynasty.batting_line(d, ab, ab, ab, h, h, h, h, h, bb, bb, bb, bb, bb, bb) AS l FROM games WHERE false) q;
SELECT pg_temp.pick(dynasty.batting_line(d, NULL, ab, NULL, h, NULL, NULL, NULL, NULL, bb, NULL, NULL, NULL, NULL, NULL) FILTER (WHERE n > 9)) FROM games;
-- Over a window that grows, and one that moves (there is no inverse: each frame is added up anew).
SELECT n, pg_temp.pick(dynasty.batting_line(d, NULL, ab, NULL, h, NULL, NULL, NULL, NULL, bb, NULL, NULL, NULL, NULL, NULL) OVER (ORDER BY n)) AS so_far
FROM games;
SELECT n, pg_temp.pick(dynasty.batting_line(d, NULL, ab, NULL, h, NULL, NULL, NULL, NULL, bb, NULL, NULL, NULL, NULL, NULL)
                       OVER (ORDER BY n ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)) AS two FROM games;
-- A group that starts with an unknown row, and DISTINCT: {2, 0, 1, NULL} twice is once.
SELECT pg_temp.pick(dynasty.batting_line(d, NULL, ab, NULL, h, NULL, NULL, NULL, NULL, bb, NULL, NULL, NULL, NULL, NULL ORDER BY n DESC)) FROM games;
SELECT pg_temp.pick(dynasty.batting_line(DISTINCT d, NULL, ab, NULL, h, NULL, NULL, NULL, NULL, bb, NULL, NULL, NULL, NULL, NULL))
FROM (SELECT * FROM games UNION ALL SELECT * FROM games) twice;
ROLLBACK;
