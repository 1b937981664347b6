//! Tables that are only added to, natively: no right of the caller's is needed. What users hang on them (triggers, indexes,
//! constraints, columns) works as for an ordinary INSERT, at the price of one; bare tables are written without the executor.

use super::columns::{type_name, wrong_type};
use super::errors::{Error, error};
use super::relation::{HeapTable, OpenRelation};
use super::table::Table;
use super::table_writer::TableWriter;
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;

/// An open journal.
pub enum Journal {
    /// As it was made.
    Bare(HeapTable, usize),
    /// With something of the user's on it.
    Dressed(Box<TableWriter>),
}

impl Journal {
    /// Opens a journal for adding; `None` when there is no such table. Raises 42804 for a column of another type, 55000 when
    /// its first columns are others: a row could not be added rightly, and leaving it out would be found out only when somebody asks for the past.
    pub fn open(of: Table, types: &[pg_sys::Oid]) -> Option<Journal> {
        let table = open_as_made(of, types)?;
        let columns = table.row_type().attributes().len();
        Some(match table.is_bare() && columns == types.len() {
            true => Journal::Bare(table, columns),
            false => Journal::Dressed(Box::new(TableWriter::open(
                table.into_relation(),
                (0..types.len()).collect(),
                vec![],
            ))),
        })
    }

    /// The same for rows that are added at the transaction's end, when no code of the user's can run: 55000 also when something
    /// is on the table.
    pub fn open_bare(of: Table, types: &[pg_sys::Oid]) -> Option<Journal> {
        let table = open_as_made(of, types)?;
        let columns = table.row_type().attributes().len();
        if !table.is_bare() || columns != types.len() {
            not_as_made(of)
                .detail("Rows are added to it when transactions end: it must have exactly its columns, and no trigger, index or constraint.")
                .hint("Drop what was put on it; or move the table away and CALL dynasty.install().")
                .raise()
        }
        Some(Journal::Bare(table, columns))
    }

    /// Adds a row: its values, by column, with NULL marks.
    ///
    /// # Safety
    /// The values must be of the types it was opened with.
    pub unsafe fn add(&mut self, values: &[pg_sys::Datum], nulls: &[bool]) {
        let (table, columns) = match self {
            Journal::Bare(table, columns) => (table, *columns),
            Journal::Dressed(writer) => {
                // SAFETY: the caller's promise; the columns' types are those (checked when it was opened).
                unsafe { writer.insert(values, nulls) };
                return;
            }
        };
        assert!(values.len() == columns && nulls.len() == columns);
        let (mut values, mut nulls) = (values.to_vec(), nulls.to_vec());
        // SAFETY: as many values as columns, of the columns' types (checked when it was opened); there is no index that
        // would miss the row.
        unsafe {
            let tuple = pg_sys::heap_form_tuple(table.tupdesc(), values.as_mut_ptr(), nulls.as_mut_ptr());
            pg_sys::simple_heap_insert(table.raw(), tuple);
            pg_sys::heap_freetuple(tuple);
        }
    }

    /// Ends the work: triggers of the user's fire.
    pub fn finish(self) {
        if let Journal::Dressed(writer) = self {
            writer.finish();
        }
    }
}

fn open_as_made(of: Table, types: &[pg_sys::Oid]) -> Option<HeapTable> {
    let table =
        HeapTable::of(OpenRelation::open(of.find()?, pg_sys::RowExclusiveLock)).unwrap_or_else(|| not_the_columns(of));
    let attributes = table.row_type().attributes();
    let first = attributes.iter().take(types.len());
    if first.len() < types.len() || first.clone().any(|a| a.attisdropped) {
        not_the_columns(of)
    }
    if let Some((attribute, wanted)) = first.zip(types).find(|(a, t)| a.atttypid != **t || a.attgenerated != 0) {
        let why = "Rows are added to it natively, as that type.";
        wrong_type(of, attribute, &type_name(*wanted, -1), why).raise()
    }
    Some(table)
}

fn not_the_columns(of: Table) -> ! {
    not_as_made(of)
        .detail("Rows are added to it natively: it must begin with the columns that it was made with.")
        .hint("Move the table away and CALL dynasty.install().")
        .raise()
}

fn not_as_made(of: Table) -> Error {
    error(
        ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
        format!("{of} is not as dynasty.install() makes it"),
    )
}
