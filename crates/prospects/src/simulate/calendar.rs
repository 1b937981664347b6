//! When games are played: the season of each circuit, its off days, rainouts and their doubleheaders.

use super::circuit::Circuit;
use dynasty_numbers::dice::{Dice, Purpose};
use time::{Date, Month};

/// A day, as its Julian day number: differences are days.
pub type Day = i32;

/// The day number of a date; the first of March for a date that is none.
pub fn day(year: i32, month: u8, of_month: u8) -> Day {
    let month = Month::try_from(month).unwrap_or(Month::March);
    Date::from_calendar_date(year, month, of_month)
        .or_else(|_| Date::from_calendar_date(year, Month::March, 1))
        .map_or(0, Date::to_julian_day)
}

/// Year, month and day of the month.
pub fn civil(day: Day) -> (i32, u8, u8) {
    Date::from_julian_day(day).map_or((0, 0, 0), |d| (d.year(), d.month() as u8, d.day()))
}

/// Monday 0 ... Sunday 6.
pub fn weekday(day: Day) -> i32 {
    day.rem_euclid(7)
}

/// The first such weekday on or after a day.
pub fn on_or_after(day: Day, wanted: i32) -> Day {
    day + (wanted - weekday(day)).rem_euclid(7)
}

const TUESDAY: i32 = 1;
const SUNDAY: i32 = 6;

/// The season nobody played in the minors.
pub const NO_SEASON: i32 = 2020;
/// Since then: six-game series, no short-season ball, the draft in July.
pub const REFORM: i32 = 2021;

/// First and last day of a circuit's season.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Season {
    /// Opening day, a Tuesday.
    pub opening: Day,
    /// The last day of the regular season.
    pub last: Day,
}

/// When a circuit plays; `None` when it does not.
pub fn season_of(circuit: Circuit, year: i32) -> Option<Season> {
    if year == NO_SEASON || (circuit == Circuit::ShortSeason && year >= REFORM) {
        return None;
    }
    let (opening, last) = match circuit {
        Circuit::Dominican | Circuit::Complex => (
            on_or_after(day(year, 6, 11), TUESDAY),
            on_or_after(day(year, 8, 20), SUNDAY),
        ),
        Circuit::ShortSeason => (
            on_or_after(day(year, 6, 13), TUESDAY),
            on_or_after(day(year, 8, 30), SUNDAY),
        ),
        Circuit::A | Circuit::HighA | Circuit::AA => (first_tuesday(year), on_or_after(day(year, 9, 4), SUNDAY)),
        Circuit::AAA => (first_tuesday(year), on_or_after(day(year, 9, 8), SUNDAY)),
    };
    Some(Season { opening, last })
}

fn first_tuesday(year: i32) -> Day {
    // The season after the lost one began late.
    let from = if year == REFORM {
        day(year, 5, 3)
    } else {
        day(year, 4, 4)
    };
    on_or_after(from, TUESDAY)
}

/// What a circuit's day looks like for one pair of clubs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Matchday {
    /// Which series of the season this is: who plays whom.
    pub series: u32,
    /// Days into the series.
    pub game: u32,
    /// The last day of the series: a rainout is not made up.
    pub closes: bool,
}

/// The matchday of a circuit; `None` on an off day.
pub fn matchday(circuit: Circuit, year: i32, season: Season, today: Day) -> Option<Matchday> {
    if today < season.opening || today > season.last {
        return None;
    }
    let weekday = weekday(today);
    let last_weekday = if circuit.is_complex() { 5 } else { SUNDAY };
    if weekday < TUESDAY || weekday > last_weekday {
        return None;
    }
    let week = ((today - season.opening) / 7) as u32;
    let game = (weekday - TUESDAY) as u32;
    if year >= REFORM && !circuit.is_complex() {
        return Some(Matchday {
            series: week,
            game,
            closes: weekday == last_weekday,
        });
    }
    // Two series a week; the second begins on Friday.
    let second = u32::from(game >= 3);
    Some(Matchday {
        series: 2 * week + second,
        game: game - 3 * second,
        closes: game == 2 || weekday == last_weekday,
    })
}

/// How many games a pair plays today: 1, 0 when it rains, 2 the day after.
pub fn games_today(seed: u64, circuit: Circuit, year: i32, matchday: Matchday, home: u32) -> u32 {
    let rained = |game: u32| {
        let key = u64::from(home) << 32 | (circuit as u64) << 24 | u64::from(matchday.series) << 8 | u64::from(game);
        Dice::new(seed, Purpose::Schedule, year as u64, key).chance(0.060)
    };
    // Nobody schedules a third game: after a rainout the next day is played.
    let mut wet = false;
    for game in 0..matchday.game {
        wet = !wet && rained(game);
    }
    if wet {
        2
    } else {
        u32::from(matchday.closes || !rained(matchday.game))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_days() {
        assert_eq!(civil(day(2024, 2, 29)), (2024, 2, 29));
        assert_eq!(day(2021, 1, 1) - day(2020, 1, 1), 366);
        assert_eq!(weekday(day(2024, 4, 2)), TUESDAY);
        assert_eq!(weekday(day(1970, 1, 1)), 3);
    }

    #[test]
    fn seasons_lie_where_they_should() {
        for year in 1901..=2100 {
            for circuit in Circuit::ALL {
                let Some(season) = season_of(circuit, year) else {
                    assert!(year == 2020 || (year > 2020 && circuit == Circuit::ShortSeason));
                    continue;
                };
                let (first, last) = (civil(season.opening), civil(season.last));
                assert_eq!((first.0, last.0), (year, year));
                let games = (season.opening..=season.last).filter(|d| matchday(circuit, year, season, *d).is_some());
                let range = match circuit {
                    Circuit::Dominican | Circuit::Complex => 50..=58,
                    Circuit::ShortSeason => 65..=75,
                    _ if year == 2021 => 105..=125,
                    _ => 128..=142,
                };
                let games = games.count();
                assert!(range.contains(&games), "{circuit:?} {year}: {games} games");
                let months = if circuit.is_complex() { 6..=8 } else { 4..=9 };
                assert!(
                    months.contains(&first.1) && months.contains(&last.1),
                    "{circuit:?} {year}"
                );
            }
        }
    }

    #[test]
    fn rainouts_become_doubleheaders() {
        let season = season_of(Circuit::AA, 2022).expect("played");
        let (mut days, mut games, mut doubles) = (0, 0, 0);
        for home in 0..30 {
            for today in season.opening..=season.last {
                if let Some(m) = matchday(Circuit::AA, 2022, season, today) {
                    let n = games_today(7, Circuit::AA, 2022, m, home);
                    days += 1;
                    games += n;
                    doubles += u32::from(n == 2);
                }
            }
        }
        assert_eq!(days, games, "every rainout is made up");
        assert!((0.02..0.05).contains(&(f64::from(doubles) / f64::from(days))));
    }
}
