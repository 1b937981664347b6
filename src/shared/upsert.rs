//! Writing rows into a table: one statement for all of them, and where a row breaks a constraint, all the others.

use super::answer::Report;
use super::arguments::Of;
use super::ids::keep_ids_ahead;
use crate::pg::border::{connect_mut, crossing, message};
use crate::pg::memory::checkpoint;
use crate::pg::settings::with_work_mem;
use crate::pg::sql_text::Text;
use crate::pg::subxact::attempt;
use crate::pg::table::Table;
use crate::pg::text::are_converted;
use dynasty_intake::reject::Reject;
use pgrx::pg_sys::panic::CaughtError;
use pgrx::prelude::*;
use serde::Serialize;
use std::fmt::Write;

/// A table and its natural key, as an upsert needs them.
pub struct Target {
    /// The table.
    pub table: Table,
    /// The columns of the key.
    pub key: &'static [&'static str],
    /// The condition of a partial key.
    pub key_where: &'static str,
    /// Whether a change sets `updated_at`.
    pub stamped: bool,
    /// The new value of a column that is not simply "the newer one, if it has one".
    pub merge: fn(&str) -> Option<String>,
    /// What else must hold for a change.
    pub guard: Option<&'static str>,
}

/// "The newer value, if it has one", for every column.
pub fn newer_wins(_: &str) -> Option<String> {
    None
}

impl Target {
    /// The statement: rows as JSON in, (inserted, updated) out. Names come from the code alone, values only through `$1`.
    pub fn upsert(&self, columns: &[&str]) -> String {
        let table = self.table;
        let list = columns.join(", ");
        let key = self.key.join(", ");
        let values: Vec<(&str, String)> = columns
            .iter()
            .filter(|c| !self.key.contains(*c))
            .map(|c| {
                (
                    *c,
                    (self.merge)(c).unwrap_or_else(|| format!("COALESCE(excluded.{c}, t.{c})")),
                )
            })
            .collect();
        let mut set: Vec<String> = values.iter().map(|(c, v)| format!("{c} = {v}")).collect();
        if self.stamped {
            set.push("updated_at = pg_catalog.now()".to_string());
        }
        let old: Vec<String> = values.iter().map(|(c, _)| format!("t.{c}")).collect();
        let new: Vec<&str> = values.iter().map(|(_, v)| v.as_str()).collect();
        format!(
            "WITH written AS ( \
                INSERT INTO {table} AS t ({list}) \
                SELECT {list} FROM pg_catalog.json_populate_recordset(NULL::{table}, $1::pg_catalog.json) ORDER BY {key} \
                ON CONFLICT ({key}) {key_where} DO UPDATE SET {set} \
                WHERE {guard} ROW({old}) IS DISTINCT FROM ROW({new}) \
                RETURNING (t.xmax = 0) AS new) \
             SELECT pg_catalog.count(*) FILTER (WHERE new), pg_catalog.count(*) FILTER (WHERE NOT new) FROM written",
            key_where = self.key_where,
            guard = self.guard.map(|g| format!("{g} AND ")).unwrap_or_default(),
            set = set.join(", "),
            old = old.join(", "),
            new = new.join(", "),
        )
    }
}

/// How many rows are written at a time: what a statement takes of memory follows from this, not from the payload.
pub const PORTION: usize = 4_096;
/// Kilobytes of work_mem for a portion: there are as many as the payload is long.
const PORTION_MEMORY: i32 = 128;

/// Writes rows and counts what became of them; those that a constraint refuses are rejects.
///
/// `row` makes a row of an item as the statement takes it: with the columns named. `reject` says where the item stood.
pub fn write<T, R: Serialize>(
    of: Of,
    items: &[T],
    target: &Target,
    columns: &[&str],
    row: &dyn Fn(&T) -> R,
    reject: &dyn Fn(&T, String) -> Reject,
    report: &mut Report,
) {
    write_by(of, items, target.table, &target.upsert(columns), row, reject, report);
}

