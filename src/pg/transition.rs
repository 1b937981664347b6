//! The rows a statement inserted, changed or deleted, as an AFTER trigger sees them: all of them in the transition tables of a
//! statement trigger, or one in a row trigger.

use super::errors::error;
use super::relation::{dynasty_relation, is_or_inherits_from, name_of};
use super::stored_row::{RowKind, RowLayout, StoredRow};
use super::text::from_server_marked;
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;
use std::ffi::CStr;

/// What made the trigger fire.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Event {
    Insert,
    Update,
    Delete,
    Truncate,
}

/// A call as an AFTER trigger.
pub struct AfterTrigger(*mut pg_sys::TriggerData);

impl AfterTrigger {
    /// The trigger call behind a function call; `None` when it is not one of an AFTER trigger.
    ///
    /// # Safety
    /// `fcinfo` must be the call information of the function that runs.
    pub unsafe fn of(fcinfo: pg_sys::FunctionCallInfo) -> Option<AfterTrigger> {
        // SAFETY: a call's context is a TriggerData node exactly when it is a trigger call.
        unsafe {
            let context = (*fcinfo).context;
            if context.is_null() || (*context).type_ != pg_sys::NodeTag::T_TriggerData {
                return None;
            }
            let data = context as *mut pg_sys::TriggerData;
            let event = (*data).tg_event;
            let after = event & pg_sys::TRIGGER_EVENT_TIMINGMASK == pg_sys::TRIGGER_EVENT_AFTER;
            after.then_some(AfterTrigger(data))
        }
    }

    /// The server's description of the call.
    pub(crate) fn raw(&self) -> *mut pg_sys::TriggerData {
        self.0
    }

    /// The row type of the table.
    pub(crate) fn tupdesc(&self) -> pg_sys::TupleDesc {
        // SAFETY: the relation is open while its trigger runs.
        unsafe { (*(*self.0).tg_relation).rd_att }
    }

    /// OLD TABLE; null when the trigger does not name one.
    pub(crate) fn old_store(&self) -> *mut pg_sys::Tuplestorestate {
        // SAFETY: checked when made.
        unsafe { (*self.0).tg_oldtable }
    }

    /// NEW TABLE; null when the trigger does not name one.
    pub(crate) fn new_store(&self) -> *mut pg_sys::Tuplestorestate {
        // SAFETY: checked when made.
        unsafe { (*self.0).tg_newtable }
    }

    /// The row that a row trigger fires for: as it was, or as it was inserted.
    pub(crate) fn trigger_tuple(&self) -> pg_sys::HeapTuple {
        // SAFETY: checked when made.
        unsafe { (*self.0).tg_trigtuple }
    }

    /// The same row after an UPDATE; null otherwise.
    pub(crate) fn new_tuple(&self) -> pg_sys::HeapTuple {
        // SAFETY: checked when made.
        unsafe { (*self.0).tg_newtuple }
    }

    /// Raises 39P01 unless it fires for `dynasty.<table>` or for a partition or child of that, and 0A000 where Citus has
    /// distributed the table.
    pub fn refuse_other_tables(&self, function: &str, table: &str) {
        // SAFETY: the relation is open while its trigger runs.
        let own = unsafe { (*(*self.0).tg_relation).rd_id };
        if is_or_inherits_from(own, dynasty_relation(table)) {
            return;
        }
        // SAFETY: the trigger's description is there while it runs; names are NUL-terminated.
        let name = from_server_marked(unsafe { CStr::from_ptr((*(*self.0).tg_trigger).tgname) }.to_bytes());
        error(
            ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED,
            format!(
                "trigger \"{name}\" of table {} is not one that dynasty.{function}() is made for",
                name_of(own)
            ),
        )
        .hint(format!(
            "It serves dynasty.{table}, its partitions and its children. Drop the trigger."
        ))
        .raise()
    }

