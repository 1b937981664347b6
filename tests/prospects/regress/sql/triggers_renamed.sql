-- Triggers are known by what they do: renamed ones are not made a second time, and every row is counted once.
\set VERBOSITY terse
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
SET client_min_messages = warning;
CALL dynasty.keep_labels_current(2015, 2019);
CALL dynasty.maintain_on_subscriber();
SET client_min_messages = notice;
CREATE TEMP VIEW ours AS
SELECT t.tgrelid::regclass AS relation, t.tgname, t.tgfoid::regproc AS function, t.tgtype, t.tgenabled FROM pg_trigger t
WHERE NOT t.tgisinternal AND t.tgrelid::regclass::text LIKE 'dynasty.%' AND t.tgfoid::regproc::text LIKE 'dynasty.%';
SELECT count(*) FROM ours;
DO $$
DECLARE t record;
BEGIN
    FOR t IN SELECT * FROM ours LOOP
        EXECUTE format('ALTER TRIGGER %I ON %s RENAME TO %I', t.tgname, t.relation, 'trg by the "rules" ' || t.tgname);
    END LOOP;
END $$;
SELECT pending, ok FROM dynasty.migration_status();
CALL dynasty.install();
CALL dynasty.maintain_on_subscriber();
CALL dynasty.keep_labels_current(2015, 2019);
SELECT count(*), count(*) FILTER (WHERE tgname LIKE 'trg by%') AS renamed FROM ours;
INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_date, season, level, at_bats, hits) VALUES (1, 1, '2020-06-01', 2020, 'A', 4, 2);
UPDATE dynasty.milb_game_logs SET hits = 3;
SELECT * FROM lines;
SELECT * FROM healthy;
SELECT count(*) AS kept FROM dynasty.milb_game_logs_history;
-- A name that is taken by something else.
DROP TRIGGER "trg by the ""rules"" season_stats_delete" ON dynasty.milb_game_logs;
CREATE TRIGGER season_stats_delete BEFORE UPDATE ON dynasty.milb_game_logs FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
SELECT pending, ok FROM dynasty.migration_status();
CALL dynasty.install();
SELECT pending, ok FROM dynasty.migration_status();
DELETE FROM dynasty.milb_game_logs;
SELECT * FROM lines;
-- One that looks like ours and does not do all of it is none: with a condition, without its rows, for other events.
DROP TRIGGER "trg by the ""rules"" season_stats_insert" ON dynasty.milb_game_logs;
CREATE TRIGGER season_stats_insert AFTER INSERT ON dynasty.milb_game_logs REFERENCING NEW TABLE AS n FOR EACH STATEMENT WHEN (false) EXECUTE FUNCTION dynasty.maintain_season_stats();
SELECT pending FROM dynasty.migration_status();
CALL dynasty.install();
INSERT INTO dynasty.milb_game_logs (id, prospect_id, game_date, season, level, at_bats, hits) VALUES (1, 1, '2020-06-01', 2020, 'A', 4, 2);
SELECT * FROM lines;
-- The subscriber's go by what they do, too.
CALL dynasty.maintain_on_subscriber(false);
SELECT count(*) AS for_replicas FROM ours WHERE tgenabled = 'R';
