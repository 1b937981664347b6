//! Writing `milb_season_stats` natively: find a line by its unique index, lock it, change or make it.
//!
//! This is what an `INSERT ... ON CONFLICT DO UPDATE` does, without planning and without passing 57 values through
//! SQL expressions for every line. It runs with the table owner's power, as foreign-key triggers do: whoever may write
//! game logs need not (and should not) be granted anything on the statistics. Readers never block it; writers of the
//! same line queue up on its row lock until commit, in the order of the keys they are given.

use super::cells::CellDatums;
use super::errors::error;
use super::norm_stamps::new_stamp;
use super::servers;
use super::stored_lines::{LineKey, StoredLines, read_cells};
use dynasty_core::season::Totals;
use dynasty_core::season_line::{stored_cells, totals_of};
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;

/// The open table, ready to be written.
pub struct SeasonStore {
    lines: StoredLines,
    estate: *mut pg_sys::EState,
    target: *mut pg_sys::ResultRelInfo,
    unique_index: pg_sys::Relation,
    scan: pg_sys::IndexScanDesc,
    /// Where the scan allocates what it keeps from one look-up to the next.
    home: pg_sys::MemoryContext,
    /// The scan keeps a pointer to it.
    _dirty: Box<pg_sys::SnapshotData>,
    /// The line found, and the line to write.
    found: *mut pg_sys::TupleTableSlot,
    fresh: *mut pg_sys::TupleTableSlot,
    datums: CellDatums,
    /// The columns (from 0) that users added with a default.
    defaults: Vec<(usize, *mut pg_sys::ExprState)>,
    wrote: bool,
}

