//! Finding a season line, waiting for who is at work on it, and locking its newest version.

use super::super::own_lines;
use super::super::stored_lines::LineKey;
use super::SeasonStore;
use crate::pg::errors::error;
use crate::prospects::tables::SEASON_STATS;
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;

impl SeasonStore {
    /// Finds the line, waits for transactions that are changing it and locks its newest version.
    ///
    /// # Safety
    /// As [`Self::write`].
    pub(super) unsafe fn find_and_lock(&mut self, key: LineKey) -> bool {
        if let Some(place) = own_lines::place_of(self.writer.table().file(), key)
            // SAFETY: the caller's promise.
            && unsafe { self.lock_own(key, place) }
        {
            return true;
        }
        // SAFETY: keys have the types of the unique index; the dirty snapshot reports who is at work on the row.
        unsafe {
            let mut keys = [pg_sys::ScanKeyData::default(); 3];
            let values = self.key_datums(key);
            let equals = [pg_sys::F_INT4EQ, pg_sys::F_INT4EQ, pg_sys::F_TEXTEQ];
            for i in 0..3 {
                pg_sys::ScanKeyEntryInitialize(
                    &mut keys[i],
                    0,
                    i as i16 + 1,
                    pg_sys::BTEqualStrategyNumber as u16,
                    pg_sys::InvalidOid,
                    *(*self.unique_index).rd_indcollation.add(i),
                    pg_sys::Oid::from(equals[i]),
                    values[i],
                );
            }
            loop {
                pg_sys::ExecClearTuple(self.found.raw());
                // Not in the memory of this line: the scan notes there which index entries turned out dead.
                let per_line = pg_sys::MemoryContextSwitchTo(self.home);
                pg_sys::index_rescan(self.scan, keys.as_mut_ptr(), 3, std::ptr::null_mut(), 0);
                let forward = pg_sys::ScanDirection::ForwardScanDirection;
                let there = pg_sys::index_getnext_slot(self.scan, forward, self.found.raw());
                pg_sys::MemoryContextSwitchTo(per_line);
                if !there {
                    self.refuse_vanished();
                    return false;
                }
                let dirty = (*self.scan).xs_snapshot;
                let busy = if (*dirty).xmin != pg_sys::InvalidTransactionId {
                    (*dirty).xmin
                } else {
                    (*dirty).xmax
                };
                if busy != pg_sys::InvalidTransactionId {
                    pg_sys::ExecClearTuple(self.found.raw());
                    let (no_table, no_row) = (std::ptr::null_mut(), std::ptr::null_mut());
                    pg_sys::XactLockTableWait(busy, no_table, no_row, pg_sys::XLTW_Oper::XLTW_None);
                    continue;
                }
                let mut failure = pg_sys::TM_FailureData::default();
                let mut tid = (*self.found.raw()).tts_tid;
                let result = pg_sys::table_tuple_lock(
                    self.writer.table().raw(),
                    &mut tid,
                    pg_sys::GetLatestSnapshot(),
                    self.found.raw(),
                    pg_sys::GetCurrentCommandId(false),
                    pg_sys::LockTupleMode::LockTupleNoKeyExclusive,
                    pg_sys::LockWaitPolicy::LockWaitBlock,
                    0,
                    &mut failure,
                );
                match result {
                    pg_sys::TM_Result::TM_Ok => {
                        self.refuse_later_version();
                        return true;
                    }
                    // Somebody was faster between the index look-up and the lock: look again.
                    pg_sys::TM_Result::TM_Updated | pg_sys::TM_Result::TM_Deleted => {
                        pg_sys::check_for_interrupts!();
                    }
                    other => error(
                        ERRCODE_INTERNAL_ERROR,
                        format!("unexpected result {other} of a row lock"),
                    )
                    .raise(),
                }
            }
        }
    }

