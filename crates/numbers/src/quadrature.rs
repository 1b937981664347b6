//! Integrals: Gauss-Legendre rules, and Gauss-Kronrod where a function is steep in places nobody knows beforehand.

use std::f64::consts::PI;

/// A Gauss-Legendre rule on -1..1: nodes and weights, ascending. `n` is at least 1. By Newton's method from Tricomi's start.
pub fn gauss_legendre(n: usize) -> Vec<(f64, f64)> {
    let n = n.max(1);
    let order = n as f64;
    let mut rule: Vec<(f64, f64)> = (0..n)
        .map(|i| {
            let mut x = libm::cos(PI * (i as f64 + 0.75) / (order + 0.5));
            let mut slope = 1.0;
            for _ in 0..12 {
                let (mut below, mut here) = (1.0, x);
                for k in 2..=n {
                    let k = k as f64;
                    (below, here) = (here, ((2.0 * k - 1.0) * x * here - (k - 1.0) * below) / k);
                }
                slope = order * (x * here - below) / (x * x - 1.0);
                let step = here / slope;
                x -= step;
                if step.abs() < 1e-16 {
                    break;
                }
            }
            (x, 2.0 / ((1.0 - x * x) * slope * slope))
        })
        .collect();
    if n == 1 {
        rule[0] = (0.0, 2.0);
    }
    rule.reverse();
    rule
}

/// Nodes from the middle, weights of Kronrod's 15 points and of Gauss's 7 (QUADPACK, qk15).
#[rustfmt::skip]
const KRONROD: [(f64, f64, f64); 8] = [
    (0.0, 0.209_482_141_084_727_84, 0.417_959_183_673_469_4),
    (0.207_784_955_007_898_47, 0.204_432_940_075_298_9, 0.0),
    (0.405_845_151_377_397_2, 0.190_350_578_064_785_4, 0.381_830_050_505_118_9),
    (0.586_087_235_467_691_1, 0.169_004_726_639_267_9, 0.0),
    (0.741_531_185_599_394_4, 0.140_653_259_715_525_9, 0.279_705_391_489_276_64),
    (0.864_864_423_359_769_1, 0.104_790_010_322_250_18, 0.0),
    (0.949_107_912_342_758_5, 0.063_092_092_629_978_55, 0.129_484_966_168_869_7),
    (0.991_455_371_120_812_6, 0.022_935_322_010_529_224, 0.0),
];

/// The integral of `f` from `from` to `to`, halving where the two rules differ by more than `tolerance`; with an estimate of the error.
/// At most `most` intervals are looked at: a function that is never smooth ends with what it has.
pub fn adaptive(f: impl Fn(f64) -> f64, from: f64, to: f64, tolerance: f64, most: usize) -> (f64, f64) {
    let rule = |a: f64, b: f64| {
        let (centre, half) = (0.5 * (a + b), 0.5 * (b - a));
        let (mut fine, mut coarse) = (0.0, 0.0);
        for &(x, kronrod, gauss) in &KRONROD {
            let both = if x == 0.0 {
                f(centre)
            } else {
                f(centre - half * x) + f(centre + half * x)
            };
            fine += kronrod * both;
            coarse += gauss * both;
        }
        (fine * half, (fine - coarse).abs() * half)
    };
    let (mut sum, mut error, mut seen) = (0.0, 0.0, 0);
    let mut open = vec![(from, to)];
    while let Some((a, b)) = open.pop() {
        seen += 1;
        let (part, off) = rule(a, b);
        let middle = 0.5 * (a + b);
        // Kronrod's error is about that of Gauss to the power 1.5, so a difference of 1e-9 is far below 1e-12.
        let off = if off < 1e-3 {
            (200.0 * off).powf(1.5).min(off)
        } else {
            off
        };
        if off <= tolerance || seen + open.len() >= most || middle <= a.min(b) || middle >= a.max(b) {
            sum += part;
            error += off;
        } else {
            open.push((middle, b));
            open.push((a, middle));
        }
    }
    (sum, error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_exact_for_polynomials() {
        for n in [1, 2, 6, 12, 20, 48] {
            let rule = gauss_legendre(n);
            assert!((rule.iter().map(|r| r.1).sum::<f64>() - 2.0).abs() < 1e-14);
            assert!(rule.is_sorted_by(|a, b| a.0 < b.0));
            for power in 0..(2 * n).min(60) {
                let right = if power % 2 == 0 {
                    2.0 / (power as f64 + 1.0)
                } else {
                    0.0
                };
                let found: f64 = rule.iter().map(|(x, w)| w * x.powi(power as i32)).sum();
                assert!((found - right).abs() < 1e-14, "{n} {power}: {found}");
            }
        }
        // Abramowitz and Stegun, table 25.4.
        let rule = gauss_legendre(6);
        assert!((rule[5].0 - 0.932_469_514_203_152).abs() < 1e-15 && (rule[5].1 - 0.171_324_492_379_170).abs() < 1e-15);
    }

    #[test]
    fn steep_functions() {
        let steep = |x: f64| 1.0 / (1.0 + ((0.3 - x) * 1e5).exp());
        let (sum, error) = adaptive(steep, 0.0, 1.0, 1e-13, 500);
        assert!((sum - 0.7).abs() < 1e-12 && error < 1e-11, "{sum} {error}");
        let step = |x: f64| f64::from(u8::from(x > 1.0 / 3.0));
        assert!((adaptive(step, 0.0, 1.0, 1e-14, 500).0 - 2.0 / 3.0).abs() < 1e-12);
        // Never smooth: it ends.
        let (sum, error) = adaptive(|x| (x * 1e9).sin(), 0.0, 1.0, 1e-14, 100);
        assert!(sum.is_finite() && error > 0.0);
        assert_eq!(adaptive(|_| 1.0, 2.0, 2.0, 1e-14, 100).0, 0.0);
    }
}
