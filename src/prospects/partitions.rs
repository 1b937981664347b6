//! Season lines when partitions and children of the game logs come and go.
//!
//! ATTACH, DETACH, INHERIT and DROP move games in and out without a row being written, so no trigger of the table fires. Two
//! event triggers compare which tables belong to the game logs before a command and after it; where games came or went
//! with one of them, the lines are rebuilt in the command's transaction, as after TRUNCATE.

use super::season::rebuild;
use crate::pg::call::{Call, raw_function};
use crate::pg::ddl::{DdlEvent, Place, tree};
use crate::pg::errors::error;
use crate::pg::query::{Argument, read_few_rows, write};
use crate::pg::relation::{OpenRelation, lock_against_writers, row_holders, table_if_there};
use crate::pg::snapshot::{make_changes_visible, with_fresh_snapshot, with_latest_snapshot};
use crate::prospects::native::norm_stamps;
use crate::prospects::tables::{GAME_LOGS, SEASON_STATS};
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;
use pgrx::prelude::*;
use std::cell::RefCell;

raw_function!(follow_partitions, pg_finfo_follow_partitions, follow_partitions_call);

/// The tables of the game logs when a command began.
struct Before {
    place: Place,
    tree: Vec<pg_sys::Oid>,
}

thread_local! {
    /// Of the commands that are running, the outermost first; also of some that have failed.
    static RUNNING: RefCell<Vec<Before>> = const { RefCell::new(vec![]) };
}

fn follow_partitions_call(call: Call) -> pg_sys::Datum {
    match call.ddl_event() {
        Some(DdlEvent::Start) => begin(),
        Some(DdlEvent::End) => end(),
        None => error(
            ERRCODE_E_R_I_E_EVENT_TRIGGER_PROTOCOL_VIOLATED,
            "dynasty._follow_partitions() is an event trigger",
        )
        .hint("For ddl_command_start and ddl_command_end; the extension makes both.")
        .raise(),
    }
    pg_sys::Datum::from(0)
}

/// The game logs with all their parts; none where there is no such table.
fn game_logs() -> Vec<pg_sys::Oid> {
    GAME_LOGS.find().map_or(vec![], tree)
}

fn begin() {
    let before = Before {
        place: Place::now(),
        tree: game_logs(),
    };
    RUNNING.with_borrow_mut(|running| {
        // What has failed in an earlier transaction never ends.
        running.retain(|other| other.place.transaction == before.place.transaction);
        running.push(before);
    });
}

fn end() {
    let place = Place::now();
    let before = RUNNING.with_borrow_mut(|running| {
        // Commands that have failed in a subtransaction of this command lie above it.
        while let Some(last) = running.pop() {
            if last.place == place {
                return Some(last.tree);
            }
        }
        None
    });
    let (Some(before), after) = (before, game_logs()) else {
        return;
    };
    // A table that came or went as a whole is another matter: dynasty.install() sees to it.
    let Some(root) = GAME_LOGS.find().filter(|root| before.contains(root)) else {
        return;
    };
    if before == after {
        return;
    }
    let only_in = |some: &[pg_sys::Oid], others: &[pg_sys::Oid]| -> Vec<pg_sys::Oid> {
        some.iter().filter(|oid| !others.contains(oid)).copied().collect()
    };
    let (gone, come) = (only_in(&before, &after), only_in(&after, &before));
    // A writer whose statement has looked up the tables before, and reads a line after the command, would miss the new part.
    lock_against_writers(root);
    // What is gone altogether may have held games.
    let games_moved = gone
        .iter()
        .any(|&oid| table_if_there(oid).is_none_or(|table| table.may_hold_rows()))
        || come
            .iter()
            .any(|&oid| OpenRelation::open(oid, pg_sys::AccessShareLock).may_hold_rows());
    // The second transaction of DETACH ... CONCURRENTLY has no snapshot at this point.
    make_changes_visible();
    with_fresh_snapshot(|| attach_and_release(&gone));
    if games_moved {
        follow(root);
    }
}

/// Gives new parts the triggers and takes them from what is no part any more, as far as the caller may. (Who owns tables but has
/// no rights on the extension's functions is told by `dynasty.migration_status()` what is to be called.)
fn attach_and_release(gone: &[pg_sys::Oid]) {
    let mut may = false;
    read_few_rows(
        "SELECT pg_catalog.has_schema_privilege('dynasty', 'USAGE')
            AND pg_catalog.has_function_privilege('dynasty._attach_to_parts()', 'EXECUTE')
            AND pg_catalog.has_function_privilege('dynasty._attach_triggers(text)', 'EXECUTE')
            AND pg_catalog.has_function_privilege('dynasty._release_part(oid)', 'EXECUTE')
            AND pg_catalog.has_function_privilege('dynasty.maintain_season_stats()', 'EXECUTE')
            AND pg_catalog.has_function_privilege('dynasty.keep_game_log_history()', 'EXECUTE')",
        &[],
        &mut |row| may = row.bool(0) == Some(true),
    );
    if !may {
        return;
    }
    write("SELECT dynasty._attach_to_parts()", &[]);
    for part in gone {
        write(
            "SELECT dynasty._release_part($1::pg_catalog.oid)",
            &[Argument::int8(part.to_u32().into())],
        );
    }
}

fn follow(root: pg_sys::Oid) {
    if SEASON_STATS.find().is_none() {
        return;
    }
    make_changes_visible();
    if row_holders(root).iter().all(OpenRelation::is_heap) {
        _ = with_latest_snapshot(rebuild);
    } else {
        norm_stamps::note_all();
        notice!(
            "dynasty: a part of dynasty.milb_game_logs is not an ordinary table: dynasty.milb_season_stats does not follow"
        );
    }
}
