//! Decision trees of any library in one flat form.
//!
//! A node takes 16 bytes and the two children of a split lie side by side, so that the step down a tree is one
//! comparison and one addition. A categorical split asks a set; every other one asks `x <= threshold` in f64: LightGBM asks exactly that; XGBoost asks
//! `(float)x < t`, which for a float is the same as `x <= the next float below t`, so the reader of its documents stores that
//! and [`Forest::prepare`] rounds the row to floats once.

use super::error::ModelError;
use super::limits::{MAX_CATEGORIES, MAX_DEPTH, MAX_NODES, MAX_TREES, within};

/// A missing value goes left.
pub(super) const DEFAULT_LEFT: u32 = 1 << 31;
/// LightGBM's missing type zero: values within 1e-35 of zero count as missing too.
pub(super) const ZERO_IS_MISSING: u32 = 1 << 30;
/// A split that asks whether the value is one of some categories: `value` is the place of the set in [`Forest::sets`].
pub(super) const CATEGORICAL: u32 = 1 << 29;
const FEATURE: u32 = (1 << 29) - 1;

/// How many trees are gone down at once.
const TOGETHER: usize = 8;

/// LightGBM's kZeroThreshold, a float there.
const ZERO: f64 = 1e-35_f32 as f64;

/// A split or a leaf.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Node {
    /// The threshold of a split (of a categorical one the place of its set), the value of a leaf.
    pub value: f64,
    /// The left child, the right one is the next; 0 for a leaf (node 0 is a root and nobody's child).
    pub left: u32,
    /// The feature of a split, and flags.
    pub feature: u32,
}

impl Node {
    pub(super) fn is_leaf(&self) -> bool {
        self.left == 0
    }

    pub(super) fn feature(&self) -> usize {
        (self.feature & FEATURE) as usize
    }

    /// The child where `x` goes at a threshold. Without a branch: which way a row goes is as good as random, and a wrong guess of the
    /// processor costs more than all of this.
    #[inline]
    pub(super) fn child(&self, x: f64) -> u32 {
        let missing = x.is_nan() | ((self.feature & ZERO_IS_MISSING != 0) & (x.abs() <= ZERO));
        let left = (missing & (self.feature & DEFAULT_LEFT != 0)) | (!missing & (x <= self.value));
        self.left + u32::from(!left)
    }
}

/// A tree of the forest.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tree {
    pub root: u32,
    pub output: u32,
    pub depth: u32,
}

/// In which precision the library adds up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sum {
    /// XGBoost: floats, in the order of the trees, from the base score. With 800 trees a sum in doubles differs from the library by
    /// several 1e-6, so the rounding is repeated here.
    Single,
    /// LightGBM: doubles.
    Double,
}

/// The categories that a split names. A document of some bytes may name one of 16 million, so a list stays a list.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum CategorySet {
    /// XGBoost: their numbers, in order.
    Listed(Box<[u32]>),
    /// LightGBM: a bit for each number.
    Bits(Box<[u32]>),
}

impl CategorySet {
    fn size(&self) -> usize {
        match self {
            Self::Listed(list) | Self::Bits(list) => list.len(),
        }
    }

    fn holds(&self, category: u32) -> bool {
        match self {
            Self::Listed(numbers) => numbers.binary_search(&category).is_ok(),
            Self::Bits(words) => words
                .get(category as usize / 32)
                .is_some_and(|word| word >> (category % 32) & 1 == 1),
        }
    }

    /// Whether `x`, which is not missing, goes left. A category is the whole part of a number, in both libraries. XGBoost sends
    /// those that are named right, and what is no category (below zero, or 2^24 and more) left with those that are not;
    /// LightGBM sends those that are named left, and anything else right.
    fn sends_left(&self, x: f64) -> bool {
        match self {
            Self::Listed(_) => !((0.0..MOST_CATEGORIES).contains(&x) && self.holds(x as u32)),
            Self::Bits(_) => {
                let category = x.trunc();
                (0.0..=f64::from(i32::MAX)).contains(&category) && self.holds(category as u32)
            }
        }
    }
}

/// XGBoost's OutOfRangeCat: a float holds no more whole numbers one by one.
const MOST_CATEGORIES: f64 = 16_777_216.0;

