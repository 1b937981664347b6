-- What scouts wrote: the latest ranking year, the first source of it that has a value, never another year's.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/features_setup.sql'
\i :setup
INSERT INTO dynasty.prospects (id, name, position) VALUES
    (1, 'Several sources', 'SS'), (2, 'Other sources', 'SS'), (3, 'Late list', 'SS'), (4, 'Change', 'SS'), (5, 'Pitcher', 'SP'), (6, 'None', 'SS'),
    (7, 'Same source', 'SS'), (8, 'All late', 'SS');
INSERT INTO dynasty.scouting_grades (id, prospect_id, source, ranking_year, date_recorded, future_value, rank_overall, risk_level, eta_year, dynasty_rank,
    hit_present, hit_future, power_future)
VALUES
    -- 2019: FanGraphs first though listed last, whatever its case; what it leaves open comes from MLB Pipeline, then BA. 2018 fills nothing.
    (1, 1, 'ba',           2019, '2019-03-01', 65, 3,    'Safe',   2020, 8,    55,   60, 70),
    (2, 1, 'mlb_pipeline', 2019, '2019-02-01', 60, 5,    NULL,     2021, NULL, NULL, 55, NULL),
    (3, 1, 'FanGraphs',    2019, '2019-01-01', 55, NULL, NULL,     NULL, NULL, NULL, NULL, NULL),
    (4, 1, 'fangraphs',    2018, '2018-01-01', 70, 1,    'Extreme', 2019, 1,   20,   20, 20),
    -- Unknown sources: by name in byte order (of the lower case), after the known ones.
    (5, 2, 'Zeta',         2019, '2019-12-31', 45, 90,   'High',   2023, NULL, NULL, NULL, NULL),
    (6, 2, 'alpha',        2019, '2019-01-01', 40, 95,   NULL,     NULL, NULL, NULL, NULL, NULL),
    (7, 2, 'BA',           2019, '2019-01-01', NULL, 99, NULL,     NULL, NULL, NULL, NULL, NULL),
    -- Recorded after December 31 of the as-of year: not there yet. The year before then is the latest.
    (8, 3, 'fangraphs',    2019, '2020-01-01', 60, 10,   'Safe',   2020, NULL, NULL, NULL, NULL),
    (9, 3, 'ba',           2018, '2018-05-01', 50, 80,   'Medium', 2022, NULL, NULL, NULL, NULL),
    -- The year before had no FV at all: the change goes back to the one that had.
    (10, 4, 'fangraphs',   2019, '2019-01-01', 55, 30,   NULL,     NULL, NULL, NULL, NULL, NULL),
    (11, 4, 'ba',          2018, '2018-01-01', NULL, 20, NULL,     NULL, NULL, NULL, NULL, NULL),
    (12, 4, 'ba',          2016, '2016-01-01', 40, 99,   NULL,     NULL, NULL, NULL, NULL, NULL),
    (13, 4, 'mlb_pipeline', 2016, '2016-01-01', 45, 60,  NULL,     NULL, NULL, NULL, NULL, NULL),
    (14, 4, 'fangraphs',   2020, '2020-01-01', 80, 1,    NULL,     NULL, NULL, NULL, NULL, NULL), -- the next year's
    -- One source under three spellings, ranks of the same year: the latest recorded first, then the higher id.
    (15, 7, 'Prospects1500', 2019, '2019-02-01', 45, 70, NULL,     NULL, NULL, NULL, NULL, NULL),
    (16, 7, 'prospects1500', 2019, '2019-05-01', 50, NULL, NULL,   NULL, NULL, NULL, NULL, NULL),
    (17, 7, 'PROSPECTS1500', 2019, '2019-05-01', NULL, 60, NULL,   NULL, NULL, 35,   NULL, NULL),
    (18, 8, 'fangraphs',   2019, '2020-06-01', 45, 70,   NULL,     NULL, NULL, NULL, NULL, NULL);
INSERT INTO dynasty.scouting_grades (id, prospect_id, source, ranking_year, date_recorded, fastball_grade, slider_grade, curveball_grade, changeup_grade,
    control_grade, command_grade, hit_future)
