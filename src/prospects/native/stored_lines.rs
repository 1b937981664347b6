//! Reading `milb_season_stats`: its columns by name, its rows as totals, and whether their bytes are what they should be.

use super::cells::{CellDatums, read_whole_numeric};
use crate::pg::columns::{column_named, stored_type, type_name, wrong_type};
use crate::pg::errors::error;
use crate::pg::relation::{HeapTable, OpenRelation};
use crate::prospects::tables::SEASON_STATS;
use dynasty_numbers::decimal::Fixed;
use dynasty_prospects::season::Totals;
use dynasty_prospects::season::line::{Cell, STORED, STORED_COLUMNS, stored_cells, totals_of};
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;
use std::sync::LazyLock;

/// The key of a season line.
#[derive(Clone, Copy)]
pub struct LineKey<'a> {
    pub prospect_id: i32,
    pub season: i32,
    pub level: &'a [u8],
}

const KEY_COLUMNS: [&str; 3] = ["prospect_id", "season", "level"];

/// How many columns are written: the key, the stamp and the stored ones.
pub const WRITTEN: usize = KEY_COLUMNS.len() + 1 + STORED;

/// Where the columns stand; numbers from 0.
pub struct LineColumns {
    pub key: [usize; 3],
    pub stored: [usize; STORED],
    /// The column of the stamp, which is another one each time a line is written.
    pub stamp: usize,
    /// How many characters a level may have.
    pub longest_level: Option<usize>,
}

impl LineColumns {
    /// All that are written: the key, the stamp, the stored ones.
    pub fn all(&self) -> Vec<usize> {
        let key = self.key.iter().chain([&self.stamp]);
        key.chain(&self.stored).copied().collect()
    }

    /// Whether the row in the slot is that line.
    ///
    /// # Safety
    /// `slot` must hold a row of the table that these columns are of.
    pub unsafe fn has_key(&self, slot: *mut pg_sys::TupleTableSlot, key: LineKey) -> bool {
        // SAFETY: the caller's promise; the level is a text, and lives as long as the slot's row.
        unsafe {
            pg_sys::slot_getsomeattrs_int(slot, (*(*slot).tts_tupleDescriptor).natts);
            let value = |i: usize| {
                let column = self.key[i];
                (!(*slot).tts_isnull.add(column).read()).then(|| (*slot).tts_values.add(column).read())
            };
            let (Some(prospect_id), Some(season), Some(level)) = (value(0), value(1), value(2)) else {
                return false;
            };
            let level = pg_sys::pg_detoast_datum_packed(level.cast_mut_ptr());
            let length = pgrx::varlena::varsize_any_exhdr(level);
            let bytes = std::slice::from_raw_parts(pgrx::varlena::vardata_any(level) as *const u8, length);
            prospect_id.value() as i32 == key.prospect_id && season.value() as i32 == key.season && bytes == key.level
        }
    }
}

/// The open table and where its columns stand.
pub struct StoredLines {
    pub table: HeapTable,
    pub columns: LineColumns,
}

impl StoredLines {
    /// Opens the statistics for reading.
    pub fn open() -> StoredLines {
        Self::open_under(pg_sys::AccessShareLock)
    }

    /// Opens them under a lock.
    pub fn open_under(lock: u32) -> StoredLines {
        let Some(table) = HeapTable::of(OpenRelation::open(SEASON_STATS.oid(), lock)) else {
            error(
                ERRCODE_WRONG_OBJECT_TYPE,
                format!("{SEASON_STATS} is not an ordinary table"),
            )
            .detail("Season statistics are maintained in an ordinary heap table.")
            .hint("Drop it and CALL dynasty.install() to make it again; its rows follow from the game logs.")
            .raise()
        };
        let key = KEY_COLUMNS.map(|name| column_number(&table, name, usize::MAX));
        let mut stored = [0; STORED];
        for (i, name) in STORED_COLUMNS.iter().enumerate() {
            stored[i] = column_number(&table, name, i + KEY_COLUMNS.len());
        }
        let stamp = column_number(&table, "stamp", STORED + KEY_COLUMNS.len());
        StoredLines {
            columns: LineColumns {
                key,
                stored,
                stamp,
                longest_level: longest_level(&table, key[2]),
            },
            table,
        }
    }

