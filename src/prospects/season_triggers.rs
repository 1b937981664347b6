//! Keeping `milb_season_stats` equal to what the game logs say, within the statement that changes them.
//!
//! Inserted rows are added to the line's totals. Changed rows are exchanged in the sums where that is exact (a scoring
//! correction), otherwise the touched line is computed anew from its rows, as after a delete: a first or last day and
//! whether a count is known at all cannot be subtracted. A line is always locked before its rows are read, and read
//! with a snapshot taken after the lock, so concurrent writers of one line queue up and none is lost.

use super::season_groups::{GameTypes, SeasonGroups};
use crate::pg::errors::error;
use crate::pg::log_scan::scan_table;
use crate::pg::moments;
use crate::pg::raw::{Call, make_changes_visible, raw_function, with_fresh_snapshot, with_latest_snapshot};
use crate::pg::relation::{OpenRelation, dynasty_relation, row_holders};
use crate::pg::stored_row::RowKind;
use crate::pg::transition::{AfterTrigger, Event};
use crate::pg::twins::Among;
use crate::prospects::native::feature_row::FeatureRows;
use crate::prospects::native::game_row::SeasonRows;
use crate::prospects::native::log_reader::LogReader;
use crate::prospects::native::norm_stamps;
use crate::prospects::native::season_store::SeasonStore;
use crate::prospects::native::stored_lines::{LineKey, StoredLines};
use dynasty_numbers::fingerprint::fingerprint;
use dynasty_prospects::season::Totals;
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;
use pgrx::prelude::*;

raw_function!(
    maintain_season_stats,
    pg_finfo_maintain_season_stats,
    maintain_season_stats_call
);

extension_sql!(
    r#"
CREATE FUNCTION dynasty.maintain_season_stats() RETURNS trigger
    LANGUAGE c AS 'MODULE_PATHNAME', 'maintain_season_stats';
COMMENT ON FUNCTION dynasty.maintain_season_stats() IS
'Statement trigger that keeps dynasty.milb_season_stats equal to dynasty.season_stats() after INSERT, UPDATE, DELETE and TRUNCATE on dynasty.milb_game_logs. Needs the transition tables (REFERENCING OLD TABLE / NEW TABLE). Asks for no rights of the caller on milb_season_stats; triggers, constraints and defaults that users put there work as for an ordinary statement, as the caller. Errors: 39P01 when called otherwise or for another table, 0A000 for a table that Citus has distributed, 40001 under REPEATABLE READ when another transaction changed the same line, 42703 and 42804 when a column is missing or of another type, 27000 when a trigger of the user''s changes the key of a line or writes the line that fired it.';
REVOKE EXECUTE ON FUNCTION dynasty.maintain_season_stats() FROM PUBLIC;
"#,
    name = "maintain_season_stats"
);

