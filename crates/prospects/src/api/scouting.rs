//! Scouting grades: rows of the FanGraphs prospect board, or rows that name the columns.

use super::game_log::lacking;
use super::row::row;
use super::table::{read_player, read_rows};
use super::{Parsed, Player, ShapeError};
use crate::api::fields::Season;
use crate::identity::organization_key;
use dynasty_intake::fields::Fields;
use dynasty_intake::lenient::{Count, Date, Label, Scalar, read, shown};
use dynasty_intake::node::Node;
use dynasty_intake::packed::Packed;
use dynasty_intake::row::Row;
use serde_json::Value;
use std::collections::HashMap;

row! {
    /// A row of `scouting_grades`.
    pub struct ScoutingRow {
        source: String, ranking_year: i32, rank_overall: i32, future_value: i32, risk_level: String,
        eta_year: i32, eta_season: String,
        hit_present: i32, power_present: i32, raw_power_present: i32, speed_present: i32, field_present: i32, arm_present: i32,
        hit_future: i32, power_future: i32, raw_power_future: i32, speed_future: i32, field_future: i32, arm_future: i32,
        fastball_grade: i32, slider_grade: i32, curveball_grade: i32, changeup_grade: i32, control_grade: i32,
        command_grade: i32, dynasty_rank: i32, redraft_rank: i32, scouting_report: String, date_recorded: String,
    }
}

/// What the caller says about a list; a row's own column wins.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// `fangraphs`, `mlb_pipeline`, `ba` …
    pub source: String,
    /// The year the list ranks.
    pub ranking_year: Option<i32>,
    /// When the list was published, `YYYY-MM-DD`.
    pub date_recorded: String,
}

/// Reads a board: `[{…}]` or `{"data": [{…}]}`.
pub fn parse_scouting<N: Node>(payload: N, list: &List) -> Result<Parsed<Packed<ScoutingRow>>, ShapeError> {
    let mut seen = HashMap::new();
    read_rows(
        &payload,
        "board rows (an array of objects, or an object with an array \"data\")",
        |value, player| {
            let row = read_row(value, list, player)?;
            compare(&mut seen, player, &row)?;
            Ok(row)
        },
    )
}

type Seen = HashMap<(Player, Option<String>, Option<i32>, Option<String>), Packed<ScoutingRow>>;

/// Rows of one player, list and date complete each other; one that says another grade than a row before it is left out.
fn compare(seen: &mut Seen, player: &Player, row: &ScoutingRow) -> Result<(), String> {
    let key = (
        player.whose(),
        row.source.clone(),
        row.ranking_year,
        row.date_recorded.clone(),
    );
    let Some(known) = seen.get_mut(&key) else {
        seen.insert(key, Packed::of(row));
        return Ok(());
    };
    if let Some(column) = known.row().contradiction(row) {
        return Err(format!(
            "another row of this player stands before it in the list and says another {column}: this one is left out"
        ));
    }
    known.change(|known| known.merge(row.clone()));
    Ok(())
}

