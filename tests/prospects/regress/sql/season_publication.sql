-- A publication of all tables: milb_season_stats has a replica identity, so game logs can still be written.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
BEGIN;
SET LOCAL client_min_messages = error; -- the server's wal_level may be too low to send anything
CREATE PUBLICATION everything FOR ALL TABLES;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-06-01', 2020, 'A', 4, 2);
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-06-02', 2020, 'A', 4, 1);
SELECT * FROM lines;
DELETE FROM dynasty.milb_game_logs;
SELECT * FROM healthy;
-- All tables of the extension can be published whole.
SELECT c.relname FROM pg_class c
WHERE c.relnamespace = 'dynasty'::regnamespace AND c.relkind = 'r' AND c.relreplident <> 'f'
  AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND CASE c.relreplident WHEN 'i' THEN i.indisreplident ELSE i.indisprimary END);
ROLLBACK;
