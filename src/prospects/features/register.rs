//! Registering feature sets.

use super::sets::compiled;
use crate::pg::border::connect_mut;
use crate::pg::errors::short;
use crate::pg::jsonb::JsonbText;
use crate::pg::relation::refuse_when_read_only;
use crate::pg::sql_text::{Text, texts, texts_or_nulls};
use crate::shared::arguments::Of;
use dynasty_intake::nearest::nearest;
use dynasty_prospects::features::catalogue::{Category, VERSION, catalogue, ordinal_of};
use pgrx::PgSqlErrorCode::*;
use pgrx::prelude::*;
use serde_json::{Map, Value};

const OF: Of = Of("register_feature_set");

/// A member to be stored.
struct Entry {
    name: String,
    expression: Option<String>,
    category: String,
    applies_to: String,
    unit: String,
    description: String,
}

/// Registers a feature set: the named features in that order, some of them SQL expressions over features of `v1.0`.
///
/// `features` NULL: all of `v1.0`, then the expressions. Returns how many features the set has. It can be dropped, but never changed.
/// Errors: 42710 the version exists; 22023 unknown feature, bad name or expression; 22004 version null; 42501; 25006 in a read-only transaction.
#[pg_extern(sql = false)]
fn register_feature_set(
    version: Option<Text>,
    features: Option<Vec<Option<Text>>>,
    expressions: Option<JsonbText>,
    description: Option<Text>,
) -> Result<i32, spi::Error> {
    refuse_when_read_only(c"dynasty.register_feature_set()");
    let Text(version) = OF.required("version", version);
    if version.is_empty() || version.chars().count() > 20 {
        OF.refuse(format!("version must have 1 to 20 characters, not \"{version}\""));
    }
    let mut defined = defined(expressions);
    let names: Vec<String> = match features {
        Some(names) => OF
            .each(ERRCODE_INVALID_PARAMETER_VALUE, "features", names)
            .into_iter()
            .map(|Text(name)| name)
            .collect(),
        None => catalogue()
            .iter()
            .map(|f| f.name.to_string())
            .chain(defined.iter().map(|e| e.name.clone()))
            .collect(),
    };
    if names.is_empty() {
        OF.refuse("a feature set needs at least one feature");
    }
    let mut entries: Vec<Entry> = vec![];
    for name in names {
        if entries.iter().any(|e| e.name == name) {
            OF.refuse(format!("feature \"{name}\" is named twice"));
        }
        let entry = match defined.iter().position(|e| e.name == name) {
            Some(at) => defined.remove(at),
            None => known(&name),
        };
        entries.push(entry);
    }
    if let Some(left) = defined.first() {
        OF.refuse(format!("expression \"{}\" is not among the features", left.name));
    }
    store(&version, description, &entries)?;
    Ok(entries.len() as i32)
}

/// A feature of `v1.0` by name.
fn known(name: &str) -> Entry {
    let Some(ordinal) = ordinal_of(name) else {
        let names = catalogue().iter().map(|f| f.name);
        OF.invalid(format!("unknown feature \"{}\"", short(name)))
            .hint(format!("Did you mean {}?", nearest(name, names).join(", ")))
            .raise()
    };
    let f = &catalogue()[ordinal - 1];
    Entry {
        name: name.into(),
        expression: None,
        category: f.category.name().into(),
        applies_to: f.applies_to.name().into(),
        unit: f.unit.into(),
        description: f.description.into(),
    }
}

/// The user's own features: name to expression, or to an object with expression, unit, description, category, applies_to.
fn defined(expressions: Option<JsonbText>) -> Vec<Entry> {
    let Some(JsonbText(text)) = expressions else {
        return vec![];
    };
    let object: Map<String, Value> = serde_json::from_str(&text)
        .unwrap_or_else(|_| OF.refuse("expressions must be a JSON object of name and expression"));
    object.into_iter().map(|(name, value)| entry(name, value)).collect()
}

