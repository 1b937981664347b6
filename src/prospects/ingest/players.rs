//! Whose row it is: finds the prospect of every element, and makes the unknown ones when the caller wants that.

use super::report::Report;
use super::write::in_halves;
use crate::pg::border::connect_mut;
use crate::pg::sql_text::Text;
use crate::prospects::identity::keep_ids_ahead;
use dynasty_core::ingest::row::Row;
use dynasty_core::ingest::{Item, Place, Player};
use pgrx::prelude::*;
use serde_json::{Value, json};
use std::collections::HashMap;

/// What to do with a player no prospect stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// Make a stub prospect: name and position from the payload.
    Create,
    /// Reject his rows.
    Reject,
}

/// A row that knows its prospect.
pub struct Ready<R> {
    pub place: Place,
    pub mlb_id: Option<i32>,
    pub row: R,
}

/// Sets the prospect of every row; rows whose prospect is not to be had go to the rejects.
pub fn resolve<R: Row>(items: Vec<Item<R>>, unknown: Unknown, report: &mut Report) -> Vec<Ready<R>> {
    let mut directory = Directory::default();
    let keys: Vec<usize> = items.iter().map(|item| directory.enter(&item.player)).collect();
    directory.find_by_id();
    directory.find_by_name();
    if unknown == Unknown::Create {
        directory.create();
    }
    directory.link_fangraphs_ids();
    let mut ready = Vec::with_capacity(items.len());
    for (item, key) in items.into_iter().zip(keys) {
        let Item { place, player, mut row } = item;
        match directory.entries.get(key).map(|e| (e.id, &e.failure)) {
            Some((Some(id), _)) => {
                row.set_prospect_id(id);
                ready.push(Ready {
                    place,
                    mlb_id: player.mlb_id,
                    row,
                });
            }
            Some((None, Some(failure))) => report.reject(place.reject(player.mlb_id, failure.clone())),
            _ => report.reject(place.reject(player.mlb_id, format!("no prospect for {}", player.label()))),
        }
    }
    ready
}

#[derive(Default)]
struct Directory {
    entries: Vec<Entry>,
    known: HashMap<Player, usize>,
}

struct Entry {
    player: Player,
    id: Option<i32>,
    failure: Option<String>,
}

const IDS: &str = "pg_catalog.json_to_recordset($1::pg_catalog.json) \
     AS i(n int, prospect_id int, mlb_id int, fg_player_id text, name text, position text)";

