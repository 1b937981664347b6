-- One statement that touches every level and many seasons of many prospects, and moves them all.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.prospects (id, name, position) SELECT n, 'P' || n, 'OF' FROM generate_series(4, 40) n;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
SELECT p, make_date(s, 5, g), s, l, 4, (p + s + g) % 5
FROM generate_series(1, 40) p, generate_series(2015, 2024) s, unnest('{AAA,AA,A+,A,Rookie,Complex}'::text[]) l, generate_series(1, 2) g;
SELECT count(*) AS lines, sum(games_played) AS games, count(DISTINCT level) AS levels FROM dynasty.milb_season_stats; -- 40 * 10 * 6
SELECT * FROM healthy;
-- Everybody one level up, AAA stays: five of six lines get the games of the one below.
UPDATE dynasty.milb_game_logs SET game_number = CASE level WHEN 'AA' THEN 2 ELSE 1 END, level = CASE level WHEN 'Complex' THEN 'Rookie' WHEN 'Rookie' THEN 'A' WHEN 'A' THEN 'A+' WHEN 'A+' THEN 'AA' ELSE 'AAA' END;
SELECT level, count(*) AS lines, sum(games_played) AS games FROM dynasty.milb_season_stats GROUP BY 1 ORDER BY level COLLATE "C";
SELECT * FROM healthy;
-- One prospect's whole career to another, one season away for all.
UPDATE dynasty.milb_game_logs SET prospect_id = 3, game_number = game_number + 2 WHERE prospect_id = 2;
DELETE FROM dynasty.milb_game_logs WHERE season = 2020;
SELECT count(*) AS lines, sum(games_played) AS games, sum(games_played) FILTER (WHERE prospect_id = 3) AS of_3 FROM dynasty.milb_season_stats;
SELECT * FROM healthy;
-- season_stats() comes in the order of the key, levels by their bytes ('A' < 'A+' < 'AA').
SELECT level FROM dynasty.season_stats(prospect_ids => '{40,1,40,-1,NULL}') WHERE season = 2024;
SELECT DISTINCT prospect_id FROM dynasty.season_stats(prospect_ids => (SELECT array_agg(g) FROM generate_series(600, 3, -1) g)) WHERE prospect_id < 6 ORDER BY 1;
ROLLBACK;
