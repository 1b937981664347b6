//! Who has a row as of a year. Only what was known then decides: choosing by what came later would leak.

use std::fmt;
use std::str::FromStr;

/// What there was of a prospect as of a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sight {
    /// The latest year with a sign of him: a counted game, a scouts' list, an advanced line, the draft or a season in the majors.
    pub latest: Option<i32>,
    /// Plate appearances in the majors so far.
    pub majors_pa: i64,
    /// Outs pitched in the majors so far.
    pub majors_outs: i64,
}

/// Which prospects have a row as of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Population {
    /// Whoever has been seen by then.
    Known,
    /// Who has been seen in that year or the one before, and has not used up his rookie status.
    Active,
    /// Everybody in the database, seen or not.
    All,
}

/// The limits of a rookie: 130 at-bats (plate appearances here) or 50 innings in the majors.
const ROOKIE_PA: i64 = 130;
const ROOKIE_OUTS: i64 = 150;

/// No such population.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownPopulation(String);

impl fmt::Display for UnknownPopulation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "population must be known, active or all, not \"{}\"", self.0)
    }
}

impl FromStr for Population {
    type Err = UnknownPopulation;

    fn from_str(name: &str) -> Result<Self, UnknownPopulation> {
        Ok(match name {
            "known" => Self::Known,
            "active" => Self::Active,
            "all" => Self::All,
            _ => return Err(UnknownPopulation(name.chars().take(40).collect())),
        })
    }
}

impl Population {
    /// Whether he has a row as of that year.
    pub fn includes(self, sight: &Sight, year: i32) -> bool {
        match self {
            Self::All => true,
            Self::Known => sight.latest.is_some(),
            // The year before counts as well: in 2020 there was no minor-league season, and injuries take whole years.
            Self::Active => {
                sight.latest.is_some_and(|latest| latest >= year - 1)
                    && sight.majors_pa <= ROOKIE_PA
                    && sight.majors_outs <= ROOKIE_OUTS
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_in() {
        let seen = |latest, majors_pa, majors_outs| Sight {
            latest,
            majors_pa,
            majors_outs,
        };
        let is_in = |s: Sight| [Population::Known, Population::Active, Population::All].map(|p| p.includes(&s, 2020));
        assert_eq!(is_in(seen(None, 0, 0)), [false, false, true]);
        assert_eq!(is_in(seen(Some(2018), 0, 0)), [true, false, true]);
        assert_eq!(is_in(seen(Some(2019), 0, 0)), [true, true, true]);
        assert_eq!(is_in(seen(Some(2020), 130, 150)), [true, true, true]);
        assert_eq!(is_in(seen(Some(2020), 131, 0)), [true, false, true]);
        assert_eq!(is_in(seen(Some(2020), 0, 151)), [true, false, true]);
    }

    #[test]
    fn names() {
        assert_eq!("active".parse(), Ok(Population::Active));
        assert_eq!(
            "Known".parse::<Population>().unwrap_err().to_string(),
            "population must be known, active or all, not \"Known\""
        );
    }
}
