-- The indexes that seed 000 calls optional: told with their cost, made when asked for, and missed by nobody.
CREATE VIEW told AS SELECT name, table_name, is_there, made_at_install AS at_install, bytes > 0 AS has_size, serves <> '' AS serves, cost <> '' AS cost FROM dynasty.optional_indexes();
TABLE told;
SELECT name, definition FROM dynasty.optional_indexes() ORDER BY 1;
-- What is left of ml_features' indexes in a fresh install.
SELECT indexrelid::regclass FROM pg_index WHERE indrelid = 'dynasty.ml_features'::regclass ORDER BY 1::text COLLATE "C";

-- Made, and there; its comment and use. Then by another name, for part of the rows, and not valid.
SELECT dynasty.create_optional_index('idx_ml_features_vector') AS made;
SELECT dynasty.create_optional_index('idx_ml_features_vector') AS made;
TABLE told;
SELECT obj_description('dynasty.idx_ml_features_vector'::regclass, 'pg_class');
SET enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT * FROM dynasty.ml_features WHERE feature_vector @> '{"level": 3}';
RESET enable_seqscan;
ALTER INDEX dynasty.idx_ml_features_vector RENAME TO mine;
SELECT dynasty.create_optional_index('idx_ml_features_vector') AS made_beside_mine;
DROP INDEX dynasty.mine;
CREATE INDEX part ON dynasty.ml_features USING gin (feature_vector) WHERE as_of_year = 2020;
CREATE INDEX paths ON dynasty.ml_features USING gin (feature_vector jsonb_path_ops);
SELECT is_there FROM dynasty.optional_indexes() WHERE name = 'idx_ml_features_vector';
SELECT dynasty.create_optional_index('idx_ml_features_vector') AS made_beside_others;
UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'dynasty.idx_ml_features_vector'::regclass;
SELECT is_there, bytes FROM dynasty.optional_indexes() WHERE name = 'idx_ml_features_vector';
SELECT dynasty.create_optional_index('idx_ml_features_vector');
DROP INDEX dynasty.idx_ml_features_vector, dynasty.part, dynasty.paths;

-- The one of a fresh install goes and comes back; install() makes neither, and misses neither.
DROP INDEX dynasty.idx_prospects_name_trgm;
CALL dynasty.install();
SELECT pending FROM dynasty.migration_status();
TABLE told;
SELECT dynasty.create_optional_index('idx_prospects_name_trgm') AS made;
SELECT is_there FROM dynasty.optional_indexes() WHERE name = 'idx_prospects_name_trgm';
SELECT obj_description('dynasty.idx_prospects_name_trgm'::regclass, 'pg_class');

-- Names, and what is in the way.
CREATE FUNCTION refused(q text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    hint text;
BEGIN
    EXECUTE 'SELECT ' || q;
    RETURN 'not refused';
EXCEPTION WHEN others THEN
    GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
    RETURN concat_ws(' ', SQLSTATE || ':', SQLERRM, nullif('(' || hint || ')', '()'));
END $$;
SELECT dynasty.create_optional_index(NULL) IS NULL AS null_for_null;
SELECT refused($$dynasty.create_optional_index('idx_milb_logs_date')$$);
SELECT refused($$dynasty.create_optional_index('IDX_ML_FEATURES_VECTOR; DROP TABLE dynasty.ml_features')$$);
CREATE TABLE dynasty.idx_ml_features_vector ();
SELECT refused($$dynasty.create_optional_index('idx_ml_features_vector')$$);
DROP TABLE dynasty.idx_ml_features_vector;
BEGIN READ ONLY;
SELECT refused($$dynasty.create_optional_index('idx_ml_features_vector')$$);
ROLLBACK;
BEGIN;
DROP TABLE dynasty.ml_features CASCADE;
SELECT name, is_there FROM dynasty.optional_indexes();
SELECT refused($$dynasty.create_optional_index('idx_ml_features_vector')$$);
ROLLBACK;

-- Everybody may look; who owns the table may make.
CREATE ROLE regress_index_owner;
CREATE ROLE regress_index_reader;
GRANT USAGE, CREATE ON SCHEMA dynasty TO regress_index_owner;
GRANT USAGE ON SCHEMA dynasty TO regress_index_reader;
ALTER TABLE dynasty.ml_features OWNER TO regress_index_owner;
SET ROLE regress_index_reader;
SELECT count(*) FROM dynasty.optional_indexes();
SELECT dynasty.create_optional_index('idx_ml_features_vector');
RESET ROLE;
GRANT EXECUTE ON FUNCTION dynasty.create_optional_index(text) TO regress_index_owner, regress_index_reader;
SET ROLE regress_index_reader;
SELECT dynasty.create_optional_index('idx_ml_features_vector');
SET ROLE regress_index_owner;
SELECT dynasty.create_optional_index('idx_ml_features_vector') AS made_by_the_owner;
SELECT dynasty.create_optional_index('idx_prospects_name_trgm') AS there_already;
DROP INDEX dynasty.idx_ml_features_vector;
RESET ROLE;
ALTER TABLE dynasty.ml_features OWNER TO CURRENT_USER;
REASSIGN OWNED BY regress_index_owner TO CURRENT_USER;
DROP OWNED BY regress_index_owner, regress_index_reader;
DROP ROLE regress_index_owner, regress_index_reader;

-- What a refresh spends most of its time on: compressed by lz4 where the server has it.
SELECT count(*) AS columns, bool_and((a.attcompression = 'l') = EXISTS (SELECT FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals))) AS lz4_if_there_is
FROM pg_attribute a WHERE a.attrelid = 'dynasty.ml_features'::regclass AND a.atttypid IN ('jsonb'::regtype, 'float8[]'::regtype);
