-- The way up: promotions in game order, levels, missed seasons, ages at each step, and what changed from season to season.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/features_setup.sql'
\i :setup
INSERT INTO dynasty.prospects (id, name, position, birth_date) VALUES (1, 'Climber', 'SS', '1997-03-10'), (2, 'Starter', 'SP', '1996-12-31'), (3, 'Unknown age', 'C', NULL),
    (4, 'One game', 'CF', '2000-01-01'), (5, 'Majors', 'SS', '1995-01-01'), (6, 'Called up, never played', 'SS', '1995-01-01');
-- 2015 Complex, Rookie; nothing in 2016 and 2017; 2018 A, A+, back to A, AA for a doubleheader's second game; 2019 AA, AAA.
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, game_number, plate_appearances, at_bats, hits, doubles, triples, home_runs, walks, strikeouts) VALUES
    (1, '2015-07-01', 2015, 'Complex', 1, 60, 50, 20, 2, 0, 1, 10, 12),
    (1, '2015-08-01', 2015, 'Rookie',  1, 49, 40, 10, 2, 0, 0, 9, 5),
    (1, '2018-04-10', 2018, 'A',       1, 30, 28, 10, 1, 1, 1, 2, 6),
    (1, '2018-06-01', 2018, 'A+',      1, 49, 40, 12, 1, 1, 1, 9, 9),
    (1, '2018-07-01', 2018, 'A',       1, 30, 25, 5, 1, 0, 1, 5, 3),
    (1, '2018-07-01', 2018, 'AA',      2, 10, 10, 1, 0, 0, 0, 0, 6),
    (1, '2019-04-10', 2019, 'AA',      1, 40, 30, 9, 3, 0, 1, 10, 8),
    (1, '2019-07-01', 2019, 'AAA',     1, 50, 44, 14, 3, 1, 2, 6, 20);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, outs_pitched, batters_faced, walks_allowed, strikeouts_pitched, home_runs_allowed) VALUES
    (2, '2017-06-01', 2017, 'A', 45, 60, 5, 15, 1), (2, '2018-06-01', 2018, 'A+', 44, 60, 9, 9, 0), (2, '2018-08-01', 2018, 'AA', 1, 6, 1, 0, 2),
    (2, '2019-06-01', 2019, 'AA', 90, 120, 8, 40, 2), (2, '2019-09-01', 2019, 'AAA', 30, 44, 6, 12, 1);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances) VALUES (3, '2018-06-01', 2018, 'AAA', 4), (3, '2019-06-01', 2019, 'AA', 4), (4, '2019-06-01', 2019, 'A', 4);
INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances, batters_faced) VALUES (5, 2018, 10, 30, NULL), (5, 2019, 20, 80, NULL), (5, 2020, 100, 400, NULL), (6, 2019, 0, NULL, 0);
SELECT pg_temp.expect($$ SELECT 1 AS id, 3 AS seasons_played, 8 AS games_total, 6 AS max_level, 1 AS first_level, 6 AS last_level, 6 AS levels_played,
    5 / 3::float8 AS levels_per_season, 5 AS promotions, 1 AS demotions, 3 AS multi_level_seasons,
    (date '2015-07-01' - date '1997-03-10') / 365.25::float8 AS age_at_first_game, (date '2019-12-31' - date '2015-07-01') / 365.25::float8 AS pro_experience_years,
    (date '2018-07-01' - date '1997-03-10') / 365.25::float8 AS age_at_first_aa, (date '2019-07-01' - date '1997-03-10') / 365.25::float8 AS age_at_first_aaa,
    (date '2018-07-01' - date '2015-07-01') / 365.25::float8 AS years_to_aa, (date '2019-07-01' - date '2015-07-01') / 365.25::float8 AS years_to_aaa,
    2 / 8::float8 AS games_share_rookie, 2 / 8::float8 AS games_share_a, 1 / 8::float8 AS games_share_a_plus, 2 / 8::float8 AS games_share_aa, 1 / 8::float8 AS games_share_aaa,
    2 AS games_last_season, 4 AS max_games_in_season, 2019 - 2015 + 1 - 3 AS missed_seasons, (date '2019-12-31' - date '2019-07-01') AS days_since_last_game,
    0 AS reached_mlb_by_as_of, 0 AS mlb_games_to_date, (10 + 40 + 50) / 318::float8 AS pa_share_upper_minors,
    90 AS last_season_pa, 50 AS top_level_pa, 20 / 50::float8 AS top_level_k_rate, 6 / 50::float8 AS top_level_bb_rate,
    6 - ((date '2019-07-01' - date '1997-03-10') / 365.25::float8 - 17) AS level_for_age, NULL::float8 AS age_vs_level_career $$);
