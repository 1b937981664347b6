-- data_quality, pitching and the rest of one game: each bad game is found under its rules and no others.
INSERT INTO dynasty.prospects (id, name, position, birth_date) VALUES (1, 'Starter', 'SP', '2000-01-01');
-- The rules expected stand in the column team.
CREATE TEMP TABLE games (team text, outs int, bf int, h int, r int, er int, hr int, bb int, ibb int, so int, hb int, pitches int, strikes int, w int, l int, s int);
INSERT INTO games VALUES
    ('clean',                        18, 24, 5, 2, 2, 1, 1, 0, 8, 0, 95, 60, 1, 0, 0),
    ('clean',                        0, 3, 2, 3, 3, 1, 1, 0, 0, 0, 12, 4, 0, 1, 0),     -- did not get an out
    ('clean',                        3, 4, 0, 0, 0, 0, 0, 0, 4, 0, 20, 15, 0, 0, 1),    -- four strikeouts in an inning
    ('clean',                        6, 2, 0, 0, 0, 0, 0, 0, 2, 0, 6, 6, 0, 0, 0),      -- two triple plays
    ('clean',                        3, NULL, 9, NULL, 4, NULL, NULL, 2, NULL, NULL, NULL, 50, NULL, NULL, NULL),
    ('earned_runs_over_runs',        9, 15, 5, 2, 3, 0, 1, 0, 2, 0, 60, 40, 0, 0, 0),
    ('home_runs_allowed_over_hits',  9, 15, 1, 3, 3, 2, 1, 0, 2, 0, 60, 40, 0, 0, 0),
    ('home_runs_allowed_over_runs',  9, 15, 4, 1, 1, 2, 1, 0, 2, 0, 60, 40, 0, 0, 0),
    ('strikes_over_pitches',         9, 15, 4, 2, 2, 1, 1, 0, 2, 0, 60, 61, 0, 0, 0),
    ('outs_over_batters_faced',      10, 3, 0, 0, 0, 0, 0, 0, 2, 0, 60, 40, 0, 0, 0),
    ('batters_faced_identity',       9, 15, 8, 2, 2, 1, 4, 0, 3, 1, 60, 40, 0, 0, 0),
    ('strikeouts_over_outs_pitched', 3, 8, 0, 0, 0, 0, 1, 0, 5, 0, 60, 40, 0, 0, 0),
    ('decisions_over_one',           9, 15, 4, 2, 2, 1, 1, 0, 2, 0, 60, 40, 1, 0, 1),
    ('decisions_over_one',           9, 15, 4, 2, 2, 1, 1, 0, 2, 0, 60, 40, NULL, 2, NULL),
    ('intentional_walks_over_walks', 9, 15, 4, 2, 2, 1, 1, 2, 2, 0, 60, 40, 0, 0, 0);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, game_type, level, team, outs_pitched, batters_faced, hits_allowed, runs_allowed, earned_runs,
    home_runs_allowed, walks_allowed, intentional_walks_allowed, strikeouts_pitched, hit_batsmen, pitches_thrown, strikes_thrown, wins, losses, saves)
SELECT 1, date '2020-06-01' + row_number() OVER ()::integer, 2020, 'Regular', 'A', g.* FROM games g;
-- Rates as printed, dates, types, empty lines.
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, game_type, level, team, hits, batting_avg, on_base_pct, slugging_pct, ops, babip) VALUES
    (1, '2020-07-01', 2020, 'Regular', 'A', 'clean', 0, 1, 1, 4, 5, 1),
    (1, '2020-07-02', 2020, 'Regular', 'A', 'rate_out_of_range', 0, 1.001, NULL, NULL, NULL, NULL),
    (1, '2020-07-03', 2020, 'Regular', 'A', 'rate_out_of_range', 0, NULL, -0.001, NULL, NULL, NULL),
    (1, '2020-07-04', 2020, 'Regular', 'A', 'rate_out_of_range', 0, NULL, NULL, 4.001, NULL, NULL),
    (1, '2020-07-05', 2020, 'Regular', 'A', 'rate_out_of_range', 0, NULL, NULL, NULL, 5.001, NULL),
    (1, '2020-07-06', 2020, 'Regular', 'A', 'rate_out_of_range', 0, NULL, NULL, NULL, NULL, 'NaN'),
    (1, '2020-07-07', 2020, 'Regular', 'A', 'rate_out_of_range', 0, NULL, NULL, 'NaN', NULL, NULL),
    (1, '2021-01-01', 2020, 'Regular', 'A', 'date_outside_season', 0, NULL, NULL, NULL, NULL, NULL),
    (1, '2020-07-08', 2021, 'Regular', 'A', 'date_outside_season', 0, NULL, NULL, NULL, NULL, NULL),
    (1, '2020-07-09', 2020, NULL, 'A', 'game_type_missing', 0, NULL, NULL, NULL, NULL, NULL),
    (1, '2020-07-10', 2020, 'Playoffs', 'A', 'empty_line', NULL, 0.3, NULL, NULL, NULL, NULL);
-- Expected and found; nothing differs.
SELECT l.game_date, l.team AS expected, string_agg(d.rule, ' ' ORDER BY d.rule) AS found
FROM dynasty.milb_game_logs l LEFT JOIN dynasty.data_quality d ON d.table_name = 'milb_game_logs' AND d.row_id = l.id
GROUP BY l.id HAVING l.team IS DISTINCT FROM coalesce(string_agg(d.rule, ' ' ORDER BY d.rule), 'clean');
SELECT rule, severity, prospect_id, season, detail FROM dynasty.data_quality ORDER BY row_id, rule;
