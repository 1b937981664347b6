//! A number from its text, rounded once, as `numeric(p,s)` does: neither a double nor a decimal of 28 digits comes between.

/// Why a text is no number of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// Not written as one.
    NoNumber,
    /// NaN or infinity, which JSON can hold as text only.
    NotFinite,
    /// More than 18 digits in the units asked for.
    TooLarge,
}

/// `text * 10^decimals` as a whole number, halves away from zero. The text is as JSON writes numbers, with leading zeros allowed; a
/// plus before it, by which American prices are known, is not.
pub(crate) fn scaled(text: &str, decimals: u32) -> Result<i64, Unfit> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    if ["nan", "infinity", "inf"]
        .iter()
        .any(|word| digits.trim_start_matches('+').eq_ignore_ascii_case(word))
    {
        return Err(Unfit::NotFinite);
    }
    let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent_of(exponent)?),
        None => (digits, 0),
    };
    let (whole, part) = match mantissa.split_once('.') {
        Some((_, "")) => return Err(Unfit::NoNumber),
        Some((whole, part)) => (whole, part),
        None => (mantissa, ""),
    };
    if whole.is_empty() || !whole.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit()) {
        return Err(Unfit::NoNumber);
    }
    // How many of the digits stand before the point, once it is moved.
    let kept = whole.len() as i64 + exponent + i64::from(decimals);
    let mut units: i64 = 0;
    let mut round_up = false;
    let mut at = 0;
    for digit in whole.bytes().chain(part.bytes()).map(|b| i64::from(b - b'0')) {
        if at < kept {
            units = push(units, digit)?;
        } else {
            // The first digit left out decides: from 5 on it is at least half.
            round_up = at == kept && digit >= 5;
            break;
        }
        at += 1;
    }
    while at < kept && units != 0 {
        units = push(units, 0)?;
        at += 1;
    }
    let units = units + i64::from(round_up);
    Ok(if negative { -units } else { units })
}

fn push(units: i64, digit: i64) -> Result<i64, Unfit> {
    const MOST: i64 = 10_i64.pow(17);
    if units >= MOST {
        Err(Unfit::TooLarge)
    } else {
        Ok(units * 10 + digit)
    }
}

/// An exponent; beyond a million in either direction it makes no difference.
fn exponent_of(text: &str) -> Result<i64, Unfit> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Unfit::NoNumber);
    }
    let most = |n: i64, b: u8| (n * 10 + i64::from(b - b'0')).min(1 << 40);
    let exponent = digits.bytes().fold(0, most);
    Ok(if negative { -exponent } else { exponent })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rust_decimal::{Decimal, RoundingStrategy};
    use std::str::FromStr;

    #[test]
    fn numbers() {
        for (text, decimals, units) in [
            ("1.91", 6, 1_910_000),
            ("0", 2, 0),
            ("-0.004", 2, 0),
            ("-0.005", 2, -1),
            ("1.0000005", 6, 1_000_001),
            ("1.00000049999999999999999999999999999999999", 6, 1_000_000),
            ("1e2", 2, 10_000),
            ("12.5E-1", 2, 125),
            ("5e-3", 2, 1),
            ("5e-4", 2, 0),
            ("0e999999999999999999999", 6, 0),
            ("9e-999999999999999999999", 6, 0),
            ("0000000000000000000000000002.5", 2, 250),
        ] {
            assert_eq!(scaled(text, decimals), Ok(units), "{text}");
        }
        assert_eq!(scaled("1e999999999999999999999", 2), Err(Unfit::TooLarge));
        assert_eq!(scaled(&"9".repeat(500), 2), Err(Unfit::TooLarge));
        for text in ["NaN", "-nan", "Infinity", "-inf", "+inf"] {
            assert_eq!(scaled(text, 2), Err(Unfit::NotFinite), "{text}");
        }
        for text in [
            "", "-", "abc", "+145", "1.", ".5", "1e", "1e+", "1.5.2", "--1", "1e5e5", "٥", "0x10", "1 2", "6/1",
        ] {
            assert_eq!(scaled(text, 2), Err(Unfit::NoNumber), "{text}");
        }
    }

    proptest! {
        /// Against rust_decimal, which rounds by its own code.
        #[test]
        fn agrees_with_rust_decimal(n in any::<i64>(), scale in 0u32..18, decimals in 0u32..7) {
            let text = Decimal::new(n / 1_000_000, scale).to_string();
            let right = Decimal::from_str(&text).unwrap()
                .round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero) * Decimal::from(10i64.pow(decimals));
            match scaled(&text, decimals) {
                Ok(units) => prop_assert_eq!(Decimal::from(units), right),
                Err(unfit) => prop_assert!(unfit == Unfit::TooLarge && right.abs() >= Decimal::from(10i64.pow(17))),
            }
        }

        #[test]
        fn any_text_is_safe(text in "\\PC*|[-+0-9.eE]{0,40}", decimals in 0u32..10) {
            let _ = scaled(&text, decimals);
        }
    }
}
