//! Game logs: `/people/{id}/stats?stats=gameLog&group=hitting,pitching` and `/people?hydrate=stats(…)` replies.

mod games;

use super::row::row;
use super::statsapi::{Group, Person, PitchingStat, Split, Visit, game_type, walk};
use super::{Parsed, Player, ShapeError};
use crate::api::position::map_position;
use crate::levels::{Sport, level_from_sport};
use dynasty_intake::lenient::{Count, Rate, read};
use dynasty_intake::node::Node;
use dynasty_intake::node::kind;
use dynasty_intake::packed::Packed;
use serde::Deserialize;
use serde_json::Value;

pub(crate) use games::Games;

row! {
    /// A row of `milb_game_logs`: one prospect's whole game, batting and pitching together.
    pub struct GameLogRow {
        game_date: String, season: i32, game_type: String, team: String, opponent: String, is_home: bool, level: String,
        game_pk: i64, game_number: i32, games_played: i32,
        plate_appearances: i32, at_bats: i32, runs: i32, hits: i32, doubles: i32, triples: i32, home_runs: i32, rbi: i32,
        walks: i32, intentional_walks: i32, strikeouts: i32, stolen_bases: i32, caught_stealing: i32, hit_by_pitch: i32,
        sacrifice_flies: i32, sacrifice_hits: i32,
        batting_avg: String, on_base_pct: String, slugging_pct: String, ops: String, babip: String,
        ground_outs: i32, air_outs: i32, fly_outs: i32, ground_into_double_play: i32, pitches_seen: i32, left_on_base: i32,
        games_started: i32, outs_pitched: i32, batters_faced: i32, hits_allowed: i32, runs_allowed: i32, earned_runs: i32,
        home_runs_allowed: i32, walks_allowed: i32, intentional_walks_allowed: i32, strikeouts_pitched: i32,
        hit_batsmen: i32, wild_pitches: i32, pitches_thrown: i32, strikes_thrown: i32, ground_outs_pitched: i32,
        air_outs_pitched: i32, wins: i32, losses: i32, saves: i32, holds: i32,
        data_source: String, id: i64,
    }
}

/// What makes two rows of one player the same game: the natural keys of the table (flagship contract 2).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GameKey {
    /// The API's key.
    GamePk(i64),
    /// Without it: date, number, level, team.
    Date(Option<String>, Option<i32>, Option<String>, Option<String>),
}

impl GameLogRow {
    /// The key of the row within its player's rows.
    pub fn key(&self) -> GameKey {
        match self.game_pk {
            Some(pk) => GameKey::GamePk(pk),
            None => GameKey::Date(
                self.game_date.clone(),
                self.game_number.or(Some(1)),
                self.level.clone(),
                self.team.clone(),
            ),
        }
    }

    /// Whether it holds a batting line.
    pub fn batted(&self) -> bool {
        self.plate_appearances.is_some() || self.at_bats.is_some() || self.hits.is_some()
    }

    /// Whether it holds a pitching line.
    pub fn pitched(&self) -> bool {
        self.outs_pitched.is_some() || self.batters_faced.is_some() || self.hits_allowed.is_some()
    }

    /// Sets the batting columns of a `hitting` stat, and only those.
    pub fn set_batting(&mut self, stat: &HittingStat) {
        self.games_played = stat.games_played.0.or(Some(1));
        self.plate_appearances = stat.plate_appearances.0;
        self.at_bats = stat.at_bats.0;
        self.runs = stat.runs.0;
        self.hits = stat.hits.0;
        self.doubles = stat.doubles.0;
        self.triples = stat.triples.0;
        self.home_runs = stat.home_runs.0;
        self.rbi = stat.rbi.0;
        self.walks = stat.base_on_balls.0;
        self.intentional_walks = stat.intentional_walks.0;
        self.strikeouts = stat.strike_outs.0;
        self.stolen_bases = stat.stolen_bases.0;
        self.caught_stealing = stat.caught_stealing.0;
        self.hit_by_pitch = stat.hit_by_pitch.0;
        self.sacrifice_flies = stat.sac_flies.0;
        self.sacrifice_hits = stat.sac_bunts.0;
        self.batting_avg = stat.avg.0.clone();
        self.on_base_pct = stat.obp.0.clone();
        self.slugging_pct = stat.slg.0.clone();
        self.ops = stat.ops.0.clone();
        self.babip = stat.babip.0.clone();
        self.ground_outs = stat.ground_outs.0;
        self.air_outs = stat.air_outs.0;
        self.fly_outs = stat.fly_outs.0;
        self.ground_into_double_play = stat.ground_into_double_play.0;
        self.pitches_seen = stat.number_of_pitches.0;
        self.left_on_base = stat.left_on_base.0;
    }

    /// Sets the pitching columns of a `pitching` stat, and only those.
    pub fn set_pitching(&mut self, stat: &PitchingStat) -> Result<(), String> {
        self.outs_pitched = stat.outs()?;
        self.games_played = self.games_played.or(Some(1));
        self.games_started = stat.games_started.0;
        self.batters_faced = stat.batters_faced.0;
        self.hits_allowed = stat.hits.0;
        self.runs_allowed = stat.runs.0;
        self.earned_runs = stat.earned_runs.0;
        self.home_runs_allowed = stat.home_runs.0;
        self.walks_allowed = stat.base_on_balls.0;
        self.intentional_walks_allowed = stat.intentional_walks.0;
        self.strikeouts_pitched = stat.strike_outs.0;
        self.hit_batsmen = stat.hit_batsmen();
        self.wild_pitches = stat.wild_pitches.0;
        self.pitches_thrown = stat.number_of_pitches.0.or(stat.pitches_thrown.0);
        self.strikes_thrown = stat.strikes.0;
        self.ground_outs_pitched = stat.ground_outs.0;
        self.air_outs_pitched = stat.air_outs.0;
        self.wins = stat.wins.0;
        self.losses = stat.losses.0;
        self.saves = stat.saves.0;
        self.holds = stat.holds.0;
        Ok(())
    }
}

