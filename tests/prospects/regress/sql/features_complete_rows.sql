-- A rate is over its complete rows: a game without one of its essential counts is left out of it, numerator and
-- denominator alike, and of nothing else; supplementary counts are 0 when unknown.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/features_setup.sql'
\i :setup
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'Hitter', 'SS'), (2, 'Pitcher', 'SP');
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances, at_bats, hits, doubles, triples, home_runs, walks, strikeouts,
    runs, stolen_bases, caught_stealing, hit_by_pitch, sacrifice_flies, intentional_walks, ground_outs, air_outs, pitches_seen)
VALUES
    (1, '2019-06-01', 2019, 'A', 5, 4, 2, 1, 0, 1, 1, 1, 1, 1, NULL, NULL, NULL, NULL, 1, 0, 20), -- complete; supplementary unknown
    (1, '2019-06-02', 2019, 'A', 5, 3, 1, 0, 1, 0, 1, 2, 2, 1, 1, 1, 1, 1, 2, 1, NULL),           -- complete
    (1, '2019-06-03', 2019, 'A', 4, 4, NULL, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, NULL, 15),       -- hits unknown
    (1, '2019-06-04', 2019, 'A', 6, NULL, 3, NULL, 0, 0, 2, NULL, 0, 0, 0, 0, 0, 0, 3, 2, 0),     -- at-bats, doubles, strikeouts unknown; no pitch count
    (1, '2019-06-05', 2019, 'A', 4, 4, 1, 1, 0, 0, NULL, 0, NULL, NULL, 0, 0, 0, 0, NULL, 2, 10); -- walks, runs, steals unknown
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, games_started, outs_pitched, batters_faced, hits_allowed, runs_allowed, earned_runs,
    home_runs_allowed, walks_allowed, strikeouts_pitched, hit_batsmen, ground_outs_pitched, air_outs_pitched, pitches_thrown, strikes_thrown)
VALUES
    (2, '2018-06-01', 2018, 'A', 1, 18, 25, 5, 3, 2, 1, 2, 6, NULL, 6, 4, 90, 60),
    (2, '2019-06-01', 2019, 'A', 1, 15, NULL, 6, 2, NULL, 0, 3, 4, 1, 5, 3, 80, NULL),  -- earned runs, strikes unknown; BF = 15+6+3+1
    (2, '2019-06-06', 2019, 'A', NULL, 3, 5, NULL, NULL, 1, NULL, 1, 2, 0, NULL, 1, 0, 12), -- a relief appearance of which little is known
    (2, '2019-06-09', 2019, 'A', 0, 0, 4, 3, 3, 3, 1, 1, 0, 0, 0, 0, NULL, 9);          -- no out, but batters: an appearance
-- By hand, each sum over the rows that are complete for it.
SELECT pg_temp.expect($$ SELECT 1 AS id, 5 AS career_games, 24 AS career_pa,
    (2 + 1 + 1) / (4 + 3 + 4)::float8 AS career_avg,                                 -- h, ab
    (2 + 1 + 1 + 1 + 1) / (4 + 3 + 1 + 1 + 1 + 1)::float8 AS career_obp,             -- h, bb, ab: the first two; hbp 0+1, sf 0+1
    (4 + 2 + 2 * 1 + 3 * 1) / (4 + 3 + 4)::float8 AS career_slg,                     -- h, b2, b3, hr, ab: 1, 2, 5
    (2 + 2 * 1 + 3 * 1) / (4 + 3 + 4 + 4)::float8 AS career_iso,                     -- b2, b3, hr, ab: not the fourth
    (4 - 1) / (11 - 3 - 1 + 1)::float8 AS career_babip,                              -- h, hr, ab, so: 1, 2, 5
    (0.690 * (2 - 1) + 0.722 * 1 + 0.888 * (3 - 1 - 1 - 1) + 1.271 * 1 + 1.616 * 1 + 2.101 * 1) / (7 + 2 - 1 + 1 + 1) AS career_woba, -- 1, 2
    4 / (5 + 5 + 4 + 6)::float8 AS career_bb_rate,                                   -- not the fifth
    4 / (5 + 5 + 4 + 4)::float8 AS career_k_rate,                                    -- not the fourth
    1 / 24::float8 AS career_hr_rate,                                                -- all
    (2 + 1 + 1) / (5 + 5 + 4 + 4)::float8 AS career_xbh_rate,                        -- not the fourth
    (2 + 1) / (3 - 1 - 1 - 1 + 2 + 1)::float8 AS career_sb_attempt_rate,             -- 1, 2
    2 / (2 + 1)::float8 AS career_sb_success_rate,                                   -- sb: 1, 2, 3, 4
    (1 + 2 + 3) / (0 + 1 + 2)::float8 AS career_go_ao_ratio,                         -- 1, 2, 4
    (20 + 15 + 10) / (5 + 4 + 4)::float8 AS career_pitches_per_pa,                   -- 1, 3, 5
    2 / 4::float8 AS bb_k_ratio,                                                     -- bb, so: 1, 2, 3
    2 * 1 * 2 / (1 + 2)::float8 AS power_speed_number,                               -- hr, sb: 1, 2, 3, 4
    (1 + 2 + 4) / (5 + 5 + 4)::float8 AS three_true_outcomes_rate                    -- hr, bb, so: 1, 2, 3
    $$) AS features;
