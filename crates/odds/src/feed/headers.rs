//! What payloads say of an event itself; the same in odds and in scores.

use super::fault::Fault;
use super::json::{Object, Path};
use super::names::team_key;
use super::offer::LONGEST_KEY;
use super::{Header, Sport, Tournament};
use dynasty_intake::lenient::shown;

/// The longest id of another's that the tables hold.
pub(super) const LONGEST_REFERENCE: usize = 128;
/// Names have no limit in the tables; what is longer than this is no name.
const LONGEST_NAME: usize = 500;
const LONGEST_SPORTRADAR: usize = 64;

/// Of The Odds API. Outrights have no teams.
pub(super) fn the_odds_api(event: &Object) -> Result<(String, Header), Fault> {
    let reference = event.needed("id", LONGEST_REFERENCE)?;
    let key = event.needed("sport_key", LONGEST_KEY)?;
    let title = event.text("sport_title", LONGEST_NAME)?.unwrap_or_else(|| key.clone());
    Ok((
        reference,
        Header {
            teams: teams(event, "home_team", "away_team")?,
            kickoff: needed_time(event, "commence_time")?,
            tournament: Some(named(title.clone())),
            sport: Some(Sport {
                key,
                name: title,
                sportradar_id: None,
            }),
            sportradar_id: None,
        },
    ))
}

/// Of a flat row.
pub(super) fn flat(row: &Object) -> Result<Header, Fault> {
    let sport = row.needed("sport", LONGEST_KEY)?;
    let tournament = row.text("tournament", LONGEST_NAME)?.unwrap_or_else(|| sport.clone());
    let teams = teams(row, "home", "away")?;
    if teams.is_none() {
        return Err(Fault::unreadable(row.path().key("home"), "missing", "a text"));
    }
    Ok(Header {
        teams,
        kickoff: needed_time(row, "kickoff")?,
        tournament: Some(named(tournament)),
        sport: Some(Sport {
            key: sport.clone(),
            name: sport,
            sportradar_id: None,
        }),
        sportradar_id: None,
    })
}

/// Of Sportradar's `sport_event`. Its sport and tournament stand in one of several places, or nowhere.
pub(super) fn sportradar(event: &Object) -> Result<(String, Header), Fault> {
    let reference = event.needed("id", LONGEST_SPORTRADAR)?;
    let kickoff = match event.time("start_time")? {
        Some(kickoff) => kickoff,
        None => event
            .time("scheduled")?
            .ok_or_else(|| Fault::unreadable(event.path().key("start_time"), "missing", "a time"))?,
    };
    let (context_at, tournament_at) = (event.path().key("sport_event_context"), event.path().key("tournament"));
    let mut parts: Vec<Object> = vec![];
    parts.extend(event.inner("sport_event_context", &context_at));
    parts.extend(event.inner("tournament", &tournament_at));
    let mut sport = None;
    let mut tournament = None;
    let mut country = None;
    let mut season = None;
    // The tournament of version 1 is named by the object that holds its sport.
    if let Some(part) = event.inner("tournament", &tournament_at) {
        tournament = tournament_of(&part)?;
    }
    for part in parts.iter().chain([event]) {
        let (sport_at, category_at) = (part.path().key("sport"), part.path().key("category"));
        let (competition_at, season_at) = (part.path().key("competition"), part.path().key("season"));
        if sport.is_none()
            && let Some(of) = part.inner("sport", &sport_at)
        {
            sport = sport_of(&of)?;
        }
        if country.is_none()
            && let Some(of) = part.inner("category", &category_at)
        {
            country = of.text("name", LONGEST_KEY)?;
        }
        if tournament.is_none()
            && let Some(of) = part.inner("competition", &competition_at)
        {
            tournament = tournament_of(&of)?;
        }
        if season.is_none()
            && let Some(of) = part.inner("season", &season_at)
        {
            season = of.text("year", 20)?;
        }
    }
    Ok((
        reference.clone(),
        Header {
            sport,
            tournament: tournament.map(|t| Tournament { country, season, ..t }),
            teams: competitors(event)?,
            kickoff,
            sportradar_id: Some(reference),
        },
    ))
}

fn sport_of(sport: &Object) -> Result<Option<Sport>, Fault> {
    let Some(name) = sport.text("name", LONGEST_NAME)? else {
        return Ok(None);
    };
    let key = squeezed(&name);
    if key.is_empty() {
        return Ok(None);
    }
    if key.chars().nth(LONGEST_KEY).is_some() {
        return Err(Fault::too_long(sport.path().key("name"), &name, LONGEST_KEY));
    }
    Ok(Some(Sport {
        key,
        name,
        sportradar_id: sport.text("id", LONGEST_SPORTRADAR)?,
    }))
}

fn tournament_of(object: &Object) -> Result<Option<Tournament>, Fault> {
    let id = object.text("id", LONGEST_SPORTRADAR)?;
    Ok(object.text("name", LONGEST_NAME)?.map(|name| Tournament {
        sportradar_id: id,
        ..named(name)
    }))
}

fn competitors(event: &Object) -> Result<Option<(String, String)>, Fault> {
    let list_at = event.path().key("competitors");
    let (mut home, mut away) = (None, None);
    for (at, json) in event.list("competitors")?.unwrap_or_default().into_iter().enumerate() {
        let path = list_at.at(at);
        let competitor = Object::read(json, &path)?;
        let side = match competitor
            .text("qualifier", LONGEST_KEY)?
            .map(|q| q.to_lowercase())
            .as_deref()
        {
            Some("home") => &mut home,
            Some("away") => &mut away,
            _ => continue,
        };
        if side.replace(competitor.needed("name", LONGEST_NAME)?).is_some() {
            return Err(Fault::invalid(
                path.key("qualifier"),
                "there twice",
                "one home and one away side",
            ));
        }
    }
    both(home, away, event.path(), ("competitors", "competitors"))
}

fn teams(object: &Object, home: &str, away: &str) -> Result<Option<(String, String)>, Fault> {
    both(
        object.text(home, LONGEST_NAME)?,
        object.text(away, LONGEST_NAME)?,
        object.path(),
        (home, away),
    )
}

fn both(
    home: Option<String>,
    away: Option<String>,
    path: &Path,
    keys: (&str, &str),
) -> Result<Option<(String, String)>, Fault> {
    match (home, away) {
        (None, None) => Ok(None),
        (Some(home), Some(away)) if team_key(&home) == team_key(&away) => {
            let path = path.key(keys.1);
            Err(Fault::new(
                path,
                "23514",
                format!("{path} must be another team than the home side, not {}", shown(&away)),
            ))
        }
        (Some(home), Some(away)) => Ok(Some((home, away))),
        (home, _) => {
            let missing = if home.is_some() { keys.1 } else { keys.0 };
            Err(Fault::unreadable(path.key(missing), "missing", "the name of a team"))
        }
    }
}

fn needed_time(object: &Object, key: &str) -> Result<i64, Fault> {
    object
        .time(key)?
        .ok_or_else(|| Fault::unreadable(object.path().key(key), "missing", "a time"))
}

/// Small letters and digits of a name.
pub(super) fn squeezed(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

fn named(name: String) -> Tournament {
    Tournament {
        name,
        country: None,
        season: None,
        sportradar_id: None,
    }
}
