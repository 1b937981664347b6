-- Several data-modifying WITHs change one line in one statement; their triggers all fire at its end.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
VALUES (1, '2020-06-01', 2020, 'A', 4, 2), (1, '2020-06-02', 2020, 'A', 4, 0), (1, '2020-06-03', 2020, 'A', 4, 1);
WITH gone AS (DELETE FROM dynasty.milb_game_logs WHERE game_date = '2020-06-01' RETURNING *),
     changed AS (UPDATE dynasty.milb_game_logs SET hits = 4 WHERE game_date = '2020-06-02' RETURNING *),
     come AS (INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
              VALUES (1, '2020-06-04', 2020, 'A', 4, 3), (1, '2020-06-01', 2020, 'AA', 4, 3) RETURNING *)
-- What the main query sees is still the state before: 3 games.
SELECT (SELECT games_played FROM dynasty.milb_season_stats), (SELECT count(*) FROM gone) AS gone,
       (SELECT count(*) FROM changed) AS changed, (SELECT count(*) FROM come) AS come;
SELECT * FROM lines; -- A: {4, 1, 3}, 8/12
-- All games replaced: the line is emptied and filled again.
WITH gone AS (DELETE FROM dynasty.milb_game_logs WHERE level = 'A' RETURNING prospect_id, game_date, hits)
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits, game_number)
SELECT prospect_id, game_date, 2020, 'A', 5, hits, 2 FROM gone;
SELECT * FROM lines; -- 8/15
-- Moved to another level, and the level they move to moves on.
WITH up AS (UPDATE dynasty.milb_game_logs SET level = 'AAA' WHERE level = 'AA')
UPDATE dynasty.milb_game_logs SET level = 'AA' WHERE level = 'A';
SELECT * FROM lines;
SELECT * FROM healthy;
ROLLBACK;
