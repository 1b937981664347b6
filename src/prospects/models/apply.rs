//! A model applied to a vector: the row it wants, what it says, and why.

use super::stored::{FromSet, Stored};
use crate::pg::errors::error;
use dynasty_models::Scorer;
use dynasty_models::bound::Outcome;
use dynasty_models::error::RowError;
use dynasty_prospects::features::catalogue::VERSION;
use pgrx::PgSqlErrorCode::*;

/// How far base value and contributions together may be from the margin, as a part of the sum of their sizes: the
/// libraries add in floats.
const ROUNDING: f64 = 1e-5;

/// How many rows are scored between two checks for interrupts.
const BLOCK: usize = 64;

/// Applies a model to one vector after the other.
pub struct Applied<'a> {
    pub stored: &'a Stored,
    from_set: Option<&'a FromSet>,
    scorer: Scorer<'a>,
    row: Vec<f64>,
    base: Vec<Option<f64>>,
}

/// Why the model says what it says.
pub struct Explained {
    pub base: f64,
    pub margin: f64,
    /// By the model's features.
    pub contributions: Vec<f64>,
}

impl<'a> Applied<'a> {
    /// Of a stored model.
    pub fn new(stored: &'a Stored) -> Applied<'a> {
        Applied {
            from_set: stored.from_set.as_ref(),
            scorer: stored.bound.model().scorer(),
            row: vec![],
            base: vec![],
            stored,
        }
    }

    /// Takes a vector of `v1.0`; the model must have a feature set.
    pub fn take(&mut self, vector: &[f64]) {
        let mut row = std::mem::take(&mut self.row);
        self.row_of(vector, &mut row);
        self.row = row;
    }

    /// The model's features out of a vector of `v1.0`.
    fn row_of(&mut self, vector: &[f64], row: &mut Vec<f64>) {
        let Some(from) = self.from_set else {
            no_feature_set(self.stored)
        };
        row.clear();
        if from.set.version == VERSION {
            row.extend(from.places.iter().map(|&place| vector[place]));
        } else {
            self.base.clear();
            self.base.extend(vector.iter().map(|v| (!v.is_nan()).then_some(*v)));
            let values = from.set.values(&self.base);
            row.extend(from.places.iter().map(|&place| values[place].unwrap_or(f64::NAN)));
        }
    }

    /// What the model says of several vectors of `v1.0`, in less time than one after the other.
    pub fn outcomes(&mut self, vectors: &[&[f64]]) -> Vec<Outcome> {
        let mut outcomes = Vec::with_capacity(vectors.len());
        let mut rows = vec![vec![]; BLOCK.min(vectors.len())];
        for vectors in vectors.chunks(BLOCK) {
            crate::pg::memory::checkpoint();
            for (vector, row) in vectors.iter().zip(&mut rows) {
                self.row_of(vector, row);
            }
            let scored = self.stored.bound.outcomes(&mut self.scorer, &rows[..vectors.len()]);
            outcomes.extend(scored.unwrap_or_else(|e| row_error(self.stored, e)));
        }
        outcomes
    }

    /// Takes values in the order of the model's features.
    pub fn take_row(&mut self, row: Vec<f64>) {
        self.row = row;
    }

    /// The values that were taken, NaN where there is none.
    pub fn row(&self) -> &[f64] {
        &self.row
    }

    /// What the model says.
    pub fn outcome(&mut self) -> Outcome {
        let outcome = self.stored.bound.outcome(&mut self.scorer, &self.row);
        outcome.unwrap_or_else(|e| row_error(self.stored, e))
    }

    /// Why it says so: of `class` (a number of an output) or of what [`Outcome::explained`] is.
    pub fn explained(&mut self, outcome: &Outcome, class: Option<usize>) -> Explained {
        let bound = &self.stored.bound;
        let mut contributions = vec![];
        let (base, margin) = match class {
            None => {
                bound
                    .contributions(&mut self.scorer, &self.row, &mut contributions)
                    .unwrap_or_else(|e| row_error(self.stored, e));
                (bound.base(), outcome.explained)
            }
            Some(output) => {
                let features = self.row.len();
                let all = self.scorer.contributions(&self.row);
                let all = all.unwrap_or_else(|e| row_error(self.stored, e));
                contributions.extend_from_slice(&all[output * features..][..features]);
                (bound.model().base_values()[output], outcome.margins[output])
            }
        };
        let sum = base + contributions.iter().sum::<f64>();
        let size = base.abs() + contributions.iter().map(|c| c.abs()).sum::<f64>();
        let apart = (sum - margin).abs();
        if apart.is_nan() || apart > ROUNDING * size.max(1.0) {
            error(
                ERRCODE_DATA_EXCEPTION,
                format!(
                    "model \"{}\": base value and contributions add up to {sum}, the margin is {margin}",
                    self.stored.name
                ),
            )
            .raise();
        }
        Explained {
            base,
            margin,
            contributions,
        }
    }
}

/// Raises that prospects cannot be scored by name.
pub fn no_feature_set(stored: &Stored) -> ! {
    error(
        ERRCODE_INVALID_PARAMETER_VALUE,
        format!("model \"{}\" has features of its own", stored.name),
    )
    .hint("Call dynasty.predict(model, features jsonb), or register it with a feature_set_version.")
    .raise()
}

fn row_error(stored: &Stored, e: RowError) -> ! {
    let reason = match e {
        RowError::Infinite { feature } => format!(
            "the value of {} is infinite",
            stored.bound.model().feature_names()[feature]
        ),
        other => other.to_string(),
    };
    let raised = error(
        ERRCODE_INVALID_PARAMETER_VALUE,
        format!("model \"{}\": {reason}", stored.name),
    );
    match e {
        RowError::NoCovers => raised.hint("It can be scored, but not explained.").raise(),
        _ => raised.raise(),
    }
}
