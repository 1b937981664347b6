//! Major-league season lines: `/people/{id}/stats?stats=season|yearByYear` replies, and flat rows that name the columns.

mod flat;

use super::game_log::lacking;
use super::row::row;
use super::statsapi::{Group, Person, PitchingStat, Split, Visit, game_type, walk};
use super::{Item, Parsed, Player, Rejects, ShapeError, numbered};
use crate::api::position::map_position;
use dynasty_intake::lenient::{Count, Rate, decimal, read, shown};
use dynasty_intake::node::kind;
use dynasty_intake::node::{Kind, Node};
use dynasty_intake::packed::Packed;
use dynasty_intake::row::Row;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::Value;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::str::FromStr;

row! {
    /// A row of `mlb_stats`.
    pub struct MlbStatsRow {
        season: i32, mlb_debut_date: String, mlb_service_days: i32, games_played: i32,
        plate_appearances: i32, at_bats: i32, runs: i32, hits: i32, doubles: i32, triples: i32, home_runs: i32, rbi: i32,
        walks: i32, strikeouts: i32, stolen_bases: i32, caught_stealing: i32,
        batting_avg: String, on_base_pct: String, slugging_pct: String, ops: String, ops_plus: i32,
        ground_balls: i32, fly_balls: i32, line_drives: i32, war: String,
        games_pitched: i32, games_started: i32, outs_pitched: i32, batters_faced: i32, hits_allowed: i32, runs_allowed: i32,
        earned_runs: i32, home_runs_allowed: i32, walks_allowed: i32, strikeouts_pitched: i32, hit_batsmen: i32,
        hit_by_pitch: i32, sacrifice_flies: i32, wins: i32, losses: i32, saves: i32,
        data_source: String,
    }
}

