//! Finding and opening relations, and what the caller may do with them.

use super::citus;
use super::row_type::RowType;
use super::text::from_server_marked;
use pgrx::pg_sys;
use std::ffi::CString;
use std::ops::Deref;

/// An open relation. Closing keeps the lock until the transaction ends, as writers must.
pub struct OpenRelation(pg_sys::Relation);

impl OpenRelation {
    /// Opens a relation under a lock.
    pub fn open(oid: pg_sys::Oid, lock: u32) -> OpenRelation {
        // SAFETY: table_open raises an error for what is no table.
        OpenRelation(unsafe { pg_sys::table_open(oid, lock as pg_sys::LOCKMODE) })
    }

    /// The relcache entry.
    pub fn raw(&self) -> pg_sys::Relation {
        self.0
    }

    /// Its row type.
    pub fn tupdesc(&self) -> pg_sys::TupleDesc {
        // SAFETY: the entry is open.
        unsafe { (*self.0).rd_att }
    }

    /// The same, as long as it is open.
    pub fn row_type(&self) -> RowType<'_> {
        // SAFETY: the entry is open.
        unsafe { RowType::of(self.tupdesc()) }
    }

    /// Whether it has rows of its own, or may have: it is no partitioned table, and its file is not empty.
    pub fn may_hold_rows(&self) -> bool {
        // SAFETY: the entry is open; only an ordinary table's file is looked at.
        unsafe {
            let partitioned = (*(*self.0).rd_rel).relkind as u8 == pg_sys::RELKIND_PARTITIONED_TABLE;
            let main = pg_sys::ForkNumber::MAIN_FORKNUM;
            !(partitioned || self.is_heap() && pg_sys::RelationGetNumberOfBlocksInFork(self.0, main) == 0)
        }
    }

    /// Whether nothing hangs on its rows: no trigger (foreign keys are some), index, CHECK or generated column.
    pub fn is_bare(&self) -> bool {
        // SAFETY: the entry is open; constraints are null where there are none.
        unsafe {
            let constraints = (*self.tupdesc()).constr;
            (*self.0).trigdesc.is_null()
                && !self.has_indexes()
                && (constraints.is_null() || (*constraints).num_check == 0 && !(*constraints).has_generated_stored)
        }
    }

    /// Whether it has indexes. (The mark in its row of pg_class stays when the last one is dropped.)
    fn has_indexes(&self) -> bool {
        // SAFETY: the entry is open; the list is a copy, null or of a length.
        unsafe {
            (*(*self.0).rd_rel).relhasindex && {
                let list = pg_sys::RelationGetIndexList(self.0);
                !list.is_null() && (*list).length > 0
            }
        }
    }

    /// Its oid.
    pub fn oid(&self) -> pg_sys::Oid {
        // SAFETY: the entry is open.
        unsafe { (*self.0).rd_id }
    }

    /// The number of its file, which changes whenever the table is rewritten.
    pub fn file(&self) -> pg_sys::Oid {
        // SAFETY: the entry is open.
        unsafe { (*(*self.0).rd_rel).relfilenode }
    }

    /// The places of columns, 0 for those it has not.
    pub fn places<const N: usize>(&self, columns: &[&str; N]) -> [i16; N] {
        columns.map(|column| {
            let name = CString::new(column).unwrap_or_default();
            // SAFETY: a look-up in the catalog's cache.
            unsafe { pg_sys::get_attnum(self.oid(), name.as_ptr()) }
        })
    }

    /// Whether it is an ordinary table with the heap's storage, whose pages can be read directly.
    pub fn is_heap(&self) -> bool {
        // SAFETY: the entry is open.
        unsafe {
            let form = (*self.0).rd_rel;
            (*form).relkind as u8 == pg_sys::RELKIND_RELATION && (*form).relam == pg_sys::HEAP_TABLE_AM_OID
        }
    }
}

impl Drop for OpenRelation {
    fn drop(&mut self) {
        // After an error the resource owner closes it; doing it twice would be wrong.
        if !std::thread::panicking() {
            // SAFETY: opened by us, closed once.
            unsafe { pg_sys::table_close(self.0, pg_sys::NoLock as pg_sys::LOCKMODE) }
        }
    }
}

/// An open table whose rows lie in the heap's pages, which can be read directly.
pub struct HeapTable(OpenRelation);

impl HeapTable {
    /// `None` for another one, which is closed.
    pub fn of(relation: OpenRelation) -> Option<HeapTable> {
        relation.is_heap().then(|| HeapTable(relation))
    }

    /// All of them; `None` when one is something else.
    pub fn all(relations: Vec<OpenRelation>) -> Option<Vec<HeapTable>> {
        relations.into_iter().map(HeapTable::of).collect()
    }

    /// The open table, whatever it is.
    pub fn into_relation(self) -> OpenRelation {
        self.0
    }
}

impl Deref for HeapTable {
    type Target = OpenRelation;

    fn deref(&self) -> &OpenRelation {
        &self.0
    }
}

