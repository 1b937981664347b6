//! Several triggers that do the same: a second one made by hand, or by a tool that copies triggers under other names.
//!
//! All of them fire for a statement, each with all its rows. What is added up must be added once, so all but one stand back.
//! The server fires triggers in the order of the relation's list, which is that of their names.

use super::trigger_call::TriggerCall;
use pgrx::pg_sys;

/// What a trigger is among those that do the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Among {
    /// The one that does the work.
    First,
    /// Another one does, or has done, the work.
    Superfluous,
    /// Which of the others fire cannot be known, since they have conditions: the work must bear being done again.
    Unknown,
}

impl TriggerCall<'_> {
    /// What this trigger is among those of its table that call the same function for the same event and fire in this session.
    pub fn among_its_like(&self) -> Among {
        among(self.data())
    }
}

fn among(data: &pg_sys::TriggerData) -> Among {
    // SAFETY: the trigger, its relation and the relation's list of triggers stay as they are while it fires.
    let (own, all) = unsafe {
        let list = (*data.tg_relation).trigdesc;
        if list.is_null() || (*list).numtriggers < 2 {
            return Among::First;
        }
        let all = std::slice::from_raw_parts((*list).triggers, (*list).numtriggers as usize);
        (&*data.tg_trigger, all)
    };
    let event = event_bit(data.tg_event);
    let mut alike = all.iter().filter(|t| does_the_same(t, own, event));
    match alike.clone().find(|t| t.tgqual.is_null()) {
        Some(first) if first.tgoid == own.tgoid => Among::First,
        Some(_) => Among::Superfluous,
        None if !own.tgqual.is_null() && alike.any(|t| t.tgoid != own.tgoid) => Among::Unknown,
        None => Among::First,
    }
}

/// The bit of an event in `tgtype`.
fn event_bit(event: u32) -> i16 {
    let bit = match event & pg_sys::TRIGGER_EVENT_OPMASK {
        pg_sys::TRIGGER_EVENT_INSERT => pg_sys::TRIGGER_TYPE_INSERT,
        pg_sys::TRIGGER_EVENT_UPDATE => pg_sys::TRIGGER_TYPE_UPDATE,
        pg_sys::TRIGGER_EVENT_DELETE => pg_sys::TRIGGER_TYPE_DELETE,
        _ => pg_sys::TRIGGER_TYPE_TRUNCATE,
    };
    bit as i16
}

/// Whether a trigger fires in this session for the event as another does, at the same moment, with the same function.
fn does_the_same(trigger: &pg_sys::Trigger, as_this: &pg_sys::Trigger, event: i16) -> bool {
    let moment = (pg_sys::TRIGGER_TYPE_ROW | pg_sys::TRIGGER_TYPE_TIMING_MASK) as i16;
    trigger.tgfoid == as_this.tgfoid
        && trigger.tgtype & moment == as_this.tgtype & moment
        && trigger.tgtype & event != 0
        // One without the rows it needs refuses; it does no work for others. One for certain columns may not fire.
        && trigger.tgoldtable.is_null() == as_this.tgoldtable.is_null()
        && trigger.tgnewtable.is_null() == as_this.tgnewtable.is_null()
        && (trigger.tgnattr == 0 || trigger.tgoid == as_this.tgoid)
        && fires(trigger.tgenabled as u8)
}

/// Whether a trigger that is enabled so fires in this session.
fn fires(enabled: u8) -> bool {
    // SAFETY: reads a setting.
    let replica = unsafe { pg_sys::SessionReplicationRole } == pg_sys::SESSION_REPLICATION_ROLE_REPLICA as i32;
    match enabled {
        b'A' => true,
        b'R' => replica,
        b'O' => !replica,
        _ => false,
    }
}
