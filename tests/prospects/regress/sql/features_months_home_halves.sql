-- Calendar months, home and away, and the spread of seasons, against GROUP BY. An odd season's middle game is in its second half.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/features_setup.sql'
\i :setup
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'Hitter', 'SS'), (2, 'Pitcher', 'SP'), (3, 'Nineteen at home', 'SS'), (4, 'Fourteen outs at home', 'SP'), (5, 'Same month', 'SS'),
    (6, 'Odd', 'SS'), (7, 'Nineteen games', 'SS');
-- Every other day from April to September of three seasons; the end of September has too few plate appearances for a month.
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, is_home, plate_appearances, at_bats, hits, doubles, triples, home_runs, walks, strikeouts)
SELECT 1, make_date(y, 4, 20) + 2 * g, y, CASE WHEN g < 40 THEN 'A' ELSE 'AA' END, CASE g % 5 WHEN 0 THEN NULL WHEN 1 THEN true WHEN 2 THEN true ELSE false END,
       4, 4 - g % 2, (g * g + y) % 3 + CASE WHEN g % 10 = 1 THEN 1 ELSE 0 END, CASE WHEN (g * g + y) % 3 = 2 AND g % 2 = 0 THEN 1 ELSE 0 END, 0, 0, g % 2, g % 3
FROM generate_series(2017, 2019) y, generate_series(0, 69) g;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, is_home, outs_pitched, walks_allowed, strikeouts_pitched, home_runs_allowed, hit_batsmen)
SELECT 2, make_date(y, 4, 20) + 5 * g, y, 'A', CASE g % 5 WHEN 0 THEN NULL WHEN 1 THEN true WHEN 2 THEN true ELSE false END, 3 + g % 4, g % 3, (g + y) % 5, CASE WHEN g % 7 = 0 THEN 1 ELSE 0 END, g % 2
FROM generate_series(2017, 2019) y, generate_series(0, 27) g;
-- 19 plate appearances at home and 20 away; then one more at home.
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, is_home, plate_appearances, at_bats, hits, doubles, triples, home_runs, walks, outs_pitched, strikeouts_pitched, walks_allowed, home_runs_allowed)
VALUES (3, '2019-05-01', 2019, 'A', true, 19, 15, 5, 1, 0, 0, 4, NULL, NULL, NULL, NULL), (3, '2019-05-02', 2019, 'A', false, 20, 16, 4, 0, 0, 0, 4, NULL, NULL, NULL, NULL),
       (4, '2019-05-01', 2019, 'A', true, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 14, 5, 1, 0), (4, '2019-05-02', 2019, 'A', false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 15, 3, 1, 1),
       -- June of 2018 and June of 2019 are two months.
       (5, '2018-06-30', 2018, 'A', true, 20, 20, 5, 0, 0, 0, 0, NULL, NULL, NULL, NULL), (5, '2019-06-01', 2019, 'A', true, 20, 20, 10, 0, 0, 0, 0, NULL, NULL, NULL, NULL);
-- 21 games: ten in the first half, eleven in the second. One hit in the eleventh, none else.
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances, at_bats, hits, doubles, triples, home_runs, walks)
SELECT 6, date '2019-05-01' + g, 2019, 'A', 4, 4, CASE WHEN g = 11 THEN 1 ELSE 0 END, 0, 0, 0, 0 FROM generate_series(1, 21) g UNION ALL
SELECT 7, date '2019-05-01' + g, 2019, 'A', 4, 4, CASE WHEN g = 11 THEN 1 ELSE 0 END, 0, 0, 0, 0 FROM generate_series(1, 19) g;
CREATE TEMP VIEW groups AS
SELECT prospect_id AS id, s.by, s.key, sum(plate_appearances) AS pa,
       (sum(hits) + sum(walks))::float8 / nullif(sum(at_bats) + sum(walks), 0) + (sum(hits) + sum(doubles) + 2 * sum(triples) + 3 * sum(home_runs))::float8 / nullif(sum(at_bats), 0) AS ops,
       sum(outs_pitched) AS outs,
       3 * (13 * sum(home_runs_allowed) + 3 * (sum(walks_allowed) + coalesce(sum(hit_batsmen), 0)) - 2 * sum(strikeouts_pitched)) / sum(outs_pitched)::float8 + 3.10 AS fip
