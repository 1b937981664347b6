//! Memory that is given back after each row or portion of a long result.

use super::allocator;
use pgrx::pg_sys;

/// Lets the user cancel, and ends the statement in good order (53200) when memory has run out on our side. Every loop that is
/// long or takes memory comes by here.
#[inline]
pub fn checkpoint() {
    pgrx::check_for_interrupts!();
    allocator::raise_if_exhausted();
}

/// A context of the server's that is emptied before each piece of work.
///
/// Each call of a function has its own: what it runs may run code of the user's (a default, a trigger, an operator) that calls
/// the same function again, and the inner call must not empty what the outer one works with.
pub struct PortionMemory(pg_sys::MemoryContext);

impl PortionMemory {
    /// A context under the current one.
    pub fn new() -> PortionMemory {
        // SAFETY: the parent is current, hence alive; it outlives the function that holds this value, which is what made it current.
        PortionMemory(unsafe {
            pg_sys::AllocSetContextCreateExtended(
                pg_sys::CurrentMemoryContext,
                c"dynasty portion".as_ptr(),
                pg_sys::ALLOCSET_DEFAULT_MINSIZE as usize,
                pg_sys::ALLOCSET_DEFAULT_INITSIZE as usize,
                pg_sys::ALLOCSET_DEFAULT_MAXSIZE as usize,
            )
        })
    }

    /// Runs `work`; what it allocates in the server lives until the next call, or until this value is dropped.
    pub fn run<R>(&self, work: impl FnOnce() -> R) -> R {
        // SAFETY: the context is alive while `self` is. Nothing of an earlier portion is referred to: `work` returned, or raised.
        unsafe { pg_sys::MemoryContextReset(self.0) };
        let _back = Switched::to(self.0);
        work()
    }
}

impl Drop for PortionMemory {
    fn drop(&mut self) {
        // After an error its parent takes it away; meanwhile what is said of the error may lie in it.
        if !std::thread::panicking() {
            // SAFETY: made by `new`, under a parent that is still alive, and not current: `run` has switched back.
            unsafe { pg_sys::MemoryContextDelete(self.0) };
        }
    }
}

/// The context that was current before, current again when this is dropped, after an error too.
struct Switched(pg_sys::MemoryContext);

impl Switched {
    fn to(context: pg_sys::MemoryContext) -> Switched {
        // SAFETY: the context is alive (see `run`).
        Switched(unsafe { pg_sys::MemoryContextSwitchTo(context) })
    }
}

impl Drop for Switched {
    fn drop(&mut self) {
        // SAFETY: what was current when a frame further out called us is alive until that frame ends.
        unsafe { pg_sys::MemoryContextSwitchTo(self.0) };
    }
}
