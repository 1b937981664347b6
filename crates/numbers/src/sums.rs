//! Sums of doubles to twice a double's digits, and what stands on them: mean, spread, correlation of deviations.
//!
//! Only additions, multiplications, divisions, square roots and fused steps, which IEEE 754 rounds in one way: the same bits on every
//! machine.

/// `a + b` as the nearest double and what is missing of it (Knuth 1969).
pub fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let of_b = sum - a;
    (sum, (a - (sum - of_b)) + (b - of_b))
}

/// A sum that keeps what rounding took from it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sum {
    high: f64,
    low: f64,
}

impl Sum {
    /// Adds a number.
    pub fn add(&mut self, x: f64) {
        let (sum, missing) = two_sum(self.high, x);
        (self.high, self.low) = (sum, self.low + missing);
    }

    /// The sum as two doubles, the second what the first lacks.
    pub fn parts(self) -> (f64, f64) {
        two_sum(self.high, self.low)
    }
}

impl FromIterator<f64> for Sum {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Sum {
        let mut sum = Sum::default();
        values.into_iter().for_each(|x| sum.add(x));
        sum
    }
}

/// A mean as two doubles, the second what the first lacks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean {
    high: f64,
    low: f64,
}

impl Mean {
    /// Of finite values; none of nothing. Those near the largest double must be made smaller first ([`normaliser`]).
    pub fn of(values: &[f64]) -> Option<Mean> {
        if values.is_empty() {
            return None;
        }
        let n = values.len() as f64;
        let near = values.iter().copied().collect::<Sum>().parts().0 / n;
        // The rest is the mean of the differences from that, which are exact as two doubles and cancel: what thousands of additions have
        // lost of a large sum is not lost of a small one.
        let mut rest = Sum::default();
        for x in values {
            let (difference, missing) = two_sum(*x, -near);
            rest.add(difference);
            rest.add(missing);
        }
        let (high, low) = rest.parts();
        let (high, low) = two_sum(near, (high + low) / n);
        Some(Mean { high, low })
    }

    /// The mean less a number, without the loss of digits of subtracting two numbers near each other.
    pub fn less(self, x: f64) -> f64 {
        let (difference, missing) = two_sum(self.high, -x);
        difference + (missing + self.low)
    }

    /// A value less the mean.
    pub fn deviation(self, x: f64) -> f64 {
        0.0 - self.less(x)
    }
}

/// The power of two that brings values, of which this is the largest, near 1: products with it are exact (but for what would vanish
/// beside the largest), and neither sums nor squares of them overflow.
pub fn normaliser(largest: f64) -> f64 {
    let exponent = largest.to_bits() >> 52 & 0x7ff;
    f64::from_bits(2046u64.saturating_sub(exponent).max(1) << 52)
}

/// The largest magnitude.
pub fn largest(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |most: f64, x| most.max(x.abs()))
}

/// √Σx² of finite values: the root of the sum of squares of `x * factor`, and the factor, a power of two.
pub fn length(values: &[f64]) -> (f64, f64) {
    let factor = normaliser(largest(values));
    let squares: Sum = values.iter().map(|x| (x * factor) * (x * factor)).collect();
    (squares.parts().0.sqrt(), factor)
}

/// Whether all values are the same.
pub fn all_equal(values: &[f64]) -> bool {
    values.first().is_none_or(|first| values.iter().all(|x| x == first))
}

/// Pearson's correlation of two series of finite values, which must be as long: Σdx·dy / √(Σdx²·Σdy²), -1 to 1. None for fewer than two
/// or where one series does not vary.
pub fn correlation(x: &[f64], y: &[f64]) -> Option<f64> {
    if x.len() != y.len() || x.len() < 2 || all_equal(x) || all_equal(y) {
        return None;
    }
    // Both near 1, before the mean is taken away and again after it: small deviations from a large mean must not vanish when squared.
    let near_one = |values: &[f64], mean: Option<Mean>| -> Vec<f64> {
        let deviations: Vec<f64> = values.iter().map(|v| mean.map_or(*v, |m| m.deviation(*v))).collect();
        let factor = normaliser(largest(&deviations));
        deviations.iter().map(|d| d * factor).collect()
    };
    let centred = |values: &[f64]| {
        let values = near_one(values, None);
        near_one(&values, Mean::of(&values))
    };
    let (dx, dy) = (centred(x), centred(y));
    let sum = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).collect::<Sum>().parts().0;
    let r = sum(&dx, &dy) / (sum(&dx, &dx) * sum(&dy, &dy)).sqrt();
    r.is_finite().then(|| r.clamp(-1.0, 1.0) + 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_cancels_is_not_lost() {
        let sum: Sum = [1e16, 1.0, -1e16, 1e-3].into_iter().collect();
        assert_eq!(sum.parts().0, 1.001);
        assert_eq!(Mean::of(&[]), None);
        // The mean of 0.1 three times is 0.1, not the double above it.
        assert_eq!(Mean::of(&[0.1; 3]).map(|m| m.less(0.1)), Some(0.0));
        let mean = Mean::of(&[1.0, 1.0, 1.0 + 2.0 * f64::EPSILON]).unwrap();
        assert!((mean.less(1.0) / (2.0 * f64::EPSILON / 3.0) - 1.0).abs() < 1e-15);
    }

    #[test]
    fn correlations() {
        assert_eq!(correlation(&[1.0, 2.0, 4.5], &[-2.0, -4.0, -9.0]), Some(-1.0));
        assert_eq!(
            correlation(&[1.0, 2.0, 1.0, 2.0], &[1.0, 1.0, 2.0, 2.0]).map(f64::to_bits),
            Some(0)
        );
        for (x, y) in [
            (&[1.0, 1.0][..], &[1.0, 2.0][..]),
            (&[1.0], &[2.0]),
            (&[], &[]),
            (&[1.0, 2.0], &[1.0]),
        ] {
            assert_eq!(correlation(x, y), None);
        }
        // numpy.corrcoef([1,2,3,5],[2,1,4,3]) = 0.52915026221291814
        assert!((correlation(&[1.0, 2.0, 3.0, 5.0], &[2.0, 1.0, 4.0, 3.0]).unwrap() - 0.529150262212918).abs() < 1e-15);
        let huge = correlation(&[f64::MAX, -f64::MAX, 1.0], &[1e-300, -1e-300, 0.0]);
        assert!(huge.is_some_and(|r| (r - 1.0).abs() < 1e-15), "{huge:?}");
    }

    proptest! {
        #[test]
        fn correlation_is_within_one_and_symmetric(pairs in prop::collection::vec((any::<f64>(), any::<f64>()), 2..20)) {
            let pairs: Vec<_> = pairs.into_iter().filter(|(a, b)| a.is_finite() && b.is_finite()).collect();
            let (x, y): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
            let one = correlation(&x, &y);
            prop_assert_eq!(one, correlation(&y, &x));
            prop_assert!(one.is_none_or(|r| (-1.0..=1.0).contains(&r)));
        }

        /// Whole numbers have an exact sum.
        #[test]
        fn the_mean_is_that_of_integers(values in prop::collection::vec(-1_000_000_000_000i64..1_000_000_000_000, 1..50)) {
            let doubles: Vec<f64> = values.iter().map(|v| *v as f64).collect();
            let sum: i64 = values.iter().sum();
            prop_assert_eq!(Mean::of(&doubles).unwrap().less(0.0), sum as f64 / values.len() as f64);
        }
    }
}
