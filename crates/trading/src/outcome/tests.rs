use super::*;
use proptest::prelude::*;
use serde_json::json;

fn read(v: serde_json::Value) -> Result<Option<(String, String)>, &'static str> {
    let found = parse_outcome_prices(&v.to_string()).map_err(|e| e.sqlstate())?;
    Ok(found.map(|p| (p.yes.to_string(), p.no.to_string())))
}

fn ends(v: serde_json::Value) -> Result<Option<String>, &'static str> {
    Ok(resolution_of(&v.to_string())
        .map_err(|e| e.sqlstate())?
        .map(|r| r.to_string()))
}

#[test]
fn prices_in_three_ways() {
    let right = Ok(Some(("0.65".to_string(), "0.35".to_string())));
    assert_eq!(read(json!(["0.65", "0.35"])), right);
    assert_eq!(read(json!([0.65, 0.35])), right);
    assert_eq!(read(json!("[\"0.65\", \"0.35\"]")), right);
    assert_eq!(read(json!("[0.65, 0.35]")), right);
    let long = "[0.5843311669077693146635445446077281, \"0.4156688330922306853364554553922719\"]";
    let found = parse_outcome_prices(long).unwrap().unwrap();
    assert_eq!(found.yes.to_string(), "0.5843311669077693146635445446077281");
    assert_eq!(found.conviction().to_string(), "0.168662");
}

#[test]
fn what_has_no_prices() {
    for nothing in [
        json!([]),
        json!(null),
        json!(["0.2", "0.3", "0.5"]),
        json!(["1"]),
        json!([null, "1"]),
        json!("[]"),
        json!("null"),
    ] {
        assert_eq!(read(nothing.clone()), Ok(None), "{nothing}");
    }
    for odd in [
        json!("x"),
        json!(""),
        json!(["a", "b"]),
        json!({"a": 1}),
        json!(1),
        json!(true),
        json!(["0.5", ""]),
        json!([[1], [0]]),
        json!("\"[1,0]\""),
        json!(["NaN", "1"]),
        json!("[1, 0"),
    ] {
        assert_eq!(read(odd.clone()), Err("22P02"), "{odd}");
    }
    assert_eq!(read(json!(["1e1001", "1"])), Err("22003"));
    assert_eq!(parse_outcome_prices("nope").unwrap_err().sqlstate(), "22P02");
    assert!(parse_outcome_prices(&("[".repeat(100_000) + &"]".repeat(100_000))).is_ok_and(|p| p.is_none()));
}

#[test]
fn convictions() {
    let of = |yes: &str, no: &str| {
        market_conviction(yes.parse().unwrap(), no.parse().unwrap())
            .map(|c| c.to_string())
            .map_err(|e| e.sqlstate())
    };
    assert_eq!(of(".65", ".35"), Ok("0.300000".into()));
    assert_eq!(of(".5", ".5"), Ok("0.000000".into()));
    assert_eq!(of(".0065", ".9935"), Ok("0.987000".into()));
    assert_eq!(of(".0000005", "0"), Ok("0.000001".into()));
    assert_eq!((of("1.2", "0"), of("0", "-.1")), (Err("22003"), Err("22003")));
}

