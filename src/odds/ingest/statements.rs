//! What ingest asks and writes. All set-based, with the caller's rights, under the search_path that the functions pin.

/// `$1` items, `$2` source: the place of each, from 1, and the events it is by an id.
pub const BY_ID: &str = "SELECT k.at::pg_catalog.int4, k.ids FROM dynasty_odds._events_by_id($1, $2) k";

/// `$1` item, `$2` source, `$3` how far the kickoff may be, `$4` events that other items are, `$5` the books of each.
pub const BY_TEAMS: &str = "SELECT dynasty_odds._events_by_teams($1, $2, $3::pg_catalog.interval, $4, $5)";

/// Events have no key of their own: who makes some does so alone. Only who may change sports can stand in the way.
pub const ALONE: &str = "LOCK TABLE dynasty_odds.sports IN SHARE UPDATE EXCLUSIVE MODE";

/// `$1` item. Looked up first: a conflict would burn a number.
pub const MAKE_SPORT: &str = "
    INSERT INTO dynasty_odds.sports (key, name, sportradar_id)
    SELECT x.key, x.name, x.sr
    FROM (SELECT coalesce($1 ->> 'sport', 'unknown') AS key, coalesce($1 ->> 'sport_name', 'unknown') AS name, $1 ->> 'sport_sportradar_id' AS sr) x
    WHERE NOT EXISTS (SELECT FROM dynasty_odds.sports s WHERE s.key = x.key OR s.sportradar_id = x.sr)
    ON CONFLICT DO NOTHING";

/// `$1` item.
pub const MAKE_TOURNAMENT: &str = "
    INSERT INTO dynasty_odds.tournaments (sport_id, name, country, season, sportradar_id)
    SELECT x.sport, x.name, x.country, x.season, x.sr
    FROM (SELECT (SELECT s.id FROM dynasty_odds.sports s
                  WHERE s.sportradar_id = $1 ->> 'sport_sportradar_id' OR s.key = coalesce($1 ->> 'sport', 'unknown')
                  ORDER BY s.sportradar_id = $1 ->> 'sport_sportradar_id' DESC NULLS LAST LIMIT 1) AS sport,
                 coalesce($1 ->> 'tournament', 'unknown') AS name, $1 ->> 'country' AS country, $1 ->> 'season' AS season, $1 ->> 'tournament_sportradar_id' AS sr) x
    WHERE NOT EXISTS (
        SELECT FROM dynasty_odds.tournaments t
        WHERE t.sportradar_id = x.sr
           OR (t.sport_id = x.sport AND t.name = x.name AND t.country IS NOT DISTINCT FROM x.country AND t.season IS NOT DISTINCT FROM x.season))
    ON CONFLICT DO NOTHING";

/// `$1` item.
pub const MAKE_EVENT: &str = "
    INSERT INTO dynasty_odds.events (tournament_id, name, home_team, away_team, kickoff, original_kickoff, sportradar_id)
    SELECT t.id, CASE WHEN x.home IS NULL THEN x.name ELSE format('%s v %s', x.home, x.away) END, x.home, x.away, x.kickoff, x.kickoff, $1 ->> 'sportradar_id'
    FROM (SELECT $1 ->> 'home' AS home, $1 ->> 'away' AS away, to_timestamp(($1 ->> 'kickoff')::float8 / 1000000) AS kickoff,
                 coalesce($1 ->> 'tournament', 'unknown') AS name,
                 (SELECT s.id FROM dynasty_odds.sports s
                  WHERE s.sportradar_id = $1 ->> 'sport_sportradar_id' OR s.key = coalesce($1 ->> 'sport', 'unknown')
                  ORDER BY s.sportradar_id = $1 ->> 'sport_sportradar_id' DESC NULLS LAST LIMIT 1) AS sport) x,
    LATERAL (SELECT t.id FROM dynasty_odds.tournaments t
             WHERE t.sportradar_id = $1 ->> 'tournament_sportradar_id'
                OR (t.sport_id = x.sport AND t.name = x.name AND t.country IS NOT DISTINCT FROM $1 ->> 'country' AND t.season IS NOT DISTINCT FROM $1 ->> 'season')
             ORDER BY t.sportradar_id = $1 ->> 'tournament_sportradar_id' DESC NULLS LAST LIMIT 1) t
    RETURNING id";

/// `$1` items, `$2` the event of each (0: none): locked in one order, whoever else moves the same kickoffs.
pub const HOLD_MOVED: &str = "
    SELECT e.id FROM dynasty_odds.events e JOIN (SELECT f.id, $1 -> (f.at - 1)::integer AS item FROM unnest($2) WITH ORDINALITY f (id, at)) i ON i.id = e.id
    WHERE e.kickoff <> to_timestamp((i.item ->> 'kickoff')::float8 / 1000000) OR (e.sportradar_id IS NULL AND i.item ->> 'sportradar_id' IS NOT NULL)
    ORDER BY e.id FOR NO KEY UPDATE OF e";

