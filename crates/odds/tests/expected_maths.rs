//! Every function against values that were computed independently, at 60 digits.
//!
//! They lie beside the real data (`DYNASTY_DATA`, default `../shared/data`): not part of this repository.

use dynasty_odds::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// How near a value has to be, in proportion to it where it is above 1.
const NEAR: f64 = 1e-12;

fn cases() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let data = std::env::var_os("DYNASTY_DATA").map_or_else(|| root.join("../shared/data"), PathBuf::from);
    let file = data.join("../expected/odds_maths.csv");
    if file.is_file() {
        return Some(file);
    }
    println!("SKIPPED: no expected values at {}", file.display());
    None
}

/// The arguments of a call, by their number.
struct Arguments(Vec<Value>);

impl Arguments {
    fn at(&self, n: usize) -> &Value {
        self.0.get(n).unwrap_or(&Value::Null)
    }
    fn double(&self, n: usize) -> f64 {
        double(self.at(n)).unwrap_or_else(|| panic!("argument {n} of {:?}", self.0))
    }
    fn double_or(&self, n: usize, default: f64) -> f64 {
        self.0.get(n).map_or(default, |_| self.double(n))
    }
    fn text_or<'a>(&'a self, n: usize, default: &'a str) -> &'a str {
        self.0.get(n).map_or(default, |v| v.as_str().expect("a text"))
    }
    fn array(&self, n: usize) -> Result<Vec<f64>, OddsError> {
        let elements: Vec<_> = self.at(n).as_array().expect("an array").iter().map(double).collect();
        without_nulls("odds", &elements)
    }
    fn decimal(&self, n: usize) -> Option<Decimal> {
        (!self.at(n).is_null()).then(|| self.at(n).to_string().parse().expect("a decimal"))
    }
}

fn double(value: &Value) -> Option<f64> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.parse().expect("a double")),
        other => Some(other.as_f64().expect("a number")),
    }
}

fn call(function: &str, a: &Arguments) -> Result<Value, OddsError> {
    let method = |n, default| a.text_or(n, default).parse::<Method>();
    Ok(match function {
        "american_to_decimal" => json!(american_to_decimal(a.decimal(0).expect("a number"))?.to_string()),
        "decimal_to_american" => json!(decimal_to_american(a.decimal(0).expect("a number"))?),
        "fractional_to_decimal" => json!(fractional_to_decimal(a.text_or(0, ""))?.to_string()),
        "implied_probability" => json!(implied_probability(a.double(0))?),
        "overround" => json!(overround(&a.array(0)?)?),
        "hold" => json!(hold(&a.array(0)?)?),
        "devig" => json!(devig(&a.array(0)?, method(1, "multiplicative")?, a.double_or(2, 1.0))?),
        "shin_z" => json!(shin_z(&a.array(0)?)?),
        "fair_odds" => json!(fair_odds(&a.array(0)?, method(1, "multiplicative")?)?),
        "expected_value" => json!(expected_value(a.double(0), a.double(1), a.double_or(2, 1.0))?),
        "kelly_fraction" => json!(kelly_fraction(a.double(0), a.double(1), a.double_or(2, 1.0))?),
        "clv" => json!(clv(a.double(0), a.double(1))?),
        "clv_fair" => {
            let outcome = i32::try_from(a.at(2).as_i64().expect("an integer")).expect("an integer of SQL");
            json!(clv_fair(a.double(0), &a.array(1)?, outcome, method(3, "power")?)?)
        }
        "arbitrage" => {
            let found = arbitrage(&a.array(0)?)?;
            json!([found.is_arbitrage, found.profit, found.stakes])
        }
        "effective_odds" => json!(effective_odds(a.double(0), a.double(1), a.text_or(2, "back").parse()?)?),
        "lay_stake" => json!(lay_stake(a.double(0), a.double(1), a.double(2), a.double_or(3, 0.0))?),
        "settle" => json!(settle(
            a.text_or(0, ""),
            a.text_or(1, ""),
            a.decimal(2),
            a.decimal(3),
            a.decimal(4)
        )?),
        "payout" => {
            let dead_heat = a
                .at(3)
                .as_i64()
                .map_or(1, |n| i32::try_from(n).expect("an integer of SQL"));
            json!(payout(a.double(0), a.double(1), a.double_or(2, 1.0), dead_heat)?)
        }
        "content_hash" => json!(content_hash(&a.at(0).to_string())?),
        other => panic!("no function {other}"),
    })
}

/// The greatest distance of two values that are of one form, in proportion to the expected one where it is above 1; infinite where they
/// are not.
fn distance(found: &Value, right: &Value) -> f64 {
    match (found, right) {
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            a.iter().zip(b).map(|(a, b)| distance(a, b)).fold(0.0, f64::max)
        }
        _ if found == right => 0.0,
        (Value::Number(a), Value::Number(b))
            if a.is_f64() && !(b.is_i64() && b.as_i64().is_some_and(|b| b.abs() > 1 << 53)) =>
        {
            let (a, b) = (a.as_f64().expect("a double"), b.as_f64().expect("a double"));
            (a - b).abs() / b.abs().max(1.0)
        }
        _ => f64::INFINITY,
    }
}

#[test]
fn every_case() {
    let Some(file) = cases() else { return };
    let mut worst: BTreeMap<String, (usize, f64)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for record in csv::Reader::from_path(file).expect("a file").records() {
        let record = record.expect("a row");
        let (function, arguments, right) = (&record[0], &record[1], &record[2]);
        let found = call(function, &Arguments(serde_json::from_str(arguments).expect("an array")));
        let is_state = right.len() == 5 && right.starts_with("22");
        let off = match &found {
            Err(error) if is_state && error.sqlstate() == right => 0.0,
            Ok(value) if !is_state => distance(value, &serde_json::from_str(right).expect("JSON")),
            _ => f64::INFINITY,
        };
        let (count, most) = worst.entry(function.into()).or_default();
        (*count, *most) = (*count + 1, most.max(off));
        if off > NEAR {
            wrong.push(format!("{function}{arguments}: {found:?}, not {right} ({off:e})"));
        }
    }
    for (function, (count, most)) in &worst {
        println!("{function}: {count} cases, at most {most:.1e} off");
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(
        worst.len() >= 19 && worst.values().map(|w| w.0).sum::<usize>() >= 649,
        "cases are missing"
    );
}
