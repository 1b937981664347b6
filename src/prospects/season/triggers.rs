//! Keeping `milb_season_stats` equal to what the game logs say, within the statement that changes them.
//!
//! Inserted rows are added to the line's totals. Changed rows are exchanged in the sums where that is exact (a scoring
//! correction), otherwise the touched line is computed anew from its rows, as after a delete: a first or last day and
//! whether a count is known at all cannot be subtracted. A line is always locked before its rows are read, and read
//! with a snapshot taken after the lock, so concurrent writers of one line queue up and none is lost.

use super::differences::{heap_holders, rebuild};
use super::groups::SeasonGroups;
use super::read_anew;
use crate::pg::call::{Call, raw_function};
use crate::pg::errors::error;
use crate::pg::snapshot::{make_changes_visible, with_fresh_snapshot, with_latest_snapshot};
use crate::pg::stored_row::RowKind;
use crate::pg::transition::AfterTrigger;
use crate::pg::trigger_call::Event;
use crate::pg::twins::Among;
use crate::prospects::native::feature_row::FeatureRows;
use crate::prospects::native::game_row::SeasonRows;
use crate::prospects::native::log_reader::LogReader;
use crate::prospects::native::moments;
use crate::prospects::native::norm_stamps;
use crate::prospects::native::season_store::SeasonStore;
use crate::prospects::native::stored_lines::LineKey;
use crate::prospects::tables::GAME_LOGS;
use dynasty_numbers::fingerprint::fingerprint;
use dynasty_prospects::season::Totals;
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;

raw_function!(
    maintain_season_stats,
    pg_finfo_maintain_season_stats,
    maintain_season_stats_call
);

fn maintain_season_stats_call(call: Call) -> pg_sys::Datum {
    let trigger = call.after_trigger_on("dynasty.maintain_season_stats", GAME_LOGS);
    let Some(trigger) = trigger.filter(|t| !t.is_for_each_row()) else {
        error(
            ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED,
            "dynasty.maintain_season_stats() is a statement trigger",
        )
        .hint("Attach it AFTER INSERT, UPDATE, DELETE or TRUNCATE ... FOR EACH STATEMENT.")
        .raise()
    };
    let among = trigger.among_its_like();
    if among == Among::Superfluous {
        return pg_sys::Datum::from(0); // another one counts the rows
    }
    make_changes_visible();
    match trigger.event() {
        Event::Insert if among == Among::Unknown => {
            moments::of_added_rows();
            let lines = rows_of(&trigger, Side::New);
            lines.in_key_order().iter().for_each(|(key, _)| read_anew::note(*key));
            with_fresh_snapshot(|| exchange_rows(&lines, &SeasonGroups::default()));
        }
        Event::Insert => {
            moments::of_added_rows();
            with_fresh_snapshot(|| exchange_rows(&SeasonGroups::default(), &rows_of(&trigger, Side::New)));
        }
        Event::Update => {
            let (old, new) = (
                rows_to_compare(&trigger, Side::Old),
                rows_to_compare(&trigger, Side::New),
            );
            if among == Among::Unknown {
                let both = old.in_key_order().into_iter().chain(new.in_key_order());
                both.for_each(|(key, _)| read_anew::note(key));
            }
            with_fresh_snapshot(|| exchange_rows(&old, &new));
        }
        Event::Delete => with_fresh_snapshot(|| exchange_rows(&rows_of(&trigger, Side::Old), &SeasonGroups::default())),
        // What is left, if anything (a partition may have been emptied), is the truth.
        // Games go that an earlier snapshot does not show, so their lines are looked for with the latest.
        Event::Truncate => _ = with_latest_snapshot(rebuild),
    }
    // A statement trigger returns a null pointer, not SQL's NULL.
    pg_sys::Datum::from(0)
}

raw_function!(
    recompute_season_line,
    pg_finfo_recompute_season_line,
    recompute_season_line_call
);

fn recompute_season_line_call(call: Call) -> pg_sys::Datum {
    let trigger = call.after_trigger_on("dynasty.recompute_season_line", GAME_LOGS);
    let Some(trigger) = trigger.filter(|t| t.is_for_each_row()) else {
        error(
            ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED,
            "dynasty.recompute_season_line() is a row trigger",
        )
        .hint("Attach it AFTER INSERT, UPDATE or DELETE ... FOR EACH ROW.")
        .raise()
    };
    make_changes_visible();
    let mut lines = SeasonGroups::default();
    trigger.own_row::<SeasonRows>(&mut |row| lines.add(row));
    // Never by adding: whatever else saw the row, a line computed from its games is right.
    lines.in_key_order().iter().for_each(|(key, _)| read_anew::note(*key));
    with_fresh_snapshot(|| exchange_rows(&lines, &SeasonGroups::default()));
    pg_sys::Datum::from(0)
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Old,
    New,
}

