//! `predict_all`: everybody's predictions with their reasons, into `ml_predictions`.

use super::apply::{Applied, Explained};
use super::comparables::Earlier;
use super::people::People;
use super::stored::Stored;
use super::vectors::{of_everybody, vectors};
use crate::pg::border::connect_mut;
use crate::pg::errors::{error, notice};
use crate::pg::relation::refuse_when_read_only;
use crate::pg::sql_text::{Text, texts_or_nulls};
use crate::prospects::features::functions::{ids_of, year_of};
use crate::prospects::identity::keep_ids_ahead;
use dynasty_models::bound::{Outcome, TIERS, Target};
use dynasty_prospects::features::catalogue::ordinal_of;
use dynasty_prospects::predictions::{MOST_IMPORTANT, Prediction, Record};
use dynasty_prospects::report::comparables::ALIKE;
use dynasty_prospects::report::peers::Peers;
use dynasty_prospects::report::story::{Balance, Card, balance, narrative};
use pgrx::PgSqlErrorCode::*;
use pgrx::prelude::*;
use rust_decimal::prelude::ToPrimitive;
use std::fmt::Write;
use std::time::{Duration, Instant};

/// Rows per statement.
const BATCH: usize = 500;
/// How many comparable prospects are named.
const COMPARABLES: usize = 5;

/// Only rows that are new or changed are written. Arrays of texts come as one text each: an array of arrays must be square.
const UPSERT: &str = "
    WITH written AS (
        INSERT INTO dynasty.ml_predictions AS p (
            prospect_id, model_version, prediction_date, success_probability, predicted_class, confidence_level, prob_star,
            prob_solid, prob_marginal, prob_failed, feature_importance, shap_values, prediction_narrative, key_strengths,
            key_concerns, comparable_players, as_of_year, margin, base_value)
        SELECT u.id, $1, $2, u.success::numeric(4,3), u.class, u.confidence, u.star::numeric(4,3), u.solid::numeric(4,3),
               u.marginal::numeric(4,3), u.failed::numeric(4,3), u.importance::jsonb, u.shap::jsonb, u.narrative,
               string_to_array(u.strengths, E'\\x1f'), string_to_array(u.concerns, E'\\x1f'),
               string_to_array(u.comparables, E'\\x1f'), $3, u.margin, $4
        FROM unnest($5::integer[], $6::float8[], $7::boolean[], $8::text[], $9::float8[], $10::float8[], $11::float8[],
                    $12::float8[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], $18::text[], $19::float8[])
             AS u (id, success, class, confidence, star, solid, marginal, failed, importance, shap, narrative, strengths,
                   concerns, comparables, margin)
        ORDER BY u.id
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
            comparable_players = excluded.comparable_players,
            as_of_year = excluded.as_of_year,
            margin = excluded.margin,
            base_value = excluded.base_value
        WHERE ROW(p.success_probability, p.predicted_class, p.confidence_level, p.prob_star, p.prob_solid, p.prob_marginal,
                  p.prob_failed, p.feature_importance, p.shap_values, p.prediction_narrative, p.key_strengths, p.key_concerns,
                  p.comparable_players, p.as_of_year, p.margin, p.base_value)
              IS DISTINCT FROM
              ROW(excluded.success_probability, excluded.predicted_class, excluded.confidence_level, excluded.prob_star,
                  excluded.prob_solid, excluded.prob_marginal, excluded.prob_failed, excluded.feature_importance,
                  excluded.shap_values, excluded.prediction_narrative, excluded.key_strengths, excluded.key_concerns,
                  excluded.comparable_players, excluded.as_of_year, excluded.margin, excluded.base_value)
        RETURNING 1)
    SELECT count(*) FROM written";

/// Columns of a batch.
#[derive(Default)]
struct Batch {
    id: Vec<i32>,
    success: Vec<Option<f64>>,
    class: Vec<Option<bool>>,
    confidence: Vec<Option<&'static str>>,
    tiers: [Vec<Option<f64>>; 4],
    importance: Vec<Option<String>>,
    shap: Vec<Option<String>>,
    narrative: Vec<Option<String>>,
    strengths: Vec<Option<String>>,
    concerns: Vec<Option<String>>,
    comparables: Vec<Option<String>>,
    margin: Vec<f64>,
}

