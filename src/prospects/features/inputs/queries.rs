//! Queries for everybody, and the same for some.

use crate::pg::query::{Argument, QueryRow, read_few_rows, read_rows};

/// Whose rows are read.
#[derive(Clone, Copy)]
pub enum Whose<'a> {
    Everybody,
    Some(&'a [i32]),
    /// Everybody's, as they were known at a moment (a timestamptz).
    KnownAt(i64),
}

/// Up to so many prospects are asked for one after the other.
const ONE_BY_ONE: usize = 8;

/// A query for everybody, and the same for some prospects: an index is used only where the condition is plain. Where there
/// is a year it is the first argument; the id or the ids are the last.
pub struct Queries {
    pub all: &'static str,
    pub one: &'static str,
    pub some: &'static str,
    /// For everybody, without rows that were recorded after a moment (the last argument).
    pub known: &'static str,
}

/// Everything after FROM of a query by year.
macro_rules! by_id {
    ($select:expr, $id:literal, $condition:expr) => {
        $crate::prospects::features::inputs::queries::Queries {
            all: concat!($select, " WHERE ", $condition),
            known: concat!(
                $select,
                " WHERE ",
                $condition,
                " AND (created_at IS NULL OR created_at OPERATOR(pg_catalog.<=) $2)"
            ),
            one: concat!($select, " WHERE ", $id, " OPERATOR(pg_catalog.=) $2 AND ", $condition),
            some: concat!(
                $select,
                " WHERE ",
                $id,
                " OPERATOR(pg_catalog.=) ANY ($2) AND ",
                $condition
            ),
        }
    };
}
pub(super) use by_id;

impl Queries {
    /// Calls `each` with their rows.
    pub fn read(&self, whose: Whose<'_>, year: Option<i32>, each: &mut dyn FnMut(&QueryRow<'_>)) {
        let mut arguments: Vec<Argument> = year.map(Argument::int4).into_iter().collect();
        match whose {
            Whose::Everybody => read_rows(self.all, &arguments, each),
            // One plan for whoever it is; planning for each array would take longer than reading.
            Whose::Some(ids) if ids.len() <= ONE_BY_ONE => {
                for id in ids {
                    arguments.push(Argument::int4(*id));
                    read_few_rows(self.one, &arguments, each);
                    arguments.pop();
                }
            }
            Whose::Some(ids) => {
                arguments.push(Argument::int4_array(ids));
                read_rows(self.some, &arguments, each);
            }
            Whose::KnownAt(moment) => {
                arguments.push(Argument::timestamptz(moment));
                read_rows(self.known, &arguments, each);
            }
        }
    }
}
