-- Who may do what with tables and functions of odds (sql/machinery/roles.sql). No rows of users here: who reads, reads all.

CREATE FUNCTION dynasty_odds._grants() RETURNS TABLE (role text, object text, privileges text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT 'dynasty_reader', r.name, 'SELECT' FROM unnest(dynasty_odds._relations()) r (name)
    UNION ALL
    SELECT g.role, o.name, g.privileges FROM (VALUES
        ('dynasty_ingest', '{sports,tournaments,bookmakers,events,event_bookmakers,team_aliases,market_kinds,odds_snapshots,market_odds,scrape_runs,scrape_errors,closing_odds}'::text[], 'INSERT, UPDATE'),
        -- What did not close after all, because the kickoff moved before it, goes.
        ('dynasty_ingest', '{closing_odds}', 'DELETE'),
        ('dynasty_ingest', '{capture_closing}', 'EXECUTE'),
        ('dynasty_ingest', '{start_run,finish_run,log_error,record_snapshot,ingest,ingest_scores}', 'EXECUTE'),
        ('dynasty_admin', '{simulate_board,remove_simulated}', 'EXECUTE'),
        -- How the fetchers do.
        ('dynasty_monitor', '{scrape_runs,scrape_errors,run_summary,bookmakers}', 'SELECT')
    ) AS g (role, objects, privileges), unnest(g.objects) o (name)
$fn$;
COMMENT ON FUNCTION dynasty_odds._grants() IS 'Internal, of setup_roles(): which role may do what with the tables and functions of odds.';
