-- Alerts: what ships, what fires and ends, what is refused.
SET client_min_messages = warning;
SELECT name, metric, threshold, unit, severity, enabled FROM dynasty_ops.alert_thresholds ORDER BY name;
-- Every metric that ships is one that is measured, or a system's that is not here.
SELECT t.metric FROM dynasty_ops.alert_thresholds t WHERE t.metric NOT IN (SELECT m.metric FROM dynasty_ops.measures() m);
SELECT metric, value IS NOT NULL AS measured FROM dynasty_ops.measures();
-- (How full this machine's disk is, and how its sessions end, is not ours.)
UPDATE dynasty_ops.alert_thresholds SET threshold = 100 WHERE name IN ('disk_space', 'connection_failures');
SELECT name, firing, hint FROM dynasty_ops.check_alerts() WHERE firing IS DISTINCT FROM false;
SELECT count(*) FROM dynasty_ops.alerts;

-- A threshold of one's own on a metric of ours; another session counts too.
INSERT INTO dynasty_ops.alert_thresholds (name, metric, threshold, unit, severity) VALUES ('any_session', 'connections_used', 0, 'percent', 'info');
SELECT name, severity, value > 0 AS value, threshold, unit, firing, hint FROM dynasty_ops.check_alerts(persist => false) WHERE name = 'any_session';
SELECT count(*) FROM dynasty_ops.alerts;
SELECT firing FROM dynasty_ops.check_alerts() WHERE name = 'any_session';
SELECT firing FROM dynasty_ops.check_alerts() WHERE name = 'any_session';
SELECT name, severity, value > 0 AS value, threshold, details ? 'used' AS details, cleared_at IS NULL AS open FROM dynasty_ops.alerts;
UPDATE dynasty_ops.alert_thresholds SET threshold = 100 WHERE name = 'any_session' RETURNING updated_at = now() AS stamped;
SELECT firing FROM dynasty_ops.check_alerts() WHERE name = 'any_session';
SELECT name, cleared_at >= raised_at AS ended FROM dynasty_ops.alerts;
-- Again: a row of its own.
UPDATE dynasty_ops.alert_thresholds SET threshold = 0 WHERE name = 'any_session';
SELECT firing FROM dynasty_ops.check_alerts() WHERE name = 'any_session';
SELECT count(*), count(cleared_at) FROM dynasty_ops.alerts;
-- What cannot be measured neither raises nor ends anything.
UPDATE dynasty_ops.alert_thresholds SET metric = 'no such measure' WHERE name = 'any_session';
SELECT value, firing, hint FROM dynasty_ops.check_alerts() WHERE name = 'any_session';
SELECT count(*), count(cleared_at) FROM dynasty_ops.alerts;
-- Not looked at when it is off; gone with its threshold.
UPDATE dynasty_ops.alert_thresholds SET enabled = false WHERE name = 'any_session';
SELECT count(*) FROM dynasty_ops.check_alerts() WHERE name = 'any_session';
DELETE FROM dynasty_ops.alert_thresholds WHERE name = 'any_session';
SELECT count(*) FROM dynasty_ops.alerts;
SELECT count(*) FROM dynasty_ops.check_alerts(NULL);
-- A read-only transaction writes nothing and is no error.
BEGIN READ ONLY;
SELECT count(*) FROM dynasty_ops.check_alerts();
COMMIT;

-- Refused.
\set VERBOSITY terse
INSERT INTO dynasty_ops.alert_thresholds (name, metric, threshold, unit, severity) VALUES ('a', 'b', -1, 's', 'info');
INSERT INTO dynasty_ops.alert_thresholds (name, metric, threshold, unit, severity) VALUES ('a', 'b', 'NaN', 's', 'info');
INSERT INTO dynasty_ops.alert_thresholds (name, metric, threshold, unit, severity) VALUES ('a', 'b', 1, 'furlongs', 'info');
INSERT INTO dynasty_ops.alert_thresholds (name, metric, threshold, unit, severity) VALUES ('a', 'b', 1, 's', 'doom');
INSERT INTO dynasty_ops.alerts (name, severity, value, threshold) VALUES ('nobody watches', 'info', 1, 1);
INSERT INTO dynasty_ops.alerts (name, severity, value, threshold, raised_at, cleared_at) VALUES ('disk_space', 'info', 1, 1, '2025-01-02', '2025-01-01');

-- The report has the same rows and two more; the check has the worst of them.
SELECT check_name, status, hint FROM dynasty_ops.health_report() WHERE check_name NOT IN ('disk_space', 'long_running_queries', 'blocked_queries', 'connection_failures');
SELECT k FROM jsonb_object_keys(dynasty_ops.health_check()) k ORDER BY k;
SELECT (dynasty_ops.check_database_health() - '{server,connections,cache_hit_pct,deadlocks,long_running_queries,blocked_queries,xid_age_pct,status}'::text[]) #- '{extensions,pgcrypto}';
-- A table of ours is away: critical, by its name, and the function still answers.
ALTER TABLE dynasty.mlb_stats RENAME TO hidden;
SELECT status, value, hint FROM dynasty_ops.health_report() WHERE check_name = 'tables_missing';
SELECT h -> 'status' AS status, h -> 'tables_missing' AS missing FROM dynasty_ops.health_check() h;
ALTER TABLE dynasty.hidden RENAME TO mlb_stats;
-- Even without its own tables.
ALTER TABLE dynasty_ops.alert_thresholds RENAME TO hidden;
SELECT check_name, status, hint FROM dynasty_ops.health_report();
SELECT h -> 'status' AS status, h -> 'tables_missing' AS missing FROM dynasty_ops.health_check() h;
SELECT count(*) FROM dynasty_ops.check_alerts();
SELECT dynasty_ops.metrics() ~ 'dynasty_tables_missing 1' AS told;
ALTER TABLE dynasty_ops.hidden RENAME TO alert_thresholds;

-- Prometheus: every family once, HELP and TYPE before its samples, every line of the grammar; quotes in labels escaped.
INSERT INTO dynasty_ops.alert_thresholds (name, metric, threshold, unit, severity) VALUES (E'say "so"\\now\nor never', 'connections_used', 0, 'percent', 'info');
CREATE TEMP TABLE lines AS SELECT line, ord FROM regexp_split_to_table(dynasty_ops.metrics(), E'\n') WITH ORDINALITY l (line, ord) WHERE line <> '';
SELECT line AS not_of_the_format FROM lines
WHERE line !~ '^# (HELP dynasty_[a-z_]+ [^\\]+|TYPE dynasty_[a-z_]+ (gauge|counter))$'
  AND line !~ '^dynasty_[a-z_]+(\{[a-z_]+="([^"\\]|\\["\\n])*"(,[a-z_]+="([^"\\]|\\["\\n])*")*\})? [0-9.e+-]+$';
SELECT line FROM lines WHERE line LIKE '%say%';
SELECT string_agg(DISTINCT substring(line FROM '^# TYPE dynasty_(.*)'), ', ' ORDER BY substring(line FROM '^# TYPE dynasty_(.*)')) AS families FROM lines;
SELECT count(*) AS twice FROM (SELECT 1 FROM lines WHERE line LIKE '# TYPE%' GROUP BY line HAVING count(*) > 1) t;
