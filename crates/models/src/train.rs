//! The model that needs no library: logistic regression (two classes) and multinomial regression (more), with an L2 penalty.
//!
//! The same as scikit-learn's `make_pipeline(SimpleImputer(add_indicator=True), StandardScaler(), LogisticRegression(C=1 / penalty))`:
//! a missing value becomes the feature's mean, an indicator column says so, every column is standardised, and
//!
//! ```text
//! sum over rows of weight * -ln p(label) + penalty / 2 * sum of squared coefficients (not the intercepts)
//! ```
//!
//! is minimised until no coefficient moves by more than the tolerance. The result does not depend on threads or chance: the same
//! rows in the same order give the same document on the same processor. (Other processors may round products differently,
//! about 1e-12 of a coefficient.)
//!
//! With folds, each fold is predicted by a fit that saw nothing of it, its means and deviations included.

mod cross_validation;
mod design;
mod fit;
mod lbfgs;

use std::fmt;

use serde_json::json;

use super::error::ModelError;
use super::limits::shape;
use super::{Format, Model, check_names};
pub use cross_validation::cross_validate;
use design::{Design, Rows};
use dynasty_numbers::scoring::{Metrics, metrics};
use fit::Fit;

/// What is learnt from.
#[derive(Clone, Copy, Debug)]
pub struct Examples<'a> {
    /// The names of the features.
    pub features: &'a [String],
    /// Rows by features; NaN is missing.
    pub values: &'a [f64],
    /// The class of each row, a number into `classes`.
    pub labels: &'a [u32],
    /// The names of the classes, at least two; of two the second is the one whose probability is given.
    pub classes: &'a [String],
    /// How much each row counts, above 0; 1 when there are none. Means and deviations do not use them.
    pub weights: Option<&'a [f64]>,
    /// The fold of each row. Rows of one player belong into one fold.
    pub folds: Option<&'a [u32]>,
    /// Which features may have an indicator column; all when it is not said. That a fact is missing may be known only afterwards,
    /// where its value is not.
    pub indicated: Option<&'a [bool]>,
}

/// How it is learnt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// The L2 penalty, above 0: 1 / C of scikit-learn.
    pub penalty: f64,
    /// Whether there are columns that say what is missing.
    pub missing_indicators: bool,
    /// The largest move of a coefficient (of a standardised column) that still counts as none.
    pub tolerance: f64,
    /// Steps after which it ends anyway.
    pub most_steps: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            penalty: 1.0,
            missing_indicators: true,
            tolerance: 1e-7,
            most_steps: 1000,
        }
    }
}

/// What was learnt.
#[derive(Clone, Debug)]
pub struct Training {
    /// The model as a document of [`super::linear`].
    pub document: String,
    /// Steps of the fit on all rows.
    pub steps: usize,
    /// Whether that fit ended by the tolerance.
    pub converged: bool,
    /// On the rows it was fitted to.
    pub in_sample: Metrics,
    /// For each fold, by number: predicted by the rows of the others.
    pub folds: Vec<(u32, Metrics)>,
    /// All folds together.
    pub out_of_fold: Option<Metrics>,
    /// Those predictions, rows by outputs; empty without folds.
    pub predictions: Vec<f64>,
}

/// Why nothing was learnt.
#[derive(Clone, Debug, PartialEq)]
pub enum TrainError {
    /// Something given does not fit.
    Invalid(String),
    /// A class has no row to learn it from, in all rows or outside of a fold.
    EmptyClass {
        /// Its name.
        class: String,
        /// The fold that holds all of its rows.
        fold: Option<u32>,
    },
    /// Too many features or classes.
    Model(ModelError),
    /// `stop` said so.
    Stopped,
}

impl fmt::Display for TrainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(what) => f.write_str(what),
            Self::EmptyClass { class, fold: None } => write!(f, "no row is of the class {class:?}"),
            Self::EmptyClass {
                class,
                fold: Some(fold),
            } => write!(f, "all rows of the class {class:?} are in fold {fold}"),
            Self::Model(error) => error.fmt(f),
            Self::Stopped => f.write_str("stopped"),
        }
    }
}

impl std::error::Error for TrainError {}

impl From<ModelError> for TrainError {
    fn from(error: ModelError) -> Self {
        Self::Model(error)
    }
}

/// Learns. `stop` is asked before every pass over the rows (some 50 ms with 45,000 rows of 290 features).
pub fn train(
    examples: &Examples<'_>,
    options: &Options,
    stop: &mut dyn FnMut() -> bool,
) -> Result<Training, TrainError> {
    check(examples, options)?;
    let features = examples.features.len();
    let rows = Rows::all(examples.values, features, examples.labels, examples.weights);
    let indicators = indicators(examples, rows, options);
    let design = Design::new(rows, indicators.clone());
    let counts = counts(examples, rows, None)?;
    let moments = fit::moments(rows, &design);
    let fitted = fit::fit(rows, &design, &moments, &counts, options, None, stop).ok_or(TrainError::Stopped)?;
    let document = document(examples, &design, &fitted);
    let model = Model::parse(Format::Linear, &document)?;
    let outputs = model.outputs();
    let every: Vec<usize> = (0..examples.labels.len()).collect();
    let in_sample = measure(examples, outputs, &every, &predict(&model, rows, &every)?)?;
    let mut training = Training {
        document,
        steps: fitted.steps,
        converged: fitted.converged,
        in_sample,
        folds: Vec::new(),
        out_of_fold: None,
        predictions: Vec::new(),
    };
    if let Some(folds) = examples.folds {
        let mut numbers = folds.to_vec();
        numbers.sort_unstable();
        numbers.dedup();
        let mut predictions = vec![f64::NAN; examples.labels.len() * outputs];
        for number in numbers {
            let others = rows.without(folds, number);
            let counts = self::counts(examples, others, Some(number))?;
            let design = Design::new(others, indicators.clone());
            // The moments are a guide only; those of all rows are near enough.
            let fitted =
                fit::fit(others, &design, &moments, &counts, options, None, stop).ok_or(TrainError::Stopped)?;
            let model = Model::parse(Format::Linear, &self::document(examples, &design, &fitted))?;
            let mine: Vec<usize> = (0..folds.len()).filter(|&i| folds[i] == number).collect();
            let predicted = predict(&model, rows, &mine)?;
            training
                .folds
                .push((number, measure(examples, outputs, &mine, &predicted)?));
            for (&i, predicted) in mine.iter().zip(predicted.chunks_exact(outputs)) {
                predictions[i * outputs..][..outputs].copy_from_slice(predicted);
            }
        }
        training.out_of_fold = Some(measure(examples, outputs, &every, &predictions)?);
        training.predictions = predictions;
    }
    Ok(training)
}

