//! The ids that a statement gave players, as its AFTER trigger sees them, and those that are new, into
//! `dynasty.prospect_identifiers`: whoever may write a player needs no right on that table.

use crate::pg::columns::{column_named, stored_type, wrong_type};
use crate::pg::errors::error;
use crate::pg::relation::OpenRelation;
use crate::pg::row_type::RowType;
use crate::pg::table_writer::{TableWriter, Written};
use crate::pg::text::{ShortText, bytes_of, from_server_marked};
use crate::pg::transition::AfterTrigger;
use crate::pg::transition_rows::TransitionRows;
use crate::prospects::tables::{IDENTIFIERS, PROSPECTS};
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;
use std::collections::HashSet;

/// The columns of `prospects` that hold an id, and the source whose id it is.
pub const COLUMNS: [(&str, &str); 4] = [
    ("mlb_id", "mlb"),
    ("fg_player_id", "fangraphs"),
    ("fg_prospect_id", "fangraphs_prospect"),
    ("ba_player_id", "ba"),
];

/// An id of a player, in the database's encoding.
#[derive(PartialEq, Eq, Hash)]
pub struct Id {
    pub prospect_id: i32,
    /// Which of [`COLUMNS`].
    pub column: usize,
    pub text: Box<[u8]>,
}

/// Where the columns are in a row of `prospects`; a column that somebody dropped has no ids.
struct Layout {
    id: usize,
    columns: [Option<(usize, pg_sys::Oid)>; COLUMNS.len()],
}

impl Layout {
    fn of(row_type: RowType<'_>) -> Option<Layout> {
        let place = |name: &str| {
            // SAFETY: the row type of the trigger's table.
            unsafe { column_named(row_type.raw(), name, usize::MAX) }
        };
        let types = [pg_sys::INT4OID, pg_sys::INT8OID, pg_sys::TEXTOID, pg_sys::VARCHAROID];
        let columns = COLUMNS.map(|(name, _)| {
            let at = place(name)?;
            let attribute = &row_type.attributes()[at];
            let (stored, _) = stored_type(attribute.atttypid, attribute.atttypmod);
            if !types.contains(&stored) {
                let why = "The ids that a player has had are kept from it.";
                wrong_type(PROSPECTS, attribute, "an integer or a text", why).raise();
            }
            Some((at, stored))
        });
        let id = place("id").filter(|at| row_type.attributes()[*at].atttypid == pg_sys::INT4OID)?;
        Some(Layout { id, columns })
    }

    fn each(&self, rows: Option<TransitionRows<'_>>, each: &mut dyn FnMut(Id)) -> bool {
        let Some(mut rows) = rows else {
            return false;
        };
        while rows.next() {
            pgrx::check_for_interrupts!();
            let Some(prospect_id) = rows.value_at(self.id) else {
                continue;
            };
            for (column, place) in self.columns.iter().enumerate() {
                let Some((at, stored)) = *place else { continue };
                let Some(value) = rows.value_at(at) else { continue };
                let text: Box<[u8]> = match stored {
                    pg_sys::INT4OID => (value.value() as i32).to_string().into_bytes().into(),
                    pg_sys::INT8OID => (value.value() as i64).to_string().into_bytes().into(),
                    // SAFETY: a text or varchar of the row that was gone to; copied.
                    _ => unsafe { bytes_of(value) }.into(),
                };
                // What is longer than the table takes cannot be an id of a source's.
                if !text.is_empty() && from_server_marked(&text).chars().count() <= 50 {
                    let prospect_id = prospect_id.value() as i32;
                    each(Id {
                        prospect_id,
                        column,
                        text,
                    });
                }
            }
        }
        true
    }
}

/// The ids that the statement's rows have and had not before; `None` where the trigger lacks the tables to tell.
pub fn given_ids(trigger: &AfterTrigger, is_update: bool) -> Option<Vec<Id>> {
    let layout = Layout::of(trigger.row_type())?;
    let mut had = HashSet::new();
    if is_update && !layout.each(trigger.old_rows(), &mut |id| _ = had.insert(id)) {
        return None;
    }
    let mut given = Vec::new();
    let there = layout.each(trigger.new_rows(), &mut |id| {
        if !had.contains(&id) {
            given.push(id);
        }
    });
    there.then_some(given)
}

