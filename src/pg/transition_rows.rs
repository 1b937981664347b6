//! Rows of a transition table by their columns, and their values as columns of another table want them.

use super::row_type::{RowColumn, RowType};
use pgrx::{pg_sys, varlena};
use std::ffi::CStr;

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

/// The rows of a transition table, one after the other.
pub struct TransitionRows<'c> {
    store: *mut pg_sys::Tuplestorestate,
    pointer: i32,
    slot: *mut pg_sys::TupleTableSlot,
    row_type: RowType<'c>,
    /// Whether the slot holds a row that is taken apart.
    is_open: bool,
}

impl<'c> TransitionRows<'c> {
    /// # Safety
    /// `store` must be a transition table of the running trigger call, of that row type.
    pub(super) unsafe fn open(store: *mut pg_sys::Tuplestorestate, row_type: RowType<'c>) -> TransitionRows<'c> {
        // SAFETY: the tuplestore belongs to the running query; a read pointer of our own leaves others' alone.
        unsafe {
            let pointer = pg_sys::tuplestore_alloc_read_pointer(store, 0);
            pg_sys::tuplestore_select_read_pointer(store, pointer);
            pg_sys::tuplestore_rescan(store);
            TransitionRows {
                store,
                pointer,
                slot: pg_sys::MakeSingleTupleTableSlot(row_type.raw(), &pg_sys::TTSOpsMinimalTuple),
                row_type,
                is_open: false,
            }
        }
    }

    fn fetch(&mut self) -> bool {
        // SAFETY: as in `open`; the slot holds its row until the next is fetched.
        unsafe {
            pg_sys::tuplestore_select_read_pointer(self.store, self.pointer);
            pg_sys::tuplestore_gettupleslot(self.store, true, false, self.slot)
        }
    }

    /// The next row as it is stored, if there is one; it is there until another is asked for.
    pub(super) fn next_tuple(&mut self) -> Option<*const pg_sys::HeapTupleHeaderData> {
        self.is_open = false;
        // SAFETY: the slot is one of minimal tuples, and holds one. (What a tuple of a minimal one points to is a whole header.)
        self.fetch().then(|| unsafe {
            (*(*self.slot.cast::<pg_sys::MinimalTupleTableSlot>()).tuple)
                .t_data
                .cast_const()
        })
    }

    /// Goes to the next row, if there is one.
    pub fn next(&mut self) -> bool {
        self.is_open = self.fetch();
        if self.is_open {
            // SAFETY: the slot holds a row of so many columns.
            unsafe { pg_sys::slot_getsomeattrs_int(self.slot, (*self.row_type.raw()).natts) }
        }
        self.is_open
    }

    /// A value of the row that was gone to last; `None`: NULL. The column is one of the row type.
    pub fn value(&self, column: &RowColumn) -> Option<pg_sys::Datum> {
        self.value_at(column.at)
    }

    /// The same by the column's number, from 0.
    pub fn value_at(&self, at: usize) -> Option<pg_sys::Datum> {
        // SAFETY: the row is taken apart, and has so many columns.
        unsafe {
            assert!(self.is_open && at < (*self.row_type.raw()).natts as usize);
            let null = *(*self.slot).tts_isnull.add(at);
            (!null).then(|| *(*self.slot).tts_values.add(at))
        }
    }
}

impl Drop for TransitionRows<'_> {
    fn drop(&mut self) {
        // After an error the memory it lies in goes as a whole.
        if !std::thread::panicking() {
            // SAFETY: made by `open`, dropped once.
            unsafe { pg_sys::ExecDropSingleTupleTableSlot(self.slot) }
        }
    }
}

/// How values of a column become those of another table's column.
pub struct Conversion {
    column: RowColumn,
    /// The cast that an INSERT would use; none where both are of one type.
    cast: Option<*mut pg_sys::ExprState>,
}

impl Conversion {
    /// `None` when an INSERT could not do it either.
    ///
    /// # Safety
    /// `estate` must be a live executor state, and live as long as the conversion is used.
    pub unsafe fn new(
        column: RowColumn,
        to: pg_sys::Oid,
        typmod: i32,
        estate: *mut pg_sys::EState,
    ) -> Option<Conversion> {
        if column.type_ == to && (typmod == -1 || typmod == column.typmod) {
            return Some(Conversion { column, cast: None });
        }
        // SAFETY: nodes are made in the memory of the executor state, where the expression lives, too. The variable is the column
        // of the row that is converted.
        unsafe {
            let outer = pg_sys::MemoryContextSwitchTo((*estate).es_query_cxt);
            let variable = pg_sys::makeVar(
                1,
                column.at as i16 + 1,
                column.type_,
                column.typmod,
                column.collation,
                0,
            );
            let cast = pg_sys::coerce_to_target_type(
                std::ptr::null_mut(),
                variable.cast(),
                column.type_,
                to,
                typmod,
                pg_sys::CoercionContext::COERCION_ASSIGNMENT,
                pg_sys::CoercionForm::COERCE_IMPLICIT_CAST,
                -1,
            );
            let cast = (!cast.is_null()).then(|| pg_sys::ExecPrepareExpr(cast.cast(), estate));
            pg_sys::MemoryContextSwitchTo(outer);
            cast.map(|cast| Conversion {
                column,
                cast: Some(cast),
            })
        }
    }

    /// The column of the row, converted; `None`: NULL.
    ///
    /// # Safety
    /// `estate` must be the executor state it was made with, and the row of the row type whose column it was made for.
    pub unsafe fn of_row(&self, row: &TransitionRows<'_>, estate: *mut pg_sys::EState) -> Option<pg_sys::Datum> {
        let Some(expression) = self.cast else {
            return row.value(&self.column);
        };
        // SAFETY: the expression was made for rows of this type; its result lives in the memory of the row.
        unsafe {
            let context = pg_sys::MakePerTupleExprContext(estate);
            (*context).ecxt_scantuple = row.slot;
            let evaluate = (*expression).evalfunc?;
            let mut null = false;
            let value = pg_sys::ffi::pg_guard_ffi_boundary(|| evaluate(expression, context, &mut null));
            (!null).then_some(value)
        }
    }
}
