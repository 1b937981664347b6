-- Two rows of one man become one and two again. A player of a league is cut in two: merged, everything reads as before the cut, and
-- unmerged as after it.
SET client_min_messages = warning;
\set VERBOSITY terse
SELECT count(*) > 0 AS simulated FROM dynasty.simulate_league(40, 2018, 2022, 5);
CALL dynasty.keep_labels_current(2019, 2022);
SELECT sum(dynasty.refresh_features(y)) AS vectors FROM generate_series(2020, 2021) y;
SELECT dynasty.refresh_labels(2018, 2021) AS labels;
-- All that is known of players but stamps, and the moments of changes.
CREATE VIEW everything AS
    SELECT 'games' AS what, prospect_id AS who, to_jsonb(t) - '{prospect_id,created_at}'::text[] AS facts FROM dynasty.milb_game_logs t
    UNION ALL SELECT 'season lines', prospect_id, to_jsonb(t) - '{prospect_id,stamp,created_at,updated_at}'::text[] FROM dynasty.milb_season_stats t
    UNION ALL SELECT 'advanced', prospect_id, to_jsonb(t) - '{prospect_id,created_at}'::text[] FROM dynasty.milb_advanced_stats t
    UNION ALL SELECT 'majors', prospect_id, to_jsonb(t) - '{prospect_id,created_at,updated_at}'::text[] FROM dynasty.mlb_stats t
    UNION ALL SELECT 'grades', prospect_id, to_jsonb(t) - '{prospect_id,created_at,updated_at}'::text[] FROM dynasty.scouting_grades t
    UNION ALL SELECT 'editions', prospect_id, to_jsonb(t) - '{id,prospect_id,created_at,updated_at}'::text[] FROM dynasty.scouting_editions t
    UNION ALL SELECT 'predictions', prospect_id, to_jsonb(t) - '{prospect_id,created_at}'::text[] FROM dynasty.ml_predictions t
    UNION ALL SELECT 'labels', prospect_id, to_jsonb(t) - '{id,prospect_id,created_at,updated_at}'::text[] FROM dynasty.ml_labels t
    UNION ALL SELECT 'vectors', prospect_id, jsonb_build_array(as_of_year, feature_set_version, feature_values) FROM dynasty.ml_features t
    UNION ALL SELECT 'ids', prospect_id, jsonb_build_array(source, external_id) FROM dynasty.prospect_identifiers t
    UNION ALL SELECT 'prospects', id, to_jsonb(t) - '{id,created_at,updated_at}'::text[] FROM dynasty.prospects t;
SELECT p.id AS one FROM dynasty.prospects p WHERE (SELECT count(*) FROM dynasty.mlb_stats m WHERE m.prospect_id = p.id) > 1
    AND (SELECT count(*) FROM dynasty.scouting_grades g WHERE g.prospect_id = p.id) > 1 AND (SELECT count(*) FROM dynasty.milb_advanced_stats a WHERE a.prospect_id = p.id) > 1 ORDER BY 1 LIMIT 1 \gset
SELECT dynasty.record_prediction(:one, 'm:1', '2021-12-31', 0.7) > 0 AS predicted, dynasty.record_prediction(:one, 'm:1', '2022-12-31', 0.8) > 0 AS predicted;
INSERT INTO dynasty.prospect_identifiers (prospect_id, source, external_id) VALUES (:one, 'bbref', 'one001');
CREATE TABLE whole AS TABLE everything;
-- The cut: the other half has no MLBAM id, other games, seasons, lists; and of one game either has a part.
INSERT INTO dynasty.prospects SELECT (jsonb_populate_record(p, '{"id": 900000, "mlb_id": null, "height_inches": null}')).* FROM dynasty.prospects p WHERE id = :one;
UPDATE dynasty.prospects SET fg_player_id = NULL, weight_lbs = NULL WHERE id = :one;
UPDATE dynasty.milb_game_logs SET prospect_id = 900000 WHERE prospect_id = :one AND id % 3 = 0;
UPDATE dynasty.milb_advanced_stats SET prospect_id = 900000 WHERE prospect_id = :one AND id % 2 = 0;
UPDATE dynasty.mlb_stats SET prospect_id = 900000 WHERE prospect_id = :one AND id % 2 = 0;
UPDATE dynasty.scouting_grades SET prospect_id = 900000 WHERE prospect_id = :one AND id % 2 = 0;
UPDATE dynasty.ml_predictions SET prospect_id = 900000 WHERE prospect_id = :one AND prediction_date < '2022-01-01';
UPDATE dynasty.prospect_identifiers SET prospect_id = 900000 WHERE source = 'bbref';
SELECT g.id AS game FROM dynasty.milb_game_logs g WHERE prospect_id = :one AND game_pk IS NOT NULL ORDER BY id LIMIT 1 \gset
INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_pk, game_date, game_number, season, game_type, level, team, rbi)
SELECT 90000000, 900000, game_pk, game_date, game_number, season, game_type, level, team, rbi FROM dynasty.milb_game_logs WHERE id = :game;
UPDATE dynasty.milb_game_logs SET rbi = NULL WHERE id = :game;
INSERT INTO dynasty.mlb_stats (id, prospect_id, season, war) SELECT 90000000, 900000, season, war FROM dynasty.mlb_stats WHERE prospect_id = :one AND war IS NOT NULL ORDER BY season LIMIT 1;
UPDATE dynasty.mlb_stats m SET war = NULL FROM dynasty.mlb_stats o WHERE o.id = 90000000 AND m.prospect_id = :one AND m.season = o.season;
SELECT sum(dynasty.refresh_features(y, prospect_ids => ARRAY[:one])) AS vectors FROM generate_series(2020, 2021) y;
SELECT dynasty.refresh_features(2021, prospect_ids => ARRAY[900000]) AS vectors, dynasty.refresh_labels(2018, 2021) > 0 AS labels;
CREATE TABLE cut AS TABLE everything;
CREATE VIEW to_whole AS SELECT d.what, count(*) FROM ((TABLE everything EXCEPT TABLE whole) UNION ALL (TABLE whole EXCEPT TABLE everything)) d GROUP BY 1;
SELECT what FROM to_whole ORDER BY 1;
SELECT prospect_id = :one AS one, other_id, confidence, why FROM dynasty.duplicate_prospects;

