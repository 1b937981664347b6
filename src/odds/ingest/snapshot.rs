//! One offer in our own form.

use super::document::{Offer, markets, quote};
use super::statements::THERE;
use super::store::{Place, store};
use super::{Tally, count, moment, scope_of, tell_caches};
use crate::odds::errors::answered;
use crate::pg::errors::notice;
use crate::pg::jsonb::JsonbText;
use crate::pg::query::{Argument, read_as_of_now};
use crate::pg::sql_text::Text;
use crate::shared::arguments::Of;
use dynasty_odds::offer::{Entry, entries, fingerprint};
use pgrx::PgSqlErrorCode::*;
use pgrx::datum::TimestampWithTimeZone;
use pgrx::prelude::*;

const OF: Of = Of("record_snapshot");
/// The longest outcome or market.
const LONGEST: usize = 64;
/// The largest document that is kept, and the one from which on a user is warned.
const LARGEST_RAW: usize = 8 << 20;
const LARGE_RAW: usize = 64 << 10;

/// Stores an offer; see the comment of the SQL function.
#[pg_extern(sql = false)]
fn record_snapshot(
    event_id: Option<i32>,
    bookmaker_id: Option<i32>,
    odds: Option<JsonbText>,
    captured_at: Option<TimestampWithTimeZone>,
    raw: Option<JsonbText>,
    run_id: Option<i64>,
    scope: Option<Text>,
) -> TableIterator<
    'static,
    (
        name!(snapshot_id, i64),
        name!(captured_at, Option<TimestampWithTimeZone>),
        name!(is_unchanged, bool),
        name!(odds_rows, i32),
    ),
> {
    let event = OF.required("event_id", event_id);
    let bookmaker = OF.required("bookmaker_id", bookmaker_id);
    let odds = OF.required("odds", odds);
    let when = OF.required("captured_at", captured_at);
    let scope = scope_of(OF, scope);
    let place = Place {
        of: OF,
        at: moment(OF, Some(when.into_inner()), None),
        run: run_id,
        scope: &scope,
    };
    let entries = answered(OF, entries(&odds.0));
    check_lengths(&entries);
    check_there(event, bookmaker, run_id);
    check_raw(raw.as_ref());
    let count_of_markets = markets(entries.iter());
    if i16::try_from(count_of_markets).is_err() {
        OF.refuse(format!(
            "odds must hold at most {} markets, not {count_of_markets}",
            i16::MAX
        ));
    }
    let offer = Offer {
        b: 0,
        event_id: event,
        bookmaker_id: bookmaker,
        reference: None,
        hash: fingerprint(&entries),
        markets: count_of_markets,
        updated: None,
        raw: raw.as_ref().and_then(|raw| serde_json::from_str(&raw.0).ok()),
    };
    let quotes: Vec<String> = entries.iter().map(|entry| quote(0, entry, None)).collect();
    let stored = store(&place, &[offer], &[quotes]);
    let Some(stored) = stored.into_iter().next() else {
        return TableIterator::new(std::iter::empty());
    };
    if let Some(problem) = stored.problem {
        OF.error(ERRCODE_UNIQUE_VIOLATION, problem).raise();
    }
    if let Some(run) = run_id {
        let tally = Tally {
            snapshots: usize::from(stored.is_new),
            unchanged: usize::from(stored.is_unchanged),
            odds: stored.odds,
            ..Tally::default()
        };
        count(run, 0, &tally, 0);
    }
    if stored.is_new && !stored.is_unchanged {
        tell_caches(&[event]);
    }
    TableIterator::once((
        stored.snapshot,
        Some(when),
        stored.is_unchanged,
        i32::try_from(stored.odds).unwrap_or(i32::MAX),
    ))
}

fn check_lengths(entries: &[Entry]) {
    for entry in entries {
        for (name, text) in [("outcome", &entry.outcome), ("market", &entry.market)] {
            let length = text.chars().count();
            if length > LONGEST {
                let why = format!("{name} must be at most {LONGEST} characters, not {length}: {text}");
                OF.error(ERRCODE_STRING_DATA_RIGHT_TRUNCATION, why).raise();
            }
        }
    }
}

fn check_there(event: i32, bookmaker: i32, run: Option<i64>) {
    let mut missing = None;
    let arguments = [
        Argument::int4(event),
        Argument::int4(bookmaker),
        Argument::int8_or_null(run),
    ];
    read_as_of_now(THERE, &arguments, &mut |row| {
        missing = match (row.bool(0), row.bool(1), row.bool(2)) {
            (Some(true), Some(true), Some(true)) => None,
            (Some(true), Some(true), _) => Some(format!("run {}", run.unwrap_or_default())),
            (Some(true), ..) => Some(format!("bookmaker {bookmaker}")),
            _ => Some(format!("event {event}")),
        };
    });
    if let Some(missing) = missing {
        OF.error(ERRCODE_FOREIGN_KEY_VIOLATION, format!("there is no {missing}"))
            .raise();
    }
}

fn check_raw(raw: Option<&JsonbText>) {
    let bytes = raw.map_or(0, |raw| raw.0.len());
    if bytes > LARGEST_RAW {
        OF.refuse(format!("raw must be at most {LARGEST_RAW} bytes, not {bytes}"));
    }
    if bytes > LARGE_RAW {
        notice(format!(
            "{}: raw has {bytes} bytes: large documents make snapshots slow to read",
            OF.0
        ));
    }
}
