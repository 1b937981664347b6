//! A `jsonb` argument as its text, and values as `jsonb`.
//!
//! pgrx's own `JsonB` panics on documents the server accepts but serde_json does not read (a number of 400 digits, 130 levels of
//! nesting), and takes the database's encoding for UTF-8. Here the text is handed on, and what cannot be read becomes an ordinary
//! error.

use super::border::crossing;
use super::text::{from_server, to_server, to_server_marked};
use pgrx::callconv::{Arg, ArgAbi, BoxRet, FcInfo};
use pgrx::datum::Datum;
use pgrx::pgrx_sql_entity_graph::metadata::{
    ArgumentError, ReturnsError, ReturnsRef, SqlMappingRef, SqlTranslatable, TypeOrigin,
};
use pgrx::{FromDatum, IntoDatum, direct_function_call, pg_sys};
use serde_json::Value;
use std::ffi::{CStr, CString};

/// The text of a `jsonb` value.
#[derive(Clone)]
pub struct JsonbText(pub String);

impl FromDatum for JsonbText {
    unsafe fn from_polymorphic_datum(datum: pg_sys::Datum, is_null: bool, _: pg_sys::Oid) -> Option<Self> {
        if is_null {
            return None;
        }
        // SAFETY: the caller passes a datum of type jsonb; jsonb_out detoasts it and returns a palloc'd C string, which is
        // copied before its context can go away.
        let text = crossing(|| unsafe { direct_function_call::<&CStr>(pg_sys::jsonb_out, &[Some(datum)]) })?;
        Some(JsonbText(from_server(text.to_bytes()).into_owned()))
    }
}

// SAFETY: the declared SQL type is jsonb (see SqlTranslatable below), which is what `from_datum` reads.
unsafe impl<'fcx> ArgAbi<'fcx> for JsonbText {
    unsafe fn unbox_arg_unchecked(arg: Arg<'_, 'fcx>) -> Self {
        // SAFETY: as above; a null argument never comes here, because functions take Option<JsonbText>.
        unsafe { arg.unbox_arg_using_from_datum() }.unwrap_or(JsonbText(String::from("null")))
    }
}

// SAFETY: maps to the built-in type jsonb as an argument; it cannot be returned.
unsafe impl SqlTranslatable for JsonbText {
    const TYPE_IDENT: &'static str = pgrx::pgrx_resolved_type!(JsonbText);
    const TYPE_ORIGIN: TypeOrigin = TypeOrigin::External;
    const ARGUMENT_SQL: Result<SqlMappingRef, ArgumentError> = Ok(SqlMappingRef::literal("jsonb"));
    const RETURN_SQL: Result<ReturnsRef, ReturnsError> = Ok(ReturnsRef::One(SqlMappingRef::literal("jsonb")));
}

/// A value to be returned as `jsonb`.
pub struct Jsonb(pub Value);

/// The same for a report of what was refused, which must not fail for a character in it.
pub struct JsonbReport(pub Value);

/// A jsonb for queries, made of its text once for as many statements as take it.
pub struct StoredJsonb(pg_sys::Datum);

impl StoredJsonb {
    /// Of a JSON text of ours; raises 22P05 for what the database's encoding lacks.
    pub fn of(json: &str) -> StoredJsonb {
        let made = crossing(|| jsonb_of(&to_server(json)));
        StoredJsonb(made.unwrap_or(pg_sys::Datum::from(0)))
    }

    /// For an argument.
    pub(super) fn datum(&self) -> pg_sys::Datum {
        self.0
    }
}

/// What the server makes of the text, which serde_json wrote: a zero byte is an escape there.
fn jsonb_of(text: &[u8]) -> Option<pg_sys::Datum> {
    let text = CString::new(text).unwrap_or_default();
    // SAFETY: jsonb_in takes a C string in the database's encoding.
    unsafe { pgrx::direct_function_call_as_datum(pg_sys::jsonb_in, &[Some(pg_sys::Datum::from(text.as_ptr()))]) }
}

impl IntoDatum for Jsonb {
    fn into_datum(self) -> Option<pg_sys::Datum> {
        crossing(|| jsonb_of(&to_server(&self.0.to_string())))
    }

    fn type_oid() -> pg_sys::Oid {
        pg_sys::JSONBOID
    }
}

impl IntoDatum for JsonbReport {
    fn into_datum(self) -> Option<pg_sys::Datum> {
        crossing(|| jsonb_of(&to_server_marked(&self.0.to_string())))
    }

    fn type_oid() -> pg_sys::Oid {
        pg_sys::JSONBOID
    }
}

macro_rules! returned_as_jsonb {
    ($($type:ty),*) => {$(
        // SAFETY: the declared SQL type is jsonb, which is what `into_datum` makes.
        unsafe impl BoxRet for $type {
            unsafe fn box_into<'fcx>(self, fcinfo: &mut FcInfo<'fcx>) -> Datum<'fcx> {
                match self.into_datum() {
                    // SAFETY: it is returned to the function that is called.
                    Some(datum) => unsafe { fcinfo.return_raw_datum(datum) },
                    None => fcinfo.return_null(),
                }
            }
        }

        // SAFETY: maps to the built-in type jsonb.
        unsafe impl SqlTranslatable for $type {
            const TYPE_IDENT: &'static str = pgrx::pgrx_resolved_type!($type);
            const TYPE_ORIGIN: TypeOrigin = TypeOrigin::External;
            const ARGUMENT_SQL: Result<SqlMappingRef, ArgumentError> = Ok(SqlMappingRef::literal("jsonb"));
            const RETURN_SQL: Result<ReturnsRef, ReturnsError> = Ok(ReturnsRef::One(SqlMappingRef::literal("jsonb")));
        }
    )*};
}

returned_as_jsonb!(Jsonb, JsonbReport);
