//! What a law of a statistic says of a line: over, push, under (contract 3).

mod special;

use crate::check;
use crate::error::PropsError;
use dynasty_numbers::normal::cdf;
use special::{Negbin, Poisson};

/// The probabilities of a line. They sum to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LineProbs {
    /// Above the line.
    pub over: f64,
    /// On it.
    pub push: f64,
    /// Below it.
    pub under: f64,
}

/// `poisson` with this mean; `negbin` with `disp` = variance / mean above 1; `normal` with `disp` = standard deviation above 0, which never
/// ties. Another law is 22023, a law that needs `disp` without it 22004. Counts: mean and line up to 1e6, `disp` to 1e4 (else 22003).
pub fn line_probs(dist: &str, mean: f64, line: f64, disp: Option<f64>) -> Result<LineProbs, PropsError> {
    let needed = || {
        disp.ok_or(PropsError::Null {
            argument: "disp".into(),
        })
    };
    let counts = || -> Result<(), PropsError> {
        check::ranged("mean", mean, |m| (0.0..=1e6).contains(&m), "0 to 1e6")?;
        check::ranged("line", line, |l| l.abs() <= 1e6, "-1e6 to 1e6").map(|_| ())
    };
    match dist {
        "normal" => {
            check::ranged("mean", mean, |_| true, "a finite number")?;
            check::ranged("line", line, |_| true, "a finite number")?;
            let sd = check::ranged("disp", needed()?, |d| d > 0.0, "above 0")?;
            let z = mean / sd - line / sd;
            // Both so far beyond all bounds that their difference is none.
            let z = if z.is_nan() { (mean - line) / sd } else { z };
            Ok(LineProbs {
                over: cdf(z),
                push: 0.0,
                under: cdf(-z),
            })
        }
        "poisson" => {
            counts()?;
            Ok(counted(mean, line, &Poisson { mean }))
        }
        "negbin" => {
            let disp = check::ranged("disp", needed()?, |d| d > 1.0 && d <= 1e4, "above 1, to 1e4")?;
            counts()?;
            let law = Negbin {
                size: mean / (disp - 1.0),
                success: 1.0 / disp,
                failure: (disp - 1.0) / disp,
            };
            Ok(counted(mean, line, &law))
        }
        other => Err(PropsError::invalid("dist", other, "poisson, negbin or normal")),
    }
}

/// A law of 0, 1, 2, …
trait Counts {
    /// P(X = k).
    fn at(&self, k: f64) -> f64;
    /// P(X ≤ k), k ≥ 0.
    fn upto(&self, k: f64) -> f64;
    /// P(X > k), k ≥ 0.
    fn beyond(&self, k: f64) -> f64;
}

fn counted(mean: f64, line: f64, law: &dyn Counts) -> LineProbs {
    let floor = line.floor();
    let whole = line == floor;
    if mean == 0.0 {
        return LineProbs {
            over: f64::from(u8::from(line < 0.0)),
            push: f64::from(u8::from(line == 0.0)),
            under: f64::from(u8::from(line > 0.0)),
        };
    }
    let below = if whole { floor - 1.0 } else { floor };
    LineProbs {
        over: if floor < 0.0 { 1.0 } else { law.beyond(floor) },
        push: if whole && floor >= 0.0 { law.at(floor) } else { 0.0 },
        under: if below < 0.0 { 0.0 } else { law.upto(below) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn small_counts_by_hand() {
        let e = (-1.5f64).exp();
        let found = line_probs("poisson", 1.5, 1.0, None).unwrap();
        for (value, right) in [(found.under, e), (found.push, 1.5 * e), (found.over, 1.0 - 2.5 * e)] {
            assert!((value - right).abs() < 1e-15, "{value} {right}");
        }
        // Geometric: mean 2, variance 6, success 1/3.
        let found = line_probs("negbin", 2.0, 1.5, Some(3.0)).unwrap();
        assert!((found.over - 4.0 / 9.0).abs() < 1e-15 && found.push == 0.0, "{found:?}");
        let found = line_probs("poisson", 0.0, 0.0, None).unwrap();
        assert_eq!((found.over, found.push, found.under), (0.0, 1.0, 0.0));
        assert_eq!(line_probs("poisson", 3.0, -0.5, None).unwrap().over, 1.0);
    }

    #[test]
    fn what_is_no_law() {
        for (dist, mean, line, disp, state) in [
            ("cauchy", 1.0, 1.0, None, "22023"),
            ("negbin", 1.0, 1.0, None, "22004"),
            ("negbin", 1.0, 1.0, Some(1.0), "22003"),
            ("normal", 1.0, 1.0, Some(0.0), "22003"),
            ("poisson", -1.0, 1.0, None, "22003"),
            ("poisson", f64::NAN, 1.0, None, "22003"),
            ("poisson", 1.0, f64::INFINITY, None, "22003"),
        ] {
            assert_eq!(
                line_probs(dist, mean, line, disp).unwrap_err().sqlstate(),
                state,
                "{dist} {mean}"
            );
        }
    }

    proptest! {
        #[test]
        fn the_three_sum_to_one(mean in prop_oneof![0.001..60.0f64, 1e2..1e6], around in -6.0..6.0f64, disp in prop_oneof![1.0001..9.0f64, 9.0..1e4], whole in any::<bool>()) {
            for (dist, sd) in [("poisson", mean.sqrt()), ("negbin", (mean * disp).sqrt())] {
                let line = (mean + around * sd).clamp(-1e6, 1e6);
                let line = if whole { line.floor() } else { line };
                let p = line_probs(dist, mean, line, Some(disp)).unwrap();
                // Each is found apart from the others.
                prop_assert!((p.over + p.push + p.under - 1.0).abs() < 1e-10, "{} {:?}", dist, p);
            }
        }
    }
}
