-- Vectors that differ in a few whole numbers are told apart. Grades have only the high bits of a float; with the hash that
-- was used to compare vectors, these two of an arm without a game were one.
SET client_min_messages = warning;
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'Graded Arm', 'SP');
INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, fastball_grade, slider_grade, curveball_grade,
                                     changeup_grade, control_grade, command_grade)
VALUES (1, 'fangraphs', 2020, '2020-02-01', 30, 30, 30, 40, 35, 35);
SELECT dynasty.refresh_features(2020) AS written;
UPDATE dynasty.scouting_grades SET changeup_grade = 60, control_grade = 60, command_grade = 60;
SELECT reason FROM dynasty.stale_features(2020);
SELECT dynasty.refresh_features(2020) AS written;
SELECT f.feature_values = m.feature_values AS same, f.feature_vector -> 'changeup_grade' AS changeup
FROM dynasty.ml_features f JOIN dynasty.feature_matrix(2020) m USING (prospect_id);
SELECT reason FROM dynasty.stale_features(2020);
