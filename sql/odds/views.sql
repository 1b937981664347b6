-- What is on offer now, what there is of an event, and how runs went. With the rights of who reads.

CREATE FUNCTION dynasty_odds._make_views() RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    made text[] := '{}';
BEGIN
    IF dynasty._missing('dynasty_odds.latest_odds'::text) THEN
        -- The newest snapshot of each scope; where scopes overlap the later one tells. A filter on event_id and bookmaker_id reaches the tables.
        CREATE VIEW dynasty_odds.latest_odds WITH (security_invoker = true) AS
        SELECT DISTINCT ON (s.event_id, s.bookmaker_id, m.market_kind_id, m.period, m.line, m.outcome)
               s.event_id, s.bookmaker_id, m.market_kind_id, k.key AS market, m.period, m.line, m.outcome, m.price, m.is_suspended, s.captured_at, s.scope, s.id AS snapshot_id
        FROM (SELECT DISTINCT ON (n.event_id, n.bookmaker_id, n.scope) n.* FROM dynasty_odds.odds_snapshots n
              ORDER BY n.event_id, n.bookmaker_id, n.scope, n.captured_at DESC) s
        JOIN dynasty_odds.market_odds m ON m.snapshot_id = coalesce(s.same_as_id, s.id) AND m.captured_at = coalesce(s.same_as_captured_at, s.captured_at)
        JOIN dynasty_odds.market_kinds k ON k.id = m.market_kind_id
        ORDER BY s.event_id, s.bookmaker_id, m.market_kind_id, m.period, m.line, m.outcome, s.captured_at DESC, s.id DESC;
        COMMENT ON VIEW dynasty_odds.latest_odds IS 'What each bookmaker offers on each event by his newest snapshots, suspended outcomes with their flag. Reads with the caller''s rights.';
        COMMENT ON COLUMN dynasty_odds.latest_odds.event_id IS 'The event.';
        COMMENT ON COLUMN dynasty_odds.latest_odds.bookmaker_id IS 'The bookmaker.';
        COMMENT ON COLUMN dynasty_odds.latest_odds.market_kind_id IS 'The kind of market.';
        COMMENT ON COLUMN dynasty_odds.latest_odds.market IS 'Its word.';
        COMMENT ON COLUMN dynasty_odds.latest_odds.period IS 'The part of the event.';
        COMMENT ON COLUMN dynasty_odds.latest_odds.line IS 'The line. NULL = it has none.';
        COMMENT ON COLUMN dynasty_odds.latest_odds.outcome IS 'The outcome.';
        COMMENT ON COLUMN dynasty_odds.latest_odds.price IS 'Decimal odds.';
        COMMENT ON COLUMN dynasty_odds.latest_odds.is_suspended IS 'Whether no bets are taken on it.';
        COMMENT ON COLUMN dynasty_odds.latest_odds.captured_at IS 'When the newest snapshot was taken.';
        COMMENT ON COLUMN dynasty_odds.latest_odds.scope IS 'The piece of the offer it was in.';
        COMMENT ON COLUMN dynasty_odds.latest_odds.snapshot_id IS 'The newest snapshot.';
        made := made || 'dynasty_odds.latest_odds'::text;
    END IF;
    IF dynasty._missing('dynasty_odds.event_overview'::text) THEN
        CREATE VIEW dynasty_odds.event_overview WITH (security_invoker = true) AS
        SELECT e.id AS event_id, e.name, p.key AS sport, t.name AS tournament, e.home_team, e.away_team, e.kickoff, e.status, e.home_score, e.away_score,
               s.bookmakers, s.snapshots, s.unchanged, s.first_captured_at, s.last_captured_at
        FROM dynasty_odds.events e
        JOIN dynasty_odds.tournaments t ON t.id = e.tournament_id
        JOIN dynasty_odds.sports p ON p.id = t.sport_id
        CROSS JOIN LATERAL (
            SELECT count(DISTINCT o.bookmaker_id) AS bookmakers, count(*) AS snapshots, count(*) FILTER (WHERE o.is_unchanged) AS unchanged,
                   min(o.captured_at) AS first_captured_at, max(o.captured_at) AS last_captured_at
            FROM dynasty_odds.odds_snapshots o WHERE o.event_id = e.id) s;
        COMMENT ON VIEW dynasty_odds.event_overview IS 'Events with what there is of them. Reads with the caller''s rights.';
        COMMENT ON COLUMN dynasty_odds.event_overview.event_id IS 'The event.';
        COMMENT ON COLUMN dynasty_odds.event_overview.name IS 'Its name.';
        COMMENT ON COLUMN dynasty_odds.event_overview.sport IS 'The word of its sport.';
        COMMENT ON COLUMN dynasty_odds.event_overview.tournament IS 'Its tournament.';
        COMMENT ON COLUMN dynasty_odds.event_overview.home_team IS 'The home team. NULL = it has none.';
        COMMENT ON COLUMN dynasty_odds.event_overview.away_team IS 'The away team. NULL = it has none.';
        COMMENT ON COLUMN dynasty_odds.event_overview.kickoff IS 'When it starts, as known now.';
        COMMENT ON COLUMN dynasty_odds.event_overview.status IS 'scheduled, live, finished, postponed or cancelled.';
        COMMENT ON COLUMN dynasty_odds.event_overview.home_score IS 'Score of the home team. NULL = none yet.';
        COMMENT ON COLUMN dynasty_odds.event_overview.away_score IS 'Score of the away team. NULL = none yet.';
        COMMENT ON COLUMN dynasty_odds.event_overview.bookmakers IS 'Bookmakers with snapshots.';
        COMMENT ON COLUMN dynasty_odds.event_overview.snapshots IS 'Snapshots that are kept.';
        COMMENT ON COLUMN dynasty_odds.event_overview.unchanged IS 'Those of them that were as the one before.';
        COMMENT ON COLUMN dynasty_odds.event_overview.first_captured_at IS 'The first of them. NULL = none.';
        COMMENT ON COLUMN dynasty_odds.event_overview.last_captured_at IS 'The last of them. NULL = none.';
        made := made || 'dynasty_odds.event_overview'::text;
    END IF;
    IF dynasty._missing('dynasty_odds.run_summary'::text) THEN
        CREATE VIEW dynasty_odds.run_summary WITH (security_invoker = true) AS
        SELECT r.id AS run_id, r.source, b.key AS bookmaker, r.status, r.started_at, r.finished_at, coalesce(r.finished_at, now()) - r.started_at AS duration,
               r.events_seen, r.snapshots_written, r.odds_written, r.unchanged, r.errors,
               r.errors::double precision / nullif(r.events_seen::bigint + r.errors, 0) AS error_rate
        FROM dynasty_odds.scrape_runs r LEFT JOIN dynasty_odds.bookmakers b ON b.id = r.bookmaker_id;
        COMMENT ON VIEW dynasty_odds.run_summary IS 'Runs with how long they took and how much of them failed. Reads with the caller''s rights.';
        COMMENT ON COLUMN dynasty_odds.run_summary.run_id IS 'The run.';
        COMMENT ON COLUMN dynasty_odds.run_summary.source IS 'What it fetched from.';
        COMMENT ON COLUMN dynasty_odds.run_summary.bookmaker IS 'The bookmaker''s word. NULL = several.';
        COMMENT ON COLUMN dynasty_odds.run_summary.status IS 'running, succeeded, partial, failed or aborted.';
        COMMENT ON COLUMN dynasty_odds.run_summary.started_at IS 'When it began.';
        COMMENT ON COLUMN dynasty_odds.run_summary.finished_at IS 'When it ended. NULL = it runs.';
        COMMENT ON COLUMN dynasty_odds.run_summary.duration IS 'How long it took, or has taken.';
        COMMENT ON COLUMN dynasty_odds.run_summary.events_seen IS 'Events that could be read.';
        COMMENT ON COLUMN dynasty_odds.run_summary.snapshots_written IS 'Snapshots written.';
        COMMENT ON COLUMN dynasty_odds.run_summary.odds_written IS 'Prices written.';
        COMMENT ON COLUMN dynasty_odds.run_summary.unchanged IS 'Offers that were as before.';
        COMMENT ON COLUMN dynasty_odds.run_summary.errors IS 'What could not be read or written.';
        COMMENT ON COLUMN dynasty_odds.run_summary.error_rate IS 'errors / (events_seen + errors), 0 to 1. NULL = nothing was seen.';
        made := made || 'dynasty_odds.run_summary'::text;
    END IF;
    RETURN made;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds._make_views() IS 'Internal: makes the views of odds that are missing, and names them.';
