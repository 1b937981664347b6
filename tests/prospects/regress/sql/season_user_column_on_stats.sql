-- Columns that users add to milb_season_stats keep their values through every kind of maintenance.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
VALUES (1, '2020-06-01', 2020, 'A', 4, 2), (1, '2020-06-02', 2020, 'A', 4, 0), (2, '2020-06-01', 2020, 'A', 4, 1);
ALTER TABLE dynasty.milb_season_stats ADD scratch int, ADD scout_note text, ADD watched boolean NOT NULL DEFAULT true;
ALTER TABLE dynasty.milb_season_stats DROP scratch;
UPDATE dynasty.milb_season_stats SET scout_note = repeat('fast ', 3), watched = false WHERE prospect_id = 1;
CREATE TEMP VIEW noted AS SELECT prospect_id AS p, games_played AS g, total_hits AS h, scout_note, watched
FROM dynasty.milb_season_stats ORDER BY 1;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-06-03', 2020, 'A', 4, 1);
SELECT * FROM noted;
UPDATE dynasty.milb_game_logs SET hits = hits + 1 WHERE prospect_id = 1;
DELETE FROM dynasty.milb_game_logs WHERE prospect_id = 1 AND game_date = '2020-06-02';
SELECT * FROM noted;
UPDATE dynasty.milb_season_stats SET total_hits = 40 WHERE prospect_id = 1;
SELECT dynasty.refresh_season_stats();
SELECT * FROM noted;
-- A new line takes the column's default, as any inserted row.
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (3, '2020-06-03', 2020, 'A', 4, 1);
SELECT * FROM noted;
-- Neither is it in the way of the check.
SELECT * FROM healthy;
-- A generated column follows in old lines and in new ones.
ALTER TABLE dynasty.milb_season_stats ADD outs_at_bat bigint GENERATED ALWAYS AS (total_ab - total_hits) STORED;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
VALUES (2, '2020-06-04', 2020, 'A', 4, 3), (3, '2020-06-04', 2021, 'A', 4, 4);
SELECT prospect_id, season, total_ab, total_hits, outs_at_bat FROM dynasty.milb_season_stats ORDER BY 1, 2;
ROLLBACK;
