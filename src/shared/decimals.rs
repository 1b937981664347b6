//! Numbers of SQL as decimals of 28 digits, and back.

use super::arguments::Of;
use crate::pg::errors::error;
use pgrx::AnyNumeric;
use pgrx::PgSqlErrorCode::*;
use rust_decimal::Decimal;

/// A number of SQL as a decimal of 28 digits; 22023 for NaN and infinity, 22003 for what is larger. `exact`: digits beyond are no
/// rounding matter, as of a line that is to be a multiple of ¼ (22023).
pub fn decimal(of: Of, name: &str, number: &AnyNumeric, exact: bool) -> Decimal {
    let text = number.to_string();
    if number.is_nan() || text.ends_with("nfinity") {
        of.refuse(format!("{name} must be a finite number, not {text}"));
    }
    let digits = match text.split_once('.') {
        Some(_) => text.trim_end_matches('0'),
        None => &text,
    };
    if exact && digits.split_once('.').is_some_and(|(_, fraction)| fraction.len() > 20) {
        of.refuse(format!("{name} must have at most 20 decimals, not {text}"));
    }
    digits.parse().unwrap_or_else(|_| {
        of.error(
            ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
            format!("{name} must have at most 28 digits, not {text}"),
        )
        .raise()
    })
}

/// A decimal as the server's numeric, which has room for every one, with its trailing zeros.
pub fn numeric(value: Decimal) -> AnyNumeric {
    AnyNumeric::try_from(value.to_string().as_str())
        .unwrap_or_else(|e| error(ERRCODE_INTERNAL_ERROR, format!("{value} as numeric: {e}")).raise())
}
