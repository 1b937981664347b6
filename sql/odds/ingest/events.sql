-- Which event of ours a payload speaks of, without guessing (contract 4): what src/odds/ingest/events.rs asks.

-- The events that an element can be by its teams: of its sport, as far as that is known, within a time, with no other id of the source.
-- p_taken: events that other elements of the payload are already, each with the books it holds.
CREATE FUNCTION dynasty_odds._events_by_teams(item jsonb, p_source text, within interval, p_taken integer[], p_taken_books jsonb) RETURNS integer[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT coalesce(array_agg(e.id ORDER BY e.id), '{}')
    FROM (SELECT to_timestamp((item ->> 'kickoff')::float8 / 1000000) AS kickoff, item ->> 'sport' AS sport, item ->> 'sport_sportradar_id' AS sport_sr,
                 dynasty_odds._plain_name(item ->> 'home') AS home, dynasty_odds._plain_name(item ->> 'away') AS away,
                 item ->> 'sportradar_id' AS sr, item ->> 'reference' AS reference, ARRAY(SELECT jsonb_array_elements_text(item -> 'books')) AS books) i
    JOIN dynasty_odds.events e ON e.kickoff BETWEEN i.kickoff - within AND i.kickoff + within
    JOIN dynasty_odds.tournaments t ON t.id = e.tournament_id
    JOIN dynasty_odds.sports s ON s.id = t.sport_id
    WHERE (i.sport IS NULL OR s.key IN (i.sport, 'unknown') OR s.sportradar_id = i.sport_sr
           -- icehockey of one source is icehockey_nhl of another.
           OR (strpos(s.key, '_') = 0) <> (strpos(i.sport, '_') = 0) AND split_part(s.key, '_', 1) = split_part(i.sport, '_', 1))
      AND coalesce((SELECT dynasty_odds._plain_name(a.team) FROM dynasty_odds.team_aliases a WHERE a.sport_id = s.id AND a.alias = dynasty_odds._plain_name(e.home_team)), dynasty_odds._plain_name(e.home_team))
        = coalesce((SELECT dynasty_odds._plain_name(a.team) FROM dynasty_odds.team_aliases a WHERE a.sport_id = s.id AND a.alias = i.home), i.home)
      AND coalesce((SELECT dynasty_odds._plain_name(a.team) FROM dynasty_odds.team_aliases a WHERE a.sport_id = s.id AND a.alias = dynasty_odds._plain_name(e.away_team)), dynasty_odds._plain_name(e.away_team))
        = coalesce((SELECT dynasty_odds._plain_name(a.team) FROM dynasty_odds.team_aliases a WHERE a.sport_id = s.id AND a.alias = i.away), i.away)
      AND (i.sr IS NULL OR e.sportradar_id IS NULL OR e.sportradar_id = i.sr)
      -- Under flat come many feeds, each with ids of its own: there another id says something only for the same book.
      AND NOT EXISTS (SELECT FROM dynasty_odds.event_bookmakers x JOIN dynasty_odds.bookmakers k ON k.id = x.bookmaker_id
                      WHERE x.event_id = e.id AND x.source = p_source AND x.external_event_id <> i.reference
                        AND (p_source <> 'flat' OR k.key = ANY (i.books)))
      AND CASE WHEN p_source <> 'flat' THEN (e.id = ANY (p_taken)) IS NOT TRUE
               ELSE NOT EXISTS (SELECT FROM unnest(p_taken) WITH ORDINALITY x (id, at) WHERE x.id = e.id AND (p_taken_books -> (x.at - 1)::integer) ?| i.books) END
$fn$;
COMMENT ON FUNCTION dynasty_odds._events_by_teams(jsonb, text, interval, integer[], jsonb) IS 'Internal, of ingest(): the events that an element of a payload can be by its teams and kickoff.';

-- The events that the elements are by an id: our own, Sportradar's, or the source's.
CREATE FUNCTION dynasty_odds._events_by_id(p_items jsonb, p_source text) RETURNS TABLE (at bigint, ids integer[])
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT i.at, CASE WHEN i.item ->> 'id' IS NOT NULL THEN ARRAY(SELECT e.id FROM dynasty_odds.events e WHERE e.id = (i.item ->> 'id')::integer)
                      ELSE coalesce((SELECT ARRAY[e.id] FROM dynasty_odds.events e WHERE e.sportradar_id = i.item ->> 'sportradar_id'),
                                    ARRAY(SELECT DISTINCT x.event_id FROM dynasty_odds.event_bookmakers x
                                          WHERE x.external_event_id = i.item ->> 'reference' AND x.source = p_source ORDER BY x.event_id)) END
    FROM jsonb_array_elements(p_items) WITH ORDINALITY i (item, at)
$fn$;
COMMENT ON FUNCTION dynasty_odds._events_by_id(jsonb, text) IS 'Internal, of ingest(): the events that elements of a payload are by an id.';


GRANT EXECUTE ON FUNCTION dynasty_odds._events_by_teams(jsonb, text, interval, integer[], jsonb), dynasty_odds._events_by_id(jsonb, text) TO PUBLIC;
