//! Linear models, in a JSON of our own that scikit-learn's attributes go into as they are.
//!
//! ```json
//! {"kind": "logistic", "feature_names": ["age", "career_ops"],
//!  "coef": [[-0.8, 1.1, 0.2]], "intercept": [-1.3], "classes": [false, true],
//!  "impute": [20.1, 0.71], "missing_indicator": ["career_ops"],
//!  "mean": [20.1, 0.71, 0.05], "scale": [1.9, 0.09, 0.22]}
//! ```
//!
//! - `kind`: `linear` (the margin is the prediction), `logistic` (one row of coefficients, the probability of the second
//!   class), `multinomial` (a row for each class, softmax).
//! - A row goes through the same steps as in `make_pipeline(SimpleImputer(add_indicator=True), StandardScaler(),
//!   LogisticRegression())`: missing values become `impute`; for each name in `missing_indicator` a column follows that is 1 where that
//!   feature is missing, else 0; `mean` is taken off every column and the rest divided by `scale`; then `coef` and `intercept`.
//! - So `coef` (each row), `mean` and `scale` have one element per feature and, after those, one per indicator.
//! - `coef` may be a flat list and `intercept` a number when there is one output, as LinearRegression has them.
//! - `classes`, `impute`, `missing_indicator`, `mean` and `scale` may be left out. Without `mean` it is 0, without `scale` 1.
//!
//! A missing value without `impute` counts as the mean: it adds nothing.
//!
//! Contributions are exact for independent features: (x - mean) * coef / scale, and to it the same of the feature's
//! indicator, so that "he has no scouting grade" shows at the grade. The base value is the intercept, the margin of the mean row.

use serde::Deserialize;
use serde_json::Value;

use super::error::{ModelError, shown};
use super::limits::shape;
use super::link::Link;
use super::{Engine, Format, Model, check_names};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    kind: Kind,
    feature_names: Vec<String>,
    coef: Rows,
    intercept: Numbers,
    classes: Option<Vec<Value>>,
    impute: Option<Vec<f64>>,
    #[serde(default)]
    missing_indicator: Vec<String>,
    mean: Option<Vec<f64>>,
    scale: Option<Vec<f64>>,
}

#[derive(Clone, Copy, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Linear,
    Logistic,
    Multinomial,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a list of numbers, or a list of such lists")]
