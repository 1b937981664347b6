-- hit_consistency_cv(prospect, season, level): the value of the season line, by the contract's formula over the known hits.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, hits)
SELECT p, date '2020-06-01' + n::integer, 2020, l, h
FROM (VALUES (1, 'A', '{2,0,0,3}'::integer[]), (1, 'AA', '{1,1,1}'), (1, 'A+', '{2,NULL,0,0,NULL,3}'), (2, 'A', '{0,0}'), (2, 'AA', '{5}'),
             (2, 'AAA', '{NULL,NULL}')) v (p, l, hits), unnest(hits) WITH ORDINALITY u (h, n);
SELECT prospect_id, level, dynasty.hit_consistency_cv(prospect_id, season, level), count(hits) AS known,
       stddev_samp(hits) / nullif(avg(hits), 0) AS seed
FROM dynasty.milb_game_logs GROUP BY prospect_id, season, level ORDER BY prospect_id, level COLLATE "C";
-- Season stats, the plain aggregate and the function agree in every line.
SELECT count(*) AS lines, count(*) FILTER (WHERE m.hit_consistency_cv IS DISTINCT FROM c.cv
           OR c.cv IS DISTINCT FROM dynasty.hit_consistency_cv(prospect_id, season, level)) AS different
FROM dynasty.milb_season_stats m JOIN (SELECT prospect_id, season, level, dynasty.consistency_cv(hits) AS cv
                                       FROM dynasty.milb_game_logs GROUP BY 1, 2, 3) c USING (prospect_id, season, level);
-- No such prospect, season or level; NULL arguments. Arguments by name.
SELECT dynasty.hit_consistency_cv(99, 2020, 'A') IS NULL AS prospect, dynasty.hit_consistency_cv(1, 2019, 'A') IS NULL AS season,
       dynasty.hit_consistency_cv(1, 2020, 'MLB') IS NULL AS level, dynasty.hit_consistency_cv(NULL, 2020, 'A') IS NULL AS nulls,
       dynasty.hit_consistency_cv(level => 'A', season => 2020, prospect_id => 1) AS by_name;
-- It sees what the transaction has done.
UPDATE dynasty.milb_game_logs SET hits = 3 WHERE prospect_id = 2 AND level = 'A' AND game_date = '2020-06-02';
SELECT abs(dynasty.hit_consistency_cv(2, 2020, 'A') - sqrt(2)) < 1e-15 AS changed; -- {3, 0}: sd 3 / sqrt(2), mean 1.5
ROLLBACK;
