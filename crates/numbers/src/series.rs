//! Statistics of sequences: spread, streaks, autocorrelation (flagship contract 1.3 and the formulas of the catalogue).
//!
//! Whole numbers are summed exactly; only the last step is a division of floats.

use crate::cv::cv_of_integers;

/// Sample standard deviation: `None` for fewer than two values, exactly 0 when all are equal.
pub fn sd(values: &[f64]) -> Option<f64> {
    let n = values.len();
    let first = *values.first()?;
    if n < 2 {
        return None;
    }
    if values.iter().all(|x| *x == first) {
        return Some(0.0);
    }
    let mean = values.iter().sum::<f64>() / n as f64;
    let squares: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
    Some((squares / (n as f64 - 1.0)).sqrt())
}

/// Coefficient of variation of whole numbers.
pub fn cv(values: impl Iterator<Item = i64>) -> Option<f64> {
    let (mut n, mut sum, mut squares) = (0, 0_i128, 0_i128);
    for x in values.map(i128::from) {
        n += 1;
        sum += x;
        squares += x * x;
    }
    cv_of_integers(n, sum, squares)
}

/// The longest run of consecutive values that pass; `None` without values.
pub fn longest_run(values: impl Iterator<Item = bool>) -> Option<i64> {
    let (mut longest, mut run, mut any) = (0, 0, false);
    for passes in values {
        any = true;
        run = if passes { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    any.then_some(longest)
}

/// The share of values that pass; `None` without values.
pub fn share(values: impl Iterator<Item = bool>) -> Option<f64> {
    let (mut passing, mut n) = (0_i64, 0_i64);
    for passes in values {
        n += 1;
        passing += i64::from(passes);
    }
    (n > 0).then(|| passing as f64 / n as f64)
}

/// Autocorrelation at lag 1: `None` for fewer than ten values, or when all are equal.
pub fn autocorrelation(values: &[i64]) -> Option<f64> {
    let n = values.len() as i128;
    let (first, last) = (*values.first()? as i128, *values.last()? as i128);
    if n < 10 {
        return None;
    }
    let sum: i128 = values.iter().map(|x| *x as i128).sum();
    let squares: i128 = values.iter().map(|x| *x as i128 * *x as i128).sum();
    let products: i128 = values.windows(2).map(|w| w[0] as i128 * w[1] as i128).sum();
    // Both sums of products of deviations, times n * n, so that the mean need not be divided out.
    let denominator = n * n * squares - n * sum * sum;
    let numerator = n * n * products - n * sum * (2 * sum - first - last) + (n - 1) * sum * sum;
    (denominator != 0).then(|| numerator as f64 / denominator as f64)
}

/// Mean of the absolute changes from one value to the next; `None` for fewer than two values.
pub fn mean_abs_change(values: &[i64]) -> Option<f64> {
    let changes: i64 = values.windows(2).map(|w| (w[1] - w[0]).abs()).sum();
    (values.len() >= 2).then(|| changes as f64 / (values.len() as f64 - 1.0))
}

/// Spread of a ratio over all windows of so many consecutive (numerator, denominator) pairs; windows without a
/// denominator are skipped.
pub fn rolling_sd(pairs: &[(i64, i64)], width: usize, windows: &mut Vec<f64>) -> Option<f64> {
    windows.clear();
    let (mut numerator, mut denominator) = (0, 0);
    for (i, (n, d)) in pairs.iter().enumerate() {
        numerator += n;
        denominator += d;
        if i >= width {
            numerator -= pairs[i - width].0;
            denominator -= pairs[i - width].1;
        }
        if i + 1 >= width && denominator != 0 {
            windows.push(numerator as f64 / denominator as f64);
        }
    }
    sd(windows)
}

/// Slope of the least-squares line through (x, y): `None` for fewer than two points.
pub fn slope(points: &[(i32, f64)]) -> Option<f64> {
    if points.len() < 2 {
        return None;
    }
    let n = points.len() as f64;
    let x_mean = points.iter().map(|p| f64::from(p.0)).sum::<f64>() / n;
    let y_mean = points.iter().map(|p| p.1).sum::<f64>() / n;
    let (mut xy, mut xx) = (0.0, 0.0);
    for (x, y) in points {
        let dx = f64::from(*x) - x_mean;
        xy += dx * (y - y_mean);
        xx += dx * dx;
    }
    Some(xy / xx)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn worked_example() {
        // Flagship contract 9: hits 2, 0, 0, 3.
        let hits = [2, 0, 0, 3];
        assert_eq!(cv(hits.into_iter()), Some(1.2));
        assert_eq!(longest_run(hits.iter().map(|h| *h == 0)), Some(2));
        assert_eq!(mean_abs_change(&hits), Some(5.0 / 3.0));
        assert_eq!(autocorrelation(&hits), None);
    }

    #[test]
    fn equal_values_have_no_spread() {
        assert_eq!(sd(&[0.1; 7]), Some(0.0));
        assert_eq!(autocorrelation(&[3; 20]), None);
        assert_eq!(rolling_sd(&[(1, 3); 12], 10, &mut vec![]), Some(0.0));
        assert_eq!(rolling_sd(&[(1, 3); 10], 10, &mut vec![]), None);
    }

    proptest! {
        #[test]
        fn exact_sums_agree_with_the_definition(values in prop::collection::vec(0_i64..8, 10..80)) {
            let n = values.len() as f64;
            let mean = values.iter().sum::<i64>() as f64 / n;
            let d: Vec<f64> = values.iter().map(|x| *x as f64 - mean).collect();
            let squares: f64 = d.iter().map(|x| x * x).sum();
            if squares > 0.0 {
                let lag: f64 = d.windows(2).map(|w| w[0] * w[1]).sum();
                let r = autocorrelation(&values).unwrap();
                prop_assert!((r - lag / squares).abs() < 1e-12);
                let c = cv(values.iter().copied()).unwrap();
                prop_assert!((c - (squares / (n - 1.0)).sqrt() / mean).abs() < 1e-12);
            }
        }

        #[test]
        fn rolling_windows_are_each_their_own_ratio(pairs in prop::collection::vec((0_i64..4, 0_i64..3), 0..60), width in 1_usize..12) {
            let ratios: Vec<f64> = pairs.windows(width).filter_map(|w| {
                let (n, d) = w.iter().fold((0, 0), |s, p| (s.0 + p.0, s.1 + p.1));
                (d != 0).then(|| n as f64 / d as f64)
            }).collect();
            prop_assert_eq!(rolling_sd(&pairs, width, &mut vec![]), sd(&ratios));
        }

        #[test]
        fn slope_of_a_line_is_its_slope(a in -2.0..2.0_f64, b in -2.0..2.0_f64, xs in prop::collection::btree_set(1990..2030_i32, 2..9)) {
            let points: Vec<(i32, f64)> = xs.iter().map(|x| (*x, a * f64::from(*x) + b)).collect();
            prop_assert!((slope(&points).unwrap() - a).abs() < 1e-9);
        }
    }
}
