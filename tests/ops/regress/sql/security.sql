-- Ways in, planted one by one: each is named, and none is there after CREATE EXTENSION.
SET client_min_messages = warning;
SELECT * FROM dynasty_ops.security_report();
SELECT count(*) FROM dynasty_ops.security_report(NULL);
CREATE SCHEMA dynasty_test;
CREATE ROLE ops_user;
CREATE ROLE dynasty_above BYPASSRLS;
-- Rows of users without row-level security; with it and no policy; the user of a partition is its parent's matter.
CREATE TABLE dynasty_test.open_rows (id integer, user_id uuid);
CREATE TABLE dynasty_test.no_policy (user_id uuid);
ALTER TABLE dynasty_test.no_policy ENABLE ROW LEVEL SECURITY;
CREATE TABLE dynasty_test.guarded (user_id uuid, day date) PARTITION BY RANGE (day);
CREATE TABLE dynasty_test.guarded_1 PARTITION OF dynasty_test.guarded DEFAULT;
ALTER TABLE dynasty_test.guarded ENABLE ROW LEVEL SECURITY;
-- Policies: once per statement, row by row, in every way of writing it.
CREATE FUNCTION dynasty_test.current_user_id() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('app.current_user_id', true), '')::uuid $$;
CREATE POLICY good_1 ON dynasty_test.guarded USING (user_id = (SELECT dynasty_test.current_user_id()));
CREATE POLICY good_2 ON dynasty_test.guarded USING (user_id = (SELECT nullif(current_setting('app.current_user_id', true), '')::uuid));
CREATE POLICY good_3 ON dynasty_test.guarded USING (user_id::text <> 'current_user_id(x)' AND EXISTS (SELECT FROM dynasty_test.no_policy n WHERE n.user_id = guarded.user_id AND n.user_id = (SELECT dynasty_test.current_user_id())));
CREATE POLICY bad_1 ON dynasty_test.guarded USING (user_id = dynasty_test.current_user_id());
CREATE POLICY bad_2 ON dynasty_test.guarded USING (user_id = current_setting('app.current_user_id', true)::uuid);
CREATE POLICY bad_3 ON dynasty_test.guarded FOR INSERT WITH CHECK (coalesce(user_id = dynasty_test.current_user_id(), (SELECT true)));
-- Functions and views.
CREATE FUNCTION dynasty_test.unpinned() RETURNS integer LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
REVOKE EXECUTE ON FUNCTION dynasty_test.unpinned() FROM PUBLIC;
CREATE FUNCTION dynasty_test.for_all() RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'SELECT 1';
CREATE FUNCTION dynasty_test.writes() RETURNS integer LANGUAGE sql VOLATILE AS 'SELECT 1';
CREATE VIEW dynasty_test.around AS SELECT * FROM dynasty_test.guarded;
CREATE VIEW dynasty_test.as_caller WITH (security_invoker) AS SELECT * FROM dynasty_test.guarded;
CREATE VIEW dynasty_test.as_nobody WITH (security_invoker = false) AS SELECT * FROM dynasty_test.no_policy;
-- Grants.
GRANT USAGE ON SCHEMA dynasty_test TO PUBLIC;
GRANT SELECT ON dynasty_test.no_policy TO PUBLIC;
GRANT SELECT (day) ON dynasty_test.guarded TO PUBLIC;
CREATE SEQUENCE dynasty_test.numbers;
GRANT USAGE ON SEQUENCE dynasty_test.numbers TO PUBLIC;
GRANT SELECT ON dynasty_test.guarded_1 TO ops_user;
-- Settings.
ALTER ROLE ops_user SET app.api_token = 'hunter2';
ALTER ROLE ops_user SET statement_timeout = '1s';
SET log_min_duration_statement = 0;
SET log_parameter_max_length = -1;
SELECT check_name, severity, object, hint FROM dynasty_ops.security_report() ORDER BY check_name, object COLLATE "C";
SELECT DISTINCT h -> 'security' = to_jsonb((SELECT count(*) FROM dynasty_ops.security_report())) AS counted, h -> 'status' AS status FROM dynasty_ops.health_check() h;
RESET log_min_duration_statement;
SET log_statement = 'all';
SELECT object FROM dynasty_ops.security_report() WHERE check_name = 'parameters_logged';
SET log_parameter_max_length = 0;
SELECT object FROM dynasty_ops.security_report() WHERE check_name = 'parameters_logged';
RESET log_statement;
RESET log_parameter_max_length;
-- A member of ours who is above row-level security; one above it who is none does not matter.
SELECT count(*) > 200 AS set_up FROM dynasty.setup_roles();
CREATE ROLE ops_above BYPASSRLS;
SELECT object FROM dynasty_ops.security_report() WHERE check_name = 'role_above_rls' ORDER BY 1;
GRANT dynasty_app TO ops_above;
SELECT object FROM dynasty_ops.security_report() WHERE check_name = 'role_above_rls' ORDER BY 1;
-- Who was granted what.
SELECT role, object, privs FROM dynasty_ops.grants_report() WHERE object LIKE '%dynasty_test%' ORDER BY role COLLATE "C", object COLLATE "C";
SELECT privs FROM dynasty_ops.grants_report() WHERE role = 'dynasty_monitor' AND object = 'dynasty_ops.alerts';
SELECT count(*) FROM dynasty_ops.grants_report() WHERE role = 'PUBLIC' AND object LIKE 'dynasty_ops.%' AND privs <> 'EXECUTE';
DROP SCHEMA dynasty_test CASCADE;
DROP OWNED BY ops_user, ops_above, dynasty_above, dynasty_reader, dynasty_ingest, dynasty_app, dynasty_admin, dynasty_monitor;
DROP ROLE ops_user, ops_above, dynasty_above, dynasty_reader, dynasty_ingest, dynasty_app, dynasty_admin, dynasty_monitor;
SELECT * FROM dynasty_ops.security_report();
