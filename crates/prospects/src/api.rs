//! Payloads of the outside APIs, read into typed rows of the tables: one module per API.
//!
//! Every parser has the same contract. A payload that is not of the API's shape is a [`ShapeError`] and yields nothing.
//! Inside the right shape an element that cannot become a row is a [`Reject`] with its place and reason, and the other
//! elements are kept. Nothing here panics, whatever the JSON. A payload is read where it lies ([`dynasty_intake::node::Node`]), an element
//! at a time, into rows that take little room ([`Packed`]).

pub mod advanced;
pub mod boxscore;
mod fields;
pub mod game_log;
pub mod mlb_stats;
pub mod people;
pub mod position;
pub mod row;
pub mod scouting;
pub mod statsapi;
mod table;

#[cfg(test)]
mod tests;

use dynasty_intake::lenient;
use dynasty_intake::packed::Packed;
use dynasty_intake::row::Row;
use std::fmt;

pub use dynasty_intake::reject::{Reject, Rejects, ShapeError};

/// The place of an element in its payload.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// See [`Reject::index`].
    pub index: usize,
    /// Where it stands; see [`Reject::path`].
    pub path: Path,
}

/// Where an element stands in its payload; as messages name it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)] // the fields are numbers of elements, from 0
pub enum Path {
    /// The payload itself.
    #[default]
    Top,
    /// `[i]`
    Row(u32),
    /// `people[i]`
    Person(u32),
    /// `stats[g]`, under a person where there is one.
    Group { person: Option<u32>, group: u32 },
    /// `stats[g].splits[s]`, under a person where there is one.
    Split {
        person: Option<u32>,
        group: u32,
        split: u32,
    },
    /// `liveData.boxscore.teams.<side>.players.<key>`
    Player { side: &'static str, key: Box<str> },
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let under = |person: &Option<u32>| person.map_or_else(String::new, |i| format!("people[{i}]."));
        match self {
            Path::Top => Ok(()),
            Path::Row(i) => write!(f, "[{i}]"),
            Path::Person(i) => write!(f, "people[{i}]"),
            Path::Group { person, group } => write!(f, "{}stats[{group}]", under(person)),
            Path::Split { person, group, split } => write!(f, "{}stats[{group}].splits[{split}]", under(person)),
            Path::Player { side, key } => write!(f, "liveData.boxscore.teams.{side}.players.{}", lenient::shown(key)),
        }
    }
}

/// The number of an element; no payload of the server's has more than fit.
pub(crate) fn numbered(i: usize) -> u32 {
    u32::try_from(i).unwrap_or(u32::MAX)
}

impl Place {
    /// The reject of this element.
    pub fn reject(&self, mlb_id: Option<i32>, reason: impl Into<String>) -> Reject {
        Reject {
            index: self.index,
            path: self.path.to_string(),
            subject: mlb_id.map(|id| ("mlb_id", id)),
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
    /// What tells him from other players of a payload: his ids, and the name only where there is none.
    pub(crate) fn whose(&self) -> Player {
        let no_id = self.prospect_id.is_none() && self.mlb_id.is_none() && self.fg_player_id.is_none();
        Player {
            name: self.name.clone().filter(|_| no_id),
            position: None,
            ..self.clone()
        }
    }

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
    /// How many lines it holds that are lines of their own and were added up: both clubs' of one game, the stints of a season. What
    /// completes another line (the pitching beside the batting) is part of it.
    pub lines: u32,
}

/// What a payload of the right shape held.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed<R> {
    /// The rows, in reading order, merged where several elements describe one row.
    pub items: Vec<Item<R>>,
    /// The elements that are no rows.
    pub rejects: Rejects,
    /// What is odd about the payload as a whole, though its rows are kept.
    pub remarks: Vec<String>,
}

impl<R> Default for Parsed<R> {
    fn default() -> Self {
        Parsed {
            items: Vec::new(),
            rejects: Rejects::default(),
            remarks: Vec::new(),
        }
    }
}

impl<R> Parsed<R> {
    /// Lines after merging plus rejects: the number the shell's counts add up to.
    pub fn received(&self) -> usize {
        self.items.iter().map(|item| item.lines as usize).sum::<usize>() + self.rejects.count()
    }
}

impl<R: Row> Parsed<Packed<R>> {
    /// The same with every row unpacked.
    pub fn unpacked(self) -> Parsed<R> {
        let items = self.items.into_iter().map(|item| Item {
            place: item.place,
            player: item.player,
            row: item.row.row(),
            lines: item.lines,
        });
        Parsed {
            items: items.collect(),
            rejects: self.rejects,
            remarks: self.remarks,
        }
    }
}
