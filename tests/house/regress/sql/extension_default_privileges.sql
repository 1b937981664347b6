-- What is not for everybody is closed at the end of every script: also where ALTER DEFAULT PRIVILEGES gives new functions rights of their own
-- from the start. What an administrator grants later stays through an update.
SET client_min_messages = warning;
CREATE ROLE privileges_helper;
CREATE TEMP VIEW open_to_everybody AS
SELECT p.oid::regprocedure AS function FROM pg_proc p
JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass AND e.extname = 'dynasty'
WHERE has_function_privilege('public', p.oid, 'EXECUTE');
CREATE TEMP TABLE ordinarily AS SELECT function::text FROM open_to_everybody;
SELECT count(*) > 50 AS many FROM ordinarily;
DROP EXTENSION dynasty CASCADE;
ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO privileges_helper;
CREATE EXTENSION dynasty;
SELECT function::text FROM open_to_everybody EXCEPT SELECT function FROM ordinarily;
SELECT function FROM ordinarily EXCEPT SELECT function::text FROM open_to_everybody;
DROP EXTENSION dynasty CASCADE;
-- Also what an update brings.
CREATE EXTENSION dynasty VERSION '1.0';
GRANT EXECUTE ON FUNCTION dynasty.refresh_season_stats() TO PUBLIC;
GRANT EXECUTE ON FUNCTION dynasty._mine(text) TO privileges_helper;
ALTER EXTENSION dynasty UPDATE TO '1.1';
SELECT function::text FROM open_to_everybody EXCEPT SELECT function FROM ordinarily;
SELECT function FROM ordinarily EXCEPT SELECT function::text FROM open_to_everybody;
SELECT has_function_privilege('privileges_helper', 'dynasty._mine(text)', 'EXECUTE') AS still_the_helpers;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM privileges_helper;
DROP OWNED BY privileges_helper;
DROP ROLE privileges_helper;
