//! Single values as the APIs really send them: numbers as numbers or as text, `.---`, `-.--`, `-` and the empty text for "no
//! value". What is sent but cannot be right (a negative count, half a hit) is an error naming the value; the field's name
//! comes from the reader ([`read`]).

use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};
use serde::de::{self, Deserialize, Deserializer};
use serde_json::Value;
use std::fmt;
use std::str::FromStr;

/// One JSON value that is not an array or object.
#[derive(Clone, Debug, PartialEq)]
pub enum Scalar {
    /// null
    Null,
    /// true, false
    Bool(bool),
    /// A number, in its decimal text.
    Number(String),
    /// Text.
    Text(String),
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Scalar, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Scalar;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a single value")
            }
            fn visit_unit<E>(self) -> Result<Scalar, E> {
                Ok(Scalar::Null)
            }
            fn visit_bool<E>(self, v: bool) -> Result<Scalar, E> {
                Ok(Scalar::Bool(v))
            }
            fn visit_i64<E>(self, v: i64) -> Result<Scalar, E> {
                Ok(Scalar::Number(v.to_string()))
            }
            fn visit_u64<E>(self, v: u64) -> Result<Scalar, E> {
                Ok(Scalar::Number(v.to_string()))
            }
            fn visit_f64<E>(self, v: f64) -> Result<Scalar, E> {
                Ok(Scalar::Number(v.to_string()))
            }
            fn visit_str<E>(self, v: &str) -> Result<Scalar, E> {
                Ok(Scalar::Text(v.to_string()))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

/// Reads a typed value; an error names the field (under `prefix`) and the value.
pub fn read<'de, T: Deserialize<'de>>(value: &'de Value, prefix: &str) -> Result<T, String> {
    serde_path_to_error::deserialize(value).map_err(|e| {
        let path = e.path().to_string();
        let field = match (prefix, path.as_str()) {
            ("", path) => path.to_string(),
            (prefix, ".") => prefix.to_string(),
            (prefix, path) => format!("{prefix}.{path}"),
        };
        // serde repeats a text that stands where an object should.
        format!("{field}: {}", cut(&e.inner().to_string(), 200))
    })
}

/// Text that stands for "no value".
pub fn is_blank(text: &str) -> bool {
    text.trim().bytes().all(|b| matches!(b, b'.' | b'-'))
}

/// A value as messages show it: never longer than a line.
pub fn shown(text: &str) -> String {
    cut(text, 40)
}

fn cut(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        None => text.to_string(),
        Some(_) => text.chars().take(longest).chain("...".chars()).collect(),
    }
}

/// The number in a value; None for null and blank text.
pub fn number(value: &Scalar) -> Result<Option<Decimal>, String> {
    let text = match value {
        Scalar::Null => return Ok(None),
        Scalar::Bool(b) => return Err(format!("{b} is not a number")),
        Scalar::Text(t) if is_blank(t) => return Ok(None),
        Scalar::Number(t) | Scalar::Text(t) => t.trim(),
    };
    let parsed = if text.contains(['e', 'E']) {
        Decimal::from_scientific(text)
    } else {
        Decimal::from_str(text)
    };
    match parsed {
        Ok(number) => Ok(Some(number)),
        Err(_) if text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.')) => {
            Err(format!("{} is out of range", shown(text)))
        }
        Err(_) => Err(format!("{:?} is not a number", shown(text))),
    }
}

/// A whole number of `low..=high`.
pub fn whole(value: &Scalar, low: i64, high: i64) -> Result<Option<i64>, String> {
    let Some(number) = number(value)? else { return Ok(None) };
    if !number.fract().is_zero() {
        return Err(format!("{} is not a whole number", number.normalize()));
    }
    match number.to_i64() {
        Some(n) if (low..=high).contains(&n) => Ok(Some(n)),
        Some(n) if n < 0 && low == 0 => Err(format!("{n} is negative")),
        _ => Err(format!(
            "{} is out of range ({low} to {high})",
            shown(&number.normalize().to_string())
        )),
    }
}

/// The same as an `i32`.
pub fn whole_i32(value: &Scalar, low: i32, high: i32) -> Result<Option<i32>, String> {
    // In range by construction, so the conversion cannot lose anything.
    Ok(whole(value, low.into(), high.into())?.and_then(|n| i32::try_from(n).ok()))
}

