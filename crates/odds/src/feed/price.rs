//! Prices in whichever form, to the millionths of the tables. A bare number says nothing of its form: that is decided by all of a payload.

use super::fault::Fault;
use super::json::{Path, scalar};
use super::{Format, Refused};
use crate::convert::{american_to_decimal, fractional_to_decimal};
use crate::error::OddsError;
use crate::offer::LARGEST_PRICE;
use crate::offer::number::{Unfit, scaled};
use dynasty_intake::flat;
use dynasty_intake::lenient::shown;
use rust_decimal::Decimal;

const ONE: i64 = 1_000_000;
const HUNDRED: i64 = 100 * ONE;
const WANTED: &str = "a price: decimal (at least 1), American (+145) or fractional (6/1)";
const IN_RANGE: &str = "a price of at least 1 and below 1000000";
const HINT: &str = "pass odds_format";

/// How a price is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// Not said: by its text, else by the payload.
    Unsaid,
    Decimal,
    American,
    Fraction,
}

/// A price as far as it can be read alone, in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Price {
    /// A decimal price.
    Known(i64),
    /// A number whose form the payload decides.
    Bare(i64),
}

/// What the bare numbers of a payload show.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Votes {
    bare: bool,
    decimal: bool,
    american: bool,
}

impl Votes {
    fn count(&mut self, millionths: i64) {
        self.bare = true;
        self.decimal |= ONE < millionths && millionths < HUNDRED;
        self.american |= millionths <= -HUNDRED;
    }

    /// The form of the bare numbers: 22023 where they show both or neither.
    pub(super) fn decide(self, format: Format) -> Result<Format, Refused> {
        let refused = |what: &str| {
            Err(Refused {
                error: OddsError::invalid(
                    "odds_format",
                    format!("auto: {what}"),
                    "said where the prices do not show it",
                ),
                hint: Some(HINT),
            })
        };
        match (format, self.decimal, self.american) {
            (Format::Auto, true, true) => refused("prices between 1 and 100 and prices of -100 or less are both there"),
            (Format::Auto, false, false) if self.bare => refused("no price lies between 1 and 100 or at -100 or less"),
            (Format::Auto, _, false) => Ok(Format::Decimal),
            (Format::Auto, false, true) => Ok(Format::American),
            (said, _, _) => Ok(said),
        }
    }
}

/// Reads a price.
pub(super) fn read(json: &str, written: Written, path: &Path, votes: &mut Votes) -> Result<Price, Fault> {
    let text = scalar(json).ok_or_else(|| Fault::unreadable(path, shown(json), WANTED))?;
    let text = text.trim();
    let said_by_text = written == Written::Unsaid && flat::kind(json) == "a string";
    if written == Written::Fraction || (said_by_text && (text.contains('/') || is_evens(text))) {
        return fraction(text, path).map(Price::Known);
    }
    let signed = text.starts_with(['+', '-']);
    let number = scaled(text.strip_prefix('+').unwrap_or(text), 6).map_err(|unfit| match unfit {
        Unfit::NoNumber => Fault::unreadable(path, shown(text), WANTED),
        Unfit::NotFinite | Unfit::TooLarge => Fault::invalid(path, shown(text), IN_RANGE),
    })?;
    match written {
        Written::American => american(number, path).map(Price::Known),
        Written::Unsaid if said_by_text && signed => american(number, path).map(Price::Known),
        Written::Decimal => decimal(number, path).map(Price::Known),
        _ => {
            votes.count(number);
            Ok(Price::Bare(number))
        }
    }
}

