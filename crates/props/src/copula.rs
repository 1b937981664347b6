//! The Gaussian copula of a slip: leg i hits iff Z_i ≤ Φ⁻¹(p_i) and pushes iff Φ⁻¹(p_i) < Z_i ≤ Φ⁻¹(p_i+q_i), Z normal with the
//! correlations of the slip (contract 3). Legs that nothing links are apart; then the exact laws of up to three, one factor, or a lattice.

use crate::bivariate::cdf2;
use crate::correlation::{Matrix, checked};
use crate::error::PropsError;
pub use crate::lattice::Effort;
use crate::trivariate::cdf3;
use crate::{check, factor, lattice, tree};
use dynasty_numbers::normal::quantile;

/// How a probability was found. The worst of the parts of a slip counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// In closed form or by one smooth integral.
    Exact,
    /// By an integral over one common factor.
    Factor,
    /// By a lattice in as many dimensions as there are legs.
    Lattice,
    /// By a lattice, some of whose legs are only drawn: distributions of more than nine linked legs.
    MonteCarlo,
}

impl Method {
    /// The name in SQL.
    pub fn name(self) -> &'static str {
        match self {
            Method::Exact => "exact",
            Method::Factor => "factor",
            Method::Lattice => "lattice",
            Method::MonteCarlo => "monte_carlo",
        }
    }
}

/// A probability, how far it may be off, and how it was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Joint {
    /// The probability.
    pub prob: f64,
    /// A bound of its error.
    pub err: f64,
    /// How it was found.
    pub method: Method,
}

/// One latent variable: where its categories end, ascending, and what each adds to the slot. One more category than cuts.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) cuts: Vec<f64>,
    pub(crate) slots: Vec<usize>,
}

/// The correlations of `n` legs, checked; `None` is independence. Also the effort, where there are correlations.
pub(crate) fn linked(n: usize, corr: Option<&Matrix>, effort: &Effort) -> Result<Option<Matrix>, PropsError> {
    let corr = corr.map(|corr| checked(corr, n)).transpose()?;
    if !(1_000..=5_000_000).contains(&effort.samples) {
        return Err(PropsError::invalid("samples", effort.samples, "1000 to 5000000"));
    }
    Ok(corr)
}

/// The legs of `which` in groups that no correlation links.
fn components(which: &[usize], corr: Option<&Matrix>) -> Vec<Vec<usize>> {
    let mut left = which.to_vec();
    let mut groups = Vec::new();
    while !left.is_empty() {
        let mut group = vec![left.remove(0)];
        let mut seen = 0;
        while let (Some(corr), true) = (corr, seen < group.len()) {
            let from = group[seen];
            let (linked, rest) = left.iter().partition(|&&to| corr.at(from, to) != 0.0);
            left = rest;
            group.extend::<Vec<usize>>(linked);
            seen += 1;
        }
        group.sort_unstable();
        groups.push(group);
    }
    groups
}

fn part(group: &[usize], corr: &Matrix) -> Vec<f64> {
    group
        .iter()
        .flat_map(|&i| group.iter().map(move |&j| corr.at(i, j)))
        .collect()
}

/// Whether two variables are one, or one the other's negative.
fn same(rho: f64) -> bool {
    rho.abs() > 1.0 - 1e-12
}

/// P(every leg hits), with its error bound and method. 1 to 20 legs, samples 1,000 to 5,000,000 (else 22023), probabilities 0 to 1 (22003),
/// `corr` n × n (2202E) and a correlation matrix (22023).
pub fn joint_probability_info(probs: &[f64], corr: Option<&Matrix>, effort: &Effort) -> Result<Joint, PropsError> {
    check::legs("probs", probs.len())?;
    if let Some(corr) = corr.filter(|c| c.rows() != probs.len()) {
        checked(corr, probs.len())?;
    }
    check::probabilities("probs", probs)?;
    let corr = linked(probs.len(), corr, effort)?;
    let mut found = Joint {
        prob: 1.0,
        err: 0.0,
        method: Method::Exact,
    };
    if probs.contains(&0.0) {
        found.prob = 0.0;
        return Ok(found);
    }
    let open: Vec<usize> = (0..probs.len()).filter(|&i| probs[i] < 1.0).collect();
    for group in components(&open, corr.as_ref()) {
        let one = match &corr {
            Some(corr) if group.len() > 1 => joint_of(probs, group, corr, effort),
            _ => Joint {
                prob: probs[group[0]],
                err: 0.0,
                method: Method::Exact,
            },
        };
        // |ab - a'b'| ≤ |a - a'| + |b - b'| for what is at most 1.
        found.prob *= one.prob;
        found.err += one.err;
        found.method = found.method.max(one.method);
    }
    Ok(found)
}

