//! From rows with holes to standardised columns: the features, then an indicator for each one that is ever missing.
//!
//! The columns are computed anew in every pass over the rows: that costs less than reading a second, larger matrix, and needs
//! no memory.

use std::ops::Range;

/// The rows a fit may look at, of all the examples.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub values: &'a [f64],
    pub features: usize,
    pub labels: &'a [u32],
    pub weights: Option<&'a [f64]>,
    folds: Option<(&'a [u32], u32)>,
}

impl<'a> Rows<'a> {
    pub(super) fn all(values: &'a [f64], features: usize, labels: &'a [u32], weights: Option<&'a [f64]>) -> Self {
        Self {
            values,
            features,
            labels,
            weights,
            folds: None,
        }
    }

    /// Without those of one fold.
    pub(super) fn without(self, folds: &'a [u32], fold: u32) -> Self {
        Self {
            folds: Some((folds, fold)),
            ..self
        }
    }

    pub(super) fn row(&self, i: usize) -> &'a [f64] {
        &self.values[i * self.features..][..self.features]
    }

    pub(super) fn weight(&self, i: usize) -> f64 {
        self.weights.map_or(1.0, |w| w[i])
    }

    pub(super) fn indices(self) -> impl Iterator<Item = usize> + 'a {
        let all: Range<usize> = 0..self.labels.len();
        all.filter(move |&i| self.folds.is_none_or(|(folds, fold)| folds[i] != fold))
    }
}

/// The columns.
#[derive(Clone, Debug)]
pub(super) struct Design {
    /// Features that have an indicator.
    pub indicators: Vec<usize>,
    /// Of each column; a missing value is taken for the mean of its feature.
    pub mean: Vec<f64>,
    pub scale: Vec<f64>,
    /// 1 over the scale: rows are standardised in every pass, and a division costs several products.
    inverse: Vec<f64>,
    /// What an indicator's column is where the feature is there, and where it is missing.
    indicated: Vec<[f64; 2]>,
}

impl Design {
    /// `indicators` stay those of the whole when a part is looked at, so that the columns are the same.
    pub(super) fn new(rows: Rows<'_>, indicators: Vec<usize>) -> Self {
        let features = rows.features;
        let (mut n, mut count, mut sum) = (0usize, vec![0usize; features], vec![0.0; features]);
        for i in rows.indices() {
            n += 1;
            for (j, &x) in rows.row(i).iter().enumerate() {
                if !x.is_nan() {
                    count[j] += 1;
                    sum[j] += x;
                }
            }
        }
        // A feature never there: any mean will do, its column is 0.
        let mean: Vec<f64> = sum
            .iter()
            .zip(&count)
            .map(|(s, &c)| if c == 0 { 0.0 } else { s / c as f64 })
            .collect();
        let mut squares = vec![0.0; features];
        for i in rows.indices() {
            for (j, &x) in rows.row(i).iter().enumerate() {
                if !x.is_nan() {
                    squares[j] += (x - mean[j]) * (x - mean[j]);
                }
            }
        }
        let all = n.max(1) as f64;
        let scale = squares
            .iter()
            .zip(&mean)
            .map(|(s, m)| deviation(s / all, *m, all))
            .collect();
        let mut design = Self {
            indicators: Vec::with_capacity(indicators.len()),
            mean,
            scale,
            inverse: Vec::new(),
            indicated: Vec::new(),
        };
        for feature in indicators {
            let share = (n - count[feature]) as f64 / all;
            design.indicators.push(feature);
            design.mean.push(share);
            let scale = deviation(share * (1.0 - share), share, all);
            design.scale.push(scale);
            design.indicated.push([-share / scale, (1.0 - share) / scale]);
        }
        design.inverse = design.scale.iter().map(|s| 1.0 / s).collect();
        design
    }

    /// The features that are missing in some row and there in another.
    pub(super) fn sometimes_missing(rows: Rows<'_>) -> Vec<usize> {
        let mut missing = vec![false; rows.features];
        for i in rows.indices() {
            for (m, x) in missing.iter_mut().zip(rows.row(i)) {
                *m |= x.is_nan();
            }
        }
        (0..rows.features).filter(|&j| missing[j]).collect()
    }

    pub(super) fn columns(&self) -> usize {
        self.mean.len()
    }

    /// The columns of a row.
    pub(super) fn fill(&self, row: &[f64], into: &mut [f64]) {
        let (features, indicators) = into.split_at_mut(row.len());
        for (((to, &x), mean), inverse) in features.iter_mut().zip(row).zip(&self.mean).zip(&self.inverse) {
            let z = (x - mean) * inverse;
            *to = if z.is_nan() { 0.0 } else { z };
        }
        for ((to, &feature), indicated) in indicators.iter_mut().zip(&self.indicators).zip(&self.indicated) {
            *to = indicated[usize::from(row[feature].is_nan())];
        }
    }
}

/// The standard deviation, 1 where there is none: scikit-learn's rule for what is rounding and nothing else.
fn deviation(variance: f64, mean: f64, n: f64) -> f64 {
    let rounding = n * f64::EPSILON * variance + (n * mean * f64::EPSILON).powi(2);
    if variance <= rounding { 1.0 } else { variance.sqrt() }
}
