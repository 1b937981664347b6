//! The rows a model learns from or is judged by, and how good it is on them.

use crate::shared::arguments::Of;
use dynasty_models::Model;
use dynasty_numbers::scoring::{calibration, metrics};
use dynasty_prospects::labels::Tier;
use dynasty_prospects::training::Status;
use dynasty_prospects::training::digest::Row;
use pgrx::PgSqlErrorCode::*;
use serde_json::{Map, Value, json};

/// What is learnt.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Success or not.
    Logistic,
    /// The tier.
    Multinomial,
}

impl Kind {
    pub fn of(of: Of, name: &str) -> Kind {
        match name {
            "logistic" => Kind::Logistic,
            "multinomial" => Kind::Multinomial,
            _ => of.refuse(format!("kind must be logistic or multinomial, not \"{name}\"")),
        }
    }

    pub fn classes(self) -> Vec<String> {
        let names: &[&str] = match self {
            Kind::Logistic => &["Failed", "Success"],
            Kind::Multinomial => &["Star", "Solid", "Marginal", "Failed"],
        };
        names.iter().map(|name| String::from(*name)).collect()
    }

    /// The class of a label.
    pub fn class(self, is_success: bool, tier: Tier) -> u32 {
        match (self, tier) {
            (Kind::Logistic, _) => u32::from(is_success),
            (_, Tier::Star) => 0,
            (_, Tier::Solid) => 1,
            (_, Tier::Marginal) => 2,
            (_, Tier::Failed) => 3,
        }
    }

    /// Whether a class is a success.
    pub fn is_success(self, class: u32) -> bool {
        match self {
            Kind::Logistic => class == 1,
            Kind::Multinomial => class != 3,
        }
    }

    /// The probability of success, of the model's outputs for a row.
    fn success(self, outputs: &[f64]) -> f64 {
        match (self, outputs) {
            (Kind::Logistic, [p, ..]) => *p,
            (Kind::Multinomial, [.., failed]) => 1.0 - failed,
            _ => f64::NAN,
        }
    }
}

/// Rows of one part, as the training takes them.
#[derive(Default)]
pub struct Table {
    pub values: Vec<f64>,
    pub labels: Vec<u32>,
    pub weights: Vec<f64>,
    pub folds: Vec<u32>,
    years: Vec<i32>,
    statuses: Vec<Status>,
}

impl Table {
    pub fn add(&mut self, of: Of, row: &Row<'_>, label: u32, weight: f64, fold: u32) {
        let values = row.values;
        // In steps of a quarter: doubling would hold up to twice what is needed.
        if self.values.capacity() - self.values.len() < values.len() {
            let more = (self.values.len() / 4).max(values.len() * 1024);
            self.values
                .try_reserve_exact(more)
                .unwrap_or_else(|_| out_of_memory(of));
        }
        self.values.extend(values.iter().map(|v| v.unwrap_or(f64::NAN)));
        self.labels.push(label);
        self.weights.push(weight);
        self.folds.push(fold);
        self.years.push(row.as_of_year);
        self.statuses.push(row.status);
    }

    /// Whether each row is a success.
    pub fn outcomes(&self, kind: Kind) -> impl Iterator<Item = bool> + '_ {
        self.labels.iter().map(move |label| kind.is_success(*label))
    }
}

fn out_of_memory(of: Of) -> ! {
    of.error(ERRCODE_OUT_OF_MEMORY, "the training set does not fit into memory")
        .hint("Name fewer years, or fewer prospects by prospect_ids.")
        .raise()
}

/// How good the model is on the rows of a table, in all, by year and by status.
pub fn measured(model: &Model, table: &Table, features: usize, kind: Kind) -> Option<Value> {
    let outputs = model.outputs();
    let mut scorer = model.scorer();
    let mut predictions = Vec::with_capacity(table.labels.len() * outputs);
    for row in table.values.chunks_exact(features) {
        predictions.extend_from_slice(scorer.prediction(row).ok()?);
    }
    let of = |which: &dyn Fn(usize) -> bool| {
        let rows: Vec<usize> = (0..table.labels.len()).filter(|row| which(*row)).collect();
        let mine: Vec<f64> = rows
            .iter()
            .flat_map(|row| &predictions[row * outputs..][..outputs])
            .copied()
            .collect();
        let labels: Vec<u32> = rows.iter().map(|row| table.labels[*row]).collect();
        figures(&mine, &labels, outputs, kind)
    };
    let mut all = of(&|_| true)?;
    let mut years = table.years.clone();
    years.sort_unstable();
    years.dedup();
    let by_year = years
        .iter()
        .filter_map(|year| Some((year.to_string(), of(&|row| table.years[row] == *year)?.into())));
    let by_year: Map<String, Value> = by_year.collect();
    let by_status = Status::ALL.into_iter().filter_map(|status| {
        let figures = of(&|row| table.statuses[row] == status)?;
        Some((String::from(status.name()), figures.into()))
    });
    let by_status: Map<String, Value> = by_status.collect();
    all.insert("by_year".into(), by_year.into());
    all.insert("by_status".into(), by_status.into());
    Some(all.into())
}

fn figures(predictions: &[f64], labels: &[u32], outputs: usize, kind: Kind) -> Option<Map<String, Value>> {
    let m = metrics(predictions, labels, outputs)?;
    let successes: Vec<f64> = predictions
        .chunks_exact(outputs)
        .map(|row| kind.success(row).clamp(0.0, 1.0))
        .collect();
    let happened: Vec<bool> = labels.iter().map(|label| kind.is_success(*label)).collect();
    let c = calibration(&successes, &happened, 0.0)?;
    // How far the rate is off by chance alone, if every probability is true.
    let by_chance = successes.iter().map(|p| p * (1.0 - p)).sum::<f64>().sqrt() / successes.len() as f64;
    match json!({
        "rows": m.rows, "log_loss": m.log_loss, "brier": m.brier, "auc": m.auc,
        "mean_probability": c.mean, "success_rate": c.rate, "rate_standard_error": by_chance,
        "calibration_slope": c.line.map(|l| l.0), "calibration_intercept": c.line.map(|l| l.1),
    }) {
        Value::Object(map) => Some(map),
        _ => None,
    }
}
