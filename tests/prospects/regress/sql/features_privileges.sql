-- The features read with the caller's rights: SELECT on the five tables is what it takes, EXECUTE is PUBLIC's.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/features_setup.sql'
\i :setup
SELECT count(*) FROM dynasty.simulate_league(12, 2016, 2018, 3);
CREATE TABLE public.before AS SELECT prospect_id, array_send(feature_values) AS bytes FROM dynasty.feature_matrix(2018);
GRANT SELECT ON public.before TO PUBLIC;
CREATE ROLE dynasty_features;
GRANT USAGE ON SCHEMA dynasty TO dynasty_features;
CREATE FUNCTION pg_temp.refused(query text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE query;
    RETURN 'works';
EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE || ': ' || SQLERRM;
END
$$;
CREATE FUNCTION pg_temp.all_forms() RETURNS TABLE (form text, outcome text) LANGUAGE sql AS $$
    SELECT f, pg_temp.refused('SELECT count(*) FROM dynasty.' || f) FROM unnest('{"prospect_features(1, 2018)",all_features(2018),feature_matrix(2018),"feature_matrix(2018, prospect_ids => ''{1}'')"}'::text[]) f
$$;
CREATE FUNCTION pg_temp.changed() RETURNS TABLE (rows bigint, changed bigint, changed_one bigint) LANGUAGE sql AS $$
    SELECT count(*), count(*) FILTER (WHERE b.bytes <> array_send(m.feature_values)), count(*) FILTER (WHERE b.bytes <> array_send(f.feature_values))
    FROM public.before b JOIN dynasty.feature_matrix(2018) m USING (prospect_id), LATERAL dynasty.prospect_features(b.prospect_id, 2018) f
$$;
-- The catalogue is nobody's secret.
SET ROLE dynasty_features;
SELECT (SELECT count(*) FROM dynasty.feature_catalogue()) AS catalogue, cardinality(dynasty.feature_names()) AS names;
SELECT * FROM pg_temp.all_forms();
RESET ROLE;
-- One table short.
GRANT SELECT ON dynasty.prospects, dynasty.milb_game_logs, dynasty.scouting_grades, dynasty.scouting_editions, dynasty.milb_advanced_stats, dynasty.mlb_stats TO dynasty_features;
REVOKE SELECT ON dynasty.scouting_grades FROM dynasty_features;
SET ROLE dynasty_features;
SELECT * FROM pg_temp.all_forms();
\set VERBOSITY terse
SELECT * FROM dynasty.prospect_features(1, 2018);
\echo :LAST_ERROR_SQLSTATE
\set VERBOSITY default
RESET ROLE;
REVOKE SELECT ON dynasty.scouting_editions FROM dynasty_features;
GRANT SELECT ON dynasty.scouting_grades TO dynasty_features;
SET ROLE dynasty_features;
SELECT * FROM pg_temp.all_forms();
RESET ROLE;
GRANT SELECT ON dynasty.scouting_editions TO dynasty_features;
REVOKE SELECT ON dynasty.milb_game_logs FROM dynasty_features;
SET ROLE dynasty_features;
SELECT * FROM pg_temp.all_forms();
RESET ROLE;
GRANT SELECT ON dynasty.milb_game_logs TO dynasty_features;
REVOKE SELECT ON dynasty.milb_advanced_stats, dynasty.mlb_stats FROM dynasty_features;
SET ROLE dynasty_features;
SELECT * FROM pg_temp.all_forms();
RESET ROLE;
REVOKE SELECT ON dynasty.prospects FROM dynasty_features;
SET ROLE dynasty_features;
SELECT * FROM pg_temp.all_forms();
RESET ROLE;
-- All six: the values of everybody else. The journal of the norms is not asked for, and he may not write a thing.
GRANT SELECT ON dynasty.prospects, dynasty.milb_advanced_stats, dynasty.mlb_stats TO dynasty_features;
SET ROLE dynasty_features;
SELECT * FROM pg_temp.all_forms();
SELECT * FROM pg_temp.changed();
SELECT pg_temp.refused('SELECT count(*) FROM dynasty.norm_stamps');
SELECT pg_temp.refused('UPDATE dynasty.prospects SET birth_date = NULL');
RESET ROLE;
-- Rights on columns: those that are read are enough, one less is not.
REVOKE SELECT ON dynasty.milb_game_logs, dynasty.prospects FROM dynasty_features;
DO $$
BEGIN
    EXECUTE (SELECT format('GRANT SELECT (%s) ON dynasty.milb_game_logs TO dynasty_features', string_agg(quote_ident(attname), ', ')) FROM pg_attribute
             WHERE attrelid = 'dynasty.milb_game_logs'::regclass AND attnum > 0 AND attname NOT IN ('team', 'opponent', 'created_at', 'data_source', 'rbi', 'fly_outs'));
    EXECUTE (SELECT format('GRANT SELECT (%s) ON dynasty.prospects TO dynasty_features', string_agg(quote_ident(attname), ', ')) FROM pg_attribute
             WHERE attrelid = 'dynasty.prospects'::regclass AND attnum > 0 AND attname NOT IN ('name', 'current_team', 'current_organization', 'current_level', 'updated_at', 'created_at'));
END
$$;
SET ROLE dynasty_features;
SELECT * FROM pg_temp.changed();
RESET ROLE;
REVOKE SELECT (signing_bonus_usd) ON dynasty.prospects FROM dynasty_features;
SET ROLE dynasty_features;
SELECT * FROM pg_temp.all_forms();
RESET ROLE;
-- Without the schema's USAGE, and without EXECUTE.
REVOKE USAGE ON SCHEMA dynasty FROM dynasty_features;
SET ROLE dynasty_features;
SELECT pg_temp.refused('SELECT * FROM dynasty.prospect_features(1, 2018)');
RESET ROLE;
GRANT USAGE ON SCHEMA dynasty TO dynasty_features;
REVOKE EXECUTE ON FUNCTION dynasty.feature_matrix(integer, text, integer[], timestamptz) FROM PUBLIC;
SET ROLE dynasty_features;
SELECT pg_temp.refused('SELECT * FROM dynasty.feature_matrix(2018)');
RESET ROLE;
SELECT * FROM pg_temp.changed();
DROP OWNED BY dynasty_features;
DROP ROLE dynasty_features;
