//! New prospects, and ids that known ones turn out to have.

use super::{Directory, IDS};
use crate::pg::border::connect_mut;
use crate::pg::memory::checkpoint;
use crate::pg::sql_text::Text;
use crate::prospects::tables::PROSPECTS;
use crate::shared::ids::keep_ids_ahead;
use crate::shared::upsert::{PORTION, in_halves, json};
use dynasty_intake::names::name_key;
use dynasty_numbers::days::date_text;
use dynasty_prospects::api::Player;
use dynasty_prospects::identity::{Born, Fit, fit};
use pgrx::prelude::*;
use serde::Serialize;
use serde_json::{Value, json as value};
use std::collections::HashMap;

/// A new row of `prospects`.
#[derive(Serialize)]
struct Stub {
    mlb_id: Option<i32>,
    fg_player_id: Option<String>,
    name: String,
    position: &'static str,
    bats: Option<char>,
    throws: Option<char>,
    height_inches: Option<i32>,
    weight_lbs: Option<i32>,
    birth_date: Option<String>,
    current_organization: Option<String>,
    data_sources: Option<Value>,
}

impl Stub {
    fn of(player: &Player) -> Stub {
        let facts = player.facts.as_deref();
        let mut sources = serde_json::Map::new();
        let mut birth_date = facts.and_then(|facts| facts.birth_date.clone());
        if let (None, Some(facts), Some(Born::About(day))) = (&birth_date, facts, facts.and_then(|facts| facts.born()))
        {
            if facts.age_is_exact() {
                birth_date = Some(date_text(day));
                let age = f64::from(facts.age.map_or(0, |(hundredths, _)| hundredths)) / 100.0;
                let as_of = facts.as_of.as_deref().unwrap_or_default();
                sources.insert(
                    "birth_date".into(),
                    value!(format!("reckoned from an age of {age} on {as_of}")),
                );
            } else {
                let year = 2000.0 + f64::from(day) / 365.25;
                sources.insert("birth_year_about".into(), value!((year * 10.0).round() / 10.0));
            }
        }
        let name = player
            .name
            .clone()
            .unwrap_or_else(|| match (player.mlb_id, &player.fg_player_id) {
                (Some(id), _) => format!("MLB player {id}"),
                (None, id) => format!("FanGraphs player {}", id.as_deref().unwrap_or_default()),
            });
        Stub {
            mlb_id: player.mlb_id,
            fg_player_id: player.fg_player_id.clone(),
            name,
            position: player.position.unwrap_or("IF"),
            bats: facts.and_then(|facts| facts.bats),
            throws: facts.and_then(|facts| facts.throws),
            height_inches: facts.and_then(|facts| facts.height),
            weight_lbs: facts.and_then(|facts| facts.weight),
            birth_date,
            current_organization: facts.and_then(|facts| facts.organization.clone()),
            data_sources: (!sources.is_empty()).then_some(Value::Object(sources)),
        }
    }
}

impl Stub {
    /// The columns that one of the rows has a value for: the others get their defaults.
    fn columns(stubs: &[Stub]) -> Vec<&'static str> {
        let has = |of: fn(&Stub) -> bool| stubs.iter().any(of);
        let optional = [
            ("bats", has(|s| s.bats.is_some())),
            ("throws", has(|s| s.throws.is_some())),
            ("height_inches", has(|s| s.height_inches.is_some())),
            ("weight_lbs", has(|s| s.weight_lbs.is_some())),
            ("birth_date", has(|s| s.birth_date.is_some())),
            ("current_organization", has(|s| s.current_organization.is_some())),
            ("data_sources", has(|s| s.data_sources.is_some())),
        ];
        let optional = optional.into_iter().filter(|(_, has)| *has).map(|(column, _)| column);
        ["mlb_id", "fg_player_id", "name", "position"]
            .into_iter()
            .chain(optional)
            .collect()
    }
}

/// Whether a row without an id tells its man apart: a name, a position, and when he was born.
fn tells_apart(player: &Player) -> bool {
    let says = |facts: &dynasty_prospects::api::Facts| facts.says_position && facts.born().is_some();
    let named = player.name.as_deref().is_some_and(|name| !name_key(name).is_empty());
    named && !player.has_id() && player.facts.as_deref().is_some_and(says)
}

