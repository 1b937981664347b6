//! Queries with the caller's rights: read a row at a time and without a call per value, written by kept plans.

use super::border::crossing;
use super::errors::error;
use super::float_array::float8_array;
use super::jsonb::StoredJsonb;
use super::jsonb_object::JsonbBuffer;
use super::memory::checkpoint;
use super::rows::RowSink;
use super::text::{ShortText, from_server_marked};
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;
use std::cell::RefCell;
use std::ffi::{CStr, CString, c_char, c_int};
use std::marker::PhantomData;

mod row;
pub use row::QueryRow;
use row::each_row;

/// An argument: type, value, whether it is NULL; good as long as what it was made of.
pub struct Argument<'a>(pg_sys::Oid, pg_sys::Datum, bool, PhantomData<&'a ()>);

impl<'a> Argument<'a> {
    /// An integer.
    pub fn int4(value: i32) -> Argument<'a> {
        Argument(pg_sys::INT4OID, value.into(), false, PhantomData)
    }

    /// A bigint.
    pub fn int8(value: i64) -> Argument<'a> {
        Argument(pg_sys::INT8OID, value.into(), false, PhantomData)
    }

    /// A timestamptz.
    pub fn timestamptz(value: i64) -> Argument<'a> {
        Argument(pg_sys::TIMESTAMPTZOID, value.into(), false, PhantomData)
    }

    /// A text.
    pub fn text(value: &'a ShortText) -> Argument<'a> {
        Argument(pg_sys::TEXTOID, value.datum(), false, PhantomData)
    }

    /// A jsonb.
    pub fn jsonb(value: &'a JsonbBuffer) -> Argument<'a> {
        Argument(pg_sys::JSONBOID, value.datum(), false, PhantomData)
    }

    /// A jsonb of a text.
    pub fn stored_jsonb(value: &'a StoredJsonb) -> Argument<'a> {
        Argument(pg_sys::JSONBOID, value.datum(), false, PhantomData)
    }

    /// A bigint that may be NULL.
    pub fn int8_or_null(value: Option<i64>) -> Argument<'a> {
        let datum = pg_sys::Datum::from(value.unwrap_or_default());
        Argument(pg_sys::INT8OID, datum, value.is_none(), PhantomData)
    }

    /// A timestamptz that may be NULL.
    pub fn timestamptz_or_null(value: Option<i64>) -> Argument<'a> {
        let datum = pg_sys::Datum::from(value.unwrap_or_default());
        Argument(pg_sys::TIMESTAMPTZOID, datum, value.is_none(), PhantomData)
    }

    /// A jsonb that may be NULL.
    pub fn jsonb_or_null(value: Option<&'a JsonbBuffer>) -> Argument<'a> {
        match value {
            Some(value) => Argument::jsonb(value),
            None => Argument(pg_sys::JSONBOID, pg_sys::Datum::from(0), true, PhantomData),
        }
    }

    /// A double precision[], made in the current memory context.
    pub fn float8_array(values: &[Option<f64>]) -> Argument<'a> {
        Argument(pg_sys::FLOAT8ARRAYOID, float8_array(values), false, PhantomData)
    }

    /// What was passed to us, of that type, for handing on.
    ///
    /// # Safety
    /// The datum must be of that type, unless it is NULL, and live as long as the argument is used.
    pub unsafe fn passed(type_: pg_sys::Oid, value: pg_sys::Datum, is_null: bool) -> Argument<'a> {
        Argument(type_, value, is_null, PhantomData)
    }

    /// An integer[].
    pub fn int4_array(values: &[i32]) -> Argument<'a> {
        use pgrx::IntoDatum;
        let datum = values.to_vec().into_datum();
        Argument(
            pg_sys::INT4ARRAYOID,
            datum.unwrap_or(pg_sys::Datum::from(0)),
            false,
            PhantomData,
        )
    }

    /// A bigint[].
    pub fn int8_array(values: &[i64]) -> Argument<'a> {
        use pgrx::IntoDatum;
        let datum = values.to_vec().into_datum();
        Argument(
            pg_sys::INT8ARRAYOID,
            datum.unwrap_or(pg_sys::Datum::from(0)),
            false,
            PhantomData,
        )
    }

    /// An integer[] that may be NULL; its NULL elements say nothing.
    pub fn int4_array_or_null(values: Option<Vec<Option<i32>>>) -> Argument<'a> {
        match values {
            Some(values) => Argument::int4_array(&values.into_iter().flatten().collect::<Vec<i32>>()),
            None => Argument(pg_sys::INT4ARRAYOID, pg_sys::Datum::from(0), true, PhantomData),
        }
    }
}

