//! `predict_all`: everybody's predictions with their reasons, into `ml_predictions`.

use super::apply::Applied;
use super::batch::{Batch, Destination};
use super::reasons::Writer;
use super::stored::Stored;
use super::vectors::{of_everybody, vectors};
use crate::pg::errors::notice;
use crate::pg::memory::checkpoint;
use crate::pg::relation::refuse_when_read_only;
use crate::pg::sql_text::Text;
use crate::prospects::arguments::{ids_of, year_of};
use crate::prospects::tables::PREDICTIONS;
use crate::shared::arguments::Of;
use crate::shared::ids::keep_ids_ahead;
use crate::shared::progress::Progress;
use dynasty_models::bound::Target;
use pgrx::prelude::*;

/// Rows per statement.
const BATCH: usize = 500;

/// Predicts everybody, or those named, and returns how many rows were new or changed.
#[pg_extern(sql = false)]
fn predict_all(
    model: Option<Text>,
    as_of_year: Option<i32>,
    prediction_date: Option<Date>,
    prospect_ids: Option<Vec<Option<i32>>>,
    explain: Option<bool>,
    threshold: Option<f64>,
) -> i64 {
    refuse_when_read_only(c"dynasty.predict_all()");
    let of = Of("predict_all");
    let (Some(model), Some(year)) = (model, year_of(of, as_of_year)) else {
        return 0;
    };
    let date = of.required("prediction_date", prediction_date);
    let explain = of.required("explain", explain);
    let threshold = of.within("threshold", of.required("threshold", threshold), 0.0..=1.0);
    let stored = Stored::find_and_hold(&model);
    if stored.from_set.is_none() {
        super::apply::no_feature_set(&stored);
    }
    if stored.bound.target() == Target::Value {
        of.invalid(format!("model \"{}\" predicts no probability", stored.name))
        .hint("dynasty.predict_matrix() returns what it predicts; a calibration on the margin makes it a probability.")
        .raise();
    }
    let ids = ids_of(prospect_ids);
    let base = stored.bound.base();
    let target = Destination {
        model: &stored.name,
        date,
        year,
        base: base.is_finite().then_some(base),
    };
    // Whoever may not write hears it now. And other years of this day are about to be replaced: that may be a mistake.
    Batch::default().store(of, &target);
    tell_replaced(&target, ids.is_some());
    of.done(keep_ids_ahead(PREDICTIONS));
    let matrix = if explain {
        of_everybody(year)
    } else {
        vectors(year, ids.as_ref(), None)
    };
    let mut applied = Applied::new(&stored);
    let mut writer = explain.then(|| Writer::new(&stored, &matrix, year));
    let total = ids.as_ref().map_or(matrix.ids().len(), |ids| ids.len());
    let mut progress = Progress::of(of.0);
    let (mut predicted, mut written) = (0, 0);
    let everybody = matrix.ids().iter().copied().enumerate();
    let asked: Vec<(usize, i32)> = everybody
        .filter(|(_, id)| ids.as_ref().is_none_or(|ids| ids.contains(id)))
        .collect();
    for asked in asked.chunks(BATCH) {
        let rows: Vec<&[f64]> = asked.iter().map(|&(place, _)| matrix.row(place)).collect();
        let outcomes = applied.outcomes(&rows);
        let mut batch = Batch::default();
        for ((&(_, id), vector), outcome) in asked.iter().zip(rows).zip(outcomes) {
            batch.push(of, id, &outcome, threshold);
            let reasons = writer.as_mut().map(|writer| {
                checkpoint();
                applied.take(vector);
                let explained = applied.explained(&outcome, None);
                writer.reasons(id, vector, &outcome, &explained)
            });
            batch.push_reasons(reasons);
        }
        written += batch.store(of, &target);
        predicted += asked.len();
        progress.report(|seconds| {
            let (rate, percent) = (predicted as f64 / seconds, 100 * predicted / total.max(1));
            format!("{predicted} of {total} prospects ({percent} %), {rate:.0} a second, {written} written")
        });
    }
    written
}

/// Tells when predictions of the same day are as of another year.
fn tell_replaced(target: &Destination<'_>, some: bool) {
    let args = [Text::from(target.model).into(), target.date.into(), target.year.into()];
    let other = Spi::get_one_with_args::<i32>(
        "SELECT max(p.as_of_year) FROM dynasty.ml_predictions p
         WHERE p.model_version = $1 AND p.prediction_date = $2 AND p.as_of_year <> $3",
        &args,
    );
    if let (Ok(Some(other)), false) = (other, some) {
        notice(format!(
            "predict_all: predictions of \"{}\" as of {other} made on {} are replaced; give prediction_date to keep both",
            target.model, target.date
        ));
    }
}
