//! Reading all rows of a table straight from its pages.

use super::memory::checkpoint;
use super::relation::HeapTable;
use super::stored_row::{RowKind, RowLayout, StoredRow};
use pgrx::pg_sys;

/// How many rows ahead memory is asked for: a table that does not fit in the processor's caches is read at the speed
/// of memory then, not at its latency. Measured on 900,000 rows: a third of the time of the scan.
#[cfg(any(feature = "pg15", feature = "pg16"))]
const ROWS_AHEAD: usize = 8;

/// More rows than a page can hold.
#[cfg(any(feature = "pg15", feature = "pg16"))]
const MAX_ROWS: usize = pg_sys::BLCKSZ as usize / 24;

/// Asks the processor to fetch memory. A hint: any address will do.
#[inline(always)]
pub fn prefetch<T>(_at: *const T, _cache_lines: usize) {
    #[cfg(target_arch = "x86_64")]
    for line in 0.._cache_lines {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: a prefetch never faults.
        unsafe { _mm_prefetch::<_MM_HINT_T0>((_at as *const i8).wrapping_add(64 * line)) }
    }
}

/// Calls `each` for the rows of the table that the active snapshot sees, a page's rows at a time.
///
/// The visible rows of a page are found by one (guarded) call into the server; reading them then touches only the
/// pinned page, so there is no call and no setjmp per row.
#[cfg(any(feature = "pg15", feature = "pg16"))]
pub fn scan_table<K: RowKind + 'static>(table: &HeapTable, each: &mut dyn FnMut(&[K::Row<'_>])) {
    use pg_sys::ScanOptions::*;
    // SAFETY: the table is an open heap. heapgetpage pins the page and lists its visible line pointers; tuples of a
    // pinned page stay where they are. Buffers are released by heap_endscan, or by the resource owner after an error.
    unsafe {
        let mut layout = RowLayout::<K>::of(table.row_type());
        let flags = SO_TYPE_SEQSCAN | SO_ALLOW_STRAT | SO_ALLOW_PAGEMODE;
        let snapshot = pg_sys::GetActiveSnapshot();
        let scan = pg_sys::heap_beginscan(
            table.raw(),
            snapshot,
            0,
            std::ptr::null_mut(),
            std::ptr::null_mut(),
            flags,
        );
        let mut rows: Vec<K::Row<'_>> = std::iter::repeat_with(|| K::Row::EMPTY).take(MAX_ROWS).collect();
        let heap_scan = scan as *mut pg_sys::HeapScanDescData;
        for block in 0..(*heap_scan).rs_nblocks {
            checkpoint();
            pg_sys::heapgetpage(scan, block);
            let page = pg_sys::BufferGetPage((*heap_scan).rs_cbuf);
            let items = (page as *const u8).add(std::mem::offset_of!(pg_sys::PageHeaderData, pd_linp));
            let visible = &(&(*heap_scan).rs_vistuples)[..(*heap_scan).rs_ntuples as usize];
            let tuple = |line: u16| {
                let item = (items as *const pg_sys::ItemIdData).add(line as usize - 1);
                (page as *const u8).add((*item).lp_off() as usize)
            };
            visible
                .iter()
                .take(ROWS_AHEAD)
                .for_each(|line| prefetch(tuple(*line), 4));
            for (i, line) in visible.iter().enumerate() {
                if let Some(ahead) = visible.get(i + ROWS_AHEAD) {
                    prefetch(tuple(*ahead), 4);
                }
                layout.read(tuple(*line) as *const pg_sys::HeapTupleHeaderData, &mut rows[i]);
            }
            each(&rows[..visible.len()]);
        }
        pg_sys::heap_endscan(scan);
    }
}

/// Calls `each` for the rows of the table that the active snapshot sees, one at a time. (Servers from 17 on list a page's visible
/// rows differently; there every row is fetched by a call.)
#[cfg(not(any(feature = "pg15", feature = "pg16")))]
pub fn scan_table<K: RowKind + 'static>(table: &HeapTable, each: &mut dyn FnMut(&[K::Row<'_>])) {
    use pg_sys::ScanOptions::*;
    // SAFETY: the table is an open heap; the tuple is valid until the next call.
    unsafe {
        let mut layout = RowLayout::<K>::of(table.row_type());
        let flags = SO_TYPE_SEQSCAN | SO_ALLOW_STRAT | SO_ALLOW_PAGEMODE;
        let snapshot = pg_sys::GetActiveSnapshot();
        let scan = pg_sys::heap_beginscan(
            table.raw(),
            snapshot,
            0,
            std::ptr::null_mut(),
            std::ptr::null_mut(),
            flags,
        );
        loop {
            checkpoint();
            let tuple = pg_sys::heap_getnext(scan, pg_sys::ScanDirection::ForwardScanDirection);
            if tuple.is_null() {
                break;
            }
            let mut row = K::Row::EMPTY;
            layout.read((*tuple).t_data, &mut row);
            each(std::slice::from_ref(&row));
        }
        pg_sys::heap_endscan(scan);
    }
}
