-- Deleted games leave their line: sums, first day and what is known follow.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits, walks)
VALUES (1, '2020-05-01', 2020, 'A', 4, 2, 1), (1, '2020-06-01', 2020, 'A', 4, 0, NULL), (1, '2020-07-01', 2020, 'A', 2, 1, NULL),
       (2, '2020-07-01', 2020, 'A', 2, 1, NULL);
DELETE FROM dynasty.milb_game_logs WHERE game_date = '2020-05-01'; -- the only one with known walks: 1/6, walks unknown
SELECT prospect_id, games_played, total_hits, total_bb, avg, obp, season_start, season_end FROM dynasty.milb_season_stats ORDER BY 1;
DELETE FROM dynasty.milb_game_logs USING dynasty.prospects p WHERE p.id = prospect_id AND p.name = 'Shortstop' AND hits > 0 RETURNING game_date;
SELECT prospect_id, games_played, total_hits, total_bb, avg, obp, season_start, season_end FROM dynasty.milb_season_stats ORDER BY 1;
SELECT * FROM healthy;
ROLLBACK;
