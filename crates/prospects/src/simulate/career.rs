//! Where a prospect stands, how his organisation sees him, and what it does with him.

use super::calendar::{Day, day};
use super::circuit::Circuit;
use super::lines::{Batting, Pitching};
use super::matchup::{ArmRates, BatRates};
use super::person::{Person, Way};
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
    /// How a season goes for him beyond what he is, in points: a sore wrist, a new grip, a good year.
    pub form: f64,
    /// How open the way to the majors is this season: somebody may stand in it.
    pub door: f64,
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
pub(super) const LOOK: f64 = 43.6;
/// How far an organisation is off about its own players, in points: one standard deviation of a season's.
pub(super) const OPINION: f64 = 4.5;
/// How far a season strays from what somebody is, in points: one standard deviation.
const FORM: f64 = 6.0;
/// Plate appearances (or outs) after which an organisation knows what somebody is in the majors.
const PROVEN: f64 = 400.0;

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
            form: 0.0,
            door: 1.0,
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
        let ability = p.peak() - p.below(p.debut);
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
        self.opinion = OPINION * dice.bell();
        self.form = FORM * dice.bell();
        self.door = if dice.chance(0.55) { 0.15 } else { 1.0 };
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
        let par = self.circuit.par() - self.form;
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
        let truth = p.peak() - p.below(today);
        let proven = (f64::from(self.majors_pa + self.majors_outs) / PROVEN).min(1.0);
        let mut estimate = truth + self.opinion + proven * p.fate.in_the_majors;
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
        if self.circuit >= Circuit::HighA && (day(year, 4, 15).max(opening)..day(year, 9, 20)).contains(&today) {
            let over = estimate - LOOK;
            let september = today >= day(year, 8, 30);
            let chance = match (self.circuit, self.debut.is_some()) {
                (Circuit::AAA, _) if over > 0.0 => 0.014 + 0.005 * over,
                (Circuit::AAA, true) if over > -2.5 => 0.045,
                (Circuit::AAA, false) if over > -1.5 && september => 0.05,
                // Somebody is hurt, and he is the one at hand.
                (Circuit::AAA, _) if over > -5.0 => 0.004,
                (Circuit::AA, _) if over > -1.0 => 0.03 + 0.015 * (over + 1.0),
                (Circuit::HighA, _) if over > 0.0 => 0.03 + 0.015 * over,
                _ => 0.0,
            };
            if dice.chance(self.door * chance.min(0.4)) {
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
        let next = if over > 3.5 && dice.chance(0.10 + 0.02 * over) {
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

    /// Seen every day at his club.
    pub fn is_on_club(&self, today: Day) -> bool {
        self.status == Status::Minors && self.available <= today && self.person.debut <= today
    }
}
