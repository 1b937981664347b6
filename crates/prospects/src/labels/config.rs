//! What counts as a success and how good it was: the thresholds and their JSON form.

use dynasty_intake::flat::{NotAnObject, number, object, shortened};
use rust_decimal::Decimal;
use serde_json::value::RawValue;
use std::fmt;

/// The thresholds of contract 7.4. They are meant for windows of four seasons and are not scaled for others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// Plate appearances that make a success.
    pub min_pa: i64,
    /// Outs pitched that make a success: 300 are 100 innings.
    pub min_outs: i64,
    /// WAR of one season that makes a Star: an All-Star season.
    pub star_peak_war: Decimal,
    /// WAR of the window that makes a Star.
    pub star_cumulative_war: Decimal,
    /// WAR of one season that makes a Solid: a solid starter's season.
    pub solid_peak_war: Decimal,
    /// WAR of the window that makes a Solid.
    pub solid_cumulative_war: Decimal,
    /// Plate appearances that make a Solid when WAR is not known: about three qualified seasons.
    pub solid_fallback_pa: i64,
    /// Outs pitched that make a Solid when WAR is not known.
    pub solid_fallback_outs: i64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Thresholds {
            min_pa: 500,
            min_outs: 300,
            star_peak_war: Decimal::new(40, 1),
            star_cumulative_war: Decimal::new(100, 1),
            solid_peak_war: Decimal::new(20, 1),
            solid_cumulative_war: Decimal::new(40, 1),
            solid_fallback_pa: 1500,
            solid_fallback_outs: 1350,
        }
    }
}

/// The keys a config may have.
pub const KEYS: [&str; 8] = [
    "min_pa",
    "min_outs",
    "star_peak_war",
    "star_cumulative_war",
    "solid_peak_war",
    "solid_cumulative_war",
    "solid_fallback_pa",
    "solid_fallback_outs",
];

/// What is wrong with a config.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigError {
    /// Not a JSON object.
    NotAnObject(NotAnObject),
    /// A key that is not one of [`KEYS`].
    UnknownKey(String),
    /// A value that is no number, or no whole number where things are counted.
    WrongType {
        /// The key.
        key: String,
        /// What it must be.
        wanted: &'static str,
        /// What it is.
        found: String,
    },
    /// A number below zero, beyond what can be counted, or with more digits than a decimal holds.
    OutOfRange {
        /// The key.
        key: String,
        /// What it is.
        found: String,
    },
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ConfigError::NotAnObject(why) => write!(f, "config {why}"),
            ConfigError::UnknownKey(key) => write!(f, "config has an unknown key \"{}\"", shortened(key)),
            ConfigError::WrongType { key, wanted, found } => write!(f, "config: {key} must be {wanted}, not {found}"),
            ConfigError::OutOfRange { key, found } => {
                write!(
                    f,
                    "config: {key} must be between 0 and {MOST} with at most 28 decimals, not {found}"
                )
            }
        }
    }
}

/// More plate appearances, outs or wins than anybody counts.
const MOST: i64 = i32::MAX as i64;

impl Thresholds {
    /// Reads a config: the defaults, with the keys that are given put in their place.
    pub fn parse(json: &str) -> Result<Thresholds, ConfigError> {
        let mut thresholds = Thresholds::default();
        for (key, value) in object(json).map_err(ConfigError::NotAnObject)? {
            match key.as_str() {
                "min_pa" => thresholds.min_pa = count(&key, value)?,
                "min_outs" => thresholds.min_outs = count(&key, value)?,
                "star_peak_war" => thresholds.star_peak_war = war(&key, value, "a number")?,
                "star_cumulative_war" => thresholds.star_cumulative_war = war(&key, value, "a number")?,
                "solid_peak_war" => thresholds.solid_peak_war = war(&key, value, "a number")?,
                "solid_cumulative_war" => thresholds.solid_cumulative_war = war(&key, value, "a number")?,
                "solid_fallback_pa" => thresholds.solid_fallback_pa = count(&key, value)?,
                "solid_fallback_outs" => thresholds.solid_fallback_outs = count(&key, value)?,
                _ => return Err(ConfigError::UnknownKey(key)),
            }
        }
        Ok(thresholds)
    }
}

/// A whole number; `500.0` is one.
fn count(key: &str, value: &RawValue) -> Result<i64, ConfigError> {
    const WANTED: &str = "a whole number";
    let counted = war(key, value, WANTED)?;
    if !counted.fract().is_zero() {
        let found = shortened(value.get());
        return Err(ConfigError::WrongType {
            key: key.into(),
            wanted: WANTED,
            found,
        });
    }
    // In range: `war` looked.
    Ok(i64::try_from(counted).unwrap_or(MOST))
}

