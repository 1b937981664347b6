//! `record_prediction`: a prediction checked, completed and stored.

use super::identity::keep_ids_ahead;
use crate::pg::border::connect_mut;
use crate::pg::errors::error;
use crate::pg::jsonb::JsonbText;
use crate::pg::relation::refuse_when_read_only;
use crate::pg::sql_text::Text;
use dynasty_prospects::predictions::{Prediction, Record};
use pgrx::PgSqlErrorCode::*;
use pgrx::prelude::*;

const UPSERT: &str = "
    INSERT INTO dynasty.ml_predictions AS p (
        prospect_id, model_version, prediction_date, success_probability, predicted_class, confidence_level, prob_star, prob_solid,
        prob_marginal, prob_failed, feature_importance, shap_values, prediction_narrative, key_strengths, key_concerns,
        comparable_players)
    VALUES ($1, $2, $3, $4::pg_catalog.numeric, $5, $6, $7::pg_catalog.numeric, $8::pg_catalog.numeric, $9::pg_catalog.numeric,
            $10::pg_catalog.numeric, $11::pg_catalog.jsonb, $12::pg_catalog.jsonb, $13, $14, $15, $16)
    ON CONFLICT (prospect_id, model_version, prediction_date) DO UPDATE SET
        success_probability = excluded.success_probability,
        predicted_class = excluded.predicted_class,
        confidence_level = excluded.confidence_level,
        prob_star = excluded.prob_star,
        prob_solid = excluded.prob_solid,
        prob_marginal = excluded.prob_marginal,
        prob_failed = excluded.prob_failed,
        feature_importance = excluded.feature_importance,
        shap_values = excluded.shap_values,
        prediction_narrative = excluded.prediction_narrative,
        key_strengths = excluded.key_strengths,
        key_concerns = excluded.key_concerns,
        comparable_players = excluded.comparable_players
    RETURNING p.id";

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
    let prospect_id = given("prospect_id", prospect_id);
    let model_version = given("model_version", model_version);
    let prediction_date = given("prediction_date", prediction_date);
    let shap_values = shap_values.map(|JsonbText(json)| json);
    let record = Record::of(&Prediction {
        success_probability,
        prob_star,
        prob_solid,
        prob_marginal,
        prob_failed,
        shap_values: shap_values.as_deref(),
        threshold: given("threshold", threshold),
    })
    .unwrap_or_else(|e| error(ERRCODE_INVALID_PARAMETER_VALUE, format!("record_prediction: {e}")).raise());
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

    let id = keep_ids_ahead("ml_predictions").and_then(|()| {
        connect_mut(|client| {
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
            let stored = client.update(UPSERT, None, &args)?;
            if stored.is_empty() {
                return Ok(None);
            }
            stored.first().get_one::<i32>()
        })
    });
    match id {
        Ok(Some(id)) => id,
        // Only a rule or a trigger of the user's own can swallow the row.
        Ok(None) => error(ERRCODE_NO_DATA_FOUND, "record_prediction: the row was not stored").raise(),
        Err(e) => error(ERRCODE_INTERNAL_ERROR, format!("record_prediction: {e}")).raise(),
    }
}

fn given<T>(name: &str, value: Option<T>) -> T {
    value.unwrap_or_else(|| {
        error(
            ERRCODE_NULL_VALUE_NOT_ALLOWED,
            format!("record_prediction: {name} must not be null"),
        )
        .raise()
    })
}
