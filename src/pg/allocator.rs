//! What happens when there is no memory left on Rust's side.
//!
//! The server's own allocations fail with an error (53200); Rust's end the process, and with it every session of the server.
//! Here they do not as long as a reserve lasts: a failing allocation is served from it, and the next checkpoint
//! ([`super::memory::checkpoint`]) ends the statement with 53200. What is asked for at once must fit in the reserve: whatever
//! grows with the data or an argument is taken in portions, or by [`Fallible`].
//!
//! Raising at once is not possible: an allocator must not unwind, and what calls it is not made for it.

use super::errors::error;
use pgrx::PgSqlErrorCode::*;
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering::Relaxed};

/// The blocks of the reserve, given up one after the other: the last is for raising the error.
const BLOCKS: usize = 3;
const SIZES: [usize; BLOCKS] = [32 << 20, 4 << 20, 1 << 20];

/// The server's process has one thread; the atomics are for the compiler.
struct Reserve {
    blocks: [AtomicPtr<u8>; BLOCKS],
    is_low: AtomicBool,
}

static RESERVE: Reserve = Reserve {
    blocks: [const { AtomicPtr::new(std::ptr::null_mut()) }; BLOCKS],
    // The first checkpoint takes the large block: sessions that never do long work need none.
    is_low: AtomicBool::new(true),
};

fn layout_of(block: usize) -> Layout {
    // The sizes are constants far below the limit.
    Layout::from_size_align(SIZES[block], 16).unwrap_or(Layout::new::<u64>())
}

impl Reserve {
    /// Fills what is missing of the blocks from the smallest to `largest`; false when that cannot be had. Pages that are never
    /// touched take address space only.
    fn fill(&self, largest: usize) -> bool {
        (largest..BLOCKS).rev().all(|i| {
            if self.blocks[i].load(Relaxed).is_null() {
                // SAFETY: the layout has a size.
                let block = unsafe { System.alloc(layout_of(i)) };
                self.blocks[i].store(block, Relaxed);
                return !block.is_null();
            }
            true
        })
    }

    /// Gives up the next block; false when there is none left.
    fn give_up_one(&self) -> bool {
        for (i, block) in self.blocks.iter().enumerate() {
            let block = block.swap(std::ptr::null_mut(), Relaxed);
            if !block.is_null() {
                // SAFETY: made by `fill` with this layout, and taken out of its place, so freed once.
                unsafe { System.dealloc(block, layout_of(i)) };
                self.is_low.store(true, Relaxed);
                return true;
            }
        }
        false
    }
}

/// The system's allocator with the reserve behind it.
pub struct WithReserve;

#[global_allocator]
static ALLOCATOR: WithReserve = WithReserve;

/// Tries again as long as a block of the reserve can be given up.
#[cold]
#[inline(never)]
fn retry(take: impl Fn() -> *mut u8) -> *mut u8 {
    while RESERVE.give_up_one() {
        let at = take();
        if !at.is_null() {
            return at;
        }
    }
    std::ptr::null_mut()
}

// SAFETY: every call goes to the system's allocator with the same layout; a failed one is only repeated.
unsafe impl GlobalAlloc for WithReserve {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise is passed on.
        let at = unsafe { System.alloc(layout) };
        if at.is_null() && !is_beyond_reserve(layout.size()) {
            // SAFETY: the same.
            return retry(|| unsafe { System.alloc(layout) });
        }
        at
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise is passed on.
        let at = unsafe { System.alloc_zeroed(layout) };
        if at.is_null() && !is_beyond_reserve(layout.size()) {
            // SAFETY: the same.
            return retry(|| unsafe { System.alloc_zeroed(layout) });
        }
        at
    }

    #[inline]
    unsafe fn realloc(&self, from: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller's promise is passed on; a failed call leaves the old block as it is.
        let at = unsafe { System.realloc(from, layout, size) };
        if at.is_null() && !is_beyond_reserve(size) {
            // SAFETY: the same.
            return retry(|| unsafe { System.realloc(from, layout, size) });
        }
        at
    }

    #[inline]
    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: all of our blocks are the system's.
        unsafe { System.dealloc(at, layout) }
    }
}

/// What no block could serve: giving the reserve up for it would leave nothing for the error. (`try_reserve` asks like this.)
fn is_beyond_reserve(size: usize) -> bool {
    size > SIZES[0]
}

/// Takes the smaller blocks when the library is loaded. Where they cannot be had, the first checkpoint says so.
pub fn take_reserve() {
    RESERVE.fill(1);
}

/// Gives a block of the reserve to the server, which has just found no memory: pgrx copies its error several times on the way out,
/// and a copy that fails is an error more, of which the server bears five.
pub fn make_room() {
    RESERVE.give_up_one();
}

/// Raises 53200 when the reserve had to be given up, and cannot be had again.
#[inline]
pub fn raise_if_exhausted() {
    if RESERVE.is_low.load(Relaxed) {
        refill_or_raise();
    }
}

#[cold]
fn refill_or_raise() {
    give_back();
    if RESERVE.fill(0) {
        RESERVE.is_low.store(false, Relaxed);
        return;
    }
    out_of_memory("the rest of this statement")
}

/// Raises the server's own error for this.
pub fn out_of_memory(wanted: &str) -> ! {
    error(ERRCODE_OUT_OF_MEMORY, "out of memory")
        .detail(format!(
            "dynasty needs more memory than this session may have, for {wanted}."
        ))
        .raise()
}

/// Gives freed memory back to the system: glibc keeps what lies between blocks still in use. Takes a millisecond per 100 MB
/// freed; for the end of large loads.
pub fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        unsafe extern "C" {
            fn malloc_trim(keep: usize) -> std::ffi::c_int;
        }
        // SAFETY: a function of glibc's that any thread may call at any time.
        unsafe { malloc_trim(0) };
    }
}

/// Growing by an amount that follows from the data: an error where there is no memory for it.
pub trait Fallible {
    /// Makes room for so many more.
    fn room_or_raise(&mut self, more: usize);
}

impl<T> Fallible for Vec<T> {
    fn room_or_raise(&mut self, more: usize) {
        if self.try_reserve(more).is_err() {
            out_of_memory(&format!("{} values of {} bytes", self.len() + more, size_of::<T>()));
        }
    }
}
