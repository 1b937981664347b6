-- known_at for grades, editions and advanced lines: every vector that was served comes out again, whatever was recorded, corrected,
-- re-issued, renumbered or deleted since, by loaders or plain SQL.
SET client_min_messages = warning;
INSERT INTO dynasty.prospects (id, mlb_id, name, position, created_at)
SELECT g, g, 'Prospect ' || g, CASE WHEN g % 4 = 0 THEN 'SP' ELSE 'SS' END, '2019-01-01' FROM generate_series(1, 24) g;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, plate_appearances, hits)
SELECT g, '2021-05-01', 2021, 'AA', 4, 4, g % 4 FROM generate_series(1, 24) g;
INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, future_value, hit_future, risk_level, fastball_grade)
SELECT g, s, y, make_date(y, 10, 1), 40 + 5 * (g % 5), 30 + 5 * (g % 7), (ARRAY['Safe', 'High'])[1 + g % 2], CASE WHEN g % 4 = 0 THEN 60 END
FROM generate_series(1, 24) g, unnest('{fangraphs,ba}'::text[]) s, generate_series(2020, 2021) y;
INSERT INTO dynasty.milb_advanced_stats (prospect_id, season, level, wrc_plus, wraa, woba, gb_percent, speed_score, wbsr)
SELECT g, 2021, l, 80 + g, g - 10, 0.3 + g / 100.0, 30 + g, 4.5, -0.5 FROM generate_series(1, 24) g, unnest('{A,AA}'::text[]) l;

CREATE TABLE served (at timestamptz, year integer, prospect_id integer, v float8[]);
CREATE PROCEDURE serve() LANGUAGE plpgsql AS $$
DECLARE at timestamptz := clock_timestamp();
BEGIN
    INSERT INTO served SELECT at, y, prospect_id, feature_values FROM generate_series(2020, 2022) y, dynasty.feature_matrix(y);
    PERFORM pg_sleep(0.002);
END $$;
-- The vectors that are another one now, and those that are not reproduced.
CREATE VIEW reproduced AS
SELECT dense_rank() OVER (ORDER BY s.at) AS served, count(*) AS vectors, count(*) FILTER (WHERE n.feature_values IS DISTINCT FROM s.v) > 0 AS changed_since,
       count(*) FILTER (WHERE k.feature_values IS DISTINCT FROM s.v) AS differ
FROM (SELECT s.*, p.* FROM served s, LATERAL (SELECT EXISTS (SELECT FROM dynasty.prospects p WHERE p.id = s.prospect_id) AS there) p) s
LEFT JOIN LATERAL dynasty.prospect_features(s.prospect_id, s.year, 'v1.0', s.at) k ON true
LEFT JOIN LATERAL dynasty.prospect_features(s.prospect_id, s.year) n ON true
WHERE s.there GROUP BY s.at ORDER BY s.at;

CALL serve();
\echo corrections: grades, advanced lines; and what comes later
UPDATE dynasty.scouting_grades SET future_value = future_value + 5 WHERE prospect_id % 3 = 0 AND source = 'fangraphs';
UPDATE dynasty.milb_advanced_stats SET wrc_plus = wrc_plus + 11, woba = NULL WHERE prospect_id % 3 = 1;
INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, hit_future) SELECT g, 'late', 2020, '2020-02-01', 55 FROM generate_series(1, 24) g;
CALL serve();
\echo corrections of corrections in one transaction; rows that go, come back, get another number or player
BEGIN;
UPDATE dynasty.scouting_grades SET risk_level = 'Extreme' WHERE prospect_id % 6 = 0;
UPDATE dynasty.scouting_grades SET risk_level = 'Medium', date_recorded = date_recorded - 1 WHERE prospect_id % 6 = 0;
UPDATE dynasty.milb_advanced_stats SET season = 2020 WHERE prospect_id % 5 = 0;
COMMIT;
DELETE FROM dynasty.scouting_grades WHERE prospect_id % 7 = 0;
DELETE FROM dynasty.milb_advanced_stats WHERE prospect_id % 7 = 1;
CALL serve();
INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, future_value) SELECT g, 'fangraphs', 2021, '2021-11-01', 20 FROM generate_series(7, 24, 7) g;
UPDATE dynasty.scouting_grades SET id = id + 1000 WHERE prospect_id % 5 = 1;
UPDATE dynasty.scouting_grades SET id = id - 1000 + 500, hit_future = 80 WHERE prospect_id % 5 = 1;
UPDATE dynasty.milb_advanced_stats SET id = id + 1000, wraa = 33 WHERE prospect_id % 5 = 2;
UPDATE dynasty.scouting_grades SET prospect_id = 23, source = 'moved' WHERE prospect_id = 4 AND source = 'late';
CALL serve();
\echo re-issued: by the loader, before and after one another, and by plain SQL
SELECT sum(inserted) AS inserted, sum(updated) AS updated FROM generate_series(1, 24) g,
    dynasty.ingest_scouting(jsonb_build_array(jsonb_build_object('mlb_id', g, 'FV', '35')), 'fangraphs', 2020, make_date(2021, 1 + g % 9, 3));
