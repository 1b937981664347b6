//! Rows of a transition table by their columns, and their values as columns of another table want them.

use super::columns::type_name;
use super::errors::error;
use super::servers;
use pgrx::PgSqlErrorCode::*;
use pgrx::{pg_sys, varlena};
use std::ffi::CStr;

/// A column of the game logs, as its table has it.
#[derive(Clone, Copy)]
pub struct GameColumn {
    pub at: usize,
    pub type_: pg_sys::Oid,
    pub typmod: i32,
    collation: pg_sys::Oid,
    pub by_value: bool,
    pub length: i16,
}

/// # Safety
/// `value` must be of a type that is passed by reference, of that length (-1: varlena, -2: C string).
pub unsafe fn bytes_of<'a>(value: pg_sys::Datum, length: i16) -> &'a [u8] {
    // SAFETY: the caller's; what detoasting allocates lives in the memory of the row.
    unsafe {
        match length {
            -1 => {
                let at: *mut pg_sys::varlena = value.cast_mut_ptr();
                let first = *(at as *const u8);
                // Neither compressed nor elsewhere, as nearly always: no call of the server's.
                let plain = if first & 1 == 1 { first != 1 } else { first & 3 == 0 };
                let plain = plain && cfg!(target_endian = "little");
                let at = if plain { at } else { pg_sys::pg_detoast_datum_packed(at) };
                std::slice::from_raw_parts(varlena::vardata_any(at) as *const u8, varlena::varsize_any_exhdr(at))
            }
            -2 => CStr::from_ptr(value.cast_mut_ptr()).to_bytes(),
            n => std::slice::from_raw_parts(value.cast_mut_ptr(), n as usize),
        }
    }
}

/// The column of that name, if there is one.
pub fn column(tupdesc: pg_sys::TupleDesc, name: &str) -> Option<GameColumn> {
    // SAFETY: the descriptor is that of an open relation; names are NUL-terminated.
    unsafe {
        let described = servers::attributes(tupdesc);
        let named = |a: &pg_sys::FormData_pg_attribute| {
            !a.attisdropped && CStr::from_ptr(a.attname.data.as_ptr()).to_bytes() == name.as_bytes()
        };
        described.iter().position(named).map(|at| GameColumn {
            at,
            type_: described[at].atttypid,
            typmod: described[at].atttypmod,
            collation: described[at].attcollation,
            by_value: described[at].attbyval,
            length: described[at].attlen,
        })
    }
}

/// The rows of a transition table, one after the other.
pub struct TransitionRows {
    store: *mut pg_sys::Tuplestorestate,
    pointer: i32,
    slot: *mut pg_sys::TupleTableSlot,
    natts: i32,
}

impl TransitionRows {
    /// # Safety
    /// `store` must be a transition table of the running trigger call, of that row type.
    pub unsafe fn open(store: *mut pg_sys::Tuplestorestate, tupdesc: pg_sys::TupleDesc) -> TransitionRows {
        // SAFETY: the tuplestore belongs to the running query; a read pointer of our own leaves others' alone.
        unsafe {
            let pointer = pg_sys::tuplestore_alloc_read_pointer(store, 0);
            pg_sys::tuplestore_select_read_pointer(store, pointer);
            pg_sys::tuplestore_rescan(store);
            TransitionRows {
                store,
                pointer,
                slot: pg_sys::MakeSingleTupleTableSlot(tupdesc, &pg_sys::TTSOpsMinimalTuple),
                natts: (*tupdesc).natts,
            }
        }
    }

    /// Goes to the next row, if there is one.
    pub fn next(&mut self) -> bool {
        // SAFETY: as in `open`; the slot holds its row until the next is fetched.
        unsafe {
            pg_sys::tuplestore_select_read_pointer(self.store, self.pointer);
            let there = pg_sys::tuplestore_gettupleslot(self.store, true, false, self.slot);
            if there {
                pg_sys::slot_getsomeattrs_int(self.slot, self.natts);
            }
            there
        }
    }

    /// A value of the row; `None`: NULL.
    pub fn value(&self, column: &GameColumn) -> Option<pg_sys::Datum> {
        // SAFETY: the row is taken apart, and the column is one of its row type.
        unsafe {
            let null = *(*self.slot).tts_isnull.add(column.at);
            (!null).then(|| *(*self.slot).tts_values.add(column.at))
        }
    }
}

impl Drop for TransitionRows {
    fn drop(&mut self) {
        // After an error the memory it lies in goes as a whole.
        if !std::thread::panicking() {
            // SAFETY: made by `open`, dropped once.
            unsafe { pg_sys::ExecDropSingleTupleTableSlot(self.slot) }
        }
    }
}

/// How a column's value becomes one of the history's column.
pub enum Conversion {
    /// They are of one type.
    None,
    /// By the cast that an INSERT would use.
    Cast(*mut pg_sys::ExprState),
}

/// How a value of `from` gets into a column of that type; raises 42804 when an INSERT could not do it either.
pub fn conversion(
    from: &GameColumn,
    name: &str,
    to: pg_sys::Oid,
    typmod: i32,
    estate: *mut pg_sys::EState,
) -> Conversion {
    if from.type_ == to && (typmod == -1 || typmod == from.typmod) {
        return Conversion::None;
    }
    // SAFETY: nodes are made in the memory of the executor state, where the expression lives, too. The variable is the column
    // of the row that is converted.
    unsafe {
        let outer = pg_sys::MemoryContextSwitchTo((*estate).es_query_cxt);
        let column = pg_sys::makeVar(1, from.at as i16 + 1, from.type_, from.typmod, from.collation, 0);
        let cast = pg_sys::coerce_to_target_type(
            std::ptr::null_mut(),
            column.cast(),
            from.type_,
            to,
            typmod,
            pg_sys::CoercionContext::COERCION_ASSIGNMENT,
            pg_sys::CoercionForm::COERCE_IMPLICIT_CAST,
            -1,
        );
        if cast.is_null() {
            error(
                ERRCODE_DATATYPE_MISMATCH,
                format!(
                    "column \"{name}\" of dynasty.milb_game_logs is of type {}, which does not become {}",
                    type_name(from.type_, -1),
                    type_name(to, -1)
                ),
            )
            .detail("dynasty.milb_game_logs_history keeps it as that type.")
            .hint("Make the types equal; or SET dynasty.game_log_history = off.")
            .raise();
        }
        let expression = pg_sys::ExecPrepareExpr(cast.cast(), estate);
        pg_sys::MemoryContextSwitchTo(outer);
        Conversion::Cast(expression)
    }
}

/// A column of the row, as the history has it; `None`: NULL.
pub fn converted(
    how: &Conversion,
    row: &TransitionRows,
    column: &GameColumn,
    estate: *mut pg_sys::EState,
) -> Option<pg_sys::Datum> {
    let Conversion::Cast(expression) = how else {
        return row.value(column);
    };
    // SAFETY: the expression was made for rows of this type; its result lives in the memory of the row.
    unsafe {
        let context = pg_sys::MakePerTupleExprContext(estate);
        (*context).ecxt_scantuple = row.slot;
        let evaluate = (**expression).evalfunc?;
        let mut null = false;
        let value = pg_sys::ffi::pg_guard_ffi_boundary(|| evaluate(*expression, context, &mut null));
        (!null).then_some(value)
    }
}
