//! One game, plate appearance by plate appearance, so that the box score balances: what one side bats the other has
//! pitched, and every run, earned run and decision follows from the play.

use super::decisions::{self, Record};
use super::inning::half;
use super::side::{Conditions, Side};
use dynasty_numbers::dice::Dice;

/// Plays it. `sides[0]` bats first; the starters are set. Fills in all lines and returns nothing else.
pub fn play(conditions: &Conditions<'_>, sides: &mut [Side; 2], dice: &mut Dice) {
    let mut record: Option<Record> = None;
    for inning in 1..=30 {
        half(conditions, inning, 0, sides, &mut record, dice);
        let last = inning >= conditions.innings;
        if last && sides[1].runs > sides[0].runs {
            break;
        }
        half(conditions, inning, 1, sides, &mut record, dice);
        if last && sides[1].runs != sides[0].runs {
            break;
        }
    }
    for i in 0..2 {
        let lead = sides[i].runs - sides[1 - i].runs;
        sides[i].arm().lead_out = lead;
    }
    decisions::award(sides, record);
}