    /// Calls `each` with the key and the totals of every line the active snapshot sees, and whether the rest of the
    /// stored values are those that follow from the totals, to the last byte.
    pub fn each_line(&self, each: &mut dyn FnMut(LineKey, Option<Totals>, bool)) {
        let mut datums = CellDatums::new();
        // SAFETY: the scan is one of the open heap; the slot holds its row until the next.
        unsafe {
            let flags = pg_sys::ScanOptions::SO_TYPE_SEQSCAN | pg_sys::ScanOptions::SO_ALLOW_PAGEMODE;
            let (none, no_scan) = (std::ptr::null_mut(), std::ptr::null_mut());
            let snapshot = pg_sys::GetActiveSnapshot();
            let scan = pg_sys::heap_beginscan(self.table.raw(), snapshot, 0, none, no_scan, flags);
            let slot = pg_sys::table_slot_create(self.table.raw(), std::ptr::null_mut());
            while pg_sys::heap_getnextslot(scan, pg_sys::ScanDirection::ForwardScanDirection, slot) {
                let cells = read_cells(slot, &self.columns.stored);
                let totals = totals_of(&cells);
                let exact = totals.is_some_and(|t| self.has_bytes_of(&mut datums, slot, &t));
                let values = std::slice::from_raw_parts((*slot).tts_values, (*self.table.tupdesc()).natts as usize);
                let nulls = std::slice::from_raw_parts((*slot).tts_isnull, values.len());
                if self.columns.key.iter().any(|column| nulls[*column]) {
                    lacks_key();
                }
                let level = pg_sys::pg_detoast_datum_packed(values[self.columns.key[2]].cast_mut_ptr());
                let length = pgrx::varlena::varsize_any_exhdr(level);
                let bytes = std::slice::from_raw_parts(pgrx::varlena::vardata_any(level) as *const u8, length);
                let key = LineKey {
                    prospect_id: values[self.columns.key[0]].value() as i32,
                    season: values[self.columns.key[1]].value() as i32,
                    level: bytes,
                };
                each(key, totals, exact);
            }
            pg_sys::ExecDropSingleTupleTableSlot(slot);
            pg_sys::heap_endscan(scan);
        }
    }

    /// # Safety
    /// `slot` must hold a row of the table, deformed.
    unsafe fn has_bytes_of(&self, datums: &mut CellDatums, slot: *mut pg_sys::TupleTableSlot, totals: &Totals) -> bool {
        datums.fill(&stored_cells(totals));
        // SAFETY: attribute numbers are those of the row type.
        unsafe {
            let attributes = self.table.row_type().attributes();
            self.columns.stored.iter().enumerate().all(|(i, column)| {
                let (value, null) = (
                    (*slot).tts_values.add(*column).read(),
                    (*slot).tts_isnull.add(*column).read(),
                );
                null == datums.nulls[i] && (null || same_bytes(value, datums.values[i], attributes[*column].attbyval))
            })
        }
    }
}

/// Whether two values of one type are the same bytes (the header of a variable-length one aside).
///
/// # Safety
/// Both must be of that type: passed by value, or of variable length.
unsafe fn same_bytes(a: pg_sys::Datum, b: pg_sys::Datum, by_value: bool) -> bool {
    // SAFETY: the caller's promise.
    let bytes = |datum: pg_sys::Datum| unsafe {
        let at = pg_sys::pg_detoast_datum_packed(datum.cast_mut_ptr());
        let length = pgrx::varlena::varsize_any_exhdr(at);
        std::slice::from_raw_parts(pgrx::varlena::vardata_any(at) as *const u8, length)
    };
    if by_value {
        a.value() == b.value()
    } else {
        bytes(a) == bytes(b)
    }
}

