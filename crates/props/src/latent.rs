//! Correlations as the copula needs them, learned from pairs of hits (Pearson 1900, tetrachoric).

use crate::bivariate::cdf2;
use crate::check;
use crate::error::PropsError;
use dynasty_numbers::normal::quantile;
use std::f64::consts::FRAC_PI_2;

fn inside(name: &str, p: f64) -> Result<(), PropsError> {
    check::ranged(name, p, |p| p > 0.0 && p < 1.0, "above 0 and below 1").map(|_| ())
}

/// The ρ with which the copula makes A (probability `p`) and B (`q`) happen together with probability `both`, which is max(0, p+q-1) to
/// min(p, q) (else 22003).
pub fn latent_correlation(p: f64, q: f64, both: f64) -> Result<f64, PropsError> {
    inside("p", p)?;
    inside("q", q)?;
    let (least, most) = ((p + q - 1.0).max(0.0), p.min(q));
    check::ranged(
        "both",
        both,
        |b| b >= least - 1e-12 && b <= most + 1e-12,
        &format!("{least:?} to {most:?}, as p and q allow"),
    )?;
    if both >= most {
        return Ok(1.0);
    }
    if both <= least {
        return Ok(-1.0);
    }
    let (h, k) = (quantile(p), quantile(q));
    // As an angle: near ±1 the probability turns with its root.
    let (mut low, mut high) = (-FRAC_PI_2, FRAC_PI_2);
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        if cdf2(h, k, libm::sin(middle)) < both {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(libm::sin(0.5 * (low + high)))
}

/// How a latent `rho` shows in the hits themselves: their phi coefficient.
pub fn observed_correlation(p: f64, q: f64, rho: f64) -> Result<f64, PropsError> {
    inside("p", p)?;
    inside("q", q)?;
    check::ranged("rho", rho, |r| r.abs() <= 1.0, "-1 to 1")?;
    let both = cdf2(quantile(p), quantile(q), rho);
    Ok((both - p * q) / (p * (1.0 - p) * (q * (1.0 - q))).sqrt())
}

/// What the aggregate `latent_corr` has seen. States of parallel workers are added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LatentState {
    /// Pairs: both, only the first, only the second, neither.
    pub pairs: [i64; 4],
}

impl LatentState {
    /// One pair; NULL in either is passed over.
    pub fn add(&mut self, a: Option<bool>, b: Option<bool>) {
        if let (Some(a), Some(b)) = (a, b) {
            let at = 2 * usize::from(!a) + usize::from(!b);
            self.pairs[at] = self.pairs[at].saturating_add(1);
        }
    }

    /// What another worker has seen.
    pub fn combine(&mut self, other: &LatentState) {
        for (mine, other) in self.pairs.iter_mut().zip(other.pairs) {
            *mine = mine.saturating_add(other);
        }
    }

    /// The latent correlation, with ½ added to every cell when one is empty; `None` for fewer than 10 pairs or when one of the two always or
    /// never happened. `prior_n` (0 or more, else 22003) draws it to 0 by n/(n + prior_n).
    pub fn finish(&self, prior_n: f64) -> Result<Option<f64>, PropsError> {
        check::ranged("prior_n", prior_n, |v| v >= 0.0, "0 or more")?;
        let [both, first, second, neither] = self.pairs.map(|n| n.max(0) as f64);
        let n = both + first + second + neither;
        let margins = [both + first, second + neither, both + second, first + neither];
        if n < 10.0 || margins.contains(&0.0) {
            return Ok(None);
        }
        let half = if self.pairs.contains(&0) { 0.5 } else { 0.0 };
        let total = n + 4.0 * half;
        let share = |cells: f64| cells / total;
        let rho = latent_correlation(
            share(both + first + 2.0 * half),
            share(both + second + 2.0 * half),
            share(both + half),
        )?;
        Ok(Some(rho * (n / (n + prior_n))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_contracts_values() {
        assert!((latent_correlation(0.5, 0.5, 1.0 / 3.0).unwrap() - 0.5).abs() < 1e-14);
        assert!((observed_correlation(0.5, 0.5, 0.5).unwrap() - 1.0 / 3.0).abs() < 1e-14);
        assert_eq!(latent_correlation(0.3, 0.6, 0.3).unwrap(), 1.0);
        assert_eq!(latent_correlation(0.3, 0.6, 0.0).unwrap(), -1.0);
        let state = |p, q, both| latent_correlation(p, q, both).unwrap_err().sqlstate();
        for (p, q, both) in [
            (0.5, 0.5, 0.6),
            (1.0, 0.5, 0.5),
            (0.5, 0.0, 0.0),
            (0.8, 0.8, 0.5),
            (0.5, 0.5, f64::NAN),
        ] {
            assert_eq!(state(p, q, both), "22003");
        }
        assert_eq!(observed_correlation(0.5, 0.5, 1.5).unwrap_err().sqlstate(), "22003");
    }

    #[test]
    fn an_aggregate() {
        let mut state = LatentState::default();
        for _ in 0..9 {
            state.add(Some(true), Some(true));
            state.add(None, Some(true));
        }
        assert_eq!(state.finish(0.0).unwrap(), None);
        state.add(Some(true), Some(true));
        assert_eq!(state.finish(0.0).unwrap(), None, "nothing ever missed");
        state.add(Some(false), Some(false));
        // 10.5, ½, ½, 1.5 of 13.
        let right = latent_correlation(11.0 / 13.0, 11.0 / 13.0, 10.5 / 13.0).unwrap();
        assert!((state.finish(0.0).unwrap().unwrap() - right).abs() < 1e-15);
        assert!((state.finish(11.0).unwrap().unwrap() - right / 2.0).abs() < 1e-15);
        assert_eq!(state.finish(-1.0).unwrap_err().sqlstate(), "22003");
    }

    proptest! {
        #[test]
        fn there_and_back(p in 0.02..0.98f64, q in 0.02..0.98f64, rho in -0.95..0.95f64) {
            let both = cdf2(quantile(p), quantile(q), rho);
            let (least, most) = ((p + q - 1.0).max(0.0), p.min(q));
            prop_assume!(both > least + 1e-6 && both < most - 1e-6);
            prop_assert!((latent_correlation(p, q, both).unwrap() - rho).abs() < 1e-8);
        }

        #[test]
        fn workers_add_up(pairs in prop::collection::vec((any::<Option<bool>>(), any::<Option<bool>>()), 0..60), cut in 0..60usize) {
            let of = |pairs: &[(Option<bool>, Option<bool>)]| {
                let mut state = LatentState::default();
                pairs.iter().for_each(|&(a, b)| state.add(a, b));
                state
            };
            let (one, two) = pairs.split_at(cut.min(pairs.len()));
            let mut sum = of(one);
            sum.combine(&of(two));
            prop_assert_eq!(sum, of(&pairs));
            if let Some(rho) = sum.finish(0.0).unwrap() {
                prop_assert!(rho.abs() <= 1.0);
            }
        }
    }
}
