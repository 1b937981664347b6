//! What an ingest function answers.

use crate::pg::allocator::give_back;
use crate::pg::jsonb::JsonbReport;
use dynasty_core::ingest::Reject;
use pgrx::prelude::*;
use serde_json::Value;

/// How many rejects are listed; all are counted. A list of all of a large payload's would be larger than the payload.
const LISTED: usize = 10_000;

/// A load of so many elements gives its memory back to the system; a small one has taken too little for that to matter.
const GIVE_BACK_FROM: i64 = 2_000;

/// The counts; `received` is their sum by construction.
#[derive(Default)]
pub struct Report {
    pub inserted: i64,
    pub updated: i64,
    pub unchanged: i64,
    rejected: i64,
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
        let mut report = Report::default();
        rejects.into_iter().for_each(|reject| report.reject(reject));
        report
    }

    pub fn reject(&mut self, reject: Reject) {
        self.rejected += 1;
        self.rejects.push(reject);
        // Those that stand first in the payload are kept, in whatever order they come.
        if self.rejects.len() >= 2 * LISTED {
            self.keep_first();
        }
    }

    fn keep_first(&mut self) {
        self.rejects.sort_by_key(|r| r.index);
        self.rejects.truncate(LISTED);
    }

    pub fn answer(mut self) -> Answer {
        if self.inserted + self.updated + self.unchanged + self.rejected > GIVE_BACK_FROM {
            give_back();
        }
        self.keep_first();
        let received = self.inserted + self.updated + self.unchanged + self.rejected;
        // Text and numbers only, so this cannot fail; an empty list is the honest fallback for a type that says it could.
        let rejects = serde_json::to_value(&self.rejects).unwrap_or(Value::Array(Vec::new()));
        TableIterator::once((
            received,
            self.inserted,
            self.updated,
            self.unchanged,
            self.rejected,
            JsonbReport(rejects),
        ))
    }
}
