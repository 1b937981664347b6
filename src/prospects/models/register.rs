//! `register_model`: a document read, checked and stored.

use crate::pg::border::connect_mut;
use crate::pg::errors::{Error, error};
use crate::pg::jsonb::JsonbText;
use crate::pg::relation::refuse_when_read_only;
use crate::pg::sql_text::{Text, texts};
use crate::prospects::features::sets::FeatureSet;
use crate::prospects::identity::keep_ids_ahead;
use dynasty_models::bound::{BindError, Bound, Target};
use dynasty_models::calibration::Calibration;
use dynasty_models::error::ModelError;
use dynasty_models::{Format, Model};
use pgrx::PgSqlErrorCode::*;
use pgrx::prelude::*;

/// `ml_predictions.model_version` is a varchar(20) in the seed.
const LONGEST: usize = 20;

/// Registers a model and returns its id.
#[pg_extern(sql = false)]
#[allow(clippy::too_many_arguments)]
fn register_model(
    name: Option<Text>,
    version: Option<Text>,
    kind: Option<Text>,
    document: Option<Text>,
    feature_set_version: Option<Text>,
    target: Option<Text>,
    classes: Option<Vec<Option<Text>>>,
    calibration: Option<JsonbText>,
    metrics: Option<JsonbText>,
    training_digest: Option<Text>,
    feature_names: Option<Vec<Option<Text>>>,
    missing: Option<f64>,
) -> i32 {
    refuse_when_read_only(c"dynasty.register_model()");
    let (name, version) = (given("name", name), given("version", version));
    let (kind, document) = (given("kind", kind), given("document", document));
    let JsonbText(metrics) = given("metrics", metrics);
    check_name(&name, &version);
    if !metrics.starts_with('{') {
        refuse("metrics must be a JSON object");
    }
    let target = target.as_deref().map(target_of);
    let format: Format = kind
        .parse()
        .unwrap_or_else(|_| refuse(format!("kind must be xgboost, lightgbm or linear, not \"{}\"", &*kind)));
    let classes = classes.map(|names| without_nulls("classes", names));
    let feature_names = feature_names.map(|names| without_nulls("feature_names", names));
    let calibration = calibration.map(|JsonbText(json)| json);
    let set = feature_set_version.as_deref().map(FeatureSet::load);
    let mut model = Model::parse(format, &document).unwrap_or_else(|e| document_error("document", e).raise());
    if let Some(names) = feature_names {
        model.name_features(names).unwrap_or_else(|e| refuse(e));
    }
    if let Some(missing) = missing {
        model.set_missing(missing).unwrap_or_else(|e| refuse(e));
    }
    let curve = calibration
        .as_deref()
        .map(|json| Calibration::parse(json).unwrap_or_else(|e| document_error("calibration", e).raise()));
    let bound = Bound::new(model, curve, target, classes).unwrap_or_else(|e| bind_error(e).raise());
    if let Some(set) = &set {
        let names: Vec<&str> = set.members.iter().map(|m| &*m.name).collect();
        bound.places(&names).unwrap_or_else(|e| bind_error(e).raise());
    }
    let stored = keep_ids_ahead("ml_models").and_then(|()| {
        connect_mut(|client| {
            let classes = bound.classes();
            let args = [
                name.clone().into(),
                version.clone().into(),
                kind.into(),
                bound.target().name().into(),
                feature_set_version.into(),
                texts(bound.model().feature_names()).into(),
                bound.model().missing().into(),
                (!classes.is_empty()).then(|| texts(classes)).into(),
                document.into(),
                calibration.map(Text).into(),
                Text(metrics).into(),
                training_digest.into(),
            ];
            let made = client.update(
                "INSERT INTO dynasty.ml_models (name, version, kind, target, feature_set_version, feature_names, missing, classes,
                     document, calibration, metrics, training_digest)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::pg_catalog.jsonb, $11::pg_catalog.jsonb, $12)
                 ON CONFLICT (name, version) DO NOTHING RETURNING id",
                None,
                &args,
            )?;
            if made.is_empty() {
                return Ok(None);
            }
            made.first().get_one::<i32>()
        })
    });
    let (name, version) = (&*name, &*version);
    if let (Ok(Some(_)), Some(best)) = (&stored, bound.model().best_round()) {
        error(
            ERRCODE_WARNING,
            format!("model \"{name}:{version}\" goes on after its best round, {best}: all of its trees count, as in Booster.predict()"),
        )
        .hint("XGBClassifier.predict_proba() stops there. For the same register booster[: booster.best_iteration + 1].")
        .warn();
    }
    match stored {
        Ok(Some(id)) => id,
        Ok(None) => error(
            ERRCODE_DUPLICATE_OBJECT,
            format!("model \"{name}:{version}\" exists already"),
        )
        .hint("Register it under a new version.")
        .raise(),
        Err(e) => error(ERRCODE_INTERNAL_ERROR, format!("register_model: {e}")).raise(),
    }
}