/// Kinds of endings that markets really had.
#[test]
fn final_or_not() {
    let market = |yes: &str, no: &str, closed: bool, status: serde_json::Value| {
        let mut document = json!({"closed": closed, "outcomePrices": format!("[\"{yes}\", \"{no}\"]")});
        if status != json!("absent") {
            document["umaResolutionStatus"] = status;
        }
        document
    };
    let (absent, resolved) = (json!("absent"), json!("resolved"));
    for (document, right) in [
        (market("1", "0", true, resolved.clone()), Some("yes at 1")),
        (market("0", "1", true, resolved.clone()), Some("no at 0")),
        (market("0.5", "0.50", true, resolved.clone()), Some("half at 0.5")),
        (market("0.25", "0.75", true, resolved.clone()), Some("split at 0.25")),
        (market("1.0", "0.0", true, absent.clone()), Some("yes at 1")),
        (
            market(
                "0.5843311669077693146635445446077281",
                "0.4156688330922306853364554553922719",
                true,
                absent.clone(),
            ),
            None,
        ),
        (market("0.5", "0.5", true, absent.clone()), None),
        (market("0", "0", true, absent), None),
        (market("0", "0", true, resolved.clone()), None),
        (market("1.5", "-0.5", true, resolved.clone()), None),
        (market("1", "0", false, resolved), None),
        (market("0.5", "0.5", false, json!("proposed")), None),
        (market("1", "0", true, json!("disputed")), None),
        // The key is there: null is not absence.
        (market("1", "0", true, json!(null)), None),
        (json!({"closed": true, "umaResolutionStatus": "resolved"}), None),
        (json!({}), None),
    ] {
        assert_eq!(ends(document.clone()), Ok(right.map(String::from)), "{document}");
    }
    for odd in [
        json!([]),
        json!("x"),
        json!({"closed": "yes"}),
        json!({"outcomePrices": "x"}),
        json!(null),
    ] {
        assert_eq!(ends(odd.clone()), Err("22P02"), "{odd}");
    }
}

#[test]
fn payouts() {
    let d = |text: &str| text.parse::<Decimal>().unwrap();
    let of = |word: &str, payout: Option<&str>| {
        Outcome::new(word, payout.map(d))
            .map(|o| (o.payout(true), o.payout(false)))
            .map_err(|e| e.sqlstate())
    };
    assert_eq!(of("yes", None), Ok((Some(Decimal::ONE), Some(Decimal::ZERO))));
    assert_eq!(of("no", None), Ok((Some(Decimal::ZERO), Some(Decimal::ONE))));
    assert_eq!(of("half", None), Ok((Some(d("0.5")), Some(d("0.5")))));
    assert_eq!(of("half", Some("0.50")).map(|p| p.0), Ok(Some(d("0.5"))));
    assert_eq!(of("split", Some("0.3")), Ok((Some(d("0.3")), Some(d("0.7")))));
    assert_eq!(of("void", None), Ok((None, None)));
    for (word, payout) in [
        ("maybe", None),
        ("", None),
        ("split", None),
        ("split", Some("1.1")),
        ("split", Some("-0.1")),
        ("yes", Some("0.9")),
        ("void", Some("0")),
    ] {
        assert_eq!(of(word, payout), Err("22023"), "{word} {payout:?}");
    }
    for word in ["yes", "no", "half", "void"] {
        assert_eq!(Outcome::new(word, None).unwrap().word(), word);
    }
}

proptest! {
    /// Whatever a document holds.
    #[test]
    fn any_document_is_safe(text in "\\PC*", key in "closed|outcomePrices|umaResolutionStatus", value in "\\PC*|[-\\[\\]\"0-9.,]*") {
        let _ = (parse_outcome_prices(&text), resolution_of(&text), parse_outcome_prices(&value));
        let _ = resolution_of(&format!("{{\"{key}\": {value}}}"));
        let _ = resolution_of(&json!({key: value}).to_string());
    }

    #[test]
    fn a_final_payout_is_a_price(yes in 0u32..=10_000, other in 0u32..=10_000) {
        let document = |no: u32| json!({"closed": true, "umaResolutionStatus": "resolved", "outcomePrices": [f64::from(yes) / 1e4, format!("{}.{:04}", no / 10_000, no % 10_000)]}).to_string();
        let found = resolution_of(&document(10_000 - yes)).unwrap().unwrap();
        prop_assert_eq!(&found.yes_payout, &Exact::new(yes, 4));
        prop_assert_eq!(found.outcome, match yes { 10_000 => "yes", 0 => "no", 5_000 => "half", _ => "split" });
        prop_assert_eq!(resolution_of(&document(other)).unwrap().is_some(), other == 10_000 - yes);
    }
}
