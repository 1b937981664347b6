//! The season statistics as an aggregate: any rows, any GROUP BY, parallel, partitioned or distributed.

use crate::pg::cells::CellDatums;
use crate::pg::errors::error;
use crate::pg::raw::{Call, raw_function};
use dynasty_core::season::{COUNTS, Count, Game, Totals};
use dynasty_core::season_line::{BATTING_LINE, LINE, stored_cells};
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;
use pgrx::prelude::*;

raw_function!(
    season_line_transition,
    pg_finfo_season_line_transition,
    transition,
    add_to_state
);
raw_function!(season_line_combine, pg_finfo_season_line_combine, combine);
raw_function!(season_line_serialize, pg_finfo_season_line_serialize, serialize);
raw_function!(season_line_deserialize, pg_finfo_season_line_deserialize, deserialize);
raw_function!(season_line_final, pg_finfo_season_line_final, finish);
raw_function!(
    batting_line_transition,
    pg_finfo_batting_line_transition,
    batting_transition,
    add_batting_to_state
);
raw_function!(batting_line_final, pg_finfo_batting_line_final, finish_batting);

extension_sql_file!("../../sql/prospects/season_line.sql", name = "season_line");

/// The counts that `batting_line` takes, in the order of its arguments: those of the seed's season statistics.
const BATTING: [Count; 14] = [
    Count::PlateAppearances,
    Count::AtBats,
    Count::Runs,
    Count::Hits,
    Count::Doubles,
    Count::Triples,
    Count::HomeRuns,
    Count::Rbi,
    Count::Walks,
    Count::Strikeouts,
    Count::StolenBases,
    Count::CaughtStealing,
    Count::HitByPitch,
    Count::SacrificeFlies,
];

/// They all stand among the first so many.
const BATTING_COUNTS: usize = Count::SacrificeHits as usize + 1;

fn transition(call: Call) -> pg_sys::Datum {
    start(&call, &game(&call))
}

fn batting_transition(call: Call) -> pg_sys::Datum {
    start(&call, &batting_game(&call))
}

#[inline(always)]
fn add_to_state(call: &Call) -> Option<pg_sys::Datum> {
    call.state_at::<Totals>(0)
        .map(|totals| add::<COUNTS>(call, totals, &game(call)))
}

#[inline(always)]
fn add_batting_to_state(call: &Call) -> Option<pg_sys::Datum> {
    call.state_at::<Totals>(0)
        .map(|totals| add::<BATTING_COUNTS>(call, totals, &batting_game(call)))
}

#[inline(always)]
fn game(call: &Call) -> Game {
    let mut game = Game::on(call.int4(1).unwrap_or(0));
    for i in 0..COUNTS {
        if let Some(count) = call.int4(2 + i) {
            game.counts[i] = count;
            game.known |= 1 << i;
        }
    }
    game
}

#[inline(always)]
fn batting_game(call: &Call) -> Game {
    let mut game = Game::on(call.int4(1).unwrap_or(0));
    for (i, count) in BATTING.into_iter().enumerate() {
        if let Some(value) = call.int4(2 + i) {
            game.set(count, value);
        }
    }
    game
}

/// The first game of a group.
fn start(call: &Call, game: &Game) -> pg_sys::Datum {
    let totals = match call.state_at::<Totals>(0) {
        Some(totals) => totals,
        None => call.allocate(Totals::default()),
    };
    add::<COUNTS>(call, totals, game)
}

#[inline(always)]
fn add<const N: usize>(call: &Call, totals: &mut Totals, game: &Game) -> pg_sys::Datum {
    let (first, last) = (totals.first_date, totals.last_date);
    totals.add_first::<N>(game);
    if call.int4(1).is_none() {
        // A game without a date says nothing about the first and the last one.
        (totals.first_date, totals.last_date) = (first, last);
    }
    call.return_state(totals)
}

fn combine(call: Call) -> pg_sys::Datum {
    let other = call.state_at::<Totals>(1).map(|t| *t).unwrap_or_default();
    let totals = match call.state_at::<Totals>(0) {
        Some(totals) => totals,
        None => call.allocate(Totals::default()),
    };
    totals.merge(&other);
    call.return_state(totals)
}

fn serialize(call: Call) -> pg_sys::Datum {
    let totals = call.state_at::<Totals>(0).map(|t| *t).unwrap_or_default();
    call.return_bytes(&totals.to_bytes())
}

fn deserialize(call: Call) -> pg_sys::Datum {
    let totals = call
        .bytes(0)
        .and_then(|bytes| Totals::from_bytes(&bytes))
        .unwrap_or_else(|| {
            error(
                ERRCODE_INVALID_BINARY_REPRESENTATION,
                "not a state of dynasty.season_line",
            )
            .raise()
        });
    let totals = call.allocate(totals);
    call.return_state(totals)
}

fn finish(call: Call) -> pg_sys::Datum {
    let totals = call.state_at::<Totals>(0).map(|t| *t).unwrap_or_default();
    let mut datums = CellDatums::new();
    datums.fill(&stored_cells(&totals));
    call.return_row(&mut datums.values[..LINE], &mut datums.nulls[..LINE])
}

fn finish_batting(call: Call) -> pg_sys::Datum {
    let totals = call.state_at::<Totals>(0).map(|t| *t).unwrap_or_default();
    let mut datums = CellDatums::new();
    datums.fill(&stored_cells(&totals));
    let mut values = BATTING_LINE.map(|at| datums.values[at]);
    let mut nulls = BATTING_LINE.map(|at| datums.nulls[at]);
    call.return_row(&mut values, &mut nulls)
}
