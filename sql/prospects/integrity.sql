-- What is to hold of the tables of prospects: verify_integrity() of operations asks.

CREATE FUNCTION dynasty._verify() RETURNS TABLE (check_name text, ok boolean, bad bigint, sample text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT 'season_statistics_are_their_games', count(*) = 0, count(*), min(format('prospect %s, %s, %s', d.prospect_id, d.season, d.level))
    FROM dynasty.season_stats_diff() d
    UNION ALL
    SELECT 'triggers_are_there', count(*) = 0, count(*), min(format('%s on %s', g.name, g.place)) FROM dynasty._trigger_gaps('{always}'::text[]) g
$fn$;
COMMENT ON FUNCTION dynasty._verify() IS 'Internal, of verify_integrity(): what is to hold of the tables of prospects.';
GRANT EXECUTE ON FUNCTION dynasty._verify() TO PUBLIC;
