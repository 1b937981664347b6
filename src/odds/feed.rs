//! Payloads of the feeds, read by the crate and handed to SQL as one document in columns: what writes them is set-based there
//! (sql/odds/ingest).

use crate::odds::errors::error_of;
use crate::pg::jsonb::JsonbText;
use crate::pg::sql_text::Text;
use crate::shared::arguments::Of;
use dynasty_odds::feed::{self, Event, Fault, Format, Header, Refused, Source};
use dynasty_odds::offer::{Entry, entries, fingerprint};
use pgrx::PgSqlErrorCode::ERRCODE_INTERNAL_ERROR;
use pgrx::prelude::*;
use serde::Serialize;
use serde_json::value::RawValue;
use std::collections::HashSet;

/// The largest document that is kept with a snapshot.
const LARGEST_RAW: usize = 8 << 20;

/// The functions of SQL that read payloads; the name stands first in their errors.
fn caller(name: Option<Text>) -> Of {
    match name.as_deref() {
        Some("parse_odds") => Of("parse_odds"),
        Some("ingest_scores") => Of("ingest_scores"),
        Some("record_snapshot") => Of("record_snapshot"),
        _ => Of("ingest"),
    }
}

#[derive(Serialize)]
struct Document<'a> {
    captured_at: Option<i64>,
    events: Vec<EventOut<'a>>,
    books: Vec<BookOut<'a>>,
    quotes: Vec<QuoteOut<'a>>,
    faults: Vec<FaultOut<'a>>,
}

#[derive(Serialize)]
struct EventOut<'a> {
    n: usize,
    path: &'a str,
    /// The source's id of it; none where only our own is known.
    reference: Option<&'a str>,
    said: &'a str,
    id: Option<i32>,
    kickoff: Option<i64>,
    home: Option<&'a str>,
    away: Option<&'a str>,
    sportradar_id: Option<&'a str>,
    sport: Option<&'a str>,
    sport_name: Option<&'a str>,
    sport_sportradar_id: Option<&'a str>,
    tournament: Option<&'a str>,
    country: Option<&'a str>,
    season: Option<&'a str>,
    tournament_sportradar_id: Option<&'a str>,
}

#[derive(Serialize)]
struct GameOut<'a> {
    #[serde(flatten)]
    event: EventOut<'a>,
    home_score: Option<i32>,
    away_score: Option<i32>,
    completed: bool,
}

#[derive(Serialize)]
struct BookOut<'a> {
    b: usize,
    n: usize,
    path: &'a str,
    key: &'a str,
    name: &'a str,
    updated: Option<i64>,
    hash: i64,
    markets: usize,
    raw_bytes: usize,
    raw: Option<&'a RawValue>,
}

#[derive(Serialize)]
struct QuoteOut<'a> {
    b: usize,
    m: &'a str,
    p: u8,
    l: Option<Box<RawValue>>,
    o: &'a str,
    x: Box<RawValue>,
    s: bool,
    u: Option<i64>,
}

#[derive(Serialize)]
struct FaultOut<'a> {
    n: Option<usize>,
    book: Option<&'a str>,
    kind: &'a str,
    sqlstate: &'a str,
    path: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
struct Offer<'a> {
    hash: i64,
    markets: usize,
    quotes: Vec<QuoteOut<'a>>,
}

fn event_out<'a>(
    n: usize,
    path: &'a str,
    reference: &'a str,
    id: Option<i32>,
    header: Option<&'a Header>,
) -> EventOut<'a> {
    let sport = header.and_then(|h| h.sport.as_ref());
    let tournament = header.and_then(|h| h.tournament.as_ref());
    let teams = header.and_then(|h| h.teams.as_ref());
    // Our own id, repeated as a reference, is nobody's id of it.
    let own = id.is_some_and(|id| id.to_string() == reference);
    EventOut {
        n,
        path,
        reference: (!own).then_some(reference),
        said: reference,
        id,
        kickoff: header.map(|h| h.kickoff),
        home: teams.map(|(home, _)| home.as_str()),
        away: teams.map(|(_, away)| away.as_str()),
        sportradar_id: header.and_then(|h| h.sportradar_id.as_deref()),
        sport: sport.map(|s| s.key.as_str()),
        sport_name: sport.map(|s| s.name.as_str()),
        sport_sportradar_id: sport.and_then(|s| s.sportradar_id.as_deref()),
        tournament: tournament.map(|t| t.name.as_str()),
        country: tournament.and_then(|t| t.country.as_deref()),
        season: tournament.and_then(|t| t.season.as_deref()),
        tournament_sportradar_id: tournament.and_then(|t| t.sportradar_id.as_deref()),
    }
}

/// A number with its decimals, as JSON.
fn fixed(units: i64, decimals: u32) -> Option<Box<RawValue>> {
    let one = 10_i64.pow(decimals);
    let sign = if units < 0 { "-" } else { "" };
    let (whole, part) = (units.abs() / one, units.abs() % one);
    RawValue::from_string(format!("{sign}{whole}.{part:0width$}", width = decimals as usize)).ok()
}

fn quote_out(b: usize, entry: &Entry, updated: Option<i64>) -> QuoteOut<'_> {
    QuoteOut {
        b,
        m: &entry.market,
        p: entry.period,
        l: entry.line.and_then(|line| fixed(line, 2)),
        o: &entry.outcome,
        x: fixed(entry.price, 6).unwrap_or_default(),
        s: entry.suspended,
        u: updated,
    }
}

