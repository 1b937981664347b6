use super::*;

fn names(n: usize) -> Vec<String> {
    (0..n).map(|i| format!("x{i}")).collect()
}

/// Numbers without a pattern, the same every time.
fn noise(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed.wrapping_mul(2) + 1;
    move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let mut mixed = state ^ (state >> 33);
        mixed = mixed.wrapping_mul(0xff51_afd7_ed55_8ccd);
        ((mixed ^ (mixed >> 33)) >> 11) as f64 / (1u64 << 53) as f64 - 0.5
    }
}

struct Data {
    features: Vec<String>,
    classes: Vec<String>,
    values: Vec<f64>,
    labels: Vec<u32>,
    folds: Vec<u32>,
}

fn data(rows: usize, features: usize, classes: u32, missing: f64) -> Data {
    let mut next = noise(7);
    let mut values = Vec::with_capacity(rows * features);
    let mut labels = Vec::with_capacity(rows);
    for _ in 0..rows {
        let row: Vec<f64> = (0..features).map(|j| 3.0 * next() + j as f64).collect();
        let score = row[0] - (row[1] - 1.0) + 0.5 * (row[2] - 2.0) + 2.0 * next();
        labels.push((0..classes - 1).filter(|&k| score > 0.9 * f64::from(k) - 0.4).count() as u32);
        values.extend(
            row.into_iter()
                .map(|x| if next() + 0.5 < missing { f64::NAN } else { x }),
        );
    }
    Data {
        features: names(features),
        classes: (0..classes).map(|k| format!("class {k}")).collect(),
        values,
        folds: (0..rows as u32).map(|i| i % 5).collect(),
        labels,
    }
}

impl Data {
    fn examples(&self) -> Examples<'_> {
        Examples {
            features: &self.features,
            values: &self.values,
            labels: &self.labels,
            classes: &self.classes,
            weights: None,
            folds: Some(&self.folds),
            indicated: None,
        }
    }
}

fn run(data: &Data, options: &Options) -> Training {
    train(&data.examples(), options, &mut || false).expect("trained")
}

/// At the minimum the gradient is 0: computed here from the document alone.
#[test]
fn the_gradient_vanishes() {
    for classes in [2, 4] {
        let data = data(500, 6, classes, 0.15);
        let trained = run(
            &data,
            &Options {
                penalty: 2.0,
                ..Options::default()
            },
        );
        assert!(trained.converged);
        let model = Model::parse(Format::Linear, &trained.document).expect("a model");
        let document: serde_json::Value = serde_json::from_str(&trained.document).expect("JSON");
        let list = |v: &serde_json::Value| -> Vec<f64> {
            v.as_array()
                .expect("a list")
                .iter()
                .map(|x| x.as_f64().expect("a number"))
                .collect()
        };
        let (mean, scale) = (list(&document["mean"]), list(&document["scale"]));
        assert_eq!(mean.len(), 12);
        for output in 0..model.outputs() {
            let coef = list(&document["coef"][output]);
            let mut gradient: Vec<f64> = coef.iter().map(|c| 2.0 * c).collect();
            let mut at_intercept = 0.0;
            for (row, &label) in data.values.chunks_exact(6).zip(&data.labels) {
                let class = if classes == 2 { 1 } else { output as u32 };
                let residual = model.prediction(row).expect("a row")[output] - f64::from(u8::from(label == class));
                at_intercept += residual;
                for column in 0..12 {
                    let x = match column {
                        0..6 if row[column].is_nan() => mean[column],
                        0..6 => row[column],
                        _ => f64::from(u8::from(row[column - 6].is_nan())),
                    };
                    gradient[column] += residual * (x - mean[column]) / scale[column];
                }
            }
            assert!(at_intercept.abs() < 1e-3, "{at_intercept}");
            assert!(gradient.iter().all(|g| g.abs() < 1e-3), "{gradient:?}");
        }
    }
}

#[test]
fn deterministic_and_better_than_guessing() {
    let data = data(2000, 6, 2, 0.1);
    let (a, b) = (run(&data, &Options::default()), run(&data, &Options::default()));
    assert_eq!(a.document, b.document);
    assert_eq!(a.predictions.len(), 2000);
    assert!(a.predictions.iter().all(|p| (0.0..=1.0).contains(p)));
    assert_eq!(a.folds.len(), 5);
    let (inside, outside) = (a.in_sample, a.out_of_fold.expect("folds"));
    assert!(outside.auc.expect("both classes") > 0.75);
    assert!(outside.log_loss >= inside.log_loss && outside.log_loss < 0.65);
}