/// Raises XX000 for a code by which SPI says that it did not do what it was asked for: every call of it comes by here. (An error
/// of the query's own is raised by the server, and never a code.)
fn checked(call: &str, code: c_int) {
    if code < 0 {
        // SAFETY: a constant text of the server's, or one of its own, for any number.
        let name = unsafe { CStr::from_ptr(pg_sys::SPI_result_code_string(code)) };
        spi_failed(call, &from_server_marked(name.to_bytes()));
    }
}

#[cold]
fn spi_failed(call: &str, how: &str) -> ! {
    error(ERRCODE_INTERNAL_ERROR, format!("{call} failed: {how}")).raise()
}

/// Runs `work` with SPI connected. After an error the transaction's abort ends the connection.
fn connected<R>(work: impl FnOnce() -> R) -> R {
    crossing(|| {
        // SAFETY: connected and finished in pairs.
        unsafe {
            checked("SPI_connect", pg_sys::SPI_connect());
            let result = work();
            checked("SPI_finish", pg_sys::SPI_finish());
            result
        }
    })
}

/// The rows of the statement that was just executed.
fn result_table() -> *mut pg_sys::SPITupleTable {
    // SAFETY: a variable of the server's.
    let table = unsafe { pg_sys::SPI_tuptable };
    if table.is_null() {
        spi_failed("SPI_execute", "the statement returns no rows");
    }
    table
}

thread_local! {
    /// Plans kept for the session, by the query's text.
    static PLANS: RefCell<Vec<(&'static str, pg_sys::SPIPlanPtr)>> = const { RefCell::new(vec![]) };
}

/// When a statement is planned.
#[derive(Clone, Copy)]
enum Planning {
    /// As the server thinks best: maybe anew for every call's arguments.
    ServersChoice = 0,
    /// Once, whatever the arguments: where they say only which few rows are wanted, planning takes longer than reading them.
    Once = pg_sys::CURSOR_OPT_GENERIC_PLAN as isize,
}

/// # Safety
/// SPI must be connected.
unsafe fn plan_of(query: &'static str, arguments: &[Argument], planning: Planning) -> pg_sys::SPIPlanPtr {
    let known = PLANS.with_borrow(|plans| plans.iter().find(|(q, _)| std::ptr::eq(*q, query)).map(|p| p.1));
    known.unwrap_or_else(|| {
        let mut types: Vec<pg_sys::Oid> = arguments.iter().map(|a| a.0).collect();
        let text = CString::new(query).unwrap_or_default();
        // SAFETY: the plan is kept for the session before anybody else sees it; the server replans it when it must.
        let plan = unsafe {
            let plan =
                pg_sys::SPI_prepare_cursor(text.as_ptr(), types.len() as i32, types.as_mut_ptr(), planning as i32);
            if plan.is_null() {
                checked("SPI_prepare", pg_sys::SPI_result);
            }
            checked("SPI_keepplan", pg_sys::SPI_keepplan(plan));
            plan
        };
        PLANS.with_borrow_mut(|plans| plans.push((query, plan)));
        plan
    })
}

/// Values and NULL marks of arguments as SPI wants them.
fn for_spi(arguments: &[Argument]) -> (Vec<pg_sys::Datum>, Vec<c_char>) {
    let mark = |a: &Argument| if a.2 { b'n' } else { b' ' } as c_char;
    (
        arguments.iter().map(|a| a.1).collect(),
        arguments.iter().map(mark).collect(),
    )
}

/// Calls `each` for every row of a read-only query, planned once per session. Operators and functions in it must be
/// qualified: it runs under the caller's search_path. Rows come in portions, so that a large result takes little memory.
pub fn read_rows(query: &'static str, arguments: &[Argument], each: &mut dyn FnMut(&QueryRow<'_>)) {
    const PORTION: i64 = 5_000;
    let (mut values, nulls) = for_spi(arguments);
    // SAFETY: SPI is connected. A portion's tuples live until it is freed; values of a row point into its tuple. What cannot be a
    // cursor is an error of the server's.
    connected(|| unsafe {
        let plan = plan_of(query, arguments, Planning::ServersChoice);
        let cursor = pg_sys::SPI_cursor_open(std::ptr::null(), plan, values.as_mut_ptr(), nulls.as_ptr(), true);
        loop {
            checkpoint();
            pg_sys::SPI_cursor_fetch(cursor, true, PORTION);
            let table = result_table();
            let rows = (*table).numvals as usize;
            each_row(table, each);
            pg_sys::SPI_freetuptable(table);
            if (rows as i64) < PORTION {
                break;
            }
        }
        pg_sys::SPI_cursor_close(cursor);
    })
}

