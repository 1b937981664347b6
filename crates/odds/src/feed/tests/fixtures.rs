//! The genuine payloads, where the machine has them (DYNASTY_DATA). The figures are plain Python's over the files.

use super::*;

fn file(name: &str) -> Option<String> {
    let text = std::env::var("DYNASTY_DATA")
        .ok()
        .and_then(|data| std::fs::read_to_string(format!("{data}/fixtures/odds/{name}")).ok());
    if text.is_none() {
        println!("SKIPPED: no file {name} (DYNASTY_DATA)");
    }
    text
}

/// Events, books, prices, faults.
fn counts(reading: &Reading) -> [usize; 4] {
    let books = || reading.events.iter().flat_map(|e| &e.books);
    [
        reading.events.len(),
        books().count(),
        books().map(|b| b.quotes.len()).sum(),
        reading.faults.len(),
    ]
}

#[test]
fn baseball_in_american_prices() {
    let Some(text) = file("the_odds_api_mlb_2022-09-18_american.json") else {
        return;
    };
    let reading = read(&text, Source::TheOddsApi, Format::Auto).unwrap();
    assert_eq!(counts(&reading), [25, 464, 2034, 0]);
    let prices = || reading.events.iter().flat_map(|e| &e.books).flat_map(|b| &b.quotes);
    let (least, most) = (
        prices().map(|q| q.entry.price).min(),
        prices().map(|q| q.entry.price).max(),
    );
    assert_eq!((least, most), (Some(1_001_000), Some(1_000_000_000)));
    // With the home side's line every spread holds two outcomes under one line.
    let spreads: Vec<_> = prices().filter(|q| q.entry.market == "spreads").collect();
    assert_eq!(spreads.len(), 2 * 295);
    for pair in spreads.chunks(2) {
        assert_eq!(pair[0].entry.line, pair[1].entry.line);
        assert_eq!(
            (pair[0].entry.outcome.as_str(), pair[1].entry.outcome.as_str()),
            ("away", "home")
        );
    }
}

#[test]
fn soccer_with_lays() {
    let Some(text) = file("the_odds_api_epl_h2h_lay_2026-10-05.json") else {
        return;
    };
    let reading = read(&text, Source::TheOddsApi, Format::Auto).unwrap();
    let markets: std::collections::BTreeMap<&str, usize> =
        reading.events[0]
            .books
            .iter()
            .flat_map(|b| &b.quotes)
            .fold(Default::default(), |mut n, q| {
                *n.entry(q.entry.market.as_str()).or_default() += 1;
                n
            });
    assert_eq!(markets.into_iter().collect::<Vec<_>>(), [("1x2", 66), ("1x2_lay", 6)]);
    assert_eq!(counts(&reading), [1, 22, 72, 0]);
}

#[test]
fn the_small_ones() {
    let Some(text) = file("the_odds_api_historical_envelope.json") else {
        return;
    };
    let reading = read(&text, Source::TheOddsApi, Format::Auto).unwrap();
    assert_eq!(
        (reading.captured_at, counts(&reading)),
        (Some(1_696_939_839_000_000), [1, 1, 2, 0])
    );
    let Some(text) = file("the_odds_api_error_body.json") else {
        return;
    };
    assert_eq!(refusal(&text, Source::TheOddsApi).0, "22P02");
    let Some(text) = file("the_odds_api_inplay_price_1.json") else {
        return;
    };
    let reading = read(&text, Source::TheOddsApi, Format::Auto).unwrap();
    assert_eq!(counts(&reading), [1, 2, 6, 0]);
    let home: Vec<_> = reading.events[0].books[0]
        .quotes
        .iter()
        .map(|q| (q.entry.outcome.as_str(), q.entry.price))
        .collect();
    assert_eq!(home, [("away", 36_000_000), ("draw", 36_000_000), ("home", 1_000_000)]);
    let Some(text) = file("the_odds_api_scores_wnba_2026-07-07.json") else {
        return;
    };
    let all = scores(&text, Source::TheOddsApi).unwrap();
    let seen: Vec<_> = all.games.iter().map(|g| (g.score, g.completed)).collect();
    assert_eq!(
        seen,
        [
            (Some((49, 62)), true),
            (Some((89, 90)), true),
            (Some((64, 82)), true),
            (None, false)
        ]
    );
}

/// Its books and outcomes under the envelope of the contract: 15 entries of 9 books, of which one is there once per country.
#[test]
fn basketball_of_sportradar() {
    let Some(text) = file("sportradar_nba_live_odds.json") else {
        return;
    };
    let games: serde_json::Value = serde_json::from_str(&text).unwrap();
    let markets = &games["games"][0]["markets"];
    let payload = serde_json::json!({"sport_event": {"id": "sr:match:52632103", "start_time": "2025-03-07T00:00:00Z",
        "competitors": [{"name": "Rockets", "qualifier": "home"}, {"name": "Pelicans", "qualifier": "away"}]}, "markets": markets});
    let reading = read(&payload.to_string(), Source::Sportradar, Format::Auto).unwrap();
    assert_eq!(counts(&reading), [1, 8, 26, 0]);
}
