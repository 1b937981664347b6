//! Norms for single prospects (flagship contract 5.6).
//!
//! The norms of a season and level come from everybody who played there, so for one prospect they would cost far more than
//! his own games. A session keeps those it has computed, each with the stamp of its season and level
//! (`native::norm_stamps`), and computes anew exactly those whose stamp, as its snapshot sees it, is another one.

use super::inputs::Inputs;
use super::norms::norms_of;
use crate::pg::call::{Call, raw_function};
use crate::pg::errors::error;
use crate::pg::relation::{HeapTable, may_read_directly, row_holders};
use crate::pg::trigger_call::Event;
use crate::pg::twins::Among;
use crate::prospects::native::feature_row::FeatureRows;
use crate::prospects::native::log_reader::LogReader;
use crate::prospects::native::moments::Statement;
use crate::prospects::native::norm_stamps::{Stamps, note_all, stamps};
use crate::prospects::native::people_changes::{PeopleChanges, keep_people, people_changes};
use crate::prospects::settings::history_is_kept;
use crate::prospects::tables::{GAME_LOGS, PROSPECTS};
use dynasty_prospects::features::norms::{Norm, NormPools, Norms};
use dynasty_prospects::features::played::{Played, sort};
use dynasty_prospects::levels::Level;
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// With more seasons and levels out of date than this, reading all games once is cheaper than so many index scans.
const MANY: usize = 12;

#[derive(Default)]
struct Cache {
    /// The files the norms are of, and the columns that say who counts where: tables may be dropped and made again, rewritten
    /// by ALTER TABLE, attached and detached, and columns renamed, without a trigger seeing it.
    made_of: Vec<(pg_sys::Oid, pg_sys::Oid)>,
    columns: Vec<i16>,
    all: u64,
    norms: FxHashMap<(i32, u8), (u64, Norm)>,
}

thread_local! {
    static CACHE: RefCell<Cache> = RefCell::default();
}

/// The norms of these seasons and levels.
pub fn norms_of_stints(stints: &BTreeSet<(i32, u8)>, year: i32) -> Norms {
    if stints.is_empty() {
        return Norms::default();
    }
    let (logs, people) = (GAME_LOGS.oid(), PROSPECTS.oid());
    // What a role that does not see everything finds is its own.
    let sees_all = may_read_directly(logs) && may_read_directly(people);
    let holders = if sees_all { row_holders(logs) } else { vec![] };
    // Statements on a child or a partition of prospects fire no trigger of its own.
    let people_holders = if sees_all { row_holders(people) } else { vec![] };
    let holders = HeapTable::all(holders).filter(|holders| !holders.is_empty());
    let kept = people_holders.len() == 1
        && people_holders
            .iter()
            .all(|table| table.is_heap() && table.oid() == people);
    let (Some(stamps), Some(holders)) = (stamps(), holders.filter(|_| kept)) else {
        return norms_of(&Inputs::read_for_norms(year));
    };
    // Taken out meanwhile: an error loses it, and nobody sees it half renewed.
    let mut cache = CACHE.take();
    let made_of: Vec<_> = people_holders
        .iter()
        .chain(holders.iter().map(|table| &**table))
        .map(|t| (t.oid(), t.file()))
        .collect();
    let columns: Vec<i16> = people_holders
        .iter()
        .flat_map(|t| t.places(&["id", "birth_date", "position"]))
        .collect();
    if cache.made_of != made_of || cache.columns != columns || cache.all != stamps.of_all() {
        cache = Cache {
            made_of,
            columns,
            all: stamps.of_all(),
            ..Cache::default()
        };
    }
    let is_stale = |key: &(i32, u8)| {
        let known = cache.norms.get(key);
        known.is_none_or(|(stamp, _)| *stamp != stamp_of(&stamps, *key))
    };
    let stale: BTreeSet<(i32, u8)> = stints.iter().copied().filter(is_stale).collect();
    if !stale.is_empty() {
        cache.renew(&stale, &stamps, holders);
    }
    let mut norms = Norms::default();
    for key in stints {
        let norm = cache.norms.get(key).map(|(_, norm)| *norm).unwrap_or_default();
        norms.set(key.0, key.1, norm);
    }
    CACHE.set(cache);
    norms
}

