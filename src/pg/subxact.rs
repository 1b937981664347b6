//! Work that may fail without taking the statement with it.

use super::border::{ContextStack, crossing, restored};
use pgrx::pg_sys::panic::CaughtError;
use pgrx::{PgTryBuilder, pg_sys};
use std::panic::AssertUnwindSafe;

/// Runs `work` in a subtransaction: an error rolls back what it did and is returned, the transaction goes on.
///
/// `work` must close every SPI connection it opens (use `Spi::connect_mut` inside it).
pub fn attempt<R>(work: impl FnOnce() -> R) -> Result<R, Box<CaughtError>> {
    // SAFETY: the same steps as PL/pgSQL's exception block. The memory context and resource owner of the caller are put back after
    // every change of subtransaction, on both ways out.
    let (context, owner) = unsafe {
        let saved = (pg_sys::CurrentMemoryContext, pg_sys::CurrentResourceOwner);
        pg_sys::BeginInternalSubTransaction(std::ptr::null());
        pg_sys::MemoryContextSwitchTo(saved.0);
        saved
    };
    let stack = ContextStack::now();
    let mut work = Some(work);
    let result = PgTryBuilder::new(AssertUnwindSafe(|| {
        let done = work.take().map(crossing);
        // SAFETY: the subtransaction begun above is the current one, all that `work` opened is closed.
        unsafe { pg_sys::ReleaseCurrentSubTransaction() };
        Ok(done)
    }))
    .catch_others(|error| Err(Box::new(restored(error))))
    .execute();
    stack.put_back();
    // SAFETY: on an error the failed subtransaction is still the current one, and the error state has been flushed by pgrx when
    // it turned the error into a value.
    unsafe {
        pg_sys::MemoryContextSwitchTo(context);
        if result.is_err() {
            pg_sys::RollbackAndReleaseCurrentSubTransaction();
            pg_sys::MemoryContextSwitchTo(context);
        }
        pg_sys::CurrentResourceOwner = owner;
    }
    match result {
        Ok(Some(value)) => Ok(value),
        // `work` is there to be taken: it was put in above.
        Ok(None) => unreachable!("the work was not run"),
        Err(error) => Err(error),
    }
}
