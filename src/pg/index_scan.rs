//! Reading rows of a table by an index that leads with some of the columns that are known.

use super::columns::{name_of, stored_type};
use super::compat;
use super::heap_scan::scan_table;
use super::relation::HeapTable;
use super::stored_row::{RowKind, RowLayout};
use super::text::ShortText;
use super::tid_fetch;
use pgrx::pg_sys;

/// A column by which rows are looked for.
#[derive(Clone, Copy)]
pub enum KeyColumn {
    /// An integer one.
    Int(&'static str),
    /// One of text or character varying.
    Text(&'static str),
}

impl KeyColumn {
    fn name(self) -> &'static str {
        match self {
            KeyColumn::Int(name) | KeyColumn::Text(name) => name,
        }
    }

    /// Whether the attribute is that column: its values are compared as what they are said to be.
    fn is(self, attribute: &pg_sys::FormData_pg_attribute) -> bool {
        let (stored, _) = stored_type(attribute.atttypid, -1);
        let fits = match self {
            KeyColumn::Int(_) => stored == pg_sys::INT4OID,
            KeyColumn::Text(_) => matches!(stored, pg_sys::TEXTOID | pg_sys::VARCHAROID),
        };
        fits && name_of(attribute).to_bytes() == self.name().as_bytes()
    }
}

/// A value that a column is looked up by.
#[derive(Clone, Copy)]
pub enum Key<'a> {
    /// Of an integer column.
    Int(i32),
    /// Of a text column.
    Text(&'a str),
}

/// An index of a table that leads with some of the columns asked for.
pub struct KeyedIndex {
    of: pg_sys::Oid,
    oid: pg_sys::Oid,
    /// Those it leads with.
    columns: Vec<KeyColumn>,
}

/// Reads rows of one table.
pub struct TableReader<K> {
    table: HeapTable,
    layout: RowLayout<K>,
}

impl<K: RowKind + 'static> TableReader<K> {
    /// A reader of a table that has the columns of the kind; raises 42703 or 42804 when it has not.
    pub fn new(table: HeapTable) -> TableReader<K> {
        TableReader {
            layout: RowLayout::of(table.row_type()),
            table,
        }
    }

    /// Calls `each` for every row that the active snapshot sees, a page's rows at a time.
    pub fn all_rows(&self, each: &mut dyn FnMut(&[K::Row<'_>])) {
        scan_table::<K>(&self.table, each);
    }

    /// The index that leads with most of those columns, in their order.
    pub fn index_leading_with(&self, key: &[KeyColumn]) -> Option<KeyedIndex> {
        let mut best: Option<KeyedIndex> = None;
        let described = self.table.row_type().attributes();
        // SAFETY: the relation is open; the index list and relcache entries are valid while used.
        unsafe {
            let list = pg_sys::RelationGetIndexList(self.table.raw());
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
                    let leading = key.iter().zip(attributes);
                    let columns = leading
                        .take_while(|(column, at)| **at > 0 && column.is(&described[**at as usize - 1]))
                        .count();
                    if columns > best.as_ref().map_or(0, |b| b.columns.len()) {
                        best = Some(KeyedIndex {
                            of: self.table.oid(),
                            oid,
                            columns: key[..columns].to_vec(),
                        });
                    }
                }
                pg_sys::index_close(index, pg_sys::AccessShareLock as pg_sys::LOCKMODE);
            }
        }
        best
    }

    /// Calls `each` for the rows with those keys that the active snapshot sees, and for others where the index leads with fewer
    /// columns than there are keys.
    pub fn rows_by(&mut self, by: &KeyedIndex, keys: &[Key<'_>], each: &mut dyn FnMut(&K::Row<'_>)) {
        assert!(by.of == self.table.oid(), "an index of this table");
        // SAFETY: the table is open, and has that index; keys are of the types of its columns, which was looked at when it was found.
        // Queries run under MVCC snapshots; the scan is ended here, or by the resource owner after an error.
        unsafe {
            let index = pg_sys::index_open(by.oid, pg_sys::AccessShareLock as pg_sys::LOCKMODE);
            let columns = by.columns.len().min(keys.len());
            let mut scan_keys = vec![pg_sys::ScanKeyData::default(); columns];
            let mut texts = vec![];
            for (i, (scan_key, (column, key))) in scan_keys.iter_mut().zip(by.columns.iter().zip(keys)).enumerate() {
                let (procedure, value) = match (column, key) {
                    (KeyColumn::Int(_), Key::Int(value)) => (pg_sys::F_INT4EQ, pg_sys::Datum::from(*value)),
                    (KeyColumn::Text(_), Key::Text(text)) => {
                        let text = ShortText::of(text);
                        let value = text.datum();
                        texts.push(text);
                        (pg_sys::F_TEXTEQ, value)
                    }
                    _ => panic!("a key of another type than its column"),
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
            let scan = compat::index_beginscan(self.table.raw(), index, snapshot, columns as i32);
            pg_sys::index_rescan(scan, scan_keys.as_mut_ptr(), columns as i32, std::ptr::null_mut(), 0);
            let mut places = tid_fetch::places(scan);
            pg_sys::index_endscan(scan);
            pg_sys::index_close(index, pg_sys::AccessShareLock as pg_sys::LOCKMODE);
            tid_fetch::rows_at(&self.table, &mut self.layout, &mut places, snapshot, each);
        }
    }
}
