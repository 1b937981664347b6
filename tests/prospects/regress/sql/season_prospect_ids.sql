-- season_stats(prospect_ids): NULL elements and unknown players match nothing; few are looked up by index, many by one scan.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.prospects (id, name, position) SELECT n, 'Player ' || n, 'OF' FROM generate_series(101, 900) n;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
SELECT n, date '2020-06-01' + g, 2020, CASE WHEN g < 2 THEN 'A' ELSE 'AA' END, 4, g FROM generate_series(101, 900) n, generate_series(1, 3) g;
SELECT prospect_id, level, games_played, total_hits FROM dynasty.season_stats(prospect_ids => '{300,NULL,101,101,77777,-1}');
SELECT count(*) FROM dynasty.season_stats(NULL, '{}');
SELECT count(*) FROM dynasty.season_stats(NULL, '{NULL}');
SELECT count(*) FROM dynasty.season_stats(NULL, NULL);
-- 500 and 501 players: on both sides of the choice the same as the whole, filtered.
SELECT n, count(*), count(*) FILTER (WHERE s.* IS DISTINCT FROM w.*) AS differing
FROM (VALUES (500), (501), (700)) v (n), dynasty.season_stats(NULL, ARRAY(SELECT generate_series(201, 200 + n))) s
JOIN dynasty.season_stats() w USING (prospect_id, season, level) GROUP BY n ORDER BY n;
-- Sorted by key.
SELECT bool_and(prospect_id >= before) AS in_order FROM (SELECT prospect_id, lag(prospect_id) OVER () AS before FROM dynasty.season_stats()) q;
SELECT * FROM healthy;
ROLLBACK;
