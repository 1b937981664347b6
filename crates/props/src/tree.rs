//! Distributions where there is neither an exact answer nor one factor: at each point of the lattice every leg goes into each of its
//! categories. Of many legs only the last do; the first take the one where the point lies.

use crate::copula::Node;
use crate::lattice::{Effort, SINGULAR, SMOOTHED, each_point, value};
use dynasty_numbers::normal::cdf;

/// The most leaves of the tree of one point.
const LEAVES: usize = 512;
/// Where legs are only drawn: the branches of the last of them.
const BRANCHES: usize = 16;
/// Leaves of all points, as a multiple of the samples; a small tree has no more points for that than one of 64 leaves.
const WORK: usize = 32;

struct Level<'a> {
    before: Vec<f64>,
    own: f64,
    node: &'a Node,
}

/// Pivoted Cholesky: the leg that is least decided by those before it comes next, so that what a singular matrix decides is last.
fn levels<'a>(nodes: &'a [Node], r: &[f64]) -> Vec<Level<'a>> {
    let n = nodes.len();
    let mut l = vec![vec![0.0; n]; n];
    let mut left: Vec<usize> = (0..n).collect();
    let mut levels = Vec::with_capacity(n);
    for k in 0..n {
        let spread = |i: usize| 1.0 - l[i][..k].iter().map(|v| v * v).sum::<f64>();
        let Some(at) = (0..left.len())
            .rev()
            .max_by(|&a, &b| spread(left[a]).total_cmp(&spread(left[b])))
        else {
            break;
        };
        let own = spread(left[at]);
        let own = if own > SINGULAR { own.sqrt() } else { 0.0 };
        let chosen = left.remove(at);
        if own > 0.0 {
            for &i in &left {
                let common: f64 = l[i][..k].iter().zip(&l[chosen][..k]).map(|(a, b)| a * b).sum();
                l[i][k] = (r[i * n + chosen] - common) / own;
            }
        }
        levels.push(Level {
            before: l[chosen][..k].to_vec(),
            own,
            node: &nodes[chosen],
        });
    }
    levels
}

struct Walk<'a> {
    levels: &'a [Level<'a>],
    /// How many of the levels take one category only.
    sampled: usize,
    y: [f64; 20],
    out: Vec<f64>,
}

impl Walk<'_> {
    fn go(&mut self, k: usize, point: &[f64; 20], weight: f64, at: usize) {
        let levels = self.levels;
        let Some(level) = levels.get(k) else {
            self.out[at] += weight;
            return;
        };
        let mean: f64 = level.before.iter().zip(&self.y).map(|(l, y)| l * y).sum();
        if k < self.sampled {
            self.y[k] = value(point[k]);
            let z = mean + level.own * self.y[k];
            let category = level.node.cuts.iter().take_while(|&&cut| z > cut).count();
            return self.go(k + 1, point, weight, at + level.node.slots[category]);
        }
        let last = k + 1 == levels.len();
        let mut below = 0.0;
        for (category, &slot) in level.node.slots.iter().enumerate() {
            let upto = match level.node.cuts.get(category) {
                None => 1.0,
                Some(&cut) if level.own > 0.0 => cdf((cut - mean) / level.own),
                Some(&cut) => f64::from(u8::from(mean <= cut)),
            };
            let inside = upto - below;
            if inside > 0.0 {
                if last {
                    self.out[at + slot] += weight * inside;
                } else {
                    self.y[k] = value(below + point[k] * inside);
                    self.go(k + 1, point, weight * inside, at + slot);
                }
            }
            below = below.max(upto);
        }
    }
}

/// The probabilities of the sums of slots; and whether part of the legs was only sampled.
pub(crate) fn spread(nodes: &[Node], r: &[f64], size: usize, effort: &Effort) -> (Vec<f64>, bool) {
    let levels = levels(nodes, r);
    let (mut leaves, mut sampled) = (1, levels.len());
    while sampled > 0 && leaves * levels[sampled - 1].node.slots.len() <= LEAVES {
        sampled -= 1;
        leaves *= levels[sampled].node.slots.len();
    }
    if sampled > 0 {
        // Many points with a few branches are better than a few with many.
        (leaves, sampled) = (1, levels.len());
        while sampled > 0 && leaves * levels[sampled - 1].node.slots.len() <= BRANCHES {
            sampled -= 1;
            leaves *= levels[sampled].node.slots.len();
        }
    }
    let samples = effort.samples as usize;
    let n = match leaves {
        _ if sampled > 0 => samples,
        // Of four legs or fewer a third is enough, and within the time of contract 7.
        ..=16 => samples / 3,
        _ => samples.saturating_mul(WORK) / leaves.max(2 * WORK),
    };
    let n = n.clamp(1000, samples.max(1000));
    let mut walk = Walk {
        levels: &levels,
        sampled,
        y: [0.0; 20],
        out: vec![0.0; size],
    };
    // The last leg takes no coordinate.
    let dimensions = levels.len().saturating_sub(1);
    let smoothed = if dimensions <= SMOOTHED { SMOOTHED } else { 0 };
    each_point(dimensions, smoothed, n, effort, |point, weight| {
        walk.go(0, point, weight, 0)
    });
    (walk.out, sampled > 0)
}