/// The same by a statement of the caller's: rows as JSON in, (inserted, updated) out.
pub fn write_by<T, R: Serialize>(
    of: Of,
    items: &[T],
    table: Table,
    statement: &str,
    row: &dyn Fn(&T) -> R,
    reject: &dyn Fn(&T, String) -> Reject,
    report: &mut Report,
) {
    if items.is_empty() {
        return;
    }
    of.done(keep_ids_ahead(table));
    for portion in items.chunks(PORTION) {
        checkpoint();
        let mut counts = (0, 0, 0);
        let mut rejects = Vec::new();
        in_halves(
            portion,
            &mut |items: &[T]| {
                let rows = json(of, &items.iter().map(row).collect::<Vec<R>>());
                of.done(connect_mut(|client| {
                    client
                        .update(statement, None, &[Text(rows).into()])?
                        .first()
                        .get_two::<i64, i64>()
                }))
            },
            &mut |items, (inserted, updated)| {
                let (inserted, updated) = (inserted.unwrap_or(0), updated.unwrap_or(0));
                counts.0 += inserted;
                counts.1 += updated;
                counts.2 += items.len() as i64 - inserted - updated;
            },
            &mut |item, reason| rejects.push(reject(item, reason)),
        );
        report.inserted += counts.0;
        report.updated += counts.1;
        report.unchanged += counts.2;
        rejects.into_iter().for_each(|r| report.reject(r));
    }
}

/// Rows as the JSON argument of a statement. Where the database has another encoding characters beyond ASCII are escaped: the
/// server makes of them what its encoding has, and an error of the row where it has nothing.
pub fn json(of: Of, rows: &impl Serialize) -> String {
    let text = serde_json::to_string(rows).unwrap_or_else(|e| {
        of.error(
            PgSqlErrorCode::ERRCODE_DATA_EXCEPTION,
            format!("rows cannot be written as JSON: {e}"),
        )
        .raise()
    });
    if !are_converted() || text.is_ascii() {
        return text;
    }
    let mut escaped = String::with_capacity(text.len() + text.len() / 4);
    for c in text.chars() {
        if c.is_ascii() {
            escaped.push(c);
        } else {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        }
    }
    escaped
}

/// Runs `work` over all rows at once; if a row makes it fail, over the halves, and so on: one bad row among n costs about
/// 2·log2(n) tries, not n. An error that is no row's fault (no privilege, a cancelled query) ends it all.
pub fn in_halves<T, R>(
    rows: &[T],
    work: &mut dyn FnMut(&[T]) -> R,
    done: &mut dyn FnMut(&[T], R),
    failed: &mut dyn FnMut(&T, String),
) {
    if rows.is_empty() {
        return;
    }
    match attempt(|| with_work_mem(PORTION_MEMORY, || work(rows))) {
        Ok(result) => done(rows, result),
        Err(error) => match (reason(&error), rows) {
            (None, _) => crossing(|| error.rethrow()),
            (Some(reason), [row]) => failed(row, reason),
            (Some(_), _) => {
                let (left, right) = rows.split_at(rows.len() / 2);
                in_halves(left, work, done, failed);
                in_halves(right, work, done, failed);
            }
        },
    }
}

/// Why the error is a row's own fault: SQLSTATE classes 22 (data), 23 (constraints), 44 (WITH CHECK OPTION), and P0001, which a
/// user's own trigger raises.
fn reason(error: &CaughtError) -> Option<String> {
    fault_of_data(error).map(|(_, message)| message)
}

/// The same with the SQLSTATE.
pub fn fault_of_data(error: &CaughtError) -> Option<(String, String)> {
    const fn class(a: u8, b: u8) -> i32 {
        (a - b'0') as i32 | ((b - b'0') as i32) << 6
    }
    let report = match error {
        CaughtError::PostgresError(report) | CaughtError::ErrorReport(report) => report,
        CaughtError::RustPanic { .. } => return None,
    };
    let code = report.sql_error_code();
    let of_a_row = [class(b'2', b'2'), class(b'2', b'3'), class(b'4', b'4')].contains(&(code as i32 & 0xFFF))
        || code == PgSqlErrorCode::ERRCODE_RAISE_EXCEPTION;
    of_a_row.then(|| (unpacked(code as i32), message(report)))
}

/// The five characters of a SQLSTATE, as the server packs them.
fn unpacked(code: i32) -> String {
    (0..5)
        .map(|at| char::from(b'0' + (code >> (6 * at) & 0x3F) as u8))
        .collect()
}
