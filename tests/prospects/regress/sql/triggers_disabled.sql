-- Disabled triggers: neither made a second time nor called healthy.
\set VERBOSITY default
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
ALTER TABLE dynasty.milb_game_logs DISABLE TRIGGER season_stats_insert;
ALTER TABLE dynasty.milb_game_logs ENABLE REPLICA TRIGGER history_update;
ALTER TABLE dynasty.feature_sets DISABLE TRIGGER ALL;
ALTER TABLE dynasty.prospects ENABLE ALWAYS TRIGGER norms_people;
INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) VALUES (1, '2020-06-01', 2020, 'A', 4, 2);
SELECT unnest(pending) AS pending, ok FROM dynasty.migration_status();
CALL dynasty.install();
SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid IN ('dynasty.milb_game_logs'::regclass, 'dynasty.feature_sets'::regclass) AND NOT tgisinternal ORDER BY tgrelid::regclass::text, tgname;
-- What is pending is what is to be done.
SELECT s AS statement FROM dynasty.migration_status(), unnest(pending) s \gexec
SELECT pending, ok FROM dynasty.migration_status();
SELECT * FROM lines;
-- Missing and disabled at once; the labels' triggers once a window is registered.
SET client_min_messages = warning;
CALL dynasty.keep_labels_current(2015, 2019);
SET client_min_messages = notice;
DROP TRIGGER labels_insert ON dynasty.mlb_stats;
DROP TRIGGER sealed ON dynasty.feature_set_members;
ALTER TABLE dynasty.mlb_stats DISABLE TRIGGER labels_update;
SELECT unnest(pending) AS pending, ok FROM dynasty.migration_status();
CALL dynasty.install();
SELECT unnest(pending) AS pending, ok FROM dynasty.migration_status();
ALTER TABLE dynasty.mlb_stats ENABLE TRIGGER labels_update;
-- On a subscriber: those for replicas are asked for when one of them is there, and set to fire again.
SET client_min_messages = warning;
CALL dynasty.maintain_on_subscriber();
ALTER TABLE dynasty.milb_game_logs DISABLE TRIGGER season_stats_applied;
DROP TRIGGER forget_applied ON dynasty.prospects;
SELECT pending FROM dynasty.migration_status();
CALL dynasty.maintain_on_subscriber();
SELECT pending, ok FROM dynasty.migration_status();
-- Who only watches sees it as well.
CREATE ROLE dynasty_watcher;
GRANT USAGE ON SCHEMA dynasty TO dynasty_watcher;
GRANT SELECT ON dynasty.schema_versions TO dynasty_watcher;
DROP TRIGGER season_stats_update ON dynasty.milb_game_logs;
SET ROLE dynasty_watcher;
SELECT pending FROM dynasty.migration_status();
RESET ROLE;
DROP OWNED BY dynasty_watcher;
DROP ROLE dynasty_watcher;
