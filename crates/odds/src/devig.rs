//! Fair probabilities from the prices of a book: its margin taken out by one of six methods.
//!
//! `q = 1/o` is what a price implies, `B = Σq` what all do, `T` how many outcomes win (1; places and double chance more). All methods
//! give `Σp = T` and keep the order of the prices. Where the formula is one equation in one unknown, its left side is monotone and
//! bisected to the last bit.

mod method;
mod solve;

pub use method::Method;

use crate::check::{finite, prices, result};
use crate::error::OddsError;
use crate::reciprocals::Implied;
use solve::falling_to;

/// Fair probabilities, in the order of the prices; see [`Method`] for the formulas. `target` is how many outcomes win:
/// `1 <= target < n`, else 22023, as are a method that leaves an outcome no probability between 0 and 1, and Shin's with more than
/// one winner. (Contract 3.)
pub fn devig(odds: &[f64], method: Method, target: f64) -> Result<Vec<f64>, OddsError> {
    prices("odds", odds)?;
    let n = odds.len() as f64;
    if !(1.0..n).contains(&finite("target", target)?) {
        let wanted = format!("at least 1 and below the number of outcomes, {n}");
        return Err(OddsError::invalid("target", format!("{target:?}"), wanted));
    }
    let implied = Implied::of(odds);
    let over = implied.above(target);
    let fair: Vec<f64> = match method {
        Method::Multiplicative => multiplicative(odds, implied, target),
        Method::Additive => odds.iter().map(|o| 1.0 / o - over / n).collect(),
        Method::Power => power(odds, target),
        Method::OddsRatio => odds_ratio(odds, target),
        Method::Goto => {
            let spread: Vec<f64> = odds.iter().map(|o| ((o - 1.0) / o).sqrt()).collect();
            let per_unit = over / spread.iter().sum::<f64>();
            odds.iter().zip(&spread).map(|(o, s)| 1.0 / o - s * per_unit).collect()
        }
        Method::Shin if target != 1.0 => {
            let wanted = "1 with method shin, which knows one winner (use another method)";
            return Err(OddsError::invalid("target", format!("{target:?}"), wanted));
        }
        Method::Shin if over <= 0.0 => multiplicative(odds, implied, target),
        Method::Shin => {
            let z = shin_share(odds, implied);
            odds.iter().map(|o| shin_probability(*o, implied, z)).collect()
        }
    };
    let unfit = |p: f64| !(p > 0.0 && p < 1.0);
    match fair.iter().position(|p| unfit(*p)) {
        None => Ok(fair),
        Some(at) => Err(OddsError::NoProbability {
            method: method.name(),
            outcome: at + 1,
            probability: format!("{:?}", fair[at]),
        }),
    }
}

/// Fair prices: `1/p` of [`devig`]'s probabilities, for one winner. (Contract 3.)
pub fn fair_odds(odds: &[f64], method: Method) -> Result<Vec<f64>, OddsError> {
    devig(odds, method, 1.0)?.into_iter().map(|p| result(1.0 / p)).collect()
}

/// Shin's z: the share of the stakes that comes from those who know who wins, as the prices give it away; from 0 to below 1, and 0
/// where there is no margin to explain (`B <= 1`). (Contract 3; Shin 1992, 1993; Jullien and Salanié 1994.)
pub fn shin_z(odds: &[f64]) -> Result<f64, OddsError> {
    prices("odds", odds)?;
    let implied = Implied::of(odds);
    Ok(if implied.above(1.0) <= 0.0 {
        0.0
    } else {
        shin_share(odds, implied)
    })
}

/// `Tq/B`
fn multiplicative(odds: &[f64], implied: Implied, target: f64) -> Vec<f64> {
    odds.iter().map(|o| target / o / implied.sum()).collect()
}

/// The least and the greatest price.
fn extremes(odds: &[f64]) -> (f64, f64) {
    odds.iter()
        .fold((f64::MAX, 1.0), |(least, most), o| (o.min(least), o.max(most)))
}

/// `q^k`, with k such that they add up. As `exp(-k ln o)`, with the logarithm of prices near 1 from what is above 1.
fn power(odds: &[f64], target: f64) -> Vec<f64> {
    let logs: Vec<f64> = odds.iter().map(|o| (o - 1.0).ln_1p()).collect();
    let (least, most) = extremes(odds);
    // k if all prices were the greatest, or the least: the right one lies between.
    let alone = |o: f64| (odds.len() as f64 / target).ln() / (o - 1.0).ln_1p();
    let sum = |k: f64| logs.iter().map(|l| (-k * l).exp()).sum();
    let k = falling_to(target, alone(most), alone(least), sum);
    logs.iter().map(|l| (-k * l).exp()).collect()
}

/// `q/(c+q-cq)`, with c such that they add up. The same as `1/(1+c(o-1))`: the fair odds against are c times the book's.
fn odds_ratio(odds: &[f64], target: f64) -> Vec<f64> {
    let (least, most) = extremes(odds);
    let alone = |o: f64| (odds.len() as f64 / target - 1.0) / (o - 1.0);
    let fair = |o: f64, c: f64| 1.0 / (c * (o - 1.0) + 1.0);
    let c = falling_to(target, alone(most), alone(least), |c| {
        odds.iter().map(|o| fair(*o, c)).sum()
    });
    odds.iter().map(|o| fair(*o, c)).collect()
}

/// `2(q²/B) / (√(z² + 4(1-z)q²/B) + z)`: the form without a difference of two numbers near each other.
fn shin_probability(o: f64, implied: Implied, z: f64) -> f64 {
    let square = 1.0 / o / o / implied.sum();
    2.0 * square / ((4.0 * (1.0 - z)).mul_add(square, z * z).sqrt() + z)
}

/// z such that Shin's probabilities add up to 1. At 0 they add up to √B, at 1 to Σq²/B, which is below 1.
fn shin_share(odds: &[f64], implied: Implied) -> f64 {
    falling_to(1.0, 0.0, 1.0, |z| {
        odds.iter().map(|o| shin_probability(*o, implied, z)).sum()
    })
}

#[cfg(test)]
mod tests;
