-- Advanced season lines, weighted by the plate appearances of the game logs (1 where there are none).
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/features_setup.sql'
\i :setup
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'Lines', 'SS'), (2, 'No games', 'SS'), (3, 'Pitcher', 'SP'), (4, 'No lines', 'SS');
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, game_type, plate_appearances, at_bats, walks) VALUES
    (1, '2018-06-01', 2018, 'A',  NULL,       120, 100, 20),
    (1, '2019-06-01', 2019, 'A+', 'Regular',  99, 80, 10),
    (1, '2019-06-02', 2019, 'A+', 'Playoffs', 50, 40, 10), -- not counted: 99 are not 100
    (1, '2019-07-01', 2019, 'AA', 'Regular',  NULL, 30, 10), -- 40 by imputation
    (1, '2019-07-02', 2019, 'AA', 'Regular',  60, 50, NULL),
    (3, '2019-07-02', 2019, 'AA', 'Regular',  10, 9, 1);
INSERT INTO dynasty.milb_advanced_stats (prospect_id, season, level, wrc_plus, woba, wraa, gb_percent, fb_percent, ld_percent, iffb_percent, hr_per_fb, pull_percent,
    oppo_percent, swing_strike_percent, contact_percent, zone_percent, o_swing_percent, z_swing_percent, speed_score, wbsr, hard_contact_percent, soft_contact_percent)
VALUES
    (1, 2018, 'A',    90, 0.301,   5, 40.1, 30.2, 20.3, 10.4, 12.5, 41.6, 22.7, 11.8, 71.9, 45.1, 30.2, 65.3, 4.4, -1.5, 30.6, 20.7),
    (1, 2019, 'A+',  150, 0.399,  -3, 41.1, NULL, 21.3, 11.4, 13.5, 42.6, 23.7, 12.8, 72.9, 46.1, 31.2, 66.3, 5.4, 2.5, 31.6, 21.7),
    (1, 2019, 'AA',  110, NULL, NULL, 42.1, 32.2, 22.3, 12.4, 14.5, 43.6, 24.7, 13.8, 73.9, 47.1, 32.2, 67.3, 6.4, NULL, 32.6, 22.7),
    (1, 2019, 'AAA', 300, 0.500,   1, 43.1, 33.2, 23.3, 13.4, 15.5, 44.6, 25.7, 14.8, 74.9, 48.1, 33.2, 68.3, 7.4, 0.1, 33.6, 23.7), -- no game there: weight 1
    (1, 2020, 'AAA', 999, 0.999,  99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 9.9, 99, 99, 99),                          -- a season later
    (2, 2017, 'Rookie', 80, 0.250, -2, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 5, 0, 50, 50),
    (2, 2018, 'Rookie', 100, 0.350, -4, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 6, 0, 60, 60),
    (3, 2019, 'AA', 100, 0.350, -4, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 6, 0, 60, 60);
-- The weights by hand: 120, 99, 100 and 1.
SELECT pg_temp.expect($$ SELECT 1 AS id,
    (120 * 90 + 99 * 150 + 100 * 110 + 1 * 300) / 320::float8 AS adv_wrc_plus,
    (99 * 150 + 100 * 110 + 1 * 300) / 200::float8 AS adv_wrc_plus_last_season, 110 AS adv_wrc_plus_best,
    (120 * 0.301::float8 + 99 * 0.399 + 1 * 0.5) / 220 AS adv_woba, 3 AS adv_wraa_total, 1.1 AS adv_wbsr_total,
    (120 * 30.2 + 100 * 32.2 + 33.2) / 221::float8 AS adv_fb_pct,
    (120 * 40.1 + 99 * 41.1 + 100 * 42.1 + 43.1) / 320::float8 AS adv_gb_pct, (120 * 20.3 + 99 * 21.3 + 100 * 22.3 + 23.3) / 320::float8 AS adv_ld_pct,
    (120 * 10.4 + 99 * 11.4 + 100 * 12.4 + 13.4) / 320::float8 AS adv_iffb_pct, (120 * 12.5 + 99 * 13.5 + 100 * 14.5 + 15.5) / 320::float8 AS adv_hr_per_fb,
    (120 * 41.6 + 99 * 42.6 + 100 * 43.6 + 44.6) / 320::float8 AS adv_pull_pct, (120 * 22.7 + 99 * 23.7 + 100 * 24.7 + 25.7) / 320::float8 AS adv_oppo_pct,
    (120 * 11.8 + 99 * 12.8 + 100 * 13.8 + 14.8) / 320::float8 AS adv_swstr_pct, (120 * 71.9 + 99 * 72.9 + 100 * 73.9 + 74.9) / 320::float8 AS adv_contact_pct,
    (120 * 45.1 + 99 * 46.1 + 100 * 47.1 + 48.1) / 320::float8 AS adv_zone_pct, (120 * 30.2 + 99 * 31.2 + 100 * 32.2 + 33.2) / 320::float8 AS adv_o_swing_pct,
    (120 * 65.3 + 99 * 66.3 + 100 * 67.3 + 68.3) / 320::float8 AS adv_z_swing_pct, (120 * 4.4 + 99 * 5.4 + 100 * 6.4 + 7.4) / 320::float8 AS adv_speed_score,
    (120 * 30.6 + 99 * 31.6 + 100 * 32.6 + 33.6) / 320::float8 AS adv_hard_pct, (120 * 20.7 + 99 * 21.7 + 100 * 22.7 + 23.7) / 320::float8 AS adv_soft_pct $$) AS features;
SELECT pg_temp.expect($$ SELECT 2 AS id, 90 AS adv_wrc_plus, 100 AS adv_wrc_plus_last_season, NULL::float8 AS adv_wrc_plus_best, 0.3 AS adv_woba, -6 AS adv_wraa_total,
    0 AS adv_wbsr_total, 55 AS adv_gb_pct $$);
-- Nothing of a pitcher without a hitter's role, nothing without lines.
SELECT pg_temp.expect($$ SELECT u.id, NULL::float8 AS adv_wrc_plus, NULL::float8 AS adv_wrc_plus_last_season, NULL::float8 AS adv_wrc_plus_best, NULL::float8 AS adv_woba,
    NULL::float8 AS adv_wraa_total, NULL::float8 AS adv_wbsr_total, NULL::float8 AS adv_soft_pct FROM (VALUES (3), (4)) u (id) $$);
SELECT * FROM pg_temp.wrong(2019);
SELECT name, round(value::numeric, 4) AS value FROM pg_temp.long(2019) WHERE id = 1 AND name LIKE 'adv\_w%' ORDER BY 1;
