-- What a payload says, without writing: each source's form, normal names, periods, home-side lines, prices in every form.
SELECT * FROM dynasty_odds.parse_odds('[{"id": "e1", "sport_key": "icehockey_nhl", "sport_title": "NHL", "commence_time": "2026-11-01T18:00:00Z", "home_team": "Home Town", "away_team": "Away City",
  "bookmakers": [{"key": "a", "title": "A", "last_update": "2026-11-01T10:00:00+02:00", "markets": [
    {"key": "h2h", "last_update": "2026-11-01T07:59:59.5Z", "outcomes": [{"name": "away CITY", "price": 2.10}, {"name": "Home Town", "price": 1.8000004}]},
    {"key": "h2h_3_way_p1", "outcomes": [{"name": "Home Town", "price": 2.5}, {"name": "Draw", "price": 4}, {"name": "Away City", "price": 2.7}]},
    {"key": "spreads", "outcomes": [{"name": "Home Town", "price": 1.9, "point": -1.5}, {"name": "Away City", "price": 1.95, "point": 1.5}]},
    {"key": "alternate_spreads_h1", "outcomes": [{"name": "Away City", "price": 1.5, "point": "+2.5"}]},
    {"key": "totals", "outcomes": [{"name": "OVER", "price": 1.9, "point": 5.5}, {"name": "Under", "price": 1.95, "point": 5.5}]},
    {"key": "double_chance", "outcomes": [{"name": "Away City or Draw", "price": 1.3}, {"name": "Home Town or Away City", "price": 1.2}]},
    {"key": "player_goals", "outcomes": [{"name": "Over", "description": "A. Player", "price": 3.1, "point": 0.5}]}]}]}]', 'the_odds_api');
-- A draw makes three of two, of lays too; an exchange's h2h_lay alone stays.
SELECT market, outcome, price FROM dynasty_odds.parse_odds('{"id": "e1", "sport_key": "s", "commence_time": 1793556000, "home_team": "H", "away_team": "A", "bookmakers": [
  {"key": "x", "markets": [{"key": "h2h", "outcomes": [{"name": "H", "price": 2}, {"name": "Draw", "price": 3}]}, {"key": "h2h_lay", "outcomes": [{"name": "H", "price": 2.1}, {"name": "draw", "price": 3.1}]}]},
  {"key": "y", "markets": [{"key": "h2h_lay", "outcomes": [{"name": "H", "price": 2.1}]}]}]}', 'the_odds_api');
SELECT * FROM dynasty_odds.parse_odds('{"sport_event": {"id": "sr:match:7", "scheduled": "2026-11-01T18:00:00+00:00", "competitors": [{"name": "Away City", "qualifier": "away"}, {"name": "Home Town", "qualifier": "home"}]},
  "markets": [{"name": "3way", "books": [{"name": "Bet-MGM (US)", "outcomes": [{"type": "home", "odds_decimal": "2.450"}, {"type": "draw", "odds_american": "145"}, {"type": "away", "odds_fraction": "29/20"}]},
                                         {"name": "Gone", "removed": true, "outcomes": [{"type": "home", "odds": "bad"}]}]},
              {"name": "spread", "books": [{"name": "Bet MGM US", "outcomes": [{"type": "home", "odds": "1.90", "spread": "-6.5"}, {"type": "away", "odds": "1.95", "spread": "6.5"}, {"type": "away", "odds": "", "removed": true}]}]},
              {"name": "total", "books": [{"name": "Bet MGM US", "outcomes": [{"type": "over", "odds": "+100", "total": "200.5"}]}]}]}', 'sportradar');
SELECT * FROM dynasty_odds.parse_odds('[{"event_ref": "x", "sport": "soccer_epl", "home": "A", "away": "B", "kickoff": "2026-11-01 18:00", "bookmaker": "pinnacle", "market": "handicap", "line": -0.25, "outcome": "b", "price": 1.869, "last_update": 1793527200.25},
  {"event_ref": "x", "bookmaker": "pinnacle", "market": "moneyline", "outcome": "A", "suspended": true}, {"event_ref": "x", "bookmaker": "pinnacle", "market": "moneyline", "outcome": "B", "suspended": true, "price": 3.5},
  {"event_id": 12, "bookmaker": "betfair", "market": "Correct Score", "period": 1, "outcome": "2 - 1", "price": "12/1"}]', 'flat');