/// All trees of a model.
#[derive(Clone, Debug)]
pub(super) struct Forest {
    pub nodes: Vec<Node>,
    /// The sets that categorical splits ask for.
    pub sets: Vec<CategorySet>,
    /// How much the sets hold together.
    categories: usize,
    /// A value that stands for a missing one, beside NaN.
    pub missing: Option<f64>,
    /// The part of the parent's cover that is the node's; 1 for roots. NaN where the parent has none.
    pub share: Vec<f64>,
    pub trees: Vec<Tree>,
    /// Where each output begins.
    pub start: Vec<f64>,
    pub sum: Sum,
    /// What each output is divided by in the end (LightGBM's random forests).
    pub divisor: f64,
    /// Whether every split has a positive cover.
    pub has_covers: bool,
}

/// A node as a document has it.
pub(super) enum Source {
    Leaf {
        value: f64,
        cover: f64,
    },
    Split {
        feature: u32,
        flags: u32,
        test: Test,
        cover: f64,
        left: usize,
        right: usize,
    },
}

/// What a split asks.
pub(super) enum Test {
    /// x <= threshold.
    Threshold(f64),
    /// Whether x is one of these.
    Categories(CategorySet),
}

impl Source {
    fn cover(&self) -> f64 {
        match self {
            Self::Leaf { cover, .. } | Self::Split { cover, .. } => *cover,
        }
    }
}

impl Forest {
    pub(super) fn new(start: Vec<f64>, sum: Sum) -> Self {
        Self {
            nodes: Vec::new(),
            sets: Vec::new(),
            categories: 0,
            missing: None,
            share: Vec::new(),
            trees: Vec::new(),
            start,
            sum,
            divisor: 1.0,
            has_covers: true,
        }
    }

    /// Takes in a tree of `size` nodes whose root is 0. `read` gives a node; it answers for indices below `size` only.
    /// Nodes that cannot be reached are left out (XGBoost keeps deleted ones); one that is reached twice is an error, be it
    /// by a cycle or by two parents.
    pub(super) fn push(
        &mut self,
        place: &str,
        output: u32,
        size: usize,
        mut read: impl FnMut(usize) -> Result<Source, ModelError>,
    ) -> Result<(), ModelError> {
        within("trees", MAX_TREES, self.trees.len() + 1)?;
        within("tree nodes", MAX_NODES, self.nodes.len().saturating_add(size))?;
        let root = self.nodes.len() as u32;
        self.room(1);
        let mut seen = vec![false; size];
        let mut deepest = 0;
        // (index in the document, place in the forest, depth, cover of the parent)
        let mut open = vec![(0usize, root, 0u32, f64::NAN)];
        while let Some((index, slot, depth, above)) = open.pop() {
            match seen.get_mut(index) {
                None => {
                    let reason = format!("child {index} is not among the {size} nodes");
                    return Err(ModelError::malformed(place, reason));
                }
                Some(true) => {
                    let reason = format!("node {index} is reached twice: the nodes are no tree");
                    return Err(ModelError::malformed(place, reason));
                }
                Some(first) => *first = true,
            }
            within("levels of a tree", MAX_DEPTH, depth as usize)?;
            deepest = deepest.max(depth);
            let source = read(index)?;
            let cover = source.cover();
            if cover < 0.0 || !cover.is_finite() {
                let reason = format!("the cover of node {index} is {cover}");
                return Err(ModelError::malformed(place, reason));
            }
            let at = slot as usize;
            if slot != root {
                self.share[at] = cover / above;
            }
            let wrong = |value: f64| {
                let reason = format!("the value of node {index} is {value}");
                Err(ModelError::malformed(place, reason))
            };
            match source {
                Source::Leaf { value, .. } if !value.is_finite() => return wrong(value),
                Source::Leaf { value, .. } => self.nodes[at].value = value,
                // Infinity is one of LightGBM's thresholds: it parts what is missing from what is not.
                Source::Split {
                    test: Test::Threshold(threshold),
                    ..
                } if threshold.is_nan() => return wrong(threshold),
                Source::Split {
                    feature,
                    flags,
                    test,
                    left,
                    right,
                    ..
                } => {
                    let (value, flags) = match test {
                        Test::Threshold(threshold) => (threshold, flags),
                        Test::Categories(set) => {
                            self.categories = within("categories", MAX_CATEGORIES, self.categories + set.size())?;
                            self.sets.push(set);
                            ((self.sets.len() - 1) as f64, flags | CATEGORICAL)
                        }
                    };
                    self.has_covers &= cover > 0.0;
                    let child = self.nodes.len() as u32;
                    self.nodes[at] = Node {
                        value,
                        left: child,
                        feature: (feature & FEATURE) | flags,
                    };
                    self.room(2);
                    open.push((right, child + 1, depth + 1, cover));
                    open.push((left, child, depth + 1, cover));
                }
            }
        }
        self.trees.push(Tree {
            root,
            output,
            depth: deepest,
        });
        Ok(())
    }