/// The features that get an indicator.
fn indicators(examples: &Examples<'_>, rows: Rows<'_>, options: &Options) -> Vec<usize> {
    let mut found = match options.missing_indicators {
        true => Design::sometimes_missing(rows),
        false => Vec::new(),
    };
    if let Some(indicated) = examples.indicated {
        found.retain(|&feature| indicated[feature]);
    }
    found
}

fn check(examples: &Examples<'_>, options: &Options) -> Result<(), TrainError> {
    let (features, n) = (examples.features.len(), examples.labels.len());
    let invalid = |what: String| Err(TrainError::Invalid(what));
    shape(features, examples.classes.len())?;
    check_names("features", examples.features)?;
    check_names("classes", examples.classes)?;
    if examples.classes.len() < 2 {
        return invalid(format!("{} classes, expected 2 or more", examples.classes.len()));
    }
    if n == 0 {
        return invalid(String::from("there are no rows to learn from"));
    }
    if examples.values.len() != n * features {
        return invalid(format!(
            "{} values for {n} rows of {features} features",
            examples.values.len()
        ));
    }
    if let Some(at) = examples.values.iter().position(|x| x.is_infinite()) {
        let name = &examples.features[at % features];
        return invalid(format!("{name:?} is infinite in row {}", at / features));
    }
    if let Some(label) = examples.labels.iter().find(|&&l| l as usize >= examples.classes.len()) {
        return invalid(format!(
            "label {label} is none of the {} classes",
            examples.classes.len()
        ));
    }
    if let Some(weights) = examples.weights {
        if weights.len() != n {
            return invalid(format!("{} weights for {n} rows", weights.len()));
        }
        if let Some(w) = weights.iter().find(|w| !(w.is_finite() && **w > 0.0)) {
            return invalid(format!("weight {w} is not above 0"));
        }
    }
    if let Some(indicated) = examples.indicated.filter(|i| i.len() != features) {
        return invalid(format!(
            "{} choices of indicators for {features} features",
            indicated.len()
        ));
    }
    if examples.folds.is_some_and(|f| f.len() != n) {
        return invalid(format!("{} folds for {n} rows", examples.folds.map_or(0, <[u32]>::len)));
    }
    for (name, value) in [("penalty", options.penalty), ("tolerance", options.tolerance)] {
        if !(value.is_finite() && value > 0.0) {
            return invalid(format!("{name} {value} is not above 0"));
        }
    }
    Ok(())
}

/// The weight of each class; every one must be there, or its probability would go to 0 without end.
fn counts(examples: &Examples<'_>, rows: Rows<'_>, fold: Option<u32>) -> Result<Vec<f64>, TrainError> {
    let mut counts = vec![0.0; examples.classes.len()];
    for i in rows.indices() {
        counts[examples.labels[i] as usize] += rows.weight(i);
    }
    match counts.iter().position(|&c| c == 0.0) {
        None => Ok(counts),
        Some(class) => Err(TrainError::EmptyClass {
            class: examples.classes[class].clone(),
            fold,
        }),
    }
}

fn document(examples: &Examples<'_>, design: &Design, fitted: &Fit) -> String {
    let features = examples.features.len();
    let columns = design.columns();
    let outputs = 0..fitted.intercept.len();
    let coef: Vec<&[f64]> = outputs.map(|k| &fitted.coef[k * columns..][..columns]).collect();
    let indicated: Vec<&String> = design.indicators.iter().map(|&i| &examples.features[i]).collect();
    json!({
        "kind": if examples.classes.len() == 2 { "logistic" } else { "multinomial" },
        "feature_names": examples.features,
        "classes": examples.classes,
        "coef": coef,
        "intercept": fitted.intercept,
        "impute": design.mean[..features],
        "missing_indicator": indicated,
        "mean": design.mean,
        "scale": design.scale,
    })
    .to_string()
}

fn predict(model: &Model, rows: Rows<'_>, which: &[usize]) -> Result<Vec<f64>, TrainError> {
    let mut scorer = model.scorer();
    let mut all = Vec::with_capacity(which.len() * model.outputs());
    for &i in which {
        let row = scorer.prediction(rows.row(i));
        all.extend_from_slice(row.map_err(|e| TrainError::Invalid(e.to_string()))?);
    }
    Ok(all)
}

fn measure(examples: &Examples<'_>, outputs: usize, which: &[usize], p: &[f64]) -> Result<Metrics, TrainError> {
    let labels: Vec<u32> = which.iter().map(|&i| examples.labels[i]).collect();
    metrics(p, &labels, outputs).ok_or_else(|| TrainError::Invalid(String::from("there is nothing to measure")))
}

#[cfg(test)]
mod tests;
