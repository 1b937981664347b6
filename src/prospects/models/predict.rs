//! The functions that score.

use super::apply::Applied;
use super::stored::Stored;
use super::vectors::vectors;
use crate::pg::jsonb::JsonbText;
use crate::pg::sql_text::{Text, texts};
use crate::prospects::arguments::{ids_of, year_of};
use crate::shared::arguments::Of;
use dynasty_intake::flat::{kind, object, shortened};
use dynasty_intake::nearest::nearest;
use dynasty_models::bound::Outcome;
use pgrx::prelude::*;
use std::collections::{BTreeSet, HashMap};

type Columns = (
    Text,
    Option<f64>,
    Option<f64>,
    Option<f64>,
    Option<f64>,
    Option<f64>,
    Option<f64>,
    Vec<f64>,
    Vec<f64>,
    Option<Vec<Text>>,
);

fn columns(stored: &Stored, outcome: Outcome) -> Columns {
    let [star, solid, marginal, failed] = outcome.tiers.map_or([None; 4], |tiers| tiers.map(Some));
    let classes = stored.bound.classes();
    (
        stored.name.as_str().into(),
        outcome.success,
        star,
        solid,
        marginal,
        failed,
        outcome.value,
        outcome.margins,
        outcome.predictions,
        (!classes.is_empty()).then(|| texts(classes)),
    )
}

/// What a model says of a prospect as of a year.
#[pg_extern(sql = false)]
#[allow(clippy::type_complexity)]
fn predict(
    model: Option<Text>,
    prospect_id: Option<i32>,
    as_of_year: Option<i32>,
    known_at: Option<TimestampWithTimeZone>,
) -> TableIterator<
    'static,
    (
        name!(model_version, Text),
        name!(success_probability, Option<f64>),
        name!(prob_star, Option<f64>),
        name!(prob_solid, Option<f64>),
        name!(prob_marginal, Option<f64>),
        name!(prob_failed, Option<f64>),
        name!(value, Option<f64>),
        name!(margins, Vec<f64>),
        name!(predictions, Vec<f64>),
        name!(classes, Option<Vec<Text>>),
    ),
> {
    let (Some(model), Some(id), Some(year)) = (model, prospect_id, year_of(Of("predict"), as_of_year)) else {
        return TableIterator::empty();
    };
    let stored = Stored::find(&model);
    let mut applied = Applied::new(&stored);
    let matrix = vectors(year, Some(&BTreeSet::from([id])), known_at.map(moment));
    let row = matrix.place_of(id).map(|place| {
        applied.take(matrix.row(place));
        let outcome = applied.outcome();
        columns(&stored, outcome)
    });
    TableIterator::new(row)
}

/// A moment as the server counts it.
fn moment(at: TimestampWithTimeZone) -> i64 {
    at.into_inner()
}

/// What a model says of features by name.
#[pg_extern(sql = false)]
#[allow(clippy::type_complexity)]
fn predict_features(
    model: Option<Text>,
    features: Option<JsonbText>,
) -> TableIterator<
    'static,
    (
        name!(model_version, Text),
        name!(success_probability, Option<f64>),
        name!(prob_star, Option<f64>),
        name!(prob_solid, Option<f64>),
        name!(prob_marginal, Option<f64>),
        name!(prob_failed, Option<f64>),
        name!(value, Option<f64>),
        name!(margins, Vec<f64>),
        name!(predictions, Vec<f64>),
        name!(classes, Option<Vec<Text>>),
    ),
> {
    let (Some(model), Some(JsonbText(json))) = (model, features) else {
        return TableIterator::empty();
    };
    let stored = Stored::find(&model);
    let mut applied = Applied::new(&stored);
    applied.take_row(row_of(&stored, &json));
    let outcome = applied.outcome();
    let row = columns(&stored, outcome);
    TableIterator::new(Some(row))
}

/// The row of an object: what is not in it is missing. Features of the set that the model does not look at may be in it.
fn row_of(stored: &Stored, json: &str) -> Vec<f64> {
    let of = Of("predict");
    let values = object(json).unwrap_or_else(|e| of.refuse(format!("features {e}")));
    let names = stored.bound.model().feature_names();
    let places: HashMap<&str, usize> = names.iter().enumerate().map(|(i, n)| (n.as_str(), i)).collect();
    let mut row = vec![f64::NAN; names.len()];
    for (name, value) in &values {
        let text = value.get();
        let number = match kind(text) {
            "null" => f64::NAN,
            "a number" => text.parse().unwrap_or(f64::INFINITY),
            other => of.refuse(format!("{} must be a number or null, not {other}", shortened(name))),
        };
        if number.is_infinite() {
            of.refuse(format!(
                "{} must be a number a double can hold, not {}",
                shortened(name),
                shortened(text)
            ));
        }
        match places.get(name.as_str()) {
            Some(&place) => row[place] = number,
            None if in_set(stored, name) => {}
            None => {
                let near = nearest(name, names.iter().map(String::as_str)).join(", ");
                of.invalid(format!(
                    "model \"{}\" has no feature \"{}\"",
                    stored.name,
                    shortened(name)
                ))
                .hint(format!("Did you mean {near}?"))
                .raise()
            }
        }
    }
    row
}

fn in_set(stored: &Stored, name: &str) -> bool {
    let from = stored.from_set.as_ref();
    from.is_some_and(|f| f.set.members.iter().any(|m| m.name == name))
}

/// What a model says of everybody, or of those named, as of a year.
#[pg_extern(sql = false)]
#[allow(clippy::type_complexity)]
fn predict_matrix(
    model: Option<Text>,
    as_of_year: Option<i32>,
    prospect_ids: Option<Vec<Option<i32>>>,
    known_at: Option<TimestampWithTimeZone>,
) -> TableIterator<
    'static,
    (
        name!(prospect_id, i32),
        name!(success_probability, Option<f64>),
        name!(prob_star, Option<f64>),
        name!(prob_solid, Option<f64>),
        name!(prob_marginal, Option<f64>),
        name!(prob_failed, Option<f64>),
        name!(value, Option<f64>),
        name!(margins, Vec<f64>),
        name!(predictions, Vec<f64>),
    ),
> {
    let (Some(model), Some(year)) = (model, year_of(Of("predict_matrix"), as_of_year)) else {
        return TableIterator::empty();
    };
    let stored = Stored::find(&model);
    let mut applied = Applied::new(&stored);
    let matrix = vectors(year, ids_of(prospect_ids).as_ref(), known_at.map(moment));
    let vectors: Vec<&[f64]> = (0..matrix.ids().len()).map(|place| matrix.row(place)).collect();
    let outcomes = applied.outcomes(&vectors);
    let rows = matrix.ids().iter().zip(outcomes).map(|(id, outcome)| {
        let (_, success, star, solid, marginal, failed, value, margins, predictions, _) = columns(&stored, outcome);
        (*id, success, star, solid, marginal, failed, value, margins, predictions)
    });
    let rows: Vec<_> = rows.collect();
    TableIterator::new(rows)
}
