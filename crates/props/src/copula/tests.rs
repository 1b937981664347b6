use super::*;
use crate::{hits_distribution, outcome_distribution};
use proptest::prelude::*;

fn matrix(n: usize, rho: impl Fn(usize, usize) -> f64) -> Matrix {
    let value = |at: usize| if at / n == at % n { 1.0 } else { rho(at / n, at % n) };
    Matrix::square(n, (0..n * n).map(value).collect())
}
fn info(probs: &[f64], corr: &Matrix) -> Joint {
    joint_probability_info(probs, Some(corr), &Effort::default()).unwrap()
}
/// Fewer points where it is about something else.
fn quick() -> Effort {
    Effort {
        samples: 4000,
        ..Effort::default()
    }
}

#[test]
fn methods() {
    let of = |n: usize, rho: &dyn Fn(usize, usize) -> f64| info(&vec![0.6; n], &matrix(n, rho)).method;
    assert_eq!(of(3, &|_, _| 0.3), Method::Exact);
    assert_eq!(of(5, &|_, _| 0.0), Method::Exact);
    assert_eq!(of(5, &|_, _| 0.3), Method::Factor);
    assert_eq!(
        of(6, &|i, j| 0.1 * (i + 1) as f64 * 0.1 * (j + 1) as f64),
        Method::Factor
    );
    assert_eq!(of(6, &|i, j| if i % 2 == j % 2 { 0.3 } else { -0.3 }), Method::Factor);
    assert_eq!(of(4, &|i, j| if i + j == 3 { 0.3 } else { 0.2 }), Method::Lattice);
    // Two games of three.
    assert_eq!(of(6, &|i, j| if i / 3 == j / 3 { 0.4 } else { 0.0 }), Method::Exact);
    assert_eq!(of(4, &|_, _| 1.0), Method::Exact);
    assert_eq!(
        [Method::Exact, Method::MonteCarlo].map(Method::name),
        ["exact", "monte_carlo"]
    );
}

#[test]
fn known_orthants() {
    // Equal ρ = ½: 1/(n+1).
    for n in 2..=20 {
        let found = info(&vec![0.5; n], &matrix(n, |_, _| 0.5));
        assert!((found.prob - 1.0 / (n as f64 + 1.0)).abs() < 1e-12, "{n}: {found:?}");
    }
    // Steep: nearly one leg.
    for rho in [0.99f64, 0.9999, 0.99999999] {
        let found = info(&[0.5; 4], &matrix(4, |_, _| rho));
        assert!(
            found.prob < 0.5 && found.prob > 0.5 - (1.0 - rho).sqrt(),
            "{rho}: {found:?}"
        );
    }
    // Singular: four that sum to 0 are never all below it, three of them with -1/2 neither.
    assert!(info(&[0.5; 4], &matrix(4, |_, _| -1.0 / 3.0)).prob < 2e-6);
    assert!(info(&[0.5; 3], &matrix(3, |_, _| -0.5)).prob < 1e-12);
    // One variable under several legs.
    assert_eq!(info(&[0.5, 0.6, 0.7, 0.8], &matrix(4, |_, _| 1.0)).prob, 0.5);
    let turned = matrix(4, |i, j| if i % 2 == j % 2 { 1.0 } else { -1.0 });
    let found = hits_distribution(&[0.5, 0.6, 0.7, 0.8], Some(&turned), &quick()).unwrap();
    // Z ≤ Φ⁻¹(.5), Z ≤ Φ⁻¹(.7) against Z ≥ Φ⁻¹(.4), Z ≥ Φ⁻¹(.2): breaks at .2 .4 .5 .7.
    for (value, right) in found.iter().zip([0.0, 0.0, 0.2 + 0.3, 0.2 + 0.2, 0.1]) {
        assert!((value - right).abs() < 1e-12, "{found:?}");
    }
}