-- Slopes, steps and changes over seasons and levels with at least 50 plate appearances (45 outs), by regr_slope() and row_number().
CREATE TEMP VIEW pooled AS
SELECT prospect_id, s.by, s.key, sum(plate_appearances) AS pa, sum(outs_pitched) AS outs,
       (sum(hits) + sum(walks))::float8 / (sum(at_bats) + sum(walks)) + (sum(hits) + sum(doubles) + 2 * sum(triples) + 3 * sum(home_runs))::float8 / sum(at_bats) AS ops,
       sum(strikeouts)::float8 / sum(plate_appearances) AS k_rate, sum(walks)::float8 / sum(plate_appearances) AS bb_rate,
       (sum(doubles) + 2 * sum(triples) + 3 * sum(home_runs))::float8 / sum(at_bats) AS iso,
       3 * (13 * sum(home_runs_allowed) + 3 * sum(walks_allowed) - 2 * sum(strikeouts_pitched)) / sum(outs_pitched)::float8 + 3.10 AS fip,
       sum(strikeouts_pitched)::float8 / sum(batters_faced) AS p_k, sum(walks_allowed)::float8 / sum(batters_faced) AS p_bb,
       (sum(strikeouts_pitched) - sum(walks_allowed))::float8 / sum(batters_faced) AS p_kbb
FROM dynasty.milb_game_logs l JOIN (VALUES ('Complex', 1), ('Rookie', 2), ('A', 3), ('A+', 4), ('AA', 5), ('AAA', 6)) o (level, ordinal) USING (level),
     LATERAL (VALUES ('season', season), ('level', o.ordinal)) s (by, key)
WHERE prospect_id <= 2 GROUP BY 1, 2, 3;
CREATE TEMP VIEW qualified AS
SELECT q.prospect_id, q.by, q.key, v.name, v.value, row_number() OVER (PARTITION BY q.prospect_id, q.by, v.name ORDER BY q.key DESC) AS latest
FROM pooled q, LATERAL (VALUES (1, 'ops', ops), (1, 'k_rate', k_rate), (1, 'bb_rate', bb_rate), (1, 'iso', iso), (2, 'pitch_fip', fip), (2, 'pitch_k_rate', p_k), (2, 'pitch_bb_rate', p_bb),
    (2, 'pitch_k_minus_bb', p_kbb)) v (who, name, value)
WHERE v.who = q.prospect_id AND (q.pa >= 50 OR q.outs >= 45);
SELECT prospect_id, by, string_agg(key::text, ' ' ORDER BY key) AS qualified FROM qualified WHERE name IN ('ops', 'pitch_fip') GROUP BY 1, 2 ORDER BY 1, 2;
INSERT INTO expected
SELECT prospect_id, name || '_slope', regr_slope(value, key) FROM qualified WHERE by = 'season' AND name NOT IN ('pitch_k_rate', 'pitch_bb_rate') GROUP BY 1, 2 UNION ALL
SELECT prospect_id, name || CASE by WHEN 'season' THEN '_yoy' ELSE '_level_step' END, max(value) FILTER (WHERE latest = 1) - max(value) FILTER (WHERE latest = 2)
FROM qualified WHERE name <> 'pitch_k_minus_bb' GROUP BY 1, name, by;
SELECT pg_temp.expect($$ SELECT 2 AS id, (1 + 90 + 30) / 210::float8 AS pitch_outs_share_upper_minors, 120 / 3 AS pitch_last_season_ip, 10 AS pitch_top_level_ip,
    2 AS promotions_wrong $$) AS with_one_name_that_is_none;
SELECT * FROM pg_temp.wrong(2019);
DELETE FROM expected WHERE name = 'promotions_wrong';
SELECT pg_temp.expect($$ SELECT 3 AS id, 6 AS max_level, 6 AS first_level, 5 AS last_level, 0 AS promotions, 1 AS demotions, 0 AS years_to_aaa, 0 AS years_to_aa, NULL::float8 AS age_at_first_aa,
    NULL::float8 AS age_at_first_game, NULL::float8 AS level_for_age, 0 AS levels_per_season $$);
SELECT pg_temp.expect($$ SELECT 4 AS id, 0 AS promotions, 0 AS missed_seasons, NULL::float8 AS years_to_aa, NULL::float8 AS years_to_aaa, NULL::float8 AS age_at_first_aa, 0 AS games_share_aa,
    NULL::float8 AS ops_slope, NULL::float8 AS ops_yoy, NULL::float8 AS ops_level_step, 0 AS levels_per_season $$);
SELECT pg_temp.expect($$ SELECT 5 AS id, 1 AS reached_mlb_by_as_of, 30 AS mlb_games_to_date, 0 AS games_total, NULL::float8 AS max_level, NULL::float8 AS levels_per_season, NULL::float8 AS days_since_last_game,
    NULL::float8 AS games_share_a, NULL::float8 AS pa_share_upper_minors $$);
SELECT pg_temp.expect($$ SELECT 6 AS id, 0 AS reached_mlb_by_as_of, 0 AS mlb_games_to_date $$);
SELECT count(*) AS compared FROM expected;
SELECT * FROM pg_temp.wrong(2019);
SELECT v.name, round(v.value::numeric, 6) AS value FROM pg_temp.long(2019) v JOIN expected e USING (id, name) WHERE id = 1 ORDER BY array_position(dynasty.feature_names(), v.name);
-- Point in time: two years earlier only the first season had been played.
SELECT name, value FROM pg_temp.long(2017) WHERE id = 1 AND name IN ('seasons_played', 'missed_seasons', 'max_level', 'promotions', 'last_season_pa', 'top_level_pa') ORDER BY 1;
SELECT y, pg_temp.feature(5, y, 'reached_mlb_by_as_of') AS reached, pg_temp.feature(5, y, 'mlb_games_to_date') AS games FROM generate_series(2017, 2020) y;