/// Markets of an offer, each line counted.
fn markets<'a>(entries: impl Iterator<Item = &'a Entry>) -> usize {
    entries
        .map(|e| (e.market.as_str(), e.period, e.line))
        .collect::<HashSet<_>>()
        .len()
}

fn fault_out(fault: &Fault) -> FaultOut<'_> {
    FaultOut {
        n: fault.event,
        book: fault.book.as_deref(),
        kind: fault.kind().name(),
        sqlstate: fault.sqlstate,
        path: &fault.path,
        message: &fault.message,
    }
}

fn written(of: Of, document: &impl Serialize) -> Option<Text> {
    match serde_json::to_string(document) {
        Ok(text) => Some(Text(text)),
        Err(why) => of.error(ERRCODE_INTERNAL_ERROR, why).raise(),
    }
}

fn refused(of: Of, refused: &Refused) -> ! {
    let error = error_of(of, &refused.error);
    match refused.hint {
        Some(hint) => error.hint(hint).raise(),
        None => error.raise(),
    }
}

fn source_of(of: Of, source: Option<Text>) -> Source {
    Source::of(&of.required("source", source)).unwrap_or_else(|e| error_of(of, &e).raise())
}

/// A payload of odds as a document in columns.
#[pg_extern(sql = false)]
fn read_odds(
    name: Option<Text>,
    payload: Option<JsonbText>,
    source: Option<Text>,
    odds_format: Option<Text>,
) -> Option<Text> {
    let of = caller(name);
    let payload = of.required("payload", payload);
    let source = source_of(of, source);
    let format = Format::of(&of.required("odds_format", odds_format)).unwrap_or_else(|e| error_of(of, &e).raise());
    let mut reading = feed::read(&payload.0, source, format).unwrap_or_else(|why| refused(of, &why));
    let mut faults = std::mem::take(&mut reading.faults);
    for (n, event) in reading.events.iter_mut().enumerate() {
        keep_fitting(n, event, &mut faults);
    }
    let (mut books, mut quotes) = (vec![], vec![]);
    for (n, event) in reading.events.iter().enumerate() {
        for book in &event.books {
            let b = books.len();
            let entries: Vec<Entry> = book.quotes.iter().map(|q| q.entry.clone()).collect();
            books.push(BookOut {
                b,
                n,
                path: &book.path,
                key: &book.key,
                name: &book.name,
                updated: book.updated_at,
                hash: fingerprint(&entries),
                markets: markets(entries.iter()),
                raw_bytes: book.raw.len(),
                raw: serde_json::from_str(&book.raw).ok(),
            });
            quotes.extend(book.quotes.iter().map(|q| quote_out(b, &q.entry, q.updated_at)));
        }
    }
    let events = reading.events.iter().enumerate();
    written(
        of,
        &Document {
            captured_at: reading.captured_at,
            events: events
                .map(|(n, e)| event_out(n, &e.path, &e.reference, e.id, e.header.as_ref()))
                .collect(),
            books,
            quotes,
            faults: faults.iter().map(fault_out).collect(),
        },
    )
}

/// What is too large to be kept with its snapshot is no offer of a book; and a snapshot counts its markets in 16 bits.
fn keep_fitting(n: usize, event: &mut Event, faults: &mut Vec<Fault>) {
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

/// A payload of scores as a document in columns.
#[pg_extern(sql = false)]
fn read_scores(payload: Option<JsonbText>, source: Option<Text>) -> Option<Text> {
    #[derive(Serialize)]
    struct Games<'a> {
        events: Vec<GameOut<'a>>,
        faults: Vec<FaultOut<'a>>,
    }
    const OF: Of = Of("ingest_scores");
    let payload = OF.required("payload", payload);
    let scores = feed::scores(&payload.0, source_of(OF, source)).unwrap_or_else(|why| refused(OF, &why));
    let games = scores.games.iter().enumerate();
    written(
        OF,
        &Games {
            events: games
                .map(|(n, g)| GameOut {
                    event: event_out(n, &g.path, &g.reference, g.id, g.header.as_ref()),
                    home_score: g.score.map(|s| s.0),
                    away_score: g.score.map(|s| s.1),
                    completed: g.completed,
                })
                .collect(),
            faults: scores.faults.iter().map(fault_out).collect(),
        },
    )
}

/// An offer in our own form, `[{"market", "period", "line", "outcome", "price", "suspended"}]`, as a document in columns.
#[pg_extern(sql = false)]
fn read_offer(odds: Option<JsonbText>) -> Option<Text> {
    const OF: Of = Of("record_snapshot");
    let odds = OF.required("odds", odds);
    let entries = entries(&odds.0).unwrap_or_else(|e| error_of(OF, &e).raise());
    let markets = markets(entries.iter());
    if i16::try_from(markets).is_err() {
        OF.refuse(format!("odds must hold at most {} markets, not {markets}", i16::MAX));
    }
    written(
        OF,
        &Offer {
            hash: fingerprint(&entries),
            markets,
            quotes: entries.iter().map(|entry| quote_out(0, entry, None)).collect(),
        },
    )
}
