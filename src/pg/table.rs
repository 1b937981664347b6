//! Tables and views of ours by name. Each is a constant of the system that it belongs to.

use super::citus;
use super::errors::error;
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;
use std::ffi::c_char;
use std::fmt;

/// A table of ours. Written out, it is the name with its schema; both are plain identifiers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Table {
    /// The schema of its system.
    pub schema: &'static str,
    /// Its name in there.
    pub name: &'static str,
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.schema, self.name)
    }
}

impl Table {
    /// Its oid, if it is there.
    pub fn find(self) -> Option<pg_sys::Oid> {
        let (schema, name) = (NameBytes::of(self.schema), NameBytes::of(self.name));
        // SAFETY: plain catalog look-ups with NUL-terminated names.
        let oid = unsafe {
            let schema = pg_sys::get_namespace_oid(schema.as_ptr(), true);
            if schema == pg_sys::InvalidOid {
                schema
            } else {
                pg_sys::get_relname_relid(name.as_ptr(), schema)
            }
        };
        (oid != pg_sys::InvalidOid).then_some(oid)
    }

    /// Its oid; raises 42P01 with the way to make it when it is missing, and 0A000 when Citus has distributed it, because its rows
    /// are elsewhere then.
    pub fn oid(self) -> pg_sys::Oid {
        let found = self.find().unwrap_or_else(|| {
            error(ERRCODE_UNDEFINED_TABLE, format!("relation \"{self}\" does not exist"))
                .hint("CALL dynasty.install() makes the tables that are missing.")
                .raise()
        });
        citus::refuse_distributed(found);
        found
    }
}

/// A name as the server's look-ups take it. They come by with every statement, so nothing is allocated.
struct NameBytes([u8; pg_sys::NAMEDATALEN as usize]);

impl NameBytes {
    /// A longer name is cut, as the server does.
    fn of(name: &str) -> NameBytes {
        let mut bytes = [0; pg_sys::NAMEDATALEN as usize];
        let length = name.len().min(bytes.len() - 1);
        bytes[..length].copy_from_slice(&name.as_bytes()[..length]);
        NameBytes(bytes)
    }

    fn as_ptr(&self) -> *const c_char {
        self.0.as_ptr().cast()
    }
}