fn rows_of(trigger: &AfterTrigger, side: Side) -> SeasonGroups {
    let mut groups = SeasonGroups::default();
    each_row::<SeasonRows>(trigger, side, &mut |row| groups.add(row));
    groups
}

/// The same with fingerprints, by which rows that say the same as before are known.
fn rows_to_compare(trigger: &AfterTrigger, side: Side) -> SeasonGroups {
    let (mut groups, mut places) = (SeasonGroups::default(), vec![]);
    // The statistics and the features each read columns that the others do not (RBI; home or away), and both need the line
    // written: what the one sees and what the other sees of a row are two numbers in one sum.
    each_row::<SeasonRows>(trigger, side, &mut |row| {
        let at = groups.add_and_place(row);
        groups.add_fingerprint(at, fingerprint(&row.game));
        places.push(at);
    });
    if !trigger.has_columns_of::<FeatureRows>() {
        // Nothing to compare by: as if every row had changed.
        let mark = u64::from(side == Side::New);
        places.into_iter().for_each(|at| groups.add_fingerprint(at, mark));
        return groups;
    }
    // Both see the rows in the same order.
    let mut places = places.into_iter();
    each_row::<FeatureRows>(trigger, side, &mut |row| {
        if let Some(at) = places.next() {
            groups.add_fingerprint(at, row.fingerprint());
        }
    });
    groups
}

fn each_row<K: RowKind + 'static>(trigger: &AfterTrigger, side: Side, each: &mut dyn FnMut(&K::Row<'_>)) {
    let there = if side == Side::Old {
        trigger.each_old_row::<K>(each)
    } else {
        trigger.each_new_row::<K>(each)
    };
    if !there {
        let name = if side == Side::Old { "OLD" } else { "NEW" };
        error(
            ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED,
            format!("the trigger of dynasty.maintain_season_stats() names no {name} TABLE"),
        )
        .hint(format!("Add REFERENCING {name} TABLE AS ... to CREATE TRIGGER."))
        .raise();
    }
}

/// Takes rows out of their lines and puts others in.
fn exchange_rows(old: &SeasonGroups, new: &SeasonGroups) {
    let mut work: Vec<(LineKey, Option<&Totals>, Option<&Totals>)> = old
        .in_key_order()
        .into_iter()
        .map(|(key, totals)| (key, Some(totals), new.get(key)))
        .collect();
    let without_old = work.is_empty();
    work.extend(
        new.in_key_order()
            .into_iter()
            .filter(|(key, _)| old.get(*key).is_none())
            .map(|(key, totals)| (key, None, Some(totals))),
    );
    // Rows that say the same as before (a column that nothing here reads was changed) are no work at all.
    work.retain(|(key, gone, come)| gone.is_none() || come.is_none() || old.fingerprint(*key) != new.fingerprint(*key));
    if work.is_empty() {
        return;
    }
    if !without_old {
        work.sort_unstable_by_key(|(key, ..)| (key.prospect_id, key.season, key.level));
    }

    norm_stamps::note(work.iter().map(|(key, ..)| (key.season, key.level)));

    let mut logs = None;
    let mut store = SeasonStore::open();
    // What stands in a line is what the triggers made of it, or nothing: no sum to build on.
    let changed_by_triggers = store.may_be_changed_by_triggers();
    for (key, gone, come) in work {
        store.update_line(key, &mut |line| match (line, gone, come) {
            _ if changed_by_triggers || read_anew::contains(key) => read_line(&mut logs, key),
            (None, None, Some(come)) => *come,
            (Some(mut line), None, Some(come)) => {
                line.merge(come);
                line
            }
            // A trigger of the user's can change a row before the line knows of it.
            (Some(mut line), Some(gone), Some(come)) if Totals::is_subtractable(gone, come) && line.may_hold(gone) => {
                line.replace(gone, come);
                line
            }
            _ => read_line(&mut logs, key),
        });
    }
    store.finish();
}

/// Computes a line from its games, with a snapshot of its own: taken after the line was locked.
fn read_line(logs: &mut Option<GameLogs>, key: LineKey) -> Totals {
    read_anew::note(key);
    with_fresh_snapshot(|| logs.get_or_insert_with(GameLogs::open).line(key))
}

/// The game logs, opened for finding the rows of single lines.
struct GameLogs(Vec<LogReader<SeasonRows>>);

impl GameLogs {
    fn open() -> GameLogs {
        GameLogs(heap_holders().into_iter().map(LogReader::new).collect())
    }

    fn line(&mut self, key: LineKey) -> Totals {
        let mut totals = Totals::default();
        for table in &mut self.0 {
            table.rows_of(key.prospect_id, Some(key.season), &mut |row| {
                if row.level == key.level {
                    totals.add(&row.game);
                }
            });
        }
        totals
    }
}
