-- Streaks, shares and memory of a sequence of games, counted by hand. Games that do not say are skipped: those around
-- them become neighbours. Nothing ends a streak at the end of a season or level.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/features_setup.sql'
\i :setup
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'Hitter', 'SS'), (2, 'Pitcher', 'SP'), (3, 'Always one hit', 'SS'), (4, 'Never a hit', 'SS'), (5, 'Nothing said', 'SS');
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances, at_bats, hits, walks, hit_by_pitch, doubles, triples, home_runs, strikeouts)
VALUES
    --                                   PA  AB    H     BB    HBP   2B    3B HR SO
    (1, '2018-08-28', 2018, 'A',         4,  4,    1,    0,    0,    1,    0, 0, 1),
    (1, '2018-08-29', 2018, 'A',         4,  4,    2,    0,    NULL, 0,    0, 0, 4),
    (1, '2018-08-30', 2018, 'A',         4,  3,    0,    1,    0,    0,    0, 0, 5),
    (1, '2018-08-31', 2018, 'A',         4,  4,    NULL, 0,    0,    0,    0, 0, NULL), -- hits unknown: in no sequence of hits
    (1, '2018-09-01', 2018, 'A',         4,  4,    0,    0,    0,    0,    0, 0, 0),
    (1, '2018-09-02', 2018, 'A',         4,  3,    0,    0,    1,    0,    0, 0, 0),
    (1, '2019-04-10', 2019, 'AA',        4,  3,    0,    NULL, 0,    0,    0, 0, 0),    -- walks unknown: not among the times on base
    (1, '2019-04-11', 2019, 'AA',        4,  NULL, 1,    0,    0,    NULL, 0, 0, 0),    -- at-bats unknown: the same; doubles unknown
    (1, '2019-04-12', 2019, 'AA',        4,  4,    1,    0,    0,    0,    1, 0, 0),
    (1, '2019-04-13', 2019, 'AA',        4,  4,    3,    0,    0,    1,    0, 1, 0),
    (1, '2019-04-15', 2019, 'AA',        4,  4,    1,    0,    0,    0,    0, 0, 0),
    (1, '2019-04-16', 2019, 'AA',        0,  0,    0,    0,    0,    0,    0, 0, 0),    -- did not bat
    (1, '2019-04-20', 2019, 'AA',        4,  4,    0,    0,    0,    0,    0, 0, 0);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, outs_pitched, games_started, runs_allowed, earned_runs, home_runs_allowed, walks_allowed, strikeouts_pitched)
VALUES
    --                            outs GS    R     ER    HR    BB K
    (2, '2018-06-01', 2018, 'A',  18,  1,    0,    0,    0,    1, 7),
    (2, '2018-06-06', 2018, 'A',  15,  1,    0,    0,    1,    2, 5),
    (2, '2018-06-11', 2018, 'A',  21,  1,    NULL, 3,    NULL, 1, 9), -- runs unknown
    (2, '2019-04-10', 2019, 'AA', 3,   0,    0,    0,    0,    0, 1), -- the scoreless streak goes on: 3
    (2, '2019-04-12', 2019, 'AA', 3,   0,    6,    6,    0,    2, 0),
    (2, '2019-04-17', 2019, 'AA', 18,  1,    4,    4,    0,    0, 4),
    (2, '2019-04-22', 2019, 'AA', 19,  1,    3,    3,    2,    1, 6),
    (2, '2019-04-27', 2019, 'AA', 27,  1,    0,    NULL, 0,    0, 9), -- a start whose earned runs nobody counted
    (2, '2019-05-02', 2019, 'AA', 12,  NULL, 5,    5,    1,    3, 2),
    (2, '2019-05-07', 2019, 'AA', 18,  1,    0,    0,    0,    1, 8),
    (2, '2019-05-12', 2019, 'AA', 18,  1,    0,    0,    0,    1, 8);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances, at_bats, hits, walks)
SELECT 3, date '2019-05-01' + g, 2019, 'A', 4, 4, 1, 0 FROM generate_series(1, 12) g UNION ALL
SELECT 4, date '2019-05-01' + g, 2019, 'A', 4, 4, 0, 0 FROM generate_series(1, 12) g UNION ALL
SELECT 5, date '2019-05-01' + g, 2019, 'A', 4, NULL, NULL, NULL FROM generate_series(1, 12) g;
-- Hits known (B): 1 2 0 | 0 0 0 1 1 3 1 0. On base (O): 1 2 1 | 0 1 1 3 1 0. Total bases (X): 2 2 0 | 0 0 0 3 7 1 0.
SELECT pg_temp.expect($$ SELECT 1 AS id, 4 AS longest_hit_streak, 4 AS longest_hitless_streak, 4 AS longest_on_base_streak,
    2 / 11::float8 AS multi_hit_game_rate, 5 / 11::float8 AS hitless_game_rate, 3 / 10::float8 AS xbh_game_rate, 2 / 11::float8 AS golden_sombrero_rate,
    (1 + 2 + 0 + 0 + 0 + 1 + 0 + 2 + 2 + 1) / 10::float8 AS hits_mean_abs_change, NULL::float8 AS on_base_autocorr_lag1,
    -- days: 2018 1 1 1 1 1, 2019 1 1 1 2 5; not over the winter
    (5 + 1 + 1 + 1 + 2 + 5) / 10::float8 AS days_between_games_mean $$);
