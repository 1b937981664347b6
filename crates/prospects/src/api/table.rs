//! Flat payloads: an array of objects, one per row, as FanGraphs serves them and as any tool can write them.

use super::facts::Facts;
use super::{Item, Parsed, Path, Place, Player, ShapeError, numbered};
use crate::api::position::map_position;
use dynasty_intake::fields::Fields;
use dynasty_intake::lenient::{Id, Label, PersonName, read, shown};
use dynasty_intake::node::{Node, rows};
use dynasty_intake::packed::Packed;
use dynasty_intake::row::Row;
use serde_json::Value;

/// Reads the rows of `[…]` or `{"data": […]}` one by one.
pub(crate) fn read_rows<N: Node, R: Row>(
    payload: &N,
    expected: &str,
    mut read_row: impl FnMut(&Value, &mut Player) -> Result<R, String>,
) -> Result<Parsed<Packed<R>>, ShapeError> {
    let mut parsed = Parsed::default();
    rows(payload, expected)?.each_element(&mut |index, node| {
        let place = place(index);
        let mut player = Player::default();
        match node.value().and_then(|value| read_row(&value, &mut player)) {
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

/// The place of row `index`.
pub(super) fn place(index: usize) -> Place {
    Place {
        index,
        path: Path::Row(numbered(index)),
    }
}

/// Whose row it is, into `player` (also when a later field is wrong, so that the reject can say whose it was).
pub(crate) fn read_player(fields: &Fields<'_>, player: &mut Player) -> Result<(), String> {
    player.prospect_id = fields.get::<Id>(&["prospect_id"])?.0;
    player.mlb_id = fields
        .get::<Id>(&["mlb_id", "mlbamid", "MLBAMID", "xMLBAMID", "mlbamId"])?
        .0;
    const FG: [&str; 9] = [
        "fg_player_id",
        "PlayerId",
        "playerId",
        "PlayerID",
        "playerid",
        "playerids",
        "minorMasterId",
        "minormasterid",
        "fg_minor_master_id",
    ];
    let id_of = |names: &[&'static str]| -> Result<Option<String>, String> {
        Ok(fields.text(names)?.filter(|id| !is_no_id(id)).map(whole_id))
    };
    let mut facts = Facts::of(fields);
    player.fg_player_id = id_of(&FG)?;
    // Some exports have both: the number, and the id he had before his debut.
    for other in FG {
        let other = id_of(&[other])?.filter(|id| Some(id) != player.fg_player_id.as_ref() && id.chars().count() <= 50);
        if let Some(other) = other {
            let is_number = |id: &String| id.bytes().all(|b| b.is_ascii_digit());
            facts.former_fg_id = if is_number(&other) && !player.fg_player_id.as_ref().is_some_and(is_number) {
                player.fg_player_id.replace(other)
            } else {
                Some(other)
            };
            break;
        }
    }
    if let Some(id) = player.fg_player_id.as_ref().filter(|id| id.chars().count() > 50) {
        return Err(format!("PlayerId: {:?} is longer than 50 characters", shown(id)));
    }
    let name = fields.get::<Label>(&["name", "playerName", "PlayerName", "Name"])?.0;
    // The leaders' table carries the name as a link to the player's page.
    let name = name.map(|n| Value::String(without_tags(&n)));
    player.name = name
        .as_ref()
        .map(|n| read::<PersonName>(n, "name"))
        .transpose()?
        .and_then(|n| n.0);
    let position = fields.text(&["position", "Position", "Pos"])?;
    player.position = position.and_then(|p| map_position(&p).ok());
    facts.says_position = player.position.is_some();
    player.facts = (!facts.is_empty()).then(|| Box::new(facts));
    if player.prospect_id.is_none() && player.mlb_id.is_none() && player.fg_player_id.is_none() && player.name.is_none()
    {
        return Err("lacks a player (prospect_id, mlb_id, PlayerId or name)".to_string());
    }
    Ok(())
}

/// What tools write where there is no id. Taken for one it would make a single man of all who have none.
fn is_no_id(text: &str) -> bool {
    matches!(
        text.to_ascii_lowercase().as_str(),
        "nan" | "none" | "null" | "na" | "n/a" | "#n/a" | "0"
    )
}

/// An id without the `.0` that tools put behind whole numbers of columns with gaps.
fn whole_id(id: String) -> String {
    match id.strip_suffix(".0") {
        Some(digits) if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => digits.to_string(),
        _ => id,
    }
}

/// Text outside `<…>`.
fn without_tags(text: &str) -> String {
    let mut depth = 0u32;
    text.chars()
        .filter(|c| match c {
            '<' => {
                depth += 1;
                false
            }
            '>' if depth > 0 => {
                depth -= 1;
                false
            }
            _ => depth == 0,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_for_no_id_is_none() {
        for (written, id) in [
            ("nan", None),
            ("NaN", None),
            ("None", None),
            ("N/A", None),
            ("0", None),
            (" ", None),
            ("sa301", Some("sa301")),
            ("12", Some("12")),
            ("12.0", Some("12")),
        ] {
            let row = serde_json::json!({"PlayerId": written, "Name": "Nan None"});
            let mut player = Player::default();
            read_player(&Fields::of(&row).unwrap(), &mut player).unwrap();
            assert_eq!(player.fg_player_id.as_deref(), id, "{written}");
            assert_eq!(player.name.as_deref(), Some("Nan None"));
        }
    }

    #[test]
    fn a_linked_name_is_its_text() {
        assert_eq!(
            without_tags("<a href=\"statss.aspx?playerid=1\">José Ramírez</a>"),
            "José Ramírez"
        );
        assert_eq!(without_tags("a > b"), "a > b");
    }
}
