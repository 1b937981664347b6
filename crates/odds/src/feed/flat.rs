//! Rows of our own form: one price each, with the event and the book it is of. Rows of one book and event are one offer.

use super::fault::Fault;
use super::headers::{self, LONGEST_REFERENCE};
use super::json::{Object, Path};
use super::names::{Sides, market};
use super::offer::{BookDraft, Drafts, EventDraft, LONGEST_KEY, QuoteDraft, fitting, line, period};
use super::price::{self, Price, Votes, Written};
use std::collections::HashMap;

/// What a suspended outcome without a price is stored at.
const NO_PRICE: Price = Price::Known(1_000_000);

pub(super) fn read(items: &[(String, &str)], drafts: &mut Drafts, votes: &mut Votes) {
    let paths: Vec<Path> = items.iter().map(|(written, _)| Path::from(written)).collect();
    let mut rows: Vec<(Object, Named)> = Vec::with_capacity(items.len());
    for ((_, json), path) in items.iter().zip(&paths) {
        match Object::read(json, path).and_then(|row| Ok((named(&row)?, row))) {
            Ok((named, row)) => rows.push((row, named)),
            Err(fault) => drafts.faults.push(fault),
        }
    }
    let mut events = Events::of(&rows, drafts);
    for (row, named) in &rows {
        // None: an event that is at fault is reported once, not for each of its rows.
        if let Some(at) = events.at.get(named) {
            events.places[*at].row(row, votes);
        }
    }
    for mut place in events.places {
        place.finish();
        match place.contradicted {
            None => drafts.events.push(place.event),
            Some(fault) => drafts.faults.push(fault),
        }
    }
}

/// How a row names its event.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Named {
    Id(i32),
    Reference(String),
}

pub(super) fn named_id(row: &Object) -> Result<Option<i32>, Fault> {
    let Some(text) = row.text("event_id", usize::MAX)? else {
        return Ok(None);
    };
    // One that cannot be there is not there, which the tables say.
    text.parse().map(Some).map_err(|_| {
        Fault::unreadable(
            row.path().key("event_id"),
            dynasty_intake::lenient::shown(&text),
            "the id of an event",
        )
    })
}

fn named(row: &Object) -> Result<Named, Fault> {
    match named_id(row)? {
        Some(id) => Ok(Named::Id(id)),
        None => row.needed("event_ref", LONGEST_REFERENCE).map(Named::Reference),
    }
}

/// What an event consists of.
const EVENT: [&str; 4] = ["sport", "home", "away", "kickoff"];

/// Whether a row says what its event is.
fn says_event(row: &Object) -> bool {
    EVENT.iter().any(|key| row.raw(key).is_some())
}

struct Events {
    at: HashMap<Named, usize>,
    places: Vec<Place>,
}

struct Place {
    event: EventDraft,
    sides: Sides,
    books: HashMap<String, usize>,
    /// Rows that say different things of one event are no description of it.
    contradicted: Option<Fault>,
}

impl Events {
    fn of(rows: &[(Object, Named)], drafts: &mut Drafts) -> Events {
        // The first row that says what an event is; where none does, the first that names it, for its place.
        let mut first: HashMap<&Named, usize> = HashMap::new();
        let mut order = vec![];
        for (at, (row, named)) in rows.iter().enumerate() {
            match first.get_mut(named) {
                None => {
                    first.insert(named, at);
                    order.push(named);
                }
                Some(known) if says_event(row) && !says_event(&rows[*known].0) => *known = at,
                Some(_) => {}
            }
        }
        let mut events = Events {
            at: HashMap::new(),
            places: vec![],
        };
        for named in order {
            let row = &rows[first[named]].0;
            match place(row, named) {
                Ok(place) => {
                    events.at.insert(named.clone(), events.places.len());
                    events.places.push(place);
                }
                Err(fault) => drafts.faults.push(fault),
            }
        }
        events
    }
}

fn place(row: &Object, named: &Named) -> Result<Place, Fault> {
    let (id, reference, header) = match named {
        Named::Id(id) => {
            let reference = row.text("event_ref", LONGEST_REFERENCE)?;
            (Some(*id), reference.unwrap_or_else(|| id.to_string()), None)
        }
        Named::Reference(reference) => (None, reference.clone(), Some(headers::flat(row)?)),
    };
    Ok(Place {
        sides: Sides::of(header.as_ref().and_then(|h| h.teams.as_ref())),
        event: EventDraft {
            path: row.path().to_string(),
            reference,
            header,
            id,
            books: vec![],
            faults: vec![],
        },
        books: HashMap::new(),
        contradicted: None,
    })
}

impl Place {
    fn row(&mut self, row: &Object, votes: &mut Votes) {
        if let Some(header) = &self.event.header
            && EVENT.iter().all(|key| row.raw(key).is_some())
        {
            match headers::flat(row) {
                Ok(said) if said == *header => {}
                Ok(_) => {
                    let fault = Fault::invalid(
                        row.path(),
                        "another event under the same event_ref",
                        "a row of one event",
                    );
                    self.contradicted.get_or_insert(fault);
                }
                Err(fault) => return self.event.faults.push(fault),
            }
        }
        let key = match row.needed("bookmaker", LONGEST_KEY) {
            Ok(key) => key,
            Err(fault) => return self.event.faults.push(fault),
        };
        let books = &mut self.event.books;
        let at = *self.books.entry(key.clone()).or_insert_with(|| {
            books.push(BookDraft::new(row.path().to_string(), key.clone(), key, String::new()));
            books.len() - 1
        });
        let quote = quote(row, &self.sides, votes);
        let json = row.json();
        if let Some(book) = books.get_mut(at) {
            book.raw.push_str(if book.raw.is_empty() { "[" } else { "," });
            book.raw.push_str(json);
            book.updated_at = book.updated_at.max(quote.as_ref().ok().and_then(|q| q.updated_at));
            book.take(quote);
        }
    }

    fn finish(&mut self) {
        for book in &mut self.event.books {
            book.raw.push(']');
        }
    }
}

fn quote(row: &Object, sides: &Sides, votes: &mut Votes) -> Result<QuoteDraft, Fault> {
    let path = row.path();
    let price = match row.raw("price") {
        Some(json) => Some(price::read(json, Written::Unsaid, &path.key("price"), votes)?),
        None => None,
    };
    let suspended = row.flag("suspended")?;
    let Some(price) = price.or(suspended.then_some(NO_PRICE)) else {
        return Err(Fault::unreadable(path.key("price"), "missing", "a price"));
    };
    let written = row.needed("market", usize::MAX)?;
    let (key, by_suffix) = market(&written);
    let said = period(row, "period")?;
    if let (Some(said), Some(meant)) = (said, by_suffix)
        && said != meant
    {
        let wanted = format!("{meant}, as the market's name says");
        return Err(Fault::invalid(path.key("period"), said, &wanted));
    }
    let outcome = sides.outcome(&key, &row.needed("outcome", usize::MAX)?);
    Ok(QuoteDraft {
        market: fitting(key, &path.key("market"))?,
        period: by_suffix.or(said).unwrap_or(0),
        line: line(row, "line")?,
        outcome: fitting(outcome, &path.key("outcome"))?,
        price,
        path: path.to_string(),
        suspended,
        updated_at: row.time("last_update")?,
        list: 0,
    })
}
