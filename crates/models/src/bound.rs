//! A model with its meaning: which feature of a set each of its inputs is, and what its outputs say of a prospect.

use std::collections::HashMap;
use std::fmt;

use super::calibration::{Calibration, Input};
use super::error::{RowError, shown};
use super::{Model, Scorer};
use dynasty_intake::nearest::nearest;

/// What a model predicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// One probability: that of success.
    Success,
    /// The probabilities of the four tiers.
    Tier,
    /// Something else: numbers that are stored nowhere.
    Value,
}

impl Target {
    /// All of them.
    pub const ALL: [Target; 3] = [Target::Success, Target::Tier, Target::Value];

    /// Its name in SQL.
    pub fn name(self) -> &'static str {
        match self {
            Target::Success => "success",
            Target::Tier => "tier",
            Target::Value => "value",
        }
    }
}

/// The tiers, in the order of the columns of `ml_predictions`.
pub const TIERS: [&str; 4] = ["Star", "Solid", "Marginal", "Failed"];
/// The place of the tier that is no success.
const FAILED: usize = 3;

/// Why a model cannot stand for what is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BindError {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

impl BindError {
    fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: None,
        }
    }

    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for BindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for BindError {}

/// A model bound to its meaning.
#[derive(Clone, Debug)]
pub struct Bound {
    model: Model,
    calibration: Option<Calibration>,
    target: Target,
    classes: Vec<String>,
    /// For each tier the output that is its; only for [`Target::Tier`].
    tiers: [usize; 4],
}

/// What a model says of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// One per output.
    pub margins: Vec<f64>,
    /// The margins through the link, as the library predicts: not calibrated.
    pub predictions: Vec<f64>,
    /// The probability of success, calibrated.
    pub success: Option<f64>,
    /// The probabilities of the tiers, in the order of [`TIERS`].
    pub tiers: Option<[f64; 4]>,
    /// The prediction of a model of [`Target::Value`] with one output.
    pub value: Option<f64>,
    /// The margin that the contributions of [`Bound::contributions`] add up to.
    pub explained: f64,
}

impl Bound {
    /// Checks that the pieces fit. `target` `None`: what the outputs look like. `classes`: the names of the outputs in their
    /// order, where the document has none.
    pub fn new(
        model: Model,
        calibration: Option<Calibration>,
        target: Option<Target>,
        classes: Option<Vec<String>>,
    ) -> Result<Bound, BindError> {
        let outputs = model.outputs();
        if let Some(calibration) = &calibration {
            if outputs != 1 {
                return Err(BindError::new(format!(
                    "calibration is for models with one output, this one has {outputs}"
                )));
            }
            if calibration.input() == Input::Probability && !model.link().is_probability() {
                return Err(
                    BindError::new("calibration wants a probability, which this model does not predict")
                        .hint("Say \"on\": \"margin\" in the calibration."),
                );
            }
        }
        let classes = classes_of(&model, classes)?;
        let probability = calibration.is_some() || model.link().is_probability();
        let derived = match (outputs, probability) {
            (1, true) => Target::Success,
            // Four classes without names may be anybody's: tiers are told to be so by their names or by the target.
            (4, true) if classes.is_empty() || are_tiers(&classes) => Target::Tier,
            _ => Target::Value,
        };
        let target = target.unwrap_or(derived);
        let mut tiers = [0; 4];
        match target {
            Target::Success if outputs == 1 && probability => check_direction(&classes)?,
            Target::Success => {
                return Err(BindError::new(format!(
                    "target success needs a model of one probability, not {}",
                    words(outputs, probability)
                )));
            }
            Target::Tier if outputs == 4 && probability => {
                if !are_tiers(&classes) {
                    return Err(BindError::new("target tier needs the classes Star, Solid, Marginal and Failed, each once")
                        .hint("Give classes in the order of the model's outputs, such as classes => '{Failed,Marginal,Solid,Star}'."));
                }
                for (place, tier) in tiers.iter_mut().zip(TIERS) {
                    *place = classes.iter().position(|c| c == tier).unwrap_or(0);
                }
            }
            Target::Tier => {
                return Err(BindError::new(format!(
                    "target tier needs a model of four class probabilities, not {}",
                    words(outputs, probability)
                )));
            }
            Target::Value => {}
        }
        Ok(Bound {
            model,
            calibration,
            target,
            classes,
            tiers,
        })
    }

