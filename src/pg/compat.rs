//! What versions of the server want to be asked differently.

use pgrx::pg_sys;

/// The attributes of a row type.
///
/// # Safety
/// `tupdesc` must be valid for as long as the slice is used.
pub unsafe fn attributes<'a>(tupdesc: pg_sys::TupleDesc) -> &'a [pg_sys::FormData_pg_attribute] {
    // SAFETY: a descriptor holds natts attributes.
    #[cfg(not(feature = "pg18"))]
    unsafe {
        (*tupdesc).attrs.as_slice((*tupdesc).natts as usize)
    }
    // SAFETY: TupleDescAttrAddress() of tupdesc.h: they stand behind as many compact ones.
    #[cfg(feature = "pg18")]
    unsafe {
        let natts = (*tupdesc).natts as usize;
        std::slice::from_raw_parts((*tupdesc).compact_attrs.as_ptr().add(natts).cast(), natts)
    }
}

/// Raises 22021 for the first character of bytes that are not of the encoding.
pub fn report_invalid_encoding(encoding: std::ffi::c_int, bytes: &[u8]) -> ! {
    // The headers of 18 say in another way that it does not return, which bindgen does not read.
    #[allow(unreachable_code)]
    {
        // SAFETY: the server reads at most as many bytes as it is told there are.
        unsafe { pg_sys::report_invalid_encoding(encoding, bytes.as_ptr().cast(), bytes.len() as std::ffi::c_int) };
        std::process::abort()
    }
}

/// Begins a scan of an index with so many keys.
///
/// # Safety
/// As the server's: both relations are open and locked, the snapshot is registered or active.
pub unsafe fn index_beginscan(
    table: pg_sys::Relation,
    index: pg_sys::Relation,
    snapshot: pg_sys::Snapshot,
    keys: i32,
) -> pg_sys::IndexScanDesc {
    // SAFETY: the caller's.
    #[cfg(not(feature = "pg18"))]
    unsafe {
        pg_sys::index_beginscan(table, index, snapshot, keys, 0)
    }
    // SAFETY: the caller's; nobody wants counts.
    #[cfg(feature = "pg18")]
    unsafe {
        pg_sys::index_beginscan(table, index, snapshot, std::ptr::null_mut(), keys, 0)
    }
}

/// A state for rechecking rows, without a plan.
///
/// # Safety
/// `estate` must be a live executor state.
pub unsafe fn init_recheck(state: &mut pg_sys::EPQState, estate: *mut pg_sys::EState) {
    let none = std::ptr::null_mut();
    // SAFETY: the caller's.
    #[cfg(feature = "pg15")]
    unsafe {
        pg_sys::EvalPlanQualInit(state, estate, none, std::ptr::null_mut(), -1)
    }
    // SAFETY: the caller's.
    #[cfg(not(feature = "pg15"))]
    unsafe {
        pg_sys::EvalPlanQualInit(state, estate, none, std::ptr::null_mut(), -1, std::ptr::null_mut())
    }
}

/// Gives an executor state its only range table entry; returns where the columns stand that an UPDATE sets.
///
/// # Safety
/// Both must live as long as the state is used.
pub unsafe fn init_range_table(
    estate: *mut pg_sys::EState,
    entry: *mut pg_sys::RangeTblEntry,
) -> *mut *mut pg_sys::Bitmapset {
    // SAFETY: a list of one entry.
    unsafe {
        let table = pg_sys::lappend(std::ptr::null_mut(), entry.cast());
        #[cfg(feature = "pg15")]
        {
            pg_sys::ExecInitRangeTable(estate, table);
            &raw mut (*entry).updatedCols
        }
        // Which columns are updated stands with the privileges, and is asked for.
        #[cfg(not(feature = "pg15"))]
        {
            let mut privileges = std::ptr::null_mut();
            let of_entry = pg_sys::addRTEPermissionInfo(&mut privileges, entry);
            #[cfg(not(feature = "pg18"))]
            pg_sys::ExecInitRangeTable(estate, table, privileges);
            #[cfg(feature = "pg18")]
            pg_sys::ExecInitRangeTable(estate, table, privileges, pg_sys::bms_make_singleton(1));
            &raw mut (*of_entry).updatedCols
        }
    }
}

