-- simulate_board(): the same board for the same arguments, what it says it wrote, marked; believable prices; pointers as ingest would make them.
\set VERBOSITY terse
SET client_min_messages = warning;
SET timezone = 'UTC';

CREATE TABLE first_run AS SELECT * FROM dynasty_odds.simulate_board(40, 8, 26, 7, '2025-03-11 12:03:04.5+00');
SELECT table_name, rows > 0 AS filled FROM first_run;
SELECT count(*) FILTER (WHERE r.rows <> c.n) AS differing FROM first_run r JOIN (
    SELECT 'sports' AS t, count(*) AS n FROM dynasty_odds.sports UNION ALL SELECT 'tournaments', count(*) FROM dynasty_odds.tournaments
    UNION ALL SELECT 'bookmakers', count(*) FROM dynasty_odds.bookmakers UNION ALL SELECT 'events', count(*) FROM dynasty_odds.events
    UNION ALL SELECT 'event_bookmakers', count(*) FROM dynasty_odds.event_bookmakers UNION ALL SELECT 'odds_snapshots', count(*) FROM dynasty_odds.odds_snapshots
    UNION ALL SELECT 'market_odds', count(*) FROM dynasty_odds.market_odds) c ON c.t = r.table_name;
-- All of it is marked.
SELECT (SELECT count(*) FROM dynasty_odds.events WHERE sportradar_id NOT LIKE 'simulated:%') AS events, (SELECT count(*) FROM dynasty_odds.sports WHERE key NOT LIKE 'simulated\_%') AS sports,
       (SELECT count(*) FROM dynasty_odds.bookmakers WHERE key NOT LIKE 'simulated\_%' OR NOT dedupe) AS bookmakers, (SELECT count(*) FROM dynasty_odds.event_bookmakers WHERE source <> 'simulated') AS links;
SELECT source, status, r.snapshots_written = s.rows AS snapshots, r.odds_written = m.rows AS odds, r.unchanged = u.n AS unchanged, meta
FROM dynasty_odds.scrape_runs r, (SELECT rows FROM first_run WHERE table_name = 'odds_snapshots') s, (SELECT rows FROM first_run WHERE table_name = 'market_odds') m,
     (SELECT count(*) AS n FROM dynasty_odds.odds_snapshots WHERE is_unchanged) u;

-- Looked at up to the time that was asked for, every offer five minutes apart or more, seen from the first to the last snapshot.
SELECT min(captured_at) >= '2025-03-10 09:59' AS from_then, max(captured_at) <= '2025-03-11 12:03:04.5+00' AS until_then,
       count(*) FILTER (WHERE source_updated_at > captured_at) AS of_the_future FROM dynasty_odds.odds_snapshots;
SELECT count(*) FILTER (WHERE gap < '4 min 59 s') AS too_near FROM (SELECT captured_at - lag(captured_at) OVER (PARTITION BY event_id, bookmaker_id ORDER BY id) AS gap FROM dynasty_odds.odds_snapshots) s;
SELECT count(*) AS differing FROM dynasty_odds.event_bookmakers b
JOIN (SELECT event_id, bookmaker_id, min(captured_at) AS first, max(captured_at) AS last FROM dynasty_odds.odds_snapshots GROUP BY 1, 2) s USING (event_id, bookmaker_id)
WHERE (b.first_seen_at, b.last_seen_at) <> (s.first, s.last);

-- Fingerprints are content_hash() of what is stored, market counts count it.
SELECT count(*) > 500 AS compared, count(*) FILTER (WHERE hash <> content_hash) AS hashes, count(*) FILTER (WHERE markets <> market_count) AS counts FROM (
    SELECT s.content_hash, s.market_count, count(DISTINCT (m.market_kind_id, m.period, m.line)) FILTER (WHERE m.id IS NOT NULL) AS markets,
           dynasty_odds.content_hash(coalesce(jsonb_agg(jsonb_build_object('market', k.key, 'period', m.period, 'line', m.line, 'outcome', m.outcome, 'price', m.price, 'suspended', m.is_suspended))
                                              FILTER (WHERE m.id IS NOT NULL), '[]')) AS hash
    FROM dynasty_odds.odds_snapshots s LEFT JOIN dynasty_odds.market_odds m ON m.snapshot_id = s.id AND m.captured_at = s.captured_at LEFT JOIN dynasty_odds.market_kinds k ON k.id = m.market_kind_id
    WHERE NOT s.is_unchanged AND s.id % 3 = 0 GROUP BY s.id, s.captured_at) x;
