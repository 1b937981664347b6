//! Season statistics from scratch, and the maintained ones compared with them.

use super::differences::{Differences, all_lines, rebuild};
use super::groups::{GameTypes, SeasonGroups};
use crate::pg::call::{Call, raw_function};
use crate::pg::errors::error;
use crate::pg::query::{Argument, read_few_rows};
use crate::pg::relation::{
    HeapTable, OpenRelation, lock_against_writers, may_read_directly, may_write, refuse_when_read_only, row_holders,
};
use crate::pg::rows::RowSink;
use crate::pg::snapshot::{make_changes_visible, with_latest_snapshot, with_snapshot_after_locking};
use crate::pg::sql_text::Text;
use crate::pg::text::ShortText;
use crate::prospects::native::cells::CellDatums;
use crate::prospects::native::game_row::{GameRow, SeasonRows};
use crate::prospects::native::log_reader::LogReader;
use crate::prospects::native::stored_lines::LineKey;
use crate::prospects::tables::{GAME_LOGS, SEASON_STATS};
use dynasty_prospects::season::line::{LINE, stored_cells};
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;
use pgrx::prelude::*;
use std::collections::BTreeSet;

raw_function!(season_stats, pg_finfo_season_stats, season_stats_call);
raw_function!(season_stats_diff, pg_finfo_season_stats_diff, season_stats_diff_call);

/// Up to this many prospects are looked up by index; for more, reading the whole table once is cheaper.
const INDEXED_PROSPECTS: usize = 500;

/// `season_stats(game_types text[], prospect_ids integer[])`: the season lines of flagship contract 3, from scratch.
///
/// Reads the table's pages directly where the caller may read the whole ordinary table; otherwise (row security,
/// column privileges, foreign partitions) the same statistics come from the aggregate through the planner.
fn season_stats_call(call: Call) -> pg_sys::Datum {
    let game_types = GameTypes::new(call.stored_texts(0));
    let prospects: Option<BTreeSet<i32>> = call.int4_array(1).map(|ids| ids.into_iter().flatten().collect());
    let mut rows = call.rows();
    let logs = GAME_LOGS.oid();
    let tables = may_read_directly(logs).then(|| HeapTable::all(row_holders(logs)));
    let Some(tables) = tables.flatten().filter(|tables| !tables.is_empty()) else {
        put_through_planner(&call, &mut rows);
        return call.null();
    };
    let groups = match prospects {
        None => all_lines(&game_types),
        Some(ids) => lines_of(&ids, &game_types, tables),
    };
    let mut line = LineDatums::default();
    for (key, totals) in groups.in_key_order() {
        line.datums.fill(&stored_cells(totals));
        line.put(key, &mut rows);
    }
    call.null()
}

fn lines_of(ids: &BTreeSet<i32>, game_types: &GameTypes, tables: Vec<HeapTable>) -> SeasonGroups {
    let mut groups = SeasonGroups::default();
    for table in tables {
        let mut reader = LogReader::<SeasonRows>::new(table);
        let mut add = |row: &GameRow<'_>| groups.add_of_type(row, game_types);
        if ids.len() <= INDEXED_PROSPECTS && reader.is_indexed() {
            ids.iter().for_each(|id| reader.rows_of(*id, None, &mut add));
        } else {
            reader.all_rows(&mut |rows| {
                rows.iter()
                    .filter(|row| ids.contains(&row.prospect_id))
                    .for_each(&mut add)
            });
        }
    }
    groups
}

fn put_through_planner(call: &Call, rows: &mut RowSink) {
    rows.put_query(
        "SELECT q.prospect_id::pg_catalog.int4, q.season::pg_catalog.int4, q.level::pg_catalog.varchar, (q.line).*
          FROM (SELECT l.prospect_id, l.season, l.level, dynasty.season_line(l.game_date, l.plate_appearances, l.at_bats, l.runs, l.hits, l.doubles,
                       l.triples, l.home_runs, l.rbi, l.walks, l.intentional_walks, l.strikeouts, l.stolen_bases,
                       l.caught_stealing, l.hit_by_pitch, l.sacrifice_flies, l.sacrifice_hits,
                       l.ground_into_double_play, l.games_started, l.outs_pitched, l.batters_faced, l.hits_allowed,
                       l.runs_allowed, l.earned_runs, l.home_runs_allowed, l.walks_allowed, l.strikeouts_pitched,
                       l.hit_batsmen, l.pitches_thrown, l.wins, l.losses, l.saves) AS line
                FROM dynasty.milb_game_logs l
                WHERE ($1 IS NULL OR COALESCE(l.game_type, 'Regular') OPERATOR(pg_catalog.=) ANY ($1))
                  AND ($2 IS NULL OR l.prospect_id OPERATOR(pg_catalog.=) ANY ($2))
                GROUP BY l.prospect_id, l.season, l.level) q
          ORDER BY q.prospect_id, q.season, q.level COLLATE pg_catalog.\"C\"",
        &[call.pass_texts(0), call.pass_int4_array(1)],
    );
}