/// A decimal of the column type `DECIMAL(precision, scale)`, rounded half away from zero as Postgres does.
pub fn decimal(value: Decimal, precision: u32, scale: u32) -> Result<String, String> {
    let rounded = value.round_dp_with_strategy(scale, RoundingStrategy::MidpointAwayFromZero);
    let limit = Decimal::from(10_i64.pow(precision.saturating_sub(scale).min(18)));
    if rounded.abs() >= limit {
        return Err(format!(
            "{} is out of range (below {limit})",
            shown(&value.normalize().to_string())
        ));
    }
    Ok(rounded.normalize().to_string())
}

/// A calendar date `YYYY-MM-DD`; a time after a `T` is ignored.
pub fn date(text: &str) -> Result<String, String> {
    let text = text.trim();
    let day = text.split_once('T').map_or(text, |(day, _)| day);
    let bad = || format!("{:?} is not a date (YYYY-MM-DD)", shown(text));
    let parts: Vec<&str> = day.split('-').collect();
    let [y, m, d] = parts.as_slice() else { return Err(bad()) };
    if (y.len(), m.len(), d.len()) != (4, 2, 2) || !day.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
        return Err(bad());
    }
    let (Ok(y), Ok(m), Ok(d)) = (y.parse::<u32>(), m.parse::<u32>(), d.parse::<u32>()) else {
        return Err(bad());
    };
    let leap = y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
    let days = match m {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return Err(bad()),
    };
    if y == 0 || d == 0 || d > days {
        return Err(bad());
    }
    Ok(day.to_string())
}

/// A date from the year `first` to 2200.
fn dated(value: &Scalar, first: u32) -> Result<Option<String>, String> {
    let Some(day) = text(value, usize::MAX)?.map(|t| date(&t)).transpose()? else {
        return Ok(None);
    };
    let year = day.get(..4).and_then(|y| y.parse().ok()).unwrap_or(0);
    if (first..=2200).contains(&year) {
        Ok(Some(day))
    } else {
        Err(format!("{day} is out of range ({first} to 2200)"))
    }
}

/// Text of at most `longest` characters, trimmed; None for null and empty text.
pub fn text(value: &Scalar, longest: usize) -> Result<Option<String>, String> {
    match value {
        Scalar::Null => Ok(None),
        Scalar::Text(t) if t.trim().is_empty() => Ok(None),
        Scalar::Text(t) if t.trim().chars().count() > longest => {
            Err(format!("{:?} is longer than {longest} characters", shown(t)))
        }
        Scalar::Text(t) => Ok(Some(t.trim().to_string())),
        Scalar::Bool(b) => Err(format!("{b} is not text")),
        Scalar::Number(n) => Err(format!("{} is not text", shown(n))),
    }
}

/// An object or null. serde itself would also take an array for a struct, field by field; the APIs send no such thing, so it is
/// an error here.
pub fn object<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    struct Visitor<T>(std::marker::PhantomData<T>);
    impl<'de, T: Deserialize<'de>> de::Visitor<'de> for Visitor<T> {
        type Value = Option<T>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }
        fn visit_unit<E>(self) -> Result<Option<T>, E> {
            Ok(None)
        }
        fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Option<T>, A::Error> {
            T::deserialize(de::value::MapAccessDeserializer::new(map)).map(Some)
        }
    }
    deserializer.deserialize_any(Visitor(std::marker::PhantomData))
}

/// Declares a field type: how a [`Scalar`] becomes its optional value. A system declares those of its own game with it.
#[macro_export]
macro_rules! field {
    ($(#[$meta:meta])* $name:ident($ty:ty) = $read:expr) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name(pub Option<$ty>);

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let scalar = <$crate::lenient::Scalar as ::serde::Deserialize>::deserialize(deserializer)?;
                let read: fn(&$crate::lenient::Scalar) -> Result<Option<$ty>, String> = $read;
                read(&scalar).map($name).map_err(::serde::de::Error::custom)
            }
        }
    };
}
pub use field;

