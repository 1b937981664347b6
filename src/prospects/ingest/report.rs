//! What an ingest function answers.

use crate::pg::jsonb::JsonbReport;
use dynasty_core::ingest::Reject;
use pgrx::prelude::*;
use serde_json::Value;

/// The counts; `received` is their sum by construction.
#[derive(Default)]
pub struct Report {
    pub inserted: i64,
    pub updated: i64,
    pub unchanged: i64,
    rejects: Vec<Reject>,
}

/// The one row of the answer.
pub type Answer = TableIterator<
    'static,
    (
        name!(received, i64),
        name!(inserted, i64),
        name!(updated, i64),
        name!(unchanged, i64),
        name!(rejected, i64),
        name!(rejects, JsonbReport),
    ),
>;

impl Report {
    pub fn new(rejects: Vec<Reject>) -> Report {
        Report {
            rejects,
            ..Report::default()
        }
    }

    pub fn reject(&mut self, reject: Reject) {
        self.rejects.push(reject);
    }

    pub fn answer(mut self) -> Answer {
        self.rejects.sort_by_key(|r| r.index);
        let rejected = self.rejects.len() as i64;
        let received = self.inserted + self.updated + self.unchanged + rejected;
        // Text and numbers only, so this cannot fail; an empty list is the honest fallback for a type that says it could.
        let rejects = serde_json::to_value(&self.rejects).unwrap_or(Value::Array(Vec::new()));
        TableIterator::once((
            received,
            self.inserted,
            self.updated,
            self.unchanged,
            rejected,
            JsonbReport(rejects),
        ))
    }
}
