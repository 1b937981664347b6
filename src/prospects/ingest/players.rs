//! Whose row it is: finds the prospect of every element, and makes the unknown ones when the caller wants that.

use super::ready::Ready;
use crate::pg::allocator::Fallible;
use crate::pg::border::connect_mut;
use crate::pg::memory::checkpoint;
use crate::pg::sql_text::Text;
use crate::prospects::tables::PROSPECTS;
use crate::shared::answer::Report;
use crate::shared::arguments::Of;
use crate::shared::ids::keep_ids_ahead;
use crate::shared::upsert::{PORTION, in_halves, json};
use dynasty_intake::packed::Packed;
use dynasty_intake::row::Row;
use dynasty_prospects::api::{Item, Player};
use pgrx::prelude::*;
use serde::Serialize;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

/// What to do with a player no prospect stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// Make a stub prospect: name and position from the payload.
    Create,
    /// Reject his rows.
    Reject,
}

/// Sets the prospect of every row; rows whose prospect is not to be had go to the rejects.
pub fn resolve<R: Row>(of: Of, items: Vec<Item<Packed<R>>>, unknown: Unknown, report: &mut Report) -> Vec<Ready<R>> {
    let mut directory = Directory::of(of);
    let keys: Vec<usize> = items.iter().map(|item| directory.enter(&item.player)).collect();
    directory.find_by_id();
    directory.find_by_name();
    if unknown == Unknown::Create {
        directory.create();
    }
    directory.link_fangraphs_ids();
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
            Some((Some(id), _)) => {
                ready.push(Ready {
                    place,
                    mlb_id: player.mlb_id,
                    prospect_id: Some(id),
                    row,
                    lines,
                });
            }
            Some((None, Some(failure))) => report.reject_lines(lines, place.reject(player.mlb_id, failure.clone())),
            _ => report.reject_lines(
                lines,
                place.reject(player.mlb_id, format!("no prospect for {}", player.label())),
            ),
        }
    }
    ready
}

struct Directory {
    of: Of,
    entries: Vec<Entry>,
    /// Numbers of entries by two hashes of the player, whose keys are this session's own: 128 bits that nobody can make collide.
    known: HashMap<(u64, u64), u32>,
    hashers: (RandomState, RandomState),
}

/// A player as the statements below read him.
#[derive(Serialize)]
struct Described<'a> {
    n: usize,
    prospect_id: Option<i32>,
    mlb_id: Option<i32>,
    fg_player_id: Option<&'a str>,
    name: Option<&'a str>,
    position: Option<&'a str>,
}

struct Entry {
    player: Player,
    id: Option<i32>,
    failure: Option<String>,
}

const IDS: &str = "pg_catalog.json_to_recordset($1::pg_catalog.json) \
     AS i(n int, prospect_id int, mlb_id int, fg_player_id text, name text, position text)";

impl Directory {
    fn of(function: Of) -> Directory {
        Directory {
            of: function,
            entries: Vec::new(),
            known: HashMap::new(),
            hashers: Default::default(),
        }
    }

    /// The number of the player; the same player of several elements is one entry.
    fn enter(&mut self, player: &Player) -> usize {
        // The name tells players apart only where there is no id.
        let no_id = player.prospect_id.is_none() && player.mlb_id.is_none() && player.fg_player_id.is_none();
        let name = player.name.clone().filter(|_| no_id);
        let key = Player {
            name,
            position: None,
            ..player.clone()
        };
        let hashes = (self.hashers.0.hash_one(&key), self.hashers.1.hash_one(&key));
        let next = self.entries.len();
        // A jsonb has at most 2^28 elements.
        let n = *self.known.entry(hashes).or_insert(next as u32) as usize;
        match self.entries.get_mut(n) {
            Some(entry) => {
                entry.player.name = entry.player.name.take().or_else(|| player.name.clone());
                entry.player.position = entry.player.position.or(player.position);
            }
            None => self.entries.push(Entry {
                player: player.clone(),
                id: None,
                failure: None,
            }),
        }
        n
    }

    fn missing(&self) -> Vec<usize> {
        (0..self.entries.len())
            .filter(|n| self.entries[*n].id.is_none() && self.entries[*n].failure.is_none())
            .collect()
    }

