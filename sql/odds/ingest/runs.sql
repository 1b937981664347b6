-- Runs of fetchers and what went wrong in them.

CREATE FUNCTION dynasty_odds.start_run(source text, bookmaker_key text DEFAULT NULL, meta jsonb DEFAULT '{}') RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    p_source text := btrim($1);
    book integer;
    run bigint;
BEGIN
    IF p_source IS NULL OR $3 IS NULL THEN
        RAISE EXCEPTION 'start_run: % must not be null', CASE WHEN p_source IS NULL THEN 'source' ELSE 'meta' END USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF p_source = '' THEN
        RAISE EXCEPTION 'start_run: source must be a name, not empty' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF length(p_source) > 64 OR length(btrim($2)) > 64 THEN
        RAISE EXCEPTION 'start_run: % must be at most 64 characters: %', CASE WHEN length(p_source) > 64 THEN 'source' ELSE 'bookmaker_key' END,
            dynasty._short(CASE WHEN length(p_source) > 64 THEN p_source ELSE btrim($2) END) USING ERRCODE = 'string_data_right_truncation';
    END IF;
    IF btrim($2) = '' THEN
        RAISE EXCEPTION 'start_run: bookmaker_key must be a name, not empty' USING ERRCODE = 'invalid_parameter_value';
    ELSIF $2 IS NOT NULL THEN
        -- Looked up first: a conflict would burn a number.
        INSERT INTO dynasty_odds.bookmakers (key, name) SELECT k, k FROM btrim($2) k WHERE NOT EXISTS (SELECT FROM dynasty_odds.bookmakers b WHERE b.key = k) ON CONFLICT DO NOTHING;
        SELECT b.id INTO book FROM dynasty_odds.bookmakers b WHERE b.key = btrim($2);
    END IF;
    INSERT INTO dynasty_odds.scrape_runs (source, bookmaker_id, meta) VALUES (p_source, book, $3) RETURNING id INTO run;
    RETURN run;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds.start_run(text, text, jsonb) IS
'Begins a run of a fetcher and answers its number, for ingest(), record_snapshot(), log_error() and finish_run(). bookmaker_key: where it fetches one bookmaker only; one that is not known is made. Errors: 22004 NULL source or meta; 22023 an empty source; 22001 more than 64 characters.';

CREATE FUNCTION dynasty_odds.finish_run(run_id bigint, status text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    run record;
    ending text := $2;
BEGIN
    IF $1 IS NULL THEN
        RAISE EXCEPTION 'finish_run: run_id must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF ending NOT IN ('succeeded', 'partial', 'failed', 'aborted') THEN
        RAISE EXCEPTION 'finish_run: status must be succeeded, partial, failed or aborted, not %', dynasty._short(ending) USING ERRCODE = 'invalid_parameter_value';
    END IF;
    SELECT r.* INTO run FROM dynasty_odds.scrape_runs r WHERE r.id = $1 FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'finish_run: there is no run %', $1 USING ERRCODE = 'no_data_found';
    END IF;
    IF run.status <> 'running' THEN
        RAISE EXCEPTION 'finish_run: run % has ended (%)', $1, run.status USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Begin another with start_run().';
    END IF;
    ending := coalesce(ending, CASE WHEN run.errors = 0 THEN 'succeeded' WHEN run.snapshots_written + run.unchanged > 0 THEN 'partial' ELSE 'failed' END);
    UPDATE dynasty_odds.scrape_runs r SET status = ending, finished_at = greatest(clock_timestamp(), r.started_at) WHERE r.id = $1;
    RETURN ending;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds.finish_run(bigint, text) IS
'Ends a run and answers how: by status, or succeeded without errors, partial where something was stored beside them, else failed. Errors: 22004 NULL run_id; 22023 another status; P0002 no such run; 55000 it has ended already.';

CREATE FUNCTION dynasty_odds.log_error(run_id bigint, kind text, message text, event_id integer DEFAULT NULL, bookmaker_id integer DEFAULT NULL, payload jsonb DEFAULT NULL,
                                       http_status integer DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    noted bigint;
    missing text := CASE WHEN $1 IS NULL THEN 'run_id' WHEN $2 IS NULL THEN 'kind' WHEN $3 IS NULL THEN 'message' END;
BEGIN
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION 'log_error: % must not be null', missing USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF $2 NOT IN ('http', 'timeout', 'parse', 'validation', 'conflict', 'other') THEN
        RAISE EXCEPTION 'log_error: kind must be http, timeout, parse, validation, conflict or other, not %', dynasty._short($2) USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF $7 NOT BETWEEN 100 AND 599 THEN
        RAISE EXCEPTION 'log_error: http_status must be between 100 and 599, not %', $7 USING ERRCODE = 'invalid_parameter_value';
    END IF;
    missing := CASE WHEN NOT EXISTS (SELECT FROM dynasty_odds.scrape_runs r WHERE r.id = $1) THEN format('run %s', $1)
                    WHEN $4 IS NOT NULL AND NOT EXISTS (SELECT FROM dynasty_odds.events e WHERE e.id = $4) THEN format('event %s', $4)
                    WHEN $5 IS NOT NULL AND NOT EXISTS (SELECT FROM dynasty_odds.bookmakers b WHERE b.id = $5) THEN format('bookmaker %s', $5) END;
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION 'log_error: there is no %', missing USING ERRCODE = 'foreign_key_violation';
    END IF;
    INSERT INTO dynasty_odds.scrape_errors (scrape_run_id, kind, message, event_id, bookmaker_id, payload, http_status)
    VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id INTO noted;
    UPDATE dynasty_odds.scrape_runs r SET errors = r.errors + 1 WHERE r.id = $1;
    RETURN noted;
END
$fn$;
COMMENT ON FUNCTION dynasty_odds.log_error(bigint, text, text, integer, integer, jsonb, integer) IS
'Notes what went wrong in a run (scrape_errors), counts it there, and answers its number. kind: http, timeout, parse, validation, conflict or other. Errors: 22004 NULL run_id, kind or message; 22023 another kind, http_status not 100 to 599; 23503 no such run, event or bookmaker.';
