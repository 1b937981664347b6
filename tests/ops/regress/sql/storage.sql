-- What tables take and which indexes nobody needs, against the server's own functions.
SET client_min_messages = warning;
CREATE SCHEMA dynasty_test;
CREATE TABLE dynasty_test."Odd ""Name" (id integer PRIMARY KEY, body text);
INSERT INTO dynasty_test."Odd ""Name" SELECT i, repeat(md5(i::text), 200) FROM generate_series(1, 500) i;
ALTER TABLE dynasty_test."Odd ""Name" ALTER body SET STORAGE external;
UPDATE dynasty_test."Odd ""Name" SET body = body || 'x' WHERE id <= 50;
ANALYZE dynasty_test."Odd ""Name";
SELECT r.tablename, r.is_partition, r.row_estimate, r.total_bytes = pg_total_relation_size(c.oid) AS total, r.index_bytes = pg_indexes_size(c.oid) AS indexes,
    r.table_bytes + r.index_bytes + r.toast_bytes = r.total_bytes AS adds_up, r.toast_bytes >= pg_relation_size(c.reltoastrelid) AS toast, r.total_pretty = pg_size_pretty(r.total_bytes) AS pretty
FROM dynasty_ops.storage_report('dynasty_test') r JOIN pg_class c ON c.relname = r.tablename AND c.relnamespace = 'dynasty_test'::regnamespace;
SELECT count(*) FROM dynasty_ops.storage_report('no such schema%');
SELECT count(*) FROM dynasty_ops.storage_report(NULL);
SELECT count(*) = (SELECT count(*) FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace::regnamespace::text LIKE 'dynasty%') AS all_tables FROM dynasty_ops.storage_report();

-- Bloat: a table packed has little; with nine rows of ten gone, about nine tenths; never analysed: not told.
CREATE TABLE dynasty_test.swiss (id integer, a text, b double precision) WITH (autovacuum_enabled = false);
SELECT kind, bloat_pct IS NULL AS untold FROM dynasty_ops.bloat_report('dynasty_test') WHERE relname = 'swiss';
INSERT INTO dynasty_test.swiss SELECT i, 'row ' || i, i FROM generate_series(1, 20000) i;
CREATE INDEX swiss_id ON dynasty_test.swiss (id);
ANALYZE dynasty_test.swiss;
SELECT relname, kind, bytes = pg_relation_size('dynasty_test.' || relname) AS bytes, abs(bloat_pct) < 6 AS packed FROM dynasty_ops.bloat_report('dynasty_test') WHERE relname LIKE 'swiss%' ORDER BY 1;
DELETE FROM dynasty_test.swiss WHERE id % 10 <> 0;
VACUUM ANALYZE dynasty_test.swiss;
SELECT relname, kind, bloat_pct BETWEEN 85 AND 95 AS nine_tenths, bloat_bytes BETWEEN 0 AND bytes AS fits FROM dynasty_ops.bloat_report('dynasty_test') WHERE relname LIKE 'swiss%' ORDER BY 1;

-- Indexes: the same twice, one that leads another, one that does not for its predicate, uniqueness, an opclass, an order, an expression.
CREATE TABLE dynasty_test.parents (id integer PRIMARY KEY);
CREATE TABLE dynasty_test.many (id integer PRIMARY KEY, a integer, b integer, c text, parent_id integer REFERENCES dynasty_test.parents);
CREATE INDEX many_a ON dynasty_test.many (a);
CREATE INDEX many_a_again ON dynasty_test.many (a);
CREATE INDEX many_a_b ON dynasty_test.many (a, b);
CREATE INDEX many_a_some ON dynasty_test.many (a) WHERE b > 0;
CREATE INDEX many_a_desc ON dynasty_test.many (a DESC);
CREATE UNIQUE INDEX many_b ON dynasty_test.many (b);
CREATE INDEX many_b_c ON dynasty_test.many (b, c);
CREATE INDEX many_c ON dynasty_test.many (c);
CREATE INDEX many_c_pattern ON dynasty_test.many (c text_pattern_ops);
CREATE INDEX many_lower ON dynasty_test.many (lower(c));
CREATE INDEX many_lower_again ON dynasty_test.many (lower(c));
CREATE INDEX many_id ON dynasty_test.many (id);
CREATE INDEX many_a_with_b ON dynasty_test.many (a) INCLUDE (b);
SELECT indexname, is_unique, problem, duplicate_of FROM dynasty_ops.index_report('dynasty_test') WHERE tablename = 'many' ORDER BY indexname;
-- Half made.
BEGIN;
UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'dynasty_test.many_c'::regclass;
SELECT problem FROM dynasty_ops.index_report('dynasty_test') WHERE indexname = 'many_c';
ROLLBACK;
-- A foreign key without an index; with one that begins with it, in any order of its columns; a partial one does not serve.
SELECT tablename, constraint_name, columns FROM dynasty_ops.missing_fk_indexes('dynasty_test');
CREATE INDEX many_parent ON dynasty_test.many (parent_id) WHERE parent_id > 0;
SELECT count(*) FROM dynasty_ops.missing_fk_indexes('dynasty_test');
CREATE INDEX many_parent_a ON dynasty_test.many (parent_id, a);
SELECT count(*) FROM dynasty_ops.missing_fk_indexes('dynasty_test');
CREATE TABLE dynasty_test.pairs (x integer, y integer, PRIMARY KEY (x, y));
CREATE TABLE dynasty_test.of_pairs (x integer, y integer, FOREIGN KEY (x, y) REFERENCES dynasty_test.pairs);
CREATE INDEX of_pairs_y_x ON dynasty_test.of_pairs (y, x);
SELECT count(*) FROM dynasty_ops.missing_fk_indexes('dynasty_test');
DROP INDEX dynasty_test.of_pairs_y_x;
CREATE INDEX of_pairs_y ON dynasty_test.of_pairs (y);
SELECT tablename, columns FROM dynasty_ops.missing_fk_indexes('dynasty_test');
DROP SCHEMA dynasty_test CASCADE;
-- Ours have all, and nothing is wrong with an index but what the seed names twice.
SELECT * FROM dynasty_ops.missing_fk_indexes();
SELECT indexname, problem, duplicate_of FROM dynasty_ops.index_report() WHERE problem IS NOT NULL;
-- Every column of every table and view of ours has a comment.
SELECT schemaname, tablename, column_name FROM dynasty_ops.describe() WHERE comment IS NULL;
SELECT column_name, type, nullable, default_ FROM dynasty_ops.describe('dynasty\_ops') WHERE tablename = 'alerts';
