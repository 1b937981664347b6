//! Biographies into `prospects`.

use super::players::Ready;
use super::report::{Answer, Report};
use super::write::{Target, combine, newer_wins, write};
use super::{shaped, spi};
use crate::pg::border::connect_mut;
use crate::pg::sql_text::Text;
use dynasty_core::ingest::people::{PersonRow, parse_people};
use dynasty_core::ingest::row::Row;
use serde_json::{Value, json};

pub fn ingest(payload: Value) -> Answer {
    let parsed = shaped("ingest_people", parse_people(&payload));
    let mut report = Report::new(parsed.rejects);
    let rows = parsed
        .items
        .into_iter()
        .map(|i| Ready {
            place: i.place,
            mlb_id: i.player.mlb_id,
            row: i.row,
        })
        .collect();
    let rows = combine(rows, |r: &PersonRow| r.mlb_id, PersonRow::merge);
    let target = Target {
        table: "prospects",
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
    write(&rows, &target, &columns, &mut report);
    debuts(&rows);
    report.answer()
}

/// The labels read the debut from `mlb_stats`; only the biography has it, so it is passed on to the seasons that lack it.
fn debuts(rows: &[Ready<PersonRow>]) {
    let debuts: Vec<Value> = rows
        .iter()
        .filter_map(|r| Some(json!({"mlb_id": r.row.mlb_id?, "mlb_debut_date": r.row.mlb_debut_date.as_ref()?})))
        .collect();
    if debuts.is_empty() {
        return;
    }
    spi(connect_mut(|client| {
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
}
