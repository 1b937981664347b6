//! `explain_feature`: what a data person asks first.

use super::assembly::{AsOf, each_subject};
use crate::pg::errors::short;
use crate::pg::jsonb::Jsonb;
use crate::pg::sql_text::Text;
use crate::prospects::arguments::year_of;
use crate::shared::arguments::Of;
use dynasty_intake::nearest::nearest;
use dynasty_prospects::features::catalogue::catalogue;
use dynasty_prospects::features::explain::{Explanation, Input, explain};
use pgrx::prelude::*;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Explains a feature of a prospect as of a year: formula, inputs with their values and row counts, the value, and why it is
/// NULL if it is.
///
/// No row for an unknown prospect or a NULL argument. Errors: 22023 unknown feature or year out of range.
#[pg_extern(sql = false)]
fn explain_feature(
    prospect_id: Option<i32>,
    as_of_year: Option<i32>,
    name: Option<Text>,
) -> TableIterator<
    'static,
    (
        name!(feature, Text),
        name!(value, Option<f64>),
        name!(why_null, Option<Text>),
        name!(unit, Text),
        name!(description, Text),
        name!(formula, Text),
        name!(null_rule, Text),
        name!(inputs, Jsonb),
    ),
> {
    let of = Of("explain_feature");
    let (Some(id), Some(year), Some(name)) = (prospect_id, year_of(of, as_of_year), name) else {
        return TableIterator::empty();
    };
    let name = &*name;
    let Some(feature) = catalogue().iter().find(|f| f.name == name) else {
        let names = catalogue().iter().map(|f| f.name);
        of.invalid(format!("unknown feature \"{}\"", short(name)))
            .hint(format!("Did you mean {}?", nearest(name, names).join(", ")))
            .raise()
    };
    let mut explanation: Option<Explanation> = None;
    let as_of = AsOf {
        year,
        ids: Some(&BTreeSet::from([id])),
        known_at: None,
    };
    each_subject(&as_of, &mut |subject| {
        explanation = Some(explain(feature, subject));
    });
    let row = explanation.map(|e| {
        (
            feature.name.into(),
            e.value,
            e.why_null.map(Text::from),
            feature.unit.into(),
            feature.description.into(),
            feature.formula.into(),
            feature.null_rule.into(),
            Jsonb(Value::Array(e.inputs.into_iter().map(as_json).collect())),
        )
    });
    TableIterator::new(row)
}

fn as_json(input: Input) -> Value {
    let mut object = Map::new();
    object.insert("input".into(), json!(input.name));
    object.insert("value".into(), json!(input.value));
    if let Some(rows) = input.rows {
        object.insert("rows".into(), json!(rows));
    }
    if let Some(note) = input.note {
        object.insert("note".into(), json!(note));
    }
    Value::Object(object)
}