    fn describe(&self, numbers: &[usize]) -> String {
        let players = numbers.iter().map(|n| {
            let p = &self.entries[*n].player;
            Described {
                n: *n,
                prospect_id: p.prospect_id,
                mlb_id: p.mlb_id,
                fg_player_id: p.fg_player_id.as_deref(),
                name: p.name.as_deref(),
                position: p.position,
            }
        });
        json(self.of, &players.collect::<Vec<Described<'_>>>())
    }

    /// Runs a query of (n, id) over the players still missing that `concerns` it, so many at a time.
    fn look_up(&mut self, query: &str, portion: usize, concerns: fn(&Player) -> bool) {
        let missing: Vec<usize> = self
            .missing()
            .into_iter()
            .filter(|n| concerns(&self.entries[*n].player))
            .collect();
        for portion in missing.chunks(portion) {
            checkpoint();
            let players = self.describe(portion);
            let found = connect_mut(|client| -> spi::Result<Vec<(Option<i32>, Option<i32>)>> {
                client
                    .update(query, None, &[Text(players).into()])?
                    .map(|row| Ok((row.get(1)?, row.get(2)?)))
                    .collect()
            });
            for (n, id) in self.of.done(found) {
                if let Some(entry) = n
                    .and_then(|n| usize::try_from(n).ok())
                    .and_then(|n| self.entries.get_mut(n))
                {
                    entry.id = id;
                }
            }
        }
    }

    /// By his keys, the surest first; one after the other by index, since a plan made from old statistics of a table that has grown
    /// would read all of it for each. An id of the payload that contradicts the prospect's own is no match.
    fn find_by_id(&mut self) {
        self.look_up(
            &format!("SELECT i.n, p.id FROM {IDS} CROSS JOIN LATERAL (SELECT p.id FROM dynasty.prospects p WHERE p.id = i.prospect_id OFFSET 0) p"),
            PORTION,
            |p| p.prospect_id.is_some(),
        );
        for entry in &mut self.entries {
            if entry.id.is_none()
                && let Some(id) = entry.player.prospect_id
            {
                entry.failure = Some(format!("prospect_id {id} does not exist"));
            }
        }
        self.look_up(
            &format!("SELECT i.n, p.id FROM {IDS} CROSS JOIN LATERAL (SELECT p.id FROM dynasty.prospects p WHERE p.mlb_id = i.mlb_id OFFSET 0) p"),
            PORTION,
            |p| p.mlb_id.is_some(),
        );
        self.look_up(
            &format!(
                "SELECT i.n, m.id FROM {IDS} CROSS JOIN LATERAL (SELECT pg_catalog.min(p.id) AS id FROM dynasty.prospects p \
                 WHERE p.fg_player_id = i.fg_player_id AND (i.mlb_id IS NULL OR p.mlb_id IS NULL)) m WHERE m.id IS NOT NULL"
            ),
            PORTION,
            |p| p.fg_player_id.is_some(),
        );
    }

    /// A FanGraphs row whose id is new belongs to the one prospect of that name who has no FanGraphs id yet: otherwise a board
    /// loaded after the game logs would make every player a second time. Two prospects of one name are never guessed between.
    fn find_by_name(&mut self) {
        // All at once, since a name that two of them have belongs to neither; and grouped instead of joined, since a join of what
        // the server thinks is small may be a loop within a loop.
        self.look_up(
            &format!(
                "SELECT pg_catalog.max(u.n), pg_catalog.max(u.id) FROM ( \
                    SELECT pg_catalog.lower(p.name) AS key, p.id, p.fg_player_id::pg_catalog.text AS known_fg, NULL::int AS n, \
                           NULL::pg_catalog.text AS fg, NULL::int AS mlb_id FROM dynasty.prospects p \
                    UNION ALL \
                    SELECT pg_catalog.lower(i.name), NULL, NULL, i.n, i.fg_player_id, i.mlb_id FROM {IDS}) u \
                 GROUP BY u.key HAVING pg_catalog.count(u.id) = 1 AND pg_catalog.count(u.n) = 1 AND pg_catalog.max(u.mlb_id) IS NULL \
                    AND (pg_catalog.max(u.known_fg) IS NULL OR pg_catalog.max(u.fg) IS NULL)"
            ),
            usize::MAX,
            |p| p.name.is_some(),
        );
    }

    fn create(&mut self) {
        let wanted: Vec<usize> = self
            .missing()
            .into_iter()
            .filter(|n| {
                let p = &self.entries[*n].player;
                p.mlb_id.is_some() || p.fg_player_id.is_some()
            })
            .collect();
        let mut wanted = wanted;
        // In one order whatever the payload's, as in `combine`.
        wanted.sort_by(|a, b| {
            let key = |n: &usize| {
                (
                    self.entries[*n].player.mlb_id.unwrap_or(i32::MAX),
                    &self.entries[*n].player.fg_player_id,
                )
            };
            key(a).cmp(&key(b))
        });
        let mut failures: Vec<(usize, String)> = Vec::new();
        if !wanted.is_empty() {
            self.of.done(keep_ids_ahead(PROSPECTS));
        }
        for portion in wanted.chunks(PORTION) {
            checkpoint();
            in_halves(
                portion,
                &mut |numbers: &[usize]| self.insert_stubs(numbers),
                &mut |_, ()| {},
                &mut |n, reason| failures.push((*n, format!("his prospect cannot be made: {reason}"))),
            );
        }
        for (n, reason) in failures {
            self.entries[n].failure = Some(reason);
        }
        self.find_by_id();
    }

    fn insert_stubs(&self, numbers: &[usize]) {
        let names: Vec<String> = numbers
            .iter()
            .map(|n| {
                let p = &self.entries[*n].player;
                p.name.clone().unwrap_or_else(|| match (p.mlb_id, &p.fg_player_id) {
                    (Some(id), _) => format!("MLB player {id}"),
                    (None, id) => format!("FanGraphs player {}", id.as_deref().unwrap_or_default()),
                })
            })
            .collect();
        let stubs = numbers.iter().zip(&names).map(|(n, name)| {
            let p = &self.entries[*n].player;
            Described {
                n: *n,
                prospect_id: None,
                mlb_id: p.mlb_id,
                fg_player_id: p.fg_player_id.as_deref(),
                name: Some(name),
                position: Some(p.position.unwrap_or("IF")),
            }
        });
        let stubs = json(self.of, &stubs.collect::<Vec<Described<'_>>>());
        // Another session may have made the same player since: his row is then found, not made.
        self.of.done(connect_mut(|client| {
            client
                .update(
                    &format!(
                        "INSERT INTO dynasty.prospects (mlb_id, fg_player_id, name, position) \
                         SELECT i.mlb_id, i.fg_player_id, i.name, i.position FROM {IDS} \
                         ORDER BY i.mlb_id, i.fg_player_id ON CONFLICT (mlb_id) DO NOTHING"
                    ),
                    None,
                    &[Text(stubs).into()],
                )
                .map(|_| ())
        }));
    }

    /// Remembers the FanGraphs id of a prospect found by another key, so that he is found by it next time.
    fn link_fangraphs_ids(&self) {
        let linked: Vec<&Entry> = self
            .entries
            .iter()
            .filter(|e| e.id.is_some() && e.player.fg_player_id.is_some())
            .collect();
        for portion in linked.chunks(PORTION) {
            checkpoint();
            let links = portion.iter().map(|e| Described {
                n: 0,
                prospect_id: e.id,
                mlb_id: None,
                fg_player_id: e.player.fg_player_id.as_deref(),
                name: None,
                position: None,
            });
            let links = json(self.of, &links.collect::<Vec<Described<'_>>>());
            self.of.done(connect_mut(|client| {
                client
                    .update(
                        &format!(
                            "UPDATE dynasty.prospects p SET fg_player_id = i.fg_player_id, updated_at = pg_catalog.now() \
                             FROM {IDS} WHERE p.id = i.prospect_id AND p.fg_player_id IS NULL"
                        ),
                        None,
                        &[Text(links).into()],
                    )
                    .map(|_| ())
            }));
        }
    }
}
