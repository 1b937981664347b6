-- Runs: begun, counted, ended once; errors with their kind.
\set VERBOSITY terse
SELECT dynasty_odds.start_run('the_odds_api', 'pinnacle', '{"page": 1}') AS run \gset
SELECT r.source, b.key, r.status, r.meta, r.finished_at IS NULL AS open FROM dynasty_odds.scrape_runs r JOIN dynasty_odds.bookmakers b ON b.id = r.bookmaker_id WHERE r.id = :run;
SELECT dynasty_odds.finish_run(:run);
SELECT status, finished_at >= started_at AS ended FROM dynasty_odds.scrape_runs WHERE id = :run;
SELECT dynasty_odds.finish_run(:run);
\echo :LAST_ERROR_SQLSTATE
-- Errors beside what was stored are partial, alone a failure; or as the caller says.
SELECT dynasty_odds.start_run('flat') AS run \gset
SELECT dynasty_odds.log_error(:run, 'timeout', 'no answer', payload => '{"url": "x"}', http_status => 504) IS NOT NULL AS noted;
SELECT dynasty_odds.finish_run(:run);
SELECT dynasty_odds.start_run('flat') AS run \gset
SELECT events, snapshots, unchanged, odds, errors FROM dynasty_odds.ingest('[{"event_ref": "1", "sport": "s", "home": "H", "away": "A", "kickoff": "2026-11-01T18:00Z", "bookmaker": "b", "market": "h2h", "outcome": "home", "price": 2},
  {"event_ref": "1", "bookmaker": "c", "market": "h2h", "outcome": "home", "price": 0.5}, {"event_ref": "2", "sport": "s", "home": "H", "away": "B", "bookmaker": "b", "market": "h2h", "outcome": "home", "price": 2}]', 'flat', '2026-11-01 10:00+00', :run);
SELECT events, snapshots, unchanged, odds, errors FROM dynasty_odds.ingest('[{"event_ref": "1", "sport": "s", "home": "H", "away": "A", "kickoff": "2026-11-01T18:00Z", "bookmaker": "b", "market": "h2h", "outcome": "home", "price": 2}]', 'flat', '2026-11-01 10:05+00', :run);
SELECT dynasty_odds.finish_run(:run);
SELECT status, events_seen, snapshots_written, odds_written, unchanged, errors FROM dynasty_odds.scrape_runs WHERE id = :run;
SELECT x.kind, x.message, x.payload, e.name AS event, b.key AS book FROM dynasty_odds.scrape_errors x LEFT JOIN dynasty_odds.events e ON e.id = x.event_id LEFT JOIN dynasty_odds.bookmakers b ON b.id = x.bookmaker_id
WHERE x.scrape_run_id = :run ORDER BY x.id;
SELECT scrape_run_id = :run AS of_run FROM dynasty_odds.odds_snapshots;
-- A run of another source, one that has ended, one that is not there.
CREATE FUNCTION pg_temp.refused(statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE statement;
    RETURN 'taken';
EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE || ' ' || regexp_replace(SQLERRM, '\d{2,}', 'N', 'g');
END $$;
SELECT pg_temp.refused(format('SELECT dynasty_odds.ingest(%L, %L, NULL, %s)', '[]', 'sportradar', :run));
SELECT left(pg_temp.refused(format('SELECT dynasty_odds.ingest(%L, %L, NULL, %s)', '[]', 'flat', :run)), 20);
SELECT pg_temp.refused(x) FROM unnest(ARRAY[
    $$SELECT dynasty_odds.ingest('[]', 'flat', NULL, -1)$$, $$SELECT dynasty_odds.finish_run(-1)$$, $$SELECT dynasty_odds.finish_run(NULL)$$, $$SELECT dynasty_odds.finish_run(1, 'running')$$,
    $$SELECT dynasty_odds.start_run(NULL)$$, $$SELECT dynasty_odds.start_run(' ')$$, $$SELECT dynasty_odds.start_run('x', '')$$, $$SELECT dynasty_odds.start_run('x', NULL, NULL)$$,
    $$SELECT dynasty_odds.start_run(repeat('x', 65))$$, $$SELECT dynasty_odds.start_run('x', repeat('x', 65))$$,
    $$SELECT dynasty_odds.log_error(-1, 'http', 'x')$$, $$SELECT dynasty_odds.log_error(NULL, 'http', 'x')$$, $$SELECT dynasty_odds.log_error(1, NULL, 'x')$$, $$SELECT dynasty_odds.log_error(1, 'http', NULL)$$,
    $$SELECT dynasty_odds.log_error(1, 'sorrow', 'x')$$, $$SELECT dynasty_odds.log_error(1, 'http', 'x', http_status => 99)$$]) x;
SELECT pg_temp.refused(format('SELECT dynasty_odds.log_error(%s, %L, %L, event_id => -1)', :run, 'http', 'x')), pg_temp.refused(format('SELECT dynasty_odds.log_error(%s, %L, %L, bookmaker_id => -1)', :run, 'http', 'x'));
SELECT dynasty_odds.start_run('flat') AS run \gset
SELECT dynasty_odds.finish_run(:run, 'aborted'), (SELECT status FROM dynasty_odds.scrape_runs WHERE id = :run) AS before;
