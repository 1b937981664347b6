//! Payloads of the feeds, read into one form: events, each with its books' offers, and what could not be read, by its place.
//!
//! A fault of an event or of a book costs that event or that book and nothing else: a book's offer is kept whole or not at all, since
//! an offer without one of its prices would say that the price was withdrawn. Numbers keep the digits they were written with. (Contract 4, 6.)

mod fault;
mod flat;
mod headers;
mod json;
mod names;
mod offer;
mod price;
mod scores;
mod sportradar;
mod the_odds_api;
mod time;

pub use fault::{Fault, Kind};
pub use names::team_key;
pub use scores::{Game, Scores, scores};

use crate::error::OddsError;
use crate::offer::Entry;
use dynasty_intake::flat as json_text;
use dynasty_intake::lenient::shown;
use json::{Object, Path, elements};
use price::Votes;

/// Who wrote a payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The Odds API, version 4.
    TheOddsApi,
    /// Sportradar's odds.
    Sportradar,
    /// Rows of our own form, into which any other feed can be turned.
    Flat,
}

impl Source {
    /// The source of a name; an unknown one is 22023.
    pub fn of(name: &str) -> Result<Source, OddsError> {
        match name {
            "the_odds_api" => Ok(Source::TheOddsApi),
            "sportradar" => Ok(Source::Sportradar),
            "flat" => Ok(Source::Flat),
            other => Err(OddsError::invalid(
                "source",
                format!("{other:?}"),
                "the_odds_api, sportradar or flat",
            )),
        }
    }
}

/// How bare numbers among the prices are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// As the payload itself shows.
    Auto,
    /// What a stake of one brings back.
    Decimal,
    /// The profit on 100, or the stake for a profit of 100.
    American,
    /// `a/b`; a bare number is refused.
    Fractional,
}

impl Format {
    /// The format of a name; an unknown one is 22023.
    pub fn of(name: &str) -> Result<Format, OddsError> {
        match name {
            "auto" => Ok(Format::Auto),
            "decimal" => Ok(Format::Decimal),
            "american" => Ok(Format::American),
            "fractional" => Ok(Format::Fractional),
            other => Err(OddsError::invalid(
                "odds_format",
                format!("{other:?}"),
                "auto, decimal, american or fractional",
            )),
        }
    }
}

/// What a payload holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// When the feed says that this was on offer (the envelope's timestamp): microseconds since 1970.
    pub captured_at: Option<i64>,
    /// The events that could be read, in the order of the payload.
    pub events: Vec<Event>,
    /// The elements that could not.
    pub faults: Vec<Fault>,
}

/// An event.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Where it stands.
    pub path: String,
    /// The source's id of it.
    pub reference: String,
    /// What the payload says of it; none where it is named by our own id ([`Event::id`]).
    pub header: Option<Header>,
    /// Our own id.
    pub id: Option<i32>,
    /// The books' offers that could be read.
    pub books: Vec<Book>,
}

/// What a payload says of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// Its sport, where it is said.
    pub sport: Option<Sport>,
    /// Its tournament, where it is said.
    pub tournament: Option<Tournament>,
    /// The teams: both or none.
    pub teams: Option<(String, String)>,
    /// Microseconds since 1970.
    pub kickoff: i64,
    /// Its id at Sportradar.
    pub sportradar_id: Option<String>,
}

/// A sport, as a payload names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sport {
    /// The key.
    pub key: String,
    /// The name.
    pub name: String,
    /// Its id at Sportradar.
    pub sportradar_id: Option<String>,
}

/// A tournament, as a payload names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Tournament {
    /// The name.
    pub name: String,
    /// The country.
    pub country: Option<String>,
    /// The season.
    pub season: Option<String>,
    /// Its id at Sportradar.
    pub sportradar_id: Option<String>,
}

/// What a book offers on an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Book {
    /// Where it stands.
    pub path: String,
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The book's own time of the offer: microseconds since 1970.
    pub updated_at: Option<i64>,
    /// The prices, in the order of [`Entry`].
    pub quotes: Vec<Quote>,
    /// The offer as it came, as JSON.
    pub raw: String,
}

