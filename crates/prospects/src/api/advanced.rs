//! Advanced minor-league metrics: rows of the FanGraphs minor-league leaders, or rows that name the columns.

mod lines;
mod scale;

use super::game_log::lacking;
use super::row::row;
use super::table::{self, read_player};
use super::{Parsed, Player, ShapeError};
use crate::api::fields::Season;
use crate::levels::Level;
use dynasty_intake::fields::Fields;
use dynasty_intake::lenient::{Scalar, decimal, number, read, shown};
use dynasty_intake::node::{Node, rows};
use dynasty_intake::packed::Packed;
pub(crate) use lines::is_total;
use lines::{Lines, Stint};
use rust_decimal::Decimal;
use scale::Scales;
use serde_json::Value;

row! {
    /// A row of `milb_advanced_stats`.
    pub struct AdvancedRow {
        season: i32, level: String, wrc: i32, wraa: i32, woba: String, wrc_plus: i32, iso: String,
        gb_percent: String, fb_percent: String, ld_percent: String, iffb_percent: String, hr_per_fb: String,
        pull_percent: String, oppo_percent: String, cent_percent: String,
        swing_strike_percent: String, contact_percent: String, zone_percent: String, o_swing_percent: String,
        z_swing_percent: String, speed_score: String, wbsr: String,
        hard_contact_percent: String, soft_contact_percent: String, medium_contact_percent: String,
        data_source: String,
    }
}

/// Reads leaders rows: `[{…}]` or `{"data": [{…}]}`.
///
/// The document is gone through twice: what scale its shares are written in shows only when all of it has been seen.
pub fn parse_advanced<N: Node>(payload: N) -> Result<Parsed<Packed<AdvancedRow>>, ShapeError> {
    let rows = rows(
        &payload,
        "leaders rows (an array of objects, or an object with an array \"data\")",
    )?;
    let mut scales = Scales::default();
    rows.each_element(&mut |_, node| {
        if let Ok(value) = node.pick(&scale::NAMES) {
            scales.see(&value);
        }
    });
    let mut lines = Lines::default();
    rows.each_element(&mut |index, node| {
        let place = table::place(index);
        let mut player = Player::default();
        match node
            .value()
            .and_then(|value| read_row(&value, &mut scales, &mut player))
        {
            Ok((row, stint)) => lines.add(place, player, row, stint),
            Err(reason) => lines.reject(place.reject(player.mlb_id, reason)),
        }
    });
    let mut parsed = lines.finish();
    parsed.remarks = scales.remarks();
    Ok(parsed)
}

fn read_row(value: &Value, scales: &mut Scales, player: &mut Player) -> Result<(AdvancedRow, Stint), String> {
    let fields = Fields::of(value)?;
    read_player(&fields, player)?;
    // The leaders are hitters.
    player.position = player.position.or(Some("IF"));
    let level = fields.text(&["level", "aLevel", "Level"])?;
    let mut row = AdvancedRow {
        season: fields.get::<Season>(&["season", "Season", "aseason"])?.0,
        ..AdvancedRow::default()
    };
    lacking(&[("season", row.season.is_some()), ("level", level.is_some())])?;
    // The age of a season is that of its first of July.
    player.set_as_of(row.season.map(|season| format!("{season}-07-01")));
    let level = level.unwrap_or_default();
    row.level = Some(map_level(&level)?.name().to_string());
    let key_alone = row.clone();

    row.wrc = whole(&fields, &["wrc", "wRC"])?;
    row.wraa = whole(&fields, &["wraa", "wRAA"])?;
    row.wrc_plus = whole(&fields, &["wrc_plus", "wRC+"])?;
    row.woba = ratio(&fields, &["woba", "wOBA"])?;
    row.iso = ratio(&fields, &["iso", "ISO"])?;
    row.speed_score = plain(&fields, &["speed_score", "Spd"], 3)?;
    row.wbsr = plain(&fields, &["wbsr", "wBsR"], 4)?;
    let percents = scales.percents(&fields)?;
    for (share, percent) in scale::SHARES.iter().zip(percents) {
        *share_of(&mut row, share.column) = percent;
    }
    if row == key_alone {
        return Err("names no metric of milb_advanced_stats".to_string());
    }
    Ok((row, Stint::of(&fields, &level)?))
}

