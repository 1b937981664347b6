-- Arguments: NULL gives no row, what cannot be is 22023, ids that nobody has are passed over.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/features_setup.sql'
\i :setup
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'One', 'SS'), (2, 'Two', 'SP'), (2147483647, 'Last', 'C'), (-2147483648, 'First', 'C');
-- NULL.
SELECT (SELECT count(*) FROM dynasty.prospect_features(NULL, 2020)) AS id, (SELECT count(*) FROM dynasty.prospect_features(1, NULL)) AS year,
       (SELECT count(*) FROM dynasty.prospect_features(1, 2020, NULL)) AS version;
SELECT (SELECT count(*) FROM dynasty.all_features(NULL)) AS year, (SELECT count(*) FROM dynasty.all_features(2020, NULL)) AS version, (SELECT count(*) FROM dynasty.all_features(2020, 'v1.0', NULL)) AS all;
SELECT (SELECT count(*) FROM dynasty.feature_matrix(NULL)) AS year, (SELECT count(*) FROM dynasty.feature_matrix(2020, NULL)) AS version, (SELECT count(*) FROM dynasty.feature_matrix(2020, 'v1.0', NULL)) AS all;
SELECT (SELECT count(*) FROM dynasty.feature_catalogue(NULL)) AS catalogue, dynasty.feature_names(NULL) AS names;
-- Whom nobody knows.
SELECT count(*) FROM dynasty.prospect_features(3, 2020);
SELECT prospect_id FROM dynasty.all_features(2020, prospect_ids => '{2,3,NULL,1,1,2147483647}');
SELECT prospect_id FROM dynasty.feature_matrix(2020, prospect_ids => '{2,3,NULL,-2147483648,1,1}');
SELECT prospect_id FROM dynasty.feature_matrix(2020, prospect_ids => '{{2,3},{1,-7}}'); -- any shape
SELECT count(*) FROM dynasty.all_features(2020, prospect_ids => '{}');
SELECT count(*) FROM dynasty.feature_matrix(2020, prospect_ids => '{NULL,NULL}');
SELECT count(*) FROM dynasty.feature_matrix(2020, prospect_ids => '[5:6]={1,2}');
SELECT prospect_id, as_of_year, feature_set_version FROM dynasty.prospect_features(prospect_id => -2147483648, as_of_year => 1900, version => 'v1.0');
-- Years.
SELECT count(*) FROM dynasty.feature_matrix(1900) UNION ALL SELECT count(*) FROM dynasty.all_features(2100);
\set VERBOSITY verbose
\set SHOW_CONTEXT never
CREATE FUNCTION pg_temp.refused(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    hint text;
BEGIN
    EXECUTE query;
    RETURN 'not refused';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
    RETURN SQLSTATE || ': ' || SQLERRM || CASE WHEN hint <> '' THEN ' (' || hint || ')' ELSE '' END;
END
$$;
SELECT q, pg_temp.refused('SELECT * FROM dynasty.' || q) FROM unnest(ARRAY[
    'prospect_features(1, 1899)', 'prospect_features(1, 2101)', 'all_features(1899)', 'all_features(2101)', 'feature_matrix(1899)', 'feature_matrix(2101)',
    'feature_matrix(-2147483648)', 'feature_matrix(2147483647)', 'prospect_features(1, 2020, ''v9.9'')', 'all_features(2020, '''')', 'feature_matrix(2020, ''V1.0'')',
    'feature_catalogue(''v1'')', 'feature_names(''v1.0 '')',
    -- A wrong argument is one even beside a NULL or an empty list, and for a prospect whom nobody knows.
    'prospect_features(3, 1899)', 'feature_matrix(2101, ''v1.0'', ''{}'')', 'feature_matrix(2020, ''v9.9'', ''{}'')']) WITH ORDINALITY u (q, o) ORDER BY o;
-- After an error the session goes on.
SELECT count(*) FROM dynasty.feature_matrix(2020);
-- In places where a row set may be used in part, or several times.
SELECT prospect_id FROM dynasty.all_features(2020) LIMIT 1;
SELECT count(*) FROM dynasty.feature_matrix(2020) a, dynasty.feature_matrix(2019) b;
SELECT y, count(*) FROM generate_series(2018, 2020) y, LATERAL dynasty.feature_matrix(y) GROUP BY 1 ORDER BY 1;
PREPARE vector(int, int) AS SELECT prospect_id, feature_values[1] FROM dynasty.prospect_features($1, $2);
EXECUTE vector(1, 2020); EXECUTE vector(1, NULL); EXECUTE vector(2, 2020);
