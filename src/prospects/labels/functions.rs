//! The functions that read.

use super::read::labels;
use crate::pg::jsonb::JsonbText;
use crate::prospects::arguments::{thresholds, window};
use crate::shared::arguments::Of;
use crate::shared::decimals::numeric;
use dynasty_prospects::labels::{Label, Window};
use pgrx::prelude::*;

/// The window that the label functions judge, with what is not given filled in.
#[pg_extern(sql = false)]
fn label_window(
    prospect_year: Option<i32>,
    evaluation_year: Option<i32>,
    data_through_year: Option<i32>,
) -> TableIterator<
    'static,
    (
        name!(prospect_year, i32),
        name!(evaluation_year, i32),
        name!(years_to_evaluate, i32),
        name!(data_through_year, Option<i32>),
        name!(window_complete, bool),
    ),
> {
    let row = prospect_year.map(|year| {
        let w = window(Of("label_window"), year, evaluation_year, data_through_year);
        let (years, complete) = (w.years_to_evaluate(), w.is_complete());
        (w.prospect_year, w.evaluation_year, years, w.data_through_year, complete)
    });
    TableIterator::new(row)
}

/// The labels of all prospects, or of those named, in the order of their ids.
#[pg_extern(sql = false)]
fn derive_labels(
    prospect_year: Option<i32>,
    evaluation_year: Option<i32>,
    data_through_year: Option<i32>,
    config: Option<JsonbText>,
    prospect_ids: Option<Vec<Option<i32>>>,
) -> TableIterator<
    'static,
    (
        name!(prospect_id, i32),
        name!(prospect_year, i32),
        name!(evaluation_year, i32),
        name!(years_to_evaluate, i32),
        name!(reached_mlb, Option<bool>),
        name!(mlb_debut_date, Option<Date>),
        name!(years_to_mlb, Option<i32>),
        name!(total_pa, i32),
        name!(total_games, i32),
        name!(total_innings_pitched, AnyNumeric),
        name!(peak_war, Option<AnyNumeric>),
        name!(cumulative_war, Option<AnyNumeric>),
        name!(is_success, Option<bool>),
        name!(success_tier, Option<&'static str>),
        name!(total_outs_pitched, i32),
        name!(tier_basis, Option<&'static str>),
        name!(window_complete, bool),
    ),
> {
    let Some(prospect_year) = prospect_year else {
        return TableIterator::new(Vec::new());
    };
    let of = Of("derive_labels");
    let window = window(of, prospect_year, evaluation_year, data_through_year);
    let labels = labels(&window, &thresholds(of, config.as_ref()), prospect_ids);
    TableIterator::new(labels.into_iter().map(move |(id, label)| columns(id, &window, &label)))
}

type Columns = (
    i32,
    i32,
    i32,
    i32,
    Option<bool>,
    Option<Date>,
    Option<i32>,
    i32,
    i32,
    AnyNumeric,
    Option<AnyNumeric>,
    Option<AnyNumeric>,
    Option<bool>,
    Option<&'static str>,
    i32,
    Option<&'static str>,
    bool,
);

fn columns(prospect_id: i32, window: &Window, label: &Label) -> Columns {
    (
        prospect_id,
        window.prospect_year,
        window.evaluation_year,
        window.years_to_evaluate(),
        label.reached_mlb,
        label.mlb_debut_date.map(Date::saturating_from_raw),
        label.years_to_mlb,
        label.total_pa,
        label.total_games,
        numeric(label.total_innings_pitched),
        label.peak_war.map(numeric),
        label.cumulative_war.map(numeric),
        label.is_success,
        label.success_tier.map(|tier| tier.name()),
        label.total_outs_pitched,
        label.tier_basis.map(|basis| basis.name()),
        label.window_complete,
    )
}
