-- Feature sets as data: a subset, an order, expressions; sealed; v1.0 is never changed.
SET client_min_messages = warning;
SELECT count(*) > 0 AS played FROM dynasty.simulate_league(60, 2019, 2022, 16);
CREATE TABLE v1 AS SELECT * FROM dynasty.feature_matrix(2021);
SELECT dynasty.register_feature_set('power', '{career_slg,age,power_over_contact,young,career_iso}',
    '{"power_over_contact": "career_iso / nullif(career_k_rate, 0)",
      "young": {"expression": "CASE WHEN age < 21 THEN 1 WHEN age IS NULL THEN NULL ELSE 0 END", "unit": "flag", "description": "younger than 21"}}',
    'power and youth') AS features;
SELECT * FROM dynasty.feature_catalogue('power');
SELECT dynasty.feature_names('power');
-- Its values are those of v1.0, and what PostgreSQL makes of the expressions.
SELECT count(*) AS prospects, count(*) FILTER (WHERE m.feature_values IS DISTINCT FROM ARRAY[slg, age, iso / nullif(k, 0), CASE WHEN age < 21 THEN 1 WHEN age IS NULL THEN NULL ELSE 0 END, iso]::float8[]) AS differ
FROM dynasty.feature_matrix(2021, 'power') m JOIN (
    SELECT prospect_id, max(v) FILTER (WHERE name = 'career_slg') AS slg, max(v) FILTER (WHERE name = 'age') AS age,
           max(v) FILTER (WHERE name = 'career_iso') AS iso, max(v) FILTER (WHERE name = 'career_k_rate') AS k
    FROM v1, dynasty.feature_catalogue() c, LATERAL (SELECT feature_values[c.ordinal]) x (v) GROUP BY 1) e USING (prospect_id);
-- All forms take it; documents hold its features only.
SELECT count(*) FILTER (WHERE a.feature_values IS DISTINCT FROM m.feature_values) AS differ FROM dynasty.all_features(2021, 'power') a JOIN dynasty.feature_matrix(2021, 'power') m USING (prospect_id);
SELECT DISTINCT (SELECT string_agg(k, ' ' ORDER BY k) FROM jsonb_object_keys(feature_vector) k) AS keys FROM dynasty.all_features(2021, 'power');
SELECT dynasty.refresh_features(2021, 'power') AS stored;
SELECT count(*) AS stale FROM dynasty.stale_features(2021, 'power');
-- All of v1.0 and one more.
SELECT dynasty.register_feature_set('v1.1', NULL, '{"bmi_like": "age * 2 + coalesce(career_pa, 0)"}') AS features;
SELECT count(*) FILTER (WHERE a.feature_values[1:290] IS DISTINCT FROM v1.feature_values) AS differ FROM dynasty.feature_matrix(2021, 'v1.1') a JOIN v1 USING (prospect_id);
SELECT name FROM dynasty.feature_catalogue('v1.1') WHERE ordinal = 291;
-- v1.0 is as it was.
SELECT count(*) FILTER (WHERE a.feature_values IS DISTINCT FROM v1.feature_values) AS differ FROM dynasty.feature_matrix(2021) a JOIN v1 USING (prospect_id);

-- Sealed.
UPDATE dynasty.feature_set_members SET expression = '1' WHERE name = 'young';
DELETE FROM dynasty.feature_set_members WHERE version = 'power';
UPDATE dynasty.feature_sets SET version = 'other';
TRUNCATE dynasty.feature_sets CASCADE;
-- Nor can a member be added by hand; what a dump holds goes in, in portions, until the set is whole.
INSERT INTO dynasty.feature_set_members SELECT version, 6, 'more', 'age', category, applies_to, unit, description FROM dynasty.feature_set_members WHERE version = 'power' AND ordinal = 1;
\set VERBOSITY terse
INSERT INTO dynasty.feature_sets (version, feature_count) VALUES ('empty', 0);
\set VERBOSITY default
INSERT INTO dynasty.feature_sets (version, feature_count) VALUES ('restored', 2);
INSERT INTO dynasty.feature_set_members SELECT 'restored', ordinal, name, expression, category, applies_to, unit, description FROM dynasty.feature_set_members WHERE version = 'power' AND ordinal = 1;
INSERT INTO dynasty.feature_set_members SELECT 'restored', ordinal, name, expression, category, applies_to, unit, description FROM dynasty.feature_set_members WHERE version = 'power' AND ordinal = 2;
INSERT INTO dynasty.feature_set_members SELECT 'restored', ordinal, name, expression, category, applies_to, unit, description FROM dynasty.feature_set_members WHERE version = 'power' AND ordinal > 2;
SELECT dynasty.feature_names('restored'), (SELECT feature_count FROM dynasty.feature_sets WHERE version = 'power');
SELECT dynasty.drop_feature_set('restored');
SELECT dynasty.register_feature_set('power', '{age}');
SELECT dynasty.register_feature_set('v1.0', '{age}');
-- What is wrong is said, and nothing is registered.
SELECT dynasty.register_feature_set('bad', '{agee}');
SELECT dynasty.register_feature_set('bad', '{age,x}', '{"x": "carer_pa + 1"}');
SELECT dynasty.register_feature_set('bad', '{age,x}', '{"x": "age +"}');
SELECT dynasty.register_feature_set('bad', '{age,x}', '{"x": "pg_sleep(1)"}');
SELECT dynasty.register_feature_set('bad', '{age,x}', '{"x": "(SELECT 1)"}');
SELECT dynasty.register_feature_set('bad', '{age,age}');
SELECT dynasty.register_feature_set('bad', '{}');
SELECT dynasty.register_feature_set('bad', '{age,NULL}');
SELECT dynasty.register_feature_set(NULL);
SELECT dynasty.register_feature_set('', '{age}');
SELECT version FROM dynasty.feature_sets ORDER BY 1;
-- Dropped when nothing uses it.
SELECT dynasty.drop_feature_set('power');
DELETE FROM dynasty.ml_features WHERE feature_set_version = 'power';
SELECT dynasty.drop_feature_set('power');
SELECT dynasty.drop_feature_set('power');
SELECT dynasty.drop_feature_set('v1.0');
SELECT * FROM dynasty.feature_matrix(2021, 'power');
