//! Innings in thirds: baseball writes five innings and one out as `5.1`, which is 16 outs and not a decimal number.

use dynasty_intake::flat::shortened;

/// The outs in an innings text: `"5.1"` is 16, `"5.2"` 17, `"5.0"` and `"5"` 15.
///
/// The digit after the point counts outs, so it must be a single 0, 1 or 2; anything else is an error that names the text.
pub fn parse_innings(text: &str) -> Result<i32, String> {
    let text = text.trim();
    let bad = || {
        format!(
            "{:?} is not innings such as \"5.1\" (digits, a point, and 0, 1 or 2 outs)",
            shortened(text)
        )
    };
    let (whole, outs) = match text.split_once('.') {
        Some((whole, outs)) => (whole, outs),
        None => (text, "0"),
    };
    if whole.is_empty() || !whole.bytes().all(|b| b.is_ascii_digit()) {
        return Err(bad());
    }
    let outs = match outs {
        "0" => 0,
        "1" => 1,
        "2" => 2,
        _ => return Err(bad()),
    };
    let whole: i32 = whole
        .parse()
        .map_err(|_| format!("{:?} innings are out of range", shortened(text)))?;
    whole
        .checked_mul(3)
        .and_then(|w| w.checked_add(outs))
        .ok_or_else(|| format!("{:?} innings are out of range", shortened(text)))
}

/// The outs of a pitching line: the API's own `outs` when it is there, else what the innings text says.
pub fn outs_or_innings(outs: Option<i32>, innings: Option<&str>) -> Result<Option<i32>, String> {
    match (outs, innings) {
        (Some(outs), _) => Ok(Some(outs)),
        (None, Some(text)) => parse_innings(text).map(Some),
        (None, None) => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn thirds_are_outs() {
        for (text, outs) in [
            ("5.1", 16),
            ("5.2", 17),
            ("5.0", 15),
            ("0.0", 0),
            ("0.2", 2),
            ("5", 15),
            (" 180.1 ", 541),
        ] {
            assert_eq!(parse_innings(text), Ok(outs), "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            ".1",
            "5.",
            "5.3",
            "5.10",
            "5.33",
            "-1.0",
            "+1.0",
            "1e2",
            "5,1",
            "5.1.1",
            "x",
            "--",
            "٣.1",
            "9999999999.0",
        ] {
            let error = parse_innings(text).expect_err(text);
            assert!(error.contains("innings"), "{error}");
        }
        assert_eq!(parse_innings("715827882.1"), Ok(i32::MAX));
        assert!(parse_innings("715827882.2").is_err());
    }

    #[test]
    fn own_outs_are_preferred() {
        assert_eq!(outs_or_innings(Some(7), Some("9.0")), Ok(Some(7)));
        assert_eq!(outs_or_innings(Some(7), Some("nonsense")), Ok(Some(7)));
        assert_eq!(outs_or_innings(None, Some("2.1")), Ok(Some(7)));
        assert_eq!(outs_or_innings(None, None), Ok(None));
    }

    proptest! {
        #[test]
        fn any_outs_round_trip(outs in 0..1_000_000i32) {
            prop_assert_eq!(parse_innings(&format!("{}.{}", outs / 3, outs % 3)), Ok(outs));
        }

        #[test]
        fn any_text_is_safe(text in ".*") {
            let _ = parse_innings(&text);
        }
    }
}
