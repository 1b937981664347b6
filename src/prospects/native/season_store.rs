//! Writing `milb_season_stats` natively: find a line by its unique index, lock it, change or make it.
//!
//! This is what an `INSERT ... ON CONFLICT DO UPDATE` does, without planning and without passing 57 values through
//! SQL expressions for every line. It asks for no rights: whoever may write game logs need not (and should not) be granted
//! anything on the statistics. Readers never block it; writers of the
//! same line queue up on its row lock until commit, in the order of the keys they are given.

use super::cells::CellDatums;
use super::norm_stamps::new_stamp;
use super::own_lines;
use super::stored_lines::{LineColumns, LineKey, StoredLines, WRITTEN, read_cells};
use crate::pg::compat;
use crate::pg::errors::error;
use crate::pg::table_writer::{RowSlot, TableWriter, Written};
use dynasty_prospects::season::Totals;
use dynasty_prospects::season::line::{stored_cells, totals_of};
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;

mod find;

/// The open table, ready to be written.
pub struct SeasonStore {
    columns: LineColumns,
    writer: TableWriter,
    unique_index: pg_sys::Relation,
    scan: pg_sys::IndexScanDesc,
    /// Where the scan allocates what it keeps from one look-up to the next.
    home: pg_sys::MemoryContext,
    /// The scan keeps a pointer to it.
    _dirty: Box<pg_sys::SnapshotData>,
    /// The line found.
    found: RowSlot,
    datums: CellDatums,
}

impl SeasonStore {
    /// Opens the statistics for writing.
    pub fn open() -> SeasonStore {
        let StoredLines { table, columns } = StoredLines::open_under(pg_sys::RowExclusiveLock);
        let writer = TableWriter::open(table.into_relation(), columns.all(), columns.key.to_vec());
        let table = writer.table();
        // SAFETY: the relation and its indexes are open until the writer is finished. The scan lives in the current memory
        // context.
        unsafe {
            let unique_index = unique_index(writer.indexes(), columns.key);
            let mut dirty = Box::new(pg_sys::SnapshotData::default());
            dirty.snapshot_type = pg_sys::SnapshotType::SNAPSHOT_DIRTY;
            let scan = compat::index_beginscan(table.raw(), unique_index, &mut *dirty, 3);
            SeasonStore {
                unique_index,
                scan,
                home: pg_sys::CurrentMemoryContext,
                _dirty: dirty,
                found: writer.row_slot(),
                columns,
                writer,
                datums: CellDatums::new(),
            }
        }
    }

    /// Whether triggers of the user's stand between what is written and what is stored: a line is not to be built upon then.
    pub fn may_be_changed_by_triggers(&self) -> bool {
        self.writer.has_before_row_triggers()
    }

    /// Brings one line up to date. Its row is locked first; `change` then gets the totals it stands at (`None`: there
    /// is no such line) and says what they shall be (no games: the line goes). When another transaction makes the line
    /// in between, `change` is asked again.
    pub fn update_line(&mut self, key: LineKey, change: &mut dyn FnMut(Option<Totals>) -> Totals) {
        self.until_done(key, &mut |store, found| {
            // SAFETY: a row was found.
            let old = found.then(|| unsafe { store.read_found() });
            // Written even when it reads the same: its games are not the same, and a transaction that still sees the
            // earlier ones must find the line changed.
            change(old)
        });
    }

    /// Writes a line whatever stands there; `None` removes it.
    pub fn rewrite_line(&mut self, key: LineKey, totals: Option<&Totals>) {
        self.until_done(key, &mut |_, _| totals.copied().unwrap_or_default());
    }

    /// Locks the line and writes what `decide` (told whether it was found) wants, until no other writer interferes.
    fn until_done(&mut self, key: LineKey, decide: &mut dyn FnMut(&Self, bool) -> Totals) {
        let memory = self.writer.row_memory();
        loop {
            // SAFETY: the writer is open, and lines are written one after the other.
            let done = unsafe {
                memory.within(|| {
                    let found = self.find_and_lock(key);
                    let totals = decide(self, found);
                    self.write(key, found, &totals)
                })
            };
            if done {
                return;
            }
        }
    }

    /// Writes a line that was found and locked, or is new; `false` when somebody else made it meanwhile.
    ///
    /// # Safety
    /// Must run in a memory context that is reset between lines.
    unsafe fn write(&mut self, key: LineKey, found: bool, totals: &Totals) -> bool {
        if totals.games == 0 && !found {
            return true;
        }
        let written = if totals.games == 0 {
            self.writer.delete(&self.found)
        } else {
            // SAFETY: the caller's promise; the index is open; the values are of the columns' types, which were looked at when the
            // statistics were opened, and lie in `self` and in the memory of this line.
            unsafe {
                let (values, nulls) = self.row_of(key, totals);
                if found {
                    self.writer.update(&self.found, &values, &nulls)
                } else {
                    let arbiter = (*self.unique_index).rd_id;
                    self.writer.insert_unless_there(&values, &nulls, arbiter)
                }
            }
        };
        if written == Written::Done && totals.games > 0 {
            own_lines::note(self.writer.table().file(), key, self.writer.place());
        }
        matches!(written, Written::Done | Written::Skipped)
    }

