//! Which penalty to take: each is tried on rows that its fit has not seen.

use nalgebra::DMatrix;

use super::design::{Design, Rows};
use super::fit::{self, Fit};
use super::{Examples, Options, TrainError, check, counts, document, indicators, measure, predict};
use crate::{Format, Model};
use dynasty_numbers::scoring::Metrics;

/// A penalty is worse than the best so far this many times in a row: weaker ones are not tried.
const ENOUGH: usize = 2;

/// One fold: the fit of the others.
struct Fold<'a> {
    others: Rows<'a>,
    mine: Vec<usize>,
    counts: Vec<f64>,
    design: Design,
    moments: DMatrix<f64>,
    near: Option<Fit>,
}

/// How good the predictions of each fold by the fits of the others are, for each penalty, the strongest first; those after the
/// second in a row that makes it no better are left out. The examples need folds.
///
/// Each fit starts where the one with the stronger penalty ended, which is most of the way.
pub fn cross_validate(
    examples: &Examples<'_>,
    penalties: &[f64],
    options: &Options,
    stop: &mut dyn FnMut() -> bool,
) -> Result<Vec<(f64, Metrics)>, TrainError> {
    let mut penalties = penalties.to_vec();
    penalties.sort_by(|a, b| b.total_cmp(a));
    for &penalty in &penalties {
        check(examples, &Options { penalty, ..*options })?;
    }
    let Some(folds) = examples.folds else {
        return Err(TrainError::Invalid(String::from("there are no folds")));
    };
    let rows = Rows::all(
        examples.values,
        examples.features.len(),
        examples.labels,
        examples.weights,
    );
    let indicators = indicators(examples, rows, options);
    let outputs = if examples.classes.len() == 2 {
        1
    } else {
        examples.classes.len()
    };
    // A class without any row is told as that, not as one that a fold lacks.
    counts(examples, rows, None)?;
    let mut numbers = folds.to_vec();
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.len() < 2 {
        return Err(TrainError::Invalid(String::from(
            "all rows are in one fold: there is nothing to compare penalties by",
        )));
    }
    // An empty class is told before the first fit.
    let mut parts = Vec::with_capacity(numbers.len());
    for &number in &numbers {
        let others = rows.without(folds, number);
        let design = Design::new(others, indicators.clone());
        parts.push(Fold {
            counts: counts(examples, others, Some(number))?,
            mine: (0..folds.len()).filter(|&i| folds[i] == number).collect(),
            moments: fit::moments(others, &design),
            near: None,
            others,
            design,
        });
    }
    let every: Vec<usize> = (0..examples.labels.len()).collect();
    let mut tried: Vec<(f64, Metrics)> = Vec::with_capacity(penalties.len());
    let mut predictions = vec![f64::NAN; examples.labels.len() * outputs];
    let (mut best, mut worse) = (f64::INFINITY, 0);
    for penalty in penalties {
        let options = Options { penalty, ..*options };
        for part in &mut parts {
            let near = part.near.as_ref();
            let fitted = fit::fit(
                part.others,
                &part.design,
                &part.moments,
                &part.counts,
                &options,
                near,
                stop,
            )
            .ok_or(TrainError::Stopped)?;
            let model = Model::parse(Format::Linear, &document(examples, &part.design, &fitted))?;
            let predicted = predict(&model, rows, &part.mine)?;
            for (&i, predicted) in part.mine.iter().zip(predicted.chunks_exact(outputs)) {
                predictions[i * outputs..][..outputs].copy_from_slice(predicted);
            }
            part.near = Some(fitted);
        }
        let measured = measure(examples, outputs, &every, &predictions)?;
        worse = if measured.log_loss < best { 0 } else { worse + 1 };
        best = best.min(measured.log_loss);
        tried.push((penalty, measured));
        if worse == ENOUGH {
            break;
        }
    }
    Ok(tried)
}
