//! Who a prospect is: role, talent, body, birth, and how he came into professional ball.

use super::calendar::{self, Day, REFORM, day};
use super::fate::Fate;
use super::names::{Country, DRAFTED, INTERNATIONAL};
use dynasty_numbers::dice::{Dice, Purpose};

/// The side somebody bats or throws from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    Left,
    Right,
    /// Bats from both sides.
    Switch,
}

impl Hand {
    /// The letter of the tables.
    pub fn letter(self) -> &'static str {
        match self {
            Hand::Left => "L",
            Hand::Right => "R",
            Hand::Switch => "S",
        }
    }
}

/// How he signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    International,
    HighSchool,
    College,
}

/// Peak ability of a hitter, 20-80 (a major-league regular is 50).
#[derive(Clone, Copy, Debug, Default)]
pub struct Bat {
    pub hit: f64,
    pub power: f64,
    pub raw: f64,
    pub eye: f64,
    pub speed: f64,
    pub field: f64,
    pub arm: f64,
    /// Swing and miss beyond the hit tool: a share of plate appearances.
    pub whiff: f64,
    /// Patience beyond the eye: a share of plate appearances.
    pub patience: f64,
    /// Ground balls beyond the usual: a share of batted balls.
    pub ground: f64,
}

/// Peak ability of a pitcher.
#[derive(Clone, Copy, Debug, Default)]
pub struct Arm {
    pub stuff: f64,
    pub control: f64,
    pub stamina: f64,
    /// Ground balls beyond the usual: a share of batted balls.
    pub ground: f64,
    pub starter: bool,
}

/// A prospect as he is born: nothing here ever changes.
#[derive(Clone, Debug)]
pub struct Person {
    pub number: u32,
    pub position: &'static str,
    pub bats: Hand,
    pub throws: Hand,
    pub height: i32,
    pub weight: i32,
    pub country: Country,
    pub birth: Day,
    pub way: Way,
    /// The year he signed (the year of his draft).
    pub signed: i32,
    /// His first day as a player.
    pub debut: Day,
    pub bat: Option<Bat>,
    pub arm: Option<Arm>,
    /// The age at which he is best.
    pub peak_age: f64,
    /// Points a tool gains per year on the way up.
    pub growth: f64,
    /// What becomes of it all the same.
    pub fate: Fate,
    /// How good scouts took him to be when he signed: talent and their error.
    pub promise: f64,
    pub org: u8,
}

const PREMIUM: [(&str, f64, f64); 11] = [
    // position, what the glove is worth in points of ability, hitting given up for it
    ("C", 4.0, -3.0),
    ("SS", 4.0, -1.5),
    ("CF", 2.5, -0.5),
    ("2B", 1.5, -0.5),
    ("3B", 1.0, 0.0),
    ("IF", 0.0, -0.5),
    ("OF", -1.0, 0.0),
    ("RF", -1.5, 1.0),
    ("LF", -2.5, 1.0),
    ("1B", -3.5, 2.0),
    ("DH", -5.0, 3.0),
];

/// What a position adds to the value of a bat, in points of ability.
pub fn position_value(position: &str) -> f64 {
    PREMIUM
        .iter()
        .find(|(p, _, _)| *p == position)
        .map_or(0.0, |(_, value, _)| *value)
}

/// The mean of true peak talent among those who sign; a major-league regular is 50.
const TALENT: f64 = 36.5;
/// Its spread.
const SPREAD: f64 = 5.0;

/// Ability from which on another point takes two.
const STAR: f64 = 46.0;

