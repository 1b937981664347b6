//! Ingest of real payloads: the parsers of `dynasty_prospects::api`, bound to the tables.
//!
//! All functions answer one row: `received = inserted + updated + unchanged + rejected`. An element that was merged into another
//! one's row (the batting and the pitching line of one game) counts with that row, once; lines that were added up in one row (with
//! both clubs of one game, the stints of a season) count each: where the row is new, one as inserted and the others as updated.

mod functions;
mod games;
mod people;
mod players;
mod report;
mod write;

use crate::pg::border::crossing;
use crate::pg::errors::error;
use crate::pg::jsonb_walk::{JsonbNode, Payload};
use crate::pg::relation::refuse_when_read_only;
use crate::pg::text::are_converted;
use dynasty_prospects::api::ShapeError;
use pgrx::prelude::*;
use players::Unknown;
use serde::Serialize;
use std::ffi::CString;
use std::fmt::Write;

extension_sql_file!(
    "../../sql/prospects/ingest_comments.sql",
    name = "ingest_comments",
    requires = [
        functions::ingest_game_logs,
        functions::ingest_boxscore,
        functions::ingest_people,
        functions::ingest_mlb_stats,
        functions::ingest_scouting,
        functions::ingest_advanced
    ]
);

/// Raises an error with its SQLSTATE.
fn fail(code: PgSqlErrorCode, message: String) -> ! {
    error(code, message).raise()
}

/// The result of an SPI call. The server raises its own errors before this; what is left is misuse of SPI.
fn spi<T>(result: spi::Result<T>) -> T {
    result.unwrap_or_else(|e| fail(PgSqlErrorCode::ERRCODE_INTERNAL_ERROR, format!("SPI: {e}")))
}

/// What `parse` reads from the payload. Refused (25006) where it could not be stored: on a standby the look-up of players would
/// fail otherwise.
fn read<T>(function: &str, payload: Option<Payload>, parse: impl FnOnce(JsonbNode<'_>) -> Result<T, ShapeError>) -> T {
    refuse_when_read_only(&CString::new(format!("dynasty.{function}()")).unwrap_or_default());
    let Some(payload) = payload else {
        fail(
            PgSqlErrorCode::ERRCODE_NULL_VALUE_NOT_ALLOWED,
            format!("{function}: payload must not be null"),
        )
    };
    shaped(function, crossing(|| payload.read(parse)))
}

/// Rows or players as the JSON argument of a statement. Where the database has another encoding characters beyond ASCII are escaped: the
/// server makes of them what its encoding has, and an error of the row where it has nothing.
fn json(rows: &impl Serialize) -> String {
    let text = serde_json::to_string(rows).unwrap_or_else(|e| {
        fail(
            PgSqlErrorCode::ERRCODE_DATA_EXCEPTION,
            format!("rows cannot be written as JSON: {e}"),
        )
    });
    if !are_converted() || text.is_ascii() {
        return text;
    }
    let mut escaped = String::with_capacity(text.len() + text.len() / 4);
    for c in text.chars() {
        if c.is_ascii() {
            escaped.push(c);
        } else {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        }
    }
    escaped
}

/// Says what is odd about a payload whose rows are kept.
fn remark(function: &str, remarks: &[String]) {
    for remark in remarks {
        error(PgSqlErrorCode::ERRCODE_WARNING, format!("{function}: {remark}")).warn();
    }
}

/// What was parsed, or the error that says what the payload is instead.
fn shaped<T>(function: &str, parsed: Result<T, ShapeError>) -> T {
    parsed.unwrap_or_else(|e| {
        fail(
            PgSqlErrorCode::ERRCODE_INVALID_PARAMETER_VALUE,
            format!("{function}: payload: {e}"),
        )
    })
}

fn unknown(function: &str, text: Option<&str>) -> Unknown {
    match text {
        Some("create") => Unknown::Create,
        Some("reject") => Unknown::Reject,
        other => fail(
            PgSqlErrorCode::ERRCODE_INVALID_PARAMETER_VALUE,
            format!(
                "{function}: unknown_players must be 'create' or 'reject', not {}",
                quoted(other)
            ),
        ),
    }
}

/// A source's name: not empty, and not longer than its column.
fn source(function: &str, argument: &str, text: Option<&str>) -> String {
    match text.map(str::trim) {
        Some(text) if !text.is_empty() && text.chars().count() <= 50 => text.to_string(),
        other => fail(
            PgSqlErrorCode::ERRCODE_INVALID_PARAMETER_VALUE,
            format!(
                "{function}: {argument} must be a name of at most 50 characters, not {}",
                quoted(other)
            ),
        ),
    }
}

/// An MLBAM person id.
fn person_id(function: &str, id: Option<i32>) -> Option<i32> {
    if let Some(id) = id.filter(|id| *id < 1) {
        fail(
            PgSqlErrorCode::ERRCODE_INVALID_PARAMETER_VALUE,
            format!("{function}: mlb_id must be at least 1, not {id}"),
        );
    }
    id
}

fn quoted(text: Option<&str>) -> String {
    text.map_or_else(|| "null".to_string(), |t| format!("'{t}'"))
}
