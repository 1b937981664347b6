//! What becomes of a talent, which nobody can know beforehand: development strays from its curve a little every year and
//! sometimes by a leap (a new swing, a torn shoulder), and some never solve the major leagues who solved all the others.
//!
//! Without it a boy's line tells what he will be, and whoever learns from the league is too good to be true.

use dynasty_numbers::dice::{Dice, Purpose};

/// The age at which the walk begins.
const FROM: f64 = 16.0;
/// Years of it; later nothing changes any more but age.
const YEARS: usize = 24;
/// What a year adds or takes, in points: one standard deviation, in the years of growth and after them.
const YOUNG: f64 = 3.6;
const GROWN: f64 = 2.4;
/// The age at which a body is grown.
const GROWN_AT: usize = 7;
/// How often a year is a leap, up or down, and how far it goes beyond a usual year.
const LEAP: f64 = 0.17;
const LEAP_BY: f64 = 10.0;
/// What the major leagues see otherwise than all others.
const MAJORS: f64 = 6.0;

/// The way of one talent, drawn when he is born.
#[derive(Clone, Copy, Debug)]
pub struct Fate {
    /// Points above the curve on every birthday from [`FROM`] on.
    on_birthday: [f64; YEARS + 1],
    /// Points of ability that hold in the major leagues only.
    pub in_the_majors: f64,
}

impl Fate {
    /// Draws a fate. At `known`, the age at which he signs, everything so far is in his talent already.
    pub fn draw(seed: u64, number: u32, attempt: u32, known: f64) -> Fate {
        let mut dice = Dice::new(seed, Purpose::Fate, u64::from(number), u64::from(attempt));
        let mut on_birthday = [0.0; YEARS + 1];
        let mut so_far = 0.0;
        for (year, points) in on_birthday.iter_mut().enumerate().skip(1) {
            let usual = if year <= GROWN_AT { YOUNG } else { GROWN } * dice.bell();
            let leap = dice.chance(LEAP);
            let by = LEAP_BY * dice.bell();
            so_far += usual + if leap { by } else { 0.0 };
            *points = so_far;
        }
        let mut fate = Fate {
            on_birthday,
            in_the_majors: MAJORS * dice.bell(),
        };
        let before = fate.at(known);
        fate.on_birthday.iter_mut().for_each(|points| *points -= before);
        fate
    }

    /// Points of ability above his curve at an age.
    pub fn at(&self, age: f64) -> f64 {
        let since = (age - FROM).clamp(0.0, YEARS as f64);
        let year = (since as usize).min(YEARS - 1);
        let (from, to) = (self.on_birthday[year], self.on_birthday[year + 1]);
        from + (to - from) * (since - year as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fate_begins_at_nothing_and_spreads_without_a_drift() {
        let n = 4_000;
        let spread = |age: f64| {
            let at: Vec<f64> = (0..n).map(|number| Fate::draw(3, number, 0, 18.5).at(age)).collect();
            let mean = at.iter().sum::<f64>() / f64::from(n);
            let square = at.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / f64::from(n);
            (mean, square.sqrt())
        };
        assert!(spread(18.5).1 < 1e-12, "what is known at the signing is no fate");
        let (one, five) = (spread(19.5), spread(23.5));
        assert!(one.0.abs() < 0.2 && five.0.abs() < 0.4, "{one:?} {five:?}");
        assert!(one.1 > 2.0 && five.1 > 1.6 * one.1 && five.1 < 14.0, "{one:?} {five:?}");
    }

    #[test]
    fn nobody_leaps_overnight() {
        let fate = Fate::draw(3, 5, 0, 16.5);
        for day in 0..10_000 {
            let age = 15.0 + f64::from(day) / 365.25;
            assert!((fate.at(age + 1.0 / 365.25) - fate.at(age)).abs() < 0.15, "at {age}");
        }
    }
}
