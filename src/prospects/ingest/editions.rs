//! Lists of grades and their editions: the latest stands in `scouting_grades`, what it displaces in `scouting_editions`.
//!
//! A later list displaces an earlier one by an UPDATE, and the trigger there keeps what was (`src/prospects/history.rs`). One
//! that is loaded after a later one never stood there; it goes to the editions directly, so that in whatever order lists
//! are loaded, what is known of each year is the same.

use super::ready::Ready;
use crate::pg::border::connect_mut;
use crate::pg::memory::checkpoint;
use crate::pg::sql_text::Text;
use crate::prospects::tables::{EDITIONS, SCOUTING};
use crate::shared::answer::Report;
use crate::shared::arguments::Of;
use crate::shared::upsert::{self, PORTION, Target, json};
use dynasty_intake::row::Row;
use dynasty_prospects::api::row::ProspectRow;
use dynasty_prospects::api::scouting::ScoutingRow;
use pgrx::prelude::*;
use serde::Serialize;
use std::cell::RefCell;
use std::collections::HashSet;

/// Of one list, and its edition: player, source, year, date.
pub type EditionKey = (Option<i32>, Option<String>, Option<i32>, Option<String>);

pub fn edition_key(prospect: Option<i32>, row: &ScoutingRow) -> EditionKey {
    (
        prospect,
        row.source.clone(),
        row.ranking_year,
        row.date_recorded.clone(),
    )
}

const LIST: [&str; 3] = ["prospect_id", "source", "ranking_year"];

/// Writes lists, sorted by their keys, the earlier editions of each before the later ones.
pub fn write(of: Of, lists: Vec<(EditionKey, Ready<ScoutingRow>)>, report: &mut Report) {
    for round in rounds(lists) {
        let rejected = RefCell::new(HashSet::new());
        let target = Target {
            table: SCOUTING,
            key: &LIST,
            key_where: "",
            stamped: true,
            merge: later_list_wins,
            guard: Some("excluded.date_recorded >= t.date_recorded"),
        };
        let reject = |ready: &Ready<ScoutingRow>, reason| {
            rejected.borrow_mut().insert(ready.place.index);
            ready.place.reject(ready.mlb_id, reason)
        };
        let mut own = Report::default();
        upsert::write(of, &round, &target, ScoutingRow::COLUMNS, &row_of, &reject, &mut own);
        if own.unchanged > 0 {
            let rejected = rejected.borrow().clone();
            let written = round.iter().filter(|ready| !rejected.contains(&ready.place.index));
            let older = older_than_stored(of, &written.collect::<Vec<_>>());
            own.unchanged -= older.len() as i64;
            upsert::write_by(
                of,
                &older,
                EDITIONS,
                &upsert_of_editions(),
                &|ready| row_of(ready),
                &|ready, reason| ready.place.reject(ready.mlb_id, reason),
                &mut own,
            );
        }
        report.take_lines(own, 1);
    }
}

/// The rows, so that of each list there is one edition in a round, and the later one in a later round: a statement may meet a key
/// only once.
fn rounds(lists: Vec<(EditionKey, Ready<ScoutingRow>)>) -> Vec<Vec<Ready<ScoutingRow>>> {
    let mut rounds: Vec<Vec<Ready<ScoutingRow>>> = vec![];
    let mut before: Option<EditionKey> = None;
    let mut round = 0;
    for (key, ready) in lists {
        let same = before.is_some_and(|b| (&b.0, &b.1, &b.2) == (&key.0, &key.1, &key.2));
        round = if same { round + 1 } else { 0 };
        if round == rounds.len() {
            rounds.push(vec![]);
        }
        rounds[round].push(ready);
        before = Some(key);
    }
    rounds
}

fn row_of(ready: &Ready<ScoutingRow>) -> ScoutingRow {
    let mut row = ready.row.row();
    if let Some(id) = ready.prospect_id {
        row.set_prospect_id(id);
    }
    row
}

