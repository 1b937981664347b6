//! The rows of a query's result, and what their columns hold.

use crate::pg::columns::{name_of, stored_type, type_name};
use crate::pg::compat::attributes;
use crate::pg::errors::error;
use crate::pg::text::{bytes_of, from_server, from_server_marked};
use pgrx::PgSqlErrorCode::*;
use pgrx::{FromDatum, pg_sys};
use std::borrow::Cow;

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
    Timestamptz,
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
            pg_sys::TIMESTAMPTZOID => Kind::Timestamptz,
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

    /// A timestamptz; `None` also where the column is something else.
    pub fn timestamptz_if_it_is(&self, column: usize) -> Option<i64> {
        let datum = self.datum(column).filter(|_| self.kinds[column] == Kind::Timestamptz);
        Some(datum?.value() as i64)
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

/// Calls `each` for every row of a result.
///
/// # Safety
/// `table` must be a result of SPI.
pub(super) unsafe fn each_row(table: *mut pg_sys::SPITupleTable, each: &mut dyn FnMut(&QueryRow<'_>)) {
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