/// The BEFORE ROW triggers of an UPDATE; `false` when they leave the row as it is.
///
/// # Safety
/// The row at `tid` is locked, the slot holds its new version.
pub unsafe fn before_row_update_triggers(
    estate: *mut pg_sys::EState,
    recheck: &mut pg_sys::EPQState,
    target: *mut pg_sys::ResultRelInfo,
    tid: &mut pg_sys::ItemPointerData,
    slot: *mut pg_sys::TupleTableSlot,
) -> bool {
    let none = std::ptr::null_mut();
    // SAFETY: the caller's.
    #[cfg(feature = "pg15")]
    unsafe {
        pg_sys::ExecBRUpdateTriggers(estate, recheck, target, tid, none, slot, std::ptr::null_mut())
    }
    // SAFETY: the caller's.
    #[cfg(any(feature = "pg16", feature = "pg17"))]
    unsafe {
        let (result, failure) = (std::ptr::null_mut(), std::ptr::null_mut());
        pg_sys::ExecBRUpdateTriggers(estate, recheck, target, tid, none, slot, result, failure)
    }
    // SAFETY: the caller's.
    #[cfg(feature = "pg18")]
    unsafe {
        let (result, failure) = (std::ptr::null_mut(), std::ptr::null_mut());
        pg_sys::ExecBRUpdateTriggers(estate, recheck, target, tid, none, slot, result, failure, false)
    }
}

/// The BEFORE ROW triggers of a DELETE; `false` when they keep the row.
///
/// # Safety
/// The row at `tid` is locked.
pub unsafe fn before_row_delete_triggers(
    estate: *mut pg_sys::EState,
    recheck: &mut pg_sys::EPQState,
    target: *mut pg_sys::ResultRelInfo,
    tid: &mut pg_sys::ItemPointerData,
) -> bool {
    let (none, slot) = (std::ptr::null_mut(), std::ptr::null_mut());
    // SAFETY: the caller's.
    #[cfg(feature = "pg15")]
    unsafe {
        pg_sys::ExecBRDeleteTriggers(estate, recheck, target, tid, none, slot)
    }
    // SAFETY: the caller's.
    #[cfg(any(feature = "pg16", feature = "pg17"))]
    unsafe {
        let (result, failure) = (std::ptr::null_mut(), std::ptr::null_mut());
        pg_sys::ExecBRDeleteTriggers(estate, recheck, target, tid, none, slot, result, failure)
    }
    // SAFETY: the caller's.
    #[cfg(feature = "pg18")]
    unsafe {
        let (result, failure) = (std::ptr::null_mut(), std::ptr::null_mut());
        pg_sys::ExecBRDeleteTriggers(estate, recheck, target, tid, none, slot, result, failure, false)
    }
}