SELECT pg_temp.expect($$ SELECT 2 AS id, 4 AS pitch_career_games, 36 / 3 AS pitch_career_ip, 12 / 4::float8 AS pitch_career_ip_per_game,
    2 / 3::float8 AS pitch_career_starts_share,                                      -- games_started: 1, 2, 4
    27 * (2 + 1 + 3) / (18 + 3 + 0)::float8 AS pitch_career_era,                     -- er: 1, 3, 4
    3 * (13 * (1 + 0 + 1) + 3 * (2 + 3 + 1 + 0 + 1 + 0) - 2 * (6 + 4 + 0)) / (18 + 15 + 0)::float8 + 3.10 AS pitch_career_fip, -- 1, 2, 4
    3 * (2 + 3 + 1 + 5 + 6 + 3) / (18 + 15 + 0)::float8 AS pitch_career_whip,        -- bba, ha: 1, 2, 4
    (6 + 4 + 2 + 0) / (25 + 25 + 5 + 4)::float8 AS pitch_career_k_rate, (2 + 3 + 1 + 1) / (25 + 25 + 5 + 4)::float8 AS pitch_career_bb_rate,
    (12 - 7) / 59::float8 AS pitch_career_k_minus_bb, 12 / 7::float8 AS pitch_career_k_bb_ratio,
    27 * 2 / 33::float8 AS pitch_career_hr9,                                         -- hra: 1, 2, 4
    (14 - 2) / (54 - 10 - 2 - 6 - 1)::float8 AS pitch_career_babip,                  -- ha, hra, kp, bba: 1, 2, 4
    (14 + 6 + 1 - 8) / (14 + 6 + 1 - 1.4 * 2) AS pitch_career_lob_rate,              -- ha, bba, ra, hra: 1, 2, 4
    11 / 7::float8 AS pitch_career_go_ao_ratio,                                      -- gop, aop: 1, 2, 4
    60 / 90::float8 AS pitch_career_strike_rate, (90 + 80) / (25 + 25)::float8 AS pitch_career_pitches_per_bf,
    27 * 4 / 3::float8 AS pitch_last_season_era, 18 / 3 AS pitch_last_season_ip,
    3 * (13 * 1 + 3 * (3 + 1 + 1) - 2 * 4) / 15::float8 + 3.10 AS pitch_last_season_fip $$) AS features;
SELECT * FROM pg_temp.wrong(2019);
SELECT v.name, round(v.value::numeric, 6) AS value FROM pg_temp.long(2019) v JOIN expected e USING (id, name) ORDER BY id, array_position(dynasty.feature_names(), v.name);
-- A count that a source never reports leaves its rates unknown and the totals as they are.
UPDATE dynasty.milb_game_logs SET earned_runs = NULL, strikeouts = NULL;
SELECT id, name, value FROM pg_temp.long(2019) WHERE name IN ('pitch_career_era', 'career_k_rate', 'career_pa', 'pitch_career_ip') AND value IS NOT NULL ORDER BY 1, 2;
-- Rates without a denominator: no at-bat, no out, nothing put in play.
UPDATE dynasty.milb_game_logs SET at_bats = 0, strikeouts = 0, hits = 0, home_runs = 0, walks = 0, outs_pitched = 0, earned_runs = 1;
SELECT id, name, value FROM pg_temp.long(2019)
WHERE name IN ('career_avg', 'career_slg', 'career_babip', 'bb_k_ratio', 'pitch_career_era', 'pitch_career_fip', 'pitch_career_ip', 'power_speed_number') AND value IS NOT NULL ORDER BY 1, 2;
