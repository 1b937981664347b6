-- Roles: by position, or by 100 plate appearances and 90 outs. What is of the other role is NULL.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/features_setup.sql'
\i :setup
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'Hitter', 'SS'), (2, 'Pitcher', 'LHP'), (3, 'Two-way hitter', 'DH'), (4, 'Two-way pitcher', 'RP'),
    (5, 'Hitter, 89 outs', 'C'), (6, 'Pitcher, 99 PA', 'P'), (7, 'Pitcher, 100 PA one in spring', 'SP'), (8, 'Pitcher, at-bats only', 'RHP');
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, game_type, plate_appearances, at_bats, hits, outs_pitched, batters_faced) VALUES
    (1, '2019-06-01', 2019, 'A', 'Regular', 50, 40, 10, NULL, NULL),
    (2, '2019-06-01', 2019, 'A', 'Regular', NULL, NULL, NULL, 18, 25),
    (3, '2019-06-01', 2019, 'A', 'Regular', 5, 4, 1, 45, 60), (3, '2020-06-01', 2020, 'A', 'Regular', 5, 4, 1, 45, 60),
    (4, '2019-06-01', 2019, 'A', 'Regular', 50, 40, 10, 3, 4), (4, '2020-06-01', 2020, 'A', 'Regular', 50, 40, 10, 3, 4),
    (5, '2019-06-01', 2019, 'A', 'Regular', 50, 40, 10, 89, 120),
    (6, '2019-06-01', 2019, 'A', 'Regular', 99, 90, 10, 30, 40),
    (7, '2019-06-01', 2019, 'A', 'Regular', 99, 90, 10, 30, 40), (7, '2019-03-01', 2019, 'A', 'Spring', 1, 1, 0, NULL, NULL),
    (8, '2019-06-01', 2019, 'A', 'Regular', NULL, 100, 10, 30, 40); -- 100 at-bats are 100 plate appearances
CREATE TEMP VIEW known AS
SELECT y AS as_of, v.id, max(v.value) FILTER (WHERE v.name = 'is_two_way') AS two_way,
       count(v.value) FILTER (WHERE c.applies_to = 'hitter') > 0 AS hitter, count(v.value) FILTER (WHERE c.applies_to = 'pitcher') > 0 AS pitcher,
       -- The counts, which are 0 and never NULL where the role holds.
       count(v.value) FILTER (WHERE c.applies_to = 'hitter' AND c.null_rule LIKE 'never%') AS hitter_counts,
       count(v.value) FILTER (WHERE c.applies_to = 'pitcher' AND c.null_rule LIKE 'never%') AS pitcher_counts,
       count(v.value) FILTER (WHERE c.applies_to = 'all' AND c.null_rule LIKE 'never%') AS counts_of_all,
       max(v.value) FILTER (WHERE v.name = 'career_pa') AS pa, max(v.value) FILTER (WHERE v.name = 'pitch_career_ip') AS ip
FROM (VALUES (2018), (2019), (2020)) years (y), pg_temp.long(y) v JOIN dynasty.feature_catalogue() c USING (name)
GROUP BY 1, 2;
SELECT applies_to, count(*) AS never_null FROM dynasty.feature_catalogue() WHERE null_rule LIKE 'never%' GROUP BY 1 ORDER BY 1;
-- 2018: nobody has played; the position alone decides.
SELECT * FROM known WHERE as_of = 2018 ORDER BY id;
-- 2019: 3 has 45 outs, 4 has 50 plate appearances.
SELECT * FROM known WHERE as_of = 2019 ORDER BY id;
-- 2020: 90 and 100.
SELECT * FROM known WHERE as_of = 2020 ORDER BY id;
-- Which documents are how full for each: a role that does not hold leaves only what applies to all.
SELECT v.id, c.category, c.applies_to, count(v.value) AS known FROM pg_temp.long(2019) v JOIN dynasty.feature_catalogue() c USING (name)
WHERE v.id IN (1, 2) AND c.applies_to <> 'all' GROUP BY 1, 2, 3 HAVING count(v.value) > 0 ORDER BY 1, 2, 3;