fn joint_of(probs: &[f64], group: Vec<usize>, corr: &Matrix, effort: &Effort) -> Joint {
    // Of legs that are one, the least likely decides.
    let mut legs: Vec<usize> = Vec::new();
    for i in group {
        match legs.iter_mut().find(|&&mut j| corr.at(i, j) > 1.0 - 1e-12) {
            Some(j) if probs[i] < probs[*j] => *j = i,
            Some(_) => {}
            None => legs.push(i),
        }
    }
    let r = part(&legs, corr);
    let bounds: Vec<f64> = legs.iter().map(|&i| quantile(probs[i])).collect();
    let exact = |prob: f64, err: f64| Joint {
        prob,
        err,
        method: Method::Exact,
    };
    match bounds[..] {
        [_] => exact(probs[legs[0]], 0.0),
        [a, b] => exact(cdf2(a, b, r[1]), 1e-14),
        [a, b, c] => exact(cdf3([a, b, c], [r[1], r[2], r[5]]), 1e-11),
        _ => {
            if let Some((lambda, off)) = factor::loadings(bounds.len(), &r) {
                let node = |&bound: &f64| Node {
                    cuts: vec![bound],
                    slots: vec![0, 0],
                };
                let nodes: Vec<Node> = bounds.iter().map(node).collect();
                return Joint {
                    prob: factor::joint(&nodes, &lambda).clamp(0.0, 1.0),
                    err: 1e-10 + off,
                    method: Method::Factor,
                };
            }
            let (prob, halves) = lattice::joint(&bounds, &r, effort);
            let base = 1.5e-6 * (1e5 / effort.samples as f64);
            Joint {
                prob,
                err: base.max(halves),
                method: Method::Lattice,
            }
        }
    }
}

/// P(every leg hits): [`joint_probability_info`] without its error.
pub fn joint_probability(probs: &[f64], corr: Option<&Matrix>, effort: &Effort) -> Result<f64, PropsError> {
    Ok(joint_probability_info(probs, corr, effort)?.prob)
}

/// The categories of a leg with their slots, without those that cannot be: hit, push, miss.
pub(crate) fn categories(win: f64, push: f64, slots: [usize; 3]) -> Vec<(usize, f64)> {
    let miss = (1.0 - win) - push;
    // What 0.7 + 0.3 leaves to 1 is no category.
    let miss = if miss < 1e-15 { 0.0 } else { miss };
    let parts = slots.into_iter().zip([win, push, miss]);
    parts.filter(|part| part.1 > 0.0).collect()
}

/// What the categories of variables add up to: per variable the slot and probability of each category, in the order of the variable. The
/// sums of slots are below `size`; the probabilities sum to 1. `corr` is checked, by variable.
pub(crate) fn spread(
    categories: &[Vec<(usize, f64)>],
    corr: Option<&Matrix>,
    size: usize,
    effort: &Effort,
) -> (Vec<f64>, Method) {
    let mut all = vec![0.0; size];
    let mut offset = 0;
    let mut open = Vec::new();
    for (i, parts) in categories.iter().enumerate() {
        match parts[..] {
            [(only, _)] => offset += only,
            [] => {}
            _ => open.push(i),
        }
    }
    all[offset] = 1.0;
    let mut method = Method::Exact;
    for group in components(&open, corr) {
        let (part, how) = match corr {
            Some(corr) if group.len() > 1 => linked_spread(&group, categories, corr, size, effort),
            _ => {
                let mut part = vec![0.0; size];
                for &(slot, p) in &categories[group[0]] {
                    part[slot] += p;
                }
                (part, Method::Exact)
            }
        };
        all = convolved(&all, &part);
        method = method.max(how);
    }
    let sum: f64 = all.iter().sum();
    if sum > 0.0 {
        all.iter_mut().for_each(|p| *p /= sum);
    }
    (all, method)
}

fn convolved(a: &[f64], b: &[f64]) -> Vec<f64> {
    let mut out = vec![0.0; a.len()];
    let steps: Vec<(usize, f64)> = b.iter().copied().enumerate().filter(|p| p.1 != 0.0).collect();
    for (i, &p) in a.iter().enumerate().filter(|p| *p.1 != 0.0) {
        for &(j, q) in &steps {
            if let Some(at) = out.get_mut(i + j) {
                *at += p * q;
            }
        }
    }
    out
}

