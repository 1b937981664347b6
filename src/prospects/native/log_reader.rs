//! Reading the game logs of one prospect or of one level's season by index.

use crate::pg::log_scan::scan_table;
use crate::pg::relation::OpenRelation;
use crate::pg::servers;
use crate::pg::stored_row::{RowKind, RowLayout, StoredRow};
use crate::pg::tid_fetch;
use pgrx::pg_sys;

/// A value an index column is looked up by.
#[derive(Clone, Copy)]
enum Key<'a> {
    Int(i32),
    Text(&'a str),
}

/// An index that leads with some of the columns asked for.
struct KeyedIndex {
    oid: pg_sys::Oid,
    /// With how many.
    columns: usize,
}

/// The index that leads with most of those columns, in their order.
fn index_leading_with(table: &OpenRelation, key: &[&str]) -> Option<KeyedIndex> {
    let mut best: Option<KeyedIndex> = None;
    // SAFETY: the relation is open; the index list and relcache entries are valid while used.
    unsafe {
        let described = servers::attributes(table.tupdesc());
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

/// Finds rows of one table by prospect, or by season and level.
pub struct LogReader<K> {
    table: OpenRelation,
    layout: RowLayout<K>,
    by_prospect: Option<KeyedIndex>,
    by_level: Option<KeyedIndex>,
}

impl<K: RowKind + 'static> LogReader<K> {
    /// A reader of an open table with the columns of `milb_game_logs`.
    pub fn new(table: OpenRelation) -> LogReader<K> {
        LogReader {
            // SAFETY: the relation is open.
            layout: unsafe { RowLayout::of(table.tupdesc()) },
            by_prospect: index_leading_with(&table, &["prospect_id", "season", "level"]),
            by_level: index_leading_with(&table, &["season", "level"]),
            table,
        }
    }

    /// Whether single prospects can be found without reading the whole table.
    pub fn is_indexed(&self) -> bool {
        self.by_prospect.is_some()
    }

    /// Calls `each` for every row that the active snapshot sees.
    pub fn all_rows(&self, each: &mut dyn FnMut(&[K::Row<'_>])) {
        scan_table::<K>(&self.table, each);
    }

    /// Calls `each` for every row of that prospect (in that season, if given) that the active snapshot sees.
    pub fn rows_of(&mut self, prospect_id: i32, season: Option<i32>, each: &mut dyn FnMut(&K::Row<'_>)) {
        let mut matching = |row: &K::Row<'_>| {
            if row.prospect_id() == prospect_id && season.is_none_or(|s| row.season() == s) {
                each(row);
            }
        };
        let keys = [Key::Int(prospect_id), Key::Int(season.unwrap_or(0))];
        let given = if season.is_some() { 2 } else { 1 };
        match &self.by_prospect {
            Some(index) => scan_index(&self.table, &mut self.layout, index, &keys[..given], &mut matching),
            None => scan_table::<K>(&self.table, &mut |rows| rows.iter().for_each(&mut matching)),
        }
    }

    /// Calls `each` for rows of that season the active snapshot sees: those of the level, and perhaps of others.
    pub fn rows_of_level(&mut self, season: i32, level: &str, each: &mut dyn FnMut(&K::Row<'_>)) {
        let mut matching = |row: &K::Row<'_>| {
            if row.season() == season {
                each(row);
            }
        };
        let keys = [Key::Int(season), Key::Text(level)];
        match &self.by_level {
            Some(index) => scan_index(&self.table, &mut self.layout, index, &keys, &mut matching),
            None => scan_table::<K>(&self.table, &mut |rows| rows.iter().for_each(&mut matching)),
        }
    }
}

/// Calls `each` for the rows the index finds. It may lead with fewer columns than there are keys.
fn scan_index<K: RowKind + 'static>(
    table: &OpenRelation,
    layout: &mut RowLayout<K>,
    by: &KeyedIndex,
    keys: &[Key],
    each: &mut dyn FnMut(&K::Row<'_>),
) {
    // SAFETY: index and table are open; queries run under MVCC snapshots; the scan is ended here, or by the resource owner after
    // an error.
    unsafe {
        let index = pg_sys::index_open(by.oid, pg_sys::AccessShareLock as pg_sys::LOCKMODE);
        let columns = by.columns.min(keys.len());
        let mut scan_keys = vec![pg_sys::ScanKeyData::default(); columns];
        for (i, (scan_key, key)) in scan_keys.iter_mut().zip(keys).enumerate() {
            let (procedure, value) = match key {
                Key::Int(value) => (pg_sys::F_INT4EQ, pg_sys::Datum::from(*value)),
                Key::Text(text) => {
                    let text = pg_sys::cstring_to_text_with_len(text.as_ptr() as *const _, text.len() as i32);
                    (pg_sys::F_TEXTEQ, pg_sys::Datum::from(text))
                }
            };
            pg_sys::ScanKeyEntryInitialize(
                scan_key,
                0,
                i as i16 + 1,
                pg_sys::BTEqualStrategyNumber as u16,
                pg_sys::InvalidOid,
                *(*index).rd_indcollation.add(i),
                pg_sys::Oid::from(procedure),
                value,
            );
        }
        let snapshot = pg_sys::GetActiveSnapshot();
        let scan = servers::index_beginscan(table.raw(), index, snapshot, columns as i32);
        pg_sys::index_rescan(scan, scan_keys.as_mut_ptr(), columns as i32, std::ptr::null_mut(), 0);
        let mut places = tid_fetch::places(scan);
        pg_sys::index_endscan(scan);
        pg_sys::index_close(index, pg_sys::AccessShareLock as pg_sys::LOCKMODE);
        tid_fetch::rows_at(table, layout, &mut places, snapshot, each);
    }
}
