//! `dynasty.norm_stamps`: which seasons of which levels have changed, for whoever keeps something computed from them.
//!
//! A row per transaction and (season, level) whose games changed, with a number of its own; (NULL, NULL) stands for all of
//! them. The sum of the numbers that a snapshot sees tells sets of changes apart, so a cached value is good exactly when
//! the sum is the one it was computed under, whatever other transactions did, rolled back or have not committed.
//! Rows are only added, so writers never wait for each other; now and then one of them adds up what is committed.

use crate::pg::columns::{column_named, is_domain, stored_type, wrong_type};
use crate::pg::errors::error;
use crate::pg::relation::{HeapTable, OpenRelation};
use crate::pg::scan::each_tuple;
use crate::pg::table_writer::TableWriter;
use crate::pg::text::ShortText;
use crate::prospects::tables::NORM_STAMPS;
use dynasty_numbers::fingerprint::fingerprint;
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::{Cell, RefCell};

/// From this many pages on the rows are added up; as many as a reader passes over in no time.
const PAGES: u32 = 16;

/// A session looks whether to add up with its first row and after so many more. What was added up leaves its pages only
/// when VACUUM comes: looking each time would read ever more for nothing, and keep VACUUM from its lock.
const ROWS_BETWEEN_LOOKS: u32 = 1000;

/// The sums of the stamps that a snapshot sees.
#[derive(Default)]
pub struct Stamps {
    all: u64,
    by_level: FxHashMap<(i32, Box<[u8]>), u64>,
}

impl Stamps {
    /// The sum for everything.
    pub fn of_all(&self) -> u64 {
        self.all
    }

    /// The sum for a season at a level.
    pub fn of(&self, season: i32, level: &str) -> u64 {
        let key = (season, Box::from(level.as_bytes()));
        self.by_level.get(&key).copied().unwrap_or(0)
    }
}

/// The open table, and where its columns (season, level, stamp) stand.
struct StampsTable {
    table: HeapTable,
    columns: [usize; 3],
    /// Whether rows are added without the executor: nothing of the user's is on it.
    is_bare: bool,
}

/// The table, if it is there. Raises 42703 or 42804 for a column that is missing or of another type: without its rows sessions
/// would go on with norms that are not true any more.
fn open(lock: u32) -> Option<StampsTable> {
    const COLUMNS: [(&str, pg_sys::Oid, &str); 3] = [
        ("season", pg_sys::INT4OID, "integer"),
        ("level", pg_sys::VARCHAROID, "character varying"),
        ("stamp", pg_sys::INT8OID, "bigint"),
    ];
    const WHY: &str = "The norms' journal is kept as that type.";
    let Some(table) = HeapTable::of(OpenRelation::open(NORM_STAMPS.find()?, lock)) else {
        error(
            ERRCODE_WRONG_OBJECT_TYPE,
            format!("{NORM_STAMPS} is not an ordinary table"),
        )
        .hint("Drop it and CALL dynasty.install() to make it again.")
        .raise()
    };
    let mut columns = [0; 3];
    let attributes = table.row_type().attributes();
    for (i, (name, wanted, word)) in COLUMNS.into_iter().enumerate() {
        // SAFETY: the relation is open.
        let Some(column) = (unsafe { column_named(table.tupdesc(), name, i) }) else {
            error(
                ERRCODE_UNDEFINED_COLUMN,
                format!("{NORM_STAMPS} has no column \"{name}\""),
            )
            .hint("Drop the table and CALL dynasty.install() to make it again.")
            .raise()
        };
        let attribute = &attributes[column];
        let (stored, _) = stored_type(attribute.atttypid, attribute.atttypmod);
        let fits = stored == wanted || wanted == pg_sys::VARCHAROID && stored == pg_sys::TEXTOID;
        if !fits || attribute.attgenerated != 0 {
            wrong_type(NORM_STAMPS, attribute, word, WHY).raise();
        }
        columns[i] = column;
    }
    let as_made = attributes.len() == 3 && columns == [0, 1, 2] && attributes.iter().all(|a| !is_domain(a.atttypid));
    let is_bare = as_made && table.is_bare();
    Some(StampsTable {
        table,
        columns,
        is_bare,
    })
}

/// What the active snapshot sees; `None` when the journal is not kept.
pub fn stamps() -> Option<Stamps> {
    let StampsTable { table, columns, .. } = open(pg_sys::AccessShareLock)?;
    // Who has read may keep something: the next change of this transaction must be told to it, even at a level stamped before.
    DONE.take();
    let mut stamps = Stamps::default();
    each_tuple(&table, &mut |_, values, nulls| {
        stamps.take(columns.map(|c| values[c]), columns.map(|c| nulls[c]));
    });
    Some(stamps)
}

impl Stamps {
    fn take(&mut self, values: [pg_sys::Datum; 3], nulls: [bool; 3]) {
        if nulls[2] {
            return;
        }
        let stamp = values[2].value() as u64;
        let sum = if nulls[0] || nulls[1] {
            &mut self.all
        } else {
            let level = text_bytes(values[1]);
            self.by_level.entry((values[0].value() as i32, level)).or_default()
        };
        *sum = sum.wrapping_add(stamp);
    }
}

fn text_bytes(datum: pg_sys::Datum) -> Box<[u8]> {
    // SAFETY: a varchar of the table above, copied before its tuple goes.
    unsafe {
        let at = pg_sys::pg_detoast_datum_packed(datum.cast_mut_ptr());
        let length = pgrx::varlena::varsize_any_exhdr(at);
        std::slice::from_raw_parts(pgrx::varlena::vardata_any(at) as *const u8, length).into()
    }
}

