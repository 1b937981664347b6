-- The trigger functions say what is wrong with a trigger that is no statement trigger with transition tables, or of a table that
-- is not theirs.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
\set SHOW_CONTEXT never
CREATE TABLE logs () INHERITS (dynasty.milb_game_logs);
CREATE FUNCTION attached(clause text, dml text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    hint text;
BEGIN
    EXECUTE format('CREATE TRIGGER t %s EXECUTE FUNCTION dynasty.maintain_season_stats()', clause);
    EXECUTE dml;
    RAISE 'no error';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
    RETURN concat_ws(': ', SQLSTATE, SQLERRM, hint);
END
$$;
SELECT attached('AFTER INSERT ON logs FOR EACH ROW', 'INSERT INTO logs (id, prospect_id, game_date, season, level, game_number) VALUES (1, 1, ''2020-06-01'', 2020, ''A'', 1)');
SELECT attached('BEFORE INSERT ON logs FOR EACH STATEMENT', 'INSERT INTO logs (id) SELECT id FROM logs');
SELECT attached('BEFORE DELETE ON logs FOR EACH STATEMENT', 'DELETE FROM logs');
SELECT attached('AFTER INSERT ON logs FOR EACH STATEMENT', 'INSERT INTO logs (id) SELECT id FROM logs');
SELECT attached('AFTER DELETE ON logs FOR EACH STATEMENT', 'DELETE FROM logs');
SELECT attached('AFTER UPDATE ON logs REFERENCING NEW TABLE AS n FOR EACH STATEMENT', 'UPDATE logs SET hits = 1');
SELECT attached('AFTER UPDATE ON logs REFERENCING OLD TABLE AS o FOR EACH STATEMENT', 'UPDATE logs SET hits = 1');
-- On a table that has not its columns.
BEGIN;
ALTER TABLE dynasty.milb_game_logs RENAME triples TO three_base_hits;
SELECT attached('AFTER DELETE ON logs REFERENCING OLD TABLE AS o FOR EACH STATEMENT', 'DELETE FROM logs');
ROLLBACK;

-- On a table that is not theirs, however alike: a stranger's, a table of that name elsewhere, a partition of something else. What a
-- trigger has no row for is refused as well, before anything is looked at.
CREATE TABLE alike (LIKE dynasty.milb_game_logs);
CREATE TABLE other (prospect_id integer, season integer, hits integer);
INSERT INTO other VALUES (1, 2020, 3);
CREATE SCHEMA elsewhere;
CREATE TABLE elsewhere.milb_game_logs (LIKE dynasty.milb_game_logs) PARTITION BY LIST (season);
CREATE TABLE elsewhere.of_2020 PARTITION OF elsewhere.milb_game_logs FOR VALUES IN (2020);
SELECT attached('AFTER DELETE ON alike REFERENCING OLD TABLE AS o FOR EACH STATEMENT', 'DELETE FROM alike');
SELECT attached('AFTER INSERT ON alike REFERENCING NEW TABLE AS n FOR EACH STATEMENT', 'INSERT INTO alike (id) SELECT id FROM alike');
SELECT attached('AFTER TRUNCATE ON alike FOR EACH STATEMENT', 'TRUNCATE alike');
SELECT attached('AFTER DELETE ON other REFERENCING OLD TABLE AS o FOR EACH STATEMENT', 'DELETE FROM other');
SELECT attached('AFTER TRUNCATE ON elsewhere.milb_game_logs FOR EACH STATEMENT', 'TRUNCATE elsewhere.milb_game_logs');
SELECT attached('AFTER DELETE ON elsewhere.of_2020 REFERENCING OLD TABLE AS o FOR EACH STATEMENT', 'DELETE FROM elsewhere.of_2020');
SELECT attached('AFTER DELETE ON dynasty.prospects REFERENCING OLD TABLE AS o FOR EACH STATEMENT', 'DELETE FROM dynasty.prospects WHERE false');

-- Every trigger function of the extension, found in the catalog, on a table of a stranger: each event, for rows and for statements,
-- before and after, with and without transition tables. None does anything, none is left out. (One that runs with its owner's
-- rights, of which there should be none, has a test of its own.)
CREATE FUNCTION on_stranger(routine regprocedure, moment text, event text, level text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    tables CONSTANT text := CASE WHEN moment = 'BEFORE' OR event = 'TRUNCATE' THEN '' ELSE 'REFERENCING' END
        || CASE WHEN moment = 'AFTER' AND event IN ('UPDATE', 'DELETE') THEN ' OLD TABLE AS old_rows' ELSE '' END
        || CASE WHEN moment = 'AFTER' AND event IN ('INSERT', 'UPDATE') THEN ' NEW TABLE AS new_rows' ELSE '' END;
BEGIN
    EXECUTE format('CREATE TRIGGER t %s %s ON other %s FOR EACH %s EXECUTE FUNCTION %s', moment, event, tables, level, routine);
    EXECUTE CASE event WHEN 'INSERT' THEN 'INSERT INTO other VALUES (1, 2, 3)' WHEN 'UPDATE' THEN 'UPDATE other SET hits = 4'
        WHEN 'DELETE' THEN 'DELETE FROM other' ELSE 'TRUNCATE other' END;
    RAISE 'no error';
EXCEPTION WHEN OTHERS THEN
    RETURN SQLSTATE || CASE WHEN SQLSTATE <> '39P01' THEN ' ' || SQLERRM ELSE '' END;
END
$$;
SELECT p.oid::regprocedure AS routine, o.outcome, count(*) FROM pg_proc p, unnest('{BEFORE,AFTER}'::text[]) moment, unnest('{INSERT,UPDATE,DELETE,TRUNCATE}'::text[]) event,
    unnest('{ROW,STATEMENT}'::text[]) level, LATERAL (SELECT on_stranger(p.oid, moment, event, level) AS outcome) o
WHERE p.pronamespace = 'dynasty'::regnamespace AND p.prorettype = 'trigger'::regtype AND NOT p.prosecdef AND NOT (event = 'TRUNCATE' AND level = 'ROW')
GROUP BY 1, 2 ORDER BY p.oid::regprocedure::text COLLATE "C", 2;

-- Called without a trigger.
SELECT dynasty.maintain_season_stats();
-- Nothing of this has touched a line; and attaching it takes a right of its own.
SELECT * FROM healthy;
SELECT has_function_privilege('public', 'dynasty.maintain_season_stats()', 'EXECUTE');