impl SeasonStore {
    /// Opens the statistics for writing.
    pub fn open() -> SeasonStore {
        let lines = StoredLines::open_under(pg_sys::RowExclusiveLock);
        let table = &lines.table;
        // SAFETY: this is how the server's own logical-replication worker prepares to write a table: an executor state
        // with one result relation and its indexes open. All of it lives in the current memory context.
        unsafe {
            let estate = pg_sys::CreateExecutorState();
            let entry = pgrx::PgBox::<pg_sys::RangeTblEntry>::alloc_node(pg_sys::NodeTag::T_RangeTblEntry).into_pg();
            (*entry).rtekind = pg_sys::RTEKind::RTE_RELATION;
            (*entry).relid = (*table.raw()).rd_id;
            (*entry).relkind = pg_sys::RELKIND_RELATION as _;
            (*entry).rellockmode = pg_sys::RowExclusiveLock as _;
            servers::init_range_table(estate, entry);
            (*estate).es_output_cid = pg_sys::GetCurrentCommandId(true);
            let target = pgrx::PgBox::<pg_sys::ResultRelInfo>::alloc_node(pg_sys::NodeTag::T_ResultRelInfo).into_pg();
            pg_sys::InitResultRelInfo(target, table.raw(), 1, std::ptr::null_mut(), 0);
            pg_sys::ExecOpenIndices(target, true);
            let unique_index = unique_index(target, lines.key_columns);

            let mut dirty = Box::new(pg_sys::SnapshotData::default());
            dirty.snapshot_type = pg_sys::SnapshotType::SNAPSHOT_DIRTY;
            let scan = servers::index_beginscan(table.raw(), unique_index, &mut *dirty, 3);
            pg_sys::AfterTriggerBeginQuery();
            SeasonStore {
                estate,
                target,
                unique_index,
                scan,
                home: pg_sys::CurrentMemoryContext,
                _dirty: dirty,
                found: pg_sys::table_slot_create(table.raw(), std::ptr::null_mut()),
                fresh: pg_sys::MakeSingleTupleTableSlot(table.tupdesc(), &pg_sys::TTSOpsVirtual),
                defaults: user_defaults(&lines, estate),
                lines,
                datums: CellDatums::new(),
                wrote: false,
            }
        }
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
            Some(change(old))
        });
    }

    /// Writes a line whatever stands there; `None` removes it.
    pub fn rewrite_line(&mut self, key: LineKey, totals: Option<&Totals>) {
        self.until_done(key, &mut |_, _| Some(totals.copied().unwrap_or_default()));
    }

    /// Locks the line and writes what `decide` (told whether it was found) wants, until no other writer interferes.
    fn until_done(&mut self, key: LineKey, decide: &mut dyn FnMut(&Self, bool) -> Option<Totals>) {
        // SAFETY: the context of the executor state holds what one line needs and is reset before each.
        unsafe {
            loop {
                let per_line = (*pg_sys::MakePerTupleExprContext(self.estate)).ecxt_per_tuple_memory;
                pg_sys::MemoryContextReset(per_line);
                let outer = pg_sys::MemoryContextSwitchTo(per_line);
                let found = self.find_and_lock(key);
                let done = match decide(self, found) {
                    None => true,
                    Some(totals) => self.write(key, found, &totals),
                };
                pg_sys::MemoryContextSwitchTo(outer);
                if done {
                    return;
                }
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
        self.wrote = true;
        // SAFETY: slots and relations are those opened above.
        unsafe {
            if totals.games == 0 {
                pg_sys::ExecSimpleRelationDelete(self.target, self.estate, &mut epq_state(self.estate), self.found);
                return true;
            }
            self.fill_fresh(key, totals);
            if !found {
                return self.insert_unless_there();
            }
            let mut epq = epq_state(self.estate);
            pg_sys::ExecSimpleRelationUpdate(self.target, self.estate, &mut epq, self.found, self.fresh);
            true
        }
    }

    /// Finds the line, waits for transactions that are changing it and locks its newest version.
    ///
    /// # Safety
    /// As [`Self::write`].
    unsafe fn find_and_lock(&mut self, key: LineKey) -> bool {
        // SAFETY: keys have the types of the unique index; the dirty snapshot reports who is at work on the row.
        unsafe {
            let mut keys = [pg_sys::ScanKeyData::default(); 3];
            let values = self.key_datums(key);
            let equals = [pg_sys::F_INT4EQ, pg_sys::F_INT4EQ, pg_sys::F_TEXTEQ];
            for i in 0..3 {
                pg_sys::ScanKeyEntryInitialize(
                    &mut keys[i],
                    0,
                    i as i16 + 1,
                    pg_sys::BTEqualStrategyNumber as u16,
                    pg_sys::InvalidOid,
                    *(*self.unique_index).rd_indcollation.add(i),
                    pg_sys::Oid::from(equals[i]),
                    values[i],
                );
            }
            loop {
                pg_sys::ExecClearTuple(self.found);
                // Not in the memory of this line: the scan notes there which index entries turned out dead.
                let per_line = pg_sys::MemoryContextSwitchTo(self.home);
                pg_sys::index_rescan(self.scan, keys.as_mut_ptr(), 3, std::ptr::null_mut(), 0);
                let forward = pg_sys::ScanDirection::ForwardScanDirection;
                let there = pg_sys::index_getnext_slot(self.scan, forward, self.found);
                pg_sys::MemoryContextSwitchTo(per_line);
                if !there {
                    self.refuse_vanished();
                    return false;
                }
                let dirty = (*self.scan).xs_snapshot;
                let busy = if (*dirty).xmin != pg_sys::InvalidTransactionId {
                    (*dirty).xmin
                } else {
                    (*dirty).xmax
                };
                if busy != pg_sys::InvalidTransactionId {
                    pg_sys::ExecClearTuple(self.found);
                    let (no_table, no_row) = (std::ptr::null_mut(), std::ptr::null_mut());
                    pg_sys::XactLockTableWait(busy, no_table, no_row, pg_sys::XLTW_Oper::XLTW_None);
                    continue;
                }
                let mut failure = pg_sys::TM_FailureData::default();
                let mut tid = (*self.found).tts_tid;
                let result = pg_sys::table_tuple_lock(
                    self.lines.table.raw(),
                    &mut tid,
                    pg_sys::GetLatestSnapshot(),
                    self.found,
                    pg_sys::GetCurrentCommandId(false),
                    pg_sys::LockTupleMode::LockTupleNoKeyExclusive,
                    pg_sys::LockWaitPolicy::LockWaitBlock,
                    0,
                    &mut failure,
                );
                match result {
                    pg_sys::TM_Result::TM_Ok => {
                        self.refuse_later_version();
                        return true;
                    }
                    // Somebody was faster between the index look-up and the lock: look again.
                    pg_sys::TM_Result::TM_Updated | pg_sys::TM_Result::TM_Deleted => {
                        pg_sys::check_for_interrupts!();
                    }
                    other => error(
                        ERRCODE_INTERNAL_ERROR,
                        format!("unexpected result {other} of a row lock"),
                    )
                    .raise(),
                }
            }
        }
    }

    /// Under REPEATABLE READ and SERIALIZABLE a line that was changed since the snapshot must not be built upon.
    ///
    /// # Safety
    /// `found` must hold a locked row.
    unsafe fn refuse_later_version(&self) {
        // SAFETY: the caller's promise; the snapshot is the transaction's own.
        unsafe {
            if pg_sys::XactIsoLevel < pg_sys::XACT_REPEATABLE_READ as i32 {
                return;
            }
            let snapshot = pg_sys::GetActiveSnapshot();
            if !pg_sys::table_tuple_satisfies_snapshot(self.lines.table.raw(), self.found, snapshot) {
                changed_meanwhile();
            }
        }
    }

    /// Under REPEATABLE READ and SERIALIZABLE a line that is no more, but was there for the snapshot, went with games that the
    /// transaction still sees.
    ///
    /// # Safety
    /// The scan must just have found no row.
    unsafe fn refuse_vanished(&mut self) {
        // SAFETY: the scan is looked through again with the same keys and another snapshot, and put back.
        unsafe {
            if pg_sys::XactIsoLevel < pg_sys::XACT_REPEATABLE_READ as i32 {
                return;
            }
            let per_line = pg_sys::MemoryContextSwitchTo(self.home);
            let dirty = std::mem::replace(&mut (*self.scan).xs_snapshot, pg_sys::GetActiveSnapshot());
            pg_sys::index_rescan(self.scan, std::ptr::null_mut(), 0, std::ptr::null_mut(), 0);
            let forward = pg_sys::ScanDirection::ForwardScanDirection;
            let was_there = pg_sys::index_getnext_slot(self.scan, forward, self.found);
            (*self.scan).xs_snapshot = dirty;
            pg_sys::ExecClearTuple(self.found);
            pg_sys::MemoryContextSwitchTo(per_line);
            if was_there {
                changed_meanwhile();
            }
        }
    }

    /// Inserts the fresh line; `false` when another transaction made it in the meantime.
    ///
    /// # Safety
    /// As [`Self::write`].
    unsafe fn insert_unless_there(&mut self) -> bool {
        // SAFETY: the steps of ExecInsert (nodeModifyTable.c) for ON CONFLICT: a speculative insertion is withdrawn
        // when the unique index finds another row.
        unsafe {
            let rel = self.lines.table.raw();
            let arbiter = pg_sys::lappend_oid(std::ptr::null_mut(), (*self.unique_index).rd_id);
            let mut conflict_tid = pg_sys::ItemPointerData::default();
            if !servers::check_index_constraints(self.target, self.fresh, self.estate, &mut conflict_tid, arbiter) {
                return false;
            }
            let triggers = (*self.target).ri_TrigDesc;
            if !triggers.is_null()
                && (*triggers).trig_insert_before_row
                && !pg_sys::ExecBRInsertTriggers(self.estate, self.target, self.fresh)
            {
                return true;
            }
            let constraints = (*(*rel).rd_att).constr;
            if !constraints.is_null() {
                if (*constraints).has_generated_stored {
                    let (target, estate, slot) = (self.target, self.estate, self.fresh);
                    pg_sys::ffi::pg_guard_ffi_boundary(|| {
                        ExecComputeStoredGenerated(target, estate, slot, pg_sys::CmdType::CMD_INSERT)
                    });
                }
                pg_sys::ExecConstraints(self.target, self.fresh, self.estate);
            }
            let xid = pg_sys::GetCurrentTransactionId();
            let token = pg_sys::SpeculativeInsertionLockAcquire(xid);
            let cid = (*self.estate).es_output_cid;
            pg_sys::table_tuple_insert_speculative(rel, self.fresh, cid, 0, std::ptr::null_mut(), token);
            let mut conflict = false;
            let recheck = servers::insert_index_tuples(self.target, self.fresh, self.estate, &mut conflict, arbiter);
            pg_sys::table_tuple_complete_speculative(rel, self.fresh, token, !conflict);
            pg_sys::SpeculativeInsertionLockRelease(xid);
            if !conflict {
                let no_capture = std::ptr::null_mut();
                pg_sys::ExecARInsertTriggers(self.estate, self.target, self.fresh, recheck, no_capture);
            }
            !conflict
        }
    }

    /// # Safety
    /// `found` must hold a row.
    unsafe fn read_found(&self) -> Totals {
        // SAFETY: every column number is one of the row type.
        let cells = unsafe { read_cells(self.found, &self.lines.stored_columns) };
        totals_of(&cells).unwrap_or_else(|| {
            error(
                ERRCODE_DATA_CORRUPTED,
                "a line of dynasty.milb_season_stats lacks a value it must have",
            )
            .hint("SELECT dynasty.refresh_season_stats() rebuilds it from the game logs.")
            .raise()
        })
    }

    /// # Safety
    /// As [`Self::write`].
    unsafe fn fill_fresh(&mut self, key: LineKey, totals: &Totals) {
        self.datums.fill(&stored_cells(totals));
        // SAFETY: a virtual slot of the table's row type; the datums live as long as the line is written. Columns that
        // users added keep the value of the row found, and take their default in a new one.
        unsafe {
            let slot = self.fresh;
            let n = (*self.lines.table.tupdesc()).natts as usize;
            pg_sys::ExecClearTuple(slot);
            let values = std::slice::from_raw_parts_mut((*slot).tts_values, n);
            let nulls = std::slice::from_raw_parts_mut((*slot).tts_isnull, n);
            let has_old = ((*self.found).tts_flags & pg_sys::TTS_FLAG_EMPTY as u16) == 0;
            if has_old {
                pg_sys::slot_getsomeattrs_int(self.found, n as i32);
                values.copy_from_slice(std::slice::from_raw_parts((*self.found).tts_values, n));
                nulls.copy_from_slice(std::slice::from_raw_parts((*self.found).tts_isnull, n));
            } else {
                nulls.fill(true);
                self.fill_defaults(values, nulls);
            }
            for (column, value) in self.lines.key_columns.iter().zip(self.key_datums(key)) {
                values[*column] = value;
                nulls[*column] = false;
            }
            values[self.lines.stamp_column] = new_stamp(&(key.prospect_id, key.season, key.level)).into();
            nulls[self.lines.stamp_column] = false;
            for (i, column) in self.lines.stored_columns.iter().enumerate() {
                values[*column] = self.datums.values[i];
                nulls[*column] = self.datums.nulls[i];
            }
            pg_sys::ExecStoreVirtualTuple(slot);
        }
    }

    /// The defaults of columns that users added, as INSERT gives them.
    ///
    /// # Safety
    /// As [`Self::write`]; the slices must be as long as the row type has columns.
    unsafe fn fill_defaults(&mut self, values: &mut [pg_sys::Datum], nulls: &mut [bool]) {
        // SAFETY: the expressions are made by the server for this table and live as long as the executor state;
        // what they return lives in the memory of this line.
        unsafe {
            let context = (*self.estate).es_per_tuple_exprcontext;
            for (column, expression) in &self.defaults {
                if let Some(evaluate) = (**expression).evalfunc {
                    let null = &mut nulls[*column];
                    values[*column] = pg_sys::ffi::pg_guard_ffi_boundary(|| evaluate(*expression, context, null));
                }
            }
        }
    }

    /// # Safety
    /// As [`Self::write`]: the text is allocated in the current memory context.
    unsafe fn key_datums(&self, key: LineKey) -> [pg_sys::Datum; 3] {
        // SAFETY: the level's bytes came out of a text value of this database.
        let level = unsafe { pg_sys::cstring_to_text_with_len(key.level.as_ptr() as *const _, key.level.len() as i32) };
        [key.prospect_id.into(), key.season.into(), pg_sys::Datum::from(level)]
    }

    /// Ends the work: indexes closed, the changes visible to what follows in the transaction.
    pub fn finish(self) {
        // SAFETY: closes what `open` opened, in the reverse order.
        unsafe {
            pg_sys::index_endscan(self.scan);
            pg_sys::ExecDropSingleTupleTableSlot(self.found);
            pg_sys::ExecDropSingleTupleTableSlot(self.fresh);
            pg_sys::AfterTriggerEndQuery(self.estate);
            pg_sys::ExecCloseIndices(self.target);
            pg_sys::ExecResetTupleTable((*self.estate).es_tupleTable, false);
            pg_sys::FreeExecutorState(self.estate);
            if self.wrote {
                pg_sys::CommandCounterIncrement();
            }
        }
    }
}

unsafe extern "C-unwind" {
    /// `executor/nodeModifyTable.h`, which the bindings leave out.
    fn ExecComputeStoredGenerated(
        target: *mut pg_sys::ResultRelInfo,
        estate: *mut pg_sys::EState,
        slot: *mut pg_sys::TupleTableSlot,
        command: pg_sys::CmdType::Type,
    );
}

/// The columns that users added and that have a default.
///
/// # Safety
/// `estate` must be a live executor state.
unsafe fn user_defaults(lines: &StoredLines, estate: *mut pg_sys::EState) -> Vec<(usize, *mut pg_sys::ExprState)> {
    // SAFETY: the relation is open; attribute numbers are those of its row type.
    unsafe {
        let attributes = servers::attributes(lines.table.tupdesc());
        let is_ours =
            |i: &usize| lines.key_columns.contains(i) || lines.stored_columns.contains(i) || lines.stamp_column == *i;
        (0..attributes.len())
            .filter(|i| !attributes[*i].attisdropped && attributes[*i].attgenerated == 0 && !is_ours(i))
            .filter_map(|i| {
                let default = pg_sys::build_column_default(lines.table.raw(), i as i32 + 1);
                (!default.is_null()).then(|| (i, pg_sys::ExecPrepareExpr(default as *mut pg_sys::Expr, estate)))
            })
            .collect()
    }
}

/// The unique index on exactly the key. One over a part of the rows (WHERE ...) would not find the others.
///
/// # Safety
/// `target` must have its indexes open.
unsafe fn unique_index(target: *mut pg_sys::ResultRelInfo, key_columns: [usize; 3]) -> pg_sys::Relation {
    // SAFETY: ri_NumIndices indexes are open.
    unsafe {
        for i in 0..(*target).ri_NumIndices as usize {
            let index = *(*target).ri_IndexRelationDescs.add(i);
            let form = (*index).rd_index;
            let attributes = (*form).indkey.values.as_slice((*form).indnkeyatts as usize);
            let wanted = key_columns.map(|c| c as i16 + 1);
            let whole = pg_sys::RelationGetIndexPredicate(index).is_null();
            if (*form).indisunique && (*form).indimmediate && (*form).indisvalid && whole && attributes == wanted {
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

/// # Safety
/// `estate` must be a live executor state.
unsafe fn epq_state(estate: *mut pg_sys::EState) -> pg_sys::EPQState {
    let mut state = pg_sys::EPQState::default();
    // SAFETY: initialises the state; there is no plan to recheck, because the row is locked already.
    unsafe { servers::init_recheck(&mut state, estate) };
    state
}

fn changed_meanwhile() -> ! {
    error(
        ERRCODE_T_R_SERIALIZATION_FAILURE,
        "could not serialize access due to concurrent update",
    )
    .detail("A season line of dynasty.milb_season_stats was changed by another transaction.")
    .hint("Run the transaction again.")
    .raise()
}