-- A pointer exactly where the contract has one.
CREATE FUNCTION pg_temp.walk(OUT pointers int, OUT differing int, OUT elsewhere int) LANGUAGE plpgsql AS $$
DECLARE
    s dynasty_odds.odds_snapshots;
    before dynasty_odds.odds_snapshots;
    full_one dynasty_odds.odds_snapshots;
    pointer bool;
BEGIN
    pointers := 0; differing := 0; elsewhere := 0;
    FOR s IN SELECT * FROM dynasty_odds.odds_snapshots ORDER BY event_id, bookmaker_id, captured_at LOOP
        pointer := full_one.id IS NOT NULL AND (before.event_id, before.bookmaker_id, before.content_hash) = (s.event_id, s.bookmaker_id, s.content_hash)
            AND s.captured_at - full_one.captured_at < '6 hours' AND date_trunc('day', s.captured_at) = date_trunc('day', full_one.captured_at);
        IF NOT pointer THEN full_one := s; END IF;
        pointers := pointers + pointer::int;
        differing := differing + (pointer <> s.is_unchanged)::int;
        elsewhere := elsewhere + (pointer AND (full_one.id, full_one.captured_at) IS DISTINCT FROM (s.same_as_id, s.same_as_captured_at))::int;
        before := s;
    END LOOP;
END $$;
SELECT pointers > 1000 AS pointers, differing, elsewhere FROM pg_temp.walk();
SELECT check_name, bad FROM dynasty_ops.verify_integrity() WHERE NOT ok;

-- Believable: margins, suspensions, markets and lines that go and come, prices of 1 only in play, games in every state, moved ones among them.
SELECT avg(overround) BETWEEN 0.02 AND 0.1 AS margin, min(overround) > -0.15 AS least, max(overround) < 0.7 AS most FROM (
    SELECT sum(1 / m.price) - 1 AS overround FROM dynasty_odds.market_odds m JOIN dynasty_odds.market_kinds k ON k.id = m.market_kind_id
    WHERE k.key IN ('h2h', '1x2') AND m.period = 0 GROUP BY m.snapshot_id, k.outcomes HAVING count(*) = cardinality(k.outcomes) AND min(m.price) > 1) o;
SELECT count(*) FILTER (WHERE is_suspended) > 0 AS suspended, count(*) FILTER (WHERE price = 1) > 0 AS at_one, count(*) FILTER (WHERE price = 1 AND m.captured_at <= e.kickoff) AS at_one_before
FROM dynasty_odds.market_odds m JOIN dynasty_odds.events e ON e.id = m.event_id;
SELECT count(*) > 0 AS moved_lines FROM (SELECT event_id FROM dynasty_odds.market_odds m JOIN dynasty_odds.market_kinds k ON k.id = market_kind_id WHERE k.key = 'spreads' GROUP BY 1 HAVING count(DISTINCT line) > 1) l;
SELECT count(*) > 0 AS withdrawn FROM dynasty_odds.odds_snapshots WHERE market_count = 0;
SELECT count(*) FILTER (WHERE kickoff <> original_kickoff) > 0 AS moved, count(*) FILTER (WHERE status = 'scheduled') > 20 AS to_come, count(*) FILTER (WHERE status IN ('live', 'finished')) > 0 AS played,
       count(*) FILTER (WHERE (status IN ('live', 'finished')) <> (home_score IS NOT NULL AND away_score IS NOT NULL)) AS scores, count(*) FILTER (WHERE status = 'scheduled' AND kickoff < '2025-03-11 12:00+00') AS late,
       count(*) FILTER (WHERE extract(epoch FROM kickoff)::int % 900 <> 0) AS odd_times FROM dynasty_odds.events;
