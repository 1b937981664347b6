-- The label functions have no rights of their own.
\set VERBOSITY terse
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'One', 'SS'), (2, 'Two', 'P');
INSERT INTO dynasty.mlb_stats (prospect_id, season, plate_appearances, games_played, war) VALUES (1, 2021, 600, 150, 3.0), (2, 2021, 10, 5, 0.0);
CREATE ROLE dynasty_labeller;
GRANT USAGE ON SCHEMA dynasty TO dynasty_labeller;
SET ROLE dynasty_labeller;
SELECT * FROM dynasty.derive_label(1, 2020, 2024, 2024);
\echo :LAST_ERROR_SQLSTATE
SELECT * FROM dynasty.derive_labels(2020);
SELECT * FROM dynasty.label_window(2020);
SELECT * FROM dynasty.label_window(2020, 2024, 2024);
SELECT dynasty.refresh_labels(2020, 2024, 2024);
CALL dynasty.keep_labels_current(2020);
RESET ROLE;
GRANT SELECT ON dynasty.prospects TO dynasty_labeller;
GRANT SELECT (prospect_id, season, war) ON dynasty.mlb_stats TO dynasty_labeller;
SET ROLE dynasty_labeller;
SELECT * FROM dynasty.derive_labels(2020, 2024, 2024);
RESET ROLE;
GRANT SELECT ON dynasty.mlb_stats TO dynasty_labeller;
SET ROLE dynasty_labeller;
SELECT prospect_id, success_tier FROM dynasty.derive_labels(2020, 2024, 2024);
SELECT prospect_id, success_tier FROM dynasty.derive_label(2, 2020, 2024, 2024);
SELECT dynasty.refresh_labels(2020, 2024, 2024);
\echo :LAST_ERROR_SQLSTATE
RESET ROLE;
-- EXECUTE alone does not write.
GRANT EXECUTE ON FUNCTION dynasty.refresh_labels TO dynasty_labeller;
SET ROLE dynasty_labeller;
SELECT dynasty.refresh_labels(2020, 2024, 2024);
\echo :LAST_ERROR_SQLSTATE
RESET ROLE;
GRANT SELECT, INSERT, UPDATE ON dynasty.ml_labels TO dynasty_labeller; -- and none on the sequence
SET ROLE dynasty_labeller;
SELECT dynasty.refresh_labels(2020, 2024, 2024);
SELECT prospect_id, success_tier FROM dynasty.ml_labels ORDER BY 1;
-- Triggers are the owner's business.
CALL dynasty.keep_labels_current(2020);
RESET ROLE;
-- Row security: he gets labels of whom he sees, from the seasons that he sees.
ALTER TABLE dynasty.prospects ENABLE ROW LEVEL SECURITY;
CREATE POLICY one ON dynasty.prospects TO dynasty_labeller USING (id = 1);
SET ROLE dynasty_labeller;
SELECT prospect_id, total_pa FROM dynasty.derive_labels(2020, 2024, 2024);
SELECT count(*) FROM dynasty.derive_label(2, 2020, 2024, 2024);
RESET ROLE;
ALTER TABLE dynasty.mlb_stats ENABLE ROW LEVEL SECURITY;
CREATE POLICY two ON dynasty.mlb_stats TO dynasty_labeller USING (prospect_id = 2);
SET ROLE dynasty_labeller;
SELECT prospect_id, total_pa, success_tier FROM dynasty.derive_labels(2020, 2024, 2024);
RESET ROLE;
SELECT prospect_id, total_pa FROM dynasty.derive_labels(2020, 2024, 2024);
-- What a policy forbids is not written.
ALTER TABLE dynasty.ml_labels ENABLE ROW LEVEL SECURITY;
CREATE POLICY none_new ON dynasty.ml_labels TO dynasty_labeller USING (true) WITH CHECK (false);
SET ROLE dynasty_labeller;
SELECT dynasty.refresh_labels(2019, 2024, 2024);
\echo :LAST_ERROR_SQLSTATE
RESET ROLE;
DROP OWNED BY dynasty_labeller;
DROP ROLE dynasty_labeller;
