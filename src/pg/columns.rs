//! Types of columns, checked where columns are looked up: what is read or written natively is bytes, and a column that
//! users gave another type has others.

use super::compat;
use super::errors::{Error, error};
use super::table::Table;
use super::text::from_server_marked;
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;
use std::ffi::CStr;

/// The type a column stores, and its modifier: those of the base type, if it is a domain.
pub fn stored_type(of: pg_sys::Oid, modifier: i32) -> (pg_sys::Oid, i32) {
    let mut base = modifier;
    // Types with a number of the server's own are no domains, which saves looking (those of information_schema have later
    // ones).
    if of.to_u32() < pg_sys::FirstGenbkiObjectId {
        return (of, modifier);
    }
    // SAFETY: catalog look-ups.
    let of = unsafe { pg_sys::getBaseTypeAndTypmod(of, &mut base) };
    (of, base)
}

/// Whether a type is a domain.
pub fn is_domain(of: pg_sys::Oid) -> bool {
    // SAFETY: a catalog look-up.
    of.to_u32() >= pg_sys::FirstGenbkiObjectId && unsafe { pg_sys::get_typtype(of) } as u8 == pg_sys::TYPTYPE_DOMAIN
}

/// A type as SQL writes it.
pub fn type_name(of: pg_sys::Oid, modifier: i32) -> String {
    // SAFETY: the server's own text, for any number.
    unsafe {
        let text = pg_sys::format_type_with_typemod(of, modifier);
        from_server_marked(CStr::from_ptr(text).to_bytes()).into_owned()
    }
}

/// A column's name.
pub fn name_of(attribute: &pg_sys::FormData_pg_attribute) -> &CStr {
    // SAFETY: names are NUL-terminated.
    unsafe { CStr::from_ptr(attribute.attname.data.as_ptr()) }
}

/// The number (from 0) of a column of a row type, which usually stands at `expected`.
///
/// # Safety
/// `tupdesc` must be a valid row type.
pub unsafe fn column_named(tupdesc: pg_sys::TupleDesc, name: &str, expected: usize) -> Option<usize> {
    // SAFETY: the caller's promise.
    let attributes = unsafe { compat::attributes(tupdesc) };
    let is_it = |i: usize| {
        attributes
            .get(i)
            .is_some_and(|a| !a.attisdropped && name_of(a).to_bytes() == name.as_bytes())
    };
    if is_it(expected) {
        return Some(expected);
    }
    (0..attributes.len()).find(|i| is_it(*i))
}

/// The error (42804) for a column that is not what it is read or written as.
pub fn wrong_type(table: Table, attribute: &pg_sys::FormData_pg_attribute, wanted: &str, why: &str) -> Error {
    let name = from_server_marked(name_of(attribute).to_bytes());
    let found = type_name(attribute.atttypid, attribute.atttypmod);
    error(
        ERRCODE_DATATYPE_MISMATCH,
        format!("column \"{name}\" of {table} is not {wanted}"),
    )
    .detail(format!("It is {found}. {why}"))
}
