//! Payloads of the outside APIs, read into typed rows of the tables: one module per API.
//!
//! Every parser has the same contract. A payload that is not of the API's shape is a [`ShapeError`] and yields nothing.
//! Inside the right shape an element that cannot become a row is a [`Reject`] with its place and reason, and the other
//! elements are kept. Nothing here panics, whatever the JSON.

pub mod advanced;
pub mod boxscore;
pub mod game_log;
pub mod lenient;
pub mod mlb_stats;
pub mod payload;
pub mod people;
pub mod position;
pub mod row;
pub mod scouting;
pub mod statsapi;
mod table;

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod malformed;

use serde::Serialize;
use serde_json::Value;
use std::fmt;

/// The payload as a whole is not what the function reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShapeError {
    /// What the function reads.
    pub expected: String,
    /// What was there instead.
    pub found: String,
}

impl ShapeError {
    pub(crate) fn new(expected: impl Into<String>, found: impl Into<String>) -> ShapeError {
        ShapeError {
            expected: expected.into(),
            found: found.into(),
        }
    }
}

impl fmt::Display for ShapeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}, found {}", self.expected, self.found)
    }
}

impl std::error::Error for ShapeError {}

/// An element that did not become a row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reject {
    /// Its number in the payload, in reading order from 0, over elements of its kind whether read or skipped.
    pub index: usize,
    /// Where it stands, such as `stats[0].splits[3]`.
    pub path: String,
    /// Whose it is, where the element says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mlb_id: Option<i32>,
    /// Why it was rejected.
    pub reason: String,
}

/// The place of an element in its payload.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// See [`Reject::index`].
    pub index: usize,
    /// See [`Reject::path`].
    pub path: String,
}

impl Place {
    /// The reject of this element.
    pub fn reject(&self, mlb_id: Option<i32>, reason: impl Into<String>) -> Reject {
        Reject {
            index: self.index,
            path: self.path.clone(),
            mlb_id,
            reason: reason.into(),
        }
    }
}

/// What a payload says about the player an element belongs to; the shell finds or makes the prospect from it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Player {
    /// The table's own key, in normalised rows.
    pub prospect_id: Option<i32>,
    /// MLBAM person id.
    pub mlb_id: Option<i32>,
    /// FanGraphs id, numeric or `sa…`.
    pub fg_player_id: Option<String>,
    /// Full name.
    pub name: Option<String>,
    /// A position of the tables' list, as the payload gives it or as the stat line shows it.
    pub position: Option<&'static str>,
}

impl Player {
    /// How a message names him.
    pub fn label(&self) -> String {
        match (self.prospect_id, self.mlb_id, &self.fg_player_id, &self.name) {
            (Some(id), ..) => format!("prospect_id {id}"),
            (_, Some(id), ..) => format!("mlb_id {id}"),
            (_, _, Some(id), _) => format!("fg_player_id {id}"),
            (_, _, _, Some(name)) => format!("{name:?}"),
            _ => "a player without id or name".to_string(),
        }
    }
}

/// A row and the player it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct Item<R> {
    /// Where the row was read (the first element, when several were merged into it).
    pub place: Place,
    /// Whose row it is; the row's own `prospect_id` is still empty.
    pub player: Player,
    /// The row.
    pub row: R,
}

/// What a payload of the right shape held.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed<R> {
    /// The rows, in reading order, merged where several elements describe one row.
    pub items: Vec<Item<R>>,
    /// The elements that are no rows.
    pub rejects: Vec<Reject>,
}

impl<R> Default for Parsed<R> {
    fn default() -> Self {
        Parsed {
            items: Vec::new(),
            rejects: Vec::new(),
        }
    }
}

impl<R> Parsed<R> {
    /// Rows after merging plus rejects: the number the shell's counts add up to.
    pub fn received(&self) -> usize {
        self.items.len() + self.rejects.len()
    }
}

/// How a message names the kind of a JSON value.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
