//! Reading all rows of a small table.

use super::relation::HeapTable;
use pgrx::pg_sys;

/// What is called with the place, the values and the NULLs of a row.
pub type EachTuple<'a> = dyn FnMut(pg_sys::ItemPointerData, &[pg_sys::Datum], &[bool]) + 'a;

/// Calls `each` with the place, the values and the NULLs of every row that the active snapshot sees; they live as long as the
/// call.
pub fn each_tuple(table: &HeapTable, each: &mut EachTuple<'_>) {
    use pg_sys::ScanOptions::*;
    // SAFETY: the table is an open heap; the arrays are as long as it has columns; a tuple is valid until the next.
    unsafe {
        let columns = (*table.tupdesc()).natts as usize;
        let (mut values, mut nulls) = (vec![pg_sys::Datum::from(0); columns], vec![false; columns]);
        let (no_keys, no_scan) = (std::ptr::null_mut(), std::ptr::null_mut());
        let flags = SO_TYPE_SEQSCAN | SO_ALLOW_PAGEMODE;
        let scan = pg_sys::heap_beginscan(table.raw(), pg_sys::GetActiveSnapshot(), 0, no_keys, no_scan, flags);
        loop {
            let tuple = pg_sys::heap_getnext(scan, pg_sys::ScanDirection::ForwardScanDirection);
            if tuple.is_null() {
                break;
            }
            pg_sys::heap_deform_tuple(tuple, table.tupdesc(), values.as_mut_ptr(), nulls.as_mut_ptr());
            each((*tuple).t_self, &values, &nulls);
        }
        pg_sys::heap_endscan(scan);
    }
}