/// What all rows share: the key and the base value.
struct Destination<'a> {
    model: &'a str,
    date: Date,
    year: i32,
    base: Option<f64>,
}

impl Batch {
    fn store(self, to: &Destination<'_>) -> i64 {
        let [star, solid, marginal, failed] = self.tiers;
        let stored = connect_mut(|client| {
            let args = [
                Text::from(to.model).into(),
                to.date.into(),
                to.year.into(),
                to.base.into(),
                self.id.into(),
                self.success.into(),
                self.class.into(),
                self.confidence.into(),
                star.into(),
                solid.into(),
                marginal.into(),
                failed.into(),
                texts_or_nulls(self.importance).into(),
                texts_or_nulls(self.shap).into(),
                texts_or_nulls(self.narrative).into(),
                texts_or_nulls(self.strengths).into(),
                texts_or_nulls(self.concerns).into(),
                texts_or_nulls(self.comparables).into(),
                self.margin.into(),
            ];
            client.update(UPSERT, None, &args)?.first().get_one::<i64>()
        });
        match stored {
            Ok(written) => written.unwrap_or(0),
            Err(e) => error(ERRCODE_INTERNAL_ERROR, format!("predict_all: {e}")).raise(),
        }
    }

    fn push(&mut self, id: i32, outcome: &Outcome, threshold: f64) {
        let tiers = outcome.tiers.map_or([None; 4], |tiers| tiers.map(Some));
        let record = Record::of(&Prediction {
            success_probability: outcome.success,
            prob_star: tiers[0],
            prob_solid: tiers[1],
            prob_marginal: tiers[2],
            prob_failed: tiers[3],
            shap_values: None,
            threshold,
        })
        .unwrap_or_else(|e| refuse(e.to_string()));
        self.id.push(id);
        self.success.push(record.success_probability.and_then(|p| p.to_f64()));
        self.class.push(record.predicted_class);
        self.confidence.push(record.confidence_level.map(|level| level.name()));
        let stored = [
            record.prob_star,
            record.prob_solid,
            record.prob_marginal,
            record.prob_failed,
        ];
        for (column, value) in self.tiers.iter_mut().zip(stored) {
            column.push(value.and_then(|p| p.to_f64()));
        }
        self.margin.push(outcome.explained);
    }

    fn push_reasons(&mut self, reasons: Option<Reasons>) {
        let r = reasons.unwrap_or_default();
        self.importance.push(r.importance);
        self.shap.push(r.shap);
        self.narrative.push(r.narrative);
        self.strengths.push(r.strengths);
        self.concerns.push(r.concerns);
        self.comparables.push(r.comparables);
    }
}

/// The texts of a row.
#[derive(Default)]
struct Reasons {
    importance: Option<String>,
    shap: Option<String>,
    narrative: Option<String>,
    strengths: Option<String>,
    concerns: Option<String>,
    comparables: Option<String>,
}

fn refuse(why: impl std::fmt::Display) -> ! {
    error(ERRCODE_INVALID_PARAMETER_VALUE, format!("predict_all: {why}")).raise()
}

