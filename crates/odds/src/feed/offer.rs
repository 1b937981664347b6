//! From what the parsers found to offers: prices whose form is known by now, three-way markets by their name, nothing twice.

use super::fault::Fault;
use super::json::{Object, Path, scalar};
use super::names::with_draw;
use super::price::Price;
use super::{Book, Event, Format, Header, Quote};
use crate::offer::number::{Unfit, scaled};
use crate::offer::{Entry, LARGEST_LINE, head};
use dynasty_intake::lenient::shown;
use std::collections::HashSet;

/// The longest of the tables' keys and outcomes.
pub(super) const LONGEST_KEY: usize = 64;

/// A payload before its bare numbers are decided.
#[derive(Default)]
pub(super) struct Drafts {
    pub(super) events: Vec<EventDraft>,
    /// Elements that are no part of an event that could be read.
    pub(super) faults: Vec<Fault>,
}

pub(super) struct EventDraft {
    pub(super) path: String,
    pub(super) reference: String,
    pub(super) header: Option<Header>,
    pub(super) id: Option<i32>,
    pub(super) books: Vec<BookDraft>,
    /// Elements of it that name no book.
    pub(super) faults: Vec<Fault>,
}

pub(super) struct BookDraft {
    pub(super) path: String,
    pub(super) key: String,
    pub(super) name: String,
    pub(super) updated_at: Option<i64>,
    pub(super) raw: String,
    quotes: Vec<QuoteDraft>,
    /// The first thing that is wrong with it.
    fault: Option<Fault>,
}

/// A price as the parsers hand it on.
pub(super) struct QuoteDraft {
    pub(super) market: String,
    pub(super) period: u8,
    pub(super) line: Option<i64>,
    pub(super) outcome: String,
    pub(super) price: Price,
    /// Where the outcome stands.
    pub(super) path: String,
    pub(super) suspended: bool,
    pub(super) updated_at: Option<i64>,
    /// The list it stands in: nothing may stand twice in one.
    pub(super) list: usize,
}

impl BookDraft {
    pub(super) fn new(path: String, key: String, name: String, raw: String) -> BookDraft {
        BookDraft {
            path,
            key,
            name,
            updated_at: None,
            raw,
            quotes: vec![],
            fault: None,
        }
    }

    /// Takes a price, or what is wrong with it; the first fault of a book is reported.
    pub(super) fn take(&mut self, quote: Result<QuoteDraft, Fault>) {
        match quote {
            Ok(quote) => self.quotes.push(quote),
            Err(fault) => self.fail(fault),
        }
    }

    pub(super) fn fail(&mut self, fault: Fault) {
        self.fault.get_or_insert(fault);
    }

    fn priced(self, format: Format) -> Result<Book, Fault> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let mut draws: HashSet<(&str, u8)> = HashSet::new();
        draws.extend(
            self.quotes
                .iter()
                .filter(|q| q.outcome == "draw")
                .map(|q| (q.market.as_str(), q.period)),
        );
        let renamed: Vec<Option<&str>> = (self.quotes.iter())
            .map(|q| with_draw(&q.market).filter(|_| draws.contains(&(q.market.as_str(), q.period))))
            .collect();
        let mut quotes = Vec::with_capacity(self.quotes.len());
        for (quote, renamed) in self.quotes.into_iter().zip(renamed) {
            let price = quote.price.decimal(format, &format!("{}.price", quote.path))?;
            let entry = Entry {
                market: renamed.map_or(quote.market, str::to_string),
                period: quote.period,
                line: quote.line,
                outcome: quote.outcome,
                price,
                suspended: quote.suspended,
            };
            quotes.push((
                Quote {
                    entry,
                    updated_at: quote.updated_at,
                },
                quote.list,
                quote.path,
            ));
        }
        // Stable: of one outcome in two places the first of the payload stays first.
        quotes.sort_by(|(one, ..), (other, ..)| key(&one.entry).cmp(&key(&other.entry)));
        let mut kept: Vec<(Quote, usize, String)> = Vec::with_capacity(quotes.len());
        for (quote, list, path) in quotes {
            match kept.last() {
                Some((last, in_list, at)) if key(&last.entry) == key(&quote.entry) => {
                    // Some feeds list a book once per country, with the same prices: said twice is not said differently.
                    let repeated = *in_list != list
                        && (last.entry.price, last.entry.suspended) == (quote.entry.price, quote.entry.suspended);
                    if !repeated {
                        let message = format!("{path} is the same outcome as {at}: {}", shown(&head(&quote.entry)));
                        return Err(Fault::new(path, "23505", message));
                    }
                }
                _ => kept.push((quote, list, path)),
            }
        }
        Ok(Book {
            path: self.path,
            key: self.key,
            name: self.name,
            updated_at: self.updated_at,
            quotes: kept.into_iter().map(|(quote, ..)| quote).collect(),
            raw: self.raw,
        })
    }
}

