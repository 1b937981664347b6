//! A `jsonb` argument as its text.
//!
//! pgrx's own `JsonB` panics on documents the server accepts but serde_json does not read (a number of 400 digits, 130 levels of
//! nesting). Here the text is handed on, and what cannot be read becomes an ordinary error.

use pgrx::callconv::{Arg, ArgAbi};
use pgrx::pgrx_sql_entity_graph::metadata::{
    ArgumentError, ReturnsError, ReturnsRef, SqlMappingRef, SqlTranslatable, TypeOrigin,
};
use pgrx::{FromDatum, direct_function_call, pg_sys};

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
        let text = unsafe { direct_function_call::<&core::ffi::CStr>(pg_sys::jsonb_out, &[Some(datum)]) }?;
        Some(JsonbText(text.to_string_lossy().into_owned()))
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
