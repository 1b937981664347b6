//! Commands that change definitions, as event triggers see them, and the tables that inherit from one.

use pgrx::pg_sys;
use std::ffi::CStr;

/// When an event trigger is called.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum DdlEvent {
    /// Before the command does anything.
    Start,
    /// After it has done everything.
    End,
}

impl DdlEvent {
    /// The event behind a function call; `None` when it is not one of an event trigger for commands.
    ///
    /// # Safety
    /// `fcinfo` must be the call information of the function that runs.
    pub unsafe fn of(fcinfo: pg_sys::FunctionCallInfo) -> Option<DdlEvent> {
        // SAFETY: a call's context is an EventTriggerData node exactly when it is a call as event trigger; its event is a
        // NUL-terminated name.
        let event = unsafe {
            let context = (*fcinfo).context;
            if context.is_null() || (*context).type_ != pg_sys::NodeTag::T_EventTriggerData {
                return None;
            }
            CStr::from_ptr((*(context as *mut pg_sys::EventTriggerData)).event)
        };
        match event.to_bytes() {
            b"ddl_command_start" => Some(DdlEvent::Start),
            b"ddl_command_end" => Some(DdlEvent::End),
            _ => None,
        }
    }
}

/// Where in the session a command runs: a statement that began in another transaction or in a subtransaction that is over has
/// another place. (Both transactions of DETACH PARTITION ... CONCURRENTLY have the same: they are of one statement.)
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// When the transaction started.
    pub transaction: i64,
    /// The subtransaction; later ones have greater numbers.
    pub subtransaction: u32,
}

impl Place {
    /// Where the session is now.
    pub fn now() -> Place {
        // SAFETY: both read the state of the transaction.
        unsafe {
            Place {
                transaction: pg_sys::GetCurrentTransactionStartTimestamp(),
                subtransaction: pg_sys::GetCurrentSubTransactionId(),
            }
        }
    }
}

unsafe extern "C-unwind" {
    // `catalog/pg_inherits.h`, which the bindings leave out.
    fn has_subclass(relation: pg_sys::Oid) -> bool;
    fn find_inheritance_children_extended(
        parent: pg_sys::Oid,
        omit_detached: bool,
        lockmode: pg_sys::LOCKMODE,
        detached_exist: *mut bool,
        detached_xmin: *mut pg_sys::TransactionId,
    ) -> *mut pg_sys::List;
}

/// A table with all its partitions and children, in the order of their oids. Without a lock: for comparing, not for opening.
/// A partition that is being detached counts until that is final.
pub fn tree(table: pg_sys::Oid) -> Vec<pg_sys::Oid> {
    let mut found = vec![table];
    let mut next = 0;
    while let Some(&parent) = found.get(next) {
        next += 1;
        // SAFETY: reads pg_inherits; the list is one of oids (or null: none), allocated in the current context.
        let children: Vec<pg_sys::Oid> = unsafe {
            // A table that is gone meanwhile has none; the look-up below takes any oid.
            if !pg_sys::ffi::pg_guard_ffi_boundary(|| has_subclass(parent)) {
                continue;
            }
            let list = pg_sys::ffi::pg_guard_ffi_boundary(|| {
                find_inheritance_children_extended(
                    parent,
                    false,
                    pg_sys::NoLock as pg_sys::LOCKMODE,
                    std::ptr::null_mut(),
                    std::ptr::null_mut(),
                )
            });
            if list.is_null() {
                continue;
            }
            (0..(*list).length)
                .map(|i| (*(*list).elements.add(i as usize)).oid_value)
                .collect()
        };
        // A child of two parents is there once.
        for child in children {
            if !found.contains(&child) {
                found.push(child);
            }
        }
    }
    found.sort_unstable_by_key(|oid| oid.to_u32());
    found
}
