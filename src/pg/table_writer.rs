//! Writing rows of an ordinary table natively, as the executor does it for INSERT, UPDATE and DELETE.
//!
//! Whatever users hang on the table works as for a statement: defaults (identity columns too), domains, generated
//! columns, NOT NULL and CHECK, indexes and exclusion constraints, row triggers, statement triggers and their transition
//! tables, foreign keys in both directions. Statement triggers fire for a kind of event when the first row of that kind is
//! written (BEFORE) and when all are (AFTER). What is left out: nobody's rights are looked at and no row security applies,
//! because the rows follow from others that the caller may write, and rules are not for rows. Identity is never switched:
//! what runs in there of the user's runs as whoever's statement this is.
//!
//! The steps and their order are those of nodeModifyTable.c; the executor state is that of the server's own
//! logical-replication worker (create_edata_for_relation in worker.c).

use super::compat;
use super::errors::error;
use super::relation::OpenRelation;
use super::text::from_server_marked;
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;
use std::ffi::CStr;

mod row;
use row::{Unwritten, columns};

/// What is done to a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Insert,
    Update,
    Delete,
}

use Kind::*;

impl Kind {
    fn command(self) -> pg_sys::CmdType::Type {
        match self {
            Insert => pg_sys::CmdType::CMD_INSERT,
            Update => pg_sys::CmdType::CMD_UPDATE,
            Delete => pg_sys::CmdType::CMD_DELETE,
        }
    }
}

/// What became of a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Written {
    /// It is written.
    Done,
    /// A BEFORE trigger returned NULL: it stays as it was.
    Skipped,
    /// The first row of its kind fired BEFORE STATEMENT triggers, which may have changed what the caller looked at:
    /// nothing is written yet, look again.
    LookAgain,
    /// Another row has the key.
    Conflict,
}

/// The open table.
pub struct TableWriter {
    table: OpenRelation,
    estate: *mut pg_sys::EState,
    /// For new rows, and for rows there are: two where the table has generated columns, because which of them are
    /// computed is kept there, and differs.
    for_insert: *mut pg_sys::ResultRelInfo,
    for_change: *mut pg_sys::ResultRelInfo,
    /// The columns (from 0) that the caller gives values of.
    written: Vec<usize>,
    /// Those among them that triggers must leave alone.
    kept: Vec<usize>,
    /// Column and domain of those among them whose type is a domain.
    domains: Vec<(usize, pg_sys::Oid)>,
    unwritten: Vec<(usize, Unwritten)>,
    /// Where the server looks which columns an UPDATE sets, and they.
    updated_place: *mut *mut pg_sys::Bitmapset,
    updated: *mut pg_sys::Bitmapset,
    /// The row to write.
    fresh: *mut pg_sys::TupleTableSlot,
    /// By [`Kind`]: whether the statement triggers fired, and what their transition tables take up.
    fired: [bool; 3],
    captures: [*mut pg_sys::TransitionCaptureState; 3],
    wrote: bool,
}

/// Room for a row of the table, by which a row is found before it is changed.
pub struct RowSlot(*mut pg_sys::TupleTableSlot);

impl RowSlot {
    /// The slot.
    pub fn raw(&self) -> *mut pg_sys::TupleTableSlot {
        self.0
    }

    /// Whether it holds a row.
    fn holds_a_row(&self) -> bool {
        // SAFETY: made by [`TableWriter::row_slot`], dropped with it.
        unsafe { ((*self.0).tts_flags & pg_sys::TTS_FLAG_EMPTY as u16) == 0 }
    }
}

/// Memory that is given back before the next row.
pub struct RowMemory(pg_sys::MemoryContext);

impl RowMemory {
    /// Runs the work for one row in it.
    ///
    /// # Safety
    /// The writer must not be finished, nor the work of another row be running.
    pub unsafe fn within<R>(&self, work: impl FnOnce() -> R) -> R {
        // SAFETY: the caller's promise; errors leave the switching back to the server.
        unsafe {
            pg_sys::MemoryContextReset(self.0);
            let outer = pg_sys::MemoryContextSwitchTo(self.0);
            let result = work();
            pg_sys::MemoryContextSwitchTo(outer);
            result
        }
    }
}