/// The same, and `$3` when it was so: what is older than what is known already says nothing new of a kickoff.
pub const MOVE: &str = "
    UPDATE dynasty_odds.events e
    SET kickoff = CASE WHEN EXISTS (SELECT FROM dynasty_odds.odds_snapshots s WHERE s.event_id = e.id AND s.captured_at > $3) THEN e.kickoff ELSE i.kickoff END,
        sportradar_id = coalesce(e.sportradar_id, i.sr)
    FROM (SELECT DISTINCT ON (f.id) f.id, to_timestamp(($1 -> (f.at - 1)::integer ->> 'kickoff')::float8 / 1000000) AS kickoff, $1 -> (f.at - 1)::integer ->> 'sportradar_id' AS sr
          FROM unnest($2) WITH ORDINALITY f (id, at) WHERE $1 -> (f.at - 1)::integer ->> 'kickoff' IS NOT NULL ORDER BY f.id, f.at DESC) i
    WHERE i.id = e.id AND (e.kickoff <> i.kickoff AND NOT EXISTS (SELECT FROM dynasty_odds.odds_snapshots s WHERE s.event_id = e.id AND s.captured_at > $3)
                           OR e.sportradar_id IS NULL AND i.sr IS NOT NULL)";

/// `$1` books, `[{key, name}]`.
pub const MAKE_BOOKS: &str = "
    INSERT INTO dynasty_odds.bookmakers (key, name)
    SELECT k.key, min(k.name) FROM jsonb_to_recordset($1) AS k (key text, name text)
    WHERE NOT EXISTS (SELECT FROM dynasty_odds.bookmakers b WHERE b.key = k.key)
    GROUP BY k.key ORDER BY k.key COLLATE \"C\" ON CONFLICT DO NOTHING";

/// The same: their numbers.
pub const BOOKS: &str = "
    SELECT b.key::text, b.id FROM dynasty_odds.bookmakers b WHERE b.key = ANY (ARRAY(SELECT k.key FROM jsonb_to_recordset($1) AS k (key text)))";

/// `$1` offers, `[{b, event_id, bookmaker_id, reference, hash, markets, updated, raw}]`, `$2` source, `$3` when: what the books call the events.
pub const NAME_EVENTS: &str = "
    INSERT INTO dynasty_odds.event_bookmakers (event_id, bookmaker_id, external_event_id, source, first_seen_at, last_seen_at)
    SELECT DISTINCT ON (o.event_id, o.bookmaker_id) o.event_id, o.bookmaker_id, o.reference, $2, $3, $3
    FROM jsonb_to_recordset($1) AS o (b integer, event_id integer, bookmaker_id integer, reference text)
    WHERE o.reference IS NOT NULL
      AND NOT EXISTS (SELECT FROM dynasty_odds.event_bookmakers x WHERE x.event_id = o.event_id AND x.bookmaker_id = o.bookmaker_id)
    ORDER BY o.event_id, o.bookmaker_id, o.b ON CONFLICT (event_id, bookmaker_id) DO NOTHING";

/// `$1` offers, `$2` when: those to be noted as seen, locked in one order.
pub const HOLD_SEEN: &str = "
    SELECT x.id FROM dynasty_odds.event_bookmakers x
    JOIN jsonb_to_recordset($1) AS o (event_id integer, bookmaker_id integer) ON o.event_id = x.event_id AND o.bookmaker_id = x.bookmaker_id
    WHERE $2 NOT BETWEEN x.first_seen_at AND x.last_seen_at
    ORDER BY x.event_id, x.bookmaker_id FOR NO KEY UPDATE OF x";

/// The same.
pub const SEEN: &str = "
    UPDATE dynasty_odds.event_bookmakers x SET first_seen_at = least(x.first_seen_at, $2), last_seen_at = greatest(x.last_seen_at, $2)
    FROM jsonb_to_recordset($1) AS o (event_id integer, bookmaker_id integer)
    WHERE o.event_id = x.event_id AND o.bookmaker_id = x.bookmaker_id AND $2 NOT BETWEEN x.first_seen_at AND x.last_seen_at";

/// `$1` quotes. Looked up first: a conflict burns a number, and there are 32,767.
pub const MAKE_KINDS: &str = "
    INSERT INTO dynasty_odds.market_kinds (key, name, has_line, side)
    SELECT q.m, q.m, bool_or(q.l IS NOT NULL), CASE WHEN q.m LIKE '%\\_lay' THEN 'lay' ELSE 'back' END
    FROM jsonb_to_recordset($1) AS q (m text, l numeric)
    WHERE NOT EXISTS (SELECT FROM dynasty_odds.market_kinds k WHERE k.key = q.m)
    GROUP BY q.m ORDER BY q.m COLLATE \"C\" ON CONFLICT DO NOTHING RETURNING key::text";