/// Predicts everybody, or those named, and returns how many rows were new or changed.
#[pg_extern(sql = false)]
fn predict_all(
    model: Option<Text>,
    as_of_year: Option<i32>,
    prediction_date: Option<Date>,
    prospect_ids: Option<Vec<Option<i32>>>,
    explain: Option<bool>,
    threshold: Option<f64>,
) -> i64 {
    refuse_when_read_only(c"dynasty.predict_all()");
    let (Some(model), Some(year)) = (model, year_of(as_of_year)) else {
        return 0;
    };
    let date = given("prediction_date", prediction_date);
    let (explain, threshold) = (given("explain", explain), given("threshold", threshold));
    if !(0.0..=1.0).contains(&threshold) {
        refuse(format!("threshold must be between 0 and 1, not {threshold}"));
    }
    let stored = Stored::find_and_hold(&model);
    if stored.source.is_none() {
        super::apply::no_feature_set(&stored);
    }
    if stored.bound.target() == Target::Value {
        error(
            ERRCODE_INVALID_PARAMETER_VALUE,
            format!("predict_all: model \"{}\" predicts no probability", stored.name),
        )
        .hint("dynasty.predict_matrix() returns what it predicts; a calibration on the margin makes it a probability.")
        .raise();
    }
    let ids = ids_of(prospect_ids);
    let base = stored.bound.base();
    let target = Destination {
        model: &stored.name,
        date,
        year,
        base: base.is_finite().then_some(base),
    };
    // Whoever may not write hears it now. And other years of this day are about to be replaced: that may be a mistake.
    Batch::default().store(&target);
    say_replaced(&target, ids.is_some());
    if let Err(e) = keep_ids_ahead("ml_predictions") {
        error(ERRCODE_INTERNAL_ERROR, format!("predict_all: {e}")).raise();
    }
    let matrix = if explain {
        of_everybody(year)
    } else {
        vectors(year, ids.as_ref(), None)
    };
    let mut applied = Applied::new(&stored);
    let mut writer = explain.then(|| Writer::new(&stored, &matrix, year));
    let mut progress = Progress::new(ids.as_ref().map_or(matrix.ids().len(), |ids| ids.len()));
    let mut written = 0;
    let everybody = matrix.ids().iter().copied().enumerate();
    let asked: Vec<(usize, i32)> = everybody
        .filter(|(_, id)| ids.as_ref().is_none_or(|ids| ids.contains(id)))
        .collect();
    for asked in asked.chunks(BATCH) {
        let rows: Vec<&[f64]> = asked.iter().map(|&(place, _)| matrix.row(place)).collect();
        let outcomes = applied.outcomes(&rows);
        let mut batch = Batch::default();
        for ((&(_, id), vector), outcome) in asked.iter().zip(rows).zip(outcomes) {
            batch.push(id, &outcome, threshold);
            let reasons = writer.as_mut().map(|writer| {
                crate::pg::memory::checkpoint();
                applied.take(vector);
                let explained = applied.explained(&outcome, None);
                writer.reasons(id, vector, &outcome, &explained)
            });
            batch.push_reasons(reasons);
        }
        written += batch.store(&target);
        progress.say(asked.len(), written);
    }
    written
}

fn given<T>(name: &str, value: Option<T>) -> T {
    value.unwrap_or_else(|| {
        error(
            ERRCODE_NULL_VALUE_NOT_ALLOWED,
            format!("predict_all: {name} must not be null"),
        )
        .raise()
    })
}

/// Says when predictions of the same day are as of another year.
fn say_replaced(target: &Destination<'_>, some: bool) {
    let args = [Text::from(target.model).into(), target.date.into(), target.year.into()];
    let other = Spi::get_one_with_args::<i32>(
        "SELECT max(p.as_of_year) FROM dynasty.ml_predictions p
         WHERE p.model_version = $1 AND p.prediction_date = $2 AND p.as_of_year <> $3",
        &args,
    );
    if let (Ok(Some(other)), false) = (other, some) {
        notice(format!(
            "predict_all: predictions of \"{}\" as of {other} made on {} are replaced; give prediction_date to keep both",
            target.model, target.date
        ));
    }
}

/// Says how far it is, at most once a second.
struct Progress {
    total: usize,
    done: usize,
    begun: Instant,
    said: Instant,
}

impl Progress {
    fn new(total: usize) -> Progress {
        let now = Instant::now();
        Progress {
            total,
            done: 0,
            begun: now,
            said: now,
        }
    }

    fn say(&mut self, more: usize, written: i64) {
        self.done += more;
        if self.said.elapsed() >= Duration::from_secs(1) {
            self.said = Instant::now();
            let rate = self.done as f64 / self.begun.elapsed().as_secs_f64();
            notice!(
                "predict_all: {} of {} prospects ({} %), {rate:.0} a second, {written} written",
                self.done,
                self.total,
                100 * self.done / self.total.max(1)
            );
        }
    }
}