FROM dynasty.milb_game_logs, LATERAL (VALUES ('month', to_char(game_date, 'YYYY-MM')), ('home', is_home::text), ('season', season::text)) s (by, key)
WHERE s.key IS NOT NULL GROUP BY 1, 2, 3;
SELECT id, by, count(*), count(*) FILTER (WHERE pa >= CASE by WHEN 'season' THEN 50 ELSE 20 END) AS enough_pa, count(*) FILTER (WHERE outs >= CASE by WHEN 'season' THEN 45 ELSE 15 END) AS enough_outs
FROM groups WHERE id <= 2 GROUP BY 1, 2 ORDER BY 1, 2;
INSERT INTO expected
SELECT id, 'monthly_ops_sd', stddev_samp(ops) FILTER (WHERE by = 'month' AND pa >= 20) FROM groups WHERE id NOT IN (2, 4) GROUP BY 1 UNION ALL
SELECT id, 'season_ops_sd', stddev_samp(ops) FILTER (WHERE by = 'season' AND pa >= 50) FROM groups WHERE id NOT IN (2, 4) GROUP BY 1 UNION ALL
SELECT id, 'home_away_ops_delta', max(ops) FILTER (WHERE by = 'home' AND key = 'true' AND pa >= 20) - max(ops) FILTER (WHERE by = 'home' AND key = 'false' AND pa >= 20) FROM groups WHERE id NOT IN (2, 4) GROUP BY 1 UNION ALL
SELECT id, 'pitch_monthly_fip_sd', stddev_samp(fip) FILTER (WHERE by = 'month' AND outs >= 15) FROM groups WHERE id IN (2, 4) GROUP BY 1 UNION ALL
SELECT id, 'pitch_season_fip_sd', stddev_samp(fip) FILTER (WHERE by = 'season' AND outs >= 45) FROM groups WHERE id IN (2, 4) GROUP BY 1 UNION ALL
SELECT id, 'pitch_home_away_fip_delta', max(fip) FILTER (WHERE by = 'home' AND key = 'true' AND outs >= 15) - max(fip) FILTER (WHERE by = 'home' AND key = 'false' AND outs >= 15) FROM groups WHERE id IN (2, 4) GROUP BY 1;
-- 1 hit of 44 at-bats in the second half: OBP and SLG 1/44 each.
INSERT INTO expected VALUES (6, 'half_season_ops_delta', 2 / 44::float8), (7, 'half_season_ops_delta', NULL);
SELECT * FROM pg_temp.wrong(2019);
SELECT v.id, v.name, round(v.value::numeric, 6) AS value FROM pg_temp.long(2019) v JOIN expected e USING (id, name) ORDER BY 1, 2;
-- The twentieth plate appearance, the fifteenth out.
UPDATE dynasty.milb_game_logs SET plate_appearances = 20 WHERE prospect_id = 3 AND is_home;
UPDATE dynasty.milb_game_logs SET outs_pitched = 15 WHERE prospect_id = 4 AND is_home;
SELECT pg_temp.same(pg_temp.feature(3, 2019, 'home_away_ops_delta'), 9 / 19.0::float8 + 6 / 15.0 - (8 / 20.0 + 4 / 16.0)) AS home_away,
       pg_temp.same(pg_temp.feature(4, 2019, 'pitch_home_away_fip_delta'), 3 * (3 - 10) / 15::float8 - 3 * (13 + 3 - 6) / 15::float8) AS pitch_home_away;
