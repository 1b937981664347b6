//! The upkeep of partitions apart from the session's settings: pg_partman 4 sets search_path for the whole session, and puts back what it
//! found, which inside our functions is not what the session had.

use crate::pg::query::{Argument, write_returning};
use crate::pg::settings::kept;
use crate::pg::sql_text::Text;
use crate::pg::text::ShortText;
use pgrx::prelude::*;

/// What `dynasty_ops._enable(parent)` answers, settings left as they were.
#[pg_extern(sql = false)]
fn enable_apart(parent: Option<Text>) -> Option<Text> {
    apart("SELECT dynasty_ops._enable($1)::pg_catalog.text", &parent?.0)
}

/// What `dynasty_ops._maintain(parent)` answers, settings left as they were.
#[pg_extern(sql = false)]
fn maintain_apart(parent: Option<Text>) -> Option<Text> {
    apart("SELECT dynasty_ops._maintain($1)::pg_catalog.text", &parent?.0)
}

fn apart(statement: &'static str, parent: &str) -> Option<Text> {
    let mut answer = None;
    kept(|| {
        write_returning(statement, &[Argument::text(&ShortText::of(parent))], &mut |row| {
            answer = row.text(0).map(|text| Text(text.into_owned()));
        });
    });
    answer
}