fn given<T>(name: &str, value: Option<T>) -> T {
    value.unwrap_or_else(|| {
        error(
            ERRCODE_NULL_VALUE_NOT_ALLOWED,
            format!("register_model: {name} must not be null"),
        )
        .raise()
    })
}

fn without_nulls(what: &str, names: Vec<Option<Text>>) -> Vec<String> {
    let named = names
        .into_iter()
        .map(|n| n.unwrap_or_else(|| refuse(format!("{what} must not hold a null"))).0);
    named.collect()
}

fn refuse(why: impl std::fmt::Display) -> ! {
    error(ERRCODE_INVALID_PARAMETER_VALUE, format!("register_model: {why}")).raise()
}

fn check_name(name: &str, version: &str) {
    for (what, text) in [("name", name), ("version", version)] {
        if text.is_empty() || text.contains(|c: char| c == ':' || c.is_whitespace()) {
            refuse(format!(
                "{what} must be a word without a colon or a blank, not \"{text}\""
            ));
        }
    }
    let length = name.chars().count() + 1 + version.chars().count();
    if length > LONGEST {
        error(
            ERRCODE_INVALID_PARAMETER_VALUE,
            format!("register_model: \"{name}:{version}\" has {length} characters, at most {LONGEST} fit"),
        )
        .hint("dynasty.ml_predictions.model_version holds name:version; take a shorter name or version.")
        .raise();
    }
}

fn target_of(name: &str) -> Target {
    Target::ALL
        .into_iter()
        .find(|t| t.name() == name)
        .unwrap_or_else(|| refuse(format!("target must be success, tier or value, not \"{name}\"")))
}

/// A document that is not taken, as an error of the server.
pub fn document_error(what: &str, e: ModelError) -> Error {
    let code = match e {
        ModelError::Malformed { .. } | ModelError::Foreign { .. } => ERRCODE_INVALID_TEXT_REPRESENTATION,
        ModelError::Unsupported { .. } | ModelError::TooLarge { .. } => ERRCODE_INVALID_PARAMETER_VALUE,
    };
    let hint = match e {
        ModelError::Foreign { hint, .. } => Some(hint),
        _ => None,
    };
    let message = match e {
        // The place is the whole of it.
        ModelError::Malformed { place, reason } if [".", "?", what].contains(&place.as_str()) => reason,
        e => e.to_string(),
    };
    let raised = error(code, format!("{what}: {message}"));
    match hint {
        Some(hint) => raised.hint(hint),
        None => raised,
    }
}

/// Pieces that do not fit, as an error of the server.
pub fn bind_error(e: BindError) -> Error {
    let raised = error(ERRCODE_INVALID_PARAMETER_VALUE, e.message);
    match e.hint {
        Some(hint) => raised.hint(hint),
        None => raised,
    }
}
