-- Partitioned game logs: the statistics follow rows into, out of and between partitions.
DROP VIEW dynasty.data_quality;
DROP TABLE dynasty.milb_game_logs;
CREATE TABLE dynasty.milb_game_logs (
    id bigint, prospect_id integer NOT NULL, game_date date NOT NULL, season integer NOT NULL, game_type varchar(10), team varchar(100),
    opponent varchar(100), is_home boolean, level varchar(20) NOT NULL, games_played integer, plate_appearances integer, at_bats integer,
    runs integer, hits integer, doubles integer, triples integer, home_runs integer, rbi integer, walks integer, intentional_walks integer,
    strikeouts integer, stolen_bases integer, caught_stealing integer, hit_by_pitch integer, sacrifice_flies integer, sacrifice_hits integer,
    batting_avg numeric(4,3), on_base_pct numeric(4,3), slugging_pct numeric(4,3), ops numeric(4,3), babip numeric(4,3), ground_outs integer,
    air_outs integer, fly_outs integer, ground_into_double_play integer, pitches_seen integer, left_on_base integer,
    game_pk bigint, game_number smallint DEFAULT 1, games_started integer, outs_pitched integer, batters_faced integer, hits_allowed integer,
    runs_allowed integer, earned_runs integer, home_runs_allowed integer, walks_allowed integer, intentional_walks_allowed integer,
    strikeouts_pitched integer, hit_batsmen integer, pitches_thrown integer, strikes_thrown integer, wins integer, losses integer, saves integer
) PARTITION BY RANGE (season);
CREATE TABLE logs_2020 PARTITION OF dynasty.milb_game_logs FOR VALUES FROM (2020) TO (2021);
CREATE TABLE logs_rest PARTITION OF dynasty.milb_game_logs DEFAULT;
CALL dynasty.install();
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_date, season, level, at_bats, hits)
VALUES (1, 1, '2020-06-01', 2020, 'A', 4, 2), (2, 1, '2020-06-02', 2020, 'A', 4, 1), (3, 1, '2021-06-01', 2021, 'A', 4, 4);
SELECT * FROM lines;
-- From one partition into the other, and a game away.
UPDATE dynasty.milb_game_logs SET season = 2021 WHERE id = 1;
DELETE FROM dynasty.milb_game_logs WHERE id = 2;
SELECT * FROM lines; -- {2, 4} of 8
SELECT * FROM healthy;
-- A partition whose columns stand in another order.
CREATE TABLE logs_2022 (hits integer, extra text, season integer NOT NULL, level varchar(20) NOT NULL);
ALTER TABLE logs_2022 DROP COLUMN extra;
DO $$
DECLARE
    c record;
BEGIN
    FOR c IN SELECT a.attname, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull FROM pg_attribute a
             WHERE a.attrelid = 'dynasty.milb_game_logs'::regclass AND a.attnum > 0
               AND a.attname NOT IN ('hits', 'season', 'level') ORDER BY a.attnum DESC
    LOOP
        EXECUTE format('ALTER TABLE logs_2022 ADD %I %s %s', c.attname, c.type, CASE WHEN c.attnotnull THEN 'NOT NULL' END);
    END LOOP;
END
$$;
ALTER TABLE dynasty.milb_game_logs ATTACH PARTITION logs_2022 FOR VALUES FROM (2022) TO (2023);
INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_date, season, level, at_bats, hits)
VALUES (4, 2, '2022-06-01', 2022, 'AA', 3, 1), (5, 2, '2022-06-02', 2022, 'AA', 5, 3);
UPDATE dynasty.milb_game_logs SET season = 2022, hits = 3 WHERE id = 3;
DELETE FROM dynasty.milb_game_logs WHERE id = 4; -- the line is computed anew from the partition's pages
SELECT * FROM lines;
SELECT * FROM healthy;
-- Written directly: it got triggers of its own when it was attached.
INSERT INTO logs_2022 (id, prospect_id, game_date, season, level, at_bats, hits) VALUES (6, 3, '2022-06-01', 2022, 'AAA', 3, 1);
SELECT * FROM lines WHERE p = 3;
-- TRUNCATE of one partition leaves the others' lines.
TRUNCATE logs_2022;
SELECT * FROM lines;
SELECT * FROM healthy;
