//! Days as Postgres counts them: 0 is 2000-01-01.

use time::{Date, Month};

/// Julian day number of day 0.
const EPOCH: i32 = 2_451_545;

/// The day of a date of the Gregorian calendar. Years are those of the extension's limits (1800 to 2300); beyond, and for a day the
/// month has not, the nearest the calendar allows.
pub fn day(year: i32, month: u8, day: u8) -> i32 {
    let year = year.clamp(-9999, 9999);
    let month = Month::try_from(month).unwrap_or(Month::December);
    Date::from_calendar_date(year, month, day.min(month.length(year))).map_or(0, |d| d.to_julian_day() - EPOCH)
}

/// Year and month of a day.
pub fn year_and_month(day: i32) -> (i32, u8) {
    Date::from_julian_day(day.saturating_add(EPOCH)).map_or((0, 1), |d| (d.year(), d.month() as u8))
}

/// A day as ISO text.
pub fn date_text(day: i32) -> String {
    Date::from_julian_day(day.saturating_add(EPOCH)).map_or_else(|_| "?".into(), |d| d.to_string())
}

/// The day of an ISO text, YYYY-MM-DD, which must be one.
pub fn day_of_text(text: &str) -> i32 {
    let mut parts = text.splitn(3, '-').map(|part| part.parse::<i32>().unwrap_or(1));
    let mut part = || parts.next().unwrap_or(1);
    let (year, month, of_month) = (part(), part(), part());
    day(year, month as u8, of_month as u8)
}

/// `AGE(birth, day)` of flagship contract 1.1, in years.
pub fn age(birth: i32, day: i32) -> f64 {
    f64::from(day - birth) / 365.25
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_postgres() {
        // SELECT DATE 'x' - DATE '2000-01-01'
        assert_eq!(day(2000, 1, 1), 0);
        assert_eq!(day_of_text("2000-01-01"), 0);
        assert_eq!(day_of_text("1870-01-01"), -47_481);
        for day in [-47_481, -1, 59, 7487, 73_049] {
            assert_eq!(day_of_text(&date_text(day)), day);
        }
        assert_eq!(day(2020, 7, 1), 7487);
        assert_eq!(day(1870, 1, 1), -47_481);
        assert_eq!(year_and_month(day(2019, 12, 31)), (2019, 12));
        assert_eq!(year_and_month(day(1899, 2, 28)), (1899, 2));
        assert_eq!(age(day(2000, 7, 1), day(2020, 7, 1)), 20.0);
    }
}
