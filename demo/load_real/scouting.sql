-- Scouting lists (staged by people.sql). Of several lists of a source and year the latest stands in the table, as the key says, and those
-- of earlier dates beside it, as the loader has it.
\set file scouting_fv_2022_2025
\set stage scouting_fv
\set texts 'mlb_id source ranking_year'
\set counts future_value
\set numbers ''
\ir stage.sql

CREATE TEMP TABLE lists AS
SELECT p.id AS prospect_id, s.*, pg_temp.to_int(s.ranking_year) AS list_year, pg_temp.to_date(s.date_recorded) AS recorded,
       row_number() OVER list AS nth, row_number() OVER (PARTITION BY p.id, s.source, s.ranking_year, pg_temp.to_date(s.date_recorded) ORDER BY s.line_no DESC) AS of_date
FROM pg_temp.scouting s LEFT JOIN dynasty.prospects p ON p.mlb_id = pg_temp.to_int(s.mlb_id)
WINDOW list AS (PARTITION BY p.id, s.source, s.ranking_year ORDER BY pg_temp.to_date(s.date_recorded) DESC NULLS LAST, s.line_no DESC);
SELECT pg_temp.note('scouting_grades', n, note)
FROM (SELECT count(*) FILTER (WHERE prospect_id IS NULL) AS a,
             count(*) FILTER (WHERE prospect_id IS NOT NULL AND (source IS NULL OR list_year IS NULL OR recorded IS NULL)) AS b,
             count(*) FILTER (WHERE prospect_id IS NOT NULL AND source IS NOT NULL AND list_year IS NOT NULL AND recorded IS NOT NULL AND of_date > 1) AS c
      FROM pg_temp.lists) q,
     LATERAL (VALUES (a, 'skipped: no known player'), (b, 'skipped: no source, year or date'),
                     (c, 'skipped: the same list is there')) v (n, note);
