-- known_at: a vector as it was served at a moment, whatever was recorded, corrected or deleted since.
SET client_min_messages = warning;
SELECT count(*) > 0 AS played FROM dynasty.simulate_league(80, 2019, 2022, 15);
-- The league as a user's own rows (simulated ones leave no history), recorded over time.
UPDATE dynasty.milb_game_logs SET data_source = 'api', created_at = game_date + time '23:00';
UPDATE dynasty.scouting_grades SET created_at = date_recorded;
UPDATE dynasty.milb_advanced_stats SET created_at = make_timestamptz(season, 11, 1, 0, 0, 0);
UPDATE dynasty.mlb_stats SET created_at = make_timestamptz(season, 11, 1, 0, 0, 0);
UPDATE dynasty.prospects SET created_at = '2019-01-01';
SELECT count(*) AS history FROM dynasty.milb_game_logs_history;
TRUNCATE dynasty.milb_game_logs_history;

CREATE TABLE served (at timestamptz, year integer, prospect_id integer, v float8[]);
CREATE PROCEDURE serve(year integer) LANGUAGE plpgsql AS $$
DECLARE at timestamptz := clock_timestamp();
BEGIN
    INSERT INTO served SELECT at, year, prospect_id, feature_values FROM dynasty.feature_matrix(year);
END $$;
-- Whether every vector that was served comes out again.
CREATE VIEW reproduced AS
SELECT s.year, dense_rank() OVER (ORDER BY s.at) AS served, count(*) AS vectors, count(*) FILTER (WHERE m.feature_values IS DISTINCT FROM s.v) AS differ
FROM served s,
LATERAL (SELECT feature_values FROM dynasty.prospect_features(s.prospect_id, s.year, 'v1.0', s.at)) m
GROUP BY s.year, s.at ORDER BY s.at;

CALL serve(2022);
\echo rows that come later
INSERT INTO dynasty.milb_game_logs (prospect_id, season, game_date, level, plate_appearances, at_bats, hits, walks, strikeouts)
SELECT id, 2022, '2022-09-29', 'AA', 4, 4, 3, 0, 1 FROM dynasty.prospects;
INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, future_value) SELECT id, 'late', 2022, '2022-02-01', 55 FROM dynasty.prospects;
INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances) SELECT id, 2018, 1, 1 FROM dynasty.prospects;
CALL serve(2022);
\echo corrections
UPDATE dynasty.milb_game_logs SET hits = hits + 1, at_bats = at_bats + 1, plate_appearances = plate_appearances + 1 WHERE id % 3 = 0 AND at_bats IS NOT NULL;
CALL serve(2022);
\echo corrections of corrections, and rows that go, come back, move to another prospect
UPDATE dynasty.milb_game_logs SET walks = coalesce(walks, 0) + 1 WHERE id % 6 = 0;
DELETE FROM dynasty.milb_game_logs WHERE id % 7 = 0;
CALL serve(2022);
UPDATE dynasty.milb_game_logs SET game_number = 2, prospect_id = (SELECT max(id) FROM dynasty.prospects)
WHERE id = (SELECT min(id) FROM dynasty.milb_game_logs WHERE id % 7 = 1);
INSERT INTO dynasty.milb_game_logs (id, prospect_id, season, game_date, level, plate_appearances, at_bats, hits)
SELECT 7, min(id), 2020, '2020-02-29', 'A', 1, 1, 1 FROM dynasty.prospects;
CALL serve(2022);
CALL serve(2021);
TABLE reproduced;
-- The same by the other forms.
SELECT count(*) FILTER (WHERE m.feature_values IS DISTINCT FROM s.v) AS differ
FROM (SELECT * FROM served WHERE at = (SELECT max(at) FROM served WHERE year = 2022)) s
JOIN dynasty.feature_matrix(2022, known_at => (SELECT max(at) FROM served WHERE year = 2022)) m USING (prospect_id);
SELECT count(*) FILTER (WHERE m.feature_values IS DISTINCT FROM s.v) AS differ
FROM (SELECT * FROM served WHERE at = (SELECT min(at) FROM served)) s
JOIN dynasty.all_features(2022, known_at => (SELECT min(at) FROM served)) m USING (prospect_id);
-- Now is the present; before everything there is nothing.
SELECT count(*) FILTER (WHERE a.feature_values IS DISTINCT FROM b.feature_values) AS differ
FROM dynasty.feature_matrix(2022) a JOIN dynasty.feature_matrix(2022, known_at => 'infinity') b USING (prospect_id);
SELECT max(feature_values[ordinal]) AS games FROM dynasty.feature_matrix(2022, known_at => '1999-01-01'), dynasty.feature_catalogue() WHERE name = 'career_pa';

-- A change of what the features do not read leaves no history; nor does anything while it is switched off.
SELECT count(*) AS kept FROM dynasty.milb_game_logs_history \gset
UPDATE dynasty.milb_game_logs SET rbi = 0, team = 'Z', data_source = 'api2';
SELECT count(*) - :kept AS more FROM dynasty.milb_game_logs_history;
SET dynasty.game_log_history = off;
UPDATE dynasty.milb_game_logs SET hits = 0 WHERE id % 11 = 0;
SELECT count(*) - :kept AS more FROM dynasty.milb_game_logs_history;
RESET dynasty.game_log_history;
-- Retention.
UPDATE dynasty.milb_game_logs_history SET superseded_at = now() - interval '3 years' WHERE history_id % 2 = 0;
SELECT count(*) AS old FROM dynasty.milb_game_logs_history WHERE superseded_at < now() - interval '2 years' \gset
SELECT dynasty.prune_game_log_history() = :old AS pruned_the_old, dynasty.prune_game_log_history('10 years') AS none;
SELECT dynasty.prune_game_log_history('0') > 0 AS all_of_it, count(*) AS left FROM (SELECT 1 FROM dynasty.milb_game_logs_history LIMIT 0) x;
SELECT dynasty.prune_game_log_history('-1 day');
SELECT dynasty.prune_game_log_history(NULL);