VALUES (101, 5, 'fangraphs', 2019, '2019-01-01', 70, 60, NULL, NULL, 50, NULL, 60), (102, 5, 'ba', 2019, '2019-01-01', 80, 80, 55, NULL, NULL, 45, 60);
-- By hand.
SELECT pg_temp.expect($$ SELECT 1 AS id, 55 AS future_value, 70 AS future_value_max, 55 - 70 AS future_value_change, 5 AS rank_overall, ln(5::float8) AS rank_overall_log,
    1 AS rank_overall_best, 3 AS ranking_sources, 2 AS ranking_years, 0 AS grade_age_years, 1 AS risk_ordinal, 2021 - 2019 AS eta_years, 8 AS dynasty_rank,
    55 AS hit_present, 55 AS hit_future, 0 AS hit_delta, NULL::float8 AS power_present, 70 AS power_future, NULL::float8 AS power_delta,
    55 AS tools_present_avg, (55 + 70) / 2.0 AS tools_future_avg, 0 AS tools_delta_avg, 70 AS tools_future_max, 55 AS tools_future_min, 1 AS plus_tools_count $$);
SELECT pg_temp.expect($$ SELECT 2 AS id, 40 AS future_value, 45 AS future_value_max, NULL::float8 AS future_value_change, 99 AS rank_overall, 90 AS rank_overall_best,
    3 AS ranking_sources, 3 AS risk_ordinal, 4 AS eta_years $$);
SELECT pg_temp.expect($$ SELECT 3 AS id, 50 AS future_value, 50 AS future_value_max, 80 AS rank_overall, 1 AS grade_age_years, 2 AS risk_ordinal, 3 AS eta_years,
    1 AS ranking_years, NULL::float8 AS future_value_change $$);
SELECT pg_temp.expect($$ SELECT 4 AS id, 55 AS future_value, 55 - 45 AS future_value_change, 55 AS future_value_max, 20 AS rank_overall_best, 3 AS ranking_years $$);
SELECT pg_temp.expect($$ SELECT 5 AS id, 70 AS fastball_grade, 60 AS slider_grade, 55 AS curveball_grade, NULL::float8 AS changeup_grade, 50 AS control_grade,
    45 AS command_grade, (70 + 60 + 55) / 3::float8 AS pitches_avg, 70 AS pitches_max, 60 AS breaking_ball_max, 2 AS plus_pitches_count,
    (50 + 45) / 2.0 AS control_command_avg, NULL::float8 AS hit_future, NULL::float8 AS tools_future_avg, NULL::float8 AS plus_tools_count,
    2 AS ranking_sources, NULL::float8 AS future_value $$); -- a hitter's tools are none of a pitcher's
SELECT pg_temp.expect($$ SELECT u.id, NULL::float8 AS future_value, NULL::float8 AS future_value_max, NULL::float8 AS rank_overall, NULL::float8 AS rank_overall_log,
    NULL::float8 AS rank_overall_best, 0 AS ranking_sources, 0 AS ranking_years, NULL::float8 AS grade_age_years, NULL::float8 AS risk_ordinal,
    NULL::float8 AS eta_years, NULL::float8 AS plus_tools_count, NULL::float8 AS tools_future_max FROM (VALUES (6), (8)) u (id) $$);
SELECT pg_temp.expect($$ SELECT 7 AS id, 50 AS future_value, 60 AS rank_overall, 35 AS hit_present, 1 AS ranking_sources, 50 AS future_value_max, 60 AS rank_overall_best $$);
SELECT * FROM pg_temp.wrong(2019);
-- As of 2020 the lists recorded in 2020 are known. Prospect 3: R is 2019 now; 4: the list of 2020.
SELECT id, name, value FROM pg_temp.long(2020) WHERE id IN (3, 4, 8)
   AND name IN ('future_value', 'future_value_change', 'grade_age_years', 'eta_years', 'rank_overall_best') ORDER BY 1, 2;
-- As of 2017 prospect 4 had one list.
SELECT name, value FROM pg_temp.long(2017) WHERE id = 4 AND name IN ('future_value', 'future_value_change', 'grade_age_years', 'ranking_sources') ORDER BY 1;
