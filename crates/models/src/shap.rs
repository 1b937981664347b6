//! Exact path-dependent TreeSHAP in time linear in the size of the tree.
//!
//! For one leaf of value v let q_j(t) = z_j (1 - t) + o_j t for every feature j on the way to it, where z_j is the part of the
//! cover that goes this way at the splits by j, and o_j is 1 if the row goes this way at all of them, else 0. The Shapley
//! weights |S|! (m - 1 - |S|)! / m! are the integrals of t^|S| (1 - t)^(m - 1 - |S|) over 0..1, so that the sum over all subsets in the
//! definition folds into
//!
//! ```text
//! phi_i = sum over leaves of v * integral of (o_i - z_i) * product over j != i of q_j(t) dt
//! ```
//!
//! which is what Lundberg's algorithm computes. The integrand is a polynomial of degree m - 1, and Gauss' rule with N points is
//! exact up to degree 2N - 1: N = 4 serves trees up to depth 8. At every point the product is kept on the way down, the
//! leaves are added up on the way back, and each edge takes its share (o - z) / q(t) of what came up. All terms of a product
//! are positive: nothing cancels as it does in the unwinding of Lundberg's form.
//! (Yu et al., Linear TreeShap, 2022; XGBoost itself changed to this after 3.2.)

use std::sync::LazyLock;

use super::forest::Forest;

/// Gauss' points on 0..1.
struct Rule<const N: usize> {
    t: [f64; N],
    weight: [f64; N],
    /// 1 - t.
    rest: [f64; N],
    /// (o - z) / q(t) where o = 0: z drops out.
    cold: [f64; N],
}

static RULE_4: LazyLock<Rule<4>> = LazyLock::new(Rule::new);
static RULE_8: LazyLock<Rule<8>> = LazyLock::new(Rule::new);
static RULE_16: LazyLock<Rule<16>> = LazyLock::new(Rule::new);
static RULE_64: LazyLock<Rule<64>> = LazyLock::new(Rule::new);

impl<const N: usize> Rule<N> {
    fn new() -> Self {
        let mut rule = Self {
            t: [0.0; N],
            weight: [0.0; N],
            rest: [0.0; N],
            cold: [0.0; N],
        };
        let n = N as f64;
        for i in 0..N {
            // Newton's method for the roots of Legendre's polynomial on -1..1, from the usual first guess.
            let mut x = (std::f64::consts::PI * (i as f64 + 0.75) / (n + 0.5)).cos();
            let mut slope = 1.0;
            for _ in 0..100 {
                let (mut before, mut p) = (1.0, x);
                for k in 2..=N {
                    let k = k as f64;
                    (before, p) = (p, ((2.0 * k - 1.0) * x * p - (k - 1.0) * before) / k);
                }
                slope = n * (x * p - before) / (x * x - 1.0);
                let step = p / slope;
                x -= step;
                if step.abs() < 1e-16 {
                    break;
                }
            }
            let t = (1.0 + x) / 2.0;
            rule.t[i] = t;
            rule.rest[i] = (1.0 - x) / 2.0;
            rule.weight[i] = 1.0 / ((1.0 - x * x) * slope * slope);
            rule.cold[i] = -1.0 / rule.rest[i];
        }
        rule
    }
}

/// How the splits by a feature above the current node stand. (1, hot) is also right for a feature not met yet: its factor is 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Standing {
    z: f64,
    hot: bool,
}

pub(super) const FRESH: Standing = Standing { z: 1.0, hot: true };

struct Walk<'a, const N: usize> {
    rule: &'a Rule<N>,
    forest: &'a Forest,
    row: &'a [f64],
    standing: &'a mut [Standing],
    phi: &'a mut [f64],
}

