-- For tests of the readers: a board, filled by plain INSERTs as the contract says that snapshots are stored. put() is a book's offer at a time:
-- 'h2h home 1.91, h2h away 1.95, totals 2.5 over 1.87 s, h2h@1 home 2.1' (period after @, line before the outcome, s = suspended); NULL = the
-- same as the newest before it; '' = nothing.
SET client_min_messages = warning;
SET timezone = 'UTC';
INSERT INTO dynasty_odds.sports (id, key, name) VALUES (1, 'test', 'Test');
INSERT INTO dynasty_odds.tournaments (id, sport_id, name) VALUES (1, 1, 'Cup');
INSERT INTO dynasty_odds.bookmakers (id, key, name, commission) VALUES (1, 'alpha', 'Alpha', 0), (2, 'bravo', 'Bravo', 0), (3, 'charlie', 'Charlie', 0), (4, 'exchange', 'Exchange', 0.05);
INSERT INTO dynasty_odds.market_kinds (id, key, name, outcomes, has_line) VALUES (101, 'winner_of_cup', 'Winner', '{}', false), (102, 'alternate_totals', 'Totals', '{}', true);
SELECT setval('dynasty_odds.odds_snapshots_id_seq', 1, false);
CREATE FUNCTION event(event int, kickoff timestamptz, status text DEFAULT 'scheduled') RETURNS void LANGUAGE sql AS $$
    INSERT INTO dynasty_odds.events (id, tournament_id, name, kickoff, status) VALUES (event, 1, 'E' || event, kickoff, status)
$$;
CREATE FUNCTION put(event int, book int, at timestamptz, offer text, p_scope text DEFAULT '') RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    before_id bigint;
    before_at timestamptz;
    snapshot bigint;
BEGIN
    IF offer IS NULL THEN
        SELECT coalesce(s.same_as_id, s.id), coalesce(s.same_as_captured_at, s.captured_at) INTO STRICT before_id, before_at
        FROM dynasty_odds.odds_snapshots s WHERE s.event_id = event AND s.bookmaker_id = book AND s.scope = p_scope AND s.captured_at < at ORDER BY s.captured_at DESC LIMIT 1;
    END IF;
    INSERT INTO dynasty_odds.odds_snapshots (event_id, bookmaker_id, captured_at, scope, is_unchanged, same_as_id, same_as_captured_at)
    VALUES (event, book, at, p_scope, offer IS NULL, before_id, before_at) RETURNING id INTO snapshot;
    INSERT INTO dynasty_odds.market_odds (snapshot_id, captured_at, event_id, bookmaker_id, market_kind_id, period, line, outcome, price, is_suspended)
    SELECT snapshot, at, event, book, k.id, coalesce(m[2], '0')::smallint, m[3]::numeric, m[4], m[5]::numeric, m[6] IS NOT NULL
    FROM regexp_split_to_table(offer, ', ') WITH ORDINALITY AS item (text, place)
    CROSS JOIN LATERAL regexp_match(item.text, '^([^ @]+)(?:@(\d))? (?:(-?[\d.]+) )?(\S+) ([\d.]+)( s)?$') m
    JOIN dynasty_odds.market_kinds k ON k.key = m[1]
    ORDER BY item.place;
    ASSERT (SELECT count(*) FROM regexp_split_to_table(offer, ', ') o WHERE o <> '') = (SELECT count(*) FROM dynasty_odds.market_odds m WHERE m.snapshot_id = snapshot);
END
$$;
-- Every observation, one by one: what movement and bars are to be told from.
CREATE VIEW observed AS
SELECT o.* FROM (
    SELECT DISTINCT ON (s.event_id, s.bookmaker_id, k.key, m.period, m.line, m.outcome, s.captured_at)
           s.event_id, s.bookmaker_id, k.key AS market, m.period, m.line, m.outcome, s.captured_at, m.price, m.is_suspended
    FROM dynasty_odds.odds_snapshots s
    JOIN dynasty_odds.market_odds m ON m.snapshot_id = coalesce(s.same_as_id, s.id) AND m.captured_at = coalesce(s.same_as_captured_at, s.captured_at)
    JOIN dynasty_odds.market_kinds k ON k.id = m.market_kind_id
    ORDER BY s.event_id, s.bookmaker_id, k.key, m.period, m.line, m.outcome, s.captured_at, s.id DESC) o
WHERE NOT o.is_suspended;