impl Person {
    /// Draws a prospect who signs in a year. `attempt` tells apart several draws for one number.
    pub fn draw(seed: u64, number: u32, attempt: u32, signed: i32) -> Person {
        let mut dice = Dice::new(seed, Purpose::Person, u64::from(number), u64::from(attempt));
        let way = *dice.weighted(&[(Way::International, 31), (Way::HighSchool, 19), (Way::College, 50)]);
        let country = match way {
            Way::International => *dice.weighted(&INTERNATIONAL),
            _ => *dice.weighted(&DRAFTED),
        };
        // Collegians are closer to what they will be, and on the whole a little less gifted than boys who sign for a fortune.
        let gift = TALENT
            + SPREAD * dice.bell()
            + match way {
                Way::International => -1.5,
                Way::HighSchool => 2.0,
                Way::College => 0.0,
            };
        let two_way = dice.chance(0.004);
        let pitcher = !two_way && dice.chance(0.475);

        let bat = (!pitcher).then(|| draw_bat(&mut dice, gift));
        let arm = (pitcher || two_way).then(|| draw_arm(&mut dice, gift));
        let throws = match &bat {
            Some((position, _)) if matches!(*position, "1B" | "LF" | "RF" | "CF" | "OF" | "DH") => {
                *dice.weighted(&[(Hand::Left, 24), (Hand::Right, 76)])
            }
            Some(_) => Hand::Right,
            None => *dice.weighted(&[(Hand::Left, 27), (Hand::Right, 73)]),
        };
        let bats = match (throws, pitcher) {
            (Hand::Left, true) => *dice.weighted(&[(Hand::Left, 88), (Hand::Right, 10), (Hand::Switch, 2)]),
            (Hand::Left, false) => *dice.weighted(&[(Hand::Left, 93), (Hand::Right, 3), (Hand::Switch, 4)]),
            (_, true) => *dice.weighted(&[(Hand::Right, 91), (Hand::Left, 6), (Hand::Switch, 3)]),
            (_, false) => *dice.weighted(&[(Hand::Right, 66), (Hand::Left, 22), (Hand::Switch, 12)]),
        };
        let position = match (&bat, &arm) {
            (Some((position, _)), _) => position,
            (None, Some(arm)) => match (arm.starter, throws, dice.below(10)) {
                (_, Hand::Left, 0..=3) => "LHP",
                (_, Hand::Right, 0..=3) => "RHP",
                (true, _, _) => "SP",
                (false, _, 4) => "P",
                (false, _, _) => "RP",
            },
            (None, None) => "P",
        };
        let (height, weight) = body(&mut dice, position, bat.as_ref().map(|(_, b)| b.power));

        let (age, debut) = entry(&mut dice, way, country, signed);
        let birth = day(signed, 7, 2) - (age * 365.25) as i32;
        let peak_age = 26.8 + 1.2 * dice.bell();
        // Boys have further to go, and go faster.
        let growth = (1.30 + 0.25 * dice.bell()).max(0.6);
        let mut person = Person {
            number,
            position,
            bats,
            throws,
            height,
            weight,
            country,
            birth,
            way,
            signed,
            debut,
            bat: bat.map(|(_, bat)| bat),
            arm,
            peak_age,
            growth,
            fate: Fate::draw(seed, number, attempt, age),
            promise: 0.0,
            org: dice.below(super::clubs::ORGANISATIONS) as u8,
        };
        // The younger, the harder to see what he will be.
        let blur = match way {
            Way::International => 8.5,
            Way::HighSchool => 7.5,
            Way::College => 6.5,
        };
        person.promise = person.peak() + blur * dice.bell();
        person
    }

    /// Age on a day, in years.
    pub fn age(&self, today: Day) -> f64 {
        f64::from(today - self.birth) / 365.25
    }

    /// Points of ability that are still to come, or gone, on a day, if all goes as it usually does.
    pub fn shortfall(&self, today: Day) -> f64 {
        let age = self.age(today);
        if age < self.peak_age {
            // The last steps are the smallest.
            let years = self.peak_age - age;
            let curve = self.growth * years * (0.72 + 0.045 * years);
            if curve > 24.0 { 24.0 } else { curve }
        } else {
            let past = age - self.peak_age - 2.5;
            if past > 0.0 { 0.9 * past } else { 0.0 }
        }
    }

    /// Points of ability below his peak, as it was foreseen, on a day.
    pub fn below(&self, today: Day) -> f64 {
        let below = self.shortfall(today) - self.fate.at(self.age(today));
        // The higher, the more is needed for another step: opponents study a star.
        let above = self.peak() - below - STAR;
        if above > 0.0 { below + 0.5 * above } else { below }
    }

    /// What he will be at his peak, as far as it can be known on a day.
    pub fn outlook(&self, today: Day) -> f64 {
        self.peak() + self.fate.at(self.age(today))
    }

    /// What a bat alone is worth at its peak.
    pub fn peak_bat(&self) -> Option<f64> {
        self.bat.map(|b| 0.42 * b.hit + 0.32 * b.power + 0.26 * b.eye)
    }

    /// What an arm is worth at its peak.
    pub fn peak_arm(&self) -> Option<f64> {
        self.arm.map(|a| 0.55 * a.stuff + 0.45 * a.control)
    }

    /// Overall ability at the peak, with the glove.
    pub fn peak(&self) -> f64 {
        let bat = self.peak_bat().map(|bat| {
            let b = self.bat.unwrap_or_default();
            bat + 0.8 * position_value(self.position) + 0.16 * (b.field - 50.0) + 0.05 * (b.speed - 50.0)
        });
        // A reliever helps less.
        let arm = self.peak_arm().map(|arm| {
            if self.arm.is_some_and(|a| a.starter) {
                arm
            } else {
                arm - 3.0
            }
        });
        match (bat, arm) {
            (Some(bat), Some(arm)) => bat.max(arm),
            (Some(value), None) | (None, Some(value)) => value,
            (None, None) => 0.0,
        }
    }