impl Directory {
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
        let next = self.entries.len();
        let n = *self.known.entry(key).or_insert(next);
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
        let players: Vec<Value> = numbers
            .iter()
            .map(|n| {
                let p = &self.entries[*n].player;
                json!({"n": n, "prospect_id": p.prospect_id, "mlb_id": p.mlb_id, "fg_player_id": p.fg_player_id,
                       "name": p.name, "position": p.position})
            })
            .collect();
        Value::Array(players).to_string()
    }

    /// Runs a query of (n, id) over the players still missing.
    fn look_up(&mut self, query: &str) {
        let missing = self.missing();
        if missing.is_empty() {
            return;
        }
        let players = self.describe(&missing);
        let found = connect_mut(|client| -> spi::Result<Vec<(Option<i32>, Option<i32>)>> {
            client
                .update(query, None, &[Text(players).into()])?
                .map(|row| Ok((row.get(1)?, row.get(2)?)))
                .collect()
        });
        for (n, id) in super::spi(found) {
            if let Some(entry) = n
                .and_then(|n| usize::try_from(n).ok())
                .and_then(|n| self.entries.get_mut(n))
            {
                entry.id = id;
            }
        }
    }

    /// By his keys, the surest first. An id of the payload that contradicts the prospect's own is no match.
    fn find_by_id(&mut self) {
        self.look_up(&format!(
            "SELECT i.n, p.id FROM {IDS} JOIN dynasty.prospects p ON p.id = i.prospect_id"
        ));
        for entry in &mut self.entries {
            if entry.id.is_none()
                && let Some(id) = entry.player.prospect_id
            {
                entry.failure = Some(format!("prospect_id {id} does not exist"));
            }
        }
        self.look_up(&format!(
            "SELECT i.n, p.id FROM {IDS} JOIN dynasty.prospects p ON p.mlb_id = i.mlb_id"
        ));
        self.look_up(&format!(
            "SELECT i.n, pg_catalog.min(p.id) FROM {IDS} JOIN dynasty.prospects p \
             ON p.fg_player_id = i.fg_player_id AND (i.mlb_id IS NULL OR p.mlb_id IS NULL) GROUP BY i.n"
        ));
    }

    /// A FanGraphs row whose id is new belongs to the one prospect of that name who has no FanGraphs id yet: otherwise a board
    /// loaded after the game logs would make every player a second time. Two prospects of one name are never guessed between.
    fn find_by_name(&mut self) {
        self.look_up(&format!(
            "SELECT i.n, m.id FROM {IDS} JOIN ( \
                SELECT pg_catalog.lower(name) AS key, pg_catalog.min(id) AS id, pg_catalog.max(fg_player_id) AS fg \
                FROM dynasty.prospects GROUP BY 1 HAVING pg_catalog.count(*) = 1) m ON m.key = pg_catalog.lower(i.name) \
             WHERE i.mlb_id IS NULL AND (m.fg IS NULL OR i.fg_player_id IS NULL) \
               AND 1 = (SELECT pg_catalog.count(*) FROM {OTHERS} WHERE pg_catalog.lower(o.name) = m.key)",
            OTHERS = IDS.replace("AS i(", "AS o(")
        ));
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
        let mut failures: Vec<(usize, String)> = Vec::new();
        if !wanted.is_empty() {
            super::spi(keep_ids_ahead("prospects"));
        }
        in_halves(
            &wanted,
            &mut |numbers: &[usize]| {
                let stubs: Vec<Value> = numbers
                    .iter()
                    .map(|n| {
                        let p = &self.entries[*n].player;
                        let name = p.name.clone().unwrap_or_else(|| match (p.mlb_id, &p.fg_player_id) {
                            (Some(id), _) => format!("MLB player {id}"),
                            (None, id) => format!("FanGraphs player {}", id.as_deref().unwrap_or_default()),
                        });
                        json!({"mlb_id": p.mlb_id, "fg_player_id": p.fg_player_id, "name": name,
                               "position": p.position.unwrap_or("IF")})
                    })
                    .collect();
                // Another session may have made the same player since: his row is then found, not made.
                super::spi(connect_mut(|client| {
                    client
                        .update(
                            &format!(
                                "INSERT INTO dynasty.prospects (mlb_id, fg_player_id, name, position) \
                             SELECT i.mlb_id, i.fg_player_id, i.name, i.position FROM {IDS} \
                             ORDER BY i.mlb_id, i.fg_player_id ON CONFLICT (mlb_id) DO NOTHING"
                            ),
                            None,
                            &[Text(Value::Array(stubs).to_string()).into()],
                        )
                        .map(|_| ())
                }))
            },
            &mut |_, ()| {},
            &mut |n, reason| failures.push((*n, format!("his prospect cannot be made: {reason}"))),
        );
        for (n, reason) in failures {
            self.entries[n].failure = Some(reason);
        }
        self.find_by_id();
    }

    /// Remembers the FanGraphs id of a prospect found by another key, so that he is found by it next time.
    fn link_fangraphs_ids(&self) {
        let links: Vec<Value> = self
            .entries
            .iter()
            .filter_map(|e| Some(json!({"prospect_id": e.id?, "fg_player_id": e.player.fg_player_id.as_ref()?})))
            .collect();
        if links.is_empty() {
            return;
        }
        super::spi(connect_mut(|client| {
            client
                .update(
                    &format!(
                        "UPDATE dynasty.prospects p SET fg_player_id = i.fg_player_id, updated_at = pg_catalog.now() FROM {IDS} \
                         WHERE p.id = i.prospect_id AND p.fg_player_id IS NULL"
                    ),
                    None,
                    &[Text(Value::Array(links).to_string()).into()],
                )
                .map(|_| ())
        }));
    }
}
