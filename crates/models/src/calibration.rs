//! Calibration on top of a model that gives one probability.
//!
//! ```json
//! {"kind": "platt", "a": -1.7, "b": 0.2, "on": "margin"}
//! {"kind": "isotonic", "x": [0.1, 0.4, 0.9], "y": [0.0, 0.3, 0.8]}
//! ```
//!
//! - `platt`: 1 / (1 + exp(a * v + b)), as scikit-learn's `_SigmoidCalibration` has `a_` and `b_`; a is negative as a rule.
//! - `isotonic`: straight lines between the points, the first and last value outside, as IsotonicRegression(out_of_bounds='clip')
//!   has `X_thresholds_` and `y_thresholds_`.
//! - `on`: what v is: the model's `probability` (unless said otherwise) or its `margin`. CalibratedClassifierCV uses the margin for
//!   estimators with a decision_function and the probability for all others, XGBoost and LightGBM among them.

use serde::Deserialize;

use super::error::ModelError;
use super::limits::{MAX_BYTES, within};
use super::link::sigmoid;

/// Points of an isotonic calibration.
pub const MAX_POINTS: usize = 100_000;

/// What goes into a calibration.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Input {
    /// The model's prediction.
    #[default]
    Probability,
    /// The model's margin.
    Margin,
}

/// A map from what a model says to a better probability.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    input: Input,
    map: Map,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
enum Document {
    Platt {
        a: f64,
        b: f64,
        #[serde(default)]
        on: Input,
    },
    Isotonic {
        x: Vec<f64>,
        y: Vec<f64>,
        #[serde(default)]
        on: Input,
    },
}

#[derive(Clone, Debug, PartialEq)]
enum Map {
    Platt { a: f64, b: f64 },
    Isotonic { x: Vec<f64>, y: Vec<f64> },
}

impl Calibration {
    /// Reads a document.
    pub fn parse(document: &str) -> Result<Self, ModelError> {
        within("bytes", MAX_BYTES, document.len())?;
        let mut reader = serde_json::Deserializer::from_str(document);
        let read = serde_path_to_error::deserialize(&mut reader)
            .map_err(|e| ModelError::malformed(e.path().to_string(), e.inner().to_string()))?;
        reader
            .end()
            .map_err(|e| ModelError::malformed("document", e.to_string()))?;
        let (input, map) = match read {
            Document::Platt { a, b, on } => (on, Map::Platt { a, b }),
            Document::Isotonic { x, y, on } => {
                check(&x, &y)?;
                (on, Map::Isotonic { x, y })
            }
        };
        Ok(Self { input, map })
    }

    /// What [`Calibration::apply`] wants.
    pub fn input(&self) -> Input {
        self.input
    }

    /// The calibrated probability. NaN stays NaN.
    pub fn apply(&self, value: f64) -> f64 {
        match &self.map {
            Map::Platt { a, b } => sigmoid(-(a * value + b)),
            Map::Isotonic { x, y } => interpolate(x, y, value),
        }
    }
}

fn check(x: &[f64], y: &[f64]) -> Result<(), ModelError> {
    within("points of an isotonic calibration", MAX_POINTS, x.len())?;
    if x.is_empty() {
        return Err(ModelError::malformed("x", "there are no points"));
    }
    if x.len() != y.len() {
        return Err(ModelError::malformed(
            "y",
            format!("{} elements, x has {}", y.len(), x.len()),
        ));
    }
    if let Some(i) = x.windows(2).position(|w| w[0] >= w[1]) {
        return Err(ModelError::malformed(
            format!("x[{}]", i + 1),
            "not above the one before",
        ));
    }
    if let Some(i) = y.windows(2).position(|w| w[0] > w[1]) {
        return Err(ModelError::malformed(format!("y[{}]", i + 1), "below the one before"));
    }
    if let Some(i) = y.iter().position(|p| !(0.0..=1.0).contains(p)) {
        return Err(ModelError::malformed(
            format!("y[{i}]"),
            format!("{} is no probability", y[i]),
        ));
    }
    Ok(())
}

