//! `fit_model`: the model that needs no library, trained on a training set. `train_model` registers what comes out.

use super::functions::Summary;
use super::leaks::{suspicious, warn};
use super::measure::{Kind, Table, measured};
use super::request::{CLOSED_ONLY, Request};
use super::rows::each_row;
use crate::pg::call::{Call, raw_function};
use crate::pg::errors::short;
use crate::pg::jsonb::Jsonb;
use crate::pg::text::ShortText;
use crate::shared::arguments::Of;
use dynasty_models::train::{Examples, Options, TrainError, cross_validate, train};
use dynasty_models::{Format, Model};
use dynasty_prospects::training::{Lot, Part};
use pgrx::{IntoDatum, pg_sys};
use serde_json::json;

raw_function!(fit_model, pg_finfo_fit_model, fit_model_call);

const OF: Of = Of("fit_model");

/// The penalties that are tried when none is given.
const PENALTIES: [f64; 7] = [1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0];
/// Where a fit that only compares penalties may stop: a coefficient off by so little does not move the log loss.
const ROUGHLY: f64 = 5e-3;
const MOST_FOLDS: i32 = 20;

/// `fit_model(as_of_years int[], ..., kind text, lambda float8, folds int, weights text, indicators text)`: one row.
fn fit_model_call(call: Call) -> pg_sys::Datum {
    let mut out = call.rows();
    let Some(request) = Request::of(OF, &call, &CLOSED_ONLY) else {
        return call.null();
    };
    let kind = Kind::of(OF, &OF.required("kind", call.text(10)));
    let lambda = call.float8(11);
    if let Some(lambda) = lambda.filter(|l| !(l.is_finite() && *l > 0.0)) {
        OF.refuse(format!("lambda must be above 0, not {lambda}"));
    }
    let folds = OF.required("folds", call.int4(12));
    let fewest = if lambda.is_some() { 0 } else { 2 };
    if !(fewest..=MOST_FOLDS).contains(&folds) || folds == 1 {
        OF.refuse(match lambda {
            Some(_) => format!("folds must be 0 or 2 to {MOST_FOLDS}, not {folds}"),
            None => format!("folds must be 2 to {MOST_FOLDS} when lambda is to be chosen, not {folds}"),
        });
    }
    let weights = OF.required("weights", call.text(13));
    let by_prospect = match weights.as_str() {
        "none" => false,
        "prospect" => true,
        other => OF.refuse(format!("weights must be none or prospect, not \"{}\"", short(other))),
    };
    let inputs = request.set.inputs();
    let indicators = OF.required("indicators", call.text(14));
    let indicated: Vec<bool> = match indicators.as_str() {
        "dated" => inputs.iter().map(|i| i.undated.is_empty()).collect(),
        "all" => vec![true; inputs.len()],
        "none" => vec![false; inputs.len()],
        other => OF.refuse(format!(
            "indicators must be dated, all or none, not \"{}\"",
            short(other)
        )),
    };

    let mut summary = Summary::of(&request);
    let (mut learning, mut held_out) = (Table::default(), Table::default());
    each_row(&request, &mut |row| {
        summary.add(row);
        let (Some(is_success), Some(tier), Some(weight)) = (row.is_success, row.tier, row.weight) else {
            return;
        };
        let table = if row.part == Part::Test {
            &mut held_out
        } else {
            &mut learning
        };
        let fold = Lot::of(request.seed, row.prospect_id).fold(folds as u32);
        table.add(OF, row, kind.class(is_success, tier), weight, fold);
    });
    if learning.labels.is_empty() {
        nothing_to_learn(&request);
    }

    let names: Vec<String> = request.set.members.iter().map(|m| m.name.to_string()).collect();
    let classes = kind.classes();
    let examples = Examples {
        features: &names,
        values: &learning.values,
        labels: &learning.labels,
        classes: &classes,
        weights: by_prospect.then_some(&learning.weights),
        folds: (folds > 0).then_some(&learning.folds),
        indicated: Some(&indicated),
    };
    let mut stop = || {
        // Raises when the query is cancelled.
        crate::pg::memory::checkpoint();
        false
    };
    let roughly = Options {
        tolerance: ROUGHLY,
        ..Options::default()
    };
    let penalties = lambda.map_or_else(|| PENALTIES.to_vec(), |lambda| vec![lambda]);
    let tried = match examples.folds {
        Some(_) => cross_validate(&examples, &penalties, &roughly, &mut stop).unwrap_or_else(|e| refuse_training(e)),
        None => vec![],
    };
    let best = tried.iter().min_by(|a, b| a.1.log_loss.total_cmp(&b.1.log_loss));
    let penalty = lambda.or(best.map(|(penalty, _)| *penalty)).unwrap_or(1.0);
    let options = Options {
        penalty,
        ..Options::default()
    };
    let whole = Examples {
        folds: None,
        ..examples
    };
    let trained = train(&whole, &options, &mut stop).unwrap_or_else(|e| refuse_training(e));

    let suspicious = suspicious(&request.set, [&learning, &held_out], kind);
    warn(&suspicious, &indicated);

    let document = ShortText::of(&trained.document);
    let digest = ShortText::of(&summary.digest());
    let [train_rows, test_rows, _] = summary.in_part;
    let successes = |table: &Table| table.outcomes(kind).filter(|success| *success).count();
    let model = Model::parse(Format::Linear, &trained.document).unwrap_or_else(|e| OF.refuse(e));
    let metrics = json!({
        "kind": if kind == Kind::Logistic { "logistic" } else { "multinomial" },
        "lambda": penalty,
        "weights": weights,
        "indicators": indicators,
        "population": call.text(8),
        "held_out": measured(&model, &held_out, names.len(), kind),
        "cross_validated": best.map(|(_, m)| json!({"rows": m.rows, "log_loss": m.log_loss, "brier": m.brier, "auc": m.auc})),
        "folds": folds,
        "tried": tried.iter().map(|(l, m)| json!({"lambda": l, "log_loss": m.log_loss})).collect::<Vec<_>>(),
        "in_sample": measured(&model, &learning, names.len(), kind),
        "train_rows": train_rows,
        "train_successes": successes(&learning),
        "test_rows": test_rows,
        "test_successes": successes(&held_out),
        "steps": trained.steps,
        "converged": trained.converged,
        "suspicious": suspicious.iter().map(|s| s.feature.as_str()).collect::<Vec<_>>(),
    });
    let mut values = [
        document.datum(),
        pg_sys::Datum::from(penalty.to_bits()),
        Jsonb(metrics).into_datum().unwrap_or(pg_sys::Datum::from(0)),
        digest.datum(),
        summary.rows.into(),
        summary.prospects.into(),
        summary.positives.into(),
        train_rows.into(),
        test_rows.into(),
        request.data_through_year.unwrap_or(0).into(),
    ];
    let mut nulls = [false; 10];
    nulls[9] = request.data_through_year.is_none();
    out.put(&mut values, &mut nulls);
    call.null()
}

fn nothing_to_learn(request: &Request) -> ! {
    let closed = request.windows.values().any(|w| w.is_complete());
    let through = request.data_through_year.map_or_else(
        || String::from("dynasty.mlb_stats is empty."),
        |year| format!("The results are known through {year}."),
    );
    let refused = match closed {
        true => OF.invalid("there are no rows to learn from").hint(
            "Nobody of the population, or of prospect_ids, was there by these years, or all are held out for the test.",
        ),
        false => OF
            .invalid("no window is closed: there is nothing to learn from yet")
            .detail(through)
            .hint("Take earlier as_of_years, or fewer years_to_evaluate."),
    };
    refused.raise()
}

fn refuse_training(e: TrainError) -> ! {
    let refused = OF.invalid(&e);
    match e {
        TrainError::EmptyClass { fold: Some(_), .. } => {
            refused.hint("Take more years, fewer folds, or give lambda with folds => 0.")
        }
        TrainError::EmptyClass { .. } => {
            refused.hint("Take more years; kind => 'logistic' needs one success and one failure only.")
        }
        _ => refused,
    }
    .raise()
}