fn has_outer_id(player: &Player) -> bool {
    player.mlb_id.is_some() || player.fg_player_id.is_some()
}

impl Directory {
    pub(super) fn wants_new(&self) -> bool {
        !self.missing(|p| has_outer_id(p) || tells_apart(p)).is_empty()
    }

    pub(super) fn new_without_mlb_id(&self) -> bool {
        !self
            .missing(|p| p.mlb_id.is_none() && (has_outer_id(p) || tells_apart(p)))
            .is_empty()
    }

    /// Makes the missing: first who has an id, since a row without one may be of the same man.
    pub(super) fn make(&mut self) {
        self.make_these(self.missing(has_outer_id));
        self.find();
        self.leave_out_doubtful();
        self.make_these(self.missing(tells_apart));
        self.find();
        for n in self.missing(|p| !p.has_id()) {
            let entry = &mut self.entries[n];
            entry.failure = Some(format!(
                "no prospect for {}, and a row without an id makes one only with name, position and age or birth date",
                entry.player.label()
            ));
        }
    }

    /// Two rows without ids that may be one man, or two.
    fn leave_out_doubtful(&mut self) {
        let mut named: HashMap<String, Vec<usize>> = HashMap::new();
        for n in self.missing(tells_apart) {
            named
                .entry(name_key(self.entries[n].player.name.as_deref().unwrap_or_default()))
                .or_default()
                .push(n);
        }
        for group in named.into_values().filter(|group| group.len() > 1) {
            let men: Vec<_> = group.iter().map(|n| self.entries[*n].player.man()).collect();
            for (i, n) in group.iter().enumerate() {
                let doubtful = men
                    .iter()
                    .enumerate()
                    .any(|(j, other)| j != i && fit(other, &men[i]) != Fit::Different);
                if doubtful {
                    let entry = &mut self.entries[*n];
                    entry.failure = Some(format!(
                        "no prospect for {}: another row of the list may be the same man, and neither has an id",
                        entry.player.label()
                    ));
                }
            }
        }
    }

    fn make_these(&mut self, mut wanted: Vec<usize>) {
        if wanted.is_empty() {
            return;
        }
        // In one order whatever the payload's, as in `combine`.
        wanted.sort_by_key(|n| {
            let p = &self.entries[*n].player;
            (p.mlb_id.unwrap_or(i32::MAX), p.fg_player_id.clone(), p.name.clone())
        });
        self.of.done(keep_ids_ahead(PROSPECTS));
        let mut failures: Vec<(usize, String)> = Vec::new();
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
    }

    fn insert_stubs(&self, numbers: &[usize]) {
        let stubs: Vec<Stub> = numbers.iter().map(|n| Stub::of(&self.entries[*n].player)).collect();
        let columns = Stub::columns(&stubs).join(", ");
        let stubs = json(self.of, &stubs);
        // Another session may have made the same player since: his row is then found, not made.
        self.of.done(connect_mut(|client| {
            client
                .update(
                    &format!(
                        "INSERT INTO dynasty.prospects ({columns}) SELECT {columns} \
                         FROM pg_catalog.json_populate_recordset(NULL::dynasty.prospects, $1::pg_catalog.json) \
                         ORDER BY mlb_id, fg_player_id, name ON CONFLICT (mlb_id) DO NOTHING"
                    ),
                    None,
                    &[Text(stubs).into()],
                )
                .map(|_| ())
        }));
    }

    /// Joins two prospects who are one man, where the caller may; where he may not, the ids of the one are the other's from now on, and
    /// `duplicate_prospects` says so. Whether they are one row now.
    pub(super) fn join(&self, keep: i32, drop: i32) -> bool {
        let may = "SELECT pg_catalog.has_function_privilege('dynasty.merge_prospects(integer, integer)', 'EXECUTE') \
             AND pg_catalog.has_table_privilege('dynasty.prospects', 'DELETE') AND pg_catalog.has_table_privilege('dynasty.prospect_merges', 'INSERT') \
             AND EXISTS (SELECT FROM dynasty.prospects p WHERE p.id = $1) AND EXISTS (SELECT FROM dynasty.prospects p WHERE p.id = $2)";
        self.of.done(connect_mut(|client| -> spi::Result<bool> {
            let may = client.update(may, None, &[keep.into(), drop.into()])?.first().get_one::<bool>()? == Some(true);
            let statement = if may {
                "SELECT dynasty.merge_prospects($1, $2)"
            } else {
                "UPDATE dynasty.prospect_identifiers x SET prospect_id = $1, last_seen = pg_catalog.now() WHERE x.prospect_id = $2 AND x.source = 'fangraphs'"
            };
            client.update(statement, None, &[keep.into(), drop.into()])?;
            Ok(may)
        }))
    }