    /// # Safety
    /// `found` must hold a row.
    unsafe fn read_found(&self) -> Totals {
        // SAFETY: every column number is one of the row type.
        let cells = unsafe { read_cells(self.found.raw(), &self.columns.stored) };
        totals_of(&cells).unwrap_or_else(|| {
            error(
                ERRCODE_DATA_CORRUPTED,
                "a line of dynasty.milb_season_stats lacks a value it must have",
            )
            .hint("SELECT dynasty.refresh_season_stats() rebuilds it from the game logs.")
            .raise()
        })
    }

    /// A line as the writer wants it: the key, the stamp, the stored columns.
    ///
    /// # Safety
    /// As [`Self::write`].
    unsafe fn row_of(&mut self, key: LineKey, totals: &Totals) -> ([pg_sys::Datum; WRITTEN], [bool; WRITTEN]) {
        self.datums.fill(&stored_cells(totals));
        let mut values = [pg_sys::Datum::from(0); WRITTEN];
        let mut nulls = [false; WRITTEN];
        // SAFETY: the caller's promise.
        values[..3].copy_from_slice(&unsafe { self.key_datums(key) });
        values[3] = new_stamp(&(key.prospect_id, key.season, key.level)).into();
        values[4..].copy_from_slice(&self.datums.values);
        nulls[4..].copy_from_slice(&self.datums.nulls);
        (values, nulls)
    }

    /// # Safety
    /// As [`Self::write`]: the text is allocated in the current memory context.
    unsafe fn key_datums(&self, key: LineKey) -> [pg_sys::Datum; 3] {
        if let Some(longest) = self.columns.longest_level.filter(|longest| key.level.len() > *longest) {
            refuse_long_level(key.level, longest);
        }
        // SAFETY: the level's bytes came out of a text value of this database.
        let level = unsafe { pg_sys::cstring_to_text_with_len(key.level.as_ptr() as *const _, key.level.len() as i32) };
        [key.prospect_id.into(), key.season.into(), pg_sys::Datum::from(level)]
    }

    /// Ends the work: indexes closed, the changes visible to what follows in the transaction.
    pub fn finish(self) {
        // SAFETY: closes what `open` opened, in the reverse order.
        unsafe { pg_sys::index_endscan(self.scan) };
        self.writer.drop_slot(self.found);
        self.writer.finish();
    }
}

/// The unique index on exactly the key. One over a part of the rows (WHERE ...) would not find the others.
///
/// # Safety
/// The indexes must be open.
unsafe fn unique_index(indexes: &[pg_sys::Relation], key_columns: [usize; 3]) -> pg_sys::Relation {
    // SAFETY: the caller's promise.
    unsafe {
        for &index in indexes {
            let form = (*index).rd_index;
            let attributes = (*form).indkey.values.as_slice((*form).indnkeyatts as usize);
            let wanted = key_columns.map(|c| c as i16 + 1);
            let whole = pg_sys::RelationGetIndexPredicate(index).is_null();
            if (*form).indisunique && (*form).indimmediate && (*form).indisvalid && whole && attributes == wanted {
                refuse_loose_collation(*(*index).rd_indcollation.add(2));
                return index;
            }
        }
    }
    error(
        ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
        "dynasty.milb_season_stats has lost its unique index",
    )
    .detail("Season statistics are maintained by the unique key (prospect_id, season, level).")
    .hint("CREATE UNIQUE INDEX idx_milb_season_pk ON dynasty.milb_season_stats (prospect_id, season, level)")
    .raise()
}

/// Under a collation in which different levels are equal there is one place for the lines of both.
fn refuse_loose_collation(collation: pg_sys::Oid) {
    // SAFETY: a catalog look-up; the server's own collations are deterministic.
    if collation.to_u32() >= pg_sys::FirstGenbkiObjectId && !unsafe { pg_sys::get_collation_isdeterministic(collation) }
    {
        error(
            ERRCODE_FEATURE_NOT_SUPPORTED,
            "column \"level\" of dynasty.milb_season_stats has a nondeterministic collation",
        )
        .detail("Levels that differ would share one season line.")
        .hint("ALTER TABLE dynasty.milb_season_stats ALTER COLUMN level TYPE character varying(20) COLLATE \"default\"")
        .raise();
    }
}

/// Raises the server's error for a level that has more characters than its column takes.
fn refuse_long_level(level: &[u8], longest: usize) {
    // SAFETY: the bytes came out of a text value of this database.
    let characters = unsafe { pg_sys::pg_mbstrlen_with_len(level.as_ptr() as *const _, level.len() as i32) };
    if characters as usize > longest {
        error(
            ERRCODE_STRING_DATA_RIGHT_TRUNCATION,
            format!("value too long for type character varying({longest})"),
        )
        .detail("Column \"level\" of dynasty.milb_season_stats takes no longer level than that.")
        .raise();
    }
}