SELECT count(DISTINCT commission) > 1 AS commissions, count(DISTINCT tournament_id) > 3 AS tournaments FROM dynasty_odds.bookmakers, dynasty_odds.events;
-- One chance drives all books: where one shortens a favourite over the day, another does.
SELECT corr(a.change, b.change) > 0.7 AS together FROM
    (SELECT event_id, bookmaker_id, max(p) - min(p) AS change, row_number() OVER (PARTITION BY event_id ORDER BY bookmaker_id) AS n
     FROM (SELECT m.event_id, m.bookmaker_id, 1 / m.price AS p FROM dynasty_odds.market_odds m JOIN dynasty_odds.market_kinds k ON k.id = m.market_kind_id JOIN dynasty_odds.events e ON e.id = m.event_id
           WHERE k.key IN ('h2h', '1x2') AND m.outcome = 'home' AND m.period = 0 AND NOT m.is_suspended AND m.captured_at <= e.kickoff) x GROUP BY 1, 2) a
    JOIN LATERAL (SELECT max(p) - min(p) AS change FROM (SELECT 1 / m.price AS p FROM dynasty_odds.market_odds m JOIN dynasty_odds.market_kinds k ON k.id = m.market_kind_id JOIN dynasty_odds.events e ON e.id = m.event_id
           WHERE k.key IN ('h2h', '1x2') AND m.outcome = 'home' AND m.period = 0 AND NOT m.is_suspended AND m.captured_at <= e.kickoff AND m.event_id = a.event_id AND m.bookmaker_id <> a.bookmaker_id) y) b ON a.n = 1;

-- The same again, beside the first; another seed is another board. Bookmakers, sports and tournaments are there already.
CREATE FUNCTION pg_temp.digest(run int) RETURNS text LANGUAGE sql AS $$
    SELECT md5(string_agg(row(split_part(e.sportradar_id, ':', 3), e.home_team, e.kickoff, e.status, e.home_score, m.bookmaker_id, m.captured_at, k.key, m.period, m.line, m.outcome, m.price, m.is_suspended)::text, ','
                          ORDER BY split_part(e.sportradar_id, ':', 3)::int, m.id))
    FROM dynasty_odds.events e JOIN dynasty_odds.market_odds m ON m.event_id = e.id JOIN dynasty_odds.market_kinds k ON k.id = m.market_kind_id WHERE e.sportradar_id LIKE 'simulated:' || run || ':%' $$;
SELECT table_name, rows FROM dynasty_odds.simulate_board(12, 4, 9, 3, '2025-03-11 12:03:04.5+00') WHERE table_name IN ('sports', 'tournaments', 'bookmakers', 'events');
SELECT count(*) FROM dynasty_odds.simulate_board(12, 4, 9, 3, '2025-03-11 12:03:04.5+00');
SELECT count(*) FROM dynasty_odds.simulate_board(12, 4, 9, 4, '2025-03-11 12:03:04.5+00');
SELECT pg_temp.digest(2) = pg_temp.digest(3) AS same, pg_temp.digest(2) = pg_temp.digest(4) AS of_another_seed;
-- In full: bookmakers of their own, no pointer, the same offers.
CREATE TABLE in_full AS SELECT * FROM dynasty_odds.simulate_board(12, 4, 9, 3, '2025-03-11 12:03:04.5+00', dedupe => false);
SELECT count(*) FILTER (WHERE s.is_unchanged) AS pointers, count(*) = (SELECT rows FROM in_full WHERE table_name = 'odds_snapshots') AS all_of_it, count(*) = (SELECT snapshots_written FROM dynasty_odds.scrape_runs WHERE id = 2) AS as_many
FROM dynasty_odds.odds_snapshots s JOIN dynasty_odds.bookmakers b ON b.id = s.bookmaker_id WHERE NOT b.dedupe AND b.key LIKE 'simulated\_full\_%';

-- Defaults: up to now.
SELECT count(*) FROM dynasty_odds.simulate_board(20, 5, 1);
SELECT now() - max(captured_at) < '11 minutes' AS up_to_now FROM dynasty_odds.odds_snapshots;