fn maintain_season_stats_call(call: Call) -> pg_sys::Datum {
    let trigger = call.after_trigger_on("maintain_season_stats", "milb_game_logs");
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

extension_sql!(
    r#"
CREATE FUNCTION dynasty.recompute_season_line() RETURNS trigger
    LANGUAGE c AS 'MODULE_PATHNAME', 'recompute_season_line';
COMMENT ON FUNCTION dynasty.recompute_season_line() IS
'Row trigger that computes the lines of dynasty.milb_season_stats anew that a row of dynasty.milb_game_logs was or is in: for rows that logical replication applies, where statement triggers do not fire (dynasty.maintain_on_subscriber()). Errors: 39P01 when called otherwise or for another table, 0A000 for a table that Citus has distributed.';
REVOKE EXECUTE ON FUNCTION dynasty.recompute_season_line() FROM PUBLIC;
"#,
    name = "recompute_season_line"
);

fn recompute_season_line_call(call: Call) -> pg_sys::Datum {
    let trigger = call.after_trigger_on("recompute_season_line", "milb_game_logs");
    let Some(trigger) = trigger.filter(AfterTrigger::is_for_each_row) else {
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
        trigger.old_rows::<K>(each)
    } else {
        trigger.new_rows::<K>(each)
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

/// The lines that this transaction has computed from their games.
///
/// Several triggers can be waiting while the games are changed already: those of one MERGE, of ON CONFLICT DO UPDATE,
/// of the parts of a WITH, or of a statement that runs inside another one. A line computed from its games holds all of
/// these changes, so none of them may be added again: from then on the line is always computed, to the end of the
/// transaction. (Adding first and computing later does no harm.)
mod read_anew {
    use crate::pg::raw::top_transaction;
    use crate::prospects::native::stored_lines::LineKey;
    use rustc_hash::FxHashSet;
    use std::cell::RefCell;

    #[derive(Default)]
    struct Lines {
        transaction: u32,
        all: bool,
        some: FxHashSet<(i32, i32, Box<[u8]>)>,
    }

    thread_local! {
        static LINES: RefCell<Lines> = RefCell::default();
    }

    fn with<R>(f: impl FnOnce(&mut Lines) -> R) -> R {
        LINES.with_borrow_mut(|lines| {
            let transaction = top_transaction();
            if lines.transaction != transaction {
                *lines = Lines {
                    transaction,
                    ..Lines::default()
                };
            }
            f(lines)
        })
    }

    pub fn contains(key: LineKey) -> bool {
        with(|lines| {
            lines.all
                || !lines.some.is_empty()
                    && lines
                        .some
                        .contains(&(key.prospect_id, key.season, Box::from(key.level)))
        })
    }

    pub fn note(key: LineKey) {
        with(|lines| _ = lines.some.insert((key.prospect_id, key.season, Box::from(key.level))));
    }

    pub fn note_all() {
        with(|lines| lines.all = true);
    }
}

/// The tables that hold the game logs; raises 0A000 for one that is not stored in heap pages.
fn heap_holders() -> Vec<OpenRelation> {
    let tables = row_holders(dynasty_relation("milb_game_logs"));
    if !tables.iter().all(OpenRelation::is_heap) {
        error(
            ERRCODE_FEATURE_NOT_SUPPORTED,
            "a part of dynasty.milb_game_logs is not an ordinary table",
        )
        .detail("Season statistics are maintained from ordinary (heap) tables and partitions only.")
        .hint("Detach foreign partitions; dynasty.season_stats() reads them all the same while they are attached.")
        .raise();
    }
    tables
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

/// Season lines computed from all game logs that the active snapshot sees.
pub fn all_lines(game_types: &GameTypes) -> SeasonGroups {
    let mut groups = SeasonGroups::default();
    for table in heap_holders() {
        scan_table::<SeasonRows>(&table, &mut |rows| groups.add_page(rows, game_types));
    }
    groups
}

/// The lines that differ between the statistics and the game logs, by bytes: missing, superfluous or wrong.
pub struct Differences {
    truth: SeasonGroups,
    /// Lines that are there but should not be, or not so.
    wrong: SeasonGroups,
    /// Lines that should be there and are not.
    missing: SeasonGroups,
}

impl Differences {
    /// Compares every line, as the active snapshot sees them.
    pub fn find() -> Differences {
        let truth = all_lines(&GameTypes::new(None));
        let (mut wrong, mut there) = (SeasonGroups::default(), SeasonGroups::default());
        StoredLines::open().each_line(&mut |key, totals, exact| {
            there.touch(key);
            if !exact || totals.as_ref() != truth.get(key) {
                wrong.touch(key);
            }
        });
        let mut missing = SeasonGroups::default();
        for (key, _) in truth.in_key_order() {
            if there.get(key).is_none() {
                missing.touch(key);
            }
        }
        Differences { truth, wrong, missing }
    }

    /// Each line in key order, with what is the matter and what it should be.
    pub fn each(&self, f: &mut dyn FnMut(LineKey, &'static str, Option<&Totals>)) {
        let mut lines: Vec<(LineKey, &'static str)> = self
            .missing
            .in_key_order()
            .into_iter()
            .map(|(key, _)| (key, "missing"))
            .collect();
        lines.extend(self.wrong.in_key_order().into_iter().map(|(key, _)| {
            (
                key,
                if self.truth.get(key).is_some() {
                    "wrong"
                } else {
                    "superfluous"
                },
            )
        }));
        lines.sort_unstable_by_key(|(key, _)| (key.prospect_id, key.season, key.level));
        for (key, problem) in lines {
            f(key, problem, self.truth.get(key));
        }
    }
}

/// Makes every line equal to the game logs and returns how many were not. The caller must keep writers away.
pub fn rebuild() -> i64 {
    read_anew::note_all();
    norm_stamps::note_all();
    let differences = Differences::find();
    let mut store = SeasonStore::open();
    let mut n = 0;
    differences.each(&mut |key, _, truth| {
        store.rewrite_line(key, truth);
        n += 1;
    });
    store.finish();
    n
}
