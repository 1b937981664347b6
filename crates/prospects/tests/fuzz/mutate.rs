//! A document becomes another: as a tree (values replaced, taken out, doubled, moved, wrapped) and as text (cut, flipped, spliced).

use crate::dice::Dice;
use serde_json::{Map, Value, json};

/// A document near one of the seeds: mutated as JSON, as text, or both; now and then the seed itself.
pub fn near(seeds: &[String], dice: &mut Dice) -> String {
    let mut text = dice.pick(seeds).clone();
    if let Ok(mut value) = serde_json::from_str::<Value>(&text)
        && !dice.one_in(4)
    {
        for _ in 0..=dice.below(4) {
            tree(&mut value, seeds, dice);
        }
        text = value.to_string();
    }
    if dice.one_in(3) {
        let mut raw = text.into_bytes();
        for _ in 0..=dice.below(4) {
            bytes(&mut raw, dice);
        }
        text = String::from_utf8_lossy(&raw).into_owned();
    }
    text
}

/// A place in the tree, every node as likely as its siblings.
fn somewhere<'a>(value: &'a mut Value, dice: &mut Dice) -> &'a mut Value {
    let children = match &*value {
        Value::Array(items) => items.len(),
        Value::Object(fields) => fields.len(),
        _ => 0,
    };
    if children == 0 || dice.one_in(6) {
        return value;
    }
    let at = dice.below(children);
    match value {
        Value::Array(items) => somewhere(&mut items[at], dice),
        Value::Object(fields) => somewhere(fields.values_mut().nth(at).expect("at is below len"), dice),
        _ => unreachable!("a leaf has no children"),
    }
}

fn tree(value: &mut Value, seeds: &[String], dice: &mut Dice) {
    let whole = if dice.one_in(8) {
        dice.pick(seeds).clone()
    } else {
        String::new()
    };
    let place = somewhere(value, dice);
    match dice.below(9) {
        0 => *place = hostile(dice),
        1 => *place = Value::Null,
        2 => wrap(place, dice),
        3 => match place {
            Value::Array(items) if !items.is_empty() => {
                let at = dice.below(items.len());
                let item = items[at].clone();
                let times = *dice.pick(&[1, 2, 100]);
                items.extend(std::iter::repeat_n(item, times));
            }
            _ => *place = json!([place.clone(), place.clone()]),
        },
        4 => match place {
            Value::Array(items) if !items.is_empty() => {
                let at = dice.below(items.len());
                items.remove(at);
            }
            Value::Object(fields) if !fields.is_empty() => {
                let name = fields.keys().nth(dice.below(fields.len())).cloned();
                fields.remove(&name.unwrap_or_default());
            }
            _ => *place = hostile(dice),
        },
        5 => {
            if let Value::Object(fields) = place {
                // What one field says, another does: names and values are crossed.
                let names: Vec<String> = fields.keys().cloned().collect();
                if let (Some(from), Some(to)) = (names.get(dice.below(names.len())), names.get(dice.below(names.len())))
                {
                    let moved = fields[from].clone();
                    fields.insert(to.clone(), moved);
                }
            } else {
                *place = hostile(dice);
            }
        }
        6 => {
            if let Value::Object(fields) = place {
                let name = *dice.pick(&["", "id", "stat", "x", "\u{0}", "__proto__", "kind", "season"]);
                fields.insert(name.into(), hostile(dice));
            } else {
                *place = hostile(dice);
            }
        }
        7 => {
            if let Ok(other) = serde_json::from_str(&whole) {
                *place = other;
            }
        }
        _ => {
            // A number stays one, at another place.
            if place.is_number() {
                *place = json!(dice.whole());
            } else if let Value::String(text) = place {
                *text = match dice.below(4) {
                    0 => text.repeat(1 + dice.below(50)),
                    1 => text.chars().rev().collect(),
                    2 => format!(" {text}\t"),
                    _ => dice.whole().to_string(),
                };
            }
        }
    }
}

fn wrap(place: &mut Value, dice: &mut Dice) {
    let deep = *dice.pick(&[1, 2, 60, 200]);
    let mut inner = place.take();
    for _ in 0..deep {
        inner = if dice.one_in(2) {
            json!([inner])
        } else {
            Value::Object(Map::from_iter([("x".to_string(), inner)]))
        };
    }
    *place = inner;
}

/// A value nobody expects.
pub fn hostile(dice: &mut Dice) -> Value {
    const TEXTS: [&str; 28] = [
        "",
        " ",
        "0",
        "-1",
        "1.5",
        "1e999",
        "-1e999",
        "1e-999",
        "NaN",
        "Infinity",
        "null",
        "true",
        "-.--",
        ".---",
        "5.1",
        "5.3",
        "99999999999999999999",
        "2021-06-01",
        "2021-02-30",
        "-4713-01-01",
        "0000-00-00",
        "9999-12-31T23:59:59Z",
        "\u{0}",
        "\u{202e}x",
        "é\u{301}",
        "6' 1\"",
        "6' 99999999999\"",
        "45+",
    ];
    match dice.below(10) {
        0 => Value::Null,
        1 => json!(dice.one_in(2)),
        2 | 3 => json!(dice.whole()),
        4 => json!(dice.float()),
        5 => json!(dice.pick(&TEXTS)),
        6 => json!(dice.pick(&TEXTS).repeat(dice.below(300))),
        7 => json!([]),
        8 => json!({}),
        _ => json!(u64::MAX - dice.below(3) as u64),
    }
}

/// Text as bytes: what a broken connection or a careless editor leaves.
pub fn bytes(raw: &mut Vec<u8>, dice: &mut Dice) {
    const TOKENS: [&str; 16] = [
        "null",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "\"",
        "\\u0000",
        "\\ud800",
        "1e400",
        "-",
        "\n",
        "\r",
        "=",
        "0.0000000000000000000000000000001",
    ];
    let at = dice.below(raw.len() + 1);
    match dice.below(7) {
        0 => raw.truncate(at),
        1 => {
            if let Some(byte) = raw.get_mut(at) {
                *byte ^= 1 << dice.below(8);
            }
        }
        2 => {
            raw.splice(at..at, dice.pick(&TOKENS).bytes());
        }
        3 => {
            let end = (at + dice.below(40)).min(raw.len());
            raw.drain(at..end);
        }
        4 => {
            let end = (at + dice.below(40)).min(raw.len());
            let again: Vec<u8> = raw[at..end].to_vec();
            let to = dice.below(raw.len() + 1);
            let times = *dice.pick(&[1, 1, 2, 500]);
            raw.splice(to..to, again.repeat(times));
        }
        5 => {
            if let Some(byte) = raw.get_mut(at) {
                *byte = dice.bits() as u8;
            }
        }
        _ => {
            // Some digit becomes another.
            let digits: Vec<usize> = (0..raw.len()).filter(|i| raw[*i].is_ascii_digit()).collect();
            if !digits.is_empty() {
                let digit = *dice.pick(&digits);
                raw[digit] = b'0' + dice.below(10) as u8;
            }
        }
    }
}