#[test]
fn what_is_refused() {
    let state = |probs: &[f64], corr: Option<&Matrix>, samples| {
        let effort = Effort {
            samples,
            ..Effort::default()
        };
        joint_probability(probs, corr, &effort).unwrap_err().sqlstate()
    };
    let bad = matrix(3, |i, j| if i + j == 2 { 0.1 } else { 0.9 });
    for (probs, corr, samples, right) in [
        (&[0.5, 1.2][..], None, 1000, "22003"),
        (&[0.5, f64::NAN], None, 1000, "22003"),
        (&[], None, 1000, "22023"),
        (&[0.5; 21], None, 1000, "22023"),
        (&[0.5; 2], Some(&bad), 1000, "2202E"),
        (&[0.5; 3], Some(&bad), 1000, "22023"),
        (&[0.5; 3], None, 999, "22023"),
        (&[0.5; 3], None, 5_000_001, "22023"),
    ] {
        assert_eq!(state(probs, corr, samples), right, "{probs:?}");
    }
    let ties = |win: &[f64], push: &[f64]| {
        outcome_distribution(win, Some(push), None, &quick())
            .unwrap_err()
            .sqlstate()
    };
    assert_eq!((ties(&[0.9], &[0.2]), ties(&[0.5, 0.4], &[0.1])), ("22003", "2202E"));
    assert!(outcome_distribution(&[0.7], Some(&[0.3]), None, &quick()).is_ok());
}

/// Random loadings, bounds: a matrix with one factor, for which there is a second way.
fn one_factor(seed: u64, n: usize) -> (Vec<Node>, Vec<f64>, Vec<f64>) {
    let mut state = seed;
    let mut draw = || {
        state = state
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (state >> 33) as f64 / (1u64 << 31) as f64
    };
    let lambda: Vec<f64> = (0..n)
        .map(|_| (0.15 + 0.8 * draw()) * if draw() < 0.25 { -1.0 } else { 1.0 })
        .collect();
    let nodes = (0..n).map(|_| Node {
        cuts: vec![quantile(0.35 + 0.4 * draw())],
        slots: vec![1, 0],
    });
    let nodes: Vec<Node> = nodes.collect();
    let r = (0..n * n)
        .map(|at| {
            if at / n == at % n {
                1.0
            } else {
                lambda[at / n] * lambda[at % n]
            }
        })
        .collect();
    (nodes, lambda, r)
}

#[test]
fn the_lattice_is_within_its_bound() {
    for n in [4, 5, 6, 8, 12, 20] {
        let mut worst = (0.0f64, 0.0f64);
        // The points of many legs take seconds without optimization.
        for seed in 0..if n < 8 { 6 } else { 1 } {
            let (nodes, lambda, r) = one_factor(seed * 77 + n as u64, n);
            let bounds: Vec<f64> = nodes.iter().map(|node| node.cuts[0]).collect();
            let right = factor::joint(&nodes, &lambda);
            let (found, halves) = lattice::joint(&bounds, &r, &Effort::default());
            let off = (found - right).abs();
            assert!(off <= 1.5e-6f64.max(halves), "{n}: {off:e} {halves:e}");
            worst = (worst.0.max(off), worst.1.max(halves));
        }
        println!(
            "{n} legs: at most {:.1e} off, half the points differ by {:.1e}",
            worst.0, worst.1
        );
        assert!(worst.0 <= 2e-6, "{n}: {worst:?}");
    }
}

