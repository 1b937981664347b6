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

mod changes;
mod row;
mod statement;
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

    /// Whether it holds a row of that table.
    fn holds_a_row_of(&self, table: &OpenRelation) -> bool {
        // SAFETY: made by [`TableWriter::row_slot`], dropped with it.
        unsafe { (*self.0).tts_flags & pg_sys::TTS_FLAG_EMPTY as u16 == 0 && (*self.0).tts_tableOid == table.oid() }
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