WITH graded AS (
    SELECT nth, of_date, line_no, prospect_id, left(source, 50) AS source, list_year AS ranking_year, recorded AS date_recorded,
           nullif(pg_temp.to_count(rank_overall), 0) AS rank_overall, pg_temp.to_grade(future_value) AS future_value,
           CASE WHEN pg_temp.to_int(eta_year) BETWEEN 1870 AND 2200 THEN pg_temp.to_int(eta_year) END AS eta_year,
           pg_temp.to_grade(hit_present) AS hit_present, pg_temp.to_grade(power_present) AS power_present,
           pg_temp.to_grade(raw_power_present) AS raw_power_present, pg_temp.to_grade(speed_present) AS speed_present,
           pg_temp.to_grade(field_present) AS field_present, pg_temp.to_grade(arm_present) AS arm_present,
           pg_temp.to_grade(hit_future) AS hit_future, pg_temp.to_grade(power_future) AS power_future,
           pg_temp.to_grade(raw_power_future) AS raw_power_future, pg_temp.to_grade(speed_future) AS speed_future,
           pg_temp.to_grade(field_future) AS field_future, pg_temp.to_grade(arm_future) AS arm_future,
           pg_temp.to_grade(fastball_grade) AS fastball_grade, pg_temp.to_grade(slider_grade) AS slider_grade,
           pg_temp.to_grade(curveball_grade) AS curveball_grade, pg_temp.to_grade(changeup_grade) AS changeup_grade,
           pg_temp.to_grade(control_grade) AS control_grade, pg_temp.to_grade(command_grade) AS command_grade
    FROM pg_temp.lists
    WHERE prospect_id IS NOT NULL AND source IS NOT NULL AND list_year BETWEEN 1870 AND 2200 AND recorded IS NOT NULL
), latest AS (
    INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, rank_overall, future_value, eta_year,
        hit_present, power_present, raw_power_present, speed_present, field_present, arm_present, hit_future, power_future,
        raw_power_future, speed_future, field_future, arm_future, fastball_grade, slider_grade, curveball_grade, changeup_grade,
        control_grade, command_grade)
    SELECT prospect_id, source, ranking_year, date_recorded, rank_overall, future_value, eta_year, hit_present, power_present,
           raw_power_present, speed_present, field_present, arm_present, hit_future, power_future, raw_power_future, speed_future,
           field_future, arm_future, fastball_grade, slider_grade, curveball_grade, changeup_grade, control_grade, command_grade
    FROM graded WHERE nth = 1 ORDER BY date_recorded, line_no
    ON CONFLICT (prospect_id, source, ranking_year) DO NOTHING
    RETURNING 1
), earlier AS (
    INSERT INTO dynasty.scouting_editions (prospect_id, source, ranking_year, date_recorded, rank_overall, future_value, eta_year,
        hit_present, power_present, raw_power_present, speed_present, field_present, arm_present, hit_future, power_future,
        raw_power_future, speed_future, field_future, arm_future, fastball_grade, slider_grade, curveball_grade, changeup_grade,
        control_grade, command_grade)
    SELECT prospect_id, source, ranking_year, date_recorded, rank_overall, future_value, eta_year, hit_present, power_present,
           raw_power_present, speed_present, field_present, arm_present, hit_future, power_future, raw_power_future, speed_future,
           field_future, arm_future, fastball_grade, slider_grade, curveball_grade, changeup_grade, control_grade, command_grade
    FROM graded g WHERE nth > 1 AND of_date = 1 AND NOT EXISTS (
        SELECT FROM dynasty.scouting_editions e
        WHERE (e.prospect_id, e.source, e.ranking_year, e.date_recorded) = (g.prospect_id, g.source, g.ranking_year, g.date_recorded))
    ORDER BY date_recorded, line_no
    RETURNING 1
), written AS (
    SELECT FROM latest UNION ALL SELECT FROM earlier
)
SELECT pg_temp.loaded('scouting_grades', count(*)) FROM written;
\if :ERROR
SELECT pg_temp.remark('scouting_grades', 'not loaded: ' || :'LAST_ERROR_MESSAGE');
\endif

-- A future value alone, without a date: dated at the end of its year, so that it is visible as of that year and no
-- earlier. Where a full list of that year is there, that one stays.
WITH candidates AS (
    SELECT DISTINCT ON (p.id, f.source, f.ranking_year) p.id, left(f.source, 50) AS source,
           pg_temp.to_int(f.ranking_year) AS list_year, pg_temp.to_grade(f.future_value) AS future_value
    FROM pg_temp.scouting_fv f JOIN dynasty.prospects p ON p.mlb_id = pg_temp.to_int(f.mlb_id)
    WHERE f.source IS NOT NULL AND pg_temp.to_int(f.ranking_year) BETWEEN 1870 AND 2200
    ORDER BY p.id, f.source, f.ranking_year, f.line_no DESC
), written AS (
    INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, future_value)
    SELECT id, source, list_year, make_date(list_year, 12, 31), future_value FROM candidates
    WHERE future_value IS NOT NULL ORDER BY list_year, id
    ON CONFLICT (prospect_id, source, ranking_year) DO NOTHING
    RETURNING 1
)
SELECT pg_temp.loaded('scouting_fv_2022_2025', count(*)) FROM written;
\if :ERROR
SELECT pg_temp.remark('scouting_fv_2022_2025', 'not loaded: ' || :'LAST_ERROR_MESSAGE');
\endif
SELECT pg_temp.note('scouting_fv_2022_2025', r.rows_read - r.loaded, 'skipped: a fuller list of that year is there, or no known player or grade')
FROM pg_temp.load_report r WHERE r.file = 'scouting_fv_2022_2025';
SELECT pg_temp.note('scouting_fv_2022_2025', r.loaded, 'without a date: December 31 of the year')
FROM pg_temp.load_report r WHERE r.file = 'scouting_fv_2022_2025';
