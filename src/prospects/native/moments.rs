//! When what was there ceased to be served: the moments that `known_at` goes by.
//!
//! Other sessions are served the old row until the transaction that replaced it commits, which no statement can know of. So a
//! row of a history carries the clock of its statement and a number of its transaction, and just before the commit one row of
//! `dynasty.history_transactions` says when that was. The same row says it of inserted rows, whose `created_at` is the start
//! of the transaction. Between noting and the commit itself lies the flush of the log: some milliseconds that nobody can tell.

use crate::pg::journal::Journal;
use crate::prospects::tables::HISTORY_TRANSACTIONS;
use dynasty_numbers::fingerprint::fingerprint;
use pgrx::{PgXactCallbackEvent, pg_sys, register_xact_callback};
use std::cell::Cell;

const COLUMNS: [pg_sys::Oid; 3] = [pg_sys::INT8OID, pg_sys::TIMESTAMPTZOID, pg_sys::TIMESTAMPTZOID];

/// A transaction that has only added rows is noted when it took longer than this (microseconds): a short one is not worth a
/// row, which every single game would bring.
const SHORT: i64 = 10_000;

/// Where a change stands in time.
#[derive(Clone, Copy)]
pub struct Moment {
    /// The clock (a timestamptz).
    pub superseded_at: i64,
    /// A number of the transaction that no other has, in another cluster either: histories travel in dumps.
    pub transaction: i64,
    /// The command whose trigger runs. Triggers of a statement inside another one run first, though it came later.
    pub command: i32,
}

/// What is to be noted when the running transaction commits.
#[derive(Clone, Copy, Default)]
struct Pending {
    /// Its number, 0 for none.
    transaction: u64,
    replaced: bool,
}

thread_local! {
    static PENDING: Cell<Pending> = const { Cell::new(Pending { transaction: 0, replaced: false }) };
}

/// The statement whose AFTER trigger runs.
#[derive(Clone, Copy)]
pub struct Statement {
    command: u32,
}

impl Statement {
    /// To be asked for before the trigger takes a snapshot of its own: the active one is the statement's.
    pub fn running() -> Statement {
        // SAFETY: reads the active snapshot, if there is one.
        let command = unsafe {
            match pg_sys::ActiveSnapshotSet() {
                true => (*pg_sys::GetActiveSnapshot()).curcid,
                false => 0,
            }
        };
        Statement { command }
    }

    /// Its moment; from now on the transaction is one that replaces rows.
    pub fn moment(self) -> Moment {
        if note_at_commit(true) {
            // Taken now: waiting for it is the statement's matter, not the commit's.
            drop(Journal::open_bare(HISTORY_TRANSACTIONS, &COLUMNS));
        }
        Moment {
            // SAFETY: reads the clock.
            superseded_at: unsafe { pg_sys::GetCurrentTimestamp() },
            transaction: number(),
            command: self.command as i32,
        }
    }
}

/// Notes that the running transaction adds rows, which others see only from its commit.
pub fn of_added_rows() {
    note_at_commit(false);
}

fn full_transaction() -> u64 {
    // SAFETY: assigns a number to the transaction if it has none yet, which a writer needs anyway.
    unsafe { pg_sys::GetTopFullTransactionId() }.value
}

fn started_at() -> i64 {
    // SAFETY: reads the state of the transaction.
    unsafe { pg_sys::GetCurrentTransactionStartTimestamp() }
}

fn number() -> i64 {
    fingerprint(&(full_transaction(), started_at())) as i64
}

/// Whether the transaction becomes one that replaces rows.
fn note_at_commit(replaced: bool) -> bool {
    let transaction = full_transaction();
    let mut pending = PENDING.get();
    if pending.transaction != transaction {
        pending = Pending {
            transaction,
            replaced: false,
        };
        register_xact_callback(PgXactCallbackEvent::PreCommit, note);
        register_xact_callback(PgXactCallbackEvent::PrePrepare, note);
    }
    let becomes = replaced && !pending.replaced;
    pending.replaced |= replaced;
    PENDING.set(pending);
    becomes
}

fn note() {
    let pending = PENDING.take();
    // SAFETY: reads the state of the transaction. (After PREPARE what was left for COMMIT comes with the next transaction,
    // which need not have a number and must not get one.)
    let running = unsafe { pg_sys::GetTopFullTransactionIdIfAny() }.value;
    if pending.transaction == 0 || pending.transaction != running {
        return;
    }
    // SAFETY: reads the clock.
    let (start, now) = (started_at(), unsafe { pg_sys::GetCurrentTimestamp() });
    if !pending.replaced && now - start < SHORT {
        return;
    }
    if let Some(mut journal) = Journal::open_bare(HISTORY_TRANSACTIONS, &COLUMNS) {
        let values = [
            pg_sys::Datum::from(number()),
            pg_sys::Datum::from(start),
            pg_sys::Datum::from(now),
        ];
        // SAFETY: values of [`COLUMNS`].
        unsafe { journal.add(&values, &[false; 3]) };
    }
}
