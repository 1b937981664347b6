//! The mathematics of the example system: how good an umpire is, given how few of his calls were looked at.
#![forbid(unsafe_code)]

use std::fmt;

/// Why a rate has no lower bound.
#[derive(Debug, PartialEq, Eq)]
pub enum BadCounts {
    /// More calls were right than there were, or one of the numbers is negative.
    OutOfRange {
        /// Calls that were right.
        correct: i64,
        /// Calls.
        called: i64,
    },
}

impl fmt::Display for BadCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let BadCounts::OutOfRange { correct, called } = self;
        write!(f, "{correct} of {called} calls cannot be right")
    }
}

/// The lower end of the 95 % score interval of a rate (Wilson 1927): low for few calls, near the rate for many. `None` without any.
pub fn accuracy_bound(correct: i64, called: i64) -> Result<Option<f64>, BadCounts> {
    if correct < 0 || called < correct {
        return Err(BadCounts::OutOfRange { correct, called });
    }
    if called == 0 {
        return Ok(None);
    }
    /// The 0.975 quantile of the normal law.
    const Z: f64 = 1.959_963_984_540_054;
    let (n, rate) = (called as f64, correct as f64 / called as f64);
    let centre = rate + Z * Z / (2.0 * n);
    let spread = Z * (rate * (1.0 - rate) / n + Z * Z / (4.0 * n * n)).sqrt();
    Ok(Some(((centre - spread) / (1.0 + Z * Z / n)).max(0.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    // Newcombe, Statistics in Medicine 17 (1998), table I, method 3: 95 % limits of 81/263, 15/148, 0/20, 1/29.
    #[test]
    fn published_limits() {
        for (correct, called, bound) in [(81, 263, 0.2553), (15, 148, 0.0624), (0, 20, 0.0), (1, 29, 0.0061)] {
            let found = accuracy_bound(correct, called).unwrap().unwrap();
            assert!((found - bound).abs() < 5e-5, "{correct} of {called}: {found}");
        }
    }

    #[test]
    fn what_cannot_be() {
        assert_eq!(accuracy_bound(0, 0), Ok(None));
        assert_eq!(
            accuracy_bound(3, 2).unwrap_err().to_string(),
            "3 of 2 calls cannot be right"
        );
        assert!(accuracy_bound(-1, 2).is_err() && accuracy_bound(0, -1).is_err());
    }
}
