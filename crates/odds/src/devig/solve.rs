//! Where a falling function passes a value.

/// No bisection takes more steps. The bits of two doubles are halved 64 times at most, so it is never reached.
const STEPS: usize = 200;

/// The x between `low` and `high` (0 or more) where `f`, which falls, is `target`.
///
/// Halved are not the numbers but their bits, which for doubles from 0 up are in the same order: the root is found to its last
/// digit in 64 steps whether it is 0.9 or 1e-140.
pub(super) fn falling_to(target: f64, low: f64, high: f64, f: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (low.max(0.0).to_bits(), high.max(0.0).to_bits());
    if low > high {
        // All prices are equal, and the two ends differ by a rounding.
        (low, high) = (high, low);
    }
    for _ in 0..STEPS {
        let middle = low + (high - low) / 2;
        if middle == low {
            break;
        }
        let x = f64::from_bits(middle);
        match f(x) {
            at if at > target => low = middle,
            at if at < target => high = middle,
            _ => return x,
        }
    }
    // Of the two last neighbours the nearer one.
    let (low, high) = (f64::from_bits(low), f64::from_bits(high));
    if (f(low) - target).abs() <= (f(high) - target).abs() {
        low
    } else {
        high
    }
}

#[cfg(test)]
mod tests {
    use super::falling_to;

    #[test]
    fn finds_roots_of_any_size() {
        for root in [1e-300, 1e-20, 0.25, 0.999, 1.0, 3e15, 1e300] {
            let found = falling_to(1.0, 0.0, f64::MAX, |x| root / x);
            assert!((found / root - 1.0).abs() < 1e-15, "{root:e}: {found:e}");
        }
        assert_eq!(falling_to(1.0, 0.0, 1.0, |x| 3.0 - 2.0 * x), 1.0);
        assert_eq!(falling_to(2.0, 0.5, 0.5, |_| 1.0), 0.5);
    }
}