impl<const N: usize> Walk<'_, N> {
    /// Adds the edges below `at` to phi and returns the leaves below it, at every point. The depth of the recursion is that of
    /// the tree, which the forest limits.
    fn descend(&mut self, at: u32, product: &[f64; N]) -> [f64; N] {
        let node = self.forest.nodes[at as usize];
        if node.is_leaf() {
            return std::array::from_fn(|i| product[i] * self.rule.weight[i] * node.value);
        }
        let feature = node.feature();
        let before = self.standing[feature];
        let goes = self.forest.child(&node, self.row[feature]);
        let stays = 2 * node.left + 1 - goes;
        let (rule, mut below) = (self.rule, [0.0; N]);
        if !before.hot {
            // Whatever this split does, the row does not come here: only the cover changes, and the edge adds nothing new.
            for child in [node.left, node.left + 1] {
                let share = self.forest.share[child as usize];
                if share > 0.0 {
                    self.standing[feature].z = before.z * share;
                    let leaves = self.descend(child, &product.map(|p| p * share));
                    add(&mut below, &leaves);
                }
            }
            self.standing[feature] = before;
            return below;
        }
        let fresh = before.z == 1.0;
        // The factor of this feature so far, divided out. 1 when the feature is new.
        let without = if fresh {
            *product
        } else {
            std::array::from_fn(|i| product[i] / (before.z * rule.rest[i] + rule.t[i]))
        };
        let z = before.z * self.forest.share[goes as usize];
        let factor: [f64; N] = std::array::from_fn(|i| z * rule.rest[i] + rule.t[i]);
        self.standing[feature] = Standing { z, hot: true };
        let leaves = self.descend(goes, &std::array::from_fn(|i| without[i] * factor[i]));
        let mut change = (1.0 - z) * leaves.iter().zip(&factor).map(|(h, q)| h / q).sum::<f64>();
        add(&mut below, &leaves);
        let z = before.z * self.forest.share[stays as usize];
        // Without cover and without the row nothing comes from there.
        if z > 0.0 {
            self.standing[feature] = Standing { z, hot: false };
            let leaves = self.descend(stays, &std::array::from_fn(|i| without[i] * (z * rule.rest[i])));
            change += leaves.iter().zip(&rule.cold).map(|(h, c)| h * c).sum::<f64>();
            add(&mut below, &leaves);
        }
        if !fresh {
            // The edge above booked these leaves with its own z.
            let factors = rule.rest.iter().zip(&rule.t).map(|(rest, t)| before.z * rest + t);
            let booked: f64 = below.iter().zip(factors).map(|(h, q)| h / q).sum();
            change -= (1.0 - before.z) * booked;
        }
        self.standing[feature] = before;
        self.phi[feature] += change;
        below
    }
}

fn add<const N: usize>(to: &mut [f64; N], what: &[f64; N]) {
    to.iter_mut().zip(what).for_each(|(to, what)| *to += what);
}

/// Adds the contributions of a prepared row to `phi`, outputs by features. `standing` has an element per feature, all
/// [`FRESH`], and is left so.
pub(super) fn contributions(forest: &Forest, row: &[f64], standing: &mut [Standing], phi: &mut [f64]) {
    let features = row.len();
    for tree in &forest.trees {
        if tree.depth == 0 {
            continue;
        }
        let begin = tree.output as usize * features;
        let phi = &mut phi[begin..begin + features];
        let (root, depth) = (tree.root, tree.depth);
        macro_rules! walk {
            ($rule:expr, $n:literal) => {{
                let mut walk = Walk::<$n> {
                    rule: &$rule,
                    forest,
                    row,
                    standing,
                    phi,
                };
                walk.descend(root, &[1.0; $n]);
            }};
        }
        // N points are exact for 2 N features on a path, and a path has no more features than splits.
        match depth {
            0..=8 => walk!(RULE_4, 4),
            9..=16 => walk!(RULE_8, 8),
            17..=32 => walk!(RULE_16, 16),
            _ => walk!(RULE_64, 64),
        }
    }
    if forest.divisor != 1.0 {
        phi.iter_mut().for_each(|x| *x /= forest.divisor);
    }
}

#[cfg(test)]
mod tests;
