//! The changes of one row, step by step as nodeModifyTable.c makes them.

use super::Kind::{self, Delete, Insert, Update};
use super::{RowSlot, TableWriter, Written, name_of};
use crate::pg::compat;
use crate::pg::errors::error;
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;

impl TableWriter {
    /// Inserts a row; `values` in the order of the written columns.
    ///
    /// # Safety
    /// The values must be of the written columns' types, and live until the row is written.
    pub unsafe fn insert(&mut self, values: &[pg_sys::Datum], nulls: &[bool]) -> Written {
        let memory = self.row_memory();
        // SAFETY: the writer is here, and writes one row after the other; the rest is the caller's promise.
        unsafe {
            memory.within(|| {
                self.begin(Insert);
                self.insert_row(values, nulls, None)
            })
        }
    }

    /// Inserts a row unless another has its key in the index `arbiter`, whatever transaction made it.
    /// Must run within [`Self::row_memory`].
    ///
    /// # Safety
    /// As for [`Self::insert`].
    pub unsafe fn insert_unless_there(
        &mut self,
        values: &[pg_sys::Datum],
        nulls: &[bool],
        arbiter: pg_sys::Oid,
    ) -> Written {
        if self.begin(Insert) {
            return Written::LookAgain;
        }
        // SAFETY: the caller's promise.
        unsafe { self.insert_row(values, nulls, Some(arbiter)) }
    }

    /// # Safety
    /// As for [`Self::insert`].
    unsafe fn insert_row(&mut self, values: &[pg_sys::Datum], nulls: &[bool], arbiter: Option<pg_sys::Oid>) -> Written {
        // SAFETY: the steps of ExecInsert with slots and relations opened above, in the memory of one row. A speculative
        // insertion is withdrawn when the arbiter finds another row.
        unsafe {
            self.fill(values, nulls, None);
            let (target, slot) = (self.for_insert, self.fresh);
            let rel = self.table.raw();
            let arbiters = arbiter.map_or(std::ptr::null_mut(), |index| {
                pg_sys::lappend_oid(std::ptr::null_mut(), index)
            });
            if arbiter.is_some() && !compat::check_index_constraints(target, slot, self.estate, arbiters) {
                return Written::Conflict;
            }
            let triggers = (*target).ri_TrigDesc;
            if !triggers.is_null() && (*triggers).trig_insert_before_row {
                if !pg_sys::ExecBRInsertTriggers(self.estate, target, slot) {
                    return Written::Skipped;
                }
                self.refuse_changed_key(values, nulls);
            }
            self.check(target);
            self.wrote = true;
            let cid = (*self.estate).es_output_cid;
            let no_bulk = std::ptr::null_mut();
            let mut conflict = false;
            let recheck = if arbiter.is_some() {
                let xid = pg_sys::GetCurrentTransactionId();
                let token = pg_sys::SpeculativeInsertionLockAcquire(xid);
                pg_sys::table_tuple_insert_speculative(rel, slot, cid, 0, no_bulk, token);
                let recheck = compat::insert_index_tuples(target, slot, self.estate, &mut conflict, arbiters);
                pg_sys::table_tuple_complete_speculative(rel, slot, token, !conflict);
                pg_sys::SpeculativeInsertionLockRelease(xid);
                recheck
            } else {
                pg_sys::table_tuple_insert(rel, slot, cid, 0, no_bulk);
                self.insert_index_entries(Insert, false)
            };
            if conflict {
                return Written::Conflict;
            }
            pg_sys::ExecARInsertTriggers(self.estate, target, slot, recheck, self.captures[Insert as usize]);
            Written::Done
        }
    }