/// A list of a later date is taken whole: mixing lists would give an old grade a new date. Those of one date complete each other.
fn later_list_wins(column: &str) -> Option<String> {
    Some(format!(
        "CASE WHEN excluded.date_recorded > t.date_recorded THEN excluded.{column} ELSE COALESCE(excluded.{column}, t.{column}) END"
    ))
}

/// A row as the statement below reads it.
#[derive(Serialize)]
struct Described {
    n: usize,
    prospect_id: Option<i32>,
    source: Option<String>,
    ranking_year: Option<i32>,
    date_recorded: Option<String>,
}

/// Those whose list stands there with a later date. Asked after they were written: whatever other session has written since,
/// a row has either displaced what stood there or is older than it.
fn older_than_stored<'a>(of: Of, rows: &[&'a Ready<ScoutingRow>]) -> Vec<&'a Ready<ScoutingRow>> {
    let mut older = vec![];
    for portion in rows.chunks(PORTION) {
        checkpoint();
        let described = portion.iter().enumerate().map(|(n, ready)| {
            let row = ready.row.row();
            Described {
                n,
                prospect_id: ready.prospect_id,
                source: row.source,
                ranking_year: row.ranking_year,
                date_recorded: row.date_recorded,
            }
        });
        let described = json(of, &described.collect::<Vec<Described>>());
        let found = connect_mut(|client| -> spi::Result<Vec<Option<i32>>> {
            let query = format!(
                "SELECT i.n FROM pg_catalog.json_to_recordset($1::pg_catalog.json) \
                     AS i(n int, prospect_id int, source text, ranking_year int, date_recorded date) \
                 CROSS JOIN LATERAL (SELECT FROM {SCOUTING} g WHERE g.prospect_id = i.prospect_id AND g.source = i.source \
                     AND g.ranking_year = i.ranking_year AND g.date_recorded > i.date_recorded LIMIT 1) g ORDER BY i.n"
            );
            let rows = client.update(&query, None, &[Text(described).into()])?;
            rows.map(|row| row.get(1)).collect()
        });
        let found = of.done(found).into_iter().flatten();
        older.extend(found.filter_map(|n| portion.get(usize::try_from(n).ok()?).copied()));
    }
    older
}

/// Editions have no unique key (sql/prospects/tables/editions.sql): of several rows the one kept last is written.
fn upsert_of_editions() -> String {
    let is_key = |column: &&&str| LIST.contains(*column) || **column == "date_recorded";
    let values: Vec<&&str> = ScoutingRow::COLUMNS.iter().filter(|c| !is_key(c)).collect();
    let each = |form: &dyn Fn(&str) -> String| values.iter().map(|c| form(c)).collect::<Vec<_>>().join(", ");
    let columns = ScoutingRow::COLUMNS.join(", ");
    format!(
        "WITH given AS MATERIALIZED ( \
             SELECT i.*, k.id AS known FROM pg_catalog.json_populate_recordset(NULL::{EDITIONS}, $1::pg_catalog.json) i \
             LEFT JOIN LATERAL (SELECT e.id FROM {EDITIONS} e WHERE e.prospect_id = i.prospect_id AND e.source = i.source \
                 AND e.ranking_year = i.ranking_year AND e.date_recorded = i.date_recorded ORDER BY e.id DESC LIMIT 1) k ON true), \
         added AS (INSERT INTO {EDITIONS} ({columns}) SELECT {columns} FROM given WHERE known IS NULL RETURNING 1), \
         changed AS ( \
             UPDATE {EDITIONS} t SET {set}, updated_at = pg_catalog.now() FROM given i \
             WHERE t.id = i.known AND ROW({old}) IS DISTINCT FROM ROW({new}) RETURNING 1) \
         SELECT (SELECT pg_catalog.count(*) FROM added), (SELECT pg_catalog.count(*) FROM changed)",
        set = each(&|c| format!("{c} = COALESCE(i.{c}, t.{c})")),
        old = each(&|c| format!("t.{c}")),
        new = each(&|c| format!("COALESCE(i.{c}, t.{c})")),
    )
}
