-- Real prospects: no value that is not a number, ranges as in life, how much is NULL; all forms alike.
CREATE TEMP TABLE vectors AS
SELECT year, m.* FROM (VALUES (2025), (2026)) y (year), dynasty.feature_matrix(year) m;
CREATE TEMP TABLE values AS
SELECT year, prospect_id, c.name, c.category, c.unit, feature_values[c.ordinal] AS value FROM vectors, dynasty.feature_catalogue() c;
INSERT INTO verdicts
SELECT 'a vector for everybody', count(*) = 2 * (SELECT count(*) FROM dynasty.prospects), format('%s vectors', count(*)) FROM vectors
UNION ALL SELECT 'no infinity, no NaN', count(*) = 0, format('%s values', count(*)) FROM values WHERE value IN ('Infinity', '-Infinity', 'NaN');
-- Ranges, by the names of the features.
CREATE TEMP TABLE ranges (pattern text, low float8, high float8);
INSERT INTO ranges VALUES ('^age$', 15, 45), ('(^|_)avg$', 0, 100), ('^career_(avg|babip)$', 0, 1), ('^career_obp$', 0, 1), ('^career_slg$', 0, 4),
    ('^career_ops$', 0, 5), ('^(career|last_season|top_level|pitch)_.*(bb|k|hr|xbh)_rate$', 0, 1), ('_share', 0, 1), ('^max_level$', 1, 6), ('^height_inches$', 60, 85),
    ('^weight_lbs$', 130, 330), ('^(career|last_season|games|seasons)_(pa|games|total|played)$', 0, 10000), ('^future_value$', 20, 80), ('^multi_hit_game_rate$', 0, 1),
    ('_cv$', 0, 100), ('_sd$', 0, 100), ('_streak$', 0, 300);
INSERT INTO verdicts
SELECT format('%s from %s to %s', pattern, low, high), bool_and(value BETWEEN low AND high) IS NOT false,
       format('%s values from %s to %s', count(value), round(min(value)::numeric, 3), round(max(value)::numeric, 3))
           || coalesce(', outside: ' || string_agg(DISTINCT name, ' ') FILTER (WHERE value NOT BETWEEN low AND high), '')
FROM ranges JOIN values ON name ~ pattern
-- The file of people lists retired ones too; ages are asked of those who played.
WHERE value IS NOT NULL AND (name <> 'age' OR (year, prospect_id) IN (SELECT year, prospect_id FROM values WHERE name = 'games_total' AND value > 0))
GROUP BY pattern, low, high;
INSERT INTO verdicts
SELECT 'documents are the vectors', count(*) = 0, format('%s differ', count(*))
FROM dynasty.all_features(2025) a JOIN vectors v ON v.year = 2025 AND v.prospect_id = a.prospect_id WHERE a.feature_values IS DISTINCT FROM v.feature_values
UNION ALL
SELECT 'one at a time is the same', count(*) = 0, format('%s of 300 differ', count(*))
FROM (SELECT * FROM vectors WHERE year = 2025 ORDER BY hashint4(prospect_id) LIMIT 300) v, dynasty.prospect_features(v.prospect_id, 2025) f
WHERE f.feature_values IS DISTINCT FROM v.feature_values;
\pset footer off
SELECT category, count(DISTINCT name) AS features, round(100.0 * count(*) FILTER (WHERE value IS NULL) / count(*), 1) AS "NULL %",
       count(DISTINCT name) FILTER (WHERE value IS NOT NULL) AS "with a value"
FROM values WHERE year = 2025 GROUP BY category ORDER BY category;