    /// Whether it fires once for each row.
    pub fn is_for_each_row(&self) -> bool {
        // SAFETY: checked when made.
        unsafe { (*self.0).tg_event & pg_sys::TRIGGER_EVENT_ROW != 0 }
    }

    /// Calls `each` for the row that a row trigger fires for: as it was, if it was there before, and as it is, if it still is.
    pub fn own_row<K: RowKind + 'static>(&self, each: &mut dyn FnMut(&K::Row<'_>)) {
        if !self.is_for_each_row() {
            return;
        }
        // SAFETY: a row trigger has its row, an UPDATE's also the new one, both alive until it returns and of the relation's
        // row type.
        unsafe {
            let mut layout = RowLayout::<K>::of((*(*self.0).tg_relation).rd_att);
            for tuple in [(*self.0).tg_trigtuple, (*self.0).tg_newtuple] {
                if !tuple.is_null() {
                    let mut row = K::Row::EMPTY;
                    layout.read((*tuple).t_data, &mut row);
                    each(&row);
                }
            }
        }
    }

    /// What made it fire.
    pub fn event(&self) -> Event {
        // SAFETY: checked when made.
        match unsafe { (*self.0).tg_event } & pg_sys::TRIGGER_EVENT_OPMASK {
            pg_sys::TRIGGER_EVENT_INSERT => Event::Insert,
            pg_sys::TRIGGER_EVENT_UPDATE => Event::Update,
            pg_sys::TRIGGER_EVENT_DELETE => Event::Delete,
            _ => Event::Truncate,
        }
    }

    /// Calls `each` for every row of OLD TABLE; `false` when the trigger does not name one.
    pub fn old_rows<K: RowKind + 'static>(&self, each: &mut dyn FnMut(&K::Row<'_>)) -> bool {
        // SAFETY: checked when made.
        unsafe { self.rows::<K>((*self.0).tg_oldtable, each) }
    }

    /// Calls `each` for every row of NEW TABLE; `false` when the trigger does not name one.
    pub fn new_rows<K: RowKind + 'static>(&self, each: &mut dyn FnMut(&K::Row<'_>)) -> bool {
        // SAFETY: checked when made.
        unsafe { self.rows::<K>((*self.0).tg_newtable, each) }
    }

    /// Whether the table has all the columns of a kind of row.
    pub fn has_columns_of<K: RowKind + 'static>(&self) -> bool {
        // SAFETY: the relation is open while its trigger runs.
        unsafe { RowLayout::<K>::fits((*(*self.0).tg_relation).rd_att) }
    }

    /// # Safety
    /// `store` must be null or a transition table of this call.
    unsafe fn rows<K: RowKind + 'static>(
        &self,
        store: *mut pg_sys::Tuplestorestate,
        each: &mut dyn FnMut(&K::Row<'_>),
    ) -> bool {
        if store.is_null() {
            return false;
        }
        // SAFETY: the tuplestore belongs to the running query; a read pointer of our own leaves others' alone. The
        // slot holds its tuple until the next is fetched.
        unsafe {
            let tupdesc = (*(*self.0).tg_relation).rd_att;
            let mut layout = RowLayout::<K>::of(tupdesc);
            let slot = pg_sys::MakeSingleTupleTableSlot(tupdesc, &pg_sys::TTSOpsMinimalTuple);
            let pointer = pg_sys::tuplestore_alloc_read_pointer(store, 0);
            pg_sys::tuplestore_select_read_pointer(store, pointer);
            pg_sys::tuplestore_rescan(store);
            while pg_sys::tuplestore_gettupleslot(store, true, false, slot) {
                let tuple = (*(slot as *mut pg_sys::MinimalTupleTableSlot)).tuple;
                let mut row = K::Row::EMPTY;
                layout.read((*tuple).t_data, &mut row);
                each(&row);
            }
            pg_sys::ExecDropSingleTupleTableSlot(slot);
        }
        true
    }
}