/// A fold's prediction is that of a training that never had its rows.
#[test]
fn folds_are_kept_apart() {
    let mut all = data(300, 4, 3, 0.1);
    let with = run(&all, &Options::default());
    let keep: Vec<usize> = (0..300).filter(|i| all.folds[*i] != 2).collect();
    let rest = Data {
        values: keep.iter().flat_map(|&i| all.values[i * 4..][..4].to_vec()).collect(),
        labels: keep.iter().map(|&i| all.labels[i]).collect(),
        folds: vec![0; keep.len()],
        features: all.features.clone(),
        classes: all.classes.clone(),
    };
    let examples = Examples {
        folds: None,
        ..rest.examples()
    };
    let alone = train(&examples, &Options::default(), &mut || false).expect("trained");
    let model = Model::parse(Format::Linear, &alone.document).expect("a model");
    for i in (0..300).filter(|i| all.folds[*i] == 2) {
        let right = model.prediction(&all.values[i * 4..][..4]).expect("a row");
        let found = &with.predictions[i * 3..][..3];
        assert!(
            found.iter().zip(&right).all(|(a, b)| (a - b).abs() < 1e-6),
            "{found:?} {right:?}"
        );
    }
    // Whatever stands in the fold, its predictions by the others stay; only its own rows differ.
    for i in (0..300).filter(|i| all.folds[*i] == 2) {
        all.labels[i] = 2 - all.labels[i];
    }
    let changed = run(&all, &Options::default());
    for i in (0..300).filter(|i| all.folds[*i] == 2) {
        let same = with.predictions[i * 3..][..3]
            .iter()
            .zip(&changed.predictions[i * 3..][..3]);
        assert!(same.into_iter().all(|(a, b)| (a - b).abs() < 1e-6));
    }
}

#[test]
fn weights_count_rows() {
    let data = data(400, 3, 2, 0.0);
    let weights: Vec<f64> = (0..400).map(|i| f64::from(1 + i % 3)).collect();
    // A row of weight 3 is a row that comes three times; only the standardisation does not know, so that has to be compared
    // by the predictions of a nearly unpenalised fit.
    let twice: Vec<usize> = (0..400).flat_map(|i| vec![i; 1 + i % 3]).collect();
    let options = Options {
        penalty: 1e-6,
        tolerance: 1e-9,
        ..Options::default()
    };
    let weighted = Examples {
        weights: Some(&weights),
        folds: None,
        ..data.examples()
    };
    let weighted = train(&weighted, &options, &mut || false).expect("trained");
    let values: Vec<f64> = twice.iter().flat_map(|&i| data.values[i * 3..][..3].to_vec()).collect();
    let labels: Vec<u32> = twice.iter().map(|&i| data.labels[i]).collect();
    let repeated = Examples {
        values: &values,
        labels: &labels,
        folds: None,
        ..data.examples()
    };
    let repeated = train(&repeated, &options, &mut || false).expect("trained");
    let a = Model::parse(Format::Linear, &weighted.document).expect("a model");
    let b = Model::parse(Format::Linear, &repeated.document).expect("a model");
    for row in data.values.chunks_exact(3) {
        let (a, b) = (a.margin(row).expect("a row")[0], b.margin(row).expect("a row")[0]);
        assert!((a - b).abs() < 1e-5, "{a} {b}");
    }
}

#[test]
fn columns_that_say_nothing() {
    let mut data = data(200, 4, 2, 0.0);
    for row in data.values.chunks_exact_mut(4) {
        row[2] = 7.5;
        row[3] = f64::NAN;
    }
    let trained = run(&data, &Options::default());
    let document: serde_json::Value = serde_json::from_str(&trained.document).expect("JSON");
    let coef = document["coef"][0].as_array().expect("a list");
    assert_eq!(document["missing_indicator"], json!(["x3"]));
    assert_eq!(coef.len(), 5);
    assert!(coef[2..].iter().all(|c| c.as_f64() == Some(0.0)), "{coef:?}");
    let one = Data {
        features: vec![],
        values: vec![],
        ..data
    };
    let trained = run(&one, &Options::default());
    let model = Model::parse(Format::Linear, &trained.document).expect("a model");
    let share = one.labels.iter().sum::<u32>() as f64 / 200.0;
    assert!((model.prediction(&[]).expect("a row")[0] - share).abs() < 1e-9);
}

