-- Pulls of two American bookmakers' odds (odds_nhl_snapshots_2026), as documents of their feed, in an order that is not that of time: what is
-- stored and what closed is what plain SQL makes of the file.
CREATE TEMP TABLE pulled (snapshot_label text, date text, sport text, game_id text, commence_time timestamptz, taken_at timestamptz, api_at text, received_at text, updated_at text,
    home text, away text, book text, ml_home integer, ml_away integer, spread_home numeric, spread_home_odds integer, spread_away numeric, spread_away_odds integer,
    total numeric, over_odds integer, under_odds integer);
\copy pulled FROM PROGRAM 'gzip -dc "$DYNASTY_DATA/odds_nhl_snapshots_2026.csv.gz"' (FORMAT csv, HEADER)
CREATE TEMP TABLE offered AS
SELECT p.game_id, p.book, p.taken_at, o.market, o.outcome, o.line, o.american
FROM pulled p CROSS JOIN LATERAL (VALUES ('h2h', 'home', NULL, p.ml_home), ('h2h', 'away', NULL, p.ml_away), ('spreads', 'home', p.spread_home, p.spread_home_odds),
    ('spreads', 'away', p.spread_home, p.spread_away_odds), ('totals', 'over', p.total, p.over_odds), ('totals', 'under', p.total, p.under_odds)) o (market, outcome, line, american)
WHERE o.american IS NOT NULL;
-- A few pulls hold a game and book twice; which is right nobody knows.
CREATE TEMP TABLE twice AS
SELECT game_id, book, taken_at FROM pulled GROUP BY 1, 2, 3
HAVING count(DISTINCT (ml_home, ml_away, spread_home, spread_home_odds, spread_away_odds, total, over_odds, under_odds)::text) > 1;

