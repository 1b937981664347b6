-- Snapshots: what is stored in full, what is a pointer, what comes back, and what is refused.
\set VERBOSITY terse
INSERT INTO dynasty_odds.sports (key, name) VALUES ('t', 'T');
INSERT INTO dynasty_odds.tournaments (sport_id, name) SELECT id, 'T' FROM dynasty_odds.sports;
INSERT INTO dynasty_odds.events (tournament_id, name, home_team, away_team, kickoff) SELECT id, 'H v A', 'H', 'A', '2026-11-01 18:00+00' FROM dynasty_odds.tournaments;
INSERT INTO dynasty_odds.bookmakers (key, name) VALUES ('b', 'B'), ('full', 'Full');
UPDATE dynasty_odds.bookmakers SET dedupe = false, keep_raw = 'all' WHERE key = 'full';
SELECT e.id AS event, min(b.id) AS book, max(b.id) AS full_book FROM dynasty_odds.events e, dynasty_odds.bookmakers b GROUP BY e.id \gset
CREATE FUNCTION pg_temp.h2h(home numeric, away numeric) RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_build_array(jsonb_build_object('market', 'h2h', 'outcome', 'home', 'price', home), jsonb_build_object('market', 'h2h', 'outcome', 'away', 'price', away)) $$;
SET timezone = 'UTC';
-- The contract's example.
SELECT captured_at, is_unchanged, odds_rows FROM dynasty_odds.record_snapshot(:event, :book, pg_temp.h2h(1.91, 1.95), '2026-11-01 10:00+00');
SELECT captured_at, is_unchanged, odds_rows FROM dynasty_odds.record_snapshot(:event, :book, pg_temp.h2h(1.91, 1.95), '2026-11-01 10:05+00');
SELECT captured_at, is_unchanged, odds_rows FROM dynasty_odds.record_snapshot(:event, :book, pg_temp.h2h(1.87, 2.00), '2026-11-01 10:10+00');
CREATE VIEW pg_temp.kept AS
    SELECT s.captured_at, b.key, s.scope, s.is_unchanged, s.same_as_captured_at, s.market_count, s.raw_response, count(m.id) AS prices, s.content_hash
    FROM dynasty_odds.odds_snapshots s JOIN dynasty_odds.bookmakers b ON b.id = s.bookmaker_id LEFT JOIN dynasty_odds.market_odds m ON m.snapshot_id = s.id AND m.captured_at = s.captured_at
    GROUP BY s.id, s.captured_at, b.key;
