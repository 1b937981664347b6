//! Vectors of `v1.0` of many prospects, as numbers: NaN is missing.

use crate::features::catalogue::{FEATURES, ordinal_of};

/// Rows of vectors, by prospect.
#[derive(Clone, Debug, Default)]
pub struct Matrix {
    ids: Vec<i32>,
    values: Vec<f64>,
}

impl Matrix {
    /// Adds a prospect. Of a vector of another length nothing is taken.
    pub fn push(&mut self, id: i32, vector: impl ExactSizeIterator<Item = Option<f64>>) {
        if vector.len() == FEATURES {
            self.ids.push(id);
            self.values.extend(vector.map(|v| v.unwrap_or(f64::NAN)));
        }
    }

    /// The prospects.
    pub fn ids(&self) -> &[i32] {
        &self.ids
    }

    /// The vector of the prospect at a place.
    pub fn row(&self, place: usize) -> &[f64] {
        let begin = place * FEATURES;
        self.values.get(begin..begin + FEATURES).unwrap_or_default()
    }

    /// Puts the rows in the order of the ids.
    pub fn sort(&mut self) {
        if self.ids.is_sorted() {
            return;
        }
        let mut order: Vec<usize> = (0..self.ids.len()).collect();
        order.sort_by_key(|&i| self.ids[i]);
        let mut sorted = Matrix::default();
        for i in order {
            sorted.ids.push(self.ids[i]);
            sorted.values.extend_from_slice(self.row(i));
        }
        *self = sorted;
    }

    /// Where a prospect is, in a sorted matrix.
    pub fn place_of(&self, id: i32) -> Option<usize> {
        self.ids.binary_search(&id).ok()
    }
}

/// The place of a feature in a vector. The name is one of the catalogue's; for another it is the first.
pub fn place(feature: &str) -> usize {
    ordinal_of(feature).map_or(0, |ordinal| ordinal - 1)
}