/// `$1` offers, `$2` when, `$3` scope. What is old may be on its way out (purge): held until the end, what is pointed to stays. The live
/// day's full ones are in nobody's way.
pub const HOLD_FULL: &str = "
    SELECT s.id FROM jsonb_to_recordset($1) AS o (event_id integer, bookmaker_id integer, hash bigint)
    JOIN dynasty_odds.odds_snapshots s ON s.event_id = o.event_id AND s.bookmaker_id = o.bookmaker_id AND s.scope = $3 AND s.content_hash = o.hash
    WHERE $2 < now() - '1 day'::interval
      AND s.captured_at >= date_trunc('day', $2, 'UTC') AND s.captured_at > $2 - '6 hours'::interval AND s.captured_at < $2 AND NOT s.is_unchanged
    ORDER BY s.id FOR KEY SHARE OF s";

/// `$1` offers, `$2` when, `$3` scope, `$4` run. In the order of the keys, so that two sessions with the same events wait for each other and
/// no more. Nothing can have been left unchanged but since the newest before, of the same UTC day and of the last six hours.
pub const WRITE_SNAPSHOTS: &str = "
    WITH given AS (
        SELECT DISTINCT ON (o.event_id, o.bookmaker_id) o.*, k.dedupe, k.keep_raw
        FROM jsonb_to_recordset($1) AS o (b integer, event_id integer, bookmaker_id integer, hash bigint, markets smallint, updated bigint, raw jsonb)
        JOIN dynasty_odds.bookmakers k ON k.id = o.bookmaker_id
        ORDER BY o.event_id, o.bookmaker_id, o.b
    ), written AS (
        INSERT INTO dynasty_odds.odds_snapshots (event_id, bookmaker_id, scope, captured_at, source_updated_at, raw_response, scrape_run_id, content_hash,
                                                 is_unchanged, same_as_id, same_as_captured_at, market_count)
        SELECT g.event_id, g.bookmaker_id, $3, $2, to_timestamp(g.updated::float8 / 1000000),
               CASE WHEN g.keep_raw = 'all' OR g.keep_raw = 'changed' AND f.id IS NULL THEN g.raw END,
               $4, g.hash, f.id IS NOT NULL, f.id, f.captured_at, g.markets
        FROM given g
        LEFT JOIN LATERAL (
            SELECT CASE WHEN s.is_unchanged THEN s.same_as_id ELSE s.id END AS id, s.content_hash,
                   CASE WHEN s.is_unchanged THEN s.same_as_captured_at ELSE s.captured_at END AS captured_at
            FROM dynasty_odds.odds_snapshots s
            WHERE s.event_id = g.event_id AND s.bookmaker_id = g.bookmaker_id AND s.scope = $3
              AND s.captured_at >= date_trunc('day', $2, 'UTC') AND s.captured_at > $2 - '6 hours'::interval AND s.captured_at < $2
            ORDER BY s.captured_at DESC LIMIT 1
        ) f ON g.dedupe AND f.content_hash = g.hash AND f.captured_at > $2 - '6 hours'::interval
        WHERE NOT EXISTS (SELECT FROM dynasty_odds.odds_snapshots s
                          WHERE s.event_id = g.event_id AND s.bookmaker_id = g.bookmaker_id AND s.scope = $3 AND s.captured_at = $2)
        ORDER BY g.event_id, g.bookmaker_id
        ON CONFLICT (event_id, bookmaker_id, scope, captured_at) DO NOTHING
        RETURNING id, event_id, bookmaker_id, is_unchanged
    )
    SELECT g.b, w.id, w.is_unchanged FROM written w JOIN given g ON g.event_id = w.event_id AND g.bookmaker_id = w.bookmaker_id";

/// `$1` quotes, `$2` offers, `$3` when, `$4` full snapshots just written, `$5` the offer of each.
pub const WRITE_ODDS: &str = "
    INSERT INTO dynasty_odds.market_odds (snapshot_id, captured_at, event_id, bookmaker_id, market_kind_id, period, line, outcome, price, is_suspended)
    SELECT w.id, $3, o.event_id, o.bookmaker_id, k.id, q.p, q.l, q.o, q.x, q.s
    FROM ROWS FROM (jsonb_to_recordset($1) AS (b integer, m text, p smallint, l numeric, o text, x numeric, s boolean)) WITH ORDINALITY AS q (b, m, p, l, o, x, s, ord)
    JOIN unnest($4, $5) AS w (id, b) ON w.b = q.b
    JOIN jsonb_to_recordset($2) AS o (b integer, event_id integer, bookmaker_id integer) ON o.b = q.b
    JOIN dynasty_odds.market_kinds k ON k.key = q.m
    ORDER BY q.ord";