/// Writes reasons.
struct Writer<'a> {
    stored: &'a Stored,
    year: i32,
    peers: Peers<'a>,
    people: People,
    earlier: Earlier,
    unknown: Option<f64>,
    /// The features as keys of JSON, with their colons.
    keys: Vec<String>,
    /// How features of equal size are ordered: by ordinal of the catalogue, then by name.
    ties: Vec<(usize, String)>,
}

impl<'a> Writer<'a> {
    fn new(stored: &'a Stored, matrix: &'a dynasty_prospects::report::matrix::Matrix, year: i32) -> Writer<'a> {
        let names = stored.bound.model().feature_names();
        Writer {
            stored,
            year,
            peers: Peers::of(matrix),
            people: People::all(),
            earlier: Earlier::read(year, None),
            unknown: stored.bound.base_success(),
            keys: names
                .iter()
                .map(|name| format!("{}: ", serde_json::Value::from(name.as_str())))
                .collect(),
            ties: names
                .iter()
                .map(|name| (ordinal_of(name).unwrap_or(usize::MAX), name.clone()))
                .collect(),
        }
    }

    fn reasons(&mut self, id: i32, vector: &[f64], outcome: &Outcome, explained: &Explained) -> Reasons {
        let phi = &explained.contributions;
        let names = self.stored.bound.model().feature_names();
        let balance = balance(&self.peers, vector, names, phi);
        let near = self.earlier.nearest(id, self.year, vector, COMPARABLES);
        let is_alike = near.first().is_some_and(|near| near.distance <= ALIKE);
        let near: Vec<String> = near.iter().map(|near| self.earlier.text(near, &self.people)).collect();
        let likeliest = outcome.tiers.and_then(|tiers| {
            let best = (0..TIERS.len()).max_by(|&a, &b| tiers[a].total_cmp(&tiers[b]))?;
            Some((TIERS[best], tiers[best]))
        });
        let name = self.people.name(id);
        let card = Card {
            name: &name,
            position: self.people.position(id),
            row: vector,
            year: self.year,
            success: outcome.success,
            unknown: self.unknown,
            tier: likeliest,
            value: None,
            nearest: near.first().filter(|_| is_alike).map(String::as_str),
        };
        let narrative = narrative(&card, &balance);
        let Balance { strengths, concerns } = balance;
        Reasons {
            importance: Some(self.importance(phi)),
            shap: Some(self.shap(phi)),
            narrative: Some(narrative),
            strengths: joined(strengths),
            concerns: joined(concerns),
            comparables: joined(near),
        }
    }

    fn shap(&self, phi: &[f64]) -> String {
        let mut text = String::with_capacity(48 * phi.len());
        for (i, (key, value)) in self.keys.iter().zip(phi).enumerate() {
            text.push_str(if i == 0 { "{" } else { ", " });
            text.push_str(key);
            push_number(&mut text, *value);
        }
        text.push_str(if phi.is_empty() { "{}" } else { "}" });
        text
    }

    fn importance(&self, phi: &[f64]) -> String {
        let mut order: Vec<usize> = (0..phi.len()).collect();
        order.sort_by(|&a, &b| {
            let by_size = phi[b].abs().total_cmp(&phi[a].abs());
            by_size.then_with(|| self.ties[a].cmp(&self.ties[b]))
        });
        let mut text = String::from("[");
        for (i, &at) in order.iter().take(MOST_IMPORTANT).enumerate() {
            let comma = if i == 0 { "" } else { ", " };
            let key = self.keys[at].trim_end_matches(": ");
            // Writing into a String does not fail.
            let _ = write!(text, "{comma}{{\"feature\": {key}, \"value\": ");
            push_number(&mut text, phi[at]);
            text.push('}');
        }
        text.push(']');
        text
    }
}

/// The shortest decimal that reads back to the same number.
fn push_number(text: &mut String, value: f64) {
    let mut room = ryu::Buffer::new();
    text.push_str(room.format_finite(value + 0.0));
}

/// One text of several; no text of none.
fn joined(texts: Vec<String>) -> Option<String> {
    (!texts.is_empty()).then(|| texts.join("\x1f"))
}
