//! Value at risk and expected shortfall of a loss L; positive is a loss (Rockafellar and Uryasev 2002 for laws with steps).

use crate::check;
use crate::error::PropsError;

/// Both figures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Risk {
    /// The smallest l with P(L ≤ l) ≥ alpha.
    pub value_at_risk: f64,
    /// VaR + E[(L - VaR)⁺]/(1 - alpha).
    pub expected_shortfall: f64,
}

/// Of losses with their probabilities.
pub fn risk_of(mut losses: Vec<(f64, f64)>, alpha: f64) -> Risk {
    losses.retain(|l| l.1 > 0.0);
    losses.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let mut below = 0.0;
    let mut var = losses.last().map_or(0.0, |l| l.0);
    for &(loss, p) in &losses {
        below += p;
        // 0.95 of what sums to 0.95 but for rounding.
        if below >= alpha - 1e-12 {
            var = loss;
            break;
        }
    }
    let beyond: f64 = losses.iter().map(|&(loss, p)| p * (loss - var).max(0.0)).sum();
    Risk {
        value_at_risk: var + 0.0,
        expected_shortfall: var + beyond / (1.0 - alpha) + 0.0,
    }
}

/// Of equally likely profits: the element ⌈alpha n - 1e-9⌉ of the sorted losses. None of them is 22023, alpha beyond 0 to 1 22003.
fn risk(pnl: &[f64], alpha: f64) -> Result<Risk, PropsError> {
    if pnl.is_empty() {
        return Err(PropsError::invalid("pnl", "none", "at least one profit"));
    }
    check::all("pnl", pnl, |_| true, "a finite number")?;
    check::alpha(alpha)?;
    let mut losses: Vec<f64> = pnl.iter().map(|v| -v).collect();
    losses.sort_unstable_by(f64::total_cmp);
    let n = losses.len();
    let at = (alpha * n as f64 - 1e-9).ceil().clamp(1.0, n as f64) as usize;
    let var = losses[at - 1];
    let beyond: f64 = losses[at..].iter().map(|l| l - var).sum();
    Ok(Risk {
        value_at_risk: var + 0.0,
        expected_shortfall: check::result(var + beyond / n as f64 / (1.0 - alpha))?,
    })
}

/// Value at risk of profits.
pub fn value_at_risk(pnl: &[f64], alpha: f64) -> Result<f64, PropsError> {
    Ok(risk(pnl, alpha)?.value_at_risk)
}

/// Expected shortfall of profits.
pub fn expected_shortfall(pnl: &[f64], alpha: f64) -> Result<f64, PropsError> {
    Ok(risk(pnl, alpha)?.expected_shortfall)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contracts_values() {
        let slip = |alpha| risk_of(vec![(-2.0, 0.97), (100.0, 0.03)], alpha);
        assert!((slip(0.95).expected_shortfall - 59.2).abs() < 1e-9 && slip(0.95).value_at_risk == -2.0);
        assert_eq!(
            (slip(0.99).value_at_risk, slip(0.99).expected_shortfall),
            (100.0, 100.0)
        );
        let pnl: Vec<f64> = (0..20).map(|i| -10.0 + 2.0 * f64::from(i)).collect();
        for (alpha, var, es) in [(0.95, 8.0, 10.0), (0.9, 6.0, 9.0)] {
            assert_eq!(value_at_risk(&pnl, alpha).unwrap(), var);
            assert!((expected_shortfall(&pnl, alpha).unwrap() - es).abs() < 1e-12);
        }
        let state = |pnl: &[f64], alpha| value_at_risk(pnl, alpha).unwrap_err().sqlstate();
        assert_eq!(state(&[], 0.5), "22023");
        for alpha in [0.0, 1.0, f64::NAN, -1.0] {
            assert_eq!(state(&[1.0], alpha), "22003");
        }
        assert_eq!(state(&[f64::NAN], 0.5), "22003");
        assert_eq!(
            expected_shortfall(&[-1e308, 1e308], 0.4).unwrap_err().sqlstate(),
            "22003"
        );
    }
}