/// A season line as the columns of `season_stats`.
struct LineDatums {
    datums: CellDatums,
    values: [pg_sys::Datum; 3 + LINE],
    nulls: [bool; 3 + LINE],
}

impl Default for LineDatums {
    fn default() -> Self {
        LineDatums {
            datums: CellDatums::new(),
            values: [pg_sys::Datum::from(0); 3 + LINE],
            nulls: [false; 3 + LINE],
        }
    }
}

impl LineDatums {
    fn put(&mut self, key: LineKey, rows: &mut RowSink) {
        let level = ShortText::new(key.level);
        self.values[..3].copy_from_slice(&[key.prospect_id.into(), key.season.into(), level.datum()]);
        self.values[3..].copy_from_slice(&self.datums.values[..LINE]);
        self.nulls[3..].copy_from_slice(&self.datums.nulls[..LINE]);
        rows.put(&mut self.values, &mut self.nulls);
    }
}

/// `season_stats_diff()`: the season lines whose maintained and recomputed bytes differ. Empty in health.
fn season_stats_diff_call(call: Call) -> pg_sys::Datum {
    let mut rows = call.rows();
    for table in [GAME_LOGS, SEASON_STATS] {
        if !may_read_directly(table.oid()) {
            error(
                ERRCODE_INSUFFICIENT_PRIVILEGE,
                format!("permission denied for table {}", table.name),
            )
            .detail("The comparison reads every row of dynasty.milb_game_logs and dynasty.milb_season_stats.")
            .raise();
        }
    }
    let _locked = [GAME_LOGS, SEASON_STATS].map(|table| OpenRelation::open(table.oid(), pg_sys::AccessShareLock));
    with_snapshot_after_locking(Differences::find).each(&mut |key, problem, _| {
        let (level, problem) = (ShortText::new(key.level), ShortText::of(problem));
        let mut values = [
            key.prospect_id.into(),
            key.season.into(),
            level.datum(),
            problem.datum(),
        ];
        rows.put(&mut values, &mut [false; 4]);
    });
    call.null()
}

/// Rebuilds `dynasty.milb_season_stats` from the game logs and returns how many lines differed (0 in health).
///
/// Writers of the game logs wait while it runs; readers do not. Only lines that differ are written.
/// Errors: 42501 without UPDATE on milb_season_stats, 25006 in a read-only transaction.
#[pg_extern(sql = false)]
fn refresh_season_stats() -> i64 {
    if !may_write(SEASON_STATS.oid()) {
        error(
            ERRCODE_INSUFFICIENT_PRIVILEGE,
            "permission denied for table milb_season_stats",
        )
        .hint("dynasty.refresh_season_stats() needs UPDATE on dynasty.milb_season_stats.")
        .raise();
    }
    refuse_when_read_only(c"dynasty.refresh_season_stats()");
    lock_against_writers(GAME_LOGS.oid());
    make_changes_visible();
    with_latest_snapshot(rebuild)
}

/// The coefficient of variation of hits per game of one season line: the value of `milb_season_stats`.
///
/// Unitless; NULL when there is no such line, fewer than two games have known hits, or there was no hit.
#[pg_extern(sql = false)]
fn hit_consistency_cv(prospect_id: Option<i32>, season: Option<i32>, level: Option<Text>) -> Option<f64> {
    // Declared STRICT; asked for all the same, since a superuser may declare it otherwise.
    let (prospect_id, season, level) = (prospect_id?, season?, level?);
    let level = ShortText::of(&level);
    let mut cv = None;
    read_few_rows(
        "SELECT s.hit_consistency_cv FROM dynasty.milb_season_stats s
         WHERE s.prospect_id OPERATOR(pg_catalog.=) $1 AND s.season OPERATOR(pg_catalog.=) $2
           AND s.level OPERATOR(pg_catalog.=) $3::pg_catalog.varchar",
        &[
            Argument::int4(prospect_id),
            Argument::int4(season),
            Argument::text(&level),
        ],
        &mut |row| cv = row.float8(0),
    );
    cv
}
