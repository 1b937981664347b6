//! From the text of a payload to a JSON value, without losing everything to one absurd number.

use crate::reject::ShapeError;
use serde_json::Value;
use std::borrow::Cow;

/// Numbers longer than this are handed on as strings: no field of any API needs them, and the JSON reader would give up the
/// whole payload for one that overflows a double.
const LONGEST_NUMBER: usize = 30;

/// Reads a payload. A byte-order mark is skipped; text that is no JSON, or is nested deeper than 128, is an error.
pub fn parse_payload(text: &str) -> Result<Value, ShapeError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_json::from_str(&quote_long_numbers(text))
        .map_err(|e| ShapeError::new("JSON nested at most 128 deep", format!("text that cannot be read: {e}")))
}

fn quote_long_numbers(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let mut copied = 0;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => at = end_of_string(bytes, at),
            b'-' | b'0'..=b'9' => {
                let end = at + bytes[at..].iter().take_while(|b| is_number_byte(**b)).count();
                if end - at > LONGEST_NUMBER {
                    // Number bytes are ASCII, so both ends are character boundaries.
                    out.push_str(&text[copied..at]);
                    out.push('"');
                    out.push_str(&text[at..end]);
                    out.push('"');
                    copied = end;
                }
                at = end;
            }
            _ => at += 1,
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

fn is_number_byte(b: u8) -> bool {
    b.is_ascii_digit() || matches!(b, b'-' | b'+' | b'.' | b'e' | b'E')
}

/// The index after the string that opens at `at`.
fn end_of_string(bytes: &[u8], at: usize) -> usize {
    let mut i = at + 1;
    while i < bytes.len() {
        match bytes[i] {
            b'\\' => i += 2,
            b'"' => return i + 1,
            _ => i += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn a_byte_order_mark_is_skipped() {
        assert_eq!(parse_payload("\u{feff}{\"a\": 1}"), Ok(json!({"a": 1})));
    }

    #[test]
    fn a_huge_number_costs_only_its_own_field() {
        let huge = "9".repeat(400);
        let value = parse_payload(&format!(
            "{{\"a\": {huge}, \"b\": [1, -{huge}, 2.5], \"c\": \"1\\\"{huge}\"}}"
        ));
        assert_eq!(
            value,
            Ok(json!({"a": huge, "b": [1, format!("-{huge}"), 2.5], "c": format!("1\"{huge}")}))
        );
    }

    #[test]
    fn text_that_is_no_json_is_an_error() {
        let nested = "[".repeat(200) + &"]".repeat(200);
        for text in ["", "{", "nope", "{\"a\": 1e}", "\"", "\"\\", nested.as_str(), "1e400"] {
            assert!(parse_payload(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_safe(text in "\\PC*|[-+0-9eE.\\\\\"\\[\\]{},:]*") {
            let _ = parse_payload(&text);
        }
    }
}
