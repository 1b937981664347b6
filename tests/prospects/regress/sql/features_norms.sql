-- The averages of a level: five prospects or none; hitters' games make the hitters' norm and pitchers' the pitchers', by
-- listed position, whatever the role; he himself is among them. Against the contract's formulas in plain SQL.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/features_setup.sql'
\i :setup
INSERT INTO dynasty.prospects (id, name, position, birth_date)
SELECT n, 'Hitter ' || n, 'CF', date '1998-01-01' + 100 * n FROM generate_series(1, 6) n UNION ALL
SELECT n, 'Pitcher ' || n, 'SP', CASE WHEN n > 11 THEN date '1997-01-01' + 100 * n END FROM generate_series(11, 16) n;
INSERT INTO dynasty.prospects (id, name, position) VALUES (20, 'Both', 'DH'), (21, 'Both', 'P');
-- 2018 at A: five hitters and five pitchers. At AA: four of each. 2019 at A: six.
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances, at_bats, hits, doubles, triples, home_runs, walks, strikeouts, sacrifice_flies)
SELECT n, date '2018-05-01' + g, 2018, 'A', 5, 4, (n + g) % 4, CASE WHEN g % 3 = 0 THEN NULL ELSE (n + g) % 4 / 2 END, 0, CASE WHEN (n + g) % 4 = 3 THEN 1 ELSE 0 END, 1, g % 3, NULL
FROM generate_series(1, 5) n, generate_series(1, 10 + n) g UNION ALL
SELECT n, date '2018-08-01' + g, 2018, 'AA', 5, 4, (n + g) % 4, 0, 0, 0, 1, g % 3, 0 FROM generate_series(1, 4) n, generate_series(1, 10) g UNION ALL
SELECT n, date '2019-05-01' + g, 2019, 'A', 5, 4, (n * g) % 4, 0, 0, 0, 1, g % 3, 0 FROM generate_series(1, 6) n, generate_series(1, 10) g;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, outs_pitched, hits_allowed, earned_runs, walks_allowed, strikeouts_pitched, home_runs_allowed, hit_batsmen, batters_faced)
SELECT n, date '2018-05-01' + 5 * g, 2018, 'A', 10 + g, 5, CASE WHEN g % 4 > 0 THEN g % 3 END, g % 3, n % 5, g % 2, NULL, CASE WHEN g % 2 = 0 THEN 20 + n END
FROM generate_series(11, 15) n, generate_series(1, n) g UNION ALL
SELECT n, date '2018-08-01' + g, 2018, 'AA', 10, 5, 1, 1, 5, 0, 0, 15 FROM generate_series(11, 14) n, generate_series(1, 10) g;
-- Two who do both. What a listed hitter pitches and a listed pitcher bats is in no norm, but is compared with it.
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances, at_bats, hits, doubles, triples, home_runs, walks, strikeouts,
    outs_pitched, earned_runs, walks_allowed, strikeouts_pitched, home_runs_allowed, batters_faced)
SELECT n, date '2018-06-01' + g, 2018, 'A', 4, 4, 3, 1, 0, 1, 0, 1, 3, 2, 1, 2, 0, 6 FROM (VALUES (20), (21)) v (n), generate_series(1, 30) g;
-- Not counted: playoffs, and a row dated after its season.
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, game_type, plate_appearances, at_bats, hits, strikeouts, walks, doubles, triples, home_runs) VALUES
    (6, '2018-09-01', 2018, 'A', 'Playoffs', 500, 500, 500, 0, 0, 0, 0, 0), (6, '2019-01-01', 2018, 'A', NULL, 500, 500, 500, 0, 0, 0, 0, 0);
CREATE TEMP VIEW games AS
SELECT l.*, p.position IN ('P', 'SP', 'RP', 'RHP', 'LHP') AS is_pitcher, p.birth_date,
       coalesce(batters_faced, outs_pitched + coalesce(hits_allowed, 0) + coalesce(walks_allowed, 0) + coalesce(hit_batsmen, 0)) AS bf
