//! How far the values of a feature have moved: the population stability index and the Kolmogorov-Smirnov distance.

/// Cuts between bins of the reference: its deciles.
const CUTS: usize = 9;

/// A feature then and now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drift {
    /// The population stability index: over the bins between the deciles of the reference, and one for what is missing, the sum of
    /// (now - then) * ln(now / then). Below 0.1 nothing has happened, above 0.25 a lot.
    pub psi: f64,
    /// The largest distance of the two distribution functions of what is not missing. `None` when either has nothing.
    pub ks: Option<f64>,
    /// The shares that are missing.
    pub missing: [f64; 2],
    /// The means of what is not.
    pub mean: [Option<f64>; 2],
    /// How many are not.
    pub known: [usize; 2],
}

/// Compares; NaN is missing. Sorts both. `None` when either is empty.
pub fn drift(reference: &mut [f64], current: &mut [f64]) -> Option<Drift> {
    if reference.is_empty() || current.is_empty() {
        return None;
    }
    let (then_all, now_all) = (reference.len(), current.len());
    let (then, now) = (known(reference), known(current));
    let missing = |all: usize, known: &[f64]| (all - known.len()) as f64 / all as f64;
    let mean = |x: &[f64]| (!x.is_empty()).then(|| x.iter().sum::<f64>() / x.len() as f64);
    Some(Drift {
        psi: psi(then, then_all, now, now_all),
        ks: ks(then, now),
        missing: [missing(then_all, then), missing(now_all, now)],
        mean: [mean(then), mean(now)],
        known: [then.len(), now.len()],
    })
}

/// Sorts, and gives what is not missing.
fn known(values: &mut [f64]) -> &[f64] {
    values.iter_mut().for_each(|x| {
        // One NaN for all, so that they sort behind every number.
        if x.is_nan() {
            *x = f64::NAN;
        }
    });
    values.sort_unstable_by(f64::total_cmp);
    let n = values.iter().take_while(|x| !x.is_nan()).count();
    &values[..n]
}

/// `then` and `now` are sorted; the totals count what is missing, too.
fn psi(then: &[f64], then_total: usize, now: &[f64], now_total: usize) -> f64 {
    let mut cuts: Vec<f64> = Vec::with_capacity(CUTS);
    if !then.is_empty() {
        // The k-th decile is the smallest value that at least k tenths do not exceed (percentile_disc).
        cuts.extend((1..=CUTS).map(|k| then[(k * then.len()).div_ceil(CUTS + 1) - 1]));
        cuts.dedup();
    }
    let bins = cuts.len() + 2;
    // Half a case more in every bin: an empty one would make the index infinite.
    let share = |n: usize, total: usize| (n as f64 + 0.5) / (total as f64 + 0.5 * bins as f64);
    let term = |a: usize, b: usize| {
        let (then, now) = (share(a, then_total), share(b, now_total));
        (now - then) * (now / then).ln()
    };
    let (mut sum, mut before) = (0.0, (0, 0));
    for cut in &cuts {
        let upto = (then.partition_point(|x| x <= cut), now.partition_point(|x| x <= cut));
        sum += term(upto.0 - before.0, upto.1 - before.1);
        before = upto;
    }
    sum += term(then.len() - before.0, now.len() - before.1);
    sum + term(then_total - then.len(), now_total - now.len())
}

/// Both sorted.
fn ks(then: &[f64], now: &[f64]) -> Option<f64> {
    if then.is_empty() || now.is_empty() {
        return None;
    }
    let (mut i, mut j, mut most) = (0, 0, 0.0f64);
    while i < then.len() && j < now.len() {
        let x = then[i].min(now[j]);
        i += then[i..].iter().take_while(|v| **v == x).count();
        j += now[j..].iter().take_while(|v| **v == x).count();
        most = most.max((i as f64 / then.len() as f64 - j as f64 / now.len() as f64).abs());
    }
    Some(most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_moved() {
        let x: Vec<f64> = (0..100).map(f64::from).collect();
        let d = drift(&mut x.clone(), &mut x.clone()).unwrap();
        assert_eq!((d.psi, d.ks, d.missing, d.known), (0.0, Some(0.0), [0.0; 2], [100; 2]));
        assert_eq!(d.mean, [Some(49.5); 2]);
    }

    /// Worked by hand: then 1..10, cuts 1 to 9, eleven bins with the missing one.
    #[test]
    fn all_moved_up() {
        let mut then: Vec<f64> = (1..=10).map(f64::from).collect();
        let mut now = vec![20.0, f64::NAN, 10.0, 30.0];
        let d = drift(&mut then, &mut now).unwrap();
        let (then_bin, then_none) = (1.5 / 15.5f64, 0.5 / 15.5f64);
        let (now_none, now_top, now_missing) = (0.5 / 9.5f64, 3.5 / 9.5f64, 1.5 / 9.5f64);
        let term = |then: f64, now: f64| (now - then) * (now / then).ln();
        let right = 9.0 * term(then_bin, now_none) + term(then_bin, now_top) + term(then_none, now_missing);
        assert!((d.psi - right).abs() < 1e-15, "{} {right}", d.psi);
        assert_eq!(d.ks, Some(0.9));
        assert_eq!((d.missing, d.known), ([0.0, 0.25], [10, 3]));
        assert_eq!(d.mean, [Some(5.5), Some(20.0)]);
    }

    #[test]
    fn what_is_not_there() {
        assert_eq!(drift(&mut [], &mut [1.0]), None);
        assert_eq!(drift(&mut [1.0], &mut []), None);
        let d = drift(&mut [f64::NAN, -f64::NAN], &mut [f64::NAN]).unwrap();
        assert_eq!((d.ks, d.mean, d.known, d.missing), (None, [None; 2], [0; 2], [1.0; 2]));
        // Two bins, all in one: only the halves differ.
        let term = |then: f64, now: f64| (now - then) * (now / then).ln();
        let right = term(0.5 / 3.0, 0.5 / 2.0) + term(2.5 / 3.0, 1.5 / 2.0);
        assert!((d.psi - right).abs() < 1e-15);
    }

    proptest! {
        /// Counted the slow way.
        #[test]
        fn distance_of_the_distribution_functions(
            a in prop::collection::vec(-4..5i8, 1..30), b in prop::collection::vec(-4..5i8, 1..30),
        ) {
            let float = |x: &[i8]| -> Vec<f64> { x.iter().map(|v| f64::from(*v)).collect() };
            let (a, b) = (float(&a), float(&b));
            let at = |x: &[f64], v: f64| x.iter().filter(|y| **y <= v).count() as f64 / x.len() as f64;
            let right = a.iter().chain(&b).map(|v| (at(&a, *v) - at(&b, *v)).abs()).fold(0.0, f64::max);
            let found = drift(&mut a.clone(), &mut b.clone()).unwrap();
            prop_assert_eq!(found.ks, Some(right));
            prop_assert!(found.psi >= 0.0);
        }
    }
}