impl MlbStatsRow {
    /// Completes a season by the other half of it (batting by pitching, or by a correction). `games_played` counts games
    /// in any role: a pitching line never lowers what the batting line says, and the reverse.
    pub fn complete(&mut self, newer: MlbStatsRow) {
        let old = self.games_played;
        let newer_bats = newer.plate_appearances.is_some();
        self.merge(newer.clone());
        self.games_played = match (newer.games_played, newer_bats) {
            (None, _) => old,
            (new, false) => new.max(old),
            (new, true) => new.max(self.games_pitched),
        };
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct HittingSeason {
    games_played: Count,
    plate_appearances: Count,
    at_bats: Count,
    runs: Count,
    hits: Count,
    doubles: Count,
    triples: Count,
    home_runs: Count,
    rbi: Count,
    base_on_balls: Count,
    strike_outs: Count,
    stolen_bases: Count,
    caught_stealing: Count,
    hit_by_pitch: Count,
    sac_flies: Count,
    avg: Rate,
    obp: Rate,
    slg: Rate,
    ops: Rate,
}

/// Reads major-league seasons. `default_player` as in [`super::game_log::parse_game_logs`].
pub fn parse_mlb_stats<N: Node>(
    payload: N,
    default_player: Option<i32>,
) -> Result<Parsed<Packed<MlbStatsRow>>, ShapeError> {
    if payload.kind() == Kind::Array || payload.get("data").is_some() {
        return flat::read_rows(&payload);
    }
    reply(&payload, default_player)
}

/// The splits of one player, season, group and type: per club, and the season's total where the API gives one.
#[derive(Default)]
struct Stints {
    total: Option<Packed<MlbStatsRow>>,
    clubs: BTreeMap<String, Packed<MlbStatsRow>>,
}

impl Stints {
    /// Takes a split, or says why not: the same once more is no second line, and of two that differ only one can be right.
    fn take(&mut self, club: Club, row: &MlbStatsRow) -> Result<(), String> {
        let (known, whose) = match club {
            Club::All => (&mut self.total, "the season".to_string()),
            Club::One(club) => {
                let whose = format!("his club {}", shown(&club));
                match self.clubs.entry(club) {
                    Entry::Vacant(place) => {
                        place.insert(Packed::of(row));
                        return Ok(());
                    }
                    Entry::Occupied(known) => {
                        return match known.get().row().contradiction(row) {
                            None => Ok(()),
                            Some(column) => Err(left_out(&whose, column)),
                        };
                    }
                }
            }
        };
        if let Some(column) = known.as_ref().and_then(|known| known.row().contradiction(row)) {
            return Err(left_out(&whose, column));
        }
        known.get_or_insert_with(|| Packed::of(row));
        Ok(())
    }
}

fn left_out(whose: &str, column: &str) -> String {
    format!("another line of {whose} stands before it and says another {column}: this one is left out")
}

type SeasonKey = (Option<i32>, i32, Group, String);

fn reply<N: Node>(payload: &N, default_player: Option<i32>) -> Result<Parsed<Packed<MlbStatsRow>>, ShapeError> {
    let mut stints: BTreeMap<SeasonKey, Stints> = BTreeMap::new();
    let mut items: Vec<Item<Packed<MlbStatsRow>>> = Vec::new();
    let mut known: HashMap<(Option<i32>, i32), usize> = HashMap::new();
    let mut rejects = Rejects::default();
    let nothing = Packed::of(&MlbStatsRow::default());
    walk(
        payload,
        &["season", "yearbyyear", "statssingleseason"],
        &mut rejects,
        &mut |visit, rejects| {
            if visit
                .split
                .get("stat")
                .and_then(Value::as_object)
                .is_some_and(|stat| stat.is_empty())
            {
                return;
            }
            let mut player = Player {
                mlb_id: default_player,
                ..Player::default()
            };
            match read_split(&visit, &mut player) {
                Ok((row, club)) => {
                    let season = row.season.unwrap_or_default();
                    let mlb_id = player.mlb_id;
                    let place = visit.place.clone();
                    known.entry((player.mlb_id, season)).or_insert_with(|| {
                        items.push(Item {
                            place: visit.place,
                            player: player.clone(),
                            row: nothing.clone(),
                            lines: 1,
                        });
                        items.len() - 1
                    });
                    let stint = stints
                        .entry((player.mlb_id, season, visit.group, visit.stat_type))
                        .or_default();
                    if let Err(reason) = stint.take(club, &row) {
                        rejects.push(place.reject(mlb_id, reason));
                    }
                }
                Err(reason) => rejects.push(visit.place.reject(player.mlb_id, reason)),
            }
        },
    )?;
    // In key order: hitting before pitching, and of two types that both hold a season the one that sorts later completes the other.
    for ((mlb_id, season, _, _), stint) in stints {
        let Some(item) = known.get(&(mlb_id, season)).and_then(|i| items.get_mut(*i)) else {
            continue;
        };
        if stint.total.is_none() {
            item.lines = item.lines.max(numbered(stint.clubs.len()));
        }
        let clubs = || sum(&stint.clubs.values().map(Packed::row).collect::<Vec<_>>());
        match stint.total.as_ref().map_or_else(clubs, |total| Ok(total.row())) {
            Ok(row) => item.row.change(|known| known.complete(row)),
            Err(reason) => rejects.push(item.place.reject(mlb_id, reason)),
        }
    }
    // A season none of whose lines could be summed is in the rejects already.
    items.retain(|item| item.row.row().season.is_some());
    Ok(Parsed {
        items,
        rejects,
        ..Parsed::default()
    })
}

enum Club {
    All,
    /// By its id, else its name.
    One(String),
}

fn read_split(visit: &Visit<'_>, player: &mut Player) -> Result<(MlbStatsRow, Club), String> {
    match visit.split.get("stat") {
        Some(Value::Object(_)) => {}
        Some(other) => return Err(format!("stat is {}, not an object", kind(other))),
        None => return Err("lacks stat".to_string()),
    }
    let split: Split = read(visit.split, "")?;
    let person: Person = match visit.person {
        Some(person) => read(person, "person")?,
        None => Person::default(),
    };
    let own = split.player.as_ref();
    player.mlb_id = own.and_then(|p| p.id.0).or(person.id.0).or(player.mlb_id);
    player.name = own.and_then(|p| p.full_name.0.clone()).or(person.full_name.0);
    let position = person
        .primary_position
        .and_then(|p| p.abbreviation.0)
        .and_then(|p| map_position(&p).ok());
    player.position = position.or(Some(if visit.group == Group::Pitching { "P" } else { "IF" }));
    let sport = split.sport.as_ref().and_then(|s| s.id.0);
    lacking(&[
        ("player.id (pass mlb_id)", player.mlb_id.is_some()),
        ("season", split.season.0.is_some()),
        ("sport.id", sport.is_some()),
    ])?;
    match sport {
        Some(1) => {}
        other => {
            return Err(format!(
                "a season of sport {} is not a major-league season",
                other.unwrap_or_default()
            ));
        }
    }
    if let Some(kind @ ("Playoffs" | "Spring" | "All-Star")) = game_type(split.game_type.0.as_deref())? {
        return Err(format!("gameType: a {kind} line is not the regular season"));
    }
    let mut row = MlbStatsRow {
        season: split.season.0,
        mlb_debut_date: person.mlb_debut_date.0,
        ..MlbStatsRow::default()
    };
    let stat = &visit.split["stat"];
    match visit.group {
        Group::Hitting => set_batting(&mut row, read(stat, "stat")?),
        Group::Pitching => set_pitching(&mut row, &read(stat, "stat")?)?,
    }
    let id = |club: super::statsapi::Ref| club.id.0.map(|id| id.to_string()).or(club.name.0);
    let club = split.team.map(|club| id(club).unwrap_or_default());
    Ok((
        row,
        match club {
            Some(club) if split.num_teams.0.is_none_or(|n| n <= 1) => Club::One(club),
            _ => Club::All,
        },
    ))
}

fn set_batting(row: &mut MlbStatsRow, stat: HittingSeason) {
    row.games_played = stat.games_played.0;
    row.plate_appearances = stat.plate_appearances.0;
    row.at_bats = stat.at_bats.0;
    row.runs = stat.runs.0;
    row.hits = stat.hits.0;
    row.doubles = stat.doubles.0;
    row.triples = stat.triples.0;
    row.home_runs = stat.home_runs.0;
    row.rbi = stat.rbi.0;
    row.walks = stat.base_on_balls.0;
    row.strikeouts = stat.strike_outs.0;
    row.stolen_bases = stat.stolen_bases.0;
    row.caught_stealing = stat.caught_stealing.0;
    row.hit_by_pitch = stat.hit_by_pitch.0;
    row.sacrifice_flies = stat.sac_flies.0;
    row.batting_avg = stat.avg.0;
    row.on_base_pct = stat.obp.0;
    row.slugging_pct = stat.slg.0;
    row.ops = stat.ops.0;
}

fn set_pitching(row: &mut MlbStatsRow, stat: &PitchingStat) -> Result<(), String> {
    row.outs_pitched = stat.outs()?;
    row.games_pitched = stat.games_pitched.0.or(stat.games_played.0);
    row.games_played = stat.games_played.0.or(row.games_pitched);
    row.games_started = stat.games_started.0;
    row.batters_faced = stat.batters_faced.0;
    row.hits_allowed = stat.hits.0;
    row.runs_allowed = stat.runs.0;
    row.earned_runs = stat.earned_runs.0;
    row.home_runs_allowed = stat.home_runs.0;
    row.walks_allowed = stat.base_on_balls.0;
    row.strikeouts_pitched = stat.strike_outs.0;
    row.hit_batsmen = stat.hit_batsmen();
    row.wins = stat.wins.0;
    row.losses = stat.losses.0;
    row.saves = stat.saves.0;
    Ok(())
}

/// Calls `$with!` with the counts of a season, batting and pitching.
macro_rules! summed {
    ($with:ident) => {
        $with! {
            batted: plate_appearances at_bats runs hits doubles triples home_runs rbi walks strikeouts stolen_bases
                caught_stealing hit_by_pitch sacrifice_flies ground_balls fly_balls line_drives;
            pitched: games_pitched games_started outs_pitched batters_faced hits_allowed runs_allowed earned_runs
                home_runs_allowed walks_allowed strikeouts_pitched hit_batsmen wins losses saves;
        }
    };
}

impl MlbStatsRow {
    fn batted(&self) -> bool {
        self.plate_appearances.is_some() || self.at_bats.is_some() || self.hits.is_some()
    }

    fn pitched(&self) -> bool {
        self.games_pitched.is_some()
            || self.outs_pitched.is_some()
            || self.batters_faced.is_some()
            || self.hits_allowed.is_some()
    }
}

/// The season of a player from his clubs. A count one club's line lacks is unknown for the season: a sum of the rest would
/// look complete and not be. With a club he did not pitch for he has no pitching line, which is nothing lacking.
fn sum(clubs: &[MlbStatsRow]) -> Result<MlbStatsRow, String> {
    let mut total = MlbStatsRow::default();
    for club in clubs {
        total.merge(club.clone());
    }
    if clubs.len() < 2 {
        return Ok(total);
    }
    let mut fits = true;
    let mut add = |counts: &mut dyn Iterator<Item = Option<i32>>| {
        let mut sum = None;
        for count in counts {
            let count = count?;
            sum = sum.unwrap_or(0_i32).checked_add(count);
            fits &= sum.is_some();
            sum?;
        }
        sum
    };
    macro_rules! all {
        ($($group:ident: $($field:ident)*;)*) => {
            $($(total.$field = add(&mut clubs.iter().filter(|club| club.$group()).map(|club| club.$field));)*)*
        };
    }
    summed!(all);
    total.games_played = add(&mut clubs.iter().map(|club| club.games_played));
    if !fits {
        return Err("the sum over his clubs is out of range".to_string());
    }
    // Days of service are said of the season, or of each club; wins above replacement add up.
    if clubs.iter().any(|club| club.mlb_service_days != total.mlb_service_days) {
        total.mlb_service_days = None;
    }
    let war = clubs.iter().try_fold(Decimal::ZERO, |sum, club| {
        Some(sum + Decimal::from_str(club.war.as_deref()?).ok()?)
    });
    total.war = war.and_then(|war| decimal(war, 3, 1).ok());
    total.ops_plus = None;
    rates(&mut total);
    Ok(total)
}

/// The rates of a summed season.
fn rates(row: &mut MlbStatsRow) {
    let count = |x: Option<i32>| x.map(Decimal::from);
    let ratio = |over: Option<Decimal>, under: Option<Decimal>| over?.checked_div(under?);
    let text = |x: Option<Decimal>| x.and_then(|x| decimal(x, 4, 3).ok());
    let (ab, h, bb) = (count(row.at_bats), count(row.hits), count(row.walks));
    let hbp = count(row.hit_by_pitch.or(Some(0)));
    let sf = count(row.sacrifice_flies.or(Some(0)));
    let add = |xs: &[Option<Decimal>]| xs.iter().try_fold(Decimal::ZERO, |sum, x| Some(sum + (*x)?));
    let two = count(row.triples).map(|x| x * Decimal::TWO);
    let three = count(row.home_runs).map(|x| x * Decimal::from(3));
    let obp = ratio(add(&[h, bb, hbp]), add(&[ab, bb, hbp, sf]));
    let slg = ratio(add(&[h, count(row.doubles), two, three]), ab);
    row.batting_avg = text(ratio(h, ab));
    row.on_base_pct = text(obp);
    row.slugging_pct = text(slg);
    row.ops = text(add(&[obp, slg]));
}

#[cfg(test)]
mod tests;