    /// Changes the row found, which the caller has locked in its newest version. Must run within
    /// [`Self::row_memory`].
    ///
    /// # Safety
    /// As for [`Self::insert`].
    pub unsafe fn update(&mut self, found: &RowSlot, values: &[pg_sys::Datum], nulls: &[bool]) -> Written {
        if self.begin(Update) {
            return Written::LookAgain;
        }
        // SAFETY: the steps of ExecUpdate.
        unsafe {
            let mut tid = (*found.0).tts_tid;
            self.fill(values, nulls, Some(found));
            let (target, slot) = (self.for_change, self.fresh);
            let triggers = (*target).ri_TrigDesc;
            if !triggers.is_null() && (*triggers).trig_update_before_row {
                let mut epq = self.recheck();
                if !compat::before_row_update_triggers(self.estate, &mut epq, target, &mut tid, slot) {
                    return Written::Skipped;
                }
                self.refuse_changed_key(values, nulls);
            }
            self.check(target);
            self.wrote = true;
            let mut failure = pg_sys::TM_FailureData::default();
            let (result, needs_indexes) =
                compat::update_tuple(self.table.raw(), &mut tid, slot, self.estate, &mut failure);
            self.refuse_unless_ok(result, "updated");
            let recheck = if let Some(only_summarizing) = needs_indexes {
                self.insert_index_entries(Update, only_summarizing)
            } else {
                std::ptr::null_mut()
            };
            let none = std::ptr::null_mut();
            let capture = self.captures[Update as usize];
            pg_sys::ExecARUpdateTriggers(
                self.estate,
                target,
                none,
                none,
                &mut tid,
                std::ptr::null_mut(),
                slot,
                recheck,
                capture,
                false,
            );
            Written::Done
        }
    }

    /// Deletes the row found, as [`Self::update`] changes it.
    pub fn delete(&mut self, found: &RowSlot) -> Written {
        assert!(found.holds_a_row_of(&self.table), "a row to delete");
        if self.begin(Delete) {
            return Written::LookAgain;
        }
        // SAFETY: the steps of ExecDelete.
        unsafe {
            let mut tid = (*found.0).tts_tid;
            let target = self.for_change;
            let triggers = (*target).ri_TrigDesc;
            if !triggers.is_null() && (*triggers).trig_delete_before_row {
                let mut epq = self.recheck();
                if !compat::before_row_delete_triggers(self.estate, &mut epq, target, &mut tid) {
                    return Written::Skipped;
                }
            }
            self.wrote = true;
            let mut failure = pg_sys::TM_FailureData::default();
            let result = pg_sys::table_tuple_delete(
                self.table.raw(),
                &mut tid,
                (*self.estate).es_output_cid,
                (*self.estate).es_snapshot,
                std::ptr::null_mut(),
                true,
                &mut failure,
                false,
            );
            self.refuse_unless_ok(result, "deleted");
            let capture = self.captures[Delete as usize];
            pg_sys::ExecARDeleteTriggers(self.estate, target, &mut tid, std::ptr::null_mut(), capture, false);
            Written::Done
        }
    }

    /// # Safety
    /// The fresh slot's row must just have been written.
    unsafe fn insert_index_entries(&self, of: Kind, only_summarizing: bool) -> *mut pg_sys::List {
        let target = if of == Insert { self.for_insert } else { self.for_change };
        // SAFETY: the caller's promise.
        unsafe {
            if (*target).ri_NumIndices == 0 {
                return std::ptr::null_mut();
            }
            compat::plain_index_tuples(target, self.fresh, self.estate, of == Update, only_summarizing)
        }
    }

    fn refuse_unless_ok(&self, result: pg_sys::TM_Result::Type, done: &str) {
        match result {
            pg_sys::TM_Result::TM_Ok => (),
            // The server's words.
            pg_sys::TM_Result::TM_SelfModified => error(
                ERRCODE_TRIGGERED_DATA_CHANGE_VIOLATION,
                format!("tuple to be {done} was already modified by an operation triggered by the current command"),
            )
            .detail(format!(
                "A trigger of \"{}\" wrote the row that fired it.",
                name_of(&self.table)
            ))
            .hint("Consider using an AFTER trigger instead of a BEFORE trigger to propagate changes to other rows.")
            .raise(),
            _ => error(
                ERRCODE_T_R_SERIALIZATION_FAILURE,
                "could not serialize access due to concurrent update",
            )
            .detail(format!(
                "A row of \"{}\" was changed by another transaction.",
                name_of(&self.table)
            ))
            .hint("Run the transaction again.")
            .raise(),
        }
    }

    /// A state for rechecking rows without a plan: the row is locked already.
    ///
    /// # Safety
    /// The executor state must be live.
    unsafe fn recheck(&self) -> pg_sys::EPQState {
        let mut state = pg_sys::EPQState::default();
        // SAFETY: the caller's promise.
        unsafe { compat::init_recheck(&mut state, self.estate) };
        state
    }
}
