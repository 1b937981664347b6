//! Payloads of each form, made here.

use super::*;
use serde_json::{Value, json};

pub(super) fn event(bookmakers: Value) -> Value {
    json!({"id": "e1", "sport_key": "icehockey_nhl", "sport_title": "NHL", "commence_time": "2026-11-01T18:00:00Z",
        "home_team": "Home Town", "away_team": "Away City", "bookmakers": bookmakers})
}

pub(super) fn book(key: &str, markets: Value) -> Value {
    json!({"key": key, "title": key.to_uppercase(), "last_update": "2026-11-01T10:00:00Z", "markets": markets})
}

pub(super) fn market(key: &str, outcomes: Value) -> Value {
    json!({"key": key, "outcomes": outcomes})
}

#[test]
fn the_odds_api() {
    let payload = json!([event(json!([
        book(
            "a",
            json!([
                market(
                    "h2h",
                    json!([{"name": "Away City", "price": 2.1}, {"name": "home  town", "price": 1.8}])
                ),
                market(
                    "spreads",
                    json!([{"name": "Home Town", "price": 1.9, "point": -1.5}, {"name": "Away City", "price": 1.95, "point": "+1.5"}])
                ),
                market(
                    "totals_p1",
                    json!([{"name": "Over", "price": 1.9, "point": 2.25}, {"name": "Under", "price": "1.95", "point": 2.25}])
                ),
                market(
                    "h2h_3_way",
                    json!([{"name": "Draw", "price": 4}, {"name": "Home Town", "price": 2.5}, {"name": "Away City", "price": 2.7}])
                ),
                market(
                    "player_goals",
                    json!([{"name": "Over", "price": 3.1, "point": 0.5, "description": "A. Player"}])
                ),
            ])
        ),
        book(
            "exchange",
            json!([
                market(
                    "h2h",
                    json!([{"name": "Draw", "price": 4}, {"name": "Home Town", "price": 2.5}, {"name": "Away City", "price": 2.7}])
                ),
                market(
                    "h2h_lay",
                    json!([{"name": "draw", "price": 4.1}, {"name": "Home Town", "price": 2.6}, {"name": "Away City", "price": 2.8}])
                ),
                market(
                    "alternate_spreads_h1",
                    json!([{"name": "Away City", "price": 1.5, "point": 2.5}, {"name": "Away City", "price": 3, "point": -2.5}])
                ),
            ])
        ),
        book("empty", json!([])),
    ]))]);
    let reading = read(&payload.to_string(), Source::TheOddsApi, Format::Auto).unwrap();
    assert_eq!(reading.events[0].books.len(), 3);
    assert_eq!(reading.events[0].books[0].updated_at, Some(1_793_527_200_000_000));
    assert_eq!(
        lines(&payload.to_string(), Source::TheOddsApi, Format::Auto),
        [
            "e1 a 1x2/0  away 2.700000",
            "e1 a 1x2/0  draw 4.000000",
            "e1 a 1x2/0  home 2.500000",
            "e1 a h2h/0  away 2.100000",
            "e1 a h2h/0  home 1.800000",
            "e1 a player_goals/0 0.50 A. Player:over 3.100000",
            "e1 a spreads/0 -1.50 away 1.950000",
            "e1 a spreads/0 -1.50 home 1.900000",
            "e1 a totals/3 2.25 over 1.900000",
            "e1 a totals/3 2.25 under 1.950000",
            "e1 exchange 1x2/0  away 2.700000",
            "e1 exchange 1x2/0  draw 4.000000",
            "e1 exchange 1x2/0  home 2.500000",
            "e1 exchange 1x2_lay/0  away 2.800000",
            "e1 exchange 1x2_lay/0  draw 4.100000",
            "e1 exchange 1x2_lay/0  home 2.600000",
            "e1 exchange alternate_spreads/1 -2.50 away 1.500000",
            "e1 exchange alternate_spreads/1 2.50 away 3.000000",
        ]
    );
}

