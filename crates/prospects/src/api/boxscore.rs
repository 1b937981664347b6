//! Box scores: the live-feed reply of one game (`/game/{pk}/feed/live`).

use super::game_log::{GameLogRow, Games, HittingStat, lacking};
use super::statsapi::{Person, PitchingStat, Position, Ref, game_type};
use super::{Parsed, Path, Place, Player, ShapeError};
use crate::api::fields::{GameNumber, GamePk, Season};
use crate::api::position::map_position;
use crate::levels::{Sport, level_from_sport};
use dynasty_intake::lenient::{Count, Date, Label, Name, read};
use dynasty_intake::node::kind;
use dynasty_intake::node::{Kind, Node, described};
use dynasty_intake::packed::Packed;
use serde::Deserialize;
use serde_json::Value;

const EXPECTED: &str = "a live-feed box score (gamePk, gameData and liveData.boxscore.teams; a bare /boxscore reply has no date and no level)";

/// `gameData`: what is the same for everybody in the game.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct GameData {
    game: Game,
    datetime: DateTime,
    teams: Teams,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Game {
    pk: GamePk,
    r#type: Label,
    game_number: GameNumber,
    season: Season,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct DateTime {
    official_date: Date,
    original_date: Date,
    date_time: Date,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Teams {
    home: Team,
    away: Team,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Team {
    name: Name,
    #[serde(deserialize_with = "dynasty_intake::lenient::object")]
    league: Option<Ref>,
    #[serde(deserialize_with = "dynasty_intake::lenient::object")]
    sport: Option<Ref>,
}

/// Appearances: `gamesPlayed` of a stat line before its counts are read.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Appeared {
    games_played: Count,
}

/// Reads a live-feed box score: one row per player who appeared. The level is his own club's.
///
/// The game itself must be readable (key, date, season, level): without it no row could be kept, so that is a shape error.
/// A major-league game is of the right shape; its players are rejected one by one with the reason.
pub fn parse_boxscore<N: Node>(payload: N) -> Result<Parsed<Packed<GameLogRow>>, ShapeError> {
    let found = |what: &str| ShapeError::new(EXPECTED, what.to_string());
    if payload.kind() != Kind::Object {
        return Err(found(&payload.kind().to_string()));
    }
    let object_at = |node: &N, key: &str| node.get(key).filter(|found| found.kind() == Kind::Object);
    let (Some(game_data), Some(live_data)) = (object_at(&payload, "gameData"), object_at(&payload, "liveData")) else {
        let missing: Vec<&str> = ["gameData", "liveData"]
            .into_iter()
            .filter(|key| object_at(&payload, key).is_none())
            .collect();
        let what = described(&payload);
        return Err(found(&format!("{what}, without an object {}", missing.join(" and "))));
    };
    // The rest of it is long: a biography of everybody.
    let game = game_data.pick(&["game", "datetime", "teams"]).map_err(|e| found(&e))?;
    let game: GameData = read(&game, "gameData").map_err(|e| found(&e))?;
    let game_pk = payload.pick(&["gamePk"]).map_err(|e| found(&e))?;
    let game_pk: GamePk = read(&game_pk["gamePk"], "gamePk").map_err(|e| found(&e))?;
    let when = game.datetime.official_date.0.clone();
    let when = when
        .or(game.datetime.original_date.0.clone())
        .or(game.datetime.date_time.0.clone());
    let game_pk = game_pk.0.or(game.game.pk.0);
    lacking(&[
        ("gamePk", game_pk.is_some()),
        (
            "gameData.datetime (officialDate, originalDate or dateTime)",
            when.is_some(),
        ),
        ("gameData.game.season", game.game.season.0.is_some()),
    ])
    .map_err(|e| found(&format!("one that {e}")))?;
    let kind_of_game = game_type(game.game.r#type.0.as_deref()).map_err(|e| found(&format!("gameData.game.{e}")))?;
    let sides = live_data
        .get("boxscore")
        .and_then(|boxscore| object_at(&boxscore, "teams"));
    let Some(sides) = sides else {
        return Err(found("one without liveData.boxscore.teams"));
    };
    let head = GameLogRow {
        game_pk,
        game_date: when,
        season: game.game.season.0,
        game_number: game.game.game_number.0.or(Some(1)),
        game_type: kind_of_game.map(String::from),
        ..GameLogRow::default()
    };
    let mut parsed = Parsed::default();
    let mut games = Games::default();
    let mut index = 0;
    for (side, own, other) in [
        ("home", &game.teams.home, &game.teams.away),
        ("away", &game.teams.away, &game.teams.home),
    ] {
        let players = match sides.get(side).and_then(|s| s.get("players")) {
            Some(players) if players.kind() == Kind::Object => players,
            Some(_) => {
                return Err(found(&format!(
                    "liveData.boxscore.teams.{side}.players that is no object"
                )));
            }
            None => return Err(found(&format!("one without liveData.boxscore.teams.{side}.players"))),
        };
        let context = Side {
            head: &head,
            own,
            other,
            is_home: side == "home",
        };
        players.each_entry(&mut |key, node| {
            let place = Place {
                index,
                path: Path::Player { side, key: key.into() },
            };
            index += 1;
            let mut player = Player::default();
            match node
                .value()
                .and_then(|entry| read_player(&entry, &context, &mut player))
            {
                Ok(Some(row)) => games.add(place, player, row, &mut parsed.rejects),
                Ok(None) => {}
                Err(reason) => parsed.rejects.push(place.reject(player.mlb_id, reason)),
            }
            true
        });
    }
    parsed.items = games.finish();
    Ok(parsed)
}

struct Side<'a> {
    head: &'a GameLogRow,
    own: &'a Team,
    other: &'a Team,
    is_home: bool,
}

fn read_player(entry: &Value, side: &Side<'_>, player: &mut Player) -> Result<Option<GameLogRow>, String> {
    if !entry.is_object() {
        return Err(format!("a player must be an object, this is {}", kind(entry)));
    }
    let batting = stat_line(entry, "batting")?;
    let pitching = stat_line(entry, "pitching")?;
    if batting.is_none() && pitching.is_none() {
        return Ok(None);
    }
    let person: Person = read(&entry["person"], "person")?;
    player.mlb_id = person.id.0;
    player.name = person.full_name.0;
    let position: Option<Position> = read(&entry["position"], "position")?;
    player.position = position
        .and_then(|p| p.abbreviation.0)
        .and_then(|p| map_position(&p).ok());
    let sport = side.own.sport.as_ref().and_then(|s| s.id.0);
    lacking(&[
        ("person.id", player.mlb_id.is_some()),
        ("the sport.id of his club in gameData.teams", sport.is_some()),
    ])?;
    let team = side.own.name.0.clone();
    let sport = Sport {
        id: sport.unwrap_or_default().into(),
        league: side.own.league.as_ref().and_then(|l| l.name.0.as_deref()),
        team: team.as_deref(),
    };
    let level = level_from_sport(sport, side.head.season.unwrap_or_default())?;
    let mut row = GameLogRow {
        level: Some(level.name().to_string()),
        opponent: side.other.name.0.clone(),
        is_home: Some(side.is_home),
        team,
        ..side.head.clone()
    };
    if let Some(stat) = batting {
        row.set_batting(&read::<HittingStat>(stat, "stats.batting")?);
    }
    if let Some(stat) = pitching {
        row.set_pitching(&read::<PitchingStat>(stat, "stats.pitching")?)?;
    }
    Ok(Some(row))
}

/// A stat line of a player who appeared: not empty, and not of 0 games.
fn stat_line<'a>(entry: &'a Value, group: &str) -> Result<Option<&'a Value>, String> {
    match entry.get("stats").and_then(|s| s.get(group)) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(stat)) if stat.is_empty() => Ok(None),
        Some(stat @ Value::Object(_)) => {
            let appeared: Appeared = read(stat, &format!("stats.{group}"))?;
            Ok((appeared.games_played.0 != Some(0)).then_some(stat))
        }
        Some(other) => Err(format!("stats.{group} is {}, not an object", kind(other))),
    }
}

#[cfg(test)]
mod tests;
