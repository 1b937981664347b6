//! What arguments have to be. The order: NULL, how many, NaN and infinity, range.

use crate::error::TradingError;
use rust_decimal::{Decimal, RoundingStrategy};

/// Below this in magnitude is what `numeric(15,2)` holds.
const MONEY_LIMIT: i64 = 10_000_000_000_000;

/// The elements of an array of SQL; a NULL among them is 22004, named from 1.
pub fn without_nulls(argument: &str, elements: &[Option<f64>]) -> Result<Vec<f64>, TradingError> {
    let element = |(at, value): (usize, &Option<f64>)| {
        value.ok_or_else(|| TradingError::Null {
            argument: format!("{argument}[{}]", at + 1),
        })
    };
    elements.iter().enumerate().map(element).collect()
}

/// A number that is one: NaN and infinity are 22023.
pub(crate) fn finite(argument: &str, value: f64) -> Result<f64, TradingError> {
    if value.is_finite() {
        Ok(value)
    } else {
        Err(TradingError::invalid(argument, value, "a finite number"))
    }
}

/// An array of numbers that are: NaN and infinity are 22023, named from 1.
pub(crate) fn all_finite(argument: &str, values: &[f64]) -> Result<(), TradingError> {
    match values.iter().position(|v| !v.is_finite()) {
        Some(at) => finite(&format!("{argument}[{}]", at + 1), values[at]).map(|_| ()),
        None => Ok(()),
    }
}

/// A result that a double can hold: finite arguments may still be too large together. Takes the sign from a zero.
pub(crate) fn result(value: f64) -> Result<f64, TradingError> {
    if value.is_finite() {
        Ok(value + 0.0)
    } else {
        Err(TradingError::range(
            "the result",
            value,
            "a number that a double can hold",
        ))
    }
}

/// A price of one side: a probability of 0 to 1 (else 22003).
pub(crate) fn price(argument: &str, value: Decimal) -> Result<Decimal, TradingError> {
    if (Decimal::ZERO..=Decimal::ONE).contains(&value) {
        Ok(value)
    } else {
        Err(TradingError::range(argument, value.normalize(), "0 to 1"))
    }
}

/// A price that was paid: above 0 and at most 1 (else 22003).
pub(crate) fn entry_price(argument: &str, value: Decimal) -> Result<Decimal, TradingError> {
    if value > Decimal::ZERO && value <= Decimal::ONE {
        Ok(value)
    } else {
        Err(TradingError::range(
            argument,
            value.normalize(),
            "above 0 and at most 1",
        ))
    }
}

/// A stake: above 0 (else 22023).
pub(crate) fn amount(argument: &str, value: Decimal) -> Result<Decimal, TradingError> {
    if value > Decimal::ZERO {
        Ok(value)
    } else {
        Err(TradingError::invalid(argument, value.normalize(), "above 0"))
    }
}

/// A stake that is booked: above 0 and in whole cents (else 22023), and what `numeric(15,2)` holds (else 22003).
pub(crate) fn booked(argument: &str, value: Decimal) -> Result<Decimal, TradingError> {
    let value = amount(argument, value)?;
    let cents = value.normalize();
    if cents.scale() > 2 {
        return Err(TradingError::invalid(argument, cents, "in whole cents"));
    }
    money(argument, value)
}

/// Money that `numeric(15,2)` holds (else 22003), with two decimals.
pub(crate) fn money(argument: &str, value: Decimal) -> Result<Decimal, TradingError> {
    if value.abs() >= Decimal::from(MONEY_LIMIT) {
        return Err(TradingError::range(argument, value, "below 10^13 in magnitude"));
    }
    let mut value = value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    value.rescale(2);
    Ok(value)
}
