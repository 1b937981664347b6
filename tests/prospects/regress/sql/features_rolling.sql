-- Rolling windows, recent form and halves of the last season, against window functions over the rows.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/features_setup.sql'
\i :setup
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'Hitter', 'SS'), (2, 'Pitcher', 'SP'), (3, 'Eleven games', 'SS'), (4, 'Ten games', 'SS'), (5, 'Four appearances', 'SP'),
    (6, 'Five appearances', 'RP');
-- 25 games in 2018 and 36 in 2019; here and there something is unknown, and twelve games in a row without any chance to get on base.
INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_date, season, level, plate_appearances, at_bats, hits, doubles, triples, home_runs, walks, strikeouts, hit_by_pitch, sacrifice_flies, sacrifice_hits)
SELECT g, 1, CASE WHEN g <= 25 THEN date '2018-06-01' ELSE date '2019-05-01' END + g, CASE WHEN g <= 25 THEN 2018 ELSE 2019 END, 'A', 4,
       CASE WHEN g BETWEEN 5 AND 16 THEN 0 WHEN g % 17 = 0 THEN NULL ELSE 4 - g % 2 END, CASE WHEN g BETWEEN 5 AND 16 THEN 0 WHEN g % 19 = 0 THEN NULL ELSE g * g % 4 END,
       0, 0, CASE WHEN g % 7 = 0 AND g > 16 THEN 1 ELSE 0 END, CASE WHEN g BETWEEN 5 AND 16 THEN 0 ELSE g * g % 5 / 4 END, g * g % 5, CASE WHEN g % 20 = 0 THEN 1 END, NULL, CASE WHEN g BETWEEN 5 AND 16 THEN 4 END
FROM generate_series(1, 61) g;
INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_date, season, level, outs_pitched, batters_faced, hits_allowed, walks_allowed, strikeouts_pitched, home_runs_allowed, hit_batsmen)
SELECT 100 + g, 2, CASE WHEN g <= 8 THEN date '2018-06-01' ELSE date '2019-05-01' END + 5 * g, CASE WHEN g <= 8 THEN 2018 ELSE 2019 END, 'A', 10 + g % 5, CASE WHEN g % 4 > 0 THEN 20 + g % 3 END,
       g % 6, CASE WHEN g <> 6 THEN g % 3 END, g * g % 7, g % 2, CASE WHEN g % 3 = 0 THEN 1 END
FROM generate_series(1, 19) g;
INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_date, season, level, plate_appearances, at_bats, hits, doubles, triples, home_runs, walks, strikeouts)
SELECT 200 + 20 * who + g, who, date '2019-05-01' + g, 2019, 'A', 4, 4, g % 3, 0, 0, 0, 0, 1 FROM (VALUES (3, 11), (4, 10)) v (who, n), generate_series(1, n) g;
INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_date, season, level, outs_pitched, batters_faced, walks_allowed, strikeouts_pitched, home_runs_allowed)
SELECT 300 + 20 * who + g, who, date '2019-05-01' + g, 2019, 'A', 3, 4, g % 2, g % 3, 0 FROM (VALUES (5, 4), (6, 5)) v (who, n), generate_series(1, n) g;
-- The rows of contract 5.3 and what is summed over them.
CREATE TEMP VIEW h AS
SELECT l.*, row_number() OVER w AS at, count(*) OVER (PARTITION BY prospect_id) AS n,
       season = max(season) OVER (PARTITION BY prospect_id) AS last
FROM dynasty.milb_game_logs l WHERE plate_appearances > 0 WINDOW w AS (PARTITION BY prospect_id ORDER BY game_date, game_number, id);
CREATE TEMP VIEW p AS
SELECT l.*, coalesce(batters_faced, outs_pitched + coalesce(hits_allowed, 0) + coalesce(walks_allowed, 0) + coalesce(hit_batsmen, 0)) AS bf,
       row_number() OVER w AS at, count(*) OVER (PARTITION BY prospect_id) AS n, season = max(season) OVER (PARTITION BY prospect_id) AS last
FROM dynasty.milb_game_logs l WHERE outs_pitched > 0 WINDOW w AS (PARTITION BY prospect_id ORDER BY game_date, game_number, id);
CREATE FUNCTION pg_temp.windows(size integer) RETURNS TABLE (id integer, obp float8) LANGUAGE sql AS $$
    SELECT prospect_id, CASE WHEN count(*) OVER w = size THEN
        (sum(hits + walks + coalesce(hit_by_pitch, 0)) OVER w)::float8 / nullif(sum(at_bats + walks + coalesce(hit_by_pitch, 0) + coalesce(sacrifice_flies, 0)) OVER w, 0) END
    FROM h WHERE hits + walks + at_bats IS NOT NULL
    WINDOW w AS (PARTITION BY prospect_id ORDER BY game_date, game_number, id ROWS BETWEEN size - 1 PRECEDING AND CURRENT ROW)
