use super::*;
use proptest::prelude::*;
use serde_json::json;

#[test]
fn a_market_as_it_comes() {
    let text = json!({
        "id": "540561", "question": "Will it?", "conditionId": "0xab", "slug": "will-it", "endDate": "2026-02-08T12:00:00Z",
        "liquidity": "12345.678901234567890123456789", "volumeNum": 1.5, "volume24hr": 0, "outcomes": "[\"Yes\", \"No\"]",
        "outcomePrices": "[\"0.0065\", \"0.9935\"]", "active": true, "closed": false, "negRisk": true,
        "feesEnabled": true, "feeSchedule": {"rate": "0.05", "exponent": 2, "takerOnly": true}, "event_id": 77, "event_title": "Cup",
    })
    .to_string();
    let market = Market::read(&text, "markets[0]").unwrap();
    assert_eq!(
        (
            market.id.as_str(),
            market.question.as_deref(),
            market.end_date.as_deref()
        ),
        ("540561", Some("Will it?"), Some("2026-02-08T12:00:00Z"))
    );
    let shown = |n: &Option<Exact>| n.as_ref().map(ToString::to_string);
    assert_eq!(
        shown(&market.liquidity).as_deref(),
        Some("12345.678901234567890123456789")
    );
    assert_eq!(
        (shown(&market.volume).as_deref(), shown(&market.volume_24h).as_deref()),
        (Some("1.5"), Some("0"))
    );
    assert_eq!(
        market.prices.map(|p| p.conviction().to_string()).as_deref(),
        Some("0.987000")
    );
    assert_eq!(
        (market.active, market.closed, market.neg_risk),
        (Some(true), false, true)
    );
    assert_eq!(market.fees, FeeSchedule::new("0.05".parse().unwrap(), 2).ok());
    assert_eq!(market.event, [Some("77".into()), Some("Cup".into()), None]);
    assert_eq!(market.json, text);
}

#[test]
fn what_is_missing_is_null_and_what_is_wrong_has_its_key() {
    let placeholder = json!({"id": 5, "outcomePrices": null, "liquidity": null}).to_string();
    let market = Market::read(&placeholder, "m").unwrap();
    assert_eq!(
        (market.id.as_str(), market.prices, market.liquidity, market.fees),
        ("5", None, None, None)
    );
    let free = json!({"id": "5", "feesEnabled": false, "feeSchedule": null}).to_string();
    assert_eq!(Market::read(&free, "m").unwrap().fees, Some(FeeSchedule::FREE));
    for (document, state, key) in [
        (json!({}), "22P02", "m.id"),
        (json!({"id": " "}), "22P02", "m.id"),
        (json!({"id": "1", "volume": "many"}), "22P02", "m.volume"),
        (json!({"id": "1", "volume24hr": ""}), "22P02", "m.volume24hr"),
        (json!({"id": "1", "closed": 1}), "22P02", "m.closed"),
        (json!({"id": "1", "question": []}), "22P02", "m.question"),
        (json!({"id": "1", "outcomePrices": "x"}), "22P02", "m.outcomePrices"),
        (json!({"id": "1", "feeSchedule": []}), "22P02", "m.feeSchedule"),
        (
            json!({"id": "1", "feeSchedule": {"rate": 0.1, "exponent": 0.5}}),
            "22023",
            "m.feeSchedule.exponent",
        ),
        (json!({"id": "1", "feeSchedule": {"rate": -1}}), "22023", "rate"),
        (json!([]), "22P02", "m "),
    ] {
        let error = Market::read(&document.to_string(), "m").unwrap_err();
        assert_eq!(
            (error.sqlstate(), error.to_string().starts_with(key)),
            (state, true),
            "{document}: {error}"
        );
    }
}

#[test]
fn an_event_and_its_markets() {
    let text =
        json!({"id": "9", "title": "Cup", "liquidity": 10.25, "negRisk": true, "markets": [{"id": "1"}, {"id": "2"}]})
            .to_string();
    let event = Event::read(&text, "events[3]").unwrap();
    assert_eq!((event.id.as_str(), event.neg_risk, event.markets.len()), ("9", true, 2));
    assert_eq!(Market::read(event.markets[1], "m").unwrap().id, "2");
    let odd = json!({"id": "9", "markets": {}}).to_string();
    let error = Event::read(&odd, "events[3]").unwrap_err();
    assert_eq!(
        error.to_string(),
        "events[3].markets must be an array of markets, not an object"
    );
    assert_eq!(Event::read("nope", "e").unwrap_err().sqlstate(), "22P02");
}

/// Real documents, where they are: every one is read, and says no more than it should.
#[test]
fn real_documents() {
    let root = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let data = std::env::var_os("DYNASTY_DATA").map_or_else(|| root.join("../shared/data"), std::path::PathBuf::from);
    let mut read = 0;
    for file in ["trading/raw_events_superbowl.json", "trading/resolution_cases.json"] {
        let file = data.join("fixtures").join(file);
        let Ok(text) = std::fs::read_to_string(&file) else {
            println!("SKIPPED: no {}", file.display());
            continue;
        };
        let whole: serde_json::Value = serde_json::from_str(&text).unwrap();
        let elements = whole.as_array().cloned().unwrap_or_else(|| vec![whole]);
        for element in elements {
            let text = element.to_string();
            if element.get("markets").is_some() {
                let event = Event::read(&text, "event").unwrap();
                for market in &event.markets {
                    Market::read(market, "market").unwrap();
                    read += 1;
                }
            } else {
                Market::read(&text, "market").unwrap();
                read += 1;
            }
        }
    }
    println!("{read} documents");
}

proptest! {
    #[test]
    fn any_document_is_safe(text in "\\PC*", key in "id|volume|closed|outcomePrices|feeSchedule|markets", value in "\\PC*|[-\\[\\]{}\":0-9.,]*") {
        let built = format!("{{\"id\": \"1\", \"{key}\": {value}}}");
        let quoted = json!({"id": 1, key: value}).to_string();
        for text in [&text, &built, &quoted] {
            let _ = (Market::read(text, "m").is_ok(), Event::read(text, "e").is_ok());
        }
    }
}
