//! The season statistics as an aggregate: any rows, any GROUP BY, parallel, partitioned or distributed.

use crate::pg::aggregate::{AggregateCall, Group, GroupState, aggregate_function};
use crate::pg::call::Call;
use crate::pg::errors::error;
use crate::prospects::native::cells::CellDatums;
use dynasty_prospects::season::line::{BATTING_LINE, LINE, stored_cells};
use dynasty_prospects::season::{COUNTS, Count, Game, Totals};
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;

aggregate_function!(
    "dynasty.season_line",
    season_line_transition,
    pg_finfo_season_line_transition,
    transition,
    add_to_state,
    2 + COUNTS
);
aggregate_function!(
    "dynasty.season_line",
    season_line_combine,
    pg_finfo_season_line_combine,
    combine
);
aggregate_function!(
    "dynasty.season_line",
    season_line_serialize,
    pg_finfo_season_line_serialize,
    serialize
);
aggregate_function!(
    "dynasty.season_line",
    season_line_deserialize,
    pg_finfo_season_line_deserialize,
    deserialize
);
aggregate_function!(
    "dynasty.season_line",
    season_line_final,
    pg_finfo_season_line_final,
    finish
);
aggregate_function!(
    "dynasty.batting_line",
    batting_line_transition,
    pg_finfo_batting_line_transition,
    batting_transition,
    add_batting_to_state,
    2 + BATTING.len()
);
aggregate_function!(
    "dynasty.batting_line",
    batting_line_final,
    pg_finfo_batting_line_final,
    finish_batting
);

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

impl GroupState for Totals {
    const TAG: u64 = u64::from_le_bytes(*b"dyn line");
}

fn transition(mut call: AggregateCall) -> pg_sys::Datum {
    let game = game(&call);
    start(&mut call, &game)
}

fn batting_transition(mut call: AggregateCall) -> pg_sys::Datum {
    let game = batting_game(&call);
    start(&mut call, &game)
}

#[inline(always)]
fn add_to_state(call: &mut AggregateCall) -> Option<pg_sys::Datum> {
    let (game, dated) = (game(call), call.int4(1).is_some());
    call.running_state::<Totals>()
        .map(|totals| add::<COUNTS>(totals, &game, dated))
}

#[inline(always)]
fn add_batting_to_state(call: &mut AggregateCall) -> Option<pg_sys::Datum> {
    let (game, dated) = (batting_game(call), call.int4(1).is_some());
    call.running_state::<Totals>()
        .map(|totals| add::<BATTING_COUNTS>(totals, &game, dated))
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
fn start(call: &mut AggregateCall, game: &Game) -> pg_sys::Datum {
    let (memory, dated) = (call.memory(), call.int4(1).is_some());
    let totals = call
        .state::<Totals>()
        .unwrap_or_else(|| memory.new_state(Totals::default()));
    add::<COUNTS>(totals, game, dated)
}

#[inline(always)]
fn add<const N: usize>(mut totals: Group<'_, Totals>, game: &Game, dated: bool) -> pg_sys::Datum {
    let (first, last) = (totals.first_date, totals.last_date);
    totals.add_first::<N>(game);
    if !dated {
        // A game without a date says nothing about the first and the last one.
        (totals.first_date, totals.last_date) = (first, last);
    }
    totals.datum()
}

fn combine(mut call: AggregateCall) -> pg_sys::Datum {
    let memory = call.memory();
    let (own, other) = call.state_and_other::<Totals>();
    let mut totals = own.unwrap_or_else(|| memory.new_state(Totals::default()));
    totals.merge(&other.copied().unwrap_or_default());
    totals.datum()
}

fn serialize(mut call: AggregateCall) -> pg_sys::Datum {
    let totals = totals_so_far(&mut call);
    call.return_bytes(&totals.to_bytes())
}

fn totals_so_far(call: &mut AggregateCall) -> Totals {
    call.state::<Totals>().map(|t| *t).unwrap_or_default()
}

fn deserialize(call: AggregateCall) -> pg_sys::Datum {
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
    call.memory().new_state(totals).datum()
}

fn finish(mut call: AggregateCall) -> pg_sys::Datum {
    let totals = totals_so_far(&mut call);
    let mut datums = CellDatums::new();
    datums.fill(&stored_cells(&totals));
    call.return_row(&mut datums.values[..LINE], &mut datums.nulls[..LINE])
}

fn finish_batting(mut call: AggregateCall) -> pg_sys::Datum {
    let totals = totals_so_far(&mut call);
    let mut datums = CellDatums::new();
    datums.fill(&stored_cells(&totals));
    let mut values = BATTING_LINE.map(|at| datums.values[at]);
    let mut nulls = BATTING_LINE.map(|at| datums.nulls[at]);
    call.return_row(&mut values, &mut nulls)
}
