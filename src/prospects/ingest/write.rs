//! Writing rows: one statement for all of them, and where a row breaks a constraint, all the others.

use super::players::Ready;
use super::report::Report;
use crate::pg::allocator::Fallible;
use crate::pg::border::{connect_mut, crossing, message};
use crate::pg::memory::checkpoint;
use crate::pg::sql_text::Text;
use crate::pg::subxact::attempt;
use crate::prospects::identity::keep_ids_ahead;
use dynasty_prospects::api::row::ProspectRow;
use pgrx::pg_sys::panic::CaughtError;
use pgrx::prelude::*;

/// A table and its natural key, as an upsert needs them.
pub struct Target {
    pub table: &'static str,
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
                INSERT INTO dynasty.{table} AS t ({list}) \
                SELECT {list} FROM pg_catalog.json_populate_recordset(NULL::dynasty.{table}, $1::pg_catalog.json) ORDER BY {key} \
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

/// Writes the rows, each completed by `complete`, and counts what became of them.
pub fn write<R: ProspectRow>(
    rows: &[Ready<R>],
    target: &Target,
    columns: &[&str],
    complete: &dyn Fn(&mut R),
    report: &mut Report,
) {
    if rows.is_empty() {
        return;
    }
    let statement = target.upsert(columns);
    super::spi(keep_ids_ahead(target.table));
    for portion in rows.chunks(PORTION) {
        // In the order of the rows, and those whose outcome counts for several lines alone.
        for run in portion.chunk_by(|a, b| a.lines == 1 && b.lines == 1) {
            checkpoint();
            write_portion(run, &statement, complete, report);
        }
    }
}

fn write_portion<R: ProspectRow>(rows: &[Ready<R>], statement: &str, complete: &dyn Fn(&mut R), report: &mut Report) {
    let mut counts = (0, 0, 0);
    let mut rejects = Vec::new();
    in_halves(
        rows,
        &mut |rows: &[Ready<R>]| {
            let rows = rows.iter().map(|ready| {
                let mut row = ready.row.row();
                if let Some(id) = ready.prospect_id {
                    row.set_prospect_id(id);
                }
                complete(&mut row);
                row
            });
            let json = super::json(&rows.collect::<Vec<R>>());
            super::spi(connect_mut(|client| {
                client
                    .update(statement, None, &[Text(json).into()])?
                    .first()
                    .get_two::<i64, i64>()
            }))
        },
        &mut |rows, (inserted, updated)| {
            let (inserted, updated) = (inserted.unwrap_or(0), updated.unwrap_or(0));
            // A row of several lines comes alone: all of them changed it, or none.
            let more = rows.iter().map(|row| i64::from(row.lines) - 1).sum::<i64>();
            let changed = inserted + updated > 0;
            counts.0 += inserted;
            counts.1 += updated + if changed { more } else { 0 };
            counts.2 += rows.len() as i64 - inserted - updated + if changed { 0 } else { more };
        },
        &mut |row, reason| rejects.push((row.lines, row.place.reject(row.mlb_id, reason))),
    );
    report.inserted += counts.0;
    report.updated += counts.1;
    report.unchanged += counts.2;
    rejects.into_iter().for_each(|(lines, r)| report.reject_lines(lines, r));
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
    match attempt(|| work(rows)) {
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
    of_a_row.then(|| message(report))
}

/// Joins rows of one key, since a statement may meet a key only once, and sorts them by it: two loads at a time then wait for
/// each other instead of both being in the other's way.
pub fn combine<R: ProspectRow, K: Ord>(
    rows: Vec<Ready<R>>,
    key: impl Fn(Option<i32>, &R) -> K,
    merge: impl Fn(&mut R, R),
) -> Vec<(K, Ready<R>)> {
    let mut keyed = Vec::new();
    keyed.room_or_raise(rows.len());
    for ready in rows {
        checkpoint();
        keyed.push((key(ready.prospect_id, &ready.row.row()), ready));
    }
    // In reading order within a key.
    keyed.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.place.index.cmp(&b.1.place.index)));
    keyed.dedup_by(|later, first| {
        let same = later.0 == first.0;
        if same {
            first.1.lines = first.1.lines.max(later.1.lines);
            first.1.row.change(|row| merge(row, later.1.row.row()));
        }
        same
    });
    keyed
}

/// The rows alone.
pub fn without_keys<R, K>(rows: Vec<(K, Ready<R>)>) -> Vec<Ready<R>> {
    rows.into_iter().map(|(_, ready)| ready).collect()
}
