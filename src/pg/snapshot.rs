//! What a piece of work sees: snapshots taken for it, and the running transaction.

use pgrx::pg_sys;

/// Runs `work` under a snapshot taken now, in which the transaction's own changes up to here are seen. (Under
/// REPEATABLE READ and SERIALIZABLE it is the transaction's one snapshot.)
pub fn with_fresh_snapshot<R>(work: impl FnOnce() -> R) -> R {
    // SAFETY: pushed and popped in pairs; after an error the transaction's abort pops it.
    unsafe {
        pg_sys::PushCopiedSnapshot(pg_sys::GetTransactionSnapshot());
        pg_sys::UpdateActiveSnapshotCommandId();
        let result = work();
        pg_sys::PopActiveSnapshot();
        result
    }
}

/// Runs `work` under a snapshot of what is committed now, whatever the transaction's isolation: for work on a table that
/// is locked, which must see what earlier snapshots do not.
pub fn with_latest_snapshot<R>(work: impl FnOnce() -> R) -> R {
    // SAFETY: as above.
    unsafe {
        pg_sys::PushCopiedSnapshot(pg_sys::GetLatestSnapshot());
        pg_sys::UpdateActiveSnapshotCommandId();
        let result = work();
        pg_sys::PopActiveSnapshot();
        result
    }
}

/// Runs `work` on tables that are locked already, so that a TRUNCATE the lock waited for is seen in all of them: under READ
/// COMMITTED with a snapshot of its own, otherwise (and in a parallel worker) with the one that is there.
pub fn with_snapshot_after_locking<R>(work: impl FnOnce() -> R) -> R {
    // SAFETY: reads the state of the transaction.
    let keep = unsafe { pg_sys::XactIsoLevel >= pg_sys::XACT_REPEATABLE_READ as i32 || pg_sys::IsInParallelMode() };
    if keep { work() } else { with_latest_snapshot(work) }
}

/// The number of the transaction (not of a subtransaction in it).
pub fn top_transaction() -> u32 {
    // SAFETY: assigns a number if there is none yet, which a writer needs anyway.
    unsafe { pg_sys::GetTopTransactionId() }.into_inner()
}

/// Makes the changes of the running statement visible to what follows in the transaction.
pub fn make_changes_visible() {
    // SAFETY: as every SPI command does.
    unsafe { pg_sys::CommandCounterIncrement() }
}
