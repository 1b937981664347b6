-- What 'make demo' shows: season lines that are never stale, consistency, one game coming in, doubtful data.
\pset footer off
\pset null '-'
\pset pager off

-- The latest season that is not just beginning.
SELECT season
FROM (SELECT season, sum(games_played) AS games, max(sum(games_played)) OVER () AS most
      FROM dynasty.milb_season_stats GROUP BY season) s
WHERE 2 * games >= most
ORDER BY season DESC LIMIT 1 \gset

\echo
\echo '=== What is there'
SELECT (SELECT count(*) FROM dynasty.prospects) AS prospects,
       (SELECT count(*) FROM dynasty.milb_game_logs) AS game_logs,
       (SELECT count(*) FROM dynasty.milb_season_stats) AS season_lines,
       (SELECT count(*) FROM dynasty.scouting_grades) AS scouting_grades,
       (SELECT count(*) FROM dynasty.mlb_stats) AS mlb_seasons;

\echo '=== The levels in' :season
SELECT s.level AS "Level", count(*) AS "Players", round(avg((make_date(s.season, 7, 1) - p.birth_date) / 365.25), 1) AS "Age",
       to_char(sum(total_hits) / nullif(sum(total_ab), 0), 'FM9.000') AS "AVG",
       to_char((sum(total_hits) + sum(total_bb) + coalesce(sum(total_hbp), 0))
               / nullif(sum(total_ab) + sum(total_bb) + coalesce(sum(total_hbp), 0) + coalesce(sum(total_sf), 0), 0), 'FM9.000') AS "OBP",
       to_char((sum(total_hits) + sum(total_2b) + 2 * sum(total_3b) + 3 * sum(total_hr)) / nullif(sum(total_ab), 0), 'FM9.000') AS "SLG",
       to_char(100 * sum(total_bb) / nullif(sum(total_pa), 0), 'FM990.0') AS "BB%",
       to_char(100 * sum(total_so) / nullif(sum(total_pa), 0), 'FM990.0') AS "K%",
       to_char(27 * sum(total_er) / nullif(sum(total_outs) FILTER (WHERE total_er IS NOT NULL), 0), 'FM990.00') AS "ERA"
FROM dynasty.milb_season_stats s JOIN dynasty.prospects p ON p.id = s.prospect_id
WHERE s.season = :season
GROUP BY s.level ORDER BY array_position('{AAA,AA,A+,A,Rookie,Complex}'::text[], s.level::text);

\echo '=== Batting leaders' :season '(200 plate appearances or more at the level, by OPS)'
SELECT left(p.name, 22) AS "Name", p.position AS "Pos", floor((make_date(s.season, 7, 1) - p.birth_date) / 365.25) AS "Age",
       s.level AS "Level", s.games_played AS "G", s.total_pa AS "PA", s.total_hr AS "HR", s.total_sb AS "SB",
       to_char(s.avg, 'FM9.000') AS "AVG", to_char(s.obp, 'FM9.000') AS "OBP", to_char(s.slg, 'FM9.000') AS "SLG",
       to_char(s.ops, 'FM9.000') AS "OPS", s.bb_percent AS "BB%", s.k_percent AS "K%"
FROM dynasty.milb_season_stats s JOIN dynasty.prospects p ON p.id = s.prospect_id
WHERE s.season = :season AND s.total_pa >= 200
ORDER BY s.ops DESC NULLS LAST, s.total_pa DESC, p.id LIMIT 12;

\echo '=== Pitching leaders' :season '(50 innings or more at the level, by ERA, then FIP)'
SELECT left(p.name, 22) AS "Name", p.throws AS "T", floor((make_date(s.season, 7, 1) - p.birth_date) / 365.25) AS "Age",
       s.level AS "Level", s.games_pitched AS "G", s.games_started AS "GS", s.total_wins || '-' || s.total_losses AS "W-L",
       -- innings as the box score writes them: 52.1 is 52 innings and one out
       s.total_outs / 3 || '.' || s.total_outs % 3 AS "IP", s.era AS "ERA", s.fip AS "FIP", s.whip AS "WHIP",
       s.k_per_9 AS "K/9", s.bb_per_9 AS "BB/9"
