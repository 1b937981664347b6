//! Biographies: `/people?personIds=…` replies, with `hydrate=draft,currentTeam` where asked for.

use super::row::row;
use super::statsapi::Position;
use super::{Item, Parsed, Path, Place, Player, ShapeError, numbered};
use crate::api::fields::Season;
use crate::api::position::map_position;
use dynasty_intake::lenient::{BirthDate, Count, Date, Label, Name, PersonName, Scalar, Written, read, shown};
use dynasty_intake::node::kind;
use dynasty_intake::node::{Kind, Node, array_at};
use dynasty_intake::packed::Packed;
use serde::Deserialize;
use serde_json::Value;

row! {
    /// A row of `prospects` (its `id` is `prospect_id` here, and stays empty).
    pub struct PersonRow {
        mlb_id: i32, name: String, position: String, bats: String, throws: String, height_inches: i32, weight_lbs: i32,
        birth_date: String, birth_country: String, birth_city: String, draft_year: i32, draft_round: i32, draft_pick: i32,
        draft_team: String, signing_bonus_usd: i32, current_team: String, current_organization: String,
        mlb_debut_date: String,
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Bio {
    id: dynasty_intake::lenient::Id,
    full_name: PersonName,
    birth_date: BirthDate,
    birth_city: Name,
    birth_country: Name,
    height: Written,
    weight: Count,
    #[serde(deserialize_with = "dynasty_intake::lenient::object")]
    primary_position: Option<Position>,
    #[serde(deserialize_with = "dynasty_intake::lenient::object")]
    bat_side: Option<Side>,
    #[serde(deserialize_with = "dynasty_intake::lenient::object")]
    pitch_hand: Option<Side>,
    draft_year: Season,
    mlb_debut_date: Date,
    #[serde(deserialize_with = "dynasty_intake::lenient::object")]
    current_team: Option<Club>,
    drafts: Option<Vec<Draft>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Side {
    code: Label,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Club {
    name: Name,
    parent_org_name: Name,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Draft {
    year: Season,
    // "1", but also "C-A" or "2C" for the rounds between: those stay unknown.
    pick_round: Written,
    pick_number: Count,
    signing_bonus: Option<Scalar>,
    #[serde(deserialize_with = "dynasty_intake::lenient::object")]
    team: Option<Club>,
}

/// Reads a `/people` reply: one row per person.
pub fn parse_people<N: Node>(payload: N) -> Result<Parsed<Packed<PersonRow>>, ShapeError> {
    const EXPECTED: &str = "a /people reply (an object with an array \"people\")";
    if payload.kind() != Kind::Object {
        return Err(ShapeError::new(EXPECTED, payload.kind().to_string()));
    }
    let mut parsed = Parsed::default();
    array_at(&payload, "people", EXPECTED)?.each_element(&mut |index, node| {
        let place = Place {
            index,
            path: Path::Person(numbered(index)),
        };
        let mut player = Player::default();
        match node.value().and_then(|person| read_person(&person, &mut player)) {
            Ok(row) => parsed.items.push(Item {
                place,
                player,
                row: Packed::of(&row),
                lines: 1,
            }),
            Err(reason) => parsed.rejects.push(place.reject(player.mlb_id, reason)),
        }
    });
    Ok(parsed)
}

fn read_person(person: &Value, player: &mut Player) -> Result<PersonRow, String> {
    if !person.is_object() {
        return Err(format!("a person must be an object, this is {}", kind(person)));
    }
    let bio: Bio = read(person, "")?;
    player.mlb_id = bio.id.0;
    player.name = bio.full_name.0.clone();
    let position = bio.primary_position.and_then(|p| p.abbreviation.0);
    super::game_log::lacking(&[
        ("id", bio.id.0.is_some()),
        ("fullName", bio.full_name.0.is_some()),
        ("primaryPosition.abbreviation", position.is_some()),
    ])?;
    let position = map_position(&position.unwrap_or_default()).map_err(|e| format!("primaryPosition: {e}"))?;
    player.position = Some(position);
    // The last entry is the draft he signed after; earlier ones he did not.
    let draft = bio.drafts.unwrap_or_default().into_iter().max_by_key(|d| d.year.0);
    let draft = draft
        .filter(|d| bio.draft_year.0.is_none() || d.year.0 == bio.draft_year.0)
        .unwrap_or_default();
    Ok(PersonRow {
        prospect_id: None,
        mlb_id: bio.id.0,
        name: bio.full_name.0,
        position: Some(position.to_string()),
        bats: hand(bio.bat_side, "batSide")?,
        throws: hand(bio.pitch_hand, "pitchHand")?,
        height_inches: bio.height.0.map(|h| height_of(&h)).transpose()?,
        weight_lbs: within_body("weight", bio.weight.0, 50, 500)?,
        birth_date: bio.birth_date.0,
        birth_country: bio.birth_country.0,
        birth_city: bio.birth_city.0,
        draft_year: bio.draft_year.0.or(draft.year.0),
        draft_round: draft.pick_round.0.and_then(|r| r.parse().ok()).filter(|r| *r > 0),
        draft_pick: draft.pick_number.0.filter(|p| *p > 0),
        draft_team: draft.team.and_then(|t| t.name.0),
        signing_bonus_usd: draft.signing_bonus.as_ref().map(dollars).transpose()?.flatten(),
        current_organization: bio.current_team.as_ref().and_then(|t| t.parent_org_name.0.clone()),
        current_team: bio.current_team.and_then(|t| t.name.0),
        mlb_debut_date: bio.mlb_debut_date.0,
    })
}

/// `L`, `R` or `S`; unknown when blank.
fn hand(side: Option<Side>, field: &str) -> Result<Option<String>, String> {
    let Some(code) = side.and_then(|s| s.code.0) else {
        return Ok(None);
    };
    match code.to_ascii_uppercase().as_str() {
        code @ ("L" | "R" | "S") => Ok(Some(code.to_string())),
        _ => Err(format!("{field}.code: {:?} is not L, R or S", shown(&code))),
    }
}

/// Inches of `6' 1"`; a plain number is inches.
pub(super) fn height_of(text: &str) -> Result<i32, String> {
    let bad = || format!("height: {:?} is not feet and inches such as 6' 1\"", shown(text));
    let inches = match text.split_once('\'') {
        Some((feet, rest)) => {
            let inches = rest.trim().trim_end_matches(['"', '\'']).trim();
            let feet: i32 = feet.trim().parse().map_err(|_| bad())?;
            let inches: i32 = if inches.is_empty() {
                0
            } else {
                inches.parse().map_err(|_| bad())?
            };
            if !(0..12).contains(&inches) || !(0..=9).contains(&feet) {
                return Err(bad());
            }
            feet * 12 + inches
        }
        None => text.trim().parse().map_err(|_| bad())?,
    };
    within_body("height", Some(inches), 36, 108)?.ok_or_else(bad)
}

/// A bonus: `500000`, `"500000"` or `"$500,000"`.
fn dollars(bonus: &Scalar) -> Result<Option<i32>, String> {
    let plain = match bonus {
        Scalar::Text(t) => Scalar::Text(t.replace(['$', ','], "")),
        other => other.clone(),
    };
    let number = dynasty_intake::lenient::number(&plain).map_err(|e| format!("signingBonus: {e}"))?;
    match number {
        None => Ok(None),
        Some(n) => {
            let whole = dynasty_intake::lenient::whole(&Scalar::Number(n.round().to_string()), 0, i32::MAX.into());
            Ok(whole
                .map_err(|e| format!("signingBonus: {e}"))?
                .and_then(|n| i32::try_from(n).ok()))
        }
    }
}

pub(super) fn within_body(field: &str, value: Option<i32>, low: i32, high: i32) -> Result<Option<i32>, String> {
    match value {
        // The API writes 0 for a weight it does not know.
        Some(0) | None => Ok(None),
        Some(v) if (low..=high).contains(&v) => Ok(Some(v)),
        Some(v) => Err(format!("{field}: {v} is out of range ({low} to {high})")),
    }
}

#[cfg(test)]
mod tests;
