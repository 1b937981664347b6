//! Putting a row to write together: what the caller gives, defaults, domains; then what is generated and constrained.

use super::{RowSlot, TableWriter, name_of};
use crate::pg::columns::is_domain;
use crate::pg::errors::error;
use crate::pg::relation::OpenRelation;
use crate::pg::text::from_server_marked;
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;
use std::ffi::CStr;

/// What a column that the caller gives no value gets in a new row.
pub(super) enum Unwritten {
    Default(*mut pg_sys::ExprState),
    /// NULL, if the domain allows it.
    NullOfDomain(pg_sys::Oid),
}

impl TableWriter {
    /// Puts the row to write together.
    ///
    /// # Safety
    /// The datums must be of the written columns' types and live as long as the row is written; `found` must hold a row of
    /// the table.
    pub(super) unsafe fn fill(&mut self, given: &[pg_sys::Datum], given_nulls: &[bool], found: Option<&RowSlot>) {
        assert!(given.len() == self.written.len() && given_nulls.len() == self.written.len());
        // SAFETY: a virtual slot of the table's row type; domains and expressions are of its columns.
        unsafe {
            let slot = self.fresh;
            let n = (*self.table.tupdesc()).natts as usize;
            pg_sys::ExecClearTuple(slot);
            let values = std::slice::from_raw_parts_mut((*slot).tts_values, n);
            let nulls = std::slice::from_raw_parts_mut((*slot).tts_isnull, n);
            if let Some(found) = found {
                assert!(found.holds_a_row_of(&self.table), "a row to change");
                pg_sys::slot_getsomeattrs_int(found.0, n as i32);
                values.copy_from_slice(std::slice::from_raw_parts((*found.0).tts_values, n));
                nulls.copy_from_slice(std::slice::from_raw_parts((*found.0).tts_isnull, n));
            } else {
                values.fill(pg_sys::Datum::from(0));
                nulls.fill(true);
                self.fill_unwritten(values, nulls);
            }
            for (i, column) in self.written.iter().enumerate() {
                values[*column] = given[i];
                nulls[*column] = given_nulls[i];
            }
            for (column, domain) in &self.domains {
                check_domain(values[*column], nulls[*column], *domain);
            }
            pg_sys::ExecStoreVirtualTuple(slot);
            (*slot).tts_tableOid = (*self.table.raw()).rd_id;
        }
    }

    /// # Safety
    /// As for [`Self::fill`]; the slices must be as long as the row type has columns.
    unsafe fn fill_unwritten(&self, values: &mut [pg_sys::Datum], nulls: &mut [bool]) {
        // SAFETY: the expressions were made by the server for this table and live as long as the executor state; what they
        // return lives in the memory of this row.
        unsafe {
            let context = pg_sys::MakePerTupleExprContext(self.estate);
            for (column, what) in &self.unwritten {
                match what {
                    Unwritten::Default(expression) => {
                        if let Some(evaluate) = (**expression).evalfunc {
                            let null = &mut nulls[*column];
                            values[*column] =
                                pg_sys::ffi::pg_guard_ffi_boundary(|| evaluate(*expression, context, null));
                        }
                    }
                    Unwritten::NullOfDomain(domain) => check_domain(pg_sys::Datum::from(0), true, *domain),
                }
            }
        }
    }

    /// Generated columns, then constraints.
    ///
    /// # Safety
    /// The fresh slot must be filled.
    pub(super) unsafe fn check(&mut self, target: *mut pg_sys::ResultRelInfo) {
        // SAFETY: the caller's promise.
        unsafe {
            let (rel, slot, estate) = (self.table.raw(), self.fresh, self.estate);
            (*slot).tts_tableOid = (*rel).rd_id;
            let constraints = (*(*rel).rd_att).constr;
            let partition = (*(*rel).rd_rel).relispartition;
            if constraints.is_null() && !partition {
                return;
            }
            if !constraints.is_null() && (*constraints).has_generated_stored {
                // All of them, always: which ones an UPDATE touches is reckoned differently from release to release.
                pg_sys::ffi::pg_guard_ffi_boundary(|| {
                    ExecComputeStoredGenerated(target, estate, slot, pg_sys::CmdType::CMD_INSERT)
                });
            }
            // The server shows values of the columns that a statement sets to whoever may not read the table: here they
            // are not his.
            *self.updated_place = std::ptr::null_mut();
            if !constraints.is_null() {
                pg_sys::ExecConstraints(target, slot, estate);
            }
            if partition {
                pg_sys::ExecPartitionCheck(target, slot, estate, true);
            }
            *self.updated_place = self.updated;
        }
    }