    /// The first half of a two-way player's job is hitting: he is listed by his position in the field.
    pub fn is_two_way(&self) -> bool {
        self.bat.is_some() && self.arm.is_some()
    }
}

fn draw_bat(dice: &mut Dice, gift: f64) -> (&'static str, Bat) {
    let position = *dice.weighted(&[
        ("C", 14),
        ("SS", 17),
        ("2B", 10),
        ("3B", 10),
        ("1B", 9),
        ("CF", 12),
        ("LF", 7),
        ("RF", 9),
        ("OF", 8),
        ("IF", 3),
        ("DH", 1),
    ]);
    let lean = PREMIUM
        .iter()
        .find(|(p, _, _)| *p == position)
        .map_or(0.0, |(_, _, lean)| *lean);
    let (speed, field, arm) = match position {
        "C" => (36.0, 48.0, 54.0),
        "SS" => (54.0, 53.0, 54.0),
        "CF" => (60.0, 53.0, 50.0),
        "2B" => (52.0, 49.0, 44.0),
        "3B" => (45.0, 49.0, 54.0),
        "1B" | "DH" => (36.0, 44.0, 44.0),
        "RF" => (49.0, 48.0, 55.0),
        _ => (50.0, 47.0, 47.0),
    };
    let power = gift + 1.2 * lean + 7.5 * dice.bell();
    let bat = Bat {
        hit: gift + lean + 4.5 * dice.bell(),
        power,
        raw: power + 4.0 + 4.0 * dice.bell(),
        eye: gift + 0.5 * lean + 6.0 * dice.bell(),
        speed: (speed + 8.5 * dice.bell()).clamp(20.0, 80.0),
        field: (field + 0.25 * (gift - TALENT) + 6.5 * dice.bell()).clamp(20.0, 80.0),
        arm: (arm + 7.5 * dice.bell()).clamp(20.0, 80.0),
        // Those who swing for the fence miss more.
        whiff: 0.036 * dice.bell() + 0.0022 * (power - gift),
        patience: 0.015 * dice.bell(),
        ground: 0.05 * dice.bell() - 0.002 * (power - gift),
    };
    (position, bat)
}

fn draw_arm(dice: &mut Dice, gift: f64) -> Arm {
    let starter = dice.chance(0.52);
    let stuff = gift + if starter { 0.0 } else { 2.0 } + 5.0 * dice.bell();
    let control = gift + if starter { 1.5 } else { -2.5 } + 5.5 * dice.bell();
    Arm {
        stuff,
        control,
        stamina: (if starter { 50.0 } else { 30.0 } + 8.0 * dice.bell()).clamp(20.0, 80.0),
        ground: 0.055 * dice.bell(),
        starter,
    }
}

fn body(dice: &mut Dice, position: &str, power: Option<f64>) -> (i32, i32) {
    let mean = match position {
        "SS" | "2B" | "IF" => 71.6,
        "C" | "CF" => 72.2,
        "1B" | "DH" => 75.0,
        "3B" | "LF" | "RF" | "OF" => 73.2,
        _ => 74.6,
    };
    let height = (mean + 1.9 * dice.bell() + 0.5) as i32;
    let brawn = power.map_or(0.0, |power| 0.9 * (power - TALENT));
    let weight = 195.0 + 5.2 * (f64::from(height) - 73.0) + brawn + 13.0 * dice.bell();
    // The tail of the bell would sign short men no club would take.
    (height, (weight.max(140.0) + 0.5) as i32)
}

/// Age on July 2 of the year he signs, and his first day as a player.
fn entry(dice: &mut Dice, way: Way, country: Country, signed: i32) -> (f64, Day) {
    let draft_debut = if signed >= REFORM {
        day(signed, 7, 26)
    } else {
        day(signed, 7, 3)
    };
    match way {
        Way::International => {
            let age = if country.signs_late() && dice.chance(0.5) {
                19.0 + 4.0 * dice.unit()
            } else {
                16.0 + 1.9 * dice.unit() * dice.unit()
            };
            // To 2020 the signing period opened on July 2, too late for that year's games; since 2021 on January 15.
            let first = if signed >= REFORM { signed } else { signed + 1 };
            (age, day(first, 6, 1))
        }
        Way::HighSchool => (18.0 + 0.95 * dice.unit(), draft_debut),
        Way::College => (20.7 + 1.7 * dice.unit() + 0.6 * dice.unit(), draft_debut),
    }
}

/// The first season he can play in.
pub fn first_season(person: &Person) -> i32 {
    let (year, _, _) = calendar::civil(person.debut);
    if year == calendar::NO_SEASON { year + 1 } else { year }
}
