-- What is to hold holds after an install and after games; what is broken is counted and named.
SET client_min_messages = warning;
SELECT * FROM dynasty_ops.verify_integrity();
SELECT count(*) FROM dynasty.simulate_league(20, 2020, 2021, 3);
SELECT check_name, bad FROM dynasty_ops.verify_integrity() WHERE NOT ok;
-- A season line that is not its games; a number that would be given twice; a trigger that is gone; a view.
SET session_replication_role = replica;
UPDATE dynasty.milb_season_stats SET total_hits = total_hits + 1 WHERE (prospect_id, season, level) = (SELECT prospect_id, season, level FROM dynasty.milb_season_stats ORDER BY 1, 2, 3 LIMIT 1);
RESET session_replication_role;
INSERT INTO dynasty.prospects (id, name, position) VALUES (1000000, 'Far Ahead', 'SS');
DROP TRIGGER history_update ON dynasty.milb_game_logs;
DROP VIEW dynasty.model_freshness;
ALTER TABLE dynasty.prospects ADD CONSTRAINT later CHECK (id <> 5000000) NOT VALID;
SELECT check_name, bad, sample FROM dynasty_ops.verify_integrity() WHERE NOT ok;
-- A partition without an index of its table.
CREATE TABLE dynasty.parts (id integer, at date) PARTITION BY RANGE (at);
CREATE TABLE dynasty.parts_1 PARTITION OF dynasty.parts DEFAULT;
CREATE INDEX parts_id ON ONLY dynasty.parts (id);
SELECT check_name, bad, sample FROM dynasty_ops.verify_integrity() WHERE check_name LIKE '%partitions%';
DROP TABLE dynasty.parts;
-- install() brings back what can be.
CALL dynasty.install();
SELECT check_name, bad FROM dynasty_ops.verify_integrity() WHERE NOT ok;
-- Triggers of operations that are gone: told, and made again.
SELECT pending, ok FROM dynasty.migration_status();
DROP TRIGGER set_updated_at ON dynasty_ops.alert_thresholds;
SELECT pending, ok FROM dynasty.migration_status();
INSERT INTO dynasty_ops.cache_rules (schema_name, table_name, key_template, ttl_seconds) VALUES ('dynasty', 'mlb_stats', 'majors:{prospect_id}', 60);
SET client_min_messages = notice;
CALL dynasty.install('ops');
SELECT pending, ok FROM dynasty.migration_status();
ALTER TABLE dynasty_ops.alert_thresholds DISABLE TRIGGER set_updated_at;
CALL dynasty.install('ops');
