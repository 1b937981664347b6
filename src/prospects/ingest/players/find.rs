//! The prospect of a player: by ids, and by what is said of him.

use super::{Directory, IDS};
use crate::pg::border::connect_mut;
use crate::pg::memory::checkpoint;
use crate::pg::sql_text::Text;
use crate::shared::upsert::PORTION;
use dynasty_intake::names::name_key;
use dynasty_prospects::api::Player;
use dynasty_prospects::identity::{Fit, Man, fit, names_agree, same_id_contradiction};
use pgrx::prelude::*;
use std::collections::HashMap;

/// The prospects that a player's ids lead to: the MLBAM id, the FanGraphs id, that of before.
type Found = [Option<i32>; 3];

/// The ids of a player, as messages name them.
fn ids_of(player: &Player) -> String {
    let mut ids = Vec::new();
    ids.extend(player.mlb_id.map(|id| format!("mlb_id {id}")));
    ids.extend(player.fg_player_id.iter().map(|id| format!("fg_player_id {id}")));
    ids.join(" or ")
}

impl Directory {
    pub(super) fn find(&mut self) {
        self.find_by_prospect_id();
        self.find_by_id();
        self.find_by_name();
    }

    fn find_by_prospect_id(&mut self) {
        let query = format!(
            "SELECT i.n, p.id, NULL::int, NULL::int FROM {IDS} CROSS JOIN LATERAL (SELECT p.id FROM dynasty.prospects p WHERE p.id = i.prospect_id OFFSET 0) p"
        );
        let wanted = self.missing(|p| p.prospect_id.is_some());
        for (n, [id, ..]) in self.look_up(&query, &wanted) {
            self.entries[n].id = id;
        }
        for n in wanted {
            let entry = &mut self.entries[n];
            if entry.id.is_none()
                && let Some(id) = entry.player.prospect_id
            {
                entry.failure = Some(format!("prospect_id {id} does not exist"));
            }
        }
    }

    /// Runs a query of (n, three ids) over players, so many at a time.
    fn look_up(&self, query: &str, numbers: &[usize]) -> Vec<(usize, Found)> {
        let mut found = Vec::new();
        for portion in numbers.chunks(PORTION) {
            checkpoint();
            let players = self.describe(portion);
            let rows = connect_mut(|client| -> spi::Result<Vec<(Option<i32>, Found)>> {
                client
                    .update(query, None, &[Text(players).into()])?
                    .map(|row| Ok((row.get(1)?, [row.get(2)?, row.get(3)?, row.get(4)?])))
                    .collect()
            });
            let rows = self.of.done(rows).into_iter();
            found.extend(
                rows.filter_map(|(n, ids)| Some((usize::try_from(n?).ok().filter(|n| *n < self.entries.len())?, ids))),
            );
        }
        found
    }

    /// By his ids: who has it now, else who had it. One after the other by index, since a plan made from old statistics of a table
    /// that has grown would read all of it for each.
    fn find_by_id(&mut self) {
        let numbers = self.missing(Player::has_id);
        if numbers.is_empty() {
            return;
        }
        let had = |source: &str, id: &str| {
            format!(
                "(SELECT x.prospect_id FROM dynasty.prospect_identifiers x WHERE x.source = '{source}' AND x.external_id = {id})"
            )
        };
        let fangraphs = |id: &str| {
            format!(
                "COALESCE((SELECT pg_catalog.min(p.id) FROM dynasty.prospects p WHERE p.fg_player_id = {id}), {})",
                had("fangraphs", id)
            )
        };
        let query = format!(
            "SELECT i.n, COALESCE((SELECT p.id FROM dynasty.prospects p WHERE p.mlb_id = i.mlb_id), {}), {}, {} FROM {IDS}",
            had("mlb", "i.mlb_id::pg_catalog.text"),
            fangraphs("i.fg_player_id"),
            fangraphs("i.former_fg_id"),
        );
        let found: Vec<(usize, Found)> = self.look_up(&query, &numbers);
        // What comes with nothing but an MLBAM id is his: there is nothing to compare.
        let believes = self.believes_mlb_ids;
        let says_more = |p: &Player| !believes && p.facts.is_some() || p.fg_player_id.is_some();
        let to_compare = found.iter().filter(|(n, _)| says_more(&self.entries[*n].player));
        let men = self.men_of(to_compare.flat_map(|(_, ids)| ids.iter().flatten().copied()).collect());
        // Names that are not those of the prospects the ids lead to: are they somebody else's?
        let odd = |n: usize, ids: &Found| {
            let name = self.entries[n].player.name.as_deref()?;
            let differs = ids
                .iter()
                .flatten()
                .any(|id| men.get(id).is_some_and(|man| !names_agree(&man.name, name)));
            differs.then(|| name_key(name))
        };
        let others = self.men_named(found.iter().filter_map(|(n, ids)| odd(*n, ids)).collect());
        let mut joined: HashMap<i32, i32> = HashMap::new();
        for (n, ids) in found {
            self.entries[n].by_mlb_id = ids[0].is_some();
            let player = &self.entries[n].player;
            if !says_more(player) {
                self.entries[n].id = ids[0];
                continue;
            }
            let ids = ids.map(|id| id.map(|id| joined.get(&id).copied().unwrap_or(id)));
            let outcome = self.decide(player, ids, &men, &others, &mut joined);
            match outcome {
                Ok(id) => self.entries[n].id = id,
                Err(reason) => self.entries[n].failure = Some(reason),
            }
        }
        if joined.is_empty() {
            return;
        }
        for entry in &mut self.entries {
            entry.id = entry.id.map(|id| joined.get(&id).copied().unwrap_or(id));
        }
    }

