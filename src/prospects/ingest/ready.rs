//! Rows that know whose they are: brought into the order of their keys, and written.

use crate::pg::allocator::Fallible;
use crate::pg::memory::checkpoint;
use crate::shared::answer::Report;
use crate::shared::arguments::Of;
use crate::shared::upsert::{self, Target};
use dynasty_intake::packed::Packed;
use dynasty_prospects::api::Place;
use dynasty_prospects::api::row::ProspectRow;

/// A row that knows its prospect.
pub struct Ready<R> {
    pub place: Place,
    pub mlb_id: Option<i32>,
    /// In `prospects` itself there is none.
    pub prospect_id: Option<i32>,
    pub row: Packed<R>,
    /// How many lines were added up in it.
    pub lines: u32,
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
            let prospect = first.1.prospect_id;
            first.1.row.change(|row| {
                merge(row, later.1.row.row());
                first.0 = key(prospect, row);
            });
        }
        same
    });
    keyed
}

/// The rows alone.
pub fn without_keys<R, K>(rows: Vec<(K, Ready<R>)>) -> Vec<Ready<R>> {
    rows.into_iter().map(|(_, ready)| ready).collect()
}

/// Writes the rows, each completed by `complete`, and counts what became of them.
pub fn write<R: ProspectRow>(
    of: Of,
    rows: &[Ready<R>],
    target: &Target,
    columns: &[&str],
    complete: &dyn Fn(&mut R),
    report: &mut Report,
) {
    let row = |ready: &Ready<R>| {
        let mut row = ready.row.row();
        if let Some(id) = ready.prospect_id {
            row.set_prospect_id(id);
        }
        complete(&mut row);
        row
    };
    let reject = |ready: &Ready<R>, reason| ready.place.reject(ready.mlb_id, reason);
    // In the order of the rows; one that counts for several lines by itself, so that its outcome is known.
    for run in rows.chunk_by(|a, b| a.lines == 1 && b.lines == 1) {
        match run {
            [ready] if ready.lines > 1 => {
                let mut own = Report::default();
                upsert::write(of, run, target, columns, &row, &reject, &mut own);
                report.take_lines(own, ready.lines);
            }
            run => upsert::write(of, run, target, columns, &row, &reject, report),
        }
    }
}
