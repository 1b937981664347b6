//! Rows that a function returns: one, or a set that fills a tuplestore.

use super::call::Call;
use super::compat::attributes;
use super::errors::error;
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;

impl Call<'_> {
    /// Returns a row of the function's composite type.
    pub fn return_row(&mut self, values: &mut [pg_sys::Datum], nulls: &mut [bool]) -> pg_sys::Datum {
        let tupdesc = match self.site().row_type {
            Some(known) => known,
            None => self.find_row_type(),
        };
        // SAFETY: the row type is kept in memory that lives as long as the query; the arrays are as long as it has columns.
        unsafe {
            refuse_other_rows(tupdesc, values, nulls);
            let tuple = pg_sys::heap_form_tuple(tupdesc, values.as_mut_ptr(), nulls.as_mut_ptr());
            pg_sys::HeapTupleHeaderGetDatum((*tuple).t_data)
        }
    }

    fn find_row_type(&mut self) -> pg_sys::TupleDesc {
        // SAFETY: the row type is looked up once per query, in memory of that length.
        let tupdesc = unsafe {
            let outer = pg_sys::MemoryContextSwitchTo((*(*self.raw()).flinfo).fn_mcxt);
            let mut tupdesc = std::ptr::null_mut();
            let class = pg_sys::get_call_result_type(self.raw(), std::ptr::null_mut(), &mut tupdesc);
            if class != pg_sys::TypeFuncClass::TYPEFUNC_COMPOSITE || tupdesc.is_null() {
                error(
                    ERRCODE_DATATYPE_MISMATCH,
                    "the function is declared to return no row, and returns one",
                )
                .raise();
            }
            let tupdesc = pg_sys::BlessTupleDesc(tupdesc);
            pg_sys::MemoryContextSwitchTo(outer);
            tupdesc
        };
        self.site().row_type = Some(tupdesc);
        tupdesc
    }

    /// Begins a set of rows.
    pub fn rows(&self) -> RowSink {
        // SAFETY: makes the tuplestore this call returns; raises 0A000 where no set is allowed.
        unsafe {
            pg_sys::InitMaterializedSRF(self.raw(), 0);
            let info = (*self.raw()).resultinfo as *mut pg_sys::ReturnSetInfo;
            RowSink {
                store: (*info).setResult,
                tupdesc: (*info).setDesc,
            }
        }
    }
}

/// Where a set-returning function puts its rows.
pub struct RowSink {
    store: *mut pg_sys::Tuplestorestate,
    tupdesc: pg_sys::TupleDesc,
}

impl RowSink {
    /// Adds a row.
    pub fn put(&mut self, values: &mut [pg_sys::Datum], nulls: &mut [bool]) {
        // SAFETY: the arrays are as long as the row type has columns, which is checked.
        unsafe {
            refuse_other_rows(self.tupdesc, values, nulls);
            pg_sys::tuplestore_putvalues(self.store, self.tupdesc, values.as_mut_ptr(), nulls.as_mut_ptr());
        }
    }

    /// Adds the rows of a result; raises 42804 when its columns are not those of the function.
    ///
    /// # Safety
    /// `table` must be a result of SPI.
    pub(super) unsafe fn put_tuples(&mut self, table: *mut pg_sys::SPITupleTable) {
        // SAFETY: the caller's promise; tuples of the function's own columns are copied.
        unsafe {
            let types = |of: pg_sys::TupleDesc| attributes(of).iter().map(|a| a.atttypid);
            if !types((*table).tupdesc).eq(types(self.tupdesc)) {
                error(
                    ERRCODE_DATATYPE_MISMATCH,
                    "the function is declared to return other columns than its query does",
                )
                .raise();
            }
            for i in 0..(*table).numvals as usize {
                pg_sys::tuplestore_puttuple(self.store, *(*table).vals.add(i));
            }
        }
    }
}

/// Raises 42804 where the declared row has another number of columns.
///
/// # Safety
/// The row type must be valid.
unsafe fn refuse_other_rows(tupdesc: pg_sys::TupleDesc, values: &[pg_sys::Datum], nulls: &[bool]) {
    // SAFETY: the caller's.
    let columns = unsafe { (*tupdesc).natts } as usize;
    if columns != values.len() || columns != nulls.len() {
        error(
            ERRCODE_DATATYPE_MISMATCH,
            format!(
                "the function is declared to return {columns} columns, and returns {}",
                values.len()
            ),
        )
        .raise();
    }
}