SELECT dynasty.merge_prospects(:one, 900000) AS merge \gset
-- Vectors of others stand as they were computed; his are those of the whole man.
SELECT * FROM to_whole;
SELECT count(*) AS season_lines_that_differ FROM dynasty.season_stats_diff();
SELECT count(*) FROM dynasty.prospects WHERE id = 900000;
-- The games had been another man's, and known_at says so; his facts as well.
SELECT count(*) > 0 AS games_in_history FROM dynasty.milb_game_logs_history WHERE prospect_id = 900000;
SELECT count(*) AS prospects_in_history FROM dynasty.prospects_history WHERE id = 900000;
-- What has come since stays with the one who was kept; what was moved goes back as it is by now.
INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_date, season, level, at_bats, hits) VALUES (90000001, :one, '2022-06-01', 2022, 'AA', 4, 1);
SELECT dynasty.unmerge_prospects(:merge);
DELETE FROM dynasty.milb_game_logs WHERE id = 90000001;
SELECT dynasty.refresh_features(2021, prospect_ids => ARRAY[:one]) >= 0 AS refreshed;
SELECT d.what, count(*) FROM ((TABLE everything EXCEPT TABLE cut) UNION ALL (TABLE cut EXCEPT TABLE everything)) d GROUP BY 1;
SELECT count(*) AS season_lines_that_differ FROM dynasty.season_stats_diff();
SELECT undone_at IS NOT NULL AS undone, undone_by = current_user AS by_me FROM dynasty.prospect_merges;

-- Which cannot be.
SELECT dynasty.unmerge_prospects(:merge);
SELECT dynasty.unmerge_prospects(-1);
SELECT dynasty.unmerge_prospects(NULL) IS NULL AS nothing, dynasty.merge_prospects(NULL, 1) IS NULL AS nothing;
SELECT dynasty.merge_prospects(900000, 900000);
SELECT dynasty.merge_prospects(900000, -5);
UPDATE dynasty.prospects SET mlb_id = 5 WHERE id = 900000;
DO $$ BEGIN PERFORM dynasty.merge_prospects((SELECT kept_id FROM dynasty.prospect_merges), 900000); EXCEPTION WHEN object_not_in_prerequisite_state THEN RAISE INFO 'two MLBAM ids: refused'; END $$;

-- Two editions of one list, the earlier with either: as of the year's end the earlier counts, afterwards as before.
TRUNCATE dynasty.prospects CASCADE;
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'A', 'SS'), (2, 'A', 'SS'), (3, 'B', 'SS'), (4, 'B', 'SS');
INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, future_value) VALUES (1, 'fangraphs', 2022, '2022-10-01', 50), (2, 'fangraphs', 2022, '2023-02-01', 60),
    (3, 'fangraphs', 2022, '2023-02-01', 60), (4, 'fangraphs', 2022, '2022-10-01', 50);
CREATE VIEW lists AS SELECT prospect_id, 'grades' AS stands_in, date_recorded, future_value FROM dynasty.scouting_grades UNION ALL SELECT prospect_id, 'editions', date_recorded, future_value FROM dynasty.scouting_editions ORDER BY 1, 3;
SELECT dynasty.merge_prospects(1, 2) AS first_merge \gset
SELECT dynasty.merge_prospects(3, 4) AS second_merge \gset
TABLE lists;
SELECT prospect_id, feature_vector -> 'future_value' AS known_in_2022 FROM dynasty.all_features(2022);
SELECT dynasty.unmerge_prospects(:first_merge), dynasty.unmerge_prospects(:second_merge);
TABLE lists;

-- Tables of one's own follow; a chain of merges is taken back from its end.
TRUNCATE dynasty.prospects CASCADE;
CREATE TABLE notes (prospect_id integer REFERENCES dynasty.prospects ON DELETE CASCADE, note text);
INSERT INTO dynasty.prospects (id, name, position) VALUES (1, 'A', 'SS'), (2, 'A', 'IF'), (3, 'A', 'SS');
INSERT INTO notes VALUES (2, 'of the second'), (3, 'of the third');
SELECT dynasty.merge_prospects(2, 3) AS first_merge \gset
SELECT dynasty.merge_prospects(1, 2) AS second_merge \gset
TABLE notes;
SELECT record -> 'others' AS others FROM dynasty.prospect_merges WHERE id = :second_merge;
DO $$ BEGIN PERFORM dynasty.unmerge_prospects((SELECT id FROM dynasty.prospect_merges WHERE dropped_id = 3)); EXCEPTION WHEN object_not_in_prerequisite_state THEN RAISE INFO 'the kept one is gone: refused'; END $$;
SELECT dynasty.unmerge_prospects(:second_merge), dynasty.unmerge_prospects(:first_merge);
SELECT id, name, position FROM dynasty.prospects ORDER BY id;
