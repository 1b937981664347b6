//! Predictions and contributions against the libraries that made the models, over thousands of rows with missing values.
//!
//! `tests/run/models.sh` makes the fixtures and sets DYNASTY_MODEL_FIXTURES; without it nothing is tested here, and it says so.
//! A fixture is a directory: the document, meta.json, and tables of what the library itself answered.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use dynasty_models::calibration::{Calibration, Input};
use dynasty_models::train::{Examples, Options, train};
use dynasty_models::{Format, Model};
use serde_json::Value;

/// Of a prediction, relative to its size where that is above 1.
const PREDICTION: f64 = 1e-6;
/// Of a contribution and of the base value, relative to the size of the row's margin or of the base value where that is above
/// 1. XGBoost computes them in floats; a fixture may allow more where that shows, with the reason in its maker.
const CONTRIBUTION: f64 = 1e-5;

/// Of a coefficient that is learnt here, relative to its size where that is above 1.
const COEFFICIENT: f64 = 1e-6;

fn fixtures() -> Vec<PathBuf> {
    let Some(directory) = std::env::var_os("DYNASTY_MODEL_FIXTURES") else {
        println!("SKIPPED: DYNASTY_MODEL_FIXTURES is not set (see tests/run/models.sh)");
        return Vec::new();
    };
    let entries = fs::read_dir(&directory).expect("DYNASTY_MODEL_FIXTURES is a directory");
    let mut found: Vec<_> = entries.map(|e| e.expect("an entry").path()).collect();
    found.retain(|p| p.join("meta.json").exists());
    found.sort();
    assert!(!found.is_empty(), "no fixtures in {}", directory.display());
    found
}

fn table(directory: &Path, name: &str) -> Vec<Vec<f64>> {
    let path = directory.join(format!("{name}.csv"));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_path(&path)
        .expect("a table");
    let number = |field: &str| match field {
        "" => f64::NAN,
        text => text.parse().expect("a number"),
    };
    reader
        .records()
        .map(|r| r.expect("a row").iter().map(number).collect())
        .collect()
}

/// The largest difference over the scale of its row.
#[derive(Default)]
struct Worst(f64);

impl Worst {
    fn add(&mut self, ours: f64, theirs: f64, scale: f64) {
        let apart = (ours - theirs).abs() / scale.max(1.0);
        if apart.is_nan() || apart > self.0 {
            self.0 = if apart.is_nan() { f64::INFINITY } else { apart };
        }
    }
}

fn largest(row: &[f64]) -> f64 {
    row.iter().fold(0.0, |most, x| x.abs().max(most))
}

