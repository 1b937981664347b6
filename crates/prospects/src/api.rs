//! Payloads of the outside APIs, read into typed rows of the tables: one module per API.
//!
//! Every parser has the same contract. A payload that is not of the API's shape is a [`ShapeError`] and yields nothing.
//! Inside the right shape an element that cannot become a row is a [`Reject`] with its place and reason, and the other
//! elements are kept. Nothing here panics, whatever the JSON. A payload is read where it lies ([`dynasty_intake::node::Node`]), an element
//! at a time, into rows that take little room ([`Packed`]).

pub mod advanced;
pub mod boxscore;
pub mod facts;
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

use crate::identity::{Man, Role, organization_key};
use dynasty_intake::lenient;
use dynasty_intake::names::name_key;
use dynasty_intake::packed::Packed;
use dynasty_intake::row::Row;
use std::fmt;

pub use facts::Facts;

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
    /// What else a flat row says of him.
    pub facts: Option<Box<Facts>>,
}

impl Player {
    /// What tells him from other players of a payload: his ids, and where there is none the name with what is said of him.
    pub fn whose(&self) -> Player {
        let facts = self.facts.as_deref().filter(|_| !self.has_id());
        // Not his age: it is another one in each season's row.
        let said = facts.map(|facts| {
            Box::new(Facts {
                birth_date: facts.birth_date.clone(),
                organization: facts
                    .organization
                    .as_deref()
                    .map(|o| organization_key(o).unwrap_or(o).to_string()),
                ..Facts::default()
            })
        });
        let role = facts.and_then(|_| self.man().role).map(|role| match role {
            Role::Pitcher => "P",
            Role::Batter => "IF",
        });
        Player {
            prospect_id: self.prospect_id,
            mlb_id: self.mlb_id,
            fg_player_id: self.fg_player_id.clone(),
            name: self.name.as_deref().filter(|_| !self.has_id()).map(key_or_name),
            position: role,
            facts: said.filter(|facts| !facts.is_empty()),
        }
    }

    /// Whether the payload says an id of his.
    pub fn has_id(&self) -> bool {
        self.prospect_id.is_some() || self.mlb_id.is_some() || self.fg_player_id.is_some()
    }

    /// What the payload says of him, for comparing.
    pub fn man(&self) -> Man {
        let facts = self.facts.as_deref();
        let former = facts.and_then(|facts| facts.former_fg_id.clone());
        Man {
            name: self.name.clone().unwrap_or_default(),
            mlb_id: self.mlb_id,
            fangraphs: self.fg_player_id.clone().into_iter().chain(former).collect(),
            role: self.position.and_then(|position| match Role::of(position) {
                // Pitches are thrown by pitchers; what was guessed otherwise says nothing.
                Some(Role::Batter) if !facts.is_some_and(|facts| facts.says_position) => None,
                role => role,
            }),
            born: facts.and_then(Facts::born),
            organization: facts.and_then(|facts| facts.organization.clone()),
        }
    }

    /// Says which day's his age is.
    pub(crate) fn set_as_of(&mut self, date: Option<String>) {
        if let Some(facts) = self.facts.as_deref_mut().filter(|facts| facts.age.is_some()) {
            facts.as_of = date;
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

/// The key of a name, or the name itself where nothing would be left of it.
fn key_or_name(name: &str) -> String {
    let key = name_key(name);
    if key.is_empty() { name.to_string() } else { key }
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
