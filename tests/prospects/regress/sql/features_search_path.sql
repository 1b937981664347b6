-- A hostile search_path: tables, functions, operators and casts of the same names change nothing, directly and through the planner.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/features_setup.sql'
\i :setup
SELECT count(*) FROM dynasty.simulate_league(12, 2016, 2018, 3);
CREATE TABLE public.before AS SELECT prospect_id, array_send(feature_values) AS bytes, md5(f::text) AS whole FROM dynasty.all_features(2018) f;
CREATE SCHEMA evil;
CREATE TABLE evil.prospects (id integer); CREATE TABLE evil.milb_game_logs (id integer); CREATE TABLE evil.scouting_grades (id integer);
CREATE TABLE evil.milb_advanced_stats (id integer); CREATE TABLE evil.mlb_stats (id integer); CREATE TABLE evil.norm_stamps (season integer, level varchar(20), stamp bigint);
DO $$
DECLARE
    t record;
    op text;
BEGIN
    -- Exact matches win over pg_catalog's own where they come first.
    FOR t IN SELECT * FROM (VALUES ('integer', 'integer'), ('text', 'text'), ('varchar', 'varchar'), ('integer', 'integer[]'), ('date', 'date'), ('bigint', 'bigint'), ('smallint', 'smallint'),
                                   ('float8', 'float8'), ('integer', 'bigint'), ('name', 'name'), ('oid', 'oid'), ('boolean', 'boolean')) v (l, r) LOOP
        EXECUTE format('CREATE FUNCTION evil.no(%s, %s) RETURNS boolean LANGUAGE plpgsql AS $f$ BEGIN RAISE ''evil operator called''; END $f$', t.l, t.r);
        FOREACH op IN ARRAY '{=,<>,<,>,<=,>=}'::text[] LOOP
            EXECUTE format('CREATE OPERATOR evil.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = evil.no)', op, t.l, t.r);
        END LOOP;
    END LOOP;
    FOREACH op IN ARRAY '{lower(text),btrim(text),upper(text),btrim(text\,text),make_date(integer\,integer\,integer),unnest(anyarray),now(),array_send(anyarray)}'::text[] LOOP
        EXECUTE format('CREATE FUNCTION evil.%s RETURNS text LANGUAGE plpgsql AS $f$ BEGIN RAISE ''evil function called''; END $f$', op);
    END LOOP;
END
$$;
CREATE DOMAIN evil.int4 AS text; CREATE DOMAIN evil.float8 AS text; CREATE DOMAIN evil.text AS integer; CREATE DOMAIN evil.varchar AS integer;
CREATE VIEW public.outcome AS -- made under an honest path
SELECT (SELECT count(*) FROM public.before b JOIN dynasty.feature_matrix(2018) m USING (prospect_id) WHERE b.bytes = pg_catalog.array_send(m.feature_values)) AS matrix,
       (SELECT count(*) FROM public.before b JOIN dynasty.all_features(2018) f USING (prospect_id) WHERE b.whole = md5(f::text)) AS all,
       (SELECT count(*) FROM public.before b, dynasty.prospect_features(b.prospect_id, 2018) f WHERE b.whole = md5(f::text)) AS one,
       (SELECT count(*) FROM public.before b JOIN dynasty.feature_matrix(2018, 'v1.0', '{1,2,3,4,5,6,7,8,9,10,11,12}') m USING (prospect_id) WHERE b.bytes = pg_catalog.array_send(m.feature_values)) AS some,
       (SELECT count(*) FROM dynasty.feature_catalogue()) AS catalogue, cardinality(dynasty.feature_names()) AS names;
CREATE ROLE dynasty_path;
GRANT USAGE ON SCHEMA dynasty, evil, public TO dynasty_path;
GRANT SELECT ON ALL TABLES IN SCHEMA dynasty, evil, public TO dynasty_path;
SELECT * FROM public.outcome;
SET search_path = evil, pg_catalog, pg_temp;
SELECT 1 = 1; -- the trap works
SELECT * FROM public.outcome;
-- Changes, whose triggers run under the path too.
UPDATE dynasty.milb_game_logs SET data_source = 'x', strikeouts = strikeouts;
UPDATE dynasty.prospects SET position = position;
SELECT * FROM public.outcome;
-- Under row security everything goes through SQL.
ALTER TABLE dynasty.milb_game_logs ENABLE ROW LEVEL SECURITY;
CREATE POLICY all_rows ON dynasty.milb_game_logs USING (true);
ALTER VIEW public.outcome SET (security_invoker = true);
SET ROLE dynasty_path;
SELECT * FROM public.outcome;
RESET ROLE;
-- Nothing at all on the path, and temporary tables of the same names first.
CREATE TEMP TABLE prospects (id integer); CREATE TEMP TABLE milb_game_logs (id integer); CREATE TEMP TABLE scouting_grades (id integer);
SET search_path = '';
SELECT * FROM public.outcome;
SET search_path = pg_temp, evil, pg_catalog;
SELECT * FROM public.outcome;
RESET search_path;
DROP OWNED BY dynasty_path;
DROP ROLE dynasty_path;
