use super::*;
use proptest::prelude::*;
use serde_json::{Value, json};

fn hash(odds: Value) -> Result<i64, OddsError> {
    content_hash(&odds.to_string())
}

fn home() -> Value {
    json!({"market": "h2h", "period": 0, "line": null, "outcome": "home", "price": 1.91})
}

fn with(key: &str, value: Value) -> Value {
    let mut entry = home();
    entry[key] = value;
    entry
}

#[test]
fn the_contracts_values() {
    let away = json!({"market": "h2h", "period": 0, "line": null, "outcome": "away", "price": 1.95});
    let over = json!({"market": "totals", "period": 0, "line": 2.5, "outcome": "over", "price": 1.87});
    let under = json!({"market": "totals", "period": 0, "line": 2.5, "outcome": "under", "price": 1.98});
    assert_eq!(hash(json!([])), Ok(-2039914840885289964));
    assert_eq!(hash(json!([home(), away])), Ok(-5270842898980122384));
    assert_eq!(hash(json!([away, home()])), Ok(-5270842898980122384));
    assert_eq!(
        hash(json!([with("suspended", json!(true)), away])),
        Ok(-4599044099665304389)
    );
    assert_eq!(hash(json!([under, home(), over, away])), Ok(-7670770288691071745));
}

#[test]
fn how_it_is_written_does_not_matter() {
    let right = hash(json!([home()]));
    for same in [
        r#"[{"price": 1.910000, "outcome": "home", "market": "h2h"}]"#,
        "\n[ { \"market\":\"\\u0068\\u0032h\",\"period\":0.0,\"line\":null,\"outcome\":\"home\",\"price\":191e-2 } ]\t",
        r#"[{"market":"h2h","period":"0","outcome":"home","price":"1.91","suspended":false,"selection":{"id":7}}]"#,
        r#"[{"market":"h2h","outcome":"home","price":1.9100000000000000000000000000000000000000000001}]"#,
    ] {
        assert_eq!(content_hash(same), right, "{same}");
    }
    assert_eq!(
        hash(json!([with("line", json!(-0.0))])),
        hash(json!([with("line", json!(0))]))
    );
    assert_ne!(hash(json!([with("line", json!(0))])), right);
}

#[test]
fn lines_are_canonical() {
    let line = |entry: Value| {
        let entries = entries(&json!([entry]).to_string()).unwrap();
        head(&entries[0])
    };
    assert_eq!(line(home()), "h2h|0||home");
    assert_eq!(line(with("line", json!(-0.25))), "h2h|0|-0.25|home");
    assert_eq!(line(with("outcome", json!("a|b\\c\nd"))), "h2h|0||a\\|b\\\\c\\nd");
}

#[test]
fn lines_are_sorted_as_numbers_and_none_is_first() {
    let of = |line: Value| with("line", line);
    let all = json!([of(json!(10)), of(json!(9)), of(json!(null)), of(json!(-0.25))]);
    let lines: Vec<_> = entries(&all.to_string()).unwrap().iter().map(|e| e.line).collect();
    assert_eq!(lines, [None, Some(-25), Some(900), Some(1000)]);
}

#[test]
fn a_suspended_outcome_may_lack_its_price() {
    let odds = json!([{"market": "h2h", "outcome": "home", "suspended": true}]);
    assert_eq!(entries(&odds.to_string()).unwrap()[0].price, 1_000_000);
    assert!(hash(json!([{"market": "h2h", "outcome": "home"}])).is_err());
}

