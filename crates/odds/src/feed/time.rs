//! Points in time as feeds write them: ISO 8601, or seconds since 1970. What names no zone is UTC.

use super::fault::Fault;
use super::json::{Path, scalar};
use crate::offer::number::{Unfit, scaled};
use dynasty_intake::lenient::shown;

const MICROS: i64 = 1_000_000;
const DAY: i64 = 86_400 * MICROS;
const WANTED: &str = "a time (ISO 8601, or seconds since 1970)";
/// Milliseconds taken for seconds would lie in the year 50,000.
const YEARS: std::ops::RangeInclusive<i64> = 1900..=2199;

/// Microseconds since 1970.
pub(super) fn read(json: &str, path: &Path) -> Result<i64, Fault> {
    let text = scalar(json).ok_or_else(|| Fault::unreadable(path, shown(json), WANTED))?;
    let text = text.trim();
    match iso(text).map_or_else(|| scaled(text, 6), Ok) {
        Ok(micros) if YEARS.contains(&year_of(micros)) => Ok(micros),
        Ok(_) | Err(Unfit::TooLarge) => Err(Fault::invalid(
            path,
            shown(text),
            "a time between 1900 and 2199 (seconds, not milliseconds)",
        )),
        Err(Unfit::NoNumber | Unfit::NotFinite) => Err(Fault::unreadable(path, shown(text), WANTED)),
    }
}

/// `YYYY-MM-DD`, alone or with `T` or a blank and `HH:MM[:SS[.fraction]]` and a zone (`Z`, `+HH`, `+HHMM`, `+HH:MM`).
fn iso(text: &str) -> Option<i64> {
    let (date, rest) = (text.get(..10)?, text.get(10..)?);
    let [y, m, d] = date.split('-').collect::<Vec<_>>().try_into().ok()?;
    let day = days(fixed(y, 4)?, fixed(m, 2)?, fixed(d, 2)?)? * DAY;
    if rest.is_empty() {
        return Some(day);
    }
    let clock = rest.strip_prefix(['T', 't', ' '])?;
    let end = clock
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | ',')))
        .unwrap_or(clock.len());
    let (clock, zone) = clock.split_at(end);
    day.checked_add(time_of_day(clock)?)?.checked_sub(offset(zone.trim())?)
}

fn time_of_day(clock: &str) -> Option<i64> {
    let (whole, fraction) = clock.split_once(['.', ',']).unwrap_or((clock, "0"));
    let parts: Vec<&str> = whole.split(':').collect();
    let (h, m, s) = match parts.as_slice() {
        [h, m] if !clock.contains(['.', ',']) => (fixed(h, 2)?, fixed(m, 2)?, 0),
        [h, m, s] => (fixed(h, 2)?, fixed(m, 2)?, fixed(s, 2)?),
        _ => return None,
    };
    // A leap second is the next minute's first.
    if h > 23 || m > 59 || s > 60 || fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let fraction = scaled(&format!("0.{fraction}"), 6).ok()?;
    Some(((h * 60 + m) * 60 + s) * MICROS + fraction)
}

fn offset(zone: &str) -> Option<i64> {
    if matches!(zone, "" | "Z" | "z") || zone.eq_ignore_ascii_case("utc") {
        return Some(0);
    }
    let (sign, digits) = match zone.strip_prefix('+') {
        Some(rest) => (1, rest),
        None => (-1, zone.strip_prefix('-')?),
    };
    let (h, m) = match digits.len() {
        2 => (digits, "00"),
        4 => (digits.get(..2)?, digits.get(2..)?),
        5 => digits.split_once(':')?,
        _ => return None,
    };
    let (h, m) = (fixed(h, 2)?, fixed(m, 2)?);
    (h <= 15 && m <= 59).then_some(sign * (h * 60 + m) * 60 * MICROS)
}

