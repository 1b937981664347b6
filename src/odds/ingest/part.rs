//! The elements of a payload, all at once or each alone.

use super::document::{Item, Offer, markets, quote, written};
use super::events::{Found, matched};
use super::statements::{BOOKS, HOLD_SEEN, MAKE_BOOKS, NAME_EVENTS, SEEN};
use super::store::{Place, store};
use crate::pg::border::crossing;
use crate::pg::jsonb::StoredJsonb;
use crate::pg::query::{Argument, read_as_of_now, write, write_returning};
use crate::pg::subxact::attempt;
use crate::pg::text::ShortText;
use crate::shared::upsert::fault_of_data;
use dynasty_odds::feed::{Book, Fault, Reading};
use dynasty_odds::offer::{Entry, fingerprint};
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};

/// A payload that was read.
pub struct Feed<'a> {
    /// What it holds.
    pub reading: &'a Reading,
    /// Its events, as the statements want them.
    pub items: &'a [Item],
    /// Who wrote it.
    pub source: &'a str,
}

/// An element that failed.
#[derive(Clone, Debug, Serialize)]
pub struct Failure {
    event_id: Option<i32>,
    book: Option<String>,
    kind: &'static str,
    /// The code of the error.
    pub sqlstate: String,
    path: String,
    /// What is wrong.
    pub message: String,
}

impl Failure {
    /// Of what the server or the tables say.
    pub fn new(event_id: Option<i32>, book: Option<&str>, sqlstate: &str, path: &str, message: &str) -> Failure {
        let kind = match sqlstate.get(..2) {
            _ if sqlstate == "23505" => "conflict",
            Some("22" | "23") => "validation",
            _ => "other",
        };
        Failure {
            event_id,
            book: book.map(str::to_string),
            kind,
            sqlstate: sqlstate.into(),
            path: path.into(),
            message: message.into(),
        }
    }

    /// Of what could not be read.
    pub fn of_fault(fault: &Fault, events: &[Option<i32>]) -> Failure {
        Failure {
            event_id: fault.event.and_then(|n| events.get(n).copied().flatten()),
            book: fault.book.clone(),
            kind: fault.kind().name(),
            sqlstate: fault.sqlstate.into(),
            path: fault.path.clone(),
            message: fault.message.clone(),
        }
    }
}

/// What a call did.
#[derive(Debug, Default)]
pub struct Tally {
    /// Snapshots written.
    pub snapshots: usize,
    /// Of them, or of what stood there already, unchanged.
    pub unchanged: usize,
    /// Prices written.
    pub odds: usize,
    /// The event of each element.
    pub events: Vec<Option<i32>>,
    /// Events whose prices changed.
    pub changed: Vec<i32>,
    /// What failed.
    pub failures: Vec<Failure>,
}

/// Everything at once; where data make that fail, an element at a time.
pub fn all_or_singly(feed: &Feed, place: &Place) -> Tally {
    let done = attempt(|| {
        let mut tally = Tally::default();
        let found = matched(feed.items, feed.source, place.at);
        note_problems(feed, &found, &mut tally);
        tally.events = found.iter().map(Found::id).collect();
        let books: Vec<(usize, &Book)> = (feed.reading.events.iter().enumerate())
            .filter(|(n, _)| tally.events[*n].is_some())
            .flat_map(|(n, event)| event.books.iter().map(move |book| (n, book)))
            .collect();
        offers(feed, place, &books, &mut tally);
        tally
    });
    match done {
        Ok(tally) => tally,
        Err(error) if fault_of_data(&error).is_some() => singly(feed, place),
        Err(error) => crossing(|| error.rethrow()),
    }
}

fn note_problems(feed: &Feed, found: &[Found], tally: &mut Tally) {
    for (found, item) in found.iter().zip(feed.items) {
        if let Found::Problem(state, message) = found {
            tally
                .failures
                .push(Failure::new(None, None, state, &item.path, message));
        }
    }
}