impl TableWriter {
    /// Opens a table, which must be locked in ROW EXCLUSIVE mode at least, for writing these columns of it (numbers from
    /// 0); others get their defaults in new rows and stay as they are in old ones. Columns in `kept` (by which the
    /// caller finds his rows again) must not be changed by triggers: 27000.
    pub fn open(table: OpenRelation, written: Vec<usize>, kept: Vec<usize>) -> TableWriter {
        if !is_ordinary(&table) {
            error(
                ERRCODE_WRONG_OBJECT_TYPE,
                format!("\"{}\" is not an ordinary table", name_of(&table)),
            )
            .detail("Its rows are written by the extension, into ordinary tables only.")
            .raise();
        }
        // SAFETY: the relation is open. An executor state with one result relation and its indexes, which the list of
        // result relations holds, so that triggers find it and do not open it once more. All lives in the state's
        // memory, columns and row type until the state is freed.
        unsafe {
            let estate = pg_sys::CreateExecutorState();
            let outer = pg_sys::MemoryContextSwitchTo((*estate).es_query_cxt);
            let entry = pgrx::PgBox::<pg_sys::RangeTblEntry>::alloc_node(pg_sys::NodeTag::T_RangeTblEntry).into_pg();
            (*entry).rtekind = pg_sys::RTEKind::RTE_RELATION;
            (*entry).relid = (*table.raw()).rd_id;
            (*entry).relkind = pg_sys::RELKIND_RELATION as _;
            (*entry).rellockmode = pg_sys::RowExclusiveLock as _;
            let updated_place = compat::init_range_table(estate, entry);
            (*estate).es_snapshot = pg_sys::RegisterSnapshot(pg_sys::GetActiveSnapshot());
            (*estate).es_output_cid = pg_sys::GetCurrentCommandId(true);
            pg_sys::AfterTriggerBeginQuery();

            let for_change = open_target(estate, &table);
            let constraints = (*table.tupdesc()).constr;
            let generated = !constraints.is_null() && (*constraints).has_generated_stored;
            let for_insert = if generated {
                open_target(estate, &table)
            } else {
                for_change
            };
            let set = written.iter().filter(|column| !kept.contains(column));
            let updated = set.fold(std::ptr::null_mut(), |set, column| {
                pg_sys::bms_add_member(set, *column as i32 + 1 - pg_sys::FirstLowInvalidHeapAttributeNumber)
            });
            let (domains, unwritten) = columns(&table, &written, estate);
            let fresh = pg_sys::MakeSingleTupleTableSlot(table.tupdesc(), &pg_sys::TTSOpsVirtual);
            pg_sys::MemoryContextSwitchTo(outer);
            TableWriter {
                table,
                estate,
                for_insert,
                for_change,
                written,
                kept,
                domains,
                unwritten,
                updated_place,
                updated,
                fresh,
                fired: [false; 3],
                captures: [std::ptr::null_mut(); 3],
                wrote: false,
            }
        }
    }

    /// The table.
    pub fn table(&self) -> &OpenRelation {
        &self.table
    }

    /// Room for a row that was found. Given back by [`Self::drop_slot`].
    pub fn row_slot(&self) -> RowSlot {
        // SAFETY: the relation is open.
        RowSlot(unsafe { pg_sys::table_slot_create(self.table.raw(), std::ptr::null_mut()) })
    }

    /// Gives the room back.
    pub fn drop_slot(&self, slot: RowSlot) {
        // SAFETY: made by `row_slot`, gone with this call.
        unsafe { pg_sys::ExecDropSingleTupleTableSlot(slot.0) }
    }

    /// Its open indexes.
    pub fn indexes(&self) -> &[pg_sys::Relation] {
        // SAFETY: so many are open; the array lives in the executor state's memory.
        unsafe {
            match (*self.for_change).ri_NumIndices as usize {
                0 => &[],
                n => std::slice::from_raw_parts((*self.for_change).ri_IndexRelationDescs, n),
            }
        }
    }

    /// Where the row was written that was written last.
    pub fn place(&self) -> pg_sys::ItemPointerData {
        // SAFETY: the slot is open; the table's access method notes there where it put the row.
        unsafe { (*self.fresh).tts_tid }
    }

