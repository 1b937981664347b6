//! What arguments have to be. The order is NULL, how many, whether lengths fit, range (contract 8).

use crate::error::PropsError;

/// How many legs a slip may have.
pub(crate) const LEGS: std::ops::RangeInclusive<usize> = 1..=20;

/// The elements of an array of SQL; a NULL among them is 22004, named from 1.
pub fn without_nulls(argument: &str, elements: &[Option<f64>]) -> Result<Vec<f64>, PropsError> {
    let element = |(at, value): (usize, &Option<f64>)| {
        value.ok_or_else(|| PropsError::Null {
            argument: format!("{argument}[{}]", at + 1),
        })
    };
    elements.iter().enumerate().map(element).collect()
}

/// A number for which `holds`: else 22003. NaN and infinity never hold.
pub(crate) fn ranged(argument: &str, value: f64, holds: impl Fn(f64) -> bool, wanted: &str) -> Result<f64, PropsError> {
    if value.is_finite() && holds(value) {
        Ok(value)
    } else {
        Err(PropsError::range(argument, value, wanted))
    }
}

/// Every element of an array.
pub(crate) fn all(argument: &str, values: &[f64], holds: impl Fn(f64) -> bool, wanted: &str) -> Result<(), PropsError> {
    for (at, &value) in values.iter().enumerate() {
        if !(value.is_finite() && holds(value)) {
            return Err(PropsError::range(format!("{argument}[{}]", at + 1), value, wanted));
        }
    }
    Ok(())
}

/// Probabilities of 1 to 20 legs.
pub(crate) fn probabilities(argument: &str, values: &[f64]) -> Result<(), PropsError> {
    legs(argument, values.len())?;
    all(argument, values, |p| (0.0..=1.0).contains(&p), "0 to 1")
}

/// 1 to 20 legs: else 22023.
pub(crate) fn legs(argument: &str, count: usize) -> Result<(), PropsError> {
    if LEGS.contains(&count) {
        Ok(())
    } else {
        Err(PropsError::invalid(
            argument,
            format!("{count} of them"),
            "1 to 20 legs",
        ))
    }
}

/// As many elements as legs: else 2202E.
pub(crate) fn as_many(argument: &str, found: usize, legs: usize) -> Result<(), PropsError> {
    if found == legs {
        Ok(())
    } else {
        let wanted = format!("{legs} elements, one per leg");
        Err(PropsError::shape(argument, format!("{found}"), wanted))
    }
}

/// Payouts by hits of `legs` legs: one more than legs (2202E), none negative (22003).
pub(crate) fn payouts(argument: &str, values: &[f64], legs: usize) -> Result<(), PropsError> {
    if values.len() != legs + 1 {
        let wanted = format!("{} elements, for 0 to {legs} hits", legs + 1);
        return Err(PropsError::shape(argument, format!("{}", values.len()), wanted));
    }
    all(argument, values, |v| v >= 0.0, "0 or more")
}

/// What is staked: more than 0.
pub(crate) fn stake(value: f64) -> Result<f64, PropsError> {
    ranged("stake", value, |v| v > 0.0, "above 0")
}

/// The level of a risk: above 0 and below 1.
pub(crate) fn alpha(value: f64) -> Result<f64, PropsError> {
    ranged("alpha", value, |v| v > 0.0 && v < 1.0, "above 0 and below 1")
}

/// A result that a double can hold: finite arguments may still be too large together. Takes the sign from a zero.
pub(crate) fn result(value: f64) -> Result<f64, PropsError> {
    if value.is_finite() {
        Ok(value + 0.0)
    } else {
        Err(PropsError::range(
            "the result",
            value,
            "a number that a double can hold",
        ))
    }
}
