//! Why a model says what it says of somebody, in the texts that `ml_predictions` keeps.

use super::apply::Explained;
use super::batch::{Reasons, SEPARATOR};
use super::comparables::Earlier;
use super::people::People;
use super::stored::Stored;
use dynasty_models::bound::{Outcome, TIERS};
use dynasty_prospects::features::catalogue::ordinal_of;
use dynasty_prospects::predictions::MOST_IMPORTANT;
use dynasty_prospects::report::comparables::ALIKE;
use dynasty_prospects::report::matrix::Matrix;
use dynasty_prospects::report::peers::Peers;
use dynasty_prospects::report::story::{Balance, Card, balance, narrative};
use std::fmt::Write;

/// How many comparable prospects are named.
const COMPARABLES: usize = 5;

/// Writes reasons.
pub struct Writer<'a> {
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
    /// For the prospects of a matrix.
    pub fn new(stored: &'a Stored, matrix: &'a Matrix, year: i32) -> Writer<'a> {
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

    /// Of one of them.
    pub fn reasons(&mut self, id: i32, vector: &[f64], outcome: &Outcome, explained: &Explained) -> Reasons {
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
    (!texts.is_empty()).then(|| texts.join(SEPARATOR))
}