    /// The model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// What it predicts.
    pub fn target(&self) -> Target {
        self.target
    }

    /// The names of the outputs, where they have some.
    pub fn classes(&self) -> &[String] {
        &self.classes
    }

    /// For each of the model's features its place in `set`, or an error that names the first one that is not there.
    pub fn places(&self, set: &[&str]) -> Result<Vec<usize>, BindError> {
        let at: HashMap<&str, usize> = set.iter().enumerate().map(|(i, name)| (*name, i)).collect();
        let names = self.model.feature_names();
        let mut places = Vec::with_capacity(names.len());
        for name in names {
            match at.get(name.as_str()) {
                Some(place) => places.push(*place),
                None => return Err(unknown(&self.model, name, set)),
            }
        }
        Ok(places)
    }

    /// What the model says of a row in the order of its features.
    pub fn outcome(&self, scorer: &mut Scorer<'_>, row: &[f64]) -> Result<Outcome, RowError> {
        Ok(self.outcome_of(scorer.margin(row)?.to_vec()))
    }

    /// The same of several rows, in less time than one after the other.
    pub fn outcomes(&self, scorer: &mut Scorer<'_>, rows: &[Vec<f64>]) -> Result<Vec<Outcome>, RowError> {
        let rows: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
        let margins = scorer.margins(&rows)?;
        let each = margins.chunks_exact(self.model.outputs());
        Ok(each.map(|margins| self.outcome_of(margins.to_vec())).collect())
    }

    fn outcome_of(&self, margins: Vec<f64>) -> Outcome {
        let mut predictions = margins.clone();
        self.model.link().apply(&mut predictions);
        let explained = self.contrast(&margins);
        let mut outcome = Outcome {
            success: None,
            tiers: None,
            value: None,
            explained,
            margins,
            predictions,
        };
        match self.target {
            Target::Success => outcome.success = Some(self.calibrated(outcome.margins[0], outcome.predictions[0])),
            Target::Tier => {
                let tiers = self.tiers.map(|output| outcome.predictions[output]);
                outcome.success = Some((1.0 - tiers[FAILED]).clamp(0.0, 1.0));
                outcome.tiers = Some(tiers);
            }
            Target::Value => {
                let only = outcome.predictions.len() == 1;
                outcome.value = only.then(|| self.calibrated(outcome.margins[0], outcome.predictions[0]));
            }
        }
        outcome
    }

    fn calibrated(&self, margin: f64, prediction: f64) -> f64 {
        match &self.calibration {
            None => prediction,
            Some(c) if c.input() == Input::Margin => c.apply(margin),
            Some(c) => c.apply(prediction),
        }
    }

    /// Of one number per output the one that is explained: that of the only output; for tiers the mean of the three that are a
    /// success less that of Failed, which is what moves P(success) and does not depend on where softmax' margins begin; for
    /// other models of several outputs the first.
    fn contrast(&self, outputs: &[f64]) -> f64 {
        match self.target {
            Target::Tier => {
                let [star, solid, marginal, failed] = self.tiers.map(|output| outputs[output]);
                (star + solid + marginal) / 3.0 - failed
            }
            _ => outputs[0],
        }
    }

    /// The margin that is explained when no feature is known. NaN when the document has no covers.
    pub fn base(&self) -> f64 {
        self.contrast(self.model.base_values())
    }

