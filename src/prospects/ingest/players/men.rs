//! Prospects of the table, as far as they are compared with what a payload says.

use super::Directory;
use crate::pg::border::connect_mut;
use crate::pg::memory::checkpoint;
use crate::pg::sql_text::Text;
use crate::shared::upsert::{PORTION, json};
use dynasty_intake::names::name_key;
use dynasty_prospects::identity::{Born, Man, Role};
use pgrx::prelude::*;
use std::collections::HashMap;

/// What is read of a prospect `p` (the source in a FILTER, or the server would go through all of a source's ids for each); through the row as a document, as a table that was there before the extension may have fewer columns.
const MAN: &str = "p.id, p.name::pg_catalog.text, p.position::pg_catalog.text, \
     CASE WHEN j.r ->> 'birth_date' ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' THEN (j.r ->> 'birth_date')::date - DATE '2000-01-01' END, \
     CASE pg_catalog.jsonb_typeof(j.r #> '{data_sources,birth_year_about}') WHEN 'number' THEN (j.r #>> '{data_sources,birth_year_about}')::pg_catalog.numeric::float8 END, \
     j.r ->> 'current_organization', p.mlb_id, \
     pg_catalog.concat_ws(pg_catalog.chr(10), p.fg_player_id, (SELECT pg_catalog.string_agg(x.external_id, pg_catalog.chr(10) ORDER BY x.external_id) \
         FILTER (WHERE x.source = 'fangraphs') FROM dynasty.prospect_identifiers x WHERE x.prospect_id = p.id))";
const ROW: &str = "CROSS JOIN LATERAL pg_catalog.to_jsonb(p) j (r)";

impl Directory {
    /// The prospects of these ids.
    pub(super) fn men_of(&self, mut ids: Vec<i32>) -> HashMap<i32, Man> {
        ids.sort_unstable();
        ids.dedup();
        let mut men = HashMap::new();
        let query = format!(
            "SELECT {MAN} FROM pg_catalog.json_array_elements_text($1::pg_catalog.json) i (id) \
             CROSS JOIN LATERAL (SELECT * FROM dynasty.prospects q WHERE q.id = i.id::int OFFSET 0) p {ROW}"
        );
        for portion in ids.chunks(PORTION) {
            checkpoint();
            men.extend(self.read_men(&query, json(self.of, &portion)));
        }
        men
    }

    /// Everybody of these names, by the key of the name.
    pub(super) fn men_named(&self, mut keys: Vec<String>) -> HashMap<String, Vec<(i32, Man)>> {
        keys.retain(|key| !key.is_empty());
        keys.sort_unstable();
        keys.dedup();
        let mut men: HashMap<String, Vec<(i32, Man)>> = HashMap::new();
        if keys.is_empty() {
            return men;
        }
        // One pass over the table; IS TRUE keeps the server from a loop within a loop.
        let query = format!(
            "SELECT {MAN} FROM dynasty.prospects p {ROW} WHERE (dynasty.name_key(p.name::pg_catalog.text) IN \
             (SELECT k.name FROM pg_catalog.json_array_elements_text($1::pg_catalog.json) k (name))) IS TRUE ORDER BY p.id"
        );
        for (id, man) in self.read_men(&query, json(self.of, &keys)) {
            men.entry(name_key(&man.name)).or_default().push((id, man));
        }
        men
    }

    fn read_men(&self, query: &str, argument: String) -> Vec<(i32, Man)> {
        self.of.done(connect_mut(|client| -> spi::Result<Vec<(i32, Man)>> {
            let mut men = Vec::new();
            for row in client.update(query, None, &[Text(argument).into()])? {
                let Some(id) = row.get::<i32>(1)? else { continue };
                let text = |at: usize| -> spi::Result<Option<String>> { Ok(row.get::<Text>(at)?.map(|text| text.0)) };
                let about = row.get::<f64>(5)?.filter(|year| (1800.0..2300.0).contains(year));
                let born = row.get::<i32>(4)?.map(Born::On);
                let mut fangraphs: Vec<String> = text(8)?.unwrap_or_default().lines().map(str::to_string).collect();
                fangraphs.sort_unstable();
                fangraphs.dedup();
                let man = Man {
                    name: text(2)?.unwrap_or_default(),
                    role: text(3)?.and_then(|position| Role::of(&position)),
                    born: born.or(about.map(|year| Born::About(((year - 2000.0) * 365.25).round() as i32))),
                    organization: text(6)?.filter(|organization| !organization.trim().is_empty()),
                    mlb_id: row.get(7)?,
                    fangraphs,
                };
                men.push((id, man));
            }
            Ok(men)
        }))
    }
}
