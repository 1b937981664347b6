//! One plate appearance: how it ends between this batter and this pitcher.

use super::calendar::Day;
use super::circuit::Environment;
use super::person::{Hand, Person};
use dynasty_numbers::dice::Dice;

/// A batter against the average of his circuit.
#[derive(Clone, Copy, Debug, Default)]
pub struct BatRates {
    pub k: f64,
    pub bb: f64,
    pub hr: f64,
    pub babip: f64,
    pub double: f64,
    pub triple: f64,
    pub ground: f64,
    /// Attempts per chance to steal, and how often they succeed.
    pub steal: f64,
    pub safe: f64,
}

/// A pitcher against the average of his circuit.
#[derive(Clone, Copy, Debug, Default)]
pub struct ArmRates {
    pub k: f64,
    pub bb: f64,
    pub hr: f64,
    pub babip: f64,
    pub ground: f64,
}

impl BatRates {
    /// A prospect on a day, where an ordinary player has the ability `par`.
    pub fn of(person: &Person, today: Day, par: f64) -> Option<BatRates> {
        let bat = person.bat.as_ref()?;
        let below = person.below(today) + par;
        let grade = |peak: f64| ((peak - below) / 10.0).clamp(-3.0, 3.0);
        // Legs are there from the beginning.
        let legs = (bat.speed - 50.0) / 10.0;
        let mut rates = BatRates::from_grades(grade(bat.hit), grade(bat.power), grade(bat.eye), legs);
        rates.k += bat.whiff;
        rates.bb += bat.patience;
        rates.ground = bat.ground;
        Some(rates)
    }

    /// From hit, power and eye against the average, and speed against a major-league regular, in steps of ten points.
    pub fn from_grades(hit: f64, power: f64, eye: f64, legs: f64) -> BatRates {
        BatRates {
            k: -0.046 * hit - 0.012 * eye,
            bb: 0.026 * eye + 0.006 * power,
            hr: if power > 0.0 {
                1.0 + 0.60 * power
            } else {
                (1.0 + 0.50 * power).max(0.10)
            },
            babip: 0.017 * hit + 0.006 * legs,
            double: (1.0 + 0.12 * power).max(0.4),
            triple: (1.0 + 0.6 * legs).max(0.1),
            ground: 0.0,
            steal: (0.112 + 0.095 * legs + if legs > 1.0 { 0.05 * (legs - 1.0) } else { 0.0 }).clamp(0.004, 0.45),
            safe: (0.70 + 0.05 * legs).clamp(0.4, 0.88),
        }
    }

    /// Somebody who is nobody's prospect.
    pub fn anybody(dice: &mut Dice) -> BatRates {
        let (hit, power, eye) = (0.35 * dice.bell(), 0.6 * dice.bell(), 0.4 * dice.bell());
        BatRates::from_grades(hit, power, eye, 0.8 * dice.bell() - 0.2)
    }

    /// A rough order of merit, for the batting order.
    pub fn merit(&self) -> f64 {
        self.bb - 0.6 * self.k + 0.055 * self.hr + self.babip
    }
}

impl ArmRates {
    /// A prospect on a day, where an ordinary player has the ability `par`.
    pub fn of(person: &Person, today: Day, par: f64) -> Option<ArmRates> {
        let arm = person.arm.as_ref()?;
        let below = person.below(today) + par;
        let grade = |peak: f64| ((peak - below) / 10.0).clamp(-3.0, 3.0);
        let mut rates = ArmRates::from_grades(grade(arm.stuff), grade(arm.control));
        rates.ground = arm.ground;
        rates.hr *= (1.0 - 2.0 * arm.ground).max(0.5);
        Some(rates)
    }

    /// From stuff and control against the average, in steps of ten points.
    pub fn from_grades(stuff: f64, control: f64) -> ArmRates {
        ArmRates {
            k: 0.045 * stuff + 0.004 * control,
            bb: -0.026 * control,
            hr: (1.0 - 0.17 * stuff - 0.09 * control).max(0.3),
            babip: -0.008 * stuff,
            ground: 0.0,
        }
    }

    /// Somebody who is nobody's prospect.
    pub fn anybody(dice: &mut Dice) -> ArmRates {
        let (stuff, control) = (0.45 * dice.bell(), 0.45 * dice.bell());
        ArmRates::from_grades(stuff, control)
    }
}

