//! Prediction records: what is checked and filled in before one is stored (flagship contract 8).

use crate::features::catalogue::ordinal_of;
use dynasty_intake::flat::{NotAnObject, Object, number, object, shortened};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use std::fmt;

#[cfg(test)]
mod tests;

/// How many features an importance names.
pub const MOST_IMPORTANT: usize = 10;

/// What a model says.
#[derive(Clone, Copy, Debug, Default)]
#[allow(missing_docs)] // the names are those of the columns
pub struct Prediction<'a> {
    pub success_probability: Option<f64>,
    pub prob_star: Option<f64>,
    pub prob_solid: Option<f64>,
    pub prob_marginal: Option<f64>,
    pub prob_failed: Option<f64>,
    /// JSON.
    pub shap_values: Option<&'a str>,
    /// From where on a probability is a success.
    pub threshold: f64,
}

/// What is stored of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)] // the names are those of the columns
pub struct Record {
    pub success_probability: Option<Decimal>,
    pub prob_star: Option<Decimal>,
    pub prob_solid: Option<Decimal>,
    pub prob_marginal: Option<Decimal>,
    pub prob_failed: Option<Decimal>,
    pub predicted_class: Option<bool>,
    pub confidence_level: Option<Confidence>,
    /// JSON.
    pub feature_importance: Option<String>,
}

/// How far a probability is from a coin's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // named as in the contract
pub enum Confidence {
    High,
    Medium,
    Low,
}

impl Confidence {
    /// Of a stored probability.
    pub fn of(probability: Decimal) -> Confidence {
        let thousandths = |n| Decimal::new(n, 3);
        if probability >= thousandths(800) || probability <= thousandths(200) {
            Confidence::High
        } else if probability >= thousandths(650) || probability <= thousandths(350) {
            Confidence::Medium
        } else {
            Confidence::Low
        }
    }

    /// As `ml_predictions.confidence_level` writes it.
    pub fn name(self) -> &'static str {
        match self {
            Confidence::High => "High",
            Confidence::Medium => "Medium",
            Confidence::Low => "Low",
        }
    }
}

/// Why a prediction is not stored.
#[derive(Clone, Debug, PartialEq)]
pub enum PredictionError {
    /// Not between 0 and 1.
    Probability {
        /// The argument.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// Some of the class probabilities are given, and this one is not.
    MissingClass(&'static str),
    /// The class probabilities do not make 1.
    Sum(Decimal),
    /// The contributions are no object.
    ShapKind(NotAnObject),
    /// A contribution of what is no feature.
    UnknownFeature(String),
    /// A contribution that is no number.
    ShapValue {
        /// The feature.
        feature: String,
        /// What it is.
        found: String,
    },
}

impl fmt::Display for PredictionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PredictionError::Probability { name, value } => {
                // As the server writes an infinity.
                let value = value.to_string().replace("inf", "Infinity");
                write!(f, "{name} must be between 0 and 1, not {value}")
            }
            PredictionError::MissingClass(name) => write!(
                f,
                "{name} must not be null when one of prob_star, prob_solid, prob_marginal and prob_failed is given"
            ),
            PredictionError::Sum(sum) => write!(
                f,
                "prob_star, prob_solid, prob_marginal and prob_failed must add up to 1 within {TOLERANCE}, not to {sum}"
            ),
            PredictionError::ShapKind(why) => write!(f, "shap_values {why}"),
            PredictionError::UnknownFeature(name) => {
                write!(f, "shap_values names \"{}\", which is no feature", shortened(name))
            }
            PredictionError::ShapValue { feature, found } => {
                write!(
                    f,
                    "shap_values: {feature} must be a number a double can hold, not {found}"
                )
            }
        }
    }
}

/// Four roundings to three decimals.
const TOLERANCE: Decimal = Decimal::from_parts(2, 0, 0, false, 3);

