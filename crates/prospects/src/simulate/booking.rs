//! The scorer's book: what of a played game becomes rows, season lines, tired arms and injuries.

use super::calendar::Day;
use super::career::Career;
use super::lines::{Batting, Pitching};
use super::lineup::Today;
use super::rows::{GameRow, Missing};
use super::side::{NOBODY, Side};
use super::sink::Sink;
use dynasty_numbers::dice::Dice;

/// What the source of a game says: older sources and lower levels less.
pub fn reported(today: Today, game_type: Option<&'static str>, dice: &mut Dice) -> (Option<&'static str>, Missing) {
    let low = !today.circuit.is_full_season();
    let silent = game_type == Some("Regular") && dice.chance(if low && today.year < 2013 { 0.02 } else { 0.001 });
    let missing = Missing {
        pitches: low && today.year < 2015 || today.year < 2009 || dice.chance(0.002),
        fly_outs: today.year < 2018,
        batted_balls: dice.chance(0.003),
    };
    (if silent { None } else { game_type }, missing)
}

/// Writes down what our prospects of one side did.
pub fn book(
    side: &Side,
    row: GameRow<'_>,
    totals: Option<&mut (Batting, Pitching)>,
    careers: &mut [Career],
    dice: &mut Dice,
    sink: &mut impl Sink,
) {
    let counts = totals.is_some();
    if let Some(totals) = totals {
        side.batters.iter().for_each(|b| totals.0.add(&b.line));
        side.pitchers.iter().for_each(|p| totals.1.add(&p.line));
    }
    for batter in side.batters.iter().filter(|b| b.player != NOBODY && b.line.pa > 0) {
        let arm = side.pitchers.iter().find(|p| p.player == batter.player).map(|p| p.line);
        sink.game(&GameRow {
            player: batter.player,
            bat: Some(batter.line),
            arm,
            ..row
        });
        let career = &mut careers[batter.player as usize];
        if counts {
            career.line().bat.add(&batter.line);
            career.here.0.add(&batter.line);
        }
        injure(career, row.day, 0.0024, 0.0, dice);
    }
    // Whoever came in has pitched: an inning may end with a runner caught stealing before he has faced anybody.
    for pitcher in side.pitchers.iter().filter(|p| p.player != NOBODY) {
        let career = &mut careers[pitcher.player as usize];
        let batted = side.batters.iter().any(|b| b.player == pitcher.player && b.line.pa > 0);
        if !batted {
            sink.game(&GameRow {
                player: pitcher.player,
                arm: Some(pitcher.line),
                ..row
            });
        }
        if counts {
            career.line().arm.add(&pitcher.line);
            career.here.1.add(&pitcher.line);
        }
        career.tired = row.day - career.last_pitched <= 2;
        career.last_pitched = row.day;
        injure(
            career,
            row.day,
            if pitcher.line.gs == 1 { 0.011 } else { 0.006 },
            0.12,
            dice,
        );
    }
}

/// Bad luck: a strain, weeks, the rest of the season, or an operation.
fn injure(career: &mut Career, today: Day, chance: f64, surgery: f64, dice: &mut Dice) {
    if !dice.chance(chance) {
        return;
    }
    let days = if dice.chance(surgery) {
        dice.between(330, 480)
    } else {
        match dice.below(10) {
            0..=4 => dice.between(8, 20),
            5..=7 => dice.between(21, 60),
            _ => dice.between(61, 170),
        }
    };
    career.available = career.available.max(today + days);
}
