//! COPY ... FROM, fed from memory: the fastest way into a table that keeps its defaults, constraints, indexes and triggers.

use super::border::crossing;
use super::errors::error;
use super::relation::OpenRelation;
use super::table::Table;
use super::text::to_server;
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;
use std::cell::Cell;
use std::ffi::{CString, c_int, c_void};

thread_local! {
    /// What the running COPY has not read yet. The server asks for data by a bare function without an argument of ours.
    static UNREAD: Cell<(*const u8, usize)> = const { Cell::new((std::ptr::null(), 0)) };
}

/// While this lives, a text is what the running COPY reads. A COPY may run inside another, in a trigger of the user's: then the
/// outer one reads on where it was, also when the inner one has failed.
struct Reading<'a> {
    outer: (*const u8, usize),
    text: std::marker::PhantomData<&'a [u8]>,
}

impl Reading<'_> {
    fn of(text: &[u8]) -> Reading<'_> {
        Reading {
            outer: UNREAD.replace((text.as_ptr(), text.len())),
            text: std::marker::PhantomData,
        }
    }
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        UNREAD.set(self.outer);
    }
}

/// Gives the server the next piece: as much as there is, up to `most`.
unsafe extern "C-unwind" fn feed(to: *mut c_void, _least: c_int, most: c_int) -> c_int {
    let (from, left) = UNREAD.get();
    let size = left.min(most as usize);
    // SAFETY: the server's buffer holds `most` bytes; `from` is part of the text that `copy_in` borrows while COPY runs.
    unsafe {
        std::ptr::copy_nonoverlapping(from, to as *mut u8, size);
        UNREAD.set((from.add(size), left - size));
    }
    size as c_int
}

/// Loads lines in COPY's text format into columns of a table, with the caller's rights: he needs INSERT on the
/// table, and no row security may apply to him (as for COPY itself). Returns the number of rows; all of them are visible
/// to what follows.
pub fn copy_in(table: Table, columns: &str, text: &str) -> u64 {
    let relation = OpenRelation::open(table.oid(), pg_sys::RowExclusiveLock);
    check_rights(&relation, table);
    if text.is_empty() {
        return 0;
    }
    let text = to_server(text);
    // SAFETY: the steps of the server's own COPY command. The parse state knows the relation, since the executor takes its range table
    // from there; `text` and the names live until the copying is over. After an error the transaction's end frees all.
    unsafe {
        let state = pg_sys::make_parsestate(std::ptr::null_mut());
        let lock = pg_sys::RowExclusiveLock as c_int;
        pg_sys::addRangeTableEntryForRelation(state, relation.raw(), lock, std::ptr::null_mut(), false, false);
        let mut names = std::ptr::null_mut();
        for column in columns.split(',') {
            let name = CString::new(column).unwrap_or_default();
            names = pg_sys::lappend(names, pg_sys::makeString(pg_sys::pstrdup(name.as_ptr())) as *mut c_void);
        }
        let nobody = std::ptr::null_mut();
        // Without it the text would be taken to be in the client's encoding.
        let encoding = pg_sys::makeString(pg_sys::GetDatabaseEncodingName().cast_mut());
        let encoding = pg_sys::makeDefElem(c"encoding".as_ptr().cast_mut(), encoding.cast(), -1);
        let options = pg_sys::lappend(std::ptr::null_mut(), encoding.cast());
        let _reading = Reading::of(&text);
        let copy = pg_sys::BeginCopyFrom(
            state,
            relation.raw(),
            nobody,
            std::ptr::null(),
            false,
            Some(feed),
            names,
            options,
        );
        let rows = crossing(|| pg_sys::CopyFrom(copy));
        pg_sys::EndCopyFrom(copy);
        pg_sys::free_parsestate(state);
        pg_sys::CommandCounterIncrement();
        rows
    }
}

fn check_rights(relation: &OpenRelation, table: Table) {
    // SAFETY: catalog look-ups on an open relation; the last argument of check_enable_rls asks it not to raise.
    unsafe {
        let oid = (*relation.raw()).rd_id;
        let granted = pg_sys::pg_class_aclcheck(oid, pg_sys::GetUserId(), pg_sys::ACL_INSERT as pg_sys::AclMode);
        if granted != pg_sys::AclResult::ACLCHECK_OK {
            error(
                ERRCODE_INSUFFICIENT_PRIVILEGE,
                format!("permission denied for table {}", table.name),
            )
            .hint(format!("GRANT INSERT ON {table} to this role."))
            .raise();
        }
        let secured = pg_sys::check_enable_rls(oid, pg_sys::InvalidOid, true);
        if secured == pg_sys::CheckEnableRlsResult::RLS_ENABLED as i32 {
            error(
                ERRCODE_FEATURE_NOT_SUPPORTED,
                format!("table \"{table}\" has row security that applies to this role, which COPY does not support"),
            )
            .hint("Let the table's owner or a role with BYPASSRLS do it.")
            .raise();
        }
    }
}
