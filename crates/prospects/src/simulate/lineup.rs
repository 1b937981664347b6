//! Who plays today: the batting order, the starter, and who sits in the pen.

use super::calendar::Day;
use super::career::Career;
use super::circuit::Circuit;
use super::lines::{BattingLine, PitchingLine};
use super::side::{Batter, Pitcher, Side};
use dynasty_numbers::dice::Dice;

/// The prospects of a club.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    pub hitters: Vec<u32>,
    pub arms: Vec<u32>,
}

impl Roster {
    /// Nobody of ours is here.
    pub fn is_empty(&self) -> bool {
        self.hitters.is_empty() && self.arms.is_empty()
    }
}

/// What the manager has to know.
#[derive(Clone, Copy)]
pub struct Today {
    pub day: Day,
    pub year: i32,
    pub circuit: Circuit,
    /// 2 for the second game of a doubleheader.
    pub game_number: u8,
    /// Spring games are for looking at people: few play, and not for long.
    pub spring: bool,
}

/// The merit of somebody ordinary (see `BatRates::merit`).
const ORDINARY: f64 = 0.055;

/// Fills a side for a game.
pub fn fill(side: &mut Side, roster: &Roster, careers: &[Career], today: Today, dice: &mut Dice) {
    side.clear();
    let starter = mound(side, roster, careers, today, dice);
    let mut ready: Vec<(f64, u32)> = Vec::new();
    for &i in &roster.hitters {
        let career = &careers[i as usize];
        if !career.is_on_club(today.day) {
            continue;
        }
        let merit = career.bat.merit();
        let mut play = match career.person.position {
            "C" => 0.60,
            _ => 0.885,
        };
        play = (play + 0.9 * (merit - ORDINARY)).clamp(0.35, 0.965);
        if today.game_number == 2 {
            play *= if career.person.position == "C" { 0.55 } else { 0.90 };
        }
        if today.spring {
            play = 0.35;
        }
        if career.person.is_two_way() {
            // The day he pitches he hits for himself; in between he rests more than others.
            play = if starter == Some(i) { 0.9 } else { 0.7 * play };
        }
        let batter = batter(career);
        if dice.chance(play) {
            ready.push((merit + 0.02 * dice.bell(), i));
        } else if dice.chance(0.5) {
            side.bench.push(batter);
        }
    }
    ready.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    for (_, i) in ready
        .drain(..ready.len().saturating_sub(9).min(ready.len()))
        .collect::<Vec<_>>()
    {
        // More prospects than places: somebody of the better ones gets the day off.
        side.bench.push(batter(&careers[i as usize]));
    }
    side.batters
        .extend(ready.iter().map(|(_, i)| batter(&careers[*i as usize])));
    while side.batters.len() < 9 {
        side.batters.push(Batter::anybody(dice));
    }
    let mut order: Vec<(f64, Batter)> = side
        .batters
        .iter()
        .map(|b| (b.rates.merit() + 0.015 * dice.bell(), *b))
        .collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.player.cmp(&b.1.player)));
    // The best hit second, third, first and fourth.
    const SLOTS: [usize; 9] = [2, 1, 3, 0, 4, 5, 6, 7, 8];
    for (slot, (_, batter)) in SLOTS.iter().zip(order) {
        side.batters[*slot] = batter;
    }
}

fn batter(career: &Career) -> Batter {
    let p = &career.person;
    Batter {
        player: p.number,
        bats: p.bats,
        rates: career.bat,
        line: BattingLine::default(),
    }
}

/// Starter and pen; returns the starter if he is one of ours.
fn mound(side: &mut Side, roster: &Roster, careers: &[Career], today: Today, dice: &mut Dice) -> Option<u32> {
    let mut rotation: Vec<(Day, u32)> = Vec::new();
    let mut pen: Vec<u32> = Vec::new();
    for &i in &roster.arms {
        let career = &careers[i as usize];
        let rest = today.day - career.last_pitched;
        if !career.is_on_club(today.day) || rest < 1 || (today.spring && !dice.chance(0.3)) {
            continue;
        }
        if career.person.arm.is_some_and(|a| a.starter) {
            if rest >= 6 || (rest == 5 && dice.chance(0.55)) {
                rotation.push((career.last_pitched, i));
            }
        } else if (rest >= 2 || (!career.tired && dice.chance(0.3))) && dice.chance(0.56) {
            pen.push(i);
        }
    }
    rotation.sort_unstable();
    let starter = rotation.first().map(|(_, i)| *i);
    let first = match starter {
        Some(i) => pitcher(
            &careers[i as usize],
            starter_limit(&careers[i as usize], today, dice),
            0,
        ),
        None => {
            let mut anybody = Pitcher::anybody(0, dice);
            anybody.limit = (f64::from(55 + 3 * today.circuit as u8) + 9.0 * dice.bell()) as u8;
            anybody
        }
    };
    side.pitchers.push(Pitcher {
        line: PitchingLine {
            gs: 1,
            ..PitchingLine::default()
        },
        ..first
    });

    // A starter too many comes in behind the first one.
    let piggyback = rotation
        .get(1)
        .filter(|(last, _)| today.day - last >= 7)
        .map(|(_, i)| *i);
    // The hardest thrower of those ready closes.
    let closer = pen
        .iter()
        .copied()
        .max_by(|a, b| {
            let k = |i: &u32| careers[*i as usize].arm.k;
            k(a).total_cmp(&k(b)).then(b.cmp(a))
        })
        .filter(|_| dice.chance(0.8));
    let relief = relief_outs(today.circuit);
    for &i in pen.iter().filter(|i| Some(**i) != closer) {
        let job = relief.saturating_sub(1) + dice.below(3) as u8;
        side.pen
            .push(pitcher(&careers[i as usize], 30 + dice.below(12) as u8, job));
    }
    // The pen has others too, and nobody's prospect is not last in line.
    while side.pen.len() < 4 {
        side.pen.push(Pitcher::anybody(relief, dice));
    }
    for i in (1..side.pen.len()).rev() {
        side.pen.swap(i, dice.below(i as u32 + 1) as usize);
    }
    if let Some(i) = piggyback {
        side.pen.push(pitcher(&careers[i as usize], 55, 12));
    }
    side.closer = closer.map(|i| pitcher(&careers[i as usize], 40, 3));
    starter
}

/// Outs an ordinary reliever is asked for.
pub fn relief_outs(circuit: Circuit) -> u8 {
    if circuit.is_complex() {
        5
    } else if circuit < Circuit::AA {
        4
    } else {
        3
    }
}

fn starter_limit(career: &Career, today: Today, dice: &mut Dice) -> u8 {
    if today.spring {
        return 35;
    }
    let stamina = career.person.arm.map_or(50.0, |a| a.stamina);
    let base = [48.0, 50.0, 58.0, 64.0, 69.0, 73.0, 74.0][today.circuit as usize];
    // Starters went deeper into games then.
    let era = 11.0 * (1.0 - f64::from((today.year - 2010).clamp(0, 12)) / 12.0);
    let era = if today.circuit.is_full_season() { era } else { 0.0 };
    (base + era + 0.5 * (stamina - 50.0) + 8.0 * dice.bell()).clamp(30.0, 110.0) as u8
}

fn pitcher(career: &Career, limit: u8, job: u8) -> Pitcher {
    let p = &career.person;
    Pitcher {
        player: p.number,
        throws: p.throws,
        rates: career.arm,
        line: PitchingLine::default(),
        limit,
        job,
        lead_in: 0,
        lead_out: 0,
    }
}