#[test]
fn distributions_are_within_their_bounds() {
    for (n, bound) in [
        (4, 5e-5),
        (6, 5e-5),
        (7, 2e-4),
        (8, 2e-4),
        (10, 3e-3),
        (14, 3e-3),
        (20, 3e-3),
    ] {
        let mut worst = 0.0f64;
        let begin = std::time::Instant::now();
        for seed in 0..3 {
            let (nodes, lambda, r) = one_factor(seed * 31 + n as u64, n);
            let right = factor::spread(&nodes, &lambda, n + 1);
            let (found, _) = tree::spread(&nodes, &r, n + 1, &Effort::default());
            let sum: f64 = found.iter().sum();
            for (a, b) in found.iter().zip(&right) {
                worst = worst.max((a / sum - b).abs());
            }
        }
        println!("{n} legs: at most {worst:.1e} off, {:?} each", begin.elapsed() / 3);
        assert!(worst <= bound, "{n}: {worst:e}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn invariants(
        n in 2..6usize, loads in prop::collection::vec(-1.0..1.0f64, 18), probs in prop::collection::vec(0.02..0.98f64, 6), push in prop::collection::vec(0.0..0.2f64, 6), turn in 0..6usize,
    ) {
        // Three factors and some noise: any structure.
        let dot = |i: usize, j: usize| (0..3).map(|k| loads[3 * i + k] * loads[3 * j + k]).sum::<f64>() + if i == j { 0.3 } else { 0.0 };
        let corr = matrix(n, |i, j| dot(i, j) / (dot(i, i) * dot(j, j)).sqrt());
        let probs = &probs[..n];
        let effort = Effort { samples: 20_000, ..Effort::default() };
        let joint = joint_probability_info(probs, Some(&corr), &effort).unwrap();
        let hits = hits_distribution(probs, Some(&corr), &effort).unwrap();
        prop_assert!((hits.iter().sum::<f64>() - 1.0).abs() < 1e-12 && hits.iter().all(|&p| p >= 0.0));
        prop_assert!((hits[n] - joint.prob).abs() < 2e-4, "{:?} {:?}", hits, joint);
        // The mean is that of the legs, whatever links them.
        let mean: f64 = hits.iter().enumerate().map(|(h, p)| h as f64 * p).sum();
        prop_assert!((mean - probs.iter().sum::<f64>()).abs() < 2e-4);
        // Any order of legs.
        let place = |i: usize| (i + turn) % n;
        let other = matrix(n, |i, j| corr.at(place(i), place(j)));
        let turned: Vec<f64> = (0..n).map(|i| probs[place(i)]).collect();
        let again = joint_probability_info(&turned, Some(&other), &effort).unwrap();
        prop_assert!((again.prob - joint.prob).abs() <= again.err + joint.err + 1e-9, "{:?} {:?}", again, joint);
        // Another seed.
        let moved = joint_probability_info(probs, Some(&corr), &Effort { seed: 7, ..effort }).unwrap();
        prop_assert!((moved.prob - joint.prob).abs() <= moved.err + joint.err);
        // Slepian: more correlation never makes all hits less likely.
        let lower = matrix(n, |i, j| corr.at(i, j).min(0.0));
        if crate::is_correlation_matrix(&lower) {
            let less = joint_probability_info(probs, Some(&lower), &effort).unwrap();
            prop_assert!(less.prob <= joint.prob + less.err + joint.err);
        }
        let most = probs.iter().copied().fold(1.0, f64::min);
        prop_assert!(joint.prob <= most + joint.err);
        // With ties.
        let push: Vec<f64> = push[..n].iter().zip(probs).map(|(q, p)| q.min(1.0 - p)).collect();
        let all = outcome_distribution(probs, Some(&push), Some(&corr), &quick()).unwrap();
        prop_assert_eq!(all.len(), (n + 1) * (n + 2) / 2);
        prop_assert!((all.iter().map(|o| o.prob).sum::<f64>() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn any_numbers_are_safe(probs in prop::collection::vec(any::<f64>(), 0..4), corr in prop::collection::vec(any::<f64>(), 9)) {
        let corr = Matrix::square(3, corr);
        let _ = joint_probability(&probs, Some(&corr), &quick());
        let _ = outcome_distribution(&probs, Some(&probs), None, &quick());
        let _ = crate::nearest_correlation(&corr, "higham");
    }
}
