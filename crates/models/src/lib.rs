//! Models that others trained, as data: read, scored and explained.
//!
//! [`Model::parse`] reads the documents of XGBoost ([`xgboost`]), LightGBM ([`lightgbm`]) and a linear form of our own
//! ([`linear`]) into one form. [`Scorer`] gives margins, predictions and contributions of rows. A missing value is NaN.

pub mod bound;
pub mod calibration;
mod descent;
mod dialect;
pub mod error;
mod foreign;
mod forest;
pub mod lightgbm;
pub mod limits;
pub mod linear;
pub mod link;
mod shap;
pub mod train;
pub mod xgboost;

use std::collections::HashSet;
use std::str::FromStr;

use descent::Descent;
use error::{ModelError, RowError, shown};
use forest::Forest;
use linear::Linear;
use link::Link;

/// Who wrote the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// XGBoost's JSON.
    Xgboost,
    /// LightGBM's text.
    Lightgbm,
    /// Our own JSON for linear models.
    Linear,
}

impl Format {
    /// Its name in SQL.
    pub fn name(self) -> &'static str {
        match self {
            Self::Xgboost => "xgboost",
            Self::Lightgbm => "lightgbm",
            Self::Linear => "linear",
        }
    }
}

impl FromStr for Format {
    type Err = ModelError;

    fn from_str(name: &str) -> Result<Self, ModelError> {
        let all = [Self::Xgboost, Self::Lightgbm, Self::Linear];
        match all.into_iter().find(|f| f.name() == name) {
            Some(format) => Ok(format),
            None => Err(ModelError::unsupported(
                "kind",
                format!("the kind of model {}", shown(name)),
            )),
        }
    }
}

/// A model ready to score.
#[derive(Clone, Debug)]
pub struct Model {
    format: Format,
    objective: String,
    feature_names: Vec<String>,
    classes: Vec<String>,
    outputs: usize,
    link: Link,
    base: Vec<f64>,
    best_round: Option<usize>,
    /// Whether the names are but numbers, because the library was given none.
    unnamed: bool,
    engine: Engine,
}

#[derive(Clone, Debug)]
enum Engine {
    Trees(Forest),
    Linear(Linear),
}

impl Model {
    /// Reads a document.
    pub fn parse(format: Format, document: &str) -> Result<Self, ModelError> {
        limits::within("bytes", limits::MAX_BYTES, document.len())?;
        let read = match format {
            Format::Xgboost => xgboost::parse(document),
            Format::Lightgbm => lightgbm::parse(document),
            Format::Linear => linear::parse(document),
        };
        read.map_err(|e| foreign::named(format, document, e))
    }

    /// Gives features their names, in the order of the columns the model was trained on. A document that has names of its own
    /// is not contradicted.
    pub fn name_features(&mut self, names: Vec<String>) -> Result<(), ModelError> {
        const PLACE: &str = "feature_names";
        if names.len() != self.feature_names.len() {
            let reason = format!("{} names for {} features", names.len(), self.feature_names.len());
            return Err(ModelError::malformed(PLACE, reason));
        }
        if !self.unnamed
            && let Some(i) = (0..names.len()).find(|&i| names[i] != self.feature_names[i])
        {
            let (own, given) = (shown(&self.feature_names[i]), shown(&names[i]));
            let reason = format!("feature {} is {own} in the document, not {given}", i + 1);
            return Err(ModelError::malformed(PLACE, reason));
        }
        check_names(PLACE, &names)?;
        self.feature_names = names;
        Ok(())
    }

    /// Whether the library was given no names: then features have the numbers of its own dumps.
    pub fn is_unnamed(&self) -> bool {
        self.unnamed
    }

    /// Says which value, beside NaN, counts as missing: what the library was told when the model was trained.
    pub fn set_missing(&mut self, value: f64) -> Result<(), ModelError> {
        match &mut self.engine {
            _ if !value.is_finite() => Err(ModelError::malformed("missing", "not a finite number")),
            Engine::Trees(forest) => {
                forest.missing = Some(value);
                Ok(())
            }
            Engine::Linear(_) => Err(ModelError::unsupported(
                "missing",
                "another missing value in a linear model",
            )),
        }
    }

    /// The value, beside NaN, that counts as missing.
    pub fn missing(&self) -> Option<f64> {
        match &self.engine {
            Engine::Trees(forest) => forest.missing,
            Engine::Linear(_) => None,
        }
    }

    fn of_trees(format: Format, objective: String, feature_names: Vec<String>, link: Link, forest: Forest) -> Self {
        let base = match forest.has_covers {
            true => forest.expected(),
            false => vec![f64::NAN; forest.start.len()],
        };
        Self {
            format,
            objective,
            feature_names,
            classes: Vec::new(),
            outputs: forest.start.len(),
            link,
            base,
            best_round: None,
            unnamed: false,
            engine: Engine::Trees(forest),
        }
    }

    /// Who wrote the document.
    pub fn format(&self) -> Format {
        self.format
    }

    /// What was learnt, in the words of the library (`binary:logistic`).
    pub fn objective(&self) -> &str {
        &self.objective
    }

    /// The features in the order of a row.
    pub fn feature_names(&self) -> &[String] {
        &self.feature_names
    }

    /// How many numbers a prediction has: 1, or one per class.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// The names of the classes, two for one probability; empty when the document has none (XGBoost's and LightGBM's: they
    /// number their classes from 0).
    pub fn classes(&self) -> &[String] {
        &self.classes
    }

    /// How margins become predictions.
    pub fn link(&self) -> Link {
        self.link
    }