CALL serve();
SELECT sum(inserted) AS inserted, sum(updated) AS updated FROM generate_series(1, 24, 2) g,
    dynasty.ingest_scouting(jsonb_build_array(jsonb_build_object('mlb_id', g, 'FV', '65')), 'fangraphs', 2020, '2020-12-30');
UPDATE dynasty.scouting_grades SET date_recorded = date_recorded + 300, hit_future = 20, future_value = NULL WHERE source = 'ba';
CALL serve();
\echo editions that are corrected, deleted, and displaced again
UPDATE dynasty.scouting_editions SET future_value = 75 WHERE prospect_id % 4 = 1;
DELETE FROM dynasty.scouting_editions WHERE prospect_id % 4 = 2 AND source = 'fangraphs';
CALL serve();
UPDATE dynasty.scouting_grades SET date_recorded = date_recorded + 20, future_value = 25 WHERE prospect_id % 2 = 1;
UPDATE dynasty.scouting_editions SET id = id + 5000, hit_future = 45 WHERE prospect_id % 4 = 3;
CALL serve();
DELETE FROM dynasty.prospects WHERE id = 24;
TABLE reproduced;
-- By the other form, and at the ends of time.
SELECT count(*) FILTER (WHERE m.feature_values IS DISTINCT FROM s.v) AS differ
FROM (SELECT DISTINCT at FROM served) t, LATERAL dynasty.feature_matrix(2021, known_at => t.at) m JOIN served s USING (prospect_id) WHERE s.at = t.at AND s.year = 2021;
SELECT count(*) FILTER (WHERE a.feature_values IS DISTINCT FROM b.feature_values) AS differ
FROM dynasty.feature_matrix(2021) a JOIN dynasty.feature_matrix(2021, known_at => 'infinity') b USING (prospect_id);

\echo what the features do not read, and what is switched off, leaves no history; simulated lines neither
SELECT (SELECT count(*) FROM dynasty.scouting_grades_history) AS grades, (SELECT count(*) FROM dynasty.milb_advanced_stats_history) AS lines \gset
UPDATE dynasty.scouting_grades SET scouting_report = 'new', updated_at = now(), redraft_rank = 3, eta_season = 'Mid';
UPDATE dynasty.milb_advanced_stats SET wrc = 1, iso = 0.1, data_source = 'simulated';
UPDATE dynasty.milb_advanced_stats SET wrc_plus = 1;
SET dynasty.game_log_history = off;
UPDATE dynasty.scouting_grades SET future_value = 30;
DELETE FROM dynasty.scouting_editions WHERE prospect_id = 3;
RESET dynasty.game_log_history;
SELECT (SELECT count(*) FROM dynasty.scouting_grades_history) - :grades AS more_grades, (SELECT count(*) FROM dynasty.milb_advanced_stats_history) - :lines AS more_lines;
\echo retention
UPDATE dynasty.scouting_grades_history SET superseded_at = now() - interval '3 years' WHERE history_id % 2 = 0;
UPDATE dynasty.milb_advanced_stats_history SET superseded_at = now() - interval '3 years' WHERE history_id % 2 = 0;
SELECT (SELECT count(*) FROM dynasty.scouting_grades_history WHERE superseded_at < now() - interval '2 years')
     + (SELECT count(*) FROM dynasty.milb_advanced_stats_history WHERE superseded_at < now() - interval '2 years') AS old \gset
SELECT dynasty.prune_game_log_history() = :old AS pruned_the_old, :old > 10 AS there_were_some;
SELECT dynasty.prune_game_log_history('0') > 0 AS all_of_it;
-- What is not told any more is taken from what is left: an edition that was recorded by then is known.
INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, future_value, created_at) VALUES (1, 'fangraphs', 2015, '2015-06-01', 60, '2015-06-01');
UPDATE dynasty.scouting_grades SET date_recorded = '2016-02-01', future_value = 40 WHERE ranking_year = 2015;
SELECT dynasty.prune_game_log_history('0') AS pruned;
SELECT feature_vector -> 'future_value' AS future_value FROM dynasty.prospect_features(1, 2015, 'v1.0', '2019-06-01');
\echo misused
CREATE TRIGGER wrong AFTER UPDATE ON dynasty.mlb_stats FOR EACH STATEMENT EXECUTE FUNCTION dynasty.keep_row_history();
INSERT INTO dynasty.mlb_stats (prospect_id, season) VALUES (1, 2021);
UPDATE dynasty.mlb_stats SET season = 2022;
CREATE TRIGGER rows AFTER UPDATE ON dynasty.scouting_editions FOR EACH ROW EXECUTE FUNCTION dynasty.keep_row_history();
UPDATE dynasty.scouting_editions SET future_value = 50;
DROP TRIGGER rows ON dynasty.scouting_editions;
DROP TRIGGER history_update ON dynasty.scouting_editions;
CREATE TRIGGER half AFTER UPDATE ON dynasty.scouting_editions REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION dynasty.keep_row_history();
UPDATE dynasty.scouting_editions SET future_value = 50;
SELECT dynasty.keep_row_history();
