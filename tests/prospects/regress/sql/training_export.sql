-- Training sets in the forms that people use: a column per feature, arrays and names, CSV.
SET client_min_messages = warning;
SELECT count(*) FROM dynasty.simulate_league(40, 2012, 2020, 3);
CALL dynasty.export_training_set('wide', '{2014,2015}', test_share => 0.3);
SELECT count(*) AS columns, count(*) FILTER (WHERE attname IN ('prospect_id', 'as_of_year', 'evaluation_year', 'is_success', 'success_tier', 'weight', 'split')) AS of_the_row
FROM pg_attribute WHERE attrelid = 'wide'::regclass AND attnum > 0;
-- The columns are the features by name, in their order.
SELECT array_agg(attname::text ORDER BY attnum) = dynasty.feature_names() AS names, bool_and(atttypid = 'float8'::regtype) AS types
FROM pg_attribute WHERE attrelid = 'wide'::regclass AND attnum > 7;
CREATE TEMP TABLE long AS SELECT * FROM dynasty.training_set('{2014,2015}', test_share => 0.3);
-- Every value of every row.
SELECT count(*) AS values, count(*) FILTER (WHERE (to_jsonb(w) ->> n.name)::float8 IS DISTINCT FROM l.feature_values[n.ordinal]) AS different
FROM wide w JOIN long l USING (prospect_id, as_of_year) CROSS JOIN unnest(dynasty.feature_names()) WITH ORDINALITY n (name, ordinal);
SELECT count(*) AS rows, count(*) FILTER (WHERE (w.is_success, w.success_tier, w.weight, w.split, w.evaluation_year) IS DISTINCT FROM (l.is_success, l.success_tier, l.weight, l.split, l.evaluation_year)) AS different
FROM wide w FULL JOIN long l USING (prospect_id, as_of_year);
-- CSV: of the view, of a query, and of the arrays.
COPY (SELECT prospect_id > 0 AS id, as_of_year, split IN ('train', 'test') AS split, age > 15 AS age FROM wide ORDER BY prospect_id, as_of_year LIMIT 2) TO STDOUT WITH (FORMAT csv, HEADER);
\copy (SELECT * FROM wide) TO PROGRAM 'cat > /dev/null' WITH (FORMAT csv, HEADER)
-- A small set of the user's own, by the text of the query.
SELECT dynasty.register_feature_set('few', '{age,career_ops,twice_age}', '{"twice_age": "age * 2"}');
SELECT dynasty.training_set_query('{2014}', 3, 'few', '{"min_pa": 400}', 2019, false, 'prospect', 0.1, '{3,4}', 'all', 7) AS query \gset
\echo :query
SELECT count(*), count(twice_age) AS known, count(*) FILTER (WHERE twice_age <> 2 * age) AS wrong FROM (:query) q;
CALL dynasty.export_training_set('wide', '{2014}', version => 'few', population => 'all', data_through_year => 2020);
SELECT count(*), count(twice_age) > 30 AS known, count(*) FILTER (WHERE twice_age <> 2 * age) AS wrong FROM wide;
\set VERBOSITY terse
CALL dynasty.export_training_set(NULL, '{2014}');
CALL dynasty.export_training_set('long', '{2014}');
CALL dynasty.export_training_set('w', '{2014}', version => 'none');
SELECT dynasty.training_set_query('{2014}', version => NULL) IS NULL AS none;
