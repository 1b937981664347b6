//! Tables that are only added to, natively and without an index: no right of the caller's is needed, and nobody's code runs.

use super::errors::error;
use super::relation::{OpenRelation, find_dynasty_relation};
use super::servers;
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;

/// An open journal.
pub struct Journal {
    table: OpenRelation,
    columns: usize,
}

impl Journal {
    /// Opens a journal for adding; `None` when there is no such table. Raises 55000 when it is not as it was made: a row
    /// could not be added rightly, and leaving it out would be found out only when somebody asks for the past.
    pub fn open(name: &str, types: &[pg_sys::Oid]) -> Option<Journal> {
        let table = OpenRelation::open(find_dynasty_relation(name)?, pg_sys::RowExclusiveLock);
        // SAFETY: the relation is open.
        let as_made = unsafe {
            let attributes = servers::attributes(table.tupdesc());
            table.is_heap()
                && attributes.iter().map(|a| a.atttypid).eq(types.iter().copied())
                && attributes.iter().all(|a| !a.attisdropped)
                && !(*(*table.raw()).rd_rel).relhasindex
        };
        if !as_made {
            error(
                ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                format!("dynasty.{name} is not as dynasty.install() makes it"),
            )
            .detail("Rows are added to it natively: it must have exactly its columns, and no index.")
            .hint("Drop the index; or move the table away and CALL dynasty.install().")
            .raise()
        }
        Some(Journal {
            table,
            columns: types.len(),
        })
    }

    /// Adds a row: its values, by column, with NULL marks.
    pub fn add(&self, values: &[pg_sys::Datum], nulls: &[bool]) {
        assert!(values.len() == self.columns && nulls.len() == self.columns);
        let (mut values, mut nulls) = (values.to_vec(), nulls.to_vec());
        // SAFETY: as many values as columns, of the columns' types (checked when it was opened); there is no index that
        // would miss the row.
        unsafe {
            let tuple = pg_sys::heap_form_tuple(self.table.tupdesc(), values.as_mut_ptr(), nulls.as_mut_ptr());
            pg_sys::simple_heap_insert(self.table.raw(), tuple);
            pg_sys::heap_freetuple(tuple);
        }
    }
}
