//! Where a prospect stands, how his organisation sees him, and what it does with him.

use super::calendar::{Day, day};
use super::circuit::Circuit;
use super::lines::{Batting, Pitching};
use super::matchup::{ArmRates, BatRates};
use super::person::{Person, Way, first_season};
use crate::levels::Level;
use dynasty_numbers::dice::{Dice, Purpose};

/// Where somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Not yet signed, or his first season has not come.
    Waiting,
    Minors,
    Majors,
    /// Released or retired.
    Out,
}

/// A season at a level.
#[derive(Clone, Debug)]
pub struct LevelLine {
    pub level: Level,
    pub circuit: Circuit,
    pub bat: Batting,
    pub arm: Pitching,
}

/// A prospect's career so far.
#[derive(Clone, Debug)]
pub struct Career {
    pub person: Person,
    pub status: Status,
    pub circuit: Circuit,
    pub org: u8,
    /// Which of the organisation's affiliates in the circuit.
    pub affiliate: u32,
    /// Hurt or away before this day.
    pub available: Day,
    pub last_pitched: Day,
    /// Pitched the day before, too.
    pub tired: bool,
    pub bat: BatRates,
    pub arm: ArmRates,
    /// What his organisation gets wrong about him this season, in points.
    pub opinion: f64,
    /// Since he came to this circuit, this season.
    pub here: (Batting, Pitching),
    /// This season, level by level.
    pub lines: Vec<LevelLine>,
    /// Seasons as a professional.
    pub seasons: u32,
    /// Major-league debut.
    pub debut: Option<Day>,
    /// In the majors since this day.
    pub majors_since: Option<Day>,
    /// Major-league plate appearances and outs so far: whether he still is a prospect.
    pub majors_pa: u32,
    pub majors_outs: u32,
    /// What was drafted, or signed for.
    pub draft: Option<Draft>,
    pub bonus: Option<i32>,
    pub drafted_by: Option<u8>,
}

/// A draft pick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draft {
    pub round: i32,
    pub pick: i32,
}

/// A major-league regular.
pub const MAJOR_PAR: f64 = 50.0;
/// Good enough for a look.
const LOOK: f64 = 43.6;

impl Career {
    /// Before his first day.
    pub fn new(person: Person) -> Career {
        let org = person.org;
        Career {
            person,
            status: Status::Waiting,
            circuit: Circuit::Complex,
            org,
            affiliate: 0,
            available: 0,
            last_pitched: 0,
            tired: false,
            bat: BatRates::default(),
            arm: ArmRates::default(),
            opinion: 0.0,
            here: Default::default(),
            lines: Vec::new(),
            seasons: 0,
            debut: None,
            majors_since: None,
            majors_pa: 0,
            majors_outs: 0,
            draft: None,
            bonus: None,
            drafted_by: None,
        }
    }

    /// Joins the professionals.
    pub fn join(&mut self, year: i32) {
        self.status = Status::Minors;
        let p = &self.person;
        let ability = p.peak() - p.shortfall(p.debut);
        self.circuit = match p.way {
            Way::International if p.age(p.debut) < 19.0 => Circuit::Dominican,
            Way::International => Circuit::Complex,
            Way::HighSchool => Circuit::Complex,
            // Collegians skip the back fields as far as they can.
            Way::College if ability > Circuit::A.par() || p.promise > 46.0 => Circuit::A,
            Way::College if ability < Circuit::Complex.par() => Circuit::Complex,
            Way::College => Circuit::ShortSeason,
        };
        if self.circuit == Circuit::ShortSeason && year >= super::calendar::REFORM {
            self.circuit = Circuit::A;
        }
    }

    /// Opens a season: form, opinion, a clean sheet.
    pub fn open_season(&mut self, seed: u64, year: i32, affiliates: u32) {
        let mut dice = Dice::new(seed, Purpose::Season, u64::from(self.person.number), year as u64);
        self.opinion = 2.5 * dice.bell();
        self.lines.clear();
        self.last_pitched = 0;
        self.tired = false;
        // One in eleven misses a part of the season before it begins; a torn elbow costs a pitcher a year or more.
        let torn = self.person.arm.is_some() && dice.chance(0.035);
        if torn {
            self.available = self.available.max(day(year, 4, 1) + dice.between(150, 420));
        } else if dice.chance(0.09) {
            self.available = self.available.max(day(year, 4, 1) + dice.between(10, 110));
        }
        let affiliate = dice.below(affiliates);
        self.settle(affiliate, day(year, 4, 1));
    }

    /// Arrives at a club.
    pub fn settle(&mut self, affiliate: u32, today: Day) {
        self.affiliate = affiliate;
        self.here = Default::default();
        self.refresh(today);
    }

    /// Brings the rates up to date: he grows during the season.
    pub fn refresh(&mut self, today: Day) {
        let par = self.circuit.par();
        self.bat = BatRates::of(&self.person, today, par).unwrap_or_default();
        self.arm = ArmRates::of(&self.person, today, par).unwrap_or_default();
    }

    /// This season's line at his level.
    pub fn line(&mut self) -> &mut LevelLine {
        let level = self.circuit.level();
        let at = match self.lines.iter().position(|l| l.level == level) {
            Some(at) => at,
            None => {
                let circuit = self.circuit;
                self.lines.push(LevelLine {
                    level,
                    circuit,
                    bat: Batting::default(),
                    arm: Pitching::default(),
                });
                self.lines.len() - 1
            }
        };
        &mut self.lines[at]
    }

