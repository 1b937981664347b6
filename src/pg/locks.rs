//! Locks on what only those with rights can lock. The numbers of advisory locks are everybody's: a role that may do nothing
//! but connect could hold them for ever.

use super::relation::OpenRelation;
use pgrx::pg_sys;

/// Makes transactions that ask for the same relation wait for each other; readers and writers of its rows go on. Only who
/// may change its rows can stand in the way (`LOCK TABLE` asks for that right).
pub fn one_at_a_time(relation: pg_sys::Oid) {
    // SAFETY: takes a lock, which the transaction's end releases.
    unsafe { pg_sys::LockRelationOid(relation, pg_sys::ShareUpdateExclusiveLock as pg_sys::LOCKMODE) }
}

/// The same for a schema, which is there before its tables are. Strangers get no lock on it that conflicts: making an object
/// in it shares it, `pg_get_object_address()` too, and whatever changes the schema itself takes its owner.
pub fn one_at_a_time_in_schema(schema: &std::ffi::CStr) {
    // SAFETY: a catalog look-up by a NUL-terminated name, which raises 3F000 when there is none; the lock is released by the
    // transaction's end.
    unsafe {
        let oid = pg_sys::get_namespace_oid(schema.as_ptr(), false);
        let mode = pg_sys::ShareUpdateExclusiveLock as pg_sys::LOCKMODE;
        pg_sys::LockDatabaseObject(pg_sys::NamespaceRelationId, oid, 0, mode);
    }
}

/// Holds a row until the transaction ends, so that nobody deletes it or changes its key: FOR KEY SHARE without the right to
/// UPDATE that the statement asks for. `place` is the row's `(page,line)` as a query of this very statement has seen it. Waits
/// for who is about to delete it. `false`: it is gone. A table whose rows have no places of the heap's is left alone.
pub fn hold_row(table: pg_sys::Oid, place: &str) -> bool {
    let numbers = place.trim_matches(['(', ')']).split_once(',');
    let Some((page, line)) = numbers.and_then(|(p, l)| Some((p.parse::<u32>().ok()?, l.parse::<u16>().ok()?))) else {
        return true;
    };
    let table = OpenRelation::open(table, pg_sys::RowShareLock);
    if !table.is_heap() {
        return true;
    }
    // SAFETY: the relation is an open heap and the place is one of its rows, which the snapshot that saw it keeps from being
    // vacuumed: the statement that calls holds it. The slot is dropped here, or with the memory it lies in after an error.
    unsafe {
        let mut tid = pg_sys::ItemPointerData::default();
        tid.ip_blkid.bi_hi = (page >> 16) as u16;
        tid.ip_blkid.bi_lo = (page & 0xffff) as u16;
        tid.ip_posid = line;
        let slot = pg_sys::table_slot_create(table.raw(), std::ptr::null_mut());
        let mut failure = pg_sys::TM_FailureData::default();
        let result = pg_sys::table_tuple_lock(
            table.raw(),
            &mut tid,
            pg_sys::GetLatestSnapshot(),
            slot,
            pg_sys::GetCurrentCommandId(false),
            pg_sys::LockTupleMode::LockTupleKeyShare,
            pg_sys::LockWaitPolicy::LockWaitBlock,
            pg_sys::TUPLE_LOCK_FLAG_FIND_LAST_VERSION as u8,
            &mut failure,
        );
        pg_sys::ExecDropSingleTupleTableSlot(slot);
        // What this transaction itself has changed meanwhile nobody else can delete.
        matches!(result, pg_sys::TM_Result::TM_Ok | pg_sys::TM_Result::TM_SelfModified)
    }
}