/// What an entry is a price of, in the order of [`Entry`].
fn key(entry: &Entry) -> (&str, u8, Option<i64>, &str) {
    (&entry.market, entry.period, entry.line, &entry.outcome)
}

impl Drafts {
    /// The offers, where bare numbers have this form.
    pub(super) fn priced(self, format: Format) -> (Vec<Event>, Vec<Fault>) {
        let mut faults = self.faults;
        let mut events = Vec::with_capacity(self.events.len());
        for (at, draft) in self.events.into_iter().enumerate() {
            let mut books = Vec::with_capacity(draft.books.len());
            faults.extend(draft.faults.into_iter().map(|fault| fault.within(Some(at), None)));
            for book in draft.books {
                let key = book.key.clone();
                match book.priced(format) {
                    Ok(book) => books.push(book),
                    Err(fault) => faults.push(fault.within(Some(at), Some(&key))),
                }
            }
            events.push(Event {
                path: draft.path,
                reference: draft.reference,
                header: draft.header,
                id: draft.id,
                books,
            });
        }
        (events, faults)
    }
}

/// A line in hundredths: a number or the text of one, with or without a plus.
pub(super) fn line(object: &Object, key: &str) -> Result<Option<i64>, Fault> {
    const WANTED: &str = "a line below 1000000 and above -1000000";
    let Some(json) = object.raw(key) else { return Ok(None) };
    let at = || object.path().key(key).to_string();
    let text = scalar(json).ok_or_else(|| Fault::unreadable(at(), shown(json), WANTED))?;
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    match scaled(text.strip_prefix('+').unwrap_or(text), 2) {
        Ok(line) if (-LARGEST_LINE..=LARGEST_LINE).contains(&line) => Ok(Some(line)),
        Err(Unfit::NoNumber) => Err(Fault::unreadable(at(), shown(text), WANTED)),
        _ => Err(Fault::invalid(at(), shown(text), WANTED)),
    }
}

/// A part of the event: 0 to 9.
pub(super) fn period(object: &Object, key: &str) -> Result<Option<u8>, Fault> {
    const WANTED: &str = "a whole number from 0 to 9";
    let Some(json) = object.raw(key) else { return Ok(None) };
    let at = || object.path().key(key).to_string();
    let text = scalar(json).ok_or_else(|| Fault::unreadable(at(), shown(json), WANTED))?;
    match scaled(text.trim(), 2) {
        Ok(hundredths) if (0..=900).contains(&hundredths) && hundredths % 100 == 0 => {
            Ok(u8::try_from(hundredths / 100).ok())
        }
        Err(Unfit::NoNumber) => Err(Fault::unreadable(at(), shown(&text), WANTED)),
        _ => Err(Fault::invalid(at(), shown(&text), WANTED)),
    }
}

/// A text that fits the tables' keys and outcomes.
pub(super) fn fitting(text: String, path: &Path) -> Result<String, Fault> {
    if text.chars().nth(LONGEST_KEY).is_some() {
        return Err(Fault::too_long(path, &text, LONGEST_KEY));
    }
    Ok(text)
}