-- The form of bare numbers is the payload's; what speaks for itself does so beside them.
CREATE FUNCTION pg_temp.prices(p text, f text DEFAULT 'auto') RETURNS TABLE (outcome text, price numeric) LANGUAGE sql AS $$
    SELECT outcome, price FROM dynasty_odds.parse_odds(jsonb_build_array(jsonb_build_object('id', 'e', 'sport_key', 's', 'commence_time', 1793556000, 'home_team', 'H', 'away_team', 'A', 'bookmakers',
        jsonb_build_array(jsonb_build_object('key', 'b', 'markets', jsonb_build_array(jsonb_build_object('key', 'outrights', 'outcomes',
            (SELECT jsonb_agg(jsonb_build_object('name', 'r' || o, 'price', x) ORDER BY o) FROM jsonb_array_elements(p::jsonb) WITH ORDINALITY p (x, o)))))))), 'the_odds_api', f) $$;
SELECT array_agg(price ORDER BY outcome) FROM pg_temp.prices('[101, 1.5, 1.0, 100]');
SELECT array_agg(price ORDER BY outcome) FROM pg_temp.prices('[101, -110, 100, -100, -100000]');
SELECT array_agg(price ORDER BY outcome) FROM pg_temp.prices('[101, 250, "+250", "-200", "6/1", "evens"]', 'american');
SELECT array_agg(price ORDER BY outcome) FROM pg_temp.prices('["+250", "-200", "6/1", "evens", "1.370"]');
SELECT array_agg(price ORDER BY outcome) FROM pg_temp.prices('["+250", "5/2"]', 'fractional');
\set VERBOSITY terse
SELECT * FROM pg_temp.prices('[101, 250]');
\echo :LAST_ERROR_SQLSTATE :LAST_ERROR_MESSAGE
SELECT * FROM pg_temp.prices('[1.5, -110]');
\echo :LAST_ERROR_SQLSTATE
SELECT * FROM pg_temp.prices('[1.0]');
\echo :LAST_ERROR_SQLSTATE
-- A book of which an element is at fault is left out whole.
SELECT count(*) FROM pg_temp.prices('[1.5, 0.99]');
SELECT count(*) FROM pg_temp.prices('[1.5, "abc"]');
SELECT count(*) FROM pg_temp.prices('[1.5]', 'american');
-- Every American price of the range comes back from its six decimals.
SELECT count(*), bool_and(dynasty_odds.decimal_to_american(p.price) = a.a) AS come_back
FROM generate_series(-10000, 10000, 7) a (a), LATERAL pg_temp.prices(format('["%s"]', to_char(a.a, 'FMS99999'))) p WHERE abs(a.a) > 100;
SELECT count(*) FROM dynasty_odds.parse_odds('[]', 'flat');
SELECT * FROM dynasty_odds.parse_odds(NULL, 'flat');
\echo :LAST_ERROR_SQLSTATE
SELECT * FROM dynasty_odds.parse_odds('null', 'flat');
\echo :LAST_ERROR_SQLSTATE
SELECT * FROM dynasty_odds.parse_odds('[]', NULL);
\echo :LAST_ERROR_SQLSTATE
SELECT * FROM dynasty_odds.parse_odds('[]', 'flat', NULL);
\echo :LAST_ERROR_SQLSTATE
SELECT * FROM dynasty_odds.parse_odds('[]', 'betfair');
\echo :LAST_ERROR_SQLSTATE
SELECT * FROM dynasty_odds.parse_odds('[]', 'flat', 'hongkong');
\echo :LAST_ERROR_SQLSTATE
SELECT * FROM dynasty_odds.parse_odds('{"message": "Invalid markets", "error_code": "INVALID_MARKET"}', 'the_odds_api');
\echo :LAST_ERROR_SQLSTATE
SELECT * FROM dynasty_odds.parse_odds('[{"id": "e"}, {}]', 'the_odds_api');
\echo :LAST_ERROR_SQLSTATE
