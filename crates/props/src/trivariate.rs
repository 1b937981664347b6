//! The trivariate normal law, to 1e-13: Plackett's formula as an integral over one path of correlations (Genz 2004).

use crate::bivariate::cdf2;
use dynasty_numbers::normal::cdf;
use dynasty_numbers::quadrature::adaptive;
use std::f64::consts::PI;

/// Below this a correlation is none, and a matrix that far from singular is singular.
const NONE: f64 = 1e-15;

/// The probability that all three are at most `bounds`; `rho` are ρ12, ρ13, ρ23 of a correlation matrix.
pub(crate) fn cdf3(bounds: [f64; 3], rho: [f64; 3]) -> f64 {
    let [mut h1, mut h2, mut h3] = bounds;
    let [mut r12, mut r13, mut r23] = rho;
    if bounds.contains(&f64::NEG_INFINITY) {
        return 0.0;
    }
    if h1 == f64::INFINITY {
        return cdf2(h2, h3, r23);
    }
    if h2 == f64::INFINITY {
        return cdf2(h1, h3, r13);
    }
    if h3 == f64::INFINITY {
        return cdf2(h1, h2, r12);
    }
    // The strongest correlation stays as it is; the path is over the other two.
    if r12.abs() > r13.abs() {
        (h2, h3, r12, r13) = (h3, h2, r13, r12);
    }
    if r13.abs() > r23.abs() {
        (h1, h2, r13, r23) = (h2, h1, r23, r13);
    }
    let found = if r12.abs() + r13.abs() < NONE {
        cdf(h1) * cdf2(h2, h3, r23)
    } else if r13.abs() + r23.abs() < NONE {
        cdf(h3) * cdf2(h1, h2, r12)
    } else if r12.abs() + r23.abs() < NONE {
        cdf(h2) * cdf2(h1, h3, r13)
    } else if 1.0 - r23 < NONE {
        cdf2(h1, h2.min(h3), r12)
    } else if r23 + 1.0 < NONE {
        if h2 > -h3 {
            cdf2(h1, h2, r12) - cdf2(h1, -h3, r12)
        } else {
            0.0
        }
    } else {
        let (a12, a13) = (libm::asin(r12), libm::asin(r13));
        let slope = |t: f64| {
            let (s12, s13) = (libm::sin(a12 * t), libm::sin(a13 * t));
            let mut sum = 0.0;
            if a12 != 0.0 {
                sum += a12 * term(h1, h2, h3, s13, r23, s12);
            }
            if a13 != 0.0 {
                sum += a13 * term(h1, h3, h2, s12, r23, s13);
            }
            sum
        };
        let (sum, _) = adaptive(slope, 0.0, 1.0, 1e-14, 400);
        sum / (2.0 * PI) + cdf(h1) * cdf2(h2, h3, r23)
    };
    found.clamp(0.0, 1.0)
}

/// The density of the pair (a, b) with correlation `r`, without its constant, times the probability of the third given both.
fn term(a: f64, b: f64, c: f64, ra: f64, rb: f64, r: f64) -> f64 {
    let square = (1.0 - r) * (1.0 + r);
    let spread = square * (square - (ra - rb) * (ra - rb) - 2.0 * ra * rb * (1.0 - r));
    let exponent = (a - r * b) * (a - r * b) / square + b * b;
    if square <= 0.0 || exponent > 200.0 {
        return 0.0;
    }
    let above = c * square + a * (r * rb - ra) + b * (r * ra - rb);
    // A singular matrix decides the third.
    let given = if spread > 0.0 {
        cdf(above / spread.sqrt())
    } else if above > 0.0 {
        1.0
    } else if above < 0.0 {
        0.0
    } else {
        0.5
    };
    libm::exp(-0.5 * exponent) * given
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::correlation::{Matrix, is_correlation_matrix};
    use dynasty_numbers::normal::{density, quantile};
    use proptest::prelude::*;

    /// ∫ φ(x) Φ₂(… | x) dx: another decomposition than Plackett's.
    fn by_integral(h: [f64; 3], r: [f64; 3]) -> f64 {
        let (s2, s3) = ((1.0 - r[0] * r[0]).sqrt(), (1.0 - r[1] * r[1]).sqrt());
        let partial = ((r[2] - r[0] * r[1]) / (s2 * s3)).clamp(-1.0, 1.0);
        let f = |x: f64| density(x) * cdf2((h[1] - r[0] * x) / s2, (h[2] - r[1] * x) / s3, partial);
        adaptive(f, -9.0, h[0], 1e-14, 4000).0
    }

    #[test]
    fn the_contracts_values() {
        let h = [0.55, 0.6, 0.5].map(quantile);
        let found = cdf3(h, [0.3, 0.1, 0.2]);
        assert!((found - 0.213_882_521_203).abs() < 1e-12, "{found}");
        assert!((cdf3([0.0; 3], [0.5; 3]) - 0.25).abs() < 1e-14);
        // Singular: ρ = -1/2 throughout.
        assert!(cdf3([0.0; 3], [-0.5; 3]).abs() < 1e-12);
        assert!((cdf3([0.3, 0.1, -0.2], [1.0; 3]) - cdf(-0.2)).abs() < 1e-15);
        assert!((cdf3([0.3, 0.1, -0.2], [-1.0, -1.0, 1.0]) - 0.0f64.max(cdf(0.3) - cdf(0.2))).abs() < 1e-14);
    }

    proptest! {
        #[test]
        fn as_by_the_integral(h in prop::array::uniform3(-4.0..4.0f64), r in prop::array::uniform3(-0.99..0.99f64)) {
            let matrix = Matrix::square(3, vec![1.0, r[0], r[1], r[0], 1.0, r[2], r[1], r[2], 1.0]);
            prop_assume!(is_correlation_matrix(&matrix));
            let (found, right) = (cdf3(h, r), by_integral(h, r));
            prop_assert!((found - right).abs() < 1e-11, "{found} {right}");
            // In any order.
            let other = cdf3([h[2], h[0], h[1]], [r[1], r[2], r[0]]);
            prop_assert!((found - other).abs() < 1e-11);
        }
    }
}
