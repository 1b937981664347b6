//! The trigger that keeps game logs as they were, for features with `known_at`.

use crate::pg::call::{Call, raw_function};
use crate::pg::errors::error;
use crate::pg::snapshot::{make_changes_visible, with_fresh_snapshot};
use crate::pg::trigger_call::{Event, TriggerCall};
use crate::pg::twins::Among;
use crate::prospects::native::history_rows::keep_old_rows;
use crate::prospects::native::moments::Statement;
use crate::prospects::settings::history_is_kept;
use crate::prospects::tables::GAME_LOGS;
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;

raw_function!(
    keep_game_log_history,
    pg_finfo_keep_game_log_history,
    keep_game_log_history_call
);

fn keep_game_log_history_call(call: Call) -> pg_sys::Datum {
    let wanted = |t: &TriggerCall| matches!(t.event(), Event::Update | Event::Delete);
    let Some(trigger) = call
        .trigger()
        .filter(|t| t.is_after() && !t.is_for_each_row() && wanted(t))
    else {
        misused("is a statement trigger after UPDATE or DELETE")
    };
    if !trigger.is_on(GAME_LOGS) {
        misused("is made for dynasty.milb_game_logs")
    }
    // A statement trigger returns a null pointer, not SQL's NULL.
    let nothing = pg_sys::Datum::from(0);
    if !history_is_kept() || trigger.among_its_like() == Among::Superfluous {
        return nothing;
    }
    let statement = Statement::running();
    make_changes_visible();
    let is_update = trigger.event() == Event::Update;
    if !with_fresh_snapshot(|| keep_old_rows(&trigger, is_update, statement)) {
        misused("needs OLD TABLE, and after an UPDATE also NEW TABLE")
    }
    nothing
}

fn misused(why: &str) -> ! {
    error(
        ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED,
        format!("dynasty.keep_game_log_history() {why}"),
    )
    .hint("CALL dynasty.install() attaches it where it belongs.")
    .raise()
}