/// The same for a result that is small: all rows at once, without a cursor, by one plan for all arguments.
pub fn read_few_rows(query: &'static str, arguments: &[Argument], each: &mut dyn FnMut(&QueryRow<'_>)) {
    let (mut values, nulls) = for_spi(arguments);
    // SAFETY: as above.
    connected(|| unsafe {
        let plan = plan_of(query, arguments, Planning::Once);
        execute(plan, &mut values, &nulls, true);
        each_row(result_table(), each);
    })
}

/// The same, seeing what the transaction has written so far, of the running statement too. Not for functions that only read: what they
/// see is their statement's.
pub fn read_as_of_now(query: &'static str, arguments: &[Argument], each: &mut dyn FnMut(&QueryRow<'_>)) {
    let (mut values, nulls) = for_spi(arguments);
    // SAFETY: as above.
    connected(|| unsafe {
        let plan = plan_of(query, arguments, Planning::Once);
        execute(plan, &mut values, &nulls, false);
        each_row(result_table(), each);
    })
}

/// Runs a statement that writes, with the caller's rights; answers how many rows it wrote.
pub fn write(statement: &'static str, arguments: &[Argument]) -> u64 {
    let (mut values, nulls) = for_spi(arguments);
    // SAFETY: as above.
    connected(|| unsafe {
        let plan = plan_of(statement, arguments, Planning::ServersChoice);
        execute(plan, &mut values, &nulls, false);
        pg_sys::SPI_processed
    })
}

/// The same with the rows that it answers.
pub fn write_returning(statement: &'static str, arguments: &[Argument], each: &mut dyn FnMut(&QueryRow<'_>)) {
    let (mut values, nulls) = for_spi(arguments);
    // SAFETY: as above.
    connected(|| unsafe {
        let plan = plan_of(statement, arguments, Planning::ServersChoice);
        execute(plan, &mut values, &nulls, false);
        each_row(result_table(), each);
    })
}

/// # Safety
/// SPI must be connected; values and NULL marks must be as many as the plan has parameters, and of their types.
unsafe fn execute(plan: pg_sys::SPIPlanPtr, values: &mut [pg_sys::Datum], nulls: &[c_char], read_only: bool) {
    // SAFETY: the caller's promise.
    let code = unsafe { pg_sys::SPI_execute_plan(plan, values.as_mut_ptr(), nulls.as_ptr(), read_only, 0) };
    checked("SPI_execute_plan", code);
}

impl RowSink {
    /// Adds the rows of a read-only query with the caller's rights, planned for these arguments; raises 42804 when its columns are
    /// not those of the function.
    pub fn put_query(&mut self, query: &str, arguments: &[Argument]) {
        let text = CString::new(query).unwrap_or_default();
        let mut types: Vec<pg_sys::Oid> = arguments.iter().map(|a| a.0).collect();
        let (mut values, nulls) = for_spi(arguments);
        // SAFETY: SPI is connected; its tuples are copied before it is finished.
        connected(|| unsafe {
            let code = pg_sys::SPI_execute_with_args(
                text.as_ptr(),
                types.len() as i32,
                types.as_mut_ptr(),
                values.as_mut_ptr(),
                nulls.as_ptr(),
                true,
                0,
            );
            checked("SPI_execute_with_args", code);
            self.put_tuples(result_table());
        })
    }
}