fn is_evens(text: &str) -> bool {
    ["evens", "evs"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

impl Price {
    /// The decimal price in millionths, where bare numbers have this form.
    pub(super) fn decimal(self, format: Format, path: &str) -> Result<i64, Fault> {
        let path = &Path::from(path);
        match (self, format) {
            (Price::Known(price), _) => Ok(price),
            (Price::Bare(number), Format::American) => american(number, path),
            (Price::Bare(number), Format::Fractional) => {
                Err(Fault::invalid(path, plain(number), "a fraction such as 6/1"))
            }
            (Price::Bare(number), Format::Auto | Format::Decimal) => decimal(number, path),
        }
    }
}

fn decimal(millionths: i64, path: &Path) -> Result<i64, Fault> {
    if (ONE..=LARGEST_PRICE).contains(&millionths) {
        Ok(millionths)
    } else {
        Err(Fault::invalid(path, plain(millionths), IN_RANGE))
    }
}

fn american(millionths: i64, path: &Path) -> Result<i64, Fault> {
    let value = Decimal::new(millionths, 6);
    let price = american_to_decimal(value).ok().and_then(held);
    price.ok_or_else(|| {
        let wanted = "an American price: at most -100 or at least 100, and below 1000000 as a decimal one";
        Fault::invalid(path, plain(millionths), wanted)
    })
}

fn fraction(text: &str, path: &Path) -> Result<i64, Fault> {
    match fractional_to_decimal(text) {
        Ok(price) => held(price).ok_or_else(|| Fault::invalid(path, shown(text), IN_RANGE)),
        Err(OddsError::OutOfRange { .. }) => Err(Fault::invalid(path, shown(text), IN_RANGE)),
        Err(_) => Err(Fault::unreadable(path, shown(text), WANTED)),
    }
}

/// The millionths of a price with six decimals, where the table can hold it.
fn held(price: Decimal) -> Option<i64> {
    let millionths = i64::try_from(price.mantissa()).ok()?;
    (price.scale() == 6 && (ONE..=LARGEST_PRICE).contains(&millionths)).then_some(millionths)
}

/// As a person writes it.
fn plain(millionths: i64) -> String {
    Decimal::new(millionths, 6).normalize().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(json: &str, written: Written, format: Format) -> Result<i64, &'static str> {
        let mut votes = Votes::default();
        read(json, written, &Path::ROOT, &mut votes)
            .and_then(|price| price.decimal(format, "$"))
            .map_err(|fault| fault.sqlstate)
    }

    #[test]
    fn prices() {
        use Format::{American, Decimal, Fractional};
        let unsaid = Written::Unsaid;
        for (json, written, format, price) in [
            ("1.91", unsaid, Decimal, Ok(1_910_000)),
            ("1", unsaid, Decimal, Ok(1_000_000)),
            ("1.0000004999", unsaid, Decimal, Ok(1_000_000)),
            ("101", unsaid, Decimal, Ok(101_000_000)),
            ("101", unsaid, American, Ok(2_010_000)),
            ("-110", unsaid, American, Ok(1_909_091)),
            ("100", unsaid, American, Ok(2_000_000)),
            ("-100000", unsaid, American, Ok(1_001_000)),
            (r#"" +145 ""#, unsaid, Decimal, Ok(2_450_000)),
            (r#""-110""#, unsaid, Decimal, Ok(1_909_091)),
            (r#""6/1""#, unsaid, American, Ok(7_000_000)),
            (r#""Evens""#, unsaid, Decimal, Ok(2_000_000)),
            (r#""1.370""#, unsaid, Decimal, Ok(1_370_000)),
            (r#""145""#, Written::American, Decimal, Ok(2_450_000)),
            (r#""29/20""#, Written::Fraction, Decimal, Ok(2_450_000)),
            (r#""2.450""#, Written::Decimal, American, Ok(2_450_000)),
            ("0.99", unsaid, Decimal, Err("22023")),
            ("-110", unsaid, Decimal, Err("22023")),
            ("1.95", unsaid, American, Err("22023")),
            (r#""-50""#, unsaid, Decimal, Err("22023")),
            (r#""NaN""#, unsaid, Decimal, Err("22023")),
            (r#""-Infinity""#, unsaid, Decimal, Err("22023")),
            ("1e400", unsaid, Decimal, Err("22023")),
            ("999999.9999995", unsaid, Decimal, Err("22023")),
            ("1.9", unsaid, Fractional, Err("22023")),
            (r#""abc""#, unsaid, Decimal, Err("22P02")),
            (r#""""#, unsaid, Decimal, Err("22P02")),
            (r#""1,95""#, unsaid, Decimal, Err("22P02")),
            (r#""++145""#, unsaid, Decimal, Err("22P02")),
            (r#""6/0""#, unsaid, Decimal, Err("22P02")),
            ("true", unsaid, Decimal, Err("22P02")),
            ("{}", unsaid, Decimal, Err("22P02")),
        ] {
            assert_eq!(of(json, written, format), price, "{json} {written:?} {format:?}");
        }
    }

    #[test]
    fn the_payload_decides() {
        let decided = |all: &[&str]| {
            let mut votes = Votes::default();
            for json in all {
                let _ = read(json, Written::Unsaid, &Path::ROOT, &mut votes);
            }
            votes
                .decide(Format::Auto)
                .map_err(|refused| (refused.error.sqlstate(), refused.hint))
        };
        let refused = Err(("22023", Some(HINT)));
        assert_eq!(decided(&["101", "1.5"]), Ok(Format::Decimal));
        assert_eq!(decided(&["101", "-110"]), Ok(Format::American));
        assert_eq!(decided(&["-110", "1.5"]), refused);
        assert_eq!(decided(&["101", "250"]), refused);
        assert_eq!(decided(&["1.0", "100"]), refused);
        assert_eq!(decided(&["0.99"]), refused);
        assert_eq!(decided(&[r#""+145""#, "101"]), refused);
        assert_eq!(decided(&[r#""+145""#, r#""6/1""#]), Ok(Format::Decimal));
        assert_eq!(decided(&[]), Ok(Format::Decimal));
    }

    proptest! {
        #[test]
        fn any_text_is_safe(text in "\\PC*|[-+0-9./eE]{0,40}") {
            for json in [serde_json::to_string(&text).unwrap(), text] {
                for written in [Written::Unsaid, Written::Decimal, Written::American, Written::Fraction] {
                    for format in [Format::Decimal, Format::American, Format::Fractional] {
                        if let Ok(price) = of(&json, written, format) {
                            prop_assert!((ONE..=LARGEST_PRICE).contains(&price));
                        }
                    }
                }
            }
        }
    }
}
