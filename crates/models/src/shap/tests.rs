use proptest::prelude::*;

use super::*;
use crate::forest::{DEFAULT_LEFT, Source, Sum, Test};

/// A tree as nested values, grown from random numbers.
#[derive(Clone, Debug)]
enum Grown {
    Leaf(f64, f64),
    Split(u32, f64, bool, Box<Grown>, Box<Grown>),
}

impl Grown {
    fn cover(&self) -> f64 {
        match self {
            Self::Leaf(_, cover) => *cover,
            Self::Split(.., left, right) => left.cover() + right.cover(),
        }
    }

    fn flatten(&self, into: &mut Vec<Source2>) -> usize {
        let at = into.len();
        match self {
            Self::Leaf(value, cover) => into.push(Source2::Leaf(*value, *cover)),
            Self::Split(feature, threshold, default_left, left, right) => {
                into.push(Source2::Leaf(0.0, 0.0));
                let (l, r) = (left.flatten(into), right.flatten(into));
                into[at] = Source2::Split(*feature, *threshold, *default_left, self.cover(), l, r);
            }
        }
        at
    }

    /// The value of the tree when only the features of `known` are: elsewhere the mean by cover.
    fn value(&self, row: &[f64], known: u32) -> f64 {
        match self {
            Self::Leaf(value, _) => *value,
            Self::Split(feature, threshold, default_left, left, right) => {
                if known >> feature & 1 == 1 {
                    let x = row[*feature as usize];
                    let to_left = if x.is_nan() { *default_left } else { x <= *threshold };
                    if to_left {
                        left.value(row, known)
                    } else {
                        right.value(row, known)
                    }
                } else {
                    let share = left.cover() / self.cover();
                    share * left.value(row, known) + (1.0 - share) * right.value(row, known)
                }
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Source2 {
    Leaf(f64, f64),
    Split(u32, f64, bool, f64, usize, usize),
}

fn forest(trees: &[Grown]) -> Forest {
    let mut forest = Forest::new(vec![0.25], Sum::Double);
    for tree in trees {
        let mut flat = Vec::new();
        tree.flatten(&mut flat);
        forest
            .push("tree", 0, flat.len(), |i| {
                Ok(match flat[i] {
                    Source2::Leaf(value, cover) => Source::Leaf { value, cover },
                    Source2::Split(feature, threshold, default_left, cover, left, right) => Source::Split {
                        feature,
                        flags: if default_left { DEFAULT_LEFT } else { 0 },
                        test: Test::Threshold(threshold),
                        cover,
                        left,
                        right,
                    },
                })
            })
            .expect("a tree");
    }
    forest
}

/// Shapley's values by their definition: every subset of the features.
fn by_definition(trees: &[Grown], row: &[f64]) -> Vec<f64> {
    let n = row.len();
    let factorial = |k: usize| (1..=k).map(|x| x as f64).product::<f64>();
    let value = |known: u32| trees.iter().map(|t| t.value(row, known)).sum::<f64>();
    let all: Vec<f64> = (0..1u32 << n).map(value).collect();
    (0..n)
        .map(|i| {
            let mut phi = 0.0;
            for set in (0..1usize << n).filter(|set| set >> i & 1 == 0) {
                let size = set.count_ones() as usize;
                let weight = factorial(size) * factorial(n - size - 1) / factorial(n);
                phi += weight * (all[set | 1 << i] - all[set]);
            }
            phi
        })
        .collect()
}

fn run(forest: &Forest, row: &[f64]) -> Vec<f64> {
    let mut standing = vec![FRESH; row.len()];
    let mut phi = vec![0.0; row.len()];
    contributions(forest, row, &mut standing, &mut phi);
    assert!(standing.iter().all(|s| s.z == 1.0 && s.hot), "left as it was");
    phi
}

fn grown(depth: u32) -> BoxedStrategy<Grown> {
    let leaf = (-2.0..2.0f64, prop_oneof![1 => Just(0.0), 20 => 0.1..50.0f64]).prop_map(|(v, c)| Grown::Leaf(v, c));
    leaf.prop_recursive(depth, 256, 2, |below| {
        (0..6u32, -1.0..1.0f64, any::<bool>(), below.clone(), below)
            .prop_map(|(f, t, d, l, r)| Grown::Split(f, t, d, Box::new(l), Box::new(r)))
    })
    .prop_filter("covers", positive)
    .boxed()
}

fn positive(tree: &Grown) -> bool {
    match tree {
        Grown::Leaf(..) => true,
        Grown::Split(.., left, right) => tree.cover() > 0.0 && positive(left) && positive(right),
    }
}

fn rows() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(prop_oneof![1 => Just(f64::NAN), 4 => -1.0..1.0f64], 6)
}

proptest! {
    #[test]
    fn equal_to_the_definition(trees in prop::collection::vec(grown(7), 1..4), row in rows()) {
        let forest = forest(&trees);
        let (ours, right) = (run(&forest, &row), by_definition(&trees, &row));
        for (a, b) in ours.iter().zip(&right) {
            prop_assert!((a - b).abs() < 1e-12, "{ours:?} {right:?}");
        }
    }

    #[test]
    fn adds_up_at_any_depth(tree in grown(40), row in rows()) {
        let forest = forest(std::slice::from_ref(&tree));
        let mut margin = [0.0];
        forest.margins(&row, &mut margin);
        let total = forest.expected()[0] + run(&forest, &row).iter().sum::<f64>();
        prop_assert!((total - margin[0]).abs() < 1e-12);
        prop_assert!((margin[0] - 0.25 - tree.value(&row, u32::MAX)).abs() < 1e-12);
    }
}

/// A chain as deep as is allowed, a new feature at each split: as many features on one path as the largest rule is exact for.
#[test]
fn the_deepest_tree_is_exact() {
    for depth in [1, 8, 9, 16, 17, 32, 33, 128u32] {
        let mut tree = Grown::Leaf(1.0, 1.0);
        for feature in (0..depth).rev() {
            tree = Grown::Split(feature, 0.0, false, Box::new(tree), Box::new(Grown::Leaf(0.0, 1.0)));
        }
        let n = depth as usize;
        let mut forest = Forest::new(vec![0.0], Sum::Double);
        let mut flat = Vec::new();
        tree.flatten(&mut flat);
        forest
            .push("tree", 0, flat.len(), |i| {
                Ok(match flat[i] {
                    Source2::Leaf(value, cover) => Source::Leaf { value, cover },
                    Source2::Split(feature, threshold, _, cover, left, right) => Source::Split {
                        feature,
                        flags: 0,
                        test: Test::Threshold(threshold),
                        cover,
                        left,
                        right,
                    },
                })
            })
            .expect("a chain");
        let row = vec![-1.0; n];
        let phi = run(&forest, &row);
        // One leaf of value 1: phi_i = integral of (1 - z_i) * product of the others (z_j (1 - t) + t), by a fine trapezium.
        let z: Vec<f64> = (0..n).map(|i| (n - i) as f64 / (n - i + 1) as f64).collect();
        let steps = 20_000;
        for i in [0, n / 2, n - 1] {
            let f = |t: f64| {
                let others = z.iter().enumerate().filter(|(j, _)| *j != i);
                (1.0 - z[i]) * others.map(|(_, z)| z * (1.0 - t) + t).product::<f64>()
            };
            let h = 1.0 / steps as f64;
            let inner: f64 = (1..steps).map(|k| f(k as f64 * h)).sum();
            let right = h * (inner + (f(0.0) + f(1.0)) / 2.0);
            assert!((phi[i] - right).abs() < 1e-7, "depth {depth}: {} {right}", phi[i]);
        }
        let total: f64 = phi.iter().sum();
        assert!((forest.expected()[0] + total - 1.0).abs() < 1e-13, "depth {depth}");
    }
}

#[test]
fn gauss_integrates_powers() {
    fn check<const N: usize>(rule: &Rule<N>) {
        for power in 0..2 * N {
            let integral: f64 = (0..N).map(|i| rule.weight[i] * rule.t[i].powi(power as i32)).sum();
            assert!(
                (integral * (power as f64 + 1.0) - 1.0).abs() < 1e-13,
                "{N} points, power {power}"
            );
        }
    }
    check(&RULE_4);
    check(&RULE_8);
    check(&RULE_16);
    check(&RULE_64);
}
