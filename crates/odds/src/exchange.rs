//! Prices and stakes where commission is taken of what is won.

use crate::check::{price, ranged, result, stake as amount};
use crate::error::OddsError;
use std::str::FromStr;

/// Which side of a bet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Side {
    /// For the outcome.
    #[default]
    Back,
    /// Against it.
    Lay,
}

impl FromStr for Side {
    type Err = OddsError;

    fn from_str(name: &str) -> Result<Side, OddsError> {
        match name {
            "back" => Ok(Side::Back),
            "lay" => Ok(Side::Lay),
            _ => Err(OddsError::invalid("side", format!("{name:?}"), "back or lay")),
        }
    }
}

fn share(commission: f64) -> Result<f64, OddsError> {
    ranged(
        "commission",
        commission,
        |c| (0.0..1.0).contains(&c),
        "at least 0 and below 1",
    )
}

/// What a price is worth after commission `c`: to the backer `1 + (d-1)(1-c)`; to the layer `1 + (1-c)/(d-1)`, the price at which
/// backing the complement would be the same bet. `0 <= c < 1`, else 22003. (Contract 3.)
pub fn effective_odds(odds: f64, commission: f64, side: Side) -> Result<f64, OddsError> {
    let profit = price("odds", odds)? - 1.0;
    let kept = 1.0 - share(commission)?;
    result(match side {
        Side::Back => 1.0 + profit * kept,
        Side::Lay => 1.0 + kept / profit,
    })
}

/// What to lay against a back bet so that the profit is the same either way: `stake * b/(l-c)`. (Contract 3.)
pub fn lay_stake(stake: f64, back_odds: f64, lay_odds: f64, commission: f64) -> Result<f64, OddsError> {
    let (stake, back, lay) = (
        amount(stake)?,
        price("back_odds", back_odds)?,
        price("lay_odds", lay_odds)?,
    );
    result(stake * (back / (lay - share(commission)?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn refusals() {
        for (commission, state) in [(1.0, "22003"), (-0.1, "22003"), (f64::NAN, "22023")] {
            assert_eq!(
                effective_odds(2.0, commission, Side::Back).unwrap_err().sqlstate(),
                state
            );
            assert_eq!(lay_stake(1.0, 2.0, 2.0, commission).unwrap_err().sqlstate(), state);
        }
        assert_eq!("both".parse::<Side>().unwrap_err().sqlstate(), "22023");
        assert_eq!(
            lay_stake(-1.0, 2.0, 2.0, 0.0).unwrap_err().to_string(),
            "stake must be 0 or more, not -1.0"
        );
    }

    proptest! {
        #[test]
        fn profit_is_the_same_either_way(stake in 0.0..1e6f64, back in 1.01..500.0f64, lay in 1.01..500.0f64, c in 0.0..0.3f64) {
            let laid = lay_stake(stake, back, lay, c).unwrap();
            let won = stake * (back - 1.0) - laid * (lay - 1.0);
            let lost = laid * (1.0 - c) - stake;
            prop_assert!((won - lost).abs() <= 1e-9 * (1.0 + stake * back + laid * lay));
        }

        /// Laying at l stakes l-1 to win 1-c: as a back bet, the same profit per unit at risk.
        #[test]
        fn laying_is_backing_the_complement(odds in 1.01..500.0f64, c in 0.0..0.3f64) {
            let net = effective_odds(odds, c, Side::Lay).unwrap();
            prop_assert!(((net - 1.0) * (odds - 1.0) - (1.0 - c)).abs() < 1e-9);
            prop_assert!(effective_odds(odds, c, Side::Back).unwrap() <= odds * (1.0 + 1e-15));
        }

        #[test]
        fn any_numbers_are_safe(a in any::<f64>(), b in any::<f64>(), c in any::<f64>(), d in any::<f64>()) {
            let all = [effective_odds(a, b, Side::Back), effective_odds(a, b, Side::Lay), lay_stake(a, b, c, d)];
            prop_assert!(all.iter().flatten().all(|v| v.is_finite()));
        }
    }
}