fn linked_spread(
    group: &[usize],
    categories: &[Vec<(usize, f64)>],
    corr: &Matrix,
    size: usize,
    effort: &Effort,
) -> (Vec<f64>, Method) {
    // Legs whose variables are one, or each other's negative, are one variable with the cuts of all.
    let mut heads: Vec<(usize, Vec<(usize, bool)>)> = Vec::new();
    for &i in group {
        match heads.iter_mut().find(|head| same(corr.at(i, head.0))) {
            Some(head) => {
                let turned = corr.at(i, head.0) < 0.0;
                head.1.push((i, turned));
            }
            None => heads.push((i, vec![(i, false)])),
        }
    }
    let nodes: Vec<Node> = heads.iter().map(|(_, members)| node(members, categories)).collect();
    let legs: Vec<usize> = heads.iter().map(|head| head.0).collect();
    let r = part(&legs, corr);
    if nodes.len() <= 3 {
        return (exact_spread(&nodes, &r, size), Method::Exact);
    }
    if let Some((lambda, _)) = factor::loadings(nodes.len(), &r) {
        return (factor::spread(&nodes, &lambda, size), Method::Factor);
    }
    let (part, sampled) = tree::spread(&nodes, &r, size, effort);
    (part, if sampled { Method::MonteCarlo } else { Method::Lattice })
}

/// One variable of several legs: each with whether it is turned around.
fn node(members: &[(usize, bool)], categories: &[Vec<(usize, f64)>]) -> Node {
    // Per member its cuts, ascending, and the slots between them.
    let rows: Vec<(Vec<f64>, Vec<usize>)> = members
        .iter()
        .map(|&(leg, turned)| {
            let parts = &categories[leg];
            let mut below = 0.0;
            let mut cuts: Vec<f64> = parts[..parts.len() - 1]
                .iter()
                .map(|&(_, p)| {
                    below += p;
                    quantile(below.min(1.0 - 1.2e-16))
                })
                .collect();
            let mut slots: Vec<usize> = parts.iter().map(|p| p.0).collect();
            if turned {
                cuts.iter_mut().for_each(|c| *c = -*c);
                cuts.reverse();
                slots.reverse();
            }
            (cuts, slots)
        })
        .collect();
    let mut cuts: Vec<f64> = rows.iter().flat_map(|r| r.0.iter().copied()).collect();
    cuts.sort_unstable_by(f64::total_cmp);
    cuts.dedup();
    let slot = |upto: f64| -> usize {
        rows.iter()
            .map(|(cuts, slots)| slots[cuts.iter().take_while(|&&c| c < upto).count()])
            .sum()
    };
    let slots = cuts.iter().copied().chain([f64::INFINITY]).map(slot).collect();
    Node { cuts, slots }
}

/// One to three variables: the probability of each box is a difference of those of its corners.
fn exact_spread(nodes: &[Node], r: &[f64], size: usize) -> Vec<f64> {
    let cut = |node: usize, at: usize| nodes[node].cuts.get(at).copied().unwrap_or(f64::INFINITY);
    let count = |node: usize| nodes.get(node).map_or(1, |n| n.slots.len());
    let upto = |at: [usize; 3]| match nodes.len() {
        1 => dynasty_numbers::normal::cdf(cut(0, at[0])),
        2 => cdf2(cut(0, at[0]), cut(1, at[1]), r[1]),
        _ => cdf3([0, 1, 2].map(|node| cut(node, at[node])), [r[1], r[2], r[5]]),
    };
    let (n0, n1, n2) = (count(0), count(1), count(2));
    let index = |i: usize, j: usize, k: usize| (i * n1 + j) * n2 + k;
    let mut corner = Vec::with_capacity(n0 * n1 * n2);
    for i in 0..n0 {
        for j in 0..n1 {
            for k in 0..n2 {
                corner.push(upto([i, j, k]));
            }
        }
    }
    // The difference along one axis after the other, from above.
    for i in (0..n0).rev() {
        for j in (0..n1).rev() {
            for k in (0..n2).rev() {
                if i > 0 {
                    corner[index(i, j, k)] -= corner[index(i - 1, j, k)];
                }
            }
        }
    }
    for i in 0..n0 {
        for j in (1..n1).rev() {
            for k in 0..n2 {
                corner[index(i, j, k)] -= corner[index(i, j - 1, k)];
            }
        }
    }
    let mut out = vec![0.0; size];
    for i in 0..n0 {
        for j in 0..n1 {
            for k in (0..n2).rev() {
                if k > 0 {
                    corner[index(i, j, k)] -= corner[index(i, j, k - 1)];
                }
                let slot = |node: usize, at: usize| nodes.get(node).map_or(0, |n| n.slots[at]);
                out[slot(0, i) + slot(1, j) + slot(2, k)] += corner[index(i, j, k)].max(0.0);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests;
