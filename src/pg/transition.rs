//! The rows a statement inserted, changed or deleted, as an AFTER trigger sees them: all of them in the transition tables of a
//! statement trigger, or one in a row trigger.

use super::errors::error;
use super::relation::{is_or_inherits_from, name_of};
use super::stored_row::{RowKind, RowLayout, StoredRow};
use super::table::Table;
use super::text::from_server_marked;
use super::transition_rows::TransitionRows;
use super::trigger_call::TriggerCall;
use pgrx::PgSqlErrorCode::*;
use std::ffi::CStr;
use std::ops::Deref;

/// A call as an AFTER trigger.
pub struct AfterTrigger<'c>(TriggerCall<'c>);

impl<'c> Deref for AfterTrigger<'c> {
    type Target = TriggerCall<'c>;

    fn deref(&self) -> &TriggerCall<'c> {
        &self.0
    }
}

impl<'c> AfterTrigger<'c> {
    /// `None` when it is not one of an AFTER trigger.
    pub fn of(call: TriggerCall<'c>) -> Option<AfterTrigger<'c>> {
        call.is_after().then_some(AfterTrigger(call))
    }

    /// Raises 39P01 unless it fires for that table or for a partition or child of it, and 0A000 where Citus has distributed the
    /// table. `function` is whose trigger it is, with its schema.
    pub fn refuse_other_tables(&self, function: &str, table: Table) {
        let own = self.table();
        if is_or_inherits_from(own, table.oid()) {
            return;
        }
        // SAFETY: the trigger's description is there while it runs; names are NUL-terminated.
        let name = from_server_marked(unsafe { CStr::from_ptr((*self.data().tg_trigger).tgname) }.to_bytes());
        error(
            ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED,
            format!(
                "trigger \"{name}\" of table {} is not one that {function}() is made for",
                name_of(own)
            ),
        )
        .hint(format!(
            "It serves {table}, its partitions and its children. Drop the trigger."
        ))
        .raise()
    }

    /// Calls `each` for the row that a row trigger fires for: as it was, if it was there before, and as it is, if it still is.
    pub fn own_row<K: RowKind + 'static>(&self, each: &mut dyn FnMut(&K::Row<'_>)) {
        if !self.is_for_each_row() {
            return;
        }
        let mut layout = RowLayout::<K>::of(self.row_type());
        for tuple in self.own_tuples().into_iter().flatten() {
            let mut row = K::Row::EMPTY;
            // SAFETY: the tuples are of the table's row type.
            unsafe { layout.read(tuple.t_data, &mut row) };
            each(&row);
        }
    }

    /// Calls `each` for every row of OLD TABLE; `false` when the trigger does not name one.
    pub fn each_old_row<K: RowKind + 'static>(&self, each: &mut dyn FnMut(&K::Row<'_>)) -> bool {
        self.each_row::<K>(self.old_rows(), each)
    }

    /// Calls `each` for every row of NEW TABLE; `false` when the trigger does not name one.
    pub fn each_new_row<K: RowKind + 'static>(&self, each: &mut dyn FnMut(&K::Row<'_>)) -> bool {
        self.each_row::<K>(self.new_rows(), each)
    }

    /// Whether the table has all the columns of a kind of row.
    pub fn has_columns_of<K: RowKind + 'static>(&self) -> bool {
        RowLayout::<K>::fits(self.row_type())
    }

    fn each_row<K: RowKind + 'static>(
        &self,
        rows: Option<TransitionRows<'_>>,
        each: &mut dyn FnMut(&K::Row<'_>),
    ) -> bool {
        let Some(mut rows) = rows else {
            return false;
        };
        let mut layout = RowLayout::<K>::of(self.row_type());
        while let Some(tuple) = rows.next_tuple() {
            let mut row = K::Row::EMPTY;
            // SAFETY: the tuples are of the table's row type; each is there until the next is fetched.
            unsafe { layout.read(tuple, &mut row) };
            each(&row);
        }
        true
    }
}
