-- Which game logs are kept as they were, compared with what plain SQL says: OLD and NEW of every statement, side by side.
SET client_min_messages = warning;
\set VERBOSITY terse
INSERT INTO dynasty.prospects (id, name, position) SELECT i, 'P ' || i, 'SS' FROM generate_series(1, 5) i;
INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_date, season, level, at_bats, hits, game_type, created_at)
SELECT i, 1 + i % 5, date '2020-06-01' + i, 2020, 'A', 4, 2, CASE WHEN i % 2 = 0 THEN 'Regular' END, '2020-07-01' FROM generate_series(1, 20) i;
-- The columns of the history that are columns of the game logs: what is to be compared.
SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS read FROM pg_attribute h
WHERE h.attrelid = 'dynasty.milb_game_logs_history'::regclass AND h.attnum > 2 AND NOT attisdropped
  AND EXISTS (SELECT FROM pg_attribute g WHERE g.attrelid = 'dynasty.milb_game_logs'::regclass AND g.attname = h.attname) \gset
SELECT count(*) AS columns FROM regexp_matches(:'read', ',', 'g');
SELECT 'CREATE TABLE wanted AS SELECT ' || :'read' || ' FROM dynasty.milb_game_logs WHERE false' \gexec
CREATE FUNCTION want() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        EXECUTE format('INSERT INTO wanted (SELECT %1$s FROM old_rows WHERE data_source IS DISTINCT FROM ''simulated'') EXCEPT ALL SELECT %1$s FROM new_rows', TG_ARGV[0]);
    ELSE
        EXECUTE format('INSERT INTO wanted SELECT %1$s FROM old_rows WHERE data_source IS DISTINCT FROM ''simulated''', TG_ARGV[0]);
    END IF;
    RETURN NULL;
