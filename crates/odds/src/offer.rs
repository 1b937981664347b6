//! What a book offers, read from JSON, and the fingerprint by which an unchanged offer is known again.

pub(crate) mod number;

use crate::error::OddsError;
use dynasty_intake::flat;
use dynasty_intake::lenient::shown;
use number::Unfit;
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// One price of an offer, in the units of the tables. The order is that of the fingerprint: market (text by its bytes), period, line
/// (none first), outcome.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The key of the market.
    pub market: String,
    /// The part of the event: 0 is full time; at most 9.
    pub period: u8,
    /// Hundredths of the line (`numeric(8,2)`).
    pub line: Option<i64>,
    /// The outcome.
    pub outcome: String,
    /// Millionths of the price (`numeric(12,6)`); at least 1 000 000.
    pub price: i64,
    /// Whether bets on it are not taken at present.
    pub suspended: bool,
}

/// The largest and smallest of `numeric(8,2)` and `numeric(12,6)`, in their last digits.
pub(crate) const LARGEST_LINE: i64 = 99_999_999;
pub(crate) const LARGEST_PRICE: i64 = 999_999_999_999;

/// The fingerprint of an offer, `[{"market":k,"period":0,"line":null|n,"outcome":o,"price":n}]` with `"suspended":true` where it is.
///
/// Of each entry a line `market|period|line with 2 decimals or empty|outcome|price with 6 decimals`, `|s` when suspended, and a newline;
/// in texts `\`, `|` and newline are `\\`, `\|`, `\n`. Sorted as [`Entry`] is; the first 8 bytes of their SHA-256, big-endian, signed.
/// So the order of the entries and how numbers are written do not matter. (Contract 3.)
///
/// Errors are those of [`entries`].
pub fn content_hash(odds: &str) -> Result<i64, OddsError> {
    Ok(fingerprint(&entries(odds)?))
}

/// The entries of an offer, sorted.
///
/// Period is 0 where there is none, and keys that the contract does not name are passed over. A suspended entry may lack its price,
/// which is then 1. Refused, with the path (`$[3].price`): what is no JSON, no array or object of this form, or text where a number
/// has to be (22P02); a price below 1, a period that is not 0 to 9, NaN, numbers that the tables cannot hold, an empty text (22023);
/// null for the whole (22004); an outcome that stands twice in one market, period and line (23505).
pub fn entries(odds: &str) -> Result<Vec<Entry>, OddsError> {
    const WANTED: &str = "a JSON array of prices";
    let unreadable =
        |why: serde_json::Error| OddsError::unreadable("$", format!("text that cannot be read: {why}"), WANTED);
    let whole: &RawValue = serde_json::from_str(odds).map_err(unreadable)?;
    match flat::kind(whole.get()) {
        "an array" => {}
        "null" => return Err(OddsError::Null { argument: "$".into() }),
        other => return Err(OddsError::unreadable("$", other, WANTED)),
    }
    let elements: Vec<&RawValue> = serde_json::from_str(whole.get()).map_err(unreadable)?;
    let mut read = Vec::with_capacity(elements.len());
    for (at, element) in elements.into_iter().enumerate() {
        read.push((entry(element, &format!("$[{at}]"))?, at));
    }
    read.sort_unstable();
    for pair in read.windows(2) {
        if let [(one, first), (other, second)] = pair
            && same_outcome(one, other)
        {
            // By price in the sorted list; the message names them in the order of the payload.
            return Err(OddsError::Duplicate {
                argument: format!("$[{}]", first.max(second)),
                first: format!("$[{}]", first.min(second)),
                value: shown(&head(one)),
            });
        }
    }
    Ok(read.into_iter().map(|(entry, _)| entry).collect())
}

/// [`content_hash`] of entries sorted already.
pub fn fingerprint(entries: &[Entry]) -> i64 {
    let mut hash = Sha256::new();
    let mut line = String::new();
    for entry in entries {
        line.clear();
        line.push_str(&head(entry));
        // Writing to a String cannot fail.
        let _ = write!(line, "|{}.{:06}", entry.price / 1_000_000, entry.price % 1_000_000);
        line.push_str(if entry.suspended { "|s\n" } else { "\n" });
        hash.update(line.as_bytes());
    }
    let digest = hash.finalize();
    digest
        .iter()
        .take(8)
        .fold(0u64, |sum, byte| sum << 8 | u64::from(*byte))
        .cast_signed()
}