/// A feature whose absence may not be looked at has no indicator, and its missing values say nothing: rows that differ by them alone
/// get the same prediction.
#[test]
fn absence_that_is_not_to_be_known() {
    let mut data = data(600, 4, 2, 0.1);
    // The third is missing wherever the class is 0, and is noise otherwise.
    for (row, &label) in data.values.chunks_exact_mut(4).zip(&data.labels) {
        row[3] = if label == 0 { f64::NAN } else { row[3].abs() };
    }
    let indicated = [true, false, true, false];
    let examples = Examples {
        indicated: Some(&indicated),
        ..data.examples()
    };
    let options = Options::default();
    let blind = train(&examples, &options, &mut || false).expect("trained");
    let document: serde_json::Value = serde_json::from_str(&blind.document).expect("JSON");
    assert_eq!(document["missing_indicator"], serde_json::json!(["x0", "x2"]));
    let seeing = run(&data, &options);
    let auc = |t: &Training| t.out_of_fold.and_then(|m| m.auc).expect("an AUC");
    assert!(auc(&seeing) > 0.99, "{}", auc(&seeing));
    assert!(auc(&blind) < 0.97, "{}", auc(&blind));
    let tried = cross_validate(&examples, &[1.0], &options, &mut || false).expect("tried");
    assert_eq!(tried[0].1.auc, blind.out_of_fold.and_then(|m| m.auc));
}

#[test]
fn refused() {
    let data = data(50, 3, 2, 0.0);
    let error = |examples: Examples<'_>, options: Options| {
        train(&examples, &options, &mut || false)
            .map(|_| ())
            .expect_err("it is refused")
            .to_string()
    };
    let good = data.examples();
    let options = Options::default();
    assert_eq!(
        error(
            Examples {
                values: &good.values[1..],
                ..good
            },
            options
        ),
        "149 values for 50 rows of 3 features"
    );
    assert_eq!(
        error(
            Examples {
                labels: &[],
                values: &[],
                ..good
            },
            options
        ),
        "there are no rows to learn from"
    );
    assert_eq!(
        error(
            Examples {
                labels: &[0; 50],
                ..good
            },
            options
        ),
        "no row is of the class \"class 1\""
    );
    assert_eq!(
        error(
            Examples {
                labels: &[5; 50],
                ..good
            },
            options
        ),
        "label 5 is none of the 2 classes"
    );
    assert_eq!(
        error(
            Examples {
                weights: Some(&[1.0]),
                ..good
            },
            options
        ),
        "1 weights for 50 rows"
    );
    assert_eq!(
        error(
            Examples {
                weights: Some(&[0.0; 50]),
                ..good
            },
            options
        ),
        "weight 0 is not above 0"
    );
    assert_eq!(
        error(
            Examples {
                indicated: Some(&[true]),
                ..good
            },
            options
        ),
        "1 choices of indicators for 3 features"
    );
    assert_eq!(
        error(
            Examples {
                folds: Some(&[1]),
                ..good
            },
            options
        ),
        "1 folds for 50 rows"
    );
    assert_eq!(
        error(
            Examples {
                folds: Some(&[7; 50]),
                ..good
            },
            options
        ),
        "all rows of the class \"class 0\" are in fold 7"
    );
    assert_eq!(
        error(
            Examples {
                classes: &good.classes[..1],
                ..good
            },
            options
        ),
        "1 classes, expected 2 or more"
    );
    assert_eq!(
        error(
            good,
            Options {
                penalty: 0.0,
                ..options
            }
        ),
        "penalty 0 is not above 0"
    );
    assert_eq!(
        error(
            good,
            Options {
                tolerance: f64::NAN,
                ..options
            }
        ),
        "tolerance NaN is not above 0"
    );
    let infinite: Vec<f64> = good
        .values
        .iter()
        .enumerate()
        .map(|(i, x)| if i == 4 { f64::INFINITY } else { *x })
        .collect();
    assert_eq!(
        error(
            Examples {
                values: &infinite,
                ..good
            },
            options
        ),
        "\"x1\" is infinite in row 1"
    );
    assert_eq!(
        train(&good, &options, &mut || true).map(|_| ()),
        Err(TrainError::Stopped)
    );
}

