//! Stakes that let a bankroll grow fastest (Kelly 1956).

use crate::check;
use crate::correlation::Matrix;
use crate::error::PropsError;
use nalgebra::{DMatrix, DVector};

/// The most bets, and scenarios times bets, of [`kelly_simultaneous`]: its time grows with scenarios times bets squared.
const MOST_BETS: usize = 100;
const MOST_CELLS: usize = 5_000_000;

fn scenarios(probs: &[f64]) -> Result<(), PropsError> {
    check::all("probs", probs, |p| (0.0..=1.0).contains(&p), "0 to 1")?;
    let sum: f64 = probs.iter().sum();
    if (sum - 1.0).abs() > 1e-6 {
        return Err(PropsError::range("the sum of probs", sum, "1, to 1e-6"));
    }
    Ok(())
}

/// The f of 0 to 1 with the largest Σp ln(1 + f r); `returns` net per unit staked. Probabilities sum to 1 within 1e-6 (22003).
pub fn kelly_multi(probs: &[f64], returns: &[f64]) -> Result<f64, PropsError> {
    if probs.is_empty() {
        return Err(PropsError::invalid("probs", "none", "at least one outcome"));
    }
    if returns.len() != probs.len() {
        let wanted = format!("{} elements, as probs", probs.len());
        return Err(PropsError::shape("returns", returns.len(), wanted));
    }
    scenarios(probs)?;
    check::all("returns", returns, |_| true, "a finite number")?;
    let outcomes: Vec<(f64, f64)> = probs
        .iter()
        .copied()
        .zip(returns.iter().copied())
        .filter(|o| o.0 > 0.0)
        .collect();
    let slope = |f: f64| -> f64 { outcomes.iter().map(|&(p, r)| p * r / (1.0 + f * r)).sum() };
    if slope(0.0) <= 0.0 {
        return Ok(0.0);
    }
    let worst = outcomes.iter().map(|o| o.1).fold(0.0, f64::min);
    let most = if worst < -1.0 { -1.0 / worst } else { 1.0 };
    if worst > -1.0 && slope(1.0) >= 0.0 {
        return Ok(1.0);
    }
    // The slope falls, and at `most` it is below 0 or beyond all bounds.
    let (mut low, mut high) = (0.0, most);
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            break;
        }
        if slope(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(low)
}

/// The stakes f ≥ 0, Σf ≤ `max_total` (0 to 1), with the largest Σp ln(1 + f·r): `returns` has a row per scenario and a column per bet, net
/// per unit. Newton's method on a logarithmic barrier; stakes are within 1e-7 of the optimum.
pub fn kelly_simultaneous(probs: &[f64], returns: &Matrix, max_total: f64) -> Result<Vec<f64>, PropsError> {
    let bets = returns.columns();
    if probs.is_empty() || bets == 0 || bets > MOST_BETS || probs.len().saturating_mul(bets) > MOST_CELLS {
        let found = format!("{} scenarios of {bets} bets", probs.len());
        let wanted = format!("1 to {MOST_BETS} bets and at most {MOST_CELLS} values");
        return Err(PropsError::invalid("returns", found, wanted));
    }
    if returns.rows() != probs.len() {
        let wanted = format!("{} rows, as probs has elements", probs.len());
        return Err(PropsError::shape("returns", returns.rows(), wanted));
    }
    scenarios(probs)?;
    check::all("returns", returns.values(), |r| r.abs() <= 1e9, "at most 1e9 in size")?;
    check::ranged("max_total", max_total, |v| (0.0..=1.0).contains(&v), "0 to 1")?;
    let rows = || {
        probs
            .iter()
            .zip(returns.values().chunks_exact(bets))
            .filter(|r| *r.0 > 0.0)
    };
    // A bet that never wins takes no part.
    let used: Vec<usize> = (0..bets).filter(|&i| rows().any(|r| r.1[i] > 0.0)).collect();
    let mut stakes = vec![0.0; bets];
    if max_total <= 0.0 || used.is_empty() {
        return Ok(stakes);
    }
    let cells: Vec<f64> = rows().flat_map(|r| used.iter().map(move |&i| r.1[i])).collect();
    let weights: Vec<f64> = rows().map(|r| *r.0).collect();
    let problem = Problem {
        weights,
        cells,
        n: used.len(),
        total: max_total,
    };
    let found = problem.solve();
    for (&i, &f) in used.iter().zip(found.iter()) {
        stakes[i] = if f < 1e-8 { 0.0 } else { f };
    }
    Ok(stakes)
}

struct Problem {
    weights: Vec<f64>,
    cells: Vec<f64>,
    n: usize,
    total: f64,
}

impl Problem {
    fn rows(&self) -> impl Iterator<Item = (f64, &[f64])> {
        self.weights.iter().copied().zip(self.cells.chunks_exact(self.n))
    }

    /// Growth and barrier; `None` outside.
    fn value(&self, f: &DVector<f64>, barrier: f64) -> Option<f64> {
        let slack = self.total - f.sum();
        if slack <= 0.0 || f.iter().any(|&v| v <= 0.0) {
            return None;
        }
        let mut sum = barrier * (libm::log(slack) + f.iter().map(|&v| libm::log(v)).sum::<f64>());
        for (p, r) in self.rows() {
            let gain: f64 = r.iter().zip(f.iter()).map(|(r, f)| r * f).sum();
            if gain <= -1.0 {
                return None;
            }
            sum += p * libm::log1p(gain);
        }
        Some(sum)
    }