    /// Which of the prospects that his ids lead to he is. Where they are two rows of one man, these become one.
    fn decide(
        &self,
        player: &Player,
        ids: Found,
        men: &HashMap<i32, Man>,
        others: &HashMap<String, Vec<(i32, Man)>>,
        joined: &mut HashMap<i32, i32>,
    ) -> Result<Option<i32>, String> {
        let row = player.man();
        let mut found: Vec<(i32, &Man)> = Vec::new();
        for id in ids.iter().flatten() {
            if let Some(man) = men.get(id)
                && !found.iter().any(|(known, _)| known == id)
            {
                found.push((*id, man));
            }
        }
        for (id, man) in &found {
            let of_another = others.get(&name_key(&row.name)).is_some_and(|them| {
                them.iter().any(|(other, them)| {
                    other != id
                        && fit(
                            them,
                            &Man {
                                fangraphs: vec![],
                                mlb_id: None,
                                ..row.clone()
                            },
                        ) != Fit::Different
                })
            });
            if let Some(why) = same_id_contradiction(man, &row, of_another) {
                return Err(format!(
                    "{} leads to prospect {id}, who cannot be he: {why}",
                    ids_of(player)
                ));
            }
        }
        let Some(((keep, first), rest)) = found.split_first().map(|((id, man), rest)| ((*id, *man), rest)) else {
            return Ok(None);
        };
        for (drop, second) in rest {
            let apart = !names_agree(&first.name, &second.name)
                || same_id_contradiction(first, second, true).is_some()
                || first.role.is_some() && second.role.is_some() && first.role != second.role;
            if apart {
                return Err(format!(
                    "his ids are those of two prospects, {keep} ({:?}) and {drop} ({:?}), who cannot be one man",
                    first.name, second.name
                ));
            }
            if self.join(keep, *drop) {
                joined.insert(*drop, keep);
            }
        }
        Ok(Some(keep))
    }

    /// By what is said of him, where that fits one prospect and no other, and no other player of the payload fits that one.
    pub(super) fn find_by_name(&mut self) {
        // An MLBAM id is given by birth only.
        let numbers = self.missing(|p| {
            p.name.is_some() && (p.mlb_id.is_none() || p.facts.as_ref().is_some_and(|f| f.born().is_some()))
        });
        if numbers.is_empty() {
            return;
        }
        let rows: Vec<(usize, Man, String)> = numbers
            .into_iter()
            .map(|n| {
                let man = self.entries[n].player.man();
                let key = name_key(&man.name);
                (n, man, key)
            })
            .collect();
        let named = self.men_named(rows.iter().map(|(_, _, key)| key.clone()).collect());
        let mut claims: HashMap<i32, Vec<usize>> = HashMap::new();
        for (n, row, key) in &rows {
            let fits: Vec<(i32, Fit)> = named
                .get(key)
                .into_iter()
                .flatten()
                .map(|(id, man)| (*id, fit(man, row)))
                .filter(|(_, fit)| *fit != Fit::Different)
                .collect();
            match fits.as_slice() {
                [(id, Fit::Same)] => claims.entry(*id).or_default().push(*n),
                [] => {}
                // Without an id nobody is made whom others may be.
                several if !self.entries[*n].player.has_id() => {
                    self.entries[*n].failure = Some(format!(
                        "no prospect for {}: {} of that name may be he, and the row has no id",
                        self.entries[*n].player.label(),
                        several.len()
                    ));
                }
                _ => {}
            }
        }
        for (id, claimants) in claims {
            match claimants.as_slice() {
                [n] => self.entries[*n].id = Some(id),
                // Never guessed between: who has an id is made anew, who has none is left out.
                several => {
                    for n in several {
                        let entry = &mut self.entries[*n];
                        if !entry.player.has_id() {
                            entry.failure = Some(format!(
                                "no prospect for {}: other rows of the list may be prospect {id} as well",
                                entry.player.label()
                            ));
                        }
                    }
                }
            }
        }
    }
}
