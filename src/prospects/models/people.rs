//! Names and positions, for texts.

use crate::pg::query::{Argument, QueryRow, read_few_rows, read_rows};
use rustc_hash::FxHashMap;

/// Who is who.
#[derive(Default)]
pub struct People(FxHashMap<i32, (String, String)>);

impl People {
    /// Everybody.
    pub fn all() -> People {
        let mut people = People::default();
        read_rows(
            "SELECT p.id, p.name::pg_catalog.text, p.position::pg_catalog.text FROM dynasty.prospects p",
            &[],
            &mut |row| people.take(row),
        );
        people
    }

    /// Those.
    pub fn some(ids: &[i32]) -> People {
        let mut people = People::default();
        read_few_rows(
            "SELECT p.id, p.name::pg_catalog.text, p.position::pg_catalog.text FROM dynasty.prospects p
             WHERE p.id OPERATOR(pg_catalog.=) ANY ($1)",
            &[Argument::int4_array(ids)],
            &mut |row| people.take(row),
        );
        people
    }

    fn take(&mut self, row: &QueryRow<'_>) {
        if let Some(id) = row.int4(0) {
            let text = |column| row.text(column).unwrap_or_default().into_owned();
            self.0.insert(id, (text(1), text(2)));
        }
    }

    /// His name.
    pub fn name(&self, id: i32) -> String {
        self.0
            .get(&id)
            .map_or_else(|| format!("prospect {id}"), |p| p.0.clone())
    }

    /// His listed position.
    pub fn position(&self, id: i32) -> &str {
        self.0.get(&id).map_or("", |p| p.1.as_str())
    }
}
