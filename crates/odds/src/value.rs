//! What a bet is worth.

use crate::check::{price, prices, probability, result, stake as amount};
use crate::devig::{Method, devig};
use crate::error::OddsError;

/// What a bet brings on average: `stake * (p*d - 1)`. `p` in 0 to 1, the price above 1, the stake 0 or more, else 22003. (Contract 3.)
pub fn expected_value(p: f64, odds: f64, stake: f64) -> Result<f64, OddsError> {
    let (p, odds, stake) = (probability("p", p)?, price("odds", odds)?, amount(stake)?);
    result(stake * p.mul_add(odds, -1.0))
}

/// The part of the bank that makes it grow fastest: `max(0, (p*d - 1)/(d - 1)) * multiplier`; the multiplier, 0 to 1, is for those who
/// want less. (Contract 3; Kelly 1956.)
pub fn kelly_fraction(p: f64, odds: f64, multiplier: f64) -> Result<f64, OddsError> {
    let (p, odds) = (probability("p", p)?, price("odds", odds)?);
    let multiplier = probability("multiplier", multiplier)?;
    let whole = p.mul_add(odds, -1.0) / (odds - 1.0);
    result(whole.clamp(0.0, 1.0) * multiplier)
}

/// How much better than the closing price a bet was: `bet/close - 1`. (Contract 3.)
pub fn clv(bet_odds: f64, closing_odds: f64) -> Result<f64, OddsError> {
    let (bet, close) = (price("bet_odds", bet_odds)?, price("closing_odds", closing_odds)?);
    result((bet - close) / close)
}

/// How much better than the closing market without its margin a bet was: `bet * devig(closing)[outcome] - 1`. `outcome` counts from 1,
/// as arrays of SQL do; one that is not there is 22003. (Contract 3.)
pub fn clv_fair(bet_odds: f64, closing: &[f64], outcome: i32, method: Method) -> Result<f64, OddsError> {
    let bet = price("bet_odds", bet_odds)?;
    prices("closing", closing)?;
    let Some(at) = usize::try_from(outcome)
        .ok()
        .filter(|o| (1..=closing.len()).contains(o))
    else {
        return Err(OddsError::range(
            "outcome",
            outcome,
            format!("from 1 to {}, of closing", closing.len()),
        ));
    };
    result(devig(closing, method, 1.0)?[at - 1].mul_add(bet, -1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn close(found: Result<f64, OddsError>, right: f64) {
        assert!(
            found.as_ref().is_ok_and(|f| (f - right).abs() < 1e-9),
            "{found:?}, not {right}"
        );
    }

    #[test]
    fn the_contracts_values() {
        close(clv_fair(2.10, &[1.95, 1.95], 1, Method::Power), 0.05);
        close(clv_fair(1.95, &[1.8, 2.1], 1, Method::Power), 0.053542868);
        close(clv_fair(1.95, &[1.8, 2.1], 1, Method::Multiplicative), 0.05);
        close(clv(2.1, 2.0), 0.05);
        close(expected_value(0.55, 2.0, 1.0), 0.1);
        close(kelly_fraction(0.25, 5.0, 0.5), 0.03125);
        assert_eq!(kelly_fraction(0.5, 1.909091, 1.0).map(f64::to_bits), Ok(0));
    }

    #[test]
    fn refusals() {
        let state = |r: Result<f64, OddsError>| r.unwrap_err().sqlstate();
        for outcome in [0, 3, -1, i32::MIN, i32::MAX] {
            assert_eq!(state(clv_fair(2.1, &[1.95, 1.95], outcome, Method::Power)), "22003");
        }
        assert_eq!(state(expected_value(1.1, 2.0, 1.0)), "22003");
        assert_eq!(state(expected_value(0.5, 2.0, -1.0)), "22003");
        assert_eq!(state(expected_value(f64::NAN, 2.0, 1.0)), "22023");
        assert_eq!(state(expected_value(1.0, f64::MAX, 1e10)), "22003");
        assert_eq!(state(kelly_fraction(0.5, 2.2, 1.5)), "22003");
        assert_eq!(state(clv(2.0, 1.0)), "22003");
        let error = clv_fair(2.1, &[1.95, 0.5], 1, Method::Power).unwrap_err();
        assert_eq!(error.to_string(), "closing[2] must be above 1, not 0.5");
    }

    proptest! {
        #[test]
        fn kelly_stakes_where_the_value_is(p in 0.0..=1.0f64, odds in 1.0001..1000.0f64, multiplier in 0.01..=1.0f64) {
            let (value, part) = (expected_value(p, odds, 1.0).unwrap(), kelly_fraction(p, odds, multiplier).unwrap());
            prop_assert_eq!(value > 0.0, part > 0.0);
            prop_assert!((0.0..=multiplier).contains(&part));
        }

        #[test]
        fn any_numbers_are_safe(a in any::<f64>(), b in any::<f64>(), c in any::<f64>(), n in any::<i32>()) {
            let all = [expected_value(a, b, c), kelly_fraction(a, b, c), clv(a, b), clv_fair(a, &[b, c], n, Method::Power)];
            prop_assert!(all.iter().flatten().all(|v| v.is_finite()));
        }
    }
}