/// Writes the new version of a row; tells the result and, when index entries are due, whether those of summarizing
/// indexes (BRIN) alone.
///
/// # Safety
/// The row at `tid` is locked, the slot holds its new version, the executor state its command and snapshot.
pub unsafe fn update_tuple(
    table: pg_sys::Relation,
    tid: &mut pg_sys::ItemPointerData,
    slot: *mut pg_sys::TupleTableSlot,
    estate: *mut pg_sys::EState,
    failure: &mut pg_sys::TM_FailureData,
) -> (pg_sys::TM_Result::Type, Option<bool>) {
    // SAFETY: the caller's.
    unsafe {
        let (cid, snapshot, no_crosscheck) = ((*estate).es_output_cid, (*estate).es_snapshot, std::ptr::null_mut());
        let mut mode = pg_sys::LockTupleMode::LockTupleNoKeyExclusive;
        #[cfg(feature = "pg15")]
        let mut indexes = false;
        #[cfg(not(feature = "pg15"))]
        let mut indexes = pg_sys::TU_UpdateIndexes::TU_None;
        let result = pg_sys::table_tuple_update(
            table,
            tid,
            slot,
            cid,
            snapshot,
            no_crosscheck,
            true,
            failure,
            &mut mode,
            &mut indexes,
        );
        #[cfg(feature = "pg15")]
        let due = indexes.then_some(false);
        #[cfg(not(feature = "pg15"))]
        let due = (indexes != pg_sys::TU_UpdateIndexes::TU_None)
            .then_some(indexes == pg_sys::TU_UpdateIndexes::TU_Summarizing);
        (result, due)
    }
}

/// Index entries of a row that was inserted, or of the new version of one that was updated.
///
/// # Safety
/// The slot's row was just written to the target's table, whose indexes are open.
pub unsafe fn plain_index_tuples(
    target: *mut pg_sys::ResultRelInfo,
    slot: *mut pg_sys::TupleTableSlot,
    estate: *mut pg_sys::EState,
    update: bool,
    _only_summarizing: bool,
) -> *mut pg_sys::List {
    let (conflict, arbiters) = (std::ptr::null_mut(), std::ptr::null_mut());
    // SAFETY: the caller's.
    #[cfg(feature = "pg15")]
    unsafe {
        pg_sys::ExecInsertIndexTuples(target, slot, estate, update, false, conflict, arbiters)
    }
    // SAFETY: the caller's.
    #[cfg(not(feature = "pg15"))]
    unsafe {
        pg_sys::ExecInsertIndexTuples(
            target,
            slot,
            estate,
            update,
            false,
            conflict,
            arbiters,
            _only_summarizing,
        )
    }
}

/// Index entries of a row that was inserted speculatively; `conflict` tells whether another has its key.
///
/// # Safety
/// The slot's row was just inserted into the target.
pub unsafe fn insert_index_tuples(
    target: *mut pg_sys::ResultRelInfo,
    slot: *mut pg_sys::TupleTableSlot,
    estate: *mut pg_sys::EState,
    conflict: &mut bool,
    arbiter: *mut pg_sys::List,
) -> *mut pg_sys::List {
    // SAFETY: the caller's.
    #[cfg(feature = "pg15")]
    unsafe {
        pg_sys::ExecInsertIndexTuples(target, slot, estate, false, true, conflict, arbiter)
    }
    // SAFETY: the caller's.
    #[cfg(not(feature = "pg15"))]
    unsafe {
        pg_sys::ExecInsertIndexTuples(target, slot, estate, false, true, conflict, arbiter, false)
    }
}

/// Whether no other row has the key of the slot's.
///
/// # Safety
/// The target's indexes are open.
pub unsafe fn check_index_constraints(
    target: *mut pg_sys::ResultRelInfo,
    slot: *mut pg_sys::TupleTableSlot,
    estate: *mut pg_sys::EState,
    arbiter: *mut pg_sys::List,
) -> bool {
    let other = &mut pg_sys::ItemPointerData::default();
    // SAFETY: the caller's.
    #[cfg(not(feature = "pg18"))]
    unsafe {
        pg_sys::ExecCheckIndexConstraints(target, slot, estate, other, arbiter)
    }
    // SAFETY: the caller's; the row is not in the table, which an invalid place says.
    #[cfg(feature = "pg18")]
    unsafe {
        let mut own = pg_sys::ItemPointerData::default();
        own.ip_blkid.bi_hi = u16::MAX;
        own.ip_blkid.bi_lo = u16::MAX;
        pg_sys::ExecCheckIndexConstraints(target, slot, estate, other, &mut own, arbiter)
    }
}
