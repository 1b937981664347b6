//! Which event of ours each element of a payload is, without guessing; and the making of those that are not there yet.

use super::document::{Item, array};
use super::statements::{ALONE, BY_ID, BY_TEAMS, HOLD_MOVED, MAKE_EVENT, MAKE_SPORT, MAKE_TOURNAMENT, MOVE};
use crate::pg::border::crossing;
use crate::pg::jsonb::StoredJsonb;
use crate::pg::query::{Argument, read_as_of_now, write, write_returning};
use crate::pg::subxact::attempt;
use crate::pg::text::ShortText;
use crate::shared::upsert::fault_of_data;

/// What became of an element.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// Not looked at yet.
    No,
    /// An event.
    Event(i32),
    /// Why it is none: SQLSTATE and message.
    Problem(String, String),
}

impl Found {
    /// The event.
    pub fn id(&self) -> Option<i32> {
        match self {
            Found::Event(id) => Some(*id),
            _ => None,
        }
    }
}

/// The events of elements, found or made; moved kickoffs are noted, as of `at`. An element that can be several is none.
pub fn matched(items: &[Item], source: &str, at: i64) -> Vec<Found> {
    let mut found = vec![Found::No; items.len()];
    if items.is_empty() {
        return found;
    }
    let all = StoredJsonb::of(&array(items.iter().map(|i| i.json.as_str())));
    let source_text = ShortText::of(source);
    by_id(items, &all, &source_text, &mut found);
    if found.contains(&Found::No) {
        write(ALONE, &[]);
        // Once more: what others have made meanwhile is there now.
        by_id(items, &all, &source_text, &mut found);
        // The near ones of all before the far ones of any: of a doubleheader each game finds its own.
        for (within, last) in [("30 minutes", false), ("6 hours", true)] {
            for at in 0..items.len() {
                if found[at] == Found::No {
                    found[at] = by_teams(items, &found, at, source, within);
                }
                if last && found[at] == Found::No {
                    found[at] = made(&items[at]);
                }
            }
        }
    }
    note_moves(&all, &found, at);
    found
}

fn by_id(items: &[Item], all: &StoredJsonb, source: &ShortText, found: &mut [Found]) {
    read_as_of_now(
        BY_ID,
        &[Argument::stored_jsonb(all), Argument::text(source)],
        &mut |row| {
            let at = row.int4(0).map_or(0, |at| at as usize - 1);
            let ids: Vec<i32> = row.int4_array(1).unwrap_or_default().into_iter().flatten().collect();
            let (Some(item), Some(place)) = (items.get(at), found.get_mut(at)) else {
                return;
            };
            if *place != Found::No {
                return;
            }
            *place = match (ids.as_slice(), item.id) {
                ([id], _) => Found::Event(*id),
                ([], Some(id)) => Found::Problem(
                    "23503".into(),
                    format!("{} names event {id}, which is not there", item.path),
                ),
                ([], None) => Found::No,
                (several, _) => ambiguous(item, several, "its id"),
            };
        },
    );
}

fn ambiguous(item: &Item, several: &[i32], by: &str) -> Found {
    let some: Vec<String> = several.iter().take(10).map(i32::to_string).collect();
    let message = format!("{} can be any of the events {}, by {by}", item.path, some.join(", "));
    Found::Problem("23505".into(), message)
}

fn by_teams(items: &[Item], found: &[Found], at: usize, source: &str, within: &str) -> Found {
    let item = &items[at];
    // The same event again in one payload.
    let earlier = items[..at]
        .iter()
        .position(|i| i.reference.is_some() && i.reference == item.reference);
    if let Some(earlier) = earlier {
        return found[earlier].clone();
    }
    if !item.has_teams {
        return Found::No;
    }
    let taken = || {
        items
            .iter()
            .zip(found)
            .filter_map(|(item, found)| Some((found.id()?, item)))
    };
    let ids: Vec<i32> = taken().map(|(id, _)| id).collect();
    // Only of flat rows the books count.
    let books = match source {
        "flat" => array(taken().map(|(_, item)| item.books.as_str())),
        _ => "[]".into(),
    };
    let (json, books) = (StoredJsonb::of(&item.json), StoredJsonb::of(&books));
    let (source, within) = (ShortText::of(source), ShortText::of(within));
    let mut candidates = vec![];
    let arguments = [
        Argument::stored_jsonb(&json),
        Argument::text(&source),
        Argument::text(&within),
        Argument::int4_array(&ids),
        Argument::stored_jsonb(&books),
    ];
    read_as_of_now(BY_TEAMS, &arguments, &mut |row| {
        candidates = row.int4_array(0).unwrap_or_default().into_iter().flatten().collect();
    });
    match candidates.as_slice() {
        [] => Found::No,
        [id] => Found::Event(*id),
        several => ambiguous(item, several, "its teams and kickoff"),
    }
}

/// Makes the event of an element, with its sport and tournament where they are missing.
fn made(item: &Item) -> Found {
    let json = StoredJsonb::of(&item.json);
    let done = attempt(|| {
        let mut made = Found::No;
        write(MAKE_SPORT, &[Argument::stored_jsonb(&json)]);
        write(MAKE_TOURNAMENT, &[Argument::stored_jsonb(&json)]);
        write_returning(MAKE_EVENT, &[Argument::stored_jsonb(&json)], &mut |row| {
            made = row.int4(0).map_or(Found::No, Found::Event);
        });
        made
    });
    match done {
        // A trigger of somebody's has swallowed it.
        Ok(Found::No) => Found::Problem("P0002".into(), format!("{}: the event was not kept", item.path)),
        Ok(found) => found,
        Err(error) => match fault_of_data(&error) {
            Some((state, message)) => Found::Problem(state, format!("{}: {message}", item.path)),
            None => crossing(|| error.rethrow()),
        },
    }
}

fn note_moves(all: &StoredJsonb, found: &[Found], at: i64) {
    let ids: Vec<i32> = found.iter().map(|f| f.id().unwrap_or(0)).collect();
    let mut moved = false;
    write_returning(
        HOLD_MOVED,
        &[Argument::stored_jsonb(all), Argument::int4_array(&ids)],
        &mut |_| moved = true,
    );
    if moved {
        write(
            MOVE,
            &[
                Argument::stored_jsonb(all),
                Argument::int4_array(&ids),
                Argument::timestamptz(at),
            ],
        );
    }
}
