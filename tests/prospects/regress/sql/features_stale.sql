-- Which stored vectors are older than their inputs: told without computing any, and nobody is missed.
SET client_min_messages = warning;
SELECT count(*) > 0 AS played FROM dynasty.simulate_league(150, 2018, 2022, 12);
SELECT dynasty.refresh_features(y) > 0 AS refreshed FROM generate_series(2019, 2022) y;

-- After each kind of change: how many are stale and why; every vector that would change is among them; refreshing the
-- stale ones makes everything equal.
CREATE FUNCTION after_change(year integer, OUT missing bigint, OUT inputs bigint, OUT norms bigint, OUT changed_unnoticed bigint, OUT left_over bigint)
LANGUAGE plpgsql AS $$
BEGIN
    CREATE TEMP TABLE stale ON COMMIT DROP AS SELECT * FROM dynasty.stale_features(year);
    SELECT count(*) FILTER (WHERE reason = 'missing'), count(*) FILTER (WHERE reason = 'inputs'), count(*) FILTER (WHERE reason = 'norms')
    INTO missing, inputs, norms FROM stale;
    SELECT count(*) INTO changed_unnoticed
    FROM dynasty.feature_matrix(year) m LEFT JOIN dynasty.ml_features f
        ON f.prospect_id = m.prospect_id AND f.as_of_year = year AND f.feature_set_version = 'v1.0'
    WHERE f.feature_values IS DISTINCT FROM m.feature_values AND m.prospect_id NOT IN (SELECT prospect_id FROM stale);
    PERFORM dynasty.refresh_stale_features(year);
    SELECT count(*) INTO left_over
    FROM dynasty.feature_matrix(year) m LEFT JOIN dynasty.ml_features f
        ON f.prospect_id = m.prospect_id AND f.as_of_year = year AND f.feature_set_version = 'v1.0'
    WHERE f.feature_values IS DISTINCT FROM m.feature_values;
    left_over := left_over + (SELECT count(*) FROM dynasty.stale_features(year));
    DROP TABLE stale;
END $$;
CREATE VIEW somebody AS SELECT prospect_id AS id FROM dynasty.milb_game_logs WHERE season = 2020 OR season = 2021 GROUP BY 1 HAVING count(*) > 50 ORDER BY 1 LIMIT 1;

SELECT * FROM after_change(2021);
\echo a game more
INSERT INTO dynasty.milb_game_logs (prospect_id, season, game_date, level, plate_appearances, at_bats, hits, walks, strikeouts)
SELECT id, 2021, '2021-09-30', 'AA', 4, 4, 2, 0, 1 FROM somebody;
SELECT inputs, norms > 0 AS some_norms, changed_unnoticed, left_over FROM after_change(2021);
\echo a game corrected
UPDATE dynasty.milb_game_logs SET walks = walks + 1 WHERE game_date = '2021-09-30' AND prospect_id IN (TABLE somebody);
SELECT inputs, changed_unnoticed, left_over FROM after_change(2021);
\echo a game gone
DELETE FROM dynasty.milb_game_logs WHERE game_date = '2021-09-30' AND prospect_id IN (TABLE somebody);
SELECT inputs, changed_unnoticed, left_over FROM after_change(2021);
\echo a column the features do not read
UPDATE dynasty.milb_game_logs SET rbi = coalesce(rbi, 0) + 1 WHERE prospect_id IN (TABLE somebody);
SELECT changed_unnoticed, left_over FROM after_change(2021);
\echo a grade
INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, future_value) SELECT id, 'test', 2021, '2021-02-01', 65 FROM somebody;
SELECT * FROM after_change(2021);
\echo a grade of a later year
INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, future_value) SELECT id, 'test', 2022, '2022-02-01', 70 FROM somebody;
SELECT * FROM after_change(2021);
\echo an advanced line
DELETE FROM dynasty.milb_advanced_stats WHERE prospect_id IN (TABLE somebody);
INSERT INTO dynasty.milb_advanced_stats (prospect_id, season, level, wrc_plus) SELECT DISTINCT prospect_id, season, level, 140 FROM dynasty.milb_game_logs
WHERE prospect_id IN (TABLE somebody) AND season <= 2021;
SELECT * FROM after_change(2021);
\echo the majors
DELETE FROM dynasty.mlb_stats WHERE prospect_id IN (TABLE somebody);
INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances) SELECT id, 2021, 3, 9 FROM somebody;
SELECT * FROM after_change(2021);
\echo who he is
UPDATE dynasty.prospects SET height_inches = 84 WHERE id IN (TABLE somebody);
SELECT * FROM after_change(2021);
\echo his birth date, which is in the age norms
UPDATE dynasty.prospects SET birth_date = birth_date - 1000 WHERE id IN (TABLE somebody);
SELECT inputs, norms > 0 AS some_norms, changed_unnoticed, left_over FROM after_change(2021);
\echo what is not read
UPDATE dynasty.prospects SET current_organization = 'XXX', current_level = 'AAA' WHERE id IN (TABLE somebody);
SELECT * FROM after_change(2021);
\echo a new prospect, and one who goes
INSERT INTO dynasty.prospects (name, position) VALUES ('New', 'SS');
SELECT * FROM after_change(2021);
DELETE FROM dynasty.prospects WHERE id IN (TABLE somebody);
SELECT missing, inputs, norms > 0 AS some_norms, changed_unnoticed, left_over FROM after_change(2021);
\echo everything gone, and back
BEGIN;
TRUNCATE dynasty.milb_game_logs;
SELECT inputs > 100 AS nearly_all, changed_unnoticed, left_over FROM after_change(2021);
ROLLBACK;
SELECT * FROM after_change(2021);
\echo a change taken back
BEGIN;
UPDATE dynasty.milb_game_logs SET hits = 0 WHERE season = 2020;
SAVEPOINT s;
UPDATE dynasty.milb_game_logs SET hits = NULL WHERE season = 2019;
ROLLBACK TO s;
SELECT changed_unnoticed, left_over FROM after_change(2021);
ROLLBACK;
SELECT * FROM after_change(2021);

-- A year does not care for what came later; a change of 2020 is one for 2020 and after.
SELECT dynasty.refresh_stale_features(y) IS NOT NULL AS refreshed FROM generate_series(2019, 2022) y;
UPDATE dynasty.milb_game_logs SET hits = hits - 1 WHERE id = (SELECT min(id) FROM dynasty.milb_game_logs WHERE season = 2021 AND hits > 0);
SELECT y, count(*) > 0 AS stale FROM generate_series(2019, 2022) y LEFT JOIN LATERAL dynasty.stale_features(y) s ON true WHERE s IS NOT NULL GROUP BY y ORDER BY y;
SELECT as_of_year, reason, count(*) FROM dynasty.feature_freshness WHERE reason = 'inputs' GROUP BY 1, 2 ORDER BY 1;
-- Only some reasons; unknown ones.
SELECT dynasty.refresh_stale_features(2021, 'v1.0', '{missing,inputs}') AS written;
SELECT reason, count(*) > 0 AS left FROM dynasty.stale_features(2021) GROUP BY 1;
SELECT dynasty.refresh_stale_features(2021, 'v1.0', '{lazy}');
SELECT count(*) FROM dynasty.stale_features(NULL);
