-- Partitions and children of the game logs come and go with their games: the lines follow in the same transaction, whatever the command.
\set VERBOSITY terse
SET client_min_messages = warning;
DROP VIEW dynasty.data_quality;
ALTER TABLE dynasty.milb_game_logs SET SCHEMA public;
CREATE TABLE dynasty.milb_game_logs (LIKE public.milb_game_logs INCLUDING DEFAULTS INCLUDING GENERATED) PARTITION BY RANGE (season);
DROP TABLE public.milb_game_logs;
CALL dynasty.install();
SET client_min_messages = notice;
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
CREATE TABLE p2020 PARTITION OF dynasty.milb_game_logs FOR VALUES FROM (2020) TO (2021);
CREATE TABLE p2021 (LIKE dynasty.milb_game_logs INCLUDING DEFAULTS INCLUDING GENERATED);
INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_date, season, level, at_bats, hits) VALUES (1, 1, '2020-06-01', 2020, 'A', 4, 2);
INSERT INTO p2021 (id, prospect_id, game_date, season, level, at_bats, hits) VALUES (2, 1, '2021-06-01', 2021, 'A', 4, 1), (3, 2, '2021-06-01', 2021, 'A', 4, 4);
SELECT * FROM lines;
SELECT count(*) AS stamps FROM dynasty.norm_stamps WHERE season IS NULL;
-- In, back by ROLLBACK, in again.
BEGIN;
ALTER TABLE dynasty.milb_game_logs ATTACH PARTITION p2021 FOR VALUES FROM (2021) TO (2022);
SELECT * FROM lines;
ROLLBACK;
SELECT * FROM lines;
ALTER TABLE dynasty.milb_game_logs ATTACH PARTITION p2021 FOR VALUES FROM (2021) TO (2022);
SELECT * FROM healthy;
SELECT count(*) AS stamps FROM dynasty.norm_stamps WHERE season IS NULL;
-- It has the triggers now, and may be written by its own name.
INSERT INTO p2021 (id, prospect_id, game_date, season, level, at_bats, hits) VALUES (4, 3, '2021-06-02', 2021, 'A', 4, 2);
UPDATE p2021 SET hits = 3 WHERE id = 4;
SELECT * FROM lines;
SELECT count(*) AS kept FROM dynasty.milb_game_logs_history;
SELECT pending, ok FROM dynasty.migration_status();
-- Out: the lines go, and what is written there concerns nobody.
ALTER TABLE dynasty.milb_game_logs DETACH PARTITION p2021;
SELECT * FROM lines;
SELECT tgname FROM pg_trigger WHERE tgrelid = 'p2021'::regclass;
INSERT INTO p2021 (id, prospect_id, game_date, season, level, at_bats, hits) VALUES (5, 3, '2021-06-03', 2021, 'A', 4, 2);
SELECT * FROM healthy;
ALTER TABLE dynasty.milb_game_logs ATTACH PARTITION p2021 FOR VALUES FROM (2021) TO (2022);
ALTER TABLE dynasty.milb_game_logs DETACH PARTITION p2021 CONCURRENTLY;
SELECT * FROM lines;
-- A part of a part, with games; the part in the middle goes with all below it.
CREATE TABLE p2021on PARTITION OF dynasty.milb_game_logs FOR VALUES FROM (2021) TO (2030) PARTITION BY RANGE (season);
ALTER TABLE p2021on ATTACH PARTITION p2021 FOR VALUES FROM (2021) TO (2022);
SELECT * FROM lines;
ALTER TABLE dynasty.milb_game_logs DETACH PARTITION p2021on;
SELECT * FROM lines;
ALTER TABLE dynasty.milb_game_logs ATTACH PARTITION p2021on FOR VALUES FROM (2021) TO (2030);
SELECT * FROM healthy;
DROP TABLE p2021;
SELECT * FROM lines;
-- DROP SCHEMA, DROP OWNED, a command in a function, one that fails and is caught.
CREATE SCHEMA archive;
CREATE TABLE archive.p2022 PARTITION OF p2021on FOR VALUES FROM (2022) TO (2023);
INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_date, season, level, at_bats, hits) VALUES (6, 1, '2022-06-01', 2022, 'A', 4, 2), (7, 1, '2020-06-02', 2020, 'A', 4, 1);
SELECT * FROM lines;
SET client_min_messages = warning;
DROP SCHEMA archive CASCADE;
SELECT * FROM lines;
DO $$
BEGIN
    BEGIN
        DROP TABLE p2020, no_such_table;
    EXCEPTION WHEN undefined_table THEN NULL;
    END;
    CREATE TABLE p2023 PARTITION OF p2021on FOR VALUES FROM (2023) TO (2024);
    INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_date, season, level, at_bats, hits) VALUES (8, 1, '2023-06-01', 2023, 'A', 4, 2);
    BEGIN
        ALTER TABLE p2021on DETACH PARTITION p2023;
        RAISE division_by_zero;
    EXCEPTION WHEN division_by_zero THEN NULL;
    END;
    ALTER TABLE dynasty.milb_game_logs DETACH PARTITION p2020;
END $$;
SELECT * FROM lines;
SELECT * FROM healthy;
CREATE ROLE dynasty_parts;
ALTER TABLE p2023 OWNER TO dynasty_parts;
DROP OWNED BY dynasty_parts;
DROP ROLE dynasty_parts;
SELECT * FROM lines;
ALTER TABLE dynasty.milb_game_logs ATTACH PARTITION p2020 FOR VALUES FROM (2020) TO (2021);
SELECT * FROM lines;
-- Empty parts are no work; commands on other tables are none of its business.
SELECT sum(stamp) AS before FROM dynasty.norm_stamps \gset
CREATE TABLE p2024 PARTITION OF p2021on FOR VALUES FROM (2024) TO (2025);
CREATE TABLE other (a integer) PARTITION BY LIST (a);
CREATE TABLE other_1 PARTITION OF other FOR VALUES IN (1);
DROP TABLE other;
SELECT sum(stamp) = :before AS nothing_stamped FROM dynasty.norm_stamps;
-- A foreign part has no triggers and its games are not read: said, not refused.
SET client_min_messages = notice;
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER nowhere FOREIGN DATA WRAPPER nothing;
CREATE FOREIGN TABLE p2025 PARTITION OF p2021on FOR VALUES FROM (2025) TO (2026) SERVER nowhere;
DROP FOREIGN TABLE p2025;
SELECT * FROM healthy;
-- Called otherwise.
SELECT dynasty._follow_partitions();
\echo :LAST_ERROR_SQLSTATE
CREATE EVENT TRIGGER wrong ON sql_drop EXECUTE FUNCTION dynasty._follow_partitions();
DROP TABLE p2020;
\echo :LAST_ERROR_SQLSTATE
DROP EVENT TRIGGER wrong;
-- The events go with the extension, and are no obstacle to it.
SET client_min_messages = warning;
DROP EXTENSION dynasty CASCADE;
SELECT count(*) FROM pg_event_trigger;
DROP TABLE p2020;
