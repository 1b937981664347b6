//! A call as a trigger, of whatever kind: what fires, for which table, with which transition tables.

use super::relation::is_or_inherits_from;
use super::row_type::RowType;
use super::table::Table;
use super::text::from_server_marked;
use super::transition_rows::TransitionRows;
use pgrx::pg_sys;
use std::borrow::Cow;
use std::ffi::CStr;
use std::marker::PhantomData;
use std::ptr::NonNull;

/// What made a trigger fire.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Event {
    Insert,
    Update,
    Delete,
    Truncate,
}

/// The trigger call that runs.
#[derive(Clone, Copy)]
pub struct TriggerCall<'c> {
    data: NonNull<pg_sys::TriggerData>,
    during: PhantomData<&'c ()>,
}

impl<'c> TriggerCall<'c> {
    /// The trigger call behind a function call; `None` when it is none.
    ///
    /// # Safety
    /// `fcinfo` must be the call information of the function that runs, which must not end before `'c` does.
    pub unsafe fn of(fcinfo: pg_sys::FunctionCallInfo) -> Option<TriggerCall<'c>> {
        // SAFETY: a call's context is a TriggerData node exactly when it is a trigger call.
        let data = unsafe {
            let context = (*fcinfo).context;
            let is_trigger = !context.is_null() && (*context).type_ == pg_sys::NodeTag::T_TriggerData;
            is_trigger.then_some(context.cast::<pg_sys::TriggerData>())?
        };
        Some(TriggerCall {
            data: NonNull::new(data)?,
            during: PhantomData,
        })
    }

    /// The server's description of the call.
    pub(super) fn data(&self) -> &'c pg_sys::TriggerData {
        // SAFETY: checked when made; the server keeps it as long as the function runs.
        unsafe { self.data.as_ref() }
    }

    /// The row type of the table.
    pub fn row_type(&self) -> RowType<'c> {
        // SAFETY: the relation is open while its trigger runs.
        unsafe { RowType::of((*self.data().tg_relation).rd_att) }
    }

    /// Whether it fires after the statement's work.
    pub fn is_after(&self) -> bool {
        self.data().tg_event & pg_sys::TRIGGER_EVENT_TIMINGMASK == pg_sys::TRIGGER_EVENT_AFTER
    }

    /// Whether it fires once for each row.
    pub fn is_for_each_row(&self) -> bool {
        self.data().tg_event & pg_sys::TRIGGER_EVENT_ROW != 0
    }

    /// What made it fire.
    pub fn event(&self) -> Event {
        match self.data().tg_event & pg_sys::TRIGGER_EVENT_OPMASK {
            pg_sys::TRIGGER_EVENT_INSERT => Event::Insert,
            pg_sys::TRIGGER_EVENT_UPDATE => Event::Update,
            pg_sys::TRIGGER_EVENT_DELETE => Event::Delete,
            _ => Event::Truncate,
        }
    }

    /// The table it fires for.
    pub fn table(&self) -> pg_sys::Oid {
        // SAFETY: the relation is open while its trigger runs.
        unsafe { (*self.data().tg_relation).rd_id }
    }

    /// The table's name, for messages.
    pub fn table_name(&self) -> Cow<'_, str> {
        // SAFETY: the relation is open while its trigger runs; names are NUL-terminated.
        from_server_marked(
            unsafe { CStr::from_ptr((*(*self.data().tg_relation).rd_rel).relname.data.as_ptr()) }.to_bytes(),
        )
    }

    /// Whether it fires for that table, or for a partition or child of it.
    pub fn is_on(&self, table: Table) -> bool {
        table
            .find()
            .is_some_and(|wanted| is_or_inherits_from(self.table(), wanted))
    }

    /// Whether it names an OLD TABLE.
    pub fn has_old_table(&self) -> bool {
        !self.data().tg_oldtable.is_null()
    }

    /// Whether it names a NEW TABLE.
    pub fn has_new_table(&self) -> bool {
        !self.data().tg_newtable.is_null()
    }

    /// The rows of OLD TABLE; `None` when the trigger names none.
    pub fn old_rows(&self) -> Option<TransitionRows<'c>> {
        self.rows_of(self.data().tg_oldtable)
    }

    /// The rows of NEW TABLE; `None` when the trigger names none.
    pub fn new_rows(&self) -> Option<TransitionRows<'c>> {
        self.rows_of(self.data().tg_newtable)
    }

    fn rows_of(&self, store: *mut pg_sys::Tuplestorestate) -> Option<TransitionRows<'c>> {
        // SAFETY: a transition table of the call that runs has the row type of the call's table.
        (!store.is_null()).then(|| unsafe { TransitionRows::open(store, self.row_type()) })
    }

    /// The row that a row trigger fires for, as it was or as it was inserted, and what an UPDATE made of it.
    pub(super) fn own_tuples(&self) -> [Option<&'c pg_sys::HeapTupleData>; 2] {
        let data = self.data();
        // SAFETY: null, or alive until the trigger returns. (A statement trigger has none.)
        [data.tg_trigtuple, data.tg_newtuple].map(|tuple| unsafe { tuple.as_ref() })
    }

    /// The values of the same rows, by column; `None` in the place of NULL.
    pub fn own_values(&self) -> [Option<Vec<Option<pg_sys::Datum>>>; 2] {
        let tupdesc = self.row_type().raw();
        self.own_tuples().map(|tuple| {
            let mut tuple = *tuple?;
            // SAFETY: the tuple is of the table's row type, and the arrays are as long as it has columns.
            unsafe {
                let columns = (*tupdesc).natts as usize;
                let (mut values, mut nulls) = (vec![pg_sys::Datum::from(0); columns], vec![false; columns]);
                pg_sys::heap_deform_tuple(&mut tuple, tupdesc, values.as_mut_ptr(), nulls.as_mut_ptr());
                Some(
                    values
                        .into_iter()
                        .zip(nulls)
                        .map(|(value, null)| (!null).then_some(value))
                        .collect(),
                )
            }
        })
    }

    /// The name it gives its NEW TABLE, if it has one.
    pub fn new_table_name(&self) -> Option<String> {
        // SAFETY: the trigger's description is alive while it runs; names are NUL-terminated.
        unsafe {
            let name = (*self.data().tg_trigger).tgnewtable;
            let there = !name.is_null() && !self.data().tg_newtable.is_null();
            there.then(|| from_server_marked(CStr::from_ptr(name).to_bytes()).into_owned())
        }
    }

    /// Makes the transition tables known by their names to the queries of the SPI connection that is open.
    pub fn show_transition_tables(&self) {
        // SAFETY: the data outlives the connection, which ends before the function returns.
        unsafe { pg_sys::SPI_register_trigger_data(self.data.as_ptr()) };
    }
}
