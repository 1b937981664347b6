//! Biographies into `prospects`.

use super::arguments::read;
use super::players::recognise;
use super::ready::{Ready, combine, without_keys, write};
use crate::pg::border::connect_mut;
use crate::pg::jsonb_walk::Payload;
use crate::pg::memory::checkpoint;
use crate::pg::sql_text::Text;
use crate::prospects::tables::PROSPECTS;
use crate::shared::answer::{Answer, Report};
use crate::shared::arguments::Of;
use crate::shared::upsert::{PORTION, Target, newer_wins};
use dynasty_intake::row::Row;
use dynasty_prospects::api::people::{PersonRow, parse_people};
use dynasty_prospects::api::{Facts, Player};
use serde_json::{Value, json};

pub fn ingest(payload: Option<Payload>) -> Answer {
    let of = Of("ingest_people");
    let parsed = read(of, payload, |payload| parse_people(payload));
    let mut report = Report::new(parsed.rejects);
    // Who is known from a scouting list only, by name, birth, role and organization: by his birth, or not at all.
    recognise(
        of,
        parsed.items.iter().filter_map(|item| {
            let row = item.row.row();
            let birth_date = Some(row.birth_date?);
            Some(Player {
                facts: Some(Box::new(Facts {
                    says_position: true,
                    birth_date,
                    organization: row.current_organization.or(row.current_team),
                    ..Facts::default()
                })),
                ..item.player.clone()
            })
        }),
    );
    let rows = parsed.items.into_iter().map(|item| Ready {
        place: item.place,
        mlb_id: item.player.mlb_id,
        prospect_id: None,
        row: item.row,
        lines: item.lines,
    });
    let rows = without_keys(combine(
        rows.collect(),
        |_, row: &PersonRow| row.mlb_id,
        PersonRow::merge,
    ));
    let target = Target {
        table: PROSPECTS,
        key: &["mlb_id"],
        key_where: "",
        stamped: true,
        merge: newer_wins,
        guard: None,
    };
    // `prospects` is its own prospect, and keeps no debut.
    let columns: Vec<&str> = PersonRow::COLUMNS
        .iter()
        .copied()
        .filter(|c| !matches!(*c, "prospect_id" | "mlb_debut_date"))
        .collect();
    write(of, &rows, &target, &columns, &|_| {}, &mut report);
    debuts(of, &rows);
    drop(rows);
    report.answer()
}

/// The labels read the debut from `mlb_stats`; only the biography has it, so it is passed on to the seasons that lack it.
fn debuts(of: Of, rows: &[Ready<PersonRow>]) {
    for portion in rows.chunks(PORTION) {
        let debuts: Vec<Value> = portion
            .iter()
            .filter_map(|r| Some(json!({"mlb_id": r.mlb_id?, "mlb_debut_date": r.row.row().mlb_debut_date?})))
            .collect();
        if debuts.is_empty() {
            continue;
        }
        of.done(connect_mut(|client| {
            client
                .update(
                    "UPDATE dynasty.mlb_stats s SET mlb_debut_date = i.mlb_debut_date, updated_at = pg_catalog.now() \
                     FROM pg_catalog.json_to_recordset($1::pg_catalog.json) AS i(mlb_id int, mlb_debut_date date) \
                     JOIN dynasty.prospects p ON p.mlb_id = i.mlb_id \
                     WHERE s.prospect_id = p.id AND s.mlb_debut_date IS NULL",
                    None,
                    &[Text(Value::Array(debuts).to_string()).into()],
                )
                .map(|_| ())
        }));
        checkpoint();
    }
}
