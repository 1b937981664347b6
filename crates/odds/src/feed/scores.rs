//! Scores, from whom odds come too.

use super::fault::Fault;
use super::headers;
use super::json::{Object, Path, scalar};
use super::names::team_key;
use super::{Header, Items, Refused, Source, flat, items, something_readable};
use crate::offer::number::scaled;
use dynasty_intake::lenient::shown;

/// What a payload of scores holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scores {
    /// The games that could be read, in the order of the payload.
    pub games: Vec<Game>,
    /// The elements that could not.
    pub faults: Vec<Fault>,
}

/// A game.
#[derive(Clone, Debug, PartialEq)]
pub struct Game {
    /// Where it stands.
    pub path: String,
    /// The source's id of it.
    pub reference: String,
    /// What the payload says of the event; none where it is named by our own id.
    pub header: Option<Header>,
    /// Our own id.
    pub id: Option<i32>,
    /// Home and away; none where the payload has no score yet.
    pub score: Option<(i32, i32)>,
    /// Whether it is over.
    pub completed: bool,
}

/// Reads a payload of scores. What is refused whole is what [`super::read`] refuses.
pub fn scores(payload: &str, source: Source) -> Result<Scores, Refused> {
    let (_, items) = items(payload)?;
    let mut all = Scores::default();
    for (written, json) in &items {
        let path = Path::from(written);
        let read = Object::read(json, &path).and_then(|object| match source {
            Source::TheOddsApi => the_odds_api(&object),
            Source::Sportradar => sportradar(&object),
            Source::Flat => flat_row(&object),
        });
        match read {
            Ok(game) => all.games.push(game),
            Err(fault) => all.faults.push(fault),
        }
    }
    something_readable(&(items as Items), all.games.len(), &all.faults)?;
    Ok(all)
}

fn the_odds_api(game: &Object) -> Result<Game, Fault> {
    let (reference, header) = headers::the_odds_api(game)?;
    let score = match (game.list("scores")?, &header.teams) {
        (None, _) => None,
        (Some(list), None) if list.is_empty() => None,
        (Some(list), teams) => Some(by_team(game, &list, teams.as_ref())?),
    };
    Ok(Game {
        path: game.path().to_string(),
        reference,
        header: Some(header),
        id: None,
        score,
        completed: game.flag("completed")?,
    })
}

/// The scores of `[{name, score}]`.
fn by_team(game: &Object, list: &[&str], teams: Option<&(String, String)>) -> Result<(i32, i32), Fault> {
    let list_at = game.path().key("scores");
    let (mut home, mut away) = (None, None);
    for (at, json) in list.iter().enumerate() {
        let path = list_at.at(at);
        let object = Object::read(json, &path)?;
        let name = team_key(&object.needed("name", usize::MAX)?);
        let side = match teams {
            Some((team, _)) if team_key(team) == name => &mut home,
            Some((_, team)) if team_key(team) == name => &mut away,
            _ => {
                return Err(Fault::invalid(
                    path.key("name"),
                    shown(&name),
                    "the home or the away team",
                ));
            }
        };
        if side.replace(points(&object, "score")?).is_some() {
            return Err(Fault::invalid(path.key("name"), shown(&name), "there once"));
        }
    }
    match (home.flatten(), away.flatten()) {
        (Some(home), Some(away)) => Ok((home, away)),
        _ => Err(Fault::unreadable(
            list_at,
            "without one of the teams' scores",
            "the scores of both teams",
        )),
    }
}

fn sportradar(object: &Object) -> Result<Game, Fault> {
    let event_at = object.path().key("sport_event");
    let Some(event) = object.raw("sport_event") else {
        return Err(Fault::unreadable(event_at, "missing", "an object"));
    };
    let (reference, header) = headers::sportradar(&Object::read(event, &event_at)?)?;
    let status_at = object.path().key("sport_event_status");
    let status = object.inner("sport_event_status", &status_at);
    let (mut score, mut completed) = (None, false);
    if let Some(status) = status {
        score = pair(&status)?;
        completed = matches!(status.text("status", usize::MAX)?.as_deref(), Some("closed" | "ended"));
    }
    Ok(Game {
        path: object.path().to_string(),
        reference,
        header: Some(header),
        id: None,
        score,
        completed,
    })
}

fn flat_row(row: &Object) -> Result<Game, Fault> {
    let id = flat::named_id(row)?;
    let reference = row.text("event_ref", headers::LONGEST_REFERENCE)?;
    let (reference, header) = match (id, reference) {
        (Some(id), reference) => (reference.unwrap_or_else(|| id.to_string()), None),
        (None, Some(reference)) => (reference, Some(headers::flat(row)?)),
        (None, None) => return Err(Fault::unreadable(row.path().key("event_ref"), "missing", "a text")),
    };
    Ok(Game {
        path: row.path().to_string(),
        reference,
        header,
        id,
        score: pair(row)?,
        completed: row.flag("completed")?,
    })
}

/// `home_score` and `away_score`: both or none.
fn pair(object: &Object) -> Result<Option<(i32, i32)>, Fault> {
    match (points(object, "home_score")?, points(object, "away_score")?) {
        (Some(home), Some(away)) => Ok(Some((home, away))),
        (None, None) => Ok(None),
        (home, _) => {
            let missing = if home.is_some() { "away_score" } else { "home_score" };
            Err(Fault::unreadable(object.path().key(missing), "missing", "a score"))
        }
    }
}

/// A whole number of 0 or more, or the text of one.
fn points(object: &Object, key: &str) -> Result<Option<i32>, Fault> {
    const WANTED: &str = "a whole number of 0 or more";
    let Some(json) = object.raw(key) else { return Ok(None) };
    let at = object.path().key(key);
    let text = scalar(json).ok_or_else(|| Fault::unreadable(at, shown(json), WANTED))?;
    match scaled(text.trim(), 2) {
        Ok(hundredths) if hundredths >= 0 && hundredths % 100 == 0 => i32::try_from(hundredths / 100)
            .map(Some)
            .map_err(|_| Fault::invalid(at, shown(&text), WANTED)),
        Ok(_) => Err(Fault::invalid(at, shown(&text), WANTED)),
        Err(crate::offer::number::Unfit::NoNumber) => Err(Fault::unreadable(at, shown(&text), WANTED)),
        Err(_) => Err(Fault::invalid(at, shown(&text), WANTED)),
    }
}
