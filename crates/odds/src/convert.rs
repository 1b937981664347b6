//! Prices in the three ways they are written. Six decimals: with three, most American prices do not come back.

use crate::check::price;
use crate::error::OddsError;
use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};
use std::str::FromStr;

/// Decimals of a stored price.
const DECIMALS: u32 = 6;

/// The decimal price of an American one: `1 + a/100` for `a >= 100`, `1 + 100/|a|` for `a <= -100`, to six decimals, halves away
/// from zero. Between -100 and 100 there is none (22003). (Contract 3; the usual definition of moneyline odds.)
pub fn american_to_decimal(american: Decimal) -> Result<Decimal, OddsError> {
    let refused = || OddsError::range("american", american.normalize(), "at most -100 or at least 100");
    let hundred = Decimal::ONE_HUNDRED;
    let profit = if american >= hundred {
        american.checked_div(hundred)
    } else if american <= -hundred {
        hundred.checked_div(american.abs())
    } else {
        return Err(refused());
    };
    let odds = profit.and_then(|p| p.checked_add(Decimal::ONE));
    stored(odds).ok_or_else(|| {
        OddsError::range(
            "american",
            american.normalize(),
            "a price that can be held with six decimals",
        )
    })
}

/// The American price of a decimal one, a whole number: `round((d-1)*100)` for `d >= 2`, else `round(-100/(d-1))`, halves away from
/// zero. 22003 for `d <= 1` and where the result is no int. Even money is 100, so -100 comes back as 100. (Contract 3.)
pub fn decimal_to_american(odds: Decimal) -> Result<i32, OddsError> {
    if odds <= Decimal::ONE {
        return Err(OddsError::range("odds", odds.normalize(), "above 1"));
    }
    let profit = odds - Decimal::ONE;
    let exact = if profit >= Decimal::ONE {
        profit.checked_mul(Decimal::ONE_HUNDRED)
    } else {
        (-Decimal::ONE_HUNDRED).checked_div(profit)
    };
    exact
        .and_then(|a| {
            a.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
                .to_i32()
        })
        .ok_or_else(|| {
            OddsError::range(
                "odds",
                odds.normalize(),
                "a price whose American form is an integer of SQL",
            )
        })
}

/// The decimal price of a British one: `a/b` is `1 + a/b`, `evens` (or `EVS`) is 2; to six decimals. Blanks around the numbers and the
/// case of the word do not matter; anything else is 22P02. (Contract 3.)
pub fn fractional_to_decimal(frac: &str) -> Result<Decimal, OddsError> {
    let refused = || OddsError::unreadable("frac", format!("{frac:?}"), "a/b with numbers above 0, or evens");
    let text = frac.trim();
    if ["evens", "evs"].iter().any(|word| text.eq_ignore_ascii_case(word)) {
        return Ok(Decimal::from_i128_with_scale(2_000_000, DECIMALS));
    }
    let (above, below) = text.split_once('/').ok_or_else(refused)?;
    let (above, below) = (above.trim(), below.trim());
    if !(is_plain(above) && is_plain(below)) {
        return Err(refused());
    }
    let large = || {
        OddsError::range(
            "frac",
            format!("{frac:?}"),
            "numbers that can be held with six decimals",
        )
    };
    let (above, below) = match (Decimal::from_str(above), Decimal::from_str(below)) {
        (Ok(above), Ok(below)) => (above, below),
        _ => return Err(large()),
    };
    if above.is_zero() || below.is_zero() {
        return Err(refused());
    }
    let odds = above.checked_div(below).and_then(|p| p.checked_add(Decimal::ONE));
    stored(odds).ok_or_else(large)
}

/// The probability that a price implies, margin and all: `1/d`; `d <= 1` is 22003. (Contract 3.)
pub fn implied_probability(odds: f64) -> Result<f64, OddsError> {
    Ok(1.0 / price("odds", odds)?)
}

