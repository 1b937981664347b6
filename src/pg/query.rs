//! Reading rows of a query with the caller's rights, a row at a time and without a call per value.

use super::border::crossing;
use super::columns::{name_of, stored_type, type_name};
use super::errors::error;
use super::memory::checkpoint;
use super::servers::attributes;
use super::text::ShortText;
use super::text::{bytes_of, from_server, from_server_marked};
use pgrx::PgSqlErrorCode::*;
use pgrx::{FromDatum, pg_sys};
use std::borrow::Cow;
use std::cell::RefCell;
use std::ffi::CString;

/// What a column of a result holds, looked up once per result. Users may give the columns of their tables other types than
/// the ones a query was written for; values of those are converted where every one of them can be, and refused otherwise.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Int2,
    Int4,
    Int8,
    Bool,
    Float4,
    Float8,
    Numeric,
    Date,
    /// text or character varying.
    Text,
    /// character: padded with blanks that are no part of the text.
    Padded,
    Int4Array,
    Float8Array,
    /// An enum or another kind of string, and the function that writes it as text.
    AsText(pg_sys::Oid),
    Other,
}

impl Kind {
    fn of(attribute: &pg_sys::FormData_pg_attribute) -> Kind {
        let (stored, _) = stored_type(attribute.atttypid, -1);
        match stored {
            pg_sys::INT2OID => Kind::Int2,
            pg_sys::INT4OID => Kind::Int4,
            pg_sys::INT8OID => Kind::Int8,
            pg_sys::BOOLOID => Kind::Bool,
            pg_sys::FLOAT4OID => Kind::Float4,
            pg_sys::FLOAT8OID => Kind::Float8,
            pg_sys::NUMERICOID => Kind::Numeric,
            pg_sys::DATEOID => Kind::Date,
            pg_sys::TEXTOID | pg_sys::VARCHAROID => Kind::Text,
            pg_sys::BPCHAROID => Kind::Padded,
            pg_sys::INT4ARRAYOID => Kind::Int4Array,
            pg_sys::FLOAT8ARRAYOID => Kind::Float8Array,
            other => Kind::written_as_text(other).map_or(Kind::Other, Kind::AsText),
        }
    }

    /// The output function of an enum or a string type (citext is one).
    fn written_as_text(of: pg_sys::Oid) -> Option<pg_sys::Oid> {
        // SAFETY: catalog look-ups.
        unsafe {
            let (mut category, mut preferred) = (0, false);
            pg_sys::get_type_category_preferred(of, &mut category, &mut preferred);
            if !matches!(category as u8, pg_sys::TYPCATEGORY_STRING | pg_sys::TYPCATEGORY_ENUM) {
                return None;
            }
            let (mut output, mut variable_length) = (pg_sys::InvalidOid, false);
            pg_sys::getTypeOutputInfo(of, &mut output, &mut variable_length);
            Some(output)
        }
    }
}

/// A row of a result; columns are numbered from 0.
pub struct QueryRow<'a> {
    values: &'a [pg_sys::Datum],
    nulls: &'a [bool],
    kinds: &'a [Kind],
    attributes: &'a [pg_sys::FormData_pg_attribute],
}

