//! What the crate read, as the JSON that the statements take apart.

use dynasty_odds::feed::{Event, Game, Header};
use dynasty_odds::offer::Entry;
use serde::Serialize;
use serde_json::value::RawValue;
use std::collections::HashSet;

/// An event as the statements want it, and what is asked of it here.
pub struct Item {
    /// Its place in the payload.
    pub path: String,
    /// The source's id of it; none where only our own is known.
    pub reference: Option<String>,
    /// Our own id.
    pub id: Option<i32>,
    /// Whether its teams are known.
    pub has_teams: bool,
    /// The books that it holds, as JSON.
    pub books: String,
    /// All of it, as JSON.
    pub json: String,
}

#[derive(Serialize)]
struct ItemOut<'a> {
    path: &'a str,
    reference: Option<&'a str>,
    id: Option<i32>,
    books: &'a RawValue,
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
    home_score: Option<i32>,
    away_score: Option<i32>,
    completed: bool,
}

/// What is written as JSON can be: keys are texts, numbers finite.
pub fn written(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// A JSON array of what is JSON already.
pub fn array<'a>(items: impl IntoIterator<Item = &'a str>) -> String {
    let mut json = String::from("[");
    for item in items {
        if json.len() > 1 {
            json.push(',');
        }
        json.push_str(item);
    }
    json.push(']');
    json
}

impl Item {
    /// Of an event with odds.
    pub fn of_event(event: &Event) -> Item {
        let keys: HashSet<&str> = event.books.iter().map(|b| b.key.as_str()).collect();
        let mut keys: Vec<&str> = keys.into_iter().collect();
        keys.sort_unstable();
        item(
            &event.path,
            &event.reference,
            event.id,
            event.header.as_ref(),
            written(&keys),
            None,
            false,
        )
    }

    /// Of a game with a score.
    pub fn of_game(game: &Game) -> Item {
        item(
            &game.path,
            &game.reference,
            game.id,
            game.header.as_ref(),
            "[]".into(),
            game.score,
            game.completed,
        )
    }
}

fn item(
    path: &str,
    reference: &str,
    id: Option<i32>,
    header: Option<&Header>,
    books: String,
    score: Option<(i32, i32)>,
    completed: bool,
) -> Item {
    let sport = header.and_then(|h| h.sport.as_ref());
    let tournament = header.and_then(|h| h.tournament.as_ref());
    let teams = header.and_then(|h| h.teams.as_ref());
    // Our own id, repeated as a reference, is nobody's id of it.
    let reference = id.is_none_or(|id| id.to_string() != reference).then_some(reference);
    let none = RawValue::NULL;
    let json = written(&ItemOut {
        path,
        reference,
        id,
        books: serde_json::from_str(&books).unwrap_or(none),
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
        home_score: score.map(|s| s.0),
        away_score: score.map(|s| s.1),
        completed,
    });
    Item {
        path: path.into(),
        reference: reference.map(str::to_string),
        id,
        has_teams: teams.is_some(),
        books,
        json,
    }
}

/// An offer of a book on an event.
#[derive(Serialize)]
pub struct Offer<'a> {
    /// Its number among those of the call.
    pub b: i32,
    /// The event.
    pub event_id: i32,
    /// The bookmaker.
    pub bookmaker_id: i32,
    /// What the source calls the event.
    pub reference: Option<&'a str>,
    /// The fingerprint.
    pub hash: i64,
    /// How many markets, each line counted.
    pub markets: usize,
    /// The book's own time of it.
    pub updated: Option<i64>,
    /// The document it was read from.
    pub raw: Option<&'a RawValue>,
}

#[derive(Serialize)]
struct QuoteOut<'a> {
    b: i32,
    m: &'a str,
    p: u8,
    l: Option<Box<RawValue>>,
    o: &'a str,
    x: Option<Box<RawValue>>,
    s: bool,
    u: Option<i64>,
}

/// A price of an offer, as JSON.
pub fn quote(b: i32, entry: &Entry, updated: Option<i64>) -> String {
    written(&QuoteOut {
        b,
        m: &entry.market,
        p: entry.period,
        l: entry.line.and_then(|line| fixed(line, 2)),
        o: &entry.outcome,
        x: fixed(entry.price, 6),
        s: entry.suspended,
        u: updated,
    })
}

/// A number with its decimals.
fn fixed(units: i64, decimals: u32) -> Option<Box<RawValue>> {
    let one = 10_i64.pow(decimals);
    let sign = if units < 0 { "-" } else { "" };
    let (whole, part) = (units.abs() / one, units.abs() % one);
    RawValue::from_string(format!("{sign}{whole}.{part:0width$}", width = decimals as usize)).ok()
}

/// Markets of an offer, each line counted.
pub fn markets<'a>(entries: impl Iterator<Item = &'a Entry>) -> usize {
    let places: HashSet<_> = entries.map(|e| (e.market.as_str(), e.period, e.line)).collect();
    places.len()
}
