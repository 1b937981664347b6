//! Season rows that name the columns. A season may have several: a stint with each club, their total, the pitching beside the
//! batting, and WAR from elsewhere. Stints are added up, what completes a line completes it, and of lines that cannot both be
//! right the later is rejected.

use super::{MlbStatsRow, left_out, sum};
use crate::api::advanced::is_total;
use crate::api::fields::{Innings, Season};
use crate::api::game_log::lacking;
use crate::api::table::{place, read_player};
use crate::api::{Item, Parsed, Place, Player, ShapeError, numbered};
use crate::innings::outs_or_innings;
use dynasty_intake::fields::Fields;
use dynasty_intake::lenient::{Count, Date, Rate, Scalar, decimal, number, read, shown};
use dynasty_intake::node::{Node, rows};
use dynasty_intake::packed::Packed;
use dynasty_intake::row::Row;
use serde_json::Value;
use std::collections::HashMap;

/// Which of a season's lines a row is.
#[derive(Clone, Debug, PartialEq)]
enum Club {
    /// It does not say: the season, or something about it.
    Unsaid,
    /// All his clubs (`TOT`, `2TM`).
    Total,
    /// A stint: his club, the number of the stint, or both.
    One(String),
}

impl Club {
    fn of(fields: &Fields<'_>) -> Result<Club, String> {
        let team = fields.text(&["team", "Team", "teamID", "team_id", "Tm", "club"])?;
        let stint = fields.text(&["stint", "Stint"])?;
        Ok(match (team, stint) {
            (Some(team), _) if is_total(&team) => Club::Total,
            (None, None) => Club::Unsaid,
            (team, stint) => {
                let words: Vec<String> = team.into_iter().chain(stint).collect();
                Club::One(words.join(" ").to_uppercase())
            }
        })
    }

    fn shown(&self) -> String {
        match self {
            Club::Unsaid => "the season".to_string(),
            Club::Total => "all his clubs".to_string(),
            Club::One(club) => format!("his club {}", shown(club)),
        }
    }
}

/// A season under construction.
struct Seasonal {
    place: Place,
    player: Player,
    lines: Vec<(Club, Place, Packed<MlbStatsRow>)>,
}

/// Reads `[…]` or `{"data": […]}`.
pub(super) fn read_rows<N: Node>(payload: &N) -> Result<Parsed<Packed<MlbStatsRow>>, ShapeError> {
    let mut parsed = Parsed::default();
    let mut seasons: Vec<Seasonal> = Vec::new();
    let mut known: HashMap<(Player, Option<i32>), usize> = HashMap::new();
    rows(payload, "an array of season rows")?.each_element(&mut |index, node| {
        let place = place(index);
        let mut player = Player::default();
        let (row, club) = match node.value().and_then(|value| read_row(&value, &mut player)) {
            Ok(read) => read,
            Err(reason) => return parsed.rejects.push(place.reject(player.mlb_id, reason)),
        };
        let at = *known.entry((player.whose(), row.season)).or_insert(seasons.len());
        let mlb_id = player.mlb_id;
        match seasons.get_mut(at) {
            None => seasons.push(Seasonal {
                place: place.clone(),
                player,
                lines: vec![(club, place, Packed::of(&row))],
            }),
            Some(season) => {
                if let Err(reason) = season.take(club, &place, row) {
                    parsed.rejects.push(place.reject(mlb_id, reason));
                }
            }
        }
    });
    // A load takes a small multiple of its payload: what found the seasons goes before the rows are made.
    drop(known);
    parsed.items.reserve_exact(seasons.len());
    for season in seasons {
        let mlb_id = season.player.mlb_id;
        match season.total() {
            Ok((row, lines, contradicting)) => {
                for (place, reason) in contradicting {
                    parsed.rejects.push(place.reject(mlb_id, reason));
                }
                parsed.items.push(Item {
                    place: season.place,
                    player: season.player,
                    row: Packed::of(&row),
                    lines,
                });
            }
            Err(reason) => parsed.rejects.push(season.place.reject(mlb_id, reason)),
        }
    }
    Ok(parsed)
}

/// A line left out, and why.
type LeftOut = (Place, String);

