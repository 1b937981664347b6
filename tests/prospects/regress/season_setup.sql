\set ECHO none
-- What the season tests share: three players, the seed's own statistics, and two views to look with.
\ir seed_view.sql
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'Shortstop', 'SS'), (2, 'Starter', 'SP'), (3, 'Catcher', 'C');

CREATE TEMP VIEW lines AS
SELECT prospect_id AS p, season, level, games_played AS g, total_ab AS ab, total_hits AS h, avg, hit_consistency_cv AS cv
FROM dynasty.milb_season_stats ORDER BY prospect_id, season, level COLLATE "C";

-- Both 0 when the maintained statistics are right: against our recount to the last byte, and against the seed.
CREATE TEMP VIEW healthy AS
SELECT (SELECT count(*) FROM dynasty.season_stats_diff()) AS diff, (SELECT count(*) FROM seed_differences) AS seed_diff;
\set ECHO all
