//! Made-up prospects for the tests of this folder.

use super::matrix::{Matrix, place};
use crate::features::catalogue::FEATURES;

/// A vector with those values and none else.
pub fn vector(values: &[(&str, f64)]) -> Vec<Option<f64>> {
    let mut vector = vec![None; FEATURES];
    for (feature, value) in values {
        vector[place(feature)] = Some(*value);
    }
    vector
}

/// An AA hitter of this year aged 21.5.
pub fn hitter(more: &[(&str, f64)]) -> Vec<Option<f64>> {
    let mut values = vec![
        ("games_total", 100.0),
        ("last_level", 5.0),
        ("age", 21.5),
        ("days_since_last_game", 100.0),
        ("is_pitcher", 0.0),
        ("career_pa", 400.0),
        ("ranking_sources", 0.0),
    ];
    values.extend_from_slice(more);
    vector(&values)
}

/// Their matrix; the ids count from 1.
pub fn matrix(vectors: &[Vec<Option<f64>>]) -> Matrix {
    let mut matrix = Matrix::default();
    for (i, vector) in vectors.iter().enumerate() {
        matrix.push(i as i32 + 1, vector.iter().copied());
    }
    matrix
}
