-- The catalogue: 290 features, 210 for hitters and 148 for pitchers, and the documents hold exactly its names.
SELECT count(*) AS features, count(DISTINCT name) AS names, min(ordinal), max(ordinal),
       count(*) FILTER (WHERE applies_to IN ('all', 'hitter')) AS hitters,
       count(*) FILTER (WHERE applies_to IN ('all', 'pitcher')) AS pitchers,
       bool_and(coalesce(unit, '') <> '' AND coalesce(formula, '') <> '' AND coalesce(null_rule, '') <> '' AND coalesce(description, '') <> '') AS all_said
FROM dynasty.feature_catalogue();
SELECT category, min(ordinal) AS first, max(ordinal) AS last, count(*), count(*) FILTER (WHERE applies_to = 'all') AS for_all,
       count(*) FILTER (WHERE applies_to = 'hitter') AS hitter, count(*) FILTER (WHERE applies_to = 'pitcher') AS pitcher
FROM dynasty.feature_catalogue('v1.0') GROUP BY 1 ORDER BY 2;
-- Rows come by ordinal, and feature_names() is the same list.
SELECT array_agg(name) = dynasty.feature_names() AS in_order, array_agg(ordinal) = array_agg(ordinal ORDER BY ordinal) AS by_ordinal
FROM dynasty.feature_catalogue();
SELECT cardinality(dynasty.feature_names('v1.0')), array_ndims(dynasty.feature_names()), (dynasty.feature_names())[1], (dynasty.feature_names())[290];
-- Names are plain words, as JSON keys and column names want them.
SELECT name FROM dynasty.feature_catalogue() WHERE name !~ '^[a-z][a-z0-9_]*$' OR length(name) > 63;
SELECT ordinal, name, applies_to, unit, formula, null_rule, description FROM dynasty.feature_catalogue() WHERE ordinal IN (1, 78, 226, 290) \gx
-- The documents hold every name of their category, the vector all of them, whether known or not.
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'Nobody', 'SS');
WITH f AS (SELECT * FROM dynasty.prospect_features(1, 2020)),
documents AS (
    SELECT d.category, k.name FROM f, LATERAL (VALUES ('bio', f.bio_features), ('scouting', f.scouting_features),
        ('milb_performance', f.milb_performance), ('milb_progression', f.milb_progression),
        ('milb_consistency', f.milb_consistency), ('derived', f.derived_features)) d (category, document), jsonb_object_keys(d.document) k (name)
    UNION ALL SELECT 'vector', k.name FROM f, jsonb_object_keys(f.feature_vector) k (name)
), names AS (
    SELECT category, name FROM dynasty.feature_catalogue() UNION ALL SELECT 'vector', name FROM dynasty.feature_catalogue()
)
SELECT (SELECT count(*) FROM documents) AS keys, (SELECT count(*) FROM (TABLE documents EXCEPT ALL TABLE names) x) AS too_many,
       (SELECT count(*) FROM (TABLE names EXCEPT ALL TABLE documents) x) AS missing;
