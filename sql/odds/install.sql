-- What the machinery finds of odds (sql/machinery/systems.sql). Its triggers: triggers.sql; its views: views.sql.

CREATE FUNCTION dynasty_odds._relations() RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT '{sports,tournaments,bookmakers,events,event_bookmakers,team_aliases,market_kinds,odds_snapshots,market_odds,scrape_runs,scrape_errors,closing_odds,latest_odds,event_overview,run_summary}'::text[]
$fn$;
COMMENT ON FUNCTION dynasty_odds._relations() IS 'Internal: the tables and views of odds.';

CREATE FUNCTION dynasty_odds._make_tables() RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    -- One after the other: the foreign keys point back.
    RETURN dynasty_odds._make_reference_tables() || dynasty_odds._make_snapshot_tables() || dynasty_odds._make_run_tables();
END
$fn$;
COMMENT ON FUNCTION dynasty_odds._make_tables() IS 'Internal: makes every table of odds that is missing, and names those it made.';

-- Whoever calls a public function calls these with his own rights; the schema is closed to who has no role.
GRANT EXECUTE ON FUNCTION dynasty_odds._plain_name(text), dynasty_odds._relations(), dynasty_odds._verify() TO PUBLIC;
GRANT EXECUTE ON FUNCTION
    dynasty_odds._fair(double precision[], text, double precision), dynasty_odds._kind(text, text), dynasty_odds._since(text, text, timestamptz, interval),
    dynasty_odds._newest(integer[], integer, timestamptz, timestamptz), dynasty_odds._state(integer[], integer, smallint, timestamptz, timestamptz),
    dynasty_odds._complete(integer[], smallint, timestamptz, timestamptz), dynasty_odds._odds_at(integer, timestamptz, integer, text),
    dynasty_odds._changes(integer[], smallint, integer, timestamptz, timestamptz), dynasty_odds._line_movement(integer, text, integer, timestamptz, timestamptz),
    dynasty_odds._price_bars(integer, text, interval, integer, timestamptz, timestamptz, boolean),
    dynasty_odds._main_lines(integer, text, integer, timestamptz, timestamptz), dynasty_odds._scanned(timestamptz, boolean),
    dynasty_odds._refuse_number(text, text, double precision), dynasty_odds._closings(integer[])
TO PUBLIC;
