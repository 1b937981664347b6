//! Reading rows by their places, as a bitmap scan does: what an index has found, page by page.

use super::heap_scan::prefetch;
use super::relation::HeapTable;
use super::stored_row::{RowKind, RowLayout, StoredRow};
use pgrx::pg_sys;

/// Pages that are held at once. A row that an index finds lies on some page that is in no cache of the processor: the
/// next ones are asked for while one is read.
const PAGES: usize = 8;

/// The places an index scan finds, in the order of the table.
///
/// # Safety
/// The scan has its keys and an MVCC snapshot: what VACUUM puts into a place meanwhile is not seen by that.
pub unsafe fn places(scan: pg_sys::IndexScanDesc) -> Vec<pg_sys::ItemPointerData> {
    let mut places = vec![];
    // SAFETY: the caller's; an entry is good until the next call.
    unsafe {
        loop {
            let place = pg_sys::index_getnext_tid(scan, pg_sys::ScanDirection::ForwardScanDirection);
            if place.is_null() {
                break;
            }
            places.push(*place);
        }
    }
    places.sort_unstable_by_key(|place| (block(place), place.ip_posid));
    places
}

fn block(place: &pg_sys::ItemPointerData) -> u32 {
    (u32::from(place.ip_blkid.bi_hi) << 16) | u32::from(place.ip_blkid.bi_lo)
}

/// Calls `each` for the rows at these places that the snapshot sees.
///
/// # Safety
/// The layout is the table's, the places are of one of its indexes, the snapshot is an active MVCC snapshot.
pub unsafe fn rows_at<K: RowKind + 'static>(
    table: &HeapTable,
    layout: &mut RowLayout<K>,
    places: &mut [pg_sys::ItemPointerData],
    snapshot: pg_sys::Snapshot,
    each: &mut dyn FnMut(&K::Row<'_>),
) {
    // SAFETY: the caller's. Tuples of a pinned page stay where they are; visibility is asked for under the page's lock. Pins
    // and locks are released here, or by the resource owner after an error.
    unsafe {
        let mut tuple = pg_sys::HeapTupleData::default();
        for group in places.chunks_mut(PAGES) {
            let mut buffers = [0 as pg_sys::Buffer; PAGES];
            for (buffer, place) in buffers.iter_mut().zip(group.iter()) {
                *buffer = pg_sys::ReadBuffer(table.raw(), block(place));
                let page = pg_sys::BufferGetPage(*buffer) as *const u8;
                prefetch(page, 1);
                prefetch(line(page, place), 1);
            }
            for (buffer, place) in buffers.iter().zip(group.iter()) {
                let page = pg_sys::BufferGetPage(*buffer) as *const u8;
                // Without a lock it may be out of date, and then something else is near that nobody needs.
                let item = line(page, place).read_volatile();
                prefetch(page.add(item.lp_off() as usize % pg_sys::BLCKSZ as usize), 4);
            }
            for (buffer, place) in buffers.iter().zip(group.iter_mut()) {
                pg_sys::LockBuffer(*buffer, pg_sys::BUFFER_LOCK_SHARE as i32);
                let seen = pg_sys::heap_hot_search_buffer(
                    place,
                    table.raw(),
                    *buffer,
                    snapshot,
                    &mut tuple,
                    std::ptr::null_mut(),
                    true,
                );
                pg_sys::LockBuffer(*buffer, pg_sys::BUFFER_LOCK_UNLOCK as i32);
                if seen {
                    let mut row = K::Row::EMPTY;
                    layout.read(tuple.t_data, &mut row);
                    each(&row);
                }
                pg_sys::ReleaseBuffer(*buffer);
            }
        }
    }
}

/// The line pointer of a place.
///
/// # Safety
/// `page` is that of the place, and pinned.
unsafe fn line(page: *const u8, place: &pg_sys::ItemPointerData) -> *const pg_sys::ItemIdData {
    let lines = std::mem::offset_of!(pg_sys::PageHeaderData, pd_linp);
    // SAFETY: an index only has places of lines that the page had once; a page never gets smaller than its lines.
    unsafe { (page.add(lines) as *const pg_sys::ItemIdData).add(usize::from(place.ip_posid.max(1)) - 1) }
}
