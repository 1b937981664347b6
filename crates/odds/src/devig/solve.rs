//! Where a falling function passes a value.

/// No search takes more steps. After [`ALONE`] every second halves the bits of two doubles, which can be done 64 times, so it is never reached.
const STEPS: usize = 200;

/// So many steps along the chord are tried before it is doubted.
const ALONE: usize = 16;

/// A sum this near, in parts of what is wanted, is as near as the rounding of its terms lets it be told.
const NEAR: f64 = 2.0 * f64::EPSILON;

/// The x between `low` and `high` (0 or more) where `f`, which falls, is `target`.
///
/// Steps go along the chord, at whose farther end the distance is halved when one end stays (the Illinois rule): some ten
/// are enough for what markets are like. Later every second halves not the numbers but their bits, which for doubles from 0 up are in the
/// same order, so that the root is found to its last digit whether it is 0.9 or 1e-140, and however crooked `f` is.
pub(super) fn falling_to(target: f64, low: f64, high: f64, f: impl Fn(f64) -> f64) -> f64 {
    let (low, high) = (low.max(0.0), high.max(0.0));
    // All prices are equal, and the two ends differ by a rounding.
    let mut ends = if low > high { [high, low] } else { [low, high] };
    let over = |x: f64| f(x) - target;
    let near = |at: f64| at.is_nan() || at.abs() <= NEAR * target;
    let mut overs = ends.map(over);
    if let Some(end) = overs.iter().position(|at| near(*at)) {
        return ends[end];
    }
    // Which end the last step moved.
    let mut moved = None;
    for step in 0..STEPS {
        let [low, high] = ends.map(f64::to_bits);
        let middle = f64::from_bits(low + (high - low) / 2);
        if middle == ends[0] {
            break;
        }
        let chord = ends[0] + (ends[1] - ends[0]) * (overs[0] / (overs[0] - overs[1]));
        // A comparison with what is no number is false.
        let doubted = step >= ALONE && step % 2 == 1;
        let x = if !doubted && chord > ends[0] && chord < ends[1] {
            chord
        } else {
            middle
        };
        let at = over(x);
        if near(at) {
            return x;
        }
        let end = usize::from(at < 0.0);
        (ends[end], overs[end]) = (x, at);
        if moved == Some(end) {
            overs[1 - end] /= 2.0;
        }
        moved = Some(end);
    }
    // Of the two last neighbours the nearer one.
    if over(ends[0]).abs() <= over(ends[1]).abs() {
        ends[0]
    } else {
        ends[1]
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

    #[test]
    fn is_soon_done_with_markets_and_never_lost() {
        let steps = |f: &dyn Fn(f64) -> f64, low, high| {
            let count = std::cell::Cell::new(0);
            let found = falling_to(1.0, low, high, |x| {
                count.set(count.get() + 1);
                f(x)
            });
            (found, count.get())
        };
        // The power method of three-way markets.
        let markets = [
            ([2.6, 2.4, 4.3], 16),
            ([3.0, 3.0, 3.0], 16),
            ([1.02, 12.0, 26.0], 24),
            ([1.001, 900.0, 1000.0], 40),
        ];
        for (prices, most) in markets {
            let sum = |k: f64| prices.iter().map(|o: &f64| o.powf(-k)).sum::<f64>();
            let (k, count) = steps(&sum, 0.0, 4.0);
            assert!((sum(k) - 1.0).abs() < 1e-15, "{prices:?}: {k}");
            assert!(count <= most, "{prices:?}: {count} steps");
        }
        // A cliff, flat on both sides: halving alone finds it.
        let (found, count) = steps(&|x| if x < 0.3 { 5.0 } else { 0.1 }, 0.0, 1.0);
        assert!((found - 0.3).abs() < 1e-15 && count <= 204, "{found}: {count} steps");
    }
}
