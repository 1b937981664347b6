//! What a book keeps for itself, and what it gives away.

use crate::check::prices;
use crate::error::OddsError;
use crate::reciprocals::Implied;

/// How far the implied probabilities exceed 1: `Σ1/o - 1`. 2 to 200 outcomes (else 22023), each price above 1 (else 22003).
/// (Contract 3.)
pub fn overround(odds: &[f64]) -> Result<f64, OddsError> {
    prices("odds", odds)?;
    Ok(Implied::of(odds).above(1.0))
}

/// The part of all stakes that the book keeps when they are spread so that it pays the same whatever happens: `1 - 1/Σ(1/o)`.
/// (Contract 3.)
pub fn hold(odds: &[f64]) -> Result<f64, OddsError> {
    prices("odds", odds)?;
    let implied = Implied::of(odds);
    Ok(implied.above(1.0) / implied.sum())
}

/// What backing every outcome at its price brings.
#[derive(Clone, Debug, PartialEq)]
pub struct Arbitrage {
    /// Whether it brings more than it costs: `Σ1/o < 1`.
    pub is_arbitrage: bool,
    /// Profit per unit staked, whatever happens: `1/Σ(1/o) - 1`; negative is a loss.
    pub profit: f64,
    /// What to stake on each outcome, in their order, of one unit: `(1/o) / Σ(1/o)`.
    pub stakes: Vec<f64>,
}

/// Whether the best prices of the outcomes are an [`Arbitrage`]. (Contract 3.)
pub fn arbitrage(best: &[f64]) -> Result<Arbitrage, OddsError> {
    prices("best", best)?;
    let implied = Implied::of(best);
    let over = implied.above(1.0);
    Ok(Arbitrage {
        is_arbitrage: over < 0.0,
        profit: -over / implied.sum() + 0.0,
        stakes: best.iter().map(|o| 1.0 / o / implied.sum()).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_contracts_values() {
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} and {b}");
        close(overround(&[1.909091, 1.909091]).unwrap(), 0.047618998);
        close(overround(&[2.1, 2.1]).unwrap(), -0.047619048);
        close(overround(&[2.6, 2.4, 4.3]).unwrap(), 0.033840191);
        let found = arbitrage(&[2.1, 2.1]).unwrap();
        assert!(found.is_arbitrage && found.stakes == [0.5, 0.5]);
        close(found.profit, 0.05);
        let found = arbitrage(&[3.4, 3.6, 2.75]).unwrap();
        assert!(found.is_arbitrage);
        close(found.profit, 0.068910765);
        for (stake, right) in found.stakes.iter().zip([0.314385519, 0.296919657, 0.388694824]) {
            close(*stake, right);
        }
    }

    #[test]
    fn a_fair_book_is_no_arbitrage() {
        for n in 2..=200 {
            let found = arbitrage(&vec![f64::from(n); n as usize]).unwrap();
            assert!(!found.is_arbitrage && found.profit.to_bits() == 0, "{n}: {found:?}");
        }
    }

    #[test]
    fn what_is_no_market() {
        let state = |odds: &[f64]| overround(odds).unwrap_err().sqlstate();
        assert_eq!(state(&[]), "22023");
        assert_eq!(state(&[2.0]), "22023");
        assert_eq!(state(&[2.0; 201]), "22023");
        assert_eq!(state(&[2.0, 1.0]), "22003");
        assert_eq!(state(&[2.0, f64::NAN]), "22023");
        assert_eq!(
            hold(&[2.0, -3.0]).unwrap_err().to_string(),
            "odds[2] must be above 1, not -3.0"
        );
        assert_eq!(arbitrage(&[2.0, f64::INFINITY]).unwrap_err().sqlstate(), "22023");
    }

    proptest! {
        #[test]
        fn stakes_are_one_unit_and_pay_the_same(odds in prop::collection::vec(1.0001..2000.0f64, 2..200)) {
            let found = arbitrage(&odds).unwrap();
            prop_assert!((found.stakes.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            for (stake, o) in found.stakes.iter().zip(&odds) {
                prop_assert!((stake * o - 1.0 - found.profit).abs() < 1e-12 * (stake * o));
            }
            prop_assert_eq!(found.is_arbitrage, found.profit > 0.0);
            prop_assert!((found.profit + hold(&odds).unwrap()).abs() < 1e-15);
        }

        #[test]
        fn any_numbers_are_safe(odds in prop::collection::vec(any::<f64>(), 0..5)) {
            let _ = (overround(&odds), hold(&odds), arbitrage(&odds));
        }
    }
}