/// Classes that a line parts perfectly: the penalty alone holds the coefficients.
#[test]
fn separable_classes_converge() {
    let values: Vec<f64> = (0..100).map(f64::from).collect();
    let labels: Vec<u32> = (0..100).map(|i| u32::from(i >= 50)).collect();
    let (features, classes) = (names(1), names(2));
    let examples = Examples {
        features: &features,
        values: &values,
        labels: &labels,
        classes: &classes,
        weights: None,
        folds: None,
        indicated: None,
    };
    for penalty in [1e-6, 1.0, 1e6] {
        let trained = train(
            &examples,
            &Options {
                penalty,
                ..Options::default()
            },
            &mut || false,
        )
        .expect("trained");
        assert!(trained.converged, "{penalty}: {} steps", trained.steps);
    }
}

/// A penalty tried by itself, from the usual start, ends where the path of penalties does.
#[test]
fn cross_validation_of_penalties() {
    for classes in [2, 3] {
        let data = data(600, 5, classes, 0.1);
        let penalties = [1.0, 1000.0, 30.0];
        let tried = cross_validate(&data.examples(), &penalties, &Options::default(), &mut || false).expect("tried");
        assert_eq!(tried.iter().map(|t| t.0).collect::<Vec<_>>(), [1000.0, 30.0, 1.0]);
        for (penalty, found) in tried {
            let options = Options {
                penalty,
                ..Options::default()
            };
            let right = run(&data, &options).out_of_fold.expect("folds");
            assert!(
                (found.log_loss - right.log_loss).abs() < 1e-6,
                "{penalty}: {found:?} {right:?}"
            );
            assert!((found.brier - right.brier).abs() < 1e-6);
            assert!((found.auc.expect("an area") - right.auc.expect("an area")).abs() < 1e-4);
        }
    }
}

/// What only memorises is found out, and weaker penalties are not tried.
#[test]
fn cross_validation_ends_when_it_gets_worse() {
    let mut data = data(60, 20, 2, 0.0);
    let mut next = noise(3);
    data.labels.iter_mut().for_each(|l| *l = u32::from(next() > 0.0));
    let penalties = [1e4, 1e3, 100.0, 10.0, 1.0, 0.1, 0.01];
    let tried = cross_validate(&data.examples(), &penalties, &Options::default(), &mut || false).expect("tried");
    let losses: Vec<f64> = tried.iter().map(|t| t.1.log_loss).collect();
    assert!((2..penalties.len()).contains(&losses.len()), "{losses:?}");
    let best = losses.iter().copied().fold(f64::INFINITY, f64::min);
    assert!(losses[losses.len() - 3..][1..].iter().all(|l| *l > best), "{losses:?}");
}

#[test]
fn cross_validation_refused() {
    let data = data(50, 3, 2, 0.0);
    let try_out = |examples: Examples<'_>, penalties: &[f64]| {
        cross_validate(&examples, penalties, &Options::default(), &mut || false).map(|t| t.len())
    };
    let error =
        |examples: Examples<'_>, penalties: &[f64]| try_out(examples, penalties).expect_err("refused").to_string();
    assert_eq!(error(data.examples(), &[1.0, -2.0]), "penalty -2 is not above 0");
    let without = Examples {
        folds: None,
        ..data.examples()
    };
    assert_eq!(error(without, &[1.0]), "there are no folds");
    let only = Examples {
        folds: Some(&[3; 50]),
        ..data.examples()
    };
    assert_eq!(
        error(only, &[1.0]),
        "all rows are in one fold: there is nothing to compare penalties by"
    );
    let labels = vec![1; 50];
    let one_class = Examples {
        labels: &labels,
        ..data.examples()
    };
    assert_eq!(error(one_class, &[1.0]), "no row is of the class \"class 0\"");
    let apart: Vec<u32> = data.labels.iter().map(|l| l * 4).collect();
    let apart = Examples {
        folds: Some(&apart),
        ..data.examples()
    };
    assert_eq!(error(apart, &[1.0]), "all rows of the class \"class 0\" are in fold 0");
    assert_eq!(try_out(data.examples(), &[]), Ok(0));
}
