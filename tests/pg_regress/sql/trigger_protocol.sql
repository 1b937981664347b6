-- maintain_season_stats() says what is wrong with a trigger that is no statement trigger with transition tables.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
\set SHOW_CONTEXT never
CREATE TABLE logs (LIKE dynasty.milb_game_logs);
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
SELECT attached('BEFORE INSERT ON logs FOR EACH STATEMENT', 'INSERT INTO logs SELECT * FROM logs');
SELECT attached('BEFORE DELETE ON logs FOR EACH STATEMENT', 'DELETE FROM logs');
SELECT attached('AFTER INSERT ON logs FOR EACH STATEMENT', 'INSERT INTO logs SELECT * FROM logs');
SELECT attached('AFTER DELETE ON logs FOR EACH STATEMENT', 'DELETE FROM logs');
SELECT attached('AFTER UPDATE ON logs REFERENCING NEW TABLE AS n FOR EACH STATEMENT', 'UPDATE logs SET hits = 1');
SELECT attached('AFTER UPDATE ON logs REFERENCING OLD TABLE AS o FOR EACH STATEMENT', 'UPDATE logs SET hits = 1');
-- On a table that has not its columns.
CREATE TABLE other (prospect_id integer, season integer, hits integer);
INSERT INTO other VALUES (1, 2020, 3);
SELECT attached('AFTER DELETE ON other REFERENCING OLD TABLE AS o FOR EACH STATEMENT', 'DELETE FROM other');
ALTER TABLE logs ALTER hits TYPE text;
SELECT attached('AFTER DELETE ON logs REFERENCING OLD TABLE AS o FOR EACH STATEMENT', 'DELETE FROM logs');
-- Called without a trigger.
SELECT dynasty.maintain_season_stats();
-- Nothing of this has touched a line; and attaching it takes a right of its own.
SELECT * FROM healthy;
SELECT has_function_privilege('public', 'dynasty.maintain_season_stats()', 'EXECUTE');
