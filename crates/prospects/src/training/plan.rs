//! The years of a training set, and which part of it a row belongs to.

use super::lot::Lot;
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// How rows are held out for the test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    /// By the lot of the prospect: all his rows stand on one side.
    Prospect,
    /// The latest closed years.
    Time,
}

impl FromStr for Split {
    type Err = PlanError;

    fn from_str(name: &str) -> Result<Self, PlanError> {
        match name {
            "prospect" => Ok(Self::Prospect),
            "time" => Ok(Self::Time),
            _ => Err(PlanError::Split(name.chars().take(40).collect())),
        }
    }
}

/// The part of a training set a row belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// To learn from.
    Train,
    /// To measure by.
    Test,
    /// Its window is open: there is nothing to learn from yet.
    Open,
}

impl Part {
    /// Its name in SQL.
    pub fn name(self) -> &'static str {
        match self {
            Self::Train => "train",
            Self::Test => "test",
            Self::Open => "open",
        }
    }
}

/// Why rows cannot be split so.
#[derive(Clone, Debug, PartialEq)]
pub enum PlanError {
    /// No such split.
    Split(String),
    /// Not a share.
    TestShare(f64),
    /// By time there must be a year on either side.
    TooFewYears(usize),
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Split(name) => write!(f, "split must be prospect or time, not \"{name}\""),
            Self::TestShare(share) => write!(f, "test_share must be at least 0 and below 1, not {share}"),
            Self::TooFewYears(n) => write!(
                f,
                "split \"time\" needs at least two years with a closed window, not {n}"
            ),
        }
    }
}

/// How the rows of some years are split.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The years that are the test, when split by time.
    test_years: Option<BTreeSet<i32>>,
    test_share: f64,
}

impl Plan {
    /// `closed`: the years whose windows are closed. By time the latest of them are the test: their share is rounded, and there
    /// is at least one year on either side.
    pub fn new(split: Split, test_share: f64, closed: &BTreeSet<i32>) -> Result<Plan, PlanError> {
        if !(0.0..1.0).contains(&test_share) {
            return Err(PlanError::TestShare(test_share));
        }
        let test_years = match split {
            Split::Prospect => None,
            Split::Time if test_share == 0.0 || closed.is_empty() => Some(BTreeSet::new()),
            Split::Time if closed.len() < 2 => return Err(PlanError::TooFewYears(closed.len())),
            Split::Time => {
                let share = (test_share * closed.len() as f64).round() as usize;
                let n = share.clamp(1, closed.len() - 1);
                Some(closed.iter().rev().take(n).copied().collect())
            }
        };
        Ok(Plan { test_years, test_share })
    }

    /// The part of a row whose window is closed.
    pub fn part(&self, year: i32, lot: &Lot) -> Part {
        let is_test = match &self.test_years {
            Some(years) => years.contains(&year),
            None => lot.share < self.test_share,
        };
        if is_test { Part::Test } else { Part::Train }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test_years(share: f64, closed: impl IntoIterator<Item = i32>) -> Result<Vec<i32>, PlanError> {
        let plan = Plan::new(Split::Time, share, &closed.into_iter().collect())?;
        Ok(plan.test_years.unwrap_or_default().into_iter().collect())
    }

    #[test]
    fn by_time_the_latest_years() {
        assert_eq!(test_years(0.2, 2011..=2020), Ok(vec![2019, 2020]));
        assert_eq!(test_years(0.2, 2018..=2020), Ok(vec![2020]));
        assert_eq!(test_years(0.01, 2018..=2020), Ok(vec![2020]));
        assert_eq!(test_years(0.99, 2018..=2020), Ok(vec![2019, 2020]));
        assert_eq!(test_years(0.0, 2018..=2020), Ok(vec![]));
        assert_eq!(test_years(0.2, [2018]), Err(PlanError::TooFewYears(1)));
        assert_eq!(test_years(0.2, []), Ok(vec![]));
        let plan = Plan::new(Split::Time, 0.5, &BTreeSet::from([2018, 2019])).unwrap();
        let lot = Lot::of(0, 1);
        assert_eq!(
            (plan.part(2018, &lot), plan.part(2019, &lot)),
            (Part::Train, Part::Test)
        );
    }

    #[test]
    fn by_prospect_the_lot() {
        let plan = Plan::new(Split::Prospect, 0.3, &BTreeSet::new()).unwrap();
        for id in 1..500 {
            let lot = Lot::of(0, id);
            let part = if lot.share < 0.3 { Part::Test } else { Part::Train };
            assert!((2000..2005).all(|year| plan.part(year, &lot) == part));
        }
        let none = Plan::new(Split::Prospect, 0.0, &BTreeSet::new()).unwrap();
        assert!((1..500).all(|id| none.part(2000, &Lot::of(0, id)) == Part::Train));
    }

    #[test]
    fn refused() {
        for share in [-0.1, 1.0, f64::NAN, f64::INFINITY] {
            assert!(Plan::new(Split::Prospect, share, &BTreeSet::new()).is_err(), "{share}");
        }
        assert_eq!("time".parse(), Ok(Split::Time));
        assert_eq!(
            "random".parse::<Split>().unwrap_err().to_string(),
            "split must be prospect or time, not \"random\""
        );
    }
}