/// A price and when the book last touched it (microseconds since 1970).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quote {
    /// The price and what it is a price of.
    pub entry: Entry,
    /// The market's time of it, else the book's.
    pub updated_at: Option<i64>,
}

/// Why nothing of a payload can be taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// What is wrong.
    pub error: OddsError,
    /// What to do.
    pub hint: Option<&'static str>,
}

impl From<OddsError> for Refused {
    fn from(error: OddsError) -> Refused {
        Refused { error, hint: None }
    }
}

/// Reads a payload of odds.
///
/// Refused whole: what is neither an array nor an object, the body of an API's error, and a payload of which no event can be read
/// (22P02; an empty array is a payload of nothing); JSON's null (22004); bare numbers of which `Format::Auto` cannot tell how they are
/// meant (22023).
pub fn read(payload: &str, source: Source, format: Format) -> Result<Reading, Refused> {
    let (captured_at, items) = items(payload)?;
    let mut votes = Votes::default();
    let mut drafts = offer::Drafts::default();
    match source {
        Source::TheOddsApi => the_odds_api::read(&items, &mut drafts, &mut votes),
        Source::Sportradar => sportradar::read(&items, &mut drafts, &mut votes),
        Source::Flat => flat::read(&items, &mut drafts, &mut votes),
    }
    something_readable(&items, drafts.events.len(), &drafts.faults)?;
    let format = votes.decide(format)?;
    let (events, faults) = drafts.priced(format);
    Ok(Reading {
        captured_at,
        events,
        faults,
    })
}

/// The elements of a payload with their places, and the envelope's time.
type Items<'a> = Vec<(String, &'a str)>;

fn items(payload: &str) -> Result<(Option<i64>, Items<'_>), Refused> {
    const WANTED: &str = "a JSON array of events or an object";
    let unreadable = |what: &str| Refused::from(OddsError::unreadable("payload", what, WANTED));
    let root = Path::ROOT;
    let whole = json::whole(payload).map_err(|why| unreadable(&why))?;
    let under = |path: &Path, list: &'_ str| -> Option<Vec<String>> {
        elements(list).map(|all| (0..all.len()).map(|at| path.at(at).to_string()).collect())
    };
    let array = |path: &Path, list| -> Option<Items<'_>> {
        Some(under(path, list)?.into_iter().zip(elements(list)?).collect())
    };
    match json_text::kind(whole) {
        "an array" => Ok((
            None,
            array(&root, whole).ok_or_else(|| unreadable("an array that cannot be read"))?,
        )),
        "an object" => {
            let object = Object::read(whole, &root).map_err(|fault| unreadable(&fault.message))?;
            if object.has("message") && object.has("error_code") {
                let message = object.raw("message").unwrap_or_default();
                return Err(unreadable(&format!("the body of an API's error: {}", shown(message))));
            }
            let Some(data) = object.raw("data") else {
                return Ok((None, vec![(root.to_string(), whole)]));
            };
            let timestamp = object.time("timestamp").map_err(|fault| Refused::from(fault.error()))?;
            let at = root.key("data");
            match json_text::kind(data) {
                "an array" => Ok((
                    timestamp,
                    array(&at, data).ok_or_else(|| unreadable("data that cannot be read"))?,
                )),
                "an object" => Ok((timestamp, vec![(at.to_string(), data)])),
                other => Err(unreadable(&format!("data that is {other}"))),
            }
        }
        "null" => Err(OddsError::Null {
            argument: "payload".into(),
        }
        .into()),
        other => Err(unreadable(other)),
    }
}

fn something_readable(items: &Items, read: usize, faults: &[Fault]) -> Result<(), Refused> {
    if items.is_empty() || read > 0 {
        return Ok(());
    }
    let first = faults.first().map_or("", |fault| fault.message.as_str());
    Err(Refused::from(OddsError::Unreadable {
        argument: "payload".into(),
        value: format!("one of {} elements of which none can be: {first}", items.len()),
        wanted: "one with an event that can be read".into(),
    }))
}

#[cfg(test)]
mod tests;
