//! Advanced minor-league metrics: rows of the FanGraphs minor-league leaders, or rows that name the columns.

use super::game_log::lacking;
use super::row::row;
use super::table::{read_player, read_rows};
use super::{Parsed, Player, ShapeError};
use crate::api::fields::Season;
use crate::levels::Level;
use dynasty_intake::fields::Fields;
use dynasty_intake::lenient::{Scalar, decimal, number, read, shown};
use dynasty_intake::node::Node;
use dynasty_intake::packed::Packed;
use rust_decimal::Decimal;
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
pub fn parse_advanced<N: Node>(payload: N) -> Result<Parsed<Packed<AdvancedRow>>, ShapeError> {
    read_rows(
        &payload,
        "leaders rows (an array of objects, or an object with an array \"data\")",
        read_row,
    )
}

fn read_row(value: &Value, player: &mut Player) -> Result<AdvancedRow, String> {
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
    row.level = Some(map_level(&level.unwrap_or_default())?.name().to_string());
    let key_alone = row.clone();

    row.wrc = whole(&fields, &["wrc", "wRC"])?;
    row.wraa = whole(&fields, &["wraa", "wRAA"])?;
    row.wrc_plus = whole(&fields, &["wrc_plus", "wRC+"])?;
    row.woba = ratio(&fields, &["woba", "wOBA"])?;
    row.iso = ratio(&fields, &["iso", "ISO"])?;
    row.speed_score = plain(&fields, &["speed_score", "Spd"], 3)?;
    row.wbsr = plain(&fields, &["wbsr", "wBsR"], 4)?;

    let scale = Scale::of(&fields)?;
    let percent = |column: &'static str, label: &'static str| scale.percent(&fields, column, label);
    row.gb_percent = percent("gb_percent", "GB%")?;
    row.fb_percent = percent("fb_percent", "FB%")?;
    row.ld_percent = percent("ld_percent", "LD%")?;
    row.iffb_percent = percent("iffb_percent", "IFFB%")?;
    row.hr_per_fb = percent("hr_per_fb", "HR/FB")?;
    row.pull_percent = percent("pull_percent", "Pull%")?;
    row.oppo_percent = percent("oppo_percent", "Oppo%")?;
    row.cent_percent = percent("cent_percent", "Cent%")?;
    row.swing_strike_percent = percent("swing_strike_percent", "SwStr%")?;
    row.contact_percent = percent("contact_percent", "Contact%")?;
    row.zone_percent = percent("zone_percent", "Zone%")?;
    row.o_swing_percent = percent("o_swing_percent", "O-Swing%")?;
    row.z_swing_percent = percent("z_swing_percent", "Z-Swing%")?;
    row.hard_contact_percent = percent("hard_contact_percent", "Hard%")?;
    row.soft_contact_percent = percent("soft_contact_percent", "Soft%")?;
    row.medium_contact_percent = percent("medium_contact_percent", "Med%")?;
    if row == key_alone {
        return Err("names no metric of milb_advanced_stats".to_string());
    }
    Ok(row)
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

/// How the bare numbers under FanGraphs' own labels are to be read: the JSON API sends fractions (0.431), a table made from the
/// page sends percent (43.1). One row is of one kind, and in percent some share of it exceeds 1.
#[derive(Clone, Copy, PartialEq)]
enum Scale {
    Fraction,
    Percent,
}

/// The labels whose value is a share of 0 to 1; HR/FB is left out because it can exceed 1 in the smallest samples.
const SHARES: [&str; 15] = [
    "GB%", "FB%", "LD%", "IFFB%", "Pull%", "Oppo%", "Cent%", "SwStr%", "Contact%", "Zone%", "O-Swing%", "Z-Swing%",
    "Hard%", "Soft%", "Med%",
];

impl Scale {
    fn of(fields: &Fields<'_>) -> Result<Scale, String> {
        for label in SHARES {
            if let Some((_, Value::Number(n))) = fields.find(&[label])
                && n.as_f64().is_some_and(|n| n > 1.0)
            {
                return Ok(Scale::Percent);
            }
        }
        Ok(Scale::Fraction)
    }

    /// 0 to 100 with one decimal, from the column's own name (percent), or the label (text `43.1 %`, or a number of this scale).
    fn percent(self, fields: &Fields<'_>, column: &'static str, label: &'static str) -> Result<Option<String>, String> {
        let Some((name, value)) = fields.find(&[column, label]) else {
            return Ok(None);
        };
        let scalar = read::<Scalar>(value, name)?;
        let bare = matches!(scalar, Scalar::Number(_));
        let scalar = match scalar {
            Scalar::Text(t) => Scalar::Text(t.replace('%', "").trim().to_string()),
            other => other,
        };
        let Some(n) = number(&scalar).map_err(|e| format!("{name}: {e}"))? else {
            return Ok(None);
        };
        let fraction = self == Scale::Fraction && bare && name == label;
        let n = if fraction {
            n.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(n)
        } else {
            n
        };
        let highest = if column == "hr_per_fb" {
            Decimal::from(999)
        } else {
            Decimal::ONE_HUNDRED
        };
        if n < Decimal::ZERO || n > highest {
            return Err(format!(
                "{name}: {} is out of range (0 to {highest} percent)",
                n.normalize()
            ));
        }
        decimal(n, 4, 1).map(Some).map_err(|e| format!("{name}: {e}"))
    }
}

#[cfg(test)]
mod tests;
