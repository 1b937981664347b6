-- Who owns the database, or may create in it, makes schema dynasty and tables of its names before a superuser makes the extension: none of
-- his code runs as the superuser, not in CREATE EXTENSION, install(), updates or their readers. What is his is left to him.
\set VERBOSITY terse
SET client_min_messages = warning;
CREATE ROLE dynasty_planter;
CREATE SCHEMA shape;
CREATE SCHEMA mine;
GRANT ALL ON SCHEMA mine TO dynasty_planter;
CREATE TABLE mine.log (who text, what text);
GRANT ALL ON mine.log TO PUBLIC;
-- Tables of the right shape to copy.
DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY '{prospects,milb_game_logs,milb_season_stats,mlb_stats,ml_labels,label_windows,schema_versions,scouting_grades,norm_stamps}'::text[] LOOP
        EXECUTE format('CREATE TABLE shape.%I (LIKE dynasty.%I INCLUDING DEFAULTS INCLUDING INDEXES)', t, t);
    END LOOP;
END $$;
GRANT USAGE ON SCHEMA shape TO dynasty_planter;
GRANT SELECT ON ALL TABLES IN SCHEMA shape TO dynasty_planter;
DROP EXTENSION dynasty CASCADE;
DROP SCHEMA dynasty CASCADE;
CREATE FUNCTION grant_create() RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO dynasty_planter', current_database()); END $$;
SELECT grant_create();
SET ROLE dynasty_planter;
CREATE FUNCTION mine.note(what text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN INSERT INTO mine.log VALUES (current_user, what); RETURN true; END $$;
CREATE FUNCTION mine.note_now(what text) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN IF current_user <> 'dynasty_planter' THEN RAISE 'ran as %', current_user; END IF; RETURN 1; END $$;
CREATE FUNCTION mine.fire() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO mine.log VALUES (current_user, TG_NAME); RETURN NEW; END $$;
CREATE SCHEMA dynasty;
DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY '{prospects,milb_game_logs,milb_season_stats,mlb_stats,ml_labels,label_windows,schema_versions,scouting_grades,norm_stamps}'::text[] LOOP
        EXECUTE format('CREATE TABLE dynasty.%I (LIKE shape.%I INCLUDING DEFAULTS INCLUDING INDEXES)', t, t);
        EXECUTE format('ALTER TABLE dynasty.%I ADD extra integer DEFAULT mine.note_now(%L), ADD CHECK (mine.note(%L))', t, t || ' default', t || ' check');
        EXECUTE format('CREATE TRIGGER planted BEFORE INSERT OR UPDATE OR DELETE ON dynasty.%I FOR EACH ROW EXECUTE FUNCTION mine.fire()', t);
        EXECUTE format('CREATE INDEX ON dynasty.%I (mine.note_now(%L || coalesce(extra, 0)))', t, t || ' index');
        EXECUTE format('CREATE RULE planted AS ON INSERT TO dynasty.%I DO ALSO INSERT INTO mine.log VALUES (current_user, %L)', t, t || ' rule');
    END LOOP;
END $$;
CREATE VIEW dynasty.data_quality AS SELECT mine.note('view') AS rule;
DROP RULE planted ON dynasty.label_windows;
DROP RULE planted ON dynasty.schema_versions;
INSERT INTO dynasty.label_windows (prospect_year, evaluation_year, window_complete) VALUES (2015, 2019, true);
INSERT INTO dynasty.schema_versions (version, direction) VALUES ('1.0', 'install');
ALTER TABLE dynasty.milb_season_stats ENABLE ROW LEVEL SECURITY;
RESET ROLE;
DELETE FROM mine.log;
SET client_min_messages = notice;
CREATE EXTENSION dynasty;
SELECT * FROM mine.log WHERE who <> 'dynasty_planter';
CALL dynasty.install();
SELECT * FROM mine.log WHERE who <> 'dynasty_planter';
SELECT count(*) AS nothing_new FROM pg_class WHERE relnamespace = 'dynasty'::regnamespace AND relkind IN ('r', 'v') AND relowner <> 'dynasty_planter'::regrole;
SELECT count(*) AS nothing_attached FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid WHERE c.relnamespace = 'dynasty'::regnamespace AND NOT tgisinternal AND tgname <> 'planted';
SELECT count(*) AS no_comment FROM pg_description d JOIN pg_class c ON d.classoid = 'pg_class'::regclass AND c.oid = d.objoid WHERE c.relnamespace = 'dynasty'::regnamespace;
-- The version is read from a table, which runs nothing; changing it is refused, with what is to be done.
\set SHOW_CONTEXT never
SELECT tables_version, pending FROM dynasty.migration_status();
\set VERBOSITY default
SELECT dynasty.migrate();
\echo :LAST_ERROR_SQLSTATE
\set VERBOSITY terse
SELECT * FROM mine.log WHERE who <> 'dynasty_planter';
-- A view where versions were looked up, and policies.
SET client_min_messages = warning;
SET ROLE dynasty_planter;
DROP TABLE dynasty.schema_versions;
CREATE VIEW dynasty.schema_versions AS SELECT now() AS applied_at, '1.0'::text AS version, '{}'::jsonb AS pending WHERE mine.note('versions');
RESET ROLE;
SELECT tables_version IS NULL AS unknown FROM dynasty.migration_status();
CALL dynasty.install();
SELECT * FROM mine.log WHERE who <> 'dynasty_planter';
-- One table is enough to leave what builds on it unmade.
DROP EXTENSION dynasty CASCADE;
DROP SCHEMA dynasty CASCADE;
SET ROLE dynasty_planter;
CREATE SCHEMA dynasty;
CREATE TABLE dynasty.label_windows (prospect_year integer, evaluation_year integer, config jsonb, window_complete boolean);
INSERT INTO dynasty.label_windows VALUES (2015, 2019, '{}', true);
RESET ROLE;
CREATE EXTENSION dynasty;
SELECT relname FROM pg_class WHERE relnamespace = 'dynasty'::regnamespace AND relkind IN ('r', 'v') ORDER BY 1;
-- A table of the superuser's with a partition of somebody else's is somebody else's, too; and one with his trigger.
DROP EXTENSION dynasty CASCADE;
DROP SCHEMA dynasty, dynasty_odds, dynasty_ops CASCADE;
CREATE EXTENSION dynasty;
CREATE TABLE mine.grades () INHERITS (dynasty.scouting_grades);
ALTER TABLE mine.grades OWNER TO dynasty_planter;
SET client_min_messages = notice;
ALTER EXTENSION dynasty UPDATE TO '1.0';
ALTER EXTENSION dynasty UPDATE TO '1.1';
DROP TABLE mine.grades;
GRANT USAGE ON SCHEMA dynasty TO dynasty_planter;
GRANT TRIGGER ON dynasty.scouting_grades TO dynasty_planter;
SET ROLE dynasty_planter;
CREATE TRIGGER planted BEFORE UPDATE ON dynasty.scouting_grades FOR EACH ROW EXECUTE FUNCTION mine.fire();
RESET ROLE;
CALL dynasty.install();
SELECT dynasty.migrate('1.0');
\echo :LAST_ERROR_SQLSTATE
DROP TRIGGER planted ON dynasty.scouting_grades;
SELECT dynasty.migrate('1.0');
SELECT dynasty.migrate();
-- Functions of our names that would fit better.
GRANT CREATE ON SCHEMA dynasty TO dynasty_planter;
SET ROLE dynasty_planter;
CREATE FUNCTION dynasty._change_tables(target text) RETURNS void LANGUAGE sql AS $$ SELECT mine.note('overload') $$;
RESET ROLE;
ALTER EXTENSION dynasty UPDATE TO '1.0';
\echo :LAST_ERROR_SQLSTATE
CALL dynasty.install();
\echo :LAST_ERROR_SQLSTATE
DROP FUNCTION dynasty._change_tables(text);
-- One of another name is nobody's business.
SET ROLE dynasty_planter;
CREATE FUNCTION dynasty.my_own() RETURNS integer LANGUAGE sql AS 'SELECT 1';
RESET ROLE;
ALTER EXTENSION dynasty UPDATE TO '1.0';
ALTER EXTENSION dynasty UPDATE;
-- An operator in the schema that CREATE EXTENSION is called with, which fits better than pg_catalog's.
DROP EXTENSION dynasty CASCADE;
SET client_min_messages = warning;
SET ROLE dynasty_planter;
CREATE FUNCTION mine.same(oid, regclass) RETURNS boolean LANGUAGE sql AS $$ SELECT mine.note('operator') $$;
CREATE OPERATOR mine.= (FUNCTION = mine.same, LEFTARG = oid, RIGHTARG = regclass);
RESET ROLE;
SET search_path = mine, public;
CREATE EXTENSION dynasty SCHEMA mine;
ALTER EXTENSION dynasty UPDATE TO '1.0';
ALTER EXTENSION dynasty UPDATE;
RESET search_path;
SELECT * FROM mine.log WHERE who <> 'dynasty_planter';
DROP EXTENSION dynasty CASCADE;
DROP SCHEMA dynasty, dynasty_odds, dynasty_ops, mine, shape CASCADE;
DROP OWNED BY dynasty_planter;
DROP ROLE dynasty_planter;