fn entry(name: String, value: Value) -> Entry {
    let plain = name.len() <= 63
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !plain {
        OF.refuse(format!(
            "\"{name}\" is no feature name: lower-case letters, digits and underscores, beginning with a letter, at most 63"
        ));
    }
    if ordinal_of(&name).is_some() {
        OF.refuse(format!(
            "\"{name}\" is a feature of {VERSION} already; an expression needs a name of its own"
        ));
    }
    let fields = match value {
        Value::String(_) => Map::from_iter([("expression".to_string(), value)]),
        Value::Object(fields) => fields,
        _ => OF.refuse(format!(
            "feature \"{name}\" must be an expression or an object that has one"
        )),
    };
    const FIELDS: [&str; 5] = ["expression", "unit", "description", "category", "applies_to"];
    if let Some(unknown) = fields.keys().find(|k| !FIELDS.contains(&k.as_str())) {
        OF.refuse(format!("feature \"{name}\": unknown field \"{unknown}\""));
    }
    let text = |field: &str, default: &str| match fields.get(field) {
        None => default.to_string(),
        Some(Value::String(text)) => text.clone(),
        Some(_) => OF.refuse(format!("feature \"{name}\": {field} must be a text")),
    };
    let expression = text("expression", "");
    compiled(OF.0, &name, &expression);
    let category = text("category", Category::Derived.name());
    if !Category::ALL.iter().any(|c| c.name() == category) {
        OF.refuse(format!("feature \"{name}\": unknown category \"{category}\""));
    }
    let applies_to = text("applies_to", "all");
    if !["all", "hitter", "pitcher"].contains(&applies_to.as_str()) {
        OF.refuse(format!(
            "feature \"{name}\": applies_to must be all, hitter or pitcher, not \"{applies_to}\""
        ));
    }
    Entry {
        category,
        applies_to,
        unit: text("unit", "number"),
        description: text("description", &name),
        expression: Some(expression),
        name,
    }
}

fn store(version: &str, description: Option<Text>, entries: &[Entry]) -> Result<(), spi::Error> {
    let version_text = Text::from(version);
    let column = |of: fn(&Entry) -> &str| texts(entries.iter().map(of));
    connect_mut(|client| {
        let made = client.update(
            "INSERT INTO dynasty.feature_sets (version, description, feature_count) SELECT $1, $2, $4
             WHERE $1 OPERATOR(pg_catalog.<>) $3 ON CONFLICT DO NOTHING",
            None,
            &[
                version_text.clone().into(),
                description.into(),
                VERSION.into(),
                (entries.len() as i32).into(),
            ],
        )?;
        if made.is_empty() {
            OF.error(
                ERRCODE_DUPLICATE_OBJECT,
                format!("feature set \"{version}\" exists already"),
            )
            .detail("A feature set never changes once it is registered.")
            .hint("Register it under a new version.")
            .raise();
        }
        client.update(
            "INSERT INTO dynasty.feature_set_members (version, ordinal, name, expression, category, applies_to, unit, description)
             SELECT $1, m.ordinal, m.name, m.expression, m.category, m.applies_to, m.unit, m.description
             FROM ROWS FROM (pg_catalog.unnest($2), pg_catalog.unnest($3), pg_catalog.unnest($4), pg_catalog.unnest($5),
                             pg_catalog.unnest($6), pg_catalog.unnest($7)) WITH ORDINALITY
                  AS m (name, expression, category, applies_to, unit, description, ordinal)",
            None,
            &[
                version_text.into(),
                column(|e| &e.name).into(),
                texts_or_nulls(entries.iter().map(|e| e.expression.clone())).into(),
                column(|e| &e.category).into(),
                column(|e| &e.applies_to).into(),
                column(|e| &e.unit).into(),
                column(|e| &e.description).into(),
            ],
        )?;
        Ok(())
    })
}