fn name_of(level: u8) -> &'static str {
    Level::ALL
        .iter()
        .find(|l| l.ordinal() == i32::from(level))
        .map_or("", |l| l.name())
}

fn stamp_of(stamps: &Stamps, (season, level): (i32, u8)) -> u64 {
    stamps.of(season, name_of(level))
}

impl Cache {
    fn renew(&mut self, stale: &BTreeSet<(i32, u8)>, stamps: &Stamps, holders: Vec<HeapTable>) {
        if self.norms.is_empty() || stale.len() > MANY {
            // A norm of a season does not depend on the year it is asked for.
            let norms = norms_of(&Inputs::read_for_norms(i32::MAX));
            self.norms.clear();
            for (season, level, norm) in norms.iter() {
                self.norms
                    .insert((season, level), (stamp_of(stamps, (season, level)), norm));
            }
        } else {
            let pools = pools_of(stale, holders);
            let norms = pools.norms();
            for key in stale {
                self.norms
                    .insert(*key, (stamp_of(stamps, *key), norms.of(key.0, key.1)));
            }
        }
        for key in stale {
            self.norms
                .entry(*key)
                .or_insert_with(|| (stamp_of(stamps, *key), Norm::default()));
        }
    }
}

/// The pools of some seasons and levels, by index.
fn pools_of(wanted: &BTreeSet<(i32, u8)>, holders: Vec<HeapTable>) -> NormPools {
    let mut games: FxHashMap<i32, Vec<_>> = FxHashMap::default();
    for table in holders {
        let mut reader = LogReader::<FeatureRows>::new(table);
        for (season, level) in wanted {
            reader.rows_of_level(*season, name_of(*level), &mut |row| {
                let game = row.counted().filter(|g| g.level == *level);
                if let Some(game) = game.filter(super::inputs::games::is_in_its_season) {
                    games.entry(row.prospect_id).or_default().push(game);
                }
            });
        }
    }
    let ids: Vec<i32> = games.keys().copied().collect();
    let mut pools = NormPools::default();
    for person in Inputs::read_only_people(&ids).people {
        if let Some(games) = games.get_mut(&person.id) {
            sort(games);
            pools.add(&person, &Played::stints(games));
        }
    }
    pools
}

raw_function!(
    note_changed_people,
    pg_finfo_note_changed_people,
    note_changed_people_call
);

fn note_changed_people_call(call: Call) -> pg_sys::Datum {
    let Some(trigger) = call.after_trigger_on("dynasty.note_changed_people", PROSPECTS) else {
        error(
            ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED,
            "dynasty.note_changed_people() is an AFTER trigger",
        )
        .hint("Attach it AFTER UPDATE, DELETE or TRUNCATE.")
        .raise()
    };
    if trigger.among_its_like() == Among::Superfluous {
        return pg_sys::Datum::from(0); // another one keeps the rows
    }
    let changes = match trigger.event() {
        Event::Truncate => PeopleChanges::Unknown,
        _ => people_changes(&trigger),
    };
    match changes {
        PeopleChanges::Unknown => note_all(),
        PeopleChanges::Rows { places, norms } => {
            // The norms are of those who played: with a prospect go his games, and their levels are noted then.
            if norms && trigger.event() != Event::Delete {
                note_all();
            }
            // On a subscriber, where row triggers follow what is applied, the history is applied as well.
            if !places.is_empty() && !trigger.is_for_each_row() && history_is_kept() {
                keep_people(&trigger, &places, Statement::running().moment());
            }
        }
    }
    pg_sys::Datum::from(0)
}
