-- A payload into the tables, in one call. (Contract 4.) Everything at once in one subtransaction; only where that fails an element at a
-- time, each in its own, so that a bad one never loses the rest.

-- Events, books and quotes of a document, or some of them. Answers {snapshots, unchanged, odds, changed: [event ids], events: {n: id},
-- faults: [{n, book, kind, sqlstate, path, message}]}.
CREATE FUNCTION dynasty_odds._ingest_part(p_items jsonb, p_books jsonb, p_quotes jsonb, p_source text, p_at timestamptz, p_run bigint, p_scope text) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    matched jsonb;
    ids jsonb;
    offers jsonb;
    faults jsonb;
    result record;
BEGIN
    SELECT coalesce(jsonb_object_agg(m.n, m.event_id) FILTER (WHERE m.event_id IS NOT NULL), '{}'),
           coalesce(jsonb_agg(jsonb_build_object('n', m.n, 'kind', CASE WHEN m.sqlstate = '23505' THEN 'conflict' WHEN m.sqlstate ~ '^2[23]' THEN 'validation' ELSE 'other' END, 'sqlstate', m.sqlstate,
                                                 'path', i.path, 'message', m.problem)) FILTER (WHERE m.sqlstate IS NOT NULL), '[]')
    INTO matched, faults
    FROM dynasty_odds._match_events(p_items, p_source, p_at) m JOIN jsonb_to_recordset(p_items) AS i (n integer, path text) ON i.n = m.n;
    ids := dynasty_odds._make_books((SELECT coalesce(jsonb_agg(jsonb_build_object('key', k.key, 'name', k.name)), '[]')
                                     FROM jsonb_to_recordset(p_books) AS k (n integer, key text, name text) WHERE matched ? k.n::text));
    SELECT coalesce(jsonb_agg(k.book || jsonb_build_object('event_id', (matched ->> (k.book ->> 'n'))::integer, 'bookmaker_id', (ids ->> (k.book ->> 'key'))::integer,
                                                           'reference', i.reference)), '[]')
    INTO offers
    FROM jsonb_array_elements(p_books) AS k (book)
    JOIN jsonb_to_recordset(p_items) AS i (n integer, reference text) ON i.n = (k.book ->> 'n')::integer
    WHERE matched ? (k.book ->> 'n');
    PERFORM dynasty_odds._see_books(offers, p_source, p_at);
    SELECT count(*) FILTER (WHERE s.is_new) AS snapshots, count(*) FILTER (WHERE s.is_unchanged AND s.problem IS NULL) AS unchanged, coalesce(sum(s.odds_rows), 0) AS odds,
           coalesce(jsonb_agg(DISTINCT k.event_id) FILTER (WHERE s.is_new AND NOT s.is_unchanged), '[]') AS changed,
           coalesce(jsonb_agg(jsonb_build_object('n', k.n, 'book', k.key, 'kind', 'conflict', 'sqlstate', '23505', 'path', k.path, 'message', k.path || ': ' || s.problem)
                              ORDER BY k.b) FILTER (WHERE s.problem IS NOT NULL), '[]') AS faults
    INTO result
    FROM dynasty_odds._store_offers('ingest', offers, p_quotes, p_at, p_run, p_scope) s
    JOIN jsonb_to_recordset(offers) AS k (b integer, n integer, key text, path text, event_id integer) ON k.b = s.b;
    RETURN jsonb_build_object('snapshots', result.snapshots, 'unchanged', result.unchanged, 'odds', result.odds, 'changed', result.changed, 'events', matched,
                              'faults', faults || result.faults);
END
$fn$;
COMMENT ON FUNCTION dynasty_odds._ingest_part(jsonb, jsonb, jsonb, text, timestamptz, bigint, text) IS 'Internal, of ingest(): writes the events, books and quotes of a document.';

