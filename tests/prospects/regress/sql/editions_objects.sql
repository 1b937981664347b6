-- What users make of the tables: grades of other types, columns that are gone, triggers of theirs on what is kept, tables that are missing.
\set VERBOSITY terse
SET client_min_messages = warning;
INSERT INTO dynasty.prospects (id, mlb_id, name, position) SELECT g, g, 'Prospect ' || g, 'SS' FROM generate_series(1, 4) g;
INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, future_value, hit_future, scouting_report)
SELECT g, 'fangraphs', 2022, '2022-10-10', 60, 55, repeat('x', 10000) FROM generate_series(1, 4) g;
INSERT INTO dynasty.milb_advanced_stats (prospect_id, season, level, wrc_plus, woba) SELECT g, 2022, 'AA', 110, 0.333 FROM generate_series(1, 4) g;
CREATE VIEW editions AS SELECT e.prospect_id, source, date_recorded, future_value, length(scouting_report) AS report,
    (SELECT string_agg(coalesce(feature_vector ->> 'future_value', '-'), ' ' ORDER BY y) FROM generate_series(2022, 2025) y, dynasty.prospect_features(e.prospect_id, y)) AS "2022 to 2025"
FROM dynasty.scouting_editions e ORDER BY e.id;

\echo triggers of users on the editions fire as who writes the grades, and may leave one out
CREATE TABLE noted (who name, prospect_id integer);
GRANT INSERT ON noted TO PUBLIC;
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO public.noted VALUES (current_user, NEW.prospect_id);
    IF NEW.prospect_id = 2 THEN RETURN NULL; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER mine BEFORE INSERT ON dynasty.scouting_editions FOR EACH ROW EXECUTE FUNCTION note();
CREATE TRIGGER mine BEFORE INSERT ON dynasty.scouting_grades_history FOR EACH ROW EXECUTE FUNCTION note();
CREATE ROLE writer_of_grades;
GRANT USAGE ON SCHEMA dynasty TO writer_of_grades;
GRANT SELECT, UPDATE ON dynasty.scouting_grades TO writer_of_grades;
SET ROLE writer_of_grades;
UPDATE dynasty.scouting_grades SET date_recorded = '2023-02-20', future_value = 50 WHERE prospect_id < 3;
RESET ROLE;
TABLE noted;
TABLE editions;
DROP TRIGGER mine ON dynasty.scouting_editions;
DROP TRIGGER mine ON dynasty.scouting_grades_history;
DROP OWNED BY writer_of_grades;
DROP ROLE writer_of_grades;

