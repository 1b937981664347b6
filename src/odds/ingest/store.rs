//! Offers become snapshots: full ones with their prices, or a pointer to the last full one with the same content.

use super::document::{Offer, array, written};
use super::statements::{HOLD_FULL, MAKE_KINDS, STANDING, WRITE_ODDS, WRITE_SNAPSHOTS};
use crate::pg::errors::{notice, short};
use crate::pg::jsonb::StoredJsonb;
use crate::pg::query::{Argument, read_as_of_now, write, write_returning};
use crate::pg::text::ShortText;
use crate::shared::arguments::Of;
use std::collections::HashMap;

/// Where offers go.
pub struct Place<'a> {
    /// The function whose work it is.
    pub of: Of,
    /// When it was so.
    pub at: i64,
    /// The run that brings it.
    pub run: Option<i64>,
    /// The piece of the offer.
    pub scope: &'a str,
}

/// What became of an offer.
pub struct Stored {
    /// Its snapshot.
    pub snapshot: i64,
    /// Whether it was written now.
    pub is_new: bool,
    /// Whether it is as before, or stood there already.
    pub is_unchanged: bool,
    /// Prices written.
    pub odds: usize,
    /// Why it is not stored: another offer stands there.
    pub problem: Option<String>,
}

/// Stores offers, each with its quotes as JSON; what became of each, in their order.
pub fn store(place: &Place, offers: &[Offer], quotes: &[Vec<String>]) -> Vec<Stored> {
    if offers.is_empty() {
        return vec![];
    }
    let given = StoredJsonb::of(&written(&offers));
    let prices = StoredJsonb::of(&array(quotes.iter().flatten().map(String::as_str)));
    let scope = ShortText::of(place.scope);
    let (given_argument, at) = (|| Argument::stored_jsonb(&given), || Argument::timestamptz(place.at));
    let mut kinds = vec![];
    write_returning(MAKE_KINDS, &[Argument::stored_jsonb(&prices)], &mut |row| {
        kinds.extend(row.text(0).map(|key| key.into_owned()));
    });
    for kind in kinds {
        let said = format!(
            "{}: market kind {} is new: added with an open set of outcomes",
            place.of.0,
            short(&kind)
        );
        notice(said);
    }
    write_returning(
        HOLD_FULL,
        &[given_argument(), at(), Argument::text(&scope)],
        &mut |_| {},
    );
    let mut fresh: HashMap<i32, (i64, bool)> = HashMap::new();
    let arguments = [
        given_argument(),
        at(),
        Argument::text(&scope),
        Argument::int8_or_null(place.run),
    ];
    write_returning(WRITE_SNAPSHOTS, &arguments, &mut |row| {
        if let (Some(b), Some(id), Some(unchanged)) = (row.int4(0), row.int8(1), row.bool(2)) {
            fresh.insert(b, (id, unchanged));
        }
    });
    let mut full: Vec<(i32, i64)> = fresh
        .iter()
        .filter(|(_, new)| !new.1)
        .map(|(b, new)| (*b, new.0))
        .collect();
    full.sort_unstable();
    let ids: Vec<i64> = full.iter().map(|f| f.1).collect();
    let of: Vec<i32> = full.iter().map(|f| f.0).collect();
    if !full.is_empty() {
        let arguments = [
            Argument::stored_jsonb(&prices),
            given_argument(),
            at(),
            Argument::int8_array(&ids),
            Argument::int4_array(&of),
        ];
        write(WRITE_ODDS, &arguments);
    }
    let mut stored = vec![];
    read_as_of_now(
        STANDING,
        &[given_argument(), at(), Argument::text(&scope)],
        &mut |row| {
            let (b, standing, same) = (row.int4(0).unwrap_or(0), row.int8(1), row.bool(2));
            let moment = row.text(3).unwrap_or_default();
            stored.push(match (fresh.get(&b), standing) {
                (Some((snapshot, is_unchanged)), _) => Stored {
                    snapshot: *snapshot,
                    is_new: true,
                    is_unchanged: *is_unchanged,
                    odds: if *is_unchanged {
                        0
                    } else {
                        quotes.get(stored.len()).map_or(0, Vec::len)
                    },
                    problem: None,
                },
                (None, standing) => Stored {
                    snapshot: standing.unwrap_or(0),
                    is_new: false,
                    is_unchanged: same == Some(true),
                    odds: 0,
                    problem: match (standing, same) {
                        (_, Some(true)) => None,
                        (Some(id), _) => Some(format!(
                            "snapshot {id} of this event, bookmaker and scope at {moment} has another content"
                        )),
                        // A trigger of somebody's has swallowed it, or a snapshot of this transaction's does not show it.
                        (None, _) => Some(format!("the snapshot at {moment} was not kept")),
                    },
                },
            });
        },
    );
    stored
}