CREATE TEMP TABLE answers AS
SELECT i.* FROM (
    SELECT g.taken_at, jsonb_agg(g.event) AS payload
    FROM (
        SELECT p.taken_at, jsonb_build_object('id', p.game_id, 'sport_key', lower(p.sport), 'commence_time', to_char(max(p.commence_time) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                   'home_team', p.home, 'away_team', p.away, 'bookmakers', jsonb_agg(jsonb_build_object('key', p.book, 'last_update', p.updated_at, 'markets', m.markets))) AS event
        FROM pulled p CROSS JOIN LATERAL (
            SELECT jsonb_agg(jsonb_build_object('key', k.market, 'outcomes', k.outcomes)) AS markets FROM (
                SELECT 'h2h' AS market, jsonb_build_array(jsonb_build_object('name', p.home, 'price', p.ml_home), jsonb_build_object('name', p.away, 'price', p.ml_away)) AS outcomes WHERE p.ml_home IS NOT NULL
                UNION ALL SELECT 'spreads', jsonb_build_array(jsonb_build_object('name', p.home, 'price', p.spread_home_odds, 'point', p.spread_home), jsonb_build_object('name', p.away, 'price', p.spread_away_odds, 'point', p.spread_away)) WHERE p.spread_home_odds IS NOT NULL
                UNION ALL SELECT 'totals', jsonb_build_array(jsonb_build_object('name', 'Over', 'price', p.over_odds, 'point', p.total), jsonb_build_object('name', 'Under', 'price', p.under_odds, 'point', p.total)) WHERE p.over_odds IS NOT NULL) k) m
        WHERE m.markets IS NOT NULL
        GROUP BY p.taken_at, p.game_id, p.sport, p.home, p.away) g
    GROUP BY g.taken_at
    ORDER BY md5(g.taken_at::text)) d
CROSS JOIN LATERAL dynasty_odds.ingest(d.payload, 'the_odds_api', d.taken_at, NULL, 'american') i;

INSERT INTO verdicts
SELECT 'every game is one event', count(*) = count(DISTINCT e.id) AND count(*) = (SELECT count(DISTINCT game_id) FROM offered), count(*) || ' games'
FROM (SELECT DISTINCT x.external_event_id, e.id FROM dynasty_odds.event_bookmakers x JOIN dynasty_odds.events e ON e.id = x.event_id) e
UNION ALL
SELECT 'what a pull tells twice, and differently, is an error', sum(errors) = (SELECT count(*) FROM twice), sum(errors) || ' errors' FROM answers;

-- Every price of every pull, by its game, book and time; even money has two spellings.
CREATE TEMP TABLE stored AS
SELECT x.external_event_id AS game_id, b.key AS book, s.captured_at AS taken_at, k.key AS market, m.outcome, m.line, dynasty_odds.decimal_to_american(m.price) AS american
FROM dynasty_odds.odds_snapshots s JOIN dynasty_odds.bookmakers b ON b.id = s.bookmaker_id
JOIN dynasty_odds.event_bookmakers x ON x.event_id = s.event_id AND x.bookmaker_id = s.bookmaker_id
JOIN dynasty_odds.market_odds m ON m.snapshot_id = coalesce(s.same_as_id, s.id) AND m.captured_at = coalesce(s.same_as_captured_at, s.captured_at)
JOIN dynasty_odds.market_kinds k ON k.id = m.market_kind_id WHERE b.key NOT LIKE 'simulated%';
INSERT INTO verdicts
SELECT 'every price of the pulls is stored, and no other', count(*) FILTER (WHERE f.american IS NULL OR s.american IS NULL OR s.american <> CASE f.american WHEN -100 THEN 100 ELSE f.american END) = 0,
       count(*) || ' prices, of ' || (SELECT count(*) FROM dynasty_odds.market_odds) || ' stored rows'
FROM (SELECT DISTINCT o.* FROM offered o WHERE (o.game_id, o.book, o.taken_at) NOT IN (SELECT * FROM twice)) f
FULL JOIN (SELECT * FROM stored s WHERE (s.game_id, s.book, s.taken_at) NOT IN (SELECT * FROM twice)) s
  ON s.game_id = f.game_id AND s.book = f.book AND s.taken_at = f.taken_at AND s.market = f.market AND s.outcome = f.outcome AND s.line IS NOT DISTINCT FROM f.line;
INSERT INTO verdicts
SELECT 'the kickoff is that of the newest pull', count(*) FILTER (WHERE e.kickoff <> n.commence_time) = 0, count(*) || ' games, ' || sum(n.moved::integer) || ' moved'
FROM (SELECT DISTINCT x.external_event_id, e.kickoff FROM dynasty_odds.event_bookmakers x JOIN dynasty_odds.events e ON e.id = x.event_id) e
JOIN (SELECT DISTINCT ON (p.game_id) p.game_id, p.commence_time, min(p.commence_time) OVER w <> max(p.commence_time) OVER w AS moved
      FROM pulled p WHERE EXISTS (SELECT FROM offered o WHERE o.game_id = p.game_id AND o.taken_at = p.taken_at) WINDOW w AS (PARTITION BY p.game_id)
      ORDER BY p.game_id, p.taken_at DESC, p.commence_time DESC) n ON n.game_id = e.external_event_id;

SELECT dynasty_odds.capture_closing('2027-01-01') AS captured \gset
INSERT INTO verdicts
SELECT 'what closed is the last price up to the kickoff', count(*) FILTER (WHERE c.close_price IS DISTINCT FROM w.price OR c.close_at IS DISTINCT FROM w.taken_at) = 0,
       count(*) || ' closings, ' || (SELECT count(*) FROM offered o JOIN dynasty_odds.event_bookmakers x ON x.external_event_id = o.game_id JOIN dynasty_odds.bookmakers b ON b.id = x.bookmaker_id AND b.key = o.book
                                     JOIN dynasty_odds.events e ON e.id = x.event_id WHERE o.taken_at > e.kickoff) || ' prices in play left out'
FROM (
    SELECT DISTINCT ON (s.game_id, s.book, s.market, s.outcome, s.line) s.game_id, s.book, s.market, s.outcome, s.line, s.taken_at, dynasty_odds.american_to_decimal(s.american) AS price
    FROM stored s JOIN dynasty_odds.event_bookmakers x ON x.external_event_id = s.game_id JOIN dynasty_odds.bookmakers b ON b.id = x.bookmaker_id AND b.key = s.book
    JOIN dynasty_odds.events e ON e.id = x.event_id WHERE s.taken_at <= e.kickoff ORDER BY s.game_id, s.book, s.market, s.outcome, s.line, s.taken_at DESC) w
FULL JOIN (
    SELECT x.external_event_id AS game_id, b.key AS book, k.key AS market, c.outcome, c.line, c.close_price, c.close_at
    FROM dynasty_odds.closing_odds c JOIN dynasty_odds.event_bookmakers x ON x.event_id = c.event_id AND x.bookmaker_id = c.bookmaker_id
    JOIN dynasty_odds.bookmakers b ON b.id = c.bookmaker_id JOIN dynasty_odds.market_kinds k ON k.id = c.market_kind_id) c
  ON c.game_id = w.game_id AND c.book = w.book AND c.market = w.market AND c.outcome = w.outcome AND c.line IS NOT DISTINCT FROM w.line;
INSERT INTO verdicts
SELECT 'the probabilities of a market that closed add up to one', count(*) FILTER (WHERE f.total NOT BETWEEN 0.999999999 AND 1.000000001) = 0, count(*) || ' markets'
FROM (SELECT c.event_id, c.bookmaker_id, c.market_kind_id, c.line, sum(c.fair_prob) AS total FROM dynasty_odds.closing_odds c WHERE c.fair_prob IS NOT NULL GROUP BY 1, 2, 3, 4) f;
