//! The Odds API, version 4: events with bookmakers with markets with outcomes.

use super::fault::Fault;
use super::headers;
use super::json::{Object, Path};
use super::names::{Sides, is_spread, market};
use super::offer::{BookDraft, Drafts, EventDraft, LONGEST_KEY, QuoteDraft, fitting, line};
use super::price::{self, Votes, Written};

pub(super) fn read(items: &[(String, &str)], drafts: &mut Drafts, votes: &mut Votes) {
    for (written, json) in items {
        match event(json, &Path::from(written), votes) {
            Ok(event) => drafts.events.push(event),
            Err(fault) => drafts.faults.push(fault),
        }
    }
}

fn event(json: &str, path: &Path, votes: &mut Votes) -> Result<EventDraft, Fault> {
    let object = Object::read(json, path)?;
    let (reference, header) = headers::the_odds_api(&object)?;
    let sides = Sides::of(header.teams.as_ref());
    let mut draft = EventDraft {
        path: path.to_string(),
        reference,
        header: Some(header),
        id: None,
        books: vec![],
        faults: vec![],
    };
    let list_at = path.key("bookmakers");
    for (at, json) in object.list("bookmakers")?.unwrap_or_default().into_iter().enumerate() {
        let path = list_at.at(at);
        match book(json, &path, &sides, votes) {
            Ok(book) => draft.books.push(book),
            Err(fault) => draft.faults.push(fault),
        }
    }
    Ok(draft)
}

/// A book; an error where it cannot be told which.
fn book(json: &str, path: &Path, sides: &Sides, votes: &mut Votes) -> Result<BookDraft, Fault> {
    let object = Object::read(json, path)?;
    let key = object.needed("key", LONGEST_KEY)?;
    let name = object.text("title", usize::MAX)?.unwrap_or_else(|| key.clone());
    let mut book = BookDraft::new(path.to_string(), key, name, json.to_string());
    if let Err(fault) = markets(&object, &mut book, sides, votes) {
        book.fail(fault);
    }
    Ok(book)
}

fn markets(object: &Object, book: &mut BookDraft, sides: &Sides, votes: &mut Votes) -> Result<(), Fault> {
    book.updated_at = object.time("last_update")?;
    let list_at = object.path().key("markets");
    let mut newest = None;
    for (at, json) in object.list("markets")?.unwrap_or_default().into_iter().enumerate() {
        let path = list_at.at(at);
        let object = Object::read(json, &path)?;
        let written = object.needed("key", usize::MAX)?;
        let (market, period) = market(&written);
        let of = Market {
            market: fitting(market, &path.key("key"))?,
            period: period.unwrap_or(0),
            updated_at: object.time("last_update")?.or(book.updated_at),
            list: at,
        };
        newest = newest.max(of.updated_at);
        let outcomes_at = path.key("outcomes");
        for (at, json) in object.list("outcomes")?.unwrap_or_default().into_iter().enumerate() {
            book.take(of.outcome(json, &outcomes_at.at(at), sides, votes));
        }
    }
    // The book's own time, or the latest of its markets where it has none.
    book.updated_at = book.updated_at.or(newest);
    Ok(())
}

struct Market {
    market: String,
    period: u8,
    updated_at: Option<i64>,
    list: usize,
}

impl Market {
    fn outcome(&self, json: &str, path: &Path, sides: &Sides, votes: &mut Votes) -> Result<QuoteDraft, Fault> {
        let object = Object::read(json, path)?;
        let price_at = path.key("price");
        // First of all: whatever else is wrong with it, its price shows the form of the others.
        let price = match object.raw("price") {
            Some(json) => price::read(json, Written::Unsaid, &price_at, votes)?,
            None => return Err(Fault::unreadable(price_at, "missing", "a price")),
        };
        let name = object.needed("name", usize::MAX)?;
        let outcome = sides.outcome(&self.market, &name);
        let mut line = line(&object, "point")?;
        if is_spread(&self.market) && outcome == "away" {
            line = line.map(|line| -line);
        }
        let outcome = match object.text("description", usize::MAX)? {
            Some(description) => format!("{description}:{outcome}"),
            None => outcome,
        };
        Ok(QuoteDraft {
            market: self.market.clone(),
            period: self.period,
            line,
            outcome: fitting(outcome, &path.key("name"))?,
            price,
            path: path.to_string(),
            suspended: false,
            updated_at: self.updated_at,
            list: self.list,
        })
    }
}
