//! A JSON object of numbers whose digits matter: values are kept as they were written, not as the nearest double.

use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// An object: its values as they were written, by key.
pub type Object<'a> = BTreeMap<String, &'a RawValue>;

/// Why a text is not an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAnObject {
    /// Not JSON.
    Unreadable(String),
    /// JSON of another kind.
    Kind(&'static str),
}

impl std::fmt::Display for NotAnObject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            NotAnObject::Unreadable(why) => write!(f, "cannot be read as JSON: {why}"),
            NotAnObject::Kind(kind) => write!(f, "must be a JSON object, not {kind}"),
        }
    }
}

/// Reads an object.
pub fn object(json: &str) -> Result<Object<'_>, NotAnObject> {
    let whole: &RawValue = serde_json::from_str(json).map_err(|e| NotAnObject::Unreadable(e.to_string()))?;
    match kind(whole.get()) {
        "an object" => serde_json::from_str(json).map_err(|e| NotAnObject::Unreadable(e.to_string())),
        other => Err(NotAnObject::Kind(other)),
    }
}

/// What a JSON text is.
pub fn kind(json: &str) -> &'static str {
    match json.as_bytes().first() {
        Some(b'{') => "an object",
        Some(b'[') => "an array",
        Some(b'"') => "a string",
        Some(b't' | b'f') => "a boolean",
        Some(b'n') => "null",
        _ => "a number",
    }
}

/// A number as it was written; of anything else the kind.
pub fn number(value: &RawValue) -> Result<&str, &'static str> {
    match kind(value.get()) {
        "a number" => Ok(value.get()),
        other => Err(other),
    }
}

/// A text fit for a message.
pub fn shortened(text: &str) -> String {
    const ENOUGH: usize = 40;
    match text.char_indices().nth(ENOUGH) {
        Some((end, _)) => format!("{}...", text.get(..end).unwrap_or_default()),
        None => text.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits() {
        let object = object(r#" {"a": 0.1000, "b": -12345678901234567890.5, "c": 1e400} "#).unwrap();
        let text: Vec<_> = object.values().map(|v| number(v).unwrap()).collect();
        assert_eq!(text, ["0.1000", "-12345678901234567890.5", "1e400"]);
    }

    #[test]
    fn other_kinds_are_told_apart() {
        for (json, what) in [
            ("[1]", "an array"),
            (" null", "null"),
            ("\"x\"", "a string"),
            ("true", "a boolean"),
            ("-1", "a number"),
        ] {
            assert_eq!(object(json).err(), Some(NotAnObject::Kind(what)));
        }
        assert!(matches!(object("{\"a\": NaN}"), Err(NotAnObject::Unreadable(_))));
        assert!(matches!(object(""), Err(NotAnObject::Unreadable(_))));
        let nested = "[".repeat(100_000);
        assert!(matches!(object(&nested), Err(NotAnObject::Unreadable(_))));
        let object = object(r#"{"a": "1", "b": {}}"#).unwrap();
        assert_eq!(
            object.values().map(|v| number(v)).collect::<Vec<_>>(),
            [Err("a string"), Err("an object")]
        );
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!(shortened("é"), "é");
        assert_eq!(shortened(&"é".repeat(41)), format!("{}...", "é".repeat(40)));
    }
}
