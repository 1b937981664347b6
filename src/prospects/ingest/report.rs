//! What an ingest function answers.

use crate::pg::allocator::give_back;
use crate::pg::jsonb::JsonbReport;
use dynasty_prospects::api::{Reject, Rejects};
use pgrx::prelude::*;
use serde_json::Value;

/// A load of so many elements gives its memory back to the system; a small one has taken too little for that to matter.
const GIVE_BACK_FROM: i64 = 2_000;

/// The counts; `received` is their sum by construction.
#[derive(Default)]
pub struct Report {
    pub inserted: i64,
    pub updated: i64,
    pub unchanged: i64,
    rejects: Rejects,
}

/// The one row of the answer of a load that removes, too.
pub type AnswerWithRemoved = TableIterator<
    'static,
    (
        name!(received, i64),
        name!(inserted, i64),
        name!(updated, i64),
        name!(unchanged, i64),
        name!(rejected, i64),
        name!(rejects, JsonbReport),
        name!(removed, i64),
    ),
>;

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
    pub fn new(rejects: Rejects) -> Report {
        Report {
            rejects,
            ..Report::default()
        }
    }

    pub fn reject(&mut self, reject: Reject) {
        self.rejects.push(reject);
    }

    /// Rejects a row of so many lines: each counts.
    pub fn reject_lines(&mut self, lines: u32, reject: Reject) {
        for _ in 1..lines {
            self.rejects.push(reject.clone());
        }
        self.rejects.push(reject);
    }

    /// What was rejected so far.
    pub fn rejects(&self) -> &Rejects {
        &self.rejects
    }

    pub fn answer(self) -> Answer {
        TableIterator::once(self.columns())
    }

    pub fn answer_with(self, removed: i64) -> AnswerWithRemoved {
        let (received, inserted, updated, unchanged, rejected, rejects) = self.columns();
        TableIterator::once((received, inserted, updated, unchanged, rejected, rejects, removed))
    }

    fn columns(self) -> (i64, i64, i64, i64, i64, JsonbReport) {
        let rejected = self.rejects.count() as i64;
        let received = self.inserted + self.updated + self.unchanged + rejected;
        if received > GIVE_BACK_FROM {
            give_back();
        }
        // Text and numbers only, so this cannot fail; an empty list is the honest fallback for a type that says it could.
        let rejects = serde_json::to_value(self.rejects.into_listed()).unwrap_or(Value::Array(Vec::new()));
        (
            received,
            self.inserted,
            self.updated,
            self.unchanged,
            rejected,
            JsonbReport(rejects),
        )
    }
}
