-- One prospect, all prospects, the lean matrix: the same to the bit; documents, vector and array say the same numbers.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/features_setup.sql'
\i :setup
SELECT count(*) FROM dynasty.simulate_league(40, 2014, 2018, 20);
-- Somebody without data, and somebody of whom next to nothing is known.
INSERT INTO dynasty.prospects (id, name, position) VALUES (-1, 'Nobody', 'IF'), (0, 'One Game', 'LHP');
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level) VALUES (0, '2016-06-01', 2016, 'AA');
SELECT y, (SELECT count(*) FROM pg_temp.forms_differ(y)) AS differ, (SELECT count(*) FROM dynasty.feature_matrix(y)) = 42 AS everybody
FROM generate_series(2013, 2019) y;
-- By id, and with the arguments repeated.
SELECT array_agg(prospect_id) = array_agg(prospect_id ORDER BY prospect_id) AS by_id,
       bool_and(as_of_year = 2017 AND feature_set_version = 'v1.0') AS arguments FROM dynasty.all_features(2017);
SELECT array_agg(prospect_id) = array_agg(prospect_id ORDER BY prospect_id) AS by_id FROM dynasty.feature_matrix(2017);
-- The forms for some prospects are rows of the form for all.
SELECT count(*) AS rows, count(*) FILTER (WHERE s IS DISTINCT FROM a) AS differ
FROM dynasty.all_features(2018, 'v1.0', ARRAY(SELECT id FROM dynasty.prospects WHERE id % 3 = 0)) s
JOIN dynasty.all_features(2018) a USING (prospect_id);
SELECT count(*) AS rows, count(*) FILTER (WHERE array_send(s.feature_values) <> array_send(a.feature_values)) AS differ
FROM dynasty.feature_matrix(2018, prospect_ids => ARRAY(SELECT id FROM dynasty.prospects WHERE id % 3 = 0)) s
JOIN dynasty.feature_matrix(2018) a USING (prospect_id);
-- More ids than are looked up one by one (most of them nobody's).
SELECT count(*) AS rows, count(*) FILTER (WHERE array_send(s.feature_values) <> array_send(a.feature_values)) AS differ
FROM dynasty.feature_matrix(2018, prospect_ids => ARRAY(SELECT generate_series(-1, 900))) s
JOIN dynasty.feature_matrix(2018) a USING (prospect_id);
-- Array and documents.
SELECT bool_and(cardinality(feature_values) = 290 AND array_ndims(feature_values) = 1 AND array_lower(feature_values, 1) = 1) AS shape,
       bool_and(feature_vector = bio_features || scouting_features || milb_performance || milb_progression || milb_consistency || derived_features) AS union_of_documents
FROM dynasty.all_features(2018);
SELECT count(*) = 42 * 290 AS compared,
       count(*) FILTER (WHERE float8send((a.feature_vector ->> n.name)::float8) IS DISTINCT FROM float8send(a.feature_values[n.ordinality])) AS differ,
       count(*) FILTER (WHERE (a.feature_vector -> n.name = 'null') IS DISTINCT FROM (a.feature_values[n.ordinality] IS NULL)) AS nulls_differ,
       count(*) FILTER (WHERE a.feature_values[n.ordinality] IN ('inf', '-inf', 'nan')) AS not_finite,
       count(*) FILTER (WHERE a.feature_values[n.ordinality]::text = '-0') AS negative_zeros,
       count(a.feature_values[n.ordinality]) > 4000 AS with_values
FROM dynasty.all_features(2018) a, unnest(dynasty.feature_names()) WITH ORDINALITY n (name);
-- In expressions and joins as any function.
SELECT count(*) AS rows FROM dynasty.prospects p, dynasty.prospect_features(p.id, 2018) f WHERE f.prospect_id = p.id;
SELECT (f).as_of_year, cardinality((f).feature_values) FROM (SELECT dynasty.prospect_features(0, 2018) AS f) x;