/// Digits, perhaps with a decimal point between them: no sign, no exponent.
fn is_plain(text: &str) -> bool {
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    match text.split_once('.') {
        Some((whole, part)) => digits(whole) && digits(part),
        None => digits(text),
    }
}

/// With exactly six decimals; none where a decimal has not the digits for it.
fn stored(odds: Option<Decimal>) -> Option<Decimal> {
    let mut odds = odds?.round_dp_with_strategy(DECIMALS, RoundingStrategy::MidpointAwayFromZero);
    odds.rescale(DECIMALS);
    (odds.scale() == DECIMALS).then_some(odds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn american_prices_come_back() {
        for american in (-10_000..=-101).chain(100..=10_000) {
            let odds = american_to_decimal(american.into()).unwrap();
            assert_eq!(
                (decimal_to_american(odds), odds.scale()),
                (Ok(american), 6),
                "{american} is {odds}"
            );
        }
        // Even money has two American prices, and one decimal.
        assert_eq!(
            decimal_to_american(american_to_decimal((-100).into()).unwrap()),
            Ok(100)
        );
    }

    #[test]
    fn halves_go_away_from_zero() {
        let odds = |text| Decimal::from_str(text).unwrap();
        assert_eq!(decimal_to_american(odds("2.005")), Ok(101));
        assert_eq!(decimal_to_american(odds("1.8")), Ok(-125));
        assert_eq!(decimal_to_american(odds("1.16")), Ok(-625));
        assert_eq!(american_to_decimal(odds("100.00005")).unwrap().to_string(), "2.000001");
    }

    #[test]
    fn what_is_no_price() {
        let state = |r: Result<Decimal, OddsError>| r.unwrap_err().sqlstate();
        for american in ["99.999", "-99.999", "0", "79228162514264337593543950335"] {
            assert_eq!(
                state(american_to_decimal(american.parse().unwrap())),
                "22003",
                "{american}"
            );
        }
        for odds in [
            "1",
            "0",
            "-3",
            "1.0000000000000000000000000001",
            "79228162514264337593543950335",
        ] {
            assert_eq!(
                decimal_to_american(odds.parse().unwrap()).unwrap_err().sqlstate(),
                "22003",
                "{odds}"
            );
        }
        for frac in [
            "", "/", "5/", "/2", "5", "1e2/1", "+5/2", "5/2/1", "٥/2", "5./2", ".5/2", "0.0/1", "even s",
        ] {
            assert_eq!(state(fractional_to_decimal(frac)), "22P02", "{frac}");
        }
        let huge = format!("{}/1", "9".repeat(60));
        assert_eq!(state(fractional_to_decimal(&huge)), "22003");
        for odds in [1.0, -2.0, f64::MIN_POSITIVE] {
            assert_eq!(implied_probability(odds).unwrap_err().sqlstate(), "22003");
        }
        for odds in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(implied_probability(odds).unwrap_err().sqlstate(), "22023");
        }
    }

    fn decimals() -> impl Strategy<Value = Decimal> {
        (any::<i128>(), 0u32..=28).prop_map(|(n, scale)| Decimal::from_i128_with_scale(n % (1i128 << 96), scale))
    }

    proptest! {
        #[test]
        fn any_text_is_safe(text in "\\PC*|[0-9./ +-]{0,40}") {
            if let Ok(odds) = fractional_to_decimal(&text) {
                prop_assert!(odds >= Decimal::ONE && odds.scale() == 6);
            }
        }

        #[test]
        fn any_decimal_is_safe(value in decimals()) {
            if let Ok(odds) = american_to_decimal(value) {
                prop_assert!(odds >= Decimal::ONE && odds.scale() == 6);
            }
            if let Ok(american) = decimal_to_american(value) {
                prop_assert!(american.abs() >= 100);
            }
        }

        #[test]
        fn fractions_are_american_hundredths(a in 1i64..1_000_000) {
            let american = a + 99;
            prop_assert_eq!(fractional_to_decimal(&format!("{american}/100")), american_to_decimal(american.into()));
        }
    }
}
