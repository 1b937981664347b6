-- A session that migrates down and up again and again does not grow. Where the extension is updated, PL/pgSQL keeps what it
-- compiled of the functions that were dropped, until the session ends: what that costs has a bound, which make soak counts on.
SET client_min_messages = warning;
SELECT count(*) > 0 AS played FROM dynasty.simulate_league(20, 2018, 2019, 1);
CREATE VIEW held AS SELECT sum(total_bytes) / 1024 AS kb FROM pg_backend_memory_contexts;
\set ECHO none
\o /dev/null
SELECT 'DO $$ BEGIN PERFORM dynasty.migrate(''1.0''); PERFORM dynasty.migrate(); END $$' FROM generate_series(1, 5) \gexec
SELECT kb AS warm FROM held \gset
SELECT 'DO $$ BEGIN PERFORM dynasty.migrate(''1.0''); PERFORM dynasty.migrate(); END $$' FROM generate_series(1, 40) \gexec
SELECT kb AS migrated FROM held \gset
SELECT unnest(ARRAY['ALTER EXTENSION dynasty UPDATE TO ''1.0''', 'ALTER EXTENSION dynasty UPDATE', 'DO $$ BEGIN PERFORM dynasty.migrate(''1.0''); PERFORM dynasty.migrate(); END $$'])
FROM generate_series(1, 2) \gexec
SELECT kb AS updated FROM held \gset
SELECT unnest(ARRAY['ALTER EXTENSION dynasty UPDATE TO ''1.0''', 'ALTER EXTENSION dynasty UPDATE', 'DO $$ BEGIN PERFORM dynasty.migrate(''1.0''); PERFORM dynasty.migrate(); END $$'])
FROM generate_series(1, 20) \gexec
SELECT kb AS updated_often FROM held \gset
\o
\set ECHO all
SELECT :migrated - :warm < 1024 AS flat_over_40_migrations, (:updated_often - :updated) / 20 < 300 AS less_than_300_kb_an_update;
SELECT installed, tables_version, ok FROM dynasty.migration_status();