    /// Notes the ids of who was found by another one: the current ones in his row, all of them among his ids.
    pub(super) fn link(&self) {
        let numbers: Vec<usize> = (0..self.entries.len())
            .filter(|n| {
                let entry = &self.entries[*n];
                entry.id.is_some() && entry.failure.is_none() && has_outer_id(&entry.player)
            })
            .collect();
        // FanGraphs' number replaces an sa id, never the other way round.
        let current = format!(
            "UPDATE dynasty.prospects p SET updated_at = pg_catalog.now(), mlb_id = COALESCE(p.mlb_id, i.mlb_id), \
                 fg_player_id = CASE WHEN p.fg_player_id IS NULL OR p.fg_player_id LIKE 'sa%' AND i.fg_player_id ~ '^[0-9]+$' \
                     THEN COALESCE(i.fg_player_id, p.fg_player_id) ELSE p.fg_player_id END \
             FROM {IDS} WHERE p.id = i.prospect_id AND (p.fg_player_id IS NULL AND i.fg_player_id IS NOT NULL \
                 OR p.fg_player_id LIKE 'sa%' AND i.fg_player_id ~ '^[0-9]+$' \
                 OR p.mlb_id IS NULL AND i.mlb_id IS NOT NULL AND NOT EXISTS (SELECT FROM dynasty.prospects o WHERE o.mlb_id = i.mlb_id))"
        );
        // last_seen to the day, or every load would write every id; rows that another load is at are left to it.
        let all = format!(
            "WITH given AS MATERIALIZED (SELECT DISTINCT ON (g.source, g.id) i.prospect_id, g.source, g.id FROM {IDS} CROSS JOIN LATERAL \
                 (VALUES ('mlb', i.mlb_id::pg_catalog.text), ('fangraphs', i.fg_player_id), ('fangraphs', i.former_fg_id)) g (source, id) \
                 WHERE g.id IS NOT NULL ORDER BY g.source, g.id, i.n), \
             looked AS MATERIALIZED (SELECT g.prospect_id, g.source, g.id, x.place, x.last_seen FROM given g LEFT JOIN LATERAL \
                 (SELECT x.ctid AS place, x.last_seen FROM dynasty.prospect_identifiers x WHERE x.source = g.source AND x.external_id = g.id OFFSET 0) x ON true), \
             seen AS (UPDATE dynasty.prospect_identifiers x SET last_seen = pg_catalog.now() FROM looked l CROSS JOIN LATERAL \
                 (SELECT k.ctid AS place FROM dynasty.prospect_identifiers k WHERE k.ctid = l.place FOR NO KEY UPDATE SKIP LOCKED) k \
                 WHERE l.last_seen < pg_catalog.now() - interval '1 day' AND x.ctid = k.place) \
             INSERT INTO dynasty.prospect_identifiers (prospect_id, source, external_id) \
             SELECT g.prospect_id, g.source, g.id FROM looked g WHERE g.place IS NULL \
             ORDER BY g.source, g.id ON CONFLICT DO NOTHING"
        );
        let may = "SELECT pg_catalog.bool_and(pg_catalog.has_table_privilege('dynasty.prospect_identifiers', r.needed)) \
             FROM pg_catalog.unnest('{SELECT,INSERT,UPDATE}'::text[]) r (needed)";
        for portion in numbers.chunks(PORTION) {
            checkpoint();
            let links = self.describe(portion);
            let new_to_him = portion
                .iter()
                .any(|n| self.entries[*n].player.fg_player_id.is_some() || !self.entries[*n].by_mlb_id);
            self.of.done(connect_mut(|client| -> spi::Result<()> {
                if new_to_him {
                    client.update(&current, None, &[Text(links.clone()).into()])?;
                }
                if client.update(may, None, &[])?.first().get_one::<bool>()? == Some(true) {
                    client.update(&all, None, &[Text(links).into()])?;
                }
                Ok(())
            }));
        }
    }
}
