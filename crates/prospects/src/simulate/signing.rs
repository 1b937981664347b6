//! The people of a league, and what their classes were drafted and paid.

use super::career::{Career, Draft, Status};
use super::clubs::ORGANISATIONS;
use super::person::{Person, Way, first_season};
use dynasty_numbers::dice::{Dice, Purpose};

/// Years before the first season from which careers are taken over.
const EARLIER: i32 = 6;

/// Draws everybody: most sign in the seasons of the league, some are in the middle of their career when it begins.
pub fn recruit(seed: u64, prospects: u32, first: i32, last: i32, affiliates: u32) -> Vec<Career> {
    // Of the classes before, those are left who were not released: fewer the longer ago.
    let mut years: Vec<(i32, u32)> = (first..=last).map(|year| (year, 100)).collect();
    years.extend((1..=EARLIER).map(|ago| (first - ago, [62, 44, 31, 21, 13, 7][ago as usize - 1])));
    let mut careers: Vec<Career> = (0..prospects)
        .map(|number| {
            let mut dice = Dice::new(seed, Purpose::Before, u64::from(number), 0);
            let signed = *dice.weighted(&years);
            for attempt in 0..40 {
                let person = Person::draw(seed, number, attempt, signed);
                if first_season(&person) > last {
                    continue;
                }
                let mut career = Career::new(person);
                if career.live_until(seed, first) {
                    return career;
                }
            }
            Career::new(Person::draw(seed, number, 40, first))
        })
        .collect();
    for year in first - EARLIER - 1..=last {
        draft(seed, year, affiliates, &mut careers);
    }
    careers
}

/// Selections in a draft.
fn selections(year: i32) -> u32 {
    match year {
        ..=1964 => 0,
        1965..=2011 => 1500,
        2012..=2019 => 1215,
        2020 => 160,
        _ => 614,
    }
}

/// What a pick is paid, in thousands, in the prices of 2020: points on the slot curve.
const SLOTS: [(f64, f64); 13] = [
    (1.0, 8400.0),
    (2.0, 7700.0),
    (5.0, 6100.0),
    (10.0, 4700.0),
    (20.0, 3200.0),
    (30.0, 2400.0),
    (50.0, 1500.0),
    (75.0, 880.0),
    (100.0, 600.0),
    (150.0, 380.0),
    (200.0, 270.0),
    (300.0, 165.0),
    (600.0, 90.0),
];

fn slot(pick: f64) -> f64 {
    for pair in SLOTS.windows(2) {
        let ((a, x), (b, y)) = (pair[0], pair[1]);
        if pick <= b {
            return x + (y - x) * (pick - a) / (b - a);
        }
    }
    // Late picks get what is left.
    if pick <= 900.0 { 60.0 } else { 15.0 }
}

/// The draft and the signings of a year, best first.
fn draft(seed: u64, year: i32, affiliates: u32, careers: &mut [Career]) {
    let class = |way: fn(Way) -> bool, careers: &[Career]| {
        let mut class: Vec<usize> = (0..careers.len())
            .filter(|i| careers[*i].person.signed == year && way(careers[*i].person.way))
            .collect();
        class.sort_by(|a, b| {
            let promise = |i: &usize| careers[*i].person.promise;
            promise(b).total_cmp(&promise(a)).then(a.cmp(b))
        });
        class
    };
    let drafted = class(|way| way != Way::International, careers);
    let international = class(|way| way == Way::International, careers);
    // Bonuses grew by four percent a year.
    let prices = (1.0 + 0.04 * f64::from(year - 2020)).max(0.02);
    let picks = selections(year);
    let capacity = (picks * affiliates) as usize;
    // One in ten of those who sign was passed over by all, more when the draft was short.
    let chosen = (drafted.len() * 9 / 10).min(capacity);
    for (rank, &i) in drafted.iter().enumerate() {
        let mut dice = Dice::new(seed, Purpose::Person, u64::from(careers[i].person.number), u64::MAX);
        let career = &mut careers[i];
        career.drafted_by = Some(career.person.org);
        if rank < chosen {
            // The others of the class are not followed here: the ranks are spread over all picks, each over his own
            // stretch of them, so that a pick is made once (where one draft is enough for the league).
            let stretch = |rank: usize| (rank as u64 * u64::from(picks) / chosen as u64) as u32;
            let from = stretch(rank);
            let pick = from + dice.below((stretch(rank + 1) - from).max(1)) + 1;
            let round = ((pick - 1) / ORGANISATIONS + 1) as i32;
            career.draft = Some(Draft {
                round,
                pick: pick as i32,
            });
            let dollars = 1000.0 * slot(f64::from(pick)) * prices * (0.75 + 0.5 * dice.unit());
            career.bonus = Some(whole(dollars));
        } else {
            let most = if year == 2020 { 20_000.0 } else { 25_000.0 };
            career.bonus = dice.chance(0.7).then(|| whole(most * dice.unit().max(0.1) * prices));
        }
    }
    for (rank, &i) in international.iter().enumerate() {
        let mut dice = Dice::new(seed, Purpose::Person, u64::from(careers[i].person.number), u64::MAX);
        // A few millionaires, many for the price of a car.
        let share = (rank as f64 + dice.unit()) / international.len() as f64;
        let rest = 1.0 - share;
        let curve = rest * rest * rest * rest;
        let dollars = 10_000.0 + 90_000.0 * rest + 3_600_000.0 * curve * curve * curve;
        careers[i].bonus = dice
            .chance(0.85)
            .then(|| whole(dollars * prices * (0.6 + 0.8 * dice.unit())));
    }
}

/// Dollars as they are announced.
fn whole(dollars: f64) -> i32 {
    let step = if dollars > 100_000.0 { 2_500.0 } else { 500.0 };
    ((dollars / step + 0.5) as i32).max(1) * step as i32
}

/// Whether somebody was ever drafted, for the columns of the draft.
pub fn draft_year(career: &Career) -> Option<i32> {
    career.draft.map(|_| career.person.signed)
}

/// Whether he still plays.
pub fn is_active(career: &Career) -> bool {
    matches!(career.status, Status::Minors | Status::Majors)
}
