//! `calibration_line`: whether probabilities mean what they say.

use crate::shared::arguments::Of;
use dynasty_numbers::scoring::calibration;
use pgrx::PgSqlErrorCode::{ERRCODE_ARRAY_ELEMENT_ERROR, ERRCODE_NULL_VALUE_NOT_ALLOWED};
use pgrx::prelude::*;

const OF: Of = Of("calibration_line");

/// Slope and intercept of the outcomes on the log-odds of the probabilities.
#[pg_extern(sql = false)]
fn calibration_line(
    probabilities: Option<Vec<Option<f64>>>,
    outcomes: Option<Vec<Option<bool>>>,
    held_off: Option<f64>,
) -> TableIterator<'static, (name!(slope, Option<f64>), name!(intercept, Option<f64>))> {
    // STRICT in SQL; a declaration of somebody else's may not be.
    let (Some(probabilities), Some(outcomes), Some(held_off)) = (probabilities, outcomes, held_off) else {
        return TableIterator::new(std::iter::empty());
    };
    let (probabilities, outcomes) = (
        OF.each(ERRCODE_NULL_VALUE_NOT_ALLOWED, "probabilities", probabilities),
        OF.each(ERRCODE_NULL_VALUE_NOT_ALLOWED, "outcomes", outcomes),
    );
    if probabilities.len() != outcomes.len() {
        let why = format!("{} probabilities for {} outcomes", probabilities.len(), outcomes.len());
        OF.error(ERRCODE_ARRAY_ELEMENT_ERROR, why).raise();
    }
    if let Some(p) = probabilities.iter().find(|p| !(0.0..=1.0).contains(*p)) {
        OF.refuse(format!("{p} is no probability"));
    }
    if !(0.0..0.5).contains(&held_off) {
        OF.refuse(format!("held_off must be at least 0 and below 0.5, not {held_off}"));
    }
    let line = calibration(&probabilities, &outcomes, held_off).and_then(|c| c.line);
    TableIterator::once((line.map(|l| l.0), line.map(|l| l.1)))
}
