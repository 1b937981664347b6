//! The triggers that keep rows as they were, for features with `known_at`, and editions of lists, for features of their year.

use crate::pg::call::{Call, raw_function};
use crate::pg::errors::error;
use crate::pg::snapshot::{make_changes_visible, with_fresh_snapshot};
use crate::pg::trigger_call::{Event, TriggerCall};
use crate::pg::twins::Among;
use crate::prospects::native::history_rows::{keep_displaced, keep_old_rows};
use crate::prospects::native::kept_tables::Kept;
use crate::prospects::native::moments::{self, Statement};
use crate::prospects::settings::history_is_kept;
use crate::prospects::tables::{ADVANCED, EDITIONS, GAME_LOGS, SCOUTING};
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
        misused(GAMES, "is a statement trigger after UPDATE or DELETE")
    };
    if !trigger.is_on(GAME_LOGS) {
        misused(GAMES, "is made for dynasty.milb_game_logs")
    }
    // A statement trigger returns a null pointer, not SQL's NULL.
    let nothing = pg_sys::Datum::from(0);
    if !history_is_kept() || trigger.among_its_like() == Among::Superfluous {
        return nothing;
    }
    let statement = Statement::running();
    make_changes_visible();
    let is_update = trigger.event() == Event::Update;
    if !with_fresh_snapshot(|| keep_old_rows(&Kept::games(), &trigger, is_update, statement)) {
        misused(GAMES, "needs OLD TABLE, and after an UPDATE also NEW TABLE")
    }
    nothing
}

raw_function!(keep_row_history, pg_finfo_keep_row_history, keep_row_history_call);

fn keep_row_history_call(call: Call) -> pg_sys::Datum {
    let wanted = |t: &TriggerCall| t.is_after() && !t.is_for_each_row() && t.event() != Event::Truncate;
    let Some(trigger) = call.trigger().filter(wanted) else {
        misused(ROWS, "is a statement trigger after INSERT, UPDATE or DELETE")
    };
    let (is_grades, is_editions) = (trigger.is_on(SCOUTING), trigger.is_on(EDITIONS));
    if !is_grades && !is_editions && !trigger.is_on(ADVANCED) {
        misused(ROWS, &format!("is made for {SCOUTING}, {EDITIONS} and {ADVANCED}"))
    }
    let nothing = pg_sys::Datum::from(0);
    if trigger.among_its_like() == Among::Superfluous {
        return nothing;
    }
    if trigger.event() == Event::Insert {
        let Some(mut rows) = trigger.new_rows() else {
            misused(ROWS, "needs NEW TABLE after an INSERT")
        };
        if rows.next() {
            moments::of_added_rows();
        }
        return nothing;
    }
    let is_update = trigger.event() == Event::Update;
    let statement = Statement::running();
    make_changes_visible();
    let kept = with_fresh_snapshot(|| {
        // The edition first: it is what the year's features need, whether or not a history is kept.
        let displaced = !is_grades || !is_update || keep_displaced(&Kept::displaced(), &trigger);
        let of = match (is_grades, is_editions) {
            (true, _) => Kept::grades,
            (_, true) => Kept::editions,
            _ => Kept::advanced,
        };
        displaced && (!history_is_kept() || keep_old_rows(&of(), &trigger, is_update, statement))
    });
    if !kept {
        misused(ROWS, "needs OLD TABLE, and after an UPDATE also NEW TABLE")
    }
    nothing
}

const GAMES: &str = "keep_game_log_history";
const ROWS: &str = "keep_row_history";

fn misused(function: &str, why: &str) -> ! {
    error(
        ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED,
        format!("dynasty.{function}() {why}"),
    )
    .hint("CALL dynasty.install() attaches it where it belongs.")
    .raise()
}
