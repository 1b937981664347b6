//! The part of the features that can be told from somebody's games, as an aggregate: any rows in any GROUP BY, parallel,
//! partitioned or distributed.

use super::functions::year_of;
use super::inputs::InTime;
use crate::pg::errors::error;
use crate::pg::feature_row::{FeatureRow, FeatureRows};
use crate::pg::float_array::float8_array;
use crate::pg::raw::{Call, raw_function};
use crate::pg::record::RecordReader;
use crate::pg::stored_row::StoredRow;
use dynasty_core::features::packed::PackedLogs;
use dynasty_core::features::played::Scratch;
use dynasty_core::features::vector::games_vector;
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;
use pgrx::prelude::*;

raw_function!(game_features_transition, pg_finfo_game_features_transition, transition);
raw_function!(game_features_combine, pg_finfo_game_features_combine, combine);
raw_function!(game_features_serialize, pg_finfo_game_features_serialize, serialize);
raw_function!(
    game_features_deserialize,
    pg_finfo_game_features_deserialize,
    deserialize
);
raw_function!(game_features_final, pg_finfo_game_features_final, finish);

extension_sql_file!(
    "../../../sql/prospects/game_features.sql",
    name = "prospects_game_features",
    requires = ["prospects_features"]
);

/// The games of one prospect as of one year.
struct Games {
    year: i32,
    in_time: InTime,
    position: String,
    prospect_id: Option<i32>,
    logs: PackedLogs,
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
    error(
        ERRCODE_INVALID_PARAMETER_VALUE,
        format!("game_features: {what} {one} and {other} in one group"),
    )
    .hint("A vector is of one prospect as of one year: GROUP BY prospect_id.")
    .raise()
}

/// Arguments: state, as_of_year, position, game.
fn transition(call: Call) -> pg_sys::Datum {
    let games = match call.dropped_state_at::<Games>(0) {
        Some(games) => games,
        None => match year_of(call.int4(1)) {
            Some(year) => call.allocate_dropped(Games::new(year, call.text(2).unwrap_or_default())),
            None => return call.null(),
        },
    };
    if let Some(year) = call.int4(1) {
        games.of_year(year);
    }
    if let Some(record) = call.record(3) {
        let mut row = FeatureRow::EMPTY;
        call.kept(RecordReader::<FeatureRows>::default).read(&record, &mut row);
        games.of_prospect(row.prospect_id);
        if let Some(game) = row.counted().filter(|g| games.in_time.includes(g.season, g.date)) {
            games.logs.push(&game);
        }
    }
    call.return_state(games)
}

fn combine(call: Call) -> pg_sys::Datum {
    let Some(other) = call.dropped_state_at::<Games>(1) else {
        return match call.dropped_state_at::<Games>(0) {
            Some(games) => call.return_state(games),
            None => call.null(),
        };
    };
    let games = match call.dropped_state_at::<Games>(0) {
        Some(games) => games,
        None => call.allocate_dropped(Games::new(other.year, other.position.clone())),
    };
    games.of_year(other.year);
    if let Some(id) = other.prospect_id {
        games.of_prospect(id);
    }
    games.logs.append(&other.logs);
    call.return_state(games)
}

/// Year, prospect (0: none, which no id is), length of the position, position, logs.
fn serialize(call: Call) -> pg_sys::Datum {
    let Some(games) = call.dropped_state_at::<Games>(0) else {
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

fn deserialize(call: Call) -> pg_sys::Datum {
    let games = call.bytes(0).and_then(|bytes| from_bytes(&bytes)).unwrap_or_else(|| {
        error(
            ERRCODE_INVALID_BINARY_REPRESENTATION,
            "not a state of dynasty.game_features",
        )
        .raise()
    });
    let games = call.allocate_dropped(games);
    call.return_state(games)
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

fn finish(call: Call) -> pg_sys::Datum {
    let Some(games) = call.dropped_state_at::<Games>(0) else {
        return call.null();
    };
    let (logs, scratch) = call.kept(<(Vec<_>, Scratch)>::default);
    games.logs.unpack(logs);
    float8_array(&games_vector(games.year, &games.position, logs, scratch))
}
