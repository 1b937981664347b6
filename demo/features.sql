-- The second half of 'make demo': features as of a year, what they are made of, and what becomes of them when a game comes in.
\pset footer off
\pset null '-'
\pset pager off
SELECT season
FROM (SELECT season, sum(games_played) AS games, max(sum(games_played)) OVER () AS most
      FROM dynasty.milb_season_stats GROUP BY season) s
WHERE 2 * games >= most
ORDER BY season DESC LIMIT 1 \gset

\echo
\echo '=== 290 features of everybody, as of the end of' :season
\timing on
SELECT count(*) AS "Vectors", cardinality(min(feature_values)) AS "Features" FROM dynasty.feature_matrix(:season);
\timing off
\echo '=== Young and ahead of their level' :season '(hitters, 150 plate appearances or more; OPS and strikeouts against the level, in points)'
WITH f AS (
    SELECT m.prospect_id, m.feature_values AS v, n.names
    FROM dynasty.feature_matrix(:season) m, (SELECT dynasty.feature_names() AS names) n
), h AS (
    SELECT prospect_id, v[array_position(names, 'age')] AS age, v[array_position(names, 'max_level')] AS level,
           v[array_position(names, 'age_vs_level_career')] AS young, v[array_position(names, 'ops_vs_level')] AS ops,
           v[array_position(names, 'k_rate_vs_level')] AS k, v[array_position(names, 'future_value')] AS fv,
           v[array_position(names, 'last_season_pa')] AS pa, v[array_position(names, 'hits_cv')] AS cv
    FROM f
)
SELECT left(p.name, 22) AS "Name", p.position AS "Pos", round(h.age::numeric, 1) AS "Age",
       (array['Complex', 'Rookie', 'A', 'A+', 'AA', 'AAA'])[h.level::integer] AS "Level", h.pa AS "PA",
       round(h.young::numeric, 1) AS "Age vs level", to_char(1000 * h.ops, 'SG990') AS "OPS vs level",
       to_char(100 * h.k, 'SG90.0') AS "K% vs level", round(h.cv::numeric, 2) AS "Hits CV", h.fv AS "FV"
FROM h JOIN dynasty.prospects p ON p.id = h.prospect_id
WHERE h.pa >= 150 AND h.young < -1
ORDER BY h.ops - 0.05 * h.young DESC LIMIT 10;

SELECT s.prospect_id AS star, quote_literal(p.name) AS star_name
FROM dynasty.milb_season_stats s JOIN dynasty.prospects p ON p.id = s.prospect_id
WHERE s.season = :season AND s.total_pa >= 200
ORDER BY s.ops DESC NULLS LAST, s.total_pa DESC, p.id LIMIT 1 \gset
\echo '=== What a data person asks first: why is the ops_vs_level of' :star_name 'what it is?'
SELECT e.feature AS "Feature", round(e.value::numeric, 4) AS "Value", e.description AS "What it is" FROM dynasty.explain_feature(:star, :season, 'ops_vs_level') e;
SELECT i ->> 'input' AS "Input", i ->> 'value' AS "Value", i ->> 'rows' AS "Rows"
FROM dynasty.explain_feature(:star, :season, 'ops_vs_level') e, jsonb_array_elements(e.inputs) i LIMIT 14;

\echo '=== Stored vectors: all of them, one new game, what is out of date, and only that again'
\timing on
SELECT dynasty.refresh_features(:season) AS "Vectors written";
\timing off
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, game_type, level, plate_appearances, at_bats, runs, hits,
    doubles, triples, home_runs, rbi, walks, strikeouts, stolen_bases, caught_stealing)
SELECT prospect_id, max(season_end) + 1, :season, 'Regular', max(level), 4, 4, 1, 2, 1, 0, 0, 0, 0, 1, 0, 0
FROM dynasty.milb_season_stats WHERE prospect_id = :star AND season = :season GROUP BY 1;
\timing on
SELECT reason AS "Out of date because of", count(*) AS "Vectors" FROM dynasty.stale_features(:season) GROUP BY reason ORDER BY 1;
SELECT dynasty.refresh_stale_features(:season, 'v1.0', '{missing,inputs}') AS "Vectors written for his own game";
\timing off
ROLLBACK;
