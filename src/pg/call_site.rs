//! The place in a query that calls one of our functions: whether it may, and what it keeps from call to call.
//!
//! A symbol of the library reads its arguments as the types that our own CREATE FUNCTION declares. A superuser can declare it
//! otherwise; such a declaration is refused here, once for each place, instead of being believed.

use super::errors::error;
use pgrx::PgSqlErrorCode::*;
use pgrx::{PgMemoryContexts, pg_sys};
use std::any::Any;
use std::cell::RefCell;

/// What `fn_extra` of such a place points to. Nothing else is ever put there.
#[derive(Default)]
pub struct CallSite {
    /// The row type that is returned.
    pub row_type: Option<pg_sys::TupleDesc>,
    /// Whatever else the function keeps.
    value: Option<Box<dyn Any>>,
}

impl CallSite {
    /// The kept value, made by the first call that asks for it.
    pub fn value<T: 'static>(&mut self, make: impl FnOnce() -> T) -> &mut T {
        // A function that keeps values of two types gets the newer one made anew; none is read as the other.
        if !self.value.as_ref().is_some_and(|v| v.is::<T>()) {
            self.value = Some(Box::new(make()));
        }
        match self.value.as_mut().and_then(|v| v.downcast_mut()) {
            Some(value) => value,
            None => unreachable!("it was just made"),
        }
    }

    /// The site of a call; at the first call from there the function's declaration is checked.
    ///
    /// # Safety
    /// `fcinfo` must be the information of a call of the function with that symbol, and outlive the result; a call has one
    /// such reference at a time.
    pub unsafe fn of<'a>(fcinfo: pg_sys::FunctionCallInfo, symbol: &str) -> &'a mut CallSite {
        // SAFETY: fn_extra is the called function's own, and dies with the memory that what it points to is put into.
        unsafe {
            let flinfo = (*fcinfo).flinfo;
            if flinfo.is_null() {
                not_ours(pg_sys::InvalidOid, symbol);
            }
            if (*flinfo).fn_extra.is_null() {
                refuse_other_declarations((*flinfo).fn_oid, symbol);
                let site = PgMemoryContexts::For((*flinfo).fn_mcxt).leak_and_drop_on_delete(CallSite::default());
                (*flinfo).fn_extra = site.cast();
            }
            &mut *(*flinfo).fn_extra.cast::<CallSite>()
        }
    }

    /// Whether there is a site, which means that the declaration was checked.
    ///
    /// # Safety
    /// As for `of`.
    #[inline(always)]
    pub unsafe fn is_known(fcinfo: pg_sys::FunctionCallInfo) -> bool {
        // SAFETY: the caller's.
        unsafe {
            let flinfo = (*fcinfo).flinfo;
            !flinfo.is_null() && !(*flinfo).fn_extra.is_null()
        }
    }
}

thread_local! {
    /// Functions of this database that were found to be ours. Neither the arguments nor the result of an oid ever change.
    static OURS: RefCell<Vec<pg_sys::Oid>> = const { RefCell::new(vec![]) };
}

/// Raises 42P13 unless the function is the extension's own.
fn refuse_other_declarations(function: pg_sys::Oid, symbol: &str) {
    if OURS.with_borrow(|ours| ours.contains(&function)) {
        return;
    }
    // SAFETY: catalog look-ups.
    let is_member = unsafe {
        let of = pg_sys::getExtensionOfObject(pg_sys::ProcedureRelationId, function);
        of != pg_sys::InvalidOid && of == pg_sys::get_extension_oid(c"dynasty".as_ptr(), true)
    };
    if !is_member {
        not_ours(function, symbol);
    }
    OURS.with_borrow_mut(|ours| ours.push(function));
}

fn not_ours(function: pg_sys::Oid, symbol: &str) -> ! {
    error(
        ERRCODE_INVALID_FUNCTION_DEFINITION,
        format!("function {function} calls \"{symbol}\" of the dynasty library, and is not the extension's"),
    )
    .hint("Only what CREATE EXTENSION dynasty has declared is known to pass the right arguments: call that.")
    .raise()
}
