//! Rows passed as arguments: the whole row of a table (`l` in `FROM some_table l`), or of a subquery.

use super::errors::error;
use super::row_type::RowType;
use super::stored_row::{RowKind, RowLayout};
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;
use std::marker::PhantomData;

/// A row.
pub struct Record<'c> {
    header: pg_sys::HeapTupleHeader,
    there: PhantomData<&'c ()>,
}

/// How rows of the type that came last are read.
pub struct RecordReader<K: RowKind> {
    of: (pg_sys::Oid, i32),
    layout: Option<RowLayout<K>>,
}

impl<K: RowKind> Default for RecordReader<K> {
    fn default() -> Self {
        RecordReader {
            of: (pg_sys::InvalidOid, -1),
            layout: None,
        }
    }
}

impl<'c> Record<'c> {
    /// # Safety
    /// `datum` must be a composite value, and there for so long, as the current memory context must.
    #[inline(always)]
    pub unsafe fn of(datum: pg_sys::Datum) -> Record<'c> {
        Record {
            // SAFETY: a composite value is a tuple with a varlena header, whole once detoasted.
            header: unsafe { pg_sys::pg_detoast_datum(datum.cast_mut_ptr()) } as pg_sys::HeapTupleHeader,
            there: PhantomData,
        }
    }

    /// Its type.
    fn row_type(&self) -> (pg_sys::Oid, i32) {
        // SAFETY: the header of a composite value names its type.
        unsafe {
            let fields = (*self.header).t_choice.t_datum;
            (fields.datum_typeid, fields.datum_typmod)
        }
    }
}

impl<K: RowKind> RecordReader<K> {
    /// Reads the columns of the kind out of a row; raises 42703 or 42804 for a row that lacks them. (A kind's columns are
    /// looked up by name, so that they may stand in any order among others.)
    #[inline(always)]
    pub fn read<'a>(&mut self, record: &'a Record<'_>, row: &mut K::Row<'a>) {
        let row_type = record.row_type();
        if self.of != row_type {
            self.layout = None;
        }
        let layout = self.layout.get_or_insert_with(|| {
            // SAFETY: the type of a value that is there; the copy lives longer than the layout is made.
            let described = unsafe { RowType::of(pg_sys::lookup_rowtype_tupdesc_copy(row_type.0, row_type.1)) };
            if let Some(column) = RowLayout::<K>::lacks(described) {
                error(ERRCODE_UNDEFINED_COLUMN, format!("the row has no column \"{column}\""))
                    .hint(format!("Pass a row of {0}: l in FROM {0} l.", K::TABLE))
                    .raise();
            }
            RowLayout::<K>::of(described)
        });
        self.of = row_type;
        // SAFETY: the tuple is whole, of the layout's type, and lives as long as the record.
        unsafe { layout.read(record.header, row) };
    }
}