fn same_outcome(one: &Entry, other: &Entry) -> bool {
    let key = |e: &Entry| (e.period, e.line);
    key(one) == key(other) && one.market == other.market && one.outcome == other.outcome
}

/// What an entry is a price of, as its canonical line begins.
pub(crate) fn head(entry: &Entry) -> String {
    let mut text = escaped(&entry.market);
    let _ = write!(text, "|{}|", entry.period);
    if let Some(line) = entry.line {
        let sign = if line < 0 { "-" } else { "" };
        let _ = write!(text, "{sign}{}.{:02}", line.abs() / 100, line.abs() % 100);
    }
    text.push('|');
    text.push_str(&escaped(&entry.outcome));
    text
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('|', "\\|").replace('\n', "\\n")
}

fn entry(json: &RawValue, path: &str) -> Result<Entry, OddsError> {
    let wanted = "an object with market, outcome and price";
    let object = flat::object(json.get()).map_err(|why| match why {
        flat::NotAnObject::Kind(kind) => OddsError::unreadable(path, kind, wanted),
        flat::NotAnObject::Unreadable(why) => OddsError::unreadable(path, why, wanted),
    })?;
    // JSON's null is as good as nothing.
    let given = |key: &str| object.get(key).map(|v| v.get()).filter(|v| *v != "null");
    let at = |key: &str| format!("{path}.{key}");
    let suspended = match given("suspended") {
        None | Some("false") => false,
        Some("true") => true,
        Some(other) => return Err(OddsError::unreadable(at("suspended"), other, "true or false")),
    };
    let price = match given("price") {
        None if suspended => 1_000_000,
        price => numeric(
            price,
            at("price"),
            6,
            1_000_000..=LARGEST_PRICE,
            "a price of at least 1 and below 1000000",
        )?,
    };
    let line = given("line").map(|line| {
        numeric(
            Some(line),
            at("line"),
            2,
            -LARGEST_LINE..=LARGEST_LINE,
            "null, or a number below 1000000 and above -1000000",
        )
    });
    let period = match given("period") {
        None => 0,
        // To a hundredth, so that half a period is none.
        period => match numeric(period, at("period"), 2, 0..=900, "a whole number from 0 to 9")? {
            hundredths if hundredths % 100 == 0 => (hundredths / 100) as u8,
            hundredths => {
                let value = format!("{}.{:02}", hundredths / 100, hundredths % 100);
                return Err(OddsError::invalid(at("period"), value, "a whole number from 0 to 9"));
            }
        },
    };
    Ok(Entry {
        market: text(given("market"), at("market"))?,
        period,
        line: line.transpose()?,
        outcome: text(given("outcome"), at("outcome"))?,
        price,
        suspended,
    })
}

fn text(json: Option<&str>, path: String) -> Result<String, OddsError> {
    let json = json.ok_or_else(|| OddsError::unreadable(path.as_str(), "missing", "a text"))?;
    let text: String = serde_json::from_str(json).map_err(|_| OddsError::unreadable(path.as_str(), json, "a text"))?;
    if text.is_empty() {
        return Err(OddsError::invalid(path, "empty", "a text"));
    }
    Ok(text)
}

/// A number, or a text of one, in its last `decimals`-th digit.
fn numeric(
    json: Option<&str>,
    path: String,
    decimals: u32,
    range: std::ops::RangeInclusive<i64>,
    wanted: &str,
) -> Result<i64, OddsError> {
    let json = json.ok_or_else(|| OddsError::unreadable(path.as_str(), "missing", wanted))?;
    let quoted: String;
    let written = match flat::kind(json) {
        "a number" => json,
        "a string" => {
            quoted = serde_json::from_str(json).map_err(|_| OddsError::unreadable(path.as_str(), json, wanted))?;
            quoted.trim()
        }
        _ => return Err(OddsError::unreadable(path, json, wanted)),
    };
    match number::scaled(written, decimals) {
        Ok(scaled) if range.contains(&scaled) => Ok(scaled),
        Ok(_) | Err(Unfit::NotFinite | Unfit::TooLarge) => Err(OddsError::invalid(path, written, wanted)),
        Err(Unfit::NoNumber) => Err(OddsError::unreadable(path, json, wanted)),
    }
}

#[cfg(test)]
mod tests;
