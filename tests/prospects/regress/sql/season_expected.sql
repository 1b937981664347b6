-- Season statistics against an independent computation (plain Python, shares no code): all columns, both of all games and
-- of regular-season games only. The files are found by DYNASTY_DATA (in ../expected); without them this is SKIPPED.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\getenv data DYNASTY_DATA
\if :{?data}
\else
\set data :abs_srcdir '/../../../../shared/data'
\endif
\set expected :data '/../expected'
\setenv EXPECTED :expected
\set there `test -r "$EXPECTED/season_stats.csv" && test -r "$EXPECTED/tables/milb_game_logs.csv" && echo true || echo false`
\set load_file :abs_srcdir '/features_expected_load.sql'
\if :there
CREATE TABLE e_all AS SELECT * FROM dynasty.milb_season_stats WITH NO DATA;
CREATE TABLE e_regular AS TABLE e_all;
\set table dynasty.prospects
\set file tables/prospects.csv
\i :load_file
\set table dynasty.milb_game_logs
\set file tables/milb_game_logs.csv
\i :load_file
\set table e_all
\set file season_stats.csv
\i :load_file
\set table e_regular
\set file season_stats_regular.csv
\i :load_file
\set ECHO all
-- Column by column: equal, floats to 1e-9 relative, NULLs exactly. (What is behind the contract's columns is not in the files.)
CREATE FUNCTION pg_temp.same(a text, b text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN a IS NOT DISTINCT FROM b OR abs(a::numeric - b::numeric) <= 1e-9 * greatest(1, abs(a::numeric));
EXCEPTION WHEN invalid_text_representation THEN
    RETURN false;
END $$;
CREATE TEMP TABLE columns AS
SELECT a.attname::text AS name FROM pg_attribute a WHERE a.attrelid = 'e_all'::regclass AND a.attnum > 0
AND a.attname NOT IN ('hits_known_games', 'hits_squared', 'stamp');
CREATE FUNCTION pg_temp.differ(ours jsonb, theirs jsonb) RETURNS text[] LANGUAGE sql AS $$
    SELECT array_agg(name) FROM pg_temp.columns WHERE NOT coalesce(pg_temp.same(ours ->> name, theirs ->> name), (ours ->> name IS NULL) = (theirs ->> name IS NULL)) $$;
SELECT (SELECT count(*) FROM columns) AS columns, count(*) AS lines, count(*) FILTER (WHERE s IS NULL OR e IS NULL) AS missing,
       count(*) FILTER (WHERE pg_temp.differ(to_jsonb(s), to_jsonb(e)) IS NOT NULL) AS differ
FROM dynasty.milb_season_stats s FULL JOIN e_all e USING (prospect_id, season, level);
SELECT count(*) AS lines, count(*) FILTER (WHERE s IS NULL OR e IS NULL) AS missing,
       count(*) FILTER (WHERE pg_temp.differ(to_jsonb(s), to_jsonb(e)) IS NOT NULL) AS differ
FROM dynasty.season_stats('{Regular}') s FULL JOIN e_regular e USING (prospect_id, season, level);
-- It would notice.
SELECT pg_temp.differ('{"avg": 0.251, "total_hits": 5}', '{"avg": 0.250, "total_hits": 5}') AS noticed, pg_temp.differ('{"avg": null}', '{"avg": 0}') AS null_noticed;
\else
\echo SKIPPED: no DYNASTY_DATA/../expected
\endif
