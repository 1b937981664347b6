//! Errors of the server that pass through Rust.
//!
//! pgrx catches an error of the server as text and raises it anew. On the way it loses a SQLSTATE that PostgreSQL does not define
//! itself (a user's own becomes XX000), the names of the table, column, type and constraint, and where the database is not UTF-8
//! every byte that is not. So while our code runs, errors are noted as they are raised, and what was lost is put back when they
//! are raised anew.

use super::errors::bytes_for_report;
use super::text::{from_server_marked, is_utf8_database};
use pgrx::pg_sys::panic::{CaughtError, ErrorReport, ErrorReportWithLevel};
use pgrx::spi::SpiClient;
use pgrx::{PgLogLevel, PgSqlErrorCode, Spi, pg_sys};
use std::any::Any;
use std::cell::{RefCell, UnsafeCell};
use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// An error as the server has it.
struct Original {
    message: Vec<u8>,
    detail: Option<Vec<u8>>,
    hint: Option<Vec<u8>>,
    /// Its SQLSTATE, packed.
    code: c_int,
    /// In the order of [`NAMES`].
    names: [Option<CString>; 5],
}

/// The fields of an error that name what it is about.
const NAMES: [u8; 5] = [
    pg_sys::PG_DIAG_SCHEMA_NAME,
    pg_sys::PG_DIAG_TABLE_NAME,
    pg_sys::PG_DIAG_COLUMN_NAME,
    pg_sys::PG_DIAG_DATATYPE_NAME,
    pg_sys::PG_DIAG_CONSTRAINT_NAME,
];

/// A longer text is not kept.
const LONGEST: usize = 1 << 16;

/// Errors may be raised on the way out of another one; more than a few at a time are not to be expected.
const KEPT: usize = 8;

thread_local! {
    static ORIGINALS: RefCell<Vec<Original>> = const { RefCell::new(vec![]) };
}

unsafe extern "C-unwind" {
    // Without pgrx's guard: it must not stand inside the server's error handling.
    fn CopyErrorData() -> *mut pg_sys::ErrorData;
    fn FreeErrorData(edata: *mut pg_sys::ErrorData);
    fn geterrcode() -> c_int;
    fn errcode(sqlerrcode: c_int) -> c_int;
    fn err_generic_string(field: c_int, text: *const c_char) -> c_int;
}

/// Looks at a message that is being made: notes an error, or puts back into one that is raised anew what it has lost. The server calls
/// it before anybody catches the error.
unsafe extern "C-unwind" fn note(_: *mut c_void) {
    // SAFETY: called while a message is being made, when its data can be copied and completed; not into the context of errors, which
    // the server does not want. The texts are C strings or null. The context is put back.
    unsafe {
        // No memory for the error, no memory for its copy; those that pgrx makes need some.
        if geterrcode() == PgSqlErrorCode::ERRCODE_OUT_OF_MEMORY as c_int {
            super::allocator::make_room();
            return;
        }
        let context = pg_sys::CurrentMemoryContext;
        pg_sys::CurrentMemoryContext = pg_sys::TopMemoryContext;
        let data = CopyErrorData();
        let seen = ((*data).elevel >= PgLogLevel::ERROR as i32).then(|| Original::of(&*data));
        FreeErrorData(data);
        pg_sys::CurrentMemoryContext = context;
        let Some(seen) = seen.filter(|seen| seen.message.len() <= LONGEST) else {
            return;
        };
        let lost = ORIGINALS.with_borrow(|kept| {
            let original = kept.iter().rev().find(|original| original.lost_in(&seen))?;
            Some((original.code, original.names.clone()))
        });
        let Some((code, names)) = lost else {
            ORIGINALS.with_borrow_mut(|kept| {
                if kept.len() == KEPT {
                    kept.remove(0);
                }
                kept.push(seen);
            });
            return;
        };
        errcode(code);
        for (field, name) in NAMES.into_iter().zip(&names) {
            if let Some(name) = name {
                err_generic_string(field.into(), name.as_ptr());
            }
        }
    }
}

