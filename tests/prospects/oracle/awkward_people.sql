-- Prospects, lists, advanced lines and the majors. See awkward.sql.
-- People. Someone is born after the games, on the first of July of a year asked for, or nobody knows when.
UPDATE dynasty.prospects SET
    birth_date = CASE WHEN id = 3 THEN DATE '2023-07-02' WHEN id = 9 THEN DATE '2019-07-01' WHEN id = 13 THEN DATE '1950-02-28'
                      WHEN pg_temp.roll(id, 300) < 0.1 THEN NULL ELSE birth_date END,
    position = CASE WHEN pg_temp.roll(id, 301) < 0.1
                    THEN (ARRAY['P', 'IF', 'OF', 'DH', 'C', 'LHP', '1B', '2B'])[pg_temp.pick(id, 302, 1, 8)] ELSE position END,
    bats = CASE WHEN pg_temp.roll(id, 303) < 0.1 THEN NULL ELSE bats END,
    throws = CASE WHEN pg_temp.roll(id, 304) < 0.1 THEN NULL WHEN pg_temp.roll(id, 304) < 0.15 THEN 'S' ELSE throws END,
    height_inches = CASE WHEN pg_temp.roll(id, 305) < 0.1 THEN NULL ELSE height_inches END,
    weight_lbs = CASE WHEN pg_temp.roll(id, 306) < 0.1 THEN NULL ELSE weight_lbs END,
    draft_year = CASE WHEN pg_temp.roll(id, 307) < 0.1 THEN NULL WHEN pg_temp.roll(id, 307) < 0.2 THEN 2025 ELSE draft_year END,
    draft_round = CASE WHEN pg_temp.roll(id, 308) < 0.1 THEN NULL ELSE draft_round END,
    draft_pick = CASE WHEN pg_temp.roll(id, 309) < 0.1 THEN NULL WHEN pg_temp.roll(id, 309) < 0.2 THEN 1 ELSE draft_pick END,
    signing_bonus_usd = CASE WHEN pg_temp.roll(id, 310) < 0.1 THEN NULL WHEN pg_temp.roll(id, 310) < 0.2 THEN 0 ELSE signing_bonus_usd END,
    birth_country = CASE WHEN pg_temp.roll(id, 311) < 0.3
                         THEN (ARRAY['', '   ', ' usa ', 'U.s.', 'Puerto rico', E'USA\t', 'México', 'Curaçao', NULL, 'V.I.', 'Guam ', 'Canada', 'USA.'])
                              [pg_temp.pick(id, 312, 1, 13)] ELSE birth_country END;
INSERT INTO dynasty.prospects (id, name, position) VALUES
    (1001, 'Nobody Known', 'SS'), (1002, 'Nobody Either', 'LHP'), (1003, 'Graded Only', 'OF'), (1004, 'Advanced Only', '3B'),
    (1005, 'Majors Only', 'SP'), (1006, 'Graded Arm', 'RP');

-- Lists: several sources a year in several spellings, fields left open, dates after the year, years to come.
CREATE TEMP TABLE wanted_lists AS
SELECT p.id AS prospect_id, s.source, y.year, p.id * 1000 + (y.year - 2000) * 10 + s.n AS n
FROM dynasty.prospects p
CROSS JOIN unnest('{fangraphs,FanGraphs,MLB_Pipeline,BA,Zeta,athletic,Athletic,_other}'::text[]) WITH ORDINALITY s (source, n)
CROSS JOIN generate_series(2015, 2025) y (year)
WHERE (p.id % 3 = 0 OR p.id IN (1003, 1006)) AND p.id % 9 <> 6
  AND pg_temp.roll(p.id * 100 + y.year, 400) < 0.5 AND pg_temp.roll(p.id * 1000 + (y.year - 2000) * 10 + s.n, 401) < 0.5;
INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded)
SELECT prospect_id, source, year, make_date(year, 1, 1) + pg_temp.pick(n / 10, 402, 0, 300) + CASE WHEN pg_temp.roll(n, 403) < 0.2 THEN 90 ELSE 0 END
FROM wanted_lists ORDER BY n
ON CONFLICT DO NOTHING;
DO $do$
DECLARE
    sets text;
BEGIN
    SELECT string_agg(format('%1$I = CASE WHEN pg_temp.roll(id, %2$s) < 0.45 THEN NULL ELSE pg_temp.pick(id, %3$s, %4$s, %5$s) END',
                             column_name, 410 + ordinal, 450 + ordinal, low, high), ', ')
    INTO sets
    FROM (SELECT v.*, row_number() OVER () AS ordinal
          FROM (SELECT 'rank_overall' AS column_name, 1 AS low, 100 AS high
                UNION ALL SELECT 'future_value', 20, 80 UNION ALL SELECT 'eta_year', 2012, 2032 UNION ALL SELECT 'dynasty_rank', 1, 500
                UNION ALL SELECT unnest('{hit_present,hit_future,power_present,power_future,raw_power_present,raw_power_future,
                    speed_present,speed_future,field_present,field_future,arm_present,arm_future,fastball_grade,slider_grade,
                    curveball_grade,changeup_grade,control_grade,command_grade}'::text[]), 20, 80) v) numbered;
    EXECUTE 'UPDATE dynasty.scouting_grades SET ' || sets;
    UPDATE dynasty.scouting_grades
    SET risk_level = CASE WHEN pg_temp.roll(id, 440) < 0.5 THEN (ARRAY['Safe', 'Medium', 'High', 'Extreme'])[pg_temp.pick(id, 441, 1, 4)] END,
        date_recorded = CASE WHEN pg_temp.roll(id, 442) < 0.1 THEN make_date(ranking_year, 12, 31) + pg_temp.pick(id, 443, 0, 1)
                             ELSE date_recorded END;
    -- A year of which nothing is known but that there was a list; and grades at the limits.
    UPDATE dynasty.scouting_grades SET future_value = NULL WHERE prospect_id % 12 = 3 AND ranking_year % 2 = 1;
    UPDATE dynasty.scouting_grades SET future_value = (ARRAY[20, 30, 35, 79, 80])[pg_temp.pick(id, 444, 1, 5)], hit_future = 60, fastball_grade = 60
    WHERE prospect_id % 12 = 9;
END
$do$;
-- Lists issued once more, some in the same year, most later; and some of which an older edition came to light afterwards.
UPDATE dynasty.scouting_grades SET date_recorded = date_recorded + pg_temp.pick(id, 480, 1, 900), hit_future = NULL,
    future_value = CASE WHEN pg_temp.roll(id, 481) < 0.7 THEN pg_temp.pick(id, 482, 20, 80) END
WHERE pg_temp.roll(id, 483) < 0.5;
UPDATE dynasty.scouting_grades SET date_recorded = date_recorded + pg_temp.pick(id, 484, 1, 400), fastball_grade = pg_temp.pick(id, 485, 20, 80)
WHERE pg_temp.roll(id, 486) < 0.3;
INSERT INTO dynasty.scouting_editions (prospect_id, source, ranking_year, date_recorded, future_value, power_future, risk_level)
SELECT prospect_id, source, ranking_year, date_recorded - pg_temp.pick(id, 487, 0, 300), pg_temp.pick(id, 488, 20, 80), pg_temp.pick(id, 489, 20, 80), 'High'
FROM dynasty.scouting_grades WHERE pg_temp.roll(id, 490) < 0.2;

-- Advanced lines: holes, seasons to come, levels without a game, a level that is none.
INSERT INTO dynasty.milb_advanced_stats (prospect_id, season, level, wraa, woba, wrc_plus, gb_percent, hr_per_fb, swing_strike_percent, speed_score, wbsr)
SELECT p.id, y.year, l.level, pg_temp.pick(p.id * 100 + y.year, 500, -20, 30), pg_temp.pick(p.id * 100 + y.year, 501, 150, 500) / 1000.0,
       pg_temp.pick(p.id * 100 + y.year + length(l.level), 502, -50, 250), pg_temp.pick(p.id, 503, 0, 1000) / 10.0, pg_temp.pick(p.id, 504, 0, 3000) / 10.0,
       pg_temp.pick(p.id, 505, 0, 400) / 10.0, pg_temp.pick(p.id, 506, 0, 99) / 10.0, pg_temp.pick(p.id, 507, -99, 99) / 10.0
FROM dynasty.prospects p CROSS JOIN generate_series(2014, 2026, 2) y (year) CROSS JOIN unnest('{A,AAA,MLB,Complex}'::text[]) l (level)
WHERE p.id % 6 = 0 OR p.id = 1004
ON CONFLICT DO NOTHING;
DO $do$
DECLARE
    sets text;
BEGIN
    SELECT string_agg(format('%1$I = CASE WHEN pg_temp.roll(id, %2$s) < 0.15 OR pg_temp.roll(prospect_id, %2$s) < 0.1 THEN NULL ELSE %1$I END',
                             attname, 510 + attnum), ', ')
    INTO sets
    FROM pg_attribute
    WHERE attrelid = 'dynasty.milb_advanced_stats'::regclass AND attnum > 0
      AND attname NOT IN ('id', 'prospect_id', 'season', 'level', 'created_at', 'data_source');
    EXECUTE 'UPDATE dynasty.milb_advanced_stats SET ' || sets;
END
$do$;

-- The majors: WAR not known, seasons without an appearance, before and after the window, debuts that do not fit the seasons.
INSERT INTO dynasty.mlb_stats (prospect_id, season, mlb_debut_date, games_played, plate_appearances, games_pitched, outs_pitched, batters_faced, war)
SELECT id, year,
       CASE WHEN pg_temp.roll(id, 600) < 0.4 THEN make_date(pg_temp.pick(id, 601, 2015, 2026), 12, 31) + pg_temp.pick(n, 602, 0, 1)
            WHEN pg_temp.roll(id, 600) < 0.5 THEN make_date(year, 7, 1) END,
       CASE WHEN pg_temp.roll(n, 603) < 0.7 THEN pg_temp.pick(n, 604, 0, 162) END,
       CASE WHEN id % 2 = 0 AND pg_temp.roll(n, 605) < 0.9 THEN greatest(0, pg_temp.pick(n, 606, -300, 700)) END,
       CASE WHEN id % 2 = 1 AND pg_temp.roll(n, 607) < 0.5 THEN pg_temp.pick(n, 608, 0, 70) END,
       CASE WHEN id % 2 = 1 AND pg_temp.roll(n, 609) < 0.9 THEN greatest(0, pg_temp.pick(n, 610, -200, 600)) END,
       CASE WHEN id % 2 = 1 AND pg_temp.roll(n, 611) < 0.5 THEN pg_temp.pick(n, 612, 0, 900) END,
       CASE WHEN pg_temp.roll(n, 613) < 0.95 THEN pg_temp.pick(n, 614, -20, CASE WHEN id % 4 < 2 THEN 25 ELSE 60 END) / 10.0 END
FROM (SELECT p.id, y.year, p.id * 100 + y.year AS n FROM dynasty.prospects p CROSS JOIN generate_series(2014, 2026) y (year)) o
WHERE (id % 3 = 1 OR id = 1005) AND pg_temp.roll(n, 615) < 0.6
ON CONFLICT DO NOTHING;
UPDATE dynasty.mlb_stats SET games_played = NULL, plate_appearances = 0, games_pitched = NULL, outs_pitched = NULL, batters_faced = NULL
WHERE pg_temp.roll(id, 620) < 0.1;
-- Exactly at the thresholds.
UPDATE dynasty.mlb_stats SET plate_appearances = 500, outs_pitched = NULL, war = (ARRAY[1.9, 2.0, 3.9, 4.0])[pg_temp.pick(id, 621, 1, 4)]
WHERE prospect_id % 12 = 4;