impl Record {
    /// Checks a prediction, and fills in what follows from it.
    pub fn of(prediction: &Prediction<'_>) -> Result<Record, PredictionError> {
        let p = prediction;
        let classes = classes([
            ("prob_star", p.prob_star),
            ("prob_solid", p.prob_solid),
            ("prob_marginal", p.prob_marginal),
            ("prob_failed", p.prob_failed),
        ])?;
        let success_probability = stored("success_probability", p.success_probability)?;
        within_one("threshold", p.threshold)?;
        let [prob_star, prob_solid, prob_marginal, prob_failed] = classes;
        Ok(Record {
            success_probability,
            prob_star,
            prob_solid,
            prob_marginal,
            prob_failed,
            // The stored value, as `success_probability >= threshold` in SQL compares it: as doubles.
            predicted_class: success_probability
                .and_then(|p| p.to_f64())
                .map(|p| p >= prediction.threshold),
            confidence_level: success_probability.map(Confidence::of),
            feature_importance: p.shap_values.map(importance).transpose()?,
        })
    }
}

fn within_one(name: &'static str, value: f64) -> Result<f64, PredictionError> {
    if (0.0..=1.0).contains(&value) {
        Ok(value)
    } else {
        Err(PredictionError::Probability { name, value })
    }
}

/// A probability to three decimals, half away from zero. As in the server's cast from float8 to numeric, 15 digits count: what
/// was written as 0.0045 rounds up, although the double is a little less.
fn stored(name: &'static str, value: Option<f64>) -> Result<Option<Decimal>, PredictionError> {
    let Some(value) = value else {
        return Ok(None);
    };
    let value = within_one(name, value)?;
    // Also where a decimal has no room for the digits.
    let mut rounded = if value < 1e-6 {
        Decimal::ZERO
    } else {
        Decimal::from_scientific(&format!("{value:.14e}"))
            .map_err(|_| PredictionError::Probability { name, value })?
            .round_dp_with_strategy(3, RoundingStrategy::MidpointAwayFromZero)
    };
    rounded.rescale(3);
    Ok(Some(rounded))
}

fn classes(given: [(&'static str, Option<f64>); 4]) -> Result<[Option<Decimal>; 4], PredictionError> {
    let mut classes = [None; 4];
    for (class, (name, value)) in classes.iter_mut().zip(given) {
        *class = stored(name, value)?;
    }
    if classes.iter().all(Option::is_none) {
        return Ok(classes);
    }
    if let Some(missing) = classes.iter().position(Option::is_none) {
        return Err(PredictionError::MissingClass(given[missing].0));
    }
    let sum: Decimal = classes.iter().flatten().sum();
    if (sum - Decimal::ONE).abs() > TOLERANCE {
        return Err(PredictionError::Sum(sum));
    }
    Ok(classes)
}

/// The largest contributions as a JSON array, the largest first; equal ones in the order of the catalogue.
fn importance(shap_values: &str) -> Result<String, PredictionError> {
    let values: Object<'_> = object(shap_values).map_err(PredictionError::ShapKind)?;
    let mut contributions = Vec::with_capacity(values.len());
    for (feature, value) in &values {
        let ordinal = ordinal_of(feature).ok_or_else(|| PredictionError::UnknownFeature(feature.clone()))?;
        let wrong = |found| PredictionError::ShapValue {
            feature: feature.clone(),
            found,
        };
        let text = number(value).map_err(|kind| wrong(kind.into()))?;
        let size = text.parse::<f64>().map_or(f64::INFINITY, f64::abs);
        if !size.is_finite() {
            return Err(wrong(shortened(text)));
        }
        contributions.push((size, ordinal, feature, text));
    }
    contributions.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(b.2)));
    let entries: Vec<String> = contributions
        .iter()
        .take(MOST_IMPORTANT)
        // A name of the catalogue needs no escapes, and the number is JSON already.
        .map(|(_, _, feature, text)| format!("{{\"feature\": \"{feature}\", \"value\": {text}}}"))
        .collect();
    Ok(format!("[{}]", entries.join(", ")))
}
