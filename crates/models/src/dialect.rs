//! JSON as Python's `json` module and XGBoost write it: with the bare words NaN, Infinity and -Infinity, which are no JSON.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// The words, and what stands for them in JSON proper. [`Single`] reads both.
const WORDS: [(&str, &str); 3] = [
    ("-Infinity", "\"-Infinity\""),
    ("Infinity", "\"Infinity\""),
    ("NaN", "null"),
];

/// The document in JSON proper: bare words outside of strings replaced. The same document where there is none.
pub(super) fn standard(document: &str) -> Cow<'_, str> {
    // Nearly always: no capital I or N outside of strings, which this needs no copy to see.
    if !WORDS.iter().any(|(word, _)| document.contains(word)) {
        return Cow::Borrowed(document);
    }
    let bytes = document.as_bytes();
    let mut out = String::with_capacity(document.len() + 64);
    let (mut at, mut copied, mut in_string) = (0, 0, false);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if in_string => at += 1,
            b'"' => in_string = !in_string,
            b'-' | b'I' | b'N' if !in_string => {
                if let Some((word, instead)) = WORDS.iter().find(|(word, _)| bytes[at..].starts_with(word.as_bytes())) {
                    out.push_str(&document[copied..at]);
                    out.push_str(instead);
                    at += word.len();
                    copied = at;
                    continue;
                }
            }
            _ => {}
        }
        at += 1;
    }
    out.push_str(&document[copied..]);
    Cow::Owned(out)
}

/// A float that may be none: NaN and the infinities too.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Single(pub f32);

impl<'de> Deserialize<'de> for Single {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Number)
    }
}

struct Number;

impl Visitor<'_> for Number {
    type Value = Single;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Single, E> {
        Ok(Single(number as f32))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Single, E> {
        Ok(Single(number as f32))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Single, E> {
        Ok(Single(number as f32))
    }

    fn visit_unit<E: Error>(self) -> Result<Single, E> {
        Ok(Single(f32::NAN))
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<Single, E> {
        match word {
            "NaN" => Ok(Single(f32::NAN)),
            "Infinity" => Ok(Single(f32::INFINITY)),
            "-Infinity" => Ok(Single(f32::NEG_INFINITY)),
            _ => Err(E::invalid_value(serde::de::Unexpected::Str(word), &self)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Single, standard};

    #[test]
    fn words_outside_of_strings_are_replaced() {
        for (given, wanted) in [
            ("[1, NaN,-Infinity, Infinity]", "[1, null,\"-Infinity\", \"Infinity\"]"),
            (
                r#"{"NaN": NaN, "a\"NaN": "Infinity"}"#,
                r#"{"NaN": null, "a\"NaN": "Infinity"}"#,
            ),
            (r#"{"\\": NaN}"#, r#"{"\\": null}"#),
            ("[-1, \"é NaN\", NaN]", "[-1, \"é NaN\", null]"),
            ("[1]", "[1]"),
        ] {
            assert_eq!(standard(given), wanted);
        }
    }

    #[test]
    fn numbers_that_are_none() {
        let read: Vec<Single> =
            serde_json::from_str(&standard("[NaN, -Infinity, Infinity, 1, -2, 0.1]")).expect("JSON");
        assert!(read[0].0.is_nan());
        assert_eq!(
            read[1..],
            [f32::NEG_INFINITY, f32::INFINITY, 1.0, -2.0, 0.1].map(Single)
        );
        assert!(serde_json::from_str::<Vec<Single>>("[\"x\"]").is_err());
    }
}
