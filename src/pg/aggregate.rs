//! The parts of aggregates: transition, inverse, combine, serialize, deserialize and final functions.
//!
//! Their states are of type `internal`, of which anybody can get a NULL (`XMLTABLE ... COLUMNS x internal`) and pass what one
//! function returns to another. So a state is only ever had from an [`AggregateCall`], which is only made while the server runs
//! an aggregate or a window, and carries a tag, so that no function takes another's state for its own.

use super::call::Call;
use super::call_site::CallSite;
use super::errors::error;

use pgrx::PgSqlErrorCode::*;
use pgrx::{PgMemoryContexts, pg_sys};
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::ptr::NonNull;

/// Declares a part of an aggregate: `aggregate_function!("schema.aggregate", symbol, pg_finfo_symbol, function)`; it calls
/// `function(AggregateCall) -> pg_sys::Datum`.
/// Two more arguments name a shortcut for calls made a million times, and how many arguments the function has: the shortcut gets
/// the call first, outside the guard that stands between Rust panics and the server, so it must neither panic nor call the
/// server; `None` means the long way.
macro_rules! aggregate_function {
    ($aggregate:literal, $symbol:ident, $finfo:ident, $function:path) => {
        $crate::pg::aggregate::aggregate_function!(@entry $aggregate, $symbol, $finfo, $function, fcinfo, {});
    };
    ($aggregate:literal, $symbol:ident, $finfo:ident, $function:path, $shortcut:path, $arguments:expr) => {
        $crate::pg::aggregate::aggregate_function!(@entry $aggregate, $symbol, $finfo, $function, fcinfo, {
            // SAFETY: the server passes the information of this very call.
            if let Some(mut call) = unsafe { $crate::pg::aggregate::AggregateCall::at_once::<{ $arguments }>(fcinfo) } {
                if let Some(datum) = $shortcut(&mut call) {
                    return datum;
                }
            }
        });
    };
    (@entry $aggregate:literal, $symbol:ident, $finfo:ident, $function:path, $fcinfo:ident, $first:block) => {
        $crate::pg::call::entry_point!($symbol, $finfo, $fcinfo, $first, {
            $function($crate::pg::aggregate::AggregateCall::checked(
                $fcinfo,
                stringify!($symbol),
                $aggregate,
            ))
        });
    };
}
pub(crate) use aggregate_function;

/// What an aggregate keeps for a group.
pub trait GroupState: 'static {
    /// Tells states of this type from all others.
    const TAG: u64;
}

/// A state as it lies in the group's memory.
#[repr(C)]
struct Tagged<T> {
    tag: u64,
    value: T,
}

/// The state of a group.
pub struct Group<'a, T>(&'a mut Tagged<T>);

impl<T> Deref for Group<'_, T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        &self.0.value
    }
}

impl<T> DerefMut for Group<'_, T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0.value
    }
}

impl<T> Group<'_, T> {
    /// The state as what a function returns.
    #[inline(always)]
    pub fn datum(self) -> pg_sys::Datum {
        pg_sys::Datum::from(std::ptr::from_mut(self.0))
    }
}

/// A call as a part of an aggregate that runs.
pub struct AggregateCall<'q> {
    call: Call<'q>,
    aggregate: &'static str,
}

impl<'q> Deref for AggregateCall<'q> {
    type Target = Call<'q>;

    #[inline(always)]
    fn deref(&self) -> &Call<'q> {
        &self.call
    }
}

impl<'q> DerefMut for AggregateCall<'q> {
    fn deref_mut(&mut self) -> &mut Call<'q> {
        &mut self.call
    }
}

/// Whether the server calls this as a part of an aggregate or a window: what AggCheckCallContext() says, without a call.
///
/// # Safety
/// `fcinfo` must be the information of the call that runs.
#[inline(always)]
unsafe fn in_aggregate(fcinfo: pg_sys::FunctionCallInfo) -> bool {
    // SAFETY: a call's context is null or a node.
    unsafe {
        let context = (*fcinfo).context;
        !context.is_null()
            && matches!(
                (*context).type_,
                pg_sys::NodeTag::T_AggState | pg_sys::NodeTag::T_WindowAggState
            )
    }
}