\echo other types: what can be converted is, what cannot is refused by name
DROP VIEW dynasty.data_quality;
ALTER TABLE dynasty.scouting_grades ALTER id TYPE bigint, ALTER future_value TYPE smallint, ALTER source TYPE text, ALTER prospect_id TYPE bigint;
UPDATE dynasty.scouting_grades SET date_recorded = '2023-02-20', future_value = 45, source = source WHERE prospect_id = 3;
TABLE editions;
ALTER TABLE dynasty.scouting_grades DROP CONSTRAINT valid_grades, DROP CONSTRAINT ck_scouting_grades_tools, ALTER hit_future TYPE text;
UPDATE dynasty.scouting_grades SET date_recorded = '2023-02-20' WHERE prospect_id = 4;
UPDATE dynasty.scouting_grades SET scouting_report = NULL WHERE prospect_id = 4;
ALTER TABLE dynasty.scouting_grades ALTER hit_future TYPE integer USING hit_future::integer;
\echo a date that is a moment: compared by its day
ALTER TABLE dynasty.scouting_grades DROP CONSTRAINT ck_scouting_grades_recorded, ALTER date_recorded TYPE timestamp;
UPDATE dynasty.scouting_grades SET date_recorded = date_recorded + interval '1 hour' WHERE prospect_id = 4;
UPDATE dynasty.scouting_grades SET date_recorded = date_recorded + interval '200 days' WHERE prospect_id = 4;
SELECT prospect_id, date_recorded FROM dynasty.scouting_editions WHERE prospect_id = 4;
\echo infinite dates, and a key that is NULL
ALTER TABLE dynasty.scouting_grades ALTER date_recorded TYPE date;
ALTER TABLE dynasty.scouting_grades ALTER source DROP NOT NULL;
UPDATE dynasty.scouting_grades SET date_recorded = 'infinity' WHERE prospect_id = 4;
UPDATE dynasty.scouting_grades SET source = NULL WHERE prospect_id = 4;
UPDATE dynasty.scouting_grades SET date_recorded = '2024-01-01' WHERE prospect_id = 4;
UPDATE dynasty.scouting_grades SET date_recorded = '2024-02-01' WHERE prospect_id = 4;
UPDATE dynasty.scouting_grades SET source = 'fangraphs' WHERE prospect_id = 4;
SELECT prospect_id, source, date_recorded FROM dynasty.scouting_editions WHERE prospect_id = 4;
\echo a column of the features is gone: changes go through, and nothing is kept
ALTER TABLE dynasty.scouting_grades RENAME arm_future TO arm_some_day;
UPDATE dynasty.scouting_grades SET date_recorded = '2025-01-01' WHERE prospect_id = 4;
ALTER TABLE dynasty.milb_advanced_stats RENAME wbsr TO baserunning;
UPDATE dynasty.milb_advanced_stats SET wrc_plus = 90;
SELECT (SELECT count(*) FROM dynasty.scouting_editions WHERE prospect_id = 4), (SELECT count(*) FROM dynasty.milb_advanced_stats_history);
ALTER TABLE dynasty.scouting_grades RENAME arm_some_day TO arm_future;
ALTER TABLE dynasty.milb_advanced_stats RENAME baserunning TO wbsr;
UPDATE dynasty.milb_advanced_stats SET wrc_plus = 95, id = id + 10 WHERE prospect_id = 1;
SELECT id, prospect_id, season, level, wrc_plus, woba FROM dynasty.milb_advanced_stats_history ORDER BY history_id;
\echo what is kept has lost a column, or is gone
ALTER TABLE dynasty.scouting_editions DROP COLUMN fastball_grade;
UPDATE dynasty.scouting_grades SET date_recorded = '2025-02-01' WHERE prospect_id = 4;
ALTER TABLE dynasty.scouting_editions ADD fastball_grade integer;
ALTER TABLE dynasty.scouting_grades_history ALTER id TYPE integer;
UPDATE dynasty.scouting_grades SET future_value = 20 WHERE prospect_id = 4;
ALTER TABLE dynasty.scouting_grades_history ALTER id TYPE bigint;
DROP TABLE dynasty.scouting_editions CASCADE;
UPDATE dynasty.scouting_grades SET date_recorded = '2025-02-01' WHERE prospect_id = 4;
SELECT count(*) FROM dynasty.feature_matrix(2022);
CALL dynasty.install();
UPDATE dynasty.scouting_grades SET date_recorded = '2025-02-01' WHERE prospect_id = 4;
SELECT prospect_id, date_recorded FROM dynasty.scouting_editions;
SELECT pending, ok FROM dynasty.migration_status();
\echo without the trigger nothing is kept, and migration_status says that it is not there
DROP TRIGGER history_update ON dynasty.scouting_grades;
UPDATE dynasty.scouting_grades SET date_recorded = '2025-03-01' WHERE prospect_id = 4;
SELECT count(*) FROM dynasty.scouting_editions;
SELECT pending, ok FROM dynasty.migration_status();
CALL dynasty.install();
UPDATE dynasty.scouting_grades SET date_recorded = '2025-04-01' WHERE prospect_id = 4;
SELECT count(*) FROM dynasty.scouting_editions;
