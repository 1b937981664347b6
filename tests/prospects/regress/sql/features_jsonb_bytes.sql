-- The documents are built without text; every byte is what the server makes of their text.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/features_setup.sql'
\i :setup
SELECT count(*) FROM dynasty.simulate_league(30, 2014, 2018, 5);
-- Tiny and huge numbers of either sign: as far as integer counts go.
INSERT INTO dynasty.prospects (id, name, position, birth_date, signing_bonus_usd)
VALUES (-1, 'Giant', 'SS', '2000-07-01', 2147483647), (-2, 'Dwarf', 'SP', '2000-07-01', 0), (-3, 'Nobody', 'C', NULL, NULL);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, plate_appearances, at_bats, hits, doubles, triples, home_runs, walks,
    strikeouts, stolen_bases, runs, ground_outs, air_outs, pitches_seen, is_home)
SELECT -1, date '2018-04-01' + g, 2018, 'AA', 2147483647, 2147483647, CASE WHEN g = 3 THEN 1 ELSE 0 END, 0, 0, 0,
       g % 2 * 2147483647::bigint, 0, 0, 0, CASE WHEN g = 3 THEN 1 ELSE 0 END, 2147483647, 1, g % 2 = 0
FROM generate_series(1, 60) g;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, outs_pitched, batters_faced, earned_runs, runs_allowed, hits_allowed,
    home_runs_allowed, walks_allowed, strikeouts_pitched, ground_outs_pitched, air_outs_pitched, pitches_thrown, strikes_thrown)
SELECT -2, date '2018-04-01' + g, 2018, 'AA', 1 + g % 2, 2147483647, g % 3 * 715827882::bigint, 0, 7, 0, 0, 2147483647, 1, 2147483647, 2147483647, 1
FROM generate_series(1, 60) g;
SELECT min(abs(v)) < 1e-10 AS tiny, max(v) > 1e9 AS huge, min(v) < -1e9 AS hugely_negative
FROM dynasty.feature_matrix(2018), unnest(feature_values) v WHERE v <> 0;
-- Straight from the function: a table would compress them.
CREATE TEMP VIEW documents AS
SELECT n.prospect_id, d.name, d.document FROM dynasty.all_features(2018) n, LATERAL (VALUES ('bio', n.bio_features), ('scouting', n.scouting_features),
    ('performance', n.milb_performance), ('progression', n.milb_progression), ('consistency', n.milb_consistency), ('derived', n.derived_features),
    ('vector', n.feature_vector)) d (name, document);
-- As text, as value, as hash, by size, and every key found by the operators (which search the keys in binary order).
SELECT name, count(*) AS documents,
       count(*) FILTER (WHERE jsonb_send(document) = jsonb_send(document::text::jsonb)) AS same_text,
       count(*) FILTER (WHERE document = document::text::jsonb AND document @> document::text::jsonb) AS same_value,
       count(*) FILTER (WHERE jsonb_hash(document) = jsonb_hash(document::text::jsonb)) AS same_hash,
       count(*) FILTER (WHERE pg_column_size(document) = pg_column_size(document::text::jsonb)) AS same_size,
       count(*) FILTER (WHERE document ?& ARRAY(SELECT jsonb_object_keys(document))) AS all_keys,
       count(*) FILTER (WHERE (SELECT bool_and(document -> e.key = e.value) FROM jsonb_each(document) e)) AS all_values
FROM documents GROUP BY name ORDER BY name;
-- The bytes themselves: kept out of line and uncompressed they can be looked at.
CREATE TABLE stored_native (ord integer, document jsonb, filler text DEFAULT repeat('x', 2000)) WITH (toast_tuple_target = 128);
ALTER TABLE stored_native ALTER document SET STORAGE EXTERNAL, ALTER filler SET STORAGE PLAIN;
CREATE TABLE stored_parsed (LIKE stored_native INCLUDING STORAGE INCLUDING DEFAULTS) WITH (toast_tuple_target = 128);
INSERT INTO stored_native (ord, document) SELECT row_number() OVER (ORDER BY prospect_id, name), document FROM documents ORDER BY 1;
INSERT INTO stored_parsed (ord, document) SELECT row_number() OVER (ORDER BY prospect_id, name), document::text::jsonb FROM documents ORDER BY 1;
CREATE FUNCTION pg_temp.out_of_line(of regclass) RETURNS TABLE (ord bigint, bytes bytea) LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE format('SELECT row_number() OVER (ORDER BY chunk_id), string_agg(chunk_data, '''' ORDER BY chunk_seq) FROM %s GROUP BY chunk_id',
        (SELECT reltoastrelid::regclass FROM pg_class WHERE oid = of));
END
$$;
-- All are there.
SELECT count(*) = 33 * 7 AS all_looked_at, count(*) FILTER (WHERE n.bytes IS DISTINCT FROM p.bytes) AS differ, min(length(n.bytes)) > 500 AND max(length(n.bytes)) > 8000 AS whole
FROM pg_temp.out_of_line('stored_native') n FULL JOIN pg_temp.out_of_line('stored_parsed') p USING (ord);
-- Indexed as any other.
CREATE INDEX ON stored_native USING gin (document);
SET enable_seqscan = off;
SELECT count(*) AS by_index FROM stored_native WHERE document @> '{"is_catcher": 1, "is_pitcher": 0}' AND document ? 'bmi';
SET enable_indexscan = off; SET enable_bitmapscan = off; SET enable_seqscan = on;
SELECT count(*) AS by_scan FROM stored_native WHERE document @> '{"is_catcher": 1, "is_pitcher": 0}' AND document ? 'bmi';
