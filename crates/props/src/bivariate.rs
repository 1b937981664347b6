//! The bivariate normal law, to 1e-15 (Genz 2004 after Drezner and Wesolowsky 1989).

use dynasty_numbers::normal::{cdf, root_two_pi};
use dynasty_numbers::quadrature::gauss_legendre;
use std::f64::consts::PI;
use std::sync::LazyLock;

/// Rules of 6, 12 and 20 points: the stronger the correlation, the steeper.
static RULES: LazyLock<[Vec<(f64, f64)>; 3]> = LazyLock::new(|| [6, 12, 20].map(gauss_legendre));

/// The probability that X ≤ `h` and Y ≤ `k`, standard normal with correlation `rho` (-1 to 1). Infinite bounds are taken.
pub(crate) fn cdf2(h: f64, k: f64, rho: f64) -> f64 {
    if h == f64::NEG_INFINITY || k == f64::NEG_INFINITY {
        return 0.0;
    }
    if h == f64::INFINITY {
        return cdf(k);
    }
    if k == f64::INFINITY {
        return cdf(h);
    }
    if rho == 0.0 {
        return cdf(h) * cdf(k);
    }
    let found = if rho.abs() < 0.925 {
        moderate(-h, -k, rho)
    } else {
        strong(-h, -k, rho)
    };
    // Never beyond what two events allow.
    let (p, q) = (cdf(h), cdf(k));
    // (Not clamp: what rounding makes of the two bounds may be in the wrong order.)
    found.max(p + q - 1.0).max(0.0).min(p.min(q))
}

/// P(X > h, Y > k).
fn moderate(h: f64, k: f64, rho: f64) -> f64 {
    let rule = &RULES[if rho.abs() < 0.3 {
        0
    } else if rho.abs() < 0.75 {
        1
    } else {
        2
    }];
    let (product, half) = (h * k, 0.5 * (h * h + k * k));
    let angle = 0.5 * libm::asin(rho);
    let mut sum = 0.0;
    for &(x, weight) in rule {
        let sine = libm::sin(angle * (1.0 + x));
        sum += weight * libm::exp((sine * product - half) / (1.0 - sine * sine));
    }
    sum * angle / (2.0 * PI) + cdf(-h) * cdf(-k)
}

/// P(X > h, Y > k) where |rho| is near 1: around the law of one variable, with the first terms of the difference in closed form.
fn strong(h: f64, mut k: f64, rho: f64) -> f64 {
    let mut product = h * k;
    if rho < 0.0 {
        k = -k;
        product = -product;
    }
    let mut found = 0.0;
    if rho.abs() < 1.0 {
        let square = (1.0 - rho) * (1.0 + rho);
        let mut a = square.sqrt();
        let apart = (h - k) * (h - k);
        let (c, d) = ((4.0 - product) / 8.0, (12.0 - product) / 80.0);
        let exponent = -0.5 * (apart / square + product);
        if exponent > -100.0 {
            let series = 1.0 - c * (apart - square) * (1.0 - d * apart) / 3.0 + c * d * square * square;
            found = a * libm::exp(exponent) * series;
        }
        if product > -100.0 {
            let b = apart.sqrt();
            let tail = root_two_pi() * cdf(-b / a);
            found -= libm::exp(-0.5 * product) * tail * b * (1.0 - c * apart * (1.0 - d * apart) / 3.0);
        }
        a *= 0.5;
        for &(x, weight) in &RULES[2] {
            let xs = (a * (1.0 + x)) * (a * (1.0 + x));
            let exponent = -0.5 * (apart / xs + product);
            if exponent > -100.0 {
                let series = 1.0 + c * xs * (1.0 + 5.0 * d * xs);
                let root = (1.0 - xs).sqrt();
                let exact = libm::exp(-0.5 * product * xs / ((1.0 + root) * (1.0 + root))) / root;
                found += a * weight * libm::exp(exponent) * (exact - series);
            }
        }
        found /= -2.0 * PI;
    }
    if rho > 0.0 {
        found + cdf(-h.max(k))
    } else if h >= k {
        -found
    } else if h < 0.0 {
        cdf(k) - cdf(h) - found
    } else {
        cdf(-h) - cdf(-k) - found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dynasty_numbers::normal::density;
    use dynasty_numbers::quadrature::adaptive;
    use proptest::prelude::*;

    /// ∫ φ(x) Φ((k - ρx)/√(1-ρ²)) dx up to h.
    fn by_integral(h: f64, k: f64, rho: f64) -> f64 {
        let root = ((1.0 - rho) * (1.0 + rho)).sqrt();
        let f = |x: f64| density(x) * cdf((k - rho * x) / root);
        let step = (k / rho).clamp(-9.0, h.max(-9.0));
        adaptive(f, -9.0, step, 1e-15, 4000).0 + adaptive(f, step, h.max(-9.0), 1e-15, 4000).0
    }

    #[test]
    fn quarter_planes() {
        for rho in [-1.0f64, -0.99, -0.5, 0.0, 0.2, 0.8, 0.93, 0.999999, 1.0] {
            let right = 0.25 + rho.asin() / (2.0 * PI);
            assert!((cdf2(0.0, 0.0, rho) - right).abs() < 1e-15, "{rho}");
        }
        assert_eq!(cdf2(f64::INFINITY, 0.0, 0.3), 0.5);
        assert_eq!(cdf2(f64::NEG_INFINITY, 0.0, 0.3), 0.0);
        assert_eq!(cdf2(0.3, f64::INFINITY, -0.3), cdf(0.3));
    }

    proptest! {
        #[test]
        fn as_by_the_integral(h in -6.0..6.0f64, k in -6.0..6.0f64, rho in prop_oneof![-1.0..1.0f64, 0.92..1.0f64, -1.0..-0.92f64]) {
            let found = cdf2(h, k, rho);
            prop_assert!((found - by_integral(h, k, rho)).abs() < 1e-12, "{} {}", found, by_integral(h, k, rho));
            prop_assert!((found - cdf2(k, h, rho)).abs() < 1e-12);
            // The other half: P(X ≤ h, Y > k).
            prop_assert!((found + cdf2(h, -k, -rho) - cdf(h)).abs() < 1e-12);
        }
    }
}
