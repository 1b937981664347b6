-- Game logs in partitions, of which one has its columns in another order and none the same indexes: the same features.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/features_setup.sql'
\i :setup
SELECT count(*) FROM dynasty.simulate_league(40, 2014, 2018, 12);
CREATE TEMP TABLE before AS SELECT y, prospect_id, array_send(feature_values) AS bytes FROM generate_series(2015, 2018) y, dynasty.feature_matrix(y);
CREATE TABLE games AS SELECT * FROM dynasty.milb_game_logs;
DROP VIEW dynasty.data_quality;
DROP TABLE dynasty.milb_game_logs;
CREATE TABLE dynasty.milb_game_logs (LIKE games) PARTITION BY RANGE (season);
CREATE TABLE logs_2015 (LIKE games);
ALTER TABLE logs_2015 DROP COLUMN hits, DROP COLUMN season, DROP COLUMN level, DROP COLUMN id;
ALTER TABLE logs_2015 ADD id bigint, ADD level varchar(20), ADD hits integer, ADD season integer;
ALTER TABLE dynasty.milb_game_logs ATTACH PARTITION logs_2015 FOR VALUES FROM (2015) TO (2016);
CREATE TABLE logs_2016 PARTITION OF dynasty.milb_game_logs FOR VALUES FROM (2016) TO (2018) PARTITION BY HASH (prospect_id);
CREATE TABLE logs_2016_0 PARTITION OF logs_2016 FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE logs_2016_1 PARTITION OF logs_2016 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE logs_rest PARTITION OF dynasty.milb_game_logs DEFAULT;
CREATE INDEX ON logs_2016 (prospect_id, season, level);
CALL dynasty.install();
INSERT INTO dynasty.milb_game_logs SELECT * FROM games ORDER BY md5(id::text);
SELECT tableoid::regclass AS part, count(*) > 50 AS games FROM dynasty.milb_game_logs GROUP BY 1 ORDER BY 1;
SELECT y, count(*) AS rows, count(*) FILTER (WHERE b.bytes IS DISTINCT FROM array_send(m.feature_values)) AS changed
FROM (SELECT y, m.* FROM generate_series(2015, 2018) y, dynasty.feature_matrix(y) m) m FULL JOIN before b USING (y, prospect_id) GROUP BY 1 ORDER BY 1;
SELECT count(*) AS forms_differ FROM generate_series(2015, 2018) y, pg_temp.forms_differ(y);
-- Indexed everywhere, so that single prospects and levels are looked up.
CREATE INDEX ON dynasty.milb_game_logs (prospect_id, season, level);
CREATE INDEX ON dynasty.milb_game_logs (season, level);
SELECT count(*) AS forms_differ FROM generate_series(2015, 2018) y, pg_temp.forms_differ(y);
-- Changes through the parent are noticed by the norms that the session keeps, in whichever part they are.
UPDATE dynasty.milb_game_logs SET strikeouts = strikeouts + 1 WHERE season = 2015;
SELECT count(*) AS forms_differ FROM pg_temp.forms_differ(2018);
UPDATE dynasty.milb_game_logs SET season = season + 1, game_date = game_date + 365 WHERE season = 2017 AND prospect_id % 2 = 0;
SELECT count(*) AS forms_differ FROM pg_temp.forms_differ(2018);
-- A game number that nobody gave counts as 1.
INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_date, season, level, game_number, plate_appearances, hits)
SELECT 10000000 + v.id, p.id, '2018-12-30', 2018, v.level, v.number, 4, v.hits FROM (SELECT min(id) AS id FROM dynasty.prospects WHERE position = 'SS' OR position = 'CF') p,
    (VALUES (3, 'AAA', NULL::smallint, 1), (2, 'A', 2, 0), (1, 'AA', 1, 1)) v (id, level, number, hits);
SELECT DISTINCT value AS last_level FROM pg_temp.long(2018) WHERE name = 'last_level' AND id = (SELECT prospect_id FROM dynasty.milb_game_logs WHERE id = 10000001);
SELECT count(*) AS forms_differ FROM pg_temp.forms_differ(2018);
-- A child table is a part too.
CREATE TABLE more_prospects () INHERITS (dynasty.mlb_stats);
INSERT INTO more_prospects (id, prospect_id, season, games_played) SELECT -1, min(id), 2018, 777 FROM dynasty.prospects;
SELECT pg_temp.feature(min(id), 2018, 'mlb_games_to_date') >= 777 AS counted FROM dynasty.prospects;
SELECT count(*) AS forms_differ FROM pg_temp.forms_differ(2018);