#[test]
fn bad_input_is_refused_with_its_path() {
    for (entry, state, path) in [
        (with("price", json!(0.99)), "22023", "$[1].price"),
        (with("price", json!(-110)), "22023", "$[1].price"),
        (with("price", json!("NaN")), "22023", "$[1].price"),
        (with("price", json!("abc")), "22P02", "$[1].price"),
        (with("price", json!("+145")), "22P02", "$[1].price"),
        (with("price", json!(true)), "22P02", "$[1].price"),
        (with("price", json!(null)), "22P02", "$[1].price"),
        (with("price", json!(1_000_000)), "22023", "$[1].price"),
        (with("line", json!("x")), "22P02", "$[1].line"),
        (with("line", json!([1])), "22P02", "$[1].line"),
        (with("line", json!(1e300)), "22023", "$[1].line"),
        (with("period", json!(10)), "22023", "$[1].period"),
        (with("period", json!(-1)), "22023", "$[1].period"),
        (with("period", json!(0.5)), "22023", "$[1].period"),
        (with("market", json!(null)), "22P02", "$[1].market"),
        (with("market", json!(7)), "22P02", "$[1].market"),
        (with("outcome", json!("")), "22023", "$[1].outcome"),
        (with("suspended", json!("yes")), "22P02", "$[1].suspended"),
        (json!(null), "22P02", "$[1]"),
        (json!(["h2h"]), "22P02", "$[1]"),
    ] {
        let error = hash(json!([with("outcome", json!("other")), entry])).unwrap_err();
        let message = error.to_string();
        assert_eq!(error.sqlstate(), state, "{message}");
        assert!(message.starts_with(&format!("{path} ")), "{message}");
    }
    let price = hash(json!([with("price", json!("9".repeat(5000)))]))
        .unwrap_err()
        .to_string();
    assert!(price.len() < 150 && price.contains("999..."), "{price}");
    for (text, state) in [
        ("", "22P02"),
        ("{}", "22P02"),
        ("\"a\"", "22P02"),
        ("null", "22004"),
        ("[1", "22P02"),
        ("[] x", "22P02"),
    ] {
        assert_eq!(content_hash(text).unwrap_err().sqlstate(), state, "{text}");
    }
    assert_eq!(content_hash(&"[".repeat(100_000)).unwrap_err().sqlstate(), "22P02");
}

#[test]
fn an_outcome_stands_once_in_a_market() {
    for twin in [
        home(),
        with("price", json!(1.8)),
        with("suspended", json!(true)),
        with("line", json!(null)),
    ] {
        let error = hash(json!([with("line", json!(1)), home(), with("period", json!(1)), twin])).unwrap_err();
        assert_eq!(error.sqlstate(), "23505");
        assert_eq!(error.to_string(), "$[3] is the same outcome as $[1]: h2h|0||home");
    }
    // As the tables round them.
    let error = hash(json!([with("line", json!(2.5)), with("line", json!(2.501))])).unwrap_err();
    assert_eq!(error.sqlstate(), "23505");
}

fn offers() -> impl Strategy<Value = Vec<Value>> {
    let one = (
        "[a-c|\\\\\n]{1,3}",
        0..3u8,
        prop::option::of(-8i32..8),
        "[a-cé|]{1,2}",
        1_000_000i64..9_000_000,
        any::<bool>(),
    );
    prop::collection::vec(one, 0..20).prop_map(|all| {
        let mut seen = std::collections::HashSet::new();
        let object = |(market, period, line, outcome, price, suspended): (String, u8, Option<i32>, String, i64, bool)| {
            let line = line.map(|l| f64::from(l) / 4.0);
            json!({"market": market, "period": period, "line": line, "outcome": outcome, "price": price as f64 / 1e6, "suspended": suspended})
        };
        let new = |e: &(String, u8, Option<i32>, String, i64, bool)| seen.insert((e.0.clone(), e.1, e.2, e.3.clone()));
        all.into_iter().filter(new).map(object).collect()
    })
}

proptest! {
    #[test]
    fn the_order_does_not_matter(offer in offers(), seed in any::<prop::sample::Index>()) {
        let right = hash(Value::Array(offer.clone()));
        prop_assert!(right.is_ok());
        let mut other = offer.clone();
        other.reverse();
        prop_assert_eq!(&hash(Value::Array(other.clone())), &right);
        if !other.is_empty() {
            let at = seed.index(other.len());
            other.rotate_left(at);
            prop_assert_eq!(&hash(Value::Array(other.clone())), &right);
            // One price moved by the last digit is another offer.
            let moved = (other[0]["price"].as_f64().unwrap() * 1e6 + 1.0).round() / 1e6;
            other[0]["price"] = json!(moved);
            prop_assert_ne!(hash(Value::Array(other)), right);
        }
    }

    #[test]
    fn any_text_is_safe(text in "\\PC*|[-+0-9eE.\\\\\"\\[\\]{},:n]*") {
        let _ = content_hash(&text);
        let _ = content_hash(&format!("[{{\"market\":\"a\",\"outcome\":\"b\",\"price\":{text}}}]"));
        let _ = hash(json!([{"market": text, "outcome": text, "price": text, "line": text, "period": text}]));
    }
}