fn read_row(value: &Value, list: &List, player: &mut Player) -> Result<ScoutingRow, String> {
    let fields = Fields::of(value)?;
    read_player(&fields, player)?;
    let hit = tool(&fields, &["Hit"], &["hit_present", "pHit"], &["hit_future", "fHit"])?;
    let power = tool(
        &fields,
        &["Game", "Game Pwr"],
        &["power_present", "pGame"],
        &["power_future", "fGame"],
    )?;
    let raw = tool(
        &fields,
        &["Raw", "Raw Pwr"],
        &["raw_power_present", "pRaw"],
        &["raw_power_future", "fRaw"],
    )?;
    let speed = tool(&fields, &["Spd"], &["speed_present", "pSpd"], &["speed_future", "fSpd"])?;
    let field = tool(&fields, &["Fld"], &["field_present", "pFld"], &["field_future", "fFld"])?;
    let arm = tool(&fields, &["Arm"], &["arm_present", "pArm"], &["arm_future", "fArm"])?;
    // The table keeps one grade per pitch: the future one.
    let pitch = |raw: &[&'static str], future: &[&'static str]| tool(&fields, raw, &[], future).map(|g| g.future);
    let (eta_year, eta_season) = eta(&fields)?;
    let row = ScoutingRow {
        prospect_id: None,
        source: fields.text(&["source"])?.or(Some(list.source.clone())),
        ranking_year: fields.get::<Season>(&["ranking_year"])?.0.or(list.ranking_year),
        date_recorded: fields
            .get::<Date>(&["date_recorded"])?
            .0
            .or(Some(list.date_recorded.clone())),
        rank_overall: rank(&fields, &["rank_overall", "Ovr_Rank", "Top 100", "Top100"])?,
        future_value: grade(&fields, &["future_value", "FV", "fv", "FV_Current", "cFV", "fv_raw"])?.future,
        risk_level: risk(&fields)?,
        eta_year,
        eta_season,
        hit_present: hit.present,
        power_present: power.present,
        raw_power_present: raw.present,
        speed_present: speed.present,
        field_present: field.present,
        arm_present: arm.present,
        hit_future: hit.future,
        power_future: power.future,
        raw_power_future: raw.future,
        speed_future: speed.future,
        field_future: field.future,
        arm_future: arm.future,
        fastball_grade: pitch(&["FB"], &["fastball_grade", "fFB"])?,
        slider_grade: pitch(&["SL"], &["slider_grade", "fSL"])?,
        curveball_grade: pitch(&["CB"], &["curveball_grade", "fCB"])?,
        changeup_grade: pitch(&["CH"], &["changeup_grade", "fCH"])?,
        control_grade: pitch(&["CTL"], &["control_grade", "fCTL"])?,
        command_grade: pitch(&["CMD"], &["command_grade", "fCMD"])?,
        dynasty_rank: rank(&fields, &["dynasty_rank", "Fantasy_Dynasty"])?,
        redraft_rank: rank(&fields, &["redraft_rank", "Fantasy_Redraft"])?,
        scouting_report: fields.get::<Label>(&["scouting_report", "Summary", "Report"])?.0,
    };
    player.set_as_of(row.date_recorded.clone());
    // On a board the club is the organization.
    if let Some(facts) = player.facts.as_deref_mut()
        && facts.organization.is_none()
    {
        facts.organization = fields
            .text(&["Team", "team"])?
            .filter(|team| organization_key(team).is_some());
    }
    lacking(&[("ranking_year", row.ranking_year.is_some())])?;
    if let Some(source) = row.source.as_ref().filter(|s| s.chars().count() > 50) {
        return Err(format!("source: {:?} is longer than 50 characters", shown(source)));
    }
    let pitches = [
        row.fastball_grade,
        row.slider_grade,
        row.curveball_grade,
        row.changeup_grade,
    ];
    let evidence = if pitches.iter().any(Option::is_some) { "P" } else { "IF" };
    player.position = player.position.or(Some(evidence));
    Ok(row)
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Grade {
    present: Option<i32>,
    future: Option<i32>,
}

/// A tool: `"40 / 50"` in one column of the board, or a column each for present and future.
fn tool(
    fields: &Fields<'_>,
    both: &[&'static str],
    present: &[&'static str],
    future: &[&'static str],
) -> Result<Grade, String> {
    let split = grade(fields, both)?;
    Ok(Grade {
        present: grade(fields, present)?.future.or(split.present),
        future: grade(fields, future)?.future.or(split.future),
    })
}

fn grade(fields: &Fields<'_>, names: &[&'static str]) -> Result<Grade, String> {
    let Some((name, value)) = fields.find(names) else {
        return Ok(Grade::default());
    };
    let text = match read::<Scalar>(value, name)? {
        Scalar::Text(t) | Scalar::Number(t) => t,
        Scalar::Bool(b) => return Err(format!("{name}: {b} is not a grade")),
        Scalar::Null => return Ok(Grade::default()),
    };
    let parts: Vec<&str> = text.split('/').collect();
    match parts.as_slice() {
        [future] => Ok(Grade {
            present: None,
            future: one_grade(name, future)?,
        }),
        [present, future] => Ok(Grade {
            present: one_grade(name, present)?,
            future: one_grade(name, future)?,
        }),
        _ => Err(format!(
            "{name}: {:?} is not a grade such as 45+ or 40 / 50",
            shown(&text)
        )),
    }
}

/// `45`, `45+` (a plus is between two grades and stored as the lower); blank and 0 mean "not graded".
fn one_grade(name: &str, text: &str) -> Result<Option<i32>, String> {
    let plain = text.trim().trim_end_matches('+').trim();
    let whole = dynasty_intake::lenient::whole(&Scalar::Text(plain.to_string()), 0, 1000);
    match whole.map_err(|e| format!("{name}: {e}"))? {
        None | Some(0) => Ok(None),
        Some(g @ 20..=80) => Ok(i32::try_from(g).ok()),
        Some(g) => Err(format!("{name}: {g} is outside the 20-80 scale")),
    }
}

/// A rank of 1 or more; 0 and blank mean "not ranked".
fn rank(fields: &Fields<'_>, names: &[&'static str]) -> Result<Option<i32>, String> {
    Ok(fields.get::<Count>(names)?.0.filter(|r| *r > 0))
}

fn risk(fields: &Fields<'_>) -> Result<Option<String>, String> {
    let Some(text) = fields.text(&["risk_level", "Risk", "Risk_Current"])? else {
        return Ok(None);
    };
    let level = match text.to_ascii_lowercase().as_str() {
        "safe" | "low" => "Safe",
        "medium" | "med" => "Medium",
        "high" => "High",
        "extreme" => "Extreme",
        _ => {
            return Err(format!(
                "risk_level: {:?} is not Safe, Medium, High or Extreme",
                shown(&text)
            ));
        }
    };
    Ok(Some(level.to_string()))
}

/// The year of `2026` or `Mid 2026`; text that says more than the year is kept beside it.
fn eta(fields: &Fields<'_>) -> Result<(Option<i32>, Option<String>), String> {
    const NAMES: [&str; 4] = ["eta_year", "ETA", "ETA_Current", "eta_season"];
    let own_season = fields.text(&["eta_season"])?;
    let Some(text) = fields.text(&NAMES)? else {
        return Ok((None, None));
    };
    let last = text.rsplit(' ').next().unwrap_or_default();
    let year = read::<Season>(&Value::from(last), "ETA")?.0;
    let season = own_season.or_else(|| (last != text).then(|| text.clone()));
    match season {
        Some(season) if season.chars().count() > 20 => {
            Err(format!("ETA: {:?} is longer than 20 characters", shown(&season)))
        }
        season => Ok((year, season)),
    }
}

#[cfg(test)]
mod tests;
