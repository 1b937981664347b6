-- FanGraphs season measures: full seasons (run values) and the 2025 detail (batted balls), one row where both have it.
\set texts 'mlb_id season level'
\set counts ''
\set file milb_advanced_stats
\set stage adv
\set numbers 'wrc wraa woba wrc_plus iso speed_score'
\ir stage.sql
\set file milb_advanced_stats_2025_detail
\set stage adv_detail
\set numbers 'plate_appearances wraa woba wrc_plus iso gb_percent fb_percent ld_percent iffb_percent hr_per_fb pull_percent oppo_percent cent_percent swing_strike_percent speed_score wbsr'
\ir stage.sql

CREATE TEMP TABLE adv_rows AS
SELECT coalesce(a.prospect_id, d.prospect_id) AS prospect_id, coalesce(a.year, d.year) AS season, coalesce(a.lvl, d.lvl) AS level,
       a.line_no IS NOT NULL AS in_full, d.line_no IS NOT NULL AS in_detail,
       pg_temp.to_decimal(a.wrc, 0, 100000)::int AS wrc, pg_temp.to_decimal(coalesce(a.wraa, d.wraa), 0, 100000)::int AS wraa,
       pg_temp.to_decimal(coalesce(a.woba, d.woba), 3, 10) AS woba, pg_temp.to_decimal(coalesce(a.wrc_plus, d.wrc_plus), 0, 100000)::int AS wrc_plus,
       pg_temp.to_decimal(coalesce(a.iso, d.iso), 3, 10) AS iso,
       pg_temp.to_percent(d.gb_percent) AS gb_percent, pg_temp.to_percent(d.fb_percent) AS fb_percent,
       pg_temp.to_percent(d.ld_percent) AS ld_percent, pg_temp.to_percent(d.iffb_percent) AS iffb_percent,
       pg_temp.to_decimal(d.hr_per_fb, 1, 1000) AS hr_per_fb, pg_temp.to_percent(d.pull_percent) AS pull_percent,
       pg_temp.to_percent(d.oppo_percent) AS oppo_percent, pg_temp.to_percent(d.cent_percent) AS cent_percent,
       pg_temp.to_percent(d.swing_strike_percent) AS swing_strike_percent,
       pg_temp.to_decimal(coalesce(a.speed_score, d.speed_score), 1, 100) AS speed_score, pg_temp.to_decimal(d.wbsr, 1, 1000) AS wbsr
FROM (SELECT DISTINCT ON (p.id, s.season, pg_temp.to_level(s.level, s.season)) p.id AS prospect_id, pg_temp.to_int(s.season) AS year, pg_temp.to_level(s.level, s.season) AS lvl, s.*
      FROM pg_temp.adv s JOIN dynasty.prospects p ON p.mlb_id = pg_temp.to_int(s.mlb_id)
      WHERE pg_temp.to_int(s.season) BETWEEN 1870 AND 2200 AND pg_temp.to_level(s.level, s.season) IS NOT NULL
      ORDER BY 1, s.season, 3, s.line_no) a
FULL JOIN (SELECT DISTINCT ON (p.id, s.season, pg_temp.to_level(s.level, s.season)) p.id AS prospect_id, pg_temp.to_int(s.season) AS year, pg_temp.to_level(s.level, s.season) AS lvl, s.*
      FROM pg_temp.adv_detail s JOIN dynasty.prospects p ON p.mlb_id = pg_temp.to_int(s.mlb_id)
      WHERE pg_temp.to_int(s.season) BETWEEN 1870 AND 2200 AND pg_temp.to_level(s.level, s.season) IS NOT NULL
      ORDER BY 1, s.season, 3, pg_temp.to_count(s.plate_appearances) DESC NULLS LAST, s.line_no) d
  ON d.prospect_id = a.prospect_id AND d.year = a.year AND d.lvl = a.lvl;

WITH written AS (
    INSERT INTO dynasty.milb_advanced_stats (prospect_id, season, level, wrc, wraa, woba, wrc_plus, iso, gb_percent, fb_percent,
        ld_percent, iffb_percent, hr_per_fb, pull_percent, oppo_percent, cent_percent, swing_strike_percent, speed_score, wbsr)
    SELECT prospect_id, season, level, wrc, wraa, CASE WHEN woba >= 0 THEN woba END, wrc_plus, CASE WHEN iso >= 0 THEN iso END,
           gb_percent, fb_percent, ld_percent, iffb_percent, CASE WHEN hr_per_fb >= 0 THEN hr_per_fb END, pull_percent,
           oppo_percent, cent_percent, swing_strike_percent, speed_score, wbsr
    FROM pg_temp.adv_rows ORDER BY season, level, prospect_id
    ON CONFLICT (prospect_id, season, level) DO NOTHING
    RETURNING prospect_id, season, level
)
SELECT pg_temp.loaded('milb_advanced_stats', count(*) FILTER (WHERE r.in_full)),
       pg_temp.loaded('milb_advanced_stats_2025_detail', count(*) FILTER (WHERE r.in_detail))
FROM written w JOIN pg_temp.adv_rows r USING (prospect_id, season, level);
\if :ERROR
SELECT pg_temp.remark('milb_advanced_stats', 'not loaded: ' || :'LAST_ERROR_MESSAGE');
\endif
SELECT pg_temp.note('milb_advanced_stats', count(*) FILTER (WHERE level = 'A-'), 'level A- read as Rookie'),
       pg_temp.note('milb_advanced_stats', count(*) FILTER (WHERE wrc ~ '\.[0-9]*[1-9]' OR wraa ~ '\.[0-9]*[1-9]'), 'wRC or wRAA rounded to whole runs')
FROM pg_temp.adv;
-- The Dominican and the complex league are one level here; a row has no counts by which two could be added up.
SELECT pg_temp.note('milb_advanced_stats_2025_detail', sum(n - 1), 'skipped: a line of fewer plate appearances at the same level')
FROM (SELECT count(*) AS n FROM pg_temp.adv_detail s JOIN dynasty.prospects p ON p.mlb_id = pg_temp.to_int(s.mlb_id) GROUP BY p.id, s.season, pg_temp.to_level(s.level, s.season)) q
WHERE n > 1;
SELECT pg_temp.note('milb_advanced_stats_2025_detail', count(*) FILTER (WHERE in_full AND in_detail), 'joined with the full season line') FROM pg_temp.adv_rows;
SELECT pg_temp.note(f, count(*) - count(p.id), 'skipped: no known player')
FROM (SELECT 'milb_advanced_stats' AS f, mlb_id FROM pg_temp.adv UNION ALL SELECT 'milb_advanced_stats_2025_detail', mlb_id FROM pg_temp.adv_detail) s
LEFT JOIN dynasty.prospects p ON p.mlb_id = pg_temp.to_int(s.mlb_id) GROUP BY f;
