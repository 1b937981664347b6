//! Sportradar: an event with markets with books with outcomes, numbers as text. What is removed is passed over.

use super::fault::Fault;
use super::headers;
use super::json::{Object, Path};
use super::names::{Sides, is_spread, market};
use super::offer::{BookDraft, Drafts, EventDraft, LONGEST_KEY, QuoteDraft, fitting, line};
use super::price::{self, Votes, Written};
use std::collections::HashMap;

/// The fields a price stands in, the first that is there.
const PRICES: [(&str, Written); 4] = [
    ("odds_decimal", Written::Decimal),
    ("odds_american", Written::American),
    ("odds_fraction", Written::Fraction),
    ("odds", Written::Unsaid),
];

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
    let event_at = path.key("sport_event");
    let Some(event) = object.raw("sport_event") else {
        return Err(Fault::unreadable(event_at, "missing", "an object"));
    };
    let (reference, header) = headers::sportradar(&Object::read(event, &event_at)?)?;
    let mut books = Books {
        sides: Sides::of(header.teams.as_ref()),
        all: vec![],
        at: HashMap::new(),
        faults: vec![],
        lists: 0,
    };
    let list_at = path.key("markets");
    for (at, json) in object.list("markets")?.unwrap_or_default().into_iter().enumerate() {
        // A market that cannot be read is missing from every book's offer: the event is at fault.
        books.market(json, &list_at.at(at), votes)?;
    }
    Ok(EventDraft {
        path: path.to_string(),
        reference,
        header: Some(header),
        id: None,
        books: books.all.into_iter().map(|(book, raw)| finished(book, raw)).collect(),
        faults: books.faults,
    })
}

fn finished(mut book: BookDraft, raw: String) -> BookDraft {
    book.raw = format!("[{raw}]");
    book
}

struct Books {
    sides: Sides,
    /// The books, and their JSON in each market.
    all: Vec<(BookDraft, String)>,
    at: HashMap<String, usize>,
    faults: Vec<Fault>,
    lists: usize,
}

impl Books {
    fn market(&mut self, json: &str, path: &Path, votes: &mut Votes) -> Result<(), Fault> {
        let object = Object::read(json, path)?;
        if object.flag("removed")? {
            return Ok(());
        }
        let written = object.needed("name", usize::MAX)?;
        let (key, period) = market(&written);
        let key = fitting(key, &path.key("name"))?;
        let name_json = object.raw("name").unwrap_or_default();
        let list_at = path.key("books");
        for (at, json) in object.list("books")?.unwrap_or_default().into_iter().enumerate() {
            let path = list_at.at(at);
            if let Err(fault) = self.book(json, &path, (&key, period.unwrap_or(0), name_json), votes) {
                self.faults.push(fault);
            }
        }
        Ok(())
    }

    /// A book in one market; an error where it cannot be told which book.
    fn book(&mut self, json: &str, path: &Path, of: (&str, u8, &str), votes: &mut Votes) -> Result<(), Fault> {
        let (market, period, name_json) = of;
        let object = Object::read(json, path)?;
        let name = object.needed("name", usize::MAX)?;
        let key = headers::squeezed(&name);
        if key.is_empty() {
            return Err(Fault::unreadable(
                path.key("name"),
                name,
                "a name with letters or digits",
            ));
        }
        if key.chars().nth(LONGEST_KEY).is_some() {
            return Err(Fault::too_long(path.key("name"), &key, LONGEST_KEY));
        }
        let removed = object.flag("removed");
        if removed == Ok(true) {
            return Ok(());
        }
        let at = *self.at.entry(key.clone()).or_insert_with(|| {
            self.all.push((
                BookDraft::new(path.to_string(), key, name, String::new()),
                String::new(),
            ));
            self.all.len() - 1
        });
        self.lists += 1;
        let Some((book, raw)) = self.all.get_mut(at) else {
            return Ok(());
        };
        let comma = if raw.is_empty() { "" } else { "," };
        raw.push_str(&format!("{comma}{{\"market\":{name_json},\"book\":{json}}}"));
        if let Err(fault) = removed {
            book.fail(fault);
        }
        let list_at = path.key("outcomes");
        let list = match object.list("outcomes") {
            Ok(list) => list.unwrap_or_default(),
            Err(fault) => {
                book.fail(fault);
                return Ok(());
            }
        };
        for (at, json) in list.into_iter().enumerate() {
            let path = list_at.at(at);
            match outcome(json, &path, (market, period, self.lists), &self.sides, votes) {
                Ok(Some(quote)) => book.take(Ok(quote)),
                Ok(None) => {}
                Err(fault) => book.take(Err(fault)),
            }
        }
        Ok(())
    }
}

/// An outcome; none where it is removed.
fn outcome(
    json: &str,
    path: &Path,
    of: (&str, u8, usize),
    sides: &Sides,
    votes: &mut Votes,
) -> Result<Option<QuoteDraft>, Fault> {
    let (market, period, list) = of;
    let object = Object::read(json, path)?;
    if object.flag("removed")? {
        return Ok(None);
    }
    let priced = PRICES
        .iter()
        .find_map(|(key, written)| Some((*key, *written, object.raw(key)?)));
    let Some((key, written, json)) = priced else {
        return Err(Fault::unreadable(path.key("odds"), "missing", "a price"));
    };
    let price = price::read(json, written, &path.key(key), votes)?;
    let outcome = sides.outcome(market, &object.needed("type", usize::MAX)?);
    let mut drawn = None;
    for key in ["total", "spread", "handicap"] {
        if drawn.is_none() {
            drawn = line(&object, key)?;
        }
    }
    if is_spread(market) && outcome == "away" {
        drawn = drawn.map(|line| -line);
    }
    Ok(Some(QuoteDraft {
        market: market.to_string(),
        period,
        line: drawn,
        outcome: fitting(outcome, &path.key("type"))?,
        price,
        path: path.to_string(),
        suspended: false,
        updated_at: None,
        list,
    }))
}
