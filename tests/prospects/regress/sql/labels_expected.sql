-- Labels against an independent computation (plain Python, shares no code): a closed window and an open one, results known through 2022.
-- The files are found by DYNASTY_DATA (in ../expected); without them this is SKIPPED.
\getenv abs_srcdir PG_ABS_SRCDIR
\set ECHO none
SET client_min_messages = warning;
\getenv data DYNASTY_DATA
\if :{?data}
\else
\set data :abs_srcdir '/../../../../shared/data'
\endif
\set expected :data '/../expected'
\setenv EXPECTED :expected
\set there `test -r "$EXPECTED/labels_2018_2022.csv" && test -r "$EXPECTED/tables/mlb_stats.csv" && echo true || echo false`
\set load_file :abs_srcdir '/features_expected_load.sql'
\if :there
CREATE TABLE e_labels AS SELECT * FROM dynasty.derive_labels(2018, 2022, 2022) LIMIT 0;
\set table dynasty.prospects
\set file tables/prospects.csv
\i :load_file
\set table dynasty.mlb_stats
\set file tables/mlb_stats.csv
\i :load_file
\set table e_labels
\set file labels_2018_2022.csv
\i :load_file
\set file labels_2019_2023_open.csv
\i :load_file
\set ECHO all
CREATE TEMP TABLE ours AS
SELECT * FROM dynasty.derive_labels(2018, 2022, 2022) UNION ALL SELECT * FROM dynasty.derive_labels(2019, 2023, 2022);
SELECT coalesce(e.prospect_year, o.prospect_year) AS year, count(*) AS compared, count(*) FILTER (WHERE e.prospect_id IS NULL OR o.prospect_id IS NULL) AS missing,
       count(*) FILTER (WHERE e IS DISTINCT FROM o) AS differ, count(e.is_success) AS known, count(*) FILTER (WHERE e.is_success) AS successes,
       count(DISTINCT e.success_tier) AS tiers, bool_or(e.window_complete) AS complete
FROM e_labels e FULL JOIN ours o USING (prospect_id, prospect_year, evaluation_year) GROUP BY 1 ORDER BY 1;
SELECT e, o FROM e_labels e FULL JOIN ours o USING (prospect_id, prospect_year, evaluation_year) WHERE e IS DISTINCT FROM o ORDER BY 1 LIMIT 20;
-- Written down, they are the same.
SELECT dynasty.refresh_labels(2018, 2022, 2022) = (SELECT count(*) FROM dynasty.prospects) AS all_written;
SELECT count(*) FILTER (WHERE (e.is_success, e.success_tier, e.peak_war, e.cumulative_war, e.total_innings_pitched, e.years_to_mlb) IS DISTINCT FROM
       (l.is_success, l.success_tier, l.peak_war, l.cumulative_war, l.total_innings_pitched, l.years_to_mlb)) AS differ
FROM e_labels e LEFT JOIN dynasty.ml_labels l USING (prospect_id, prospect_year, evaluation_year) WHERE e.prospect_year = 2018;
\else
\echo SKIPPED: no DYNASTY_DATA/../expected
\endif