    /// How good his organisation takes him to be today: what he is, what they believe, and what he did here.
    /// `means` are the circuit's wOBA and FIP this season.
    pub fn estimate(&self, today: Day, means: (f64, f64)) -> f64 {
        let p = &self.person;
        let truth = p.peak() - p.shortfall(today);
        let mut estimate = truth + self.opinion;
        let par = self.circuit.par();
        let (bat, arm) = &self.here;
        if let (Some(woba), Some(peak_bat)) = (bat.woba(), p.peak_bat()) {
            let glove = p.peak() - peak_bat;
            let seen = par + (woba - means.0) / 0.0070 + if p.is_two_way() { 0.0 } else { glove };
            let n = f64::from(bat.pa);
            estimate = (estimate * 320.0 + seen * n) / (320.0 + n);
        }
        if let Some(fip) = arm.fip() {
            let seen = par + (means.1 - fip) / 0.10 - if p.arm.is_some_and(|a| a.starter) { 0.0 } else { 3.0 };
            let n = f64::from(arm.bf);
            estimate = (estimate * 320.0 + seen * n) / (320.0 + n);
        }
        estimate
    }

    /// Enough games here to be judged.
    fn has_sample(&self) -> bool {
        let need = if self.circuit.is_full_season() { 190 } else { 110 };
        let relief = self.person.arm.is_some_and(|a| !a.starter);
        self.here.0.pa >= need || self.here.1.bf >= if relief { need / 2 } else { need }
    }

    /// The weekly look: up, down, or to the majors. Returns whether he moved.
    pub fn weekly(&mut self, seed: u64, year: i32, today: Day, means: (f64, f64), affiliates: u32) -> bool {
        let mut dice = Dice::new(seed, Purpose::Season, u64::from(self.person.number), today as u64);
        if today < self.available {
            return false;
        }
        let estimate = self.estimate(today, means);
        let (opening, _) = super::majors::season(year);
        if self.circuit >= Circuit::AA && (day(year, 4, 15).max(opening)..day(year, 9, 20)).contains(&today) {
            let over = estimate - LOOK;
            let september = today >= day(year, 8, 30);
            let chance = match (self.circuit, self.debut.is_some()) {
                (Circuit::AAA, _) if over > 0.0 => 0.045 + 0.02 * over,
                (Circuit::AAA, true) if over > -2.5 => 0.06,
                (Circuit::AAA, false) if over > -1.5 && september => 0.10,
                (Circuit::AA, _) if over > 4.0 && self.has_sample() => 0.02 + 0.01 * over,
                _ => 0.0,
            };
            if dice.chance(chance.min(0.4)) {
                self.status = Status::Majors;
                self.majors_since = Some(today + 1);
                self.debut.get_or_insert(today + 1);
                return true;
            }
        }
        if !self.has_sample() {
            return false;
        }
        let over = estimate - self.circuit.par();
        let next = if over > 2.2 && dice.chance(0.16 + 0.02 * over) {
            self.circuit.up(year)
        } else if over < -7.0 && dice.chance(0.04) {
            // Only clubs that are in season take somebody.
            self.circuit.down(year).filter(|c| c.is_full_season())
        } else {
            None
        };
        let open = |c: &Circuit| {
            super::calendar::season_of(*c, year).is_some_and(|s| s.opening <= today && today + 12 < s.last)
        };
        let Some(next) = next.filter(open) else { return false };
        // A boy of the Dominican league does not leave in mid-season.
        if self.circuit == Circuit::Dominican {
            return false;
        }
        self.circuit = next;
        let affiliate = dice.below(affiliates);
        self.settle(affiliate, today);
        true
    }

    /// After a season: release, promotion, demotion. `played` is false in a year without games.
    pub fn winter(&mut self, seed: u64, year: i32, means: (f64, f64), played: bool) {
        let mut dice = Dice::new(seed, Purpose::Winter, u64::from(self.person.number), year as u64);
        let today = day(year, 10, 15);
        let estimate = self.estimate(today, means);
        self.seasons += 1;
        let p = &self.person;
        let age = p.age(day(year + 1, 4, 1));
        let outlook = estimate + 0.85 * p.shortfall(today);
        if self.status == Status::Majors {
            // Up to stay, down again, or out of the game.
            let stays = estimate + 1.2 * dice.bell();
            self.majors_since = None;
            if stays < LOOK - 1.5 {
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
        if self.seasons <= 1 {
            release *= 0.75;
        }
        release += match age {
            a if a >= 33.0 => 0.45,
            a if a >= 30.0 => 0.28,
            a if a >= 27.0 && self.circuit < Circuit::AAA => 0.25,
            a if a >= 25.5 && outlook < LOOK + 1.5 => 0.26,
            a if a >= 24.5 && outlook < LOOK => 0.12,
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
        let over = estimate + 0.5 * (p.shortfall(today) - p.shortfall(day(year + 1, 7, 1))) - self.circuit.par();
        let next_year = year + 1;
        let step = if over > 5.5 && dice.chance(0.5) {
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
            self.opinion = 2.5 * dice.bell();
            self.winter(seed, year, (0.0, 0.0), true);
            let up = self.circuit == Circuit::AAA && self.estimate(day(year, 10, 15), (0.0, 0.0)) > LOOK + 1.0;
            if self.status != Status::Minors || up {
                return false;
            }
        }
        true
    }

    /// Seen every day at his club.
    pub fn is_on_club(&self, today: Day) -> bool {
        self.status == Status::Minors && self.available <= today && self.person.debut <= today
    }
}
