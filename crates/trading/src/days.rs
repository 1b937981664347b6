//! Days between instants, and the days that a history is cut into. Instants are microseconds since 2000-01-01 UTC, as Postgres keeps them.

use crate::error::TradingError;

/// Microseconds of a day.
pub const DAY: i64 = 86_400_000_000;

/// Whole days from `as_of` until the end, rounded down: negative once it is past. An infinite instant is 22023. (Contract 3.)
pub fn days_until_end(end_at: i64, as_of: i64) -> Result<i32, TradingError> {
    for (argument, instant) in [("end_at", end_at), ("as_of", as_of)] {
        if instant == i64::MAX || instant == i64::MIN {
            let value = if instant > 0 { "infinity" } else { "-infinity" };
            return Err(TradingError::invalid(argument, value, "a finite instant"));
        }
    }
    let days = (i128::from(end_at) - i128::from(as_of)).div_euclid(DAY.into());
    i32::try_from(days).map_err(|_| TradingError::range("the result", days, "an integer of SQL"))
}

/// The UTC day of an instant: 0 is 2000-01-01.
pub fn day_of(at: i64) -> i64 {
    at.div_euclid(DAY)
}

/// The last microsecond of a UTC day: what was known then was known on that day.
pub fn end_of(day: i64) -> i64 {
    day.saturating_add(1).saturating_mul(DAY).saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contracts_values() {
        let hours = |h: i64| h * DAY / 24;
        assert_eq!(days_until_end(hours(180), 0), Ok(7));
        assert_eq!(days_until_end(5, 5), Ok(0));
        assert_eq!(days_until_end(0, hours(1)), Ok(-1));
        assert_eq!(days_until_end(0, hours(24)), Ok(-1));
        assert_eq!(days_until_end(0, hours(24) + 1), Ok(-2));
        assert_eq!(days_until_end(i64::MAX - 1, i64::MIN + 1), Ok(213_503_982));
        for (end, as_of) in [(i64::MAX, 0), (0, i64::MIN)] {
            assert_eq!(days_until_end(end, as_of).unwrap_err().sqlstate(), "22023");
        }
    }

    #[test]
    fn days_end_before_the_next_begins() {
        for day in [-400_000, -1, 0, 1, 10_000] {
            assert_eq!((day_of(end_of(day)), day_of(end_of(day) + 1)), (day, day + 1));
        }
    }
}
