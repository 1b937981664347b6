use proptest::prelude::*;

use super::*;
use crate::forest::{Source, Sum, Test};

const FEATURES: usize = 4;
const OUTPUTS: u32 = 3;

/// A split as numbers; in a tree of them the children of the one at i are at 2 i + 1 and 2 i + 2, and leaves beyond the end.
#[derive(Clone, Debug)]
struct Split {
    feature: u32,
    threshold: f64,
    default_left: bool,
}

fn forest(trees: &[Vec<Split>], sum: Sum, zero_is_missing: bool) -> Forest {
    let mut forest = Forest::new(vec![0.5, -1.0, 0.0], sum);
    for (number, splits) in trees.iter().enumerate() {
        let read = |i: usize| {
            Ok(match splits.get(i) {
                Some(split) => Source::Split {
                    feature: split.feature,
                    flags: if split.default_left { DEFAULT_LEFT } else { 0 }
                        | if zero_is_missing { ZERO_IS_MISSING } else { 0 },
                    test: Test::Threshold(split.threshold),
                    cover: 1.0,
                    left: 2 * i + 1,
                    right: 2 * i + 2,
                },
                None => Source::Leaf {
                    value: (i as f64 + 0.3) / (number as f64 + 1.7),
                    cover: 1.0,
                },
            })
        };
        let pushed = forest.push("tree", number as u32 % OUTPUTS, 2 * splits.len() + 1, read);
        pushed.expect("a tree");
    }
    forest.divisor = 3.0;
    forest
}

fn thresholds() -> impl Strategy<Value = f64> {
    prop_oneof![
        6 => -2.0..2.0f64,
        2 => prop::sample::select(vec![0.0, -0.0, 1.0, f64::MAX, f64::MIN, f64::NEG_INFINITY, f64::from(f32::MAX), 1e-36]),
    ]
}

fn values() -> impl Strategy<Value = f64> {
    prop_oneof![
        6 => -2.0..2.0f64,
        2 => Just(f64::NAN),
        // As a float the largest are infinite.
        2 => prop::sample::select(vec![0.0, -0.0, 1.0, f64::MAX, f64::MIN, f64::from(f32::MAX), 1e-36]),
    ]
}

fn trees() -> impl Strategy<Value = Vec<Vec<Split>>> {
    let split =
        (0..FEATURES as u32, thresholds(), any::<bool>()).prop_map(|(feature, threshold, default_left)| Split {
            feature,
            threshold,
            default_left,
        });
    prop::collection::vec(prop::collection::vec(split, 0..20), 0..12)
}

fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|x| x.to_bits()).collect()
}

proptest! {
    /// As many rows as fill no group, one or some: each gets the bits it gets alone.
    #[test]
    fn many_rows_are_scored_like_one(
        trees in trees(),
        single in any::<bool>(),
        rows in prop::collection::vec(prop::collection::vec(values(), FEATURES), 0..20),
    ) {
        let forest = forest(&trees, if single { Sum::Single } else { Sum::Double }, false);
        let outputs = OUTPUTS as usize;
        let mut alone = vec![0.0; rows.len() * outputs];
        for (row, out) in rows.iter().zip(alone.chunks_exact_mut(outputs)) {
            let mut prepared = vec![0.0; FEATURES];
            forest.prepare(row, &mut prepared);
            forest.margins(&prepared, out);
        }
        let mut together = vec![0.0; alone.len()];
        let rows: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
        Descent::of(&forest).expect("plain").margins(&rows, &mut together);
        prop_assert_eq!(bits(&together), bits(&alone));
    }
}

#[test]
fn what_asks_for_more_is_left_alone() {
    let splits = |threshold| {
        vec![vec![Split {
            feature: 1,
            threshold,
            default_left: true,
        }]]
    };
    assert!(Descent::of(&forest(&splits(1.0), Sum::Double, false)).is_some());
    assert!(Descent::of(&forest(&splits(1.0), Sum::Double, true)).is_none());
    assert!(Descent::of(&forest(&splits(f64::INFINITY), Sum::Double, false)).is_none());
}

#[test]
fn no_features_and_no_rows() {
    let leaf = forest(&[vec![]], Sum::Double, false);
    let descent = Descent::of(&leaf).expect("plain");
    let mut out = vec![0.0; 3];
    descent.margins(&[&[]], &mut out);
    assert_eq!(out, [(0.5 + 0.3 / 1.7) / 3.0, -1.0 / 3.0, 0.0]);
    descent.margins(&[], &mut []);
}
