-- Who writes mlb_stats keeps the labels with his own rights, or not at all.
\set VERBOSITY terse
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'One', 'SS');
CREATE ROLE dynasty_majors;
GRANT USAGE ON SCHEMA dynasty TO dynasty_majors;
GRANT SELECT, INSERT, UPDATE ON dynasty.mlb_stats TO dynasty_majors;
SET ROLE dynasty_majors;
-- Without windows he needs no more.
INSERT INTO dynasty.mlb_stats (prospect_id, season, plate_appearances, war) VALUES (1, 2012, 600, 4.5);
RESET ROLE;
-- EXECUTE is not enough to attach triggers to somebody else's table.
GRANT EXECUTE ON PROCEDURE dynasty.keep_labels_current TO dynasty_majors;
GRANT EXECUTE ON FUNCTION dynasty._attach_label_triggers TO dynasty_majors;
SET ROLE dynasty_majors;
CALL dynasty.keep_labels_current(2010, 2012);
\echo :LAST_ERROR_SQLSTATE
RESET ROLE;
CALL dynasty.keep_labels_current(2010, 2012);
SET ROLE dynasty_majors;
UPDATE dynasty.mlb_stats SET plate_appearances = 700;
\echo :LAST_ERROR_SQLSTATE
RESET ROLE;
GRANT SELECT, UPDATE ON dynasty.label_windows TO dynasty_majors;
SET ROLE dynasty_majors;
UPDATE dynasty.mlb_stats SET plate_appearances = 700;
RESET ROLE;
GRANT EXECUTE ON FUNCTION dynasty.refresh_labels TO dynasty_majors;
GRANT SELECT ON dynasty.prospects TO dynasty_majors;
SET ROLE dynasty_majors;
UPDATE dynasty.mlb_stats SET plate_appearances = 700;
RESET ROLE;
SELECT total_pa FROM dynasty.ml_labels;
GRANT SELECT, INSERT, UPDATE ON dynasty.ml_labels TO dynasty_majors;
SET ROLE dynasty_majors;
UPDATE dynasty.mlb_stats SET plate_appearances = 700;
SELECT total_pa FROM dynasty.ml_labels;
RESET ROLE;
-- Row security: he could make a label of the half that he sees. So he may not.
ALTER TABLE dynasty.mlb_stats ENABLE ROW LEVEL SECURITY;
CREATE POLICY late ON dynasty.mlb_stats TO dynasty_majors USING (season > 2011);
SET ROLE dynasty_majors;
\set VERBOSITY default
\set SHOW_CONTEXT never
UPDATE dynasty.mlb_stats SET plate_appearances = 800;
\echo :LAST_ERROR_SQLSTATE
RESET ROLE;
DROP TRIGGER labels_insert ON dynasty.mlb_stats;
DROP TRIGGER labels_update ON dynasty.mlb_stats;
SET ROLE dynasty_majors;
UPDATE dynasty.mlb_stats SET plate_appearances = 800;
RESET ROLE;
SELECT s.plate_appearances, l.total_pa FROM dynasty.mlb_stats s JOIN dynasty.ml_labels l USING (prospect_id);
DROP OWNED BY dynasty_majors;
DROP ROLE dynasty_majors;
