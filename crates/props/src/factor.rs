//! Legs that depend on each other through one common factor: ρ_ij = λ_i λ_j. Given the factor they are independent, and one integral
//! is left.

use crate::copula::Node;
use dynasty_numbers::normal::{cdf, density};
use dynasty_numbers::quadrature::gauss_legendre;
use std::sync::LazyLock;

/// How far from λ_iλ_j a correlation may be; what that does to a probability is in the error bound.
const NEAR: f64 = 1e-10;
/// Beyond this the normal density is below 1e-16.
const REACH: f64 = 8.6;
/// More points than that of the even rule are worse than panels around the steep places.
const MOST_EVEN: f64 = 1000.0;

static PANEL: LazyLock<Vec<(f64, f64)>> = LazyLock::new(|| gauss_legendre(16));

/// The loadings λ of a matrix of 4 and more rows with one factor, and how far a probability may be off for what they leave. `None`
/// when it has none. (Equal ρ ≥ 0 is λ = √ρ.)
pub(crate) fn loadings(n: usize, r: &[f64]) -> Option<(Vec<f64>, f64)> {
    if n < 3 {
        return None;
    }
    let at = |i: usize, j: usize| r[i * n + j];
    // From the strongest pair, the first's loading is the most exact.
    let pairs = (1..n).flat_map(|j| (1..j).map(move |k| (k, j)));
    let (j, k) = pairs.max_by(|a, b| at(a.0, a.1).abs().total_cmp(&at(b.0, b.1).abs()))?;
    let square = at(0, j) * at(0, k) / at(j, k);
    if !(square > 0.0 && square <= 1.0 + NEAR) {
        return None;
    }
    let first = square.min(1.0).sqrt();
    let mut lambda = vec![first];
    for j in 1..n {
        let loading = at(0, j) / first;
        if loading.is_nan() || loading.abs() > 1.0 + NEAR {
            return None;
        }
        lambda.push(loading.clamp(-1.0, 1.0));
    }
    let mut bound = 0.0;
    for i in 0..n {
        for j in 0..i {
            let off = (at(i, j) - lambda[i] * lambda[j]).abs();
            if off > NEAR {
                return None;
            }
            // Plackett: the derivative of a probability by ρ is at most a density of the pair.
            let root = ((1.0 - at(i, j)) * (1.0 + at(i, j))).max(1e-6).sqrt();
            bound += off / (2.0 * std::f64::consts::PI * root);
        }
    }
    Some((lambda, bound))
}

/// Values of the factor and their weights, which sum to 1. Even steps converge faster than any power for what is no steeper than the
/// step; where a loading is near ±1, panels lie around each place where a leg turns.
fn points(nodes: &[Node], lambda: &[f64]) -> Vec<(f64, f64)> {
    let steep = |l: f64| l.abs() / ((1.0 - l) * (1.0 + l)).sqrt();
    let total: f64 = lambda.iter().map(|&l| steep(l) * steep(l)).sum();
    let step = 0.75 / (1.0 + total).sqrt();
    let count = 2.0 * REACH / step;
    let mut points = Vec::new();
    if count <= MOST_EVEN {
        let half = (count / 2.0) as i64 + 1;
        points.extend((-half..=half).map(|i| (i as f64 * step, step * density(i as f64 * step))));
    } else {
        let mut breaks: Vec<f64> = (-8..=8).map(f64::from).collect();
        breaks.extend([-REACH, REACH]);
        for (node, &l) in nodes.iter().zip(lambda) {
            let width = 1.0 / steep(l);
            for cut in &node.cuts {
                let centre = cut / l;
                breaks.push(centre);
                for far in [1.0, 2.5, 4.5, 7.0, 10.0] {
                    breaks.extend([centre - far * width, centre + far * width]);
                }
            }
        }
        breaks.retain(|b| b.abs() <= REACH);
        breaks.sort_unstable_by(f64::total_cmp);
        for pair in breaks.windows(2) {
            let (centre, half) = (0.5 * (pair[0] + pair[1]), 0.5 * (pair[1] - pair[0]));
            if half > 0.0 {
                let point = |&(x, w): &(f64, f64)| (centre + half * x, half * w * density(centre + half * x));
                points.extend(PANEL.iter().map(point));
            }
        }
    }
    let sum: f64 = points.iter().map(|p| p.1).sum();
    points.iter_mut().for_each(|p| p.1 /= sum);
    points
}

/// The probability of a leg to be at most `cut`, given the factor.
fn given(cut: f64, l: f64, z: f64) -> f64 {
    let root = ((1.0 - l) * (1.0 + l)).sqrt();
    if root > 0.0 {
        cdf((cut - l * z) / root)
    } else {
        f64::from(u8::from(l * z <= cut))
    }
}

/// The probability that every leg is in its first category.
pub(crate) fn joint(nodes: &[Node], lambda: &[f64]) -> f64 {
    let at = |z: f64| -> f64 {
        nodes
            .iter()
            .zip(lambda)
            .map(|(node, &l)| given(node.cuts[0], l, z))
            .product()
    };
    points(nodes, lambda).iter().map(|&(z, weight)| weight * at(z)).sum()
}

/// The probabilities of the sums of slots.
pub(crate) fn spread(nodes: &[Node], lambda: &[f64], size: usize) -> Vec<f64> {
    let mut out = vec![0.0; size];
    let (mut here, mut next) = (vec![0.0; size], vec![0.0; size]);
    for (z, weight) in points(nodes, lambda) {
        here[0] = weight;
        let mut reach = 0;
        for (node, &l) in nodes.iter().zip(lambda) {
            let most = node.slots.iter().max().copied().unwrap_or(0);
            next[..=reach + most].fill(0.0);
            let mut below = 0.0;
            for (category, &slot) in node.slots.iter().enumerate() {
                let upto = node.cuts.get(category).map_or(1.0, |&cut| given(cut, l, z));
                let p = (upto - below).max(0.0);
                below = upto;
                for at in 0..=reach {
                    next[at + slot] += here[at] * p;
                }
            }
            reach += most;
            std::mem::swap(&mut here, &mut next);
        }
        for at in 0..=reach {
            out[at] += here[at];
            here[at] = 0.0;
        }
    }
    out
}
