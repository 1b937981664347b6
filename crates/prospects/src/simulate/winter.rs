//! What an organisation does with a prospect after a season.

use super::calendar::day;
use super::career::{Career, LOOK, OPINION, Status};
use super::circuit::Circuit;
use super::person::first_season;
use dynasty_numbers::dice::{Dice, Purpose};

impl Career {
    /// After a season: release, promotion, demotion. `played` is false in a year without games.
    pub fn winter(&mut self, seed: u64, year: i32, means: (f64, f64), played: bool) {
        let mut dice = Dice::new(seed, Purpose::Winter, u64::from(self.person.number), year as u64);
        let today = day(year, 10, 15);
        let estimate = self.estimate(today, means);
        self.seasons += 1;
        let p = &self.person;
        let age = p.age(day(year + 1, 4, 1));
        let outlook = estimate + 0.85 * p.shortfall(today) + 4.0 * dice.bell();
        if self.status == Status::Majors {
            // Up to stay, down again, or out of the game.
            let stays = estimate + 9.0 * dice.bell();
            self.majors_since = None;
            if stays < LOOK - 1.8 {
                let done = age > 30.0 && dice.chance(0.6) || age > 37.0;
                self.status = if done { Status::Out } else { Status::Minors };
                self.circuit = Circuit::AAA;
            }
            return;
        }
        let mut release: f64 = match outlook {
            x if x >= 47.0 => 0.005,
            x if x >= 43.0 => 0.09,
            x if x >= 40.0 => 0.29,
            x if x >= 37.0 => 0.47,
            x if x >= 34.0 => 0.58,
            x if x >= 31.0 => 0.62,
            _ => 0.76,
        };
        if p.promise >= 46.0 {
            release *= 0.35;
        } else if p.promise >= 41.0 {
            release *= 0.65;
        }
        // Triple-A clubs keep those who know how, for the day somebody is hurt.
        if self.circuit >= Circuit::AA {
            release *= 0.6;
        }
        if self.seasons <= 1 {
            release *= 0.75;
        }
        // Knees, homesickness, a job at home: it happens to the best, and most of all to boys far from home.
        release += if self.circuit < Circuit::A { 0.20 } else { 0.08 };
        release += match age {
            a if a >= 33.0 => 0.45,
            a if a >= 30.0 => 0.28,
            a if a >= 27.0 && self.circuit < Circuit::AAA => 0.25,
            a if a >= 25.5 && outlook < LOOK + 1.5 => 0.12,
            a if a >= 24.5 && outlook < LOOK => 0.06,
            a if a >= 25.0 && self.circuit < Circuit::AA => 0.20,
            a if a >= 21.0 && self.circuit < Circuit::ShortSeason => 0.15,
            _ => 0.0,
        };
        if !played {
            release *= 0.5;
        }
        if dice.chance(release.min(0.97)) {
            self.status = Status::Out;
            return;
        }
        if dice.chance(0.035) {
            self.org = dice.below(super::clubs::ORGANISATIONS) as u8;
        }
        let over = estimate + 0.5 * (p.shortfall(today) - p.shortfall(day(year + 1, 7, 1))) - self.circuit.par()
            + 9.0 * dice.bell();
        let next_year = year + 1;
        let step = if over > 8.0 && dice.chance(0.5) {
            2
        } else if over > 0.5 {
            1
        } else if over > -2.5 {
            i32::from(dice.chance(0.55))
        } else if over < -7.0 {
            -i32::from(dice.chance(0.5))
        } else {
            0
        };
        // The back fields are needed for the next class.
        let step = if self.circuit.is_complex() && step < 2 {
            step.max(0) + i32::from(dice.chance(0.6))
        } else {
            step
        };
        match step {
            -1 => self.circuit = self.circuit.down(next_year).unwrap_or(self.circuit),
            n => {
                for _ in 0..n {
                    self.circuit = self.circuit.up(next_year).unwrap_or(self.circuit);
                }
            }
        }
        // Nobody stays a schoolboy for ever.
        let too_old = match self.circuit {
            Circuit::Dominican => age > 20.5,
            Circuit::Complex => age > 22.5,
            _ => false,
        };
        if too_old {
            self.circuit = self.circuit.up(next_year).unwrap_or(self.circuit);
        }
        if self.circuit == Circuit::ShortSeason && next_year > super::calendar::NO_SEASON {
            self.circuit = if over > -2.0 { Circuit::A } else { Circuit::Complex };
        }
    }

    /// Lives through the years before the first season of the league. Returns whether he is still a minor leaguer then.
    pub fn live_until(&mut self, seed: u64, first: i32) -> bool {
        let start = first_season(&self.person);
        if start >= first {
            return true;
        }
        self.join(start);
        for year in start..first {
            let mut dice = Dice::new(seed, Purpose::Before, u64::from(self.person.number), year as u64);
            self.opinion = OPINION * dice.bell();
            self.winter(seed, year, (0.0, 0.0), true);
            let up = self.circuit == Circuit::AAA && self.estimate(day(year, 10, 15), (0.0, 0.0)) > LOOK + 1.0;
            if self.status != Status::Minors || up {
                return false;
            }
        }
        true
    }
}