FROM dynasty.milb_game_logs l JOIN dynasty.prospects p ON p.id = prospect_id
WHERE coalesce(game_type, 'Regular') = 'Regular' AND game_date <= make_date(season, 12, 31);
CREATE TEMP VIEW hitting AS -- of each prospect (id), and of all listed hitters (id NULL)
SELECT g.id, season, level, count(DISTINCT prospect_id) AS people, sum(plate_appearances) AS pa,
       (sum(hits) + sum(walks))::float8 / (sum(at_bats) + sum(walks)  + coalesce(sum(sacrifice_flies), 0))
           + (sum(hits + doubles + 2 * triples + 3 * home_runs) FILTER (WHERE doubles IS NOT NULL))::float8 / sum(at_bats) FILTER (WHERE doubles IS NOT NULL) AS ops,
       sum(strikeouts)::float8 / sum(plate_appearances) AS k, sum(walks)::float8 / sum(plate_appearances) AS bb,
       (sum(doubles + 2 * triples + 3 * home_runs))::float8 / sum(at_bats) FILTER (WHERE doubles IS NOT NULL) AS iso,
       (sum(hits) - sum(home_runs))::float8 / (sum(at_bats) - sum(strikeouts) - sum(home_runs) + coalesce(sum(sacrifice_flies), 0)) AS babip
FROM games, LATERAL (SELECT prospect_id AS id UNION ALL SELECT NULL WHERE NOT is_pitcher) g WHERE plate_appearances > 0 GROUP BY 1, 2, 3;
CREATE TEMP VIEW pitching AS
SELECT g.id, season, level, count(DISTINCT prospect_id) AS people, sum(outs_pitched) AS outs,
       27 * sum(earned_runs)::float8 / sum(outs_pitched) FILTER (WHERE earned_runs IS NOT NULL) AS era,
       3 * (13 * sum(home_runs_allowed) + 3 * (sum(walks_allowed) + coalesce(sum(hit_batsmen), 0)) - 2 * sum(strikeouts_pitched)) / sum(outs_pitched)::float8 + 3.10 AS fip,
       (sum(strikeouts_pitched) - sum(walks_allowed))::float8 / sum(bf) AS kbb
FROM games, LATERAL (SELECT prospect_id AS id UNION ALL SELECT NULL WHERE is_pitcher) g WHERE outs_pitched > 0 GROUP BY 1, 2, 3;
CREATE TEMP VIEW ages AS
SELECT season, level, avg(age) AS norm, count(*) AS people
FROM (SELECT DISTINCT season, level, prospect_id, (make_date(season, 7, 1) - birth_date) / 365.25::float8 AS age FROM games WHERE birth_date IS NOT NULL) a GROUP BY 1, 2;
SELECT 'hitters' AS of, season, level, people FROM hitting WHERE id IS NULL UNION ALL SELECT 'pitchers', season, level, people FROM pitching WHERE id IS NULL
UNION ALL SELECT 'ages', season, level, people FROM ages ORDER BY 1, 2, 3;
-- Listed hitter 20 has 90 outs and listed pitcher 21 has 120 plate appearances: both have both roles, and are compared with norms they are no part of.
INSERT INTO expected
SELECT p.id, v.name, v.value
FROM dynasty.prospects p LEFT JOIN LATERAL (
    SELECT sum(h.pa * (h.ops - n.ops)) / sum(h.pa) AS ops, sum(h.pa * (h.k - n.k)) / sum(h.pa) AS k, sum(h.pa * (h.bb - n.bb)) / sum(h.pa) AS bb,
           sum(h.pa * (h.iso - n.iso)) / sum(h.pa) AS iso, sum(h.pa * (h.babip - n.babip)) / sum(h.pa) AS babip
    FROM hitting h JOIN hitting n USING (season, level) WHERE h.id = p.id AND n.id IS NULL AND n.people >= 5) h ON true,
    LATERAL (VALUES ('ops_vs_level', h.ops), ('k_rate_vs_level', h.k), ('bb_rate_vs_level', h.bb), ('iso_vs_level', h.iso), ('babip_vs_level', h.babip)) v (name, value)
