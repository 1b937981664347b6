//! Reading rows of a query with the caller's rights, a row at a time and without a call per value.

use super::cells::ShortText;
use super::memory::checkpoint;
use pgrx::{FromDatum, pg_sys, varlena};
use std::borrow::Cow;
use std::cell::RefCell;
use std::ffi::CString;

/// A row of a result; columns are numbered from 0.
pub struct QueryRow<'a> {
    values: &'a [pg_sys::Datum],
    nulls: &'a [bool],
}

impl QueryRow<'_> {
    fn datum(&self, column: usize) -> Option<pg_sys::Datum> {
        (!self.nulls[column]).then(|| self.values[column])
    }

    /// An integer or date (days since 2000-01-01).
    pub fn int4(&self, column: usize) -> Option<i32> {
        self.datum(column).map(|d| d.value() as i32)
    }

    /// A smallint.
    pub fn int2(&self, column: usize) -> Option<i32> {
        self.datum(column).map(|d| i32::from(d.value() as i16))
    }

    /// A bigint.
    pub fn int8(&self, column: usize) -> Option<i64> {
        self.datum(column).map(|d| d.value() as i64)
    }

    /// A boolean.
    pub fn bool(&self, column: usize) -> Option<bool> {
        self.datum(column).map(|d| d.value() & 1 != 0)
    }

    /// A double precision.
    pub fn float8(&self, column: usize) -> Option<f64> {
        self.datum(column).map(|d| f64::from_bits(d.value() as u64))
    }

    /// A text. (In a database whose encoding is not UTF-8 letters beyond ASCII may be replaced.)
    pub fn text(&self, column: usize) -> Option<Cow<'_, str>> {
        // SAFETY: the query declares a text; it lives as long as the row.
        self.datum(column).map(|d| unsafe {
            let at = pg_sys::pg_detoast_datum_packed(d.cast_mut_ptr());
            let length = varlena::varsize_any_exhdr(at);
            String::from_utf8_lossy(std::slice::from_raw_parts(
                varlena::vardata_any(at) as *const u8,
                length,
            ))
        })
    }

    /// An array of integers.
    pub fn int4_array(&self, column: usize) -> Option<Vec<Option<i32>>> {
        // SAFETY: the query declares an integer[].
        self.datum(column)
            .and_then(|d| unsafe { Vec::<Option<i32>>::from_datum(d, false) })
    }

    /// An array of double precision.
    pub fn float8_array(&self, column: usize) -> Option<Vec<Option<f64>>> {
        // SAFETY: the query declares a double precision[].
        self.datum(column)
            .and_then(|d| unsafe { Vec::<Option<f64>>::from_datum(d, false) })
    }
}

/// An argument: type, value, whether it is NULL.
pub struct Argument(pg_sys::Oid, pg_sys::Datum, bool);

impl Argument {
    /// An integer.
    pub fn int4(value: i32) -> Argument {
        Argument(pg_sys::INT4OID, value.into(), false)
    }

    /// A bigint.
    pub fn int8(value: i64) -> Argument {
        Argument(pg_sys::INT8OID, value.into(), false)
    }

    /// A timestamptz.
    pub fn timestamptz(value: i64) -> Argument {
        Argument(pg_sys::TIMESTAMPTZOID, value.into(), false)
    }

    /// A text, good as long as the text is.
    pub fn text(value: &ShortText) -> Argument {
        Argument(pg_sys::TEXTOID, value.datum(), false)
    }

    /// A jsonb, made elsewhere.
    pub fn jsonb(value: pg_sys::Datum) -> Argument {
        Argument(pg_sys::JSONBOID, value, false)
    }

    /// A double precision[], made elsewhere.
    pub fn float8_array(value: pg_sys::Datum) -> Argument {
        Argument(pg_sys::FLOAT8ARRAYOID, value, false)
    }