/// What is compared, the largest difference found, and the most that may be.
type Outcome = (Vec<(&'static str, f64, f64)>, String);

fn document(directory: &Path) -> String {
    fs::read_to_string(directory.join("document")).expect("a document")
}

fn compare(directory: &Path, meta: &Value) -> Outcome {
    let format: Format = meta["format"]
        .as_str()
        .expect("a format")
        .parse()
        .expect("a known format");
    let mut model = Model::parse(format, &document(directory)).expect("a model");
    if let Some(missing) = meta["missing"].as_f64() {
        model.set_missing(missing).expect("trees");
    }
    let inputs = table(directory, "inputs");
    let has = |name: &str| meta["tables"].as_array().expect("tables").iter().any(|t| t == name);
    let read = |name: &str| if has(name) { table(directory, name) } else { Vec::new() };
    let (margins, predictions, contributions) = (read("margin"), read("prediction"), read("contributions"));
    let (features, outputs) = (model.feature_names().len(), model.outputs());
    assert!(margins.len() + predictions.len() > 0, "nothing to compare with");
    let mut worst: [Worst; 4] = Default::default();
    let mut scorer = model.scorer();
    let begun = Instant::now();
    let ours: Vec<Vec<f64>> = inputs
        .iter()
        .map(|row| scorer.margin(row).expect("a row").to_vec())
        .collect();
    let scoring = begun.elapsed();
    // Many rows at a time get the same bits.
    let rows: Vec<&[f64]> = inputs.iter().map(Vec::as_slice).collect();
    let together = scorer.margins(&rows).expect("rows");
    let bits = |x: &f64| x.to_bits();
    assert!(together.iter().map(bits).eq(ours.iter().flatten().map(bits)));
    for (ours, theirs) in ours.iter().zip(&margins) {
        assert_eq!(ours.len(), theirs.len());
        ours.iter().zip(theirs).for_each(|(a, b)| worst[0].add(*a, *b, b.abs()));
    }
    for (row, theirs) in inputs.iter().zip(&predictions) {
        let ours = scorer.prediction(row).expect("a row");
        assert_eq!(ours.len(), theirs.len());
        ours.iter().zip(theirs).for_each(|(a, b)| worst[1].add(*a, *b, b.abs()));
    }
    let begun = Instant::now();
    let mut phis = Vec::new();
    if !contributions.is_empty() {
        for row in &inputs {
            phis.push(scorer.contributions(row).expect("a row").to_vec());
        }
    }
    let explaining = begun.elapsed();
    for ((phi, theirs), margin) in phis.iter().zip(&contributions).zip(&ours) {
        assert_eq!(theirs.len(), outputs * (features + 1));
        for output in 0..outputs {
            let phi = &phi[output * features..][..features];
            let theirs = &theirs[output * (features + 1)..][..features + 1];
            let base = model.base_values()[output];
            let scale = largest(margin).max(base.abs());
            phi.iter().zip(theirs).for_each(|(a, b)| worst[2].add(*a, *b, scale));
            worst[2].add(base, theirs[features], scale);
            worst[3].add(base + phi.iter().sum::<f64>(), margin[output], scale);
        }
    }
    let contribution = meta["contribution_tolerance"].as_f64().unwrap_or(CONTRIBUTION);
    let [margin, prediction, contributions, total] = worst.map(|w| w.0);
    let seconds = |key: &str, ours: Duration| match meta["seconds"][key].as_f64() {
        Some(theirs) => format!(
            "; {key}: ours on 1 thread {:.3} s, theirs on 2 {theirs:.3} s",
            ours.as_secs_f64()
        ),
        None => String::new(),
    };
    (
        vec![
            ("margin", margin, PREDICTION),
            ("prediction", prediction, PREDICTION),
            ("contribution", contributions, contribution),
            ("sum", total, CONTRIBUTION),
        ],
        seconds("margin", scoring) + &seconds("contributions", explaining),
    )
}

fn compare_calibration(directory: &Path) -> Outcome {
    let calibration = Calibration::parse(&document(directory)).expect("a calibration");
    let mut worst = Worst::default();
    for (v, right) in table(directory, "inputs").iter().zip(&table(directory, "prediction")) {
        worst.add(calibration.apply(v[0]), right[0], 1.0);
    }
    let on = match calibration.input() {
        Input::Margin => "; on margins",
        Input::Probability => "; on probabilities",
    };
    (vec![("prediction", worst.0, PREDICTION)], on.to_owned())
}

/// scikit-learn's own minimum, found to 1e-12 by another method. Coefficients are those of standardised columns.
fn compare_training(directory: &Path, meta: &Value) -> Outcome {
    let numbers = |v: &Value| -> Vec<f64> {
        let list = v.as_array().expect("a list");
        list.iter().map(|x| x.as_f64().expect("a number")).collect()
    };
    let theirs: Value = serde_json::from_str(&document(directory)).expect("JSON");
    let names = |v: &Value| -> Vec<String> {
        let list = v.as_array().expect("a list");
        list.iter()
            .map(|x| x.as_str().map_or_else(|| x.to_string(), str::to_owned))
            .collect()
    };
    let (features, classes) = (names(&theirs["feature_names"]), names(&theirs["classes"]));
    let labels: Vec<u32> = numbers(&meta["labels"]).iter().map(|&l| l as u32).collect();
    let examples = Examples {
        features: &features,
        values: &table(directory, "inputs").concat(),
        labels: &labels,
        classes: &classes,
        weights: None,
        folds: None,
        indicated: None,
    };
    let options = Options {
        penalty: 1.0 / meta["c"].as_f64().expect("c"),
        tolerance: 1e-9,
        ..Options::default()
    };
    let begun = Instant::now();
    let trained = train(&examples, &options, &mut || false).expect("trained");
    let took = begun.elapsed().as_secs_f64();
    let ours: Value = serde_json::from_str(&trained.document).expect("JSON");
    assert_eq!(names(&ours["missing_indicator"]), names(&theirs["missing_indicator"]));
    let mut columns = Worst::default();
    for key in ["impute", "mean", "scale"] {
        let both = numbers(&ours[key]).into_iter().zip(numbers(&theirs[key]));
        both.for_each(|(a, b)| columns.add(a, b, b.abs()));
    }
    let mut coefficients = Worst::default();
    let rows = ours["coef"]
        .as_array()
        .expect("rows")
        .iter()
        .zip(theirs["coef"].as_array().expect("rows"));
    for (ours, theirs) in rows.chain([(&ours["intercept"], &theirs["intercept"])]) {
        let (ours, theirs) = (numbers(ours), numbers(theirs));
        assert_eq!(ours.len(), theirs.len());
        ours.iter()
            .zip(theirs)
            .for_each(|(a, b)| coefficients.add(*a, b, b.abs()));
    }
    let model = Model::parse(Format::Linear, &trained.document).expect("a model");
    let mut predictions = Worst::default();
    for (row, right) in table(directory, "inputs").iter().zip(&table(directory, "prediction")) {
        let ours = model.prediction(row).expect("a row");
        ours.iter().zip(right).for_each(|(a, b)| predictions.add(*a, *b, 1.0));
    }
    (
        vec![
            ("columns", columns.0, 1e-12),
            ("coefficient", coefficients.0, COEFFICIENT),
            ("prediction", predictions.0, PREDICTION),
        ],
        format!("; {} steps, {took:.2} s", trained.steps),
    )
}

#[test]
fn equal_to_the_libraries() {
    let mut bad = Vec::new();
    for directory in fixtures() {
        let name = directory.file_name().expect("a name").to_string_lossy().into_owned();
        let meta = fs::read_to_string(directory.join("meta.json")).expect("meta.json");
        let meta: Value = serde_json::from_str(&meta).expect("JSON");
        let (found, more) = match meta["format"].as_str() {
            Some("training") => compare_training(&directory, &meta),
            Some("calibration") => compare_calibration(&directory),
            _ => compare(&directory, &meta),
        };
        let ok = found.iter().all(|(_, worst, limit)| worst <= limit);
        let list: Vec<String> = found
            .iter()
            .map(|(what, worst, _)| format!("{what} {worst:.1e}"))
            .collect();
        let verdict = if ok { "ok     " } else { "FAILED " };
        println!(
            "{verdict} {name}: {} rows, largest differences: {}{more}",
            meta["rows"],
            list.join(", ")
        );
        if !ok {
            bad.push(name);
        }
    }
    assert!(bad.is_empty(), "apart from the library: {bad:?}");
}
