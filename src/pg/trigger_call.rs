//! A call as a trigger, of whatever kind: what fires, for which table, with which transition tables.

use super::relation::{find_dynasty_relation, is_or_inherits_from};
use super::text::from_server_marked;
use super::transition::Event;
use pgrx::pg_sys;
use std::borrow::Cow;
use std::ffi::CStr;
use std::ptr::NonNull;

/// The trigger call that runs.
pub struct TriggerCall(NonNull<pg_sys::TriggerData>);

impl TriggerCall {
    /// The trigger call behind a function call; `None` when it is none.
    ///
    /// # Safety
    /// `fcinfo` must be the call information of the function that runs.
    pub unsafe fn of(fcinfo: pg_sys::FunctionCallInfo) -> Option<TriggerCall> {
        // SAFETY: a call's context is a TriggerData node exactly when it is a trigger call.
        unsafe {
            let context = (*fcinfo).context;
            let is_trigger = !context.is_null() && (*context).type_ == pg_sys::NodeTag::T_TriggerData;
            is_trigger.then(|| NonNull::new(context.cast()).map(TriggerCall))?
        }
    }

    pub(crate) fn data(&self) -> &pg_sys::TriggerData {
        // SAFETY: checked when made; the server keeps it as long as the function runs.
        unsafe { self.0.as_ref() }
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

    /// Whether it fires for `dynasty.<name>`, or for a partition or child of it.
    pub fn is_on(&self, name: &str) -> bool {
        find_dynasty_relation(name).is_some_and(|wanted| is_or_inherits_from(self.table(), wanted))
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
        unsafe { pg_sys::SPI_register_trigger_data(self.0.as_ptr()) };
    }
}