/// `$1` offers, `$2` when, `$3` scope: what stands at that moment, and whether it has the same content.
pub const STANDING: &str = "
    SELECT o.b, s.id, s.content_hash = o.hash, $2::text
    FROM jsonb_to_recordset($1) AS o (b integer, event_id integer, bookmaker_id integer, hash bigint)
    LEFT JOIN dynasty_odds.odds_snapshots s ON s.event_id = o.event_id AND s.bookmaker_id = o.bookmaker_id AND s.scope = $3 AND s.captured_at = $2
    ORDER BY o.b";

/// `$1` the caller's time, `$2` the envelope's: the one that counts, whether it is too far ahead, whether it is a time, how it is written.
pub const MOMENT: &str = "
    SELECT x.at, x.at > now() + '1 day'::interval, isfinite(x.at), x.at::text FROM (SELECT coalesce($1, $2, now()) AS at) x";

/// `$1` run.
pub const RUN: &str = "SELECT r.source::text, r.status::text FROM dynasty_odds.scrape_runs r WHERE r.id = $1";

/// `$1` run, then what is added: events, snapshots, odds, unchanged, errors.
pub const COUNT: &str = "
    UPDATE dynasty_odds.scrape_runs r
    SET events_seen = r.events_seen + $2, snapshots_written = r.snapshots_written + $3, odds_written = r.odds_written + $4, unchanged = r.unchanged + $5, errors = r.errors + $6
    WHERE r.id = $1";

/// `$1` run, `$2` faults, `[{event_id, book, kind, sqlstate, path, message}]`.
pub const NOTE_FAULTS: &str = "
    INSERT INTO dynasty_odds.scrape_errors (scrape_run_id, event_id, bookmaker_id, kind, message, payload)
    SELECT $1, f.event_id, (SELECT b.id FROM dynasty_odds.bookmakers b WHERE b.key = f.book), f.kind, f.message,
           jsonb_strip_nulls(jsonb_build_object('path', f.path, 'sqlstate', f.sqlstate, 'bookmaker', f.book))
    FROM ROWS FROM (jsonb_to_recordset($2) AS (event_id integer, book text, kind text, sqlstate text, path text, message text)) WITH ORDINALITY
         AS f (event_id, book, kind, sqlstate, path, message, ord)
    ORDER BY f.ord";

/// `$1` events whose prices changed: one notice per call, as long as it fits, for who reads the rules.
pub const TELL_CACHES: &str = "SELECT pg_notify('dynasty_cache', n.notice) FROM dynasty_odds._cache_notice($1) n (notice) WHERE n.notice IS NOT NULL";

/// `$1` items, `$2` the event of each (0: none): those with a score, locked in one order.
pub const HOLD_SCORED: &str = "
    SELECT e.id FROM dynasty_odds.events e JOIN (SELECT f.id, $1 -> (f.at - 1)::integer AS item FROM unnest($2) WITH ORDINALITY f (id, at)) i ON i.id = e.id
    WHERE i.item ->> 'home_score' IS NOT NULL ORDER BY e.id FOR NO KEY UPDATE OF e";

/// The same. A game without a score is left as it is.
pub const SCORE: &str = "
    UPDATE dynasty_odds.events e
    SET home_score = i.home, away_score = i.away, status = CASE WHEN i.completed THEN 'finished' ELSE e.status END
    FROM (SELECT DISTINCT ON (f.id) f.id, (x.item ->> 'home_score')::integer AS home, (x.item ->> 'away_score')::integer AS away, (x.item ->> 'completed')::boolean AS completed
          FROM unnest($2) WITH ORDINALITY f (id, at), LATERAL (SELECT $1 -> (f.at - 1)::integer AS item) x
          WHERE x.item ->> 'home_score' IS NOT NULL ORDER BY f.id, f.at DESC) i
    WHERE e.id = i.id AND (e.home_score IS DISTINCT FROM i.home OR e.away_score IS DISTINCT FROM i.away OR i.completed AND e.status <> 'finished')";

/// `$1` event, `$2` bookmaker, `$3` run: whether each is there.
pub const THERE: &str = "
    SELECT EXISTS (SELECT FROM dynasty_odds.events e WHERE e.id = $1), EXISTS (SELECT FROM dynasty_odds.bookmakers b WHERE b.id = $2),
           $3 IS NULL OR EXISTS (SELECT FROM dynasty_odds.scrape_runs r WHERE r.id = $3)";
