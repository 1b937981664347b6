//! The part of the features that can be told from somebody's games, as an aggregate: any rows in any GROUP BY, parallel,
//! partitioned or distributed.

use super::inputs::games::InTime;
use crate::pg::aggregate::{AggregateCall, GroupState, aggregate_function};
use crate::pg::errors::error;
use crate::pg::float_array::float8_array;
use crate::pg::record::RecordReader;
use crate::pg::stored_row::StoredRow;
use crate::prospects::arguments::year_of;
use crate::prospects::native::feature_row::{FeatureRow, FeatureRows};
use crate::shared::arguments::Of;
use dynasty_prospects::features::packed::PackedLogs;
use dynasty_prospects::features::scratch::Scratch;
use dynasty_prospects::features::vector::games_vector;
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;

aggregate_function!(
    "dynasty.game_features",
    game_features_transition,
    pg_finfo_game_features_transition,
    transition
);
aggregate_function!(
    "dynasty.game_features",
    game_features_combine,
    pg_finfo_game_features_combine,
    combine
);
aggregate_function!(
    "dynasty.game_features",
    game_features_serialize,
    pg_finfo_game_features_serialize,
    serialize
);
aggregate_function!(
    "dynasty.game_features",
    game_features_deserialize,
    pg_finfo_game_features_deserialize,
    deserialize
);
aggregate_function!(
    "dynasty.game_features",
    game_features_final,
    pg_finfo_game_features_final,
    finish
);

/// The games of one prospect as of one year.
struct Games {
    year: i32,
    in_time: InTime,
    position: String,
    prospect_id: Option<i32>,
    logs: PackedLogs,
}

impl GroupState for Games {
    const TAG: u64 = u64::from_le_bytes(*b"dynGames");
}

impl Games {
    fn new(year: i32, position: String) -> Games {
        Games {
            year,
            in_time: InTime::new(year),
            position,
            prospect_id: None,
            logs: PackedLogs::default(),
        }
    }

    fn of_year(&self, year: i32) {
        if year != self.year {
            mixed("as_of_year", self.year, year);
        }
    }

    fn of_prospect(&mut self, id: i32) {
        match self.prospect_id {
            Some(known) if known != id => mixed("prospect_id", known, id),
            _ => self.prospect_id = Some(id),
        }
    }
}

fn mixed(what: &str, one: i32, other: i32) -> ! {
    let of = Of("game_features");
    of.invalid(format!("{what} {one} and {other} in one group"))
        .hint("A vector is of one prospect as of one year: GROUP BY prospect_id.")
        .raise()
}

/// Arguments: state, as_of_year, position, game.
fn transition(mut call: AggregateCall) -> pg_sys::Datum {
    let (memory, year) = (call.memory(), call.int4(1));
    let (record, mut row) = (call.record(3), FeatureRow::EMPTY);
    if let Some(record) = &record {
        call.kept(RecordReader::<FeatureRows>::default).read(record, &mut row);
    }
    let position = if call.is_null(0) { call.text(2) } else { None };
    let mut games = match call.state::<Games>() {
        Some(games) => games,
        None => match year_of(Of("game_features"), year) {
            Some(year) => memory.new_state(Games::new(year, position.unwrap_or_default())),
            None => return call.null(),
        },
    };
    if let Some(year) = year {
        games.of_year(year);
    }
    if record.is_some() {
        games.of_prospect(row.prospect_id);
        if let Some(game) = row.counted().filter(|g| games.in_time.includes(g.season, g.date)) {
            games.logs.push(&game);
        }
    }
    games.datum()
}

fn combine(mut call: AggregateCall) -> pg_sys::Datum {
    let memory = call.memory();
    let (own, other) = call.state_and_other::<Games>();
    let Some(other) = other else {
        return match own {
            Some(games) => games.datum(),
            None => call.null(),
        };
    };
    let mut games = own.unwrap_or_else(|| memory.new_state(Games::new(other.year, other.position.clone())));
    games.of_year(other.year);
    if let Some(id) = other.prospect_id {
        games.of_prospect(id);
    }
    games.logs.append(&other.logs);
    games.datum()
}

/// Year, prospect (0: none, which no id is), length of the position, position, logs.
fn serialize(mut call: AggregateCall) -> pg_sys::Datum {
    let Some(games) = call.state::<Games>() else {
        return call.null();
    };
    let mut bytes = games.year.to_le_bytes().to_vec();
    let id = games.prospect_id.map_or(i64::MIN, i64::from);
    bytes.extend_from_slice(&id.to_le_bytes());
    bytes.extend_from_slice(&(games.position.len() as u32).to_le_bytes());
    bytes.extend_from_slice(games.position.as_bytes());
    bytes.extend_from_slice(&games.logs.to_bytes());
    call.return_bytes(&bytes)
}

fn deserialize(call: AggregateCall) -> pg_sys::Datum {
    let games = call.bytes(0).and_then(|bytes| from_bytes(&bytes)).unwrap_or_else(|| {
        error(
            ERRCODE_INVALID_BINARY_REPRESENTATION,
            "not a state of dynasty.game_features",
        )
        .raise()
    });
    call.memory().new_state(games).datum()
}

fn from_bytes(bytes: &[u8]) -> Option<Games> {
    let (year, bytes) = bytes.split_first_chunk()?;
    let (id, bytes) = bytes.split_first_chunk()?;
    let (length, bytes) = bytes.split_first_chunk()?;
    let (position, bytes) = bytes.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    let mut games = Games::new(i32::from_le_bytes(*year), str::from_utf8(position).ok()?.to_string());
    games.prospect_id = i32::try_from(i64::from_le_bytes(*id)).ok();
    games.logs = PackedLogs::from_bytes(bytes)?;
    Some(games)
}

fn finish(mut call: AggregateCall) -> pg_sys::Datum {
    // Taken out for the call, because the state is reached through the call, too.
    let (mut logs, mut scratch) = std::mem::take(call.kept(<(Vec<_>, Scratch)>::default));
    let vector = call.state::<Games>().map(|games| {
        games.logs.unpack(&mut logs);
        games_vector(games.year, &games.position, &logs, &mut scratch)
    });
    *call.kept(<(Vec<_>, Scratch)>::default) = (logs, scratch);
    match vector {
        Some(vector) => float8_array(&vector),
        None => call.null(),
    }
}
