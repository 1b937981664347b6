//! `register_model`: a document read, checked and stored.

use super::errors::{bind_error, document_error};
use crate::pg::border::connect_mut;
use crate::pg::errors::error;
use crate::pg::jsonb::JsonbText;
use crate::pg::relation::refuse_when_read_only;
use crate::pg::sql_text::{Text, texts};
use crate::prospects::features::sets::FeatureSet;
use crate::prospects::tables::MODELS;
use crate::shared::arguments::Of;
use crate::shared::ids::keep_ids_ahead;
use dynasty_models::bound::{Bound, Target};
use dynasty_models::calibration::Calibration;
use dynasty_models::{Format, Model};
use pgrx::PgSqlErrorCode::*;
use pgrx::prelude::*;

/// `ml_predictions.model_version` is a varchar(20) in the seed.
const LONGEST: usize = 20;

const OF: Of = Of("register_model");

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
    let (name, version) = (OF.required("name", name), OF.required("version", version));
    let (kind, document) = (OF.required("kind", kind), OF.required("document", document));
    let JsonbText(metrics) = OF.required("metrics", metrics);
    check_name(&name, &version);
    if !metrics.starts_with('{') {
        OF.refuse("metrics must be a JSON object");
    }
    let target = target.as_deref().map(target_of);
    let format: Format = kind
        .parse()
        .unwrap_or_else(|_| OF.refuse(format!("kind must be xgboost, lightgbm or linear, not \"{}\"", &*kind)));
    let classes = classes.map(|names| words("classes", names));
    let feature_names = feature_names.map(|names| words("feature_names", names));
    let calibration = calibration.map(|JsonbText(json)| json);
    let set = feature_set_version
        .as_deref()
        .map(|version| FeatureSet::load(OF, version));
    let mut model = Model::parse(format, &document)
        .unwrap_or_else(|e| document_error("register_model: document", "document", e).raise());
    if let Some(names) = feature_names {
        OF.taken(model.name_features(names));
    }
    if let Some(missing) = missing {
        OF.taken(model.set_missing(missing));
    }
    let curve = calibration.as_deref().map(|json| {
        Calibration::parse(json)
            .unwrap_or_else(|e| document_error("register_model: calibration", "calibration", e).raise())
    });
    let bound = Bound::new(model, curve, target, classes).unwrap_or_else(|e| bind_error(OF.0, e).raise());
    if let Some(set) = &set {
        let names: Vec<&str> = set.members.iter().map(|m| &*m.name).collect();
        bound.places(&names).unwrap_or_else(|e| bind_error(OF.0, e).raise());
    }
    OF.done(keep_ids_ahead(MODELS));
    let stored = connect_mut(|client| {
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
    });
    let stored = OF.done(stored);
    let (name, version) = (&*name, &*version);
    if let (Some(_), Some(best)) = (&stored, bound.model().best_round()) {
        error(
            ERRCODE_WARNING,
            format!("model \"{name}:{version}\" goes on after its best round, {best}: all of its trees count, as in Booster.predict()"),
        )
        .hint("XGBClassifier.predict_proba() stops there. For the same register booster[: booster.best_iteration + 1].")
        .warn();
    }
    stored.unwrap_or_else(|| {
        OF.error(
            ERRCODE_DUPLICATE_OBJECT,
            format!("model \"{name}:{version}\" exists already"),
        )
        .hint("Register it under a new version.")
        .raise()
    })
}

fn words(what: &str, names: Vec<Option<Text>>) -> Vec<String> {
    OF.each(ERRCODE_INVALID_PARAMETER_VALUE, what, names)
        .into_iter()
        .map(|Text(name)| name)
        .collect()
}

fn check_name(name: &str, version: &str) {
    for (what, text) in [("name", name), ("version", version)] {
        if text.is_empty() || text.contains(|c: char| c == ':' || c.is_whitespace()) {
            OF.refuse(format!(
                "{what} must be a word without a colon or a blank, not \"{text}\""
            ));
        }
    }
    let length = name.chars().count() + 1 + version.chars().count();
    if length > LONGEST {
        OF.invalid(format!(
            "\"{name}:{version}\" has {length} characters, at most {LONGEST} fit"
        ))
        .hint("dynasty.ml_predictions.model_version holds name:version; take a shorter name or version.")
        .raise();
    }
}

fn target_of(name: &str) -> Target {
    Target::ALL
        .into_iter()
        .find(|t| t.name() == name)
        .unwrap_or_else(|| OF.refuse(format!("target must be success, tier or value, not \"{name}\"")))
}
