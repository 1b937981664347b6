-- Keys of an outside cache, by rule and row. (Notices: isolation/cache_notices.)
SELECT schema_name, table_name, key_template, ttl_seconds FROM dynasty_ops.cache_rules ORDER BY 1, 2, 3;
SELECT dynasty_ops.cache_keys('dynasty_props', 'prop_markets', '{"league": "NFL", "week": 5}');
SELECT dynasty_ops.cache_keys('dynasty_props', 'prop_markets', '{"league": "NFL"}'), dynasty_ops.cache_keys('dynasty_props', 'prop_markets', '{"league": "NFL", "week": null}');
SELECT dynasty_ops.cache_keys('dynasty_props', 'prop_markets', '{"league": "N*:L", "week": 5}');
SELECT dynasty_ops.cache_keys('dynasty_saas', 'user_prediction_access', '{"user_id": 7}'), dynasty_ops.cache_keys('dynasty_trading', 'portfolio_state', '{}');
SELECT dynasty_ops.cache_keys('dynasty', 'prospects', '{"id": 1}'), dynasty_ops.cache_keys(NULL, 'x', '{}') IS NULL AS of_null;
-- Every sign that means something to a pattern, and what breaks lines, byte by byte of UTF-8; letters of any language stay.
SELECT dynasty_ops._cache_value(E'%:*?[]{}\\ \t\n\x01'), dynasty_ops._cache_value('plain-1_2.3'), dynasty_ops._cache_value('Ñoño/日本'), dynasty_ops._cache_value(E'\u00a0\u2028'), dynasty_ops._cache_value('');
-- What is escaped is not read as a template again; what is no column is no value.
INSERT INTO dynasty_ops.cache_rules (schema_name, table_name, key_template, ttl_seconds) VALUES ('s', 't', '{a}:{b}', 60), ('s', 't', 'open {', 60), ('s', 't', '{}', 60);
SELECT dynasty_ops.cache_keys('s', 't', '{"a": "{b}", "b": 2}');
SELECT dynasty_ops.cache_keys('s', 't', '[1]'), dynasty_ops.cache_keys('s', 't', 'null');
UPDATE dynasty_ops.cache_rules SET enabled = false WHERE schema_name = 's';
SELECT dynasty_ops.cache_keys('s', 't', '{"a": 1}');
\set VERBOSITY terse
INSERT INTO dynasty_ops.cache_rules (schema_name, table_name, key_template, ttl_seconds) VALUES ('s', 't', 'x', 0);
INSERT INTO dynasty_ops.cache_rules (schema_name, table_name, key_template, ttl_seconds) VALUES ('s', 't', '', 60);
INSERT INTO dynasty_ops.cache_rules (schema_name, table_name, key_template, ttl_seconds) VALUES ('s', 't', '{a}:{b}', 60);
-- A table of one's own.
SELECT dynasty_ops.enable_cache_notices('public', 'nowhere');
\echo :LAST_ERROR_SQLSTATE
CREATE TABLE "My Table" (id integer PRIMARY KEY, "Key" text);
SELECT dynasty_ops.enable_cache_notices('public', 'My Table');
\echo :LAST_ERROR_SQLSTATE
INSERT INTO dynasty_ops.cache_rules (schema_name, table_name, key_template, ttl_seconds) VALUES ('public', 'My Table', 'mine:{Key}', 60);
SELECT unnest(dynasty_ops.enable_cache_notices('public', 'My Table'));
SELECT dynasty_ops.enable_cache_notices('public', 'My Table');
INSERT INTO "My Table" VALUES (1, 'a');
DROP TABLE "My Table";
-- Attached as it is not meant to be.
CREATE TABLE wrong (id integer);
CREATE TRIGGER wrong BEFORE INSERT ON wrong FOR EACH STATEMENT EXECUTE FUNCTION dynasty_ops.cache_notify();
INSERT INTO wrong VALUES (1);
\echo :LAST_ERROR_SQLSTATE
-- The other two.
CREATE TABLE kept (id integer, updated_at timestamptz);
CREATE TRIGGER stamp BEFORE UPDATE ON kept FOR EACH ROW EXECUTE FUNCTION dynasty_ops.set_updated_at();
INSERT INTO kept VALUES (1, '2000-01-01');
UPDATE kept SET id = 2 RETURNING updated_at = now() AS stamped;
CREATE TRIGGER forbid BEFORE UPDATE OR DELETE OR TRUNCATE ON kept FOR EACH STATEMENT EXECUTE FUNCTION dynasty_ops.forbid_change();
UPDATE kept SET id = 3;
\echo :LAST_ERROR_SQLSTATE
DELETE FROM kept;
\echo :LAST_ERROR_SQLSTATE
TRUNCATE kept;
\echo :LAST_ERROR_SQLSTATE