    fn room(&mut self, more: usize) {
        let empty = Node {
            value: 0.0,
            left: 0,
            feature: 0,
        };
        self.nodes.resize(self.nodes.len() + more, empty);
        self.share.resize(self.nodes.len(), 1.0);
    }

    /// The row as the trees want it.
    pub(super) fn prepare(&self, row: &[f64], into: &mut [f64]) {
        match self.sum {
            Sum::Single => row
                .iter()
                .zip(&mut *into)
                .for_each(|(&x, to)| *to = f64::from(x as f32)),
            Sum::Double => into.copy_from_slice(row),
        }
        if let Some(missing) = self.missing {
            let missing = match self.sum {
                Sum::Single => f64::from(missing as f32),
                Sum::Double => missing,
            };
            into.iter_mut().filter(|x| **x == missing).for_each(|x| *x = f64::NAN);
        }
    }

    /// The child of a split where `x` goes.
    #[inline]
    pub(super) fn child(&self, node: &Node, x: f64) -> u32 {
        if node.feature & CATEGORICAL == 0 {
            return node.child(x);
        }
        let left = match x.is_nan() {
            true => node.feature & DEFAULT_LEFT != 0,
            false => self.sets[node.value as usize].sends_left(x),
        };
        node.left + u32::from(!left)
    }

    /// The margins of a prepared row.
    pub(super) fn margins(&self, row: &[f64], out: &mut [f64]) {
        // A forest of thresholds alone is not slowed down by a question that none of its nodes asks.
        match self.sets.is_empty() {
            true => self.add_up(row, out, |node, x| node.child(x)),
            false => self.add_up(row, out, |node, x| self.child(node, x)),
        }
    }

    #[inline(always)]
    fn add_up(&self, row: &[f64], out: &mut [f64], child_of: impl Fn(&Node, f64) -> u32) {
        out.copy_from_slice(&self.start);
        // Several trees at once: each step down waits for memory, and the steps of different trees do not wait for each other.
        let mut groups = self.trees.chunks_exact(TOGETHER);
        for group in &mut groups {
            let mut at: [u32; TOGETHER] = std::array::from_fn(|i| group[i].root);
            let depth = group.iter().map(|t| t.depth).max().unwrap_or(0);
            for _ in 0..depth {
                let before = at;
                for at in &mut at {
                    let node = &self.nodes[*at as usize];
                    let child = child_of(node, row[node.feature()]);
                    *at = if node.is_leaf() { *at } else { child };
                }
                // LightGBM's trees are deep in few places.
                if at == before {
                    break;
                }
            }
            for (tree, at) in group.iter().zip(at) {
                self.add(tree, self.nodes[at as usize].value, out);
            }
        }
        for tree in groups.remainder() {
            let mut node = &self.nodes[tree.root as usize];
            while !node.is_leaf() {
                node = &self.nodes[child_of(node, row[node.feature()]) as usize];
            }
            self.add(tree, node.value, out);
        }
        self.divide(out);
    }

    pub(super) fn divide(&self, out: &mut [f64]) {
        if self.divisor != 1.0 {
            out.iter_mut().for_each(|x| *x /= self.divisor);
        }
    }

    pub(super) fn add(&self, tree: &Tree, leaf: f64, out: &mut [f64]) {
        let total = &mut out[tree.output as usize];
        *total = match self.sum {
            Sum::Single => f64::from(*total as f32 + leaf as f32),
            Sum::Double => *total + leaf,
        };
    }

    /// What each output is before any feature is known: the leaves weighted by cover.
    pub(super) fn expected(&self) -> Vec<f64> {
        let mut expected = self.start.clone();
        // Children come after their parents, so one pass each way does it without recursion.
        let mut weight = self.share.clone();
        for tree in self.trees.iter() {
            weight[tree.root as usize] = 1.0;
        }
        for at in 0..self.nodes.len() {
            let left = self.nodes[at].left as usize;
            if left != 0 {
                weight[left] *= weight[at];
                weight[left + 1] *= weight[at];
            }
        }
        for (i, tree) in self.trees.iter().enumerate() {
            let end = self
                .trees
                .get(i + 1)
                .map_or(self.nodes.len(), |next| next.root as usize);
            let range = tree.root as usize..end;
            let leaves = self.nodes[range.clone()].iter().zip(&weight[range]);
            expected[tree.output as usize] += leaves
                .filter(|(n, _)| n.is_leaf())
                .map(|(n, w)| n.value * w)
                .sum::<f64>();
        }
        expected.iter_mut().for_each(|x| *x /= self.divisor);
        expected
    }
}
