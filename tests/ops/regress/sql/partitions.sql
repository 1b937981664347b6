-- Tables by time without pg_partman: what is told of them, what is deleted, what is refused.
SET client_min_messages = warning;
SET timezone = 'America/New_York';
SELECT parent_table, control, partition_interval, retention, premake, enabled_at FROM dynasty_ops.retention_policies ORDER BY 1;
-- The tables of our systems are their tests' matter.
DELETE FROM dynasty_ops.retention_policies p WHERE to_regclass(p.parent_table) IS NOT NULL;
-- Policies of tables that are not there are no trouble.
SELECT * FROM dynasty_ops.partition_status();
SELECT * FROM dynasty_ops.enable_partitions();
SELECT * FROM dynasty_ops.run_maintenance();
CREATE TABLE ticks (id bigint GENERATED ALWAYS AS IDENTITY, at timestamptz NOT NULL, body text) PARTITION BY RANGE (at);
CREATE INDEX ticks_at ON ticks USING brin (at);
CREATE TABLE ticks_default PARTITION OF ticks DEFAULT;
INSERT INTO dynasty_ops.retention_policies (parent_table, control, partition_interval, retention) VALUES ('public.ticks', 'at', '1 day', '30 days');
SELECT parent_table, managed_by, partitions, default_rows, retention, next_premade, problem FROM dynasty_ops.partition_status();
INSERT INTO ticks (at) VALUES (now()), (now() + '30 days'::interval), (now() - '40 days'::interval);
SELECT default_rows, problem FROM dynasty_ops.partition_status();
SELECT firing, value, hint FROM dynasty_ops.check_alerts(false) WHERE name = 'default_partition_rows';
SELECT h -> 'partitions' AS told FROM dynasty_ops.health_check() h;
-- By hand, in another zone and style: bounds are times, whatever the session's settings are.
SET datestyle = 'German, DMY';
CREATE TABLE ticks_2020 PARTITION OF ticks FOR VALUES FROM ('2020-01-01 00:00Z') TO ('2021-01-01 00:00Z');
SELECT partitions, extract(epoch FROM oldest) = extract(epoch FROM timestamptz '2020-01-01 00:00Z') AS oldest, extract(epoch FROM newest) = extract(epoch FROM timestamptz '2021-01-01 00:00Z') AS newest, managed_by FROM dynasty_ops.partition_status();
RESET datestyle;
INSERT INTO ticks (at) SELECT timestamptz '2020-06-01 00:00Z' + make_interval(hours => (i * 37) % 500) FROM generate_series(1, 400) i;
ANALYZE ticks_2020;
SELECT problem FROM dynasty_ops.partition_status();
-- An index of the parent that a partition has not.
CREATE INDEX ticks_body ON ONLY ticks (body);
SELECT problem FROM dynasty_ops.partition_status();
DROP INDEX ticks_body;
-- Whole UTC days go: a row of the day that is only partly old enough stays.
TRUNCATE ticks;
INSERT INTO ticks (at) SELECT date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' - '2 days'::interval + make_interval(hours => h) FROM generate_series(0, 47) h;
SELECT dynasty_ops.purge('public.ticks', '24 hours', 7);
SELECT count(*) AS rest FROM ticks;
SELECT dynasty_ops.purge('public.ticks', '24 hours');
SELECT dynasty_ops.purge(NULL, '1 day') IS NULL AS of_null;
\set VERBOSITY terse
SELECT dynasty_ops.purge('public.nothing', '1 day');
\echo :LAST_ERROR_SQLSTATE
SELECT dynasty_ops.purge('public.ticks', '0');
\echo :LAST_ERROR_SQLSTATE
SELECT dynasty_ops.purge('public.ticks', '-1 day');
SELECT dynasty_ops.purge('public.ticks', '1 day', 0);
\echo :LAST_ERROR_SQLSTATE
SELECT dynasty_ops.purge('dynasty_odds.nothing', '1 day');
\set VERBOSITY default
SELECT * FROM dynasty_ops.enable_partitions('public.nothing');
-- (The hint names the package for this server.)
CREATE FUNCTION pg_temp.said() RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE hint text;
BEGIN
    PERFORM dynasty_ops.enable_partitions('public.ticks');
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
    RETURN QUERY VALUES (SQLSTATE), (SQLERRM), (replace(hint, current_setting('server_version_num')::integer / 10000 || '-partman', 'NN-partman'));
END $$;
SELECT said FROM pg_temp.said() AS said;
\set VERBOSITY terse
-- What is only appended to refuses.
CREATE TRIGGER forbid BEFORE DELETE ON ticks FOR EACH ROW EXECUTE FUNCTION dynasty_ops.forbid_change();
INSERT INTO ticks (at) VALUES ('2020-02-02');
SELECT dynasty_ops.purge('public.ticks', '1 day');
\echo :LAST_ERROR_SQLSTATE
DROP TRIGGER forbid ON ticks;
-- Names that are none, or hostile; a policy for what is not partitioned by it.
INSERT INTO dynasty_ops.retention_policies (parent_table, control, partition_interval) VALUES ('"', 'at', '1 day'), ('a.b.c.d', 'at', '1 day'), ('', 'at', '1 day'),
    ('public.ticks; DROP TABLE ticks', 'at', '1 day'), ('pg_catalog.pg_class', 'oid', '1 day');
SELECT parent_table FROM dynasty_ops.partition_status();
SELECT dynasty_ops.purge('public.ticks; DROP TABLE ticks', '1 day');
\echo :LAST_ERROR_SQLSTATE
UPDATE dynasty_ops.retention_policies SET control = 'body' WHERE parent_table = 'public.ticks';
SELECT dynasty_ops.purge('public.ticks', '1 day');
\echo :LAST_ERROR_SQLSTATE
UPDATE dynasty_ops.retention_policies SET control = 'at' WHERE parent_table = 'public.ticks';
INSERT INTO dynasty_ops.retention_policies (parent_table, control, partition_interval) VALUES ('x', 'at', '0');
INSERT INTO dynasty_ops.retention_policies (parent_table, control, partition_interval, retention) VALUES ('x', 'at', '1 day', '-1 day');
INSERT INTO dynasty_ops.retention_policies (parent_table, control, partition_interval, premake) VALUES ('x', 'at', '1 day', 0);
-- Somebody else's code does not run with the rights of whoever does the upkeep.
CREATE ROLE ops_owner;
GRANT CREATE ON SCHEMA public TO ops_owner;
SET ROLE ops_owner;
CREATE TABLE hers (at timestamptz NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE hers_default PARTITION OF hers DEFAULT;
CREATE FUNCTION hers() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'ran as %', current_user; END $$;
CREATE TRIGGER hers BEFORE DELETE ON hers FOR EACH ROW EXECUTE FUNCTION hers();
INSERT INTO hers VALUES ('2020-01-01');
RESET ROLE;
INSERT INTO dynasty_ops.retention_policies (parent_table, control, partition_interval, retention) VALUES ('public.hers', 'at', '1 day', '1 day');
SELECT dynasty_ops.purge('public.hers', '1 day');
\echo :LAST_ERROR_SQLSTATE
-- Nor through a trigger on a table of one's own.
CREATE TRIGGER hers BEFORE DELETE ON ticks FOR EACH ROW EXECUTE FUNCTION hers();
SELECT dynasty_ops.purge('public.ticks', '1 day');
\echo :LAST_ERROR_SQLSTATE
DROP TABLE ticks, hers;
DROP FUNCTION hers;
REVOKE CREATE ON SCHEMA public FROM ops_owner;
DROP ROLE ops_owner;
