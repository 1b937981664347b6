//! What a settings' prefix needs from the server.

use pgrx::pg_sys;
use std::ffi::CStr;

/// From now on a setting of this prefix that nobody has registered is refused; one that was set before is taken away, with the
/// server's WARNING.
pub fn reserve_prefix(prefix: &'static CStr) {
    // SAFETY: a string for ever, which the server copies.
    unsafe { pg_sys::MarkGUCPrefixReserved(prefix.as_ptr()) }
}