/// The field of a share.
fn share_of<'a>(row: &'a mut AdvancedRow, column: &str) -> &'a mut Option<String> {
    match column {
        "gb_percent" => &mut row.gb_percent,
        "fb_percent" => &mut row.fb_percent,
        "ld_percent" => &mut row.ld_percent,
        "iffb_percent" => &mut row.iffb_percent,
        "hr_per_fb" => &mut row.hr_per_fb,
        "pull_percent" => &mut row.pull_percent,
        "oppo_percent" => &mut row.oppo_percent,
        "cent_percent" => &mut row.cent_percent,
        "swing_strike_percent" => &mut row.swing_strike_percent,
        "contact_percent" => &mut row.contact_percent,
        "zone_percent" => &mut row.zone_percent,
        "o_swing_percent" => &mut row.o_swing_percent,
        "z_swing_percent" => &mut row.z_swing_percent,
        "hard_contact_percent" => &mut row.hard_contact_percent,
        "soft_contact_percent" => &mut row.soft_contact_percent,
        _ => &mut row.medium_contact_percent,
    }
}

/// The level of a FanGraphs name. Short-season A is Rookie; complex and Dominican leagues are Complex, as flagship contract 1.5
/// has them for the game logs, so that both sources meet on (prospect, season, level).
fn map_level(text: &str) -> Result<Level, String> {
    if let Some(level) = Level::from_name(text) {
        return Ok(level);
    }
    match text.to_ascii_uppercase().as_str() {
        "CPX" | "DSL" | "ACL" | "FCL" | "AZL" | "GCL" | "COMPLEX" => Ok(Level::Complex),
        "A-" | "R" | "ROK" | "RK" | "ROOKIE" => Ok(Level::Rookie),
        "MLB" => Err("level: MLB is not a minor-league level".to_string()),
        _ if text.contains(',') => Err(format!("level: {:?} is a line over several levels", shown(text))),
        _ => Err(format!("level: {:?} is not known", shown(text))),
    }
}

fn value(fields: &Fields<'_>, names: &[&'static str]) -> Result<Option<(&'static str, Decimal)>, String> {
    let Some((name, value)) = fields.find(names) else {
        return Ok(None);
    };
    let number = number(&read::<Scalar>(value, name)?).map_err(|e| format!("{name}: {e}"))?;
    Ok(number.map(|n| (name, n)))
}

/// A whole number that may be negative, rounded half away from zero.
fn whole(fields: &Fields<'_>, names: &[&'static str]) -> Result<Option<i32>, String> {
    let Some(text) = plain_scaled(fields, names, 9, 0)? else {
        return Ok(None);
    };
    Ok(text.parse().ok())
}

/// A rate that cannot be negative, to three decimals.
fn ratio(fields: &Fields<'_>, names: &[&'static str]) -> Result<Option<String>, String> {
    match value(fields, names)? {
        Some((name, n)) if n < Decimal::ZERO => Err(format!("{name}: {} is negative", n.normalize())),
        _ => plain_scaled(fields, names, 4, 3),
    }
}

fn plain(fields: &Fields<'_>, names: &[&'static str], precision: u32) -> Result<Option<String>, String> {
    plain_scaled(fields, names, precision, 1)
}

fn plain_scaled(
    fields: &Fields<'_>,
    names: &[&'static str],
    precision: u32,
    scale: u32,
) -> Result<Option<String>, String> {
    let Some((name, n)) = value(fields, names)? else {
        return Ok(None);
    };
    decimal(n, precision, scale)
        .map(Some)
        .map_err(|e| format!("{name}: {e}"))
}

#[cfg(test)]
mod tests;