/// The batting counts of one game.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
#[allow(missing_docs)] // the API's own names; api_mapping.csv says which column each one is
pub struct HittingStat {
    pub games_played: Count,
    pub plate_appearances: Count,
    pub at_bats: Count,
    pub runs: Count,
    pub hits: Count,
    pub doubles: Count,
    pub triples: Count,
    pub home_runs: Count,
    pub rbi: Count,
    pub base_on_balls: Count,
    pub intentional_walks: Count,
    pub strike_outs: Count,
    pub stolen_bases: Count,
    pub caught_stealing: Count,
    pub hit_by_pitch: Count,
    pub sac_flies: Count,
    pub sac_bunts: Count,
    pub avg: Rate,
    pub obp: Rate,
    pub slg: Rate,
    pub ops: Rate,
    pub babip: Rate,
    pub ground_outs: Count,
    pub air_outs: Count,
    pub fly_outs: Count,
    pub ground_into_double_play: Count,
    pub number_of_pitches: Count,
    pub left_on_base: Count,
}

/// Reads a game-log reply. `default_player` is the MLBAM id of the player the reply was asked for, for replies that do not say.
///
/// Hitting and pitching splits of one player and game become one row, and so do his lines with both clubs of a game; a split with
/// an empty `stat` is no game.
pub fn parse_game_logs<N: Node>(
    payload: N,
    default_player: Option<i32>,
) -> Result<Parsed<Packed<GameLogRow>>, ShapeError> {
    let mut games = Games::default();
    let mut parsed = Parsed::default();
    walk(&payload, &["gamelog"], &mut parsed.rejects, &mut |visit, rejects| {
        match visit.split.get("stat") {
            Some(Value::Object(stat)) if stat.is_empty() => return,
            Some(Value::Object(_)) => {}
            Some(other) => {
                return rejects.push(
                    visit
                        .place
                        .reject(None, format!("stat is {}, not an object", kind(other))),
                );
            }
            None => return rejects.push(visit.place.reject(None, "lacks stat")),
        }
        let mut player = Player {
            mlb_id: default_player,
            ..Player::default()
        };
        match read_split(&visit, &mut player) {
            Ok(row) => games.add(visit.place, player, row, rejects),
            Err(reason) => rejects.push(visit.place.reject(player.mlb_id, reason)),
        }
    })?;
    parsed.items = games.finish();
    Ok(parsed)
}

fn read_split(visit: &Visit<'_>, player: &mut Player) -> Result<GameLogRow, String> {
    let split: Split = read(visit.split, "")?;
    let person: Person = match visit.person {
        Some(person) => read(person, "person")?,
        None => Person::default(),
    };
    let named = split.player.as_ref().unwrap_or(&person);
    player.mlb_id = split
        .player
        .as_ref()
        .and_then(|p| p.id.0)
        .or(person.id.0)
        .or(player.mlb_id);
    player.name = named.full_name.0.clone().or(person.full_name.0.clone());
    let sport = split.sport.as_ref().and_then(|s| s.id.0);
    lacking(&[
        ("player.id (pass mlb_id)", player.mlb_id.is_some()),
        ("date", split.date.0.is_some()),
        ("season", split.season.0.is_some()),
        ("sport.id", sport.is_some()),
    ])?;
    let season = split.season.0.unwrap_or_default();
    let name = |r: &Option<super::statsapi::Ref>| r.as_ref().and_then(|r| r.name.0.clone());
    let (team, league) = (name(&split.team), name(&split.league));
    let sport = Sport {
        id: sport.unwrap_or_default().into(),
        league: league.as_deref(),
        team: team.as_deref(),
    };
    let mut row = GameLogRow {
        level: Some(level_from_sport(sport, season)?.name().to_string()),
        season: Some(season),
        game_type: game_type(split.game_type.0.as_deref())?.map(String::from),
        game_date: split.date.0,
        team,
        opponent: name(&split.opponent),
        is_home: split.is_home.0,
        game_pk: split.game.as_ref().and_then(|g| g.game_pk.0),
        game_number: split.game.as_ref().and_then(|g| g.game_number.0),
        ..GameLogRow::default()
    };
    let stat = &visit.split["stat"];
    match visit.group {
        Group::Hitting => row.set_batting(&read(stat, "stat")?),
        Group::Pitching => row.set_pitching(&read(stat, "stat")?)?,
    }
    let played = split
        .positions_played
        .as_deref()
        .unwrap_or_default()
        .first()
        .or(person.primary_position.as_ref());
    player.position = played
        .and_then(|p| p.abbreviation.0.as_deref())
        .and_then(|p| map_position(p).ok());
    Ok(row)
}

/// An error that lists what is not there.
pub(crate) fn lacking(fields: &[(&str, bool)]) -> Result<(), String> {
    let missing: Vec<&str> = fields
        .iter()
        .filter(|(_, there)| !there)
        .map(|(name, _)| *name)
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(format!("lacks {}", missing.join(", ")))
    }
}

#[cfg(test)]
mod tests;
