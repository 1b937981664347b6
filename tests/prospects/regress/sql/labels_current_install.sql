-- Windows outlive the triggers: install() attaches them again and brings the labels up to date.
\set VERBOSITY terse
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'One', 'SS');
INSERT INTO dynasty.mlb_stats (prospect_id, season, plate_appearances, war) VALUES (1, 2012, 600, 4.5);
CALL dynasty.keep_labels_current(2010, 2012);
CALL dynasty.keep_labels_current(2011, 2012, '{"min_pa": 700}');
DROP TRIGGER labels_update ON dynasty.mlb_stats;
UPDATE dynasty.mlb_stats SET plate_appearances = 700;
SELECT prospect_year, total_pa, success_tier FROM dynasty.ml_labels ORDER BY 1;
CALL dynasty.install();
SELECT prospect_year, total_pa, success_tier FROM dynasty.ml_labels ORDER BY 1;
CALL dynasty.install();
-- The extension gone and come again.
SET client_min_messages = warning;
DROP EXTENSION dynasty CASCADE;
UPDATE dynasty.mlb_stats SET plate_appearances = 699;
SELECT prospect_year, total_pa, success_tier FROM dynasty.ml_labels ORDER BY 1;
CREATE EXTENSION dynasty;
SELECT prospect_year, total_pa, success_tier FROM dynasty.ml_labels ORDER BY 1;
UPDATE dynasty.mlb_stats SET plate_appearances = 1;
SELECT prospect_year, total_pa, success_tier FROM dynasty.ml_labels ORDER BY 1;
-- Without a window no trigger.
DROP TRIGGER labels_insert ON dynasty.mlb_stats;
DELETE FROM dynasty.label_windows;
RESET client_min_messages;
CALL dynasty.install();
DROP TABLE dynasty.label_windows;
CALL dynasty.install();
