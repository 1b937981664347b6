//! Predictions written down: the one statement for all of them, and `record_prediction`, which checks and completes one.

use crate::pg::border::connect_mut;
use crate::pg::jsonb::JsonbText;
use crate::pg::relation::refuse_when_read_only;
use crate::pg::sql_text::Text;
use crate::prospects::tables::PREDICTIONS;
use crate::shared::arguments::Of;
use crate::shared::ids::keep_ids_ahead;
use dynasty_prospects::predictions::{Prediction, Record};
use pgrx::PgSqlErrorCode::*;
use pgrx::prelude::*;

/// What is kept of a prediction beside its key.
pub const GIVEN: [&str; 13] = [
    "success_probability",
    "predicted_class",
    "confidence_level",
    "prob_star",
    "prob_solid",
    "prob_marginal",
    "prob_failed",
    "feature_importance",
    "shap_values",
    "prediction_narrative",
    "key_strengths",
    "key_concerns",
    "comparable_players",
];

/// And of one that was made here: from what, and the model's own numbers.
pub const MADE_OF: [&str; 3] = ["as_of_year", "margin", "base_value"];

/// The statement that writes predictions; a row of the same prospect, model and day is replaced. `rows` is what follows the list of
/// columns, with the key first: prospect_id, model_version, prediction_date. `only_changed`: a row that would stay as it is is not
/// written. Every function that runs it is declared with a fixed search_path, so names and operators of pg_catalog stand plain.
pub fn upsert(columns: &[&str], rows: &str, only_changed: bool) -> String {
    let list = |prefix: &str| -> String {
        let names: Vec<String> = columns.iter().map(|c| format!("{prefix}{c}")).collect();
        names.join(", ")
    };
    let set: Vec<String> = columns.iter().map(|c| format!("{c} = excluded.{c}")).collect();
    let changed = if only_changed {
        format!("WHERE ROW({}) IS DISTINCT FROM ROW({})", list("p."), list("excluded."))
    } else {
        String::new()
    };
    format!(
        "INSERT INTO dynasty.ml_predictions AS p (prospect_id, model_version, prediction_date, {}) {rows}
         ON CONFLICT (prospect_id, model_version, prediction_date) DO UPDATE SET {} {changed}
         RETURNING p.id",
        list(""),
        set.join(", ")
    )
}

const ONE_ROW: &str = "VALUES ($1, $2, $3, $4::numeric, $5, $6, $7::numeric, $8::numeric, $9::numeric, $10::numeric,
    $11::jsonb, $12::jsonb, $13, $14, $15, $16)";

/// Stores what a model said about a prospect on a day, and returns the id of the row.
#[pg_extern(sql = false)]
#[allow(clippy::too_many_arguments)]
fn record_prediction(
    prospect_id: Option<i32>,
    model_version: Option<Text>,
    prediction_date: Option<Date>,
    success_probability: Option<f64>,
    prob_star: Option<f64>,
    prob_solid: Option<f64>,
    prob_marginal: Option<f64>,
    prob_failed: Option<f64>,
    shap_values: Option<JsonbText>,
    feature_importance: Option<JsonbText>,
    threshold: Option<f64>,
    predicted_class: Option<bool>,
    confidence_level: Option<Text>,
    prediction_narrative: Option<Text>,
    key_strengths: Option<Vec<Option<Text>>>,
    key_concerns: Option<Vec<Option<Text>>>,
    comparable_players: Option<Vec<Option<Text>>>,
) -> i32 {
    refuse_when_read_only(c"dynasty.record_prediction()");
    let of = Of("record_prediction");
    let prospect_id = of.required("prospect_id", prospect_id);
    let model_version = of.required("model_version", model_version);
    let prediction_date = of.required("prediction_date", prediction_date);
    let shap_values = shap_values.map(|JsonbText(json)| json);
    let record = of.taken(Record::of(&Prediction {
        success_probability,
        prob_star,
        prob_solid,
        prob_marginal,
        prob_failed,
        shap_values: shap_values.as_deref(),
        threshold: of.required("threshold", threshold),
    }));
    let importance = feature_importance
        .map(|JsonbText(json)| json)
        .or(record.feature_importance);
    let confidence = confidence_level.or(record.confidence_level.map(|level| level.name().into()));
    let [success, star, solid, marginal, failed] = [
        record.success_probability,
        record.prob_star,
        record.prob_solid,
        record.prob_marginal,
        record.prob_failed,
    ]
    .map(|probability| probability.map(|p| p.to_string()));

    of.done(keep_ids_ahead(PREDICTIONS));
    let id = connect_mut(|client| {
        let args = [
            prospect_id.into(),
            model_version.into(),
            prediction_date.into(),
            success.into(),
            predicted_class.or(record.predicted_class).into(),
            confidence.into(),
            star.into(),
            solid.into(),
            marginal.into(),
            failed.into(),
            importance.map(Text).into(),
            shap_values.map(Text).into(),
            prediction_narrative.into(),
            key_strengths.into(),
            key_concerns.into(),
            comparable_players.into(),
        ];
        let stored = client.update(&upsert(&GIVEN, ONE_ROW, false), None, &args)?;
        if stored.is_empty() {
            return Ok(None);
        }
        stored.first().get_one::<i32>()
    });
    // Only a rule or a trigger of the user's own can swallow the row.
    of.done(id)
        .unwrap_or_else(|| of.error(ERRCODE_NO_DATA_FOUND, "the row was not stored").raise())
}
