//! The statement around the rows: its triggers, their transition tables, its command.

use super::Kind::{self, Delete, Insert, Update};
use super::TableWriter;
use pgrx::pg_sys;

impl TableWriter {
    /// Before each row: which command writes it, and the BEFORE STATEMENT triggers of the first of its kind. Tells whether
    /// such triggers ran.
    pub(super) fn begin(&mut self, kind: Kind) -> bool {
        // SAFETY: the executor state is live; the triggers are those of the open table.
        unsafe {
            let triggers = (*self.for_change).ri_TrigDesc;
            let first = !std::mem::replace(&mut self.fired[kind as usize], true);
            let mut ran = false;
            if first {
                pg_sys::CheckCmdReplicaIdentity(self.table.raw(), kind.command());
            }
            if first && !triggers.is_null() {
                *self.updated_place = self.updated;
                // Kept over the rows to come.
                let outer = pg_sys::MemoryContextSwitchTo((*self.estate).es_query_cxt);
                let capture = pg_sys::MakeTransitionCaptureState(triggers, (*self.table.raw()).rd_id, kind.command());
                pg_sys::MemoryContextSwitchTo(outer);
                self.captures[kind as usize] = capture;
                match kind {
                    Insert if (*triggers).trig_insert_before_statement => {
                        pg_sys::ExecBSInsertTriggers(self.estate, self.for_insert);
                        ran = true;
                    }
                    Update if (*triggers).trig_update_before_statement => {
                        pg_sys::ExecBSUpdateTriggers(self.estate, self.for_change);
                        ran = true;
                    }
                    Delete if (*triggers).trig_delete_before_statement => {
                        pg_sys::ExecBSDeleteTriggers(self.estate, self.for_change);
                        ran = true;
                    }
                    _ => (),
                }
            }
            // Commands that triggers ran since the last row have counted on: what they wrote is there for this row. What
            // a trigger of this very row will write is not, by which the server knows that it was written under it.
            (*self.estate).es_output_cid = pg_sys::GetCurrentCommandId(true);
            *self.updated_place = self.updated;
            ran
        }
    }

    /// # Safety
    /// The executor state must be live.
    pub(super) unsafe fn after_statement(&self, kind: Kind) {
        let capture = self.captures[kind as usize];
        if !self.fired[kind as usize] {
            return;
        }
        // SAFETY: the caller's promise; without triggers nothing happens.
        unsafe {
            match kind {
                Insert => pg_sys::ExecASInsertTriggers(self.estate, self.for_insert, capture),
                Update => pg_sys::ExecASUpdateTriggers(self.estate, self.for_change, capture),
                Delete => pg_sys::ExecASDeleteTriggers(self.estate, self.for_change, capture),
            }
        }
    }
}
