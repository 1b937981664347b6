//! Flat payloads: an array of objects, one per row, as FanGraphs serves them and as any tool can write them.

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
    read_row: impl Fn(&Value, &mut Player) -> Result<R, String>,
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
    player.fg_player_id = fields.text(&FG)?;
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
    if player.prospect_id.is_none() && player.mlb_id.is_none() && player.fg_player_id.is_none() && player.name.is_none()
    {
        return Err("lacks a player (prospect_id, mlb_id, PlayerId or name)".to_string());
    }
    Ok(())
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
    fn a_linked_name_is_its_text() {
        assert_eq!(
            without_tags("<a href=\"statss.aspx?playerid=1\">José Ramírez</a>"),
            "José Ramírez"
        );
        assert_eq!(without_tags("a > b"), "a > b");
    }
}
