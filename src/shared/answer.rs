//! What a function that loads a payload answers: one row of counts, and what was not taken.

use crate::pg::allocator::give_back;
use crate::pg::jsonb::JsonbReport;
use dynasty_intake::reject::{Reject, Rejects};
use pgrx::prelude::*;
use serde_json::Value;

/// A load of so many elements gives its memory back to the system; a small one has taken too little for that to matter.
const GIVE_BACK_FROM: i64 = 2_000;

/// The counts; `received` is their sum by construction.
#[derive(Default)]
pub struct Report {
    /// Rows that are new.
    pub inserted: i64,
    /// Rows that have changed.
    pub updated: i64,
    /// Rows that were there as they are.
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
    /// With what was rejected while the payload was read.
    pub fn new(rejects: Rejects) -> Report {
        Report {
            rejects,
            ..Report::default()
        }
    }

    /// Takes one more element that became no row.
    pub fn reject(&mut self, reject: Reject) {
        self.rejects.push(reject);
    }

    /// Takes what became of one row of so many lines: each counts. Where the row is new, one line made it and the others changed it.
    pub fn take_lines(&mut self, row: Report, lines: u32) {
        let more = i64::from(lines) - 1;
        self.inserted += row.inserted;
        self.updated += row.updated;
        self.unchanged += row.unchanged;
        if row.inserted + row.updated > 0 {
            self.updated += more;
        } else if row.unchanged > 0 {
            self.unchanged += more;
        }
        for reject in row.rejects {
            self.reject_lines(lines, reject);
        }
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

    /// The row.
    pub fn answer(self) -> Answer {
        TableIterator::once(self.columns())
    }

    /// The row, with how many were removed.
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

/// Declares a SQL function that answers so. pgrx reads a signature as text and sees through no alias, so the columns are written out,
/// here and in [`Answer`] only.
macro_rules! loader {
    ($(#[$meta:meta])* fn $name:ident($($arguments:tt)*) { $($body:tt)* }) => {
        $(#[$meta])*
        #[pg_extern(sql = false)]
        fn $name($($arguments)*) -> TableIterator<
            'static,
            (
                name!(received, i64),
                name!(inserted, i64),
                name!(updated, i64),
                name!(unchanged, i64),
                name!(rejected, i64),
                name!(rejects, $crate::pg::jsonb::JsonbReport),
            ),
        > {
            $($body)*
        }
    };
}
pub(crate) use loader;
