-- The parts of aggregates refuse to be called by hand, and to work on another aggregate's state. Servers up to 15.19 (and their like)
-- let anybody call them with a NULL of type internal; newer ones do not. So that they are asked themselves on any server, their
-- arguments are declared otherwise here, by changing the catalog, as only a superuser can.
\set SHOW_CONTEXT never
\set VERBOSITY default
BEGIN;
SET allow_system_table_mods = on;
CREATE TEMP TABLE parts AS SELECT oid, oid::regprocedure::text AS part, proname, pronargs FROM pg_proc
    WHERE pronamespace = 'dynasty'::regnamespace AND 'internal'::regtype = ANY (proargtypes::oid[]) ;
SELECT count(*) >= 18 AS all_parts FROM parts;
UPDATE pg_proc SET proargtypes = replace(proargtypes::text, '2281', '20')::oidvector, prorettype = CASE prorettype WHEN 2281 THEN 20 ELSE prorettype END, proisstrict = false
WHERE oid IN (SELECT oid FROM parts);
-- Each with NULLs, and with a number for a state: none, an address that is none, one that may be one.
CREATE FUNCTION pg_temp.outcome(call text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    hint text;
BEGIN
    EXECUTE call;
    RETURN 'answered';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
    RETURN concat_ws(': ', SQLSTATE, SQLERRM, hint);
END $$;
CREATE TEMP TABLE outcomes AS
SELECT p.proname, state, pg_temp.outcome(format('SELECT dynasty.%I(%s)', p.proname,
    (SELECT string_agg(CASE t WHEN 'int8'::regtype THEN coalesce(state, 'NULL') || '::int8' WHEN 'bytea'::regtype THEN '''\x00''::bytea' WHEN 'record'::regtype THEN 'NULL::dynasty.milb_game_logs'
        ELSE format('NULL::%s', format_type(t, NULL)) END, ', ' ORDER BY o) FROM pg_proc f, unnest(f.proargtypes) WITH ORDINALITY u (t, o) WHERE f.oid = p.oid))) AS outcome
FROM parts p, unnest('{NULL,0,1,8,140000000000000,-8}'::text[]) state;
SELECT proname, outcome, count(*) FROM outcomes GROUP BY 1, 2 ORDER BY 1, 2;
ROLLBACK;

-- In an aggregate, on the state of another one, of ours or the server's: refused as well, for rows, groups and windows.
CREATE AGGREGATE mixed (float8) (sfunc = dynasty.consistency_cv_add, stype = internal, finalfunc = dynasty.season_line_final);
CREATE AGGREGATE mixed_other_way (integer, text, record) (sfunc = dynasty.game_features_transition, stype = internal, finalfunc = dynasty.consistency_cv_final);
CREATE AGGREGATE of_the_server (int8) (sfunc = pg_catalog.int8_avg_accum, stype = internal, finalfunc = dynasty.consistency_cv_final);
CREATE AGGREGATE of_the_server_too (int8) (sfunc = pg_catalog.int8_avg_accum, stype = internal, finalfunc = dynasty.game_features_final);
CREATE AGGREGATE serialized_wrong (float8) (sfunc = dynasty.consistency_cv_add, stype = internal, finalfunc = dynasty.season_line_serialize);
SELECT mixed(i) FROM generate_series(1, 3) i;
SELECT mixed(i) OVER (ORDER BY i ROWS 1 PRECEDING) FROM generate_series(1, 3) i;
SELECT mixed_other_way(2021, 'SS', l) FROM (SELECT (NULL::dynasty.milb_game_logs).*) l;
SELECT of_the_server(i) FROM generate_series(1, 3) i GROUP BY i % 2;
SELECT of_the_server_too(i) FROM generate_series(1, 3) i;
SELECT serialized_wrong(i) FROM generate_series(1, 3) i;
-- No row, no state: nothing to refuse.
SELECT (mixed(i)).games_played FROM generate_series(1, 0) i;
-- A symbol declared anew is not believed, whatever it is declared as.
CREATE FUNCTION forged (int8) RETURNS float8 LANGUAGE c AS '$libdir/dynasty', 'consistency_cv_final';
CREATE FUNCTION forged (text) RETURNS SETOF record LANGUAGE c AS '$libdir/dynasty', 'feature_matrix';
CREATE FUNCTION forged () RETURNS trigger LANGUAGE c AS '$libdir/dynasty', 'maintain_season_stats';
\set VERBOSITY sqlstate
SELECT forged(140000000000000);
SELECT * FROM forged('x') AS t (a int, b int);
CREATE TRIGGER forged AFTER INSERT ON dynasty.prospects FOR EACH STATEMENT EXECUTE FUNCTION forged();
INSERT INTO dynasty.prospects (mlb_id, name) SELECT 1, 'A' WHERE false;
-- What was not forged goes on.
SELECT dynasty.consistency_cv(i) = stddev(i) / avg(i) AS right FROM generate_series(1, 5) i;
