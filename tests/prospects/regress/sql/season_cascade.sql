-- Deleting a player deletes his games and with them his season lines.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
SELECT p, date '2020-05-01' + n, 2020, l, 4, n FROM generate_series(1, 3) p, generate_series(0, 3) n, unnest('{A,AA}'::text[]) l;
SELECT * FROM lines;
DELETE FROM dynasty.prospects WHERE id IN (1, 3);
SELECT * FROM lines;
SELECT * FROM healthy;
ROLLBACK;
