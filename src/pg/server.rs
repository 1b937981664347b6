//! The server itself: where its data are, and who may look at it.

use pgrx::pg_sys;
use std::ffi::{CStr, OsStr};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

/// The role pg_monitor, which initdb makes with this oid (pg_authid.dat).
const PG_MONITOR: u32 = 3373;

/// Whether the current user has the rights of pg_monitor.
pub fn is_monitor() -> bool {
    // SAFETY: two oids; the catalogue is asked inside a transaction, as whatever calls us is.
    unsafe { pg_sys::has_privs_of_role(pg_sys::GetUserId(), pg_sys::Oid::from(PG_MONITOR)) }
}

/// The data directory.
pub fn data_directory() -> &'static Path {
    // SAFETY: set before the first backend starts, and never changed.
    let path = unsafe { CStr::from_ptr(pg_sys::DataDir) };
    Path::new(OsStr::from_bytes(path.to_bytes()))
}