-- What the books call the events, and when they were seen with them.
CREATE FUNCTION dynasty_odds._see_books(p_offers jsonb, p_source text, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    INSERT INTO dynasty_odds.event_bookmakers (event_id, bookmaker_id, external_event_id, source, first_seen_at, last_seen_at)
    SELECT DISTINCT ON (o.event_id, o.bookmaker_id) o.event_id, o.bookmaker_id, o.reference, p_source, p_at, p_at
    FROM jsonb_to_recordset(p_offers) AS o (b integer, event_id integer, bookmaker_id integer, reference text)
    WHERE o.reference IS NOT NULL
      AND NOT EXISTS (SELECT FROM dynasty_odds.event_bookmakers x WHERE x.event_id = o.event_id AND x.bookmaker_id = o.bookmaker_id)
    ORDER BY o.event_id, o.bookmaker_id, o.b ON CONFLICT (event_id, bookmaker_id) DO NOTHING;
    PERFORM FROM dynasty_odds.event_bookmakers x
    JOIN jsonb_to_recordset(p_offers) AS o (event_id integer, bookmaker_id integer) ON o.event_id = x.event_id AND o.bookmaker_id = x.bookmaker_id
    WHERE p_at NOT BETWEEN x.first_seen_at AND x.last_seen_at
    ORDER BY x.event_id, x.bookmaker_id FOR NO KEY UPDATE OF x;
    IF FOUND THEN
        UPDATE dynasty_odds.event_bookmakers x SET first_seen_at = least(x.first_seen_at, p_at), last_seen_at = greatest(x.last_seen_at, p_at)
        FROM jsonb_to_recordset(p_offers) AS o (event_id integer, bookmaker_id integer)
        WHERE o.event_id = x.event_id AND o.bookmaker_id = x.bookmaker_id AND p_at NOT BETWEEN x.first_seen_at AND x.last_seen_at;
    END IF;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds._see_books(jsonb, text, timestamptz) IS 'Internal, of ingest(): notes what books call events and when they were seen.';

-- Faults go to the run, or to the client where there is none.
CREATE FUNCTION dynasty_odds._note_faults(p_caller text, p_run bigint, p_faults jsonb, p_events jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    fault record;
BEGIN
    IF p_run IS NOT NULL THEN
        INSERT INTO dynasty_odds.scrape_errors (scrape_run_id, event_id, bookmaker_id, kind, message, payload)
        SELECT p_run, (p_events ->> f.n::text)::integer, (SELECT b.id FROM dynasty_odds.bookmakers b WHERE b.key = f.book), f.kind, f.message,
               jsonb_strip_nulls(jsonb_build_object('path', f.path, 'sqlstate', f.sqlstate, 'bookmaker', f.book))
        FROM ROWS FROM (jsonb_to_recordset(p_faults) AS (n integer, book text, kind text, sqlstate text, path text, message text)) WITH ORDINALITY
             AS f (n, book, kind, sqlstate, path, message, ord)
        ORDER BY f.ord;
        RETURN;
    END IF;
    FOR fault IN SELECT f.sqlstate, f.message FROM jsonb_to_recordset(p_faults) AS f (sqlstate text, message text) LOOP
        RAISE NOTICE '%: % (%)', p_caller, fault.message, fault.sqlstate;
    END LOOP;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds._note_faults(text, bigint, jsonb, jsonb) IS 'Internal: notes the elements of a payload that failed, in the run or as a NOTICE.';

CREATE FUNCTION dynasty_odds.ingest(payload jsonb, source text, captured_at timestamptz DEFAULT NULL, run_id bigint DEFAULT NULL, odds_format text DEFAULT 'auto', scope text DEFAULT '')
RETURNS TABLE (events integer, snapshots integer, unchanged integer, odds integer, errors integer)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
#variable_conflict use_column
DECLARE
    p_run bigint := $4;
    doc jsonb := dynasty_odds._read_odds('ingest', $1, $2, $5)::jsonb;
    at timestamptz := coalesce($3, dynasty_odds._moment((doc ->> 'captured_at')::bigint), now());
    run record;
    items jsonb;
    faults jsonb := doc -> 'faults';
    result jsonb;
BEGIN
    PERFORM dynasty_odds._check_moment('ingest', at);
    PERFORM dynasty_odds._check_scope('ingest', $6);
    IF p_run IS NOT NULL THEN
        SELECT r.source, r.status INTO run FROM dynasty_odds.scrape_runs r WHERE r.id = p_run;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'ingest: there is no run %', p_run USING ERRCODE = 'foreign_key_violation';
        ELSIF run.source <> $2 THEN
            RAISE EXCEPTION 'ingest: run % is of source %, not of %', p_run, dynasty._short(run.source), $2 USING ERRCODE = 'invalid_parameter_value';
        ELSIF run.status <> 'running' THEN
            RAISE EXCEPTION 'ingest: run % has ended (%)', p_run, run.status USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Begin another with start_run().';
        END IF;
    END IF;
    SELECT coalesce(jsonb_agg(e.item || jsonb_build_object('books', coalesce(k.keys, '[]')) ORDER BY e.at), '[]') INTO items
    FROM jsonb_array_elements(doc -> 'events') WITH ORDINALITY e (item, at)
    LEFT JOIN (SELECT b.n, jsonb_agg(DISTINCT b.key) AS keys FROM jsonb_to_recordset(doc -> 'books') AS b (n integer, key text) GROUP BY b.n) k ON k.n = (e.item ->> 'n')::integer;
    BEGIN
        result := dynasty_odds._ingest_part(items, doc -> 'books', doc -> 'quotes', $2, at, p_run, $6);
    EXCEPTION WHEN data_exception OR integrity_constraint_violation OR with_check_option_violation OR raise_exception THEN
        result := dynasty_odds._ingest_singly(items, doc -> 'books', doc -> 'quotes', $2, at, p_run, $6);
    END;
    faults := faults || (result -> 'faults');
    PERFORM dynasty_odds._note_faults('ingest', p_run, faults, result -> 'events');
    PERFORM dynasty_odds._tell_caches(ARRAY(SELECT x::integer FROM jsonb_array_elements_text(result -> 'changed') x));
    events := jsonb_array_length(items);
    snapshots := (result ->> 'snapshots')::integer;
    unchanged := (result ->> 'unchanged')::integer;
    odds := (result ->> 'odds')::integer;
    errors := jsonb_array_length(faults);
    IF p_run IS NOT NULL THEN
        UPDATE dynasty_odds.scrape_runs r
        SET events_seen = r.events_seen + ingest.events, snapshots_written = r.snapshots_written + ingest.snapshots, odds_written = r.odds_written + ingest.odds,
            unchanged = r.unchanged + ingest.unchanged, errors = r.errors + ingest.errors
        WHERE r.id = p_run;
    END IF;
    RETURN NEXT;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds.ingest(jsonb, text, timestamptz, bigint, text, text) IS
'Reads a payload of a feed (source: the_odds_api, sportradar, flat; odds_format: see parse_odds()) and stores what each book offers on each event as record_snapshot() does, within a scope. captured_at NULL is the historical envelope''s timestamp, else now.
Sports, tournaments, events, bookmakers and market kinds that are missing are made. An event is found by our own or Sportradar''s id, then by the source''s id, then by sport and teams (through team_aliases) with a kickoff within 30 minutes, else six hours, among events with no other id of the source; one that can be several is a conflict and nothing is guessed. A moved kickoff is taken over, unless the payload is older than what is known.
A book''s offer is stored whole or not at all; what fails is counted, and noted in scrape_errors of the run (run_id) or in a NOTICE, with its place in the payload; the rest is stored. The same payload again writes nothing.
Answers: events that could be read, snapshots written, how many of them or of offers stored before are unchanged, prices written, events or books that failed.
Errors: those of parse_odds(); 23514 captured_at more than a day ahead; 23503 no such run; 55000 it has ended; 22023 it is of another source; 22001 a scope of more than 32 characters; 22004 NULL.';

-- An element at a time.
CREATE FUNCTION dynasty_odds._ingest_singly(p_items jsonb, p_books jsonb, p_quotes jsonb, p_source text, p_at timestamptz, p_run bigint, p_scope text) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    item record;
    book record;
    part jsonb;
    faults jsonb := '[]';
    events jsonb := '{}';
    changed jsonb := '[]';
    counts integer[] := '{0,0,0}';
    failed jsonb;
BEGIN
    FOR item IN SELECT i.item, (i.item ->> 'n')::integer AS n, i.item ->> 'path' AS path FROM jsonb_array_elements(p_items) i (item) LOOP
        BEGIN
            part := dynasty_odds._ingest_part(jsonb_build_array(item.item), '[]', '[]', p_source, p_at, p_run, p_scope);
            events := events || (part -> 'events');
            faults := faults || (part -> 'faults');
            CONTINUE WHEN part -> 'events' = '{}';
        EXCEPTION WHEN data_exception OR integrity_constraint_violation OR with_check_option_violation OR raise_exception THEN
            faults := faults || jsonb_build_array(jsonb_build_object('n', item.n, 'kind', CASE WHEN SQLSTATE = '23505' THEN 'conflict' WHEN SQLSTATE ~ '^2[23]' THEN 'validation' ELSE 'other' END,
                                                                     'sqlstate', SQLSTATE, 'path', item.path, 'message', item.path || ': ' || SQLERRM));
            CONTINUE;
        END;
        FOR book IN
            SELECT k.book, k.book ->> 'key' AS key, k.book ->> 'path' AS path, coalesce(q.quotes, '[]') AS quotes
            FROM jsonb_array_elements(p_books) k (book)
            LEFT JOIN LATERAL (SELECT jsonb_agg(q.quote) AS quotes FROM jsonb_array_elements(p_quotes) q (quote) WHERE q.quote -> 'b' = k.book -> 'b') q ON true
            WHERE (k.book ->> 'n')::integer = item.n
        LOOP
            BEGIN
                -- By our own id: it is known by now.
                part := dynasty_odds._ingest_part(jsonb_build_array(item.item || jsonb_build_object('id', events -> item.n::text)), jsonb_build_array(book.book), book.quotes,
                                                  p_source, p_at, p_run, p_scope);
                faults := faults || (part -> 'faults');
                changed := changed || (part -> 'changed');
                counts := ARRAY[counts[1] + (part ->> 'snapshots')::integer, counts[2] + (part ->> 'unchanged')::integer, counts[3] + (part ->> 'odds')::integer];
            EXCEPTION WHEN data_exception OR integrity_constraint_violation OR with_check_option_violation OR raise_exception THEN
                failed := jsonb_build_object('n', item.n, 'book', book.key, 'kind', CASE WHEN SQLSTATE = '23505' THEN 'conflict' WHEN SQLSTATE ~ '^2[23]' THEN 'validation' ELSE 'other' END,
                                             'sqlstate', SQLSTATE, 'path', book.path, 'message', book.path || ': ' || SQLERRM);
                faults := faults || jsonb_build_array(failed);
            END;
        END LOOP;
    END LOOP;
    RETURN jsonb_build_object('snapshots', counts[1], 'unchanged', counts[2], 'odds', counts[3], 'changed', (SELECT coalesce(jsonb_agg(DISTINCT x), '[]') FROM jsonb_array_elements(changed) x),
                              'events', events, 'faults', faults);
END
$fn$;
COMMENT ON FUNCTION dynasty_odds._ingest_singly(jsonb, jsonb, jsonb, text, timestamptz, bigint, text) IS 'Internal, of ingest(): writes a document an element at a time, each in a subtransaction.';

CREATE FUNCTION dynasty_odds.ingest_scores(payload jsonb, source text) RETURNS TABLE (events integer, finished integer, errors integer)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
#variable_conflict use_column
DECLARE
    doc jsonb := dynasty_odds._read_scores($1, $2)::jsonb;
    items jsonb;
    matched jsonb;
    problems jsonb;
BEGIN
    SELECT coalesce(jsonb_agg(e.item || '{"books": []}' ORDER BY e.at), '[]') INTO items FROM jsonb_array_elements(doc -> 'events') WITH ORDINALITY e (item, at);
    SELECT coalesce(jsonb_object_agg(m.n, m.event_id) FILTER (WHERE m.event_id IS NOT NULL), '{}'),
           coalesce(jsonb_agg(jsonb_build_object('sqlstate', m.sqlstate, 'message', m.problem)) FILTER (WHERE m.sqlstate IS NOT NULL), '[]')
    INTO matched, problems FROM dynasty_odds._match_events(items, $2, now()) m;
    -- A game without a score is left as it is. In one order, as ingest() does.
    PERFORM FROM dynasty_odds.events e JOIN jsonb_to_recordset(items) AS i (n integer, home_score integer) ON (matched ->> i.n::text)::integer = e.id
    WHERE i.home_score IS NOT NULL ORDER BY e.id FOR NO KEY UPDATE OF e;
    UPDATE dynasty_odds.events e
    SET home_score = i.home_score, away_score = i.away_score, status = CASE WHEN i.completed THEN 'finished' ELSE e.status END
    FROM (SELECT DISTINCT ON (id) (matched ->> x.n::text)::integer AS id, x.home_score, x.away_score, x.completed
          FROM jsonb_to_recordset(items) AS x (n integer, home_score integer, away_score integer, completed boolean)
          WHERE x.home_score IS NOT NULL ORDER BY id, x.n DESC) i
    WHERE e.id = i.id AND (e.home_score IS DISTINCT FROM i.home_score OR e.away_score IS DISTINCT FROM i.away_score OR i.completed AND e.status <> 'finished');
    PERFORM dynasty_odds._note_faults('ingest_scores', NULL, (doc -> 'faults') || problems, matched);
    events := jsonb_array_length(items);
    finished := (SELECT count(*) FROM jsonb_to_recordset(items) AS i (n integer, home_score integer, completed boolean)
                 WHERE i.completed AND i.home_score IS NOT NULL AND matched ? i.n::text);
    errors := jsonb_array_length(doc -> 'faults') + jsonb_array_length(problems);
    RETURN NEXT;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds.ingest_scores(jsonb, text) IS
'Reads a payload of scores (source: the_odds_api, sportradar with its sport_event_status, or flat rows with home_score, away_score and completed) and stores them with the events, found or made as ingest() does; completed games become finished. A game without scores is left as it is.
Answers: events that could be read, games of them that are over, elements that failed (each a NOTICE). Errors: 22P02 no array or object, the body of an API''s error, nothing that can be read; 22004 NULL or JSON''s null; 22023 an unknown source.';

-- What only reads. The halves of writers are granted by setup_roles() to who may ingest (grants.sql).
GRANT EXECUTE ON FUNCTION
    dynasty_odds._read_odds(text, jsonb, text, text), dynasty_odds._read_scores(jsonb, text), dynasty_odds._read_offer(jsonb), dynasty_odds._moment(bigint),
    dynasty_odds._events_by_teams(jsonb, text, interval, integer[], jsonb), dynasty_odds._events_by_id(jsonb, text),
    dynasty_odds._check_moment(text, timestamptz), dynasty_odds._check_scope(text, text)
TO PUBLIC;