/// An exact decimal, digit for digit as it was written.
fn war(key: &str, value: &RawValue, wanted: &'static str) -> Result<Decimal, ConfigError> {
    let text = number(value).map_err(|found| ConfigError::WrongType {
        key: key.into(),
        wanted,
        found: found.into(),
    })?;
    Decimal::from_str_exact(text)
        .or_else(|_| Decimal::from_scientific(text))
        .ok()
        .filter(|war| (war.is_zero() || war.is_sign_positive()) && *war <= Decimal::from(MOST))
        .ok_or_else(|| ConfigError::OutOfRange {
            key: key.into(),
            found: shortened(text),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(json: &str) -> String {
        Thresholds::parse(json).unwrap_err().to_string()
    }

    #[test]
    fn nothing_given_is_the_contract() {
        let t = Thresholds::parse("{}").unwrap();
        assert_eq!(
            (t.min_pa, t.min_outs, t.solid_fallback_pa, t.solid_fallback_outs),
            (500, 300, 1500, 1350)
        );
        let war = [
            t.star_peak_war,
            t.star_cumulative_war,
            t.solid_peak_war,
            t.solid_cumulative_war,
        ];
        assert_eq!(war.map(|w| w.to_string()), ["4.0", "10.0", "2.0", "4.0"]);
    }

    #[test]
    fn every_key_sets_its_own_threshold() {
        for (i, key) in KEYS.iter().enumerate() {
            let t = Thresholds::parse(&format!("{{\"{key}\": 7}}")).unwrap();
            let d = Thresholds::default();
            let seven = Decimal::from(7);
            let changed = [
                t.min_pa != d.min_pa && t.min_pa == 7,
                t.min_outs != d.min_outs && t.min_outs == 7,
                t.star_peak_war != d.star_peak_war && t.star_peak_war == seven,
                t.star_cumulative_war != d.star_cumulative_war && t.star_cumulative_war == seven,
                t.solid_peak_war != d.solid_peak_war && t.solid_peak_war == seven,
                t.solid_cumulative_war != d.solid_cumulative_war && t.solid_cumulative_war == seven,
                t.solid_fallback_pa != d.solid_fallback_pa && t.solid_fallback_pa == 7,
                t.solid_fallback_outs != d.solid_fallback_outs && t.solid_fallback_outs == 7,
            ];
            assert_eq!(changed.iter().filter(|c| **c).count(), 1, "{key}");
            assert!(changed[i], "{key}");
        }
    }

    #[test]
    fn decimals_are_exact() {
        let t = Thresholds::parse(r#"{"star_peak_war": 4.05, "solid_peak_war": 0.1, "min_pa": 400.0, "min_outs": 0}"#)
            .unwrap();
        assert_eq!(t.star_peak_war, Decimal::new(405, 2));
        assert_eq!(t.solid_peak_war, Decimal::new(1, 1));
        assert_eq!((t.min_pa, t.min_outs), (400, 0));
        let close = Thresholds::parse(r#"{"star_peak_war": 4.00000000000000000001}"#).unwrap();
        assert!(close.star_peak_war > Decimal::from(4));
        let tiny = Thresholds::parse(r#"{"star_peak_war": 1e-7, "min_pa": 1e3}"#).unwrap();
        assert_eq!((tiny.star_peak_war, tiny.min_pa), (Decimal::new(1, 7), 1000));
    }

    #[test]
    fn unknown_keys_are_named() {
        assert_eq!(error(r#"{"min_pas": 500}"#), "config has an unknown key \"min_pas\"");
        assert_eq!(error(r#"{"": 500}"#), "config has an unknown key \"\"");
        assert_eq!(
            error(r#"{"min_pa": 500, "MIN_PA": 1}"#),
            "config has an unknown key \"MIN_PA\""
        );
    }

    #[test]
    fn wrong_types_are_named() {
        assert_eq!(
            error(r#"{"min_pa": "500"}"#),
            "config: min_pa must be a whole number, not a string"
        );
        assert_eq!(
            error(r#"{"min_pa": 500.5}"#),
            "config: min_pa must be a whole number, not 500.5"
        );
        assert_eq!(
            error(r#"{"star_peak_war": null}"#),
            "config: star_peak_war must be a number, not null"
        );
        assert_eq!(
            error(r#"{"star_peak_war": "NaN"}"#),
            "config: star_peak_war must be a number, not a string"
        );
        assert_eq!(
            error(r#"{"solid_peak_war": [4]}"#),
            "config: solid_peak_war must be a number, not an array"
        );
        assert_eq!(
            error(r#"{"min_outs": true}"#),
            "config: min_outs must be a whole number, not a boolean"
        );
        assert_eq!(error("[]"), "config must be a JSON object, not an array");
        assert_eq!(error("null"), "config must be a JSON object, not null");
        assert_eq!(error("4"), "config must be a JSON object, not a number");
    }

    #[test]
    fn what_is_negative_or_not_finite_is_refused() {
        assert_eq!(
            error(r#"{"min_pa": -1}"#),
            "config: min_pa must be between 0 and 2147483647 with at most 28 decimals, not -1"
        );
        assert_eq!(
            error(r#"{"solid_cumulative_war": -0.1}"#),
            "config: solid_cumulative_war must be between 0 and 2147483647 with at most 28 decimals, not -0.1"
        );
        assert_eq!(
            error(r#"{"min_outs": 2147483648}"#),
            "config: min_outs must be between 0 and 2147483647 with at most 28 decimals, not 2147483648"
        );
        assert!(error(r#"{"star_peak_war": 1e300}"#).starts_with("config: star_peak_war must be between"));
        assert_eq!(
            error(&format!(r#"{{"min_pa": 1{}}}"#, "0".repeat(400))),
            format!(
                "config: min_pa must be between 0 and 2147483647 with at most 28 decimals, not 1{}...",
                "0".repeat(39)
            )
        );
        assert_eq!(Thresholds::parse(r#"{"min_pa": -0}"#).unwrap().min_pa, 0);
        assert!(error(r#"{"min_pa": NaN}"#).starts_with("config cannot be read as JSON"));
        assert!(error(&"[".repeat(1000)).starts_with("config cannot be read as JSON"));
    }
}