/// Both have the same length, at least 1.
fn interpolate(x: &[f64], y: &[f64], value: f64) -> f64 {
    if value.is_nan() {
        return f64::NAN;
    }
    let above = x.partition_point(|&p| p <= value);
    match (above.checked_sub(1), x.get(above)) {
        (None, _) => y[0],
        (Some(last), None) => y[last],
        (Some(below), Some(_)) => {
            // In this order a step of 1e308 in x does not overflow.
            let part = (value - x[below]) / (x[above] - x[below]);
            y[below] + (y[above] - y[below]) * part
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(document: &str) -> Result<Calibration, ModelError> {
        Calibration::parse(document)
    }

    #[test]
    fn platt() {
        let c = read(r#"{"kind": "platt", "a": -2, "b": 0.5, "on": "margin"}"#).expect("read");
        assert_eq!(c.input(), Input::Margin);
        assert!((c.apply(0.25) - 0.5).abs() < 1e-15);
        assert!((c.apply(1.25) - 1.0 / (1.0 + (-2f64).exp())).abs() < 1e-15);
        assert_eq!(c.apply(-1e300), 0.0);
        assert_eq!(c.apply(1e300), 1.0);
    }

    #[test]
    fn isotonic() {
        let c = read(r#"{"kind": "isotonic", "x": [0.1, 0.3, 0.5], "y": [0.0, 0.0, 0.8]}"#).expect("read");
        assert_eq!(c.input(), Input::Probability);
        for (v, right) in [
            (-5.0, 0.0),
            (0.1, 0.0),
            (0.2, 0.0),
            (0.3, 0.0),
            (0.4, 0.4),
            (0.5, 0.8),
            (0.9, 0.8),
        ] {
            assert!((c.apply(v) - right).abs() < 1e-15, "{v}");
        }
        assert!(c.apply(f64::NAN).is_nan());
        let one = read(r#"{"kind": "isotonic", "x": [0.1], "y": [0.3]}"#).expect("read");
        assert_eq!((one.apply(0.0), one.apply(0.1), one.apply(1.0)), (0.3, 0.3, 0.3));
    }

    #[test]
    fn malformed() {
        for (document, at) in [
            (r#"{"kind": "isotonic", "x": [], "y": []}"#, "x"),
            (r#"{"kind": "isotonic", "x": [1], "y": [1, 1]}"#, "y"),
            (r#"{"kind": "isotonic", "x": [1, 1], "y": [0, 1]}"#, "x[1]"),
            (r#"{"kind": "isotonic", "x": [1, 2], "y": [1, 0]}"#, "y[1]"),
            (r#"{"kind": "isotonic", "x": [1, 2], "y": [0, 7]}"#, "y[1]"),
            (r#"{"kind": "platt", "a": 1} "#, "."),
            (r#"{"kind": "beta", "a": 1} "#, "kind"),
            (r#"{"kind": "platt", "a": 1, "b": 2} 3"#, "document"),
        ] {
            match read(document) {
                Err(ModelError::Malformed { place, .. }) => assert!(place == at || at == "kind", "{document}: {place}"),
                other => panic!("{document}: {other:?}"),
            }
        }
    }

    proptest! {
        #[test]
        fn isotonic_is_monotone_and_bounded(
            mut x in prop::collection::vec(-1.0..1.0f64, 1..20), mut y in prop::collection::vec(0.0..1.0f64, 20),
            mut at in prop::collection::vec(-2.0..2.0f64, 2..10),
        ) {
            x.sort_by(f64::total_cmp);
            x.dedup();
            y.truncate(x.len());
            y.sort_by(f64::total_cmp);
            at.sort_by(f64::total_cmp);
            let values: Vec<f64> = at.iter().map(|&v| interpolate(&x, &y, v)).collect();
            prop_assert!(values.windows(2).all(|w| w[0] <= w[1] + 1e-15));
            prop_assert!(values.iter().all(|v| (0.0..=1.0).contains(v)));
        }

        #[test]
        fn random_text_never_panics(text in ".{0,100}") {
            prop_assert!(read(&text).is_err());
        }
    }
}
