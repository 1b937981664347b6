//! The arguments that all loaders share.

use super::players::Unknown;
use crate::pg::border::crossing;
use crate::pg::jsonb_walk::{JsonbNode, Payload};
use crate::pg::relation::refuse_when_read_only;
use crate::shared::arguments::Of;
use dynasty_intake::ShapeError;
use pgrx::PgSqlErrorCode::ERRCODE_WARNING;
use std::ffi::CString;

/// What `parse` reads from the payload. Refused (25006) where it could not be stored: on a standby the look-up of players would
/// fail otherwise.
pub fn read<T>(of: Of, payload: Option<Payload>, parse: impl FnOnce(JsonbNode<'_>) -> Result<T, ShapeError>) -> T {
    refuse_when_read_only(&CString::new(format!("dynasty.{}()", of.0)).unwrap_or_default());
    let payload = of.required("payload", payload);
    let parsed = crossing(|| payload.read(parse));
    parsed.unwrap_or_else(|e| of.refuse(format!("payload: {e}")))
}

/// Says what is odd about a payload whose rows are kept.
pub fn remark(of: Of, remarks: &[String]) {
    for remark in remarks {
        of.error(ERRCODE_WARNING, remark).warn();
    }
}

/// `unknown_players`: what is to become of players whom nobody knows.
pub fn unknown_of(of: Of, word: Option<&str>) -> Unknown {
    match word {
        Some("create") => Unknown::Create,
        Some("reject") => Unknown::Reject,
        other => of.refuse(format!(
            "unknown_players must be 'create' or 'reject', not {}",
            quoted(other)
        )),
    }
}

/// Where the data come from: a name that is not empty, and not longer than its column.
pub fn source_name(of: Of, argument: &str, text: Option<&str>) -> String {
    match text.map(str::trim) {
        Some(text) if !text.is_empty() && text.chars().count() <= 50 => text.to_string(),
        other => of.refuse(format!(
            "{argument} must be a name of at most 50 characters, not {}",
            quoted(other)
        )),
    }
}

/// An MLBAM person id.
pub fn person_id(of: Of, id: Option<i32>) -> Option<i32> {
    if let Some(id) = id.filter(|id| *id < 1) {
        of.refuse(format!("mlb_id must be at least 1, not {id}"));
    }
    id
}

fn quoted(text: Option<&str>) -> String {
    text.map_or_else(|| "null".to_string(), |t| format!("'{t}'"))
}