/// Opens a table that may be gone by now.
pub fn table_if_there(oid: pg_sys::Oid) -> Option<OpenRelation> {
    // SAFETY: answers null for an oid of no relation; raises for what is no table.
    let relation = unsafe { pg_sys::try_table_open(oid, pg_sys::AccessShareLock as pg_sys::LOCKMODE) };
    (!relation.is_null()).then(|| OpenRelation(relation)) // not then_some: it would close what is null
}

/// Whether a table is that one, or a partition or child of it, however far down.
pub fn is_or_inherits_from(table: pg_sys::Oid, from: pg_sys::Oid) -> bool {
    // SAFETY: catalog look-ups; every table has a row type, and inherits as its row type does.
    table == from
        || unsafe {
            let (own, ancestor) = (pg_sys::get_rel_type_id(table), pg_sys::get_rel_type_id(from));
            pg_sys::ffi::pg_guard_ffi_boundary(|| typeInheritsFrom(own, ancestor))
        }
}

/// The name of a relation with its schema, for messages.
pub fn name_of(relation: pg_sys::Oid) -> String {
    let text = |name: *mut std::ffi::c_char| {
        if name.is_null() {
            return "?".to_string();
        }
        // SAFETY: a NUL-terminated copy.
        from_server_marked(unsafe { std::ffi::CStr::from_ptr(name) }.to_bytes()).into_owned()
    };
    // SAFETY: catalog look-ups, which return copies or null.
    unsafe {
        let schema = text(pg_sys::get_namespace_name(pg_sys::get_rel_namespace(relation)));
        format!("\"{schema}.{}\"", text(pg_sys::get_rel_name(relation)))
    }
}

/// Whether the caller may read the whole relation directly: he has SELECT on it and no row security applies to him.
pub fn may_read_directly(relation: pg_sys::Oid) -> bool {
    // SAFETY: catalog look-ups; the last argument of check_enable_rls asks it not to raise.
    unsafe {
        let granted = pg_sys::pg_class_aclcheck(relation, pg_sys::GetUserId(), pg_sys::ACL_SELECT as pg_sys::AclMode);
        granted == pg_sys::AclResult::ACLCHECK_OK
            && pg_sys::check_enable_rls(relation, pg_sys::InvalidOid, true)
                != pg_sys::CheckEnableRlsResult::RLS_ENABLED as i32
    }
}

/// Whether the caller may change the rows of the relation.
pub fn may_write(relation: pg_sys::Oid) -> bool {
    // SAFETY: a catalog look-up.
    unsafe {
        pg_sys::pg_class_aclcheck(relation, pg_sys::GetUserId(), pg_sys::ACL_UPDATE as pg_sys::AclMode)
            == pg_sys::AclResult::ACLCHECK_OK
    }
}

/// Raises 25006 in a read-only transaction and on a standby, where native writes would slip past the executor's check.
pub fn refuse_when_read_only(command: &std::ffi::CStr) {
    // SAFETY: looks at the transaction's state alone.
    unsafe { pg_sys::PreventCommandIfReadOnly(command.as_ptr()) }
}

/// Makes writers of the relation wait until the transaction ends; readers go on.
pub fn lock_against_writers(relation: pg_sys::Oid) {
    // SAFETY: takes a lock, which the transaction's end releases.
    unsafe { pg_sys::LockRelationOid(relation, pg_sys::ShareRowExclusiveLock as pg_sys::LOCKMODE) }
}

// `catalog/pg_inherits.h`, which the bindings leave out.
unsafe extern "C-unwind" {
    fn typeInheritsFrom(sub: pg_sys::Oid, ancestor: pg_sys::Oid) -> bool;

    fn find_all_inheritors(
        parent: pg_sys::Oid,
        lockmode: pg_sys::LOCKMODE,
        numparents: *mut *mut pg_sys::List,
    ) -> *mut pg_sys::List;
}

/// The relations that hold the rows of a table: itself, or its partitions and children. Raises 0A000 when Citus has distributed
/// one of them.
pub fn row_holders(table: pg_sys::Oid) -> Vec<OpenRelation> {
    // SAFETY: the list is one of oids; it is allocated in the current context.
    let oids: Vec<pg_sys::Oid> = unsafe {
        let lock = pg_sys::AccessShareLock as pg_sys::LOCKMODE;
        let list = pg_sys::ffi::pg_guard_ffi_boundary(|| find_all_inheritors(table, lock, std::ptr::null_mut()));
        (0..(*list).length)
            .map(|i| (*(*list).elements.add(i as usize)).oid_value)
            .collect()
    };
    oids.into_iter()
        .inspect(|oid| citus::refuse_distributed(*oid))
        .map(|oid| OpenRelation::open(oid, pg_sys::AccessShareLock))
        .filter(|relation| {
            // SAFETY: the relation is open.
            unsafe { (*(*relation.raw()).rd_rel).relkind as u8 != pg_sys::RELKIND_PARTITIONED_TABLE }
        })
        .collect()
}
