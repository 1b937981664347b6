-- keep_labels_current(): from then on ml_labels follows mlb_stats in the same transaction.
\set VERBOSITY terse
CREATE VIEW labels AS SELECT prospect_id AS id, prospect_year AS py, evaluation_year AS ey, total_pa AS pa, cumulative_war AS war, is_success AS ok, success_tier AS tier FROM dynasty.ml_labels;
-- What is written differs from what would be derived now: nothing, ever.
CREATE VIEW stale AS
SELECT w.prospect_year, w.evaluation_year, d.* FROM dynasty.label_windows w
CROSS JOIN LATERAL (
    SELECT l.prospect_id, l.total_pa, l.cumulative_war, l.success_tier, l.window_complete, l.reached_mlb FROM dynasty.derive_labels(w.prospect_year, w.evaluation_year, NULL, w.config) l
    EXCEPT SELECT m.prospect_id, m.total_pa, m.cumulative_war, m.success_tier, m.window_complete, m.reached_mlb FROM dynasty.ml_labels m
        WHERE (m.prospect_year, m.evaluation_year) = (w.prospect_year, w.evaluation_year)) d;
INSERT INTO dynasty.prospects (id, mlb_id, name, position) SELECT i, 600000 + i, 'Player ' || i, 'SS' FROM generate_series(1, 4) i;
INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances, war) VALUES (1, 2012, 150, 600, 4.5), (2, 2013, 20, 60, 0.1);
SELECT count(*) AS triggers FROM pg_trigger WHERE tgrelid = 'dynasty.mlb_stats'::regclass AND NOT tgisinternal;
CALL dynasty.keep_labels_current(2010);
SELECT prospect_year, evaluation_year, config, window_complete FROM dynasty.label_windows;
SELECT tgname FROM pg_trigger WHERE tgrelid = 'dynasty.mlb_stats'::regclass AND NOT tgisinternal ORDER BY 1;
SELECT * FROM labels ORDER BY 1;
-- The data reach to 2013. Seasons come and are corrected: only the touched labels are written.
UPDATE dynasty.ml_labels SET updated_at = '2020-01-01';
INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances, war) VALUES (3, 2013, 130, 520, 1.1);
SELECT labels.*, (SELECT l.updated_at = '2020-01-01' FROM dynasty.ml_labels l WHERE l.prospect_id = labels.id) AS untouched FROM labels ORDER BY 1;
UPDATE dynasty.mlb_stats SET war = 9.9 WHERE prospect_id = 1;
SELECT * FROM labels WHERE id = 1;
-- A season that is another player's after all.
UPDATE dynasty.mlb_stats SET prospect_id = 4 WHERE prospect_id = 3;
SELECT * FROM labels WHERE id IN (3, 4) ORDER BY 1;
DELETE FROM dynasty.mlb_stats WHERE prospect_id = 4;
SELECT * FROM labels WHERE id = 4;
SELECT * FROM stale;
-- The first season of 2014 completes the window for everybody; taking it away opens it again.
INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played) VALUES (2, 2014, 1);
SELECT * FROM labels ORDER BY 1;
SELECT window_complete FROM dynasty.label_windows;
DELETE FROM dynasty.mlb_stats WHERE season = 2014;
SELECT * FROM labels ORDER BY 1;
SELECT * FROM stale;
-- In the same transaction, and gone with it.
BEGIN;
INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances, war) VALUES (3, 2014, 150, 650, 2.2);
SELECT * FROM labels ORDER BY 1;
SAVEPOINT s;
UPDATE dynasty.mlb_stats SET plate_appearances = 100 WHERE prospect_id = 3;
SELECT * FROM labels WHERE id = 3;
ROLLBACK TO s;
SELECT * FROM labels WHERE id = 3;
ROLLBACK;
SELECT * FROM labels ORDER BY 1;
-- A second window, and one with a config of its own. The same window again replaces the config.
CALL dynasty.keep_labels_current(2011, 2013);
CALL dynasty.keep_labels_current(2011, 2012, '{"min_pa": 700}');
SELECT * FROM labels WHERE id = 1 ORDER BY 2, 3;
CALL dynasty.keep_labels_current(2011, 2012, '{"min_pa": 600, "solid_peak_war": 9.9, "star_peak_war": 10, "star_cumulative_war": 11}');
SELECT prospect_year, evaluation_year, config, window_complete FROM dynasty.label_windows ORDER BY 1, 2;
SELECT * FROM labels WHERE id = 1 ORDER BY 2, 3;
INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances, war) VALUES (3, 2012, 140, 600, 9.9), (4, 2012, 140, 600, 9.8);
SELECT * FROM labels WHERE id >= 3 ORDER BY 1, 2, 3;
SELECT * FROM stale;
-- Loaders and every kind of statement.
SELECT inserted, updated FROM dynasty.ingest_mlb_stats('[{"mlb_id": 600002, "season": 2013, "plate_appearances": 400, "war": 1.0}, {"mlb_id": 600099, "season": 2013, "games_played": 3}]');
SELECT labels.* FROM labels JOIN dynasty.prospects p USING (id) WHERE mlb_id IN (600002, 600099) ORDER BY mlb_id, 2, 3;
INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, plate_appearances) VALUES (1, 2012, 1, 2), (1, 2013, 3, 4)
ON CONFLICT (prospect_id, season) DO UPDATE SET plate_appearances = 601;
SELECT * FROM labels WHERE id = 1 ORDER BY 2, 3;
MERGE INTO dynasty.mlb_stats s USING (VALUES (1, 2012), (2, 2013), (4, 2013)) v (p, y) ON (s.prospect_id, s.season) = (v.p, v.y)
WHEN MATCHED AND v.p = 1 THEN DELETE WHEN MATCHED THEN UPDATE SET war = 1.2 WHEN NOT MATCHED THEN INSERT (prospect_id, season, plate_appearances, war) VALUES (v.p, v.y, 5, 0.1);
SELECT * FROM labels WHERE py = 2010 ORDER BY 1;
SELECT * FROM stale;
-- A prospect goes, with seasons and labels.
DELETE FROM dynasty.prospects WHERE id = 3;
SELECT count(*) FROM labels WHERE id = 3;
-- No row, no work; no season at all.
UPDATE dynasty.mlb_stats SET war = 1 WHERE prospect_id = 12345;
TRUNCATE dynasty.mlb_stats;
SELECT * FROM labels WHERE py = 2010 ORDER BY 1;
SELECT prospect_year, evaluation_year, window_complete, refreshed_at = (SELECT max(refreshed_at) FROM dynasty.label_windows) AS at_once FROM dynasty.label_windows ORDER BY 1, 2;
SELECT * FROM stale;
-- To stop, the window is taken out.
DELETE FROM dynasty.label_windows;
INSERT INTO dynasty.mlb_stats (prospect_id, season, plate_appearances) VALUES (1, 2012, 600);
SELECT * FROM labels WHERE id = 1 ORDER BY 2, 3;
-- What cannot be kept.
CALL dynasty.keep_labels_current(NULL);
\echo :LAST_ERROR_SQLSTATE
CALL dynasty.keep_labels_current(2010, 2010);
\echo :LAST_ERROR_SQLSTATE
CALL dynasty.keep_labels_current(2010, 2014, '{"max_pa": 1}');
\echo :LAST_ERROR_SQLSTATE
CALL dynasty.keep_labels_current(2010, 2014, '[]');
\echo :LAST_ERROR_SQLSTATE
BEGIN ISOLATION LEVEL REPEATABLE READ;
CALL dynasty.keep_labels_current(2010);
ROLLBACK;
\echo :LAST_ERROR_SQLSTATE
SELECT count(*) FROM dynasty.label_windows;
CALL dynasty.keep_labels_current(2010, config => NULL);
SELECT config FROM dynasty.label_windows;
INSERT INTO dynasty.label_windows VALUES (2010, 2012, '[1]', false);
-- maintain_labels() elsewhere.
CREATE TABLE other (prospect_id integer);
CREATE TRIGGER too_early BEFORE INSERT ON other FOR EACH ROW EXECUTE FUNCTION dynasty.maintain_labels();
INSERT INTO other VALUES (1);
\echo :LAST_ERROR_SQLSTATE
SELECT dynasty.maintain_labels();
