-- Payloads and offers into the tables (src/odds/ingest.rs). They write with the caller's rights: for whom it is granted to (grants.sql).

CREATE FUNCTION dynasty_odds.record_snapshot(
    event_id integer, bookmaker_id integer, odds jsonb, captured_at timestamptz DEFAULT now(), raw jsonb DEFAULT NULL, run_id bigint DEFAULT NULL, scope text DEFAULT ''
) RETURNS TABLE (snapshot_id bigint, captured_at timestamptz, is_unchanged boolean, odds_rows integer)
LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp
AS 'MODULE_PATHNAME', 'record_snapshot_wrapper';
COMMENT ON FUNCTION dynasty_odds.record_snapshot(integer, integer, jsonb, timestamptz, jsonb, bigint, text) IS
'Stores what a book offers on an event at a time, within a scope: [{"market", "period", "line", "outcome", "price", "suspended"}] as content_hash() reads it; [] = everything was withdrawn. Where the offer is that of the newest snapshot before, of the same UTC day and of the last six hours, only a pointer is stored (is_unchanged); bookmakers.dedupe false stores everything. The same again comes back as it stands, unchanged. Market kinds that are not known are added. raw stays where bookmakers.keep_raw says so.
Errors: those of content_hash(), with the path; 23503 no such event, bookmaker or run; 23505 another offer stands at that moment; 23514 captured_at more than a day ahead; 22001 an outcome or market of more than 64 characters, a scope of more than 32; 22023 raw of more than 8 MB; 22004 NULL.';

CREATE FUNCTION dynasty_odds.ingest(
    payload jsonb, source text, captured_at timestamptz DEFAULT NULL, run_id bigint DEFAULT NULL, odds_format text DEFAULT 'auto', scope text DEFAULT ''
) RETURNS TABLE (events integer, snapshots integer, unchanged integer, odds integer, errors integer)
LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp
AS 'MODULE_PATHNAME', 'ingest_wrapper';
COMMENT ON FUNCTION dynasty_odds.ingest(jsonb, text, timestamptz, bigint, text, text) IS
'Reads a payload of a feed (source: the_odds_api, sportradar, flat; odds_format: see parse_odds()) and stores what each book offers on each event as record_snapshot() does, within a scope. captured_at NULL is the historical envelope''s timestamp, else now.
Sports, tournaments, events, bookmakers and market kinds that are missing are made. An event is found by our own or Sportradar''s id, then by the source''s id, then by sport and teams (through team_aliases) with a kickoff within 30 minutes, else six hours, among events with no other id of the source; one that can be several is a conflict and nothing is guessed. A moved kickoff is taken over, unless the payload is older than what is known.
A book''s offer is stored whole or not at all; what fails is counted, and noted in scrape_errors of the run (run_id) or in a NOTICE, with its place in the payload; the rest is stored. The same payload again writes nothing.
Answers: events that could be read, snapshots written, how many of them or of offers stored before are unchanged, prices written, events or books that failed.
Errors: those of parse_odds(); 23514 captured_at more than a day ahead; 23503 no such run; 55000 it has ended; 22023 it is of another source; 22001 a scope of more than 32 characters; 22004 NULL.';

CREATE FUNCTION dynasty_odds.ingest_scores(payload jsonb, source text) RETURNS TABLE (events integer, finished integer, errors integer)
LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp
AS 'MODULE_PATHNAME', 'ingest_scores_wrapper';
COMMENT ON FUNCTION dynasty_odds.ingest_scores(jsonb, text) IS
'Reads a payload of scores (source: the_odds_api, sportradar with its sport_event_status, or flat rows with home_score, away_score and completed) and stores them with the events, found or made as ingest() does; completed games become finished. A game without scores is left as it is.
Answers: events that could be read, games of them that are over, elements that failed (each a NOTICE). Errors: 22P02 no array or object, the body of an API''s error, nothing that can be read; 22004 NULL or JSON''s null; 22023 an unknown source.';

-- The notice of a call, about as many events as it changed (ops: no trigger on the large tables). None for who may not read the rules.
CREATE FUNCTION dynasty_odds._cache_notice(p_events integer[]) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    keys text[] := '{}';
BEGIN
    IF cardinality(p_events) <= 100 THEN
        keys := ARRAY(SELECT DISTINCT k FROM unnest(p_events) e (id), unnest(dynasty_ops.cache_keys('dynasty_odds', 'events', jsonb_build_object('id', e.id))) k ORDER BY k);
    END IF;
    -- Too many for a notice: of a row without an id the keys are those of all.
    IF cardinality(p_events) > 100 OR cardinality(keys) > 100 OR octet_length(array_to_string(keys, '","')) > 7000 THEN
        keys := dynasty_ops.cache_keys('dynasty_odds', 'events', '{}');
    END IF;
    RETURN CASE WHEN cardinality(keys) > 0 THEN jsonb_build_object('schema', 'dynasty_odds', 'table', 'events', 'op', 'UPDATE', 'keys', to_jsonb(keys))::text END;
EXCEPTION WHEN insufficient_privilege THEN
    RETURN NULL;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds._cache_notice(integer[]) IS 'Internal, of ingest() and record_snapshot(): what channel dynasty_cache is told of events whose prices changed.';
GRANT EXECUTE ON FUNCTION dynasty_odds._cache_notice(integer[]) TO PUBLIC;
