//! Tables that the extension Citus has distributed. Their rows lie in shards: what is read from the table itself is nothing, and
//! what is written into it natively is seen by nobody. So they are refused, and only looked for where Citus is.

use super::errors::error;
use super::relation::{OpenRelation, name_of};
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;

/// Where Citus lists the tables it has distributed; only a superuser can put a table of that name into pg_catalog.
const LIST: &std::ffi::CStr = c"pg_dist_partition";

/// Raises 0A000 when Citus has distributed the relation (or made a reference or a local table of it, which is the same here).
pub fn refuse_distributed(relation: pg_sys::Oid) {
    // SAFETY: a catalog look-up that the server's caches answer, also when there is none.
    let list = unsafe { pg_sys::get_relname_relid(LIST.as_ptr(), pg_sys::PG_CATALOG_NAMESPACE.into()) };
    if list != pg_sys::InvalidOid && is_here() && is_listed(list, relation) {
        error(
            ERRCODE_FEATURE_NOT_SUPPORTED,
            format!("table {} is distributed by Citus", name_of(relation)),
        )
        .detail("dynasty reads and writes its tables directly, and their rows are in shards.")
        .hint("SELECT undistribute_table(...) makes it an ordinary table again.")
        .raise()
    }
}

fn is_here() -> bool {
    // SAFETY: a catalog look-up by a NUL-terminated name.
    unsafe { pg_sys::get_extension_oid(c"citus".as_ptr(), true) != pg_sys::InvalidOid }
}

fn is_listed(list: pg_sys::Oid, relation: pg_sys::Oid) -> bool {
    let list = OpenRelation::open(list, pg_sys::AccessShareLock);
    // SAFETY: the list is open; a scan without an index compares the column of that number with an oid, as Citus itself does.
    unsafe {
        let column = pg_sys::get_attnum((*list.raw()).rd_id, c"logicalrelid".as_ptr());
        if column <= 0 {
            return false;
        }
        let mut key = pg_sys::ScanKeyData::default();
        pg_sys::ScanKeyInit(
            &mut key,
            column,
            pg_sys::BTEqualStrategyNumber as u16,
            pg_sys::F_OIDEQ.into(),
            pg_sys::Datum::from(relation),
        );
        let scan = pg_sys::systable_beginscan(list.raw(), pg_sys::InvalidOid, false, std::ptr::null_mut(), 1, &mut key);
        let listed = !pg_sys::systable_getnext(scan).is_null();
        pg_sys::systable_endscan(scan);
        listed
    }
}