field! {
    /// A count of a game or season: a whole number of 0 or more.
    Count(i32) = |v| whole_i32(v, 0, i32::MAX)
}
field! {
    /// A person, team, sport or league id: a whole number of 1 or more.
    Id(i32) = |v| whole_i32(v, 1, i32::MAX)
}
field! {
    /// A name of a team or place.
    Name(String) = |v| text(v, 100)
}
field! {
    /// A person's name.
    PersonName(String) = |v| text(v, 200)
}
field! {
    /// Text of any length that is not stored as it is.
    Label(String) = |v| text(v, usize::MAX)
}
field! {
    /// A number or a text, as it is written: what means the same with quotes and without.
    Written(String) = |v| match v {
        Scalar::Number(n) => Ok(Some(n.clone())),
        other => text(other, usize::MAX),
    }
}
field! {
    /// A date of the game's history, as far as the tables accept one.
    Date(String) = |v| dated(v, 1870)
}
field! {
    /// A birth date: it may lie a lifetime before the first season.
    BirthDate(String) = |v| dated(v, 1800)
}
field! {
    /// true or false.
    Flag(bool) = |v| match v {
        Scalar::Null => Ok(None),
        Scalar::Bool(b) => Ok(Some(*b)),
        Scalar::Text(t) if t.trim().is_empty() => Ok(None),
        Scalar::Text(t) if t.trim().eq_ignore_ascii_case("true") => Ok(Some(true)),
        Scalar::Text(t) if t.trim().eq_ignore_ascii_case("false") => Ok(Some(false)),
        Scalar::Number(t) | Scalar::Text(t) => Err(format!("{:?} is not true or false", shown(t))),
    }
}
field! {
    /// A rate of DECIMAL(4,3) beside the counts. In game logs it may be season-to-date and features never read it, so one that is
    /// unreadable or out of range is dropped rather than costing the game.
    Rate(String) = |v| Ok(number(v).ok().flatten().filter(|n| !n.is_sign_negative()).and_then(|n| decimal(n, 4, 3).ok()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn count(value: Value) -> Result<Option<i32>, String> {
        read::<Count>(&value, "atBats").map(|c| c.0)
    }

    #[test]
    fn counts_come_as_numbers_or_text() {
        for (value, expected) in [
            (json!(3), Some(3)),
            (json!("3"), Some(3)),
            (json!(" 3 "), Some(3)),
            (json!(3.0), Some(3)),
            (json!(0), Some(0)),
            (json!(2147483647), Some(i32::MAX)),
            (json!(null), None),
            (json!(""), None),
            (json!("-"), None),
            (json!(".---"), None),
            (json!("-.--"), None),
        ] {
            assert_eq!(count(value.clone()), Ok(expected), "{value}");
        }
    }

    #[test]
    fn impossible_counts_name_field_and_value() {
        for (value, words) in [
            (json!(-1), "atBats: -1 is negative"),
            (json!("-1"), "atBats: -1 is negative"),
            (json!(2.5), "atBats: 2.5 is not a whole number"),
            (json!(2147483648_i64), "2147483648 is out of range"),
            (json!(1e300), "out of range"),
            (json!("9".repeat(400)), "out of range"),
            (json!("three"), "\"three\" is not a number"),
            (json!("NaN"), "not a number"),
            (json!(true), "true is not a number"),
            (json!([1]), "invalid type: sequence"),
            (json!({"a": 1}), "invalid type: map"),
        ] {
            let error = count(value.clone()).expect_err("must be refused");
            assert!(
                error.starts_with("atBats: ") && error.contains(words),
                "{value}: {error}"
            );
        }
    }

    #[test]
    fn rates_out_of_range_are_dropped() {
        for (value, expected) in [
            (json!(".333"), Some("0.333")),
            (json!(0.3335), Some("0.334")),
            (json!("1.0005"), Some("1.001")),
            (json!("9.9994"), Some("9.999")),
            (json!("9.9995"), None),
            (json!("-.100"), None),
            (json!(".---"), None),
            (json!("x"), None),
        ] {
            assert_eq!(
                read::<Rate>(&value, "").map(|r| r.0),
                Ok(expected.map(String::from)),
                "{value}"
            );
        }
    }

    #[test]
    fn dates_are_calendar_dates() {
        assert_eq!(date("2024-02-29"), Ok("2024-02-29".into()));
        assert_eq!(date("2015-04-09T23:05:00Z"), Ok("2015-04-09".into()));
        for bad in [
            "2023-02-29",
            "2024-13-01",
            "2024-00-10",
            "2024-04-31",
            "24-04-01",
            "2024-4-1",
            "0000-01-01",
            "2024-04-01x",
        ] {
            assert!(date(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn text_is_trimmed_and_bounded() {
        assert_eq!(read::<Name>(&json!(" Rays "), "").map(|n| n.0), Ok(Some("Rays".into())));
        assert_eq!(
            read::<Name>(&json!("é".repeat(100)), "").map(|n| n.0.map(|t| t.chars().count())),
            Ok(Some(100))
        );
        assert!(read::<Name>(&json!("x".repeat(101)), "team.name").is_err_and(|e| e.starts_with("team.name: ")));
    }
}