WHERE p.position IN ('CF', 'DH') OR p.id = 21;
INSERT INTO expected
SELECT p.id, v.name, v.value
FROM dynasty.prospects p LEFT JOIN LATERAL (
    SELECT sum(h.outs * (h.era - n.era)) / sum(h.outs) AS era, sum(h.outs * (h.fip - n.fip)) / sum(h.outs) AS fip, sum(h.outs * (h.kbb - n.kbb)) / sum(h.outs) AS kbb
    FROM pitching h JOIN pitching n USING (season, level) WHERE h.id = p.id AND n.id IS NULL AND n.people >= 5) h ON true,
    LATERAL (VALUES ('pitch_era_vs_level', h.era), ('pitch_fip_vs_level', h.fip), ('pitch_k_minus_bb_vs_level', h.kbb)) v (name, value)
WHERE p.position IN ('SP', 'P') OR p.id = 20;
CREATE TEMP VIEW aged AS -- games of each stint, and the age less the norm
SELECT s.*, (make_date(s.season, 7, 1) - p.birth_date) / 365.25::float8 - a.norm AS against,
       max(s.season) OVER (PARTITION BY prospect_id) AS last, max(s.level) OVER (PARTITION BY prospect_id) AS top -- 'A' < 'AA', the only two
FROM (SELECT prospect_id, season, level, count(*) AS n FROM games GROUP BY 1, 2, 3) s JOIN dynasty.prospects p ON p.id = prospect_id
LEFT JOIN ages a ON (a.season, a.level) = (s.season, s.level) AND a.people >= 5;
INSERT INTO expected
SELECT prospect_id, v.name, sum(n * against) FILTER (WHERE v.included) / sum(n) FILTER (WHERE v.included AND against IS NOT NULL)
FROM aged, LATERAL (VALUES ('age_vs_level_career', true), ('age_vs_level_last_season', season = last), ('age_vs_top_level', level = top)) v (name, included) GROUP BY 1, 2;
SELECT count(*) AS compared, count(value) AS not_null FROM expected;
SELECT * FROM pg_temp.wrong(2019);
SELECT count(*) AS forms_differ FROM generate_series(2017, 2020) y, pg_temp.forms_differ(y);
SELECT name, count(value) AS known, round(avg(value)::numeric, 6) AS mean FROM pg_temp.long(2019) WHERE name IN (SELECT name FROM expected) GROUP BY 1 ORDER BY 1;
-- Of four at AA nothing is normal. A fifth hitter, with one plate appearance of which nothing is known, is enough.
SELECT pg_temp.feature(1, 2018, 'k_rate_vs_level') AS without_aa;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances) VALUES (6, '2018-08-01', 2018, 'AA', 1);
SELECT pg_temp.same(pg_temp.feature(1, 2018, 'k_rate_vs_level'),
    (SELECT sum(h.pa * (h.k - n.k)) / sum(h.pa) FROM hitting h
     JOIN (SELECT level, sum(strikeouts)::float8 / sum(plate_appearances) FILTER (WHERE strikeouts IS NOT NULL) AS k FROM games WHERE NOT is_pitcher AND plate_appearances > 0 AND season = 2018 GROUP BY 1) n USING (level)
     WHERE h.id = 1 AND h.season = 2018)) AS with_aa;
-- The position decides: one of the five hitters of AA becomes a pitcher.
UPDATE dynasty.prospects SET position = 'RP' WHERE id = 6;
SELECT pg_temp.feature(1, 2018, 'k_rate_vs_level') AS without_aa_again;
-- A birth date the fewer, for the ages: at AA 4 hitters and 3 pitchers had one, 6 too.
SELECT people FROM ages WHERE season = 2018 AND level = 'AA';
UPDATE dynasty.prospects SET birth_date = NULL WHERE id > 1 AND position <> 'SP';
SELECT people, pg_temp.feature(1, 2018, 'age_vs_top_level') FROM ages WHERE season = 2018 AND level = 'AA';
SELECT count(*) AS forms_differ FROM generate_series(2017, 2020) y, pg_temp.forms_differ(y);