FROM dynasty.milb_season_stats s JOIN dynasty.prospects p ON p.id = s.prospect_id
WHERE s.season = :season AND s.total_outs >= 150
ORDER BY s.era NULLS LAST, s.fip, p.id LIMIT 12;

\echo '=== Steady and streaky' :season '(80 games or more; CV = spread of hits per game over their mean, among .250 to .300 hitters)'
WITH regulars AS (
    SELECT p.name, p.id, s.level, s.games_played, s.avg, s.multi_hit_games, s.hit_consistency_cv AS cv,
           row_number() OVER (ORDER BY s.hit_consistency_cv, p.id) AS steady,
           row_number() OVER (ORDER BY s.hit_consistency_cv DESC, p.id) AS streaky
    FROM dynasty.milb_season_stats s JOIN dynasty.prospects p ON p.id = s.prospect_id
    WHERE s.season = :season AND s.games_played >= 80 AND s.total_ab >= 3 * s.games_played
      AND s.avg BETWEEN 0.250 AND 0.300 AND s.hit_consistency_cv IS NOT NULL
)
SELECT CASE WHEN steady <= 5 THEN 'steady' ELSE 'streaky' END AS " ", left(name, 22) AS "Name", level AS "Level",
       games_played AS "G", to_char(avg, 'FM9.000') AS "AVG", multi_hit_games AS "2+ H", round(cv::numeric, 3) AS "CV"
FROM regulars WHERE steady <= 5 OR streaky <= 5
ORDER BY cv, id;

\echo '=== One game comes in: the season line before the INSERT, after it, and after ROLLBACK'
SELECT s.prospect_id AS star, quote_literal(s.level) AS star_level, quote_literal(p.name) AS star_name
FROM dynasty.milb_season_stats s JOIN dynasty.prospects p ON p.id = s.prospect_id
WHERE s.season = :season AND s.total_pa >= 200
ORDER BY s.ops DESC NULLS LAST, s.total_pa DESC, p.id LIMIT 1 \gset
PREPARE line(text) AS
SELECT $1 AS " ", left(:star_name, 22) AS "Name", games_played AS "G", total_pa AS "PA", total_ab AS "AB", total_hits AS "H",
       total_hr AS "HR", total_rbi AS "RBI", to_char(avg, 'FM9.000') AS "AVG", to_char(obp, 'FM9.000') AS "OBP",
       to_char(slg, 'FM9.000') AS "SLG", round(hit_consistency_cv::numeric, 6) AS "CV", season_end AS "Last game"
FROM dynasty.milb_season_stats WHERE prospect_id = :star AND season = :season AND level = :star_level;

BEGIN;
EXECUTE line('before');
\echo 'INSERT: 4 for 5 with two home runs, the day after his last game'
\timing on
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, game_type, level, plate_appearances, at_bats, runs, hits,
    doubles, triples, home_runs, rbi, walks, strikeouts, stolen_bases, caught_stealing)
SELECT prospect_id, season_end + 1, season, 'Regular', level, 5, 5, 3, 4, 0, 0, 2, 5, 0, 1, 0, 0
FROM dynasty.milb_season_stats WHERE prospect_id = :star AND season = :season AND level = :star_level;
\timing off
EXECUTE line('after');
ROLLBACK;
EXECUTE line('rolled back');

\echo '=== What a model should not eat unseen (view dynasty.data_quality)'
\timing on
SELECT severity AS "Severity", rule AS "Rule", count(*) AS "Findings", left(min(detail), 70) AS "For example"
FROM dynasty.data_quality
GROUP BY severity, rule ORDER BY array_position('{error,warning,info}'::text[], severity), count(*) DESC;

\echo '=== Every season line again from scratch, and compared with the maintained ones'
SELECT count(*) AS "lines recomputed" FROM dynasty.season_stats();
SELECT count(*) AS "lines that differ" FROM dynasty.season_stats_diff();
\timing off