/// A number of exactly so many digits.
fn fixed(text: &str, digits: usize) -> Option<i64> {
    (text.len() == digits && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

/// Days since 1970 of a date of the Gregorian calendar (H. Hinnant's algorithm); none for a day that there is not.
fn days(y: i64, m: i64, d: i64) -> Option<i64> {
    let leap = y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
    let long = match m {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i64::from(leap),
        _ => return None,
    };
    if d < 1 || d > long {
        return None;
    }
    let y = if m <= 2 { y - 1 } else { y };
    let (era, year) = (y.div_euclid(400), y.rem_euclid(400));
    let day_of_year = (153 * ((m + 9) % 12) + 2) / 5 + d - 1;
    Some(era * 146_097 + year * 365 + year / 4 - year / 100 + day_of_year - 719_468)
}

/// The year of a time.
fn year_of(micros: i64) -> i64 {
    let z = micros.div_euclid(DAY) + 719_468;
    let (era, day) = (z.div_euclid(146_097), z.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    // January and February, the last two months of Hinnant's year, belong to the next.
    era * 400 + year + i64::from(day_of_year >= 306)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(json: &str) -> Result<i64, &'static str> {
        read(json, &Path::ROOT).map_err(|fault| fault.sqlstate)
    }

    /// The right-hand sides are of Python's datetime.
    #[test]
    fn times() {
        for (json, micros) in [
            (r#""2023-10-10T12:10:39Z""#, 1_696_939_839_000_000),
            (r#""2023-10-10T12:10:39""#, 1_696_939_839_000_000),
            (r#""2023-10-10 14:10:39+02""#, 1_696_939_839_000_000),
            (r#""2023-10-10T06:40:39.5-0530""#, 1_696_939_839_500_000),
            (r#""2023-10-10T17:55:39.1234567+05:45""#, 1_696_939_839_123_457),
            (r#""2023-10-10""#, 1_696_896_000_000_000),
            (r#""2023-10-10T12:10Z""#, 1_696_939_800_000_000),
            ("1696939839", 1_696_939_839_000_000),
            (r#"" 1696939839.25 ""#, 1_696_939_839_250_000),
            ("1.696939839e9", 1_696_939_839_000_000),
            (r#""2024-02-29T23:59:60Z""#, 1_709_251_200_000_000),
            (r#""1969-12-31T23:59:59.999999Z""#, -1),
            (r#""1900-01-01T00:00:00Z""#, -2_208_988_800_000_000),
        ] {
            assert_eq!(at(json), Ok(micros), "{json}");
        }
    }

    #[test]
    fn what_is_no_time() {
        for json in [
            r#""""#,
            r#""soon""#,
            "true",
            "{}",
            "[]",
            r#""2023-02-29T00:00:00Z""#,
            r#""2023-13-01""#,
            r#""2023-1-1""#,
            r#""2023-10-10T24:00:00Z""#,
            r#""2023-10-10T12:60:00Z""#,
            r#""2023-10-10T12:10:39 CET""#,
            r#""2023-10-10T12""#,
            r#""2023-10-10T12:10:39+25:00""#,
            r#""2023-10-10T12:10:39.""#,
            r#""٢٠٢٣-10-10""#,
            r#""NaN""#,
        ] {
            assert_eq!(at(json), Err("22P02"), "{json}");
        }
        for json in ["1696939839000", r#""0001-01-01T00:00:00Z""#, "-9e12", r#""9999-12-31""#] {
            assert_eq!(at(json), Err("22023"), "{json}");
        }
    }

    proptest! {
        #[test]
        fn days_and_years_go_together(y in 1900i64..2200, m in 1i64..=12, d in 1i64..=28) {
            let day = days(y, m, d).unwrap();
            prop_assert_eq!(year_of(day * DAY), y);
            prop_assert_eq!(year_of(day * DAY + DAY - 1), y);
        }

        #[test]
        fn any_text_is_safe(text in "\\PC*|[-0-9T:.Z+ ]{0,30}") {
            let _ = at(&serde_json::to_string(&text).unwrap());
            let _ = at(&text);
        }
    }
}