    /// Whether triggers of the user's can change or leave out rows.
    pub fn has_before_row_triggers(&self) -> bool {
        // SAFETY: null or the triggers of the open table.
        unsafe {
            let triggers = (*self.for_change).ri_TrigDesc;
            !triggers.is_null()
                && ((*triggers).trig_insert_before_row
                    || (*triggers).trig_update_before_row
                    || (*triggers).trig_delete_before_row)
        }
    }

    /// Memory for the work on one row.
    pub fn row_memory(&self) -> RowMemory {
        // SAFETY: the context belongs to the executor state.
        RowMemory(unsafe { (*pg_sys::MakePerTupleExprContext(self.estate)).ecxt_per_tuple_memory })
    }

    /// Inserts a row; `values` in the order of the written columns.
    pub fn insert(&mut self, values: &[pg_sys::Datum], nulls: &[bool]) -> Written {
        let memory = self.row_memory();
        // SAFETY: the writer is here, and writes one row after the other.
        unsafe {
            memory.within(|| {
                self.begin(Insert);
                self.insert_row(values, nulls, None)
            })
        }
    }

    /// Inserts a row unless another has its key in the index `arbiter`, whatever transaction made it.
    /// Must run within [`Self::row_memory`].
    pub fn insert_unless_there(&mut self, values: &[pg_sys::Datum], nulls: &[bool], arbiter: pg_sys::Oid) -> Written {
        if self.begin(Insert) {
            return Written::LookAgain;
        }
        self.insert_row(values, nulls, Some(arbiter))
    }

    fn insert_row(&mut self, values: &[pg_sys::Datum], nulls: &[bool], arbiter: Option<pg_sys::Oid>) -> Written {
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
    pub fn update(&mut self, found: &RowSlot, values: &[pg_sys::Datum], nulls: &[bool]) -> Written {
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

    /// Ends the work: AFTER triggers fire, what was opened is closed, the changes are visible to what follows.
    pub fn finish(self) {
        // SAFETY: closes what `open` opened, in the reverse order. The triggers of foreign keys may have opened other
        // relations, which ExecCloseResultRelations closes together with the indexes.
        unsafe {
            for kind in [Delete, Update, Insert] {
                self.after_statement(kind);
            }
            pg_sys::AfterTriggerEndQuery(self.estate);
            pg_sys::ExecDropSingleTupleTableSlot(self.fresh);
            pg_sys::ExecResetTupleTable((*self.estate).es_tupleTable, false);
            pg_sys::ExecCloseResultRelations(self.estate);
            pg_sys::UnregisterSnapshot((*self.estate).es_snapshot);
            pg_sys::FreeExecutorState(self.estate);
            if self.wrote {
                pg_sys::CommandCounterIncrement();
            }
        }
    }

    /// Before each row: which command writes it, and the BEFORE STATEMENT triggers of the first of its kind. Tells whether
    /// such triggers ran.
    fn begin(&mut self, kind: Kind) -> bool {
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
    unsafe fn after_statement(&self, kind: Kind) {
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

fn is_ordinary(table: &OpenRelation) -> bool {
    // SAFETY: the relation is open.
    unsafe { (*(*table.raw()).rd_rel).relkind as u8 == pg_sys::RELKIND_RELATION }
}

fn name_of(table: &OpenRelation) -> String {
    // SAFETY: the relation is open, names are NUL-terminated.
    let name = unsafe { CStr::from_ptr((*(*table.raw()).rd_rel).relname.data.as_ptr()) };
    from_server_marked(name.to_bytes()).into_owned()
}

/// A result relation with its indexes open, among those of the executor state.
///
/// # Safety
/// Must run in the executor state's memory.
unsafe fn open_target(estate: *mut pg_sys::EState, table: &OpenRelation) -> *mut pg_sys::ResultRelInfo {
    // SAFETY: the caller's promise; the relation is open.
    unsafe {
        let target = pgrx::PgBox::<pg_sys::ResultRelInfo>::alloc_node(pg_sys::NodeTag::T_ResultRelInfo).into_pg();
        pg_sys::InitResultRelInfo(target, table.raw(), 1, std::ptr::null_mut(), 0);
        pg_sys::ExecOpenIndices(target, true);
        (*estate).es_opened_result_relations = pg_sys::lappend((*estate).es_opened_result_relations, target.cast());
        target
    }
}