-- CV and correlation by their formulas over these numbers.
CREATE TEMP VIEW numbers (id, name, x) AS VALUES
    (1, 'hits_cv', '{1,2,0,0,0,0,1,1,3,1,0}'::float8[]), (1, 'hits_cv_last_season', '{0,1,1,3,1,0}'), (1, 'times_on_base_cv', '{1,2,1,0,1,1,3,1,0}'),
    (1, 'total_bases_cv', '{2,2,0,0,0,0,3,7,1,0}'), (1, 'strikeouts_cv', '{1,4,5,0,0,0,0,0,0,0,0}'), (2, 'pitch_outs_cv', '{18,15,21,3,3,18,19,27,12,18,18}'),
    (2, 'pitch_earned_runs_cv', '{0,0,3,0,6,4,3,5,0,0}'), (2, 'pitch_strikeouts_cv', '{7,5,9,1,0,4,6,9,2,8,8}'), (2, 'pitch_walks_cv', '{1,2,1,0,2,0,1,0,3,1,1}');
INSERT INTO expected SELECT id, name, (SELECT stddev_samp(v) / avg(v) FROM unnest(x) v) FROM numbers;
INSERT INTO expected
SELECT n.id, CASE n.id WHEN 1 THEN 'hits_autocorr_lag1' ELSE 'pitch_earned_runs_autocorr_lag1' END,
       (SELECT sum((x[t] - m) * (x[t + 1] - m)) FROM generate_series(1, cardinality(x) - 1) t) / (SELECT sum((v - m) ^ 2) FROM unnest(x) v)
FROM numbers n, LATERAL (SELECT avg(v) AS m FROM unnest(x) v) a WHERE n.name IN ('hits_cv', 'pitch_earned_runs_cv');
-- Runs: 0 0 | 0 6 4 3 0 5 0 0. Home runs: 0 1 | 0 0 0 2 0 1 0 0. Starts with earned runs: 18/0 15/0 21/3 18/4 19/3 18/0 18/0.
SELECT pg_temp.expect($$ SELECT 2 AS id, 3 AS pitch_longest_scoreless_streak, 3 AS pitch_longest_homerless_streak, 6 / 10::float8 AS pitch_scoreless_rate,
    5 / 7::float8 AS pitch_quality_start_rate, 2 / 10::float8 AS pitch_blowup_rate, (5 + 5 + 2 + 5 + 5 + 5 + 5 + 5 + 5) / 9::float8 AS pitch_days_between_games_mean $$);
SELECT pg_temp.expect($$ SELECT 3 AS id, 12 AS longest_hit_streak, 0 AS longest_hitless_streak, 12 AS longest_on_base_streak, 0 AS hits_cv, NULL::float8 AS hits_autocorr_lag1,
    NULL::float8 AS on_base_autocorr_lag1, 0 AS hits_mean_abs_change, 0 AS multi_hit_game_rate, 0 AS hitless_game_rate, NULL::float8 AS total_bases_cv, NULL::float8 AS xbh_game_rate $$);
SELECT pg_temp.expect($$ SELECT 4 AS id, 0 AS longest_hit_streak, 12 AS longest_hitless_streak, 0 AS longest_on_base_streak, NULL::float8 AS hits_cv, 1 AS hitless_game_rate $$);
SELECT pg_temp.expect($$ SELECT 5 AS id, NULL::float8 AS longest_hit_streak, NULL::float8 AS longest_hitless_streak, NULL::float8 AS longest_on_base_streak, NULL::float8 AS hits_cv,
    NULL::float8 AS multi_hit_game_rate, NULL::float8 AS hits_mean_abs_change, 1 AS days_between_games_mean, 12 AS career_games $$);
SELECT * FROM pg_temp.wrong(2019);
SELECT v.id, v.name, round(v.value::numeric, 6) AS value FROM pg_temp.long(2019) v JOIN expected e USING (id, name) WHERE id < 3 ORDER BY id, array_position(dynasty.feature_names(), v.name);
-- Ten games are enough for a correlation, nine are not.
DELETE FROM dynasty.milb_game_logs WHERE prospect_id = 1 AND game_date = '2018-08-28';
SELECT pg_temp.feature(1, 2019, 'hits_autocorr_lag1') IS NOT NULL AS of_ten;
DELETE FROM dynasty.milb_game_logs WHERE prospect_id = 1 AND game_date = '2018-08-29';
SELECT pg_temp.feature(1, 2019, 'hits_autocorr_lag1') IS NOT NULL AS of_nine;