/// What this subtransaction has stamped since anybody here read the stamps: more rows would say nothing more.
#[derive(Default)]
struct Done {
    transaction: (u64, u32),
    levels: FxHashSet<(i32, Box<[u8]>)>,
    all: bool,
}

thread_local! {
    static DONE: RefCell<Done> = RefCell::default();
    /// Rows that this session may add before it looks again whether to add up.
    static ROWS_TO_LOOK: Cell<u32> = const { Cell::new(0) };
}

/// Notes that games of these seasons and levels have changed in the running transaction.
pub fn note<'a>(levels: impl Iterator<Item = (i32, &'a [u8])>) {
    let mut fresh: Vec<(i32, &[u8])> = vec![];
    with_done(|done| {
        for (season, level) in levels {
            if done.levels.insert((season, level.into())) {
                fresh.push((season, level));
            }
        }
    });
    if fresh.is_empty() {
        return;
    }
    let Some(table) = open(pg_sys::RowExclusiveLock) else {
        return;
    };
    for &(season, level) in &fresh {
        insert(&table, Some((season, level)), new_stamp(&(season, level)));
    }
    add_up_now_and_then(&table, fresh.len());
}

/// Notes that anything may have changed.
pub fn note_all() {
    if with_done(|done| std::mem::replace(&mut done.all, true)) {
        return;
    }
    if let Some(table) = open(pg_sys::RowExclusiveLock) {
        insert(&table, None, new_stamp(&()));
    }
}

fn transaction() -> (u64, u32) {
    // SAFETY: assigns a number to the transaction if it has none yet, which a writer needs anyway.
    unsafe {
        (
            pg_sys::GetTopFullTransactionId().value,
            pg_sys::GetCurrentSubTransactionId(),
        )
    }
}

fn with_done<R>(f: impl FnOnce(&mut Done) -> R) -> R {
    DONE.with_borrow_mut(|done| {
        let transaction = transaction();
        if done.transaction != transaction {
            *done = Done {
                transaction,
                ..Done::default()
            };
        }
        f(done)
    })
}

/// A number that no other command has for the same thing.
pub fn new_stamp(of: &impl std::hash::Hash) -> i64 {
    // SAFETY: reads the state of the transaction.
    let command = unsafe { pg_sys::GetCurrentCommandId(false) };
    fingerprint(&(transaction(), command, of)) as i64
}

/// Adds a row.
fn insert(to: &StampsTable, of: Option<(i32, &[u8])>, stamp: i64) {
    let level = ShortText::new(of.map_or(b"", |(_, level)| level));
    let mut values = [
        pg_sys::Datum::from(of.map_or(0, |(season, _)| season)),
        level.datum(),
        pg_sys::Datum::from(stamp),
    ];
    let mut nulls = [of.is_none(), of.is_none(), false];
    if !to.is_bare {
        let table = OpenRelation::open(to.table.oid(), pg_sys::RowExclusiveLock);
        let mut writer = TableWriter::open(table, to.columns.to_vec(), vec![]);
        // SAFETY: values of the three columns, whose types were looked at when the table was opened.
        unsafe { writer.insert(&values, &nulls) };
        writer.finish();
        return;
    }
    let table = &to.table;
    // SAFETY: the values are those of the three columns; the table has no index that would miss the row.
    unsafe {
        let tuple = pg_sys::heap_form_tuple(table.tupdesc(), values.as_mut_ptr(), nulls.as_mut_ptr());
        pg_sys::simple_heap_insert(table.raw(), tuple);
        pg_sys::heap_freetuple(tuple);
    }
}

/// Puts a row in the place of all that are committed, when there are many.
fn add_up_now_and_then(stamps: &StampsTable, rows_added: usize) {
    // What users hang on it is told of every row, and of none that only says the same in fewer.
    if !stamps.is_bare {
        return;
    }
    let table = &stamps.table;
    let to_look = ROWS_TO_LOOK.get();
    if let Some(left) = to_look.checked_sub(rows_added as u32) {
        ROWS_TO_LOOK.set(left);
        return;
    }
    ROWS_TO_LOOK.set(ROWS_BETWEEN_LOOKS);
    // SAFETY: the relation is open. The lock keeps a second one, and VACUUM, from doing this at the same time; where it
    // cannot be had at once, another time will do. Under an old snapshot rows of others could be in the way.
    unsafe {
        let main = pg_sys::ForkNumber::MAIN_FORKNUM;
        if pg_sys::RelationGetNumberOfBlocksInFork(table.raw(), main) <= PAGES
            || pg_sys::XactIsoLevel >= pg_sys::XACT_REPEATABLE_READ as i32
            || !pg_sys::ConditionalLockRelationOid(
                (*table.raw()).rd_id,
                pg_sys::ShareUpdateExclusiveLock as pg_sys::LOCKMODE,
            )
        {
            return;
        }
        pg_sys::PushCopiedSnapshot(pg_sys::GetLatestSnapshot());
        pg_sys::UpdateActiveSnapshotCommandId();
        let mut sums = Stamps::default();
        let mut rows = vec![];
        each_tuple(table, &mut |tid, values, nulls| {
            sums.take([values[0], values[1], values[2]], [nulls[0], nulls[1], nulls[2]]);
            rows.push(tid);
        });
        pg_sys::PopActiveSnapshot();
        if rows.len() < 100 {
            return;
        }
        for mut tid in rows {
            pg_sys::simple_heap_delete(table.raw(), &mut tid);
        }
        insert(stamps, None, sums.all as i64);
        for ((season, level), sum) in &sums.by_level {
            insert(stamps, Some((*season, level)), *sum as i64);
        }
    }
}
