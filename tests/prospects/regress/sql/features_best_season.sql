-- The best season: enough plate appearances or outs, the highest OPS or lowest FIP, of equals the later.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/features_setup.sql'
\i :setup
INSERT INTO dynasty.prospects (id, name, position, birth_date) VALUES (1, 'Hitter', 'SS', '1998-07-01'), (2, 'Pitcher', 'SP', NULL), (3, 'Tie', 'SS', '1998-07-01'), (4, 'Tie', 'SP', NULL),
    (5, 'Ninety-nine', 'SS', '1998-07-01'), (6, 'OPS unknown', 'SS', '1998-07-01');
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances, at_bats, hits, doubles, triples, home_runs, walks, strikeouts) VALUES
    (1, '2016-06-01', 2016, 'A',  99, 90, 60, 9, 1, 9, 9, 5),      -- too few
    (1, '2017-06-01', 2017, 'A',  60, 50, 20, 2, 1, 3, 10, 8), (1, '2017-08-01', 2017, 'A+', 40, 40, 20, 2, 1, 3, 0, 4), -- the best
    (1, '2018-06-01', 2018, 'AA', 200, 180, 50, 9, 1, 9, 20, 50),
    (1, '2019-06-01', 2019, 'AAA', 60, 50, 40, 0, 0, 0, 10, 1), (1, '2019-09-01', 2019, 'AAA', NULL, 30, 20, 0, 0, 0, 9, 1), -- 99 again, by imputation
    -- The same OPS from other counts (1/2 + 1): 2018 is the later.
    (3, '2017-06-01', 2017, 'A',  100, 100, 50, 0, 0, 0, 0, 10), (3, '2018-06-01', 2018, 'A', 200, 200, 100, 0, 0, 0, 0, 30), (3, '2019-06-01', 2019, 'A', 150, 150, 50, 0, 0, 0, 0, 99),
    (5, '2019-06-01', 2019, 'A',  99, 99, 50, 0, 0, 0, 0, 10),
    (6, '2018-06-01', 2018, 'A',  120, 100, 50, NULL, 0, 0, 20, 10), (6, '2019-06-01', 2019, 'A', 120, 100, 10, 0, 0, 0, 20, 10); -- 2018: doubles unknown, so no OPS
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, outs_pitched, batters_faced, walks_allowed, strikeouts_pitched, home_runs_allowed) VALUES
    (2, '2017-06-01', 2017, 'A',  89, 100, 0, 90, 0),  -- too few
    (2, '2018-06-01', 2018, 'A',  90, 120, 10, 40, 2),
    (2, '2019-06-01', 2019, 'AA', 300, 400, 30, 100, 9),
    (4, '2018-06-01', 2018, 'A',  90, 120, 5, 30, 1), (4, '2019-06-01', 2019, 'A', 180, 250, 10, 60, 2); -- both FIP 3 * (13 + 15 - 60) / 90 + 3.10
SELECT pg_temp.expect($$ SELECT 1 AS id, 100 AS best_season_pa, 50 / 100::float8 + (40 + 4 + 4 + 18) / 90::float8 AS best_season_ops, (4 + 4 + 18) / 90::float8 AS best_season_iso,
    12 / 100::float8 AS best_season_k_rate, 6940 / 365.25 AS best_season_age $$);
SELECT date '2017-07-01' - date '1998-07-01' AS days_old;
SELECT pg_temp.expect($$ SELECT 2 AS id, 30 AS pitch_best_season_ip, 3 * (26 + 30 - 80) / 90::float8 + 3.10 AS pitch_best_season_fip, 30 / 120::float8 AS pitch_best_season_k_minus_bb $$);
SELECT pg_temp.expect($$ SELECT 3 AS id, 200 AS best_season_pa, 1 AS best_season_ops, 0 AS best_season_iso, 30 / 200::float8 AS best_season_k_rate, (date '2018-07-01' - date '1998-07-01') / 365.25 AS best_season_age $$);
SELECT pg_temp.expect($$ SELECT 4 AS id, 60 AS pitch_best_season_ip, 3 * (13 + 15 - 60) / 90::float8 + 3.10 AS pitch_best_season_fip, 50 / 250::float8 AS pitch_best_season_k_minus_bb $$);
SELECT pg_temp.expect($$ SELECT 5 AS id, NULL::float8 AS best_season_pa, NULL::float8 AS best_season_ops, NULL::float8 AS best_season_iso, NULL::float8 AS best_season_k_rate, NULL::float8 AS best_season_age $$);
SELECT pg_temp.expect($$ SELECT 6 AS id, 120 AS best_season_pa, 30 / 120::float8 + 10 / 100::float8 AS best_season_ops $$);
SELECT * FROM pg_temp.wrong(2019);
SELECT id, v.name, round(v.value::numeric, 6) AS value FROM pg_temp.long(2019) v JOIN expected e USING (id, name) ORDER BY id, array_position(dynasty.feature_names(), v.name);
-- A year earlier the best were others.
SELECT id, name, value FROM pg_temp.long(2017) WHERE name IN ('best_season_pa', 'pitch_best_season_ip') AND value IS NOT NULL ORDER BY 1;