#[test]
fn the_envelope_and_a_lone_event() {
    let envelope = json!({"timestamp": "2026-10-31T12:00:00Z", "data": [event(json!([]))]}).to_string();
    let reading = read(&envelope, Source::TheOddsApi, Format::Auto).unwrap();
    assert_eq!(
        (reading.captured_at, reading.events.len()),
        (Some(1_793_448_000_000_000), 1)
    );
    let envelope = json!({"timestamp": null, "data": event(json!([]))}).to_string();
    let reading = read(&envelope, Source::TheOddsApi, Format::Auto).unwrap();
    assert_eq!((reading.captured_at, reading.events[0].path.as_str()), (None, "$.data"));
    let reading = read(&event(json!([])).to_string(), Source::TheOddsApi, Format::Auto).unwrap();
    assert_eq!((reading.captured_at, reading.events[0].path.as_str()), (None, "$"));
    assert_eq!(read("[]", Source::TheOddsApi, Format::Auto), Ok(Reading::default()));
    let bad = json!({"timestamp": "yesterday", "data": []}).to_string();
    assert_eq!(refusal(&bad, Source::TheOddsApi).0, "22P02");
}

#[test]
fn sportradar() {
    let priced = |kind: &str, more: Value| {
        let mut outcome = json!({"type": kind});
        outcome
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        outcome
    };
    let payload = json!({
        "sport_event": {"id": "sr:match:7", "scheduled": "2026-11-01T18:00:00+00:00",
            "sport_event_context": {"sport": {"id": "sr:sport:4", "name": "Ice Hockey"}, "category": {"name": "USA"}, "competition": {"id": "sr:competition:234", "name": "NHL"}},
            "competitors": [{"name": "Away City", "qualifier": "away"}, {"name": "Home Town", "qualifier": "home"}]},
        "markets": [
            {"id": "1", "name": "3way", "books": [
                {"id": "sr:book:1", "name": "Bet-MGM (US)", "outcomes": [priced("home", json!({"odds_decimal": "2.450"})), priced("draw", json!({"odds_american": "+145"})), priced("away", json!({"odds_fraction": "6/1"}))]},
                {"id": "sr:book:2", "name": "Gone", "removed": true, "outcomes": []},
                {"id": "sr:book:1", "name": "BetMGM US", "outcomes": [priced("home", json!({"odds_decimal": "2.450"}))]}]},
            {"id": "4", "name": "spread", "books": [
                {"id": "sr:book:1", "name": "Bet MGM US", "outcomes": [priced("home", json!({"odds": "1.90", "spread": "-6.5"})), priced("away", json!({"odds": "1.95", "spread": "6.5"})),
                    priced("away", json!({"odds": "nonsense", "spread": "1", "removed": true}))]}]},
            {"id": "3", "name": "total", "books": [{"name": "Other", "outcomes": [priced("over", json!({"odds": "1.85", "total": 200.5}))]}]}]
    });
    assert_eq!(
        lines(&payload.to_string(), Source::Sportradar, Format::Auto),
        [
            "sr:match:7 betmgmus 1x2/0  away 7.000000",
            "sr:match:7 betmgmus 1x2/0  draw 2.450000",
            "sr:match:7 betmgmus 1x2/0  home 2.450000",
            "sr:match:7 betmgmus spreads/0 -6.50 away 1.950000",
            "sr:match:7 betmgmus spreads/0 -6.50 home 1.900000",
            "sr:match:7 other totals/0 200.50 over 1.850000",
        ]
    );
    let reading = read(&payload.to_string(), Source::Sportradar, Format::Auto).unwrap();
    let header = reading.events[0].header.clone().unwrap();
    assert_eq!(header.sport.unwrap().key, "icehockey");
    let tournament = header.tournament.unwrap();
    assert_eq!(
        (tournament.name.as_str(), tournament.country.as_deref()),
        ("NHL", Some("USA"))
    );
    assert_eq!(header.teams, Some(("Home Town".into(), "Away City".into())));
    // What stands twice with two prices contradicts itself.
    let twice = payload
        .to_string()
        .replacen(r#""odds_decimal":"2.450""#, r#""odds_decimal":"2.460""#, 1);
    let all = lines(&twice, Source::Sportradar, Format::Auto);
    assert_eq!(all.len(), 2, "{all:?}");
    assert!(
        all[1].starts_with(
            "23505 $.markets[0].books[2].outcomes[0] is the same outcome as $.markets[0].books[0].outcomes[0]"
        ),
        "{all:?}"
    );
}

#[test]
fn flat() {
    let row = |more: Value| {
        let mut row =
            json!({"event_ref": "x", "bookmaker": "pinnacle", "market": "h2h", "outcome": "home", "price": 1.9});
        row.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        row
    };
    let payload = json!([
        row(json!({"market": "spreads", "line": -0.25, "outcome": "away"})),
        row(json!({"sport": "soccer_epl", "home": "A", "away": "B", "kickoff": 1793556000, "last_update": 1793527200})),
        row(json!({"outcome": "b", "suspended": true, "price": null})),
        row(json!({"outcome": "Draw", "market": "moneyline", "period": 1, "price": "6/1"})),
        row(json!({"outcome": "home", "market": "moneyline_h1", "price": "+145"})),
        row(json!({"event_id": 12, "event_ref": null, "price": 101})),
    ]);
    assert_eq!(
        lines(&payload.to_string(), Source::Flat, Format::Auto),
        [
            "x pinnacle 1x2/1  draw 7.000000",
            "x pinnacle 1x2/1  home 2.450000",
            "x pinnacle h2h/0  away 1.000000 s",
            "x pinnacle h2h/0  home 1.900000",
            "x pinnacle spreads/0 -0.25 away 1.900000",
            "12 pinnacle h2h/0  home 101.000000",
        ]
    );
    let reading = read(&payload.to_string(), Source::Flat, Format::Auto).unwrap();
    assert_eq!(
        (reading.events[1].id, reading.events[0].books[0].updated_at),
        (Some(12), Some(1_793_527_200_000_000))
    );
    let raw: Value = serde_json::from_str(&reading.events[0].books[0].raw).unwrap();
    assert_eq!(raw.as_array().map(Vec::len), Some(5));
}

#[test]
fn scores_of_each_source() {
    let mut game = event(json!([]));
    game["scores"] = json!([{"name": "away city", "score": "62"}, {"name": "Home Town", "score": 49}]);
    game["completed"] = json!(true);
    let mut waiting = event(json!([]));
    waiting["scores"] = Value::Null;
    let mut odd = game.clone();
    odd["scores"][0]["score"] = json!("6x");
    let all = scores(&json!([game, waiting, odd]).to_string(), Source::TheOddsApi).unwrap();
    let seen: Vec<_> = all.games.iter().map(|g| (g.score, g.completed)).collect();
    assert_eq!(seen, [(Some((49, 62)), true), (None, false)]);
    assert_eq!(
        (all.faults[0].sqlstate, all.faults[0].path.as_str()),
        ("22P02", "$[2].scores[0].score")
    );
    let radar = json!({"sport_event": {"id": "sr:match:1", "start_time": "2026-11-01T18:00:00Z"}, "sport_event_status": {"status": "closed", "home_score": 2, "away_score": 1}});
    let all = scores(&radar.to_string(), Source::Sportradar).unwrap();
    assert_eq!((all.games[0].score, all.games[0].completed), (Some((2, 1)), true));
    let rows = json!([{"event_id": 3, "home_score": 0, "away_score": 0, "completed": false}, {"event_id": 3, "home_score": -1, "away_score": 0}, {"event_id": 3, "home_score": 1}]);
    let all = scores(&rows.to_string(), Source::Flat).unwrap();
    assert_eq!(
        (all.games.len(), all.games[0].id, all.games[0].score),
        (1, Some(3), Some((0, 0)))
    );
    let codes: Vec<_> = all.faults.iter().map(|f| (f.sqlstate, f.path.as_str())).collect();
    assert_eq!(codes, [("22023", "$[1].home_score"), ("22P02", "$[2].away_score")]);
}
