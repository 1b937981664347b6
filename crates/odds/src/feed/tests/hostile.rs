//! What no feed should send, and what comes of it: the element's code and place, and the rest.

use super::shapes::{book, event, market};
use super::*;
use proptest::prelude::*;
use serde_json::{Value, json};

const GOOD: &str = "e1 good h2h/0  home 1.800000";

/// A book with this outcome beside a good one; what the faults are.
fn beside_a_good_book(bad: Value) -> Vec<String> {
    let good = book(
        "good",
        json!([market("h2h", json!([{"name": "Home Town", "price": 1.8}]))]),
    );
    let payload = json!([event(json!([good, bad]))]).to_string();
    let mut all = lines(&payload, Source::TheOddsApi, Format::Auto);
    assert_eq!(all.remove(0), GOOD);
    all
}

#[test]
fn a_bad_outcome_costs_its_book() {
    let place = "$[0].bookmakers[1].markets[1].outcomes[1]";
    for (outcome, state, path) in [
        (json!({"name": "Away City", "price": 0.99}), "22023", ".price"),
        (json!({"name": "Away City", "price": "NaN"}), "22023", ".price"),
        (json!({"name": "Away City", "price": "abc"}), "22P02", ".price"),
        (json!({"name": "Away City", "price": null}), "22P02", ".price"),
        (json!({"name": "Away City", "price": [1.9]}), "22P02", ".price"),
        (json!({"name": "Away City", "price": true}), "22P02", ".price"),
        (json!({"name": "Away City", "price": "-50"}), "22023", ".price"),
        (json!({"name": "Away City", "price": 1e300}), "22023", ".price"),
        (json!({"name": "Away City", "price": -3}), "22023", ".price"),
        (json!({"name": "Away City"}), "22P02", ".price"),
        (json!({"name": "x".repeat(65), "price": 2}), "22001", ".name"),
        (
            json!({"name": "x", "description": "y".repeat(63), "price": 2}),
            "22001",
            ".name",
        ),
        (json!({"name": "", "price": 2}), "22P02", ".name"),
        (json!({"name": {}, "price": 2}), "22P02", ".name"),
        (json!({"price": 2}), "22P02", ".name"),
        (
            json!({"name": "Away City", "price": 2, "point": "pk"}),
            "22P02",
            ".point",
        ),
        (
            json!({"name": "Away City", "price": 2, "point": 1e9}),
            "22023",
            ".point",
        ),
        (json!({"name": "Home Town", "price": 1.8}), "23505", ""),
        (json!(7), "22P02", ""),
        (json!(null), "22P02", ""),
    ] {
        let markets = json!([
            market("totals", json!([])),
            market("h2h", json!([{"name": "Home Town", "price": 1.8}, outcome]))
        ]);
        let faults = beside_a_good_book(book("bad", markets));
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(
            faults[0].starts_with(&format!("{state} {place}{path} ")),
            "{outcome}: {faults:?}"
        );
    }
}

#[test]
fn a_book_that_is_none() {
    for (bad, start) in [
        (json!("x"), "22P02 $[0].bookmakers[1] "),
        (json!({"markets": []}), "22P02 $[0].bookmakers[1].key "),
        (json!({"key": "k".repeat(65)}), "22001 $[0].bookmakers[1].key "),
        (json!({"key": "k", "markets": {}}), "22P02 $[0].bookmakers[1].markets "),
        (
            json!({"key": "k", "markets": [1]}),
            "22P02 $[0].bookmakers[1].markets[0] ",
        ),
        (
            json!({"key": "k", "markets": [{"outcomes": []}]}),
            "22P02 $[0].bookmakers[1].markets[0].key ",
        ),
        (
            json!({"key": "k", "markets": [{"key": "m".repeat(65), "outcomes": []}]}),
            "22001 $[0].bookmakers[1].markets[0].key ",
        ),
        (
            json!({"key": "k", "markets": [{"key": "h2h", "outcomes": "x"}]}),
            "22P02 $[0].bookmakers[1].markets[0].outcomes ",
        ),
        (
            json!({"key": "k", "last_update": "soon", "markets": []}),
            "22P02 $[0].bookmakers[1].last_update ",
        ),
        (
            json!({"key": "k", "last_update": 1793527200000_i64, "markets": []}),
            "22023 $[0].bookmakers[1].last_update ",
        ),
    ] {
        let faults = beside_a_good_book(bad);
        assert!(faults.len() == 1 && faults[0].starts_with(start), "{faults:?}");
    }
}

#[test]
fn an_event_that_is_none_costs_itself() {
    let good = event(json!([book(
        "good",
        json!([market("h2h", json!([{"name": "Home Town", "price": 1.8}]))])
    )]));
    let without = |key: &str, value: Value| {
        let mut event = good.clone();
        event[key] = value;
        event
    };
    for (bad, start) in [
        (json!(1), "22P02 $[1] "),
        (without("id", Value::Null), "22P02 $[1].id "),
        (without("id", json!("i".repeat(129))), "22001 $[1].id "),
        (without("sport_key", json!(null)), "22P02 $[1].sport_key "),
        (without("sport_key", json!("s".repeat(65))), "22001 $[1].sport_key "),
        (
            without("commence_time", json!(null)),
            "22P02 $[1].commence_time must be a time, not missing",
        ),
        (without("commence_time", json!("tomorrow")), "22P02 $[1].commence_time "),
        (without("away_team", json!(" home  TOWN ")), "23514 $[1].away_team "),
        (without("away_team", json!("")), "22P02 $[1].away_team "),
        (without("bookmakers", json!("none")), "22P02 $[1].bookmakers "),
    ] {
        let mut all = lines(&json!([good, bad]).to_string(), Source::TheOddsApi, Format::Auto);
        assert_eq!(all.remove(0), GOOD);
        assert!(all.len() == 1 && all[0].starts_with(start), "{all:?}");
        let alone = refusal(&json!([bad]).to_string(), Source::TheOddsApi);
        assert!(alone.0 == "22P02" && alone.1.contains("$[0]"), "{alone:?}");
    }
}