END $$;
SELECT format('CREATE TRIGGER want_update AFTER UPDATE ON dynasty.milb_game_logs REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION want(%L)', :'read') \gexec
SELECT format('CREATE TRIGGER want_delete AFTER DELETE ON dynasty.milb_game_logs REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION want(%L)', :'read') \gexec
-- Rows that are kept and not wanted, and the reverse; rows that only say that there was no game of an id are counted apart.
SELECT format('CREATE VIEW compared AS SELECT (SELECT count(*) FROM (SELECT %1$s FROM wanted EXCEPT ALL SELECT %1$s FROM dynasty.milb_game_logs_history) x) AS missing,
    (SELECT count(*) FROM (SELECT %1$s FROM dynasty.milb_game_logs_history WHERE prospect_id IS NOT NULL EXCEPT ALL SELECT %1$s FROM wanted) x) AS superfluous,
    (SELECT count(*) FROM dynasty.milb_game_logs_history WHERE prospect_id IS NOT NULL) AS kept,
    (SELECT coalesce(string_agg(id::text, '' '' ORDER BY id), '''') FROM dynasty.milb_game_logs_history WHERE prospect_id IS NULL) AS was_no_game', :'read') \gexec
UPDATE dynasty.milb_game_logs SET hits = 3 WHERE id <= 3;
UPDATE dynasty.milb_game_logs SET hits = hits, team = 'T', rbi = 1;
UPDATE dynasty.milb_game_logs SET walks = 0 WHERE id = 4;
UPDATE dynasty.milb_game_logs SET walks = NULL WHERE id = 4;
UPDATE dynasty.milb_game_logs SET level = 'AA', game_type = 'Playoffs', is_home = false, created_at = '2020-07-02' WHERE id IN (5, 6);
UPDATE dynasty.milb_game_logs SET created_at = created_at + interval '1 microsecond' WHERE id = 7;
UPDATE dynasty.milb_game_logs SET prospect_id = 3, game_number = 2 WHERE id = 8;
DELETE FROM dynasty.milb_game_logs WHERE id IN (9, 10);
TABLE compared;
-- Each column that is read, alone.
DO $$
DECLARE
    item record;
BEGIN
    FOR item IN SELECT a.attname, a.atttypid::regtype::text AS type FROM pg_attribute a JOIN pg_attribute h ON h.attrelid = 'dynasty.milb_game_logs_history'::regclass AND h.attname = a.attname AND h.attnum > 2
                WHERE a.attrelid = 'dynasty.milb_game_logs'::regclass AND a.attname NOT IN ('id', 'prospect_id', 'plate_appearances', 'at_bats', 'season') ORDER BY a.attnum LOOP
        BEGIN
            EXECUTE format('UPDATE dynasty.milb_game_logs SET %1$I = %2$s WHERE id = 11', item.attname, CASE item.type
                WHEN 'boolean' THEN format('NOT coalesce(%I, true)', item.attname) WHEN 'date' THEN '''2020-09-09''' WHEN 'timestamp with time zone' THEN '''2020-09-09''' WHEN 'character varying' THEN '''AAA'''
                ELSE format('coalesce(%I, 0) + 1', item.attname) END);
        EXCEPTION WHEN check_violation THEN NULL; -- not by itself: then it is not changed
        END;
    END LOOP;
END $$;
TABLE compared;
-- Renumbering, exchanging, shifting, and both at once with a correction.
TRUNCATE wanted, dynasty.milb_game_logs_history;
UPDATE dynasty.milb_game_logs SET id = 112 WHERE id = 12;
TABLE compared;
ALTER TABLE dynasty.milb_game_logs DROP CONSTRAINT milb_game_logs_pkey;
UPDATE dynasty.milb_game_logs SET id = 27 - id WHERE id IN (13, 14);
TABLE compared;
UPDATE dynasty.milb_game_logs SET id = id + 1, hits = 4 WHERE id BETWEEN 15 AND 18;
TABLE compared;
SELECT count(DISTINCT superseded_at) AS statements FROM dynasty.milb_game_logs_history;
-- Simulated ones are not kept, not even when they become real; real ones that become simulated are.
TRUNCATE wanted, dynasty.milb_game_logs_history;
UPDATE dynasty.milb_game_logs SET data_source = 'simulated', hits = 1 WHERE id IN (1, 2);
UPDATE dynasty.milb_game_logs SET hits = 2 WHERE id IN (1, 2);
UPDATE dynasty.milb_game_logs SET data_source = 'api', hits = 3 WHERE id = 1;
DELETE FROM dynasty.milb_game_logs WHERE id IN (1, 2);
TABLE compared;
-- ON CONFLICT, MERGE, COPY FROM's triggers do not keep; savepoints and what is rolled back do not stay.
ALTER TABLE dynasty.milb_game_logs ADD PRIMARY KEY (id, prospect_id);
INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_date, season, level, hits, at_bats) VALUES (3, 4, '2020-06-04', 2020, 'A', 0, 4) ON CONFLICT (id, prospect_id) DO UPDATE SET hits = 0;
MERGE INTO dynasty.milb_game_logs g USING (VALUES (4, 5), (5, 1), (999, 1)) v (id, p) ON g.id = v.id
WHEN MATCHED AND v.id = 4 THEN DELETE WHEN MATCHED THEN UPDATE SET hits = 1 WHEN NOT MATCHED THEN INSERT (id, prospect_id, game_date, season, level) VALUES (v.id, v.p, '2021-01-01', 2021, 'A');
BEGIN;
SAVEPOINT a;
UPDATE dynasty.milb_game_logs SET hits = 9, at_bats = 9;
ROLLBACK TO a;
COMMIT;
TABLE compared;
-- A second trigger that does the same keeps nothing twice, and the first one may be switched off.
SELECT count(*) AS kept FROM dynasty.milb_game_logs_history \gset
CREATE TRIGGER a_second AFTER UPDATE ON dynasty.milb_game_logs REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION dynasty.keep_game_log_history();
CREATE TRIGGER z_third AFTER UPDATE ON dynasty.milb_game_logs REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT WHEN (true) EXECUTE FUNCTION dynasty.keep_game_log_history();
UPDATE dynasty.milb_game_logs SET hits = 1 WHERE id = 20;
SELECT count(*) - :kept AS more FROM dynasty.milb_game_logs_history;
ALTER TABLE dynasty.milb_game_logs DISABLE TRIGGER a_second;
UPDATE dynasty.milb_game_logs SET hits = 0 WHERE id = 20;
SELECT count(*) - :kept AS more FROM dynasty.milb_game_logs_history;
-- TRUNCATE keeps nothing.
SELECT count(*) AS kept FROM dynasty.milb_game_logs_history \gset
TRUNCATE dynasty.milb_game_logs CASCADE;
SELECT count(*) - :kept AS more FROM dynasty.milb_game_logs_history;