impl<'q> AggregateCall<'q> {
    /// The call, checked: raises 0A000 outside of an aggregate, 42P13 for a declaration that is not ours.
    ///
    /// # Safety
    /// `fcinfo` must be the information of the call of that symbol that runs.
    pub unsafe fn checked(
        fcinfo: pg_sys::FunctionCallInfo,
        symbol: &'static str,
        aggregate: &'static str,
    ) -> AggregateCall<'q> {
        // SAFETY: the caller's.
        unsafe {
            let call = Call::checked(fcinfo, symbol);
            if !in_aggregate(fcinfo) {
                // Its parts stand beside it.
                let schema = aggregate.split('.').next().unwrap_or_default();
                error(
                    ERRCODE_FEATURE_NOT_SUPPORTED,
                    format!("{schema}.{symbol}() is called outside of an aggregate"),
                )
                .hint(format!("It is a part of the aggregate {aggregate}(): call that."))
                .raise()
            }
            AggregateCall { call, aggregate }
        }
    }

    /// The call for a shortcut, without a word to the server: `None` where the long way has to look first.
    ///
    /// # Safety
    /// `fcinfo` must be the information of the call that runs.
    #[inline(always)]
    pub unsafe fn at_once<const N: usize>(fcinfo: pg_sys::FunctionCallInfo) -> Option<AggregateCall<'q>> {
        // SAFETY: the caller's.
        unsafe {
            let known = in_aggregate(fcinfo) && (*fcinfo).nargs as usize == N && CallSite::is_known(fcinfo);
            known.then(|| AggregateCall {
                call: Call::of_count(fcinfo, N),
                aggregate: "",
            })
        }
    }

    /// Where the group's states are put.
    pub fn memory(&self) -> GroupMemory<'q> {
        GroupMemory {
            fcinfo: self.call.raw(),
            during: PhantomData,
        }
    }

    /// The state of the group; `None` for none yet. Raises 42804 for something else.
    pub fn state<T: GroupState>(&mut self) -> Option<Group<'_, T>> {
        let at = self.state_at(0)?;
        // SAFETY: `state_at` has checked it; `self` is borrowed, so this is the only way to it.
        Some(Group(unsafe { &mut *at.as_ptr() }))
    }

    /// The state of the group, and the one that is to be merged into it.
    pub fn state_and_other<T: GroupState>(&mut self) -> (Option<Group<'_, T>>, Option<&T>) {
        let (own, other) = (self.state_at::<T>(0), self.state_at::<T>(1));
        if own.is_some() && own == other {
            self.not_a_state();
        }
        // SAFETY: `state_at` has checked both; they are not the same, and `self` is borrowed.
        unsafe {
            (
                own.map(|at| Group(&mut *at.as_ptr())),
                other.map(|at| &(*at.as_ptr()).value),
            )
        }
    }

    /// The state of a group that has one, for shortcuts.
    #[inline(always)]
    pub fn running_state<T: GroupState>(&mut self) -> Option<Group<'_, T>> {
        let at = tagged::<T>(self.call.internal(0)?)?;
        // SAFETY: as for `state`.
        Some(Group(unsafe { &mut *at.as_ptr() }))
    }

    fn state_at<T: GroupState>(&self, i: usize) -> Option<NonNull<Tagged<T>>> {
        let datum = self.call.internal(i)?;
        Some(tagged::<T>(datum).unwrap_or_else(|| self.not_a_state()))
    }

    fn not_a_state(&self) -> ! {
        error(
            ERRCODE_DATATYPE_MISMATCH,
            format!("not a state of the aggregate {}()", self.aggregate),
        )
        .hint("Its functions work on its own states only.")
        .raise()
    }
}

/// The state a datum points to, if it is one of that type.
#[inline(always)]
fn tagged<T: GroupState>(datum: pg_sys::Datum) -> Option<NonNull<Tagged<T>>> {
    let at = NonNull::new(datum.cast_mut_ptr::<Tagged<T>>())?;
    if !at.is_aligned() {
        return None;
    }
    // SAFETY: only reached within an aggregate, by a function that is declared to take a state of type internal. Such a datum points
    // to memory of the server's, of which a piece has 8 bytes at the least; more is only read behind our own tag.
    unsafe { at.cast::<u64>().read() == T::TAG }.then_some(at)
}

/// The memory of the aggregate's groups.
#[derive(Clone, Copy)]
pub struct GroupMemory<'q> {
    fcinfo: pg_sys::FunctionCallInfo,
    during: PhantomData<&'q mut ()>,
}

impl<'q> GroupMemory<'q> {
    /// A new state, which lives as long as its group. (One with a destructor is dropped then.)
    pub fn new_state<T: GroupState>(self, value: T) -> Group<'q, T> {
        let value = Tagged { tag: T::TAG, value };
        // SAFETY: the memory is the group's; the alignment is what the server gives.
        Group(unsafe {
            if std::mem::needs_drop::<T>() {
                const { assert!(!std::mem::needs_drop::<T>() || align_of::<Tagged<T>>() <= 8) };
                &mut *PgMemoryContexts::For(self.context()).leak_and_drop_on_delete(value)
            } else {
                self.put(value).as_mut()
            }
        })
    }

    /// Something that a state keeps beside itself.
    pub fn put_beside<T>(self, value: T) -> InGroup<T> {
        const { assert!(!std::mem::needs_drop::<T>(), "nothing would drop it") };
        // SAFETY: only a state of the group keeps it, and dies with it.
        InGroup(unsafe { self.put(value) })
    }

    /// # Safety
    /// What is put there is gone with the group.
    unsafe fn put<T>(self, value: T) -> NonNull<T> {
        // The server aligns to 8 bytes only, hence the room.
        let room = size_of::<T>() + align_of::<T>();
        // SAFETY: allocating raises an error instead of returning null.
        unsafe {
            let at = pg_sys::MemoryContextAlloc(self.context(), room) as *mut u8;
            let at = at.add(at.align_offset(align_of::<T>())).cast::<T>();
            at.write(value);
            NonNull::new_unchecked(at)
        }
    }

    fn context(self) -> pg_sys::MemoryContext {
        let mut context = std::ptr::null_mut();
        // SAFETY: the call runs; that it is an aggregate's was checked when this was made.
        unsafe { pg_sys::AggCheckCallContext(self.fcinfo, &mut context) };
        context
    }
}

/// What lies beside a state in its group's memory; only [`GroupMemory::put_beside`] makes one. It is no copy's: a state that has
/// one is the only way to it.
pub struct InGroup<T>(NonNull<T>);

impl<T> Deref for InGroup<T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: it lives as long as the state that keeps it, through which alone it is reached.
        unsafe { self.0.as_ref() }
    }
}

impl<T> DerefMut for InGroup<T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as above.
        unsafe { self.0.as_mut() }
    }
}
