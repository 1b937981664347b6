//! How good probabilities were: log loss, Brier score, the area under the ROC curve, and calibration.

mod calibration;

pub use calibration::{Calibration, calibration};

/// Of a set of predictions whose outcomes are known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Metrics {
    /// How many predictions.
    pub rows: usize,
    /// Mean of -ln of the probability given to what happened; probabilities are held off 0 by 2.2e-16.
    pub log_loss: f64,
    /// Mean squared distance: (p - y)^2 for one probability, the sum of that over the classes when there are several.
    pub brier: f64,
    /// The area under the ROC curve; with several classes the mean of each against the rest. `None` when a class never or
    /// always happened.
    pub auc: Option<f64>,
}

/// `predictions` are rows by outputs: one output is the probability of class 1 of two; else one per class. `labels` are class
/// numbers. `None` when there are no rows, lengths that do not fit, or a label without a class.
pub fn metrics(predictions: &[f64], labels: &[u32], outputs: usize) -> Option<Metrics> {
    let classes = outputs.max(2);
    let fits = predictions.len() == labels.len().checked_mul(outputs)?;
    if labels.is_empty() || outputs == 0 || !fits || labels.iter().any(|&l| l as usize >= classes) {
        return None;
    }
    let (mut log_loss, mut brier) = (0.0, 0.0);
    for (row, &label) in predictions.chunks_exact(outputs).zip(labels) {
        let label = label as usize;
        let hit = match row {
            [p] if label == 1 => *p,
            [p] => 1.0 - p,
            _ => row[label],
        };
        log_loss -= hit.clamp(f64::EPSILON, 1.0).ln();
        brier += match row {
            [_] => (1.0 - hit) * (1.0 - hit),
            _ => row
                .iter()
                .enumerate()
                .map(|(k, p)| (p - f64::from(u8::from(k == label))).powi(2))
                .sum(),
        };
    }
    let n = labels.len() as f64;
    let aucs: Option<Vec<f64>> = (0..outputs)
        .map(|k| {
            let class = if outputs == 1 { 1 } else { k as u32 };
            let pairs = predictions
                .chunks_exact(outputs)
                .zip(labels)
                .map(|(row, &l)| (row[k], l == class));
            auc(pairs.collect())
        })
        .collect();
    Some(Metrics {
        rows: labels.len(),
        log_loss: log_loss / n,
        brier: brier / n,
        auc: aucs.map(|a| a.iter().sum::<f64>() / a.len() as f64),
    })
}

/// How often a positive has a higher score than a negative; a tie is half. `None` without both.
pub fn auc(mut scored: Vec<(f64, bool)>) -> Option<f64> {
    scored.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut wins, mut positives) = (0u64, 0.0, 0u64);
    for tied in scored.chunk_by(|a, b| a.0 == b.0) {
        let hits = tied.iter().filter(|(_, y)| *y).count() as u64;
        let misses = tied.len() as u64 - hits;
        wins += hits as f64 * (below as f64 + misses as f64 / 2.0);
        below += misses;
        positives += hits;
    }
    (positives > 0 && below > 0).then(|| wins / (positives as f64 * below as f64))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_probability() {
        let m = metrics(&[0.8, 0.4, 0.5, 0.5], &[1, 0, 1, 0], 1).expect("metrics");
        assert!((m.log_loss + (0.8f64.ln() + 0.6f64.ln() + 2.0 * 0.5f64.ln()) / 4.0).abs() < 1e-15);
        assert!((m.brier - (0.04 + 0.16 + 0.25 + 0.25) / 4.0).abs() < 1e-15);
        // Pairs: .8 beats both, .5 beats .4 and ties with .5.
        assert_eq!(m.auc, Some(3.5 / 4.0));
        assert_eq!(metrics(&[0.5], &[1], 1).expect("metrics").auc, None);
        assert!(metrics(&[0.0], &[1], 1).expect("metrics").log_loss > 36.0);
    }

    #[test]
    fn several_classes() {
        let m = metrics(&[0.5, 0.3, 0.2, 0.1, 0.1, 0.8, 0.2, 0.6, 0.2], &[0, 2, 1], 3).expect("metrics");
        assert!((m.log_loss + (0.5f64.ln() + 0.8f64.ln() + 0.6f64.ln()) / 3.0).abs() < 1e-15);
        assert!((m.brier - (0.38 + 0.06 + 0.24) / 3.0).abs() < 1e-15);
        assert_eq!(m.auc, Some(1.0));
    }

    #[test]
    fn what_does_not_fit() {
        assert_eq!(metrics(&[], &[], 1), None);
        assert_eq!(metrics(&[0.1], &[0, 1], 1), None);
        assert_eq!(metrics(&[0.1], &[2], 1), None);
        assert_eq!(metrics(&[0.1], &[0], 0), None);
    }

    proptest! {
        #[test]
        fn auc_counts_pairs(scored in prop::collection::vec((0..6u8, any::<bool>()), 0..40)) {
            let scored: Vec<(f64, bool)> = scored.into_iter().map(|(s, y)| (f64::from(s) / 7.0, y)).collect();
            let (mut wins, mut pairs) = (0.0, 0.0);
            for (p, _) in scored.iter().filter(|s| s.1) {
                for (n, _) in scored.iter().filter(|s| !s.1) {
                    pairs += 1.0;
                    wins += if p > n { 1.0 } else if p == n { 0.5 } else { 0.0 };
                }
            }
            let right = (pairs > 0.0).then(|| wins / pairs);
            prop_assert_eq!(auc(scored), right);
        }
    }
}