/// Writes the ids that nobody has yet, and returns the others.
pub fn note(mut ids: Vec<Id>) -> Vec<Id> {
    if ids.is_empty() || IDENTIFIERS.find().is_none() {
        return Vec::new();
    }
    let oid = IDENTIFIERS.oid();
    // In one order: two statements then wait for each other, and not each for the other.
    ids.sort_by(|a, b| (a.column, &a.text, a.prospect_id).cmp(&(b.column, &b.text, b.prospect_id)));
    let table = OpenRelation::open(oid, pg_sys::RowExclusiveLock);
    let columns = columns_of(&table);
    let mut writer = TableWriter::open(table, columns.to_vec(), columns.to_vec());
    let key = key_of(&writer, columns[1], columns[2]);
    let mut taken = Vec::new();
    for id in ids {
        pgrx::check_for_interrupts!();
        let source = ShortText::of(COLUMNS[id.column].1);
        let text = ShortText::new(&id.text);
        let values = [pg_sys::Datum::from(id.prospect_id), source.datum(), text.datum()];
        let memory = writer.row_memory();
        let mut insert = || {
            // SAFETY: values of the three columns, whose types were looked at; one row after the other.
            unsafe { memory.within(|| writer.insert_unless_there(&values, &[false; 3], key)) }
        };
        let mut written = insert();
        if written == Written::LookAgain {
            written = insert();
        }
        if written == Written::Conflict {
            taken.push(id);
        }
    }
    writer.finish();
    taken
}

fn columns_of(table: &OpenRelation) -> [usize; 3] {
    const WANTED: [(&str, &str); 3] = [
        ("prospect_id", "integer"),
        ("source", "character varying"),
        ("external_id", "character varying"),
    ];
    let attributes = table.row_type().attributes();
    WANTED.map(|(name, word)| {
        // SAFETY: the relation is open.
        let Some(at) = (unsafe { column_named(table.tupdesc(), name, usize::MAX) }) else {
            not_as_made(
                format!("{IDENTIFIERS} has no column \"{name}\""),
                ERRCODE_UNDEFINED_COLUMN,
            )
        };
        let attribute = &attributes[at];
        let (stored, _) = stored_type(attribute.atttypid, attribute.atttypmod);
        let fits = match word {
            "integer" => stored == pg_sys::INT4OID,
            _ => stored == pg_sys::VARCHAROID || stored == pg_sys::TEXTOID,
        };
        if !fits || attribute.attgenerated != 0 {
            wrong_type(IDENTIFIERS, attribute, word, "Ids are written as that type.").raise();
        }
        at
    })
}

/// The unique index on (source, external_id).
fn key_of(writer: &TableWriter, source: usize, external_id: usize) -> pg_sys::Oid {
    let wanted = [source as i16 + 1, external_id as i16 + 1];
    let found = writer.indexes().iter().copied().find(|index| {
        // SAFETY: the index is open, and its description has as many key columns as it says.
        unsafe {
            let form = (**index).rd_index;
            let whole = pg_sys::RelationGetIndexPredicate(*index).is_null()
                && pg_sys::RelationGetIndexExpressions(*index).is_null();
            let keys = (*form).indkey.values.as_slice((*form).indnatts as usize);
            (*form).indisunique
                && (*form).indimmediate
                && (*form).indisvalid
                && (*form).indnkeyatts == 2
                && whole
                && wanted.iter().all(|key| keys[..2].contains(key))
        }
    });
    // SAFETY: the index is open.
    found.map_or_else(
        || {
            not_as_made(
                format!("{IDENTIFIERS} has no unique index on (source, external_id)"),
                ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
            )
        },
        |index| unsafe { (*index).rd_id },
    )
}

fn not_as_made(what: String, code: pgrx::PgSqlErrorCode) -> ! {
    error(code, what)
        .hint("Drop the table and CALL dynasty.install() to make it again.")
        .raise()
}
