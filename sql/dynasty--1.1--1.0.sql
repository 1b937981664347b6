SELECT pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true); -- for the script; see sql/bootstrap.sql
SELECT dynasty._refuse_strange_functions();
-- The tables first: their step down is among the functions that go.
SELECT dynasty._change_tables('1.0'::text, NULL::text);
DROP FUNCTION dynasty.scout_record(text);
DROP FUNCTION dynasty._down_1_1__1_0();
DROP FUNCTION dynasty._up_1_0__1_1(text[]);
SELECT dynasty._close();
