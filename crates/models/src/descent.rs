//! Many rows down a forest, with as little work a step as can be: the node, the value, one comparison, one addition.
//!
//! A missing value stands in the row twice, as −∞ for the splits that send it left and as +∞ for those that send it right,
//! so that no step asks whether it is missing. A leaf is a step to itself. Each row adds up in the order of the trees and gets the
//! bits that [`Forest::margins`] gives it.

use super::forest::{CATEGORICAL, DEFAULT_LEFT, Forest, ZERO_IS_MISSING};

/// Rows that go down at once: each step waits for memory, and the steps of different rows do not wait for each other. So
/// many rows of some hundred features lie near to the processor, and a tree's nodes do for all of them.
const TOGETHER: usize = 8;

#[derive(Clone, Copy, Debug)]
struct Step {
    threshold: f64,
    /// The left child, the right one is the next; a leaf is its own.
    left: u32,
    /// Where in the row.
    place: u32,
}

/// A forest made ready for many rows.
#[derive(Debug)]
pub(super) struct Descent<'a> {
    forest: &'a Forest,
    steps: Vec<Step>,
}

/// Where a feature lies for splits that send a missing value right; those that send it left have the next place.
fn place(feature: usize) -> usize {
    2 * feature
}

impl<'a> Descent<'a> {
    /// `None` where a step has more to ask: whether a zero counts as missing, which category it is, or what lies beyond infinity.
    pub(super) fn of(forest: &'a Forest) -> Option<Descent<'a>> {
        let step = |(at, node): (usize, &super::forest::Node)| {
            if node.is_leaf() {
                return Some(Step {
                    threshold: f64::INFINITY,
                    left: at as u32,
                    place: 0,
                });
            }
            let plain = node.feature & (ZERO_IS_MISSING | CATEGORICAL) == 0 && node.value < f64::INFINITY;
            plain.then(|| Step {
                threshold: node.value,
                left: node.left,
                place: (place(node.feature()) + usize::from(node.feature & DEFAULT_LEFT != 0)) as u32,
            })
        };
        let steps = forest.nodes.iter().enumerate().map(step).collect::<Option<_>>()?;
        Some(Descent { forest, steps })
    }

    /// The margins of rows, one after the other into `out`.
    pub(super) fn margins(&self, rows: &[&[f64]], out: &mut [f64]) {
        let outputs = self.forest.start.len();
        let mut room: [Vec<f64>; TOGETHER] = Default::default();
        for (rows, out) in rows.chunks(TOGETHER).zip(out.chunks_mut(TOGETHER * outputs)) {
            // Too few rows: the last one goes down with itself.
            for (i, room) in room.iter_mut().enumerate() {
                self.spread(rows[i.min(rows.len() - 1)], room);
            }
            let spread: [&[f64]; TOGETHER] = room.each_ref().map(Vec::as_slice);
            for out in out.chunks_exact_mut(outputs) {
                out.copy_from_slice(&self.forest.start);
            }
            for tree in &self.forest.trees {
                let leaves = self.leaves(tree.root, tree.depth, spread);
                for (out, leaf) in out.chunks_exact_mut(outputs).zip(leaves) {
                    self.forest.add(tree, self.forest.nodes[leaf as usize].value, out);
                }
            }
            for out in out.chunks_exact_mut(outputs) {
                self.forest.divide(out);
            }
        }
    }

    fn spread(&self, row: &[f64], into: &mut Vec<f64>) {
        into.resize(place(row.len()), 0.0);
        self.forest.prepare(row, &mut into[..row.len()]);
        for feature in (0..row.len()).rev() {
            let x = into[feature];
            let (right, left) = if x.is_nan() {
                (f64::INFINITY, f64::NEG_INFINITY)
            } else {
                (x, x)
            };
            into[place(feature)] = right;
            into[place(feature) + 1] = left;
        }
    }

    #[inline]
    fn leaves(&self, root: u32, depth: u32, rows: [&[f64]; TOGETHER]) -> [u32; TOGETHER] {
        let mut at = [root; TOGETHER];
        for _ in 0..depth {
            let before = at;
            for (at, row) in at.iter_mut().zip(rows) {
                let step = &self.steps[*at as usize];
                *at = step.left + u32::from(row[step.place as usize] > step.threshold);
            }
            // LightGBM's trees are deep in few places.
            if at == before {
                break;
            }
        }
        at
    }
}

#[cfg(test)]
mod tests;
