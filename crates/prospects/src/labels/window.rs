//! The seasons a label looks at, and whether they are over.

use dynasty_numbers::days::day;
use std::fmt;
use std::ops::RangeInclusive;

/// Years that the tables accept.
pub const YEARS: RangeInclusive<i32> = 1870..=2200;

/// Seasons in a window unless its end is given.
const USUAL_SEASONS: i32 = 4;

/// From this month on the season of the year is over: the World Series ends in the first days of November at the latest.
const SEASON_IS_OVER: u8 = 11;

/// The seasons after `prospect_year` up to `evaluation_year`. The prospect year itself is not in it: the features know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The year he was a prospect.
    pub prospect_year: i32,
    /// The last season.
    pub evaluation_year: i32,
    /// The last season of which the results are known; `None` when there are none.
    pub data_through_year: Option<i32>,
}

/// Why there is no such window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowError {
    /// A year is not one of [`YEARS`].
    Year {
        /// The argument.
        name: &'static str,
        /// Its value.
        year: i32,
    },
    /// The window would end before it begins.
    Empty {
        /// The year he was a prospect.
        prospect_year: i32,
        /// The last season.
        evaluation_year: i32,
    },
}

impl fmt::Display for WindowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WindowError::Year { name, year } => {
                write!(
                    f,
                    "{name} must be between {} and {}, not {year}",
                    YEARS.start(),
                    YEARS.end()
                )
            }
            WindowError::Empty {
                prospect_year,
                evaluation_year,
            } => write!(
                f,
                "evaluation_year must be after prospect_year {prospect_year}, not {evaluation_year}"
            ),
        }
    }
}

fn year(name: &'static str, year: i32) -> Result<i32, WindowError> {
    if YEARS.contains(&year) {
        Ok(year)
    } else {
        Err(WindowError::Year { name, year })
    }
}

impl Window {
    /// The window after a year: four seasons, unless its end is given.
    pub fn new(
        prospect_year: i32,
        evaluation_year: Option<i32>,
        data_through_year: Option<i32>,
    ) -> Result<Window, WindowError> {
        let prospect_year = year("prospect_year", prospect_year)?;
        let evaluation_year = year(
            "evaluation_year",
            evaluation_year.unwrap_or(prospect_year + USUAL_SEASONS),
        )?;
        if let Some(through) = data_through_year {
            year("data_through_year", through)?;
        }
        if evaluation_year <= prospect_year {
            return Err(WindowError::Empty {
                prospect_year,
                evaluation_year,
            });
        }
        Ok(Window {
            prospect_year,
            evaluation_year,
            data_through_year,
        })
    }

    /// How many seasons it has.
    pub fn years_to_evaluate(&self) -> i32 {
        self.evaluation_year - self.prospect_year
    }

    /// Whether a season is in it.
    pub fn contains(&self, season: i32) -> bool {
        self.prospect_year < season && season <= self.evaluation_year
    }

    /// Whether the results of all its seasons are known.
    pub fn is_complete(&self) -> bool {
        self.data_through_year
            .is_some_and(|through| self.evaluation_year <= through)
    }

    /// Its last day (0 = 2000-01-01).
    pub fn last_day(&self) -> i32 {
        day(self.evaluation_year, 12, 31)
    }
}

/// The last season of which the results can be known: that of the newest row, but never one that is still being played on the
/// day the question is asked. `None` without rows.
pub fn data_through_year(newest_season: Option<i32>, today: (i32, u8)) -> Option<i32> {
    let (year, month) = today;
    let last_completed = if month >= SEASON_IS_OVER { year } else { year - 1 };
    newest_season.map(|newest| newest.min(last_completed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_seasons_follow_the_prospect_year() {
        let window = Window::new(2020, None, Some(2024)).unwrap();
        assert_eq!((window.evaluation_year, window.years_to_evaluate()), (2024, 4));
        let inside: Vec<i32> = (2018..2028).filter(|s| window.contains(*s)).collect();
        assert_eq!(inside, [2021, 2022, 2023, 2024]);
        assert_eq!(window.last_day(), day(2024, 12, 31));
        assert_eq!(Window::new(2020, Some(2021), None).unwrap().years_to_evaluate(), 1);
    }

    #[test]
    fn complete_when_the_data_reach_its_end() {
        let complete = |through| Window::new(2020, None, through).unwrap().is_complete();
        assert!(complete(Some(2024)));
        assert!(complete(Some(2030)));
        assert!(!complete(Some(2023)));
        assert!(!complete(None));
    }

    #[test]
    fn an_empty_window_is_refused() {
        for evaluation_year in [2020, 2019, 1870] {
            let error = Window::new(2020, Some(evaluation_year), None).unwrap_err();
            assert_eq!(
                error,
                WindowError::Empty {
                    prospect_year: 2020,
                    evaluation_year
                }
            );
        }
        let error = Window::new(2020, Some(2020), None).unwrap_err();
        assert_eq!(
            error.to_string(),
            "evaluation_year must be after prospect_year 2020, not 2020"
        );
    }

    #[test]
    fn years_have_limits() {
        let name = |p, e, d| match Window::new(p, e, d) {
            Err(WindowError::Year { name, year }) => (name, year),
            other => panic!("{other:?}"),
        };
        assert_eq!(name(1869, None, None), ("prospect_year", 1869));
        assert_eq!(name(i32::MAX, None, None), ("prospect_year", i32::MAX));
        assert_eq!(name(2020, Some(2201), None), ("evaluation_year", 2201));
        assert_eq!(name(2020, Some(i32::MIN), None), ("evaluation_year", i32::MIN));
        assert_eq!(
            name(2197, None, None),
            ("evaluation_year", 2201),
            "also the one that nobody gave"
        );
        assert_eq!(name(2020, None, Some(1869)), ("data_through_year", 1869));
        assert!(Window::new(1870, None, Some(1870)).is_ok());
        assert!(Window::new(2199, Some(2200), Some(2200)).is_ok());
        let error = Window::new(2020, Some(20240), None).unwrap_err();
        assert_eq!(
            error.to_string(),
            "evaluation_year must be between 1870 and 2200, not 20240"
        );
    }

    #[test]
    fn a_season_counts_as_known_from_november() {
        assert_eq!(data_through_year(Some(2024), (2024, 10)), Some(2023));
        assert_eq!(data_through_year(Some(2024), (2024, 11)), Some(2024));
        assert_eq!(data_through_year(Some(2024), (2025, 3)), Some(2024));
        assert_eq!(
            data_through_year(Some(2020), (2025, 12)),
            Some(2020),
            "data end earlier"
        );
        assert_eq!(data_through_year(None, (2025, 12)), None);
    }
}
