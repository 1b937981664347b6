//! Predictions of many prospects, written a batch at a time.

use super::record::{GIVEN, MADE_OF, upsert};
use crate::pg::border::connect_mut;
use crate::pg::sql_text::{Text, texts_or_nulls};
use crate::shared::arguments::Of;
use dynasty_models::bound::Outcome;
use dynasty_prospects::predictions::{Prediction, Record};
use pgrx::prelude::*;
use rust_decimal::prelude::ToPrimitive;

/// Between the texts of a row that are an array in the table: each comes as one text, since an array of arrays must be square.
pub const SEPARATOR: &str = "\x1f";

/// The columns of [`GIVEN`] as a batch brings them: the type of an element, and what is made of it (`{}`).
const COLUMNS: [(&str, &str); GIVEN.len()] = [
    ("float8", "{}::numeric(4,3)"),
    ("boolean", "{}"),
    ("text", "{}"),
    ("float8", "{}::numeric(4,3)"),
    ("float8", "{}::numeric(4,3)"),
    ("float8", "{}::numeric(4,3)"),
    ("float8", "{}::numeric(4,3)"),
    ("text", "{}::jsonb"),
    ("text", "{}::jsonb"),
    ("text", "{}"),
    ("text", "string_to_array({}, E'\\x1f')"),
    ("text", "string_to_array({}, E'\\x1f')"),
    ("text", "string_to_array({}, E'\\x1f')"),
];

/// Writes a batch and counts: only rows that are new or changed are written. $1 to $4 are what all rows share (model, day, year, base
/// value), $5 the prospects, then the columns in their order, and last the margins.
fn statement() -> String {
    let (mut arrays, mut values) = (vec!["$5::integer[]".to_string()], vec![]);
    for (i, (name, (element, made))) in GIVEN.iter().zip(COLUMNS).enumerate() {
        arrays.push(format!("${}::{element}[]", 6 + i));
        values.push(made.replace("{}", &format!("u.{name}")));
    }
    arrays.push(format!("${}::float8[]", 6 + GIVEN.len()));
    let rows = format!(
        "SELECT u.id, $1, $2, {}, $3, u.margin, $4 FROM unnest({}) AS u (id, {}, margin) ORDER BY u.id",
        values.join(", "),
        arrays.join(", "),
        GIVEN.join(", ")
    );
    let columns: Vec<&str> = GIVEN.iter().chain(&MADE_OF).copied().collect();
    format!(
        "WITH written AS ({}) SELECT count(*) FROM written",
        upsert(&columns, &rows, true)
    )
}

/// Columns of a batch.
#[derive(Default)]
pub struct Batch {
    id: Vec<i32>,
    success: Vec<Option<f64>>,
    class: Vec<Option<bool>>,
    confidence: Vec<Option<&'static str>>,
    tiers: [Vec<Option<f64>>; 4],
    importance: Vec<Option<String>>,
    shap: Vec<Option<String>>,
    narrative: Vec<Option<String>>,
    strengths: Vec<Option<String>>,
    concerns: Vec<Option<String>>,
    comparables: Vec<Option<String>>,
    margin: Vec<f64>,
}

/// What all rows share: the key and the base value.
pub struct Destination<'a> {
    pub model: &'a str,
    pub date: Date,
    pub year: i32,
    pub base: Option<f64>,
}

impl Batch {
    /// Writes them and returns how many were new or changed.
    pub fn store(self, of: Of, to: &Destination<'_>) -> i64 {
        let [star, solid, marginal, failed] = self.tiers;
        let statement = statement();
        let written = connect_mut(|client| {
            // The key and the base value, then the columns as `COLUMNS` has them.
            let args = [
                Text::from(to.model).into(),
                to.date.into(),
                to.year.into(),
                to.base.into(),
                self.id.into(),
                self.success.into(),
                self.class.into(),
                self.confidence.into(),
                star.into(),
                solid.into(),
                marginal.into(),
                failed.into(),
                texts_or_nulls(self.importance).into(),
                texts_or_nulls(self.shap).into(),
                texts_or_nulls(self.narrative).into(),
                texts_or_nulls(self.strengths).into(),
                texts_or_nulls(self.concerns).into(),
                texts_or_nulls(self.comparables).into(),
                self.margin.into(),
            ];
            client.update(&statement, None, &args)?.first().get_one::<i64>()
        });
        of.done(written).unwrap_or(0)
    }

    /// Takes what a model says of somebody.
    pub fn push(&mut self, of: Of, id: i32, outcome: &Outcome, threshold: f64) {
        let tiers = outcome.tiers.map_or([None; 4], |tiers| tiers.map(Some));
        let record = of.taken(Record::of(&Prediction {
            success_probability: outcome.success,
            prob_star: tiers[0],
            prob_solid: tiers[1],
            prob_marginal: tiers[2],
            prob_failed: tiers[3],
            shap_values: None,
            threshold,
        }));
        self.id.push(id);
        self.success.push(record.success_probability.and_then(|p| p.to_f64()));
        self.class.push(record.predicted_class);
        self.confidence.push(record.confidence_level.map(|level| level.name()));
        let stored = [
            record.prob_star,
            record.prob_solid,
            record.prob_marginal,
            record.prob_failed,
        ];
        for (column, value) in self.tiers.iter_mut().zip(stored) {
            column.push(value.and_then(|p| p.to_f64()));
        }
        self.margin.push(outcome.explained);
    }

    /// And why.
    pub fn push_reasons(&mut self, reasons: Option<Reasons>) {
        let r = reasons.unwrap_or_default();
        self.importance.push(r.importance);
        self.shap.push(r.shap);
        self.narrative.push(r.narrative);
        self.strengths.push(r.strengths);
        self.concerns.push(r.concerns);
        self.comparables.push(r.comparables);
    }
}

/// The texts of a row.
#[derive(Default)]
pub struct Reasons {
    pub importance: Option<String>,
    pub shap: Option<String>,
    pub narrative: Option<String>,
    pub strengths: Option<String>,
    pub concerns: Option<String>,
    pub comparables: Option<String>,
}
