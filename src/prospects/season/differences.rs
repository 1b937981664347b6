//! The season lines compared with the game logs, and made equal to them.

use super::groups::{GameTypes, SeasonGroups};
use super::read_anew;
use crate::pg::errors::error;
use crate::pg::heap_scan::scan_table;
use crate::pg::relation::{HeapTable, row_holders};
use crate::prospects::native::game_row::SeasonRows;
use crate::prospects::native::norm_stamps;
use crate::prospects::native::season_store::SeasonStore;
use crate::prospects::native::stored_lines::{LineKey, StoredLines};
use crate::prospects::tables::GAME_LOGS;
use dynasty_prospects::season::Totals;
use pgrx::PgSqlErrorCode::*;

/// The tables that hold the game logs; raises 0A000 for one that is not stored in heap pages.
pub fn heap_holders() -> Vec<HeapTable> {
    HeapTable::all(row_holders(GAME_LOGS.oid())).unwrap_or_else(|| {
        error(
            ERRCODE_FEATURE_NOT_SUPPORTED,
            "a part of dynasty.milb_game_logs is not an ordinary table",
        )
        .detail("Season statistics are maintained from ordinary (heap) tables and partitions only.")
        .hint("Detach foreign partitions; dynasty.season_stats() reads them all the same while they are attached.")
        .raise()
    })
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
