//! Incomplete gamma and beta functions with Loader's saddle-point factor (2000), so that large means lose no digits.

use super::Counts;
use std::f64::consts::PI;

/// A continued fraction of a mean of 1e6 ends after some thousand steps.
const STEPS: usize = 100_000;
const SMALL: f64 = 1e-300;

pub(super) struct Poisson {
    pub(super) mean: f64,
}

impl Counts for Poisson {
    fn at(&self, k: f64) -> f64 {
        poisson_term(k, self.mean)
    }
    fn upto(&self, k: f64) -> f64 {
        gamma(k + 1.0, self.mean, true)
    }
    fn beyond(&self, k: f64) -> f64 {
        gamma(k + 1.0, self.mean, false)
    }
}

/// Γ(k+r)/(Γ(r) k!) p^r (1-p)^k.
pub(super) struct Negbin {
    pub(super) size: f64,
    pub(super) success: f64,
    pub(super) failure: f64,
}

impl Counts for Negbin {
    fn at(&self, k: f64) -> f64 {
        let r = self.size;
        binomial_term(r, k + r, self.success, self.failure) * r / (k + r)
    }
    fn upto(&self, k: f64) -> f64 {
        beta(self.size, k + 1.0, self.success, self.failure)
    }
    fn beyond(&self, k: f64) -> f64 {
        beta(k + 1.0, self.size, self.failure, self.success)
    }
}

/// ln Γ(x+1) - (x + ½) ln x + x - ln √(2π).
fn stirling_error(x: f64) -> f64 {
    if x <= 15.0 {
        return libm::lgamma(x + 1.0) - (x + 0.5) * libm::log(x) + x - 0.918_938_533_204_672_8;
    }
    let s = 1.0 / (x * x);
    (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0 - s / 1188.0) * s) * s) * s) / x
}

/// x ln(x/m) + m - x, without cancellation where they are near.
fn deviance(x: f64, m: f64) -> f64 {
    if (x - m).abs() < 0.1 * (x + m) {
        let v = (x - m) / (x + m);
        let mut sum = (x - m) * v;
        let mut power = 2.0 * x * v;
        for j in 1..1000 {
            power *= v * v;
            let next = sum + power / f64::from(2 * j + 1);
            if next == sum {
                break;
            }
            sum = next;
        }
        return sum;
    }
    x * libm::log(x / m) + m - x
}

/// m^x e^-m / Γ(x+1).
fn poisson_term(x: f64, m: f64) -> f64 {
    if x == 0.0 {
        return libm::exp(-m);
    }
    libm::exp(-stirling_error(x) - deviance(x, m)) / (2.0 * PI * x).sqrt()
}

/// Γ(n+1)/(Γ(x+1) Γ(n-x+1)) p^x q^(n-x), x above 0.
fn binomial_term(x: f64, n: f64, p: f64, q: f64) -> f64 {
    let rest = n - x;
    if rest <= 0.0 {
        return libm::exp(n * libm::log(p));
    }
    let exponent =
        stirling_error(n) - stirling_error(x) - stirling_error(rest) - deviance(x, n * p) - deviance(rest, n * q);
    libm::exp(exponent) * (n / (2.0 * PI * x * rest)).sqrt()
}

/// The regularised incomplete gamma function of `a` ≥ 1 at `x`: above `x`, or up to it.
fn gamma(a: f64, x: f64, above: bool) -> f64 {
    let factor = a * poisson_term(a, x);
    let (part, is_above) = if x < a + 1.0 {
        let (mut term, mut sum, mut n) = (1.0 / a, 1.0 / a, a);
        for _ in 0..STEPS {
            n += 1.0;
            term *= x / n;
            sum += term;
            if term < sum * 1e-17 {
                break;
            }
        }
        (factor * sum, false)
    } else {
        let mut b = x + 1.0 - a;
        let (mut c, mut d) = (1.0 / SMALL, 1.0 / b);
        let mut h = d;
        for i in 1..STEPS {
            let i = i as f64;
            let an = -i * (i - a);
            b += 2.0;
            d = 1.0 / off_zero(an * d + b);
            c = off_zero(b + an / c);
            h *= d * c;
            if (d * c - 1.0).abs() < 1e-16 {
                break;
            }
        }
        (factor * h, true)
    };
    let part = part.clamp(0.0, 1.0);
    if is_above == above { part } else { 1.0 - part }
}

/// The regularised incomplete beta function I_x(a, b); `y` is 1 - x.
fn beta(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let factor = binomial_term(a, a + b, x, y) * a * b / (a + b);
    let found = if x < (a + 1.0) / (a + b + 2.0) {
        factor * fraction(a, b, x) / a
    } else {
        1.0 - factor * fraction(b, a, y) / b
    };
    found.clamp(0.0, 1.0)
}

fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let mut c = 1.0;
    let mut d = 1.0 / off_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut h = d;
    for m in 1..STEPS {
        let m = m as f64;
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / off_zero(1.0 + even * d);
        c = off_zero(1.0 + even / c);
        h *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / off_zero(1.0 + odd * d);
        c = off_zero(1.0 + odd / c);
        h *= d * c;
        if (d * c - 1.0).abs() < 1e-16 {
            break;
        }
    }
    h
}

fn off_zero(v: f64) -> f64 {
    if v.abs() < SMALL { SMALL } else { v }
}
