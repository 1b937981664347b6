//! Reading game logs straight from their pages: a whole table, or the rows of one season line by index.

use super::game_row::{GameRow, GameRowLayout};
use super::relation::OpenRelation;
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
pub fn scan_table(table: &OpenRelation, each: &mut dyn FnMut(&[GameRow])) {
    use pg_sys::ScanOptions::*;
    // SAFETY: the relation is an open heap. heapgetpage pins the page and lists its visible line pointers; tuples of a
    // pinned page stay where they are. Buffers are released by heap_endscan, or by the resource owner after an error.
    unsafe {
        let mut layout = GameRowLayout::of(table.tupdesc());
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
        let mut rows: Vec<GameRow> = std::iter::repeat_with(|| GameRow::EMPTY).take(MAX_ROWS).collect();
        let heap_scan = scan as *mut pg_sys::HeapScanDescData;
        for block in 0..(*heap_scan).rs_nblocks {
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
pub fn scan_table(table: &OpenRelation, each: &mut dyn FnMut(&[GameRow])) {
    use pg_sys::ScanOptions::*;
    // SAFETY: the relation is an open heap; the tuple is valid until the next call.
    unsafe {
        let mut layout = GameRowLayout::of(table.tupdesc());
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
            let tuple = pg_sys::heap_getnext(scan, pg_sys::ScanDirection::ForwardScanDirection);
            if tuple.is_null() {
                break;
            }
            let mut row = GameRow::EMPTY;
            layout.read((*tuple).t_data, &mut row);
            each(std::slice::from_ref(&row));
        }
        pg_sys::heap_endscan(scan);
    }
}

/// An index whose leading columns are given values.
struct KeyedIndex {
    oid: pg_sys::Oid,
    /// How many of (prospect_id, season, level) it leads with.
    columns: usize,
}

/// The best index for finding one season line: one that leads with (prospect_id, season, level), else with a part of it.
fn index_for_season_lines(table: &OpenRelation) -> Option<KeyedIndex> {
    let key = ["prospect_id", "season", "level"];
    let mut best: Option<KeyedIndex> = None;
    // SAFETY: the relation is open; the index list and relcache entries are valid while used.
    unsafe {
        let described = (*table.tupdesc()).attrs.as_slice((*table.tupdesc()).natts as usize);
        let list = pg_sys::RelationGetIndexList(table.raw());
        let n = if list.is_null() { 0 } else { (*list).length };
        for i in 0..n {
            let oid = (*(*list).elements.add(i as usize)).oid_value;
            let index = pg_sys::index_open(oid, pg_sys::AccessShareLock as pg_sys::LOCKMODE);
            let form = (*index).rd_index;
            let usable = (*form).indisvalid
                && (*(*index).rd_rel).relam == pg_sys::BTREE_AM_OID
                && pg_sys::RelationGetIndexPredicate(index).is_null();
            if usable {
                let attributes = (*form).indkey.values.as_slice((*form).indnkeyatts as usize);
                let columns = key
                    .iter()
                    .zip(attributes)
                    .take_while(|(name, attribute)| {
                        **attribute > 0 && {
                            let column = &described[**attribute as usize - 1];
                            std::ffi::CStr::from_ptr(column.attname.data.as_ptr()).to_bytes() == name.as_bytes()
                        }
                    })
                    .count();
                if columns > best.as_ref().map_or(0, |b| b.columns) {
                    best = Some(KeyedIndex { oid, columns });
                }
            }
            pg_sys::index_close(index, pg_sys::AccessShareLock as pg_sys::LOCKMODE);
        }
    }
    best
}

/// Finds the rows of single prospects and seasons in one table, one after the other.
pub struct SeasonLineReader {
    table: OpenRelation,
    layout: GameRowLayout,
    index: Option<KeyedIndex>,
}

impl SeasonLineReader {
    /// A reader of an open table with the columns of `milb_game_logs`.
    pub fn new(table: OpenRelation) -> SeasonLineReader {
        // SAFETY: the relation is open.
        let layout = unsafe { GameRowLayout::of(table.tupdesc()) };
        let index = index_for_season_lines(&table);
        SeasonLineReader { table, layout, index }
    }

    /// Whether single prospects can be found without reading the whole table.
    pub fn is_indexed(&self) -> bool {
        self.index.is_some()
    }

    /// Calls `each` for every row that the active snapshot sees.
    pub fn all_rows(&self, each: &mut dyn FnMut(&[GameRow])) {
        scan_table(&self.table, each);
    }

    /// Calls `each` for every row of that prospect (in that season, if given) that the active snapshot sees.
    pub fn rows_of(&mut self, prospect_id: i32, season: Option<i32>, each: &mut dyn FnMut(&GameRow)) {
        let mut of_line = |row: &GameRow| {
            if row.prospect_id == prospect_id && season.is_none_or(|s| row.season == s) {
                each(row);
            }
        };
        let Some(key) = &self.index else {
            return scan_table(&self.table, &mut |rows| rows.iter().for_each(&mut of_line));
        };
        // SAFETY: index and table are open; the slot holds its tuple until the next one is fetched; scan and slot are
        // ended here, or by the resource owner and memory context after an error.
        unsafe {
            let index = pg_sys::index_open(key.oid, pg_sys::AccessShareLock as pg_sys::LOCKMODE);
            let columns = key.columns.min(if season.is_some() { 2 } else { 1 });
            let mut keys = [pg_sys::ScanKeyData::default(); 2];
            for (i, value) in [prospect_id, season.unwrap_or(0)].into_iter().enumerate().take(columns) {
                pg_sys::ScanKeyEntryInitialize(
                    &mut keys[i],
                    0,
                    i as i16 + 1,
                    pg_sys::BTEqualStrategyNumber as u16,
                    pg_sys::InvalidOid,
                    pg_sys::InvalidOid,
                    pg_sys::Oid::from(pg_sys::F_INT4EQ),
                    pg_sys::Datum::from(value),
                );
            }
            let scan = pg_sys::index_beginscan(self.table.raw(), index, pg_sys::GetActiveSnapshot(), columns as i32, 0);
            pg_sys::index_rescan(scan, keys.as_mut_ptr(), columns as i32, std::ptr::null_mut(), 0);
            let slot = pg_sys::table_slot_create(self.table.raw(), std::ptr::null_mut());
            while pg_sys::index_getnext_slot(scan, pg_sys::ScanDirection::ForwardScanDirection, slot) {
                let tuple = (*(slot as *mut pg_sys::HeapTupleTableSlot)).tuple;
                let mut row = GameRow::EMPTY;
                self.layout.read((*tuple).t_data, &mut row);
                of_line(&row);
            }
            pg_sys::ExecDropSingleTupleTableSlot(slot);
            pg_sys::index_endscan(scan);
            pg_sys::index_close(index, pg_sys::AccessShareLock as pg_sys::LOCKMODE);
        }
    }
}
