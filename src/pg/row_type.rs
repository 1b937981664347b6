//! Row types that are there for a while, and their columns by name.

use super::columns::column_named;
use super::compat;
use pgrx::pg_sys;
use std::marker::PhantomData;

/// A row type that is there for so long.
#[derive(Clone, Copy)]
pub struct RowType<'a> {
    tupdesc: pg_sys::TupleDesc,
    there: PhantomData<&'a ()>,
}

impl<'a> RowType<'a> {
    /// # Safety
    /// `tupdesc` must be valid for so long.
    pub unsafe fn of(tupdesc: pg_sys::TupleDesc) -> RowType<'a> {
        RowType {
            tupdesc,
            there: PhantomData,
        }
    }

    /// The server's description.
    pub fn raw(self) -> pg_sys::TupleDesc {
        self.tupdesc
    }

    /// Its attributes, dropped ones too.
    pub fn attributes(self) -> &'a [pg_sys::FormData_pg_attribute] {
        // SAFETY: valid, as was said when this was made.
        unsafe { compat::attributes(self.tupdesc) }
    }

    /// The column of that name, if there is one.
    pub fn column(self, name: &str) -> Option<RowColumn> {
        // SAFETY: the same.
        let at = unsafe { column_named(self.tupdesc, name, usize::MAX) }?;
        let attribute = &self.attributes()[at];
        Some(RowColumn {
            at,
            type_: attribute.atttypid,
            typmod: attribute.atttypmod,
            collation: attribute.attcollation,
            by_value: attribute.attbyval,
            length: attribute.attlen,
        })
    }
}

/// A column, as its table has it.
#[derive(Clone, Copy)]
pub struct RowColumn {
    pub at: usize,
    pub type_: pg_sys::Oid,
    pub typmod: i32,
    pub collation: pg_sys::Oid,
    pub by_value: bool,
    pub length: i16,
}
