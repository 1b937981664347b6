//! Whose row it is: finds the prospect of every element, and makes the unknown ones when the caller wants that.
//!
//! By ids first, any that he ever had; then by what is said of him, where it is enough and nobody else fits (flagship contract 10.6).
//! Where an id and what is said contradict, nothing is written.

mod find;
mod make;
mod men;

use super::ready::Ready;
use crate::pg::allocator::Fallible;
use crate::pg::locks::one_at_a_time;
use crate::prospects::tables::IDENTIFIERS;
use crate::shared::answer::Report;
use crate::shared::arguments::Of;
use crate::shared::upsert::json;
use dynasty_intake::packed::Packed;
use dynasty_intake::row::Row;
use dynasty_prospects::api::{Item, Player};
use dynasty_prospects::identity::same_id_contradiction;
use serde::Serialize;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

/// What to do with a player no prospect stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// Make a stub prospect of what the payload says.
    Create,
    /// Reject his rows.
    Reject,
}

/// Sets the prospect of every row; rows whose prospect is not to be had go to the rejects.
pub fn resolve<R: Row>(of: Of, items: Vec<Item<Packed<R>>>, unknown: Unknown, report: &mut Report) -> Vec<Ready<R>> {
    let mut directory = Directory::of(of);
    let keys: Vec<usize> = items.iter().map(|item| directory.enter(&item.player)).collect();
    directory.find();
    if unknown == Unknown::Create && directory.wants_new() {
        if directory.new_without_mlb_id() {
            // Nothing but the MLBAM id is unique: who makes such players does it one after the other, and looks again.
            if let Some(identifiers) = IDENTIFIERS.find() {
                one_at_a_time(identifiers);
            }
            directory.find();
        }
        directory.make();
    }
    directory.link();
    let mut ready = Vec::new();
    ready.room_or_raise(items.len());
    for (item, key) in items.into_iter().zip(keys) {
        let Item {
            place,
            player,
            row,
            lines,
        } = item;
        match directory.entries.get(key).map(|e| (e.id, &e.failure)) {
            Some((Some(id), None)) => {
                ready.push(Ready {
                    place,
                    mlb_id: player.mlb_id,
                    prospect_id: Some(id),
                    row,
                    lines,
                });
            }
            Some((_, Some(failure))) => report.reject_lines(lines, place.reject(player.mlb_id, failure.clone())),
            _ => report.reject_lines(
                lines,
                place.reject(player.mlb_id, format!("no prospect for {}", player.label())),
            ),
        }
    }
    ready
}

/// Gives the MLBAM ids of these players, of whom a biography tells, to who is known without one.
pub fn recognise(of: Of, players: impl Iterator<Item = Player>) {
    let mut directory = Directory::of(of);
    directory.believes_mlb_ids = true;
    players.for_each(|player| _ = directory.enter(&player));
    directory.find();
    directory.link();
}

/// The players of a load.
struct Directory {
    of: Of,
    /// Whether who is known by his MLBAM id is not compared with what is said of him.
    believes_mlb_ids: bool,
    entries: Vec<Entry>,
    /// Numbers of entries by two hashes of the player, whose keys are this session's own: 128 bits that nobody can make collide.
    known: HashMap<(u64, u64), u32>,
    hashers: (RandomState, RandomState),
}

struct Entry {
    player: Player,
    id: Option<i32>,
    /// Whether his MLBAM id led to him: then it is noted already.
    by_mlb_id: bool,
    failure: Option<String>,
}

impl Entry {
    fn of(player: &Player) -> Entry {
        Entry {
            player: player.clone(),
            id: None,
            by_mlb_id: false,
            failure: None,
        }
    }
}

/// A player as the statements read him.
#[derive(Default, Serialize)]
struct Described<'a> {
    n: usize,
    prospect_id: Option<i32>,
    mlb_id: Option<i32>,
    fg_player_id: Option<&'a str>,
    former_fg_id: Option<&'a str>,
}

const IDS: &str = "pg_catalog.json_to_recordset($1::pg_catalog.json) \
     AS i(n int, prospect_id int, mlb_id int, fg_player_id text, former_fg_id text)";

impl Directory {
    fn of(function: Of) -> Directory {
        Directory {
            of: function,
            believes_mlb_ids: false,
            entries: Vec::new(),
            known: HashMap::new(),
            hashers: Default::default(),
        }
    }

    /// The number of the player; the same player of several elements is one entry. Two of one id who cannot be one man are two.
    fn enter(&mut self, player: &Player) -> usize {
        let mut key = player.whose();
        let n = self.number(&key);
        let Some(entry) = self.entries.get_mut(n) else {
            self.entries.push(Entry::of(player));
            return n;
        };
        let apart = player.facts.is_some() && same_id_contradiction(&entry.player.man(), &player.man(), true).is_some();
        if apart {
            key.name = player.name.clone();
            key.facts = player.facts.clone();
            let n = self.number(&key);
            if n == self.entries.len() {
                self.entries.push(Entry::of(player));
            }
            return n;
        }
        entry.player.name = entry.player.name.take().or_else(|| player.name.clone());
        entry.player.position = entry.player.position.or(player.position);
        entry.player.facts = entry.player.facts.take().or_else(|| player.facts.clone());
        n
    }

    /// The number that goes with a key; that of the next entry where it is new.
    fn number(&mut self, key: &Player) -> usize {
        let hashes = (self.hashers.0.hash_one(key), self.hashers.1.hash_one(key));
        let next = self.entries.len();
        // A jsonb has at most 2^28 elements.
        *self.known.entry(hashes).or_insert(next as u32) as usize
    }

    /// The numbers of those still missing of whom `wanted` holds.
    fn missing(&self, wanted: impl Fn(&Player) -> bool) -> Vec<usize> {
        let open = |entry: &Entry| entry.id.is_none() && entry.failure.is_none() && wanted(&entry.player);
        (0..self.entries.len()).filter(|n| open(&self.entries[*n])).collect()
    }

    fn describe(&self, numbers: &[usize]) -> String {
        let players = numbers.iter().map(|n| {
            let entry = &self.entries[*n];
            let p = &entry.player;
            Described {
                n: *n,
                prospect_id: entry.id.or(p.prospect_id),
                mlb_id: p.mlb_id,
                fg_player_id: p.fg_player_id.as_deref(),
                former_fg_id: p.facts.as_ref().and_then(|facts| facts.former_fg_id.as_deref()),
            }
        });
        json(self.of, &players.collect::<Vec<Described<'_>>>())
    }
}