fn singly(feed: &Feed, place: &Place) -> Tally {
    let mut tally = Tally::default();
    for (n, event) in feed.reading.events.iter().enumerate() {
        let item = &feed.items[n..=n];
        let id = match attempt(|| matched(item, feed.source, place.at)) {
            Ok(found) => {
                let alone = Feed { items: item, ..*feed };
                note_problems(&alone, &found, &mut tally);
                found.first().and_then(Found::id)
            }
            Err(error) => {
                let (state, message) = fault_of_data(&error).unwrap_or_else(|| crossing(|| error.rethrow()));
                let message = format!("{}: {message}", event.path);
                tally
                    .failures
                    .push(Failure::new(None, None, &state, &event.path, &message));
                None
            }
        };
        tally.events.push(id);
        if id.is_none() {
            continue;
        }
        for book in &event.books {
            let before = (
                tally.snapshots,
                tally.unchanged,
                tally.odds,
                tally.changed.len(),
                tally.failures.len(),
            );
            if let Err(error) = attempt(|| offers(feed, place, &[(n, book)], &mut tally)) {
                let (state, message) = fault_of_data(&error).unwrap_or_else(|| crossing(|| error.rethrow()));
                // What it counted before it failed was taken back.
                (tally.snapshots, tally.unchanged, tally.odds) = (before.0, before.1, before.2);
                tally.changed.truncate(before.3);
                tally.failures.truncate(before.4);
                let message = format!("{}: {message}", book.path);
                tally
                    .failures
                    .push(Failure::new(id, Some(&book.key), &state, &book.path, &message));
            }
        }
    }
    let changed: BTreeSet<i32> = tally.changed.iter().copied().collect();
    tally.changed = changed.into_iter().collect();
    tally
}

/// The offers of books on events that are known.
fn offers(feed: &Feed, place: &Place, books: &[(usize, &Book)], tally: &mut Tally) {
    if books.is_empty() {
        return;
    }
    let ids = bookmakers(books);
    let mut offers = Vec::with_capacity(books.len());
    let mut quotes = Vec::with_capacity(books.len());
    let mut at = Vec::with_capacity(books.len());
    for (n, book) in books {
        let (Some(event), Some(bookmaker)) = (tally.events[*n], ids.get(&book.key)) else {
            continue;
        };
        let entries: Vec<Entry> = book.quotes.iter().map(|q| q.entry.clone()).collect();
        let b = offers.len() as i32;
        offers.push(Offer {
            b,
            event_id: event,
            bookmaker_id: *bookmaker,
            reference: feed.reading.events[*n]
                .id
                .map_or(Some(feed.reading.events[*n].reference.as_str()), |_| {
                    own_reference(&feed.reading.events[*n])
                }),
            hash: fingerprint(&entries),
            markets: markets(entries.iter()),
            updated: book.updated_at,
            raw: serde_json::from_str(&book.raw).ok(),
        });
        quotes.push(
            entries
                .iter()
                .map(|entry| quote(b, entry, None))
                .collect::<Vec<String>>(),
        );
        at.push(*book);
    }
    see(feed.source, place, &offers);
    let mut changed: BTreeSet<i32> = tally.changed.iter().copied().collect();
    for ((stored, offer), book) in store(place, &offers, &quotes).into_iter().zip(&offers).zip(at) {
        if let Some(problem) = stored.problem {
            let message = format!("{}: {problem}", book.path);
            let failure = Failure::new(Some(offer.event_id), Some(&book.key), "23505", &book.path, &message);
            tally.failures.push(failure);
            continue;
        }
        tally.snapshots += usize::from(stored.is_new);
        tally.unchanged += usize::from(stored.is_unchanged);
        tally.odds += stored.odds;
        if stored.is_new && !stored.is_unchanged {
            changed.insert(offer.event_id);
        }
    }
    tally.changed = changed.into_iter().collect();
}

/// What the source calls an event; none where it names it by our own id alone.
fn own_reference(event: &dynasty_odds::feed::Event) -> Option<&str> {
    let own = event.id.is_some_and(|id| id.to_string() == event.reference);
    (!own).then_some(event.reference.as_str())
}

/// The numbers of bookmakers by their keys; who is missing is made.
fn bookmakers(books: &[(usize, &Book)]) -> HashMap<String, i32> {
    #[derive(Serialize)]
    struct Named<'a> {
        key: &'a str,
        name: &'a str,
    }
    let named: Vec<Named> = (books.iter())
        .map(|(_, book)| Named {
            key: &book.key,
            name: &book.name,
        })
        .collect();
    let json = StoredJsonb::of(&written(&named));
    write(MAKE_BOOKS, &[Argument::stored_jsonb(&json)]);
    let mut ids = HashMap::new();
    read_as_of_now(BOOKS, &[Argument::stored_jsonb(&json)], &mut |row| {
        if let (Some(key), Some(id)) = (row.text(0), row.int4(1)) {
            ids.insert(key.into_owned(), id);
        }
    });
    ids
}

/// Notes what the books call the events, and that they were seen with them.
fn see(source: &str, place: &Place, offers: &[Offer]) {
    let given = StoredJsonb::of(&written(&offers));
    let source = ShortText::of(source);
    let at = || Argument::timestamptz(place.at);
    write(
        NAME_EVENTS,
        &[Argument::stored_jsonb(&given), Argument::text(&source), at()],
    );
    let mut news = false;
    write_returning(HOLD_SEEN, &[Argument::stored_jsonb(&given), at()], &mut |_| news = true);
    if news {
        write(SEEN, &[Argument::stored_jsonb(&given), at()]);
    }
}
