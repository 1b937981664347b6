//! Memory that is given back after each row of a long result.

use pgrx::pg_sys;
use std::cell::Cell;

thread_local! {
    static ROW: Cell<pg_sys::MemoryContext> = const { Cell::new(std::ptr::null_mut()) };
}

/// Runs `work` in memory that is reset before the next call: what it allocates in the server lives until then. Must not be nested.
pub fn in_row_memory<R>(work: impl FnOnce() -> R) -> R {
    // SAFETY: the context is made once per session under one that lives as long, and is current only during the call; after an
    // error the transaction's abort makes another one current.
    unsafe {
        if ROW.get().is_null() {
            ROW.set(pg_sys::AllocSetContextCreateExtended(
                pg_sys::TopMemoryContext,
                c"dynasty rows".as_ptr(),
                0,
                pg_sys::ALLOCSET_DEFAULT_INITSIZE as usize,
                pg_sys::ALLOCSET_DEFAULT_MAXSIZE as usize,
            ));
        }
        pg_sys::MemoryContextReset(ROW.get());
        let outer = pg_sys::MemoryContextSwitchTo(ROW.get());
        let result = work();
        pg_sys::MemoryContextSwitchTo(outer);
        result
    }
}
