//! What a flat row says of the man beside his numbers: by it two men of one name are told apart, and a new one is described.
//!
//! Nothing here makes a row wrong: what cannot be read is not known.

use super::people::{height_of, within_body};
use crate::identity::Born;
use dynasty_intake::fields::Fields;
use dynasty_intake::lenient::{Count, Date, Scalar, number, read};
use dynasty_numbers::days::day;
use rust_decimal::prelude::ToPrimitive;

/// Facts about a man.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Facts {
    /// His FanGraphs id of before, where the row has two.
    pub former_fg_id: Option<String>,
    /// Whether the row names his position; otherwise it was guessed from the numbers.
    pub says_position: bool,
    /// Date of birth.
    pub birth_date: Option<String>,
    /// His age in hundredths of a year, and whether the source counts whole years.
    pub age: Option<(i32, bool)>,
    /// The day of the age.
    pub as_of: Option<String>,
    /// His organization, in the source's words.
    pub organization: Option<String>,
    /// Inches.
    pub height: Option<i32>,
    /// Pounds.
    pub weight: Option<i32>,
    /// L, R or S.
    pub bats: Option<char>,
    /// L, R or S.
    pub throws: Option<char>,
}

impl Facts {
    /// What the row says.
    pub(crate) fn of(fields: &Fields<'_>) -> Facts {
        let text = |names: &[&'static str]| fields.text(names).ok().flatten();
        let hand = |names: &[&'static str]| {
            let hand = text(names)?.chars().next()?.to_ascii_uppercase();
            matches!(hand, 'L' | 'R' | 'S').then_some(hand)
        };
        let organization = text(&["org", "Org", "organization", "Organization", "current_organization"]);
        Facts {
            birth_date: fields
                .get::<Date>(&["birth_date", "birthDate", "BirthDate", "Birthdate", "DOB"])
                .ok()
                .and_then(|d| d.0),
            age: age(fields),
            organization: organization
                .map(|o| o.trim().chars().take(100).collect::<String>())
                .filter(|o| !o.is_empty()),
            height: text(&["height_inches", "height", "Height", "Ht"]).and_then(|h| height_of(&h).ok()),
            weight: fields
                .get::<Count>(&["weight_lbs", "weight", "Weight", "Wt"])
                .ok()
                .and_then(|w| within_body("weight", w.0, 50, 500).ok().flatten()),
            bats: hand(&["bats", "Bats", "B"]),
            throws: hand(&["throws", "Throws", "T"]),
            ..Facts::default()
        }
    }

    /// His birth, as far as the row says it.
    pub fn born(&self) -> Option<Born> {
        if let Some(date) = self.birth_date.as_deref().and_then(days_of) {
            return Some(Born::On(date));
        }
        let ((hundredths, whole), as_of) = (self.age?, self.as_of.as_deref().and_then(days_of)?);
        // Who is 20 in whole years is 20 and a half, give or take half a year.
        let years = f64::from(hundredths) / 100.0 + if whole { 0.5 } else { 0.0 };
        Some(Born::About(as_of - (years * 365.25).round() as i32))
    }

    /// Whether his age is known to days.
    pub fn age_is_exact(&self) -> bool {
        self.age
            .is_some_and(|(hundredths, whole)| !whole && hundredths % 10 != 0)
    }

    pub(crate) fn is_empty(&self) -> bool {
        *self == Facts::default()
    }
}

fn age(fields: &Fields<'_>) -> Option<(i32, bool)> {
    let (name, value) = fields.find(&["age", "Age"])?;
    let scalar = read::<Scalar>(value, name).ok()?;
    let years = number(&scalar).ok().flatten()?.to_f64()?;
    // Beyond, it is no age of a player's.
    (13.0..60.0)
        .contains(&years)
        .then(|| ((years * 100.0).round() as i32, years.fract() == 0.0))
}

/// A date as [`dynasty_numbers::days`] counts it.
pub fn days_of(date: &str) -> Option<i32> {
    let mut parts = date.splitn(3, '-').map(|part| part.parse::<u16>().ok());
    let (year, month, of_month) = (parts.next()??, parts.next()??, parts.next()??);
    Some(day(
        year.into(),
        u8::try_from(month).ok()?,
        u8::try_from(of_month).ok()?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn facts(row: serde_json::Value) -> Facts {
        Facts::of(&Fields::of(&row).unwrap())
    }

    #[test]
    fn a_board_row_describes_its_man() {
        let of = facts(json!({"Age": "19.72", "Org": " BAL ", "Height": "6' 1\"", "Weight": 195, "B": "s", "T": "R"}));
        assert_eq!((of.age, of.organization.as_deref()), (Some((1972, false)), Some("BAL")));
        assert_eq!(
            (of.height, of.weight, of.bats, of.throws),
            (Some(73), Some(195), Some('S'), Some('R'))
        );
        assert!(of.age_is_exact());
        assert!(facts(json!({"FV": 45})).is_empty());
    }

    #[test]
    fn what_cannot_be_read_is_not_known() {
        let of = facts(
            json!({"Age": "old", "Height": "tall", "Weight": "0", "B": "?", "T": "", "birth_date": "someday", "Org": " "}),
        );
        assert!(of.is_empty(), "{of:?}");
        assert_eq!(facts(json!({"Age": 250})).age, None);
    }

    #[test]
    fn an_age_is_a_birth() {
        let mut of = facts(json!({"Age": 20}));
        assert_eq!(of.born(), None);
        of.as_of = Some("2020-07-01".into());
        assert_eq!(of.born(), Some(Born::About(day(2020, 7, 1) - 7488)));
        assert!(!of.age_is_exact());
        of.birth_date = Some("1999-12-31".into());
        assert_eq!(of.born(), Some(Born::On(-1)));
    }
}
