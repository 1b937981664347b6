//! Fuzzing of every reader of odds, as crates/prospects/tests/fuzz does of its own: seeds of each payload, broken in ways that a structure
//! allows, and each answer held to what it must be.

#[path = "../../../prospects/tests/fuzz/dice.rs"]
#[allow(dead_code)] // the other fuzzer draws more
mod dice;
#[path = "../../../prospects/tests/fuzz/harness.rs"]
mod harness;
#[path = "../../../prospects/tests/fuzz/mutate.rs"]
#[allow(dead_code)]
mod mutate;

use dynasty_odds::feed::{self, Format, Reading, Source};
use dynasty_odds::offer::{self, Entry};
use harness::fuzz;
use serde_json::{Value, json};

const SOURCES: [Source; 3] = [Source::TheOddsApi, Source::Sportradar, Source::Flat];
const FORMATS: [Format; 4] = [Format::Auto, Format::Decimal, Format::American, Format::Fractional];

/// A message says what is wrong without giving back what may be megabytes.
fn decent(message: &str) {
    assert!(
        !message.is_empty() && message.chars().count() < 2_000,
        "a message of {} characters",
        message.len()
    );
}

fn seeds() -> Vec<String> {
    let market =
        |key: &str, outcomes: Value| json!({"key": key, "last_update": "2026-11-01T10:00:00Z", "outcomes": outcomes});
    let event = json!({"id": "e1", "sport_key": "icehockey_nhl", "sport_title": "NHL", "commence_time": "2026-11-01T18:00:00Z", "home_team": "Home Town",
        "away_team": "Away City", "completed": true, "scores": [{"name": "Home Town", "score": "3"}, {"name": "Away City", "score": "2"}],
        "bookmakers": [{"key": "a", "title": "A", "last_update": "2026-11-01T10:00:00.5+02:00", "markets": [
            market("h2h", json!([{"name": "Home Town", "price": 1.8}, {"name": "Away City", "price": -110}, {"name": "Draw", "price": "+145"}])),
            market("alternate_spreads_h1", json!([{"name": "Home Town", "price": 1.9, "point": -1.5}, {"name": "Away City", "price": "6/4", "point": "1.5"}])),
            market("double_chance", json!([{"name": "Home Town or Draw", "price": 1.2}])),
            market("player_points", json!([{"name": "Over", "description": "A. Player", "price": 1.9, "point": 20.5}]))]}]});
    let radar = json!({"sport_event": {"id": "sr:match:1", "start_time": "2026-11-01T18:00:00Z", "competitors": [{"name": "H", "qualifier": "home"}, {"name": "A", "qualifier": "away"}],
        "sport_event_context": {"sport": {"id": "sr:sport:4", "name": "Ice Hockey"}, "category": {"name": "USA"}, "competition": {"name": "NHL"}, "season": {"year": "26/27"}}},
        "sport_event_status": {"status": "closed", "home_score": 3, "away_score": 2},
        "markets": [{"name": "3way", "books": [{"name": "Book", "removed": false, "outcomes": [{"type": "home", "odds_decimal": "2.450"}, {"type": "draw", "odds_american": "-145"},
            {"type": "away", "odds_fraction": "29/20"}]}]}, {"name": "spread", "books": [{"name": "Book", "outcomes": [{"type": "away", "odds": "1.9", "spread": "6.5"}]}]}]});
    let row = json!({"event_ref": "x", "sport": "s", "home": "H", "away": "A", "kickoff": 1793556000, "bookmaker": "b", "market": "totals_q1", "line": 2.25, "period": 3,
        "outcome": "over", "price": 1.9, "suspended": true, "last_update": 1793527200.25, "home_score": 1, "away_score": "0"});
    let own = json!({"event_id": 12, "bookmaker": "b", "market": "h2h", "outcome": "home", "price": "evens"});
    let offered =
        json!({"market": "h2h", "period": 0, "line": null, "outcome": "home", "price": 1.91, "suspended": false});
    let all = [
        json!([event, event]),
        event.clone(),
        json!({"timestamp": "2026-11-01T10:00:00Z", "data": [event]}),
        radar.clone(),
        json!([radar]),
        json!([row, row, own]),
        json!({"message": "x", "error_code": "Y"}),
        json!([offered, {"market": "totals", "line": "2.5", "outcome": "over", "price": "2"}]),
    ];
    all.iter().map(Value::to_string).collect()
}

/// What every reading holds to: prices that the tables can keep, names that fit, nothing twice, faults with their place and code.
fn sound(reading: &Reading) {
    let fits = |text: &str| !text.is_empty() && text.chars().count() <= 64;
    for book in reading.events.iter().flat_map(|event| &event.books) {
        assert!(fits(&book.key));
        let entries: Vec<&Entry> = book.quotes.iter().map(|quote| &quote.entry).collect();
        assert!(
            entries
                .iter()
                .all(|e| fits(&e.market) && fits(&e.outcome) && e.period <= 9)
        );
        assert!(
            entries
                .iter()
                .all(|e| (1_000_000..1_000_000_000_000).contains(&e.price))
        );
        assert!(
            entries
                .iter()
                .all(|e| e.line.is_none_or(|line| line.abs() < 100_000_000))
        );
        let place = |e: &Entry| (e.market.clone(), e.period, e.line, e.outcome.clone());
        assert!(entries.windows(2).all(|pair| place(pair[0]) < place(pair[1])));
        assert!(serde_json::from_str::<Value>(&book.raw).is_ok());
    }
    for fault in &reading.faults {
        decent(&fault.message);
        assert!(
            fault.path.starts_with('$') && ["22P02", "22023", "22001", "23505", "23514"].contains(&fault.sqlstate),
            "{fault:?}"
        );
        assert!(fault.event.is_none_or(|at| at < reading.events.len()));
    }
}

#[test]
fn payloads_of_odds() {
    let seeds = seeds();
    fuzz(
        "payloads_of_odds",
        |dice| mutate::near(&seeds, dice),
        |text| {
            for source in SOURCES {
                for format in FORMATS {
                    match feed::read(text, source, format) {
                        Ok(reading) => {
                            sound(&reading);
                            // Nothing depends on what was read before.
                            assert!(feed::read(text, source, format).is_ok_and(|again| again == reading));
                        }
                        Err(refused) => decent(&refused.error.to_string()),
                    }
                }
            }
        },
    );
}

#[test]
fn payloads_of_scores() {
    let seeds = seeds();
    fuzz(
        "payloads_of_scores",
        |dice| mutate::near(&seeds, dice),
        |text| {
            for source in SOURCES {
                match feed::scores(text, source) {
                    Ok(scores) => {
                        assert!(
                            scores
                                .games
                                .iter()
                                .filter_map(|game| game.score)
                                .all(|(home, away)| home >= 0 && away >= 0)
                        );
                        scores.faults.iter().for_each(|fault| decent(&fault.message));
                    }
                    Err(refused) => decent(&refused.error.to_string()),
                }
            }
        },
    );
}

#[test]
fn offers() {
    let seeds = seeds();
    fuzz(
        "offers",
        |dice| mutate::near(&seeds, dice),
        |text| match offer::entries(text) {
            Ok(entries) => {
                assert!(entries.iter().all(|e| e.price >= 1_000_000 && e.period <= 9));
                assert_eq!(offer::content_hash(text), Ok(offer::fingerprint(&entries)));
            }
            Err(error) => decent(&error.to_string()),
        },
    );
}