    /// # Safety
    /// The fresh slot must hold a row.
    pub(super) unsafe fn refuse_changed_key(&self, given: &[pg_sys::Datum], given_nulls: &[bool]) {
        // SAFETY: the slot is a virtual one of the table's row type, values of one column are of one type.
        unsafe {
            let slot = self.fresh;
            let attributes = self.table.row_type().attributes();
            for column in &self.kept {
                let Some(i) = self.written.iter().position(|w| w == column) else {
                    continue;
                };
                let attribute = &attributes[*column];
                let null = *(*slot).tts_isnull.add(*column);
                let same = null == given_nulls[i]
                    && (null
                        || pg_sys::ffi::pg_guard_ffi_boundary(|| {
                            let (is, length) = (*(*slot).tts_values.add(*column), i32::from(attribute.attlen));
                            datum_image_eq(is, given[i], attribute.attbyval, length)
                        }));
                if !same {
                    let name = from_server_marked(CStr::from_ptr(attribute.attname.data.as_ptr()).to_bytes());
                    error(
                        ERRCODE_TRIGGERED_DATA_CHANGE_VIOLATION,
                        format!("a trigger of \"{}\" changed column \"{name}\"", name_of(&self.table)),
                    )
                    .detail("The extension finds the row again by that column.")
                    .hint("Let BEFORE triggers leave the key of the row alone.")
                    .raise();
                }
            }
        }
    }
}

unsafe extern "C-unwind" {
    /// `executor/nodeModifyTable.h`, which the bindings leave out.
    fn ExecComputeStoredGenerated(
        target: *mut pg_sys::ResultRelInfo,
        estate: *mut pg_sys::EState,
        slot: *mut pg_sys::TupleTableSlot,
        command: pg_sys::CmdType::Type,
    );

    /// `utils/datum.h`, the same. Values that are compressed or stored elsewhere are fetched.
    fn datum_image_eq(a: pg_sys::Datum, b: pg_sys::Datum, by_value: bool, length: std::ffi::c_int) -> bool;
}

/// Domains among the written columns, and what the others get in a new row.
///
/// # Safety
/// `estate` must be a live executor state.
#[allow(clippy::type_complexity)]
pub(super) unsafe fn columns(
    table: &OpenRelation,
    written: &[usize],
    estate: *mut pg_sys::EState,
) -> (Vec<(usize, pg_sys::Oid)>, Vec<(usize, Unwritten)>) {
    let (mut domains, mut unwritten) = (vec![], vec![]);
    // SAFETY: the relation is open; attribute numbers are those of its row type.
    unsafe {
        for (i, attribute) in table.row_type().attributes().iter().enumerate() {
            if attribute.attisdropped || attribute.attgenerated != 0 {
                continue;
            }
            let domain = is_domain(attribute.atttypid);
            if written.contains(&i) {
                if domain {
                    domains.push((i, attribute.atttypid));
                }
                continue;
            }
            // Of a column without default this is its domain's.
            let default = pg_sys::build_column_default(table.raw(), i as i32 + 1);
            if !default.is_null() {
                let expression = pg_sys::ExecPrepareExpr(default as *mut pg_sys::Expr, estate);
                unwritten.push((i, Unwritten::Default(expression)));
            } else if domain {
                unwritten.push((i, Unwritten::NullOfDomain(attribute.atttypid)));
            }
        }
    }
    (domains, unwritten)
}

/// Raises the server's error when a domain does not allow a value.
fn check_domain(value: pg_sys::Datum, null: bool, domain: pg_sys::Oid) {
    // SAFETY: the value is of the domain's base type. What the server looks up about it lives as long as this row.
    unsafe {
        let memory = pg_sys::CurrentMemoryContext;
        pg_sys::domain_check(value, null, domain, std::ptr::null_mut(), memory);
    }
}
