//! Payloads of the feeds, read by the crate.

use crate::odds::errors::error_of;
use crate::odds::ingest::document::{markets, quote, written};
use crate::pg::jsonb::JsonbText;
use crate::pg::sql_text::Text;
use crate::shared::arguments::Of;
use dynasty_odds::feed::{self, Fault, Format, Reading, Refused, Source};
use pgrx::prelude::*;
use serde::Serialize;
use serde_json::value::RawValue;

/// The largest document that is kept with a snapshot.
const LARGEST_RAW: usize = 8 << 20;

#[derive(Serialize)]
struct Document<'a> {
    events: Vec<&'a str>,
    books: Vec<BookOut<'a>>,
    quotes: Vec<&'a RawValue>,
}

#[derive(Serialize)]
struct BookOut<'a> {
    b: usize,
    n: usize,
    key: &'a str,
}

/// Raises what a payload is refused for.
pub fn refused(of: Of, refused: &Refused) -> ! {
    let error = error_of(of, &refused.error);
    match refused.hint {
        Some(hint) => error.hint(hint).raise(),
        None => error.raise(),
    }
}

/// The source of a word; raises 22023 for another.
pub fn source_of(of: Of, word: &str) -> Source {
    Source::of(word).unwrap_or_else(|e| error_of(of, &e).raise())
}

/// A payload of odds as a document in columns, for parse_odds().
#[pg_extern(sql = false)]
fn read_odds(payload: Option<JsonbText>, source: Option<Text>, odds_format: Option<Text>) -> Option<Text> {
    const OF: Of = Of("parse_odds");
    let payload = OF.required("payload", payload);
    let source = source_of(OF, &OF.required("source", source));
    let format = Format::of(&OF.required("odds_format", odds_format)).unwrap_or_else(|e| error_of(OF, &e).raise());
    let reading = feed::read(&payload.0, source, format).unwrap_or_else(|why| refused(OF, &why));
    let (mut books, mut quotes) = (vec![], vec![]);
    for (n, event) in reading.events.iter().enumerate() {
        for book in &event.books {
            let b = books.len();
            books.push(BookOut { b, n, key: &book.key });
            quotes.extend(book.quotes.iter().map(|q| quote(b as i32, &q.entry, q.updated_at)));
        }
    }
    Some(Text(written(&Document {
        events: reading.events.iter().map(|event| event.reference.as_str()).collect(),
        books,
        quotes: quotes.iter().filter_map(|q| serde_json::from_str(q).ok()).collect(),
    })))
}

/// What is too large to be kept with its snapshot is no offer of a book; and a snapshot counts its markets in 16 bits.
pub fn keep_fitting(reading: &mut Reading) {
    let Reading { events, faults, .. } = reading;
    for (n, event) in events.iter_mut().enumerate() {
        event.books.retain(|book| {
            let many = markets(book.quotes.iter().map(|q| &q.entry));
            let message = if book.raw.len() > LARGEST_RAW {
                format!(
                    "{} must be at most {LARGEST_RAW} bytes, not {}",
                    book.path,
                    book.raw.len()
                )
            } else if i16::try_from(many).is_err() {
                format!("{} must hold at most {} markets, not {many}", book.path, i16::MAX)
            } else {
                return true;
            };
            faults.push(Fault {
                path: book.path.clone(),
                sqlstate: "22023",
                message,
                event: Some(n),
                book: Some(book.key.clone()),
            });
            false
        });
    }
}
