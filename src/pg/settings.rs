//! What a settings' prefix needs from the server, and work that leaves no setting behind.

use pgrx::pg_sys;
use std::ffi::CStr;

/// From now on a setting of this prefix that nobody has registered is refused; one that was set before is taken away, with the
/// server's WARNING.
pub fn reserve_prefix(prefix: &'static CStr) {
    // SAFETY: a string for ever, which the server copies.
    unsafe { pg_sys::MarkGUCPrefixReserved(prefix.as_ptr()) }
}

/// Runs `work`; whatever it set, with SET LOCAL or without, is afterwards as it was before. (A function's own SET clause does not undo a
/// SET without LOCAL inside it.) After an error the abort of the transaction or subtransaction undoes it.
pub fn kept<R>(work: impl FnOnce() -> R) -> R {
    // SAFETY: levels are opened and closed in pairs; false undoes what was set since.
    unsafe {
        let level = pg_sys::NewGUCNestLevel();
        let result = work();
        pg_sys::AtEOXact_GUC(false, level);
        result
    }
}

/// Runs `work` with at most so many kilobytes of work_mem. What triggers look at (transition tables) is kept within that, and, of a statement in
/// a subtransaction, until the transaction ends: the server keeps a subtransaction's memory as long as it lay in it once.
pub fn with_work_mem<R>(kilobytes: i32, work: impl FnOnce() -> R) -> R {
    kept(|| {
        // SAFETY: a variable of the server's; two strings that are copied, for a setting that every user may change.
        unsafe {
            if pg_sys::work_mem > kilobytes
                && let Ok(value) = std::ffi::CString::new(kilobytes.to_string())
            {
                let (who, whence) = (pg_sys::GucContext::PGC_USERSET, pg_sys::GucSource::PGC_S_SESSION);
                pg_sys::SetConfigOption(c"work_mem".as_ptr(), value.as_ptr(), who, whence);
            }
        }
        work()
    })
}
