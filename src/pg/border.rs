//! Errors of the server that pass through Rust, where the database is not UTF-8.
//!
//! pgrx catches an error of the server as text and replaces every byte that is not UTF-8. So while our code runs, the original
//! texts of errors are noted as they are raised, and put back before the error goes on. In a UTF-8 database none of this happens.

use super::errors::bytes_for_report;
use super::text::{from_server_marked, is_utf8_database};
use pgrx::pg_sys::panic::{CaughtError, ErrorReport, ErrorReportWithLevel};
use pgrx::spi::SpiClient;
use pgrx::{PgLogLevel, Spi, pg_sys};
use std::any::Any;
use std::cell::RefCell;
use std::ffi::{CStr, c_char, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// The texts of an error as the server has them.
struct Original {
    message: Vec<u8>,
    detail: Option<Vec<u8>>,
    hint: Option<Vec<u8>>,
}

/// Errors may be raised on the way out of another one; more than a few at a time are not to be expected.
const KEPT: usize = 8;

thread_local! {
    static ORIGINALS: RefCell<Vec<Original>> = const { RefCell::new(vec![]) };
}

unsafe extern "C-unwind" {
    // Without pgrx's guard: it must not stand inside the server's error handling.
    fn CopyErrorData() -> *mut pg_sys::ErrorData;
    fn FreeErrorData(edata: *mut pg_sys::ErrorData);
}

/// Notes an error that is being raised. The server calls it for every message, before anybody catches it.
unsafe extern "C-unwind" fn note(_: *mut c_void) {
    // SAFETY: called while a message is being made, when its data can be copied; not into the context of errors, which the
    // server does not want. The texts are C strings or null. The context is put back.
    let original = unsafe {
        let context = pg_sys::CurrentMemoryContext;
        pg_sys::CurrentMemoryContext = pg_sys::TopMemoryContext;
        let data = CopyErrorData();
        let text = |at: *mut c_char| (!at.is_null()).then(|| CStr::from_ptr(at).to_bytes().to_vec());
        let original = ((*data).elevel >= PgLogLevel::ERROR as i32).then(|| Original {
            message: text((*data).message).unwrap_or_default(),
            detail: text((*data).detail),
            hint: text((*data).hint),
        });
        FreeErrorData(data);
        pg_sys::CurrentMemoryContext = context;
        original
    };
    let Some(original) = original.filter(Original::has_letters) else {
        return;
    };
    ORIGINALS.with_borrow_mut(|kept| {
        if kept.len() == KEPT {
            kept.remove(0);
        }
        kept.push(original);
    });
}

impl Original {
    /// Whether there is anything that could be lost.
    fn has_letters(&self) -> bool {
        let texts = [Some(&self.message), self.detail.as_ref(), self.hint.as_ref()];
        texts.into_iter().flatten().any(|text| !text.is_ascii())
    }

    /// Whether pgrx made `report` of this.
    fn became(&self, report: &ErrorReportWithLevel) -> bool {
        let same = |ours: Option<&Vec<u8>>, theirs: Option<&str>| match (ours, theirs) {
            (Some(ours), Some(theirs)) => String::from_utf8_lossy(ours) == theirs,
            (None, None) => true,
            _ => false,
        };
        same(Some(&self.message), Some(report.message()))
            && same(self.detail.as_ref(), report.detail())
            && same(self.hint.as_ref(), report.hint())
    }
}

/// Runs `work`; what the server raises in it goes on with the server's own texts.
#[inline(always)]
pub fn crossing<R>(work: impl FnOnce() -> R) -> R {
    if is_utf8_database() {
        return work();
    }
    crossing_elsewhere(work)
}

#[cold]
fn crossing_elsewhere<R>(work: impl FnOnce() -> R) -> R {
    let mut entry = pg_sys::ErrorContextCallback {
        previous: std::ptr::null_mut(),
        callback: Some(note),
        arg: std::ptr::null_mut(),
    };
    // SAFETY: the entry lives until it is taken off again, whichever way `work` ends.
    let previous = unsafe {
        let previous = pg_sys::error_context_stack;
        entry.previous = previous;
        pg_sys::error_context_stack = &mut entry;
        previous
    };
    let result = catch_unwind(AssertUnwindSafe(work));
    // SAFETY: what was there before is there again.
    unsafe { pg_sys::error_context_stack = previous };
    result.unwrap_or_else(|payload| resume_unwind(repaired(payload)))
}

/// `Spi::connect_mut`, crossing the border.
pub fn connect_mut<R>(work: impl FnOnce(&mut SpiClient<'_>) -> R) -> R {
    crossing(|| Spi::connect_mut(work))
}

fn repaired(payload: Box<dyn Any + Send>) -> Box<dyn Any + Send> {
    match payload.downcast::<CaughtError>() {
        Ok(caught) => Box::new(restored(*caught)),
        Err(payload) => payload,
    }
}

/// An error as it was raised.
pub fn restored(caught: CaughtError) -> CaughtError {
    let CaughtError::PostgresError(report) = caught else {
        return caught;
    };
    let Some(original) = ORIGINALS.with_borrow_mut(|kept| {
        let at = kept.iter().rposition(|original| original.became(&report))?;
        Some(kept.remove(at))
    }) else {
        return CaughtError::PostgresError(report);
    };
    let mut restored = ErrorReport::new(report.sql_error_code(), bytes_for_report(original.message), "dynasty");
    if let Some(detail) = original.detail {
        restored = restored.set_detail(bytes_for_report(detail));
    }
    if let Some(hint) = original.hint {
        restored = restored.set_hint(bytes_for_report(hint));
    }
    // Only pgrx makes reports with a level; it makes them of those it catches.
    match catch_unwind(AssertUnwindSafe(|| restored.report(report.level()))) {
        Err(payload) => match payload.downcast::<ErrorReportWithLevel>() {
            Ok(report) => CaughtError::ErrorReport(*report),
            Err(_) => CaughtError::PostgresError(report),
        },
        Ok(()) => CaughtError::PostgresError(report),
    }
}

/// The message of a caught error.
pub fn message(report: &ErrorReportWithLevel) -> String {
    from_server_marked(report.message().as_bytes()).into_owned()
}
