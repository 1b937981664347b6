//! Flat payloads: an array of objects, one per row, as FanGraphs serves them and as any tool can write them.

use super::lenient::{Id, Label, PersonName, Scalar, is_blank, read, shown};
use super::node::{Node, rows};
use super::packed::Packed;
use super::row::Row;
use super::{Item, Parsed, Path, Place, Player, ShapeError, kind, numbered};
use crate::ingest::position::map_position;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

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
            }),
            Err(reason) => parsed.rejects.push(place.reject(player.mlb_id, reason)),
        }
    });
    Ok(parsed)
}

/// The place of row `index`.
fn place(index: usize) -> Place {
    Place {
        index,
        path: Path::Row(numbered(index)),
    }
}

/// One row.
pub(crate) struct Fields<'a>(pub &'a Map<String, Value>);

impl<'a> Fields<'a> {
    pub(crate) fn of(value: &'a Value) -> Result<Fields<'a>, String> {
        match value {
            Value::Object(map) => Ok(Fields(map)),
            other => Err(format!("a row must be an object, this is {}", kind(other))),
        }
    }

    /// The first of `names` that has a value.
    pub(crate) fn find(&self, names: &[&'static str]) -> Option<(&'static str, &'a Value)> {
        names.iter().find_map(|name| match self.0.get(*name) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) if is_blank(text) => None,
            Some(value) => Some((*name, value)),
        })
    }

    /// The first of `names` that has a value, read as `T`; the default when there is none.
    pub(crate) fn get<T: DeserializeOwned + Default>(&self, names: &[&'static str]) -> Result<T, String> {
        self.find(names)
            .map_or_else(|| Ok(T::default()), |(name, value)| read(value, name))
    }

    /// The text of the first of `names` that has a value; a number is its digits.
    pub(crate) fn text(&self, names: &[&'static str]) -> Result<Option<String>, String> {
        let Some((name, value)) = self.find(names) else {
            return Ok(None);
        };
        match read::<Scalar>(value, name)? {
            Scalar::Text(t) => Ok(Some(t.trim().to_string())),
            Scalar::Number(n) => Ok(Some(n)),
            Scalar::Bool(b) => Err(format!("{name}: {b} is not text")),
            Scalar::Null => Ok(None),
        }
    }

    /// Whose row it is, into `player` (also when a later field is wrong, so that the reject can say whose it was).
    pub(crate) fn player(&self, player: &mut Player) -> Result<(), String> {
        player.prospect_id = self.get::<Id>(&["prospect_id"])?.0;
        player.mlb_id = self
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
        player.fg_player_id = self.text(&FG)?;
        if let Some(id) = player.fg_player_id.as_ref().filter(|id| id.chars().count() > 50) {
            return Err(format!("PlayerId: {:?} is longer than 50 characters", shown(id)));
        }
        let name = self.get::<Label>(&["name", "playerName", "PlayerName", "Name"])?.0;
        // The leaders' table carries the name as a link to the player's page.
        let name = name.map(|n| Value::String(without_tags(&n)));
        player.name = name
            .as_ref()
            .map(|n| read::<PersonName>(n, "name"))
            .transpose()?
            .and_then(|n| n.0);
        let position = self.text(&["position", "Position", "Pos"])?;
        player.position = position.and_then(|p| map_position(&p).ok());
        if player.prospect_id.is_none()
            && player.mlb_id.is_none()
            && player.fg_player_id.is_none()
            && player.name.is_none()
        {
            return Err("lacks a player (prospect_id, mlb_id, PlayerId or name)".to_string());
        }
        Ok(())
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
    fn a_linked_name_is_its_text() {
        assert_eq!(
            without_tags("<a href=\"statss.aspx?playerid=1\">José Ramírez</a>"),
            "José Ramírez"
        );
        assert_eq!(without_tags("a > b"), "a > b");
    }
}
