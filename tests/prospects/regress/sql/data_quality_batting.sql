-- data_quality, batting: each bad game is found under its rule and no other; good ones, and unknown numbers, are not.
INSERT INTO dynasty.prospects (id, name, position, birth_date) VALUES (1, 'Shortstop', 'SS', '2000-01-01');
-- The rule expected stands in the column team. Each game has a day of its own; the season is right.
CREATE TEMP TABLE games (team text, pa int, ab int, h int, b2 int, b3 int, hr int, r int, rbi int, bb int, ibb int, so int, hbp int, sf int, sh int);
INSERT INTO games VALUES
    ('clean',                          5, 4, 3, 1, 0, 1, 2, 3, 1, 1, 1, 0, 0, 0),
    ('clean',                          0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0), -- a pinch runner
    ('clean',                          6, 4, 0, 0, 0, 0, 0, 0, 1, 0, 4, 0, 0, 0), -- one catcher's interference
    ('clean',                          4, 4, 4, 0, 0, 4, 4, 4, 0, 0, 0, 0, 0, 0),
    ('clean',                          4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL, NULL, NULL, NULL, NULL),
    ('clean',                          NULL, 3, NULL, NULL, NULL, 2, NULL, NULL, NULL, 2, 3, NULL, NULL, NULL),
    ('hits_over_at_bats',              4, 4, 5, 0, 0, 0, 0, 0, 0, 0, NULL, 0, 0, 0),
    ('at_bats_over_plate_appearances plate_appearances_identity', 4, 5, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    ('plate_appearances_identity',     4, 3, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0),  -- one too few
    ('plate_appearances_identity',     6, 3, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0),  -- two too many
    ('walks_over_plate_appearances',   3, NULL, NULL, 0, 0, 0, 0, 0, 2, 0, 0, 1, 1, 0),
    ('extra_base_hits_over_hits',      4, 4, 2, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0),
    ('strikeouts_over_outs',           4, 4, 2, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0),
    ('intentional_walks_over_walks',   4, 3, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0),
    ('home_runs_over_runs',            4, 4, 2, 0, 0, 2, 1, 2, 0, 0, 0, 0, 0, 0),
    ('home_runs_over_runs',            4, 4, 2, 0, 0, 2, 2, 1, 0, 0, 0, 0, 0, 0);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, game_type, level, team, plate_appearances, at_bats, hits, doubles, triples, home_runs, runs, rbi,
    walks, intentional_walks, strikeouts, hit_by_pitch, sacrifice_flies, sacrifice_hits)
SELECT 1, date '2020-06-01' + row_number() OVER ()::integer, 2020, 'Regular', 'A', g.* FROM games g;
-- The largest numbers overflow nowhere.
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, game_type, level, team, plate_appearances, at_bats, hits, doubles, triples, home_runs, runs, rbi,
    walks, strikeouts, hit_by_pitch, sacrifice_flies, sacrifice_hits)
SELECT 1, '2020-08-01', 2020, 'Regular', 'A', 'huge',
       m, m, m, m, m, m, m, m, m, m, m, m, m FROM (VALUES (2147483647)) v (m);
SELECT rule FROM dynasty.data_quality WHERE detail LIKE '%huge%' ORDER BY 1;
DELETE FROM dynasty.milb_game_logs WHERE team = 'huge';
-- Expected and found; nothing differs.
SELECT l.game_date, l.team AS expected, string_agg(d.rule, ' ' ORDER BY d.rule) AS found
FROM dynasty.milb_game_logs l LEFT JOIN dynasty.data_quality d ON d.table_name = 'milb_game_logs' AND d.row_id = l.id
GROUP BY l.id HAVING l.team IS DISTINCT FROM coalesce(string_agg(d.rule, ' ' ORDER BY d.rule), 'clean');
SELECT rule, severity, prospect_id, season, detail FROM dynasty.data_quality ORDER BY row_id, rule;
SELECT count(*) AS findings, count(DISTINCT rule) AS rules FROM dynasty.data_quality;
