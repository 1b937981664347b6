-- All 290 features against an independent computation (plain Python, shares no code) over an awkward synthetic database of 112
-- prospects, as of four years. The files are found by DYNASTY_DATA (in ../expected); without them this is SKIPPED.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/features_setup.sql'
\i :setup
\set ECHO none
\getenv data DYNASTY_DATA
\if :{?data}
\else
\set data :abs_srcdir '/../../../../shared/data'
\endif
\set expected :data '/../expected'
\setenv EXPECTED :expected
\set there `test -r "$EXPECTED/features_2019.csv" && test -r "$EXPECTED/tables/milb_game_logs.csv" && echo true || echo false`
\set load_file :abs_srcdir '/features_expected_load.sql'
\if :there
\set table dynasty.prospects
\set file tables/prospects.csv
\i :load_file
\set table dynasty.milb_game_logs
\set file tables/milb_game_logs.csv
\i :load_file
\set table dynasty.milb_advanced_stats
\set file tables/milb_advanced_stats.csv
\i :load_file
\set table dynasty.scouting_grades
\set file tables/scouting_grades.csv
\i :load_file
\set table dynasty.mlb_stats
\set file tables/mlb_stats.csv
\i :load_file
\set table e_2017
\set file features_2017.csv
\i :load_file
\set table e_2019
\set file features_2019.csv
\i :load_file
\set table e_2020
\set file features_2020.csv
\i :load_file
\set table e_2022
\set file features_2022.csv
\i :load_file
\set ECHO all
SELECT (SELECT count(*) FROM dynasty.prospects) AS prospects, (SELECT count(*) FROM dynasty.milb_game_logs) AS games;
CREATE TEMP TABLE files AS
SELECT (j ->> 'as_of_year')::int AS y, (j ->> 'prospect_id')::int AS id, e.key AS name, e.value::float8 AS value
FROM (SELECT to_jsonb(t) FROM e_2017 t UNION ALL SELECT to_jsonb(t) FROM e_2019 t UNION ALL SELECT to_jsonb(t) FROM e_2020 t UNION ALL SELECT to_jsonb(t) FROM e_2022 t) x (j),
     jsonb_each_text(j - '{as_of_year,prospect_id}'::text[]) e;
CREATE TEMP TABLE ours AS SELECT y, l.* FROM unnest('{2017,2019,2020,2022}'::int[]) y, pg_temp.long(y) l;
SELECT y, count(*) AS compared, count(f.value) AS not_null, count(*) FILTER (WHERE f.name IS NULL OR o.name IS NULL) AS missing,
       count(*) FILTER (WHERE (f.value IS NULL) <> (o.value IS NULL)) AS nulls_differ, count(*) FILTER (WHERE NOT pg_temp.same(f.value, o.value)) AS differ
FROM files f FULL JOIN ours o USING (y, id, name) GROUP BY 1 ORDER BY 1;
SELECT y, id, name, f.value AS expected, o.value FROM files f FULL JOIN ours o USING (y, id, name) WHERE f.name IS NULL OR o.name IS NULL OR NOT pg_temp.same(f.value, o.value) ORDER BY 1, 2, 3 LIMIT 20;
SELECT count(DISTINCT name) AS features, count(DISTINCT name) FILTER (WHERE value IS NOT NULL) AS with_a_value FROM files;
SELECT count(*) AS forms_differ FROM unnest('{2017,2019,2020,2022}'::int[]) y, pg_temp.forms_differ(y);
\else
\echo SKIPPED: no DYNASTY_DATA/../expected
\endif