enum Rows {
    Many(Vec<Vec<f64>>),
    One(Vec<f64>),
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a number or a list of numbers")]
enum Numbers {
    Many(Vec<f64>),
    One(f64),
}

/// A linear model ready to score.
#[derive(Clone, Debug)]
pub(super) struct Linear {
    /// What a missing value is taken for.
    impute: Vec<f64>,
    mean: Vec<f64>,
    /// Outputs by features: coefficients over scale.
    slope: Vec<f64>,
    /// Outputs by features: what the indicator adds when the value is there, and when it is missing.
    there: Vec<f64>,
    gone: Vec<f64>,
    intercept: Vec<f64>,
}

/// Reads a document.
pub(super) fn parse(document: &str) -> Result<Model, ModelError> {
    let mut reader = serde_json::Deserializer::from_str(document);
    let read: Document = serde_path_to_error::deserialize(&mut reader)
        .map_err(|e| ModelError::malformed(e.path().to_string(), e.inner().to_string()))?;
    reader
        .end()
        .map_err(|e| ModelError::malformed("document", e.to_string()))?;
    build(read)
}

fn build(document: Document) -> Result<Model, ModelError> {
    let features = document.feature_names.len();
    let coef = match document.coef {
        Rows::Many(rows) => rows,
        Rows::One(row) => vec![row],
    };
    let intercept = match document.intercept {
        Numbers::Many(list) => list,
        Numbers::One(number) => vec![number],
    };
    let outputs = coef.len();
    shape(features, outputs)?;
    check_names("feature_names", &document.feature_names)?;
    check_names("missing_indicator", &document.missing_indicator)?;
    let (link, objective, classes) = match document.kind {
        Kind::Linear => (Link::Identity, "linear", outputs),
        Kind::Logistic => (Link::Logistic { slope: 1.0 }, "logistic", 2),
        Kind::Multinomial => (Link::Softmax, "multinomial", outputs),
    };
    let fits = match document.kind {
        Kind::Linear => outputs >= 1,
        Kind::Logistic => outputs == 1,
        Kind::Multinomial => outputs >= 2,
    };
    if !fits {
        return Err(ModelError::malformed(
            "coef",
            format!("{outputs} rows do not go with the kind {objective}"),
        ));
    }
    let columns = features + document.missing_indicator.len();
    for (i, row) in coef.iter().enumerate() {
        length(&format!("coef[{i}]"), row.len(), columns)?;
    }
    length("intercept", intercept.len(), outputs)?;
    let mean = document.mean.unwrap_or_else(|| vec![0.0; columns]);
    length("mean", mean.len(), columns)?;
    let scale = document.scale.unwrap_or_else(|| vec![1.0; columns]);
    length("scale", scale.len(), columns)?;
    if let Some(i) = scale.iter().position(|s| *s <= 0.0) {
        return Err(ModelError::malformed(
            format!("scale[{i}]"),
            format!("{} is not above 0", scale[i]),
        ));
    }
    let impute = document.impute.unwrap_or_else(|| mean[..features].to_vec());
    length("impute", impute.len(), features)?;
    let classes = names(document.classes, classes)?;
    let mut linear = Linear {
        impute,
        mean: mean[..features].to_vec(),
        slope: Vec::with_capacity(outputs * features),
        there: vec![0.0; outputs * features],
        gone: vec![0.0; outputs * features],
        intercept,
    };
    for row in &coef {
        linear
            .slope
            .extend(row.iter().zip(&scale).take(features).map(|(c, s)| c / s));
    }
    for (i, name) in document.missing_indicator.iter().enumerate() {
        let Some(feature) = document.feature_names.iter().position(|f| f == name) else {
            let reason = format!("{} is not among the features", shown(name));
            return Err(ModelError::malformed(format!("missing_indicator[{i}]"), reason));
        };
        let column = features + i;
        for (output, row) in coef.iter().enumerate() {
            let slope = row[column] / scale[column];
            linear.there[output * features + feature] = (0.0 - mean[column]) * slope;
            linear.gone[output * features + feature] = (1.0 - mean[column]) * slope;
        }
    }
    Ok(Model {
        format: Format::Linear,
        objective: objective.to_owned(),
        feature_names: document.feature_names,
        classes,
        outputs,
        link,
        base: linear.intercept.clone(),
        best_round: None,
        unnamed: false,
        engine: Engine::Linear(linear),
    })
}

fn length(place: &str, found: usize, expected: usize) -> Result<(), ModelError> {
    if found == expected {
        Ok(())
    } else {
        Err(ModelError::malformed(
            place,
            format!("{found} elements, expected {expected}"),
        ))
    }
}

/// Classes may be names, numbers or truth values.
fn names(classes: Option<Vec<Value>>, expected: usize) -> Result<Vec<String>, ModelError> {
    let Some(classes) = classes else {
        return Ok(Vec::new());
    };
    length("classes", classes.len(), expected)?;
    let mut names = Vec::with_capacity(expected);
    for (i, class) in classes.into_iter().enumerate() {
        names.push(match class {
            Value::String(name) => name,
            Value::Number(_) | Value::Bool(_) => class.to_string(),
            _ => {
                return Err(ModelError::malformed(
                    format!("classes[{i}]"),
                    "expected a name or a number",
                ));
            }
        });
    }
    check_names("classes", &names)?;
    Ok(names)
}

impl Linear {
    /// What each feature adds to an output, for a row in which NaN is missing.
    fn terms<'a>(&'a self, row: &'a [f64], output: usize) -> impl Iterator<Item = f64> + 'a {
        let begin = output * row.len();
        row.iter().enumerate().map(move |(i, &x)| {
            let at = begin + i;
            let (x, indicator) = match x.is_nan() {
                true => (self.impute[i], self.gone[at]),
                false => (x, self.there[at]),
            };
            (x - self.mean[i]) * self.slope[at] + indicator
        })
    }

    pub(super) fn margins(&self, row: &[f64], out: &mut [f64]) {
        for (output, to) in out.iter_mut().enumerate() {
            *to = self.terms(row, output).sum::<f64>() + self.intercept[output];
        }
    }

    pub(super) fn contributions(&self, row: &[f64], phi: &mut [f64]) {
        for (output, phi) in phi.chunks_exact_mut(row.len().max(1)).enumerate() {
            phi.iter_mut()
                .zip(self.terms(row, output))
                .for_each(|(to, term)| *to = term);
        }
    }
}

#[cfg(test)]
mod tests;