impl QueryRow<'_> {
    #[inline(always)]
    fn datum(&self, column: usize) -> Option<pg_sys::Datum> {
        (!self.nulls[column]).then(|| self.values[column])
    }

    /// An integer.
    #[inline(always)]
    pub fn int4(&self, column: usize) -> Option<i32> {
        let datum = self.datum(column)?;
        Some(match self.kinds[column] {
            Kind::Int4 => datum.value() as i32,
            _ => self.narrow(column, datum),
        })
    }

    /// A date (days since 2000-01-01).
    #[inline(always)]
    pub fn date(&self, column: usize) -> Option<i32> {
        let datum = self.datum(column)?;
        if self.kinds[column] != Kind::Date {
            self.refuse(column, "date");
        }
        Some(datum.value() as i32)
    }

    /// A smallint.
    pub fn int2(&self, column: usize) -> Option<i32> {
        self.int4(column)
    }

    /// A bigint.
    #[inline(always)]
    pub fn int8(&self, column: usize) -> Option<i64> {
        let datum = self.datum(column)?;
        Some(match self.kinds[column] {
            Kind::Int8 => datum.value() as i64,
            Kind::Int4 => i64::from(datum.value() as i32),
            Kind::Int2 => i64::from(datum.value() as i16),
            _ => self.refuse(column, "bigint"),
        })
    }

    /// A boolean.
    pub fn bool(&self, column: usize) -> Option<bool> {
        let datum = self.datum(column)?;
        if self.kinds[column] != Kind::Bool {
            self.refuse(column, "boolean");
        }
        Some(datum.value() & 1 != 0)
    }

    /// A double precision.
    #[inline(always)]
    pub fn float8(&self, column: usize) -> Option<f64> {
        let datum = self.datum(column)?;
        Some(match self.kinds[column] {
            Kind::Float8 => f64::from_bits(datum.value() as u64),
            _ => self.widen(column, datum),
        })
    }

    /// An integer of another width.
    #[cold]
    fn narrow(&self, column: usize, datum: pg_sys::Datum) -> i32 {
        match self.kinds[column] {
            Kind::Int2 => i32::from(datum.value() as i16),
            Kind::Int8 => i32::try_from(datum.value() as i64).unwrap_or_else(|_| {
                error(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, "integer out of range")
                    .detail(format!(
                        "Column \"{}\" holds {}.",
                        self.name(column),
                        datum.value() as i64
                    ))
                    .raise()
            }),
            _ => self.refuse(column, "integer"),
        }
    }

    /// A number as the server casts it to double precision.
    #[cold]
    fn widen(&self, column: usize, datum: pg_sys::Datum) -> f64 {
        match self.kinds[column] {
            Kind::Float4 => f64::from(f32::from_bits(datum.value() as u32)),
            Kind::Int2 => f64::from(datum.value() as i16),
            Kind::Int4 => f64::from(datum.value() as i32),
            Kind::Int8 => (datum.value() as i64) as f64,
            // SAFETY: a numeric.
            Kind::Numeric => f64::from_bits(unsafe {
                pg_sys::OidFunctionCall1Coll(pg_sys::F_FLOAT8_NUMERIC.into(), pg_sys::InvalidOid, datum).value() as u64
            }),
            _ => self.refuse(column, "double precision"),
        }
    }

    fn name(&self, column: usize) -> Cow<'_, str> {
        from_server_marked(name_of(&self.attributes[column]).to_bytes())
    }

    #[cold]
    fn refuse(&self, column: usize, wanted: &str) -> ! {
        let attribute = &self.attributes[column];
        error(
            ERRCODE_DATATYPE_MISMATCH,
            format!("column \"{}\" is not {wanted}", self.name(column)),
        )
        .detail(format!(
            "It is {}, and is read as that type.",
            type_name(attribute.atttypid, attribute.atttypmod)
        ))
        .hint("Give the table's column back the type that CALL dynasty.install() makes it with.")
        .raise()
    }

    /// The value of a text, as the server keeps texts.
    fn varlena(&self, column: usize) -> Option<pg_sys::Datum> {
        let datum = self.datum(column)?;
        match self.kinds[column] {
            Kind::Text => Some(datum),
            // SAFETY: a character(n), which the server casts by this function.
            Kind::Padded => Some(unsafe {
                pg_sys::OidFunctionCall1Coll(pg_sys::F_TEXT_BPCHAR.into(), pg_sys::DEFAULT_COLLATION_OID, datum)
            }),
            // SAFETY: a value of the enum or string type whose output function that is.
            Kind::AsText(output) => Some(unsafe {
                pg_sys::Datum::from(pg_sys::cstring_to_text(pg_sys::OidOutputFunctionCall(output, datum)))
            }),
            _ => self.refuse(column, "character varying"),
        }
    }

    /// A text.
    pub fn text(&self, column: usize) -> Option<Cow<'_, str>> {
        // SAFETY: a text; it lives as long as the row, or as the caller's memory where it was converted.
        self.varlena(column).map(|d| from_server(unsafe { bytes_of(d) }))
    }

    /// An array of integers.
    pub fn int4_array(&self, column: usize) -> Option<Vec<Option<i32>>> {
        let datum = self.datum(column)?;
        if self.kinds[column] != Kind::Int4Array {
            self.refuse(column, "integer[]");
        }
        // SAFETY: an integer[].
        unsafe { Vec::<Option<i32>>::from_datum(datum, false) }
    }

    /// An array of double precision.
    pub fn float8_array(&self, column: usize) -> Option<Vec<Option<f64>>> {
        let datum = self.datum(column)?;
        if self.kinds[column] != Kind::Float8Array {
            self.refuse(column, "double precision[]");
        }
        // SAFETY: a double precision[].
        unsafe { Vec::<Option<f64>>::from_datum(datum, false) }
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
    crossing(|| unsafe {
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
    })
}

/// The same for a result that is small: all rows at once, without a cursor, by one plan for all arguments.
pub fn read_few_rows(query: &'static str, arguments: &[Argument], each: &mut dyn FnMut(&QueryRow<'_>)) {
    let (mut values, nulls) = for_spi(arguments);
    // SAFETY: as above.
    crossing(|| unsafe {
        pg_sys::SPI_connect();
        let plan = plan_of(query, arguments, Planning::Once);
        pg_sys::SPI_execute_plan(plan, values.as_mut_ptr(), nulls.as_ptr(), true, 0);
        each_row(pg_sys::SPI_tuptable, each);
        pg_sys::SPI_finish();
    })
}

/// Runs a statement that writes, with the caller's rights.
pub fn write(statement: &'static str, arguments: &[Argument]) {
    let (mut values, nulls) = for_spi(arguments);
    // SAFETY: as above.
    crossing(|| unsafe {
        pg_sys::SPI_connect();
        let plan = plan_of(statement, arguments, Planning::ServersChoice);
        pg_sys::SPI_execute_plan(plan, values.as_mut_ptr(), nulls.as_ptr(), false, 0);
        pg_sys::SPI_finish();
    })
}

/// # Safety
/// `table` must be a result of SPI.
unsafe fn each_row(table: *mut pg_sys::SPITupleTable, each: &mut dyn FnMut(&QueryRow<'_>)) {
    // SAFETY: the arrays are as long as the row type has columns.
    unsafe {
        let attributes = attributes((*table).tupdesc);
        let kinds: Vec<Kind> = attributes.iter().map(Kind::of).collect();
        let columns = attributes.len();
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
                kinds: &kinds,
                attributes,
            });
        }
    }
}
