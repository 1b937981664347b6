-- Which event of ours a payload speaks of, without guessing; and the making of what is not there yet. (Contract 4.)

-- The events that an element can be by its teams: of its sport, as far as that is known, within a time, with no other id of the source.
-- p_taken: events that other elements of the payload are already, each with the books it holds.
CREATE FUNCTION dynasty_odds._events_by_teams(item jsonb, p_source text, within interval, p_taken integer[], p_taken_books jsonb) RETURNS integer[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT coalesce(array_agg(e.id ORDER BY e.id), '{}')
    FROM (SELECT dynasty_odds._moment((item ->> 'kickoff')::bigint) AS kickoff, item ->> 'sport' AS sport, item ->> 'sport_sportradar_id' AS sport_sr,
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

-- Makes the event of an element, with its sport and tournament where they are missing.
CREATE FUNCTION dynasty_odds._make_event(item jsonb) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    i record;
    sport integer;
    tournament integer;
    made integer;
BEGIN
    SELECT coalesce(item ->> 'sport', 'unknown') AS key, coalesce(item ->> 'sport_name', 'unknown') AS sport_name, item ->> 'sport_sportradar_id' AS sport_sr,
           coalesce(item ->> 'tournament', 'unknown') AS name, item ->> 'country' AS country, item ->> 'season' AS season, item ->> 'tournament_sportradar_id' AS sr INTO i;
    -- Looked up first: a conflict would burn a number.
    SELECT s.id INTO sport FROM dynasty_odds.sports s WHERE s.sportradar_id = i.sport_sr OR s.key = i.key ORDER BY s.sportradar_id = i.sport_sr DESC NULLS LAST LIMIT 1;
    IF NOT FOUND THEN
        INSERT INTO dynasty_odds.sports (key, name, sportradar_id) VALUES (i.key, i.sport_name, i.sport_sr) ON CONFLICT DO NOTHING RETURNING id INTO sport;
        IF sport IS NULL THEN
            SELECT s.id INTO STRICT sport FROM dynasty_odds.sports s WHERE s.key = i.key;
        END IF;
    END IF;
    SELECT t.id INTO tournament FROM dynasty_odds.tournaments t
    WHERE t.sportradar_id = i.sr OR (t.sport_id = sport AND t.name = i.name AND t.country IS NOT DISTINCT FROM i.country AND t.season IS NOT DISTINCT FROM i.season)
    ORDER BY t.sportradar_id = i.sr DESC NULLS LAST LIMIT 1;
    IF NOT FOUND THEN
        INSERT INTO dynasty_odds.tournaments (sport_id, name, country, season, sportradar_id) VALUES (sport, i.name, i.country, i.season, i.sr)
        ON CONFLICT DO NOTHING RETURNING id INTO tournament;
        IF tournament IS NULL THEN
            SELECT t.id INTO STRICT tournament FROM dynasty_odds.tournaments t
            WHERE t.sport_id = sport AND t.name = i.name AND t.country IS NOT DISTINCT FROM i.country AND t.season IS NOT DISTINCT FROM i.season;
        END IF;
    END IF;
    INSERT INTO dynasty_odds.events (tournament_id, name, home_team, away_team, kickoff, original_kickoff, sportradar_id)
    SELECT tournament, CASE WHEN x.home IS NULL THEN i.name ELSE format('%s v %s', x.home, x.away) END, x.home, x.away, x.kickoff, x.kickoff, x.sr
    FROM (SELECT item ->> 'home' AS home, item ->> 'away' AS away, dynasty_odds._moment((item ->> 'kickoff')::bigint) AS kickoff, item ->> 'sportradar_id' AS sr) x
    RETURNING id INTO made;
    RETURN made;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds._make_event(jsonb) IS 'Internal, of ingest(): makes the event of an element of a payload.';

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

-- p_items: the events of a document, each with "books", the keys of the books that it holds.
CREATE FUNCTION dynasty_odds._match_events(p_items jsonb, p_source text, p_at timestamptz) RETURNS TABLE (n integer, event_id integer, sqlstate text, problem text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
#variable_conflict use_column
DECLARE
    found_ids integer[] := array_fill(NULL::integer, ARRAY[jsonb_array_length(p_items)]);
    states text[] := array_fill(NULL::text, ARRAY[jsonb_array_length(p_items)]);
    problems text[] := states;
    names text[] := ARRAY(SELECT coalesce(x ->> 'reference', x ->> 'id') FROM jsonb_array_elements(p_items) WITH ORDINALITY i (x, at) ORDER BY at);
    book_lists jsonb := (SELECT coalesce(jsonb_agg(x -> 'books' ORDER BY at), '[]') FROM jsonb_array_elements(p_items) WITH ORDINALITY i (x, at));
    part record;
    candidates integer[];
    first integer;
    pass integer;
BEGIN
    FOR pass IN 1..5 LOOP
        IF pass = 2 THEN
            EXIT WHEN NOT EXISTS (SELECT FROM unnest(found_ids, states) f (id, state) WHERE f.id IS NULL AND f.state IS NULL);
            -- Events have no key of their own: who makes some does so alone, and looks once more at what others have made meanwhile.
            LOCK TABLE dynasty_odds.sports IN SHARE UPDATE EXCLUSIVE MODE;
        END IF;
        IF pass <= 2 THEN
            FOR part IN SELECT k.at, k.ids, p_items -> (k.at - 1)::integer AS item FROM dynasty_odds._events_by_id(p_items, p_source) k LOOP
                CONTINUE WHEN found_ids[part.at] IS NOT NULL OR states[part.at] IS NOT NULL;
                IF cardinality(part.ids) = 1 THEN
                    found_ids[part.at] := part.ids[1];
                ELSIF cardinality(part.ids) > 1 THEN
                    states[part.at] := '23505';
                    problems[part.at] := format('%s can be any of the events %s, by its id', part.item ->> 'path', array_to_string(part.ids[1:10], ', '));
                ELSIF part.item ->> 'id' IS NOT NULL THEN
                    states[part.at] := '23503';
                    problems[part.at] := format('%s names event %s, which is not there', part.item ->> 'path', part.item ->> 'id');
                END IF;
            END LOOP;
            CONTINUE;
        END IF;
        -- The near ones of all before the far ones of any: of a doubleheader each game finds its own.
        FOR part IN SELECT i.at, i.item FROM jsonb_array_elements(p_items) WITH ORDINALITY i (item, at) ORDER BY i.at LOOP
            CONTINUE WHEN found_ids[part.at] IS NOT NULL OR states[part.at] IS NOT NULL;
            first := array_position(names, part.item ->> 'reference');
            IF first < part.at THEN
                found_ids[part.at] := found_ids[first];
                CONTINUE;
            END IF;
            candidates := '{}';
            IF part.item ->> 'home' IS NOT NULL THEN
                candidates := dynasty_odds._events_by_teams(part.item, p_source, CASE pass WHEN 3 THEN '30 minutes'::interval ELSE '6 hours' END, found_ids, book_lists);
            END IF;
            IF cardinality(candidates) = 1 THEN
                found_ids[part.at] := candidates[1];
            ELSIF cardinality(candidates) > 1 THEN
                states[part.at] := '23505';
                problems[part.at] := format('%s can be any of the events %s, by its teams and kickoff', part.item ->> 'path', array_to_string(candidates[1:10], ', '));
            ELSIF pass = 5 THEN
                BEGIN
                    found_ids[part.at] := dynasty_odds._make_event(part.item);
                EXCEPTION WHEN data_exception OR integrity_constraint_violation OR with_check_option_violation OR raise_exception THEN
                    states[part.at] := SQLSTATE;
                    problems[part.at] := format('%s: %s', part.item ->> 'path', SQLERRM);
                END;
            END IF;
        END LOOP;
    END LOOP;
    -- Locked in one order, whoever else moves the same kickoffs. What is older than what is known already says nothing new of them.
    PERFORM FROM dynasty_odds.events e
    JOIN (SELECT f.id, p_items -> (f.at - 1)::integer AS item FROM unnest(found_ids) WITH ORDINALITY f (id, at)) i ON i.id = e.id
    WHERE e.kickoff <> dynasty_odds._moment((i.item ->> 'kickoff')::bigint) OR (e.sportradar_id IS NULL AND i.item ->> 'sportradar_id' IS NOT NULL)
    ORDER BY e.id FOR NO KEY UPDATE OF e;
    IF FOUND THEN
        UPDATE dynasty_odds.events e
        SET kickoff = CASE WHEN EXISTS (SELECT FROM dynasty_odds.odds_snapshots s WHERE s.event_id = e.id AND s.captured_at > p_at) THEN e.kickoff ELSE i.kickoff END,
            sportradar_id = coalesce(e.sportradar_id, i.sr)
        FROM (SELECT DISTINCT ON (f.id) f.id, dynasty_odds._moment((p_items -> (f.at - 1)::integer ->> 'kickoff')::bigint) AS kickoff,
                     p_items -> (f.at - 1)::integer ->> 'sportradar_id' AS sr
              FROM unnest(found_ids) WITH ORDINALITY f (id, at) WHERE f.id IS NOT NULL AND p_items -> (f.at - 1)::integer ->> 'kickoff' IS NOT NULL
              ORDER BY f.id, f.at DESC) i
        WHERE i.id = e.id AND (e.kickoff <> i.kickoff AND NOT EXISTS (SELECT FROM dynasty_odds.odds_snapshots s WHERE s.event_id = e.id AND s.captured_at > p_at)
                               OR e.sportradar_id IS NULL AND i.sr IS NOT NULL);
    END IF;
    RETURN QUERY SELECT (p_items -> (f.at - 1)::integer ->> 'n')::integer, f.id, f.state, f.problem
                 FROM unnest(found_ids, states, problems) WITH ORDINALITY f (id, state, problem, at) ORDER BY f.at;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds._match_events(jsonb, text, timestamptz) IS 'Internal, of ingest() and ingest_scores(): finds or makes the events of a payload; moved kickoffs are noted. An element that can be several is none.';