#[test]
fn a_payload_that_is_none() {
    for source in [Source::TheOddsApi, Source::Sportradar, Source::Flat] {
        for payload in [
            "",
            "7",
            "\"x\"",
            "true",
            "{",
            "[1,",
            "{}",
            "[{}]",
            "[[]]",
            "{\"data\": 5}",
            r#"{"message": "Invalid markets", "error_code": "INVALID_MARKET"}"#,
        ] {
            assert_eq!(refusal(payload, source).0, "22P02", "{payload}");
        }
        assert_eq!(refusal("null", source).0, "22004");
        assert_eq!(refusal(&"[".repeat(200_000), source).0, "22P02");
        let nested = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
        assert_eq!(refusal(&nested, source).0, "22P02");
    }
}

#[test]
fn rows_that_are_none() {
    let good = json!({"event_ref": "e1", "sport": "s", "home": "Home Town", "away": "B", "kickoff": 1793556000, "bookmaker": "good", "market": "h2h",
        "outcome": "home", "price": 1.8});
    let with = |key: &str, value: Value| {
        let mut row = good.clone();
        row["bookmaker"] = json!("bad");
        row[key] = value;
        row
    };
    for (bad, start) in [
        (with("price", json!("x")), "22P02 $[1].price "),
        (with("price", json!(0.5)), "22023 $[1].price "),
        (with("price", json!(null)), "22P02 $[1].price "),
        (with("suspended", json!("perhaps")), "22P02 $[1].suspended "),
        (with("period", json!(10)), "22023 $[1].period "),
        (with("period", json!(0.5)), "22023 $[1].period "),
        (with("period", json!("x")), "22P02 $[1].period "),
        (with("market", json!("")), "22P02 $[1].market "),
        (with("line", json!("x")), "22P02 $[1].line "),
        (with("bookmaker", json!(null)), "22P02 $[1].bookmaker "),
        (with("event_id", json!("x")), "22P02 $[1].event_id "),
        (with("event_id", json!(3_000_000_000_u64)), "22P02 $[1].event_id "),
        (with("kickoff", json!("x")), "22P02 $[1].kickoff "),
        (with("last_update", json!("x")), "22P02 $[1].last_update "),
        (with("event_ref", json!(null)), "22P02 $[1].event_ref "),
        (
            json!({"event_ref": "e2", "bookmaker": "bad", "market": "h2h", "outcome": "home", "price": 2}),
            "22P02 $[1].sport ",
        ),
        (json!([]), "22P02 $[1] "),
    ] {
        let mut all = lines(&json!([good, bad]).to_string(), Source::Flat, Format::Auto);
        assert_eq!(all.remove(0), GOOD, "{bad}");
        assert!(all.len() == 1 && all[0].starts_with(start), "{all:?}");
    }
    let mut twice = good.clone();
    twice["line"] = Value::Null;
    let all = lines(&json!([good, twice]).to_string(), Source::Flat, Format::Auto);
    assert!(all[0].starts_with("23505 $[1] is the same outcome as $[0]"), "{all:?}");
    // Two events under one name are none.
    let mut other = good.clone();
    other["away"] = json!("C");
    assert_eq!(refusal(&json!([good, other]).to_string(), Source::Flat).0, "22P02");
    // A name of the market and a period that contradict.
    let mut half = with("period", json!(2));
    half["market"] = json!("h2h_h1");
    assert!(lines(&json!([good, half]).to_string(), Source::Flat, Format::Auto)[1].starts_with("22023 $[1].period "));
}

#[test]
fn the_form_of_prices_is_the_payloads() {
    let of = |prices: [Value; 2]| {
        let [one, other] = prices;
        let market = market(
            "h2h",
            json!([{"name": "Home Town", "price": one}, {"name": "Away City", "price": other}]),
        );
        json!([event(json!([book("b", json!([market]))]))]).to_string()
    };
    let plain = of([json!(101), json!(1.5)]);
    assert_eq!(
        lines(&plain, Source::TheOddsApi, Format::Auto)[1],
        "e1 b h2h/0  home 101.000000"
    );
    let american = of([json!(101), json!(-120)]);
    assert_eq!(
        lines(&american, Source::TheOddsApi, Format::Auto)[1],
        "e1 b h2h/0  home 2.010000"
    );
    for (one, other) in [(json!(1.5), json!(-120)), (json!(101), json!(250))] {
        assert_eq!(refusal(&of([one, other]), Source::TheOddsApi).0, "22023");
    }
    assert_eq!(
        lines(&of([json!(101), json!(250)]), Source::TheOddsApi, Format::American)[0],
        "e1 b h2h/0  away 3.500000"
    );
    assert!(
        lines(&plain, Source::TheOddsApi, Format::American)[0]
            .starts_with("22023 $[0].bookmakers[0].markets[0].outcomes[1].price ")
    );
    assert_eq!(Source::of("betfair").unwrap_err().sqlstate(), "22023");
    assert_eq!(Format::of("hongkong").unwrap_err().sqlstate(), "22023");
}

proptest! {
    #[test]
    fn any_text_is_safe(text in "\\PC*|[-0-9eE.\\\\\"\\[\\]{},:a-z_]*") {
        for source in [Source::TheOddsApi, Source::Sportradar, Source::Flat] {
            let _ = read(&text, source, Format::Auto);
            let _ = scores(&text, source);
        }
    }
}
