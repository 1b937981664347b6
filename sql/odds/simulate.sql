-- A board of odds that could be, and the way back from it.

CREATE FUNCTION dynasty_odds.simulate_board(
    events integer DEFAULT 100,
    books integer DEFAULT 10,
    hours integer DEFAULT 24,
    seed bigint DEFAULT 1,
    until timestamptz DEFAULT pg_catalog.now(),
    dedupe boolean DEFAULT true
) RETURNS TABLE (table_name text, rows bigint) LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp
AS 'MODULE_PATHNAME', 'simulate_board_wrapper';

COMMENT ON FUNCTION dynasty_odds.simulate_board(integer, integer, integer, bigint, timestamptz, boolean) IS
'Fills the tables of odds with a believable board: soccer, basketball and ice hockey, looked at every five minutes for so many hours up to a time. Chances drift and jump; bookmakers follow them each in his way, suspend, change their lines, are not heard of for a while; games are moved, postponed, called off, played; the second, the sixth and the twenty-first are exchanges with commission and lay prices.
events: games (1 to 2,000); one in five is played within the hours, the others come later. books: bookmakers (1 to 24). hours: 1 to 720. until: at most a day ahead. dedupe: what did not change is a pointer, as ingest makes them; false: bookmakers of their own, stored in full. The same arguments give the same board; ids go on after those that are there.
Marks: events.sportradar_id, event_bookmakers.external_event_id simulated:RUN:N, keys of sports and bookmakers simulated_..., scrape_runs.source simulated. remove_simulated() takes the boards away.
Returns one row per table: its name and the rows that came in. Needs INSERT, and UPDATE of events and scrape_runs; says how far it is by NOTICE.
Errors: 22004 argument null; 22023 argument out of range, or more than 20 million looks; 42501 no right to insert; 0A000 row security applies to the caller; 25006 in a read-only transaction; 55000 a kind of market that is shipped is missing.';

CREATE FUNCTION dynasty_odds.remove_simulated() RETURNS TABLE (table_name text, rows bigint)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    games integer[] := ARRAY(SELECT e.id FROM dynasty_odds.events e WHERE e.sportradar_id LIKE 'simulated:%');
    takers integer[] := ARRAY(SELECT b.id FROM dynasty_odds.bookmakers b WHERE b.key LIKE 'simulated\_%');
BEGIN
    -- What simulated bookmakers offer on simulated games; pointers of a user's among it would point to nothing.
    table_name := 'market_odds';
    DELETE FROM dynasty_odds.market_odds m WHERE m.event_id = ANY (games) AND m.bookmaker_id = ANY (takers);
    GET DIAGNOSTICS rows = ROW_COUNT;
    RETURN NEXT;

    table_name := 'odds_snapshots';
    DELETE FROM dynasty_odds.odds_snapshots s WHERE s.event_id = ANY (games) AND s.bookmaker_id = ANY (takers);
    GET DIAGNOSTICS rows = ROW_COUNT;
    RETURN NEXT;

    table_name := 'closing_odds';
    DELETE FROM dynasty_odds.closing_odds c WHERE c.event_id = ANY (games) AND c.bookmaker_id = ANY (takers);
    GET DIAGNOSTICS rows = ROW_COUNT;
    RETURN NEXT;

    table_name := 'event_bookmakers';
    DELETE FROM dynasty_odds.event_bookmakers x WHERE x.event_id = ANY (games) AND x.bookmaker_id = ANY (takers);
    GET DIAGNOSTICS rows = ROW_COUNT;
    RETURN NEXT;

    -- What a user added to a simulated game is the user's: then the game stays with it.
    table_name := 'events';
    DELETE FROM dynasty_odds.events e
    WHERE e.id = ANY (games)
      AND NOT EXISTS (SELECT FROM dynasty_odds.odds_snapshots s WHERE s.event_id = e.id)
      AND NOT EXISTS (SELECT FROM dynasty_odds.closing_odds c WHERE c.event_id = e.id)
      AND NOT EXISTS (SELECT FROM dynasty_odds.event_bookmakers x WHERE x.event_id = e.id);
    GET DIAGNOSTICS rows = ROW_COUNT;
    RETURN NEXT;

    table_name := 'tournaments';
    DELETE FROM dynasty_odds.tournaments t USING dynasty_odds.sports s
    WHERE s.id = t.sport_id AND s.key LIKE 'simulated\_%'
      AND NOT EXISTS (SELECT FROM dynasty_odds.events e WHERE e.tournament_id = t.id);
    GET DIAGNOSTICS rows = ROW_COUNT;
    RETURN NEXT;

    table_name := 'sports';
    DELETE FROM dynasty_odds.sports s
    WHERE s.key LIKE 'simulated\_%' AND NOT EXISTS (SELECT FROM dynasty_odds.tournaments t WHERE t.sport_id = s.id);
    GET DIAGNOSTICS rows = ROW_COUNT;
    RETURN NEXT;

    table_name := 'bookmakers';
    DELETE FROM dynasty_odds.bookmakers b
    WHERE b.id = ANY (takers)
      AND NOT EXISTS (SELECT FROM dynasty_odds.odds_snapshots s WHERE s.bookmaker_id = b.id)
      AND NOT EXISTS (SELECT FROM dynasty_odds.closing_odds c WHERE c.bookmaker_id = b.id)
      AND NOT EXISTS (SELECT FROM dynasty_odds.event_bookmakers x WHERE x.bookmaker_id = b.id);
    GET DIAGNOSTICS rows = ROW_COUNT;
    RETURN NEXT;

    table_name := 'scrape_runs';
    DELETE FROM dynasty_odds.scrape_runs r WHERE r.source = 'simulated' AND r.meta @> '{"simulated": true}';
    GET DIAGNOSTICS rows = ROW_COUNT;
    RETURN NEXT;
END
$fn$;

COMMENT ON FUNCTION dynasty_odds.remove_simulated() IS
'Deletes what simulate_board() wrote: whatever simulated bookmakers offer on simulated games, with the closings of that, and then games, tournaments, sports and bookmakers of which nothing else is known. A simulated game for which other bookmakers'' snapshots were recorded stays, with these.
Returns one row per table: its name and the rows deleted. Needs DELETE on these tables.';
