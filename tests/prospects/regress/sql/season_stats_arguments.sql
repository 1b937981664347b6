-- season_stats(game_types, prospect_ids): which games and prospects count, and what odd arguments mean.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, game_type, at_bats, hits)
SELECT p, date '2020-06-01' + (8 * o + p)::integer, 2020, 'A', t, 4, (o + p - 2)::integer % 5
FROM generate_series(1, 3) p, unnest('{Regular,NULL,Playoffs,Spring,All-Star}'::text[]) WITH ORDINALITY AS u (t, o);
-- By hand: a NULL type is Regular; NULL instead of the list is everything, an empty one nothing; NULLs in it match nothing.
CREATE FUNCTION pg_temp.by_hand(types text[], ids integer[]) RETURNS text LANGUAGE sql RETURN (
    SELECT string_agg(format('%s:%s/%s', prospect_id, hits, games), ' ' ORDER BY prospect_id)
    FROM (SELECT prospect_id, count(*) AS games, sum(hits) AS hits FROM dynasty.milb_game_logs
          WHERE (types IS NULL OR coalesce(game_type, 'Regular') = ANY (types)) AND (ids IS NULL OR prospect_id = ANY (ids)) GROUP BY 1) q);
CREATE FUNCTION pg_temp.ours(types text[], ids integer[]) RETURNS text LANGUAGE sql RETURN (
    SELECT string_agg(format('%s:%s/%s', prospect_id, total_hits, games_played), ' ' ORDER BY prospect_id) FROM dynasty.season_stats(types, ids));
CREATE TEMP TABLE calls AS SELECT * FROM (VALUES (1, NULL::text[], NULL::integer[]), (2, '{Regular}', NULL), (3, '{Playoffs,Regular}', '{1,3}'),
    (4, '{Spring,Spring,NULL}', '{3,3,NULL}'), (5, '{}', NULL), (6, NULL, '{}'), (7, '{NULL}', NULL), (8, '{regular}', NULL), (9, '{"Regular ",x}', NULL),
    (10, NULL, '{99,-1,NULL,2147483647}'), (11, '{{Regular,Spring},{Playoffs,All-Star}}', '{{1,2},{3,4}}')) a (n, types, ids);
SELECT n, types, ids, pg_temp.ours(types, ids), pg_temp.ours(types, ids) IS NOT DISTINCT FROM pg_temp.by_hand(types, ids) AS same FROM calls ORDER BY n;
-- The same where row security sends it through the planner.
CREATE ROLE dynasty_arguments;
GRANT USAGE ON SCHEMA dynasty TO dynasty_arguments;
GRANT SELECT ON dynasty.milb_game_logs TO dynasty_arguments;
GRANT SELECT ON calls TO dynasty_arguments;
ALTER TABLE dynasty.milb_game_logs ENABLE ROW LEVEL SECURITY;
CREATE POLICY everything ON dynasty.milb_game_logs USING (true);
SET ROLE dynasty_arguments;
SELECT count(*) AS calls, count(*) FILTER (WHERE pg_temp.ours(types, ids) IS DISTINCT FROM pg_temp.by_hand(types, ids)) AS different FROM calls;
RESET ROLE;
ALTER TABLE dynasty.milb_game_logs DISABLE ROW LEVEL SECURITY;
DROP OWNED BY dynasty_arguments;
DROP ROLE dynasty_arguments;
-- More prospects than are looked up one by one.
SELECT count(*) FROM dynasty.season_stats(prospect_ids => (SELECT array_agg(n) FROM generate_series(2, 2000) n));
-- It sees what its query sees: not what the same statement inserts, but what the one before did.
WITH new AS (INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level) VALUES (1, '2021-06-01', 2021, 'A') RETURNING 1)
SELECT (SELECT count(*) FROM new) AS inserted, (SELECT count(*) FROM dynasty.season_stats(NULL, '{1}')) AS lines;
SELECT count(*) AS lines FROM dynasty.season_stats(NULL, '{1}');
-- As any set: in a join, under LIMIT, in the select list.
SELECT p.name, s.season, s.total_hits FROM dynasty.prospects p, dynasty.season_stats(NULL, ARRAY[p.id]) s WHERE p.id < 3 ORDER BY 1, 2;
SELECT (dynasty.season_stats(NULL, '{2}')).total_hits;
SELECT prospect_id, season FROM dynasty.season_stats() LIMIT 2;