/// # Safety
/// `slot` must hold a row of the statistics, whose columns those are.
pub unsafe fn read_cells(slot: *mut pg_sys::TupleTableSlot, columns: &[usize; STORED]) -> [Cell; STORED] {
    // SAFETY: the caller's promise.
    unsafe {
        let n = (*(*slot).tts_tupleDescriptor).natts;
        pg_sys::slot_getsomeattrs_int(slot, n);
        let types = &*STORED_TYPES;
        std::array::from_fn(|i| {
            let column = columns[i];
            if *(*slot).tts_isnull.add(column) {
                return Cell::Null;
            }
            let value = *(*slot).tts_values.add(column);
            // Their types were looked at when the columns were looked up.
            match types[i] {
                pg_sys::INT8OID => Cell::Int(value.value() as i64),
                pg_sys::DATEOID => Cell::Date(value.value() as i32),
                // Rates follow from the sums; of the numerics only the exact state is read.
                pg_sys::NUMERICOID if i == STORED - 1 => {
                    read_whole_numeric(value).map_or(Cell::Null, |units| Cell::Rate(Fixed { units, scale: 0 }))
                }
                _ => Cell::Null,
            }
        })
    }
}

fn lacks_key() -> ! {
    error(
        ERRCODE_NOT_NULL_VIOLATION,
        "a line of dynasty.milb_season_stats lacks a part of its key (prospect_id, season, level)",
    )
    .hint("Delete the line, and ALTER TABLE ... ALTER COLUMN ... SET NOT NULL.")
    .raise()
}

/// The types a column may have: that of the values that are written to it and read from it.
fn wanted_types(name: &str) -> &'static [pg_sys::Oid] {
    match name {
        "prospect_id" | "season" => &[pg_sys::INT4OID],
        "level" => &[pg_sys::VARCHAROID, pg_sys::TEXTOID],
        "season_start" | "season_end" => &[pg_sys::DATEOID],
        "hit_consistency_cv" => &[pg_sys::FLOAT8OID],
        "avg" | "obp" | "slg" | "bb_percent" | "k_percent" | "ops" | "iso" | "innings_pitched" | "era" | "whip"
        | "fip" | "k_per_9" | "bb_per_9" | "hits_squared" => &[pg_sys::NUMERICOID],
        _ => &[pg_sys::INT8OID],
    }
}

/// The types of the stored columns, in their order.
static STORED_TYPES: LazyLock<[pg_sys::Oid; STORED]> =
    LazyLock::new(|| STORED_COLUMNS.map(|name| wanted_types(name)[0]));

/// The number (from 0) of a column, which usually stands at `expected`; raises 42703 when there is none and 42804 when it
/// is of another type (a domain over the right one will do). Numbers are stored as they are reckoned, so a numeric that
/// rounds them is another type as well.
fn column_number(table: &OpenRelation, name: &str, expected: usize) -> usize {
    // SAFETY: the relation is open.
    let at = unsafe { column_named(table.tupdesc(), name, expected) }.unwrap_or_else(|| {
        error(
            ERRCODE_UNDEFINED_COLUMN,
            format!("dynasty.milb_season_stats has no column \"{name}\""),
        )
        .hint("The table belongs to the extension's season statistics; drop it and CALL dynasty.install().")
        .raise()
    });
    let attribute = &table.row_type().attributes()[at];
    let (found, modifier) = stored_type(attribute.atttypid, attribute.atttypmod);
    let wanted = wanted_types(name);
    if !wanted.contains(&found) || found == pg_sys::NUMERICOID && modifier >= 0 {
        let wanted = type_name(wanted[0], -1);
        wrong_type(
            SEASON_STATS,
            attribute,
            &wanted,
            "The season statistics are stored as that type.",
        )
        .hint(format!(
            "ALTER TABLE dynasty.milb_season_stats ALTER COLUMN {name} TYPE {wanted}"
        ))
        .raise();
    }
    // A generated column cannot be written, as the server says of such columns.
    if attribute.attgenerated != 0 {
        error(
            ERRCODE_GENERATED_ALWAYS,
            format!("column \"{name}\" of dynasty.milb_season_stats is a generated column"),
        )
        .detail("The season statistics are stored in it.")
        .raise();
    }
    at
}

/// The longest level that the column holds.
fn longest_level(table: &OpenRelation, column: usize) -> Option<usize> {
    let attribute = &table.row_type().attributes()[column];
    let (_, modifier) = stored_type(attribute.atttypid, attribute.atttypmod);
    usize::try_from(modifier - pg_sys::VARHDRSZ as i32).ok()
}
