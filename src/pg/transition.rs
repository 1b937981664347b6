//! The rows a statement inserted, changed or deleted, as an AFTER ... FOR EACH STATEMENT trigger sees them.

use super::game_row::{GameRow, GameRowLayout};
use pgrx::pg_sys;

/// What made the trigger fire.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Event {
    Insert,
    Update,
    Delete,
    Truncate,
}

/// A call as a statement trigger.
pub struct StatementTrigger(*mut pg_sys::TriggerData);

impl StatementTrigger {
    /// The trigger call behind a function call; `None` when it is not one of an AFTER statement trigger.
    ///
    /// # Safety
    /// `fcinfo` must be the call information of the function that runs.
    pub unsafe fn of(fcinfo: pg_sys::FunctionCallInfo) -> Option<StatementTrigger> {
        // SAFETY: a call's context is a TriggerData node exactly when it is a trigger call.
        unsafe {
            let context = (*fcinfo).context;
            if context.is_null() || (*context).type_ != pg_sys::NodeTag::T_TriggerData {
                return None;
            }
            let data = context as *mut pg_sys::TriggerData;
            let event = (*data).tg_event;
            let after = event & pg_sys::TRIGGER_EVENT_TIMINGMASK == pg_sys::TRIGGER_EVENT_AFTER;
            (after && event & pg_sys::TRIGGER_EVENT_ROW == 0).then_some(StatementTrigger(data))
        }
    }

    /// What made it fire.
    pub fn event(&self) -> Event {
        // SAFETY: checked when made.
        match unsafe { (*self.0).tg_event } & pg_sys::TRIGGER_EVENT_OPMASK {
            pg_sys::TRIGGER_EVENT_INSERT => Event::Insert,
            pg_sys::TRIGGER_EVENT_UPDATE => Event::Update,
            pg_sys::TRIGGER_EVENT_DELETE => Event::Delete,
            _ => Event::Truncate,
        }
    }

    /// Calls `each` for every row of OLD TABLE; `false` when the trigger does not name one.
    pub fn old_rows(&self, each: &mut dyn FnMut(&GameRow)) -> bool {
        // SAFETY: checked when made.
        unsafe { self.rows((*self.0).tg_oldtable, each) }
    }

    /// Calls `each` for every row of NEW TABLE; `false` when the trigger does not name one.
    pub fn new_rows(&self, each: &mut dyn FnMut(&GameRow)) -> bool {
        // SAFETY: checked when made.
        unsafe { self.rows((*self.0).tg_newtable, each) }
    }

    /// # Safety
    /// `store` must be null or a transition table of this call.
    unsafe fn rows(&self, store: *mut pg_sys::Tuplestorestate, each: &mut dyn FnMut(&GameRow)) -> bool {
        if store.is_null() {
            return false;
        }
        // SAFETY: the tuplestore belongs to the running query; a read pointer of our own leaves others' alone. The
        // slot holds its tuple until the next is fetched.
        unsafe {
            let tupdesc = (*(*self.0).tg_relation).rd_att;
            let mut layout = GameRowLayout::of(tupdesc);
            let slot = pg_sys::MakeSingleTupleTableSlot(tupdesc, &pg_sys::TTSOpsMinimalTuple);
            let pointer = pg_sys::tuplestore_alloc_read_pointer(store, 0);
            pg_sys::tuplestore_select_read_pointer(store, pointer);
            pg_sys::tuplestore_rescan(store);
            while pg_sys::tuplestore_gettupleslot(store, true, false, slot) {
                let tuple = (*(slot as *mut pg_sys::MinimalTupleTableSlot)).tuple;
                let mut row = GameRow::EMPTY;
                layout.read((*tuple).t_data, &mut row);
                each(&row);
            }
            pg_sys::ExecDropSingleTupleTableSlot(slot);
        }
        true
    }
}
