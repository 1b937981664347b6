//! What arguments have to be. The order is that of the contract's table: NULL, how many, NaN and infinity, range.

use crate::error::OddsError;

/// How many outcomes a market has.
const OUTCOMES: std::ops::RangeInclusive<usize> = 2..=200;

/// The elements of an array of SQL; a NULL among them is 22004, named from 1.
pub fn without_nulls(argument: &str, elements: &[Option<f64>]) -> Result<Vec<f64>, OddsError> {
    let element = |(at, value): (usize, &Option<f64>)| {
        value.ok_or_else(|| OddsError::Null {
            argument: format!("{argument}[{}]", at + 1),
        })
    };
    elements.iter().enumerate().map(element).collect()
}

/// A number that is one: NaN and infinity are 22023.
pub(crate) fn finite(argument: &str, value: f64) -> Result<f64, OddsError> {
    if value.is_finite() {
        Ok(value)
    } else {
        Err(OddsError::invalid(argument, value, "a finite number"))
    }
}

/// A number for which `holds`: else 22003.
pub(crate) fn ranged(argument: &str, value: f64, holds: fn(f64) -> bool, wanted: &str) -> Result<f64, OddsError> {
    if holds(finite(argument, value)?) {
        Ok(value)
    } else {
        // As Debug prints it: 1e300 has not three hundred zeros.
        Err(OddsError::range(argument, format!("{value:?}"), wanted))
    }
}

/// A decimal price: above 1.
pub(crate) fn price(argument: &str, value: f64) -> Result<f64, OddsError> {
    ranged(argument, value, |v| v > 1.0, "above 1")
}

/// The prices of a market: 2 to 200 (else 22023), each above 1.
pub(crate) fn prices(argument: &str, values: &[f64]) -> Result<(), OddsError> {
    if !OUTCOMES.contains(&values.len()) {
        let found = format!("{} of them", values.len());
        return Err(OddsError::invalid(argument, found, "the prices of 2 to 200 outcomes"));
    }
    for (at, &value) in values.iter().enumerate() {
        if !(value.is_finite() && value > 1.0) {
            price(&format!("{argument}[{}]", at + 1), value)?;
        }
    }
    Ok(())
}

/// A probability: 0 to 1.
pub(crate) fn probability(argument: &str, value: f64) -> Result<f64, OddsError> {
    ranged(argument, value, |v| (0.0..=1.0).contains(&v), "0 to 1")
}

/// An amount of money staked: 0 or more.
pub(crate) fn stake(value: f64) -> Result<f64, OddsError> {
    ranged("stake", value, |v| v >= 0.0, "0 or more")
}

/// A result that a double can hold: finite arguments may still be too large together. Takes the sign from a zero.
pub(crate) fn result(value: f64) -> Result<f64, OddsError> {
    if value.is_finite() {
        Ok(value + 0.0)
    } else {
        Err(OddsError::range("the result", value, "a number that a double can hold"))
    }
}
