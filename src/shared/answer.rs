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

    /// The row.
    pub fn answer(self) -> Answer {
        let rejected = self.rejects.count() as i64;
        let received = self.inserted + self.updated + self.unchanged + rejected;
        if received > GIVE_BACK_FROM {
            give_back();
        }
        // Text and numbers only, so this cannot fail; an empty list is the honest fallback for a type that says it could.
        let rejects = serde_json::to_value(self.rejects.into_listed()).unwrap_or(Value::Array(Vec::new()));
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
