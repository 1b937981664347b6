//! Every function against values that were computed independently.
//!
//! They lie beside the real data (`DYNASTY_DATA`, default `../shared/data`): not part of this repository.

use dynasty_trading::*;
use rust_decimal::Decimal;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// How near a double has to be, in proportion to it where it is above 1. Decimals have to be equal, digit by digit.
const NEAR: f64 = 1e-12;

fn cases() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let data = std::env::var_os("DYNASTY_DATA").map_or_else(|| root.join("../shared/data"), PathBuf::from);
    let file = data.join("../expected/trading_maths.csv");
    if file.is_file() {
        return Some(file);
    }
    println!("SKIPPED: no expected values at {}", file.display());
    None
}

/// What a function gives.
enum Found {
    Text(String),
    Doubles(Vec<f64>),
}

/// The arguments of a call, by their number.
struct Arguments(Vec<Value>);

impl Arguments {
    fn text(&self, n: usize) -> &str {
        self.0[n].as_str().expect("a text")
    }
    fn decimal(&self, n: usize) -> Decimal {
        self.text(n).parse().expect("a decimal")
    }
    fn double(&self, n: usize) -> f64 {
        double(&self.0[n]).expect("a number")
    }
    fn array(&self, n: usize) -> Result<Vec<f64>, TradingError> {
        let elements: Vec<_> = self.0[n].as_array().expect("an array").iter().map(double).collect();
        without_nulls("equity", &elements)
    }
    /// Microseconds since 2000, of `2026-01-12T12:47:29+00:00`.
    fn instant(&self, n: usize) -> i64 {
        let text = self.text(n);
        assert!(text.ends_with("+00:00") && text.len() == 25, "{text}");
        let part = |from: usize, to: usize| text[from..to].parse::<i64>().expect("digits");
        let day = i64::from(dynasty_numbers::days::day_of_text(&text[..10]));
        (((day * 24 + part(11, 13)) * 60 + part(14, 16)) * 60 + part(17, 19)) * 1_000_000
    }
}

/// As text a double is read to its last bit, which the JSON reader does not promise.
fn double(value: &Value) -> Option<f64> {
    value.as_str().map_or_else(|| value.as_f64(), |text| text.parse().ok())
}

fn maybe(found: Option<f64>) -> Found {
    found.map_or(Found::Text(String::new()), |f| Found::Doubles(vec![f]))
}

fn call(function: &str, a: &Arguments) -> Result<Found, TradingError> {
    let exponent = || i32::try_from(a.0[3].as_i64().expect("an integer")).expect("an integer of SQL");
    Ok(match function {
        "position_pnl" => {
            let (action, mode) = (a.text(0).parse()?, a.text(5).parse()?);
            let pnl = position_pnl(action, a.decimal(1), a.decimal(2), a.decimal(3), a.decimal(4), mode)?;
            Found::Text(pnl.to_string())
        }
        "trade_fee" => Found::Text(trade_fee(a.decimal(0), a.decimal(1), a.decimal(2), exponent())?.to_string()),
        "market_conviction" => Found::Text(market_conviction(a.decimal(0), a.decimal(1))?.to_string()),
        "days_until_end" => Found::Text(days_until_end(a.instant(0), a.instant(1))?.to_string()),
        "max_drawdown" => Found::Doubles(vec![max_drawdown(&a.array(0)?)?]),
        "simple_returns" => Found::Doubles(simple_returns(&a.array(0)?)?),
        "sharpe" => maybe(sharpe(&a.array(0)?, a.double(1), a.double(2))?),
        "sortino" => maybe(sortino(&a.array(0)?, a.double(1), a.double(2))?),
        "parse_outcome_prices" => {
            let found = parse_outcome_prices(&a.0[0].to_string())?;
            Found::Text(found.map_or("|".into(), |p| format!("{}|{}", p.yes, p.no)))
        }
        "resolution_of" => {
            let found = resolution_of(&a.0[0].to_string())?;
            Found::Text(found.map_or("f||".into(), |r| format!("t|{}|{}", r.outcome, r.yes_payout)))
        }
        other => panic!("no function {other}"),
    })
}

/// How far off, in proportion to the expected value where it is above 1; infinite where it is of another kind.
fn distance(found: &Found, text: &str) -> f64 {
    match found {
        Found::Text(found) => {
            if found == text {
                0.0
            } else {
                f64::INFINITY
            }
        }
        Found::Doubles(found) => {
            let right: Value = serde_json::from_str(text).unwrap_or_default();
            let right = if right.is_number() {
                Value::String(text.into())
            } else {
                right
            };
            let right = right.as_array().cloned().unwrap_or_else(|| vec![right]);
            let right: Vec<f64> = right.iter().filter_map(double).collect();
            if found.len() != right.len() {
                return f64::INFINITY;
            }
            let off = |(a, b): (&f64, &f64)| (a - b).abs() / b.abs().max(1.0);
            found.iter().zip(&right).map(off).fold(0.0, f64::max)
        }
    }
}

#[test]
fn every_case() {
    let Some(file) = cases() else { return };
    let mut worst: BTreeMap<String, (usize, f64)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for record in csv::Reader::from_path(file).expect("a file").records() {
        let record = record.expect("a row");
        let (function, arguments, right, state) = (&record[0], &record[1], &record[2], &record[3]);
        let found = call(function, &Arguments(serde_json::from_str(arguments).expect("an array")));
        let off = match &found {
            Err(error) if error.sqlstate() == state => 0.0,
            Ok(value) if state.is_empty() => distance(value, right),
            _ => f64::INFINITY,
        };
        let (count, most) = worst.entry(function.into()).or_default();
        (*count, *most) = (*count + 1, most.max(off));
        if off > NEAR {
            let found = found.map(|f| match f {
                Found::Text(text) => text,
                Found::Doubles(values) => format!("{values:?}"),
            });
            wrong.push(format!(
                "{function}{arguments}: {found:?}, not {right} {state} ({off:e})"
            ));
        }
    }
    for (function, (count, most)) in &worst {
        println!("{function}: {count} cases, at most {most:.1e} off");
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(
        worst.len() >= 10 && worst.values().map(|w| w.0).sum::<usize>() >= 209,
        "cases are missing"
    );
}