impl Original {
    /// # Safety
    /// The texts must be C strings, or null.
    unsafe fn of(data: &pg_sys::ErrorData) -> Original {
        // SAFETY: the caller's promise.
        let text = |at: *mut c_char| (!at.is_null()).then(|| unsafe { CStr::from_ptr(at) });
        let bytes = |at: *mut c_char| text(at).map(|text| text.to_bytes().to_vec());
        let names = [
            data.schema_name,
            data.table_name,
            data.column_name,
            data.datatype_name,
            data.constraint_name,
        ];
        Original {
            message: bytes(data.message).unwrap_or_default(),
            detail: bytes(data.detail).filter(|text| text.len() <= LONGEST),
            hint: bytes(data.hint).filter(|text| text.len() <= LONGEST),
            code: data.sqlerrcode,
            names: names.map(|at| text(at).map(CStr::to_owned)),
        }
    }

    /// Whether `seen` is this error raised anew, without what pgrx does not keep.
    fn lost_in(&self, seen: &Original) -> bool {
        const UNKNOWN: c_int = PgSqlErrorCode::ERRCODE_INTERNAL_ERROR as c_int;
        let named = |error: &Original| error.names.iter().any(Option::is_some);
        let code = seen.code == UNKNOWN && self.code != UNKNOWN;
        let names = seen.code == self.code && named(self);
        (code || names) && !named(seen) && self.message == seen.message
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

/// What stays on the server's stack of context callbacks when an error leaves our code, since it is raised anew further out, by
/// pgrx. Whoever catches it puts the stack back to what it was for him.
struct Outgoing(UnsafeCell<pg_sys::ErrorContextCallback>);

// SAFETY: a backend has one thread.
unsafe impl Sync for Outgoing {}

static OUTGOING: Outgoing = Outgoing(UnsafeCell::new(pg_sys::ErrorContextCallback {
    previous: std::ptr::null_mut(),
    callback: Some(note),
    arg: std::ptr::null_mut(),
}));

/// Runs `work`; what the server raises in it goes on as the server made it.
#[inline(always)]
pub fn crossing<R>(work: impl FnOnce() -> R) -> R {
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
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(result) => {
            // SAFETY: what was there before is there again.
            unsafe { pg_sys::error_context_stack = previous };
            result
        }
        Err(payload) => leave(previous, payload),
    }
}

#[cold]
fn leave(mut previous: *mut pg_sys::ErrorContextCallback, payload: Box<dyn Any + Send>) -> ! {
    let outgoing = OUTGOING.0.get();
    // SAFETY: the static lives for ever; it is on the stack once at most.
    unsafe {
        while previous == outgoing {
            previous = (*outgoing).previous;
        }
        (*outgoing).previous = previous;
        pg_sys::error_context_stack = outgoing;
    }
    if is_utf8_database() {
        resume_unwind(payload)
    }
    resume_unwind(repaired(payload))
}

/// The server's stack of context callbacks, for whoever catches an error and goes on.
pub struct ContextStack(*mut pg_sys::ErrorContextCallback);

impl ContextStack {
    /// As it is now.
    pub fn now() -> ContextStack {
        // SAFETY: only looked at.
        ContextStack(unsafe { pg_sys::error_context_stack })
    }

    /// Puts it back.
    pub fn put_back(self) {
        // SAFETY: the entries are those of who runs: he made this, and has not ended.
        unsafe { pg_sys::error_context_stack = self.0 }
    }
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
    let texts = ORIGINALS.with_borrow(|kept| {
        let original = kept.iter().rev().find(|original| original.became(&report))?;
        Some((original.message.clone(), original.detail.clone(), original.hint.clone()))
    });
    let Some((message, detail, hint)) = texts.filter(|_| !is_utf8_database()) else {
        return CaughtError::PostgresError(report);
    };
    let mut restored = ErrorReport::new(report.sql_error_code(), bytes_for_report(message), "dynasty");
    if let Some(detail) = detail {
        restored = restored.set_detail(bytes_for_report(detail));
    }
    if let Some(hint) = hint {
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