impl Seasonal {
    /// Takes one more line, or says why not.
    fn take(&mut self, club: Club, place: &Place, row: MlbStatsRow) -> Result<(), String> {
        let Some((_, _, packed)) = self.lines.iter_mut().find(|(known, ..)| *known == club) else {
            self.lines.push((club, place.clone(), Packed::of(&row)));
            return Ok(());
        };
        let known = packed.row();
        // Games in any role: the pitching line's are not the batting line's.
        let without_games = |row: &MlbStatsRow| MlbStatsRow {
            games_played: None,
            ..row.clone()
        };
        if let Some(column) = without_games(&known).contradiction(&without_games(&row)) {
            return Err(left_out(&club.shown(), column));
        }
        packed.change(|known| known.complete(row));
        Ok(())
    }

    /// The season, how many lines are added up in it, and those that contradict the rest.
    fn total(&self) -> Result<(MlbStatsRow, u32, Vec<LeftOut>), String> {
        let of = |wanted: fn(&Club) -> bool| {
            let lines = self.lines.iter().filter(move |(club, ..)| wanted(club));
            lines.map(|(_, place, row)| (place, row.row()))
        };
        let clubs: Vec<MlbStatsRow> = of(|club| matches!(club, Club::One(_))).map(|(_, row)| row).collect();
        let mut season = sum(&clubs)?;
        let mut lines = numbered(clubs.len().max(1));
        let mut left_out = Vec::new();
        for (_, total) in of(|club| *club == Club::Total) {
            season.complete(total);
            lines = 1;
        }
        for (place, row) in of(|club| *club == Club::Unsaid) {
            match season.contradiction(&MlbStatsRow {
                games_played: None,
                ..row.clone()
            }) {
                // What is computed from the sums may differ in the last digit.
                Some("batting_avg" | "on_base_pct" | "slugging_pct" | "ops") | None => season.complete(row),
                Some(column) => left_out.push((
                    place.clone(),
                    format!("contradicts his lines per club, which add up to another {column}: this one is left out"),
                )),
            }
        }
        Ok((season, lines, left_out))
    }
}

/// A row that names the columns: `mlb_id` (or another id of [`read_player`]), `season`, and what is known of it, `war` included.
fn read_row(value: &Value, player: &mut Player) -> Result<(MlbStatsRow, Club), String> {
    let fields = Fields::of(value)?;
    read_player(&fields, player)?;
    let mut row = MlbStatsRow {
        season: fields.get::<Season>(&["season"])?.0,
        ..MlbStatsRow::default()
    };
    lacking(&[("season", row.season.is_some())])?;
    player.set_as_of(row.season.map(|season| format!("{season}-07-01")));
    let season_alone = row.clone();
    macro_rules! columns {
        ($($ty:ident: $($field:ident)*;)*) => { $($(row.$field = fields.get::<$ty>(&[stringify!($field)])?.0;)*)* };
    }
    columns! {
        Count: mlb_service_days games_played plate_appearances at_bats runs hits doubles triples home_runs rbi walks strikeouts
            stolen_bases caught_stealing ground_balls fly_balls line_drives games_pitched games_started outs_pitched
            batters_faced hits_allowed runs_allowed earned_runs home_runs_allowed walks_allowed strikeouts_pitched
            hit_batsmen hit_by_pitch sacrifice_flies wins losses saves;
        Rate: batting_avg on_base_pct slugging_pct ops;
        Date: mlb_debut_date;
    }
    let innings = fields.get::<Innings>(&["innings_pitched"])?.0;
    row.outs_pitched =
        outs_or_innings(row.outs_pitched, innings.as_deref()).map_err(|e| format!("innings_pitched: {e}"))?;
    // OPS+ and WAR may be below zero.
    row.ops_plus = signed(&fields, "ops_plus", 5, 0)?.and_then(|n| n.parse().ok());
    row.war = signed(&fields, "war", 3, 1)?;
    if row == season_alone {
        return Err("names no column of mlb_stats but the season".to_string());
    }
    let pitched = row.outs_pitched.is_some() || row.batters_faced.is_some();
    player.position = player.position.or(Some(if pitched && row.plate_appearances.is_none() {
        "P"
    } else {
        "IF"
    }));
    Ok((row, Club::of(&fields)?))
}

fn signed(fields: &Fields<'_>, name: &'static str, precision: u32, scale: u32) -> Result<Option<String>, String> {
    let Some((_, value)) = fields.find(&[name]) else {
        return Ok(None);
    };
    let value = number(&read::<Scalar>(value, name)?).map_err(|e| format!("{name}: {e}"))?;
    value
        .map(|n| decimal(n, precision, scale))
        .transpose()
        .map_err(|e| format!("{name}: {e}"))
}