$$;
INSERT INTO expected SELECT id, 'rolling10_obp_sd', stddev_samp(obp) FROM pg_temp.windows(10) GROUP BY 1 UNION ALL SELECT id, 'rolling30_obp_sd', stddev_samp(obp) FROM pg_temp.windows(30) GROUP BY 1;
SELECT count(*) FILTER (WHERE obp IS NULL) AS first_or_without_chances, count(obp) AS windows FROM pg_temp.windows(10) WHERE id = 1;
INSERT INTO expected
SELECT prospect_id, 'pitch_rolling5_k_minus_bb_sd', stddev_samp(kbb)
FROM (SELECT prospect_id, CASE WHEN count(*) OVER w = 5 THEN (sum(strikeouts_pitched - walks_allowed) OVER w)::float8 / nullif(sum(bf) OVER w, 0) END AS kbb
      FROM p WHERE strikeouts_pitched + walks_allowed IS NOT NULL WINDOW w AS (PARTITION BY prospect_id ORDER BY game_date, game_number, id ROWS BETWEEN 4 PRECEDING AND CURRENT ROW)) x
GROUP BY 1;
-- OPS, K and BB rates of any set of rows, each sum over its complete rows.
CREATE TEMP VIEW of_sets AS
SELECT prospect_id, set,
       (sum(h.hits + h.walks + coalesce(hit_by_pitch, 0)) FILTER (WHERE hits + walks + at_bats IS NOT NULL))::float8
           / nullif(sum(at_bats + walks + coalesce(hit_by_pitch, 0) + coalesce(sacrifice_flies, 0)) FILTER (WHERE hits + walks + at_bats IS NOT NULL), 0)
       + (sum(hits + doubles + 2 * triples + 3 * home_runs) FILTER (WHERE hits + at_bats + doubles + triples + home_runs IS NOT NULL))::float8
           / nullif(sum(at_bats) FILTER (WHERE hits + at_bats + doubles + triples + home_runs IS NOT NULL), 0) AS ops,
       sum(strikeouts)::float8 / sum(plate_appearances) AS k, sum(walks)::float8 / sum(plate_appearances) AS bb, max(n) AS n, max(of_last) AS of_last
FROM (SELECT h.*, count(*) FILTER (WHERE last) OVER (PARTITION BY prospect_id) AS of_last,
             row_number() OVER (PARTITION BY prospect_id, last ORDER BY at) AS at_of_last FROM h) h,
     LATERAL (VALUES ('last30', at > n - 30), ('last', last), ('first half', last AND at_of_last <= of_last / 2), ('second half', last AND at_of_last > of_last / 2)) s (set, included)
WHERE included GROUP BY 1, 2;
INSERT INTO expected
SELECT a.prospect_id, v.name, CASE WHEN a.n >= 10 THEN v.value END
FROM of_sets a JOIN of_sets b USING (prospect_id), LATERAL (VALUES ('last30_ops', a.ops), ('last30_ops_delta', a.ops - b.ops), ('last30_k_rate_delta', a.k - b.k), ('last30_bb_rate_delta', a.bb - b.bb)) v (name, value)
WHERE a.set = 'last30' AND b.set = 'last'
UNION ALL
SELECT a.prospect_id, 'half_season_ops_delta', CASE WHEN a.of_last >= 20 THEN b.ops - a.ops END FROM of_sets a JOIN of_sets b USING (prospect_id) WHERE a.set = 'first half' AND b.set = 'second half';
CREATE TEMP VIEW p_sets AS
SELECT prospect_id, set, 3 * (13 * sum(home_runs_allowed) + 3 * (sum(walks_allowed) + sum(coalesce(hit_batsmen, 0))) - 2 * sum(strikeouts_pitched)) / sum(outs_pitched)::float8 + 3.10 AS fip,
       sum(strikeouts_pitched - walks_allowed) / sum(bf)::float8 AS kbb, max(n) AS n, max(of_last) AS of_last
FROM (SELECT p.*, count(*) FILTER (WHERE last) OVER (PARTITION BY prospect_id) AS of_last, row_number() OVER (PARTITION BY prospect_id, last ORDER BY at) AS at_of_last FROM p) p,
     LATERAL (VALUES ('last10', at > n - 10), ('last', last), ('first half', last AND at_of_last <= of_last / 2), ('second half', last AND at_of_last > of_last / 2)) s (set, included)
WHERE included AND walks_allowed IS NOT NULL GROUP BY 1, 2;
INSERT INTO expected
SELECT a.prospect_id, v.name, CASE WHEN a.n >= 5 THEN v.value END
FROM p_sets a JOIN p_sets b USING (prospect_id), LATERAL (VALUES ('pitch_last10_fip', a.fip), ('pitch_last10_fip_delta', a.fip - b.fip), ('pitch_last10_k_minus_bb_delta', a.kbb - b.kbb)) v (name, value)
WHERE a.set = 'last10' AND b.set = 'last'
UNION ALL
SELECT a.prospect_id, 'pitch_half_season_k_minus_bb_delta', CASE WHEN a.of_last >= 10 THEN b.kbb - a.kbb END FROM p_sets a JOIN p_sets b USING (prospect_id) WHERE a.set = 'first half' AND b.set = 'second half';
SELECT count(*) AS compared, count(value) AS not_null FROM expected;
SELECT * FROM pg_temp.wrong(2019);
SELECT id, name, round(value::numeric, 6) AS value FROM pg_temp.long(2019) JOIN (SELECT id, name FROM expected) e USING (id, name) ORDER BY id, array_position(dynasty.feature_names(), name);
