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

/// Gives an executor state its only range table entry.
///
/// # Safety
/// Both must live as long as the state is used.
pub unsafe fn init_range_table(estate: *mut pg_sys::EState, entry: *mut pg_sys::RangeTblEntry) {
    // SAFETY: a list of one entry.
    unsafe {
        let table = pg_sys::lappend(std::ptr::null_mut(), entry.cast());
        #[cfg(feature = "pg15")]
        pg_sys::ExecInitRangeTable(estate, table);
        // Which columns are updated stands with the privileges, and is asked for.
        #[cfg(not(feature = "pg15"))]
        {
            let mut privileges = std::ptr::null_mut();
            pg_sys::addRTEPermissionInfo(&mut privileges, entry);
            #[cfg(not(feature = "pg18"))]
            pg_sys::ExecInitRangeTable(estate, table, privileges);
            #[cfg(feature = "pg18")]
            pg_sys::ExecInitRangeTable(estate, table, privileges, pg_sys::bms_make_singleton(1));
        }
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

/// Whether no other row has the key of the slot's; else the place of that row.
///
/// # Safety
/// The target's indexes are open.
pub unsafe fn check_index_constraints(
    target: *mut pg_sys::ResultRelInfo,
    slot: *mut pg_sys::TupleTableSlot,
    estate: *mut pg_sys::EState,
    other: &mut pg_sys::ItemPointerData,
    arbiter: *mut pg_sys::List,
) -> bool {
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