/// The kind of a batted ball.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ball {
    Ground,
    Line,
    Fly,
    Pop,
}

/// How a plate appearance ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Strikeout,
    Walk,
    HitByPitch,
    HomeRun,
    /// One, two or three bases.
    Hit(u8, Ball),
    Out(Ball),
    Error(Ball),
}

/// The stage two players meet on.
#[derive(Clone, Copy)]
pub struct Stage<'a> {
    pub environment: &'a Environment,
    /// What the park does to home runs.
    pub park: f64,
}

/// Whether the batter sees the ball well: he bats from the other side.
fn platoon(bats: Hand, throws: Hand) -> f64 {
    match (bats, throws) {
        (Hand::Left, Hand::Left) => -1.4,
        (Hand::Right, Hand::Right) => -0.35,
        (Hand::Left, _) | (Hand::Right, _) => 0.8,
        (Hand::Switch, _) => 0.3,
    }
}

/// Draws the outcome.
pub fn plate_appearance(
    stage: Stage<'_>,
    (bat, bats): (&BatRates, Hand),
    (arm, throws): (&ArmRates, Hand),
    dice: &mut Dice,
) -> Outcome {
    let environment = stage.environment;
    let edge = platoon(bats, throws);
    let k = (environment.k + bat.k + arm.k - 0.009 * edge).clamp(0.03, 0.55);
    let bb = (environment.bb + bat.bb + arm.bb + 0.005 * edge).clamp(0.012, 0.30);
    let hbp = environment.hbp;
    let u = dice.unit();
    if u < k {
        return Outcome::Strikeout;
    }
    if u < k + bb {
        return Outcome::Walk;
    }
    if u < k + bb + hbp {
        return Outcome::HitByPitch;
    }
    let hr = (environment.hr * bat.hr * arm.hr * stage.park * (1.0 + 0.06 * edge)).clamp(0.001, 0.16);
    if dice.chance(hr) {
        return Outcome::HomeRun;
    }
    let babip = (environment.babip + bat.babip + arm.babip + 0.007 * edge).clamp(0.20, 0.43);
    let shift = bat.ground + arm.ground;
    let v = dice.unit();
    if dice.chance(babip) {
        let triple = environment.triple * bat.triple;
        let u = dice.unit();
        if u < triple {
            return Outcome::Hit(3, if v < 0.6 { Ball::Fly } else { Ball::Line });
        }
        if u < triple + environment.double * bat.double {
            let ball = if v < 0.12 {
                Ball::Ground
            } else if v < 0.70 {
                Ball::Line
            } else {
                Ball::Fly
            };
            return Outcome::Hit(2, ball);
        }
        let ball = if v < 0.47 + shift {
            Ball::Ground
        } else if v < 0.88 {
            Ball::Line
        } else {
            Ball::Fly
        };
        return Outcome::Hit(1, ball);
    }
    let ground = (0.485 + shift).clamp(0.2, 0.75);
    let ball = if v < ground {
        Ball::Ground
    } else {
        let w = (v - ground) / (1.0 - ground);
        if w < 0.17 {
            Ball::Line
        } else if w < 0.80 {
            Ball::Fly
        } else {
            Ball::Pop
        }
    };
    if dice.chance(environment.error) {
        Outcome::Error(ball)
    } else {
        Outcome::Out(ball)
    }
}

/// Pitches and strikes of a plate appearance.
pub fn pitches(outcome: Outcome, dice: &mut Dice) -> (u8, u8) {
    let extra = |dice: &mut Dice, p: f64, most: u8| {
        let mut n = 0;
        while n < most && dice.chance(p) {
            n += 1;
        }
        n
    };
    match outcome {
        Outcome::Strikeout => {
            let (balls, fouls) = (extra(dice, 0.56, 3), extra(dice, 0.33, 5));
            (3 + balls + fouls, 3 + fouls)
        }
        Outcome::Walk => {
            let strikes = extra(dice, 0.66, 2) + extra(dice, 0.22, 4);
            (4 + strikes, strikes)
        }
        Outcome::HitByPitch => {
            let strikes = extra(dice, 0.5, 2);
            (1 + strikes + extra(dice, 0.45, 3), strikes)
        }
        _ => {
            let (balls, strikes) = (extra(dice, 0.58, 3), extra(dice, 0.60, 2) + extra(dice, 0.27, 4));
            (1 + balls + strikes, 1 + strikes)
        }
    }
}