    /// The probability of success of a model of one probability when no feature is known.
    pub fn base_success(&self) -> Option<f64> {
        let margins = self.model.base_values().to_vec();
        if self.target != Target::Success || !margins[0].is_finite() {
            return None;
        }
        let mut predictions = margins.clone();
        self.model.link().apply(&mut predictions);
        Some(self.calibrated(margins[0], predictions[0]))
    }

    /// What each feature adds to [`Outcome::explained`]. With [`Bound::base`] they add up to it.
    pub fn contributions(&self, scorer: &mut Scorer<'_>, row: &[f64], into: &mut Vec<f64>) -> Result<(), RowError> {
        let (outputs, features) = (self.model.outputs(), row.len());
        let phi = scorer.contributions(row)?;
        into.clear();
        if self.target == Target::Tier {
            let mut column = vec![0.0; outputs];
            into.extend((0..features).map(|f| {
                column
                    .iter_mut()
                    .enumerate()
                    .for_each(|(o, to)| *to = phi[o * features + f]);
                self.contrast(&column)
            }));
        } else {
            into.extend_from_slice(&phi[..features]);
        }
        Ok(())
    }

    /// The output of a class by its name, or by its number from 0 where classes have no names; `None` also for a model of one
    /// output, which is not that of a class.
    pub fn output_of(&self, class: &str) -> Option<usize> {
        let outputs = self.model.outputs();
        if outputs == 1 {
            return None;
        }
        if self.classes.is_empty() {
            return class.parse().ok().filter(|number| *number < outputs);
        }
        self.classes.iter().position(|c| c == class)
    }
}

fn words(outputs: usize, probability: bool) -> String {
    let what = if probability { "probability" } else { "value" };
    match outputs {
        1 => format!("of one {what}"),
        n => format!("of {n} {}", if probability { "probabilities" } else { "values" }),
    }
}

fn are_tiers(classes: &[String]) -> bool {
    classes.len() == TIERS.len() && TIERS.iter().all(|t| classes.iter().any(|c| c == t))
}

/// The names of the outputs: the document's or those given, which must not contradict each other.
fn classes_of(model: &Model, given: Option<Vec<String>>) -> Result<Vec<String>, BindError> {
    let own = model.classes();
    let Some(given) = given else {
        return Ok(own.to_vec());
    };
    let expected = match model.outputs() {
        1 => 2,
        n => n,
    };
    if given.len() != expected {
        return Err(BindError::new(format!(
            "classes must name the {expected} classes of the model, not {}",
            given.len()
        )));
    }
    if let Some(i) = (0..given.len()).find(|&i| given[i].is_empty() || given[..i].contains(&given[i])) {
        return Err(BindError::new(format!(
            "classes must be names that differ, but {} is empty or comes twice",
            shown(&given[i])
        )));
    }
    if !own.is_empty() && own != given {
        return Err(BindError::new(format!(
            "classes contradict those of the document, {}",
            own.join(", ")
        )));
    }
    Ok(given)
}

/// One probability is that of the second class: it must not be the class of the failures.
fn check_direction(classes: &[String]) -> Result<(), BindError> {
    let second = classes.get(1).map(|c| c.to_lowercase());
    match second.as_deref() {
        Some("false" | "0" | "failed" | "failure" | "no") => Err(BindError::new(format!(
            "the probability would be that of {}: the second class must be the success",
            shown(&classes[1])
        ))),
        _ => Ok(()),
    }
}

fn unknown(model: &Model, name: &str, set: &[&str]) -> BindError {
    let error = BindError::new(format!("feature {} is not in the feature set", shown(name)));
    if model.is_unnamed() {
        return error.hint(
            "The library was given no feature names. Say what the columns were: feature_names => '{age,career_ops,...}', in their order.",
        );
    }
    let near = nearest(name, set.iter().copied());
    error.hint(format!(
        "Did you mean {}? With feature_set_version => NULL a model may have features of its own.",
        near.join(", ")
    ))
}

#[cfg(test)]
mod tests;