    /// An integer[].
    pub fn int4_array(values: &[i32]) -> Argument {
        use pgrx::IntoDatum;
        let datum = values.to_vec().into_datum();
        Argument(pg_sys::INT4ARRAYOID, datum.unwrap_or(pg_sys::Datum::from(0)), false)
    }

    /// An integer[] that may be NULL; its NULL elements say nothing.
    pub fn int4_array_or_null(values: Option<Vec<Option<i32>>>) -> Argument {
        match values {
            Some(values) => Argument::int4_array(&values.into_iter().flatten().collect::<Vec<i32>>()),
            None => Argument(pg_sys::INT4ARRAYOID, pg_sys::Datum::from(0), true),
        }
    }
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
            pg_sys::SPI_keepplan(plan);
            plan
        };
        PLANS.with_borrow_mut(|plans| plans.push((query, plan)));
        plan
    })
}

/// Values and NULL marks of arguments as SPI wants them.
fn for_spi(arguments: &[Argument]) -> (Vec<pg_sys::Datum>, Vec<std::ffi::c_char>) {
    let mark = |a: &Argument| if a.2 { b'n' } else { b' ' } as std::ffi::c_char;
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
    // SAFETY: SPI is connected and finished in pairs; after an error the transaction's abort does it. A portion's tuples
    // live until it is freed; values of a row point into its tuple.
    unsafe {
        pg_sys::SPI_connect();
        let plan = plan_of(query, arguments, Planning::ServersChoice);
        let cursor = pg_sys::SPI_cursor_open(std::ptr::null(), plan, values.as_mut_ptr(), nulls.as_ptr(), true);
        loop {
            checkpoint();
            pg_sys::SPI_cursor_fetch(cursor, true, PORTION);
            let table = pg_sys::SPI_tuptable;
            let rows = (*table).numvals as usize;
            each_row(table, each);
            pg_sys::SPI_freetuptable(table);
            if (rows as i64) < PORTION {
                break;
            }
        }
        pg_sys::SPI_cursor_close(cursor);
        pg_sys::SPI_finish();
    }
}

/// The same for a result that is small: all rows at once, without a cursor, by one plan for all arguments.
pub fn read_few_rows(query: &'static str, arguments: &[Argument], each: &mut dyn FnMut(&QueryRow<'_>)) {
    let (mut values, nulls) = for_spi(arguments);
    // SAFETY: as above.
    unsafe {
        pg_sys::SPI_connect();
        let plan = plan_of(query, arguments, Planning::Once);
        pg_sys::SPI_execute_plan(plan, values.as_mut_ptr(), nulls.as_ptr(), true, 0);
        each_row(pg_sys::SPI_tuptable, each);
        pg_sys::SPI_finish();
    }
}

/// Runs a statement that writes, with the caller's rights.
pub fn write(statement: &'static str, arguments: &[Argument]) {
    let (mut values, nulls) = for_spi(arguments);
    // SAFETY: as above.
    unsafe {
        pg_sys::SPI_connect();
        let plan = plan_of(statement, arguments, Planning::ServersChoice);
        pg_sys::SPI_execute_plan(plan, values.as_mut_ptr(), nulls.as_ptr(), false, 0);
        pg_sys::SPI_finish();
    }
}

/// # Safety
/// `table` must be a result of SPI.
unsafe fn each_row(table: *mut pg_sys::SPITupleTable, each: &mut dyn FnMut(&QueryRow<'_>)) {
    // SAFETY: the arrays are as long as the row type has columns.
    unsafe {
        let columns = (*(*table).tupdesc).natts as usize;
        let mut values = vec![pg_sys::Datum::from(0); columns];
        let mut nulls = vec![false; columns];
        for i in 0..(*table).numvals as usize {
            pg_sys::heap_deform_tuple(
                *(*table).vals.add(i),
                (*table).tupdesc,
                values.as_mut_ptr(),
                nulls.as_mut_ptr(),
            );
            each(&QueryRow {
                values: &values,
                nulls: &nulls,
            });
        }
    }
}
