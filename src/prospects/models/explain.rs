//! `explain_prediction`: the contribution of every feature, and what it says of the prospect.

use super::apply::Applied;
use super::stored::Stored;
use super::vectors::of_everybody;
use crate::pg::sql_text::Text;
use crate::prospects::arguments::year_of;
use crate::shared::arguments::Of;
use dynasty_models::bound::Target;
use dynasty_prospects::report::peers::Peers;
use dynasty_prospects::report::story::reading;
use pgrx::prelude::*;

const OF: Of = Of("explain_prediction");

/// Why a model says what it says of a prospect, the largest contribution first.
#[pg_extern(sql = false)]
#[allow(clippy::type_complexity)]
fn explain_prediction(
    model: Option<Text>,
    prospect_id: Option<i32>,
    as_of_year: Option<i32>,
    class: Option<Text>,
) -> TableIterator<
    'static,
    (
        name!(rank, i32),
        name!(feature, Text),
        name!(value, Option<f64>),
        name!(shap, f64),
        name!(percentile, Option<f64>),
        name!(reading, Option<Text>),
        name!(description, Text),
        name!(base_value, f64),
        name!(margin, f64),
    ),
> {
    let (Some(model), Some(id), Some(year)) = (model, prospect_id, year_of(OF, as_of_year)) else {
        return TableIterator::empty();
    };
    let stored = Stored::find(&model);
    let class = class_of(&stored, class.as_deref());
    let mut applied = Applied::new(&stored);
    let Some(from) = &stored.from_set else {
        super::apply::no_feature_set(&stored)
    };
    let matrix = of_everybody(year);
    let Some(place) = matrix.place_of(id) else {
        return TableIterator::empty();
    };
    let vector = matrix.row(place);
    applied.take(vector);
    let outcome = applied.outcome();
    let explained = applied.explained(&outcome, class);
    let peers = Peers::of(&matrix);
    let names = stored.bound.model().feature_names();
    let mut order: Vec<usize> = (0..names.len()).collect();
    let phi = &explained.contributions;
    // Equal ones in the order of the set.
    order.sort_by(|&a, &b| {
        let by_size = phi[b].abs().total_cmp(&phi[a].abs());
        by_size.then(from.places[a].cmp(&from.places[b]))
    });
    let rows: Vec<_> = order
        .into_iter()
        .enumerate()
        .map(|(rank, i)| {
            let said = reading(&peers, vector, &names[i]);
            (
                rank as i32 + 1,
                names[i].as_str().into(),
                Some(applied.row()[i]).filter(|v| !v.is_nan()),
                phi[i],
                said.standing.map(|s| s.worse * 100.0),
                said.sentence.map(Text::from),
                (&*from.set.members[from.places[i]].description).into(),
                explained.base,
                explained.margin,
            )
        })
        .collect();
    TableIterator::new(rows)
}

fn class_of(stored: &Stored, class: Option<&str>) -> Option<usize> {
    let bound = &stored.bound;
    let outputs = bound.model().outputs();
    let names = match bound.classes() {
        [] => format!("0 to {}", outputs - 1),
        names => names.join(", "),
    };
    match class {
        Some(class) => Some(bound.output_of(class).unwrap_or_else(|| {
            OF.invalid(format!("model \"{}\" has no class \"{class}\"", stored.name))
                .hint(match outputs {
                    1 => "It has one output; leave class out.".to_string(),
                    _ => format!("Its classes: {names}."),
                })
                .raise()
        })),
        None if bound.target() == Target::Value && outputs > 1 => OF
            .invalid(format!("model \"{}\" has {outputs} outputs; say which", stored.name))
            .hint(format!("class: {names}."))
            .raise(),
        None => None,
    }
}