    /// The gradient and the negative Hessian.
    fn slopes(&self, f: &DVector<f64>, barrier: f64) -> (DVector<f64>, DMatrix<f64>) {
        let n = self.n;
        let slack = self.total - f.sum();
        let mut gradient = DVector::from_fn(n, |i, _| barrier / f[i] - barrier / slack);
        let mut curve = DMatrix::from_element(n, n, barrier / (slack * slack));
        for i in 0..n {
            curve[(i, i)] += barrier / (f[i] * f[i]);
        }
        for (p, r) in self.rows() {
            let wealth = 1.0 + r.iter().zip(f.iter()).map(|(r, f)| r * f).sum::<f64>();
            let (first, second) = (p / wealth, p / (wealth * wealth));
            for i in 0..n {
                gradient[i] += first * r[i];
                for j in 0..=i {
                    curve[(i, j)] += second * r[i] * r[j];
                }
            }
        }
        for i in 0..n {
            for j in 0..i {
                curve[(j, i)] = curve[(i, j)];
            }
        }
        (gradient, curve)
    }

    fn solve(&self) -> DVector<f64> {
        let mut f = DVector::from_element(self.n, 0.5 * self.total / self.n as f64);
        while self.value(&f, 1.0).is_none() && f[0] > 1e-300 {
            f *= 0.5;
        }
        let mut barrier = 1e-2;
        while barrier > 1e-17 {
            for _ in 0..60 {
                let (gradient, curve) = self.slopes(&f, barrier);
                let Some(cholesky) = curve.cholesky() else { break };
                let step = cholesky.solve(&gradient);
                let promise = gradient.dot(&step);
                if promise.is_nan() || promise <= barrier * 1e-6 {
                    break;
                }
                let Some(here) = self.value(&f, barrier) else { break };
                let mut length = 1.0;
                let moved = loop {
                    let next = &f + &step * length;
                    match self.value(&next, barrier) {
                        Some(value) if value >= here + 1e-4 * length * promise => break Some(next),
                        // So near that growth cannot tell: Newton's step itself is good.
                        Some(_) if promise < 1e-13 && length == 1.0 => break Some(next),
                        _ => length *= 0.5,
                    }
                    if length < 1e-12 {
                        break None;
                    }
                };
                match moved {
                    Some(next) => f = next,
                    None => break,
                }
            }
            barrier *= 0.1;
        }
        f
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_contracts_values() {
        assert!((kelly_multi(&[0.45, 0.55], &[-1.0, 1.0]).unwrap() - 0.1).abs() < 1e-15);
        assert_eq!(kelly_multi(&[0.5, 0.5], &[-1.0, 1.0]).unwrap(), 0.0);
        assert_eq!(kelly_multi(&[0.5, 0.5], &[0.0, 1.0]).unwrap(), 1.0);
        // What can cost more than its stake.
        let f = kelly_multi(&[0.5, 0.5], &[-2.0, 3.0]).unwrap();
        assert!((f - 1.0 / 12.0).abs() < 1e-15, "{f}");
        let state = |p: &[f64], r: &[f64]| kelly_multi(p, r).unwrap_err().sqlstate();
        assert_eq!(state(&[0.5, 0.4], &[1.0, -1.0]), "22003");
        assert_eq!(state(&[1.0], &[1.0, -1.0]), "2202E");
        assert_eq!(state(&[], &[]), "22023");
        assert_eq!(state(&[1.0], &[f64::NAN]), "22003");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]
        #[test]
        fn the_optimum_holds_its_conditions(
            edges in prop::collection::vec((0.2..0.8f64, 0.3..4.0f64), 1..5), total in 0.01..1.0f64,
        ) {
            // Independent bets: all outcomes.
            let n = edges.len();
            let (mut probs, mut cells) = (Vec::new(), Vec::new());
            for s in 0..1usize << n {
                let hit = |i: usize| s >> i & 1 == 1;
                probs.push(edges.iter().enumerate().map(|(i, e)| if hit(i) { e.0 } else { 1.0 - e.0 }).product());
                cells.extend(edges.iter().enumerate().map(|(i, e)| Some(if hit(i) { e.1 } else { -1.0 })));
            }
            let returns = Matrix::new("returns", probs.len(), n, &cells).unwrap();
            let f = kelly_simultaneous(&probs, &returns, total).unwrap();
            prop_assert!(f.iter().all(|&v| v >= 0.0) && f.iter().sum::<f64>() <= total + 1e-12);
            let slope = |i: usize| -> f64 {
                probs.iter().zip(returns.values().chunks_exact(n)).map(|(p, r)| {
                    p * r[i] / (1.0 + r.iter().zip(&f).map(|(r, f)| r * f).sum::<f64>())
                }).sum()
            };
            // Kuhn-Tucker: one price λ ≥ 0 of the total; equal to the slope where staked, no less elsewhere.
            let full = f.iter().sum::<f64>() > total - 1e-4;
            let lambda = if full { (0..n).map(slope).fold(0.0, f64::max) } else { 0.0 };
            for i in 0..n {
                prop_assert!(slope(i) <= lambda + 1e-3, "{} {:?}", i, f);
                if f[i] > 1e-4 {
                    prop_assert!((slope(i) - lambda).abs() < 1e-3, "{} {} {:?}", slope(i), lambda, f);
                }
            }
        }
    }
}