    /// The margin of each output when no feature is known: where the contributions begin. NaN when the document has no covers.
    pub fn base_values(&self) -> &[f64] {
        &self.base
    }

    /// Trees and nodes, leaves included; zeros for a linear model.
    pub fn size(&self) -> (usize, usize) {
        match &self.engine {
            Engine::Trees(forest) => (forest.trees.len(), forest.nodes.len()),
            Engine::Linear(_) => (0, 0),
        }
    }

    /// The round after which training got no better, when the document goes on after it. All of its trees count, as in
    /// XGBoost's `Booster.predict()`; its scikit-learn classes stop there.
    pub fn best_round(&self) -> Option<usize> {
        self.best_round
    }

    /// The margins of a row, one per output. For many rows use a [`Scorer`].
    pub fn margin(&self, row: &[f64]) -> Result<Vec<f64>, RowError> {
        Ok(self.scorer().margin(row)?.to_vec())
    }

    /// The predictions of a row: the margins through the link. Probabilities when [`Link::is_probability`].
    pub fn prediction(&self, row: &[f64]) -> Result<Vec<f64>, RowError> {
        Ok(self.scorer().prediction(row)?.to_vec())
    }

    /// What each feature adds to the margins, outputs by features. With the base value they add up to the margin.
    pub fn contributions(&self, row: &[f64]) -> Result<Vec<f64>, RowError> {
        Ok(self.scorer().contributions(row)?.to_vec())
    }

    /// For many rows: keeps its buffers.
    pub fn scorer(&self) -> Scorer<'_> {
        Scorer {
            model: self,
            row: vec![0.0; self.feature_names.len()],
            margin: vec![0.0; self.outputs],
            standing: Vec::new(),
            phi: Vec::new(),
            descent: None,
        }
    }
}

/// Scores rows one after the other without asking for memory.
#[derive(Debug)]
pub struct Scorer<'a> {
    model: &'a Model,
    row: Vec<f64>,
    margin: Vec<f64>,
    standing: Vec<shap::Standing>,
    phi: Vec<f64>,
    /// Made for the first rows that come together; `None` in it where the forest is not plain enough.
    descent: Option<Option<Descent<'a>>>,
}

impl<'a> Scorer<'a> {
    fn check(&self, row: &[f64]) -> Result<(), RowError> {
        if row.len() != self.row.len() {
            return Err(RowError::Length {
                expected: self.row.len(),
                found: row.len(),
            });
        }
        if let Some(feature) = row.iter().position(|x| x.is_infinite()) {
            return Err(RowError::Infinite { feature });
        }
        Ok(())
    }

    fn take(&mut self, row: &[f64]) -> Result<(), RowError> {
        self.check(row)?;
        match &self.model.engine {
            Engine::Trees(forest) => forest.prepare(row, &mut self.row),
            Engine::Linear(_) => self.row.copy_from_slice(row),
        }
        Ok(())
    }

    /// The margins of a row, one per output.
    pub fn margin(&mut self, row: &[f64]) -> Result<&[f64], RowError> {
        self.take(row)?;
        match &self.model.engine {
            Engine::Trees(forest) => forest.margins(&self.row, &mut self.margin),
            Engine::Linear(linear) => linear.margins(&self.row, &mut self.margin),
        }
        Ok(&self.margin)
    }

    /// The margins of several rows, one row after the other: the same as of each alone, in less time.
    pub fn margins(&mut self, rows: &[&[f64]]) -> Result<Vec<f64>, RowError> {
        rows.iter().try_for_each(|row| self.check(row))?;
        let outputs = self.model.outputs;
        let mut margins = vec![0.0; rows.len() * outputs];
        if let Engine::Trees(forest) = &self.model.engine
            && let Some(descent) = self.descent.get_or_insert_with(|| Descent::of(forest))
        {
            descent.margins(rows, &mut margins);
            return Ok(margins);
        }
        for (row, margins) in rows.iter().zip(margins.chunks_exact_mut(outputs)) {
            margins.copy_from_slice(self.margin(row)?);
        }
        Ok(margins)
    }

    /// The predictions of a row.
    pub fn prediction(&mut self, row: &[f64]) -> Result<&[f64], RowError> {
        self.margin(row)?;
        self.model.link.apply(&mut self.margin);
        Ok(&self.margin)
    }

    /// What each feature adds to the margins, outputs by features: feature f of output o at `o * features + f`.
    pub fn contributions(&mut self, row: &[f64]) -> Result<&[f64], RowError> {
        self.take(row)?;
        self.phi.clear();
        self.phi.resize(self.row.len() * self.model.outputs, 0.0);
        match &self.model.engine {
            Engine::Trees(forest) => {
                if !forest.has_covers {
                    return Err(RowError::NoCovers);
                }
                self.standing.resize(self.row.len(), shap::FRESH);
                shap::contributions(forest, &self.row, &mut self.standing, &mut self.phi);
            }
            Engine::Linear(linear) => linear.contributions(&self.row, &mut self.phi),
        }
        Ok(&self.phi)
    }
}

/// Names have to be there and different: features are matched by them.
fn check_names(place: &str, names: &[String]) -> Result<(), ModelError> {
    let mut seen = HashSet::with_capacity(names.len());
    for (i, name) in names.iter().enumerate() {
        if name.is_empty() {
            return Err(ModelError::malformed(format!("{place}[{i}]"), "the name is empty"));
        }
        if !seen.insert(name.as_str()) {
            return Err(ModelError::malformed(
                format!("{place}[{i}]"),
                format!("{} comes twice", shown(name)),
            ));
        }
    }
    Ok(())
}