    /// Locks the line where this transaction wrote it, if it still stands there.
    ///
    /// # Safety
    /// As [`Self::write`].
    unsafe fn lock_own(&mut self, key: LineKey, mut place: pg_sys::ItemPointerData) -> bool {
        // SAFETY: the place is in the table's present file, and within it: a savepoint that was rolled back gave up its lock, so that
        // VACUUM may have cut the file since, but it is not cut while the writer holds it open. The server looks whether a row is
        // there, and the key whether it is this one.
        unsafe {
            let blocks =
                pg_sys::RelationGetNumberOfBlocksInFork(self.writer.table().raw(), pg_sys::ForkNumber::MAIN_FORKNUM);
            if pgrx::itemptr::item_pointer_get_block_number_no_check(place) >= blocks {
                return false;
            }
            let mut own = pg_sys::SnapshotData {
                snapshot_type: pg_sys::SnapshotType::SNAPSHOT_SELF,
                ..Default::default()
            };
            pg_sys::ExecClearTuple(self.found.raw());
            let (rel, slot) = (self.writer.table().raw(), self.found.raw());
            if !pg_sys::table_tuple_fetch_row_version(rel, &mut place, &mut own, slot)
                || !self.columns.has_key(slot, key)
            {
                pg_sys::ExecClearTuple(slot);
                return false;
            }
            let mut failure = pg_sys::TM_FailureData::default();
            let result = pg_sys::table_tuple_lock(
                rel,
                &mut place,
                pg_sys::GetLatestSnapshot(),
                slot,
                pg_sys::GetCurrentCommandId(false),
                pg_sys::LockTupleMode::LockTupleNoKeyExclusive,
                pg_sys::LockWaitPolicy::LockWaitBlock,
                0,
                &mut failure,
            );
            if result != pg_sys::TM_Result::TM_Ok {
                pg_sys::ExecClearTuple(slot);
                return false;
            }
            self.refuse_later_version();
            true
        }
    }

    /// Under REPEATABLE READ and SERIALIZABLE a line that was changed since the snapshot must not be built upon.
    ///
    /// # Safety
    /// `found` must hold a locked row.
    unsafe fn refuse_later_version(&self) {
        // SAFETY: the caller's promise; the snapshot is the transaction's own.
        unsafe {
            if pg_sys::XactIsoLevel < pg_sys::XACT_REPEATABLE_READ as i32 {
                return;
            }
            let snapshot = pg_sys::GetActiveSnapshot();
            if !pg_sys::table_tuple_satisfies_snapshot(self.writer.table().raw(), self.found.raw(), snapshot) {
                changed_meanwhile();
            }
        }
    }

    /// Under REPEATABLE READ and SERIALIZABLE a line that is no more, but was there for the snapshot, went with games that the
    /// transaction still sees.
    ///
    /// # Safety
    /// The scan must just have found no row.
    unsafe fn refuse_vanished(&mut self) {
        // SAFETY: the scan is looked through again with the same keys and another snapshot, and put back.
        unsafe {
            if pg_sys::XactIsoLevel < pg_sys::XACT_REPEATABLE_READ as i32 {
                return;
            }
            let per_line = pg_sys::MemoryContextSwitchTo(self.home);
            let dirty = std::mem::replace(&mut (*self.scan).xs_snapshot, pg_sys::GetActiveSnapshot());
            pg_sys::index_rescan(self.scan, std::ptr::null_mut(), 0, std::ptr::null_mut(), 0);
            let forward = pg_sys::ScanDirection::ForwardScanDirection;
            let was_there = pg_sys::index_getnext_slot(self.scan, forward, self.found.raw());
            (*self.scan).xs_snapshot = dirty;
            pg_sys::ExecClearTuple(self.found.raw());
            pg_sys::MemoryContextSwitchTo(per_line);
            if was_there {
                changed_meanwhile();
            }
        }
    }
}

fn changed_meanwhile() -> ! {
    error(
        ERRCODE_T_R_SERIALIZATION_FAILURE,
        "could not serialize access due to concurrent update",
    )
    .detail(format!(
        "A season line of {SEASON_STATS} was changed by another transaction."
    ))
    .hint("Run the transaction again.")
    .raise()
}