SELECT captured_at, is_unchanged, same_as_captured_at, market_count, prices, content_hash = dynasty_odds.content_hash(pg_temp.h2h(1.91, 1.95)) AS first_hash FROM pg_temp.kept ORDER BY 1;
-- The same again comes back and writes nothing; another offer at that moment is refused.
SELECT r.is_unchanged, r.odds_rows, r.snapshot_id = s.id AS same_row FROM dynasty_odds.record_snapshot(:event, :book, pg_temp.h2h(1.91, 1.95), '2026-11-01 10:00+00') r
JOIN dynasty_odds.odds_snapshots s USING (captured_at);
-- A late row between: full, since the one before it differs; those after keep what they point to.
SELECT is_unchanged, odds_rows FROM dynasty_odds.record_snapshot(:event, :book, pg_temp.h2h(1.80, 2.10), '2026-11-01 10:02+00');
SELECT is_unchanged, odds_rows FROM dynasty_odds.record_snapshot(:event, :book, pg_temp.h2h(1.80, 2.10), '2026-11-01 10:03+00');
SELECT captured_at, is_unchanged, same_as_captured_at FROM pg_temp.kept ORDER BY 1;
-- A suspension is a change; so is its end, and a price that nobody shows.
SELECT is_unchanged, odds_rows FROM dynasty_odds.record_snapshot(:event, :book, '[{"market": "h2h", "outcome": "home", "price": 1.87, "suspended": true}, {"market": "h2h", "outcome": "away", "price": "2"}]', '2026-11-01 10:15+00');
SELECT is_unchanged, odds_rows FROM dynasty_odds.record_snapshot(:event, :book, '[{"market": "h2h", "outcome": "away", "price": 2.0}, {"market": "h2h", "outcome": "home", "price": 1.870, "suspended": true}]', '2026-11-01 10:20+00');
SELECT is_unchanged, odds_rows FROM dynasty_odds.record_snapshot(:event, :book, '[{"market": "h2h", "outcome": "home", "suspended": true}]', '2026-11-01 10:25+00');
SELECT outcome, price, is_suspended FROM dynasty_odds.market_odds WHERE captured_at IN ('2026-11-01 10:15+00', '2026-11-01 10:25+00') ORDER BY captured_at, outcome;
-- Everything withdrawn, and still so.
SELECT is_unchanged, odds_rows FROM dynasty_odds.record_snapshot(:event, :book, '[]', '2026-11-01 10:30+00');
SELECT is_unchanged, odds_rows FROM dynasty_odds.record_snapshot(:event, :book, '[]', '2026-11-01 10:35+00');
SELECT captured_at, is_unchanged, market_count, prices FROM pg_temp.kept WHERE captured_at >= '2026-11-01 10:30+00' ORDER BY 1;
-- Six hours after the last full one, not a microsecond before; and as the first of a UTC day, whatever the session's zone.
SET timezone = 'America/New_York';
SELECT is_unchanged FROM dynasty_odds.record_snapshot(:event, :book, '[]', '2026-11-01 16:29:59.999999+00');
SELECT is_unchanged FROM dynasty_odds.record_snapshot(:event, :book, '[]', '2026-11-01 16:30+00');
SELECT is_unchanged FROM dynasty_odds.record_snapshot(:event, :book, '[]', '2026-11-01 23:59+00');
SELECT is_unchanged FROM dynasty_odds.record_snapshot(:event, :book, '[]', '2026-11-02 00:00+00');
SELECT is_unchanged FROM dynasty_odds.record_snapshot(:event, :book, '[]', '2026-11-02 04:30+00');
RESET timezone;
SET timezone = 'UTC';
-- Scopes stand side by side.
SELECT is_unchanged, odds_rows FROM dynasty_odds.record_snapshot(:event, :book, pg_temp.h2h(1.5, 2.5), '2026-11-01 10:10+00', scope => 'props');
SELECT is_unchanged, odds_rows FROM dynasty_odds.record_snapshot(:event, :book, pg_temp.h2h(1.5, 2.5), '2026-11-01 10:12+00', scope => 'props');
-- A book that is stored in full, with what it said; a repeat is a repeat.
SELECT is_unchanged, odds_rows FROM dynasty_odds.record_snapshot(:event, :full_book, pg_temp.h2h(1.5, 2.5), '2026-11-01 10:10+00', '{"said": 1}');
SELECT is_unchanged, odds_rows FROM dynasty_odds.record_snapshot(:event, :full_book, pg_temp.h2h(1.5, 2.5), '2026-11-01 10:15+00', '{"said": 2}');
SELECT is_unchanged, odds_rows FROM dynasty_odds.record_snapshot(:event, :full_book, pg_temp.h2h(1.5, 2.5), '2026-11-01 10:15+00', '{"said": 3}');
-- What is kept of documents: of changes only, of nothing.
SELECT is_unchanged FROM dynasty_odds.record_snapshot(:event, :book, pg_temp.h2h(1.4, 2.5), '2026-11-03 10:00+00', '{"said": 4}');
SELECT is_unchanged FROM dynasty_odds.record_snapshot(:event, :book, pg_temp.h2h(1.4, 2.5), '2026-11-03 10:05+00', '{"said": 5}');
UPDATE dynasty_odds.bookmakers SET keep_raw = 'none' WHERE id = :book;
SELECT is_unchanged FROM dynasty_odds.record_snapshot(:event, :book, pg_temp.h2h(1.3, 2.5), '2026-11-03 10:10+00', '{"said": 6}');
SELECT captured_at, key, raw_response FROM pg_temp.kept WHERE raw_response IS NOT NULL ORDER BY 1;
-- A market kind that is new, with a line; lays are told by their name.
SELECT odds_rows FROM dynasty_odds.record_snapshot(:event, :book, '[{"market": "corners_lay", "line": "9.5", "period": 1, "outcome": "over", "price": 2}]', '2026-11-04 10:00+00');
SELECT key, name, outcomes, has_line, winners, side FROM dynasty_odds.market_kinds WHERE key = 'corners_lay';
SELECT period, line, outcome, price FROM dynasty_odds.market_odds WHERE captured_at = '2026-11-04 10:00+00';
-- Refused, and nothing is written: not what is wrong, not another offer for a moment that has one.
SELECT count(*) AS snapshots FROM dynasty_odds.odds_snapshots;
CREATE FUNCTION pg_temp.refused(odds text, e integer, b integer, at timestamptz DEFAULT '2026-11-05 10:00+00', raw jsonb DEFAULT NULL, run bigint DEFAULT NULL, scope text DEFAULT '') RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM dynasty_odds.record_snapshot(e, b, odds::jsonb, at, raw, run, scope);
    RETURN 'taken';
EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
SELECT pg_temp.refused(x.odds, :event, :book) FROM (VALUES
    ('[{"market": "h2h", "outcome": "home", "price": 0.99}]'), ('[{"market": "h2h", "outcome": "home", "price": "NaN"}]'), ('[{"market": "h2h", "outcome": "home", "price": "abc"}]'),
    ('[{"market": "h2h", "outcome": "home", "price": 1e6}]'), ('[{"market": "h2h", "outcome": "home"}]'), ('[{"market": "h2h", "outcome": "home", "price": 2, "period": 10}]'),
    ('[{"market": "h2h", "outcome": "home", "price": 2}, {"market": "h2h", "outcome": "home", "price": 2, "period": 0}]'), ('[{"market": "h2h", "outcome": "", "price": 2}]'),
    ('{}'), ('null'), (NULL), ('[1]'), (format('[{"market": "h2h", "outcome": "%s", "price": 2}]', repeat('o', 65))), (format('[{"market": "%s", "outcome": "o", "price": 2}]', repeat('m', 65)))) x (odds);
SELECT regexp_replace(pg_temp.refused('[]', :event, :book, '2026-11-01 10:00+00'), 'snapshot \d+', 'snapshot N');
SELECT pg_temp.refused('[]', -1, :book), pg_temp.refused('[]', :event, -1), pg_temp.refused('[]', NULL, :book), pg_temp.refused('[]', :event, NULL);
SELECT pg_temp.refused('[]', :event, :book, NULL), pg_temp.refused('[]', :event, :book, 'infinity'), pg_temp.refused('[]', :event, :book, '-infinity');
SELECT left(pg_temp.refused('[]', :event, :book, now() + '1 day 1 minute'), 60), pg_temp.refused('[]', :event, :book, now() + '23 hours');
SELECT pg_temp.refused('[]', :event, :book, scope => NULL), pg_temp.refused('[]', :event, :book, scope => repeat('s', 33)), pg_temp.refused('[]', :event, :book, run => -1);
SELECT pg_temp.refused('[]', :event, :book, raw => to_jsonb(repeat('x', 8388608))), pg_temp.refused('[]', :event, :full_book, raw => to_jsonb(repeat('x', 65536)));
SELECT count(*) AS snapshots FROM dynasty_odds.odds_snapshots;
SELECT check_name, ok FROM dynasty_ops.verify_integrity() WHERE NOT ok;
