//! `explain_feature`: what a data person asks first.

use super::assembly::{AsOf, each_subject};
use super::functions::year_of;
use crate::pg::errors::{error, short};
use dynasty_core::features::catalogue::catalogue;
use dynasty_core::features::explain::{Explanation, Input, explain};
use dynasty_core::features::expression::nearest;
use pgrx::JsonB;
use pgrx::PgSqlErrorCode::*;
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
    name: Option<&str>,
) -> TableIterator<
    'static,
    (
        name!(feature, String),
        name!(value, Option<f64>),
        name!(why_null, Option<String>),
        name!(unit, String),
        name!(description, String),
        name!(formula, String),
        name!(null_rule, String),
        name!(inputs, JsonB),
    ),
> {
    let (Some(id), Some(year), Some(name)) = (prospect_id, year_of(as_of_year), name) else {
        return TableIterator::empty();
    };
    let Some(feature) = catalogue().iter().find(|f| f.name == name) else {
        let names = catalogue().iter().map(|f| f.name);
        error(
            ERRCODE_INVALID_PARAMETER_VALUE,
            format!("unknown feature \"{}\"", short(name)),
        )
        .hint(format!("Did you mean {}?", nearest(name, names).join(", ")))
        .raise()
    };
    let mut explanation: Option<Explanation> = None;
    let of = AsOf {
        year,
        ids: Some(&BTreeSet::from([id])),
        known_at: None,
    };
    each_subject(&of, &mut |subject| {
        explanation = Some(explain(feature, subject));
    });
    let row = explanation.map(|e| {
        (
            feature.name.to_string(),
            e.value,
            e.why_null,
            feature.unit.to_string(),
            feature.description.to_string(),
            feature.formula.to_string(),
            feature.null_rule.to_string(),
            JsonB(Value::Array(e.inputs.into_iter().map(as_json).collect())),
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
