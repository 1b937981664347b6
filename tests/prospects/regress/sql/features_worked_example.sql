-- The worked example of the flagship contract, section 9, every value it names.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/features_setup.sql'
\i :setup
INSERT INTO dynasty.prospects (id, name, position, birth_date) VALUES (1, 'Example', 'SS', '2000-07-01');
INSERT INTO dynasty.milb_game_logs (prospect_id, season, level, game_type, game_date, game_number, plate_appearances, at_bats, hits, doubles,
    home_runs, walks, strikeouts, triples, runs, rbi, intentional_walks, stolen_bases, caught_stealing, hit_by_pitch, sacrifice_flies, sacrifice_hits)
SELECT 1, 2020, 'A', 'Regular', v.day::date, v.number, pa, ab, h, b2, hr, bb, so, 0, 0, 0, 0, 0, 0, 0, 0, 0
FROM (VALUES ('2020-06-01', 1, 5, 4, 2, 1, 0, 1, 0), ('2020-06-02', 1, 1, 0, 0, 0, 0, 1, 0),
             ('2020-06-02', 2, 3, 3, 0, 0, 0, 0, 2), ('2020-06-04', 1, 4, 4, 3, 0, 1, 0, 0)) v (day, number, pa, ab, h, b2, hr, bb, so);
SELECT pg_temp.expect($$ SELECT 1 AS id, 13 AS career_pa, 5 / 11::float8 AS career_avg, 7 / 13::float8 AS career_obp, 9 / 11::float8 AS career_slg,
    7 / 13::float8 + 9 / 11::float8 AS career_ops, 1.2 AS hits_cv, 0.5 AS multi_hit_game_rate, 2 AS longest_hitless_streak,
    2 AS longest_on_base_streak, 5 / 3::float8 AS hits_mean_abs_change, 1 AS days_between_games_mean, NULL::float8 AS hits_autocorr_lag1,
    NULL::float8 AS best_season_ops, NULL::float8 AS last30_ops, NULL::float8 AS age_vs_level_career, 20 AS age, 0 AS level_for_age,
    1 AS games_share_a, 210 AS days_since_last_game $$);
SELECT * FROM pg_temp.wrong(2020);
SELECT v.name, v.value FROM pg_temp.long(2020) v JOIN expected USING (name) ORDER BY array_position(dynasty.feature_names(), v.name);
-- Exact where the contract writes digits.
SELECT pg_temp.feature(1, 2020, 'career_ops') = 1.3566433566433567 AS ops, pg_temp.feature(1, 2020, 'hits_cv') = 1.2 AS cv;
-- His season line.
SELECT avg, obp, slg, ops, bb_percent, k_percent, hit_consistency_cv FROM dynasty.milb_season_stats;
-- The year before nothing is known of him.
SELECT name, value FROM pg_temp.long(2019) WHERE name IN ('career_pa', 'career_obp', 'hits_cv', 'seasons_played', 'max_level') ORDER BY 1;
SELECT count(*) AS forms_differ FROM pg_temp.forms_differ(2020);
